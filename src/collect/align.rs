//! Two texts -> rows of paragraphs that stand beside each other; several texts -> the wording before each paragraph.
//!
//! Wordings in one language are aligned by the words that they share, language versions by what survives translation:
//! lengths, figures, headings and the numbers that paragraphs were given.

mod alike;
#[cfg(test)]
pub mod in_three_languages;
mod series;
mod versions;
mod wordings;

use std::ops::Range;

pub use series::{At, Texts, Wording, series};
pub use versions::{Named, Version, differ_in_figures, likeliest, versions};
pub use wordings::wordings;

/// Paragraphs of two texts that correspond, counted from 0. Where a paragraph has no counterpart, the range of the other
/// text is empty, and says between which paragraphs it would stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub before: Range<usize>,
    pub after: Range<usize>,
    /// It stands elsewhere in the order of the second text.
    pub is_moved: bool,
}

impl Row {
    /// Returns a row in the order of both texts.
    pub fn new(before: Range<usize>, after: Range<usize>) -> Row {
        Row { before, after, is_moved: false }
    }

    /// Says whether both texts have it.
    pub fn is_pair(&self) -> bool {
        !self.before.is_empty() && !self.after.is_empty()
    }
}

/// Pairs of paragraphs that are looked at, at most; longer texts are aligned more coarsely.
const MOST: usize = 1 << 18;
