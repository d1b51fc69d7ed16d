// The text of a statement -> quotations and citations of a paragraph or of selected words, for the clipboard.
//
// All words and all citations are in the page: this script fills the slot for the paragraph and the link. Without it
// the page has its citations to select, and every number is a link. @ts-check

import { quoted } from "./quoting.js";

/** The longest quotation whose whole text is in its link; of a longer one the first and last words are. */
const LONGEST = 60;
/** How many words begin and end a link to a longer quotation. */
const ENDS = 5;
/** What is not part of a text's words: numbers of paragraphs, marks of footnotes, links back from these, notes beside it. */
const APART = ".number, .footnote, .back, .notes, .quote-bar";
/** How long "Copied" is shown, in milliseconds. */
const SHOWN = 4000;

/**
 * What is quoted: its words, the paragraph it begins in, and the end of its link.
 * @typedef {{ words: string, paragraph: Element | null, label: string, url: string }} Quoted
 */

const tools = /** @type {HTMLTemplateElement | null} */ (document.getElementById("page-cite-tools"));
const article = document.querySelector("article .text");
if (tools && article) start(tools, article);

/**
 * @param {HTMLTemplateElement} tools
 * @param {Element} text
 */
function start(tools, text) {
  /** @param {string} selector */
  const make = (selector) => /** @type {HTMLElement} */ (tools.content.querySelector(selector)?.cloneNode(true));
  // Pages do not wait for how the bar and the dialog look.
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("cite.css", import.meta.url).href;
  document.head.append(sheet);
  const bar = make(".quote-bar");
  const dialog = /** @type {HTMLDialogElement} */ (make(".cite-dialog"));
  const source = make(".cite-source");
  const marks = (tools.dataset.marks ?? "").split("|");
  const textMarks = (tools.dataset.textMarks ?? "").split("|");
  const what = /** @type {HTMLElement} */ (bar.querySelector(".quote-what"));
  const status = /** @type {HTMLElement} */ (bar.querySelector("[role=status]"));
  /** @type {Quoted | null} */
  let shown = null;
  tools.after(dialog);
  // The bar is within the text, whose language may be another than that of the interface.
  bar.lang = document.documentElement.lang;
  bar.dir = document.documentElement.dir;

  /**
   * Shows the bar for what may be quoted. It goes after the paragraph, so that Tab leads from the number to it.
   * @param {Quoted} found
   * @param {string} name
   */
  const show = (found, name) => {
    shown = found;
    what.textContent = name;
    status.textContent = "";
    const block = found.paragraph?.closest("li, p, blockquote, h2, h3, h4") ?? text.lastElementChild;
    // Nothing but items may be in a list, so the bar follows the list.
    const after = block?.closest("ul, ol, table, blockquote") ?? block;
    if (after?.nextElementSibling !== bar) after?.after(bar);
  };
  const hide = () => {
    shown = null;
    bar.remove();
  };

  document.addEventListener("selectionchange", () => {
    const found = selected(text);
    if (found) show(found, what.dataset.selection ?? "");
    // Selected words are no longer selected; a paragraph whose number was followed stays.
    else if (shown && !shown.paragraph?.matches(":target")) hide();
  });
  const follow = () => {
    const found = followed(text);
    if (found) show(found, found.label ? (what.dataset.paragraph ?? "").replace("#", found.label) : what.dataset.unnumbered ?? "");
  };
  window.addEventListener("hashchange", follow);
  text.addEventListener("click", (event) => {
    const number = event.target instanceof Element ? event.target.closest("a.number") : null;
    // Following a number again does not change the address.
    if (number?.getAttribute("href") === location.hash) follow();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && bar.isConnected && !dialog.open) hide();
  });

  // Pressing a button must not undo the selection that it is for.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const action = event.target instanceof Element ? event.target.closest("button")?.dataset.do : undefined;
    if (!action || !shown) return;
    if (action === "quotation") {
      const { open, words, close } = quoted(shown.words, textMarks, marks);
      fill(source, shown);
      copy(`${open}${words}${close}\n${wordsOf(source)}\n`, status);
    } else if (action === "link") {
      copy(shown.url, status);
    } else if (action === "cite") {
      fillForms(dialog, shown, make);
      dialog.showModal();
    } else {
      hide();
    }
  });
  dialog.addEventListener("click", (event) => {
    const inClose = event.target instanceof Element && event.target.closest("button")?.dataset.do === "close";
    // A click on the dialog itself is outside of its content.
    if (inClose || event.target === dialog) dialog.close();
  });

  for (const form of document.querySelectorAll(".cite [data-cited]")) addButtons(/** @type {HTMLElement} */ (form), make);
}

/**
 * Returns the words of the selection, if it is within the text. @param {Element} text @returns {Quoted | null}
 */
function selected(text) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return null;
  return quotedIn(range, paragraphOf(range, text));
}

/**
 * Returns the paragraph that the address names.
 * @param {Element} text
 * @returns {Quoted | null}
 */
function followed(text) {
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (!target || !text.contains(target) || !target.querySelector(":scope > .number, :scope > p > .number")) return null;
  const range = document.createRange();
  range.selectNodeContents(target);
  const found = quotedIn(range, target);
  // The whole paragraph needs no words in its link.
  return found && { ...found, url: addressOf(target) };
}

/**
 * Returns the paragraph in which a range begins; outside of any, the first that it touches.
 * @param {Range} range
 * @param {Element} text
 */
