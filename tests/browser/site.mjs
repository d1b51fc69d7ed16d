// A built site: its files, its pages' URLs, and a server for them that speaks to this machine alone.

import { createServer } from "node:http";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".pdf": "application/pdf",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

// What a host should send with every page: no request leaves the site.
export const POLICY = "default-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/** Returns every file by its path from the folder, with `/` between the parts. */
export function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

/** Returns the path of the URL at which a host serves a file: folders for their index. */
export function urlOf(file, base) {
  const path = file.replace(/(^|\/)index\.html$/, "$1");
  return base + path.split("/").map(encodeURIComponent).join("/");
}

/** Serves the folder below the path `base`, with the 404 page for what is not there. */
export async function serve(folder, base) {
  const files = new Set(filesOf(folder));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = path.startsWith(base) ? path.slice(base.length) : null;
    if (file === "" || file?.endsWith("/")) file += "index.html";
    const found = file !== null && files.has(file);
    const name = found ? file : "404.html";
    const headers = { "content-type": TYPES[extname(name)] ?? "application/octet-stream", "content-security-policy": POLICY };
    const bytes = readFileSync(join(folder, name));
    const range = found && /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    if (!range) return response.writeHead(found ? 200 : 404, headers).end(bytes);
    const part = bytes.subarray(Number(range[1]), Number(range[2]) + 1);
    const last = Number(range[1]) + part.length - 1;
    return response.writeHead(206, { ...headers, "content-range": `bytes ${range[1]}-${last}/${bytes.length}` }).end(part);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Prints what is wrong and ends; prints `good` if nothing is. */
export function conclude(problems, good) {
  if (problems.length === 0) {
    console.log(good);
    return;
  }
  const shown = problems.slice(0, 60);
  console.error(shown.join("\n"));
  if (problems.length > shown.length) console.error(`and ${problems.length - shown.length} more`);
  process.exitCode = 1;
}
