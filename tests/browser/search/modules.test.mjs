// The modules of the search, without a browser: what is typed, what is found and how it is ranked, cut and compared.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { marked, passages } from "../../../themes/default/assets/search/excerpt.js";
import { terms, tokenizer } from "../../../themes/default/assets/search/folding.js";
import { changes } from "../../../themes/default/assets/search/near.js";
import { claims, narrow, read, write } from "../../../themes/default/assets/search/narrow.js";
import { parse } from "../../../themes/default/assets/search/query.js";
import { check } from "../../../themes/default/assets/search/quote.js";
import { find, holds } from "../../../themes/default/assets/search/search.js";
import { Reader, Stale, Store } from "../../../themes/default/assets/search/store.js";
import { TABLE, memory } from "./memory.mjs";

const tokens = tokenizer(TABLE);
const words = (text) => tokens(text).map((token) => token.text);
const whole = { values: {}, from: "", to: "", sort: "" };

test("a text is folded to tokens that know their places", () => {
  for (const [text, expect] of [
    ["Women’s RIGHTS", ["women", "s", "rights"]],
    ["Cœur, Québec", ["coeur", "quebec"]],
    ["A/RES/72/27", ["a", "res", "72", "27"]],
    ["soft\u00adhyphen", ["softhyphen"]],
    ["вооружённый", ["вооруженныи"]],
    ["الأمْن", ["الامن"]],
    ["外层空间 peace", ["外", "层", "空", "间", "peace"]],
    ["", []],
  ]) assert.deepEqual(words(text), expect, text);
  const [, second] = tokens("the ﬁrst, Élan");
  assert.equal("the ﬁrst, Élan".slice(second.start, second.end), "ﬁrst");
  assert.deepEqual(terms(tokens("外层空间 of 人")), ["外层", "层空", "空间", "of", "人"]);
  assert.equal(words("x".repeat(80))[0].length, 64);
});

const vectors = new URL("../../search/folding.json", import.meta.url);
test("every letter folds as in the program", { skip: !existsSync(vectors) }, () => {
  const { folding, letters, texts } = JSON.parse(readFileSync(vectors, "utf8"));
  const own = tokenizer(folding);
  for (const [letter, expect] of letters) {
    const found = own(`a${letter}`).map((token) => token.text).join("");
    // Marks of scripts without spaces are no tokens and part of none.
    const isMark = (d) => !/[\p{Alphabetic}\p{N}]/u.test(d) && folding.unspaced.some(([from, to]) => from <= d.codePointAt(0) && d.codePointAt(0) <= to);
    const kept = [...expect].filter((d) => !isMark(d)).join("");
    assert.equal(found, `a${kept}`, `${letter} U+${letter.codePointAt(0).toString(16)}`);
  }
  for (const { text, tokens, terms: expect } of texts) {
    const found = own(text.normalize("NFC"));
    assert.deepEqual(found.map((token) => token.text), tokens, text);
    assert.deepEqual([...new Set([...tokens, ...terms(found)])].sort(), [...new Set(expect)].sort(), text);
  }
});

test("a paragraph is asked for by its label", () => {
  for (const text of ["debris §12", "¶ 12 debris", "§7 §12 debris"]) {
    const { all, label } = parse(text, tokens);
    assert.deepEqual([all.map(([item]) => item.shown), label], [["debris"], "12"], text);
  }
  assert.equal(parse('"§ 12" 3§', tokens).label, "");
});

test("a query has words, phrases, alternatives and exclusions", () => {
  const shown = (text, typing) => {
    const { all, none } = parse(text, tokens, typing);
    const item = ({ tokens, exact, prefix }) => `${exact ? "=" : ""}${tokens.map((token) => token.text).join(" ")}${prefix ? "*" : ""}`;
    return [all.map((items) => items.map(item).join("|")).join(", "), none.map(item).join(", ")];
  };
  for (const [text, all, none = ""] of [
    ["common heritage", "common, heritage"],
    ['"common heritage" sea', "=common heritage, sea"],
    ["“common heritage” «patrimoine commun»", "=common heritage, =patrimoine commun"],
    ["cat OR dog fish", "cat|dog, fish"],
    ["OR cat", "cat"],
    ["cat or dog", "cat, or, dog"],
    ["peace -war -\"cold war\"", "peace", "war, =cold war"],
    ["non-proliferation", "=non proliferation"],
    ["A/RES/72/27", "=a res 72 27"],
    ["disarm*", "disarm*"],
    ['"open phrase', "=open phrase"],
    ["-", ""], ['""', ""], ["  ", ""], ["<b>&amp;", "=b amp"],
  ]) assert.deepEqual(shown(text), [all, none], text);
  assert.deepEqual(shown("common herit", true), ["common, herit*", ""]);
  assert.deepEqual(shown("common herit ", true), ["common, herit", ""]);
  assert.deepEqual(shown("外层", true), ["=外 层", ""]);
  assert.equal(parse("word ".repeat(3000), tokens).all.length, 40, "a very long query is cut");
  assert.equal(parse("\ud800 peace \u202e", tokens).all.length, 1, "half a character is no word");
});

