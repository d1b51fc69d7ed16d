// The search page: what is typed and chosen -> results, with the address of the page kept in step.

import { beginning, marked, passages } from "./excerpt.js";
import { Building, Index, Stale } from "./index.js";
import { claims, isNarrowed, narrow, read, write } from "./narrow.js";
import { parse } from "./query.js";
import { find, holds } from "./search.js";
import { filters, nameOf, result } from "./view.js";
import { byId, dayInWords, element, say, text } from "./words.js";

/** @typedef {import("./search.js").Hit} Hit */
/** @typedef {import("./narrow.js").Result} Result */

const STEP = 10;
/** This many statements are read without being asked for, to say exactly how many have a phrase. */
const UNASKED = 150;
/** Statements that are looked into at once. */
const AT_ONCE = 10;

const form = /** @type {HTMLFormElement} */ (byId("search-form"));
const field = /** @type {HTMLInputElement} */ (byId("search-q"));
const status = byId("search-status"), said = byId("search-said"), list = byId("search-results"), side = byId("search-filters"), more = byId("search-more");
const base = form.dataset.base ?? "/";

let state = read(location.search);
let shown = STEP;
/** Counts the searches: the result of an older one is not shown. */
let turn = 0;
/** Whether the last change of the words has its own entry in the history already. */
let isDraft = false;
let isTyping = false;
/** @type {Promise<Index> | undefined} */
let opened;
/** @type {{key: string, found: import("./search.js").Found, verdicts: Map<Hit, boolean>} | undefined} */
let kept;
/** Columns whose further values are shown. @type {Set<string>} */
const open = new Set();

/** @param {boolean} [reload] */
function index(reload = false) {
  if (!opened || reload) {
    opened = Index.open(`${base}search/`, { reload });
    opened.catch(() => (opened = undefined));
  }
  return opened;
}

/** Does something with the index; if it turns out to be of another build, once more with the present one.
 * @template T @param {(index: Index) => Promise<T>} work @returns {Promise<T>} */
export async function withIndex(work) {
  try {
    return await work(await index());
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    kept = undefined;
    return work(await index(true));
  }
}

/** Says that a search takes long, unless something is shown before. @type {ReturnType<typeof setTimeout> | undefined} */
let wait;

async function run() {
  const own = turn += 1;
  document.title = state.q ? text("title-of", { query: state.q, title: form.dataset.title ?? "" }) : form.dataset.title ?? "";
  if (!state.q.trim()) return clear();
  clearTimeout(wait);
  wait = setTimeout(() => own === turn && status.replaceChildren(...say("searching")), 300);
  list.setAttribute("aria-busy", "true");
  try {
    await withIndex((found) => answer(found, own));
  } catch (error) {
    if (own === turn) report(error);
  } finally {
    if (own === turn) {
      clearTimeout(wait);
      list.removeAttribute("aria-busy");
    }
  }
}

function clear() {
  for (const part of [status, said, list, side, more]) part.replaceChildren();
  document.body.classList.remove("has-results");
}

/** @param {unknown} error */
function report(error) {
  clear();
  const key = error instanceof Building ? "building" : error instanceof Stale ? "stale" : "failed";
  const again = element("button", { type: "button" }, say("retry"));
  again.addEventListener("click", () => run());
  status.replaceChildren(...say(key), " ", again);
  if (key === "building") {
    const own = turn;
    setTimeout(() => own === turn && run(), 2000);
  }
}

