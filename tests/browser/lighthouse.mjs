// A built site -> what Lighthouse finds: accessibility, best practices and SEO must be 100 on a page of each of these
// kinds. With `--performance` it prints the performance of each instead, the median of five, and what it took points off for.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { conclude, filesOf, serve, urlOf } from "./site.mjs";

const [folder, base, performance] = process.argv.slice(2);
const path = new URL(base).pathname;
const problems = [];

/** Returns the largest page of a kind in a direction, or of those below a path. */
function largest(kind, direction) {
  const pages = filesOf(folder).filter((file) => file.endsWith(".html")).map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  const fitting = pages.filter(({ text }) => new RegExp(`<body[^>]*class="${kind}[ "]`).test(text) && text.includes(`<main id="page-main" dir="${direction}"`) && !text.includes('content="noindex"'));
  return fitting.sort((one, other) => other.text.length - one.text.length)[0]?.file;
}

const wanted = [["home", "ltr"], ["statement", "ltr"], ["topic", "ltr"], ["position", "ltr"], ["statement", "rtl"]];
const server = await serve(folder, path);
const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
const categories = performance ? ["performance"] : ["accessibility", "best-practices", "seo"];
let looks = 0;
try {
  for (const [kind, direction] of wanted) {
    const file = largest(kind, direction);
    if (!file) {
      problems.push(`there is no ${kind} (${direction})`);
      continue;
    }
    const scores = [];
    const reasons = new Map();
    for (let run = 0; run < (performance ? 5 : 1); run += 1) {
      const { lhr } = await lighthouse(server.origin + urlOf(file, path), { port: chrome.port, onlyCategories: categories, logLevel: "error" });
      looks += 1;
      for (const category of Object.values(lhr.categories)) {
        const failed = category.auditRefs.map((ref) => ({ ...lhr.audits[ref.id], weight: ref.weight })).filter((audit) => audit.weight > 0 && audit.score !== null && audit.score < 1);
        const reason = failed.map((audit) => `${audit.id} ${audit.displayValue ?? ""}`.trim()).join(", ");
        if (performance) {
          scores.push(category.score * 100);
          reasons.set(Math.round(category.score * 100), reason);
        } else if (category.score < 1) {
          problems.push(`${file} (${kind}, ${direction}): ${category.id} ${Math.round(category.score * 100)}: ${reason}`);
        }
      }
    }
    if (performance) {
      scores.sort((one, other) => one - other);
      const median = Math.round(scores[2]);
      console.log(`${kind} (${direction}) ${file}: ${median} in the median of ${scores.map(Math.round).join(", ")}${reasons.get(median) ? `: ${reasons.get(median)}` : ""}`);
    }
  }
  conclude(problems, `Lighthouse: ${categories.join(", ")} of ${looks} looks`);
} finally {
  chrome.kill();
  server.close();
}
