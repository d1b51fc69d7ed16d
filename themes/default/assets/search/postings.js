// The bits of a list and of its rows -> which texts have a word, how often, in which rows, and next to which words.

/** The texts of a shard that have a word: twice the times in paragraphs and notes, plus 1 if `others` has more.
 * @typedef {{texts: Uint32Array, counts: Uint32Array, others: Uint8Array}} List */
/** The row of each occurrence, and its sides if the index has them; those of text `at` are from `starts[at]` to `starts[at + 1]`.
 * @typedef {{starts: number[], rows: number[], sides: Uint8Array | null}} Rows */
/** A word as its neighbours see it. @typedef {{hash: number, short: boolean}} Seen */
/** Bits that the sides of a word have in a phrase, as far as the phrase says. @typedef {{bits: number, mask: number}} Known */

const LONGEST = 24, MEMORY = 64, ROWS = 64, SHORT = 3, IS_SHORT = 8;

/** Bits, the highest of each byte first; past the end there are only zeros. */
class Bits {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  /** Returns the next bits, the first as the highest of 32; at least 25 of them are of the bytes. */
  #window() {
    const { bytes } = this, first = this.at >> 3;
    return (bytes[first] << 24 | bytes[first + 1] << 16 | bytes[first + 2] << 8 | bytes[first + 3]) << (this.at & 7);
  }
  bit() {
    return this.take(1);
  }
  /** @param {number} count at most 32 @returns {number} */
  take(count) {
    if (count > 24) return this.take(count - 16) * 65536 + this.take(16);
    if (count === 0) return 0;
    const value = this.#window() >>> (32 - count);
    this.at += count;
    return value;
  }
  /** Takes ones and the zero after them, or `most` ones. @param {number} most */
  ones(most) {
    for (let count = 0; ;) {
      const run = Math.min(Math.clz32(~this.#window()), 24, most - count);
      count += run;
      this.at += run;
      if (count === most) return count;
      if (run < 24) {
        this.at += 1;
        return count;
      }
    }
  }
  /** Takes a Rice code. @param {number} average of numbers like this one */
  rice(average) {
    const width = average < 1 ? 0 : 31 - Math.clz32(average);
    const quotient = this.ones(LONGEST);
    return quotient < LONGEST ? quotient * 2 ** width + this.take(width) : this.take(32);
  }
}

/** The average of the numbers before, from which the width of the next code follows. */
class Average {
  /** @param {number} expected */
  constructor(expected) {
    this.sum = expected;
    this.count = 1;
  }
  get value() {
    return Math.floor(this.sum / this.count);
  }
  /** @param {number} number */
  add(number) {
    this.sum += number;
    this.count += 1;
    if (this.count === MEMORY) [this.sum, this.count] = [Math.floor(this.sum / 2), MEMORY / 2];
  }
  /** @param {Bits} bits */
  take(bits) {
    const number = bits.rice(this.value);
    this.add(number);
    return number;
  }
}

/** @param {Uint8Array} bytes @param {number} all texts of the shard @param {number} count texts that have the word @returns {List} */
export function listOf(bytes, all, count) {
  const bits = new Bits(bytes), gaps = new Average(Math.floor(all / (count + 1))), counts = new Average(1);
  const list = { texts: new Uint32Array(count), counts: new Uint32Array(count), others: new Uint8Array(count) };
  for (let at = 0, text = 0; at < count; at += 1, text += 1) {
    list.texts[at] = text += gaps.take(bits);
    const more = bits.bit();
    list.counts[at] = (counts.take(bits) + 1 - more) * 2 + more;
    if (more) list.others[at] = bits.take(8);
  }
  return list;
}

/** @param {Uint8Array} bytes @param {List} list @param {boolean} hasSides @returns {Rows} */
export function rowsOf(bytes, list, hasSides) {
  const bits = new Bits(bytes), lengths = new Average(ROWS);
  /** @type {number[]} */
  const rows = [];
  const starts = [0];
  list.counts.forEach((value, at) => {
    let count = value >> 1;
    if (value & 1) {
      for (let shift = 0; shift < 8; shift += 2) count += (list.others[at] >> shift) & 3;
      count += bits.ones(Infinity);
    }
    const average = Math.floor(lengths.value / (count + 1));
    let row = 0;
    for (let left = Math.min(count, bytes.length * 8); left > 0; left -= 1) rows.push(row += bits.rice(average));
    lengths.add(Math.floor(row / count) * (count + 1));
    starts.push(rows.length);
  });
  return { starts, rows, sides: hasSides ? bytes.subarray((bits.at + 7) >> 3) : null };
}

/** Hashes a word as the index does (FNV-1a over code points). @param {string} word @returns {Seen} */
export function seen(word) {
  let hash = 0x811c9dc5, count = 0;
  for (const letter of word) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
    count += 1;
  }
  return { hash, short: count <= SHORT };
}

/** Returns what a phrase determines of the sides of its words from `first` to `last`: a short neighbour is not distinctive, so the
 * index has it together with the word beyond it. @param {Seen[]} phrase @param {number} first @param {number} last @returns {Known} */
export function sidesOf(phrase, first, last) {
  /** @param {number} step @param {number} at @returns {Known} */
  const side = (at, step) => {
    const near = phrase[at], far = phrase[at + step];
    if (!near) return { bits: 0, mask: 0 };
    if (near.short && !far) return { bits: IS_SHORT, mask: IS_SHORT };
    const hash = near.short ? near.hash ^ Math.imul(far.hash, 0x85ebca6b) : near.hash;
    return { bits: (Math.imul(hash, 0x9e3779b1) >>> 29) | (near.short ? IS_SHORT : 0), mask: 15 };
  };
  const [before, after] = [side(first - 1, -1), side(last + 1, 1)];
  return { bits: before.bits << 4 | after.bits, mask: before.mask << 4 | after.mask };
}
