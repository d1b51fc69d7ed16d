//! The views: what templates get. One struct per template, made from a page's parts and from nothing else.
//!
//! The manual's page on views lists every field for theme authors, in the same words; a test compares the names.
//! `VERSION` rises when a field is removed or changes its meaning.

mod changes;
mod chart;
mod citation;
mod comparison;
mod data;
mod document;
mod held;
mod home;
mod list;
mod note;
mod paragraph;
mod passage;
mod position;
mod positions;
mod statement;
mod topic;

use serde::Serialize;

pub use changes::ChangeView;
pub use chart::{BarPartView, BarView, BarsView, HeatCellView, HeatRowView, HeatView, ShareView};
pub use citation::{CitationView, CitedAsView, PieceView};
pub use comparison::{ComparedParagraphView, ComparedRowView, ComparedTextView, ComparedWithView, ComparisonView};
pub use data::{DataView, FormatView, TableView};
pub use document::{CitedByView, CitingView, CitingYearView, DocumentSummaryView, DocumentView, ExtractView};
pub use held::{HeldListView, HeldView};
pub use home::{CitedView, HomeView};
pub use list::{CardYearView, ListView, SummaryView};
pub use note::{NoteGroupView, NoteItemView, NoteLineView, NotePlaceView, NoteView};
pub use paragraph::{ListedParagraphView, ParagraphView};
pub use passage::{FollowerView, PassageRowView, PassageView, PassagesView};
pub use position::{MissingView, PhraseView, PositionView, RepeatedView, SaidView, SaidYearView, WordingView};
pub use positions::{PositionsView, PositionsYearView};
pub use statement::{
    BodyView, CarriedView, ChangedView, ContentsView, DocumentRefView, FactsView, LengthView, MetaView, NeighboursView,
    RangeView, SectionView, SourceView, SpeakerView, StatementView, VersionView,
};

pub use topic::{CellView, ExtractsView, MatrixView, RowView, SpokenView};

/// The version of the views, which is in the generator tag of every page.
pub const VERSION: u32 = 5;

/// The fields under `page` in every view.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    /// The kind of page: `home`, `statement`, `comparison`, `topic`, `delegation`, `forum`, `session`, `meeting`,
    /// `group`, `speaker`, `document`, `year`, `statements`, `passage`, `passages`, `index`, `page`, `search`, `data`,
    /// `404` or `redirect`. It is the name of the template.
    pub kind: &'static str,
    /// The page's title.
    pub title: String,
    /// A sentence for search engines; may be empty.
    pub description: String,
    /// Link to the page itself.
    pub url: String,
    /// Absolute URL of the page; empty without a `base_url`, and on the 404 page. On a redirect: where the page is now.
    pub canonical: String,
    /// Language tag of the page's main text.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Search engines are asked not to index it.
    pub noindex: bool,
    /// Part of a simulation: nobody really said it.
    pub simulated: bool,
    /// The page in each language of the site, the site's own first; empty if it exists in only one.
    pub languages: Vec<AlternateView>,
    /// Link to the page's own feed (Atom), if it has one.
    pub feed: Option<String>,
    /// Link to the same as JSON Feed.
    pub json_feed: Option<String>,
    /// Where readers can propose a change, if `edit_url` is set in site.toml and the page has a file.
    pub edit_url: Option<String>,
}

/// A page in one of the site's languages.
#[derive(Clone, Debug, Serialize)]
pub struct AlternateView {
    /// Tag of the language.
    pub language: String,
    /// Its own name.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Link to the page in it.
    pub url: String,
    /// Absolute URL of that page; empty without a `base_url`.
    pub canonical: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A name, with a link if it has a page.
#[derive(Clone, Debug, Serialize)]
pub struct RefView {
    /// The name.
    pub title: String,
    /// Link to its page; none if it has no page.
    pub url: Option<String>,
    /// The number of statements, where it is shown.
    pub count: Option<usize>,
}

/// A date for people and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// In words: `17 October 2017`.
    pub words: String,
    /// The known part: `2017-10-17`, `2017-10` or `2017`, as the `time` element of HTML expects it; empty for an
    /// interval.
    pub machine: String,
    /// As written in the front matter.
    pub edtf: String,
}

