//! The view of the home page.

use serde::Serialize;

use super::{BarsView, CardView, HeatView, PageView, PassageRowView, RefView, SummaryView};

/// A document in the list of those that are cited most.
#[derive(Clone, Debug, Serialize)]
pub struct CitedView {
    /// The document, with the number of statements that cite it.
    pub document: RefView,
    /// How many paragraphs cite it.
    pub paragraphs: usize,
    /// The first year of a statement that cites it; empty without a date.
    pub from: String,
    /// The last year of a statement that cites it; empty without a date.
    pub until: String,
}

/// The view of `home.html`.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The page.
    pub page: PageView,
    /// Title of `content/index.md`, or of the site.
    pub title: String,
    /// HTML of `content/index.md`, with its footnotes.
    pub introduction: tera::Value,
    /// The fields that the site defines in `content/index.md` (`extra`); an empty map if there are none.
    pub extra: tera::Value,
    /// What the collection holds; none if it is empty.
    pub summary: Option<SummaryView>,
    /// Statements per year.
    pub per_year: Option<BarsView>,
    /// The topics with most statements, by decade.
    pub heat: Option<HeatView>,
    /// The documents that most statements cite.
    pub cited: Vec<CitedView>,
    /// The passages that most delegations repeat, without courtesies.
    pub passages: Vec<PassageRowView>,
    /// The five latest statements that have a date.
    pub latest: Vec<CardView>,
    /// The indexes, each with the number of its entries.
    pub ways: Vec<RefView>,
    /// The topics that an editor assigned to statements.
    pub topics: Vec<RefView>,
}
