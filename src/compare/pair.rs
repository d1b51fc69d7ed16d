//! Two pieces of text -> the run of words that both have.

use std::ops::Range;

use super::changes::{Aligned, aligned, codes};
use super::extent::Extent;
use crate::read::fingerprints::{Fingerprint, fingerprints, weight};
use crate::read::words::{Word, words};

/// The words of a piece, with their codes and fingerprints.
pub struct Tokens {
    words: Vec<Word>,
    codes: Vec<u32>,
    /// Its fingerprints, in the order of the text.
    pub prints: Vec<Fingerprint>,
}

impl Tokens {
    /// Takes the text of a piece apart into words.
    pub fn of(text: &str) -> Tokens {
        let words = words(text);
        Tokens { codes: codes(&words), prints: fingerprints(&words), words }
    }

    fn bytes(&self, range: &Range<usize>) -> Range<u32> {
        self.words[range.start].text.start..self.words[range.end - 1].text.end
    }

    /// Returns the weight of these words, less those inside the stretches `without`.
    fn weight(&self, words: impl Iterator<Item = Range<usize>>, without: &[Range<u32>]) -> u32 {
        let is_covered = |at: usize| without.iter().any(|stretch| stretch.contains(&(at as u32)));
        words.flatten().filter(|at| !is_covered(*at)).map(|at| weight(&self.words[at])).sum()
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

/// Fingerprints that two pieces must share to be compared; fewer suffice if one of them has fewer.
pub const SHARED: usize = 2;
/// The least weight of the words that are the same: twelve full words, more than almost any name has.
pub const LEAST: u32 = 24;
/// How many words before and after the shared fingerprints are aligned.
const AROUND: usize = 32;
/// Words between two shared fingerprints of one run, at most.
const APART: u32 = 48;

/// A fingerprint that two pieces share, as it occurs in either.
type Seed<'a> = (&'a Fingerprint, &'a Fingerprint);

/// Finds the run of words that two pieces share: the stretch of their alignment with the best score, in which a word
/// that is the same counts for it and a word that differs against it. Where most of the shared fingerprints are
/// courtesies, the words between these must suffice by themselves.
pub fn shared(a: &Tokens, b: &Tokens, is_common: &impl Fn(u32) -> bool) -> Option<Shared> {
    // Seed and extend, as in BLAST (Altschul et al. 1990): shared fingerprints say where to look, and only their
    // neighbourhood is aligned word by word.
    let seeds = seeds(a, b);
    let row = longest_row(seeds.iter().copied());
    let (first, last) = (row.first()?, row.last()?);
    if row.len() < SHARED.min(a.prints.len()).min(b.prints.len()) {
        return None;
    }
    let around =
        |from: u32, to: u32, words: usize| (from as usize).saturating_sub(AROUND)..(to as usize + AROUND).min(words);
    let in_a = around(first.0.from, last.0.to, a.words.len());
    let in_b =
        around(row.iter().map(|seed| seed.1.from).min()?, row.iter().map(|seed| seed.1.to).max()?, b.words.len());
    // The run may begin before the first fingerprint, since not every row of words has one.
    let runs = aligned(&a.codes[in_a.clone()], &b.codes[in_b.clone()]);
    let stretch = best(&runs);
    let (first, last) = (stretch.first()?, stretch.last()?);
    let of_a = in_a.start + first.1.start..in_a.start + last.1.end;
    let of_b = in_b.start + first.2.start..in_b.start + last.2.end;
    let same = || stretch.iter().filter(|run| run.0).map(|run| in_a.start + run.1.start..in_a.start + run.1.end);
    // "The Committee on the Peaceful Uses of Outer Space" is long but a name: small words weigh little.
    if a.weight(same(), &[]) < LEAST {
        return None;
    }
    // "I thank you, Chair, and congratulate you on your election. Debris is growing." shares a courtesy with everyone;
    // only what remains without it shows whether this is a match.
    let within = |print: &Fingerprint, range: &Range<usize>| {
        range.start <= print.from as usize && print.to as usize <= range.end
    };
    let inner = seeds.iter().copied().filter(|(one, other)| within(one, &of_a) && within(other, &of_b));
    let (common, rare): (Vec<_>, Vec<_>) = inner.partition(|(print, _)| is_common(print.code));
    if rare.len() <= common.len() && a.weight(same(), &a.courtesies(is_common)) < LEAST {
        return None;
    }
    let extent = if stretch.len() == 1 { Extent::Verbatim } else { Extent::Changed };
    Some(Shared { a: a.bytes(&of_a), b: b.bytes(&of_b), extent })
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

/// Returns the stretch of an alignment in which the words that are the same most outnumber those that are not: the
/// maximum subarray, by Kadane's algorithm.
fn best(runs: &[Aligned]) -> &[Aligned] {
    let (mut best, mut range) = (0, 0..0);
    let (mut sum, mut start) = (0i64, 0);
    for (at, (is_same, one, other)) in runs.iter().enumerate() {
        sum += if *is_same { one.len() as i64 } else { -(one.len().max(other.len()) as i64) };
        if sum <= 0 {
            (sum, start) = (0, at + 1);
        } else if sum > best {
            (best, range) = (sum, start..at + 1);
        }
    }
    &runs[range]
}
