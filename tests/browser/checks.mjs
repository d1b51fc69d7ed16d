// A built site in Chromium -> whether its pages keep the rules of the default theme that can be measured: where things
// are, what is distinguished without colour, what a number says, what is there without JavaScript.
//
//   node checks.mjs FOLDER BASE [--table]      prints what each check saw

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { conclude, filesOf, serve, urlOf } from "./site.mjs";

const [folder, base, table] = process.argv.slice(2);
const path = new URL(base).pathname;
const problems = [];
const seen = [];
const [sheet, ...furtherSheets] = ["style.css", "print.css", "cite.css", "search/search.css"].map((file) => readFileSync(join(folder, file), "utf8"));
const css = [sheet, ...furtherSheets].join("\n");
/** What the style sheet of every page may have, in bytes as it is published. */
const SHEET = 40_000;
/** Statements looked at: the largest, the smallest and some between. */
const SAMPLE = 24;

const check = (name, wrong, saw) => {
  seen.push(`${wrong.length === 0 ? "ok  " : "FAIL"} ${name}: ${saw}`);
  problems.push(...wrong.map((text) => `${name}: ${text}`));
};

/** Returns the pages by kind, those of a kind by size, the largest first. */
function byKind() {
  const kinds = new Map();
  for (const file of filesOf(folder).filter((file) => file.endsWith(".html"))) {
    const text = readFileSync(join(folder, file), "utf8");
    const kind = /<body[^>]*\sclass="([^"\s]+)/.exec(text)?.[1];
    if (!kind || kind === "redirect") continue;
    kinds.set(kind, [...(kinds.get(kind) ?? []), { file, text, size: statSync(join(folder, file)).size }]);
  }
  for (const pages of kinds.values()) pages.sort((one, other) => other.size - one.size);
  return kinds;
}

const kinds = byKind();
const largest = [...kinds.values()].map((pages) => pages[0].file);
const statements = kinds.get("statement") ?? [];
const step = Math.max(1, Math.floor(statements.length / SAMPLE));
const sample = statements.filter((_, at) => at % step === 0).map(({ file }) => file);
const having = (what) => sample.filter((file) => statements.find((page) => page.file === file)?.text.includes(what));

const server = await serve(folder, path);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

/** Runs `look` in each of these pages with these settings, and returns what it returned, by file. */
async function each(files, options, look, before) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const found = [];
  for (const file of files) {
    await page.goto(server.origin + urlOf(file, path), { waitUntil: "load" });
    if (before) await before(page);
    found.push([file, await page.evaluate(look)]);
  }
  await context.close();
  return found;
}
const wide = { viewport: { width: 1280, height: 900 } };
const wrongOf = (found) => found.flatMap(([file, wrong]) => wrong.map((text) => `${file}: ${text}`));

