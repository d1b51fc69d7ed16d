// A query and the index -> the texts that answer it, ranked: by BM25F over their fields, then by how many of the words
// stand in one paragraph.

import { terms } from "./folding.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./index.js").Entry} Entry */
/** @typedef {import("./query.js").Item} Item */
/** Rows of one text that may have a phrase. @typedef {{item: Item, rows: number[]}} Maybe */
/** Holds if one of the rows has its phrase; `not`: if none has. @typedef {{any: Maybe[], not: boolean}} Check */
/** A text with its score; `checks` must hold before it counts. @typedef {{text: number, score: number, checks: Check[]}} Hit */
/** What marks words in a text: the forms of a word, a begin, or a phrase. @typedef {{words: Map<string, number>, begin: string, phrase: Item | null, weight: number}} Mark */
/** `all`: how many have all the words, if others lack one; `isAll`: no list was cut short.
 * @typedef {{hits: Hit[], marks: Mark[], missing: {word: string, near: string | undefined}[], all: number, isAll: boolean}} Found */
/** @typedef {{entries: Entry[], weight: number, rows: Map<number, number[]> | null}} Clause */

const K = 1.2, LENGTH = 0.75;
/** How much it is worth that words stand in one paragraph. */
const NEAR = 3;
/** The most words that a begin may mean. */
const BEGINS = 24;
/** Bytes of lists of rows that are read for nearness; about what reading a text costs, to see whether it has a phrase. */
const NEARNESS = 120_000, TEXT = 8000;
/** Words of a phrase are near each other more often than by chance, so that a list rules out less than it could. */
const LUCK = 0.2;
/** From so many words on, a text that lacks one is found too, if a paragraph has all the others. */
const SOFT = 4;

/** @param {Index} index @param {import("./query.js").Query} query @returns {Promise<Found>} */
export async function find(index, query) {
  /** @type {Found} */
  const found = { hits: [], marks: [], missing: [], all: 0, isAll: true };
  const clauses = await Promise.all(query.all.map((items) => clauseOf(index, items, found)));
  const known = clauses.filter((clause) => clause !== null);
  const lost = found.missing;
  found.missing = await Promise.all(lost.map(async ({ word }) => ({ word, near: await index.near(word) })));
  if (known.length === 0) return found;

  /** @type {Map<number, {score: number, has: number, checks: Check[]}>} */
  const texts = new Map();
  for (const { scores, maybe } of known) {
    for (const [text, score] of scores) {
      const one = texts.get(text) ?? { score: 0, has: 0, checks: [] };
      if (texts.size === 0 || one.has === 0) texts.set(text, one);
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
    found.hits.push({ text, score: score + NEAR * total * share * share, checks });
  }
  found.hits.sort((a, b) => b.score - a.score || a.text - b.text);
  return found;
}

/** @typedef {{scores: Map<number, number>, maybe: Map<number, Maybe[]>, words: Entry[], weight: number, rowsOf: Map<number, number[]>}} Known */

/** Returns which texts have one of some items; `null` if none of the items is a word of the index.
 * @param {Index} index @param {Item[]} items @param {Found} found @returns {Promise<Known | null>} */
async function clauseOf(index, items, found) {
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
      const { rows, missing } = await candidates(index, item, lists);
      for (const word of missing) found.missing.push({ word, near: undefined });
      weight = rarity(index, rows.size) + 1;
      scores = new Map([...rows].map(([text, { length }]) => [text, weight * (length / (length + K))]));
      for (const [text, at] of rows) {
        clause.maybe.set(text, [...(clause.maybe.get(text) ?? []), { item, rows: at }]);
        clause.rowsOf.set(text, at);
      }
      found.marks.push({ words: new Map(), begin: "", phrase: item, weight });
    } else {
      const own = item.prefix ? [] : await index.forms(lists[0], item.exact);
      // What no text has is the beginning of a word, if of any: an address may hold a word that was still being typed.
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
    for (const [text, score] of scores) clause.scores.set(text, (clause.scores.get(text) ?? 0) + score);
  }
  for (const text of sure) clause.maybe.delete(text);
  return isKnown ? clause : null;
}

/** Returns how much it says that a text has what so many texts have. @param {Index} index @param {number} texts */
const rarity = (index, texts) => Math.log(1 + (index.root.texts - texts + 0.5) / (texts + 0.5));

/** The word itself is worth more than any number of its other forms. @param {Index} index @param {Entry[]} entries @param {number} weight
 * @returns {Promise<Map<number, number>>} */