const sea = memory([
  { rows: ["On the sea", "Malta", "Mr. President.", "The seabed is the common heritage of mankind.", "Peace."], delegation: "MLT", from: 20010101, to: 20010101, meta: { language: "en" } },
  { rows: ["On peace", "Chile", "Common ground was found.", "We honour the heritage of all.", "The common sea."], delegation: "CHL", from: 20020101, to: 20021231 },
  { rows: ["Heritages", "Malta", "Many heritages."], delegation: "MLT", from: 20020301, to: 20020301 },
], { siblings: [["heritage", "heritages"]] });
const found = async (text, index = sea) => (await Promise.all((await find(index, parse(text, index.tokens))).hits.map(async (hit) => (await holds(index, hit)) && hit.text))).filter((text) => text !== false);

test("all words, any of two, a phrase and without", async () => {
  for (const [query, expect] of [
    ["common heritage", [0, 1]],
    ['"common heritage"', [0]],
    ['"heritage common"', []],
    ["heritage", [2, 0, 1]],
    ['"heritages"', [2]],
    ["seabed OR ground", [0, 1]],
    ["common -seabed", [1]],
    ['common -"common heritage"', [1]],
    ["pea*", [1, 0]],
    ['"malta"', [0, 2]],
  ]) assert.deepEqual((await found(query)).sort(), [...expect].sort(), query);
  assert.equal((await found("common heritage"))[0], 0, "words in one paragraph come first");
  const { missing, hits } = await find(sea, parse("common zeppelin", sea.tokens));
  assert.deepEqual([missing.map(({ word }) => word), hits.length], [["zeppelin"], 2], "a word that no text has is named and left out");
});

test("of many words one may be wrong, if a paragraph has all others", async () => {
  assert.deepEqual(await found("seabed common heritage mankind ground"), [0]);
  assert.deepEqual(await found("seabed heritage ground"), []);
});

test("what is chosen narrows the result, and counts are those without the own column", async () => {
  const { hits } = await find(sea, parse("heritage", sea.tokens));
  const all = await narrow(sea, hits, whole);
  assert.deepEqual([...all.counts.delegation].sort(), [["CHL", 1], ["MLT", 2]]);
  const malta = await narrow(sea, hits, { ...whole, values: { delegation: ["MLT"] } });
  assert.deepEqual([malta.results.map((one) => one.statement).sort(), [...malta.counts.delegation].sort()], [[0, 2], [["CHL", 1], ["MLT", 2]]]);
  assert.deepEqual([...malta.counts.year].sort(), [["2001", 1], ["2002", 1]]);
  const dates = async (from, to) => (await narrow(sea, hits, { ...whole, from, to, sort: "old" })).results.map((one) => one.statement);
  assert.deepEqual(await dates("2002", ""), [1, 2]);
  assert.deepEqual(await dates("", "2001-06-01"), [0]);
  assert.deepEqual(await dates("2002-02-01", "2002-02-28"), [1], "an interval that overlaps");
  assert.deepEqual((await narrow(sea, hits, { ...whole, sort: "new" })).results.map((one) => one.statement), [1, 2, 0]);
});

test("versions of a statement are one result", async () => {
  const index = memory([{ rows: ["A", "", "peace"] }, { rows: ["B", "", "peace peace"], same: true, language: 1 }, { rows: ["C", "", "peace"] }]);
  const { hits } = await find(index, parse("peace", index.tokens));
  const { results, counts } = await narrow(index, hits, whole);
  assert.deepEqual([results.map((one) => one.hits.length).sort(), [...counts.language].sort()], [[1, 2], [["en", 2], ["fr", 1]]]);
  const french = await narrow(index, hits, { ...whole, values: { language: ["fr"] } });
  assert.deepEqual(french.results.map((one) => one.hits.map((hit) => hit.text)), [[1]]);
});

test("the earliest is named only where dates leave no doubt, and never an invented one", async () => {
  const of = async (texts) => {
    const index = memory(texts.map((text) => ({ rows: ["T", "", "peace"], ...text })));
    const { results } = await narrow(index, (await find(index, parse("peace", index.tokens))).hits, whole);
    const { first, most } = await claims(index, results);
    return [first?.statement, most];
  };
  const [day, year] = [{ from: 20010105, to: 20010105 }, { from: 20010101, to: 20011231 }];
  assert.deepEqual(await of([{ ...day, delegation: "MLT" }, { from: 20020101, to: 20020101, delegation: "MLT" }]), [0, ["MLT", 2]]);
  assert.deepEqual(await of([day, year]), [undefined, undefined], "the day lies in the year");
  assert.deepEqual(await of([day, day]), [undefined, undefined]);
  assert.deepEqual(await of([{ from: 0 }, day]), [undefined, undefined], "one has no date");
  assert.deepEqual(await of([{ ...day, simulated: true }, { from: 20020101, to: 20020101 }]), [1, undefined]);
});

