//! What is said on topics, and the delegations' lists -> for each topic, who has spoken on it in which year, and which
//! delegations are known to have no text on it in the collection.

mod evidence;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use evidence::{Evidence, Subject};

use super::Numbered;
use super::lists::{Below, List, ListKind, SpokenFor, records_by_path};
use super::names::{Names, Ref};
use super::positions::{self, OnTopic, Position, Positions, Said, SaidByTopic};
use super::title::Title;
use crate::key::{ByKey, Key, KeySet};
use crate::path::SitePath;
use crate::read::date::Date;
use crate::stamp::{Stamp, Stamped};

/// Who has spoken on a topic, and when: in all years, or in a decade if one table would be too large.
#[derive(Debug)]
pub struct Matrix {
    /// The topic.
    pub topic: Ref,
    /// The table.
    pub table: Stamped<Table>,
}

/// Years, and what each delegation did in them.
#[derive(Debug, Hash)]
pub struct Table {
    /// The years of which the collection has any statement, between the first and the last on the topic.
    pub years: Vec<i16>,
    /// Delegations with statements on the topic, by name, with a cell for each year.
    pub rows: Vec<(Ref, Vec<Cell>)>,
    /// Delegations with statements of these years none of which is on the topic, as far as can be known.
    pub without: Vec<Ref>,
    /// Delegations with statements of these years that nobody tagged with the topic, so that nothing is known.
    pub untagged: Vec<Ref>,
    /// How many statements of these years delegations have in all.
    pub texts: usize,
    /// How many of these may be on the topic unnoticed: nobody tagged them with it, nor judged them for topics.
    pub untagged_texts: usize,
    /// The pages of all decades, the latest first; titles such as `2010s`. Empty if one table has all years.
    pub decades: Vec<Ref>,
    /// Whether all statements in it were made in simulations.
    pub simulated: bool,
}

/// What the collection has of a delegation and a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// No statement.
    Nothing,
    /// No statement that is certainly of the year, but one that may be: it has no date or an imprecise one.
    Unsure,
    /// This many statements, none of which is on the topic, as far as can be known.
    Without(usize),
    /// This many statements, which nobody tagged with the topic.
    Untagged(usize),
    /// Statements on the topic.
    Spoke {
        /// Those that an editor gave the topic to.
        given: Vec<CellLink>,
        /// Those in which only a rule found it.
        by_rule: Vec<CellLink>,
    },
}

/// A link from a cell to statements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CellLink {
    /// How many statements it leads to.
    pub count: usize,
    /// The page.
    pub page: SitePath,
    /// Whether it is the page of a position, which is there in each language of the site; a text is in its own.
    pub is_position: bool,
    /// The anchor on the page; empty for its beginning.
    pub anchor: Box<str>,
}

/// A topic has a matrix from this many statements on.
const STATEMENTS: usize = 2;

/// A table with more cells than this is divided into decades: it would be a page of more than a megabyte.
const CELLS: usize = 8000;

/// The maximum number of years for which an imprecise date counts.
const LONGEST: usize = 200;

/// Returns the dated statements on each topic that has enough of them.
fn topics(said: &[Arc<SaidByTopic>]) -> BTreeMap<&Key, OnTopic<'_>> {
    let mut topics: BTreeMap<&Key, OnTopic<'_>> = BTreeMap::new();
    for (topic, said) in said.iter().flat_map(|of| &of.said) {
        if let (Some(path), Some(_), Some(_)) = (&topic.key, &said.card.date, said.card.attributed_to()) {
            topics.entry(path).or_insert((topic, Vec::new())).1.push(said);
        }
    }
    topics.retain(|_, (_, said)| {
        // Before they are counted: a topic must not get a table for its simulations.
        positions::keep_real(said);
        said.len() >= STATEMENTS
    });
    topics
}

/// Returns the stamp of everything that matrices are made from. Titles and texts of statements are not in it: those
/// change most often, and no table shows them.
pub fn stamp(entries: &[Numbered], names: &Names<'_>, below: &[Below], said: &[Arc<SaidByTopic>]) -> Stamp {
    let parts = |entry: &Numbered| {
        let known = &entry.known;
        // What else a table needs of a card, such as who delivered it, follows from the facts.
        (known.key.clone(), known.is_listed(), known.facts.stamp(), known.card.date.clone())
    };
    Stamp::of(&(names.stamp, entries.iter().map(parts).collect::<Vec<_>>(), below, places(said)))
}

