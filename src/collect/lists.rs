//! Works and their facts -> the lists: all statements on a topic, by a delegation, in a meeting, of a year.

mod branches;
mod by_language;
mod gathered;
mod head;
mod referred;
mod spoken_for;
mod tally;

use std::collections::BTreeMap;
use std::sync::Arc;

use branches::Branches;
pub use branches::{Below, natural};
use gathered::{Gathered, list_kind};
pub use gathered::{ListKind, speaks_for_others};
pub use head::{Fact, Head};
pub use spoken_for::SpokenFor;
pub use tally::{PositionPages, Tally};

use super::Numbered;
use super::card::Card;
use super::citable::Citable;
use super::names::{Names, Ref, key_of};
use super::title::Title;
use crate::key::{Key, KeyMap};
use crate::read::record::{Record, RecordKind};
use crate::stamp::{Stamp, Stamped};

/// A list and its page.
pub struct List {
    /// What it is a list of.
    pub kind: ListKind,
    /// The head of its page.
    pub head: Stamped<Head>,
    /// The record of its subject.
    pub record: Option<Stamped<Record>>,
    /// The cards of its statements, oldest first; for a meeting in speaking order.
    pub cards: Vec<Stamped<Card>>,
    /// The cards of statements that have the topic only by rule.
    pub rule_cards: Vec<Stamped<Card>>,
    /// What citations say of all of these, in the same order. Only sites that publish citation files pay for it.
    pub citable: Stamped<Vec<Stamped<Citable>>>,
    /// Whether one of its statements says when it was added to the collection.
    pub has_added: bool,
    /// How many statements it has by year, delegation and topic: of `cards` or, without any, of `rule_cards`.
    pub tally: Stamped<Tally>,
    /// The same of `rule_cards`.
    pub rule_tally: Stamped<Tally>,
    /// The file that named it first, for messages.
    pub origin: Arc<str>,
}

/// Returns the stamp of everything that lists are made from.
pub fn stamp(all: &[Numbered], names: &Names<'_>, below: &[Below]) -> Stamp {
    let parts = |entry: &Numbered| {
        (
            entry.known.is_listed(),
            Arc::clone(&entry.known.statement.path),
            entry.known.facts.stamp(),
            entry.known.card.stamp(),
            entry.known.versions.stamp(),
            entry.known.citable.stamp(),
        )
    };
    Stamp::of(&(names.stamp, all.iter().map(parts).collect::<Vec<_>>(), below))
}

/// Makes every list. Its members are main versions that are not withdrawn. A subject that only another version or a
/// withdrawn statement refers to has a page all the same, so that no link leads nowhere. `positions` are among what
/// `below` leads to.
pub fn lists(
    all: &[Numbered],
    names: &Names<'_>,
    below: Vec<Below>,
    positions: &PositionPages<'_>,
) -> BTreeMap<Key, List> {
    let entries: Vec<&Numbered> = all.iter().filter(|entry| entry.known.is_listed()).collect();
    let records = records_by_path(names);
    let mut gathered = gather(all, &records, &SpokenFor::new(&records, names));
    referred::add_referred(&mut gathered, &records, names);
    // In a meeting, those whose turn is not recorded come last, in the order of the collection.
    for list in gathered.values_mut().filter(|list| list.kind == ListKind::Meeting) {
        list.members.sort_by_key(|at| (entries[*at].known.facts.speaking_order.unwrap_or(u32::MAX), *at));
    }
    let texts = by_language::add(all, &mut gathered);
    let counter = tally::Counter { entries: &entries, positions };
    let branches = Branches::new(&gathered, &records, below, names);
    let cards = |members: &[usize]| -> Vec<_> { members.iter().map(|at| entries[*at].known.card.clone()).collect() };
    gathered
        .iter()
        .map(|(path, list)| {
            let record = records.get(path).copied().cloned();
            let tally = |members: &[usize], by_rule| Stamped::new(counter.tally(path, list.kind, members, by_rule));
            let rule_tally = tally(&list.rule_members, true);
            // Where nobody tagged a text by hand, the counts on the page are of those found by rule.
            let is_by_rule = list.members.is_empty() && !list.rule_members.is_empty();
            let tally = if is_by_rule { rule_tally.clone() } else { tally(&list.members, false) };
            // The topic's own files have the citations of its texts in every language.
            let is_cited = list.kind != ListKind::TopicInLanguage;
            let citable = list.members.iter().chain(&list.rule_members).filter(|_| is_cited);
            let citable = Stamped::new(citable.map(|at| entries[*at].known.citable.clone()).collect::<Vec<_>>());
            let in_language = texts.get(path).cloned();
            let (cards, rule_cards) = in_language.unwrap_or_else(|| (cards(&list.members), cards(&list.rule_members)));
            let of_simulation = !cards.is_empty() && cards.iter().chain(&rule_cards).all(|card| card.simulated);
            let has_added = cards.iter().chain(&rule_cards).any(|card| card.added.is_some());
            let mut head = head::head(path, list, record.as_ref(), names, &branches);
            head.simulated |= of_simulation;
            let made = List {
                kind: list.kind,
                head: Stamped::new(head),
                record,
                cards,
                rule_cards,
                citable,
                has_added,
                tally,
                rule_tally,
                origin: Arc::clone(&list.origin),
            };
            (path.clone(), made)
        })
        .collect()
}

