// The page for what is not found: the words of its address -> the statements that have them.

import { Index } from "./index.js";
import { narrow } from "./narrow.js";
import { parse } from "./query.js";
import { find } from "./search.js";
import { byId, element, say } from "./words.js";

const place = byId("missing-search");
const base = place.dataset.base ?? "/";

async function run() {
  const path = decodeURIComponent(location.pathname.slice(base.length));
  const words = path.replace(/\.html?$/, "").split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => /\p{L}{2}|\p{N}{2}/u.test(word)).slice(0, 8);
  if (words.length === 0) return;
  const index = await Index.open(`${base}search/`);
  const asked = [words.join(" "), words.join(" OR ")];
  for (const q of words.length > 1 ? asked : asked.slice(0, 1)) {
    const { hits, missing } = await find(index, parse(q, index.tokens));
    if (missing.length > 0 && q === asked[0] && words.length > 1) continue;
    const { results } = await narrow(index, hits, { values: {}, from: "", to: "", sort: "" });
    if (results.length === 0) continue;
    const items = await Promise.all(results.slice(0, 5).map(async ({ hits }) => {
      const { meta, rows } = await index.text(hits[0].text);
      const facts = [meta.delegation, meta.date].filter(Boolean).join(", ");
      return element("li", {}, element("a", { href: base + meta.url, lang: meta.language, dir: "auto" }, rows[0]), facts ? [" ", element("span", { class: "detail" }, facts)] : "");
    }));
    const all = element("a", { href: `${place.dataset.search}?q=${encodeURIComponent(q)}` }, say("missing-all", { n: results.length }));
    place.replaceChildren(element("h2", {}, say("missing-found", { words: words.join(" ") })), element("ul", { class: "links" }, items), element("p", {}, all));
    place.hidden = false;
    return;
  }
}

// The page is whole without it.
run().catch(() => {});
