//! What is said on topics, and the delegations' lists -> for each topic, who has spoken on it in which year, and of whom
//! it is known that no text held is on it.

mod evidence;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use evidence::{Evidence, Subject};

use super::Numbered;
use super::lists::{Below, List, ListKind, SpokenFor, records_by_path};
use super::names::{Names, Ref};
use super::positions::{self, OfStatement, Position, Positions, Said};
use crate::key::Key;
use crate::path::SitePath;
use crate::read::date::Date;
use crate::stamp::{Stamp, Stamped};

/// Who has spoken on a topic, and when: one decade of it.
#[derive(Debug)]
pub struct Matrix {
    pub topic: Ref,
    pub table: Stamped<Table>,
}

/// The years of a decade and what each delegation did in them.
#[derive(Debug, Hash)]
pub struct Table {
    /// The years in which anybody's statements are held, from the first on the topic to the last.
    pub years: Vec<i16>,
    /// Those of whom statements on the topic are held, by name, with a cell for each year.
    pub rows: Vec<(Ref, Vec<Cell>)>,
    /// Those of whom other statements are held from these years, and it is known that none of them is on the topic.
    pub without: Vec<Ref>,
    /// Those of whom other statements are held from these years, which nobody tagged with the topic.
    pub untagged: Vec<Ref>,
    /// The pages of all decades, the latest first.
    pub decades: Vec<Ref>,
    /// All of it belongs to a simulation.
    pub simulated: bool,
}

/// What is held of a delegation and a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// No statement.
    Nothing,
    /// No statement that is certainly of the year, but one without a date or one that may be of it.
    Unsure,
    /// So many statements, and it is known that none of them is on the topic.
    Without(usize),
    /// Statements that nobody tagged with the topic.
    Untagged,
    /// Statements on the topic, or in which a rule finds it: where they are to be read.
    Spoke { given: Vec<Place>, by_rule: Vec<Place> },
}

/// Where so many statements are to be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub count: usize,
    pub page: SitePath,
    pub anchor: Box<str>,
}

/// What is said on a topic, in order.
type OnTopic<'a> = (&'a Ref, Vec<&'a Stamped<Said>>);

/// A matrix has something to say from so many statements on.
const STATEMENTS: usize = 2;

/// Years after its first that a date may mean, as far as tables look.
const LONGEST: usize = 200;

/// Gathers the statements with a date on each topic that has enough of them.
fn topics(said: &[Arc<OfStatement>]) -> BTreeMap<&Key, OnTopic<'_>> {
    let mut topics: BTreeMap<&Key, OnTopic<'_>> = BTreeMap::new();
    for (topic, said) in said.iter().flat_map(|of| &of.said) {
        if let (Some(path), Some(_), Some(_)) = (&topic.key, &said.card.date, said.card.speaker()) {
            topics.entry(path).or_insert((topic, Vec::new())).1.push(said);
        }
    }
    topics.retain(|_, (_, said)| {
        positions::keep_real(said);
        said.len() >= STATEMENTS
    });
    topics
}

/// Returns what matrices are made of besides lists: where on its topics each statement is to be read.
pub fn places(said: &[Arc<OfStatement>]) -> Vec<(Stamp, usize, Option<u32>)> {
    let place = |said: &Said| (said.numbers.stamp(), said.paragraphs.len(), said.paragraphs.first().copied());
    let found = |(_, anchor): &(Ref, Box<str>)| (Stamp::of(anchor), 0, None);
    said.iter().flat_map(|of| of.said.iter().map(|(_, said)| place(said)).chain(of.found.iter().map(found))).collect()
}

/// Returns the links to the matrices from the topics' pages.
pub fn below(said: &[Arc<OfStatement>]) -> Vec<Below> {
    let link = |path: &Key| Below {
        list: Some(path.clone()),
        label: "Over time".into(),
        link: Ref { title: "Who has spoken, and when".into(), key: Key::matrix(path, None).ok() },
        count: None,
    };
    topics(said).into_keys().map(link).collect()
}

