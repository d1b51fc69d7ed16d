//! Two pieces of texts -> the words in a row that both have.

use std::ops::Range;

use super::{Extent, SHARED};
use crate::collect::changes::{Aligned, aligned, codes};
use crate::read::fingerprints::{Fingerprint, fingerprints, weight};
use crate::read::words::{Word, words};

/// A piece, taken apart.
pub struct Tokens {
    words: Vec<Word>,
    codes: Vec<u32>,
    pub prints: Vec<Fingerprint>,
    /// Where its words begin in the body's text.
    start: u32,
}

impl Tokens {
    /// Takes a piece apart that begins at a byte of the body's text.
    pub fn of(text: &str, start: u32) -> Tokens {
        let words = words(text);
        Tokens { codes: codes(&words), prints: fingerprints(&words), words, start }
    }

    fn bytes(&self, range: &Range<usize>) -> Range<u32> {
        self.start + self.words[range.start].text.start..self.start + self.words[range.end - 1].text.end
    }
}

/// What two pieces share: from the first word to the last, as bytes of either body's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub a: Range<u32>,
    pub b: Range<u32>,
    pub extent: Extent,
}

/// Weight of the words that are the same, at least: twelve that count, which few names have.
pub const LEAST: u32 = 24;
/// Words before and after shared fingerprints that are looked at.
const AROUND: usize = 32;
/// Words between shared fingerprints that belong together, at most.
const APART: u32 = 48;

/// A fingerprint that two pieces have in common, in the one and in the other.
type Seed<'a> = (&'a Fingerprint, &'a Fingerprint);

/// Finds the words in a row that two pieces share: the best stretch of their alignment, in which a word that is the
/// same counts for it and one that is not against it. Fingerprints of what everybody says count against it as well.
pub fn shared(a: &Tokens, b: &Tokens, is_common: &impl Fn(u32) -> bool) -> Option<Shared> {
    let seeds = seeds(a, b);
    let row = longest_row(&seeds);
    let (first, last) = (row.first()?, row.last()?);
    if row.len() < SHARED.min(a.prints.len()).min(b.prints.len()) {
        return None;
    }
    let around =
        |from: u32, to: u32, words: usize| (from as usize).saturating_sub(AROUND)..(to as usize + AROUND).min(words);
    let in_a = around(first.0.from, last.0.to, a.words.len());
    let in_b =
        around(row.iter().map(|seed| seed.1.from).min()?, row.iter().map(|seed| seed.1.to).max()?, b.words.len());
    let runs = aligned(&a.codes[in_a.clone()], &b.codes[in_b.clone()]);
    let stretch = best(&runs);
    let (first, last) = (stretch.first()?, stretch.last()?);
    let of_a = in_a.start + first.1.start..in_a.start + last.1.end;
    let of_b = in_b.start + first.2.start..in_b.start + last.2.end;
    let same = stretch.iter().filter(|run| run.0);
    let weight: u32 = same.flat_map(|run| &a.words[in_a.start + run.1.start..in_a.start + run.1.end]).map(weight).sum();
    let within = |print: &Fingerprint, range: &Range<usize>| {
        range.start <= print.from as usize && print.to as usize <= range.end
    };
    let inner = seeds.iter().copied().filter(|(one, other)| within(one, &of_a) && within(other, &of_b));
    let (common, rare): (Vec<_>, Vec<_>) = inner.partition(|(print, _)| is_common(print.code));
    if weight < LEAST || rare.len() <= common.len() {
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

/// Returns the most seeds that follow one another closely in both.
fn longest_row<'a, 'b>(seeds: &'b [Seed<'a>]) -> &'b [Seed<'a>] {
    let is_close = |one: &Seed<'_>, next: &Seed<'_>| {
        let (in_a, in_b) = (next.0.from - one.0.from, i64::from(next.1.from) - i64::from(one.1.from));
        in_a <= APART && (-i64::from(APART)..=i64::from(APART)).contains(&in_b)
    };
    let rows = seeds.chunk_by(is_close);
    // Of two as long the first.
    rows.rev().max_by_key(|row| row.len()).unwrap_or_default()
}

/// Returns the stretch of an alignment with the most words that are the same over those that are not.
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
