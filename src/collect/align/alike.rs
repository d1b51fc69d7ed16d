//! Two paragraphs in one language -> how many words they share, if that makes them wordings of one.

use crate::collect::changes::aligned;

/// Words that a paragraph shares, at least, to be found in a longer one, or elsewhere in the order: fewer are a form of
/// address.
pub const FEW: usize = 5;

/// Counts the words that stayed, in order.
pub fn same(one: &[u32], other: &[u32]) -> usize {
    aligned(one, other).iter().filter(|run| run.0).map(|run| run.1.len()).sum()
}

/// Says whether so many words in common make two paragraphs of these lengths one: half of the longer, or most of a
/// shorter one that is more than a form of address.
pub fn is_alike(same: usize, one: usize, other: usize) -> bool {
    let (shorter, longer) = (one.min(other), one.max(other));
    same * 2 >= longer || (same > FEW && same * 4 >= shorter * 3)
}

/// Returns how many words two paragraphs share, in order; nothing where they are not alike.
pub fn shared(one: &[u32], other: &[u32]) -> Option<usize> {
    let same = if one == other { one.len() } else { same(one, other) };
    is_alike(same, one.len(), other.len()).then_some(same)
}
