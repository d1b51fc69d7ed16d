// A query that looks like a symbol -> links to the documents that have it.

import { element, say } from "./words.js";

/** @param {import("./index.js").Index} index @param {string} query @param {string} base */
export async function documents(index, query, base) {
  const wanted = query.trim().toUpperCase();
  const found = (await index.documents()).filter(([symbol]) => symbol.toUpperCase().includes(wanted)).slice(0, 3);
  return found.map(([symbol, url]) => element("span", {}, say("document", { document: element("a", { href: base + url }, symbol) }), " "));
}
