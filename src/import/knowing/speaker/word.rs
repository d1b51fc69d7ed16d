//! The head of a text -> its words, each with what shows whether it is part of a name.

use super::words::{NEVER_IN_NAMES, OCCASIONS, OFFICES};
use crate::import::knowing::head::{Head, TITLES, fold};
use crate::language::months::english_month;

/// A word of the head.
pub(super) struct Word<'a> {
    /// The word as printed.
    pub text: &'a str,
    /// Folded, without periods and commas.
    pub bare: String,
    /// Number of the line that its block begins on.
    pub line: u32,
    /// Whether it is the first word of its block.
    pub first: bool,
    /// Whether it is the last word of its block.
    pub last: bool,
}

impl Word<'_> {
    /// Returns whether it is one of these words, which are folded.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.bare.as_str())
    }

    /// Returns whether a comma or a stronger mark follows it.
    pub(super) fn ends(&self) -> bool {
        self.text.ends_with([',', ';', ':', '،', ')', '|']) || self.last
    }

    /// Returns whether it is a word of heads that never occurs in names. May is also a name.
    pub(super) fn is_never_in_names(&self) -> bool {
        self.is(NEVER_IN_NAMES) || english_month(&self.bare).is_some_and(|month| month != 5)
    }

    /// Returns whether it can be part of a name.
    pub(super) fn is_name(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        let first = letters.next();
        let bare = &self.bare;
        first.is_some_and(|c| c.is_uppercase() || c >= '\u{600}')
            && !self.text.starts_with(['(', '[', '“', '"'])
            && !self.text.chars().any(|c| c.is_numeric())
            && !self.is(OFFICES)
            && !self.is_never_in_names()
            && !self.is(TITLES)
            && (!self.is(OCCASIONS) || bare.chars().count() == 1)
    }
}

/// Returns whether a line of the head begins here that says where and when: `Nairobi, 3 May 2024`, in any language.
pub(super) fn begins_place_and_day(words: &[Word], at: usize) -> bool {
    let has_number = |word: &Word| word.text.contains(char::is_numeric);
    let comma = words[at..].iter().take(3).position(|word| word.text.ends_with([',', '،']));
    words[at].first && comma.is_some_and(|comma| words[at + comma + 1..].iter().take(3).any(has_number))
}

/// Returns the words of a head in order.
pub(super) fn words_of<'a>(head: &Head<'a>) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    for block in head.blocks {
        let from = words.len();
        for text in block.text.split_whitespace().filter(|text| text.contains(char::is_alphanumeric)) {
            let bare = fold(text).replace('.', "");
            let bare = bare.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("'s").to_owned();
            words.push(Word { text, bare, line: block.line, first: false, last: false });
        }
        if let Some(word) = words.get_mut(from) {
            word.first = true;
        }
        if let Some(word) = words.last_mut() {
            word.last = true;
        }
    }
    words
}

/// Returns words as printed, without the punctuation that separates them from others.
pub(super) fn joined(words: &[Word]) -> String {
    let text: Vec<&str> = words.iter().map(|word| word.text).collect();
    let text = text.join(" ");
    let text = text.trim_matches(|c: char| {
        matches!(c, ',' | ';' | ':' | '،' | '–' | '-' | '|' | '"' | '“' | '”') || c.is_whitespace()
    });
    let text =
        text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).or_else(|| text.strip_suffix("’S")).unwrap_or(text);
    // `SAIDOV.` ends a line; `Jr.` and `J.` keep their period.
    let closed =
        text.strip_suffix('.').filter(|bare| bare.rsplit(' ').next().is_some_and(|word| word.chars().count() > 3));
    closed.unwrap_or(text).to_owned()
}
