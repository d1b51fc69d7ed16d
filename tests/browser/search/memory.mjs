// A few texts -> an index of them in memory, which answers like the one in files.

import { terms, tokenizer } from "../../../themes/default/assets/search/folding.js";

// The rules of folding that the tests need; the whole table comes with a built index.
export const TABLE = { drop: [[0xad, 0xad], [0x640, 0x640], [0x64b, 0x65f]], map: { œ: "oe", ё: "е", أ: "ا" }, unspaced: [[0xe00, 0xe7f], [0x3040, 0x30ff], [0x4e00, 0x9fff]] };

/** @param {{rows: string[], meta?: object, kinds?: string[], delegation?: string, from?: number, to?: number, language?: number, simulated?: boolean, same?: boolean}[]} texts
 * rows are the title, facts in words, and the body; `same`: a version of the statement before. `siblings` are forms of one word. */
export function memory(texts, { siblings = [] } = {}) {
  const tokens = tokenizer(TABLE);
  const lists = new Map();
  texts.forEach(({ rows }, text) => rows.forEach((row, at) => {
    const found = tokens(row);
    const all = [...found.map((token) => token.text), ...terms(found)];
    for (const word of new Set(all)) {
      const places = lists.get(word) ?? new Map();
      lists.set(word, places);
      places.set(text, [...(places.get(text) ?? []), at]);
    }
  }));
  const place = (word) => ({ shard: 0, texts: lists.get(word).size, listLength: 4, rowsLength: 4, word });
  const entry = (word) => (lists.has(word) ? { word, weight: 1, siblings: [], texts: lists.get(word).size, places: [place(word)] } : undefined);
  const statements = texts.reduce((of, text) => [...of, (of.at(-1) ?? -1) + (text.same ? 0 : 1)], []);
  const firsts = texts.filter((text) => !text.same);
  const delegations = [...new Set(firsts.map((text) => text.delegation ?? ""))];
  return {
    tokens,
    root: { texts: texts.length, rows: 100, average: { text: 10 }, weights: { title: 4, facts: 2, heading: 2, text: 1, greeting: 0.25, inflected: 0.6 }, languages: ["en", "fr"], },
    base: { shards: [{ texts: texts.length }] },
    firstText: [0],
    firstStatement: [0],
    shardOf: () => 0,
    entry: async (word) => entry(word),
    forms: async (word, exact) => {
      const others = exact ? [] : siblings.filter((forms) => forms.includes(word)).flat().filter((form) => form !== word);
      return [entry(word), ...others.map((form) => entry(form) && { ...entry(form), weight: 0.6 })].filter(Boolean);
    },
    withPrefix: async (prefix) => ({ entries: [...lists.keys()].filter((word) => word.startsWith(prefix)).map(entry), isAll: true }),
    beginningWith: async () => [],
    list: async ({ word }) => ({ texts: [...lists.get(word).keys()], counts: [...lists.get(word).values()].map((rows) => 2 * rows.filter((row) => row > 1).length), others: [...lists.get(word).values()].map((rows) => (rows.includes(0) ? 1 : 0)) }),
    rows: async ({ word }) => {
      const rows = [...lists.get(word).values()];
      return { starts: [0, ...rows.map((_, at) => rows.slice(0, at + 1).flat().length)], rows: rows.flat(), sides: null };
    },
    head: () => ({ lengths: texts.map(() => 14), languages: texts.map((text) => text.language ?? 0), versions: texts.some((text) => text.same) ? firsts.map((_, at) => statements.filter((of) => of === at).length) : null }),
    facts: async () => ({
      columns: { delegation: { values: delegations, of: firsts.map((text) => (text.delegation ? delegations.indexOf(text.delegation) : -1)) }, year: { values: ["2001", "2002"], of: firsts.map((text) => (text.from ? Math.floor(text.from / 10000) - 2001 : -1)) } },
      from: firsts.map((text) => text.from ?? 0),
      to: firsts.map((text) => text.to ?? 0),
      simulated: firsts.flatMap((text, at) => (text.simulated ? [at] : [])),
    }),
    text: async (number) => {
      const { rows, kinds, meta = {} } = texts[number];
      return { meta, rows, kinds: kinds ?? rows.map((_, at) => (at < 2 ? "" : "p")), anchors: rows.map((_, at) => (at < 2 ? "" : `p${at - 1}`)), labels: rows.map((_, at) => (at < 2 ? "" : `${at - 1}`)) };
    },
  };
}
