// The interface's words, which are in the page as data -> sentences and elements.

/** @typedef {string | {[form: string]: string}} Entry */
/** @typedef {string | number | Node} Value */

/** @param {string} id */
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");
const data = read("search-words"), kinds = read("kind-words");
const language = document.documentElement.lang || "en";
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(`${language}-u-nu-latn`);
const days = new Intl.DateTimeFormat(`${language === "en" ? "en-GB" : language}-u-nu-latn-ca-gregory`, { dateStyle: "long", timeZone: "UTC" });
const languages = new Intl.DisplayNames([language], { type: "language", fallback: "code" });

/** @param {number} value */
export const number = (value) => numbers.format(value);

/** @param {string} tag */
export function languageName(tag) {
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Returns a day such as 20171012 in words. @param {number} day */
export const dayInWords = (day) => days.format(new Date(Date.UTC(Math.floor(day / 10000), (Math.floor(day / 100) % 100) - 1, day % 100)));

/** Returns an entry's text as nodes, filled with values. @param {string} key @param {Record<string, Value>} [values] @returns {(string | Node)[]} */
export function say(key, values = {}) {
  /** @type {Entry | undefined} */
  const entry = data[key];
  const n = Number(values.n);
  const text = typeof entry === "object" ? entry[String(n)] ?? entry[plurals.select(n)] ?? entry.other : entry ?? key;
  return text.split(/\{([a-z_]+)\}/).map((part, at) => {
    if (at % 2 === 0) return part;
    const value = values[part] ?? "";
    return typeof value === "number" ? number(value) : value;
  });
}

/** @param {string} key @param {Record<string, string | number>} [values] */
export const text = (key, values) => say(key, values).join("");

/** Returns the name of a kind of statement. @param {string} kind */
export const kindName = (kind) => kinds[kind] ?? kind;

/** Makes an element. Text is never taken for markup.
 * @template {keyof HTMLElementTagNameMap} T @param {T} tag @param {Record<string, string | boolean | null | undefined>} attributes @param {...(string | Node | (string | Node)[])} children
 * @returns {HTMLElementTagNameMap[T]} */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined && value !== "") made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat());
  return made;
}

/** @param {string} id */
export function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
