// The index as it is in its files -> words, the texts that have them, facts and texts. The format is described in
// src/search/; what is read is kept.

import { terms, tokenizer } from "./folding.js";
import { listOf, rowsOf } from "./postings.js";
import { Building, Reader, Stale, Store, inflate, keep } from "./store.js";

const FORMAT = 3, BLOCK = 96;
/** Lists up to this length, with their rows, are in the dictionary itself. */
const INLINE = 16;
/** Rows up to this length in all shards together are next to the word's lists; longer ones are in the spaces of the shards. */
const TOGETHER = 4096;
/** The unit of a slot's length. */
const UNIT = 64;

/** Where a shard has a word: `inline`, or from `list` and `rows` on; these are in the shard's own space unless `together`.
 * @typedef {{shard: number, texts: number, listLength: number, rowsLength: number, hasSides: boolean, list: number, rows: number, together: boolean, inline: Uint8Array | null}} Place */
/** A word of the dictionary, with the numbers of its other forms.
 * @typedef {{word: string, siblings: number[], places: Place[], texts: number, weight: number}} Entry */
/** @typedef {import("./postings.js").List} List */
/** @typedef {{texts: number, statements: number, from: number, to: number, rows: import("./store.js").Space, chunks: import("./store.js").Space,
 *   slots: number[], versions: number[] | null, languages: number | number[], lengths: number[]}} Head */
/** @typedef {{dictionary: {keys: string[], lengths: number[], files: import("./store.js").Space}, postings: import("./store.js").Space, shards: Head[]}} Base */
/** @typedef {{values: string[], of: (number | number[])[]}} Column */
/** @typedef {{columns: Record<string, Column>, from: number[], to: number[] | null, simulated?: number[]}} Facts */
/** A language version. Row 0 is the title, row 1 facts in words, the rest the body.
 * @typedef {{meta: any, rows: string[], kinds: string[], anchors: string[], labels: string[]}} Text */

export class Index {
  /** @type {Map<string, Promise<any>>} */ #kept = new Map();

  /** @param {string} base @param {{get?: typeof fetch, reload?: boolean}} [options] */
  static async open(base, { get = (url, options) => fetch(url, options), reload = false } = {}) {
    const store = new Store(base, get);
    const root = await store.root(reload);
    if (root.building) throw new Building();
    if (root.format !== FORMAT) throw new Stale(`format ${root.format}`);
    return new Index(store, root, await jsonOf(await store.whole(root.base)));
  }

  /** @param {Store} store @param {any} root @param {Base} base */
  constructor(store, root, base) {
    this.store = store;
    this.root = root;
    this.base = base;
    this.tokens = tokenizer(root.folding);
    /** Number of the first text, and of the first statement, of each shard. @type {number[]} */
    this.firstText = [];
    /** @type {number[]} */
    this.firstStatement = [];
    let texts = 0, statements = 0, from = 0;
    for (const shard of base.shards) {
      this.firstText.push(texts);
      this.firstStatement.push(statements);
      texts += shard.texts;
      statements += shard.statements;
    }
    const { keys, lengths } = base.dictionary;
    /** @type {{key: string, from: number, length: number}[]} */
    this.blocks = keys.map((key, at) => ({ key, from: (from += lengths[at]) - lengths[at], length: lengths[at] }));
  }

