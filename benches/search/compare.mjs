// An index -> queries drawn from it, with what the page's modules find for each, to be compared with the program's answers.
//
//   node benches/search/compare.mjs SITE/search [COUNT] [SEED]        prints query, number of statements, the first ten

import { find, holds } from "../../themes/default/assets/search/search.js";
import { narrow } from "../../themes/default/assets/search/narrow.js";
import { parse } from "../../themes/default/assets/search/query.js";
import { drawn, openIndex } from "./disk.mjs";

const [folder, count = "100", seed = "1"] = process.argv.slice(2);
const { index } = await openIndex(folder);
const draw = drawn(seed);
const shapes = [
  (w) => w(), (w) => `${w()} ${w()}`, (w) => `${w()} ${w()} ${w()}`, (w) => `${w()} ${w()} ${w()} ${w()} ${w()}`, (w) => `${w()} OR ${w()}`,
  (w) => `${w()} -${w()}`, (w) => `${w().slice(0, 4)}*`, (w, p) => `"${p(2)}"`, (w, p) => `"${p(3)}"`, (w, p) => `"${p(5)}"`, (w, p) => `"${p(2)}" ${w()}`, (w, p) => `${w()} -"${p(2)}"`,
];
for (let at = 0; at < Number(count);) {
  const text = await index.text(draw(index.root.texts));
  const tokens = index.tokens(text.rows[2 + draw(text.rows.length - 2)] ?? "");
  if (tokens.length < 8) continue;
  const word = () => tokens[draw(tokens.length)].text;
  const phrase = (size) => { const from = draw(tokens.length - size); return tokens.slice(from, from + size).map((token) => token.text).join(tokens[from].single ? "" : " "); };
  const q = shapes[at % shapes.length](word, phrase);
  at += 1;
  const { hits } = await find(index, parse(q, index.tokens));
  const held = [];
  for (const hit of hits) if (await holds(index, hit)) held.push(hit);
  const { results } = await narrow(index, held, { values: {}, from: "", to: "", sort: "" });
  const place = (number) => `${index.shardOf(number)}:${number - index.firstText[index.shardOf(number)]}`;
  console.log([q, results.length, results.slice(0, 10).map((one) => place(one.hits[0].text)).join(" "), results.slice(0, 10).map((one) => one.score.toFixed(6)).join(" ")].join("\t"));
}
