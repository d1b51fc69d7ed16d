// A built site in Chromium -> whether its statements are set as they should be: where the text begins, what the notes
// beside it do to it, and whether the numbers are on its baseline.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { conclude, filesOf, serve, urlOf } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const path = new URL(base).pathname;
const problems = [];

// At most this many pixels from the top of the window to the text, in the median of the site's statements.
const WINDOWS = [
  { width: 1440, height: 900, begins: 480 },
  { width: 390, height: 844, begins: 844 },
];
/** Lines by which notes may push the next paragraph down. */
const HOLE = 3;

/** Looks at the statement that is shown. This runs in the page. */
function look() {
  const text = document.querySelector(".text");
  const style = getComputedStyle(text);
  const line = parseFloat(style.lineHeight);
  const bottom = (element) => element.getBoundingClientRect().bottom;
  const holes = [...text.querySelectorAll(":scope > .section")].map((section) => {
    const next = section.nextElementSibling?.querySelector(".first > *");
    if (!next) return 0;
    const blocks = [...section.querySelectorAll(":scope > :is(.first, .rest) > *")];
    const space = 1.6 * parseFloat(style.fontSize);
    const before = parseFloat(getComputedStyle(next).marginBlockStart);
    return (next.getBoundingClientRect().top - before - Math.max(...blocks.map(bottom)) - space) / line;
  });
  // An empty box without height is on the baseline.
  const baseline = (place) => {
    const mark = document.createElement("span");
    mark.style.cssText = "display: inline-block; inline-size: 0; block-size: 0";
    place(mark);
    const at = bottom(mark);
    mark.remove();
    return at;
  };
  const numbers = [...text.querySelectorAll("p > .number")].slice(0, 8);
  const shifts = numbers.map((number) => {
    const [inside, beside] = [baseline((mark) => number.firstElementChild.append(mark)), baseline((mark) => number.after(mark))];
    return Math.abs(inside - beside);
  });
  const small = numbers.map((number) => number.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length;
  // A paragraph of whole lines is as high as these: nothing in its first line makes it higher.
  const uneven = [...text.querySelectorAll("p:has(> .number)")].slice(0, 8).filter((paragraph) => {
    const lines = paragraph.getBoundingClientRect().height / line;
    return Math.abs(lines - Math.round(lines)) > 0.06 && !paragraph.querySelector("code, sup, img");
  }).length;
  const begins = text.querySelector("p, li, h2, h3, blockquote").getBoundingClientRect().top + scrollY;
  return { begins, hole: Math.max(0, ...holes), shift: Math.max(0, ...shifts), small, uneven };
}

const statements = filesOf(folder).filter((file) => file.endsWith(".html") && /<body[^>]*class="statement[ "]/.test(readFileSync(join(folder, file), "utf8")));
const server = await serve(folder, path);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const figures = [];
try {
  for (const { width, height, begins } of WINDOWS) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.addInitScript(() => {
      globalThis.shifted = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (globalThis.shifted += entry.value))).observe({ type: "layout-shift", buffered: true });
    });
    const tops = [];
    let deepest = 0;
    for (const file of statements) {
      await page.goto(server.origin + urlOf(file, path), { waitUntil: "load" });
      const seen = await page.evaluate(look);
      const tell = (text) => problems.push(`${file} (${width} px): ${text}`);
      tops.push(seen.begins);
      deepest = Math.max(deepest, seen.hole);
      if (seen.hole > HOLE) tell(`the notes leave a hole of ${seen.hole.toFixed(1)} lines`);
      if (seen.shift > 0.5) tell(`a number is ${seen.shift.toFixed(1)} px off the baseline`);
      if (seen.small > 0) tell(`${seen.small} numbers are smaller than 24 px`);
      if (seen.uneven > 0) tell(`${seen.uneven} paragraphs have a line higher than the others`);
      const shifted = await page.evaluate(() => globalThis.shifted);
      // Of a page that arrives in pieces, a line may move by a pixel when the next piece is laid out: that is some millionths,
      // which nobody sees and which depends on how busy the machine is.
      if (shifted >= 0.0005) tell(`the layout shifts by ${shifted}`);
    }
    tops.sort((one, other) => one - other);
    const median = tops[Math.floor(tops.length / 2)];
    if (median > begins) problems.push(`at ${width} px the text begins at ${median} px in the median, not within ${begins}`);
    figures.push(`${width} px: begins at ${Math.round(median)} px in the median, deepest hole ${deepest.toFixed(1)} lines`);
    await page.close();
  }
  // The largest statement at the least width that pages are made for.
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  for (const file of statements) {
    await page.goto(server.origin + urlOf(file, path), { waitUntil: "load" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) problems.push(`${file} (320 px): is ${wide} px wider than the window`);
  }
  conclude(problems, `${statements.length} statements are set well (${figures.join("; ")})`);
} finally {
  await browser.close();
  server.close();
}
