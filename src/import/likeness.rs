//! A text -> the features by which it is compared: whether two texts are the same, and how much of one is in the other.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use crate::compare::resemblance::{Rows, TextSketch};
use crate::language::fold::{Folding, fold};
use crate::language::word::words;
use crate::stamp::Stamp;

/// Texts with fewer words are too common to be compared.
const FEWEST: usize = 20;

/// Texts that share at least this many of a hundred are the same apart from a few words.
const NEAR: usize = 70;

/// The features by which a text is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Stamp of all letters and digits in order: where words end does not count, because spaces get lost in PDFs.
    letters: Stamp,
    words: usize,
    sketch: TextSketch,
}

impl Likeness {
    /// Extracts the features of a text. Punctuation, spaces and case do not count.
    pub fn of(text: &str) -> Likeness {
        // An original and a text of the site may differ in ligatures and full-width forms.
        let text: String = text.nfkc().collect();
        let letters: String = fold(&text, Folding::CASELESS).chars().filter(|c| c.is_alphanumeric()).collect();
        let words = words(&text);
        Likeness { letters: Stamp::of(&*letters), words: words.len(), sketch: Rows::of(&words).sketch() }
    }

    /// Returns whether both have the same words, and enough of them to rule out chance.
    pub fn is_same(&self, other: &Likeness) -> bool {
        self.words >= FEWEST && self.letters == other.letters
    }

    /// Returns whether both are the same text apart from a few words.
    pub fn is_near(&self, other: &Likeness) -> bool {
        self.is_same(other) || self.words.min(other.words) >= FEWEST && self.shared(other).0 >= NEAR
    }

    /// Returns how much both share, in percent of their union and of the shorter one. Texts of very different length are
    /// not compared: none is a version of the other.
    fn shared(&self, other: &Likeness) -> (usize, usize) {
        self.sketch.overlap(&other.sketch).map_or((0, 0), |both| (both.of_either(100), both.of_shorter(100)))
    }

    /// Returns what percentage both share, if one is likely a version of the other.
    pub fn version_of(&self, other: &Likeness) -> Option<usize> {
        if self.words.min(other.words) < 2 * FEWEST {
            return None;
        }
        // An abridged version shares little of the longer text, but nearly all of the shorter.
        let (of_either, of_shorter) = self.shared(other);
        let is_half = 2 * self.words.min(other.words) >= self.words.max(other.words);
        (of_either >= 60 || of_shorter >= 85 && is_half).then_some(of_either.max(of_shorter))
    }
}

/// Many sketches, indexed so that similar texts are found without comparing each pair.
#[derive(Clone, Debug, Default)]
pub struct Likenesses {
    texts: Vec<Likeness>,
    by_letters: HashMap<Stamp, Vec<usize>>,
    by_hash: HashMap<u32, Vec<usize>>,
}

/// Words that occur in more texts than this are a formula, and are not used to find similar texts.
const FORMULA: usize = 100;

impl Likenesses {
    /// Adds a text; its number is the count of texts added before.
    pub fn add(&mut self, likeness: Likeness) {
        let number = self.texts.len();
        for hash in likeness.sketch.hashes() {
            let texts = self.by_hash.entry(*hash).or_default();
            if texts.len() <= FORMULA {
                texts.push(number);
            }
        }
        self.by_letters.entry(likeness.letters).or_default().push(number);
        self.texts.push(likeness);
    }

    /// Returns the texts with the same words.
    pub fn same(&self, likeness: &Likeness) -> impl Iterator<Item = usize> {
        let found = self.by_letters.get(&likeness.letters).map_or(&[][..], Vec::as_slice);
        found.iter().copied().filter(|number| self.texts[*number].is_same(likeness))
    }

    /// Returns the texts that are likely versions of this one, the most similar first, with the percentage shared.
    pub fn versions(&self, likeness: &Likeness) -> Vec<(usize, usize)> {
        // Count common hashes first: a full comparison is only worth it for texts that share more than an eighth of them.
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let hashes = likeness.sketch.hashes();
        for texts in hashes.iter().filter_map(|hash| self.by_hash.get(hash)) {
            for number in texts.iter().filter(|_| texts.len() <= FORMULA) {
                *counts.entry(*number).or_default() += 1;
            }
        }
        let near = counts.into_iter().filter(|(_, count)| count * 8 > hashes.len());
        let mut found: Vec<(usize, usize)> =
            near.filter_map(|(number, _)| Some((number, self.texts[number].version_of(likeness)?))).collect();
        found.sort_by_key(|(number, shared)| (std::cmp::Reverse(*shared), *number));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of consecutive numbers as words.
    fn text(from: usize, to: usize) -> String {
        (from..to).map(|number| format!("word{} ", number * 7919 % 100_003)).collect()
    }

    #[test]
    fn punctuation_spaces_and_case_do_not_count() {
        let words = text(0, 40);
        let other = words.to_uppercase().replace(' ', ",\n ");
        assert!(Likeness::of(&words).is_same(&Likeness::of(&other)));
        assert!(!Likeness::of("Thank you.").is_same(&Likeness::of("Thank you")), "many say this");
        // A PDF lost a space and has a ligature.
        let torn = words.replacen(' ', "", 1).replace("word1", "ｗord1");
        assert!(Likeness::of(&words).is_same(&Likeness::of(&torn)));
    }

    #[test]
    fn a_corrected_text_is_a_version_and_a_different_text_is_not() {
        let first = text(0, 1500);
        for (other, expect) in [
            (first.replace("word7919 ", "word "), Some(99..=100)),
            (text(0, 1350), Some(85..=100)),
            (text(0, 600), None),
            (text(1000, 2500), None),
            (format!("{}{}", text(0, 300), text(3000, 4200)), None),
        ] {
            let found = Likeness::of(&first).version_of(&Likeness::of(&other));
            assert_eq!(found.is_some(), expect.is_some(), "{found:?}");
            assert!(found.zip(expect).is_none_or(|(found, expect)| expect.contains(&found)), "{found:?}");
        }
    }

    #[test]
    fn similar_texts_are_found_among_many() {
        let mut all = Likenesses::default();
        for start in 0..400 {
            all.add(Likeness::of(&format!("{}{}", text(0, 60), text(start * 200, start * 200 + 300))));
        }
        let changed = format!("{}{} and more", text(0, 60), text(2000, 2290));
        let found = all.versions(&Likeness::of(&changed));
        assert_eq!(found.first().map(|(number, _)| *number), Some(10));
        assert!(found.len() == 1, "what all of them say makes none a version: {found:?}");
    }
}
