//! What templates see of documents, and of who cites them.

use serde::Serialize;

use super::{DateView, LabelView, NoteItemView, PageView, PagerView, ParagraphView, RefView};

/// A document that a statement refers to.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRefView {
    /// Its symbol; without one its title.
    pub title: String,
    pub url: Option<String>,
    /// Where its text is, by site.toml's `document_url`.
    pub text: Option<String>,
    /// The host of `text`.
    pub site: String,
}

/// A paragraph that cites a document.
#[derive(Clone, Debug, Serialize)]
pub struct ExtractView {
    /// None for a footnote or a table.
    pub paragraph: Option<ParagraphView>,
    pub url: String,
    /// Its words, or those around the citation.
    pub text: String,
}

/// A statement that cites a document.
#[derive(Clone, Debug, Serialize)]
pub struct CitingView {
    pub title: String,
    pub url: String,
    pub language: String,
    pub direction: &'static str,
    pub date: Option<DateView>,
    pub simulated: bool,
    /// A rule found in it the topic for which it is listed; no editor gave it.
    pub by_rule: bool,
    /// None where only front matter names the document.
    pub paragraphs: Vec<ExtractView>,
}

/// The statements of one year.
#[derive(Clone, Debug, Serialize)]
pub struct CitingYearView {
    /// Empty without a date.
    pub year: String,
    pub statements: Vec<CitingView>,
}

/// What one delegation said that cites a document.
#[derive(Clone, Debug, Serialize)]
pub struct CitedByView {
    pub delegation: Option<RefView>,
    /// The latest first.
    pub years: Vec<CitingYearView>,
}

/// `document.html`
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    pub page: PageView,
    pub title: String,
    /// Symbol, where its text is, other names, dates.
    pub facts: Vec<LabelView>,
    /// HTML of the record's introduction; only on the first page.
    pub introduction: tera::Value,
    /// Delegations by name.
    pub cited_by: Vec<CitedByView>,
    /// `newer` is the page before, `older` the one after.
    pub pager: PagerView,
    pub backlinks: Vec<NoteItemView>,
}