/// Returns where the links of cells lead, as values to stamp.
fn places(said: &[Arc<SaidByTopic>]) -> Vec<(Stamp, usize, Option<u32>)> {
    let place = |said: &Said| (said.numbers.stamp(), said.paragraphs.len(), said.paragraphs.first().copied());
    let found = |(_, anchor): &(Ref, Box<str>)| (Stamp::of(anchor), 0, None);
    said.iter().flat_map(|of| of.said.iter().map(|(_, said)| place(said)).chain(of.found.iter().map(found))).collect()
}

/// Returns the links to the matrices that the topics' pages have.
pub fn below(said: &[Arc<SaidByTopic>]) -> Vec<Below> {
    let link = |path: &Key| Below {
        list: Some(path.clone()),
        label: Title::entry("branch.over-time"),
        link: Ref { title: Title::entry("branch.who-has-spoken"), key: Key::matrix(path, None).ok() },
        count: None,
    };
    topics(said).into_keys().map(link).collect()
}

/// Returns the title of a decade, by its first year.
pub fn decade_title(decade: i16) -> Title {
    Title::filled(format!("{decade:04}s"), "date.decade", [("year", format!("{decade:04}").into())])
}

/// Makes the matrices, by their pages. A joint statement counts for every delegation on whose behalf it was made.
pub fn matrices(
    said: &[Arc<SaidByTopic>],
    positions: &Positions,
    lists: &BTreeMap<Key, List>,
    entries: &[Numbered],
    names: &Names<'_>,
) -> BTreeMap<Key, Matrix> {
    let topics = topics(said);
    if topics.is_empty() {
        return BTreeMap::new();
    }
    let records = records_by_path(names);
    let groups = SpokenFor::new(&records, names);
    let evidence = Evidence::new(entries, names, &groups);
    let not_judged = entries.iter().map(|entry| &entry.known).filter(|known| known.is_listed() && !known.facts.judged);
    let not_judged: KeySet<'_> = not_judged.map(|known| &known.key).collect();
    let mut found: ByKey<&Key, ByKey<&Key, &str>> = ByKey::default();
    for of in said {
        for (topic, anchor) in &of.found {
            let Some(topic) = topic.key.as_ref().filter(|path| topics.contains_key(path)) else { continue };
            found.entry(topic).or_default().insert(&of.page, anchor);
        }
    }
    let nowhere = ByKey::default();
    // A table is of real statements or of simulated ones, never of both.
    let [real, simulated] = [false, true].map(|simulated| {
        let lists = lists.iter().filter(|(_, list)| list.kind == ListKind::Delegation && !list.cards.is_empty());
        lists.map(|(path, list)| Delegation::new(path, list, simulated)).collect::<Vec<Delegation<'_>>>()
    });
    let positions_of = positions.iter().filter_map(|(page, position)| {
        let delegation = positions::delegation(&position.said)?.key.as_ref()?;
        Some(((delegation, position.topic.key.as_ref()?), (page, position)))
    });
    let positions: ByTopic<'_> = positions_of.collect();
    let of_topic = |(path, (topic, said)): (&Key, OnTopic<'_>)| {
        let mut matrices = Vec::new();
        let is_simulated = said.iter().all(|said| said.card.simulated);
        let delegations = if is_simulated { &simulated } else { &real };
        let found = found.get(path).unwrap_or(&nowhere);
        // A year in which only a rule found the topic is one in which somebody spoke.
        let by_rule = delegations.iter().flat_map(|delegation| &delegation.by_year);
        let by_rule = by_rule.filter(|(_, texts)| texts.iter().any(|text| found.contains_key(*text)));
        let years = said.iter().filter_map(|said| year(said.card.date.as_ref()));
        let years: BTreeSet<i16> = years.chain(by_rule.map(|(year, _)| *year)).collect();
        let (Some(first), Some(last)) = (years.first(), years.last()) else { return matrices };
        let decades: BTreeSet<i16> = years.iter().map(|year| year.div_euclid(10) * 10).collect();
        // The latest decade has the address without a decade, which stays the same as the years go by.
        let page = |decade: i16, is_latest: bool| match is_latest {
            true => Key::matrix(path, None).ok(),
            false => Key::matrix(path, Some(decade)).ok(),
        };
        let pages: Vec<(i16, Ref)> = decades
            .iter()
            .rev()
            .enumerate()
            .map(|(at, decade)| (*decade, Ref { title: decade_title(*decade), key: page(*decade, at == 0) }))
            .collect();
        let all = *first..=*last;
        let held = delegations.iter().filter(|delegation| delegation.by_year.range(all.clone()).next().is_some());
        let is_one = held.count() * usize::from(last.abs_diff(*first) + 1) <= CELLS;
        let pages = if is_one { pages[..1].to_vec() } else { pages };
        let on_topic = OnTopicByPage {
            topic: path,
            said: said.iter().map(|said| (&said.card.key, *said)).collect(),
            found,
            subject: evidence.subject(path),
            not_judged: &not_judged,
        };
        for (decade, link) in &pages {
            let Some(page) = &link.key else { continue };
            let within = if is_one { all.clone() } else { *first.max(decade)..=*last.min(&(decade + 9)) };
            let table = Table {
                decades: pages.iter().filter(|_| !is_one).map(|(_, link)| link.clone()).collect(),
                simulated: is_simulated,
                ..table(&on_topic, delegations, &evidence, &positions, within)
            };
            matrices.push((page.clone(), Matrix { topic: topic.clone(), table: Stamped::new(table) }));
        }
        matrices
    };
    topics.into_par_iter().flat_map_iter(of_topic).collect()
}

