//! Views of the wordings that the collection held of a text.

use serde::Serialize;

use super::{CardView, ComparedRowView, ComparedTextView, DateView, PageView, RefView};

/// The view of `held.html`: what the collection held of a text from a day on.
#[derive(Clone, Debug, Serialize)]
pub struct HeldView {
    /// The page.
    pub page: PageView,
    /// Its title.
    pub title: String,
    /// The list of all statements.
    pub trail: Vec<RefView>,
    /// The statement as it is now.
    pub statement: CardView,
    /// What the page is, in a sentence: from when until when this was held.
    pub summary: String,
    /// The title that the text had.
    pub text_title: String,
    /// The text, without links.
    pub body: tera::Value,
    /// Its footnotes; may be empty.
    pub footnotes: tera::Value,
    /// SHA-256 of its file, in hexadecimal digits.
    pub sha256: String,
    /// The commit that brought it.
    pub commit: String,
    /// The first line of that commit's message.
    pub note: String,
    /// What changed since the wording before, in words; empty for the first.
    pub changes: String,
    /// The wording before, as one of two texts; none for the first.
    pub before: Option<ComparedTextView>,
    /// This wording, as one of two texts.
    pub after: ComparedTextView,
    /// Paragraphs of both side by side.
    pub rows: Vec<ComparedRowView>,
    /// Link to the wording after it; none for the latest.
    pub next: Option<String>,
}

/// A wording in the list on a statement's page.
#[derive(Clone, Debug, Serialize)]
pub struct HeldListView {
    /// Link to its page.
    pub url: String,
    /// The first day.
    pub date: DateView,
    /// The first line of the commit's message.
    pub note: String,
}
