//! Views of two texts side by side.

use serde::Serialize;

use super::{CardView, ChangeView, DateView, LanguageView, PageView, ParagraphView, RefView};

/// One of the two texts being compared.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedTextView {
    /// What distinguishes it from the other: its date, its language, or how it relates to what was said.
    pub label: String,
    /// The statement.
    pub statement: CardView,
}

/// A paragraph of a text being compared.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedParagraphView {
    /// The paragraph.
    pub paragraph: ParagraphView,
    /// Link to it.
    pub url: String,
    /// Its words; those missing from the other text are `dropped` in the first and `added` in the second.
    pub runs: Vec<ChangeView>,
}

/// Paragraphs shown side by side.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedRowView {
    /// `same`, `changed`, `new` or `dropped`; for two languages, `beside` or `alone`.
    pub kind: &'static str,
    /// Whether it is elsewhere in the second text.
    pub moved: bool,
    /// Paragraphs of the first text; without words if the row is `same`.
    pub before: Vec<ComparedParagraphView>,
    /// Paragraphs of the second text.
    pub after: Vec<ComparedParagraphView>,
}

/// The view of `comparison.html`: two texts side by side.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonView {
    /// The page.
    pub page: PageView,
    /// What is compared, in words.
    pub title: String,
    /// The list of all statements.
    pub trail: Vec<RefView>,
    /// `previous`, `delivered` or `languages`.
    pub how: &'static str,
    /// A sentence saying how many paragraphs are the same, changed, new and dropped.
    pub summary: String,
    /// The earlier text, the prepared text or the main version.
    pub before: ComparedTextView,
    /// The other text.
    pub after: ComparedTextView,
    /// The paragraphs, in the order of the second text.
    pub rows: Vec<ComparedRowView>,
}

/// A page that compares a statement with another text, as the statement's page links to it.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedWithView {
    /// What the other text is: the `previous` or the `next` statement of the delegation, the text as `prepared` or as
    /// `delivered`, or the text in another `language`.
    pub kind: &'static str,
    /// Link to the page.
    pub url: String,
    /// Date of the other text, if it has one.
    pub date: Option<DateView>,
    /// Its year, if that distinguishes the two; otherwise empty.
    pub year: String,
    /// Language of the other text.
    pub language: LanguageView,
}
