//! Views of lists: what a list holds, its statements by year, and the links below it.

use serde::Serialize;

use super::{BarsView, BranchView, CardView, LabelView, NoteItemView, PageView, PagerView, RefView, ShareView};

/// What a list holds, counted.
#[derive(Clone, Debug, Serialize)]
pub struct SummaryView {
    /// How many statements.
    pub statements: usize,
    /// How many of them have no date.
    pub undated: usize,
    /// How many delegations they are attributed to.
    pub delegations: usize,
    /// The first year with a statement; empty without a date.
    pub from: String,
    /// The last year with a statement; empty without a date.
    pub until: String,
    /// How many years between these have no statement.
    pub gaps: usize,
    /// The delegations with most statements, if some have more than others.
    pub most: Vec<RefView>,
    /// All of them have the topic by rule only.
    pub by_rule: bool,
}

/// The statements of one year.
#[derive(Clone, Debug, Serialize)]
pub struct CardYearView {
    /// The earliest year that their dates can mean; empty for those without a date, and where a list is not by year.
    pub year: String,
    /// The statements.
    pub cards: Vec<CardView>,
}

/// The view of `topic.html`, `delegation.html`, `forum.html`, `session.html`, `meeting.html`, `group.html`,
/// `speaker.html`, `year.html` and `statements.html`.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// The page.
    pub page: PageView,
    /// The list's title, with the page's number on a numbered page.
    pub title: String,
    /// What else is known: other names, formal name, symbol, dates.
    pub facts: Vec<LabelView>,
    /// What it is part of, outermost first: forum and session above a meeting, the broader topic.
    pub trail: Vec<RefView>,
    /// HTML of the record's introduction; only on the latest page.
    pub introduction: tera::Value,
    /// The fields that the site defines in the record (`extra`); an empty map if there are none, and on numbered pages.
    pub extra: tera::Value,
    /// What the list holds; only on the latest page.
    pub summary: Option<SummaryView>,
    /// Its statements per year; only on the latest page.
    pub per_year: Option<BarsView>,
    /// The decades that have statements, the latest first, each with a link to its latest year; only on the latest page.
    pub decades: Vec<RefView>,
    /// Who made the statements; only on the latest page, and only if several did.
    pub delegations: Vec<ShareView>,
    /// What a delegation spoke on; only on the latest page.
    pub topics: Vec<ShareView>,
    /// Links to what is below it; only on the latest page.
    pub branches: Vec<BranchView>,
    /// The order of the statements in words; empty for newest first.
    pub order: String,
    /// What all statements on this page have in common: the forum, the session. Their cards leave it out.
    pub common: Vec<String>,
    /// The statements on this page, by year.
    pub years: Vec<CardYearView>,
    /// Statements that have the topic by rule only, by year; on the latest page only, and at most as many as fit on one
    /// page.
    pub rule_years: Vec<CardYearView>,
    /// Link to all of these, if there are more than are shown.
    pub rule_url: Option<String>,
    /// Files with citations of all its statements, named by their formats; only on the latest page.
    pub citations: Vec<RefView>,
    /// Links to its other pages.
    pub pager: PagerView,
    /// What links to the page; only on the latest page.
    pub backlinks: Vec<NoteItemView>,
}
