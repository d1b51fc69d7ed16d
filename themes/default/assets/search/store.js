// The files of the index -> bytes. Files are named by their content; only the root has a fixed name. Parts of files are
// asked for by range, several near each other at once; from hosts that answer with the whole file it is kept.

/** The index is not the one that its root describes, or not whole. */
export class Stale extends Error {}
/** The index is still being made. */
export class Building extends Error {}

/** A long byte string in several files: the name of each, and where it ends.
 * @typedef {[string, number][]} Space */

// Bytes between two parts of a file up to which both are fetched with one request.
const GAP = 2048;

export class Store {
  /** @type {Map<string, Promise<Uint8Array>>} */ #whole = new Map();
  /** @type {Map<string, Promise<Uint8Array>>} */ #parts = new Map();
  /** @type {{name: string, from: number, to: number, size: number, done: (bytes: Uint8Array) => void, failed: (error: unknown) => void}[]} */ #asked = [];
  /** Whether the host answers ranges, known after the first answer. @type {Promise<boolean> | undefined} */ #ranges;

  /** @param {string} base the address of the folder, with a slash at its end @param {typeof fetch} get */
  constructor(base, get) {
    this.base = base;
    this.get = get;
  }

  /** @param {boolean} reload @returns {Promise<any>} */
  async root(reload) {
    const answer = await this.get(`${this.base}root.json`, { cache: reload ? "reload" : "no-cache" });
    if (!answer.ok) throw new Error(`root.json: ${answer.status}`);
    return answer.json();
  }

  /** Returns a whole file. @param {string} name */
  whole(name) {
    return keep(this.#whole, name, async () => bytesOf(await this.#answer(name, {})));
  }

  /** Returns a part of a file that has `size` bytes. @param {string} name @param {number} from @param {number} length @param {number} [size]
   * @returns {Promise<Uint8Array>} */
  part(name, from, length, size = 0) {
    return keep(this.#parts, `${name} ${from} ${length}`, () => new Promise((done, failed) => {
      // Whatever else is asked for before the next turn of the event loop goes out with it.
      if (this.#asked.push({ name, from, to: from + length, size, done, failed }) === 1) setTimeout(() => this.#send());
    }));
  }

  /** Returns an item of a space. @param {Space} space @param {number} offset @param {number} length */
  item(space, offset, length) {
    const at = space.findIndex(([, end]) => end > offset);
    if (at < 0) throw new Stale("no such item");
    const begin = at ? space[at - 1][1] : 0;
    return this.part(space[at][0], offset - begin, length, space[at][1] - begin);
  }

  #send() {
    const asked = this.#asked.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.from - b.from));
    this.#asked = [];
    for (let first = 0, last = 0; first < asked.length; first = last) {
      let { name, from, to, size } = asked[first];
      for (last = first; last < asked.length && asked[last].name === name && asked[last].from <= to + GAP; last += 1) to = Math.max(to, asked[last].to);
      const these = asked.slice(first, last);
      this.#range(name, from, to, size).then(
        (bytes) => these.forEach((one) => one.done(bytes.subarray(one.from - from, one.to - from))),
        (error) => these.forEach((one) => one.failed(error)),
      );
    }
  }

  /** @param {string} name @param {number} from @param {number} to @param {number} size @returns {Promise<Uint8Array>} */
  async #range(name, from, to, size) {
    const known = this.#ranges;
    const isFirst = !known;
    if ((known && !(await known)) || this.#whole.has(name)) return (await this.whole(name)).subarray(from, to);
    const answered = this.#answer(name, { headers: { range: `bytes=${from}-${to - 1}` } }).then((answer) => {
      if (answer.status !== 206) this.#whole.set(name, bytesOf(answer));
      return answer;
    });
    if (isFirst) {
      this.#ranges = answered.then((answer) => answer.status === 206);
      // A failure is reported to whoever asked; the next one tries again.
      this.#ranges.catch(() => { this.#ranges = undefined; });
    }
    const answer = await answered;
    const isPart = answer.status === 206;
    const bytes = isPart ? await bytesOf(answer) : await this.whole(name);
    const expected = isPart ? to - from : size || bytes.length;
    if (bytes.length !== expected) throw new Stale(`${name}: ${bytes.length} bytes`);
    return isPart ? bytes : bytes.subarray(from, to);
  }

  /** @param {string} name @param {RequestInit} options */
  async #answer(name, options) {
    const answer = await this.get(`${this.base}${name}.bin`, options);
    if (answer.status === 404 || answer.status === 410 || answer.status === 416) throw new Stale(`${name}: ${answer.status}`);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer;
  }
}

/** @param {Response} answer */
const bytesOf = async (answer) => new Uint8Array(await answer.arrayBuffer());

/** Returns what is kept, or makes it; a failure is not kept.
 * @template T @param {Map<string, Promise<T>>} kept @param {string} key @param {() => Promise<T>} make @returns {Promise<T>} */
export function keep(kept, key, make) {
  let found = kept.get(key);
  if (!found) {
    kept.set(key, found = make());
    found.catch(() => kept.delete(key));
  }
  return found;
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
export async function inflate(bytes) {
  try {
    const stream = new DecompressionStream("deflate-raw"), writer = stream.writable.getWriter();
    // The stream of a blob would come from another process, which costs more than all else of a small piece.
    writer.write(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)).catch(() => {});
    writer.close().catch(() => {});
    const parts = [];
    let length = 0, at = 0;
    for (const reader = stream.readable.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
    }
    if (parts.length === 1) return parts[0];
    const all = new Uint8Array(length);
    for (const part of parts) all.set(part, (at += part.length) - part.length);
    return all;
  } catch {
    throw new Stale("not deflated");
  }
}

/** Reads numbers and strings from bytes. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  /** @returns {number} */
  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Stale("too short");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  /** @param {number} length */
  take(length) {
    return this.bytes.subarray(this.at, this.at += length);
  }
  get more() {
    return this.at < this.bytes.length;
  }
}
