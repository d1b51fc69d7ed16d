//! What is said on topics, and the delegations' lists -> for each topic, who has spoken on it in which year, and who was
//! silent.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::lists::{Below, List, ListKind};
use super::names::Ref;
use super::positions::{self, OfStatement, Position, Positions, Said};
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
    /// Those who have spoken on the topic, by name, with a cell for each year.
    pub rows: Vec<(Ref, Vec<Cell>)>,
    /// Those of whom other statements are held, but none on the topic.
    pub silent: Vec<Ref>,
    /// The pages of all decades, the latest first.
    pub decades: Vec<Ref>,
    /// All of it belongs to a simulation.
    pub simulated: bool,
}

/// What a delegation did in a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// No statement is held.
    Nothing,
    /// Statements are held, but none on the topic.
    Silent,
    /// Where the statements on the topic are to be read.
    Spoke(Vec<Place>),
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

/// Gathers the statements with a date on each topic that has enough of them.
fn topics(said: &[Arc<OfStatement>]) -> BTreeMap<&SitePath, OnTopic<'_>> {
    let mut topics: BTreeMap<&SitePath, OnTopic<'_>> = BTreeMap::new();
    for (topic, said) in said.iter().flat_map(|of| &of.said) {
        if let (Some(path), Some(_), Some(_)) = (&topic.path, &said.card.date, &said.card.delegation) {
            topics.entry(path).or_insert((topic, Vec::new())).1.push(said);
        }
    }
    topics.retain(|_, (_, said)| said.len() >= STATEMENTS);
    topics
}

/// Returns what matrices are made of besides lists: where on its topics each statement is to be read.
pub fn places(said: &[Arc<OfStatement>]) -> Vec<(Stamp, usize, Option<u32>)> {
    let place = |said: &Said| (said.numbers.stamp(), said.paragraphs.len(), said.paragraphs.first().copied());
    said.iter().flat_map(|of| of.said.iter().map(|(_, said)| place(said))).collect()
}

/// Returns the links to the matrices from the topics' pages.
pub fn below(said: &[Arc<OfStatement>]) -> Vec<Below> {
    let link = |path: &SitePath| Below {
        list: Some(path.clone()),
        label: "Over time".into(),
        link: Ref { title: "Who has spoken, and who was silent".into(), path: path.join("matrix/").ok() },
        count: None,
    };
    topics(said).into_keys().map(link).collect()
}

/// Makes the matrices, by their pages. A joint statement counts for all for whom it was made.
pub fn matrices(
    said: &[Arc<OfStatement>],
    positions: &Positions,
    lists: &BTreeMap<SitePath, List>,
) -> BTreeMap<SitePath, Matrix> {
    let delegations: Vec<Delegation<'_>> = lists
        .iter()
        .filter(|(_, list)| list.kind == ListKind::Delegation && !list.cards.is_empty())
        .map(|(path, list)| Delegation::new(path, list))
        .collect();
    let positions_of = positions.iter().filter_map(|(page, position)| {
        let delegation = positions::delegation(&position.said)?.path.as_ref()?;
        Some(((delegation, position.topic.path.as_ref()?), (page, position)))
    });
    let positions: ByTopic<'_> = positions_of.collect();
    let of_topic = |(path, (topic, said)): (&SitePath, OnTopic<'_>)| {
        let mut matrices = Vec::new();
        let years: BTreeSet<i16> = said.iter().filter_map(|said| year(said.card.date.as_ref())).collect();
        let (Some(first), Some(last)) = (years.first(), years.last()) else { return matrices };
        let decades: BTreeSet<i16> = years.iter().map(|year| year.div_euclid(10) * 10).collect();
        let page = |decade: i16, is_latest: bool| match is_latest {
            true => path.join("matrix/").ok(),
            false => path.join(&format!("matrix/{decade:04}s/")).ok(),
        };
        let pages: Vec<(i16, Ref)> = decades
            .iter()
            .rev()
            .enumerate()
            .map(|(at, decade)| (*decade, Ref { title: format!("{decade:04}s").into(), path: page(*decade, at == 0) }))
            .collect();
        let by_path: HashMap<&SitePath, &Stamped<Said>> = said.iter().map(|said| (&said.card.path, *said)).collect();
        for (decade, link) in &pages {
            let Some(page) = &link.path else { continue };
            let within = *first.max(decade)..=*last.min(&(decade + 9));
            let table = Table {
                decades: pages.iter().map(|(_, link)| link.clone()).collect(),
                simulated: said.iter().all(|said| said.card.simulated),
                ..table(path, &delegations, &by_path, &positions, within)
            };
            matrices.push((page.clone(), Matrix { topic: topic.clone(), table: Stamped::new(table) }));
        }
        matrices
    };
    topics(said).into_par_iter().flat_map_iter(of_topic).collect()
}

