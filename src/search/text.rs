//! What the index takes: statements and their texts, in rows.

use serde::Serialize;

/// A statement as the index files it, without its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Its id.
    pub id: Box<str>,
    /// The first day that its date can mean, as `yyyymmdd`; 0 if it has no date.
    pub from: u32,
    /// The last such day.
    pub to: u32,
    /// How many bytes its texts have together, by which the collection is cut into shards.
    pub size: usize,
    /// How many language versions it has.
    pub versions: u32,
    /// Its values in each column by which results are filtered.
    pub columns: [Vec<Box<str>>; COLUMNS.len()],
    /// Whether it was made in a simulation.
    pub simulated: bool,
}

/// The columns by which results are filtered.
pub const COLUMNS: [&str; 7] = [DELEGATION, TOPIC, FORUM, SESSION, YEAR, KIND, LANGUAGE];
/// The column of codes of delegations and groups.
pub const DELEGATION: &str = "delegation";
/// The column of topics.
pub const TOPIC: &str = "topic";
/// The column of forums.
pub const FORUM: &str = "forum";
/// The column of sessions, each with its forum.
pub const SESSION: &str = "session";
/// The column of years.
pub const YEAR: &str = "year";
/// The column of kinds of statement.
pub const KIND: &str = "kind";
/// The column of languages.
pub const LANGUAGE: &str = "language";

/// A language version of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What a result shows besides words of its rows.
    pub head: Head,
    /// Its rows: the title, facts in words, and then the body.
    pub rows: Vec<Row>,
}

/// The row of the title.
pub const TITLE: usize = 0;
/// The row of facts in words, which are not part of what was said.
pub const FACTS: usize = 1;
/// The first row of the body.
pub const BODY: usize = 2;

/// A part of a text that is searched as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// Its words, without line breaks.
    pub words: String,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The title.
    Title,
    /// Topics, delegation, speaker and occasion in words.
    Facts,
    /// A paragraph that can be cited.
    Paragraph,
    /// Such a paragraph that only greets or thanks, or is part of a letterhead.
    Greeting,
    /// A heading.
    Heading,
    /// A footnote, a table cell, code.
    Note,
}

/// What a result shows of a text besides words of its rows: the first line of its chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Head {
    /// The id of its statement.
    pub id: String,
    /// The address of its page, relative to the site's root.
    pub url: String,
    /// Its language tag.
    pub language: String,
    /// Its date in words.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub date: String,
    /// Its day as `yyyymmdd`, if its date is one; readers get it in the words of their language.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub day: Option<u32>,
    /// The delegation that gave it, in words.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub delegation: String,
    /// Forum, session and meeting in words.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub occasion: String,
    /// The kind of statement.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub kind: String,
    /// Whether it was made in a simulation.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub simulated: bool,
    /// The rows that are not ordinary paragraphs, with the letter of their kind.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub kinds: Vec<(u32, String)>,
    /// The anchors that are not the paragraph's number in order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub anchors: Vec<(u32, String)>,
    /// The labels that are not the anchor's number.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub labels: Vec<(u32, String)>,
}

/// The number of words of the shortest paragraph that is more than a greeting.
const SAYS_SOMETHING: usize = 12;

/// Marks short paragraphs at the beginning and the end of a text as greetings: "Mr. Chair, thank you for giving me the
/// floor", "I thank you". A text of nothing else keeps its paragraphs.
pub fn mark_greetings(rows: &mut [Row]) {
    let is_short = |row: &Row| match row.kind {
        Kind::Paragraph => words_at_most(&row.words, SAYS_SOMETHING),
        _ => true,
    };
    let body = &mut rows[BODY..];
    let Some(first) = body.iter().position(|row| !is_short(row)) else { return };
    let last = body.iter().rposition(|row| !is_short(row)).unwrap_or(first);
    for (at, row) in body.iter_mut().enumerate() {
        if row.kind == Kind::Paragraph && (at < first || at > last) {
            row.kind = Kind::Greeting;
        }
    }
}

/// Returns whether a text has at most this many words; a script without spaces has about three letters to a word.
fn words_at_most(text: &str, most: usize) -> bool {
    let mut count = 0;
    crate::language::term::tokens(text, |token| count += if token.unspaced { 1 } else { 3 });
    count <= most * 3
}

impl Kind {
    /// Returns its letter in a text's head; none for an ordinary paragraph.
    pub fn letter(self) -> Option<&'static str> {
        match self {
            Kind::Title | Kind::Facts | Kind::Paragraph => None,
            Kind::Greeting => Some("g"),
            Kind::Heading => Some("h"),
            Kind::Note => Some("n"),
        }
    }
}