test("the best paragraphs are shown, cut to where the words are", async () => {
  const text = await sea.text(0);
  const { marks } = await find(sea, parse("common heritage", sea.tokens));
  const [first, ...rest] = passages(sea, text, marks, 3);
  assert.deepEqual([first.anchor, first.parts.filter((part) => part.marked).map((part) => part.text), rest.length], ["p2", ["common", "heritage"], 0]);
  const long = { ...text, rows: ["", "", `${"before ".repeat(100)}the common heritage ${"after ".repeat(100)}`] };
  const cut = passages(sea, long, marks, 1)[0].parts.map((part) => part.text).join("");
  assert.match(cut, /^… before .*the common heritage after .* …$/);
  assert.ok(cut.length < 400, cut);
  assert.deepEqual(marked(sea, "<b>common</b>", marks), [{ text: "<b>", marked: false }, { text: "common", marked: true }, { text: "</b>", marked: false }]);
});

test("a quotation is laid along its source word by word", async () => {
  const index = memory([
    { rows: ["T", "", "Nobody asked for this.", "The seabed and the ocean floor are the common heritage of mankind, and no State may claim them.", "We thank you."] },
    { rows: ["U", "", "The common ocean is deep and no claim was made of it by any State in the region."] },
  ]);
  const said = async (text) => {
    const answer = await check(index, text);
    const sign = { same: "", left: "-", added: "+", gap: "…" };
    return answer && [answer.isFound, answer.isExact, answer.number, answer.pieces.map(({ kind, text }) => (kind === "same" ? text.trim() : `[${sign[kind]}${text.trim()}]`)).join(" ")];
  };
  assert.deepEqual(await said("the seabed and the OCEAN floor are the common heritage"), [true, true, 0, "The seabed and the ocean floor are the common heritage"]);
  assert.deepEqual(await said("The seabed and the ocean floor are the shared heritage of all mankind"), [true, false, 0, "The seabed and the ocean floor are the [-common] [+shared] heritage of [+all] mankind"]);
  assert.deepEqual(await said("The seabed … common heritage [sic] of mankind"), [true, true, 0, "The seabed […and the ocean floor are the] common heritage of mankind"]);
  assert.deepEqual(await said("The seabed and the ocean floor are of mankind"), [true, false, 0, "The seabed and the ocean floor are [-the common heritage] of mankind"]);
  assert.equal((await said("every elephant in the ocean was painted with deep common colours"))[0], false);
  assert.equal(await said("wholly unrelated zeppelin words here"), undefined);
});

test("the address holds the whole choice and nothing that is not one", () => {
  const state = read("?q=a+%22b%22&delegation=KAZ&delegation=MLT&year=2001&from=1999&to=2001-02-03&sort=new&x=1");
  assert.deepEqual([state.q, state.values.delegation, state.from, state.to, state.sort], ['a "b"', ["KAZ", "MLT"], "1999", "2001-02-03", "new"]);
  assert.equal(write(state), "?q=a+%22b%22&delegation=KAZ&delegation=MLT&year=2001&from=1999&to=2001-02-03&sort=new");
  const odd = read("?q=%3Cscript%3E&from=javascript:&sort=1");
  assert.deepEqual([odd.q, odd.from, odd.sort, write(read(""))], ["<script>", "", "", ""]);
});

test("distance between words counts two letters that changed places once", () => {
  for (const [a, b, expect] of [["disarmamnet", "disarmament", 1], ["peace", "peace", 0], ["peace", "peaces", 1], ["cat", "dog", 3]]) assert.equal(changes([...a], [...b]), expect);
});

test("parts near each other are asked for at once, and a host without ranges is asked for each file once", async () => {
  const bytes = Uint8Array.from({ length: 10000 }, (_, at) => at % 256);
  for (const isRanged of [true, false]) {
    const asked = [];
    const get = async (url, { headers } = {}) => {
      asked.push([url, headers?.range]);
      const [, from, to] = /(\d+)-(\d+)/.exec(headers?.range ?? "") ?? [];
      return isRanged && from ? new Response(bytes.subarray(+from, +to + 1), { status: 206 }) : new Response(bytes);
    };
    const store = new Store("/", get);
    const parts = await Promise.all([store.part("a", 10, 5), store.part("a", 100, 2), store.part("a", 9000, 3)]);
    assert.deepEqual(parts.map((part) => [...part]), [[10, 11, 12, 13, 14], [100, 101], [40, 41, 42]]);
    assert.deepEqual([...(await store.item([["a", 10000], ["b", 20000]], 10004, 1))], [4]);
    assert.deepEqual(asked.length, isRanged ? 3 : 2, JSON.stringify(asked));
  }
});

test("a file that is gone or cut off is of another build", async () => {
  const gone = new Store("/", async () => new Response("", { status: 404 }));
  await assert.rejects(gone.part("a", 0, 4), Stale);
  const short = new Store("/", async () => new Response(new Uint8Array(2), { status: 206 }));
  await assert.rejects(short.part("a", 0, 4), Stale);
  assert.throws(() => new Reader(new Uint8Array([128])).number(), Stale);
});