/// The positions with their pages, by delegation and topic.
type ByTopic<'a> = HashMap<(&'a SitePath, &'a SitePath), (&'a SitePath, &'a Position)>;

/// A delegation with its statements by year.
struct Delegation<'a> {
    path: &'a SitePath,
    name: &'a str,
    by_year: BTreeMap<i16, Vec<&'a SitePath>>,
}

impl<'a> Delegation<'a> {
    fn new(path: &'a SitePath, list: &'a List) -> Delegation<'a> {
        let mut by_year: BTreeMap<i16, Vec<&SitePath>> = BTreeMap::new();
        for card in &list.cards {
            if let Some(year) = year(card.date.as_ref()) {
                by_year.entry(year).or_default().push(&card.path);
            }
        }
        Delegation { path, name: &list.head.title, by_year }
    }

    fn link(&self, path: &SitePath) -> Ref {
        Ref { title: self.name.into(), path: Some(path.clone()) }
    }
}

fn table(
    topic: &SitePath,
    delegations: &[Delegation<'_>],
    on_topic: &HashMap<&SitePath, &Stamped<Said>>,
    positions: &ByTopic<'_>,
    within: std::ops::RangeInclusive<i16>,
) -> Table {
    let held = delegations.iter().flat_map(|delegation| delegation.by_year.range(within.clone()));
    let years: BTreeSet<i16> = held.map(|(year, _)| *year).collect();
    let (mut rows, mut silent) = (Vec::new(), Vec::new());
    for delegation in delegations {
        let position = positions.get(&(delegation.path, topic)).copied();
        let of_year = |year: &i16| match delegation.by_year.get(year) {
            None => Cell::Nothing,
            Some(held) => {
                let said: Vec<&Said> =
                    held.iter().filter_map(|path| on_topic.get(*path)).map(|said| &***said).collect();
                cell(&said, delegation.path, position)
            }
        };
        let cells: Vec<Cell> = years.iter().map(of_year).collect();
        if cells.iter().any(|cell| matches!(cell, Cell::Spoke(_))) {
            rows.push((delegation.link(position.map_or(delegation.path, |(page, _)| page)), cells));
        } else if cells.contains(&Cell::Silent) {
            silent.push(delegation.link(delegation.path));
        }
    }
    rows.sort_by_cached_key(|(link, _)| link.title.to_lowercase());
    silent.sort_by_cached_key(|link| link.title.to_lowercase());
    Table { years: years.into_iter().collect(), rows, silent, decades: Vec::new(), simulated: false }
}

/// Returns the cell of what a delegation said on the topic in a year. Several statements of its own are read on the
/// position's page; one, and each that it made or has together with others, at its first paragraph on the topic.
fn cell(said: &[&Said], delegation: &SitePath, position: Option<(&SitePath, &Position)>) -> Cell {
    if said.is_empty() {
        return Cell::Silent;
    }
    let (own, mut alone): (Vec<&Said>, Vec<&Said>) =
        said.iter().partition(|said| positions::speaker(said) == Some(delegation));
    let together = match (&own[..], position) {
        ([_, .., last], Some((page, position))) => position.page_of(page, &last.card.path).map(|page| {
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
        Place { count: 1, page: said.card.path.clone(), anchor: anchor.unwrap_or_default().into() }
    });
    Cell::Spoke(together.into_iter().chain(alone).collect())
}

/// Returns the year of a date: the earliest that it can mean.
fn year(date: Option<&Date>) -> Option<i16> {
    date.map(|date| date.earliest().year())
}