/// A statement in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The statement's title.
    pub title: String,
    /// Link to the statement.
    pub url: String,
    /// Its language tag.
    pub language: String,
    /// Direction of its language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its date, if it has one; below a heading with its year, only what the date says beyond that.
    pub date: Option<DateView>,
    /// The delegation that speaks, if known.
    pub delegation: Option<RefView>,
    /// The groups or delegations spoken for.
    pub on_behalf_of: Vec<RefView>,
    /// The person who spoke; empty if unknown, and on pages that do not name speakers.
    pub speaker: String,
    /// Forum, session and meeting in words, without what all statements of a list have in common; may be empty.
    pub occasion: String,
    /// What names it in a list: `title`, or where the title says no more than that, `delegation` or `occasion`.
    pub named_by: &'static str,
    /// The kind of text in words; empty if unknown.
    pub kind: String,
    /// The summary or, without one, the first long paragraph that is not a courtesy, cut to about 200 characters. In the
    /// list of a topic, what it says on the topic, up to the topic's phrase.
    pub excerpt: String,
    /// In the list of a topic: the phrase of the topic in the excerpt; may be empty.
    pub phrase: String,
    /// In the list of a topic: the words after the phrase.
    pub after: String,
    /// In the list of a topic: link to the paragraph that is quoted.
    pub excerpt_url: Option<String>,
    /// In the list of a topic: the paragraph that is quoted.
    pub paragraph: Option<ParagraphView>,
    /// In the list of a topic: how many of its paragraphs are on the topic; otherwise 0.
    pub paragraphs: usize,
    /// Part of a simulation: nobody really said it.
    pub simulated: bool,
    /// `published`, `corrected` or `draft`; in a statement's `see_also` also `withdrawn`.
    pub status: &'static str,
}

/// A text with a label.
#[derive(Clone, Debug, Serialize)]
pub struct LabelView {
    /// The label.
    pub label: String,
    /// The text.
    pub text: String,
    /// The text itself, if it is the address of a page elsewhere.
    pub url: Option<String>,
    /// Language of the text, if it is a name in another language.
    pub language: Option<LanguageView>,
}

/// A language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageView {
    /// Its tag.
    pub language: String,
    /// Its own name.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// Links between the pages of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// Link to the page with newer statements; none on the newest page.
    pub newer: Option<String>,
    /// Link to the page with older statements; none on the oldest page.
    pub older: Option<String>,
    /// Every page, newest first; empty if there is only one.
    pub pages: Vec<PagerItemView>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerItemView {
    /// `Latest`, or the page's number, counted from the oldest.
    pub title: String,
    /// Link to the page.
    pub url: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// Links under a heading: sessions of a forum, narrower topics, members of a group.
#[derive(Clone, Debug, Serialize)]
pub struct BranchView {
    /// The heading.
    pub label: String,
    /// The links.
    pub items: Vec<RefView>,
}

/// The view of `index.html`: all topics, all delegations, and so on.
#[derive(Clone, Debug, Serialize)]
pub struct IndexView {
    /// The page.
    pub page: PageView,
    /// The index's title.
    pub title: String,
    /// Its entries by initial letter; years by decade, documents by series.
    pub groups: Vec<BranchView>,
    /// Whether its entries are years, of which a line has room for several.
    pub of_years: bool,
}

/// The view of `page.html`: a plain page.
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    /// The page.
    pub page: PageView,
    /// Its title.
    pub title: String,
    /// HTML of its text.
    pub body: tera::Value,
    /// The fields that the site defines in its front matter (`extra`); an empty map if there are none.
    pub extra: tera::Value,
    /// HTML of the list of footnotes; empty if there are none.
    pub footnotes: tera::Value,
    /// The statements that its front matter requests (`list`), latest first.
    pub cards: Vec<CardView>,
    /// What links to the page.
    pub backlinks: Vec<NoteItemView>,
}

/// The view of `search.html`: the search. What it finds is in the index, which the page's script reads.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The page.
    pub page: PageView,
    /// Its title.
    pub title: String,
    /// The indexes, each with the number of its entries, for readers whose browsers run no script.
    pub ways: Vec<RefView>,
}

/// The view of `404.html`.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    /// The page.
    pub page: PageView,
    /// The indexes, each with the number of its entries.
    pub ways: Vec<RefView>,
}

/// The view of `redirect.html`: the small page at an old address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// The page.
    pub page: PageView,
    /// Link to where the page is now.
    pub target: String,
}

/// The fields under `site` in every template.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// The site's language tag.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The language of texts that name none, such as introductions of lists.
    pub text_language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub text_direction: &'static str,
    /// Path of the site's root, with a slash at both ends. Links to assets start with it.
    pub base: String,
    /// Link to the home page in the language of the interface.
    pub home: String,
    /// Link to the search page; none where the site has no search.
    pub search: Option<String>,
    /// Link to the site's feed (Atom); none without a `base_url`.
    pub feed: Option<String>,
    /// Link to the same as JSON Feed.
    pub json_feed: Option<String>,
    /// Link to the picture before the site's name, if site.toml has one.
    pub logo: Option<String>,
    /// Absolute URL of the picture that other sites show with a link to a page; none without a `base_url`.
    pub image: Option<String>,
    /// Link to the style sheet with the colours and the size of text of site.toml, if it has any.
    pub brand: Option<String>,
    /// A sentence for the foot of every page; may be empty.
    pub footer: String,
    /// The links in the header, each with `title` and `url`.
    pub menu: Vec<crate::config::MenuItem>,
    /// The table `extra` of site.toml.
    pub extra: tera::Value,
    /// Whether this is a preview of drafts (`plenary build --preview`): its pages say so and ask not to be indexed.
    pub preview: bool,
    /// The content security policy, for the `meta` element of every page.
    pub policy: &'static str,
    /// The program, and the version of the views.
    pub generator: String,
}
