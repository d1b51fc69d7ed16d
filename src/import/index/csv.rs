//! A table in CSV, separated by commas, semicolons or tabs -> entries.
//!
//! It is read by RFC 4180, with the place of every cell, because a missing quotation mark would swallow everything that
//! follows into one cell: such a row is reported and skipped, and reading resumes on the next line.

use serde_json::Value;

use super::cells::{Cell, Entry};
use super::problems::Problems;
use crate::import::endings::TEXTS;
use crate::spreadsheet;

/// A cell as it was read.
#[derive(Debug)]
struct RawCell {
    value: String,
    line: u32,
    column: u32,
    is_quoted: bool,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowProblem {
    /// A quotation mark is never closed.
    Unclosed,
    /// Text follows the quotation mark that closes a cell.
    After,
    /// A quoted cell contains what looks like further rows.
    Rows,
}

/// A row, and where the text continues after it.
#[derive(Debug)]
struct RawRow {
    cells: Vec<RawCell>,
    /// The problem, and the index of the cell whose quotation mark may cause it.
    wrong: Option<(RowProblem, usize)>,
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
    let mut names: Option<Vec<RawCell>> = None;
    while !text.is_empty() {
        let columns = names.as_ref().map(Vec::len);
        let row = row(text, delimiter, line, columns);
        // The rest of the line is skipped, not the rest of the file: the next row may be sound.
        if let Some((wrong, cell)) = row.wrong {
            let at = &row.cells[cell];
            report(wrong, at, problems);
            let (rest, lines) = after_line(text, at.line - line);
            (text, line) = (rest, line + lines);
            continue;
        }
        let first = line;
        (text, line) = (&text[row.end..], line + row.lines);
        let mut cells = row.cells;
        if cells.iter().all(|cell| cell.value.trim().is_empty()) {
            // Spreadsheets export empty rows at the end.
            continue;
        }
        let Some(names) = &names else {
            names = Some(cells);
            continue;
        };
        // They also pad rows with empty cells beyond the last column.
        while cells.len() > names.len() && cells.last().is_some_and(|cell| cell.value.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() != names.len() {
            let count = if cells.len() == 1 { "cell" } else { "cells" };
            let message = format!("the row has {} {count}, but there are {} columns", cells.len(), names.len());
            let help = "look for a surplus delimiter, or one in a cell without quotation marks";
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

fn report(wrong: RowProblem, at: &RawCell, problems: &mut Problems) {
    let (message, help) = match wrong {
        RowProblem::Unclosed => ("this quotation mark is never closed, so the row was skipped", CLOSE),
        RowProblem::Rows => {
            ("the cell that begins with this quotation mark contains other rows, so the row was skipped", CLOSE)
        }
        RowProblem::After => (
            "text follows the closing quotation mark of this cell, so the row was skipped",
            "double each quotation mark within a cell: `\"the \"\"new\"\" text\"`",
        ),
    };
    problems.wrong(at.line, at.column, message.to_owned(), help);
}

const CLOSE: &str = "close it or remove it; inside a cell, write quotation marks twice";

/// Returns the delimiter declared by a first line `sep=;`, which spreadsheets write, and the rest of the text.
fn separator(text: &str) -> Option<(char, &str)> {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let said = line.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep="))?;
    let delimiter = line[said.len()..].chars().next()?;
    let rest = &text[end..];
    Some((delimiter, rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default()))
}

/// Returns the delimiter: the one that occurs most often in the header, outside quotation marks.
fn delimiter(text: &str) -> char {
    let names = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bare: String = names.split('"').step_by(2).collect();
    let count = |delimiter: &char| bare.chars().filter(|c| c == delimiter).count();
    *['\t', ';', ','].iter().max_by_key(|delimiter| count(delimiter)).unwrap_or(&',')
}

/// Skips this many lines and one more; returns the rest of the text and the number of lines skipped.
fn after_line(text: &str, lines: u32) -> (&str, u32) {
    let mut rest = text;
    for _ in 0..=lines {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        rest = &rest[end..];
        rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
    }
    (rest, lines + 1)
}

/// State of the reader within a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first character of a cell.
    Begin,
    Plain,
    Quoted,
    /// After the quotation mark that closes a cell.
    Closed,
}

/// Reads the first row of a text.
fn row(text: &str, delimiter: char, line: u32, columns: Option<usize>) -> RawRow {
    let (mut at, mut column) = (line, 1);
    let begin = |line, column| RawCell { value: String::new(), line, column, is_quoted: false };
    let mut cells = vec![begin(at, column)];
    let mut state = At::Begin;
    let mut wrong = None;
    let mut end = text.len();
    let mut chars = text.char_indices().peekable();
    // A state machine over characters; `column` counts characters, because messages do.
    while let Some((i, c)) = chars.next() {
        let last = cells.len() - 1;
        let cell = &mut cells[last];
        // CR LF counts as one line end.
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
                    wrong = wrong.or(Some((RowProblem::After, last)));
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
        wrong = Some((RowProblem::Unclosed, cells.len() - 1));
    }
    if let Some(rows) = columns.and_then(|columns| cells.iter().position(|cell| holds_rows(cell, delimiter, columns))) {
        // Problems after this cell are consequences of it.
        if wrong.is_none_or(|(_, cell)| cell >= rows) && wrong.is_none_or(|(wrong, _)| wrong != RowProblem::Unclosed) {
            wrong = Some((RowProblem::Rows, rows));
        }
    }
    RawRow { cells, wrong, end, lines: at - line }
}

/// Returns whether a quoted cell of several lines contains rows: lines with as many cells as columns, one of which
/// names a file.
fn holds_rows(cell: &RawCell, delimiter: char, columns: usize) -> bool {
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
