// A built site in Chromium -> whether every kind of page can be used by everybody, in light and dark, wide and narrow.
//
// Of each kind of page and each direction of writing the largest is looked at. Nothing may be asked of another origin,
// nothing may be wrong in the console, and nothing may be wider than the window.

import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { conclude, filesOf, serve, urlOf } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const path = new URL(base).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const problems = [];

/** Returns the largest page of each kind and direction: the kind is the first class of `<body>`. */
function chosen() {
  const found = new Map();
  for (const file of filesOf(folder).filter((file) => file.endsWith(".html"))) {
    const text = readFileSync(join(folder, file), "utf8");
    const kind = /<body[^>]*\sclass="([^"\s]+)/.exec(text)?.[1] ?? "none";
    const direction = /<main[^>]*\sdir="?(rtl|ltr)/.exec(text)?.[1] ?? "ltr";
    const size = statSync(join(folder, file)).size;
    const key = `${kind} ${direction}`;
    // A redirect leaves before it can be looked at.
    if (kind !== "redirect" && !/http-equiv="refresh"/i.test(text) && !(found.get(key)?.size >= size)) found.set(key, { file, size });
  }
  return found;
}

/** Presses Tab through a page: the skip link comes first, and whatever has the focus is seen to have it. */
async function tabbed(page, tell) {
  for (let at = 0; at < 40; at += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const box = element.getBoundingClientRect();
      const outline = parseFloat(getComputedStyle(element).outlineWidth);
      return { name: element.outerHTML.slice(0, 80), skip: element.matches(".skip"), outline, seen: box.width >= 1 && box.height >= 1 };
    });
    // After the last stop the first one comes again.
    if (focus === null || (focus.skip && at > 0)) return;
    if (at === 0 && !focus.skip) tell(`the skip link is not the first stop, but ${focus.name}`);
    if (focus.outline < 2 || !focus.seen) tell(`the focus cannot be seen: ${focus.name}`);
  }
}

/** A text is on its own script's side, and what is next to it on the other. */
async function mirrored(page, tell) {
  const sides = await page.evaluate(() => {
    const side = (selector) => document.querySelector(selector)?.getBoundingClientRect().x;
    return { direction: getComputedStyle(document.querySelector("main")).direction, text: side(".text p"), notes: side(".text .notes"), number: side(".text .number") };
  });
  if (sides.notes === undefined || sides.number === undefined) return;
  const isRight = sides.direction === "rtl";
  if (sides.text > sides.notes !== isRight || sides.number > sides.text !== isRight) tell(`is not laid out ${sides.direction}`);
}

/** On paper the citation is there and the ways around the site are not. */
async function printed(page, tell) {
  await page.emulateMedia({ media: "print" });
  const shown = (selector) => page.locator(selector).evaluateAll((found) => found.some((element) => element.checkVisibility() && element.getClientRects().length > 0));
  for (const selector of [".site-header nav", ".site-footer", ".notes-switch"]) {
    if (await shown(selector)) tell(`${selector} is printed`);
  }
  if ((await page.locator(".cite").count()) > 0 && !(await shown(".cite > details > .cite-text"))) tell("the citation is not printed");
  await page.emulateMedia({ media: "screen" });
}

const server = await serve(folder, path);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
let looks = 0;
try {
  const kinds = chosen();
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      let where = "";
      const tell = (text) => problems.push(`${where}: ${text}`);
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && tell(`console: ${message.text()}`));
      page.on("pageerror", (error) => tell(`script: ${error.message}`));
      // What was still on its way when the page was left has not failed.
      page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && tell(`failed: ${request.url()}`));
      await context.route("**/*", (route) => {
        const url = route.request().url();
        if (url.startsWith(server.origin) || url.startsWith("data:")) return route.continue();
        tell(`asks another origin: ${url}`);
        return route.abort();
      });
      for (const [kind, { file }] of kinds) {
        where = `${file} (${kind}, ${colorScheme}, ${width} px)`;
        await page.goto(server.origin + urlOf(file, path), { waitUntil: "load" });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) tell(`is ${wide} px wider than the window`);
        await page.evaluate(axe);
        const result = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), RULES);
        for (const violation of result.violations) {
          const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`);
          tell(`${violation.id}: ${violation.help}\n    ${nodes.join("\n    ").replaceAll("\n", "\n    ")}`);
        }
        if (width === 1280 && colorScheme === "light") {
          await mirrored(page, tell);
          await printed(page, tell);
          await tabbed(page, tell);
        }
        // A page that still loads what it searches would be said to fail when it is left.
        await page.waitForLoadState("networkidle");
        looks += 1;
      }
      await context.close();
    }
  }
  conclude(problems, `${kinds.size} kinds of page, ${looks} looks: everybody can use them, and nothing is asked of another origin`);
} finally {
  await browser.close();
  server.close();
}