/// Makes the matrices, by their pages. A joint statement counts for all for whom it was made.
pub fn matrices(
    said: &[Arc<OfStatement>],
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
    let mut found: HashMap<&Key, HashMap<&Key, &str>> = HashMap::new();
    for of in said {
        for (topic, anchor) in &of.found {
            let Some(topic) = topic.key.as_ref().filter(|path| topics.contains_key(path)) else { continue };
            found.entry(topic).or_default().insert(&of.page, anchor);
        }
    }
    let nowhere = HashMap::new();
    // A topic's table is of what was said, or of what was said in simulations, but never of both.
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
        let years: BTreeSet<i16> = said.iter().filter_map(|said| year(said.card.date.as_ref())).collect();
        let (Some(first), Some(last)) = (years.first(), years.last()) else { return matrices };
        let decades: BTreeSet<i16> = years.iter().map(|year| year.div_euclid(10) * 10).collect();
        let page = |decade: i16, is_latest: bool| match is_latest {
            true => Key::matrix(path, None).ok(),
            false => Key::matrix(path, Some(decade)).ok(),
        };
        let pages: Vec<(i16, Ref)> = decades
            .iter()
            .rev()
            .enumerate()
            .map(|(at, decade)| (*decade, Ref { title: format!("{decade:04}s").into(), key: page(*decade, at == 0) }))
            .collect();
        let is_simulated = said.iter().all(|said| said.card.simulated);
        let delegations = if is_simulated { &simulated } else { &real };
        let on_topic = OnTopicByPage {
            topic: path,
            said: said.iter().map(|said| (&said.card.key, *said)).collect(),
            found: found.get(path).unwrap_or(&nowhere),
            subject: evidence.subject(path),
        };
        for (decade, link) in &pages {
            let Some(page) = &link.key else { continue };
            let within = *first.max(decade)..=*last.min(&(decade + 9));
            let table = Table {
                decades: pages.iter().map(|(_, link)| link.clone()).collect(),
                simulated: is_simulated,
                ..table(&on_topic, delegations, &evidence, &positions, within)
            };
            matrices.push((page.clone(), Matrix { topic: topic.clone(), table: Stamped::new(table) }));
        }
        matrices
    };
    topics.into_par_iter().flat_map_iter(of_topic).collect()
}

/// The positions with their pages, by delegation and topic.
type ByTopic<'a> = HashMap<(&'a Key, &'a Key), (&'a Key, &'a Position)>;

/// A delegation with its statements by year.
struct Delegation<'a> {
    path: &'a Key,
    name: &'a str,
    by_year: BTreeMap<i16, Vec<&'a Key>>,
    /// Years that statements may be of besides that under which they are listed.
    maybe: BTreeSet<i16>,
    /// A statement has no date.
    has_undated: bool,
}

impl<'a> Delegation<'a> {
    fn new(path: &'a Key, list: &'a List, simulated: bool) -> Delegation<'a> {
        let (by_year, maybe) = (BTreeMap::new(), BTreeSet::new());
        let mut of = Delegation { path, name: &list.head.title, by_year, maybe, has_undated: false };
        for card in list.cards.iter().filter(|card| card.simulated == simulated) {
            match &card.date {
                None => of.has_undated = true,
                Some(date) => {
                    let (first, last) = (date.earliest().year(), date.latest().year());
                    of.by_year.entry(first).or_default().push(&card.key);
                    // An interval without an end is no evidence of any single year so far from its beginning.
                    of.maybe.extend((first + 1..=last).take(LONGEST));
                }
            }
        }
        of
    }

    fn link(&self, path: &Key) -> Ref {
        Ref { title: self.name.into(), key: Some(path.clone()) }
    }
}

/// The statements on a topic by their pages, with what claims about it need.
struct OnTopicByPage<'a> {
    topic: &'a Key,
    said: HashMap<&'a Key, &'a Stamped<Said>>,
    /// Where a rule finds the topic in a statement that does not count as on it: the anchor.
    found: &'a HashMap<&'a Key, &'a str>,
    subject: Subject,
}

