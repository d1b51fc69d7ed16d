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

/// What is held of a delegation and a year.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// `spoke`; `without`: it is known that none of the statements held is on the topic; `untagged`: there are statements,
    /// and nobody tagged one with the topic; `unsure`: there is one without a date or one that may be of the year, and none
    /// that certainly is; or `nothing`: no statement is held.
    pub kind: &'static str,
    /// How many statements are held, where it is known that none of them is on the topic; else 0.
    pub held: usize,
    /// Where its statements on the topic are to be read, each with how many are there as its title.
    pub links: Vec<RefView>,
    /// The same of statements in which a rule found the topic.
    pub by_rule: Vec<RefView>,
}

/// A delegation with what is held of each year.
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
    /// Those of whom statements on the topic are held, by name.
    pub rows: Vec<RowView>,
    /// Those of whom other statements are held from these years, and it is known that none of them is on the topic.
    pub without: Vec<RefView>,
    /// Those of whom other statements are held from these years, which nobody tagged with the topic.
    pub untagged: Vec<RefView>,
    /// The pages of all decades, the latest first; empty if there is only one.
    pub decades: Vec<RefView>,
}
