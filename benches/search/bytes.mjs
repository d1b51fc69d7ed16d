// An index -> the bytes of it that a browser transfers until the first ten results of a query can be shown, from an empty
// cache, and for a second query after it. Page, style sheet and scripts are not counted, nor the facts, which are read when the
// results are shown.
//
//   node benches/search/bytes.mjs SITE/search [COUNT] [SEED] [QUERY…]

import { find, holds } from "../../themes/default/assets/search/search.js";
import { narrow } from "../../themes/default/assets/search/narrow.js";
import { parse } from "../../themes/default/assets/search/query.js";
import { drawn, median, openIndex } from "./disk.mjs";

const [folder, most = "100", seed = "1", ...own] = process.argv.slice(2);
const { index: all } = await openIndex(folder);
const draw = drawn(seed);

async function row() {
  for (;;) {
    const text = await all.text(draw(all.root.texts));
    const line = text.rows[2 + draw(text.rows.length - 2)] ?? "";
    const tokens = all.tokens(line);
    if (tokens.length > 5) return { line, tokens };
  }
}

/** Words by how many texts have them: as many of each power of two. */
async function words() {
  const classes = new Map();
  for (let tries = 0; tries < Number(most) * 60; tries += 1) {
    const { tokens } = await row();
    const word = tokens[draw(tokens.length)].text;
    const of = Math.floor(Math.log2((await all.entry(word))?.texts ?? 1));
    classes.set(of, (classes.get(of) ?? new Set()).add(word));
  }
  const lists = [...classes.values()].map((words) => [...words]);
  const found = [];
  for (let at = 0; found.length < most && at < most; at += 1) for (const list of lists) if (list[at] && found.length < most) found.push(list[at]);
  return found;
}

async function phrases() {
  const found = [];
  while (found.length < Number(most)) {
    const { line, tokens } = await row();
    const at = draw(tokens.length - 4);
    found.push(`"${line.slice(tokens[at].start, tokens[at + 4].end).replaceAll('"', " ")}"`);
  }
  return found;
}

/** Reads what the page reads until it shows the first ten results. */
async function ask(index, q) {
  const { hits } = await find(index, parse(q, index.tokens));
  let shown = 0;
  const { results } = await narrow(index, hits, { values: {}, from: "", to: "", sort: "" }, false);
  for (const one of results) {
    const held = await Promise.all(one.hits.map((hit) => holds(index, hit)));
    if (!held.some(Boolean)) continue;
    await index.text(one.hits[0].text);
    if ((shown += 1) === 10) break;
  }
}

const kilo = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return `median ${(median(values) / 1000).toFixed(0)} kB, 90 % ${(sorted[Math.floor(sorted.length * 0.9)] / 1000).toFixed(0)} kB, worst ${(sorted.at(-1) / 1000).toFixed(0)} kB`;
};
for (const [name, asked] of own.length > 0 ? [["own", own]] : [["one word", await words()], ["five-word phrase", await phrases()]]) {
  const first = [], second = [];
  for (const [at, q] of asked.entries()) {
    const { index, spent } = await openIndex(folder);
    await ask(index, q);
    first.push(spent.bytes);
    await ask(index, asked[(at + 1) % asked.length]);
    second.push(spent.bytes - first.at(-1));
  }
  const over = asked.filter((_, at) => first[at] > 500_000);
  console.log(`${name}, ${asked.length} asked: ${kilo(first)}; a second: ${kilo(second)}; above 500 kB: ${over.length}${over.length ? ` (${over.join("; ")})` : ""}`);
}