// Luminance and contrast by WCAG 2.
const channel = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const contrast = (one, other) => {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

/** Returns the tokens as the page computes them: name -> [r, g, b]. */
const tokens = async (options) => {
  const [[, found]] = await each(["index.html"], { ...wide, ...options }, () => {
    const names = ["paper", "surface", "ink", "ink-2", "ink-3", "link", "visited", "control", "rule", "ins", "ins-tint", "del", "del-tint", "warn", "chart", "chart-2", "target", "hit"];
    const probe = document.createElement("span");
    document.body.append(probe);
    return names.map((name) => {
      probe.style.cssText = "";
      probe.style.setProperty("color", `var(--${name})`);
      return [name, getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map(Number)];
    });
  });
  return Object.fromEntries(found);
};

try {
  {
    const found = await each(largest, { viewport: { width: 320, height: 640 } }, () => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      return wide > 0 ? [`is ${wide} px wider than the window`] : [];
    });
    check("1 no page scrolls sideways at 320 px", wrongOf(found), `${found.length} kinds of page`);
  }
  {
    const found = await each(sample, { viewport: { width: 640, height: 450 } }, () => {
      const number = document.querySelector(".text p > .number");
      if (!number || getComputedStyle(document.querySelector("main")).direction === "rtl") return [];
      const text = document.createRange();
      text.selectNodeContents(number.parentElement);
      const isBeside = number.getBoundingClientRect().right <= number.parentElement.getBoundingClientRect().left + 1;
      return isBeside ? [] : ["numbers are not in a column of their own"];
    });
    check("2 at 1280 px and 200 % numbers have their own column", wrongOf(found), `${found.length} statements`);
  }
  {
    const found = await each(having('class="notes"'), { viewport: { width: 1024, height: 768 } }, () => {
      const isRight = getComputedStyle(document.querySelector("main")).direction === "rtl";
      return [...document.querySelectorAll(".section:has(> .notes)")].flatMap((section) => {
        const [text, notes] = [section.querySelector(".first"), section.querySelector(".notes")].map((part) => part.getBoundingClientRect());
        const isBeside = isRight ? notes.right <= text.left : notes.left >= text.right;
        return isBeside ? [] : ["notes are not beside their paragraph"];
      });
    });
    check("3 at 1024 px notes stand beside their paragraphs", wrongOf(found), `${found.length} statements with notes`);
  }
  {
    const measured = [];
    for (const width of [640, 1024, 1440]) {
      const found = await each(sample, { viewport: { width, height: 900 } }, () => {
        const longest = [...document.querySelectorAll(".text p:lang(en), .text p:lang(fr), .text p:lang(es)")].sort((a, b) => b.textContent.length - a.textContent.length)[0];
        if (!longest || longest.textContent.length < 300) return 0;
        const lines = longest.getBoundingClientRect().height / parseFloat(getComputedStyle(longest).lineHeight);
        return longest.textContent.length / lines;
      });
      measured.push(...found.map(([file, characters]) => [`${file} (${width} px)`, characters]).filter(([, characters]) => characters > 0));
    }
    const lengths = measured.map(([, characters]) => Math.round(characters));
    // The last line of a paragraph is short, and the face of a test machine (DejaVu Serif) a sixth wider than those of readers.
    const wrong = measured.filter(([, characters]) => characters < 46 || characters > 80).map(([file, characters]) => `${file}: ${characters.toFixed(0)} characters a line`);
    check("4 lines have 56 to 80 characters, 46 in a wide face", wrong, `${Math.min(...lengths)} to ${Math.max(...lengths)} in the mean of the longest paragraphs`);
  }
  {
    let furthest = 0;
    let deepest = 0;
    const found = await each(having('class="notes"'), wide, () => {
      const boxes = [...document.querySelectorAll(".text .notes")].map((notes) => notes.getBoundingClientRect());
      const overlap = boxes.filter((box, at) => at > 0 && box.top < boxes[at - 1].bottom - 1).length;
      const shifts = [...document.querySelectorAll(".section:has(> .notes)")].map((section) => {
        // The first line of some words, without the number before them.
        const bottom = (element) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode;
            const range = document.createRange();
            range.selectNodeContents(text);
            const box = text.data.trim() !== "" && !text.parentElement.closest(".number, summary") && range.getClientRects()[0];
            if (box) return box.bottom;
          }
          return 0;
        };
        return Math.abs(bottom(section.querySelector(".notes")) - bottom(section.querySelector(".first :is(p, li, h2, h3, td)")));
      });
      const line = parseFloat(getComputedStyle(document.querySelector(".text")).lineHeight);
      const holes = [...document.querySelectorAll(".text > .section")].map((section) => {
        const blocks = [...section.querySelectorAll(":scope > :is(.first, .rest) > *")];
        if (blocks.length === 0 || !section.nextElementSibling) return 0;
        const end = Math.max(...blocks.map((block) => block.getBoundingClientRect().bottom));
        const lines = (end - blocks[0].getBoundingClientRect().top) / line;
        return lines < 6 ? 0 : (section.getBoundingClientRect().bottom - end) / line - 1;
      });
      const order = [...document.querySelectorAll(".section:has(> .notes)")].filter((section) => {
        const [first, notes, number] = [".first", ".notes", ".number"].map((part) => section.querySelector(part));
        return !(first.compareDocumentPosition(notes) & Node.DOCUMENT_POSITION_FOLLOWING) || (number && number.parentElement.firstElementChild !== number);
      }).length;
      return { overlap, shift: Math.max(0, ...shifts), hole: Math.max(0, ...holes), order };
    });
    const wrong = { near: [], over: [], holes: [], order: [] };
    for (const [file, { overlap, shift, hole, order }] of found) {
      furthest = Math.max(furthest, shift);
      deepest = Math.max(deepest, hole);
      if (shift > 6.5) wrong.near.push(`${file}: a note begins ${shift.toFixed(1)} px from its paragraph's line`);
      if (overlap > 0) wrong.over.push(`${file}: ${overlap} notes overlap`);
      if (hole > 2) wrong.holes.push(`${file}: ${hole.toFixed(1)} lines`);
      if (order > 0) wrong.order.push(`${file}: ${order} sections`);
    }
    check("5 the first line of a note is level with its paragraph's", wrong.near, `at most ${furthest.toFixed(1)} px`);
    check("6 no two notes overlap", wrong.over, `${found.length} statements`);
    check("7 notes add at most 2 lines after a paragraph of 6", wrong.holes, `${deepest.toFixed(1)} lines`);
    check("8 number, paragraph, notes in the source", wrong.order, `${found.length} statements`);
  }
  {
    const found = await each(sample.slice(0, 6), wide, () => {
      const target = document.querySelector(":target");
      const isShort = document.querySelectorAll(".text p > .number").length < 3;
      if (!target) return isShort ? [] : ["the third paragraph cannot be linked"];
      const [style, box] = [getComputedStyle(target), target.getBoundingClientRect()];
      const isTinted = style.backgroundColor !== getComputedStyle(document.body).backgroundColor && style.backgroundColor !== "rgba(0, 0, 0, 0)";
      const hasBar = parseFloat(style.borderInlineStartWidth) >= 3 || style.outlineStyle !== "none";
      const isInView = box.top >= 0 && (box.bottom <= innerHeight || box.height > innerHeight);
      return [...(isTinted ? [] : ["the target is not tinted"]), ...(hasBar ? [] : ["the target has no bar"]), ...(isInView ? [] : ["the target is not in view"])];
    }, async (page) => {
      const third = await page.evaluate(() => document.querySelectorAll(".text p > .number")[2]?.getAttribute("href"));
      if (third) await page.goto(page.url() + third);
    });
    check("10 a linked paragraph is tinted, barred and in view", wrongOf(found), `${found.length} statements`);
  }
  {
    const found = await each(sample.slice(0, 8), wide, () => {
      const paragraphs = [...document.querySelectorAll(".text p:has(> .number)")].slice(0, 3);
      if (paragraphs.length < 3) return [];
      const selection = getSelection();
      selection.setBaseAndExtent(paragraphs[0], 0, paragraphs[2], paragraphs[2].childNodes.length);
      const lines = selection.toString().split("\n").filter(Boolean);
      const number = paragraphs[0].querySelector(".number").textContent.trim();
      return lines[0].trim().startsWith(number + " ") || lines.some((line) => line.trim() === number) ? [`the number is copied: ${lines[0].slice(0, 40)}`] : [];
    });
    check("11 copied paragraphs have no numbers", wrongOf(found), `${found.length} statements`);
  }
  {
    const found = await each(having('dir="rtl"').slice(0, 4), wide, () => {
      const direction = (selector) => (document.querySelector(selector) ? getComputedStyle(document.querySelector(selector)).direction : null);
      const isShell = document.documentElement.dir === "ltr" && direction("main") === "rtl";
      const wrong = [];
      if (isShell && (direction(".site-header") !== "ltr" || direction(".about-head") !== "ltr" || direction(".after") !== "ltr")) wrong.push("more than the text is mirrored");
      for (const symbol of document.querySelectorAll(".text .symbol, .text time")) {
        if (getComputedStyle(symbol).unicodeBidi !== "isolate") wrong.push(`${symbol.textContent} is not isolated`);
      }
      return wrong;
    });
    check("14, 15 Arabic: symbols are isolated, only the text is mirrored", wrongOf(found), `${found.length} pages`);
  }
  {
    const physical = css.match(/(?:margin|padding|border|inset)-(?:left|right)\b|(?:float|clear|text-align):\s*(?:left|right)\b|[^-\w](?:left|right):/g) ?? [];
    const foreign = css.match(/system-ui|@import|@font-face|https?:/g) ?? [];
    const leadings = [...css.matchAll(/line-height:\s*([^;}]+)/g)].map(([, value]) => value.trim());
    const fixed = leadings.filter((value) => /\d(?:px|rem|em|pt|mm)$/.test(value));
    check("16 no physical sides in the style sheet", physical, `${physical.length} found`);
    check("17 no fonts or addresses from elsewhere", foreign, `${foreign.length} found`);
    check("19 leading has no unit", fixed, `${leadings.length} declarations`);
  }
  {
    const found = await each(sample.filter((file) => /^(ar|zh|he|hi|fa|ur)\//.test(file)).slice(0, 8), wide, () => {
      const inScript = [...document.querySelectorAll(".text *, h1")].filter((element) => element.closest("[lang]")?.matches(":is([lang|=ar], [lang|=zh], [lang|=he], [lang|=hi], [lang|=fa], [lang|=ur])"));
      return inScript.filter((element) => getComputedStyle(element).fontStyle === "italic" || !["normal", "0px"].includes(getComputedStyle(element).letterSpacing)).slice(0, 2).map((element) => `slanted or spaced: ${element.outerHTML.slice(0, 60)}`);
    });
    check("18 no slant and no spacing in scripts that have none", wrongOf(found), `${found.length} pages`);
  }
  {
    const found = await each(largest, { viewport: { width: 390, height: 844 } }, () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
      document.adoptedStyleSheets = [sheet];
      const isClipped = (element) => {
        const style = getComputedStyle(element);
        return style.overflowY === "hidden" && style.webkitLineClamp === "none" && style.clipPath === "none" && element.scrollHeight > element.clientHeight + 2;
      };
      return [...document.querySelectorAll("main *, header *")].filter(isClipped).slice(0, 2).map((element) => `clipped: ${element.outerHTML.slice(0, 60)}`);
    });
    check("19 wider spacing clips nothing", wrongOf(found), `${found.length} kinds of page`);
  }
  for (const colorScheme of ["light", "dark"]) {
    const of = await tokens({ colorScheme });
    const texts = [["ink", "paper"], ["ink-2", "paper"], ["ink-3", "paper"], ["link", "paper"], ["visited", "paper"], ["warn", "paper"], ["ink", "surface"], ["ink-2", "surface"], ["ink-3", "surface"], ["link", "surface"], ["ins", "ins-tint"], ["del", "del-tint"], ["ink", "target"], ["ink", "hit"]];
    const marks = [["control", "paper"], ["chart", "paper"], ["chart-2", "paper"]];
    const low = (pairs, least) => pairs.map(([one, other]) => [one, other, contrast(of[one], of[other])]).filter(([, , value]) => value < least).map(([one, other, value]) => `${one} on ${other} is ${value.toFixed(1)} (${colorScheme})`);
    check(`20 text at least 5:1, ${colorScheme}`, low(texts, 5), `least ${Math.min(...texts.map(([one, other]) => contrast(of[one], of[other]))).toFixed(1)}`);
    check(`21 borders of fields and marks of charts at least 3:1, ${colorScheme}`, low(marks, 3), `least ${Math.min(...marks.map(([one, other]) => contrast(of[one], of[other]))).toFixed(1)}`);
    const more = await tokens({ colorScheme, contrast: "more" });
    const least = Math.min(...["ink", "ink-2", "ink-3"].map((name) => contrast(more[name], more.paper)));
    check(`23 more contrast: text at least 12:1, ${colorScheme}`, least < 12 || contrast(more.rule, more.paper) < 12 ? [`${least.toFixed(1)}`] : [], `least ${least.toFixed(1)}`);
    const found = await each(sample, { ...wide, colorScheme }, () => {
      const links = [...document.querySelectorAll(".text p > a:not(.number, .mention, .back), .text li > a:not(.number, .mention, .back)")].filter((link) => !link.closest(".notes"));
      return links.filter((link) => !getComputedStyle(link).textDecorationLine.includes("underline")).slice(0, 2).map((link) => link.outerHTML.slice(0, 60));
    });
    check(`22 links in running text are underlined, ${colorScheme}`, wrongOf(found), `${found.length} statements`);
  }
  {
    const found = await each([...largest, ...having('class="notes"').slice(0, 3)], wide, () => {
      const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
      const reached = stops.filter((stop) => (stop.focus({ focusVisible: true }), document.activeElement === stop && stop.tabIndex >= 0)).map((stop) => {
        stop.focus({ focusVisible: true });
        const [box, style] = [stop.getBoundingClientRect(), getComputedStyle(stop)];
        return [stop, box.width > 1 && box.height > 1 && stop.checkVisibility({ visibilityProperty: true }), style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3];
      });
      const wrong = [...reached.filter(([, isSeen]) => !isSeen).map(([stop]) => ["unseen stop", stop]), ...reached.filter(([, isSeen, isRinged]) => isSeen && !isRinged).map(([stop]) => ["no ring", stop])];
      return wrong.slice(0, 2).map(([what, stop]) => `${what}: ${stop.outerHTML.slice(0, 80)}`);
    });
    check("9, 27 every stop of the tab key is seen and has a ring", wrongOf(found), `${found.length} pages`);
  }
  {
    const found = await each(sample, { viewport: { width: 390, height: 844 } }, () => {
      const small = [...document.querySelectorAll(".text .number")].map((number) => number.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24);
      return small.length > 0 ? [`${small.length} numbers are smaller than 24 px`] : [];
    });
    check("12 numbers are 24 px or more", wrongOf(found), `${found.length} statements`);
  }
  {
    const mirrored = statements.filter(({ text }) => text.includes('<main id="page-main" dir="rtl"')).map(({ file }) => file);
    const found = await each(mirrored.slice(0, 6), wide, () => {
      const wrong = [];
      const number = document.querySelector(".text p > .number");
      const beside = number && (number.parentElement.querySelector("bdi, a:not(.number)") ?? number.parentElement);
      if (number && number.getBoundingClientRect().right < beside.getBoundingClientRect().right - 1) wrong.push("numbers are not on the right");
      for (const section of document.querySelectorAll(".section:has(> .notes)")) {
        const [text, notes] = [section.querySelector(".first"), section.querySelector(".notes")].map((part) => part.getBoundingClientRect());
        if (notes.right > text.left + 1) wrong.push("notes are not on the left");
      }
      return wrong;
    });
    check("13 texts from right to left: numbers on the right, notes on the left", wrongOf(found), `${found.length} statements`);
  }
  {
    const compared = [...(kinds.get("comparison") ?? []).slice(0, 4), ...(kinds.get("passage") ?? []).slice(0, 4), ...(kinds.get("position") ?? []).slice(0, 4)].map(({ file }) => file);
    const look = () => {
      const [added, dropped] = [document.querySelector("main ins"), document.querySelector("main del")];
      const line = (element) => element && getComputedStyle(element).textDecorationLine;
      const wrong = [];
      if (added && !line(added).includes("underline")) wrong.push("what was added has no line");
      if (dropped && !line(dropped).includes("line-through")) wrong.push("what was removed has no line");
      return wrong;
    };
    const forced = await each(compared, { ...wide, forcedColors: "active" }, look);
    check("24, 25 added and removed differ without colour", wrongOf(forced), `${forced.length} pages, forced colours`);
    const counted = await each(compared, wide, () =>
      [...document.querySelectorAll(".railed .wording, .citing > li, .compared-row.changed")].filter((item) => item.querySelector("ins, del") && !/\d/.test([...item.querySelectorAll(".detail, .card-meta")].map((part) => part.textContent).join(" ")) && !item.matches(".compared-row")).slice(0, 2).map((item) => `no count: ${item.textContent.slice(0, 60)}`));
    check("26 each difference has its count in words", wrongOf(counted), `${counted.length} pages`);
  }
  {
    const found = await each(sample, { viewport: { width: 390, height: 844 } }, () => {
      const [key, value] = ["dt", "dd"].map((part) => document.querySelector(`.facts ${part}`)?.getBoundingClientRect());
      const wrong = key && value && value.top < key.bottom - 1 ? ["facts do not stack"] : [];
      const notice = document.querySelector(".head .notice, main > .notice");
      if (notice && notice.getBoundingClientRect().bottom > 844) wrong.push("the status is below the first screen");
      return wrong;
    });
    check("28, 29 on a phone facts stack and the status is on the first screen", wrongOf(found), `${found.length} statements`);
  }
  {
    const found = await each([...largest, ...sample.slice(0, 3)], { ...wide, javaScriptEnabled: true }, () => {
      const cited = document.querySelector(".cite-text");
      return cited && getComputedStyle(cited).userSelect !== "all" ? ["the citation is not selected by one click"] : [];
    });
    const context = await browser.newContext({ ...wide, javaScriptEnabled: false });
    const page = await context.newPage();
    const dead = [];
    for (const file of largest) {
      await page.goto(server.origin + urlOf(file, path));
      const buttons = await page.locator("button:visible, input[type=search]:visible").count();
      if (buttons > 0) dead.push(`${file}: ${buttons} buttons or fields that do nothing`);
      const main = (await page.locator("main").innerText()).trim();
      if (main.length < 20) dead.push(`${file}: has no content`);
    }
    const search = kinds.get("search")?.[0].file;
    if (search) {
      await page.goto(server.origin + urlOf(search, path));
      if ((await page.locator(".search-ways a:visible").count()) < 2) dead.push(`${search}: has no indexes`);
    }
    await context.close();
    check("30, 31 without JavaScript: no dead button, every page complete", [...wrongOf(found), ...dead], `${largest.length} kinds of page`);
  }
  {
    const wrong = [];
    let counted = 0;
    const number = (text) => Number(/\d[\d,.  ]*/.exec(text)?.[0].replace(/\D/g, ""));
    const indexes = await each((kinds.get("index") ?? []).map(({ file }) => file).filter((file) => /^(topics|delegations|forums|groups)\/index/.test(file)), wide, () =>
      [...document.querySelectorAll(".links a")].slice(0, 30).map((link) => [link.getAttribute("href"), (link.parentElement.querySelector(".count [aria-hidden]") ?? link.parentElement.querySelector(".count"))?.textContent]));
    for (const [, links] of indexes) {
      for (const [href, count] of links.filter(([, count]) => count)) {
        const file = `${decodeURIComponent(href.slice(path.length))}index.html`;
        const text = readFileSync(join(folder, file), "utf8");
        const lede = /<p class="lede">([\s\S]*?)<\/p>/.exec(text)?.[1].replace(/<[^>]+>/g, "");
        counted += 1;
        if (lede && number(lede) !== number(count)) wrong.push(`${file}: the index counts ${count}, the page says ${lede.slice(0, 40)}`);
      }
    }
    const lists = await each(["topic", "delegation", "forum"].flatMap((kind) => (kinds.get(kind) ?? []).slice(0, 3)).map(({ file }) => file), wide, () => {
      const statements = [...document.querySelectorAll(".as-table tbody .end")].map((cell) => Number(cell.textContent));
      const decades = [...document.querySelectorAll("[aria-labelledby=page-decades] .count")].map((cell) => Number(cell.textContent));
      const sum = (counts) => counts.reduce((one, other) => one + other, 0);
      return decades.length > 0 && sum(statements) !== sum(decades) ? [`decades count ${sum(decades)}, years ${sum(statements)}`] : [];
    });
    check("32 counts of facets are those of their pages", [...wrong, ...wrongOf(lists)], `${counted} links of indexes, ${lists.length} lists`);
  }
  {
    const charted = [...kinds.values()].flat().filter(({ text }) => text.includes('class="bars"')).map(({ file }) => file);
    const some = charted.filter((_, at) => at % Math.max(1, Math.floor(charted.length / 10)) === 0);
    const found = await each(some, { viewport: { width: 320, height: 640 } }, () => {
      const wrong = [];
      for (const chart of document.querySelectorAll(".chart")) {
        const counts = [...chart.querySelectorAll(".as-table tbody .end")].map((cell) => Number(cell.textContent.replace(/\D/g, "")));
        const heights = [...chart.querySelectorAll(".bars a, .bars > title")].map((bar) => (bar.matches("a") ? [...bar.querySelectorAll("rect")].reduce((sum, rect) => sum + Number(rect.getAttribute("height")), 0) : null)).filter((height) => height !== null);
        const most = Math.max(...counts);
        counts.forEach((count, at) => {
          if (heights.length === counts.length && Math.abs(heights[at] - (100 * count) / most) > 2) wrong.push(`a bar of ${count} of ${most} is ${heights[at]} high`);
        });
        if (!chart.closest("section")?.querySelector("h2")) wrong.push("a chart has no heading");
        for (const label of chart.querySelectorAll(".axis, .scale, .legend, .as-table")) {
          if (parseFloat(getComputedStyle(label).fontSize) < 12) wrong.push(`a label has ${getComputedStyle(label).fontSize}`);
        }
      }
      return wrong;
    });
    check("33, 34 charts: a table with the numbers, from 0, with a heading, labels of 12 px", wrongOf(found), `${found.length} of ${charted.length} pages with charts`);
  }
  {
    const found = await each(largest, { ...wide, colorScheme: "dark" }, () => {
      const light = (color) => {
        const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
        return a > 0.5 && 0.2126 * r + 0.7152 * g + 0.0722 * b > 140;
      };
      const boxes = [...document.querySelectorAll("body, body *")].filter((element) => element.checkVisibility() && light(getComputedStyle(element).backgroundColor));
      const isMeant = (element) => element.matches(".heat-4, .heat-5, .key, .bar *, .home-search button, input, .search-bars *");
      return boxes.filter((element) => !isMeant(element)).slice(0, 2).map((element) => `light in the dark: ${element.outerHTML.slice(0, 60)}`);
    });
    check("35 no light box in the dark", wrongOf(found), `${found.length} kinds of page`);
  }
  {
    const found = await each([...largest, ...sample.slice(0, 4)], { viewport: { width: 673, height: 980 }, colorScheme: "dark" }, () => {
      const wrong = [];
      const body = getComputedStyle(document.body);
      const brightness = (color) => color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
      if (brightness(body.backgroundColor) < 750 || brightness(body.color) > 200) wrong.push("is not dark on white");
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      if (wide > 0) wrong.push(`${wide} px are cut off`);
      const link = document.querySelector(".cite-text [data-link]");
      if (link && (!link.checkVisibility() || link.getBoundingClientRect().bottom > 980)) wrong.push("the citation's link is not on the first sheet");
      const notes = document.querySelector(".text .note-label");
      if (notes && !notes.checkVisibility()) wrong.push("notes are not printed");
      return wrong;
    }, (page) => page.emulateMedia({ media: "print", colorScheme: "dark" }));
    check("36, 37 on A4: dark on white, nothing cut off, notes and citation", wrongOf(found), `${found.length} pages`);
  }
  {
    const found = await each([...largest, ...sample], wide, () => {
      const headings = [...document.querySelectorAll("main :is(h1, h2, h3, h4)")];
      const isBare = (heading, at) => {
        const next = headings[at + 1];
        const range = document.createRange();
        range.setStartAfter(heading);
        if (next) range.setEndBefore(next);
        else range.setEndAfter(document.querySelector("main").lastChild);
        const isHigher = next && Number(next.tagName[1]) <= Number(heading.tagName[1]);
        return (isHigher || !next) && heading.checkVisibility() && range.toString().trim() === "" && !range.cloneContents().querySelector("form, svg, table");
      };
      return headings.filter(isBare).slice(0, 2).map((heading) => `bare: ${heading.textContent}`);
    });
    check("38 no bare heading", wrongOf(found), `${found.length} pages`);
  }
  {
    const context = await browser.newContext(wide);
    const page = await context.newPage();
    const failed = [];
    page.on("requestfailed", (request) => failed.push(request.url()));
    const answer = await page.goto(`${server.origin}${path}a/b/c/`, { waitUntil: "load" });
    const styled = await page.evaluate(() => document.styleSheets.length > 0 && document.styleSheets[0].cssRules.length > 100);
    const links = await page.locator("main a").evaluateAll((found) => found.map((link) => link.href));
    const dead = [];
    for (const link of links) {
      const found = await context.request.get(link);
      if (!found.ok()) dead.push(link);
    }
    await context.close();
    const wrong = [...failed, ...dead.map((link) => `leads nowhere: ${link}`), ...(answer?.status() === 404 && styled ? [] : ["is not the styled page"])];
    check("39 the page for what is not there works at any depth", wrong, `${links.length} links`);
  }
  {
    const sheets = largest.map((file) => [file, readFileSync(join(folder, file), "utf8").match(/<link rel="stylesheet"(?![^>]*media="print")/g)?.length ?? 0]).filter(([, count]) => count > 2);
    const blocking = largest.filter((file) => /<script(?![^>]*(?:type="module"|defer|async|type="application))/.test(readFileSync(join(folder, file), "utf8")));
    const large = Buffer.byteLength(sheet) > SHEET ? [`the style sheet has ${Buffer.byteLength(sheet)} bytes`] : [];
    check("40 nothing but a small style sheet keeps a page from being painted", [...large, ...sheets.map(([file]) => file), ...blocking], `style sheet ${Buffer.byteLength(sheet)} bytes`);
  }
  {
    const meeting = kinds.get("meeting")?.find(({ text }) => (text.match(/class="card-name"/g) ?? []).length > 1)?.file;
    const wrong = [];
    let texts = 0;
    if (meeting) {
      const context = await browser.newContext(wide);
      const page = await context.newPage();
      await page.addInitScript(() => (globalThis.print = () => (globalThis.printed = true)));
      await page.goto(server.origin + urlOf(meeting, path), { waitUntil: "load" });
      const rows = await page.locator(".cards .card-name").count();
      await page.locator(".print-tools button").click();
      await page.waitForFunction(() => globalThis.printed);
      await page.emulateMedia({ media: "print" });
      texts = await page.locator(".printed-text:visible").count();
      const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].length - new Set([...document.querySelectorAll("[id]")].map((element) => element.id)).size);
      if (texts !== rows) wrong.push(`${meeting}: ${texts} of ${rows} texts are printed`);
      if (ids > 0) wrong.push(`${meeting}: ${ids} names of anchors are there twice`);
      await context.close();
    }
    check("a meeting is printed as one document with its texts", wrong, `${texts} texts`);
  }
  if (table) console.log(seen.join("\n"));
  conclude(problems, `${seen.length} checks of the theme hold`);
} finally {
  await browser.close();
  server.close();
}
