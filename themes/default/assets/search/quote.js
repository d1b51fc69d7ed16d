// A quotation -> the paragraphs that it comes from, and word by word what differs; or the nearest, if no text has it.

import { terms } from "./folding.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./folding.js").Token} Token */
/** `same`: in both; `left`: only in the text; `added`: only in the quotation; `gap`: left out where the quotation says so.
 * @typedef {{kind: "same" | "left" | "added" | "gap", text: string}} Piece */
/** `share`: how much of the quotation is in the text, of 1.
 * @typedef {{text: import("./index.js").Text, number: number, first: number, last: number, pieces: Piece[], share: number, isFound: boolean, isExact: boolean}} Answer */

export const FEWEST = 5, MOST = 300;
/** Words that are looked up, bytes of lists that are read, texts that are compared at once and at most. */
const WORDS = 24, LISTS = 400_000, AT_ONCE = 8, TEXTS = 64;
const GAPS = /\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|…/g;
/** Below this share a text is near, but not the source; from this share on no other is looked for. */
const ENOUGH = 0.7, CERTAIN = 0.85;

/** Returns the words of a quotation; `null` is where it marks an omission. @param {Index} index @param {string} passage */
export function wordsOf(index, passage) {
  const text = (passage.toWellFormed ? passage.toWellFormed() : passage).normalize("NFC").replace(/[[(]\s*sic\s*!?\s*[\])]/gi, " ");
  /** @type {({token: Token, shown: string} | null)[]} */
  const words = [];
  for (const segment of text.split(GAPS)) {
    const tokens = index.tokens(segment);
    if (words.length > 0 && tokens.length > 0) words.push(null);
    words.push(...tokens.map((token) => ({ token, shown: segment.slice(token.start, token.end) })));
  }
  return words;
}

/** @param {Index} index @param {string} passage @returns {Promise<Answer | undefined>} */
export async function check(index, passage) {
  const words = wordsOf(index, passage);
  let best;
  const numbers = await likely(index, words);
  for (let at = 0; at < numbers.length && !(best && best.share >= CERTAIN && best.isFound); at += AT_ONCE) {
    for (const number of numbers.slice(at, at + AT_ONCE)) index.text(number).catch(() => {});
    for (const number of numbers.slice(at, at + AT_ONCE)) {
      const answer = compare(index, words, number, await index.text(number));
      if (answer && (!best || answer.share > best.share || (answer.share === best.share && answer.pieces.length < best.pieces.length))) best = answer;
    }
  }
  return best;
}

/** Returns the texts of which a few paragraphs have most of the quotation's rare words. @param {Index} index @param {ReturnType<typeof wordsOf>} words */
async function likely(index, words) {
  const tokens = words.flatMap((word) => (word ? [word.token] : []));
  // How rare a word is only its block says; long words are rarer than short ones.
  const longest = terms(tokens).sort((a, b) => b.length - a.length).slice(0, WORDS);
  const entries = (await Promise.all(longest.map((word) => index.entry(word)))).flatMap((entry) => (entry?.texts ? [entry] : []));
  /** @param {typeof entries[0]} entry */
  const cost = (entry) => entry.places.reduce((sum, place) => sum + place.listLength + place.rowsLength, 0);
  entries.sort((a, b) => cost(a) - cost(b));
  let spent = 0;
  const read = entries.filter((entry, at) => (spent += cost(entry)) <= LISTS || at < 3);
  /** The words of each row, by text. @type {Map<number, Map<number, Set<number>>>} */
  const rows = new Map();
  await Promise.all(read.flatMap((entry, word) => entry.places.map(async (place) => {
    const [list, found] = await Promise.all([index.list(place), index.rows(place)]);
    list.texts.forEach((text, at) => {
      const number = index.firstText[place.shard] + text;
      const known = rows.get(number) ?? new Map();
      rows.set(number, known);
      for (const row of found.rows.slice(found.starts[at], found.starts[at + 1])) known.set(row, (known.get(row) ?? new Set()).add(word));
    });
  })));
  const weights = read.map((entry) => Math.log(1 + index.root.texts / entry.texts));
  const reach = Math.ceil(tokens.length / 25) + 2;
  const scores = [...rows].map(([text, known]) => {
    let score = 0;
    for (const row of known.keys()) {
      const near = new Set();
      for (let at = row; at < row + reach; at += 1) known.get(at)?.forEach((word) => near.add(word));
      score = Math.max(score, [...near].reduce((sum, word) => sum + weights[word], 0));
    }
    return { text, score };
  });
  return scores.sort((a, b) => b.score - a.score || a.text - b.text).slice(0, TEXTS).map(({ text }) => text);
}

/** Aligns the quotation with the text so that most words match. To skip words of the text costs little once begun, so that
 * what was left out in the middle does not hide the rest; where the quotation says so it costs nothing.
 * @param {Index} index @param {ReturnType<typeof wordsOf>} words @param {number} number @param {import("./index.js").Text} text @returns {Answer | undefined} */
