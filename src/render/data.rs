//! Statements -> the tables below `/data/`: one row per statement, as CSV and as JSON.
//!
//! The columns are declared with the keys of statements, with what each means; the page `/data/` tells readers the
//! same.

use serde::Serializer as _;
use serde_json::Value;

use crate::collect::card::Card;
use crate::collect::facts::Facts;
use crate::collect::names::Ref;
use crate::collect::{Entry, VersionRef};
use crate::front::{self, FrontKey, Type};
use crate::key::RecordKind;
use crate::path::SitePath;
use crate::read::date::Date;
use crate::read::extra::Extra;
use crate::read::statement::{TextStatus, Texts, TranslationKind};
use crate::spreadsheet;
use crate::stamp::Stamped;

/// The formats of the table, each in a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// An array of objects.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 2] = [Format::Csv, Format::Json];

    /// Returns the path of the table on the site.
    pub fn path(self) -> &'static str {
        match self {
            Format::Csv => "data/statements.csv",
            Format::Json => "data/statements.json",
        }
    }

    /// Returns the format of the table at a path.
    pub fn of(path: &SitePath) -> Format {
        let is_at = |format: &Format| path.file() == format.path();
        Format::ALL.into_iter().find(is_at).unwrap_or(Format::Csv)
    }

    /// Returns its name as readers know it.
    pub fn label(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Json => "JSON",
        }
    }
}

/// The table's data on a statement. Nothing depends on its body, so that a change of words does not rebuild the table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    id: Box<str>,
    file: std::sync::Arc<str>,
    card: Stamped<Card>,
    facts: Stamped<Facts>,
    versions: Stamped<Vec<VersionRef>>,
    session: Option<Box<str>>,
    meeting: Option<Box<str>>,
    spoken_language: Option<Box<str>>,
    translation: Option<TranslationKind>,
    text_status: Option<TextStatus>,
    source: Option<Box<str>>,
    license: Option<Box<str>>,
    extra: Extra,
    added: Option<Box<str>>,
    /// The values of keys that are plain text and have a column.
    texts: Texts,
}

impl Row {
    /// Makes the row of a statement from its main version.
    pub fn new(entry: &Entry) -> Row {
        let front = &entry.known.statement.front;
        Row {
            id: entry.known.id.clone(),
            file: entry.known.statement.path.clone(),
            card: entry.known.card.clone(),
            facts: entry.known.facts.clone(),
            versions: entry.known.versions.clone(),
            session: front.session.as_ref().map(|name| name.text.clone()),
            meeting: front.meeting.as_ref().map(|name| name.text.clone()),
            spoken_language: front.spoken_language.clone(),
            translation: front.translation_kind,
            text_status: front.text_status,
            source: front.source.as_ref().and_then(|source| source.url.clone()),
            license: front.rights.as_ref().and_then(|rights| rights.license.clone()),
            extra: front.extra.clone(),
            added: front.added.as_ref().map(|date| date.edtf().into()),
            texts: front.texts.only(|key| !key.columns.is_empty()),
        }
    }
}

/// Returns the URL of a page.
type Url<'a> = &'a dyn Fn(&SitePath) -> String;

