//! The collection -> the home page: its size by year and topic, and what is cited and repeated most in it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::passages::{most_repeated, row};
use super::{Layout, counted, main_cards};
use crate::collect::citations::Citation;
use crate::collect::lists::{List, ListKind, Tally, natural};
use crate::collect::names::{Counted, Ref};
use crate::collect::{Collection, LinkedText};
use crate::key::Key;
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::opening::is_courtesy;
use crate::render::page::Kind;
use crate::render::parts::{Cited, Heat, HomeParts, Parts, PassageRow};
use crate::stamp::Stamped;

/// The number of statements on the home page.
const LATEST: usize = 5;

/// The number of documents and of passages on the home page.
const MOST: usize = 5;

/// The number of topics in the table by decade.
const TOPICS: usize = 12;

/// The number of passages among which the home page looks for some that are not courtesies.
const LOOKED_AT: usize = 50;

impl Layout<'_> {
    /// Adds the home page; `home` is the text of `content/index.md`.
    pub(super) fn home(
        &mut self,
        home: Option<&LinkedText<PlainPage>>,
        ways: Stamped<Counted>,
        collection: &Collection,
    ) {
        let of_kind = |kind: ListKind| -> Counted {
            let lists = collection.lists.iter().filter(|(_, list)| list.kind == kind && !list.cards.is_empty());
            let mut links: Counted = lists.map(|(path, list)| counted(path, list)).collect();
            links.sort_by_cached_key(|(link, _)| natural(&link.title));
            links
        };
        let all = collection.lists.get(&Key::statements());
        let parts = HomeParts {
            page: home.map(|home| home.text.clone()),
            links: home.map_or_else(|| Stamped::new(Vec::new()), |home| home.links.clone()),
            latest: main_cards(collection).rev().filter(|card| card.date.is_some()).take(LATEST).cloned().collect(),
            ways,
            topics: Stamped::new(of_kind(ListKind::Topic)),
            tally: all.map_or_else(|| Stamped::new(Tally::default()), |all| all.tally.clone()),
            heat: Stamped::new(all.map(|all| heat(collection, all)).unwrap_or_default()),
            cited: Stamped::new(cited(collection)),
            passages: passages(collection),
        };
        let origin = home.map_or_else(|| "content/index.md".into(), |home| Arc::clone(&home.text.path));
        self.add(Kind::Home, SitePath::home(), &origin, Parts::HomeParts(parts));
    }
}

/// Counts the statements of the most frequent topics by decade, from the tallies of their lists.
fn heat(collection: &Collection, all: &List) -> Heat {
    let mut decades: BTreeMap<i16, usize> = BTreeMap::new();
    let decade = |year: i16| year.div_euclid(10) * 10;
    for (year, count) in &all.tally.years {
        *decades.entry(decade(*year)).or_default() += count;
    }
    let topics = collection.lists.iter().filter(|(_, list)| list.kind == ListKind::Topic && list.tally.dated() > 0);
    let mut topics: Vec<(&Key, &List)> = topics.collect();
    topics.sort_by_cached_key(|(_, list)| (Reverse(list.tally.dated()), natural(&list.head.title)));
    let row = |(key, list): &(&Key, &List)| {
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for (year, count) in &list.tally.years {
            *counts.entry(decade(*year)).or_default() += count;
        }
        let cells = decades.keys().map(|decade| counts.get(decade).copied().unwrap_or_default()).collect();
        let topic = Ref { title: list.head.title.clone(), key: Some(Key::clone(key)) };
        (topic, cells, list.tally.dated())
    };
    let shown = &topics[..TOPICS.min(topics.len())];
    Heat {
        rows: shown.iter().map(row).collect(),
        by_rule: shown.iter().any(|(_, list)| list.tally.by_rule),
        topics: topics.len(),
        decades: decades.into_iter().collect(),
    }
}

/// Returns the documents that most statements cite.
fn cited(collection: &Collection) -> Vec<Cited> {
    let mut most: Vec<(&Key, &Vec<Stamped<Citation>>)> = collection.citations.iter().collect();
    let order = |(key, citations): &(&Key, &Vec<Stamped<Citation>>)| (Reverse(citations.len()), Key::clone(key));
    // Only the first few are sorted: a large collection cites thousands of documents.
    if most.len() > MOST {
        most.select_nth_unstable_by_key(MOST, order);
        most.truncate(MOST);
    }
    most.sort_by_cached_key(order);
    let cited = |(key, citations): (&Key, &Vec<Stamped<Citation>>)| {
        let years = citations.iter().filter_map(|citation| citation.date.as_ref()).map(|date| date.earliest().year());
        Some(Cited {
            document: Ref { title: collection.lists.get(key)?.head.title.clone(), key: Some(key.clone()) },
            statements: citations.len(),
            paragraphs: citations.iter().map(|citation| citation.paragraphs.len()).sum(),
            years: years.clone().min().zip(years.max()),
        })
    };
    most.into_iter().filter_map(cited).collect()
}

/// Returns the passages that most delegations repeat, without courtesies.
fn passages(collection: &Collection) -> Vec<Stamped<PassageRow>> {
    let rows = most_repeated(collection, LOOKED_AT).into_iter().map(row);
    let says_something = |row: &PassageRow| !is_courtesy(&row.leader.statement.body.said(&row.shared));
    rows.filter(says_something).take(MOST).map(Stamped::new).collect()
}
