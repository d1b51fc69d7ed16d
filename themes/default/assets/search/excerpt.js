// A text and what was searched -> its best paragraphs, with the words marked.

import { mayHave } from "./folding.js";
import { phraseIn } from "./search.js";

/** @typedef {import("./search.js").Mark} Mark */
/** Text, and whether it is what was searched. @typedef {{text: string, marked: boolean}[]} Parts */
/** @typedef {{anchor: string, label: string, kind: string, parts: Parts}} Passage */

// About as much as fits on four lines; letters of scripts without spaces are wider.
const LONGEST = 320, LONGEST_UNSPACED = 150;

/** @param {import("./index.js").Index} index @param {import("./index.js").Text} text @param {Mark[]} marks @param {number} most
 * @param {string} [label] that of a paragraph which is shown first @returns {Passage[]} */
export function passages(index, text, marks, most, label) {
  const found = [];
  // Of a phrase, its longest word is the least likely to be anywhere.
  const wanted = marks.flatMap(({ words, begin, phrase }) => (phrase ? [phrase.tokens.reduce((a, b) => (b.text.length > a.text.length ? b : a)).text] : begin ? [begin, ...words.keys()] : [...words.keys()]));
  for (let row = 2; row < text.rows.length; row += 1) {
    const isAsked = label && text.labels[row].toLowerCase() === label;
    if (!isAsked && !mayHave(text.rows[row], wanted)) continue;
    const tokens = index.tokens(text.rows[row]);
    const { ranges, score } = matches(tokens, marks);
    const kind = text.kinds[row];
    if (score > 0 || isAsked) found.push({ row, ranges, tokens, score: isAsked ? 1e9 : score * (kind === "g" ? 0.5 : kind === "h" ? 0.8 : 1) });
  }
  found.sort((a, b) => b.score - a.score || a.row - b.row);
  return found.slice(0, most).map(({ row, ranges, tokens }) => ({
    anchor: text.anchors[row],
    label: text.labels[row],
    kind: text.kinds[row],
    parts: cut(text.rows[row], ranges, tokens[0]?.single ? LONGEST_UNSPACED : LONGEST),
  }));
}

/** Returns the beginning of the first paragraph that is more than a greeting. @param {import("./index.js").Text} text @returns {Passage[]} */
export function beginning(text) {
  const row = text.kinds.indexOf("p");
  return row < 0 ? [] : [{ anchor: text.anchors[row], label: text.labels[row], kind: "p", parts: cut(text.rows[row], [], LONGEST) }];
}

/** @param {import("./index.js").Index} index @param {string} line @param {Mark[]} marks */
export function marked(index, line, marks) {
  return cut(line, matches(index.tokens(line), marks).ranges, Infinity);
}

/** @param {import("./folding.js").Token[]} tokens @param {Mark[]} marks */
function matches(tokens, marks) {
  /** @type {[number, number][]} */
  const ranges = [];
  let score = 0;
  for (const { words, begin, phrase, weight } of marks) {
    const before = ranges.length;
    let best = 0;
    /** @param {number} start @param {number} end @param {number} share */
    const mark = (start, end, share) => {
      ranges.push([start, end]);
      best = Math.max(best, share);
    };
    if (phrase) {
      for (const at of phraseIn(tokens, phrase)) mark(tokens[at].start, tokens[at + phrase.tokens.length - 1].end, 1);
    } else {
      tokens.forEach((token, at) => {
        const share = words.get(token.text) ?? (begin && token.text.startsWith(begin) ? 0.5 : 0);
        const pair = token.joined ? words.get(tokens[at - 1].text + token.text) : 0;
        if (share) mark(token.start, token.end, share);
        else if (pair) mark(tokens[at - 1].start, token.end, pair);
      });
    }
    score += weight * best * (1 + 0.05 * Math.min(4, ranges.length - before));
  }
  return { ranges: ranges.sort((a, b) => a[0] - b[0]), score };
}

/** Cuts a text to where most is marked. @param {string} text @param {[number, number][]} ranges @param {number} longest @returns {Parts} */
function cut(text, ranges, longest) {
  let from = 0, to = text.length;
  if (text.length > longest * 1.25) {
    let most = 0, start = 0;
    for (const [begin] of ranges) {
      const inside = ranges.filter(([a, b]) => a >= begin && b <= begin + longest * 0.8).length;
      if (inside > most) [most, start] = [inside, begin];
    }
    from = boundary(text, Math.max(0, Math.min(start - longest * 0.2, text.length - longest)), -1);
    to = boundary(text, Math.min(text.length, from + longest), 1);
  }
  /** @type {Parts} */
  const parts = [];
  let at = from;
  /** @param {number} end @param {boolean} marked */
  const push = (end, marked) => {
    if (end > at) parts.push({ text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const [begin, end] of ranges) {
    if (end <= at || begin >= to) continue;
    push(Math.max(at, begin), false);
    push(Math.min(end, to), true);
  }
  push(to, false);
  if (from > 0) parts.unshift({ text: "… ", marked: false });
  if (to < text.length) parts.push({ text: " …", marked: false });
  return parts;
}

/** Returns the nearest place between two words, at most 20 characters away. @param {string} text @param {number} at @param {number} step */
function boundary(text, at, step) {
  at = Math.round(at);
  for (let near = at; Math.abs(near - at) <= 20; near += step) {
    if (near <= 0 || near >= text.length) return Math.max(0, Math.min(near, text.length));
    if (text[near - 1] === " " || text[near] === " ") return text[near] === " " && step < 0 ? near + 1 : near;
  }
  // Never between the halves of a character.
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;
}
