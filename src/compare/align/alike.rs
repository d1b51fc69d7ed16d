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

/// Returns whether two paragraphs have enough words in common, in any order, to be alike. This takes one pass over the
/// sorted words of each, where an alignment takes many.
pub(super) fn can_be_alike(one: &[u32], other: &[u32]) -> bool {
    let (mut at, mut common) = (0, 0);
    for word in one {
        while other.get(at).is_some_and(|other| other < word) {
            at += 1;
        }
        if other.get(at) == Some(word) {
            common += 1;
            at += 1;
        }
    }
    is_alike(common, one.len(), other.len())
}

/// Returns how many words two paragraphs share, in order; `None` if they are not alike.
pub(super) fn shared(one: &[u32], other: &[u32]) -> Option<usize> {
    let same = if one == other { one.len() } else { same(one, other) };
    is_alike(same, one.len(), other.len()).then_some(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_in_order_has_enough_words_in_any_order() {
        let sorted = |words: &[u32]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        for (one, other, can, is) in [
            (&[1, 2, 3, 4][..], &[1, 2, 3, 5][..], true, true),
            (&[1, 2, 3, 4], &[4, 3, 2, 1], true, false),
            (&[1, 1, 1, 1], &[1, 5, 6, 7], false, false),
            (&[1, 2, 3, 4, 5, 6], &[9, 1, 2, 3, 4, 5, 6, 9, 9, 9, 9, 9, 9, 9, 9], true, true),
            (&[], &[1], false, false),
        ] {
            assert_eq!(can_be_alike(&sorted(one), &sorted(other)), can, "{one:?} {other:?}");
            assert_eq!(shared(one, other).is_some(), is, "{one:?} {other:?}");
        }
    }
}
