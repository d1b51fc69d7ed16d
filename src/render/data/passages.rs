//! Passages -> the table of passages: a row for each paragraph that has the words.

use std::borrow::Cow;

use super::paragraphs::trimmed;
use super::{Cells, DataColumn, Url, column, column_as, flag, write};
use crate::collect::passages::{Follower, Passage, Saying};
use crate::compare::extent::Extent;
use crate::key::Key;
use crate::stamp::Stamped;

/// The columns of the table.
pub const COLUMNS: [DataColumn; 7] = [
    column_as("passage", "passage-url", Cells::Url, "The passage's page: one passage is all rows with one address."),
    column("id", Cells::Text, "The statement's id, which never changes."),
    column_as("language", "text-language", Cells::Text, "Language of the text."),
    column("paragraph", Cells::Text, "The paragraph's anchor on the page."),
    column("leads", Cells::Flag, "Whether it is the paragraph with which all others are compared."),
    column(
        "extent",
        Cells::Text,
        "How much it shares: `whole` paragraphs, a `verbatim` run of words, or a `changed` one; empty if it leads.",
    ),
    column_as("text", "passage-text", Cells::Text, "Its words; of a long paragraph those that are shared."),
];

/// A passage as its table has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PassageItem {
    /// Its page.
    key: Key,
    /// The paragraph that leads it.
    leader: Stamped<Saying>,
    /// The paragraphs that share its words.
    followers: Vec<Stamped<Follower>>,
}

/// The approximate size of a row without its words, in bytes.
const ROW: usize = 150;

impl PassageItem {
    /// Makes the item of a passage.
    pub fn new(passage: &Passage) -> PassageItem {
        let Passage { key, leader, followers, .. } = passage;
        PassageItem { key: key.clone(), leader: leader.clone(), followers: followers.clone() }
    }

    /// Returns the approximate size of its rows, in bytes.
    pub fn size(&self) -> usize {
        let words = self.leader.words.end - self.leader.words.start;
        (self.followers.len() + 1) * (ROW + words as usize)
    }

    /// Returns how many rows it has.
    pub fn rows(&self) -> usize {
        self.followers.len() + 1
    }

    /// Returns the year of its leader; `None` without a date.
    pub fn year(&self) -> Option<i16> {
        self.leader.card.date.as_ref().map(|date| date.earliest().year())
    }
}

/// Writes the table.
///
/// # Errors
/// If it cannot be serialised.
pub(super) fn write(passages: &[PassageItem], url: Url<'_>) -> anyhow::Result<Vec<u8>> {
    write::csv(&COLUMNS, passages, |passage, emit| {
        let page = url(passage.key.path());
        let mut row = |saying: &Saying, extent: Option<Extent>| {
            let words = trimmed(saying.statement.body.said(&saying.words));
            let cells: [Cow<'_, str>; COLUMNS.len()] = [
                (&*page).into(),
                (&*saying.statement.id).into(),
                (&*saying.statement.language).into(),
                saying.paragraph.anchor().into(),
                flag(extent.is_none()),
                extent.map_or("", word).into(),
                words,
            ];
            emit(&cells)
        };
        row(&passage.leader, None)?;
        passage.followers.iter().try_for_each(|follower| row(&follower.saying, Some(follower.extent)))
    })
}

fn word(extent: Extent) -> &'static str {
    match extent {
        Extent::Whole => "whole",
        Extent::Verbatim => "verbatim",
        Extent::Changed => "changed",
    }
}