/// Positions and their pages, by delegation and topic.
type ByTopic<'a> = ByKey<(&'a Key, &'a Key), (&'a Key, &'a Position)>;

/// A delegation with its statements by year.
struct Delegation<'a> {
    path: &'a Key,
    name: &'a str,
    by_year: BTreeMap<i16, Vec<&'a Key>>,
    /// Further years that statements with imprecise dates may be of.
    maybe: BTreeSet<i16>,
    /// Whether it has a statement without a date.
    has_undated: bool,
}

impl<'a> Delegation<'a> {
    fn new(path: &'a Key, list: &'a List, simulated: bool) -> Delegation<'a> {
        let (by_year, maybe) = (BTreeMap::new(), BTreeSet::new());
        let mut delegation = Delegation { path, name: &list.head.title, by_year, maybe, has_undated: false };
        for card in list.cards.iter().filter(|card| card.simulated == simulated) {
            match &card.date {
                None => delegation.has_undated = true,
                Some(date) => {
                    let (first, last) = (date.earliest().year(), date.latest().year());
                    delegation.by_year.entry(first).or_default().push(&card.key);
                    // An open interval (`1990/..`) is not evidence for a single year centuries later.
                    delegation.maybe.extend((first + 1..=last).take(LONGEST));
                }
            }
        }
        delegation
    }

    fn link(&self, path: &Key) -> Ref {
        Ref { title: self.name.into(), key: Some(path.clone()) }
    }
}

/// The statements on a topic by their pages, and what claims about the topic need.
struct OnTopicByPage<'a> {
    topic: &'a Key,
    said: ByKey<&'a Key, &'a Stamped<Said>>,
    /// Statements that a rule finds the topic in without counting as on it, by page, with the anchor.
    found: &'a ByKey<&'a Key, &'a str>,
    subject: Subject,
    /// All statements that nobody judged for topics, by their pages.
    not_judged: &'a KeySet<'a>,
}

