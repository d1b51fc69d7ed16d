//! The collection -> the language versions that the search finds.

use super::Collection;
use super::card::Card;
use super::facts::Facts;
use crate::read::numbers::Numbers;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// A language version that is searched: shared values, each with its stamp.
#[derive(Clone, Debug, Hash)]
pub struct Version {
    /// The text.
    pub statement: Stamped<Statement>,
    /// Its title, page, date and delegation.
    pub card: Stamped<Card>,
    /// Its topics, speaker and occasion.
    pub facts: Stamped<Facts>,
    /// The numbers of its paragraphs.
    pub numbers: Stamped<Numbers>,
}

/// Returns the versions that are searched: all but those withdrawn. The versions of a statement follow one another, the
/// main one first.
pub fn versions(collection: &Collection) -> Vec<Version> {
    let entries = collection.entries.iter().filter(|entry| !entry.known.withdrawn);
    entries
        .map(|entry| Version {
            statement: entry.known.statement.clone(),
            card: entry.known.card.clone(),
            facts: entry.known.facts.clone(),
            numbers: entry.numbers.clone(),
        })
        .collect()
}
