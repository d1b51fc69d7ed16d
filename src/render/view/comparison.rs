//! What a template sees of two texts beside each other.

use serde::Serialize;

use super::{CardView, ChangeView, PageView, ParagraphView};

/// One of the texts that are compared.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedTextView {
    /// What tells it from the other: its date, its language, or how it relates to what was said.
    pub label: String,
    pub statement: CardView,
}

/// A paragraph of a text that is compared.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedParagraphView {
    pub paragraph: ParagraphView,
    pub url: String,
    /// Its words, each run `same` or else `dropped` in the first text and `added` in the second.
    pub runs: Vec<ChangeView>,
}

/// Paragraphs that stand beside each other.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedRowView {
    /// `same`, `changed`, `new` or `dropped`; of two languages `beside` or `alone`.
    pub kind: &'static str,
    /// It stands elsewhere in the second text.
    pub moved: bool,
    /// Without words where they are those of `after`.
    pub before: Vec<ComparedParagraphView>,
    pub after: Vec<ComparedParagraphView>,
}

/// `comparison.html`
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonView {
    pub page: PageView,
    pub title: String,
    /// `previous`, `delivered` or `languages`.
    pub how: &'static str,
    /// How many paragraphs are the same, changed, new and dropped, in a sentence.
    pub summary: String,
    pub before: ComparedTextView,
    pub after: ComparedTextView,
    pub rows: Vec<ComparedRowView>,
}
