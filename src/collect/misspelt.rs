//! The topics of a collection without topic records -> those that are probably another topic, misspelt.
//!
//! Without records a topic is whatever a statement names. A topic that only one statement has, and whose name differs
//! by a letter or two from another topic's, is probably that topic.

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

/// The length of the longest name that is checked, in letters: the number of ways to leave out two grows with its
/// square.
const LONGEST: usize = 40;

/// A name of at least this many letters may have two wrong ones.
const LONG: usize = 12;

/// A topic that is probably misspelt.
pub struct Misspelt {
    /// The file of the only statement that has it.
    origin: Arc<str>,
    /// Its key.
    name: Box<str>,
    /// The topic that is probably meant.
    meant: Box<str>,
}

/// Finds the topics that are probably misspelt. Names are indexed by what remains without one or two of their letters
/// (the symmetric deletes of SymSpell), so that each is compared with a few others instead of all.
pub fn find(lists: &BTreeMap<Key, List>, names: &Names<'_>) -> Vec<Misspelt> {
    // A site that defines its topics gets a diagnostic for each unknown one, so nothing has to be guessed.
    if names.records(RecordKind::Topic).next().is_some() {
        return Vec::new();
    }
    let topics = || lists.iter().filter(|(_, list)| list.kind == ListKind::Topic);
    let mut known: HashMap<String, Vec<&str>> = HashMap::new();
    // A spelling that several statements share is taken as right; only a single one may be a slip.
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
        // Of equally similar names always the same is suggested.
        let meant = near.min_by_key(|other| (strsim::damerau_levenshtein(name, other), *other))?;
        Some(Misspelt { origin: Arc::clone(&list.origin), name: name.into(), meant: meant.into() })
    });
    found.collect()
}

/// Reports misspelt topics where they are written.
pub fn report(misspelt: &[Misspelt], names: &Names<'_>, statements: &[Stamped<Statement>], out: &mut Vec<Diagnostic>) {
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
            let message = format!("only this statement has the topic `{}`, but others have `{meant}`", written.text);
            let help =
                format!("write `{meant}` if you mean that; if not, make records of all topics in content/topics/");
            out.push(Diagnostic::new(Code::SimilarTopic, written.place(&statement.path), message).help(help));
        }
    }
}

/// Returns a name and what remains of it without any one or two of its letters; nothing if it is too short or too long.
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

/// Returns whether a name is probably another one, misspelt in one letter, or in two if it is long. Names with
/// different digits are different names (`phase-1`, `phase-2`).
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
