//! The words with which front matter speaks of publication: names of keys that Plenary does not know, and their values.
//!
//! The lists are closed: authors can read them in the manual, and a test compares the manual with them. They contain the
//! keys with which other programs keep a text back, and what people write in the languages of the United Nations and in
//! German. Case, diacritics and separators make no difference.

mod names;
mod values;

use serde_yaml::Value;

use crate::language::stems::{folded, folded_words};
pub use names::{NAME_SIDES, NAMES, PARTS, STATES, TIMED};
use values::YES_OR_NO;
pub use values::{VALUE_SIDES, VALUES};

/// Returns whether the name of a key speaks of publication, given its value.
pub(super) fn is_name(key: &str, value: &Value) -> bool {
    let folded_key = unify_umlauts(folded(key));
    let is = |word: &&str| unify_umlauts(folded(word)) == folded_key;
    // `state: Kazakhstan` names a country, and `stage: 2` a step of a negotiation; `state: review` is about publication.
    if STATES.iter().any(is) {
        let is_other = |text: &str| text.trim().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        return !value.is_number() && !value.as_str().is_some_and(is_other);
    }
    PARTS.iter().any(|part| folded_key.contains(&unify_umlauts(folded(part))))
        || contains_any(NAMES, &cores(key, NAME_SIDES))
        || is_when(value) && contains_any(TIMED, &cores(key, NAME_SIDES))
}

/// The length of the longest value that can be a mark of publication, in bytes; a longer one is prose.
const LONGEST: usize = 200;

/// Returns whether a value speaks of publication, as a whole or in one of the parts between dashes, commas and the
/// like, with or without a number after it (`DRAFT 2 - not for release`).
pub(super) fn is_value(value: &str) -> bool {
    if value.len() > LONGEST {
        return false;
    }
    let parts =
        value.split([',', ';', ':', '/', '|', '(', ')', '[', ']', '–', '—', '،']).flat_map(|part| part.split(" - "));
    let parts: Vec<String> = parts.flat_map(|part| cores(part, VALUE_SIDES)).collect();
    contains_any(VALUES, &parts)
}

/// Returns whether a value is a date, or a yes or no.
fn is_when(value: &Value) -> bool {
    let Value::String(text) = value else { return value.is_bool() };
    let text = text.trim();
    let is_year = |word: &String| word.chars().count() == 4 && word.chars().all(char::is_numeric);
    text.starts_with(char::is_numeric) && text.len() <= LONGEST && folded_words(text).iter().any(is_year)
        || contains_any(YES_OR_NO, &[unify_umlauts(folded(text))])
}

/// Returns whether a list contains one of the texts, which are in the spelling of [`unify_umlauts`].
fn contains_any(list: &[&str], texts: &[String]) -> bool {
    !texts.is_empty() && list.iter().any(|word| texts.contains(&unify_umlauts(folded(word))))
}

/// Returns a text in the spelling of [`unify_umlauts`], whole and with each choice of leading and trailing words removed
/// that are in `sides`. Trailing numbers, with or without a `v`, are removed too.
fn cores(text: &str, sides: &[&str]) -> Vec<String> {
    let words: Vec<String> = folded_words(text).into_iter().map(unify_umlauts).collect();
    let sides: Vec<String> = sides.iter().map(|side| unify_umlauts(folded(side))).collect();
    let is_number = |word: &String| word == "v" || word.chars().all(char::is_numeric);
    let before = words.iter().take_while(|word| sides.contains(word)).count();
    let after = words.iter().rev().take_while(|word| sides.contains(word) || is_number(word)).count();
    let mut cores = Vec::new();
    for start in 0..=before {
        for end in words.len() - after..=words.len() {
            if start < end {
                cores.push(words[start..end].concat());
            }
        }
    }
    cores
}

/// Spells `ä` and `ae` alike in a folded text, because authors without German keyboards write the latter.
fn unify_umlauts(folded: String) -> String {
    if !folded.contains("ae") && !folded.contains("oe") && !folded.contains("ue") {
        return folded;
    }
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}