/// Returns the records by the pages of their subjects.
pub fn records_by_path<'a>(names: &'a Names<'_>) -> BTreeMap<Key, &'a Stamped<Record>> {
    let mut records = BTreeMap::new();
    for kind in RecordKind::ALL {
        for record in names.records(kind) {
            if let Ok(path) = names.page(kind, &key_of(record), &record.slug) {
                records.insert(path, record);
            }
        }
    }
    records
}

/// Gathers the members of every list. Members are indices among the listed entries.
fn gather(
    all: &[Numbered],
    records: &BTreeMap<Key, &Stamped<Record>>,
    spoken_for: &SpokenFor<'_>,
) -> BTreeMap<Key, Gathered> {
    let mut lists: KeyMap<Gathered> = KeyMap::default();
    let mut open =
        |kind: ListKind, path: &Key, title: &Title, origin: &Arc<str>, member: Option<usize>, by_rule: bool| {
            let list = lists.entry(path.clone()).or_insert_with(|| Gathered {
                kind,
                title: title.clone(),
                origin: Arc::clone(origin),
                members: Vec::new(),
                rule_members: Vec::new(),
            });
            let members = if by_rule { &mut list.rule_members } else { &mut list.members };
            // One statement may refer to a subject in two ways. Members are added in order, so the last one tells.
            if let Some(member) = member.filter(|member| members.last() != Some(member)) {
                members.push(member);
            }
        };
    {
        let (path, title) = (Key::statements(), Title::entry("room.statements"));
        open(ListKind::All, &path, &title, &"the list of all statements".into(), None, false);
        for (at, entry) in all.iter().filter(|entry| entry.known.is_listed()).enumerate() {
            open(ListKind::All, &path, &title, &entry.known.statement.path, Some(at), false);
        }
    }
    // Every record has a page, even if no statement refers to it yet.
    for (path, record) in records {
        open(list_kind(record.kind()), path, &Title::of_record(record), &record.path, None, false);
    }
    // Entries that are not listed, such as translations, open the lists that they refer to without being members.
    let mut listed = 0..;
    for entry in all {
        let member = if entry.known.is_listed() { listed.next() } else { None };
        let (facts, origin) = (&entry.known.facts, &entry.known.statement.path);
        let mut add = |kind, reference: &Ref, by_rule| {
            if let Some(path) = &reference.key {
                open(kind, path, &reference.title, origin, member, by_rule);
            }
        };
        facts.topics.iter().for_each(|topic| add(ListKind::Topic, topic, false));
        facts.rule_topics.iter().for_each(|topic| add(ListKind::Topic, topic, true));
        let cited = facts.references.iter().chain(&facts.documents);
        cited.for_each(|document| add(ListKind::Document, document, false));
        facts.delegation.iter().for_each(|delegation| add(ListKind::Delegation, delegation, false));
        for party in &facts.on_behalf_of {
            let is_group = party.key.as_ref().is_some_and(|path| path.kind() == Some(RecordKind::Group));
            add(if is_group { ListKind::Group } else { ListKind::Delegation }, party, false);
            // A joint statement is listed with every delegation on whose behalf it was given.
            for group in party.key.iter().filter(|_| is_group) {
                let members = spoken_for.on(group, entry.known.card.date.as_ref());
                members.for_each(|delegation| add(ListKind::Delegation, delegation, false));
            }
        }
        if let Some(speaker) = &facts.speaker {
            add(ListKind::Speaker, &Ref { title: speaker.name.clone().into(), key: speaker.key.clone() }, false);
        }
        let kinds: &[ListKind] = match facts.has_session {
            true => &[ListKind::Forum, ListKind::Session, ListKind::Meeting],
            false => &[ListKind::Forum, ListKind::Meeting],
        };
        for (kind, part) in kinds.iter().zip(&facts.occasion) {
            add(*kind, part, false);
        }
        // Nothing links to the year of an entry that is not listed, so it opens no list.
        if let (Some(date), Some(_)) = (&entry.known.card.date, member) {
            for year in date.listed_years() {
                let title = format!("{year:04}").into();
                add(ListKind::Year, &Ref { title, key: Key::year(year).ok() }, false);
            }
        }
    }
    lists.into_iter().collect()
}
