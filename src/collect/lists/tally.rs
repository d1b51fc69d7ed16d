//! The statements of a list -> how many there are by year, delegation and topic.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::gathered::ListKind;
use crate::collect::Numbered;
use crate::collect::names::Ref;
use crate::key::{ByKey, Key};

/// What a list holds, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tally {
    /// How many statements it has.
    pub statements: usize,
    /// Whether all of them have the topic by rule only, because no editor gave it to any.
    pub by_rule: bool,
    /// The years that have statements, in ascending order: the earliest that a date can mean, and the number of
    /// statements.
    pub years: Vec<(i16, usize)>,
    /// The delegations that the statements are attributed to, those with most statements first. Each link leads to the
    /// delegation's position on the topic, if the list is of a topic and there is one.
    pub delegations: Vec<(Ref, usize)>,
    /// The topics of the statements, those with most statements first; only for a delegation. Each link leads to its
    /// position, if there is one.
    pub topics: Vec<(Ref, usize)>,
}

impl Tally {
    /// Returns how many statements have a date.
    pub fn dated(&self) -> usize {
        self.years.iter().map(|(_, count)| count).sum()
    }

    /// Returns the first and the last year with a statement; `None` without a dated one.
    pub fn span(&self) -> Option<(i16, i16)> {
        Some((self.years.first()?.0, self.years.last()?.0))
    }
}

/// The pages of positions, by delegation and topic.
pub type PositionPages<'a> = ByKey<(&'a Key, &'a Key), &'a Key>;

/// A subject that is counted. It hashes as its page's key, which is cheaper than hashing its title.
#[derive(PartialEq, Eq)]
struct Subject<'a>(&'a Ref);

impl Hash for Subject<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.key.hash(state);
    }
}

/// Counts what lists hold.
pub(super) struct Counter<'a> {
    pub(super) entries: &'a [&'a Numbered],
    /// The pages that replace those of delegations and topics where they exist.
    pub(super) positions: &'a PositionPages<'a>,
}

impl Counter<'_> {
    /// Counts the statements of the list at `key`, which are indices among the listed entries.
    pub(super) fn tally(&self, key: &Key, kind: ListKind, members: &[usize], by_rule: bool) -> Tally {
        let mut years: BTreeMap<i16, usize> = BTreeMap::new();
        let mut delegations: ByKey<Subject<'_>, usize> = ByKey::default();
        let mut topics: ByKey<Subject<'_>, usize> = ByKey::default();
        for entry in members.iter().map(|at| &self.entries[*at].known) {
            if let Some(date) = &entry.card.date {
                *years.entry(date.earliest().year()).or_default() += 1;
            }
            if let Some(delegation) = entry.card.attributed_to() {
                *delegations.entry(Subject(delegation)).or_default() += 1;
            }
            if kind == ListKind::Delegation {
                entry.facts.topics.iter().for_each(|topic| *topics.entry(Subject(topic)).or_default() += 1);
            }
        }
        let place = |delegation: Option<&Key>, topic: Option<&Key>| {
            self.positions.get(&(delegation?, topic?)).map(|page| Key::clone(page))
        };
        // A number leads to the delegation's position on the topic where there is one: that page has the counted texts.
        let of_delegation = |delegation: &Ref| match kind {
            ListKind::Topic => place(delegation.key.as_ref(), Some(key)),
            _ => None,
        };
        Tally {
            statements: members.len(),
            by_rule,
            years: years.into_iter().collect(),
            delegations: most_first(delegations, of_delegation),
            topics: most_first(topics, |topic| place(Some(key), topic.key.as_ref())),
        }
    }
}

/// Sorts what was counted, and replaces links where a better one exists.
fn most_first(counted: ByKey<Subject<'_>, usize>, better: impl Fn(&Ref) -> Option<Key>) -> Vec<(Ref, usize)> {
    let mut counted: Vec<(&Ref, usize)> = counted.into_iter().map(|(of, count)| (of.0, count)).collect();
    counted
        .sort_by(|(a, some), (b, others)| (Reverse(some), &a.title, &a.key).cmp(&(Reverse(others), &b.title, &b.key)));
    let link = |link: &Ref| Ref { title: link.title.clone(), key: better(link).or_else(|| link.key.clone()) };
    counted.into_iter().map(|(of, count)| (link(of), count)).collect()
}
