// A site in six languages, built here -> whether its search in Chromium finds, narrows, goes back, and fails as it should.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { conclude, serve } from "./site.mjs";

const [program] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const base = "/a/b/";
const problems = [];
let checks = 0;
const expect = (holds, what) => {
  checks += 1;
  if (!holds) problems.push(`the search: ${what}`);
};

const folder = mkdtempSync(join(tmpdir(), "plenary-search-"));
const put = (name, text) => {
  mkdirSync(join(folder, "site", name, ".."), { recursive: true });
  writeFileSync(join(folder, "site", name), text);
};
put("site.toml", 'title = "Searched"\nlanguage = "en"\nbase_url = "https://plenary.example/a/b/"\n');
const statement = (name, head, ...paragraphs) => put(`content/statements/${name}.md`, `---\n${head}\nsimulated: true\n---\n\n${paragraphs.join("\n\n")}\n`);
statement("seabed", "title: On the seabed\ntype: statement\ndate: 2017-10-17\ndelegation: MLT", "Mr. President, we recall A/RES/25/2749.", "The seabed and the ocean floor are the common heritage of mankind, and no State may claim them.", "Women’s rights are human rights.");
statement("seabed.fr", "title: Sur les fonds marins", "Nous rappelons A/RES/25/2749.", "Les fonds marins sont le patrimoine commun de l’humanité.");
statement("seabed.es", "title: Sobre los fondos marinos", "Recordamos A/RES/25/2749.", "Los fondos marinos son patrimonio común de la humanidad.");
statement("seabed.ru", "title: О морском дне", "Мы напоминаем A/RES/25/2749.", "Морское дно — общее наследие человечества, и вооружённые силы там не нужны.");
statement("seabed.ar", "title: بشأن قاع البحار", "نشير إلى A/RES/25/2749.", "إن قاع البحار هو التراث المشترك للإنسانية.");
statement("seabed.zh", "title: 关于海床", "我们回顾 A/RES/25/2749。", "海床是人类的共同遗产。");
for (let at = 1; at <= 14; at += 1) {
  const words = at % 2 ? "We support nuclear disarmament and the heritage of all." : "We speak of disarmament, trade and common ground.";
  statement(`debate-${at}`, `title: In the debate, ${at}\ntype: statement\ndate: ${2000 + at}-09-${10 + at}\ndelegation: ${at % 3 ? "KAZ" : "FJI"}`, words, `This is invented paragraph ${at}.`);
}
execFileSync(program, ["--site", join(folder, "site"), "--quiet", "build", "--output", join(folder, "out")], { stdio: "inherit" });

const server = await serve(join(folder, "out"), base);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
const home = `${server.origin}${base}`;

