// A built site's files -> whether every link leads to a page and an anchor of it, and feeds and sitemap keep their schemas.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RelaxNGValidator, XmlDocument, XsdValidator } from "libxml2-wasm";
import { conclude, filesOf, urlOf } from "./site.mjs";

const [folder, base] = process.argv.slice(2);
const site = new URL(base);
const problems = [];
const read = (file) => readFileSync(join(folder, file), "utf8");

const files = filesOf(folder);
const byUrl = new Map(files.map((file) => [urlOf(file, site.pathname), file]));
const pages = files.filter((file) => file.endsWith(".html"));

// The validator has passed every page, so attributes are where they seem to be; text has its `<` escaped.
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };
const unescape = (text) => text.replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => ENTITIES[name]);
function attributes(text, name) {
  const pattern = new RegExp(`<[a-zA-Z][^<>]*?\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "g");
  return [...text.matchAll(pattern)].map((match) => unescape(match[1] ?? match[2] ?? match[3]));
}

const anchors = new Map(pages.map((file) => [file, new Set(attributes(read(file), "id"))]));
let links = 0;

/** Checks one link of a page, feed or sitemap at `url`. */
function check(from, url, link) {
  let target;
  try {
    target = new URL(link, new URL(url, site));
  } catch {
    problems.push(`${from}: \`${link}\` is no URL`);
    return;
  }
  if (target.origin !== site.origin) return;
  links += 1;
  const file = byUrl.get(target.pathname) ?? byUrl.get(urlOf(decodeURIComponent(target.pathname.slice(1)), "/"));
  if (!target.pathname.startsWith(site.pathname)) {
    problems.push(`${from}: \`${link}\` leads out of the site's path ${site.pathname}`);
  } else if (!file) {
    problems.push(`${from}: \`${link}\` leads to nothing`);
  } else if (target.hash && file.endsWith(".html") && !anchors.get(file).has(decodeURIComponent(target.hash.slice(1)))) {
    problems.push(`${from}: ${file} has no anchor for \`${link}\``);
  }
}

for (const file of pages) {
  const text = read(file);
  const ids = attributes(text, "id");
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) {
    problems.push(`${file}: the id \`${id}\` is there twice`);
  }
  for (const link of ["href", "src", "action", "data", "poster"].flatMap((name) => attributes(text, name))) {
    check(file, urlOf(file, site.pathname), link);
  }
  for (const target of text.matchAll(/http-equiv="refresh" content="[^"]*url=([^"]*)"/gi)) {
    check(file, urlOf(file, site.pathname), unescape(target[1]));
  }
  // Policy: neither inline scripts nor inline styles.
  if (/<script(?![^>]*\ssrc=)(?![^>]*type="application\/(ld\+)?json")/.test(text)) problems.push(`${file}: an inline script`);
  if (/<style[\s>]/.test(text) || /<[a-z][^<>]*\sstyle=/.test(text)) problems.push(`${file}: inline styles`);
}
for (const file of files.filter((file) => file.endsWith(".css"))) {
  for (const [, link] of read(file).matchAll(/url\(["']?([^"')]+)["']?\)/g)) {
    if (!link.startsWith("data:")) check(file, urlOf(file, site.pathname), link);
  }
}

const schema = (name) => XmlDocument.fromBuffer(readFileSync(new URL(`schemas/${name}`, import.meta.url)));
const atom = RelaxNGValidator.fromDoc(schema("atom.rng"));
const sitemap = XsdValidator.fromDoc(schema("sitemap.xsd"));
const xml = files.filter((file) => file.endsWith(".xml"));
for (const file of xml) {
  const text = read(file);
  try {
    // The schema of sitemaps asks for one of every other namespace, and there is none for these links.
    const document = XmlDocument.fromString(text.replace(/<xhtml:link [^>]*>/g, ""));
    const isFeed = document.root.name === "feed";
    (isFeed ? atom : sitemap).validate(document);
    const urls = isFeed
      ? attributes(text, "href")
      : [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map((match) => unescape(match[1]));
    for (const [, url] of text.matchAll(/<xhtml:link [^>]*href="([^"]*)"/g)) urls.push(unescape(url));
    for (const url of urls) {
      if (!/^https?:/.test(url)) problems.push(`${file}: \`${url}\` is no whole URL`);
      check(file, urlOf(file, site.pathname), url);
    }
    const ids = [...text.matchAll(/<id>([^<]*)<\/id>/g)].map((match) => match[1]);
    if (new Set(ids).size !== ids.length) problems.push(`${file}: two entries have one id`);
    document.dispose();
  } catch (error) {
    problems.push(`${file}: ${error.message} ${(error.details ?? []).map((detail) => detail.message).join(" ")}`.trim());
  }
}
if (!xml.includes("sitemap.xml") || !xml.includes("feed.xml")) problems.push("there is no sitemap.xml or no feed.xml");

const jsonFeeds = files.filter((file) => file.endsWith("feed.json"));
for (const file of jsonFeeds) {
  const feed = JSON.parse(read(file));
  for (const url of [feed.home_page_url, feed.feed_url, ...feed.items.map((item) => item.url)]) {
    check(file, urlOf(file, site.pathname), url);
  }
  const atomTitles = [...read(file.replace(/json$/, "xml")).matchAll(/^  <title>(.*)<\/title>$/gm)].map((match) => unescape(match[1]));
  if (JSON.stringify(feed.items.map((item) => item.title)) !== JSON.stringify(atomTitles)) {
    problems.push(`${file}: other entries than in the Atom feed`);
  }
}
if (jsonFeeds.length === 0) problems.push("there is no feed.json");

conclude(problems, `${links} links of ${pages.length} pages lead somewhere; ${xml.length} feeds and sitemaps are valid`);
