//! Texts and two keys -> a table with the number of texts for each pair of values: delegations by sessions.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::condition::no_key;
use super::texts::Text;
use super::values::{meaning, words};
use crate::collect::names::Names;
use crate::front::FrontKey;
use crate::front::statement::{self, DATE, DELEGATION, LANGUAGE, SESSION};
use crate::read::date::Date;

/// What the rows or the columns of a matrix are: the values of a key, or the years of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The values of a key.
    Key(FrontKey),
    /// The years that dates may mean.
    Year,
}

impl Axis {
    /// Parses the name of a key, or `year`.
    ///
    /// # Errors
    /// Returns in words that there is no such key.
    pub fn parse(name: &str) -> Result<Axis, String> {
        if name == "year" {
            return Ok(Axis::Year);
        }
        let key = statement::ALL.iter().copied().find(|key| key.name == name);
        key.map(Axis::Key).ok_or_else(|| no_key(name))
    }

    /// Returns the values of a text.
    fn values(self, text: &Text, names: &Names<'_>) -> Vec<String> {
        let of = |key: FrontKey| text.values.get(key.name).map(words).unwrap_or_default();
        let mut values: Vec<String> = match self {
            Axis::Year => {
                let dates = of(DATE).into_iter().filter_map(|date| Date::parse(&date));
                dates.flat_map(|date| date.listed_years()).map(|year| year.to_string()).collect()
            }
            Axis::Key(key) if key == LANGUAGE => vec![text.language.to_string()],
            Axis::Key(key) => {
                let meanings = of(key).into_iter().map(|word| meaning(key, &word, names));
                meanings.map(|word| if key == DELEGATION { word.to_uppercase() } else { word }).collect()
            }
        };
        values.sort();
        values.dedup();
        if values.is_empty() {
            values.push(NONE.to_owned());
        }
        values
    }
}

/// The value shown for texts without one.
const NONE: &str = "-";

/// Counts texts by two keys, and returns the names of the columns and, for each row, its name and its numbers.
pub fn count(texts: &[&Text], axes: [Axis; 2], names: &Names<'_>) -> (Vec<String>, Vec<(String, Vec<usize>)>) {
    let mut cells: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut columns: BTreeSet<String> = BTreeSet::new();
    for text in texts {
        let across = axes[1].values(text, names);
        columns.extend(across.iter().cloned());
        for row in axes[0].values(text, names) {
            let row = cells.entry(row).or_default();
            for column in &across {
                *row.entry(column.clone()).or_default() += 1;
            }
        }
    }
    let mut columns: Vec<String> = columns.into_iter().collect();
    // Sessions are numbers and sort numerically.
    columns.sort_by_key(|name| (name.parse::<u32>().is_err(), name.parse::<u32>().ok(), name.clone()));
    let numbers = |row: &BTreeMap<String, usize>| columns.iter().map(|of| row.get(of).copied().unwrap_or(0)).collect();
    let rows = cells.iter().map(|(name, row)| (name.clone(), numbers(row))).collect();
    (columns, rows)
}

/// Returns the lines of a matrix for people; a dot marks where the collection has nothing.
pub fn lines(columns: &[String], rows: &[(String, Vec<usize>)]) -> Vec<String> {
    let first = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let cell = |count: &usize| if *count == 0 { "·".to_owned() } else { count.to_string() };
    let width = |at: usize, name: &String| {
        rows.iter().map(|(_, row)| cell(&row[at]).width()).max().unwrap_or(0).max(name.width())
    };
    let widths: Vec<usize> = columns.iter().enumerate().map(|(at, name)| width(at, name)).collect();
    let right = |text: &str, width: usize| format!("{}{text}", " ".repeat(width.saturating_sub(text.width())));
    let line = |name: &str, cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| right(cell, *width)).collect();
        format!("{name}{}  {}", " ".repeat(first.saturating_sub(name.width())), cells.join("  ")).trim_end().to_owned()
    };
    let head = line("", columns.to_vec());
    let rows = rows.iter().map(|(name, row)| line(name, row.iter().map(cell).collect()));
    [head].into_iter().chain(rows).collect()
}

/// The keys of the matrix that shows how many texts the collection has by delegation and year.
pub const COVERAGE: [Axis; 2] = [Axis::Key(DELEGATION), Axis::Key(SESSION)];
