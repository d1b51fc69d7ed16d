//! How much two texts have in common, and which texts they are.

/// A statement's place among those that are kept.
pub type Slot = u32;

/// How much two paragraphs have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// All words of both.
    Whole,
    /// Words in a row, none changed.
    Verbatim,
    /// Words in a row, some changed.
    Changed,
}
