//! How much two paragraphs have in common, and the numbers by which matches refer to statements.

/// The number of a statement in the index.
pub type Slot = u32;

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
