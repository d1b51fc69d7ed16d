// `plenary serve` in Chromium -> whether an open page follows what is saved: reloaded where it was, its style sheet
// changed in place, what is wrong shown over it and gone when it is fixed.

import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { conclude } from "./site.mjs";

const [program, source] = process.argv.slice(2);
const problems = [];
const expect = (holds, what) => holds || problems.push(`the preview: ${what}`);

const folder = mkdtempSync(join(tmpdir(), "plenary-preview-"));
const inSite = (path) => join(folder, path);
const statement = inSite("content/statements/long.md");
const sheet = inSite("static/style.css");
const paragraphs = Array.from({ length: 80 }, (_, at) => `Paragraph ${at + 1} of an invented text.`).join("\n\n");
const save = (kind, words) =>
  writeFileSync(statement, `---\ntitle: Long\ntype: ${kind}\ndate: 2021\ndelegation: KAZ\nsimulated: true\n---\n\n${words}\n\n${paragraphs}\n`);

/** Returns the address that the preview prints. */
async function address(server) {
  for await (const line of createInterface({ input: server.stderr })) {
    const found = /https?:\/\/\S+\//.exec(line);
    if (found) return found[0];
  }
  throw new Error("the preview ended before it said where it is");
}

for (const name of ["site.toml", "content"]) cpSync(join(source, name), inSite(name), { recursive: true });
cpSync(new URL("../../themes/default/assets/style.css", import.meta.url), sheet);
save("statement", "As it was.");

const server = spawn(program, ["--site", folder, "serve", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const home = await address(server);
  server.stderr.resume();
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  page.on("pageerror", (error) => problems.push(`the preview's script: ${error.message}`));
  await page.goto(`${home}statements/long/`);
  const overlay = page.locator("plenary-problems section");

  await page.evaluate(() => { scrollTo(0, 1500); document.documentElement.dataset.kept = "yes"; });
  save("statement", "As it is now.");
  await page.getByText("As it is now.").waitFor({ state: "attached" });
  await page.waitForFunction(() => scrollY === 1500);
  expect((await page.locator("html[data-kept]").count()) === 0, "a page whose words changed was not reloaded");

  const sheets = () => page.evaluate(() => [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => new URL(link.href).pathname));
  const linked = await sheets();
  await page.evaluate(() => { document.documentElement.dataset.kept = "yes"; });
  writeFileSync(sheet, `${readFileSync(sheet, "utf8")}\nh1 { color: rgb(1, 2, 3); }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
  expect((await page.locator("html[data-kept]").count()) === 1, "a style sheet was not changed in place");
  await page.waitForFunction((count) => document.querySelectorAll('link[rel="stylesheet"]').length === count, linked.length);
  expect(String(await sheets()) === String(linked), `the page links ${await sheets()} instead of ${linked} after a style sheet changed`);

  save("<img src=x onerror=alert(1)>", "Broken.");
  await overlay.waitFor();
  expect((await overlay.textContent()).includes("<img src=x onerror=alert(1)>"), "the overlay does not show the word that is wrong");
  expect((await overlay.locator("img").count()) === 0, "the overlay takes words for markup");
  expect(await page.getByText("As it is now.").count(), "the last good version is gone");
  await overlay.getByRole("button", { name: "Hide" }).click();
  expect((await overlay.count()) === 0, "the overlay cannot be hidden");

  save("<i>", "Broken.");
  await overlay.waitFor();
  save("statement", "Mended.");
  await page.getByText("Mended.").waitFor({ state: "attached" });
  await overlay.waitFor({ state: "detached" });
} catch (error) {
  problems.push(`the preview: ${error.message}`);
} finally {
  await browser.close();
  server.kill();
  rmSync(folder, { recursive: true });
}
conclude(problems, "the preview follows what is saved: scroll kept, style in place, problems shown and gone");
