// The second field of the search page: a pasted quotation -> where it is from, and word by word what differs. It is in
// no address and leaves the machine in no request.

import { FEWEST, MOST, check, wordsOf } from "./quote.js";
import { byId, element, say } from "./words.js";

let turn = 0;

/** Compares what is in the field with the texts, and shows the answer. @param {string} base
 * @param {<T>(work: (index: import("./index.js").Index) => Promise<T>) => Promise<T>} withIndex */
export async function checkQuotation(base, withIndex) {
  const field = /** @type {HTMLTextAreaElement} */ (byId("quote-text")), answer = byId("quote-answer");
  const own = turn += 1;
  answer.replaceChildren(element("p", {}, say("checking")));
  try {
    const shown = await withIndex(async (index) => {
      const count = wordsOf(index, field.value).filter(Boolean).length;
      if (count < FEWEST || count > MOST) return [element("p", {}, say("quote-length", { fewest: FEWEST, most: MOST, n: count }))];
      return show(base, await check(index, field.value));
    });
    if (own === turn) answer.replaceChildren(...shown);
  } catch {
    if (own === turn) answer.replaceChildren(element("p", {}, say("quote-failed")));
  }
}

/** @param {string} base @param {import("./quote.js").Answer | undefined} found */
function show(base, found) {
  if (!found || (!found.isFound && found.share < 0.3)) return [element("p", { class: "quote-verdict" }, say("quote-none"))];
  const { text, first, last, pieces } = found;
  const { meta, anchors, labels } = text;
  const [from, to] = [labels[first], labels[last]];
  const where = !from || from === "¶" ? "" : from === to ? say("quote-paragraph", { from }) : say("quote-paragraphs", { from, to });
  const facts = [meta.delegation, text.rows[0], meta.occasion, meta.date].filter(Boolean).join(", ");
  return [
    element("p", { class: "quote-verdict" }, say(found.isExact ? "quote-exact" : found.isFound ? "quote-differs" : "quote-nearest")),
    element("blockquote", { lang: meta.language, dir: "auto" }, pieces.flatMap(({ kind, text: words }) => {
      if (kind === "same") return words;
      const [opens, closes] = [hidden(say(kind === "added" ? "added-opens" : "left-opens")), hidden(say("closes"))];
      return kind === "added" ? element("ins", {}, opens, words.trimEnd(), closes) : [element("del", { class: kind }, opens, words.trimEnd(), closes), " "];
    }).flatMap((piece) => (piece instanceof Element && piece.localName === "ins" ? [piece, " "] : [piece]))),
    found.isExact && !pieces.some(({ kind }) => kind === "gap") ? "" : element("p", { class: "detail" }, say("quote-legend")),
    element("p", { class: "card-meta" }, element("a", { href: `${base}${meta.url}${anchors[first] ? `#${anchors[first]}` : ""}` }, facts, where ? [", ", ...where] : "")),
    meta.simulated ? element("p", { class: "warn" }, say("simulated")) : "",
  ].filter((part) => part !== "");
}

/** @param {(string | Node)[]} words */
const hidden = (words) => element("span", { class: "hidden" }, words, " ");
