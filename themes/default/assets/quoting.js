// Words -> the words in quotation marks, with different marks for each quotation within them.
//
// The rules are those of `src/render/quoting.rs`, which the titles of citations follow; one table tests both
// (`tests/browser/quoting.json`).
// @ts-check

/** Opening marks, each with those that close it. A mark that opens in one language closes in another. */
const CLOSES = new Map([["“", "”"], ["„", "“”"], ["«", "»"], ["‘", "’"], ["‚", "‘’"], ["‹", "›"], ["「", "」"], ["『", "』"], ['"', '"']]);
const SPACES = /[ \u00a0\u202f]/;

/**
 * @typedef {{ at: number, written: string, opens: boolean, kind: string, above: number | null }} Mark
 */

/**
 * Kinds of marks that look alike.
 * @param {string} mark
 */
function kindOf(mark) {
  if ("‘’‚".includes(mark)) return "single";
  if ("«»‹›".includes(mark)) return "guillemets";
  if ("「」".includes(mark)) return "corners";
  if ("『』".includes(mark)) return "white corners";
  return "double";
}

/**
 * Returns the words with marks around them. `marks` are those of the language in which they are quoted, `own` those of the
 * words' language: outer opening and closing, inner opening and closing. Marks within stay unless they are of the same kind as
 * those around them; then the other marks of the words' language replace them.
 * @param {string} words
 * @param {string[]} own
 * @param {string[]} marks
 */
export function quoted(words, own, marks) {
  /** @type {(string[] | null)[]} */
  const open = [];
  let out = "";
  let at = 0;
  for (const mark of paired(words)) {
    out += words.slice(at, mark.at);
    at = mark.at + mark.written.length;
    if (!mark.opens) {
      const pair = open.pop();
      if (pair) {
        if (mark.kind === "guillemets") while (SPACES.test(out.at(-1) ?? "")) out = out.slice(0, -1);
        out += pair[1];
      } else {
        out += mark.written;
      }
      continue;
    }
    const last = open.at(-1);
    const around = last ? last[0] : last === null && mark.above !== null ? words[mark.above] : marks[0];
    const enclosing = kindOf(around[0]);
    if (mark.kind !== enclosing && mark.written !== '"') {
      open.push(null);
      out += mark.written;
      continue;
    }
    const pair = kindOf(own[2][0]) === enclosing ? own.slice(0, 2) : own.slice(2, 4);
    // French puts a space inside its marks; other marks have none.
    if (mark.kind === "guillemets") while (SPACES.test(words[at] ?? "")) at += 1;
    out += pair[0];
    open.push(pair);
  }
  out += words.slice(at);
  return { open: marks[0], words: out, close: marks[1] };
}

/**
 * Returns the paired marks of words. An apostrophe and a mark that is never closed are left alone.
 * @param {string} words
 * @returns {Mark[]}
 */
function paired(words) {
  const letter = /[\p{L}\p{N}]/u;
  /** @type {{ at: number, mark: string }[]} */
  const open = [];
  /** @type {{ start: number, end: number, opening: string, closing: string }[]} */
  const found = [];
  let before = " ";
  let at = 0;
  for (const c of words) {
    const next = String.fromCodePoint(words.codePointAt(at + c.length) ?? 32);
    const isInside = letter.test(before) && letter.test(next);
    const of = c === "’" && isInside ? -1 : open.findLastIndex(({ mark }) => CLOSES.get(mark)?.includes(c));
    // Between two letters these are probably an apostrophe or a sign for inches, but in scripts without spaces between words.
    const isDoubtful = isInside && "‘\"".includes(c) && (before.codePointAt(0) ?? 0) < 0x2e80;
    if (of >= 0) {
      found.push({ start: open[of].at, end: at, opening: open[of].mark, closing: c });
      // Marks opened within and never closed are not quotations.
      open.length = of;
    } else if (CLOSES.has(c) && !isDoubtful) {
      open.push({ at, mark: c });
    }
    before = c;
    at += c.length;
  }
  return found
    .flatMap(({ start, end, opening, closing }) => {
      const around = found.filter((other) => other.start < start && end < other.end).map((other) => other.start);
      const above = around.length > 0 ? Math.max(...around) : null;
      return [
        { at: start, written: opening, opens: true, kind: kindOf(opening), above },
        { at: end, written: closing, opens: false, kind: kindOf(closing), above },
      ];
    })
    .sort((a, b) => a.at - b.at);
}
