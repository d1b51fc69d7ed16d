// A query and the index -> the texts that answer it, ranked: by BM25F over their fields, then by how many of the words
// are in one paragraph.

import { parts, terms } from "./folding.js";
import { seen, sidesOf } from "./postings.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./index.js").Entry} Entry */
/** @typedef {import("./query.js").Item} Item */
/** Rows of one text that may have a phrase, and what that is worth. @typedef {{item: Item, rows: number[], weight: number}} Maybe */
/** Holds if one of the rows has its phrase, or a paragraph has the label; `not`: if none has. @typedef {{any: Maybe[], not: boolean, label?: string}} Check */
/** A text with its score; `checks` must hold before it counts. @typedef {{text: number, score: number, checks: Check[]}} Hit */
/** What marks words in a text: the forms of a word, a prefix, or a phrase. @typedef {{words: Map<string, number>, begin: string, phrase: Item | null, weight: number}} Mark */
/** `all`: how many have all the words, if others lack one; `isAll`: no list was cut short.
 * @typedef {{hits: Hit[], marks: Mark[], missing: {word: string, near: string | undefined}[], all: number, isAll: boolean, label: string}} Found */
/** @typedef {{entries: Entry[], weight: number, rows: Map<number, number[]> | null}} Clause */

const K = 1.2, LENGTH = 0.75;
/** How much it counts that words are in one paragraph. */
const NEAR = 3;
/** The most words that a prefix expands to. */
const BEGINS = 24;
/** Bytes of lists of rows that are read for nearness; about what reading a text costs, to see whether it has a phrase. */
const NEARNESS = 120_000, TEXT = 7500;
/** Texts with a phrase that are shown at first; texts that are looked into at once while few have it, and before what was
 * found is shown. */
const SHOWN = 10, AT_ONCE = 4, LOOKS = 60;
/** Occurrences in a byte of rows, with and without sides; of those with sides in the same row, one in so many is let through. */
const OCCURRENCES = 0.6, BARE = 4, CHANCE = 8;
/** @type {Check[]} */
const NONE = [];
/** With this many words or more, a text that lacks one is found too, if a paragraph has all the others. */
const SOFT = 4;

/** @param {Index} index @param {import("./query.js").Query} query @returns {Promise<Found>} */
export async function find(index, query) {
  /** @type {Found} */
  const found = { hits: [], marks: [], missing: [], all: 0, isAll: true, label: query.label };
  const clauses = await Promise.all(query.all.map((items) => clauseOf(index, items, found, query.all.length === 1 && items.length === 1)));
  const known = clauses.filter((clause) => clause !== null);
  if (found.missing.length > 0) {
    // Most queries have no mistake.
    const { near } = await import("./near.js");
    found.missing = await Promise.all(found.missing.map(async ({ word }) => ({ word, near: await near(index, word) })));
  }
  if (known.length === 0) return found;
  if (known.length === 1 && known[0].maybe.size === 0 && query.none.length === 0 && !query.label) {
    // One word, which most queries are: nearly every text may have it, so each costs as little as possible.
    const [{ scores }] = known;
    found.hits = Array.from(scores, ([text, score]) => ({ text, score, checks: NONE })).sort((a, b) => b.score - a.score || a.text - b.text);
    found.all = scores.size;
    return found;
  }

  /** @type {Map<number, {score: number, has: number, checks: Check[]}>} */
  const texts = new Map();
  for (const { scores, maybe } of known) {
    for (const [text, score] of scores) {
      const one = texts.get(text) ?? { score: 0, has: 0, checks: [] };
      texts.set(text, one);
      one.score += score;
      one.has += 1;
      const any = maybe.get(text);
      if (any) one.checks.push({ any, not: false });
    }
  }
  const isSoft = known.length >= SOFT && query.all.every((items) => items.length === 1 && !items[0].exact);
  const least = known.length - (isSoft ? 1 : 0);
  for (const [text, one] of texts) if (one.has < least) texts.delete(text);
  for (const item of query.none) await exclude(index, item, texts);
  const near = known.length > 1 && texts.size > 0 ? await nearness(index, known, texts) : new Map();
  for (const [text, { score, has, checks }] of texts) {
    const { share, count } = near.get(text) ?? { share: 0, count: 0 };
    if (has < known.length && count < least) continue;
    if (has === known.length) found.all += 1;
    const total = known.reduce((sum, clause) => sum + clause.weight, 0);
    if (query.label) checks.push({ any: [], not: false, label: query.label });
    found.hits.push({ text, score: score + NEAR * total * share * share, checks });
  }
  found.hits.sort((a, b) => b.score - a.score || a.text - b.text);
  return found;
}

