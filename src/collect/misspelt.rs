//! The topics of a collection without topic records -> those that are likely another's name with a slip.
//!
//! Without records a topic is whatever a statement says. One that a single statement has, and whose name differs by a
//! letter or two from one that others have, is likely the other.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::lists::{List, ListKind};
use super::names::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::key::Key;
use crate::read::fields::Named;
use crate::read::record::RecordKind;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// Letters of the longest name that is looked at: each letter more makes more ways to leave out two.
const LONGEST: usize = 40;

/// Letters of the shortest name in which two may be wrong.
const LONG: usize = 12;

/// A topic that is likely misspelt.
pub struct Misspelt {
    /// The file of the only statement that has it.
    origin: Arc<str>,
    name: Box<str>,
    /// The topic that is likely meant.
    meant: Box<str>,
}

/// Finds the topics that are likely misspelt. Names are looked up by what is left of them without a letter or two, so that
/// each is compared with the few that it may be, not with all.
pub fn find(lists: &BTreeMap<Key, List>, names: &Names<'_>) -> Vec<Misspelt> {
    if names.records(RecordKind::Topic).next().is_some() {
        return Vec::new();
    }
    let topics = || lists.iter().filter(|(_, list)| list.kind == ListKind::Topic);
    let mut known: HashMap<String, Vec<&str>> = HashMap::new();
    for (path, _) in topics().filter(|(_, list)| list.cards.len() > 1) {
        for left in with_letters_left_out(path.name()) {
            known.entry(left).or_default().push(path.name());
        }
    }
    let alone = topics().filter(|(_, list)| list.cards.len() == 1);
    let found = alone.filter_map(|(path, list)| {
        let name = path.name();
        let near = with_letters_left_out(name).into_iter().filter_map(|left| known.get(&left)).flatten();
        let near = near.copied().filter(|other| is_slip(name, other));
        let meant = near.min_by_key(|other| (strsim::damerau_levenshtein(name, other), *other))?;
        Some(Misspelt { origin: Arc::clone(&list.origin), name: name.into(), meant: meant.into() })
    });
    found.collect()
}

/// Tells of misspelt topics where they are written.
pub fn tell(misspelt: &[Misspelt], names: &Names<'_>, statements: &[Stamped<Statement>], out: &mut Vec<Diagnostic>) {
    if misspelt.is_empty() {
        return;
    }
    let mut of_file: HashMap<&Arc<str>, Vec<&Misspelt>> = HashMap::new();
    for one in misspelt {
        of_file.entry(&one.origin).or_default().push(one);
    }
    for statement in statements {
        for Misspelt { name, meant, .. } in of_file.get(&statement.path).into_iter().flatten() {
            let is_it = |topic: &&Named| names.key(RecordKind::Topic, topic) == *name;
            let Some(written) = statement.given_topics().find(is_it) else { continue };
            let message =
                format!("the topic `{}` is given to this statement alone, and others have `{meant}`", written.text);
            let help =
                format!("write `{meant}` if that is meant; records of all topics, in content/topics/, end the doubt");
            out.push(Diagnostic::new(Code::SimilarTopic, written.place(&statement.path), message).help(help));
        }
    }
}

/// Returns a name without any one and any two of its letters, and itself; nothing for one that is too long.
fn with_letters_left_out(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() > LONGEST || letters.len() < 5 {
        return Vec::new();
    }
    // Of a short name only one letter may differ.
    let furthest = |a: usize| if letters.len() + 1 < LONG { a + 1 } else { letters.len() };
    let without = |a: usize, b: usize| -> String {
        letters.iter().enumerate().filter(|(at, _)| *at != a && *at != b).map(|(_, letter)| *letter).collect()
    };
    let mut all = vec![name.to_owned()];
    for a in 0..letters.len() {
        all.extend((a..furthest(a)).map(|b| without(a, b)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns whether one name is likely the other with a slip: one letter, or two in a long name. Names that differ in a
/// digit are different (`phase-1`, `phase-2`).
fn is_slip(name: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let allowed = if name.chars().count() < LONG { 1 } else { 2 };
    name != other && digits(name) == digits(other) && strsim::damerau_levenshtein(name, other) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_a_letter_or_two() {
        for (name, other, slip) in [
            ("verfication", "verification", true),
            ("verificatoin", "verification", true),
            ("debri", "debris", true),
            ("mines", "mimes", true),
            ("phase-1", "phase-2", false),
            ("arms-race", "arms-trade", false),
            ("outer-space", "inner-space", false),
            ("naval-mines", "naval-mine", true),
        ] {
            assert_eq!(is_slip(name, other), slip, "{name} {other}");
            let (one, two) = (with_letters_left_out(name), with_letters_left_out(other));
            assert!(!slip || one.iter().any(|left| two.contains(left)), "{name} is looked up under {other}");
        }
    }
}
