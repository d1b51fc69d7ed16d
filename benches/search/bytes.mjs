// An index -> the bytes that phrases cost until ten texts are confirmed, without a browser.
import { find, holds } from "../../themes/default/assets/search/search.js";
import { parse } from "../../themes/default/assets/search/query.js";
import { drawn, median, openIndex } from "./disk.mjs";
const [folder, most = "100", seed = "1", ...own] = process.argv.slice(2);
const all = await openIndex(folder);
const draw = drawn(seed);
const asked = own;
while (asked.length < Number(most)) {
  const text = await all.index.text(draw(all.index.root.texts));
  const row = text.rows[2 + draw(text.rows.length - 2)] ?? "";
  const tokens = all.index.tokens(row);
  if (tokens.length < 6) continue;
  const at = draw(tokens.length - 4);
  asked.push(`"${row.slice(tokens[at].start, tokens[at + 4].end).replaceAll('"', " ")}"`);
}
const spentAll = [];
for (const query of asked) {
  const { index, spent } = await openIndex(folder);
  const { hits } = await find(index, parse(query, index.tokens));
  const lists = spent.bytes;
  let good = 0, tried = 0;
  for (const hit of hits) { tried += 1; if (await holds(index, hit)) good += 1; if (good === 10) break; }
  spentAll.push(spent.bytes);
  console.log(query.padEnd(50), "lists", lists, "candidates", hits.length, "tried", tried, "good", good, "all", spent.bytes);
}
console.log("median", median(spentAll), "90 %", [...spentAll].sort((a, b) => a - b)[Math.floor(spentAll.length * 0.9)], "worst", Math.max(...spentAll));
