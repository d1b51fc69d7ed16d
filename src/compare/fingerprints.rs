//! The words of a paragraph -> a few fingerprints by which the same words are found elsewhere.
//!
//! Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003)
//! over shingles of the longer words: short words are everywhere, and people who quote from memory change them first. A
//! word weighs twice as much as a letter of a script without spaces, so shingles are of the same size in every script.

use std::collections::VecDeque;

use crate::language::word::Word;

/// A fingerprint of consecutive words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Hash of the words.
    pub code: u32,
    /// Index of its first word in the paragraph, from 0.
    pub from: u32,
    /// Index of the word after its last.
    pub to: u32,
}

/// The length of the shortest word that counts, in letters.
const SHORTEST: u16 = 4;
/// Weight of a shingle: three words, or six letters of a script without spaces.
const SHINGLE: u32 = 6;
/// Weight of the window of shingles from which one is taken. Two texts that share six words that count, or thirteen
/// letters, are certain to share a fingerprint.
const WINDOW: u32 = 8;

/// Returns the weight of a word, 0 if it does not count.
pub fn weight(word: &Word) -> u32 {
    match word.unspaced {
        true => 1,
        false if word.length >= SHORTEST => 2,
        false => 0,
    }
}

/// Returns the fingerprints of a paragraph, in order.
pub fn fingerprints(words: &[Word]) -> Vec<Fingerprint> {
    let shingles = shingles(words);
    let mut found: Vec<Fingerprint> = Vec::with_capacity(shingles.len() / 2 + 1);
    // A monotonic queue: shingles of the window whose codes rise from the least. The first is the window's minimum,
    // found without comparing all shingles of every window.
    let mut least: VecDeque<usize> = VecDeque::new();
    let (mut begin, mut total) = (0, 0);
    for (at, (shingle, weight)) in shingles.iter().enumerate() {
        while least.back().is_some_and(|last| shingles[*last].0.code >= shingle.code) {
            least.pop_back();
        }
        least.push_back(at);
        total += weight;
        // Slide the window by weight, not by count, so that it covers as much text in every script.
        while total - shingles[begin].1 >= WINDOW {
            total -= shingles[begin].1;
            begin += 1;
        }
        while least.front().is_some_and(|first| *first < begin) {
            least.pop_front();
        }
        // A paragraph shorter than a window still gets one fingerprint.
        let is_full = total >= WINDOW || at + 1 == shingles.len();
        if let Some(first) = least.front().filter(|_| is_full)
            && found.last().is_none_or(|last| last.from < shingles[*first].0.from)
        {
            found.push(shingles[*first].0.clone());
        }
    }
    found
}

/// Returns every shingle with the weight of its first word.
fn shingles(words: &[Word]) -> Vec<(Fingerprint, u32)> {
    let counted: Vec<(usize, u32)> =
        words.iter().enumerate().map(|(at, word)| (at, weight(word))).filter(|(_, weight)| *weight > 0).collect();
    let mut shingles = Vec::with_capacity(counted.len());
    let (mut end, mut total) = (0, 0);
    for (begin, (from, first)) in counted.iter().enumerate() {
        while total < SHINGLE && end < counted.len() {
            total += counted[end].1;
            end += 1;
        }
        if total < SHINGLE {
            break;
        }
        // The rotation makes the hash depend on the order of the words; the multiplier is 2^64 divided by the golden
        // ratio.
        let code = counted[begin..end].iter().fold(0u64, |hash, (at, _)| {
            (hash.rotate_left(21) ^ u64::from(words[*at].code)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        let to = counted[end - 1].0 as u32 + 1;
        shingles.push((Fingerprint { code: (code >> 32) as u32, from: *from as u32, to }, *first));
        total -= first;
    }
    shingles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::word::words;
    use proptest::prelude::*;

    fn codes(text: &str) -> Vec<u32> {
        fingerprints(&words(text)).iter().map(|print| print.code).collect()
    }

    #[test]
    fn short_words_and_few_words_leave_none() {
        assert_eq!(codes("Thank you, Mr. President."), Vec::<u32>::new());
        assert_eq!(codes("We are to act on it, as we all do."), Vec::<u32>::new());
        assert_eq!(codes("Thank you, dear friends, President.").len(), 1);
        assert_eq!(codes("The placement of weapons in outer space").len(), 1);
        let (one, other) = ("The placement of weapons in outer space", "Weapons placement: outer weapons in space");
        assert!(codes(one)[0] != codes(other)[0]);
        assert_eq!(codes(one), codes("placement – weapons – outer – SPACE"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn words_that_two_texts_share_are_found(
            shared in prop::collection::vec(0u32..60, 7..30),
            before in prop::collection::vec(0u32..60, 0..20),
            after in prop::collection::vec(0u32..60, 0..20),
            unspaced in any::<bool>(),
        ) {
            let text = |numbers: &[u32]| -> String {
                let word = |n: &u32| match unspaced {
                    true => [n, &(n + 60)].iter().filter_map(|n| char::from_u32(0x4e00 + **n)).collect::<String>(),
                    false => format!("word{n} "),
                };
                numbers.iter().map(word).collect()
            };
            let (one, other) = ([&before[..], &shared].concat(), [&shared[..], &after].concat());
            let (one, other) = (codes(&text(&one)), codes(&text(&other)));
            prop_assert!(one.iter().any(|code| other.contains(code)));
        }
    }
}
