//! The stages of a statement's language version on its way through the collection, each complete.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::card::Card;
use super::citable::Citable;
use super::facts::Facts;
use super::links::Resolved;
use super::mentions::{Mention, Naming};
use super::numbers::NumbersByFile;
use super::rules::ByRule;
use super::version::VersionRef;
use crate::key::Key;
use crate::read::numbers::Numbers;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// A language version whose front matter is resolved against records, tables and the other statements.
#[derive(Clone, Debug)]
pub struct Known {
    /// The id of the statement, the same for all its versions.
    pub id: Box<str>,
    /// The text as it was read.
    pub statement: Stamped<Statement>,
    /// Its page.
    pub key: Key,
    /// Whether it is the version that lists show.
    pub is_main: bool,
    /// Whether it or the main version is withdrawn.
    pub withdrawn: bool,
    /// What its front matter means.
    pub facts: Stamped<Facts>,
    /// How lists show it.
    pub card: Stamped<Card>,
    /// What citations say of it.
    pub citable: Stamped<Citable>,
    /// The topics that rules found in it, with the paragraphs.
    pub by_rule: Arc<Box<ByRule>>,
    /// The documents that its text mentions.
    pub mentions: Stamped<Vec<Mention>>,
    /// All versions of the statement, the main one first.
    pub versions: Stamped<Vec<VersionRef>>,
}

impl Known {
    /// Returns whether lists, feeds and neighbours include it.
    pub fn is_listed(&self) -> bool {
        self.is_main && !self.withdrawn
    }
}

/// A language version whose paragraphs have their numbers.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// The version before it had numbers.
    pub known: Arc<Known>,
    /// The numbers of its paragraphs.
    pub numbers: Stamped<Numbers>,
}

/// A language version whose links lead somewhere.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The version before its links were resolved.
    pub known: Arc<Known>,
    /// The numbers of its paragraphs.
    pub numbers: Stamped<Numbers>,
    /// Where its links lead, in the order of `Body::links`.
    pub links: Stamped<Vec<Resolved>>,
}

/// A language version with all its connections: what its page is made of.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Facts, card and siblings.
    pub known: Arc<Known>,
    /// The numbers of its paragraphs.
    pub numbers: Stamped<Numbers>,
    /// Where its links lead, in the order of `Body::links`.
    pub links: Stamped<Vec<Resolved>>,
    /// Delegations, groups, forums and topics that its text names.
    pub namings: Stamped<Vec<Naming>>,
    /// The statements that its front matter names.
    pub see_also: Vec<Stamped<Card>>,
}

/// A plain page or a record's introduction with its links.
pub struct LinkedText<T> {
    /// The text.
    pub text: Stamped<T>,
    /// Its page.
    pub key: Key,
    /// Where its links lead, in the order of `Body::links`.
    pub links: Stamped<Vec<Resolved>>,
}

/// Gives each version its numbers; a version without any is counted from 1.
pub(super) fn numbered(known: Vec<Arc<Known>>, numbers: &NumbersByFile) -> Vec<Numbered> {
    let counted = Stamped::new(Numbers::default());
    let of = |known: Arc<Known>| {
        let numbers = numbers.get(&known.statement.path).unwrap_or(&counted).clone();
        Numbered { known, numbers }
    };
    known.into_iter().map(of).collect()
}

/// Completes the entries; `namings` is `None` if the site does not link names.
pub(super) fn entries(linked: Vec<Linked>, namings: Option<Vec<Stamped<Vec<Naming>>>>) -> Vec<Entry> {
    let none = Stamped::new(Vec::new());
    let see_also = see_also(&linked);
    let mut namings = namings.into_iter().flatten();
    let entry = |(Linked { known, numbers, links }, see_also)| Entry {
        known,
        numbers,
        links,
        namings: namings.next().unwrap_or_else(|| none.clone()),
        see_also,
    };
    linked.into_iter().zip(see_also).map(entry).collect()
}

/// Returns for each version the cards of the statements under `see_also` in its front matter.
fn see_also(all: &[Linked]) -> Vec<Vec<Stamped<Card>>> {
    // Few texts have `see_also`: the table is made only if one does.
    let cards = LazyCell::new(|| {
        let main = all.iter().map(|version| &*version.known).filter(|known| known.is_main);
        main.map(|known| (&*known.id, &known.card)).collect::<HashMap<_, _>>()
    });
    let of = |version: &Linked| {
        let ids = version.known.statement.front.see_also.iter();
        ids.filter_map(|id| cards.get(&*id.text).copied().cloned()).collect()
    };
    all.iter().map(of).collect()
}