  /** Returns the number of the block that has a word, if any has. @param {string} word */
  #blockOf(word) {
    let low = 0, high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(this.blocks[middle].key, word) <= 0) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** @param {number} number @returns {Promise<Entry[]>} */
  #block(number) {
    return keep(this.#kept, `block ${number}`, async () => {
      const { from, length } = this.blocks[number];
      const reader = new Reader(await inflate(await this.store.item(this.base.dictionary.files, from, length)));
      let next = reader.number();
      const rowsAt = Array.from({ length: reader.number() }, () => reader.number());
      /** @type {Entry[]} */
      const entries = [];
      /** @type {Uint8Array} */
      let bytes = new Uint8Array();
      while (reader.more) {
        bytes = joined(bytes, reader);
        const own = number * BLOCK + entries.length;
        const siblings = Array.from({ length: reader.number() }, () => {
          const delta = reader.number();
          return own + (delta % 2 ? -(delta + 1) / 2 : delta / 2);
        });
        /** @type {Place[]} */
        const places = [];
        let shard = -1;
        for (let left = reader.number(); left > 0; left -= 1) {
          shard += reader.number() + 1;
          const [texts, listLength, rows] = [reader.number(), reader.number(), reader.number()];
          const rowsLength = rows >>> 1;
          if (rowsAt[shard] === undefined) throw new Stale("no such shard");
          const inline = listLength + rowsLength <= INLINE ? reader.take(listLength + rowsLength) : null;
          places.push({ shard, texts, listLength, rowsLength, hasSides: (rows & 1) > 0, list: 0, rows: 0, together: false, inline });
        }
        const outside = places.filter((place) => !place.inline);
        const together = outside.reduce((sum, place) => sum + place.rowsLength, 0) <= TOGETHER;
        for (const place of outside) next = (place.list = next) + place.listLength;
        for (const place of outside) {
          place.together = together;
          place.rows = together ? next : rowsAt[place.shard];
          if (together) next += place.rowsLength;
          else rowsAt[place.shard] += place.rowsLength;
        }
        const texts = places.reduce((sum, place) => sum + place.texts, 0);
        entries.push({ word: new TextDecoder().decode(bytes), siblings, places, texts, weight: 1 });
      }
      return entries;
    });
  }

  /** @param {string} word @returns {Promise<Entry | undefined>} */
  async entry(word) {
    if (this.blocks.length === 0) return undefined;
    return (await this.#block(this.#blockOf(word))).find((entry) => entry.word === word);
  }

  /** Returns a word and its other forms, which weigh less. @param {string} word @param {boolean} exact */
  async forms(word, exact) {
    const own = await this.entry(word);
    if (!own) return [];
    const others = exact ? [] : await Promise.all(own.siblings.map(async (number) => (await this.#block(Math.floor(number / BLOCK)))[number % BLOCK]));
    const weight = this.root.weights.inflected;
    return [own, ...others.map((entry) => ({ ...entry, weight }))].filter((entry) => entry.texts > 0);
  }

  /** Returns the numbers of the blocks that can have words with a beginning. @param {string} begin */
  #blocksWith(begin) {
    if (this.blocks.length === 0) return [];
    const first = this.#blockOf(begin), numbers = [first];
    while (this.blocks[first + numbers.length]?.key.startsWith(begin)) numbers.push(first + numbers.length);
    return numbers;
  }

  /** Returns the words that begin so, the most frequent first, and whether there are more. @param {string} prefix @param {number} most */
  async withPrefix(prefix, most) {
    const numbers = this.#blocksWith(prefix), read = numbers.slice(0, 4);
    const found = (await this.#entries(read)).filter((entry) => entry.word.startsWith(prefix) && entry.texts > 0).sort((a, b) => b.texts - a.texts);
    const entries = found.slice(0, most).map((entry) => ({ ...entry, weight: entry.word === prefix ? 1 : this.root.weights.inflected }));
    return { entries, isAll: read.length === numbers.length && found.length <= most };
  }

  /** Returns the entries of the blocks that can have words with one of these beginnings, of each the first 13.
   * @param {string[]} begins */
  beginningWith(begins) {
    const numbers = new Set(begins.flatMap((begin) => this.#blocksWith(begin).slice(0, 13)));
    return this.#entries([...numbers].sort((a, b) => a - b));
  }

  /** @param {number[]} numbers */
  async #entries(numbers) {
    return (await Promise.all(numbers.map((number) => this.#block(number)))).flat();
  }

  /** @param {Place} place @returns {Promise<List>} */
  list(place) {
    return keep(this.#kept, `list ${place.shard} ${place.list} ${place.inline ?? place.listLength}`, async () => {
      const bytes = place.inline?.subarray(0, place.listLength) ?? (await this.store.item(this.base.postings, place.list, place.listLength));
      return listOf(bytes, this.base.shards[place.shard].texts, place.texts);
    });
  }

  /** Returns the rows of each text of a word's list. @param {Place} place @returns {Promise<import("./postings.js").Rows>} */
  rows(place) {
    return keep(this.#kept, `rows ${place.shard} ${place.rows} ${place.inline ?? place.rowsLength}`, async () => {
      const space = place.together ? this.base.postings : this.base.shards[place.shard].rows;
      const bytes = place.inline?.subarray(place.listLength) ?? this.store.item(space, place.rows, place.rowsLength);
      return rowsOf(await bytes, await this.list(place), place.hasSides);
    });
  }

  /** @param {number} shard */
  head(shard) {
    return this.base.shards[shard];
  }
  /** @param {number} shard @returns {Promise<Facts>} */
  async facts(shard) {
    return (await this.#json(this.root.facts)).shards[shard];
  }
  /** @returns {Promise<Record<string, Record<string, [string, string]>>>} */
  async names() {
    return (await this.#json(this.root.facts)).names;
  }
  /** @returns {Promise<[string, string, number[]][]>} */
  documents() {
    return this.#json(this.root.documents);
  }
  /** @param {string} name @returns {Promise<any>} */
  #json(name) {
    return keep(this.#kept, name, async () => jsonOf(await this.store.whole(name)));
  }

  /** Returns the shard of a text, counted over all shards. @param {number} text */
  shardOf(text) {
    let shard = this.firstText.length - 1;
    while (this.firstText[shard] > text) shard -= 1;
    return shard;
  }

  /** @param {number} number of the text, counted over all shards @returns {Promise<Text>} */
  text(number) {
    return keep(this.#kept, `text ${number}`, async () => {
      const shard = this.shardOf(number);
      const { chunks, slots } = this.base.shards[shard];
      const reader = new Reader(await this.store.item(chunks, this.#slot(number) * UNIT, slots[number - this.firstText[shard]] * UNIT));
      return textOf(new TextDecoder().decode(await inflate(reader.take(reader.number()))));
    });
  }

  /** Returns where the slot of a text begins, in units. @param {number} number */
  #slot(number) {
    const { slots } = this.base.shards[this.shardOf(number)];
    let start = 0;
    for (let at = number - this.firstText[this.shardOf(number)] - 1; at >= 0; at -= 1) start += slots[at];
    return start;
  }
}

/** @param {Uint8Array} bytes @returns {Promise<any>} */
const jsonOf = async (bytes) => JSON.parse(new TextDecoder().decode(await inflate(bytes)));

export { Stale, Building, terms };

/** @param {string} chunk @returns {Text} */
function textOf(chunk) {
  const [first, ...rows] = chunk.split("\n");
  const meta = JSON.parse(first);
  /** @type {[Map<number, string>, Map<number, string>, Map<number, string>]} */
  const [special, own, named] = [new Map(meta.kinds), new Map(meta.anchors), new Map(meta.labels)];
  const kinds = rows.map((_, row) => (row < 2 ? "" : special.get(row) ?? "p"));
  let count = 0, last = "";
  const anchors = kinds.map((kind, row) => {
    if (kind === "p" || kind === "g") count += 1;
    if (kind === "n" || kind === "") return last;
    return last = own.get(row) ?? (kind === "h" ? last : `p${count}`);
  });
  const labels = kinds.map((kind, row) => (kind === "p" || kind === "g" ? named.get(row) ?? anchors[row].slice(1) : ""));
  return { meta, rows, kinds, anchors, labels };
}

/** Returns a front-coded string: how much of the one before, and what follows. @param {Uint8Array} before @param {Reader} reader */
function joined(before, reader) {
  const shared = reader.number();
  const rest = reader.take(reader.number());
  const bytes = new Uint8Array(shared + rest.length);
  bytes.set(before.subarray(0, shared));
  bytes.set(rest, shared);
  return bytes;
}

/** Compares by code points, as the index does; JavaScript compares halves of pairs. @param {string} a @param {string} b */
function compare(a, b) {
  const [x, y] = /[\ud800-\udfff]/.test(a + b) ? [[...a], [...b]] : [a, b];
  for (let at = 0; at < x.length && at < y.length; at += 1) {
    if (x[at] !== y[at]) return (x[at].codePointAt(0) ?? 0) - (y[at].codePointAt(0) ?? 0);
  }
  return x.length - y.length;
}
