//! Authors -> their names in the order of a style.

use super::record::Author;
use crate::language::scripts::{has_capitals, is_east_asian, is_hangul};

/// Scripts whose names have no space between family and given name, and the family name first.
fn is_unspaced(name: &str) -> bool {
    name.chars().next().is_some_and(|c| is_east_asian(c) || is_hangul(c))
}

/// Scripts in which a given name is abbreviated to its first letter: Latin, Greek, Cyrillic, Armenian.
fn has_initials(name: &str) -> bool {
    name.chars().next().is_some_and(has_capitals)
}

/// Returns the name as it is said: `Jane Doe`.
pub(super) fn as_said(author: &Author) -> String {
    match author {
        Author::Person { family, given } if is_unspaced(family) => format!("{family}{given}"),
        Author::Person { family, given } => format!("{given} {family}"),
        Author::Name(name) => name.clone(),
    }
}

/// Returns the name as it is sorted: `Doe, Jane`.
pub(super) fn as_sorted(author: &Author) -> String {
    match author {
        Author::Person { family, .. } if is_unspaced(family) => as_said(author),
        Author::Person { family, given } => format!("{family}, {given}"),
        Author::Name(name) => name.clone(),
    }
}

/// Returns the name with initials: `Doe, J.-P. M.`
pub(super) fn with_initials(author: &Author) -> String {
    let Author::Person { family, given } = author else { return as_said(author) };
    if !has_initials(given) {
        return as_sorted(author);
    }
    let word = |word: &str| {
        let parts = word.split('-').filter_map(|part| part.chars().next());
        parts.map(|first| format!("{}.", first.to_uppercase())).collect::<Vec<_>>().join("-")
    };
    let initials: Vec<String> = given.split_whitespace().map(word).collect();
    format!("{family}, {}", initials.join(" "))
}

/// Returns the name by which a text refers to the author: `Doe`.
pub(super) fn short(author: &Author) -> &str {
    match author {
        Author::Person { family, .. } => family,
        Author::Name(name) => name,
    }
}