/** Opens a page in which nothing may go wrong but what `allowed` says. */
async function opened({ allowed = /^$/, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("console", (message) => message.type() === "error" && !allowed.test(message.text()) && expect(false, `console: ${message.text()}`));
  page.on("pageerror", (error) => expect(false, `script: ${error.message}`));
  page.on("dialog", (dialog) => { expect(false, "a dialog"); dialog.dismiss(); });
  await context.route("**/*", (route) => (route.request().url().startsWith(server.origin) ? route.continue() : (expect(false, `asks ${route.request().url()}`), route.abort())));
  return page;
}

/** Searches, and returns when the answer is there. */
async function search(page, query, rest = "") {
  await page.goto(`${home}search/?q=${encodeURIComponent(query)}${rest}`);
  return answered(page);
}

/** Returns what the page says and lists. */
async function answered(page) {
  await page.waitForFunction(() => {
    const [status, list] = [document.querySelector("#search-status"), document.querySelector("#search-results")];
    return status?.textContent && !/Searching/.test(status.textContent) && !list.hasAttribute("aria-busy");
  });
  return page.evaluate(() => ({
    status: document.querySelector("#search-status").textContent.trim(),
    said: document.querySelector("#search-said").textContent.trim(),
    results: [...document.querySelectorAll(".result")].map((result) => ({
      title: result.querySelector("h3").textContent,
      lang: result.querySelector("h3 a").lang,
      url: result.querySelector(".result-passage")?.getAttribute("href"),
      page: result.querySelector("h3 a").getAttribute("href"),
      marks: [...result.querySelectorAll("mark")].map((mark) => mark.textContent),
      also: result.querySelector(".detail")?.textContent ?? "",
    })),
  }));
}

async function audited(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  for (const one of violations) expect(false, `${what}: ${one.id}: ${one.nodes.slice(0, 2).map((node) => `${node.target.join(" ")}: ${node.failureSummary}`).join("; ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide <= 0, `${what}: ${wide} px wider than the window`);
}

/** Six languages, each as it is typed on its keyboards. */
async function languages() {
  const page = await opened();
  for (const [query, lang, mark] of [
    ["common heritage", "en", "common"], ["patrimoine humanite", "fr", "patrimoine"], ["patrimonio comun", "es", "común"],
    ["вооруженные", "ru", "вооружённые"], ["تراث مشترك", "ar", "التراث"], ["共同遗产", "zh", "共同遗产"], ["床", "zh", "床"],
  ]) {
    const { results } = await search(page, query);
    expect(results[0]?.lang === lang && results[0].marks.includes(mark), `${query} in ${lang}: ${JSON.stringify(results[0])}`);
  }
  const { results } = await search(page, "A/RES/25/2749");
  expect(results.length === 1 && /French/.test(results[0].also) && /Chinese/.test(results[0].also), `versions are one result: ${JSON.stringify(results)}`);
  expect((await search(page, "RES/25")).results.length === 1, "part of a symbol");
  await page.context().close();
}

async function queries() {
  const page = await opened();
  const labelled = await search(page, "disarmament OR seabed §3");
  expect(labelled.results.length === 1 && labelled.results[0].url.endsWith("statements/seabed/#p3"), `a paragraph by its label: ${JSON.stringify(labelled)}`);
  const phrase = await search(page, '"common heritage of mankind"');
  expect(phrase.status === "1 statement" && phrase.results[0].url.endsWith("statements/seabed/#p2") && phrase.results[0].marks.includes("common heritage of mankind"), `a phrase: ${JSON.stringify(phrase)}`);
  const many = await search(page, "disarmament");
  expect(many.status === "14 statements" && many.results.length === 10, `many: ${many.status}`);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 14);
  expect((await search(page, "disarmament -nuclear")).status === "7 statements", "without a word");
  expect((await search(page, "seabed OR nuclear")).status === "8 statements", "one of two words");
  expect((await search(page, "womens rights")).results.length <= 1 && (await search(page, "women's rights")).results[0]?.title === "On the seabed", "an apostrophe");
  const near = await search(page, "disarmamnet");
  expect(/Did you mean disarmament\?/.test(near.status), `a word with a mistake: ${near.status}`);
  await page.getByRole("link", { name: "disarmament" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 10);
  expect(new URL(page.url()).searchParams.get("q") === "disarmament", "the link to the nearest word");
  const none = await search(page, '"heritage common"');
  expect(none.status.startsWith("No statement found.") && none.results.length === 0, `no result: ${none.status}`);
  await audited(page, "no result");
  await page.context().close();
}

/** The program finds the same in the terminal, in the same order. */
async function terminal() {
  const page = await opened();
  for (const query of [
    "disarmament", "heritage", "common heritage", "nuclear disarmament heritage", '"common heritage"', '"disarmament, trade and common"', "seabed OR nuclear",
    "disarmament -nuclear", 'disarmament -"common ground"', "disarm*", "disarmamnet", "invented paragraph 7", "patrimoine humanite", "вооруженные", "تراث مشترك", "共同遗产", "A/RES/25/2749",
    "we support nuclear disarmament banana", "we speak of disarmament and heritage",
  ]) {
    const printed = execFileSync(program, ["--site", join(folder, "site"), "--quiet", "search", "--format", "json", "--", query], { encoding: "utf8" });
    const found = printed.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const { results, status } = await search(page, query);
    const shown = results.map((one) => `${one.page.match(/statements\/([^/]+)\//)[1]} ${one.lang} ${one.url?.split("#")[1]}`);
    const own = found.slice(0, 10).map((one) => `${one.statement} ${one.language} ${one.paragraphs[0]}`);
    expect(JSON.stringify(shown) === JSON.stringify(own), `${query}: the page has ${shown.join(", ")}; the terminal ${own.join(", ")}`);
    expect(found.length === 0 || Number(/^\d+/.exec(status)?.[0]) === found.length, `${query}: ${status} on the page, ${found.length} in the terminal`);
  }
  await page.context().close();
}

async function hostile() {
  const page = await opened();
  for (const query of ['<img src=x onerror="alert(1)"><script>alert(2)</script>', `disarmament ${"x".repeat(10_000)}`, "\u202e\u2066disarmament\u2069", "a".repeat(10_000), '"" - * OR', "constructor __proto__ toString", "%", "&q=1#x"]) {
    const { status } = await search(page, query);
    expect(status.length > 0 && (await page.locator("main img, main script:not([type])").count()) === 0, `hostile: ${query.slice(0, 40)}`);
  }
  await page.goto(`${home}search/?q=%ED%A0%80disarmament&delegation=%3Cb%3E&sort=%22`);
  await answered(page);
  await page.locator("#search-q").fill("\ud800 disarmament");
  await page.keyboard.press("Enter");
  await answered(page);
  await page.context().close();
}

async function narrowing() {
  const page = await opened();
  await search(page, "disarmament");
  await page.getByRole("checkbox", { name: "Fiji" }).check();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 4);
  expect(new URL(page.url()).searchParams.get("delegation") === "FJI", `the address holds the choice: ${page.url()}`);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-key")) === "delegation FJI", "the focus stays on what was chosen");
  await page.locator("#search-sort").selectOption("old");
  await page.waitForFunction(() => document.querySelector(".result h3").textContent === "In the debate, 3");
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 10);
  expect(!(await page.getByRole("checkbox", { name: "Fiji" }).isChecked()), "back takes the choice away");
  await page.goForward();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 4);
  const dated = await search(page, "disarmament", "&from=2005-01-01&to=2007-12-31");
  expect(dated.status === "3 statements", `from a day to a day: ${dated.status}`);
  await page.locator(".search-bars .bar", { hasNot: page.locator(".chosen") }).first().click();
  await page.waitForFunction(() => /^1 statement/.test(document.querySelector("#search-status").textContent));
  expect(new URL(page.url()).searchParams.get("year") === "2005", "a bar is a filter");
  await page.context().close();
}