function paragraphOf(range, text) {
  const start = range.startContainer;
  let element = start instanceof Element ? start : start.parentElement;
  for (; element && element !== text; element = element.parentElement) {
    if (element.id && element.querySelector(":scope > .number")) return element;
  }
  const numbers = [...text.querySelectorAll("a.number")];
  return numbers.find((number) => number.parentElement && range.intersectsNode(number.parentElement))?.parentElement ?? null;
}

/**
 * @param {Range} range
 * @param {Element | null} paragraph
 * @returns {Quoted | null}
 */
function quotedIn(range, paragraph) {
  const words = wordsIn(range);
  if (!words) return null;
  const number = paragraph?.querySelector(".number")?.textContent ?? "";
  // A pilcrow replaces the number where the text prints none.
  const label = number === "¶" ? "" : number;
  return { words, paragraph, label, url: `${addressOf(paragraph)}${fragment(words)}` };
}

/** @param {Element | null} paragraph */
function addressOf(paragraph) {
  const page = document.querySelector(".cite [data-link]")?.textContent ?? location.href.split("#")[0];
  return paragraph?.id ? `${page}#${paragraph.id}` : `${page}#`;
}

/**
 * Returns the words of a range as one paragraph, without numbers, notes and marks of footnotes. Blocks are divided by a
 * space.
 * @param {Range} range
 */
function wordsIn(range) {
  const part = range.cloneContents();
  for (const apart of part.querySelectorAll(APART)) apart.remove();
  for (const block of part.querySelectorAll("p, li, blockquote, br, h2, h3, h4, td, th")) block.append(" ");
  return (part.textContent ?? "").replace(/\s+/g, " ").trim();
}

/**
 * Returns the end of a link by which browsers find words in a page (URL fragment text directives).
 * @param {string} words
 */
function fragment(words) {
  // A dash, a comma and an ampersand are part of the directive's own syntax.
  /** @param {string} part */
  const encoded = (part) => encodeURIComponent(part).replaceAll("-", "%2D");
  const parts = words.split(" ");
  if (words.length <= LONGEST || parts.length <= 2 * ENDS) return `:~:text=${encoded(words)}`;
  return `:~:text=${encoded(parts.slice(0, ENDS).join(" "))},${encoded(parts.slice(-ENDS).join(" "))}`;
}

/**
 * Fills the slots of a citation for what is quoted.
 * @param {Element} form
 * @param {Quoted} found
 */
function fill(form, found) {
  for (const link of form.querySelectorAll("[data-link]")) link.textContent = found.url;
  for (const slot of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-before]"))) {
    // A number that an entry for programs could not hold is left out; the link names the paragraph.
    const isPlain = /^[^"\\{}\n]+$/.test(found.label);
    slot.textContent = isPlain ? `${slot.dataset.before}${found.label}${slot.dataset.after ?? ""}` : "";
  }
}

/** @param {Element} form */
function wordsOf(form) {
  return (form.textContent ?? "").trim();
}

/**
 * Shows all citations of what is quoted.
 * @param {HTMLDialogElement} dialog
 * @param {Quoted} found
 * @param {(selector: string) => HTMLElement} make
 */
function fillForms(dialog, found, make) {
  const forms = /** @type {Element} */ (dialog.querySelector(".cite-forms"));
  forms.replaceChildren();
  for (const form of document.querySelectorAll(".cite [data-cited]")) {
    const heading = form.parentElement?.matches(".cite-in-text") ? null : form.previousElementSibling;
    if (heading?.matches(".cite-name")) forms.append(heading.cloneNode(true));
    const line = form.parentElement?.matches(".cite-in-text") ? form.parentElement : form;
    const copied = /** @type {HTMLElement} */ (line.cloneNode(true));
    for (const buttons of copied.querySelectorAll(".cite-buttons")) buttons.remove();
    fill(copied, found);
    forms.append(copied);
    const cited = copied.matches("[data-cited]") ? copied : copied.querySelector("[data-cited]");
    if (cited) addButtons(/** @type {HTMLElement} */ (cited), make);
  }
}

/**
 * Adds buttons below a citation: copy and, of an entry for programs, save.
 * @param {HTMLElement} form
 * @param {(selector: string) => HTMLElement} make
 */
function addButtons(form, make) {
  const buttons = make(".cite-buttons");
  const status = /** @type {HTMLElement} */ (buttons.querySelector("[role=status]"));
  const file = form.dataset.file;
  if (!file) buttons.querySelector("[data-do=save]")?.remove();
  buttons.addEventListener("click", (event) => {
    const action = event.target instanceof Element ? event.target.closest("button")?.dataset.do : undefined;
    const words = file ? form.textContent ?? "" : wordsOf(form);
    if (action === "copy") copy(words, status);
    if (action === "save" && file) save(words, file);
  });
  (form.closest(".cite-in-text") ?? form).after(buttons);
}

/**
 * Puts words on the clipboard and says so.
 * @param {string} words
 * @param {HTMLElement} status
 */
async function copy(words, status) {
  const isCopied = await written(words);
  status.textContent = (isCopied ? status.dataset.copied : status.dataset.failed) ?? "";
  setTimeout(() => (status.textContent = ""), SHOWN);
}

/** @param {string} words */
async function written(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Pages that are not served securely have no clipboard of their own; a field that is copied from does the same.
    const field = document.createElement("textarea");
    field.value = words;
    field.className = "hidden";
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  }
}

/**
 * Saves an entry as a file, which a citation manager opens.
 * @param {string} words
 * @param {string} name
 */
function save(words, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([words], { type: "text/plain" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SHOWN);
}
