//! What templates see of passages: the same words, said again.

use serde::Serialize;

use super::{ChangeView, NoteItemView, PageView, RefView};

/// A paragraph that shares the words of the one that leads its passage.
#[derive(Clone, Debug, Serialize)]
pub struct FollowerView {
    /// Where it stands, and in words what is the same.
    pub item: NoteItemView,
    /// The words with what changed in them; none where they are the same.
    pub runs: Vec<ChangeView>,
}

/// `passage.html`
#[derive(Clone, Debug, Serialize)]
pub struct PassageView {
    pub page: PageView,
    /// The first words.
    pub title: String,
    /// The page of those that were repeated most.
    pub trail: Vec<RefView>,
    /// In how many statements it was said, by how many delegations, and whether anybody did before.
    pub summary: String,
    /// The passage in which the leader itself follows another.
    pub follows: Option<String>,
    pub leader: NoteItemView,
    /// The whole paragraph that leads it.
    pub text: String,
    /// In order of time.
    pub followers: Vec<FollowerView>,
}

/// A passage in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PassageRowView {
    pub url: String,
    /// The paragraph that leads it, as far as a list has room.
    pub text: String,
    pub leader: NoteItemView,
    /// "In 7 statements by 3 delegations".
    pub summary: String,
}

/// `passages.html`
#[derive(Clone, Debug, Serialize)]
pub struct PassagesView {
    pub page: PageView,
    pub title: String,
    pub passages: Vec<PassageRowView>,
}
