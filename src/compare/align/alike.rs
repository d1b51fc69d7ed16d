//! Two paragraphs in one language -> how many words they share, if that makes them wordings of one paragraph.

use crate::compare::changes::aligned;

/// Fewer shared words than this are a form of address such as "Thank you, Mr. Chair"; they do not show that a paragraph
/// is part of a longer one or was moved.
pub(super) const FEW: usize = 5;

/// Counts the words that both have in the same order.
pub(super) fn same(one: &[u32], other: &[u32]) -> usize {
    aligned(one, other).iter().filter(|run| run.0).map(|run| run.1.len()).sum()
}

/// Returns whether `same` common words make paragraphs of these lengths wordings of one: half of the longer one, or
/// three quarters of the shorter one if that is more than a form of address.
pub(super) fn is_alike(same: usize, one: usize, other: usize) -> bool {
    let (shorter, longer) = (one.min(other), one.max(other));
    same * 2 >= longer || (same > FEW && same * 4 >= shorter * 3)
}

/// Returns how many words two paragraphs share, in order; `None` if they are not alike.
pub(super) fn shared(one: &[u32], other: &[u32]) -> Option<usize> {
    let same = if one == other { one.len() } else { same(one, other) };
    is_alike(same, one.len(), other.len()).then_some(same)
}
