//! Views of passages: words that were said again.

use serde::Serialize;

use super::{ChangeView, NoteItemView, PageView, RefView};

/// A paragraph that shares words with the leading one of its passage.
#[derive(Clone, Debug, Serialize)]
pub struct FollowerView {
    /// Where it is, and what is the same, in words.
    pub item: NoteItemView,
    /// The words, with the changes marked; empty if they are the same.
    pub runs: Vec<ChangeView>,
}

/// The view of `passage.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    /// The page.
    pub page: PageView,
    /// The first words of its leading paragraph.
    pub title: String,
    /// The page of passages.
    pub trail: Vec<RefView>,
    /// In how many statements it was said, by how many delegations, and whether it was new then.
    pub summary: String,
    /// Link to the passage in which the leading paragraph itself repeats another.
    pub follows: Option<String>,
    /// Where its leading paragraph is.
    pub leader: NoteItemView,
    /// Its words.
    pub text: String,
    /// The paragraphs that repeat it, in chronological order.
    pub followers: Vec<FollowerView>,
}

/// A passage in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PassageRowView {
    /// Link to its page.
    pub url: String,
    /// The first words of its leading paragraph.
    pub text: String,
    /// The words after these; may be empty.
    pub rest: String,
    /// Where it is.
    pub leader: NoteItemView,
    /// `In 7 statements by 3 delegations`.
    pub summary: String,
    /// How many statements have it.
    pub statements: usize,
    /// How many delegations said it.
    pub delegations: usize,
}

/// The view of `passages.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PassagesView {
    /// The page.
    pub page: PageView,
    /// Its title.
    pub title: String,
    /// The passages repeated by most delegations; among equals, those in most statements first.
    pub passages: Vec<PassageRowView>,
}
