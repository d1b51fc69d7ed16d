// An index -> whether its answers are right: phrases against a plain scan of all texts, paragraphs found again by a few
// of their words, and quotations, whole, changed and invented.
//
//   node benches/search/answers.mjs SITE/search [phrases|items|quotations] [SEED]

import { find, phraseIn } from "../../themes/default/assets/search/search.js";
import { narrow } from "../../themes/default/assets/search/narrow.js";
import { parse } from "../../themes/default/assets/search/query.js";
import { passages } from "../../themes/default/assets/search/excerpt.js";
import { check } from "../../themes/default/assets/search/quote.js";
import { drawn, openIndex } from "./disk.mjs";

const [folder, what = "all", seed = "1"] = process.argv.slice(2);
const { index } = await openIndex(folder);
const draw = drawn(seed);
const count = index.root.texts;
const whole = { values: {}, from: "", to: "", sort: "" };

/** Returns a paragraph drawn at random that has so many words, with its tokens. */
async function paragraph(fewest) {
  for (;;) {
    const number = draw(count);
    const text = await index.text(number);
    const row = 2 + draw(Math.max(1, text.rows.length - 2));
    if (text.kinds[row] !== "p") continue;
    const tokens = index.tokens(text.rows[row]);
    if (tokens.length >= fewest) return { number, text, row, tokens };
  }
}

async function phrases() {
  const drawnPhrases = [];
  while (drawnPhrases.length < 200) {
    const { text, row, tokens } = await paragraph(6);
    const at = draw(tokens.length - 4);
    const words = tokens.slice(at, at + 2 + draw(4));
    drawnPhrases.push({ words: words.map((token) => token.text), shown: text.rows[row].slice(words[0].start, words.at(-1).end) });
  }
  // The scan knows nothing of the index: it looks for the words between spaces in every row.
  const wanted = drawnPhrases.map(({ words }) => ` ${words.join(" ")} `);
  const scanned = wanted.map(() => new Set());
  for (let number = 0; number < count; number += 1) {
    const { rows } = await index.text(number);
    rows.forEach((row, at) => {
      if (at === 1) return;
      const line = ` ${index.tokens(row).map((token) => token.text).join(" ")} `;
      wanted.forEach((phrase, which) => line.includes(phrase) && scanned[which].add(`${number}:${at}`));
    });
  }
  let missed = 0, wrong = 0, rows = 0;
  for (const [which, { shown }] of drawnPhrases.entries()) {
    const query = parse(`"${shown.replaceAll('"', " ")}"`, index.tokens);
    const { hits } = await find(index, query);
    const found = new Set();
    for (const hit of hits) {
      const text = await index.text(hit.text);
      text.rows.forEach((row, at) => at !== 1 && phraseIn(index.tokens(row), query.all[0][0]).length > 0 && found.add(`${hit.text}:${at}`));
    }
    rows += scanned[which].size;
    const lost = [...scanned[which]].filter((row) => !found.has(row)).length;
    const more = [...found].filter((row) => !scanned[which].has(row)).length;
    if (lost || more) console.log(`  "${shown}": ${lost} missed, ${more} wrong`);
    missed += lost;
    wrong += more;
  }
  console.log(`200 phrases, ${rows} paragraphs: ${missed} missed, ${wrong} wrong`);
}

/** Returns in how many rows all words are. */
async function rowsWithAll(words) {
  let common;
  for (const word of words) {
    const entry = await index.entry(word);
    const rows = new Set();
    for (const place of entry?.places ?? []) {
      const [list, found] = await Promise.all([index.list(place), index.rows(place)]);
      list.texts.forEach((text, at) => found.rows.slice(found.starts[at], found.starts[at + 1]).forEach((row) => row !== 1 && rows.add((index.firstText[place.shard] + text) * 65536 + row)));
    }
    common = common ? new Set([...common].filter((row) => rows.has(row))) : rows;
    if (common.size === 0) break;
  }
  return common?.size ?? 0;
}

