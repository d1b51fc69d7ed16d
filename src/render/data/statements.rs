//! Main versions of statements -> the table of statements, as CSV, JSON and JSON Lines.
//!
//! The columns are declared with the keys of statements, with what each means; the page `/data/` shows readers the
//! same.

use serde::Serializer as _;
use serde_json::Value;

use super::text::DataText;
use super::{Cells, DataColumn, Format, Url};
use crate::collect::names::Ref;
use crate::front::{self, FrontKey, Type};
use crate::key::RecordKind;
use crate::read::date::Date;
use crate::read::statement::{Front, TextStatus, TranslationKind};
use crate::spreadsheet;

/// Returns the value of a statement in a column.
type Cell = fn(&DataText, Url<'_>) -> Value;

/// The columns of the keys that are not plain text, by name.
const CELLS: &[(&str, Cell)] = &[
    ("id", |row, _| text(&row.known.id)),
    ("url", |row, url| Value::from(url(row.key().path()))),
    ("title", |row, _| text(&row.known.card.title)),
    ("type", |row, _| row.known.card.kind.map(|kind| kind.word()).into()),
    ("date", |row, _| row.known.card.date.as_ref().map(Date::edtf).into()),
    ("earliest", |row, _| row.known.card.date.as_ref().map(|date| date.earliest().to_string()).into()),
    ("latest", |row, _| row.known.card.date.as_ref().map(|date| date.latest().to_string()).into()),
    ("delegation", |row, _| row.known.facts.delegation.as_ref().map(code).into()),
    ("delegation_name", |row, _| title(row.known.facts.delegation.as_ref())),
    ("on_behalf_of", |row, _| row.known.facts.on_behalf_of.iter().map(code).collect()),
    ("speaker", |row, _| row.known.facts.speaker.as_ref().map(|speaker| &*speaker.name).into()),
    ("role", |row, _| row.known.facts.speaker.as_ref().and_then(|speaker| speaker.person.role.as_deref()).into()),
    ("forum", |row, _| row.known.facts.occasion.first().map(slug).into()),
    ("forum_name", |row, _| title(row.known.facts.occasion.first())),
    ("session", |row, _| front(row).session.as_ref().map(|name| &*name.text).into()),
    ("meeting", |row, _| front(row).meeting.as_ref().map(|name| &*name.text).into()),
    ("language", |row, _| text(&row.known.card.language)),
    ("languages", |row, _| row.known.versions.iter().map(|version| &*version.language).collect()),
    ("spoken_language", |row, _| front(row).spoken_language.as_deref().into()),
    ("translation", |row, _| front(row).translation_kind.map(TranslationKind::word).into()),
    ("text_status", |row, _| front(row).text_status.map(TextStatus::word).into()),
    ("topics", |row, _| row.known.facts.topics.iter().map(slug).collect()),
    ("topics_by_rule", |row, _| row.known.facts.rule_topics.iter().map(slug).collect()),
    ("references", |row, _| row.known.facts.references.iter().map(|link| &*link.title).collect()),
    ("documents", |row, _| row.known.facts.documents.iter().map(|link| &*link.title).collect()),
    ("source", |row, _| front(row).source.as_ref().and_then(|source| source.url.as_deref()).into()),
    ("license", |row, _| front(row).rights.as_ref().and_then(|rights| rights.license.as_deref()).into()),
    ("extra", |row, _| if front(row).extra.is_empty() { Value::Null } else { front(row).extra.value() }),
    ("status", |row, _| row.known.card.status.word().into()),
    ("simulated", |row, _| row.known.facts.simulated.into()),
    ("added", |row, _| row.known.card.added.as_ref().map(Date::edtf).into()),
];

/// The columns that belong to no key, after all others.
const OWN: &[(DataColumn, Cell)] = &[
    (super::column("file", Cells::Text, "The file in the site's repository."), |row, _| {
        text(&row.known.statement.path)
    }),
    (
        super::column(
            "text",
            Cells::Text,
            "Its words as plain text: headings, paragraphs, rows of tables and notes, with an empty line between two.",
        ),
        |row, _| row.plain().into(),
    ),
];

fn front(row: &DataText) -> &Front {
    &row.known.statement.front
}

/// How to get the value of a column, looked up once for all rows.
enum Filled {
    /// The value of a key that is plain text.
    Plain(FrontKey),
    /// The result of a function on the row.
    Made(Cell),
}

/// A column of the table, and how it is filled.
pub struct FilledColumn {
    /// The column as readers know it.
    pub shown: DataColumn,
    filled: Filled,
}

impl FilledColumn {
    fn value(&self, row: &DataText, url: Url<'_>) -> Value {
        match self.filled {
            Filled::Plain(key) => front(row).text(key).into(),
            Filled::Made(cell) => cell(row, url),
        }
    }
}

/// Returns every column in order: those declared with keys, the file, and the text.
pub fn columns() -> Vec<FilledColumn> {
    let declared = front::columns().filter_map(|(key, front::Column { name, meaning, .. })| {
        let made = CELLS.iter().find(|(of, _)| *of == name).map(|(_, cell)| Filled::Made(*cell));
        let plain = matches!(key.value, Type::Plain).then_some(Filled::Plain(key));
        let shown = super::column(name, cells(key, name), meaning);
        Some(FilledColumn { shown, filled: made.or(plain)? })
    });
    let own = OWN.iter().map(|(shown, cell)| FilledColumn { shown: *shown, filled: Filled::Made(*cell) });
    declared.chain(own).collect()
}

/// Returns the type of a column's cells.
fn cells(key: FrontKey, name: &str) -> Cells {
    match (name, key.value) {
        ("url" | "source", _) => Cells::Url,
        ("earliest" | "latest", _) => Cells::Day,
        (_, Type::Free) => Cells::Object,
        (_, Type::Flag) => Cells::Flag,
        ("languages", _) | (_, Type::List(_)) => Cells::List,
        _ => Cells::Text,
    }
}

fn text(words: &str) -> Value {
    Value::from(words)
}

fn title(link: Option<&Ref>) -> Value {
    link.map(|link| &*link.title).into()
}

/// Returns the name in its page's address or, without a page, its title.
pub(super) fn slug(link: &Ref) -> String {
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
pub(super) fn write(texts: &[DataText], format: Format, url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Csv => csv(texts, url),
        Format::Json => json(texts, url, (b"[\n", b",\n", b"\n]\n")),
        Format::Jsonl => json(texts, url, (b"", b"\n", b"\n")),
    }
}

fn csv(texts: &[DataText], url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = columns();
    table.write_record(columns.iter().map(|column| column.shown.name))?;
    for row in texts.iter().filter(|text| text.known.is_main) {
        table.write_record(columns.iter().map(|column| spreadsheet::marked(cell(column.value(row, url)))))?;
    }
    Ok(table.into_inner()?)
}

/// Returns a value as one CSV cell: lists joined with `; `, empty if unknown.
fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(items) => items.into_iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Writes an object for each row; before the first, between two, and after the last are these bytes.
fn json(texts: &[DataText], url: Url<'_>, (first, between, last): (&[u8], &[u8], &[u8])) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    let all = columns();
    let mut rows = texts.iter().filter(|text| text.known.is_main).enumerate().peekable();
    let is_empty = rows.peek().is_none();
    for (at, row) in rows {
        // One row per line, so that a change of one statement changes one line.
        out.extend_from_slice(if at == 0 { first } else { between });
        let columns = all.iter().map(|column| (column.shown.name, column.value(row, url)));
        serde_json::Serializer::new(&mut out).collect_map(columns)?;
    }
    if is_empty {
        out.extend_from_slice(first);
    }
    out.extend_from_slice(if is_empty { last.trim_ascii_start() } else { last });
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declared_column_is_filled_and_no_cell_is_without_a_column() {
        let columns = columns();
        let names: Vec<&str> = columns.iter().map(|column| column.shown.name).collect();
        let declared: Vec<&str> = front::columns().map(|(_, column)| column.name).chain(["file", "text"]).collect();
        assert_eq!(names, declared, "a column whose key is not plain text needs a line among the cells");
        let stray: Vec<&str> = CELLS.iter().map(|(name, _)| *name).filter(|name| !declared.contains(name)).collect();
        assert!(stray.is_empty(), "{stray:?}");
    }
}
