//! What a template sees: the views, one struct a template, made of a page's parts and of nothing else.
//!
//! The manual's page on views lists every field for theme authors; a test holds the two together. `VERSION` rises when
//! a field goes or changes its meaning.

mod document;

use serde::Serialize;

pub use document::{CitedByView, CitingView, CitingYearView, DocumentRefView, DocumentView, ExtractView};

/// Version of the views, in the generator tag of every page.
pub const VERSION: u32 = 3;

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

/// Head tags for citation managers; none for simulated statements.
#[derive(Clone, Debug, Serialize)]
pub struct MetaView {
    pub name: &'static str,
    pub content: String,
}

/// A language version of a statement.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    pub language: String,
    /// The language's own name.
    pub name: String,
    pub direction: &'static str,
    pub url: String,
    /// Whole URL; empty without a `base_url`.
    pub canonical: String,
    /// The one shown.
    pub current: bool,
    /// The one in the language that was spoken.
    pub delivered: bool,
}

/// Who spoke.
#[derive(Clone, Debug, Serialize)]
pub struct SpeakerView {
    pub name: String,
    pub honorific: String,
    pub role: String,
    pub url: Option<String>,
}

/// What is known of a statement, in the order of the facts list.
#[derive(Clone, Debug, Serialize)]
pub struct FactsView {
    pub kind: String,
    pub speaker: Option<SpeakerView>,
    pub delegation: Option<RefView>,
    pub on_behalf_of: Vec<RefView>,
    /// Forum, session, meeting.
    pub occasion: Vec<RefView>,
    pub meeting_symbol: String,
    pub date: Option<DateView>,
    pub place: String,
    pub cluster: String,
    pub agenda_items: Vec<String>,
    pub spoken_language: Option<LanguageView>,
    pub translation: String,
    pub topics: Vec<RefView>,
    /// Topics found by their records' phrases.
    pub rule_topics: Vec<RefView>,
    /// Of front matter first, then those found in the text.
    pub references: Vec<DocumentRefView>,
    pub source: Option<SourceView>,
    pub rights: String,
    pub media: Vec<RefView>,
    pub identifiers: Vec<LabelView>,
    pub changes: Vec<LabelView>,
    /// How the text relates to what was said, in a sentence; empty where it is not said.
    pub text_status: String,
    /// The same as front matter says it: `as-delivered`; empty where it is not said.
    pub text_status_word: &'static str,
    /// `published`, `corrected`, `withdrawn` or `draft`.
    pub status: &'static str,
    pub status_note: String,
    pub superseded_by: Option<RefView>,
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

/// Where the text was got.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    pub publisher: String,
    pub url: Option<String>,
    pub archived: Option<String>,
    pub retrieved: String,
    pub file: String,
    pub sha256: String,
}

/// A text ready to be shown: what stands before the first paragraph with notes, then sections that begin with one.
#[derive(Clone, Debug, Serialize)]
pub struct BodyView {
    /// HTML.
    pub opening: tera::Value,
    pub sections: Vec<SectionView>,
    /// HTML of the footnotes' list; empty without any.
    pub footnotes: tera::Value,
}

/// A block with notes beside it, and the blocks after it up to the next with notes.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// HTML of the first block.
    pub html: tera::Value,
    pub notes: Vec<NoteView>,
    /// HTML of the blocks after it.
    pub rest: tera::Value,
}

/// Notes of one kind beside a paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// The kind in words: "Linked from".
    pub label: String,
    /// The paragraph's anchor, `p7`.
    pub paragraph: String,
    pub items: Vec<NoteItemView>,
    /// How many there are in all.
    pub count: usize,
}

/// One note: another statement's paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct NoteItemView {
    pub title: String,
    pub url: String,
    pub language: String,
    pub direction: &'static str,
    /// Who speaks; empty where that is not said.
    pub delegation: String,
    /// The date in words.
    pub date: String,
    /// The number of the paragraph that has the link.
    pub paragraph: Option<String>,
    pub simulated: bool,
}

/// A line of the contents list.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    pub level: u8,
    pub title: String,
    pub id: String,
}

/// Previous and next.
#[derive(Clone, Debug, Serialize)]
pub struct NeighboursView {
    /// By the same delegation.
    pub previous_by_delegation: Option<CardView>,
    pub next_by_delegation: Option<CardView>,
    /// In the same meeting.
    pub previous_in_meeting: Option<CardView>,
    pub next_in_meeting: Option<CardView>,
}

/// How to cite a statement.
#[derive(Clone, Debug, Serialize)]
pub struct CitationView {
    /// Speaker and delegation; may be empty.
    pub who: String,
    /// Forum, session, meeting, record and date; each stands alone, whatever its script.
    pub details: Vec<String>,
    pub url: String,
}

/// `statement.html`
#[derive(Clone, Debug, Serialize)]
pub struct StatementView {
    pub page: PageView,
    pub title: String,
    pub facts: FactsView,
    pub summary: String,
    pub meta: Vec<MetaView>,
    /// JSON-LD, ready to stand in a script element; empty for simulated statements.
    pub linked_data: tera::Value,
    pub citation: CitationView,
    pub versions: Vec<VersionView>,
    pub contents: Vec<ContentsView>,
    pub body: BodyView,
    /// Pages that link here, with the paragraph they link from.
    pub backlinks: Vec<NoteItemView>,
    pub see_also: Vec<CardView>,
    pub related: Vec<CardView>,
    pub neighbours: NeighboursView,
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
    /// Program and version of the views.
    pub generator: String,
}
