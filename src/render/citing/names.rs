//! Authors -> their names in the order of a style.

use super::record::Author;
use crate::language::scripts::{has_capitals, is_east_asian, is_hangul};

/// Returns whether a name is in a script that has no space between family and given name, and puts the family name
/// first.
fn is_unspaced(name: &str) -> bool {
    name.chars().next().is_some_and(|c| is_east_asian(c) || is_hangul(c))
}

/// Returns whether a name is in a script that abbreviates given names to initials: Latin, Greek, Cyrillic, Armenian.
fn has_initials(name: &str) -> bool {
    name.chars().next().is_some_and(has_capitals)
}

/// Returns the name in spoken order: `Jane Doe`.
pub(super) fn as_said(author: &Author) -> String {
    match author {
        Author::Person { family, given } if is_unspaced(family) => format!("{family}{given}"),
        Author::Person { family, given } => format!("{given} {family}"),
        Author::Name(name) => name.clone(),
    }
}

/// Returns the name in sorted order: `Doe, Jane`.
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