/** @typedef {{scores: Map<number, number>, maybe: Map<number, Maybe[]>, words: Entry[], weight: number, rowsOf: Map<number, number[]>}} Known */

/** Returns which texts have one of some items; `null` if none of the items is a word of the index.
 * @param {Index} index @param {Item[]} items @param {Found} found @param {boolean} probes whether nothing else is searched
 * @returns {Promise<Known | null>} */
async function clauseOf(index, items, found, probes) {
  /** @type {Known} */
  const clause = { scores: new Map(), maybe: new Map(), words: [], weight: 0, rowsOf: new Map() };
  /** @type {Set<number>} */
  const sure = new Set();
  let isKnown = false;
  for (const item of items) {
    const lists = terms(item.tokens);
    const isPhrase = lists.length > 1;
    /** @type {Map<number, number>} */
    let scores;
    let weight = 0;
    if (isPhrase) {
      const { rows, missing, rarest } = await candidates(index, item, probes);
      for (const word of missing) found.missing.push({ word, near: undefined });
      weight = rarity(index, rarest) + 1;
      scores = new Map([...rows].map(([text, { length }]) => [text, weight * saturated(length)]));
      for (const [text, at] of rows) {
        clause.maybe.set(text, [...(clause.maybe.get(text) ?? []), { item, rows: at, weight }]);
        clause.rowsOf.set(text, at);
      }
      found.marks.push({ words: new Map(), begin: "", phrase: item, weight });
    } else {
      const own = item.prefix ? [] : await index.forms(lists[0], item.exact);
      // A word that no text has may be the beginning of one: an address can contain a word that was still being typed.
      const begins = item.prefix || (own.length === 0 && !item.exact && lists[0].length > 2) ? await index.withPrefix(lists[0], BEGINS) : null;
      const entries = begins && begins.entries.length > 0 ? begins.entries : own;
      if (begins && !begins.isAll) found.isAll = false;
      if (entries.length === 0) {
        found.missing.push({ word: item.shown, near: undefined });
        continue;
      }
      // Other forms do not make a word more frequent than the most frequent of them.
      weight = rarity(index, Math.max(...entries.map((entry) => entry.texts)));
      scores = await scoresOf(index, entries, weight);
      for (const text of scores.keys()) sure.add(text);
      clause.words.push(...entries);
      found.marks.push({ words: new Map(entries.map((entry) => [entry.word, entry.weight])), begin: begins ? lists[0] : "", phrase: null, weight });
    }
    isKnown = true;
    clause.weight = Math.max(clause.weight, weight);
    if (clause.scores.size === 0) clause.scores = scores;
    else for (const [text, score] of scores) clause.scores.set(text, (clause.scores.get(text) ?? 0) + score);
  }
  for (const text of sure) clause.maybe.delete(text);
  return isKnown ? clause : null;
}

/** Returns how much this many occurrences count: each further one adds less. @param {number} count */
const saturated = (count) => count / (count + K);

/** Returns how much a match counts for something that this many texts have. @param {Index} index @param {number} texts */
const rarity = (index, texts) => Math.log(1 + (index.root.texts - texts + 0.5) / (texts + 0.5));