/** @param {Index} index @param {number} own */
async function answer(index, own) {
  const query = parse(state.q, index.tokens, isTyping);
  const key = `${isTyping} ${query.text}`;
  if (kept?.key !== key) {
    if (query.all.length === 0) {
      clear();
      return status.replaceChildren(...say(query.none.length ? "only-without" : "no-words"));
    }
    const found = await find(index, query);
    if (own !== turn) return;
    kept = { key, found, verdicts: new Map() };
  }
  const { found, verdicts } = kept;
  const toCheck = found.hits.filter((hit) => hit.checks.length > 0).length;
  const left = () => toCheck - verdicts.size;
  /** @param {Hit} hit @returns {boolean | undefined} whether it does have what was searched, if that is known */
  const verdict = (hit) => hit.checks.length === 0 || verdicts.get(hit);
  /** Looks into texts until the first `most` statements that do have what was searched are known, or the first at all.
   * @param {number} most @param {boolean} [untilFirst] */
  const confirm = async (most, untilFirst = false) => {
    if (left() === 0) return;
    const { results } = await narrow(index, found.hits.filter((hit) => verdict(hit) !== false), state, false);
    /** @param {Result} one */
    const isGood = (one) => one.hits.some(verdict);
    let good = 0;
    for (let at = 0; at < results.length && good < most && own === turn;) {
      const next = results.slice(at, at += Math.min(AT_ONCE, most - good));
      await Promise.all(next.flatMap((one) => one.hits).map(async (hit) => verdict(hit) !== undefined || verdicts.set(hit, await holds(index, hit))));
      good += next.filter(isGood).length;
      if (untilFirst && good > 0) break;
    }
  };
  // Results are shown before the facts are there, by which they are counted.
  const show = async () => {
    const open = left(), isAll = found.isAll && open === 0;
    const sure = await narrow(index, found.hits.filter(verdict), state, false);
    if (own !== turn) return sure;
    await showResults(index, own, sure.results, open);
    if (own !== turn) return sure;
    showStatus(sure.results.length, isAll, open, found, query.all.length);
    return sure;
  };
  const count = async () => {
    const sure = await narrow(index, found.hits.filter(verdict), state);
    if (own === turn) showFilters(sure, await index.names(), found.isAll && left() === 0);
    return sure;
  };
  // What is found first is shown at once: of some phrases, many texts have the words and few the phrase.
  await confirm(shown, true);
  let sure = await show();
  if (own === turn && left() > 0 && sure.results.length < shown) {
    await confirm(shown);
    sure = await show();
  }
  await painted();
  if (own !== turn) return;
  sure = await count();
  if (own === turn && left() > 0 && left() <= UNASKED) {
    await confirm(Infinity);
    if (own === turn) sure = await show().then(count);
  }
  if (own === turn && left() > 0) {
    const all = element("button", { type: "button" }, say("count-all", { n: left() }));
    all.addEventListener("click", async () => {
      all.disabled = true;
      await confirm(Infinity).then(show).then(count).catch(report);
    });
    status.append(" ", all);
  }
  if (own === turn && found.isAll && left() === 0) await showClaims(index, own, sure.results, await index.names());
  if (own === turn && state.q.includes("/")) await showDocuments(index, own);
}

/** @param {Index} index @param {number} own @param {Result[]} results @param {number} open */
async function showResults(index, own, results, open) {
  const marks = kept?.found.marks ?? [];
  const items = await Promise.all(results.slice(0, shown).map(async (one) => {
    const { hits } = one;
    const found = await index.text(hits[0].text);
    const others = await Promise.all(hits.slice(1).map(async (hit) => (await index.text(hit.text)).meta.language));
    const best = passages(index, found, marks, 3, kept?.found.label);
    return result(base, dateOf(found.meta), found, marked(index, found.rows[0], marks), best.length ? best : beginning(found), others);
  }));
  if (own !== turn) return;
  list.replaceChildren(...items);
  document.body.classList.add("has-results");
  more.replaceChildren();
  if (results.length > shown || (open > 0 && results.length >= shown)) {
    const button = element("button", { type: "button" }, say("show-more"));
    button.addEventListener("click", async () => {
      const first = shown;
      shown += STEP;
      await run();
      list.children[first]?.querySelector("a")?.focus();
    });
    more.append(button);
  }
}

/** Returns the date of a statement in words. @param {any} meta */
const dateOf = (meta) => (meta.day ? dayInWords(meta.day) : meta.date ?? "");

/** Waits until what was changed has been painted; a page in the background is not painted at all. @returns {Promise<void>} */
const painted = () => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 100);
});

