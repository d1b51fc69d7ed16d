//! Statements -> the tables below `/data/`: one row a statement, as CSV and as JSON.
//!
//! The columns are declared once, with what each means; the page `/data/` tells the same to readers.

use serde::Serializer as _;
use serde_json::Value;

use crate::collect::card::Card;
use crate::collect::facts::Facts;
use crate::collect::names::Ref;
use crate::collect::{Entry, VersionRef};
use crate::key::RecordKind;
use crate::path::SitePath;
use crate::read::date::Date;
use crate::read::statement::{TextStatus, TranslationKind};
use crate::spreadsheet;
use crate::stamp::Stamped;

/// The forms of the table, each with its file's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Csv,
    Json,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Csv, Format::Json];

    /// Returns where the table is on the site.
    pub fn path(self) -> &'static str {
        match self {
            Format::Csv => "data/statements.csv",
            Format::Json => "data/statements.json",
        }
    }

    /// Returns the form of the table at a path.
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

/// What the table says of a statement: nothing that only its body knows, so that a change of words makes no table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    id: Box<str>,
    file: std::sync::Arc<str>,
    card: Stamped<Card>,
    facts: Stamped<Facts>,
    versions: Stamped<Vec<VersionRef>>,
    session: Option<Box<str>>,
    meeting: Option<Box<str>>,
    meeting_symbol: Option<Box<str>>,
    place: Option<Box<str>>,
    spoken_language: Option<Box<str>>,
    translation: Option<TranslationKind>,
    text_status: Option<TextStatus>,
    source: Option<Box<str>>,
    license: Option<Box<str>>,
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
            meeting_symbol: front.meeting_symbol.clone(),
            place: front.place.clone(),
            spoken_language: front.spoken_language.clone(),
            translation: front.translation_kind,
            text_status: front.text_status,
            source: front.source.as_ref().and_then(|source| source.url.clone()),
            license: front.rights.as_ref().and_then(|rights| rights.license.clone()),
        }
    }
}

/// Says where a page is.
type Url<'a> = &'a dyn Fn(&SitePath) -> String;

/// A column: its name, what it means, and what a row has in it.
pub struct Column {
    pub name: &'static str,
    pub meaning: &'static str,
    value: fn(&Row, Url<'_>) -> Value,
}

macro_rules! columns {
    ($($name:literal $meaning:literal $value:expr;)*) => {
        /// Every column, in the tables' order.
        pub const COLUMNS: &[Column] = &[$(Column { name: $name, meaning: $meaning, value: $value }),*];
    };
}

columns! {
    "id" "The statement's id, which never changes." |row, _| text(&row.id);
    "url" "Its page." |row, url| Value::from(url(row.card.key.path()));
    "title" "Its title." |row, _| text(&row.card.title);
    "type" "The kind of text." |row, _| row.card.kind.map(|kind| kind.word()).into();
    "date" "The date as its source gives it, in EDTF." |row, _| row.card.date.as_ref().map(Date::edtf).into();
    "earliest" "The earliest day that the date can mean." |row, _| row.card.date.as_ref().map(|date| date.earliest().to_string()).into();
    "latest" "The latest day that the date can mean." |row, _| row.card.date.as_ref().map(|date| date.latest().to_string()).into();
    "delegation" "Code of the delegation." |row, _| row.facts.delegation.as_ref().map(code).into();
    "delegation_name" "Its name." |row, _| title(row.facts.delegation.as_ref());
    "on_behalf_of" "Codes of the groups or delegations spoken for." |row, _| row.facts.on_behalf_of.iter().map(code).collect();
    "speaker" "Who spoke." |row, _| row.facts.speaker.as_ref().map(|speaker| &*speaker.name).into();
    "role" "The speaker's office." |row, _| row.facts.speaker.as_ref().and_then(|speaker| speaker.person.role.as_deref()).into();
    "forum" "Slug of the forum." |row, _| row.facts.occasion.first().map(slug).into();
    "forum_name" "Its name." |row, _| title(row.facts.occasion.first());
    "session" "The session, as the statement gives it." |row, _| row.session.as_deref().into();
    "meeting" "The meeting, as the statement gives it." |row, _| row.meeting.as_deref().into();
    "meeting_symbol" "Symbol of the meeting's record." |row, _| row.meeting_symbol.as_deref().into();
    "place" "The place." |row, _| row.place.as_deref().into();
    "language" "Language of the text on its page." |row, _| text(&row.card.language);
    "languages" "Every language in which the text is held." |row, _| row.versions.iter().map(|version| &*version.language).collect();
    "spoken_language" "The language that was spoken." |row, _| row.spoken_language.as_deref().into();
    "translation" "Who translated the text." |row, _| row.translation.map(TranslationKind::word).into();
    "text_status" "How the text relates to what was said." |row, _| row.text_status.map(TextStatus::word).into();
    "topics" "Slugs of the topics that an editor gave." |row, _| row.facts.topics.iter().map(slug).collect();
    "topics_by_rule" "Slugs of topics found by phrases in the text." |row, _| row.facts.rule_topics.iter().map(slug).collect();
    "references" "Documents it refers to, by their symbols." |row, _| row.facts.references.iter().map(|link| &*link.title).collect();
    "documents" "Other documents that its text cites, by their symbols." |row, _| row.facts.documents.iter().map(|link| &*link.title).collect();
    "source" "Where the text was found." |row, _| row.source.as_deref().into();
    "license" "The text's licence, where one is known." |row, _| row.license.as_deref().into();
    "status" "Published, corrected or draft." |row, _| row.card.status.word().into();
    "simulated" "Whether it belongs to a simulation, such as a model conference: then nobody really said it." |row, _| row.facts.simulated.into();
    "file" "The file in the site's repository." |row, _| text(&row.file);
}

fn text(words: &str) -> Value {
    Value::from(words)
}

fn title(link: Option<&Ref>) -> Value {
    link.map(|link| &*link.title).into()
}

/// Returns the name under which it is known; without a page, its title.
fn slug(link: &Ref) -> String {
    link.key.as_ref().map_or_else(|| link.title.to_string(), |key| key.name().to_owned())
}

/// Returns what front matter calls a delegation or a group: a delegation's code in capitals, a group's name.
fn code(link: &Ref) -> String {
    let is_delegation = link.key.as_ref().is_none_or(|key| key.kind() == Some(RecordKind::Delegation));
    if is_delegation { slug(link).to_uppercase() } else { slug(link) }
}

/// Writes the table; `url` says where a page is.
pub fn table(rows: &[Row], format: Format, url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Csv => csv(rows, url),
        Format::Json => json(rows, url),
    }
}

fn csv(rows: &[Row], url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(COLUMNS.iter().map(|column| column.name))?;
    for row in rows {
        table.write_record(COLUMNS.iter().map(|column| spreadsheet::marked(cell(&(column.value)(row, url)))))?;
    }
    Ok(table.into_inner()?)
}

/// Returns a value as one cell has it: lists with `; ` between, nothing for what is not known.
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
    for (at, row) in rows.iter().enumerate() {
        // A row a line, so that a change of one statement is a change of one line.
        out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        let columns = COLUMNS.iter().map(|column| (column.name, (column.value)(row, url)));
        serde_json::Serializer::new(&mut out).collect_map(columns)?;
    }
    out.extend_from_slice(b"\n]\n");
    Ok(out)
}
