//! The collection -> the files below `/data/`: tables of statements, paragraphs, passages, citations and mentions.
//!
//! A file is made from shared values, each a language version or a passage, and written row by row on request. A large
//! collection has its tables in several files, by decade or year, so that none exceeds what hosts accept, and a change
//! to one text changes few of them.

pub mod citations;
pub mod corpus;
pub mod mentions;
pub mod package;
pub mod paragraphs;
pub mod passages;
pub mod shards;
pub mod statements;
pub mod text;
mod write;

use std::borrow::Cow;

use crate::path::SitePath;
use crate::stamp::Stamped;
use passages::PassageItem;
use text::DataText;

/// A table, which has a row for each of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataTable {
    /// A row for each statement.
    Statements,
    /// A row for each paragraph of each language version.
    Paragraphs,
    /// A row for each paragraph of each passage.
    Passages,
    /// A row for each paragraph that cites a document.
    Citations,
    /// A row for each name in a paragraph.
    Mentions,
}

impl DataTable {
    /// Every table, in the order of the page that describes them.
    pub const ALL: [DataTable; 5] =
        [DataTable::Statements, DataTable::Paragraphs, DataTable::Passages, DataTable::Citations, DataTable::Mentions];

    /// Returns the beginning of the names of its files, by which site.toml and the words of the interface name it too.
    pub fn name(self) -> &'static str {
        match self {
            DataTable::Statements => "statements",
            DataTable::Paragraphs => "paragraphs",
            DataTable::Passages => "passages",
            DataTable::Citations => "citations",
            DataTable::Mentions => "mentions",
        }
    }

    /// Returns the formats in which it is published.
    pub fn formats(self) -> &'static [Format] {
        match self {
            DataTable::Statements => &Format::ALL,
            _ => &[Format::Csv],
        }
    }

    /// Returns its columns in order.
    pub fn columns(self) -> Vec<DataColumn> {
        match self {
            DataTable::Statements => statements::columns().iter().map(|column| column.shown).collect(),
            DataTable::Paragraphs => paragraphs::COLUMNS.to_vec(),
            DataTable::Passages => passages::COLUMNS.to_vec(),
            DataTable::Citations => citations::COLUMNS.to_vec(),
            DataTable::Mentions => mentions::COLUMNS.to_vec(),
        }
    }

    /// Returns the columns by which a row is identified.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            DataTable::Statements => &["id"],
            DataTable::Paragraphs => &["id", "language", "paragraph"],
            // A text may repeat a passage, cite a document twice outside of paragraphs, or name two things by one name.
            DataTable::Passages | DataTable::Citations | DataTable::Mentions => &[],
        }
    }
}

/// The format of a table's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// An array of objects.
    Json,
    /// An object on each line.
    Jsonl,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Csv, Format::Json, Format::Jsonl];

    /// Returns the ending of its files' names, by which site.toml names it too.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
        }
    }

    /// Returns its name as readers know it.
    pub fn label(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Json => "JSON",
            Format::Jsonl => "JSON Lines",
        }
    }

    /// Returns its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::Json => "application/json",
            Format::Jsonl => "application/x-ndjson",
        }
    }
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// Text.
    Text,
    /// The address of a page or a source.
    Url,
    /// A whole day.
    Day,
    /// True or false.
    Flag,
    /// Several texts.
    List,
    /// Free values by name.
    Object,
}

/// A column of a table, as readers of the table know it.
#[derive(Clone, Copy, Debug)]
pub struct DataColumn {
    /// Its name, in the header.
    pub name: &'static str,
    /// The entry with its meaning in the table `column` of the interface's words.
    pub word: &'static str,
    /// Its meaning in English, for programs.
    pub meaning: &'static str,
    /// The type of its cells.
    pub cells: Cells,
}

/// Returns a column whose entry of words has its own name.
const fn column(name: &'static str, cells: Cells, meaning: &'static str) -> DataColumn {
    DataColumn { name, word: name, meaning, cells }
}

/// Returns a column whose name means something else in the table of statements.
const fn column_as(name: &'static str, word: &'static str, cells: Cells, meaning: &'static str) -> DataColumn {
    DataColumn { name, word, meaning, cells }
}

/// What the rows of a file are made from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Rows {
    /// Language versions.
    Texts(Stamped<Vec<DataText>>),
    /// Passages.
    Passages(Stamped<Vec<PassageItem>>),
}

/// One file of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataFile {
    /// The table.
    pub table: DataTable,
    /// The format.
    pub format: Format,
    /// The period that it covers, such as `1970s`; `None` if it has all rows.
    pub shard: Option<Box<str>>,
    /// What its rows are made from.
    pub rows: Rows,
}

impl DataFile {
    /// Returns its name without folder: `statements.csv`, `paragraphs-1970s.csv`.
    pub fn name(&self) -> String {
        named(self.table.name(), self.shard.as_deref(), self.format.ending())
    }

    /// Writes it; `url` returns the URL of a page.
    ///
    /// # Errors
    /// If it cannot be serialised.
    pub fn write(&self, url: Url<'_>) -> anyhow::Result<Vec<u8>> {
        let texts = match &self.rows {
            Rows::Texts(texts) => texts,
            Rows::Passages(passages) => return passages::write(passages, url),
        };
        match self.table {
            DataTable::Statements => statements::write(texts, self.format, url),
            DataTable::Paragraphs => {
                write::csv(&paragraphs::COLUMNS, texts, |text, row| paragraphs::rows(text, url, row))
            }
            DataTable::Citations => write::csv(&citations::COLUMNS, texts, |text, row| citations::rows(text, url, row)),
            DataTable::Mentions => write::csv(&mentions::COLUMNS, texts, |text, row| mentions::rows(text, url, row)),
            DataTable::Passages => Ok(Vec::new()),
        }
    }
}

/// Returns the name of a file of a period: `corpus-1970s.zip`.
pub fn named(stem: &str, shard: Option<&str>, ending: &str) -> String {
    match shard {
        None => format!("{stem}.{ending}"),
        Some(shard) => format!("{stem}-{shard}.{ending}"),
    }
}

/// Returns the URL of a page.
type Url<'a> = &'a dyn Fn(&SitePath) -> String;

/// Takes the cells of a row, one for each column.
type Emit<'a> = &'a mut dyn FnMut(&[Cow<'_, str>]) -> anyhow::Result<()>;

/// Joins the items of a list as one CSV cell.
fn list<S: AsRef<str>>(items: &[S]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("; ")
}

/// Returns a flag as CSV writes it.
fn flag(is_so: bool) -> Cow<'static, str> {
    Cow::Borrowed(if is_so { "true" } else { "false" })
}