/** @param {number} total @param {boolean} isAll @param {number} open @param {import("./search.js").Found} found @param {number} clauses */
function showStatus(total, isAll, open, found, clauses) {
  // What follows the results, such as documents, may take longer than they did.
  clearTimeout(wait);
  const lines = [];
  if (total > 0 || isAll) lines.push(say(isAll ? "statements" : "at-least", { n: total }));
  else if (open > 0) lines.push(say("searching"));
  if (total > 0 && found.all === 0 && found.missing.length === 0) lines.push(say("all-but-one"));
  for (const { word, near } of found.missing) {
    const link = near && element("a", { href: write({ ...state, q: state.q.replace(word, near) }) }, near);
    lines.push(link ? say("missing-near", { word, near: link }) : say("missing", { word }));
  }
  if (total === 0 && isNarrowed(state)) lines.push([element("a", { href: write({ ...read(""), q: state.q }) }, say("without-filters"))]);
  else if (total === 0 && isAll && clauses > 1 && !/["*]|(^|\s)(-|OR\s)/.test(state.q)) lines.push([element("a", { href: write({ ...state, q: state.q.trim().split(/\s+/).join(" OR ") }) }, say("any-word"))]);
  status.replaceChildren(...lines.map((line) => element("span", {}, line, " ")));
  if (total === 0) said.replaceChildren();
}

/** @param {import("./narrow.js").Narrowed} narrowed @param {any} names @param {boolean} isAll */
function showFilters(narrowed, names, isAll) {
  const active = document.activeElement?.getAttribute("data-key");
  const sets = filters(narrowed, state, names, isAll, open, (column, values) => choose({ values: { ...state.values, [column]: values } }));
  side.replaceChildren(...sets);
  byId("search-narrow").hidden = sets.length === 0 && !isNarrowed(state);
  if (active) for (const one of side.querySelectorAll("[data-key]")) if (one.getAttribute("data-key") === active) /** @type {HTMLElement} */ (one).focus();
}

/** @param {Index} index @param {number} own @param {Result[]} results @param {any} names */
async function showClaims(index, own, results, names) {
  said.replaceChildren();
  if (results.length < 2) return;
  const { first, most } = await claims(index, results);
  const lines = [];
  if (first) {
    const { meta } = await index.text(first.hits[0].text);
    const date = dateOf(meta);
    const link = element("a", { href: base + meta.url }, meta.delegation ? `${meta.delegation}, ${date}` : date);
    lines.push(say("earliest", { statement: link }));
  }
  if (most && most[1] < results.length) lines.push(say("most-by", { delegation: nameOf(names, "delegation", most[0]), n: most[1] }));
  if (own === turn) said.replaceChildren(...lines.map((line) => element("span", {}, line, " ")));
}

/** Few queries have a symbol. @param {Index} index @param {number} own */
async function showDocuments(index, own) {
  const { documents } = await import("./documents.js");
  const found = await documents(index, state.q, base);
  if (own === turn) said.append(...found);
}

/** @param {Partial<import("./narrow.js").State>} change */
function choose(change) {
  state = { ...state, ...change };
  shown = STEP;
  history.pushState(null, "", location.pathname + write(state));
  showChoice();
  run();
}

/** Shows in the form what is in the state. */
function showChoice() {
  if (field.value !== state.q) field.value = state.q;
  for (const name of /** @type {const} */ (["from", "to", "sort"])) {
    /** @type {HTMLInputElement} */ (byId(`search-${name}`)).value = state[name];
  }
}

/** Words go into the address as they are typed; only the first letter makes an entry in the history.
 * @param {boolean} typing */
function take(typing) {
  isTyping = typing;
  if (field.value !== state.q) {
    state = { ...state, q: field.value };
    shown = STEP;
    const address = location.pathname + write(state);
    if (isDraft) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    isDraft = true;
  }
  if (!typing) isDraft = false;
}

let pause = 0;
field.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    take(true);
    run();
  }, 250);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  take(false);
  run();
});
for (const name of /** @type {const} */ (["from", "to", "sort"])) {
  const control = /** @type {HTMLInputElement} */ (byId(`search-${name}`));
  control.addEventListener("change", () => choose({ [name]: control.value }));
}
// Links that change the words only are followed without loading the page again.
for (const part of [status, said]) {
  part.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    isTyping = false;
    choose(read(link.search));
    field.focus();
  });
}
addEventListener("popstate", () => {
  state = read(location.search);
  shown = STEP;
  isTyping = isDraft = false;
  showChoice();
  run();
});

byId("search-needs").remove();
for (const part of document.querySelectorAll(".search-app")) part.removeAttribute("hidden");
showChoice();
// Most readers never check a quotation.
byId("quote-form").addEventListener("submit", (event) => {
  event.preventDefault();
  import("./quotations.js").then(({ checkQuotation }) => checkQuotation(base, withIndex), () => {
    byId("quote-answer").replaceChildren(element("p", {}, say("quote-failed")));
  });
});
// Whoever opens this page is about to search. A failure is reported when they do.
index().catch(() => {});
run();
