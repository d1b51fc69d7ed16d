// A built site in Chromium, over loopback and with the processor slowed four times -> bytes and time until the first ten
// results of a query are shown, from an empty cache, of a second query after it, and from following a link to the first one.
//
//   CHROMIUM=/path/to/it node benches/search/browser.mjs SITE [QUERIES] [SEED]        needs the packages of tests/browser

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { loadavg } from "node:os";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "../../tests/browser/node_modules/playwright-core/index.mjs";
import { drawn, median, openIndex } from "./disk.mjs";

const [site, queries = "100", seed = "1"] = process.argv.slice(2);
const { index } = await openIndex(join(site, "search"));
const draw = drawn(seed);

/** Serves like any static host: texts compressed, the index as it is, with ranges. */
function serve() {
  const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    let bytes;
    try {
      bytes = readFileSync(join(site, name));
    } catch {
      return response.writeHead(404).end();
    }
    const type = types[extname(name)];
    const headers = { "content-type": type ?? "application/octet-stream", "cache-control": name.endsWith(".bin") ? "max-age=31536000, immutable" : "no-cache" };
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    if (from) {
      const part = bytes.subarray(Number(from), Number(to) + 1);
      return response.writeHead(206, { ...headers, "content-range": `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}` }).end(part);
    }
    if (type) return response.writeHead(200, { ...headers, "content-encoding": "gzip" }).end(gzipSync(bytes));
    return response.writeHead(200, headers).end(bytes);
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

/** Words by how many texts have them: as many of each power of two. */
async function words(most) {
  const classes = new Map();
  for (let tries = 0; tries < most * 60; tries += 1) {
    const text = await index.text(draw(index.root.texts));
    const tokens = index.tokens(text.rows[2 + draw(text.rows.length - 2)] ?? "");
    if (tokens.length === 0) continue;
    const word = tokens[draw(tokens.length)].text;
    const of = Math.floor(Math.log2((await index.entry(word))?.texts ?? 1));
    classes.set(of, (classes.get(of) ?? new Set()).add(word));
  }
  const lists = [...classes.values()].map((words) => [...words]);
  const found = [];
  for (let at = 0; found.length < most && at < most; at += 1) for (const list of lists) if (list[at] && found.length < most) found.push(list[at]);
  return found;
}

async function phrases(most) {
  const found = [];
  while (found.length < most) {
    const text = await index.text(draw(index.root.texts));
    const row = text.rows[2 + draw(text.rows.length - 2)] ?? "";
    const tokens = index.tokens(row);
    if (tokens.length < 6) continue;
    const at = draw(tokens.length - 4);
    found.push(`"${row.slice(tokens[at].start, tokens[at + 4].end).replaceAll('"', " ")}"`);
  }
  return found;
}

const server = await serve();
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

/** Returns bytes and milliseconds of a query on a new page, and of a second one. */
async function measure(first, second) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let bytes = 0;
  devtools.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
  await page.goto(`${origin}/search/`);
  const ask = (query) => page.evaluate((query) => new Promise((done) => {
    const [field, list, status] = ["search-q", "search-results", "search-status"].map((id) => document.getElementById(id));
    list.replaceChildren();
    status.replaceChildren();
    const begin = performance.now();
    new MutationObserver((_, observer) => {
      if (list.children.length === 0 && !/No statement/.test(status.textContent)) return;
      observer.disconnect();
      // The frame after next has been painted.
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin)));
    }).observe(document.querySelector(".search-found"), { childList: true, subtree: true });
    field.value = query;
    field.form.requestSubmit();
  }), query);
  const one = { time: await ask(first), bytes };
  await page.waitForFunction(() => !document.getElementById("search-results").hasAttribute("aria-busy"));
  await page.waitForTimeout(300);
  bytes = 0;
  const two = { time: await ask(second), bytes };
  await context.close();
  return [one, two, { time: await followed(first), bytes: 0 }];
}

/** Returns the milliseconds from following a link to a query until its results are shown, from an empty cache. */
async function followed(query) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(`${origin}/search/?q=${encodeURIComponent(query)}`, { waitUntil: "commit" });
  const shown = await page.waitForFunction(() => {
    const [list, status] = ["search-results", "search-status"].map((id) => document.getElementById(id));
    return list?.children.length > 0 || /No statement/.test(status?.textContent ?? "") ? performance.now() : 0;
  });
  const time = await shown.jsonValue();
  await context.close();
  return time;
}

const kilo = (values) => `median ${(median(values) / 1000).toFixed(0)} kB, worst ${(Math.max(...values) / 1000).toFixed(0)} kB`;
const milli = (values) => `median ${median(values).toFixed(0)} ms, worst ${Math.max(...values).toFixed(0)} ms`;
try {
  for (const [name, asked] of [["one word", await words(Number(queries))], ["five-word phrase", await phrases(Number(queries))]]) {
    const [first, second, links] = [[], [], []];
    for (const [at, query] of asked.entries()) {
      const [one, two, three] = await measure(query, asked[(at + 1) % asked.length]);
      first.push({ ...one, query });
      second.push(two);
      links.push(three);
    }
    const worst = first.reduce((a, b) => (a.bytes > b.bytes ? a : b));
    console.log(`${name}, ${asked.length} asked: ${kilo(first.map((one) => one.bytes))} (${worst.query}); ${milli(first.map((one) => one.time))}`);
    console.log(`  by a link: ${milli(links.map((one) => one.time))}; load ${loadavg()[0].toFixed(1)}`);
    console.log(`  a second: ${kilo(second.map((one) => one.bytes))}; ${milli(second.map((one) => one.time))}`);
  }
} finally {
  await browser.close();
  server.close();
}
