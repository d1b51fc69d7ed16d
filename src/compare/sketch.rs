//! The words of a piece of text -> a sketch of them, by which two pieces are compared in a few nanoseconds.
//!
//! One permutation hashing (Li, Owen and Zhang, "One Permutation Hashing", NIPS 2012), a MinHash (Broder 1997) that
//! hashes every word once: the hashes are divided into bins, and each bin keeps its least. The share of bins that agree
//! estimates the share of words that two pieces have in common, whatever their order.

use super::fingerprints::weight;
use crate::language::word::Word;

/// The number of bins in a sketch: a paragraph has forty to a hundred words that count.
const BINS: usize = 32;
/// The value of a bin without a word.
const EMPTY: u8 = u8::MAX;

/// A sketch of the words of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch([u8; BINS]);

impl Default for Sketch {
    fn default() -> Sketch {
        Sketch([EMPTY; BINS])
    }
}

impl Sketch {
    /// Makes the sketch of a piece's words.
    pub fn of(words: &[Word]) -> Sketch {
        let mut bins = [EMPTY; BINS];
        let mut before = 0;
        for word in words {
            // In a script without spaces every text has the common letters, so pairs of letters are taken.
            let code = if word.unspaced { word.code ^ before } else { word.code };
            before = if word.unspaced { word.code.rotate_left(11) } else { 0 };
            if weight(word) == 0 {
                continue;
            }
            let hash = u64::from(code).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let bin = &mut bins[(hash >> 59) as usize];
            *bin = (*bin).min((hash >> 51) as u8);
        }
        Sketch(bins)
    }

    /// Returns how many bins of two sketches agree.
    pub fn agreeing(&self, other: &Sketch) -> usize {
        self.0.iter().zip(&other.0).filter(|(one, other)| one == other && **one != EMPTY).count()
    }
}
