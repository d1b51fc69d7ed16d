//! Views of a delegation's position on a topic over time.

use serde::Serialize;

use super::{BarsView, ChangeView, DateView, PageView, PagerView, ParagraphView, RefView};

/// A phrase that appeared or disappeared.
#[derive(Clone, Debug, Serialize)]
pub struct PhraseView {
    /// Its words.
    pub text: String,
    /// Their language tag.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its first use: the year, or the date if the year has several statements, with a link to the paragraph.
    pub first: RefView,
    /// Its last use.
    pub last: RefView,
}

/// A paragraph on a topic, compared with an earlier one.
#[derive(Clone, Debug, Serialize)]
pub struct WordingView {
    /// The paragraph.
    pub paragraph: ParagraphView,
    /// Link to it.
    pub url: String,
    /// Its words, with the changes marked.
    pub runs: Vec<ChangeView>,
    /// What changed, in words: `4 words added, 2 removed`; empty if it is not compared with anything.
    pub changes: String,
    /// The earlier paragraph that it is compared with.
    pub against: Option<RefView>,
    /// Whether there are earlier statements, but no similar paragraph in them.
    pub is_new: bool,
    /// Whether it is too long to be compared; `runs` is then an extract: the words around a phrase of the topic, or its
    /// beginning.
    pub is_cut: bool,
    /// Earlier paragraphs with the same words.
    pub same: Vec<RefView>,
}

/// A paragraph whose words a later statement has as well, where they are shown.
#[derive(Clone, Debug, Serialize)]
pub struct RepeatedView {
    /// The paragraph.
    pub paragraph: ParagraphView,
    /// Link to it.
    pub url: String,
    /// The last statement with the same words.
    pub later: RefView,
}

/// A paragraph of an earlier statement.
#[derive(Clone, Debug, Serialize)]
pub struct MissingView {
    /// The paragraph.
    pub paragraph: ParagraphView,
    /// The year or date of its statement, with a link to the paragraph.
    pub place: RefView,
}

/// A statement with what it says on a topic.
#[derive(Clone, Debug, Serialize)]
pub struct SaidView {
    /// Its title.
    pub title: String,
    /// Link to its page.
    pub url: String,
    /// Language tag of title and text.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its date, without the year that a heading above it says; none if it says no more than that.
    pub date: Option<DateView>,
    /// Forum, session and meeting in words; may be empty.
    pub occasion: String,
    /// Part of a simulation.
    pub simulated: bool,
    /// The topic was found by rule, not assigned by an editor.
    pub by_rule: bool,
    /// What names it: its `title` or, where the title says no more than delegation, occasion and date, its `date` or its
    /// `occasion`.
    pub named_by: &'static str,
    /// The paragraphs on the topic, without those that are repeated later.
    pub paragraphs: Vec<WordingView>,
    /// The paragraphs on the topic with the same words as a later one.
    pub repeated: Vec<RepeatedView>,
    /// Paragraphs of the previous statement that have no similar one here.
    pub missing: Vec<MissingView>,
}

/// The statements of one year.
#[derive(Clone, Debug, Serialize)]
pub struct SaidYearView {
    /// The earliest year that the date can mean.
    pub year: String,
    /// The statements, latest first.
    pub statements: Vec<SaidView>,
}

/// The view of `position.html`: what a delegation said on a topic over time.
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    /// The page.
    pub page: PageView,
    /// Delegation and topic, with the page's number on further pages.
    pub title: String,
    /// The delegation and the topic.
    pub trail: Vec<RefView>,
    /// How many statements there are, on all pages.
    pub statements: usize,
    /// How many paragraphs on the topic they have.
    pub paragraphs: usize,
    /// These paragraphs per year, each bar with a link to its year: `same` words as before, `changed`, `new`, and `all`
    /// that are not compared; only on the first page.
    pub bars: Option<BarsView>,
    /// Whether most paragraphs are like none before them, so that a mark on these would mark nearly everything.
    pub is_mostly_new: bool,
    /// Every year, latest first, with the number of paragraphs.
    pub contents: Vec<RefView>,
    /// Date of the first statement.
    pub from: Option<DateView>,
    /// Date of the last.
    pub until: Option<DateView>,
    /// Phrases that appeared or disappeared, the most recent first; only on the first page, and only if there are three or
    /// more.
    pub phrases: Vec<PhraseView>,
    /// The years on this page, latest first.
    pub years: Vec<SaidYearView>,
    /// Links to its other pages: `newer` is the previous page, `older` the next.
    pub pager: PagerView,
}
