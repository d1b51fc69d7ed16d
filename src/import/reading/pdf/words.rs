//! Words as a file draws them -> whole words: letters that were drawn outside the page return to their places.

use std::collections::BTreeSet;

use super::poppler::{Sheet, Word};

/// Words of a text that are whole, because no ligature is next to them: in lower case, without signs.
pub(super) struct WholeWords(BTreeSet<String>);

impl WholeWords {
    /// Collects the whole words of all pages.
    pub(super) fn of(sheets: &[Sheet]) -> WholeWords {
        let mut whole = BTreeSet::new();
        for sheet in sheets.iter().filter(|sheet| sheet.words.iter().any(|word| is_stray(word, sheet.height))) {
            let stray = |at: Option<usize>| {
                at.and_then(|at| sheet.words.get(at)).is_some_and(|word| is_stray(word, sheet.height))
            };
            let beside = |at: usize| stray(at.checked_sub(1)) || stray(Some(at)) || stray(Some(at + 1));
            let words = sheet.words.iter().enumerate().filter(|(at, _)| !beside(*at));
            whole.extend(words.map(|(_, word)| bare(&word.text)));
        }
        WholeWords(whole)
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(&bare(word))
    }

    /// Returns whether a ligature between two words, with room for a single space, begins the second one: then the word
    /// before it occurs elsewhere in the text, and the one after it does not.
    fn begins(&self, before: &str, letters: &str, behind: &str) -> bool {
        match (self.has(before), self.has(behind)) {
            (true, false) => true,
            (false, true) => false,
            // `ff` and `tt` end words more often (`staff`, `Watt`), `fi` and `fl` begin them (`first`, `flow`).
            _ => !matches!(letters, "ff" | "tt"),
        }
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Puts letters that a program has drawn outside the page back between the words they belong to.
///
/// Some programs draw `ti`, `tt`, `fi`, `fl` as one glyph without a meaning, and give its meaning as letters of size
/// zero outside the page. In drawing order these come between what precedes and follows them. If there is a space as
/// well, nothing shows on which side of them it is.
pub(super) fn with_ligatures(words: Vec<Word>, height: f32, known: &WholeWords) -> Vec<Word> {
    let mut whole: Vec<Word> = Vec::new();
    let mut letters = String::new();
    for mut word in words {
        if is_stray(&word, height) {
            letters.push_str(&word.text);
            continue;
        }
        let found = std::mem::take(&mut letters);
        // A ligature is about half as wide as a letter is high.
        let width = word.place.size * 0.45;
        // In one word, at the end of the word before, or at the beginning of this one: the space left by the ligature
        // shows which.
        match whole.last_mut().filter(|_| !found.is_empty()) {
            Some(before) if is_right_behind(before, width, &word) => {
                before.text += &found;
                before.text += &word.text;
                before.place.right = word.place.right;
                continue;
            }
            Some(before) if !known.begins(&before.text, &found, &word.text) => {
                before.text += &found;
                before.place.right += width;
            }
            _ if !found.is_empty() => {
                word.text.insert_str(0, &found);
                word.place.left -= width;
            }
            _ => {}
        }
        whole.push(word);
    }
    if let Some(last) = whole.last_mut() {
        last.text += &letters;
    }
    whole
}

/// Returns whether a word is on the same line as the one before, with room for a ligature between them and no more.
fn is_right_behind(before: &Word, width: f32, word: &Word) -> bool {
    let (a, b) = (&before.place, &word.place);
    (a.bottom - b.bottom).abs() < a.size * 0.3 && (b.left - a.right - width).abs() < a.size * 0.28
}

/// Returns whether a word is the letters of a ligature, drawn without size at the edge of the page.
fn is_stray(word: &Word, height: f32) -> bool {
    let place = &word.place;
    let ligature =
        word.text.chars().count() <= 3 && word.text.chars().all(|c| matches!(c, 'f' | 't' | 'i' | 'l' | 'j'));
    ligature && place.size < 1.0 && (place.top < 1.0 || place.top > height - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::Place;

    fn word(text: &str, left: f32, right: f32) -> Word {
        let place = Place { left, top: 100.0, right, bottom: 112.0, size: 12.0, bold: false };
        Word::new(text, place)
    }

    fn stray(text: &str) -> Word {
        let place = Place { left: 270.0, top: 792.0, right: 271.0, bottom: 792.0, size: 0.0, bold: false };
        Word::new(text, place)
    }

    #[test]
    fn ligatures_outside_the_page_return_to_their_words() {
        let (thefierce, pacifi) = (
            vec![word("the", 10.0, 25.0), stray("fi"), word("erce", 34.0, 50.0)],
            vec![word("Paci", 10.0, 25.0), stray("fi"), word("and,", 34.0, 50.0)],
        );
        for (words, expect) in [
            (vec![word("Na", 10.0, 25.0), stray("ti"), word("ons", 31.0, 50.0)], vec!["Nations"]),
            (vec![word("Na", 10.0, 25.0), word("ti", 28.0, 34.0)], vec!["Na", "ti"]),
            // The text has `the` and `and` elsewhere.
            (thefierce, vec!["the", "fierce"]),
            (pacifi, vec!["Pacifi", "and,"]),
            (vec![word("so", 10.0, 25.0), stray("fl"), word("ows", 34.0, 50.0)], vec!["so", "flows"]),
            (vec![word("sta", 10.0, 25.0), stray("ff"), word("goes", 34.0, 50.0)], vec!["staff", "goes"]),
            (vec![stray("fi"), word("rst", 10.0, 25.0), stray("tt")], vec!["firsttt"]),
        ] {
            let elsewhere = [word("The", 0.0, 9.0), word("and", 0.0, 9.0), word("x", 0.0, 9.0), stray("fi")].to_vec();
            let known = WholeWords::of(&[Sheet { width: 600.0, height: 792.0, words: elsewhere }]);
            let whole = with_ligatures(words, 792.0, &known);
            assert_eq!(whole.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), expect);
        }
    }
}
