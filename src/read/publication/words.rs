//! The words by which front matter speaks of publication: names of keys that Plenary does not know, and what is written
//! under them.
//!
//! The lists are closed: whoever writes front matter can read them in the manual, and a test holds the manual to them.
//! They name what keeps a text back in other programs and what people write in the languages of the United Nations, and
//! in German. Case, marks and separators make no difference.

mod names;
mod values;

use serde_yaml::Value;

use crate::read::stems::{folded, folded_words};
pub use names::{NAME_SIDES, NAMES, PARTS, STATES, TIMED};
use values::YES_OR_NO;
pub use values::{VALUE_SIDES, VALUES};

/// Returns whether the name of a key speaks of publication, given what is written under it.
pub(super) fn is_name(key: &str, value: &Value) -> bool {
    let folded_key = one(folded(key));
    let is = |word: &&str| one(folded(word)) == folded_key;
    if STATES.iter().any(is) {
        let is_other = |text: &str| text.trim().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        return !value.is_number() && !value.as_str().is_some_and(is_other);
    }
    PARTS.iter().any(|part| folded_key.contains(&one(folded(part))))
        || has(NAMES, &cores(key, NAME_SIDES))
        || is_when(value) && has(TIMED, &cores(key, NAME_SIDES))
}

/// The longest value that could be a mark of publication, in bytes; what is longer is a text.
const LONGEST: usize = 200;

/// Returns whether what is written under a key speaks of publication: as a whole or in one of the parts between dashes,
/// commas and the like, and whatever number follows (`DRAFT 2 - not for release`).
pub(super) fn is_value(value: &str) -> bool {
    if value.len() > LONGEST {
        return false;
    }
    let parts =
        value.split([',', ';', ':', '/', '|', '(', ')', '[', ']', '–', '—', '،']).flat_map(|part| part.split(" - "));
    let parts: Vec<String> = parts.flat_map(|part| cores(part, VALUE_SIDES)).collect();
    has(VALUES, &parts)
}

/// Returns whether a value is a date, or says yes or no.
fn is_when(value: &Value) -> bool {
    let Value::String(text) = value else { return value.is_bool() };
    let text = text.trim();
    let is_year = |word: &String| word.chars().count() == 4 && word.chars().all(char::is_numeric);
    text.starts_with(char::is_numeric) && text.len() <= LONGEST && folded_words(text).iter().any(is_year)
        || has(YES_OR_NO, &[one(folded(text))])
}

/// Returns whether one of the texts, which are in one spelling, is in a list.
fn has(list: &[&str], texts: &[String]) -> bool {
    !texts.is_empty() && list.iter().any(|word| texts.contains(&one(folded(word))))
}

/// Returns what remains of a text, in one spelling, as it is and without any of the words that may be on its sides. A
/// number may follow in any case, with a `v` before it.
fn cores(text: &str, sides: &[&str]) -> Vec<String> {
    let words: Vec<String> = folded_words(text).into_iter().map(one).collect();
    let sides: Vec<String> = sides.iter().map(|side| one(folded(side))).collect();
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

/// Returns a folded text with `ä` and `ae` spelt alike, as German keyboards and file systems have both.
fn one(folded: String) -> String {
    if !folded.contains("ae") && !folded.contains("oe") && !folded.contains("ue") {
        return folded;
    }
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}
