//! Views of the notes next to a paragraph, and of the places that link to a page.

use serde::Serialize;

use super::{ChangeView, DateView, ParagraphView};

/// The notes of one kind next to a paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// `said` for words that other statements have, `linked` for links to the paragraph.
    pub kind: &'static str,
    /// The paragraph.
    pub paragraph: ParagraphView,
    /// How many other statements have the words, or how many links lead here.
    pub count: usize,
    /// The places, by who speaks.
    pub groups: Vec<NoteGroupView>,
    /// Whether this statement is certainly the first in the collection to say the words.
    pub is_first: bool,
    /// How many other statements are certainly later.
    pub since: usize,
    /// How many statements or links are in no group.
    pub unlisted: usize,
    /// The page with all of them, if there is one.
    pub url: Option<String>,
}

/// Places that have a note in common.
#[derive(Clone, Debug, Serialize)]
pub struct NoteGroupView {
    /// `before`, `after` or `also` for words of the same delegation: certainly before, certainly after, or at a time
    /// that the dates leave open. `others` for those of other delegations, `links` for links.
    pub kind: &'static str,
    /// The delegation of the statement that the page shows; empty in the groups `others` and `links`.
    pub delegation: String,
    /// How many delegations said it in total; 0 but for `others`.
    pub delegations: usize,
    /// The places, on one line each. Those of the same delegation with the same words share one.
    pub lines: Vec<NoteLineView>,
    /// How many of the lines there is room for beside the paragraph. The others are folded.
    pub shown: usize,
}

/// One line of a note.
#[derive(Clone, Debug, Serialize)]
pub struct NoteLineView {
    /// Who speaks there; empty if unknown, and where the group names the delegation.
    pub delegation: String,
    /// Title of the text, if nothing else names it: there is neither a delegation nor a date.
    pub title: String,
    /// The paragraphs, each with the same in common.
    pub places: Vec<NotePlaceView>,
    /// `same`: they are the same words. `within`: all of these words, among others. `changed`: what changed is in
    /// `changes`. `part`: the same of a part of one of the two paragraphs. Empty for a link.
    pub extent: &'static str,
    /// How many words were added.
    pub added: usize,
    /// How many words were removed.
    pub removed: usize,
    /// What `added` and `removed` count: `words`, or `characters` of a script without spaces between words.
    pub unit: &'static str,
    /// Whether it is certainly the first in the collection to have the words.
    pub is_first: bool,
    /// Whether the words are in a quotation there.
    pub quoted: bool,
    /// Part of a simulation: nobody really said it.
    pub simulated: bool,
    /// Language tag of the text.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// What changed, with the words around it.
    pub changes: Vec<ChangeView>,
}

/// A paragraph of another text.
#[derive(Clone, Debug, Serialize)]
pub struct NotePlaceView {
    /// Link to the paragraph.
    pub url: String,
    /// Its language tag.
    pub language: String,
    /// When it was said, in short: the year, empty for an interval; of a link the date. Empty if it is unknown.
    pub when: String,
    /// The date of words said elsewhere, if there is one.
    pub date: Option<DateView>,
    /// The paragraph; none if the link is in none.
    pub paragraph: Option<ParagraphView>,
}

/// One note or backlink: a place in another text.
#[derive(Clone, Debug, Serialize)]
pub struct NoteItemView {
    /// Title of the text.
    pub title: String,
    /// What names it: its `title` or, where the title says no more than who spoke when, `said`.
    pub named_by: &'static str,
    /// Link to it, and to its paragraph if the link is in one.
    pub url: String,
    /// Its language tag.
    pub language: String,
    /// Direction of its language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Who speaks; empty if unknown.
    pub delegation: String,
    /// The date in words; may be empty.
    pub date: String,
    /// The paragraph that contains the link.
    pub paragraph: Option<ParagraphView>,
    /// Whether the words are in a quotation there; false for a link.
    pub quoted: bool,
    /// Part of a simulation: nobody really said it.
    pub simulated: bool,
    /// What is the same and what differs, in words; empty for a link.
    pub words: String,
    /// What changed, with the words around it.
    pub changes: Vec<ChangeView>,
}
