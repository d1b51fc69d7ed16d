// A built site's index on disk -> what the search page's own modules read, with the bytes that a browser would transfer.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Index } from "../../themes/default/assets/search/index.js";

/** Opens the index of the folder `search/` of a built site. `spent` counts bytes and requests. */
export async function openIndex(folder) {
  const spent = { bytes: 0, requests: 0 };
  const get = async (url, options) => {
    const bytes = readFileSync(join(folder, new URL(url).pathname));
    const range = /bytes=(\d+)-(\d+)/.exec(options?.headers?.range ?? "");
    const part = range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes;
    spent.bytes += part.length;
    spent.requests += 1;
    return new Response(part, { status: range ? 206 : 200 });
  };
  return { index: await Index.open("http://localhost/", { get }), spent };
}

/** Returns a generator of numbers below a bound, the same for the same seed. */
export function drawn(seed) {
  let state = BigInt(seed) * 2862933555777941757n + 3037000493n;
  return (below) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number((state >> 33n) % BigInt(below));
  };
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
