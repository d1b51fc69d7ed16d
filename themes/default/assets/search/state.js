// The address of the page <-> what a reader searches, so that a result can be sent to somebody and "back" works.

import { COLUMNS } from "./narrow.js";

/** @typedef {import("./narrow.js").Choice & {q: string}} State */

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
