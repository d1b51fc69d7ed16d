// The words that a reader typed -> what is searched: all words, "a phrase", one OR another, -without, begin*, §12.

/** What a text must have, or must not: a word, or several tokens that follow one another. `exact`: no other forms of it.
 * @typedef {{tokens: import("./folding.js").Token[], shown: string, exact: boolean, prefix: boolean}} Item */
/** Each of `all` holds if one of its items does; `label` is that of a paragraph that the text has.
 * @typedef {{all: Item[][], none: Item[], text: string, label: string}} Query */

// More than a reader types, and little enough for any browser.
const LONGEST = 1000, MOST = 40;
const QUOTES = /[“”„‟«»″〝〞「」『』＂]/g;

/** @param {string} text @param {import("./folding.js").Tokenizer} tokens @param {boolean} [typing] the last word may go on
 * @returns {Query} */
export function parse(text, tokens, typing = false) {
  const typed = (text.toWellFormed ? text.toWellFormed() : text).normalize("NFC").slice(0, LONGEST).replace(QUOTES, '"');
  /** @type {Query} */
  const query = { all: [], none: [], text: typed.trim(), label: "" };
  const line = typed.replace(/(^|\s)[§¶]\s*([^\s"]+)/gu, (_, space, label) => {
    query.label = label.toLowerCase();
    return space;
  });
  let joins = false;
  for (const { 1: minus, 2: quoted, 3: word, index, 0: whole } of line.matchAll(/([-−]?)(?:"([^"]*)"?|([^\s"]+))/gu)) {
    if (query.all.length + query.none.length >= MOST) break;
    if (quoted === undefined && !minus && (word === "OR" || word === "|")) {
      joins = query.all.length > 0;
      continue;
    }
    const found = tokens(quoted ?? word);
    if (found.length === 0) continue;
    const prefix = quoted === undefined && (word.endsWith("*") || (typing && index + whole.length === line.length));
    const item = { tokens: found, shown: quoted ?? word, exact: quoted !== undefined || found.length > 1, prefix: prefix && !found[found.length - 1].single };
    if (minus) query.none.push(item);
    else if (joins) query.all[query.all.length - 1].push(item);
    else query.all.push([item]);
    joins = false;
  }
  return query;
}
