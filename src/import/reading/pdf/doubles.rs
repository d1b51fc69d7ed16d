//! Words as a file draws them -> the same words, each once: some programs draw letters twice to make them bold or give
//! them a shadow.

use std::collections::BTreeMap;

use super::poppler::Word;

/// Keeps each word once that is drawn twice at one place, and returns those that were dropped.
pub(super) fn single(words: Vec<Word>) -> (Vec<Word>, Vec<String>) {
    let mut kept: Vec<Word> = Vec::with_capacity(words.len());
    let mut twice = Vec::new();
    // Keyed by their letters and a grid square whose side is larger than the offset of any shadow.
    let mut seen: BTreeMap<(String, i32, i32), Vec<usize>> = BTreeMap::new();
    for word in words {
        if let Some(before) = kept.last_mut()
            && let Some(longer) = overlaid(before, &word)
        {
            twice.push(word.text.clone());
            before.place.right = before.place.right.max(word.place.right);
            before.text = longer;
            continue;
        }
        let (x, y) = square(&word);
        let near = || (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (dx, dy)));
        let same = |(dx, dy)| {
            let at = seen.get(&(word.text.clone(), x + dx, y + dy))?;
            at.iter().find(|at| is_same_place(&kept[**at], &word)).copied()
        };
        if near().find_map(same).is_some() {
            twice.push(word.text);
        } else {
            seen.entry((word.text.clone(), x, y)).or_default().push(kept.len());
            kept.push(word);
        }
    }
    (kept, twice)
}

/// In points; no shadow is further away than this.
const SIDE: f32 = 8.0;

fn square(word: &Word) -> (i32, i32) {
    ((word.place.left / SIDE) as i32, (word.place.bottom / SIDE) as i32)
}

/// How far a word that is drawn again may be from the first, relative to its font size.
const OFFSET: f32 = 0.18;

fn is_same_place(a: &Word, b: &Word) -> bool {
    let (a, b) = (&a.place, &b.place);
    let near = |x: f32, y: f32| (x - y).abs() < OFFSET * a.size.min(SIDE / OFFSET);
    near(a.left, b.left) && near(a.right, b.right) && near(a.bottom, b.bottom)
}

/// Returns a word merged with one that is drawn over its end and begins with the same letters, as when every letter is
/// drawn twice before the next one: `He` and `el` give `Hel`.
fn overlaid(before: &Word, word: &Word) -> Option<String> {
    let (a, b) = (&before.place, &word.place);
    let size = a.size.min(b.size);
    let over = a.right - b.left;
    if (a.bottom - b.bottom).abs() > OFFSET * size || (a.size - b.size).abs() > 0.1 * size || over < 0.15 * size {
        return None;
    }
    if b.left < a.left - OFFSET * size {
        return None;
    }
    if b.right < a.right - OFFSET * size {
        // A part of the word, drawn again.
        return before.text.contains(&word.text).then(|| before.text.clone());
    }
    let letters: Vec<(usize, char)> = word.text.char_indices().collect();
    let width = (b.right - b.left) / letters.len().max(1) as f32;
    // The overlap must be about as wide as the overlapping letters; an `i` is narrower than an `m`.
    let fits = |count: usize| (over - width * count as f32).abs() < 0.45 * size;
    let counts = (1..=letters.len()).rev().filter(|count| fits(*count));
    counts.into_iter().find_map(|count| {
        let end = letters.get(count).map_or(word.text.len(), |(at, _)| *at);
        let same = before.text.ends_with(&word.text[..end]);
        same.then(|| format!("{}{}", before.text, &word.text[end..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::Place;

    /// A word of letters that are six points wide.
    fn word(text: &str, left: f32) -> Word {
        let right = left + 6.0 * text.chars().count() as f32;
        Word::new(text, Place { left, top: 100.0, right, bottom: 112.0, size: 12.0, bold: false })
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        let below = |word: Word| Word { place: Place { top: 101.0, bottom: 113.0, ..word.place }, ..word };
        for (drawn, expect) in [
            // The whole line again, a third of a point or a point away.
            (vec![word("The", 70.0), word("way", 94.0), word("The", 70.3), word("way", 94.3)], vec!["The", "way"]),
            (
                vec![word("The", 70.0), word("way", 94.0), below(word("The", 71.0)), word("way", 94.0)],
                vec!["The", "way"],
            ),
            // Each letter again before the next one.
            (vec![word("W", 70.0), word("We", 70.3), word("e", 76.3), word("go", 94.0)], vec!["We", "go"]),
            // The same word in two parts.
            (vec![word("Hello", 70.0), word("Hel", 70.3), word("lo", 88.3)], vec!["Hello"]),
            // The same word twice, next to each other.
            (vec![word("that", 70.0), word("that", 100.0)], vec!["that", "that"]),
            (vec![word("no", 70.0), word("no", 82.0)], vec!["no", "no"]),
            (vec![word("ba", 70.0), word("ab", 82.0)], vec!["ba", "ab"]),
        ] {
            let (kept, twice) = single(drawn.clone());
            assert_eq!(kept.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expect, "{drawn:?}");
            assert_eq!(twice.is_empty(), drawn.len() == expect.len());
        }
    }
}
