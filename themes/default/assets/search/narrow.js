// Texts that answer a query, and what a reader chose -> statements in order, and how many there are of each value.

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./search.js").Hit} Hit */
/** A statement with its versions that answer the query, best first. Days are numbers such as 20171012; 0 unknown.
 * @typedef {{statement: number, shard: number, local: number, hits: Hit[], score: number, from: number, to: number}} Result */
/** What a reader chose: values by column, days, order. @typedef {{values: Record<string, string[]>, from: string, to: string, sort: string}} Choice */
/** @typedef {{results: Result[], counts: Record<string, Map<string, number>>}} Narrowed */

export const COLUMNS = ["delegation", "topic", "forum", "session", "year", "kind", "language"];

/** Without `counting`, and as long as nothing is chosen, the facts are not needed: nothing is counted, and days are unknown.
 * @param {Index} index @param {Hit[]} hits @param {Choice} choice @param {boolean} [counting] @returns {Promise<Narrowed>} */
export async function narrow(index, hits, choice, counting = true) {
  /** @type {Narrowed} */
  const narrowed = { results: grouped(index, hits), counts: Object.fromEntries(COLUMNS.map((column) => [column, new Map()])) };
  if (counting || isNarrowed(choice) || choice.sort !== "") await choose(index, narrowed, choice);
  /** Statements without a date come last in both orders. @param {Result} one */
  const newest = (one) => -(one.to || 0);
  /** @param {Result} one */
  const oldest = (one) => one.from || Infinity;
  const key = choice.sort === "new" ? newest : choice.sort === "old" ? oldest : (/** @type {Result} */ one) => -one.score;
  narrowed.results.sort((a, b) => key(a) - key(b) || a.statement - b.statement);
  return narrowed;
}

/** Returns the statements of texts, their days not yet known. @param {Index} index @param {Hit[]} hits */
function grouped(index, hits) {
  /** @type {Result[]} */
  const results = [];
  /** @type {Map<number, Result>} */
  const several = new Map();
  for (const hit of hits) {
    const shard = index.shardOf(hit.text), head = index.head(shard);
    const local = head.versions ? statements(head)[hit.text - index.firstText[shard]] : hit.text - index.firstText[shard];
    const statement = index.firstStatement[shard] + local;
    const known = several.get(statement);
    if (known) {
      known.hits.push(hit);
      continue;
    }
    const result = { statement, shard, local, hits: [hit], score: hit.score, from: 0, to: 0 };
    results.push(result);
    if (head.versions) several.set(statement, result);
  }
  for (const one of several.values()) best(one);
  return results;
}

/** Puts the version first that answers best. @param {Result} one */
function best(one) {
  one.hits.sort((a, b) => b.score - a.score || a.text - b.text);
  one.score = one.hits[0].score;
}

/** Leaves only the statements that a reader chose, and counts those of each value. @param {Index} index @param {Narrowed} narrowed @param {Choice} choice */
async function choose(index, narrowed, choice) {
  const all = narrowed.results;
  narrowed.results = [];
  const [from, to] = [dayOf(choice.from, "0101"), dayOf(choice.to, "1231") || Infinity];
  const shards = await Promise.all(index.firstText.map((_, shard) => index.facts(shard)));
  for (const one of all) {
    const { shard, local } = one, facts = shards[shard];
    /** @param {Hit} hit */
    const own = (hit) => language(index, index.head(shard), hit.text - index.firstText[shard]);
    /** @type {[string, string[]][]} */
    const values = COLUMNS.map((column) => [column, column === "language" ? one.hits.map(own) : valuesOf(facts, column, local)]);
    one.from = facts.from[local];
    one.to = facts.to?.[local] || one.from;
    if ((from > 0 || to < Infinity) && (one.from === 0 || one.to < from || one.from > to)) continue;
    const failed = values.filter(([column, own]) => choice.values[column]?.length && !own.some((value) => choice.values[column].includes(value)));
    // How many there would be with another value of a column is counted without what was chosen in it.
    for (const [column, own] of values) {
      if (failed.every(([other]) => other === column)) for (const value of new Set(own)) add(narrowed.counts[column], value);
    }
    if (failed.length > 0) continue;
    const chosen = choice.values.language ?? [];
    if (chosen.length) {
      one.hits = one.hits.filter((hit) => chosen.includes(own(hit)));
      best(one);
    }
    narrowed.results.push(one);
  }
}