/// Returns the value of a row in a column.
type Cell = fn(&Row, Url<'_>) -> Value;

/// The columns of the keys that are not plain text, by name.
const CELLS: &[(&str, Cell)] = &[
    ("id", |row, _| text(&row.id)),
    ("url", |row, url| Value::from(url(row.card.key.path()))),
    ("title", |row, _| text(&row.card.title)),
    ("type", |row, _| row.card.kind.map(|kind| kind.word()).into()),
    ("date", |row, _| row.card.date.as_ref().map(Date::edtf).into()),
    ("earliest", |row, _| row.card.date.as_ref().map(|date| date.earliest().to_string()).into()),
    ("latest", |row, _| row.card.date.as_ref().map(|date| date.latest().to_string()).into()),
    ("delegation", |row, _| row.facts.delegation.as_ref().map(code).into()),
    ("delegation_name", |row, _| title(row.facts.delegation.as_ref())),
    ("on_behalf_of", |row, _| row.facts.on_behalf_of.iter().map(code).collect()),
    ("speaker", |row, _| row.facts.speaker.as_ref().map(|speaker| &*speaker.name).into()),
    ("role", |row, _| row.facts.speaker.as_ref().and_then(|speaker| speaker.person.role.as_deref()).into()),
    ("forum", |row, _| row.facts.occasion.first().map(slug).into()),
    ("forum_name", |row, _| title(row.facts.occasion.first())),
    ("session", |row, _| row.session.as_deref().into()),
    ("meeting", |row, _| row.meeting.as_deref().into()),
    ("language", |row, _| text(&row.card.language)),
    ("languages", |row, _| row.versions.iter().map(|version| &*version.language).collect()),
    ("spoken_language", |row, _| row.spoken_language.as_deref().into()),
    ("translation", |row, _| row.translation.map(TranslationKind::word).into()),
    ("text_status", |row, _| row.text_status.map(TextStatus::word).into()),
    ("topics", |row, _| row.facts.topics.iter().map(slug).collect()),
    ("topics_by_rule", |row, _| row.facts.rule_topics.iter().map(slug).collect()),
    ("references", |row, _| row.facts.references.iter().map(|link| &*link.title).collect()),
    ("documents", |row, _| row.facts.documents.iter().map(|link| &*link.title).collect()),
    ("source", |row, _| row.source.as_deref().into()),
    ("license", |row, _| row.license.as_deref().into()),
    ("extra", |row, _| if row.extra.is_empty() { Value::Null } else { row.extra.value() }),
    ("status", |row, _| row.card.status.word().into()),
    ("simulated", |row, _| row.facts.simulated.into()),
    ("added", |row, _| row.added.as_deref().into()),
];

/// How to get the value of a column, looked up once for all rows.
enum Filled {
    /// The value of a key that is plain text.
    Plain(FrontKey),
    /// The result of a function on the row.
    Made(Cell),
}

/// A column of the table.
pub struct Column {
    /// Its name, in the header.
    pub name: &'static str,
    /// Its meaning, for readers of the page about the tables.
    pub meaning: &'static str,
    filled: Filled,
}

impl Column {
    fn value(&self, row: &Row, url: Url<'_>) -> Value {
        match self.filled {
            Filled::Plain(key) => row.texts.get(key).into(),
            Filled::Made(cell) => cell(row, url),
        }
    }
}

/// Returns every column in order: those declared with keys, and the file.
pub fn columns() -> Vec<Column> {
    let declared = front::columns().filter_map(|(key, front::Column { name, meaning, .. })| {
        let made = CELLS.iter().find(|(of, _)| *of == name).map(|(_, cell)| Filled::Made(*cell));
        let plain = matches!(key.value, Type::Plain).then_some(Filled::Plain(key));
        Some(Column { name, meaning, filled: made.or(plain)? })
    });
    let file: Cell = |row, _| text(&row.file);
    let file = Column { name: "file", meaning: "The file in the site's repository.", filled: Filled::Made(file) };
    declared.chain([file]).collect()
}

fn text(words: &str) -> Value {
    Value::from(words)
}

fn title(link: Option<&Ref>) -> Value {
    link.map(|link| &*link.title).into()
}

/// Returns the name in its page's address or, without a page, its title.
fn slug(link: &Ref) -> String {
    link.key.as_ref().map_or_else(|| link.title.to_string(), |key| key.name().to_owned())
}

/// Returns the form in front matter of a delegation (its code in capitals) or a group (its name).
fn code(link: &Ref) -> String {
    let is_delegation = link.key.as_ref().is_none_or(|key| key.kind() == Some(RecordKind::Delegation));
    if is_delegation { slug(link).to_uppercase() } else { slug(link) }
}

/// Writes the table; `url` returns the URL of a page.
///
/// # Errors
/// If the table cannot be serialised.
pub fn table(rows: &[Row], format: Format, url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Csv => csv(rows, url),
        Format::Json => json(rows, url),
    }
}

fn csv(rows: &[Row], url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = columns();
    table.write_record(columns.iter().map(|column| column.name))?;
    for row in rows {
        table.write_record(columns.iter().map(|column| spreadsheet::marked(cell(&column.value(row, url)))))?;
    }
    Ok(table.into_inner()?)
}

/// Returns a value as one CSV cell: lists joined with `; `, empty if unknown.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn json(rows: &[Row], url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    let mut out = b"[".to_vec();
    let all = columns();
    for (at, row) in rows.iter().enumerate() {
        // One row per line, so that a change of one statement changes one line.
        out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        let columns = all.iter().map(|column| (column.name, column.value(row, url)));
        serde_json::Serializer::new(&mut out).collect_map(columns)?;
    }
    out.extend_from_slice(b"\n]\n");
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declared_column_is_filled_and_no_cell_is_without_a_column() {
        let columns = columns();
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let declared: Vec<&str> = front::columns().map(|(_, column)| column.name).chain(["file"]).collect();
        assert_eq!(names, declared, "a column whose key is not plain text needs a line among the cells");
        let stray: Vec<&str> = CELLS.iter().map(|(name, _)| *name).filter(|name| !declared.contains(name)).collect();
        assert!(stray.is_empty(), "{stray:?}");
    }
}
