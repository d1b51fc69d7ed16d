//! What templates see of a delegation's position on a topic over time.

use serde::Serialize;

use super::{ChangeView, DateView, PageView, PagerView, ParagraphView, RefView};

/// A phrase that came or went.
#[derive(Clone, Debug, Serialize)]
pub struct PhraseView {
    pub text: String,
    pub language: String,
    pub direction: &'static str,
    /// Where it was used first: the year or date, with a link to the paragraph.
    pub first: RefView,
    pub last: RefView,
}

/// A paragraph on the topic, compared with an earlier one.
#[derive(Clone, Debug, Serialize)]
pub struct WordingView {
    pub paragraph: ParagraphView,
    pub url: String,
    /// Where its words are shown, if a later statement has them too; all else is empty then.
    pub later: Option<RefView>,
    /// Its words with what changed in them.
    pub runs: Vec<ChangeView>,
    /// What changed, in words: "4 words added, 2 removed"; empty if it is compared with nothing.
    pub changes: String,
    /// The earlier paragraph that it is compared with.
    pub against: Option<RefView>,
    /// Earlier statements had others, but none that is like it.
    pub is_new: bool,
    /// It is too long to be compared; `runs` is a part of it: what is around a phrase of the topic, or its beginning.
    pub is_cut: bool,
    /// Earlier paragraphs with the same words.
    pub same: Vec<RefView>,
}

/// A paragraph of an earlier statement.
#[derive(Clone, Debug, Serialize)]
pub struct MissingView {
    pub paragraph: ParagraphView,
    /// The year or date of its statement, with a link to the paragraph.
    pub place: RefView,
}

/// A statement with what it says on the topic.
#[derive(Clone, Debug, Serialize)]
pub struct SaidView {
    pub title: String,
    pub url: String,
    pub language: String,
    pub direction: &'static str,
    pub date: Option<DateView>,
    /// Forum, session and meeting in words; empty without a forum.
    pub occasion: String,
    pub simulated: bool,
    /// A rule found the topic in it; no editor gave it.
    pub by_rule: bool,
    /// None where no single ones are known to be on the topic.
    pub paragraphs: Vec<WordingView>,
    /// Paragraphs of the statement before that nothing here is like.
    pub missing: Vec<MissingView>,
}

/// The statements of one year.
#[derive(Clone, Debug, Serialize)]
pub struct SaidYearView {
    pub year: String,
    /// The latest first.
    pub statements: Vec<SaidView>,
}

/// `position.html`
#[derive(Clone, Debug, Serialize)]
pub struct PositionView {
    pub page: PageView,
    pub title: String,
    /// The delegation and the topic.
    pub trail: Vec<RefView>,
    /// Dates of the first and the last statement.
    pub from: Option<DateView>,
    pub until: Option<DateView>,
    /// The last that came first; only on the first page.
    pub phrases: Vec<PhraseView>,
    /// The latest first.
    pub years: Vec<SaidYearView>,
    /// `newer` is the page before, `older` the one after.
    pub pager: PagerView,
}