/// Makes the table of the years `within`, without its links to other decades.
fn table(
    on_topic: &OnTopicByPage<'_>,
    delegations: &[Delegation<'_>],
    evidence: &Evidence<'_>,
    positions: &ByTopic<'_>,
    within: std::ops::RangeInclusive<i16>,
) -> Table {
    let held = delegations.iter().flat_map(|delegation| delegation.by_year.range(within.clone()));
    let years: BTreeSet<i16> = held.clone().map(|(year, _)| *year).collect();
    // A joint statement is held of several delegations, but is one text.
    let texts: KeySet<'_> = held.flat_map(|(_, texts)| texts.iter().copied()).collect();
    let untagged_texts = texts.iter().filter(|text| on_topic.is_open(text)).count();
    let (mut rows, mut without, mut untagged) = (Vec::new(), Vec::new(), Vec::new());
    for delegation in delegations {
        let position = positions.get(&(delegation.path, on_topic.topic)).copied();
        // The most that can be claimed, in this order: it spoke; it is known not to have; nothing is known.
        let of_year = |year: &i16| match delegation.by_year.get(year) {
            None if delegation.has_undated || delegation.maybe.contains(year) => Cell::Unsure,
            None => Cell::Nothing,
            Some(held) => match on_topic.spoke(held, delegation.path, position) {
                Some(spoke) => spoke,
                None if evidence.excludes(delegation.path, *year, &on_topic.subject) => Cell::Without(held.len()),
                None => Cell::Untagged(held.len()),
            },
        };
        let cells: Vec<Cell> = years.iter().map(of_year).collect();
        if cells.iter().any(|cell| matches!(cell, Cell::Spoke { .. })) {
            rows.push((delegation.link(position.map_or(delegation.path, |(page, _)| page)), cells));
        } else if cells.iter().any(|cell| matches!(cell, Cell::Untagged(_))) {
            untagged.push(delegation.link(delegation.path));
        } else if cells.iter().any(|cell| matches!(cell, Cell::Without(_))) {
            without.push(delegation.link(delegation.path));
        }
    }
    rows.sort_by_cached_key(|(link, _)| link.title.to_lowercase());
    without.sort_by_cached_key(|link| link.title.to_lowercase());
    untagged.sort_by_cached_key(|link| link.title.to_lowercase());
    let years = years.into_iter().collect();
    let (texts, decades) = (texts.len(), Vec::new());
    Table { years, rows, without, untagged, texts, untagged_texts, decades, simulated: false }
}

impl OnTopicByPage<'_> {
    /// Returns whether a text may be on the topic without anyone having noticed.
    fn is_open(&self, text: &Key) -> bool {
        self.not_judged.contains(text) && !self.said.contains_key(text) && !self.found.contains_key(text)
    }

    /// Returns the cell for those of a delegation's statements `held` that are on the topic; `None` if none is. What an
    /// editor tagged and what a rule found are kept apart, so that the page can say which it is.
    fn spoke(&self, held: &[&Key], delegation: &Key, position: Option<(&Key, &Position)>) -> Option<Cell> {
        let said = held.iter().filter_map(|path| self.said.get(*path)).map(|said| &***said);
        let (by_rule, given): (Vec<&Said>, Vec<&Said>) = said.partition(|said| said.by_rule);
        let found = held.iter().filter_map(|path| {
            let anchor = *self.found.get(*path)?;
            Some(CellLink { count: 1, page: path.path().clone(), is_position: false, anchor: anchor.into() })
        });
        let given = places_of(&given, delegation, position);
        let by_rule: Vec<CellLink> = places_of(&by_rule, delegation, position).into_iter().chain(found).collect();
        (!given.is_empty() || !by_rule.is_empty()).then_some(Cell::Spoke { given, by_rule })
    }
}

/// Returns the links to statements on the topic. Several of the delegation's own lead to the page of its position; a
/// single one, and each that it made together with others, leads to its first paragraph on the topic.
fn places_of(said: &[&Said], delegation: &Key, position: Option<(&Key, &Position)>) -> Vec<CellLink> {
    let (own, mut alone): (Vec<&Said>, Vec<&Said>) =
        said.iter().partition(|said| positions::own_delegation(said) == Some(delegation));
    let together = match (&own[..], position) {
        ([_, .., last], Some((page, position))) => position.page_of(page, &last.card.key).map(|page| {
            let year = year(last.card.date.as_ref()).unwrap_or_default();
            CellLink { count: own.len(), page, is_position: true, anchor: format!("page-year-{year:04}").into() }
        }),
        _ => None,
    };
    // Without a page of the position, each of them needs its own link.
    if together.is_none() {
        alone.splice(..0, own);
    }
    let alone = alone.into_iter().map(|said| {
        let anchor = said.paragraphs.first().map(|at| format!("p{}", said.numbers.of(*at)));
        let (page, anchor) = (said.card.key.path().clone(), anchor.unwrap_or_default().into());
        CellLink { count: 1, page, is_position: false, anchor }
    });
    together.into_iter().chain(alone).collect()
}

/// Returns the earliest year that a date can mean.
fn year(date: Option<&Date>) -> Option<i16> {
    date.map(|date| date.earliest().year())
}
