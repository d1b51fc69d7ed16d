//! Two pieces of text -> the run of words that both have.

use std::ops::Range;

use super::changes::{Aligned, aligned_words, codes};
use super::extent::Extent;
use super::fingerprints::{Fingerprint, fingerprints, weight};
use super::sketch::Sketch;
use crate::language::word::{Word, words};

/// The words of a piece, with their codes and fingerprints.
pub struct Tokens<'a> {
    text: &'a str,
    words: Vec<Word>,
    codes: Vec<u32>,
    /// Its fingerprints, in the order of the text.
    pub prints: Vec<Fingerprint>,
}

impl Tokens<'_> {
    /// Takes the text of a piece apart into words.
    pub fn of(text: &str) -> Tokens<'_> {
        let words = words(text);
        Tokens { text, codes: codes(&words), prints: fingerprints(&words), words }
    }

    /// Returns the sketch of the piece's words.
    pub fn sketch(&self) -> Sketch {
        Sketch::of(&self.words)
    }

    fn bytes(&self, range: &Range<usize>) -> Range<u32> {
        self.words[range.start].text.start..self.words[range.end - 1].text.end
    }

    /// Returns whether a word is written like a name: with a capital, in a text that is not in capitals throughout.
    fn is_name(&self, at: usize) -> bool {
        let word = &self.words[at].text;
        let mut letters = self.text[word.start as usize..word.end as usize].chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    }

    /// Returns the stretches of words that are courtesies: each runs until a fingerprint that is not one.
    fn courtesies(&self, is_common: &impl Fn(u32) -> bool) -> Vec<Range<u32>> {
        let rows = self.prints.chunk_by(|one, next| is_common(one.code) == is_common(next.code));
        let common = rows.filter(|row| is_common(row[0].code));
        common.map(|row| row[0].from..row[row.len() - 1].to).collect()
    }
}

/// What two pieces share, from the first word to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Bytes of the first piece.
    pub a: Range<u32>,
    /// Bytes of the second piece.
    pub b: Range<u32>,
    /// Whether words were changed.
    pub extent: Extent,
}

impl Shared {
    /// Swaps the two pieces.
    #[must_use]
    pub fn turned(self) -> Shared {
        Shared { a: self.b, b: self.a, ..self }
    }
}

/// The number of shared fingerprints with which two pieces are always compared.
pub const SHARED: usize = 2;
/// The number of bins of two sketches that must agree for one shared fingerprint to suffice.
pub const AGREEING: usize = 6;
/// The minimum weight of the words that are the same: twelve full words, more than in almost any name.
pub const LEAST: u32 = 24;
/// The minimum weight of those that are not part of a name, if all words are the same and if some were changed.
const PLAIN: (u32, u32) = (8, 12);
/// The minimum weight of those that are not part of a courtesy, if some words were changed.
pub const OWN: u32 = 16;
/// The same between the openings of two texts, where courtesies are; the reworded ones share up to eighteen words.
pub const OWN_OPENING: u32 = 40;
/// How many words before and after the shared fingerprints are aligned.
const AROUND: usize = 32;
/// The maximum number of words between two shared fingerprints of one run.
const APART: u32 = 48;

/// A fingerprint that two pieces share, as it occurs in either.
type Seed<'a> = (&'a Fingerprint, &'a Fingerprint);

/// Finds the run of words that two pieces share: the stretch of their alignment with the best score, in which a word
/// that is the same counts for it and a word that differs against it. Words of a courtesy do not make it a match: if
/// words were changed, those outside of courtesies must weigh `least_own`.
pub fn shared(a: &Tokens<'_>, b: &Tokens<'_>, is_common: &impl Fn(u32) -> bool, least_own: u32) -> Option<Shared> {
    // Seed and extend, as in BLAST (Altschul et al. 1990): shared fingerprints say where to look, and only their
    // neighbourhood is aligned word by word.
    let seeds = seeds(a, b);
    let row = longest_row(seeds.iter().copied());
    let (first, last) = (row.first()?, row.last()?);
    let around =
        |from: u32, to: u32, words: usize| (from as usize).saturating_sub(AROUND)..(to as usize + AROUND).min(words);
    let in_a = around(first.0.from, last.0.to, a.words.len());
    let in_b =
        around(row.iter().map(|seed| seed.1.from).min()?, row.iter().map(|seed| seed.1.to).max()?, b.words.len());
    // Nine of ten pairs share a phrase and nothing else. A bound on what their alignment can find costs a twentieth of
    // the alignment.
    if most_in_order(&a.words[in_a.clone()], &b.words[in_b.clone()]).is_some_and(|most| most < LEAST) {
        return None;
    }
    // The run may begin before the first fingerprint, since not every row of words has one.
    let runs = aligned_words(&a.codes[in_a.clone()], &b.codes[in_b.clone()]);
    let stretch = best(&runs, &a.words[in_a.clone()]);
    let (first, last) = (stretch.first()?, stretch.last()?);
    let of_a = in_a.start + first.1.start..in_a.start + last.1.end;
    let of_b = in_b.start + first.2.start..in_b.start + last.2.end;
    let extent = if stretch.len() == 1 { Extent::Verbatim } else { Extent::Changed };
    let same = stretch.iter().filter(|run| run.0).flat_map(|run| run.1.clone().zip(run.2.clone()));
    let same = same.map(|(one, other)| (in_a.start + one, in_b.start + other));
    // "I thank you, Chair, and congratulate you on your election. Debris is growing." shares a courtesy with everyone;
    // only what remains without it shows whether this is a match.
    let (polite_a, polite_b) = (a.courtesies(is_common), b.courtesies(is_common));
    let is_in = |stretches: &[Range<u32>], at: usize| stretches.iter().any(|stretch| stretch.contains(&(at as u32)));
    let (mut all, mut plain, mut own) = (0, 0, 0);
    for (one, other) in same {
        let weight = weight(&a.words[one]);
        all += weight;
        plain += if a.is_name(one) { 0 } else { weight };
        own += if is_in(&polite_a, one) || is_in(&polite_b, other) { 0 } else { weight };
    }
    // "The Committee on the Peaceful Uses of Outer Space" is long but a name: small words weigh little. There are longer
    // ones, such as that of the Convention on Prohibitions or Restrictions on the Use of Certain Conventional Weapons.
    if all < LEAST || plain < if extent == Extent::Verbatim { PLAIN.0 } else { PLAIN.1 } {
        return None;
    }
    let within = |print: &Fingerprint, range: &Range<usize>| {
        range.start <= print.from as usize && print.to as usize <= range.end
    };
    let inner = seeds.iter().copied().filter(|(one, other)| within(one, &of_a) && within(other, &of_b));
    let (common, rare): (Vec<_>, Vec<_>) = inner.partition(|(print, _)| is_common(print.code));
    if rare.len() <= common.len() && own < LEAST {
        return None;
    }
    // Reworded courtesies share few of their fingerprints, and set phrases ("to live in peace within secure and
    // recognized boundaries") come in many wordings: what both texts have besides them must show that one knew the other.
    if extent == Extent::Changed && own < least_own {
        return None;
    }
    Some(Shared { a: a.bytes(&of_a), b: b.bytes(&of_b), extent })
}

