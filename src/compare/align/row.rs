//! Paragraphs of two texts that correspond, as a value.

use std::ops::Range;

/// Paragraphs of two texts that correspond, counted from 0. Where a paragraph has no counterpart, the other range is
/// empty and its start is where the counterpart would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Paragraphs of the first text.
    pub before: Range<usize>,
    /// Paragraphs of the second text.
    pub after: Range<usize>,
    /// Whether the paragraph has moved: it is at another position in the second text.
    pub is_moved: bool,
}

impl Row {
    /// Creates a row that is in the order of both texts.
    pub fn new(before: Range<usize>, after: Range<usize>) -> Row {
        Row { before, after, is_moved: false }
    }

    /// Returns whether both texts have paragraphs in it.
    pub fn is_pair(&self) -> bool {
        !self.before.is_empty() && !self.after.is_empty()
    }
}

/// The maximum number of pairs of paragraphs to compare; longer texts are aligned more coarsely.
pub(super) const MOST: usize = 1 << 18;
