//! Two pieces of texts -> the words in a row that both have.

use std::ops::Range;

use super::extent::Extent;
use crate::collect::changes::{Aligned, aligned, codes};
use crate::read::fingerprints::{Fingerprint, fingerprints, weight};
use crate::read::words::{Word, words};

/// A piece, taken apart.
pub struct Tokens {
    words: Vec<Word>,
    codes: Vec<u32>,
    pub prints: Vec<Fingerprint>,
}

impl Tokens {
    /// Takes the text of a piece apart.
    pub fn of(text: &str) -> Tokens {
        let words = words(text);
        Tokens { codes: codes(&words), prints: fingerprints(&words), words }
    }

    fn bytes(&self, range: &Range<usize>) -> Range<u32> {
        self.words[range.start].text.start..self.words[range.end - 1].text.end
    }

    /// Returns what these words weigh where none of these stretches covers them.
    fn weight(&self, words: impl Iterator<Item = Range<usize>>, without: &[Range<u32>]) -> u32 {
        let is_covered = |at: usize| without.iter().any(|stretch| stretch.contains(&(at as u32)));
        words.flatten().filter(|at| !is_covered(*at)).map(|at| weight(&self.words[at])).sum()
    }

    /// Returns the words of what everybody says, each stretch as long as no other fingerprint stands within.
    fn courtesies(&self, is_common: &impl Fn(u32) -> bool) -> Vec<Range<u32>> {
        let rows = self.prints.chunk_by(|one, next| is_common(one.code) == is_common(next.code));
        let common = rows.filter(|row| is_common(row[0].code));
        common.map(|row| row[0].from..row[row.len() - 1].to).collect()
    }
}

/// What two pieces share: from the first word to the last, as bytes of either piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub a: Range<u32>,
    pub b: Range<u32>,
    pub extent: Extent,
}

impl Shared {
    /// Returns the same, seen from the other piece.
    pub fn turned(self) -> Shared {
        Shared { a: self.b, b: self.a, ..self }
    }
}

/// Fingerprints that two pieces have in common, at least, where both have so many.
pub const SHARED: usize = 2;
/// Weight of the words that are the same, at least: twelve that count, which few names have.
pub const LEAST: u32 = 24;
/// Words before and after shared fingerprints that are looked at.
const AROUND: usize = 32;
/// Words between shared fingerprints that belong together, at most.
const APART: u32 = 48;

/// A fingerprint that two pieces have in common, in the one and in the other.
type Seed<'a> = (&'a Fingerprint, &'a Fingerprint);

/// Finds the words in a row that two pieces share: the best stretch of their alignment, in which a word that is the
/// same counts for it and one that is not against it. Where most of the fingerprints are of what everybody says, the words
/// between them must be enough by themselves.
pub fn shared(a: &Tokens, b: &Tokens, is_common: &impl Fn(u32) -> bool) -> Option<Shared> {
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
    let runs = aligned(&a.codes[in_a.clone()], &b.codes[in_b.clone()]);
    let stretch = best(&runs);
    let (first, last) = (stretch.first()?, stretch.last()?);
    let of_a = in_a.start + first.1.start..in_a.start + last.1.end;
    let of_b = in_b.start + first.2.start..in_b.start + last.2.end;
    let same = || stretch.iter().filter(|run| run.0).map(|run| in_a.start + run.1.start..in_a.start + run.1.end);
    if a.weight(same(), &[]) < LEAST {
        return None;
    }
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

/// Returns the most seeds that follow one another closely in both; one that stands elsewhere in the second parts no row.
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
    // Of two as long the first.
    rows.into_iter().rev().max_by_key(|row| row.len()).unwrap_or_default()
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
