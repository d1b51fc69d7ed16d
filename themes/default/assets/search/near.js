// A word that no text has -> the nearest that some have: "did you mean".

/** Returns the most frequent of the words nearest to one that no text has. @param {import("./index.js").Index} index @param {string} word */
export async function near(index, word) {
  const letters = [...word];
  if (letters.length < 3) return undefined;
  // Typing errors are rare in the first two letters, except that these change places.
  const begins = [letters.slice(0, 2).join(""), letters[1] + letters[0]];
  let best, least = letters.length < 5 ? 1 : 2, texts = 0;
  for (const entry of await index.beginningWith(begins)) {
    if (entry.texts === 0 || Math.abs(entry.word.length - word.length) > least) continue;
    const distance = changes(letters, [...entry.word]);
    if (distance < least || (distance === least && entry.texts > texts)) [best, least, texts] = [entry.word, distance, entry.texts];
  }
  return best;
}

/** Returns how many letters differ; two that changed places count once. @param {string[]} a @param {string[]} b */
export function changes(a, b) {
  /** @type {number[][]} */
  const table = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    table[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let least = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, table[i - 2][j - 2] + 1);
      table[i][j] = least;
    }
  }
  return table[a.length][b.length];
}