/** Returns the statement of each text of a shard. @param {import("./index.js").Head} head */
function statements(head) {
  const cached = known.get(head);
  if (cached) return cached;
  const found = head.lengths.map((_, at) => at);
  if (head.versions) found.splice(0, Infinity, ...head.versions.flatMap((versions, statement) => Array(versions).fill(statement)));
  known.set(head, found);
  return found;
}
/** @type {WeakMap<object, number[]>} */
const known = new WeakMap();

/** @param {import("./index.js").Facts} facts @param {string} column @param {number} local @returns {string[]} */
export function valuesOf(facts, column, local) {
  const { values, of } = facts.columns[column] ?? { values: [], of: [] };
  const at = of[local] ?? -1;
  return (Array.isArray(at) ? at : at < 0 ? [] : [at]).map((one) => values[one]);
}

/** @param {Index} index @param {import("./index.js").Head} head @param {number} text */
const language = (index, head, text) => index.root.languages[Array.isArray(head.languages) ? head.languages[text] : head.languages];

/** @param {string} text a year or a day @param {string} rest month and day of a year alone */
function dayOf(text, rest) {
  const digits = text.replaceAll("-", "");
  return /^\d{4}$/.test(digits) ? Number(digits + rest) : /^\d{8}$/.test(digits) ? Number(digits) : 0;
}

/** @param {Map<string, number>} counts @param {string} value */
const add = (counts, value) => counts.set(value, (counts.get(value) ?? 0) + 1);

/** Returns the statement that is the earliest beyond doubt, and the delegation with most of them, each only if there is one.
 * Invented statements count for neither. @param {Index} index @param {Result[]} results */
export async function claims(index, results) {
  /** @type {Result | undefined} */
  let first;
  let next = Infinity;
  /** @type {Map<string, number>} */
  const by = new Map();
  for (const result of results) {
    const facts = await index.facts(result.shard);
    if (facts.simulated?.includes(result.local)) continue;
    for (const delegation of valuesOf(facts, "delegation", result.local)) add(by, delegation);
    if (result.from === 0) return { first: undefined, most: top(by) };
    if (!first || result.from < first.from) {
      if (first) next = Math.min(next, first.from);
      first = result;
    } else next = Math.min(next, result.from);
  }
  return { first: first && first.to < next ? first : undefined, most: top(by) };
}

/** @param {Map<string, number>} by */
function top(by) {
  const [first, second] = [...by].sort((a, b) => b[1] - a[1]);
  return first && first[1] > 1 && first[1] > (second?.[1] ?? 0) ? first : undefined;
}

// The address of the page <-> what a reader searches, so that a result can be sent to somebody and "back" works.

/** @typedef {Choice & {q: string}} State */

/** @param {string} search the part of the address from `?` on @returns {State} */
export function read(search) {
  const params = new URLSearchParams(search);
  /** @param {string} name */
  const day = (name) => (/^\d{4}(-\d\d-\d\d)?$/.test(params.get(name) ?? "") ? params.get(name) ?? "" : "");
  const sort = params.get("sort") ?? "";
  return {
    q: (params.get("q") ?? "").slice(0, 1000),
    values: Object.fromEntries(COLUMNS.map((column) => [column, [...new Set(params.getAll(column))].slice(0, 200)])),
    from: day("from"),
    to: day("to"),
    sort: ["new", "old"].includes(sort) ? sort : "",
  };
}

/** @param {State} state */
export function write(state) {
  const params = new URLSearchParams();
  if (state.q) params.set("q", state.q);
  for (const column of COLUMNS) for (const value of state.values[column] ?? []) params.append(column, value);
  for (const name of /** @type {const} */ (["from", "to", "sort"])) if (state[name]) params.set(name, state[name]);
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** @param {Choice} state */
export const isNarrowed = (state) => state.from !== "" || state.to !== "" || COLUMNS.some((column) => (state.values[column] ?? []).length > 0);
