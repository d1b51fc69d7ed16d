//! The three degrees in which paragraphs match, from the most to the least.

/// How much two paragraphs have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// All words of both.
    Whole,
    /// A run of words, none of them changed.
    Verbatim,
    /// A run of words, some of them changed.
    Changed,
}