function compare(index, words, number, text) {
  const said = text.rows.flatMap((row, at) => (at < 2 ? [] : index.tokens(row).map((token) => ({ token, row: at }))));
  const [height, width] = [words.length + 1, said.length + 1];
  const MATCH = 2, OTHER = -1.2, ADDED = -1, SKIP = -2, FURTHER = -0.05;
  let above = new Float32Array(width);
  // 1: both words go on; 2: a word of the quotation alone; 4: a word of the text alone, 8: not the first in a row.
  const steps = new Uint8Array(height * width);
  for (let i = 1; i < height; i += 1) {
    const [here, skip] = [new Float32Array(width), new Float32Array(width).fill(-1e9)];
    const word = words[i - 1];
    for (let j = 0; j < width; j += 1) {
      let step = 2, best = above[j] + (word ? ADDED : 0);
      if (j > 0) {
        if (word) {
          const both = above[j - 1] + (word.token.text === said[j - 1].token.text ? MATCH : OTHER);
          if (both >= best) [best, step] = [both, 1];
        }
        const open = here[j - 1] + (word ? SKIP : 0), on = skip[j - 1] + (word ? FURTHER : 0);
        skip[j] = Math.max(open, on);
        if (skip[j] > best) [best, step] = [skip[j], 4];
        if (on > open) step |= 8;
      }
      here[j] = best;
      steps[i * width + j] = step;
    }
    above = here;
  }
  let j = above.reduce((best, score, at) => (score > above[best] ? at : best), 0);
  /** @type {{kind: Piece["kind"], word: typeof words[0], at: number}[]} */
  const path = [];
  let isSkipping = false;
  for (let i = height - 1; i > 0;) {
    const step = steps[i * width + j];
    if (isSkipping || (step & 7) === 4) {
      isSkipping = (step & 8) !== 0;
      path.push({ kind: words[i - 1] ? "left" : "gap", word: null, at: --j });
    } else if ((step & 7) === 1) {
      i -= 1;
      j -= 1;
      const isSame = words[i]?.token.text === said[j].token.text;
      path.push(...(isSame ? [{ kind: /** @type {const} */ ("same"), word: words[i], at: j }] : [{ kind: /** @type {const} */ ("added"), word: words[i], at: j }, { kind: /** @type {const} */ ("left"), word: null, at: j }]));
    } else {
      i -= 1;
      if (words[i]) path.push({ kind: "added", word: words[i], at: j });
    }
  }
  path.reverse();
  // What the text has before the first and after the last word in common is not left out of the quotation.
  const isSame = path.map((one) => one.kind === "same");
  const [begin, end] = [isSame.indexOf(true), isSame.lastIndexOf(true)];
  if (begin < 0) return undefined;
  const kept = path.filter((one, at) => one.kind === "added" || (at >= begin && at <= end));
  const total = words.filter(Boolean).length;
  const share = isSame.filter(Boolean).length / total;
  const breaks = kept.filter((one, at) => one.kind === "left" && kept[at - 1]?.kind !== "left").length;
  return {
    text, number, share,
    first: said[path[begin].at].row,
    last: said[path[end].at].row,
    pieces: pieces(kept, said, text),
    // Enough words in the right order are not a quotation if each is somewhere else.
    isFound: share >= ENOUGH && breaks <= 1 + total / 5,
    isExact: kept.every(({ kind }) => kind === "same" || kind === "gap"),
  };
}

/** Joins words into stretches, of each difference what the text has first. Words of the text keep their punctuation.
 * @param {{kind: Piece["kind"], word: {token: Token, shown: string} | null, at: number}[]} path
 * @param {{token: Token, row: number}[]} said @param {import("./index.js").Text} text */
function pieces(path, said, text) {
  /** @type {Piece[]} */
  const pieces = [];
  let begin = 0;
  path.forEach(({ kind, word, at }, index) => {
    let shown = word && !word.token.single ? `${word.shown} ` : word?.shown ?? "";
    if (kind !== "added") {
      const { token, row } = said[at];
      const isLast = index === path.length - 1, next = said[at + 1];
      const end = isLast ? token.end : next?.row === row ? next.token.start : undefined;
      shown = text.rows[row].slice(token.start, end) + (next && next.row !== row && !isLast ? " " : "");
    }
    if (kind === "same" || kind === "gap") begin = pieces.length + (pieces[pieces.length - 1]?.kind === kind ? 0 : 1);
    // Pieces from `begin` on are differences between the same two words of the text.
    const known = kind === "same" || kind === "gap" ? pieces[begin - 1] : pieces.slice(begin).find((piece) => piece.kind === kind);
    if (known?.kind === kind) known.text += shown;
    else if (kind === "left" && pieces.length > begin) pieces.splice(begin, 0, { kind, text: shown });
    else pieces.push({ kind, text: shown });
  });
  return pieces;
}
