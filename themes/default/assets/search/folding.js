// A text -> its tokens: words without case and marks, and single letters of scripts without spaces. The table comes with
// the index, so that texts and queries are always folded alike; the program's own rules are in src/language/term.rs.

/** @typedef {{drop: [number, number][], map: Record<string, string>, unspaced: [number, number][]}} Table */
/** `single`: a letter of a script without spaces; `joined`: it directly follows another.
 * @typedef {{text: string, start: number, end: number, single: boolean, joined: boolean}} Token */
/** @typedef {(text: string) => Token[]} Tokenizer */

const SEPARATOR = 0, LETTER = 1, MARK = 2, SINGLE = 3, SILENT = 4;
// The most bytes of a word in the index.
const LONGEST = 64;
// Letters of which none is folded but by its case, with the quotation marks and dashes of print, which only separate.
const PLAIN = /^[\0-\x7f\xa0\u2010-\u2027]*$/, WORD = /[a-z0-9]+/g;

/** @param {Table} table @returns {Tokenizer} */
export function tokenizer(table) {
  /** @type {Map<string, [string, number][]>} */
  const known = new Map();
  /** @param {[number, number][]} ranges @param {string} c */
  const within = (ranges, c) => {
    const code = c.codePointAt(0) ?? 0;
    return ranges.some(([from, to]) => from <= code && code <= to);
  };
  /** @param {string} d */
  const kind = (d) => {
    if (within(table.unspaced, d)) return /[\p{Alphabetic}\p{N}]/u.test(d) ? SINGLE : SILENT;
    if (/[\p{Alphabetic}\p{N}]/u.test(d)) return LETTER;
    return /\p{M}/u.test(d) ? MARK : SEPARATOR;
  };
  /** @param {string} c */
  const fold = (c) => {
    if (within(table.drop, c)) return "";
    if (Object.hasOwn(table.map, c)) return table.map[c];
    if (!/[\p{Alphabetic}\p{N}\p{M}]/u.test(c)) return " ";
    const bare = c.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();
    return bare.replace(/[^\p{Alphabetic}\p{N}\p{M}]/gu, "");
  };
  /** @param {string} c */
  const folded = (c) => {
    let found = known.get(c);
    if (!found) known.set(c, found = [...(c < "\x80" ? c.toLowerCase() : fold(c))].map((d) => [d, kind(d)]));
    return found;
  };
  return (text) => {
    /** @type {Token[]} */
    const tokens = [];
    if (PLAIN.test(text)) {
      for (const { 0: word, index } of text.toLowerCase().matchAll(WORD)) {
        tokens.push({ text: word.slice(0, LONGEST), start: index, end: index + word.length, single: false, joined: false });
      }
      return tokens;
    }
    let word = "", start = 0, end = 0, at = 0, inRun = false;
    const endWord = () => {
      if (word) tokens.push({ text: cut(word), start, end, single: false, joined: false });
      word = "";
    };
    for (const c of text) {
      const next = at + c.length;
      for (const [d, kind] of folded(c)) {
        if (kind === SINGLE) {
          endWord();
          tokens.push({ text: d, start: at, end: next, single: true, joined: inRun });
          inRun = true;
        } else if (kind === LETTER || (kind === MARK && word)) {
          if (!word) start = at;
          word += d;
          end = next;
          inRun = false;
        } else if (kind === SEPARATOR) {
          endWord();
          inRun = false;
        }
      }
      at = next;
    }
    endWord();
    return tokens;
  };
}

/** Returns whether a text may have one of some words: a look that costs much less than reading its words.
 * @param {string} text @param {Iterable<string>} words */
export function mayHave(text, words) {
  if (!PLAIN.test(text)) return true;
  const small = text.toLowerCase();
  for (const word of words) if (small.includes(word)) return true;
  return false;
}

/** Cuts a word to what the index has of it. @param {string} word */
function cut(word) {
  if (word.length * 3 <= LONGEST) return word;
  let bytes = 0, kept = "";
  for (const c of word) {
    bytes += new TextEncoder().encode(c).length;
    if (bytes > LONGEST) break;
    kept += c;
  }
  return kept;
}

/** Returns what the index has lists of for a phrase, each with the tokens that it is made of: pairs of letters of scripts
 * without spaces, and all else as it is. @param {Token[]} tokens */
export function parts(tokens) {
  /** @type {{term: string, first: number, last: number}[]} */
  const parts = [];
  tokens.forEach((token, at) => {
    if (token.joined && at > 0) parts.push({ term: tokens[at - 1].text + token.text, first: at - 1, last: at });
    else if (!token.single || !tokens[at + 1]?.joined) parts.push({ term: token.text, first: at, last: at });
  });
  return parts;
}

/** @param {Token[]} tokens */
export const terms = (tokens) => [...new Set(parts(tokens).map(({ term }) => term))];
