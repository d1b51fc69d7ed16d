//! A table in CSV, between commas, semicolons or tabs -> entries.
//!
//! It is read as RFC 4180 says, with the place of every cell, because a quotation mark that is missing would make one cell of
//! all that follows: such a row is told and passed over, and the next line begins another.

use serde_json::Value;

use super::cells::{Cell, Entry};
use super::problems::Problems;
use crate::import::endings::TEXTS;
use crate::spreadsheet;

/// A cell as it is found.
#[derive(Debug)]
struct Found {
    value: String,
    line: u32,
    column: u32,
    is_quoted: bool,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    /// A quotation mark is never closed.
    Unclosed,
    /// Words follow the quotation mark that closes a cell.
    After,
    /// A cell holds what looks like rows of its own.
    Rows,
}

/// A row, and where the text goes on behind it.
#[derive(Debug)]
struct Row {
    cells: Vec<Found>,
    /// What is wrong, and the cell with the quotation mark that may be.
    wrong: Option<(Wrong, usize)>,
    end: usize,
    lines: u32,
}

/// Reads a table. Its first row names the columns.
pub(super) fn entries(text: &str, problems: &mut Problems) -> Vec<Entry> {
    let mut text = text.trim_start_matches('\u{feff}');
    let mut line = 1;
    let mut said = None;
    if let Some((delimiter, rest)) = separator(text) {
        (said, text, line) = (Some(delimiter), rest, 2);
    }
    let delimiter = said.unwrap_or_else(|| delimiter(text));
    let mut entries = Vec::new();
    let mut names: Option<Vec<Found>> = None;
    while !text.is_empty() {
        let columns = names.as_ref().map(Vec::len);
        let row = row(text, delimiter, line, columns);
        if let Some((wrong, cell)) = row.wrong {
            let at = &row.cells[cell];
            tell(wrong, at, problems);
            let (rest, lines) = behind_line(text, at.line - line);
            (text, line) = (rest, line + lines);
            continue;
        }
        let first = line;
        (text, line) = (&text[row.end..], line + row.lines);
        let mut cells = row.cells;
        if cells.iter().all(|cell| cell.value.trim().is_empty()) {
            continue;
        }
        let Some(names) = &names else {
            names = Some(cells);
            continue;
        };
        while cells.len() > names.len() && cells.last().is_some_and(|cell| cell.value.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() != names.len() {
            let count = if cells.len() == 1 { "cell" } else { "cells" };
            let message = format!("the row has {} {count}, but there are {} columns", cells.len(), names.len());
            let help = "is there a delimiter too many, or one in a cell that stands without quotation marks?";
            problems.wrong(first, 1, message, help);
            continue;
        }
        let cells = names.iter().zip(cells).map(|(name, found)| Cell {
            name: name.value.trim().to_owned(),
            named_at: (name.line, name.column),
            value: Value::from(spreadsheet::unmarked(&found.value)),
            line: found.line,
            column: found.column,
        });
        entries.push(Entry { line: first, cells: cells.collect() });
    }
    entries
}

fn tell(wrong: Wrong, at: &Found, problems: &mut Problems) {
    let (message, help) = match wrong {
        Wrong::Unclosed => ("the quotation mark here is never closed, so the row was passed over", CLOSE),
        Wrong::Rows => {
            ("the cell that begins with the quotation mark here holds other rows, so the row was passed over", CLOSE)
        }
        Wrong::After => (
            "words follow the quotation mark that closes the cell that begins here, so the row was passed over",
            "double each quotation mark within a cell: `\"the \"\"new\"\" text\"`",
        ),
    };
    problems.wrong(at.line, at.column, message.to_owned(), help);
}

const CLOSE: &str = "close it, or take it away; a quotation mark within a cell is written twice";

/// Returns what a first line `sep=;` says, as spreadsheets write it, and the rest of the text.
fn separator(text: &str) -> Option<(char, &str)> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let said = line.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep="))?;
    let delimiter = line[said.len()..].chars().next()?;
    let rest = &text[end..];
    Some((delimiter, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default()))
}

/// Returns what parts the cells: what the row of names has most of, outside of quotation marks.
fn delimiter(text: &str) -> char {
    let names = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bare: String = names.split('"').step_by(2).collect();
    let count = |delimiter: &char| bare.chars().filter(|c| c == delimiter).count();
    *['\t', ';', ','].iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&',')
}

/// Returns the text behind so many lines and one, and how many that are.
fn behind_line(text: &str, lines: u32) -> (&str, u32) {
    let mut rest = text;
    for _ in 0..=lines {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        rest = &rest[end..];
        rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
    }
    (rest, lines + 1)
}

/// Where the reader of a row is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first character of a cell.
    Begin,
    Plain,
    Quoted,
    /// Behind the quotation mark that closes a cell.
    Closed,
}

/// Reads the first row of a text.
fn row(text: &str, delimiter: char, line: u32, columns: Option<usize>) -> Row {
    let (mut at, mut column) = (line, 1);
    let begin = |line, column| Found { value: String::new(), line, column, is_quoted: false };
    let mut cells = vec![begin(at, column)];
    let mut state = At::Begin;
    let mut wrong = None;
    let mut end = text.len();
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let last = cells.len() - 1;
        let cell = &mut cells[last];
        // A line's end of two characters is one.
        let is_pair = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
        match (state, c) {
            (At::Quoted, '"') if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                chars.next();
                column += 1;
                cell.value.push('"');
            }
            (At::Quoted, '"') => state = At::Closed,
            (At::Quoted, c) => cell.value.push(c),
            (_, '\n' | '\r') if !is_pair => {
                end = i + 1;
                at += 1;
                break;
            }
            (_, '\r') => {}
            (_, c) if c == delimiter => {
                cells.push(begin(at, column + 1));
                state = At::Begin;
            }
            (At::Begin, '"') => {
                cell.is_quoted = true;
                state = At::Quoted;
            }
            (At::Closed, c) => {
                if !c.is_whitespace() {
                    wrong = wrong.or(Some((Wrong::After, last)));
                }
                cell.value.push(c);
            }
            (At::Begin | At::Plain, c) => {
                cell.value.push(c);
                state = At::Plain;
            }
        }
        (at, column) = if c == '\n' || c == '\r' && !is_pair { (at + 1, 1) } else { (at, column + 1) };
    }
    if state == At::Quoted {
        wrong = Some((Wrong::Unclosed, cells.len() - 1));
    }
    if let Some(rows) = columns.and_then(|columns| cells.iter().position(|cell| holds_rows(cell, delimiter, columns))) {
        // What is wrong behind it follows from that.
        if wrong.is_none_or(|(_, cell)| cell >= rows) && wrong.is_none_or(|(wrong, _)| wrong != Wrong::Unclosed) {
            wrong = Some((Wrong::Rows, rows));
        }
    }
    Row { cells, wrong, end, lines: at - line }
}

/// Returns whether a cell of several lines holds lines that are rows: with as many cells, one of which names a file.
fn holds_rows(cell: &Found, delimiter: char, columns: usize) -> bool {
    let names_file = |cell: &str| {
        let ending = cell.trim().trim_matches('"').rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| TEXTS.contains(&ending.as_str()))
    };
    let is_row = |line: &str| {
        let cells: Vec<&str> = line.split(delimiter).collect();
        columns > 1 && cells.len() == columns && cells.iter().any(|cell| names_file(cell))
    };
    cell.is_quoted && cell.value.lines().skip(1).any(is_row)
}