async function items() {
  for (const [name, size] of [["a rare word", 1], ["two words", 2], ["five words, one wrong", 4]]) {
    let asked = 0, first = 0, third = 0, best = 0;
    while (asked < 67) {
      const { number, row, tokens } = await paragraph(6);
      const own = [...new Set(tokens.filter((token) => !token.single && token.text.length > 1).map((token) => token.text))];
      if (own.length < size + 1) continue;
      const words = [];
      for (let tries = 0; tries < 8 && words.length === 0; tries += 1) {
        const some = new Set();
        while (some.size < size) some.add(own[draw(own.length)]);
        if ((await rowsWithAll([...some])) === 1) words.push(...some);
      }
      if (words.length === 0) continue;
      if (size === 4) {
        const other = (await paragraph(4)).tokens.find((token) => !own.includes(token.text) && token.text.length > 3);
        if (!other) continue;
        words.splice(draw(5), 0, other.text);
      }
      asked += 1;
      const { hits, marks } = await find(index, parse(words.join(" "), index.tokens));
      const { results } = await narrow(index, hits, whole);
      const rank = results.findIndex((one) => one.hits.some((hit) => hit.text === number));
      if (rank === 0) first += 1;
      if (rank >= 0 && rank < 3) third += 1;
      const text = await index.text(number);
      const found = passages(index, text, marks, 1)[0];
      if (rank === 0 && found?.anchor === text.anchors[row]) best += 1;
      if (rank !== 0) console.log(`  ${words.join(" ")}: ${text.meta.url} at ${rank + 1} of ${results.length}`);
    }
    console.log(`${name}: ${asked} asked, first ${(100 * first / asked).toFixed(1)} %, in the first three ${(100 * third / asked).toFixed(1)} %, with that paragraph first ${(100 * best / asked).toFixed(1)} %`);
  }
}

async function quotations() {
  const kinds = [["exact", 60], ["one word in ten changed", 60], ["a middle left out", 40], ["invented", 40]];
  for (const [kind, number] of kinds) {
    let right = 0, called = 0;
    for (let at = 0; at < number; at += 1) {
      const { text, row, number: own } = await paragraph(8);
      const rows = text.rows.slice(row, row + 1 + draw(4));
      let words = rows.flatMap((line) => index.tokens(line).map((token) => line.slice(token.start, token.end))).slice(0, 20 + draw(200));
      if (kind === "one word in ten changed") {
        const others = (await paragraph(8)).tokens;
        words = words.map((word, at) => (at % 10 === 4 ? others[draw(others.length)].text : word));
      } else if (kind === "a middle left out") {
        const third = Math.floor(words.length / 3);
        words = [...words.slice(0, third), at % 2 ? "…" : "", ...words.slice(-third)];
      } else if (kind === "invented") {
        const bag = [];
        while (bag.length < 200) bag.push(...(await paragraph(8)).tokens.map((token) => token.text));
        words = words.map(() => bag[draw(bag.length)]);
      }
      const answer = await check(index, words.join(" "));
      if (answer?.isFound) called += 1;
      // A text may say the same words twice.
      const isRight = answer?.isFound && ((answer.number === own && answer.first === row) || answer.isExact);
      if (isRight) right += 1;
      else if (kind !== "invented") console.log(`  ${kind}: ${text.meta.url} row ${row}, said ${answer?.text.meta.url} row ${answer?.first}, share ${answer?.share.toFixed(2)}: ${words.join(" ").slice(0, 80)}`);
      else if (answer?.isFound) console.log(`  invented, called found: ${words.join(" ")}`);
    }
    console.log(kind === "invented" ? `${kind}: ${number} asked, ${called} called found` : `${kind}: ${number} asked, right ${(100 * right / number).toFixed(1)} %`);
  }
}

if (what === "all" || what === "items") await items();
if (what === "all" || what === "quotations") await quotations();
if (what === "all" || what === "phrases") await phrases();
