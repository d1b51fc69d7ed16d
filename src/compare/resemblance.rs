//! Two whole texts -> how much of their words they share, from all their rows of words or from a sketch of these.
//!
//! Each text is hashed once into rows of consecutive words, and those with the lowest hashes are kept as its *sketch*
//! (bottom-k sampling, after Broder, "On the resemblance and containment of documents", 1997). For two texts of 1,500
//! words the estimate is accurate to a few percent.

use super::changes::codes;
use crate::language::word::Word;

/// How many consecutive words two texts hardly share by accident; in a script without spaces, how many letters.
const ROW: (usize, usize) = (5, 12);

/// The maximum number of rows in a sketch.
const KEPT: usize = 256;
/// The number of rows from which a share can be estimated to within a few percent.
const ENOUGH: usize = 64;

/// The hashes of all rows of words of a text, in ascending order and without duplicates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows(Vec<u32>);

impl Rows {
    /// Hashes the rows of a text.
    pub fn of(words: &[Word]) -> Rows {
        let unspaced = words.iter().filter(|word| word.unspaced).count();
        let row = if unspaced * 2 > words.len() { ROW.1 } else { ROW.0 };
        // The rotation makes the hash depend on the order of the words.
        let code = |row: &[u32]| {
            let step =
                |hash: u64, code: &u32| (hash.rotate_left(21) ^ u64::from(*code)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            (row.iter().fold(0, step) >> 32) as u32
        };
        let mut rows: Vec<u32> = codes(words).windows(row).map(code).collect();
        rows.sort_unstable();
        rows.dedup();
        Rows(rows)
    }

    /// Keeps the lowest hashes.
    pub fn sketch(mut self) -> TextSketch {
        self.0.truncate(KEPT);
        TextSketch(self.0.into())
    }

    /// Counts the rows that two texts share.
    pub fn overlap(&self, other: &Rows) -> Overlap {
        Overlap::of(&self.0, &other.0)
    }
}

/// The lowest hashes of a text's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSketch(Box<[u32]>);

impl TextSketch {
    /// Returns the hashes, by which texts with some in common are found.
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }

    /// Estimates the rows that two texts share; `None` if too few rows of the sketches are comparable, as with a short
    /// and a long text.
    pub fn overlap(&self, other: &TextSketch) -> Option<Overlap> {
        // A full sketch has all rows of its text up to its last one. Up to the lower of both ends the samples are
        // comparable.
        let last = |sketch: &[u32]| if sketch.len() < KEPT { u32::MAX } else { sketch[KEPT - 1] };
        let end = last(&self.0).min(last(&other.0));
        let below = |sketch: &[u32]| sketch.partition_point(|row| *row <= end);
        let (one, other) = (&self.0[..below(&self.0)], &other.0[..below(&other.0)]);
        (end == u32::MAX || one.len().min(other.len()) >= ENOUGH).then(|| Overlap::of(one, other))
    }
}

/// How many rows two texts have, and how many of these are in both; for sketches, only comparable rows count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    both: usize,
    one: usize,
    other: usize,
}

impl Overlap {
    /// Compares two sorted lists.
    fn of(one: &[u32], other: &[u32]) -> Overlap {
        let both = one.iter().filter(|row| other.binary_search(row).is_ok()).count();
        Overlap { both, one: one.len(), other: other.len() }
    }

    /// Returns how many of `scale` rows of the shorter text are in both, such as of a thousand.
    pub fn of_shorter(&self, scale: usize) -> usize {
        self.both * scale / self.one.min(self.other).max(1)
    }

    /// Returns how many of `scale` rows of either text are in both.
    pub fn of_either(&self, scale: usize) -> usize {
        self.both * scale / (self.one + self.other - self.both).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of which a second list has so many of a thousand.
    fn lists(length: u32, of_thousand: u32) -> [Rows; 2] {
        let code = |n: u32| n.wrapping_mul(0x9e37_79b1);
        let other = (0..length).map(|n| if n % 1000 * 7 % 1000 < of_thousand { code(n) } else { code(n + length) });
        [(0..length).map(code).collect(), other.collect()].map(|mut rows: Vec<u32>| {
            rows.sort_unstable();
            Rows(rows)
        })
    }

    #[test]
    fn sketches_show_about_what_all_rows_do() {
        for (length, of_thousand) in [(4000, 0), (4000, 100), (4000, 500), (4000, 1000), (200, 250)] {
            let [one, other] = lists(length, of_thousand);
            let all = one.overlap(&other).of_shorter(1000);
            let shown = one.sketch().overlap(&other.sketch()).unwrap().of_shorter(1000);
            assert!(shown.abs_diff(all) <= 60, "{length} rows, {of_thousand} in 1,000: {shown} for {all}");
        }
    }

    #[test]
    fn a_short_text_and_a_long_one_are_compared_by_all_rows() {
        let ([long, _], [short, _]) = (lists(20_000, 0), lists(300, 0));
        assert_eq!(long.sketch().overlap(&short.sketch()), None);
    }

    #[test]
    fn shares_are_of_the_shorter_text_or_of_both() {
        let overlap = Overlap { both: 30, one: 60, other: 100 };
        assert_eq!((overlap.of_shorter(100), overlap.of_either(100)), (50, 23));
        assert_eq!(Overlap { both: 0, one: 0, other: 0 }.of_either(100), 0);
    }
}
