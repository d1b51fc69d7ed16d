//! Words of a folded text and their surroundings -> whether they are a name, and not part of a longer word or a
//! person's name.

use std::ops::Range;

use crate::language::scripts::{is_arabic, joins};

/// Returns whether the words are not part of a longer word. Arabic writes one-letter conjunctions and prepositions as
/// one word with the next.
pub(super) fn is_whole(text: &str, found: &Range<usize>) -> bool {
    let after = text[found.end..].chars().next();
    if after.is_some_and(joins) && joins_before(text, found.end) {
        return false;
    }
    let first = text[found.clone()].chars().next();
    if !first.is_some_and(joins) {
        return true;
    }
    let mut before = text[..found.start].chars().rev().take_while(|c| joins(*c)).peekable();
    if before.peek().is_none() {
        return true;
    }
    if !first.is_some_and(is_arabic) {
        return false;
    }
    // و and ف precede ب, ل and ك, and each occurs at most once.
    before.next_if(|c| matches!(c, 'ب' | 'ل' | 'ك'));
    before.next_if(|c| matches!(c, 'و' | 'ف'));
    before.next().is_none()
}

fn joins_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(joins)
}

/// Names of states that are also names of people.
const OF_PEOPLE: &[&str] = &[
    "Chad",
    "Dominica",
    "Dominique",
    "Georgia",
    "Germania",
    "Granada",
    "Israel",
    "Jordan",
    "Malta",
    "Maurice",
    "Mauricio",
    "Salvador",
];

/// Words that precede the name of a person.
const HONORIFICS: &[&str] = &[
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "Miss",
    "Messrs.",
    "Dr",
    "Dr.",
    "Prof.",
    "Sir",
    "Lady",
    "Lord",
    "M.",
    "MM.",
    "Mme",
    "Mlle",
    "Sr.",
    "Sra.",
    "Don",
    "Doña",
    "г-н",
    "г-на",
    "г-ну",
    "г-ном",
    "г-жа",
    "г-жи",
    "г-же",
    "г-жу",
];

/// The maximum number of names that a person has before the last one.
const NAMES: usize = 3;

/// Returns whether a word is the name of a person: *Mr. Jordan*, *Michael Jordan*, *Chad Smith*.
pub(super) fn is_person(text: &str, found: &Range<usize>) -> bool {
    let word = &text[found.clone()];
    if word.contains(' ') || !begins_upper(word) {
        return false;
    }
    let before = text[..found.start].strip_suffix(' ').unwrap_or_default().rsplit(' ');
    let is_honorific = |word: &str| HONORIFICS.contains(&word.trim_start_matches(['(', '"', '\'']));
    let is_name = |word: &str| begins_upper(word) && !ends_clause(word);
    let mut named = before.clone().take(NAMES + 1).take_while(|word| is_name(word) || is_honorific(word));
    if named.any(is_honorific) {
        return true;
    }
    let is_followed = || text[found.end..].strip_prefix(' ').is_some_and(begins_upper);
    // A word at the beginning of a sentence always has a capital: "Both Jordan and Egypt".
    let has_given = |name: &str| is_name(name) && !begins_sentence(text, found.start - 1 - name.len());
    OF_PEOPLE.contains(&word) && (is_followed() || before.clone().next().is_some_and(has_given))
}

fn begins_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn ends_clause(word: &str) -> bool {
    word.ends_with([',', ';', ':', '.', '!', '?', ')', '"'])
}

/// Returns whether a sentence, a quotation or a paragraph begins at this byte.
pub(super) fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '"', '\'', '-', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '…', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str, word: &str) -> Range<usize> {
        let at = text.find(word).unwrap_or_else(|| panic!("no {word} in {text}"));
        at..at + word.len()
    }

    #[test]
    fn a_word_is_whole_in_the_sense_of_its_script() {
        for (text, word, is) in [
            ("in Oman.", "Oman", true),
            ("Romania", "oman", false),
            ("Kenya's", "Kenya", true),
            ("l’Iran", "Iran", true),
            ("d'Égypte", "Égypte", true),
            ("Malian", "Mali", false),
            ("US-led", "US", true),
            ("我国同中国的", "中国", true),
            ("77国集团", "77国集团", true),
            ("ประเทศไทยและลาว", "ไทย", true),
            ("والعراق", "العراق", true),
            ("وللبنان", "لبنان", true),
            ("فكينيا", "كينيا", true),
            ("مصري", "مصر", false),
            ("المصر", "مصر", false),
            ("ولوكينيا", "كينيا", false),
        ] {
            assert_eq!(is_whole(text, &range(text, word)), is, "{word} in {text}");
        }
    }

    #[test]
    fn people_are_not_states() {
        for (text, word, is) in [
            ("I thank Mr. Jordan for it", "Jordan", true),
            ("Mr. Ali Hassan Kenya said", "Kenya", true),
            ("as Michael Jordan said", "Jordan", true),
            ("as Chad Smith said", "Chad", true),
            ("M. Maurice Templesman", "Maurice", true),
            ("Mr. President, Jordan asks", "Jordan", false),
            ("Both Jordan and Egypt", "Jordan", false),
            ("Egypt, Jordan and Chad", "Jordan", false),
            ("the Kingdom of Jordan", "Jordan", false),
            ("Mr. President, in Kenya", "Kenya", false),
            ("President Kenya", "Kenya", false),
        ] {
            assert_eq!(is_person(text, &range(text, word)), is, "{word} in {text}");
        }
    }
}
