// Results, filters and bars -> elements of the page.

import { COLUMNS } from "./narrow.js";
import { element, kindName, languageName, number, say, text } from "./words.js";

/** @typedef {import("./narrow.js").Narrowed} Narrowed */
/** @typedef {import("./narrow.js").State} State */

/** Values of a column that are shown at first. */
const FIRST = 6;

/** @param {string} base @param {string} date in words @param {import("./index.js").Text} found @param {import("./excerpt.js").Parts} title @param {import("./excerpt.js").Passage[]} passages @param {string[]} others languages */
export function result(base, date, found, title, passages, others) {
  const { meta } = found;
  const url = base + meta.url;
  const facts = [date, meta.delegation, meta.occasion].filter(Boolean);
  const lang = meta.language;
  return element("li", { class: "result" },
    element("h3", { class: "card-title" }, element("a", { href: url, lang, dir: "auto" }, marks(title))),
    element("p", { class: "card-meta" }, facts.flatMap((fact) => [element("span", {}, fact), " "])),
    meta.simulated ? element("p", { class: "warn" }, say("simulated")) : "",
    element("ul", { class: "result-passages" }, passages.map(({ anchor, label, kind, parts }) => element("li", {},
      element("a", { href: anchor ? `${url}#${anchor}` : url, class: `result-passage ${kind === "h" ? "heading" : ""}`.trim(), dir: "auto" },
        label && label !== "¶" ? [element("span", { class: "number" }, label), " "] : "",
        element("span", { lang }, marks(parts)))))),
    others.length ? element("p", { class: "detail" }, say("also-in", { languages: others.map(languageName).join(", ") })) : "",
  );
}

/** @param {import("./excerpt.js").Parts} parts */
const marks = (parts) => parts.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));

/** Returns a field set for each column that has values. `change` is called with a column and what is chosen in it.
 * @param {Narrowed} narrowed @param {State} state @param {Record<string, Record<string, [string, string]>>} names @param {boolean} isAll counts are exact
 * @param {Set<string>} open @param {(column: string, values: string[]) => void} change */
export function filters(narrowed, state, names, isAll, open, change) {
  return COLUMNS.flatMap((column) => {
    const counts = narrowed.counts[column], chosen = state.values[column] ?? [];
    const values = [...new Set([...chosen, ...counts.keys()])];
    if (values.length === 0 || (values.length === 1 && chosen.length === 0)) return [];
    const title = (/** @type {string} */ value) => nameOf(names, column, value);
    /** @param {string} value */
    const rank = (value) => (chosen.includes(value) ? Infinity : counts.get(value) ?? 0);
    values.sort(column === "year" ? (a, b) => b.localeCompare(a) : (a, b) => rank(b) - rank(a) || title(a).localeCompare(title(b)));
    const boxes = values.map((value) => {
      const box = element("input", { type: "checkbox", "data-key": `${column} ${value}` });
      box.checked = chosen.includes(value);
      box.addEventListener("change", () => change(column, box.checked ? [...chosen, value] : chosen.filter((one) => one !== value)));
      return element("li", {}, element("label", {}, box, element("span", { dir: "auto" }, title(value))), " ",
        element("span", { class: "count" }, count(counts.get(value) ?? 0, isAll)));
    });
    const rest = column === "year" ? boxes : boxes.splice(Math.max(FIRST, chosen.length));
    const more = element("details", {},
      element("summary", { "data-key": `more ${column}` }, say(column === "year" ? "by-year" : "more", { n: rest.length })), element("ul", { class: "search-values" }, rest));
    more.open = open.has(column);
    more.addEventListener("toggle", () => (more.open ? open.add(column) : open.delete(column)));
    return [element("fieldset", {}, element("legend", {}, say(column)),
      column === "year" ? bars(counts, chosen, isAll, change) : element("ul", { class: "search-values" }, boxes),
      rest.length > 0 ? more : "")];
  });
}

/** A bar per year, for readers who see it and use a pointer; the list of years below is for everybody.
 * @param {Map<string, number>} counts @param {string[]} chosen @param {boolean} isAll @param {(column: string, values: string[]) => void} change */
function bars(counts, chosen, isAll, change) {
  const years = [...counts.keys()].map(Number).filter((year) => year > 0);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const most = Math.max(...counts.values());
  const chart = element("div", { class: "search-bars", "aria-hidden": "true" });
  for (let year = first; year <= last; year += 1) {
    const value = String(year), held = counts.get(value) ?? 0;
    const bar = element("span", { class: chosen.includes(value) ? "bar chosen" : "bar", title: `${year}: ${count(held, isAll)}` }, element("span", {}));
    /** @type {HTMLElement} */ (bar.firstChild).style.blockSize = held ? `${Math.max(4, (held / most) * 100)}%` : "0";
    if (held) bar.addEventListener("click", () => change("year", chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]));
    chart.append(bar);
  }
  return [chart, element("p", { class: "search-span", "aria-hidden": "true" }, element("span", {}, String(first)), element("span", {}, String(last)))];
}

/** @param {number} value @param {boolean} isAll */
const count = (value, isAll) => (isAll ? number(value) : text("or-more", { n: value }));

/** @param {Record<string, Record<string, [string, string]>>} names @param {string} column @param {string} value */
export function nameOf(names, column, value) {
  if (column === "language") return languageName(value);
  if (column === "kind") return kindName(value);
  if (column === "session") {
    const [forum, session] = value.split("/");
    const own = names.session?.[value]?.[0] ?? session;
    const whole = names.forum?.[forum]?.[0] ?? forum;
    return own.includes(whole) ? own : `${whole}, ${own}`;
  }
  return names[column]?.[value]?.[0] ?? value;
}