/** The word itself is worth more than any number of its other forms. @param {Index} index @param {Entry[]} entries @param {number} weight
 * @returns {Promise<Map<number, number>>} */
async function scoresOf(index, entries, weight) {
  const { weights, average } = index.root;
  // How often each text has the word itself, and its other forms.
  const exact = new Float64Array(index.root.texts), other = new Float64Array(index.root.texts);
  const has = new Uint8Array(index.root.texts);
  await Promise.all(entries.flatMap((entry) => entry.places.map(async (place) => {
    const list = await index.list(place), { lengths } = index.head(place.shard);
    const first = index.firstText[place.shard];
    list.texts.forEach((text, at) => {
      const others = list.others[at];
      const length = (2 ** (lengths[text] / 4) - 1) / Math.max(1, average.text);
      const count = ((list.counts[at] >> 1) * weights.text + (others >> 6) * weights.greeting) / (1 - LENGTH + LENGTH * length)
        + (others & 3) * weights.title + ((others >> 2) & 3) * weights.facts + ((others >> 4) & 3) * weights.heading;
      (entry.weight < 1 ? other : exact)[first + text] += count;
      has[first + text] = 1;
    });
  })));
  const own = entries.find((entry) => entry.weight === 1);
  const rare = own ? rarity(index, own.texts) : weight;
  /** @type {Map<number, number>} */
  const scores = new Map();
  has.forEach((is, text) => {
    if (is) scores.set(text, (exact[text] ? rare * (1 + exact[text] / (exact[text] + K)) : 0) + weights.inflected * weight * other[text] / (other[text] + K));
  });
  return scores;
}

/** A word of a phrase, and what is next to it there each time. @typedef {{entry: Entry, known: import("./postings.js").Known[]}} Part */

/** Returns the rows that may have a phrase: those that have its rarest words, next to what they are next to in it. The list
 * of one more word is read where it costs less than the texts that it is likely to rule out; how many that are shows when
 * a few texts have been looked into (`probes`).
 * @param {Index} index @param {Item} item @param {boolean} probes */
async function candidates(index, item, probes) {
  const tokens = item.prefix ? item.tokens.slice(0, -1) : item.tokens;
  const phrase = tokens.map((token) => seen(token.text));
  const wanted = terms(tokens), spots = parts(tokens);
  const entries = await Promise.all(wanted.map((word) => index.entry(word)));
  const missing = wanted.filter((_, at) => !entries[at]?.texts);
  /** @type {Map<number, number[]>} */
  let rows = new Map();
  const rarest = Math.min(...entries.map((entry) => entry?.texts ?? 0));
  if (missing.length > 0) return { rows, missing, rarest };
  /** @type {Part[]} */
  const left = wanted.map((word, at) => ({
    entry: /** @type {Entry} */ (entries[at]),
    known: spots.filter(({ term }) => term === word).map(({ first, last }) => sidesOf(phrase, first, last)),
  }));
  let shards = left.map(({ entry }) => new Set(entry.places.map((place) => place.shard))).reduce((a, b) => new Set([...a].filter((shard) => b.has(shard))));
  // How many have it of those looked into since the last list was read: each list rules out many that do not.
  let isFirst = true, good = 0, looks = 0, having = 0;
  /** @type {Set<number>} */
  const tried = new Set();
  /** @param {Part} part */
  const worth = ({ entry }) => {
    const places = entry.places.filter((place) => shards.has(place.shard));
    const cost = places.reduce((sum, place) => sum + place.listLength + place.rowsLength, 0);
    if (isFirst) return -cost;
    // Until a text has been read, half of them are assumed to have the phrase.
    const share = (having + 1) / (looks + 2);
    const texts = Math.min(rows.size - good, (SHOWN - good) / share) * (1 - share);
    const sizes = index.base.shards, all = places.reduce((sum, { shard }) => sum + sizes[shard].texts, 0) * index.root.rows / index.root.texts;
    const had = places.reduce((sum, { rowsLength, hasSides }) => sum + rowsLength * (hasSides ? OCCURRENCES / CHANCE : BARE), 0);
    return texts * TEXT * (1 - Math.min(0.9, had / all)) - cost;
  };
  for (;;) {
    const open = [...rows].filter(([text]) => !tried.has(text));
    const best = left.map((part) => ({ part, gain: worth(part) })).sort((a, b) => b.gain - a.gain)[0];
    if (best && (isFirst || (best.gain > 0 && open.length > 0))) {
      left.splice(left.indexOf(best.part), 1);
      rows = await beside(index, best.part, shards, isFirst ? null : rows);
      shards = new Set([...rows.keys()].map((text) => index.shardOf(text)));
      isFirst = false;
      looks = having = 0;
      continue;
    }
    if (!probes || open.length === 0 || good >= SHOWN || tried.size >= LOOKS) return { rows, missing, rarest };
    // In the order in which they are shown.
    open.sort(([a, some], [b, others]) => others.length - some.length || a - b);
    const isLikely = having > looks / 2;
    await Promise.all(open.slice(0, isLikely ? SHOWN - good : Math.min(AT_ONCE, SHOWN - good)).map(async ([number, at]) => {
      const text = await index.text(number);
      tried.add(number);
      looks += 1;
      const own = rowsWith(index, text, at, item);
      if (own.length === 0) return void rows.delete(number);
      good += 1;
      having += 1;
      rows.set(number, own);
    }));
  }
}