/// Returns the most that the words which two rows have in the same order can weigh; `None` if they are too long to
/// compare. The longest common subsequence of the words that count, 128 of them in a step (Hyyrö, "Bit-parallel
/// LCS-length computation revisited", AWOCA 2004).
fn most_in_order(a: &[Word], b: &[Word]) -> Option<u32> {
    let counted =
        |words: &'_ [Word]| words.iter().filter(|word| weight(word) > 0).map(|word| word.code).collect::<Vec<u32>>();
    let (a, b, heaviest) = (counted(a), counted(b), a.iter().map(weight).max()?);
    if b.len() > 128 {
        return None;
    }
    let mut places: Vec<(u32, u32)> = b.iter().zip(0..).map(|(code, at)| (*code, at)).collect();
    places.sort_unstable();
    // A bit of `rest` is cleared for each word by which the longest row in common grew.
    let mut rest = u128::MAX;
    for code in a {
        let from = places.partition_point(|place| place.0 < code);
        let here = places[from..].iter().take_while(|place| place.0 == code).fold(0, |bits, place| bits | 1 << place.1);
        let taken = rest & here;
        rest = rest.wrapping_add(taken) | (rest - taken);
    }
    Some(rest.count_zeros() * heaviest)
}

/// Returns the fingerprints that both have, in the order of the first.
fn seeds<'a>(a: &'a Tokens, b: &'a Tokens) -> Vec<Seed<'a>> {
    let mut known: Vec<&Fingerprint> = b.prints.iter().collect();
    known.sort_by_key(|print| print.code);
    let twin =
        |print: &Fingerprint| known.binary_search_by_key(&print.code, |other| other.code).ok().map(|at| known[at]);
    a.prints.iter().filter_map(|print| Some((print, twin(print)?))).collect()
}

/// Returns the longest row of seeds that follow one another closely in both pieces. A seed that is elsewhere in the
/// second piece begins a row of its own and does not divide the one around it.
fn longest_row<'a>(seeds: impl Iterator<Item = Seed<'a>>) -> Vec<Seed<'a>> {
    let is_close = |one: &Seed<'_>, next: &Seed<'_>| {
        next.0.from - one.0.from <= APART && next.1.from.abs_diff(one.1.from) <= APART
    };
    let mut rows: Vec<Vec<Seed<'a>>> = Vec::new();
    for seed in seeds {
        match rows.iter_mut().rev().find(|row| row.last().is_some_and(|last| is_close(last, &seed))) {
            Some(row) => row.push(seed),
            None => rows.push(vec![seed]),
        }
    }
    // `max_by_key` returns the last of several equally long rows, and the first is wanted: so `rev`.
    rows.into_iter().rev().max_by_key(|row| row.len()).unwrap_or_default()
}

/// Returns the stretch of an alignment in which the words that are the same most outweigh those that are not: the
/// maximum subarray, by Kadane's algorithm. A word that differs counts one against it; one that is the same counts two,
/// because where a third of the words was exchanged, half of those on either side differ.
fn best<'a>(runs: &'a [Aligned], words: &[Word]) -> &'a [Aligned] {
    let worth = |run: &Range<usize>| -> i64 {
        let small = i64::from(run.len() > 1);
        // A small word or a single letter between two changes is chance when texts in one language are compared.
        run.clone().map(|at| if weight(&words[at]) > 1 { 2 } else { (1 + i64::from(weight(&words[at]))) * small }).sum()
    };
    let (mut best, mut range) = (0, 0..0);
    let (mut sum, mut start) = (0i64, 0);
    for (at, (is_same, one, other)) in runs.iter().enumerate() {
        sum += if *is_same { worth(one) } else { -(one.len().max(other.len()) as i64) };
        if sum <= 0 {
            (sum, start) = (0, at + 1);
        } else if sum > best {
            (best, range) = (sum, start..at + 1);
        }
    }
    &runs[range]
}
