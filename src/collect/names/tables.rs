//! The tables built into the binary, as names are looked up in them; and when delegations could speak for themselves.

use std::collections::{BTreeMap, HashMap};

use jiff::civil;

use super::Names;
use crate::read::date::Date;
use crate::read::record::{Detail, RecordKind};
use crate::shipped::{self, Forum};

/// What the shipped tables have about a delegation, forum or group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shipped {
    /// Its name.
    pub title: Box<str>,
    /// Its short name; empty without one.
    pub short: Box<str>,
    /// The code of the forum that it belongs to; empty without one.
    pub parent: Box<str>,
    /// The pattern of the symbols of a forum's meetings; empty without one.
    pub symbol: Box<str>,
    /// The entry of the label, and the text, of everything else that is known.
    pub facts: Vec<(&'static str, Box<str>)>,
}

/// The shipped tables.
pub struct Tables {
    /// The rows by kind and lower-case code.
    pub(super) rows: BTreeMap<RecordKind, HashMap<Box<str>, Shipped>>,
    /// The alpha-3 codes of ISO 3166-1 by alpha-2 code, in lower case.
    pub(super) codes: HashMap<Box<str>, Box<str>>,
    /// By lower-case code, the first year of states that came into being, and the delegation that spoke before.
    founded: HashMap<Box<str>, (i16, Box<str>)>,
    /// The codes of forums with the patterns of their meetings' symbols.
    symbols: Vec<(Box<str>, Box<str>)>,
}

impl Tables {
    /// Takes the tables that are built into the binary.
    pub fn load() -> Tables {
        let facts = |facts: &[(&'static str, &str)]| {
            // An empty cell means that the fact is unknown, so pages have no line for it.
            let known = facts.iter().filter(|(_, text)| !text.is_empty());
            known.map(|(label, text)| (*label, Box::from(*text))).collect()
        };
        let delegations = shipped::delegations().into_iter().map(|row| {
            let facts = facts(&[
                ("facts.regional-group", &row.regional_group),
                ("facts.m49", &row.m49),
                ("facts.from", &row.from),
                ("facts.until", &row.until),
            ]);
            (lower(&row.code), Shipped { title: row.name, facts, ..Shipped::default() })
        });
        let forums = shipped::forums().into_iter().map(|row| {
            let facts = facts(&[("facts.place", &row.place)]);
            let Forum { code, short, name: title, parent, symbol, .. } = row;
            (lower(&code), Shipped { title, short, parent, symbol, facts })
        });
        // Most forums publish no records with symbols; only those that do can be recognised by one.
        let symbols = shipped::forums().into_iter().filter(|row| !row.symbol.is_empty());
        let symbols = symbols.map(|row| (lower(&row.code), row.symbol)).collect();
        let founded = shipped::founded().into_iter().map(|row| (lower(&row.code), (row.from, row.before))).collect();
        let groups = shipped::groups().into_iter();
        let groups = groups.map(|row| (lower(&row.code), Shipped { title: row.name, ..Shipped::default() }));
        // Codes are in lower case, as they are in keys, so that a lookup folds only what the author wrote.
        let rows = BTreeMap::from([
            (RecordKind::Delegation, delegations.collect()),
            (RecordKind::Forum, forums.collect()),
            (RecordKind::Group, groups.collect()),
        ]);
        let codes = shipped::codes().into_iter().map(|row| (lower(&row.alpha2), lower(&row.alpha3)));
        Tables { rows, codes: codes.collect(), founded, symbols }
    }
}

fn lower(code: &str) -> Box<str> {
    code.to_lowercase().into()
}

/// When a delegation can have spoken for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Existence<'a> {
    /// The first day, if it came into being.
    pub from: Option<civil::Date>,
    /// The last day, if it ceased to exist.
    pub until: Option<civil::Date>,
    /// The code of the delegation that spoke before.
    pub before: Option<&'a str>,
}

impl<'a> Names<'a> {
    /// Returns the first and the last day on which a delegation can have spoken for itself, and the code of the one that
    /// spoke before; `None` for what is not known.
    pub fn existence(&self, key: &str) -> Existence<'_> {
        let day = |year: i16, month, day| civil::Date::new(year, month, day).ok();
        let (mut from, mut until) = match self.record(RecordKind::Delegation, key).map(|record| &record.detail) {
            Some(Detail::Delegation { from, until, .. }) => {
                (from.as_ref().map(Date::earliest), until.as_ref().map(Date::latest))
            }
            _ => (None, None),
        };
        // The record of the site comes first; tables give years only, which are read as generously as possible.
        let founded = self.tables.founded.get(key);
        from = from.or_else(|| day(founded?.0, 1, 1));
        let facts = self.shipped(RecordKind::Delegation, key).map(|row| &row.facts[..]).unwrap_or_default();
        let year = |label| facts.iter().find(|(of, _)| *of == label).and_then(|(_, year)| year.parse::<i16>().ok());
        until = until.or_else(|| day(year("facts.until")?, 12, 31));
        Existence { from, until, before: founded.map(|(_, before)| &**before).filter(|before| !before.is_empty()) }
    }

    /// Returns the codes of the shipped forums, each with the pattern of the symbols of its meetings.
    pub fn forum_symbols(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.tables.symbols.iter().map(|(code, symbol)| (&**code, &**symbol))
    }
}