async function typing() {
  const page = await opened();
  await page.goto(`${home}statements/seabed/`);
  await page.getByRole("searchbox").first().fill("heritage");
  await page.keyboard.press("Enter");
  const first = await answered(page);
  expect(page.url().includes("/search/?q=heritage") && first.results.length === 8, `the header's field leads to the search: ${page.url()} ${first.status}`);
  await page.locator("#search-q").fill("");
  await page.locator("#search-q").pressSequentially("disarm", { delay: 30 });
  await page.waitForFunction(() => /^14 statements/.test(document.querySelector("#search-status").textContent));
  // From here on by keyboard alone: to the first paragraph found, and there.
  for (let at = 0; at < 60; at += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".result-passage"))) break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL(/statements\/debate-\d+\/#p\d+$/);
  await page.goBack();
  await page.waitForFunction(() => /^\d+ statements/.test(document.querySelector("#search-status")?.textContent ?? ""));
  expect((await page.locator("#search-q").inputValue()) === "disarm", "back from a result leads to what was typed");
  await page.context().close();
}

async function looks() {
  for (const [width, colorScheme] of [[1280, "light"], [390, "dark"]]) {
    const page = await opened({ viewport: { width, height: 800 }, colorScheme });
    await search(page, "heritage");
    if (width < 1000) await page.locator("#search-narrow > summary").click();
    await audited(page, `results, ${width} px, ${colorScheme}`);
    await page.locator("#quote-text").fill("The seabed and the ocean floor are the shared heritage of all mankind");
    await page.locator("#quote-form button").click();
    await page.locator("#quote-answer blockquote").waitFor();
    const [inserted, left] = [await page.locator("#quote-answer ins").allTextContents(), await page.locator("#quote-answer del").allTextContents()];
    expect(/shared/.test(inserted[0]) && /all/.test(inserted[1]) && /common/.test(left[0]), `a quotation: ${inserted} ${left}`);
    expect((await page.locator("#quote-answer a").getAttribute("href")).endsWith("statements/seabed/#p2"), "a quotation leads to its paragraph");
    expect(!decodeURIComponent(page.url()).includes("ocean"), "a quotation is in no address");
    await audited(page, `a quotation, ${width} px, ${colorScheme}`);
    await page.locator("#quote-text").fill("Nobody ever said these invented words about purple elephants anywhere");
    await page.locator("#quote-form button").click();
    await page.getByText(/^No text held has it/).waitFor();
    await page.context().close();
  }
}

async function withoutScripts() {
  const page = await opened({ javaScriptEnabled: false });
  await page.goto(`${home}search/?q=heritage`);
  expect((await page.locator("#search-needs").isVisible()) && (await page.locator(".search-ways a").count()) > 2, "without scripts the lists are there");
  expect(!(await page.locator("main input, main button, .site-search").evaluateAll((all) => all.some((one) => one.checkVisibility()))), "without scripts no field is");
  await page.context().close();
}

async function failures() {
  const page = await opened({ allowed: /Failed to load resource/ });
  await page.route("**/*.bin", (route) => route.abort());
  await page.goto(`${home}search/?q=heritage`);
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await page.unroute("**/*.bin");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 8);
  await page.context().close();

  // A stale cache has the root of another build, whose files are gone.
  const stale = await opened({ allowed: /404/ });
  let roots = 0;
  await stale.route("**/root.json", async (route) => {
    roots += 1;
    if (roots > 1) return route.continue();
    const root = await (await route.fetch()).json();
    return route.fulfill({ json: { ...root, build: "other", base: "00000000000000ff" } });
  });
  const { results } = await search(stale, "heritage");
  expect(results.length === 8 && roots === 2, `an index of another build is loaded again: ${results.length} results, ${roots} roots`);
  await stale.context().close();

  const lost = await opened({ allowed: /404/ });
  await lost.goto(`${home}statements/common-heritage/`);
  await lost.locator("#missing-search a").first().waitFor();
  expect((await lost.locator("#missing-search a").first().textContent()) === "On the seabed", "the page for what is not found searches for the words of its address");
  await audited(lost, "not found");
  await lost.context().close();
}

try {
  for (const part of [languages, queries, terminal, hostile, narrowing, typing, looks, withoutScripts, failures]) {
    await part().catch((error) => problems.push(`the search, ${part.name}: ${error.message}`));
  }
  conclude(problems, `the search: ${checks} checks hold in six languages, by keyboard, without scripts and where something fails`);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}
