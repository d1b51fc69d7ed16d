//! What a template sees: the views, one struct a template, made of a page's parts and of nothing else.
//!
//! The manual's page on views lists every field for theme authors; a test holds the two together. `VERSION` rises when
//! a field goes or changes its meaning.

mod changes;
mod comparison;
mod document;
mod paragraph;
mod passage;
mod position;
mod statement;
mod topic;

use serde::Serialize;

pub use changes::ChangeView;
pub use comparison::{ComparedParagraphView, ComparedRowView, ComparedTextView, ComparisonView};
pub use document::{CitedByView, CitingView, CitingYearView, DocumentRefView, DocumentView, ExtractView};
pub use paragraph::{ListedParagraphView, ParagraphView};
pub use passage::{FollowerView, PassageRowView, PassageView, PassagesView};
pub use position::{MissingView, PhraseView, PositionView, SaidView, SaidYearView, WordingView};
pub use statement::{
    BodyView, CarriedView, CitationView, ContentsView, FactsView, MetaView, NeighboursView, NoteItemView, NoteView,
    SectionView, SourceView, SpeakerView, StatementView, VersionView,
};

pub use topic::{CellView, ExtractsView, MatrixView, RowView, SpokenView};

/// Version of the views, in the generator tag of every page.
pub const VERSION: u32 = 4;

/// What every view has under `page`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    /// The kind of page: `statement`, `topic`, `home`, …
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    /// Link to the page itself.
    pub url: String,
    /// Whole URL of the page; empty without a `base_url`.
    pub canonical: String,
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Search engines are asked to leave it out.
    pub noindex: bool,
    /// Part of a simulation: nobody's real words.
    pub simulated: bool,
    /// Link to the page's own feed, if it has one.
    pub feed: Option<String>,
    /// Where a change can be proposed.
    pub edit_url: Option<String>,
}

/// A name, with a link where it has a page.
#[derive(Clone, Debug, Serialize)]
pub struct RefView {
    pub title: String,
    pub url: Option<String>,
    /// How many statements, where that is said.
    pub count: Option<usize>,
}

/// A date for people and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    pub words: String,
    /// The known parts, `2017-10-17`, `2017-10` or `2017`; empty for an interval.
    pub machine: String,
    pub edtf: String,
}

/// A statement in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    pub title: String,
    pub url: String,
    pub language: String,
    pub direction: &'static str,
    pub date: Option<DateView>,
    pub delegation: Option<RefView>,
    pub on_behalf_of: Vec<RefView>,
    /// Forum, session and meeting in words; empty without a forum.
    pub occasion: String,
    /// The kind of text in words; empty where it is not said.
    pub kind: String,
    pub excerpt: String,
    pub simulated: bool,
    /// `published`, `corrected` or `draft`.
    pub status: &'static str,
}

/// A label and what it labels.
#[derive(Clone, Debug, Serialize)]
pub struct LabelView {
    pub label: String,
    pub text: String,
    /// The text itself, where it is the address of a page elsewhere.
    pub url: Option<String>,
    /// Language of the text, where it is a name in another language.
    pub language: Option<LanguageView>,
}

/// A language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageView {
    pub language: String,
    /// Its own name.
    pub name: String,
    pub direction: &'static str,
}

/// A way through the pages of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// Link to the page with newer statements.
    pub newer: Option<String>,
    pub older: Option<String>,
    /// Every page, newest first.
    pub pages: Vec<PagerItemView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PagerItemView {
    /// "Latest", or the page's number from the oldest.
    pub title: String,
    pub url: String,
    pub current: bool,
}

/// Links under a heading: sessions of a forum, narrower topics, members of a group.
#[derive(Clone, Debug, Serialize)]
pub struct BranchView {
    pub label: String,
    pub items: Vec<RefView>,
}

/// `topic.html`, `delegation.html`, `forum.html`, `session.html`, `meeting.html`, `group.html`, `speaker.html`,
/// `year.html`, `statements.html`
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    pub page: PageView,
    pub title: String,
    /// Other names, formal name, symbol, dates.
    pub facts: Vec<LabelView>,
    /// Forum and session above a meeting, broader topic, year list: from the outermost.
    pub trail: Vec<RefView>,
    /// HTML of the record's introduction; only on the first page.
    pub introduction: tera::Value,
    pub branches: Vec<BranchView>,
    /// How the statements are ordered, in words; empty for "newest first".
    pub order: String,
    pub cards: Vec<CardView>,
    /// Statements that have the topic by rule alone.
    pub rule_cards: Vec<CardView>,
    /// Link to all of these, where there are more than are shown.
    pub rule_url: Option<String>,
    pub pager: PagerView,
    pub backlinks: Vec<NoteItemView>,
}

/// `index.html`: all topics, all delegations, …
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    pub page: PageView,
    pub title: String,
    pub groups: Vec<BranchView>,
}

/// `home.html`
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    pub page: PageView,
    pub title: String,
    /// HTML.
    pub introduction: tera::Value,
    pub latest: Vec<CardView>,
    /// The indexes.
    pub ways: Vec<RefView>,
    pub years: Vec<RefView>,
    pub topics: Vec<RefView>,
}

/// `page.html`
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    pub page: PageView,
    pub title: String,
    /// HTML.
    pub body: tera::Value,
    /// HTML of the footnotes' list.
    pub footnotes: tera::Value,
    pub backlinks: Vec<NoteItemView>,
}

/// `data.html`
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    pub page: PageView,
    pub title: String,
    /// The tables, each by its format.
    pub files: Vec<RefView>,
    /// Name and meaning of every column.
    pub columns: Vec<LabelView>,
}

/// `404.html`
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    pub page: PageView,
    pub ways: Vec<RefView>,
}

/// `redirect.html`
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    pub page: PageView,
    /// Link to where the page is now.
    pub target: String,
}

/// What is under `site` in every template.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    pub language: String,
    pub direction: &'static str,
    /// Path of the site's root, with a slash at both ends.
    pub base: String,
    /// The site's feed; none without a `base_url`.
    pub feed: Option<String>,
    pub menu: Vec<crate::config::MenuItem>,
    /// `extra` of site.toml.
    pub extra: tera::Value,
    /// The content security policy of every page, for hosts that send no headers.
    pub policy: &'static str,
    /// Program and version of the views.
    pub generator: String,
}
