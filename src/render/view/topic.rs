//! Views of a topic in a session, and of who has spoken on it over the years.

use serde::Serialize;

use super::{CitingView, PageView, PagerView, RefView};

/// Statements of one delegation, for itself or for others.
#[derive(Clone, Debug, Serialize)]
pub struct SpokenView {
    /// The delegation that speaks.
    pub delegation: Option<RefView>,
    /// The groups or delegations spoken for.
    pub on_behalf_of: Vec<RefView>,
    /// The statements, latest first.
    pub statements: Vec<CitingView>,
}

/// The view of `extracts.html`: what was said on a topic in a session.
#[derive(Clone, Debug, Serialize)]
pub struct ExtractsView {
    /// The page.
    pub page: PageView,
    /// Topic, forum and session, with the page's number on further pages.
    pub title: String,
    /// The topic, the forum and the session.
    pub trail: Vec<RefView>,
    /// Who spoke: delegations, sorted by name.
    pub spoken: Vec<SpokenView>,
    /// Links to its other pages: `newer` is the previous page, `older` the next.
    pub pager: PagerView,
}

/// What the collection holds from a delegation and a year.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// `spoke`; `without` (it holds statements of that year, and none of them is on the topic); `untagged` (it holds
    /// statements of that year, none of them tagged with the topic); `unsure` (it holds one without a date, or one that
    /// may be of that year, and none that certainly is) or `nothing` (it holds no statement of that year).
    pub kind: &'static str,
    /// How many statements are held, if none of them is known to be on the topic (`without`, `untagged`); otherwise 0.
    pub held: usize,
    /// How many statements are on the topic.
    pub count: usize,
    /// Step of the tint for that number: 0 for none, 2 for one, 5 for four or more.
    pub level: usize,
    /// Where its statements on the topic can be read; `title` is how many are there.
    pub links: Vec<RefView>,
    /// The same for statements in which a rule found the topic.
    pub by_rule: Vec<RefView>,
}

/// A delegation with what the collection holds from each year.
#[derive(Clone, Debug, Serialize)]
pub struct RowView {
    /// The delegation; the link leads to its position on the topic, if it has one.
    pub delegation: RefView,
    /// One cell per year.
    pub cells: Vec<CellView>,
    /// How many statements on the topic it has in these years.
    pub count: usize,
}

/// The view of `matrix.html`: who has spoken on a topic, and when.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView {
    /// The page.
    pub page: PageView,
    /// The topic and the years.
    pub title: String,
    /// The topic.
    pub trail: Vec<RefView>,
    /// The years of the columns.
    pub years: Vec<String>,
    /// The delegations with statements on the topic, by name.
    pub rows: Vec<RowView>,
    /// How many statements on the topic each year has; a joint one counts for each delegation.
    pub totals: Vec<usize>,
    /// How many statements of these years are held in all.
    pub texts: usize,
    /// How many of these are neither tagged with the topic nor judged for topics, so that they may be on it.
    pub untagged_texts: usize,
    /// The delegations with other statements from these years, none of which is on the topic.
    pub without: Vec<RefView>,
    /// The delegations with other statements from these years, none of them tagged with the topic.
    pub untagged: Vec<RefView>,
    /// The pages of all decades, latest first; empty if one page has all years.
    pub decades: Vec<RefView>,
}
