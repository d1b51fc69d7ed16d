//! Pairs of texts -> how many of their words they share.
//!
//! Each text is hashed once into rows of words, and those with the lowest hashes are kept as its *sketch* (bottom-k
//! sampling, after Broder, "On the resemblance and containment of documents", 1997). Where two sketches overlap too
//! little to estimate from, as those of a short text and a long one, all rows are compared.

use std::collections::HashMap;
use std::sync::Arc;

use crate::collect::Numbered;
use crate::compare::changes::codes;
use crate::memo::Memo;
use crate::read::body::Body;
use crate::read::words::words;
use crate::stamp::Stamp;

/// Sketches of texts and shares of pairs, kept from run to run as long as the texts are the same.
#[derive(Default)]
pub(super) struct ShareMemo {
    sketches: Memo<Arc<str>, Arc<[u32]>>,
    shares: Memo<(Arc<str>, Arc<str>), usize>,
}

impl ShareMemo {
    /// Returns for each pair how many of a thousand rows of words of the shorter text are in both.
    pub(super) fn shares(&mut self, entries: &[Numbered], pairs: &[(usize, usize)]) -> Vec<usize> {
        let mut texts: Vec<usize> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        texts.sort_unstable();
        texts.dedup();
        let statement = |at: usize| &entries[at].known.statement;
        let sketches = self.sketches.update(
            &texts,
            |at| (Arc::clone(&statement(*at).path), statement(*at).stamp()),
            |at| sketch(rows(&statement(*at).body)).into(),
        );
        let sketches: HashMap<usize, Arc<[u32]>> = texts.into_iter().zip(sketches).collect();
        self.shares.update(
            pairs,
            |(one, other)| {
                let (one, other) = (statement(*one), statement(*other));
                let key = (Arc::clone(&one.path), Arc::clone(&other.path));
                (key, Stamp::of(&(one.stamp(), other.stamp())))
            },
            |(one, other)| {
                let all = || share(&rows(&statement(*one).body), &rows(&statement(*other).body));
                sketched(&sketches[one], &sketches[other]).unwrap_or_else(all)
            },
        )
    }
}

/// The words in a row that two texts hardly share by accident; in a script without spaces, the letters.
const ROW: (usize, usize) = (5, 12);

/// The rows of a sketch, at most.
const SKETCH: usize = 256;
/// The rows from which a share can be estimated within a few percent.
const ENOUGH: usize = 64;

/// Returns the hashes of a text's rows of words, sorted and without duplicates.
fn rows(body: &Body) -> Vec<u32> {
    let words = words(&body.text);
    let unspaced = words.iter().filter(|word| word.unspaced).count();
    let row = if unspaced * 2 > words.len() { ROW.1 } else { ROW.0 };
    let code = |row: &[u32]| {
        let step =
            |hash: u64, code: &u32| (hash.rotate_left(21) ^ u64::from(*code)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (row.iter().fold(0, step) >> 32) as u32
    };
    let mut rows: Vec<u32> = codes(&words).windows(row).map(code).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Keeps the lowest hashes of sorted rows.
fn sketch(mut rows: Vec<u32>) -> Vec<u32> {
    rows.truncate(SKETCH);
    rows
}

/// Estimates the share from two sketches; `None` if they do not show it well enough.
fn sketched(one: &[u32], other: &[u32]) -> Option<usize> {
    // A full sketch has all rows of its text up to its last one. Up to the lower of both ends the samples are
    // comparable.
    let last = |sketch: &[u32]| if sketch.len() < SKETCH { u32::MAX } else { sketch[SKETCH - 1] };
    let end = last(one).min(last(other));
    let below = |sketch: &[u32]| sketch.partition_point(|row| *row <= end);
    let (one, other) = (&one[..below(one)], &other[..below(other)]);
    (end == u32::MAX || one.len().min(other.len()) >= ENOUGH).then(|| share(one, other))
}

/// Returns how many of a thousand rows of the shorter sorted list are in both.
fn share(one: &[u32], other: &[u32]) -> usize {
    let both = one.iter().filter(|row| other.binary_search(row).is_ok()).count();
    both * 1000 / one.len().min(other.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of which a second list has so many of a thousand.
    fn lists(length: u32, of_thousand: u32) -> [Vec<u32>; 2] {
        let code = |n: u32| n.wrapping_mul(0x9e37_79b1);
        let other = (0..length).map(|n| if n % 1000 * 7 % 1000 < of_thousand { code(n) } else { code(n + length) });
        [(0..length).map(code).collect(), other.collect()].map(|mut rows: Vec<u32>| {
            rows.sort_unstable();
            rows
        })
    }

    #[test]
    fn sketches_show_about_what_all_rows_do() {
        for (length, of_thousand) in [(4000, 0), (4000, 100), (4000, 500), (4000, 1000), (200, 250)] {
            let [one, other] = lists(length, of_thousand);
            let all = share(&one, &other);
            let shown = sketched(&sketch(one), &sketch(other)).unwrap();
            assert!(shown.abs_diff(all) <= 60, "{length} rows, {of_thousand} in 1,000: {shown} for {all}");
        }
    }

    #[test]
    fn a_short_text_and_a_long_one_are_compared_by_all_rows() {
        let (long, short) = (lists(20_000, 0), lists(300, 0));
        assert_eq!(sketched(&sketch(long[0].clone()), &sketch(short[0].clone())), None);
    }
}
