//! Views of documents, and of who cites them.

use serde::Serialize;

use super::{DateView, LabelView, NoteItemView, PageView, PagerView, ParagraphView, RefView};

/// A paragraph that cites a document.
#[derive(Clone, Debug, Serialize)]
pub struct ExtractView {
    /// The paragraph; none for a footnote or a table.
    pub paragraph: Option<ParagraphView>,
    /// Link to it.
    pub url: String,
    /// Its words or, if it is long, those around the citation.
    pub text: String,
}

/// A statement that cites a document.
#[derive(Clone, Debug, Serialize)]
pub struct CitingView {
    /// Its title.
    pub title: String,
    /// What names it: its `title` or, where the title says no more than who spoke when, its `date`. Below a year, where
    /// the date says no more than that, its `occasion`.
    pub named_by: &'static str,
    /// Forum, session and meeting in words, if they name it; otherwise empty.
    pub occasion: String,
    /// Link to its page.
    pub url: String,
    /// Language tag of title and text.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its date.
    pub date: Option<DateView>,
    /// Part of a simulation.
    pub simulated: bool,
    /// Its topic here was found by rule, not assigned by an editor.
    pub by_rule: bool,
    /// The paragraphs; empty if only front matter names the document or the topic.
    pub paragraphs: Vec<ExtractView>,
}

/// The statements of one year.
#[derive(Clone, Debug, Serialize)]
pub struct CitingYearView {
    /// The earliest year that the date can mean; empty without a date.
    pub year: String,
    /// The statements, latest first.
    pub statements: Vec<CitingView>,
}

/// Statements of one delegation that cite a document.
#[derive(Clone, Debug, Serialize)]
pub struct CitedByView {
    /// The delegation that speaks.
    pub delegation: Option<RefView>,
    /// The statements, latest first.
    pub years: Vec<CitingYearView>,
}

/// How often a document is cited.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentSummaryView {
    /// How many paragraphs cite it.
    pub paragraphs: usize,
    /// How many statements cite it.
    pub statements: usize,
    /// The first year of these; empty if none has a date.
    pub from: String,
    /// The last year.
    pub until: String,
}

/// The view of `document.html`.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// The page.
    pub page: PageView,
    /// The title from its record, or the symbol; with the page's number on further pages.
    pub title: String,
    /// How often it is cited; none if it is not.
    pub summary: Option<DocumentSummaryView>,
    /// Symbol, address of its text, other names, dates.
    pub facts: Vec<LabelView>,
    /// HTML of the record's introduction; only on the first page.
    pub introduction: tera::Value,
    /// The fields that the site defines in the record (`extra`); an empty map if there are none, and on further pages.
    pub extra: tera::Value,
    /// Who cites it: delegations, sorted by name.
    pub cited_by: Vec<CitedByView>,
    /// Links to its other pages: `newer` is the previous page, `older` the next.
    pub pager: PagerView,
    /// Plain pages and records that link to it; only on the first page.
    pub backlinks: Vec<NoteItemView>,
}