/** Returns the rows, of those `before` if there are any, in which a word is next to what it is next to in a phrase.
 * @param {Index} index @param {Part} part @param {Set<number>} shards @param {Map<number, number[]> | null} before */
async function beside(index, { entry, known }, shards, before) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  await Promise.all(entry.places.filter((place) => shards.has(place.shard)).map(async (place) => {
    const [list, { starts, rows, sides }] = await Promise.all([index.list(place), index.rows(place)]);
    const first = index.firstText[place.shard];
    list.texts.forEach((text, at) => {
      const among = before?.get(first + text);
      if (before && !among) return;
      const each = known.map(({ bits, mask }) => {
        const own = new Set();
        for (let one = starts[at]; one < starts[at + 1]; one += 1) if (!sides || !((sides[one] ^ bits) & mask)) own.add(rows[one]);
        return own;
      });
      // Row 1 has facts, which are not part of what was said.
      const all = [...each[0]].filter((row) => row !== 1 && each.every((own) => own.has(row)) && (!among || among.includes(row)));
      if (all.length > 0) found.set(first + text, all);
    });
  }));
  return found;
}

/** Returns the rows that have a word, by text; one with several occurrences is there several times.
 * @param {Index} index @param {Entry} entry @param {Set<number>} shards */
async function rowsOf(index, entry, shards) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  await Promise.all(entry.places.filter((place) => shards.has(place.shard)).map(async (place) => {
    const [list, { starts, rows }] = await Promise.all([index.list(place), index.rows(place)]);
    const first = index.firstText[place.shard];
    list.texts.forEach((text, at) => found.set(first + text, rows.slice(starts[at], starts[at + 1])));
  }));
  return found;
}

/** Takes out the texts that have what must not be there; those that only may have it get a check.
 * @param {Index} index @param {Item} item @param {Map<number, {checks: Check[]}>} texts */
async function exclude(index, item, texts) {
  const lists = terms(item.tokens);
  if (lists.length === 1) {
    const entry = await index.entry(lists[0]);
    for (const place of entry?.places ?? []) {
      const list = await index.list(place);
      list.texts.forEach((text) => texts.delete(index.firstText[place.shard] + text));
    }
    return;
  }
  const { rows } = await candidates(index, item, false);
  for (const [text, at] of rows) texts.get(text)?.checks.push({ any: [{ item, rows: at, weight: 0 }], not: true });
}

