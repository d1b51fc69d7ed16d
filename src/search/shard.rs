//! The statements of one period -> their shard: postings, chunks, and what is known of each text.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chunk::{UNIT, slot};
use super::classes;
use super::postings::{Inverter, Postings};
use super::space::Space;
use super::text::{COLUMNS, Filed, Text};

/// A shard before the dictionary is made and its spaces are cut into files.
pub struct Shard {
    /// Its terms, sorted.
    pub terms: Vec<(Box<str>, Postings)>,
    /// The chunks of its texts in order.
    pub chunks: Space,
    /// How long the slot of each chunk is, in units.
    pub slots: Vec<u32>,
    /// How many texts each statement has.
    pub versions: Vec<u32>,
    /// The language of each text.
    pub languages: Vec<Box<str>>,
    /// The number of words of each text, as the nearest step of a logarithmic scale.
    pub lengths: Vec<u8>,
    /// The number of rows of all texts.
    pub rows: u64,
    /// The number of words of all texts by field: title, facts, headings, greetings, all others.
    pub words: [u64; 5],
    /// The facts of its statements, as JSON.
    pub facts: String,
    /// The first and the last day of its statements as `yyyymmdd`; 0 if none has a date.
    pub days: (u32, u32),
}

/// Makes a shard; `text` makes a language version of a statement, both counted from 0 within the shard.
pub fn build(statements: &[Filed], text: &dyn Fn(usize, u32) -> Text) -> Shard {
    let mut inverter = Inverter::default();
    let (mut chunks, mut lengths, mut languages) = (Space::default(), Vec::new(), Vec::new());
    let (mut slots, mut rows, mut words) = (Vec::new(), 0, [0; 5]);
    for (at, statement) in statements.iter().enumerate() {
        for version in 0..statement.versions {
            let text = text(at, version);
            let number = lengths.len() as u32;
            let counts = inverter.add(number, &text.rows, classes::bit(&text.head.language));
            lengths.push(length(counts.iter().sum()));
            words.iter_mut().zip(counts).for_each(|(all, count): (&mut u64, u32)| *all += u64::from(count));
            rows += text.rows.len() as u64;
            let slot = slot(&text);
            slots.push((slot.len() / UNIT) as u32);
            chunks.push(&slot);
            languages.push(text.head.language.into());
        }
    }
    let dated = statements.iter().filter(|statement| statement.from > 0);
    let days = (
        dated.clone().map(|statement| statement.from).min().unwrap_or(0),
        dated.map(|statement| statement.to).max().unwrap_or(0),
    );
    Shard {
        terms: inverter.finish(),
        chunks,
        slots,
        versions: statements.iter().map(|statement| statement.versions).collect(),
        languages,
        lengths,
        rows,
        words,
        facts: serde_json::to_string(&Facts::of(statements)).unwrap_or_default(),
        days,
    }
}

/// Returns the step for a number of words: a step is a fourth of a doubling.
fn length(words: u32) -> u8 {
    (f64::from(words + 1).log2() * 4.0).round() as u8
}

/// The facts of a shard's statements, by which results are filtered and counted.
#[derive(Serialize)]
struct Facts<'a> {
    columns: BTreeMap<&'static str, Column<'a>>,
    from: Vec<u32>,
    /// The last days, 0 where it is the first; absent if every statement has one day.
    to: Option<Vec<u32>>,
    simulated: Vec<usize>,
}

/// One column: its values, and which each statement has.
#[derive(Serialize)]
struct Column<'a> {
    values: Vec<&'a str>,
    of: Vec<Cell>,
}

/// The values of one statement in a column, as indices.
#[derive(Serialize)]
#[serde(untagged)]
enum Cell {
    One(i32),
    Several(Vec<i32>),
}

impl Facts<'_> {
    fn of(statements: &[Filed]) -> Facts<'_> {
        let column = |at: usize| {
            let mut values: Vec<&str> =
                statements.iter().flat_map(|of| &of.columns[at]).map(|value| &**value).collect();
            values.sort_unstable();
            values.dedup();
            let index = |value: &str| values.binary_search(&value).map_or(-1, |at| at as i32);
            let cell = |of: &Filed| match &of.columns[at][..] {
                [] => Cell::One(-1),
                [one] => Cell::One(index(one)),
                several => Cell::Several(several.iter().map(|value| index(value)).collect()),
            };
            let of = statements.iter().map(cell).collect();
            (!values.is_empty()).then_some(Column { values, of })
        };
        let columns = COLUMNS.iter().enumerate().filter_map(|(at, name)| Some((*name, column(at)?))).collect();
        let to: Vec<u32> = statements.iter().map(|of| if of.to == of.from { 0 } else { of.to }).collect();
        Facts {
            columns,
            from: statements.iter().map(|of| of.from).collect(),
            to: to.iter().any(|to| *to > 0).then_some(to),
            simulated: (0..statements.len()).filter(|at| statements[*at].simulated).collect(),
        }
    }
}