fn table(
    on_topic: &OnTopicByPage<'_>,
    delegations: &[Delegation<'_>],
    evidence: &Evidence<'_>,
    positions: &ByTopic<'_>,
    within: std::ops::RangeInclusive<i16>,
) -> Table {
    let held = delegations.iter().flat_map(|delegation| delegation.by_year.range(within.clone()));
    let years: BTreeSet<i16> = held.map(|(year, _)| *year).collect();
    let (mut rows, mut without, mut untagged) = (Vec::new(), Vec::new(), Vec::new());
    for delegation in delegations {
        let position = positions.get(&(delegation.path, on_topic.topic)).copied();
        let of_year = |year: &i16| match delegation.by_year.get(year) {
            None if delegation.has_undated || delegation.maybe.contains(year) => Cell::Unsure,
            None => Cell::Nothing,
            Some(held) => match on_topic.spoke(held, delegation.path, position) {
                Some(spoke) => spoke,
                None if evidence.excludes(delegation.path, *year, &on_topic.subject) => Cell::Without(held.len()),
                None => Cell::Untagged,
            },
        };
        let cells: Vec<Cell> = years.iter().map(of_year).collect();
        if cells.iter().any(|cell| matches!(cell, Cell::Spoke { .. })) {
            rows.push((delegation.link(position.map_or(delegation.path, |(page, _)| page)), cells));
        } else if cells.contains(&Cell::Untagged) {
            untagged.push(delegation.link(delegation.path));
        } else if cells.iter().any(|cell| matches!(cell, Cell::Without(_))) {
            without.push(delegation.link(delegation.path));
        }
    }
    rows.sort_by_cached_key(|(link, _)| link.title.to_lowercase());
    without.sort_by_cached_key(|link| link.title.to_lowercase());
    untagged.sort_by_cached_key(|link| link.title.to_lowercase());
    let years = years.into_iter().collect();
    Table { years, rows, without, untagged, decades: Vec::new(), simulated: false }
}

impl OnTopicByPage<'_> {
    /// Returns the cell of what a delegation said on the topic, of the statements held of a year; nothing if none is on
    /// it. What an editor gave the topic to and what a rule found are kept apart, so that the page can say which it is.
    fn spoke(&self, held: &[&Key], delegation: &Key, position: Option<(&Key, &Position)>) -> Option<Cell> {
        let said = held.iter().filter_map(|path| self.said.get(*path)).map(|said| &***said);
        let (by_rule, given): (Vec<&Said>, Vec<&Said>) = said.partition(|said| said.by_rule);
        let found = held.iter().filter_map(|path| {
            let anchor = *self.found.get(*path)?;
            Some(Place { count: 1, page: path.path().clone(), anchor: anchor.into() })
        });
        let given = places_of(&given, delegation, position);
        let by_rule: Vec<Place> = places_of(&by_rule, delegation, position).into_iter().chain(found).collect();
        (!given.is_empty() || !by_rule.is_empty()).then_some(Cell::Spoke { given, by_rule })
    }
}

/// Returns where statements on the topic are to be read. Several of the delegation's own are read on the position's
/// page; one, and each that it made or has together with others, at its first paragraph on the topic.
fn places_of(said: &[&Said], delegation: &Key, position: Option<(&Key, &Position)>) -> Vec<Place> {
    let (own, mut alone): (Vec<&Said>, Vec<&Said>) =
        said.iter().partition(|said| positions::speaker(said) == Some(delegation));
    let together = match (&own[..], position) {
        ([_, .., last], Some((page, position))) => position.page_of(page, &last.card.key).map(|page| {
            let year = year(last.card.date.as_ref()).unwrap_or_default();
            Place { count: own.len(), page, anchor: format!("page-year-{year:04}").into() }
        }),
        _ => None,
    };
    if together.is_none() {
        alone.splice(..0, own);
    }
    let alone = alone.into_iter().map(|said| {
        let anchor = said.paragraphs.first().map(|at| format!("p{}", said.numbers.of(*at)));
        Place { count: 1, page: said.card.key.path().clone(), anchor: anchor.unwrap_or_default().into() }
    });
    together.into_iter().chain(alone).collect()
}

/// Returns the year of a date: the earliest that it can mean.
fn year(date: Option<&Date>) -> Option<i16> {
    date.map(|date| date.earliest().year())
}