/** Returns for each text the paragraph that has most of the words: their share by weight, and their number.
 * @param {Index} index @param {Known[]} clauses @param {Map<number, unknown>} texts */
async function nearness(index, clauses, texts) {
  const shards = new Set([...texts.keys()].map((text) => index.shardOf(text)));
  /** @param {Known} clause */
  const cost = (clause) => clause.words.reduce((sum, word) => sum + word.places.reduce((all, place) => all + (shards.has(place.shard) ? place.rowsLength : 0), 0), 0);
  /** @type {Map<number, Map<number, {weight: number, count: number}>>} */
  const rows = new Map();
  let spent = 0, total = 0, skipped = 0;
  /** @param {number} text @param {number} row @param {number} weight */
  const add = (text, row, weight) => {
    const known = rows.get(text) ?? new Map();
    rows.set(text, known);
    const one = known.get(row) ?? { weight: 0, count: 0 };
    known.set(row, one);
    one.weight += weight;
    one.count += 1;
  };
  const chosen = [];
  for (const clause of [...clauses].sort((a, b) => cost(a) - cost(b))) {
    spent += cost(clause);
    // Words that are in nearly every text distinguish little, and their lists are the longest.
    if (chosen.length > 1 && spent > NEARNESS) skipped += 1;
    else chosen.push(clause);
  }
  await Promise.all(chosen.map(async (clause) => {
    total += clause.weight;
    const found = await Promise.all(clause.words.map((word) => rowsOf(index, word, shards)));
    /** @type {Map<number, Map<number, number>>} */
    const merged = new Map([...clause.rowsOf].map(([text, at]) => [text, new Map(at.map((row) => [row, 1]))]));
    found.forEach((one, word) => {
      for (const [text, at] of one) {
        if (!texts.has(text)) continue;
        const known = merged.get(text) ?? new Map();
        merged.set(text, known);
        for (const row of at) known.set(row, Math.max(known.get(row) ?? 0, clause.words[word].weight));
      }
    });
    for (const [text, at] of merged) if (texts.has(text)) for (const [row, share] of at) add(text, row, clause.weight * share);
  }));
  /** @type {Map<number, {share: number, count: number}>} */
  const best = new Map();
  for (const [text, known] of rows) {
    let weight = 0, count = 0;
    for (const one of known.values()) {
      if (one.weight > weight) weight = one.weight;
      if (one.count > count) count = one.count;
    }
    best.set(text, { share: weight / total, count: count + skipped });
  }
  return best;
}

/** Returns where a phrase begins among tokens, and where the text of each ends. @param {import("./folding.js").Token[]} tokens @param {Item} item */
export function phraseIn(tokens, item) {
  const wanted = item.tokens, found = [];
  for (let at = 0; at + wanted.length <= tokens.length; at += 1) {
    let length = 0;
    while (length < wanted.length && (tokens[at + length].text === wanted[length].text
      || (item.prefix && length === wanted.length - 1 && tokens[at + length].text.startsWith(wanted[length].text)))) length += 1;
    if (length === wanted.length) found.push(at);
  }
  return found;
}

/** Returns whether the text has what the hit's checks ask for. Rows that turn out not to have a phrase no longer count.
 * @param {Index} index @param {Hit} hit */
export async function holds(index, hit) {
  if (hit.checks.length === 0) return true;
  const text = await index.text(hit.text);
  return hit.checks.every(({ any, not, label }) => {
    if (label) return text.labels.some((own) => own.toLowerCase() === label);
    for (const one of any) {
      const rows = rowsWith(index, text, one.rows, one.item);
      hit.score += one.weight * (saturated(rows.length) - saturated(one.rows.length));
      one.rows = rows;
    }
    return any.some(({ rows }) => rows.length > 0) !== not;
  });
}

/** @param {Index} index @param {import("./index.js").Text} text @param {number[]} rows @param {Item} item */
const rowsWith = (index, text, rows, item) => rows.filter((row) => phraseIn(index.tokens(text.rows[row]), item).length > 0);
