//! What templates see of a topic in a session, and of who has spoken on it over the years.

use serde::Serialize;

use super::{CitingView, PageView, PagerView, RefView};

/// What one delegation said, for itself or for others.
#[derive(Clone, Debug, Serialize)]
pub struct SpokenView {
    pub delegation: Option<RefView>,
    pub on_behalf_of: Vec<RefView>,
    /// The latest first.
    pub statements: Vec<CitingView>,
}

/// `extracts.html`
#[derive(Clone, Debug, Serialize)]
pub struct ExtractsView {
    pub page: PageView,
    pub title: String,
    /// The topic, the forum and the session.
    pub trail: Vec<RefView>,
    /// Delegations by name.
    pub spoken: Vec<SpokenView>,
    /// `newer` is the page before, `older` the one after.
    pub pager: PagerView,
}

/// What a delegation did in a year.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// `spoke`, `silent`, or `nothing`: no statement is held.
    pub kind: &'static str,
    /// Where its statements on the topic are to be read, each with how many are there as its title.
    pub links: Vec<RefView>,
}

/// A delegation with what it did in each year.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    pub delegation: RefView,
    pub cells: Vec<CellView>,
}

/// `matrix.html`
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView {
    pub page: PageView,
    pub title: String,
    /// The topic.
    pub trail: Vec<RefView>,
    pub years: Vec<String>,
    /// Those who have spoken on the topic, by name.
    pub rows: Vec<RowView>,
    /// Those of whom there are other statements from these years, but none on the topic.
    pub silent: Vec<RefView>,
    /// The pages of all decades, the latest first; empty if there is only one.
    pub decades: Vec<RefView>,
}