async function scoresOf(index, entries, weight) {
  const { weights, average } = index.root;
  /** How often a text has the word itself, and its other forms. @type {Map<number, [number, number]>} */
  const counts = new Map();
  await Promise.all(entries.flatMap((entry) => entry.places.map(async (place) => {
    const [list, { lengths }] = await Promise.all([index.list(place), index.head(place.shard)]);
    const first = index.firstText[place.shard];
    list.texts.forEach((text, at) => {
      const others = list.others[at];
      const length = (2 ** (lengths[text] / 4) - 1) / Math.max(1, average.text);
      const count = ((list.counts[at] >> 1) * weights.text + (others >> 6) * weights.greeting) / (1 - LENGTH + LENGTH * length)
        + (others & 3) * weights.title + ((others >> 2) & 3) * weights.facts + ((others >> 4) & 3) * weights.heading;
      const known = counts.get(first + text) ?? [0, 0];
      counts.set(first + text, known);
      known[entry.weight < 1 ? 1 : 0] += count;
    });
  })));
  const own = entries.find((entry) => entry.weight === 1);
  const rare = own ? rarity(index, own.texts) : weight;
  return new Map([...counts].map(([text, [exact, other]]) => [text,
    (exact ? rare * (1 + exact / (exact + K)) : 0) + weights.inflected * weight * other / (other + K)]));
}

/** Returns the rows that may have a phrase: those that have its rarest words. The list of one more word is read where it
 * costs less than the texts that it is likely to rule out.
 * @param {Index} index @param {Item} item @param {string[]} lists */
async function candidates(index, item, lists) {
  const wanted = item.prefix ? terms(item.tokens.slice(0, -1)) : lists;
  const entries = await Promise.all(wanted.map((word) => index.entry(word)));
  const missing = wanted.filter((_, at) => !entries[at]?.texts);
  /** @type {Map<number, number[]>} */
  const rows = new Map();
  if (missing.length > 0) return { rows, missing };
  const words = /** @type {Entry[]} */ (entries);
  const shards = words.map((word) => new Set(word.places.map((place) => place.shard))).reduce((a, b) => new Set([...a].filter((shard) => b.has(shard))));
  /** @param {Entry} word @param {number} [shard] */
  const cost = (word, shard) => word.places.reduce((sum, place) => sum + ((shard === undefined ? shards.has(place.shard) : shard === place.shard) ? place.listLength + place.rowsLength : 0), 0);
  const [rarest, ...rest] = [...words].sort((a, b) => cost(a) - cost(b));
  for (const [text, found] of await rowsOf(index, rarest, shards)) {
    // Row 1 has facts, which nobody said.
    const said = found.filter((row) => row !== 1);
    if (said.length > 0) rows.set(text, said);
  }
  for (const word of rest) {
    /** @type {Map<number, number>} */
    const left = new Map();
    for (const text of rows.keys()) left.set(index.shardOf(text), (left.get(index.shardOf(text)) ?? 0) + 1);
    const worth = [...left].filter(([shard, texts]) => {
      const { rows: all, texts: whole, shards } = index.root;
      // A row of a list is little more than a byte.
      const share = Math.min(1, cost(word, shard) / (all * shards[shard].texts / whole));
      return texts * TEXT * (1 - share) * LUCK > cost(word, shard) && rows.size > 4;
    });
    const read = new Set(worth.map(([shard]) => shard));
    if (read.size === 0) continue;
    const next = await rowsOf(index, word, read);
    for (const [text, found] of rows) {
      if (!read.has(index.shardOf(text))) continue;
      const others = new Set(next.get(text));
      const both = found.filter((row) => others.has(row));
      if (both.length > 0) rows.set(text, both);
      else rows.delete(text);
    }
  }
  return { rows, missing };
}

/** Returns the rows that have a word, by text. @param {Index} index @param {Entry} entry @param {Set<number>} shards */
async function rowsOf(index, entry, shards) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  await Promise.all(entry.places.filter((place) => shards.has(place.shard)).map(async (place) => {
    const [list, rows] = await Promise.all([index.list(place), index.rows(place)]);
    const first = index.firstText[place.shard];
    list.texts.forEach((text, at) => found.set(first + text, rows[at]));
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
  const { rows } = await candidates(index, item, lists);
  for (const [text, at] of rows) texts.get(text)?.checks.push({ any: [{ item, rows: at }], not: true });
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
    // Words that are everywhere tell little, and their lists are the longest.
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

/** Returns whether the text has what the hit's checks ask for. @param {Index} index @param {Hit} hit */
export async function holds(index, hit) {
  if (hit.checks.length === 0) return true;
  const text = await index.text(hit.text);
  return hit.checks.every(({ any, not }) =>
    any.some(({ item, rows }) => rows.some((row) => phraseIn(index.tokens(text.rows[row]), item).length > 0)) !== not);
}
