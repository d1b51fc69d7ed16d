// Texts that answer a query, and what a reader chose -> statements in order, and how many there are of each value.

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./search.js").Hit} Hit */
/** A statement with its versions that answer the query, best first. Days are numbers such as 20171012; 0 unknown.
 * @typedef {{statement: number, shard: number, local: number, hits: Hit[], score: number, from: number, to: number}} Result */
/** What a reader chose: values by column, days, order. @typedef {{values: Record<string, string[]>, from: string, to: string, sort: string}} Choice */
/** @typedef {{results: Result[], counts: Record<string, Map<string, number>>}} Narrowed */

export const COLUMNS = ["delegation", "topic", "forum", "session", "year", "kind", "language"];

/** @param {Index} index @param {Hit[]} hits @param {Choice} choice @returns {Promise<Narrowed>} */
export async function narrow(index, hits, choice) {
  /** @type {Map<number, Hit[]>} */
  const byShard = new Map();
  for (const hit of hits) {
    const shard = index.shardOf(hit.text), others = byShard.get(shard);
    if (others) others.push(hit);
    else byShard.set(shard, [hit]);
  }
  // Read together: one after the other, each shard would cost a round trip to the host.
  const shards = await Promise.all([...byShard].map(async ([shard, hits]) => {
    const [facts, head, statementOf] = await Promise.all([index.facts(shard), index.head(shard), statements(index, shard)]);
    /** @type {Map<number, Hit[]>} */
    const found = new Map();
    for (const hit of hits) {
      const statement = statementOf[hit.text - index.firstText[shard]], others = found.get(statement);
      if (others) others.push(hit);
      else found.set(statement, [hit]);
    }
    return { shard, facts, head, found };
  }));
  /** @type {Narrowed} */
  const narrowed = { results: [], counts: Object.fromEntries(COLUMNS.map((column) => [column, new Map()])) };
  const [from, to] = [dayOf(choice.from, "0101"), dayOf(choice.to, "1231") || Infinity];
  for (const { shard, facts, head, found } of shards) {
    for (const [local, versions] of found) {
      /** @type {[string, string[]][]} */
      const values = COLUMNS.map((column) => [column, column === "language" ? versions.map((hit) => language(index, head, hit.text - index.firstText[shard])) : valuesOf(facts, column, local)]);
      const first = facts.from[local], last = facts.to?.[local] || first;
      if ((from > 0 || to < Infinity) && (first === 0 || last < from || first > to)) continue;
      const failed = values.filter(([column, own]) => choice.values[column]?.length && !own.some((value) => choice.values[column].includes(value)));
      // How many there would be with another value of a column is counted without what was chosen in it.
      for (const [column, own] of values) {
        if (failed.every(([other]) => other === column)) for (const value of new Set(own)) add(narrowed.counts[column], value);
      }
      if (failed.length > 0) continue;
      const chosen = choice.values.language ?? [];
      const kept = chosen.length ? versions.filter((hit) => chosen.includes(language(index, head, hit.text - index.firstText[shard]))) : versions;
      kept.sort((a, b) => b.score - a.score || a.text - b.text);
      narrowed.results.push({ statement: index.firstStatement[shard] + local, shard, local, hits: kept, score: kept[0].score, from: first, to: last });
    }
  }
  /** Statements without a date come last in both orders. @param {Result} one */
  const newest = (one) => -(one.to || 0);
  /** @param {Result} one */
  const oldest = (one) => one.from || Infinity;
  const key = choice.sort === "new" ? newest : choice.sort === "old" ? oldest : (/** @type {Result} */ one) => -one.score;
  narrowed.results.sort((a, b) => key(a) - key(b) || a.statement - b.statement);
  return narrowed;
}

/** Returns the statement of each text of a shard. @param {Index} index @param {number} shard @returns {Promise<number[]>} */
async function statements(index, shard) {
  const head = await index.head(shard);
  const cached = known.get(head);
  if (cached) return cached;
  const found = head.versions ? head.versions.flatMap((versions, statement) => Array(versions).fill(statement)) : Array.from({ length: index.root.shards[shard].texts }, (_, at) => at);
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

/** @param {State} state */
export const isNarrowed = (state) => state.from !== "" || state.to !== "" || COLUMNS.some((column) => (state.values[column] ?? []).length > 0);
