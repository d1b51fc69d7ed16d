//! A table in CSV, between commas, semicolons or tabs -> entries.

use ::csv::{ReaderBuilder, StringRecord};
use serde_json::Value;

use super::{Cell, Entry, Problems};
use crate::spreadsheet;

/// Reads a table. Its first row names the columns.
pub(super) fn entries(text: &str, problems: &mut Problems) -> Vec<Entry> {
    let delimiter = delimiter(text);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut entries = Vec::new();
    let mut names: Option<StringRecord> = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, ::csv::Position::line);
                problems.wrong(line as u32, 1, format!("it is no CSV: {error}"), "save it as CSV in UTF-8");
                continue;
            }
        };
        let (line, from) = record.position().map_or((1, 0), |at| (at.line() as u32, at.byte() as usize));
        // Empty lines are no rows.
        let from = text.get(from..).unwrap_or_default();
        let row = from.trim_start_matches(['\r', '\n']);
        let line = line + from[..from.len() - row.len()].matches('\n').count() as u32;
        let Some(names) = &names else {
            names = Some(record);
            continue;
        };
        if record.len() != names.len() {
            let cells = if record.len() == 1 { "cell" } else { "cells" };
            let message = format!("the row has {} {cells}, but there are {} columns", record.len(), names.len());
            let help = "is there a delimiter too many, or one in a cell that stands without quotation marks?";
            problems.wrong(line, 1, message, help);
            continue;
        }
        let places = places(row, delimiter as char, line);
        let cells = names.iter().zip(&record).zip(places).map(|((name, value), (line, column))| Cell {
            name: name.trim().to_owned(),
            value: Value::from(spreadsheet::unmarked(value)),
            line,
            column,
        });
        entries.push(Entry { line, cells: cells.collect() });
    }
    entries
}

/// Returns what parts the cells: what the row of names has most of.
fn delimiter(text: &str) -> u8 {
    let names = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| names.bytes().filter(|b| b == delimiter).count();
    *[b'\t', b';', b','].iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&b',')
}

/// Returns where the cells of a row begin, line and column, in the text from that row on.
fn places(text: &str, delimiter: char, line: u32) -> impl Iterator<Item = (u32, u32)> {
    let mut at = (line, 1);
    let mut places = vec![at];
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => break,
            _ => {}
        }
        at = if c == '\n' { (at.0 + 1, 1) } else { (at.0, at.1 + 1) };
        if c == delimiter && !is_quoted {
            places.push(at);
        }
    }
    places.into_iter()
}
