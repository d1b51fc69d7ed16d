//! Statements' paragraphs -> matches: which paragraphs share a run of words, verbatim or nearly so.
//!
//! Two paragraphs are compared if they share two fingerprints that few delegations use, or one such fingerprint and
//! many words. Courtesies ("I congratulate you on your election") are recognised by how many delegations say them.
//! Texts in different languages and language versions of one statement are not compared. The index is kept between
//! builds: an update compares only the paragraphs of statements that changed, and those with words that became, or
//! ceased to be, a courtesy. A test checks that the result equals a join from scratch.

mod compare;
mod found;
mod index;
#[cfg(test)]
mod tests;
mod ties;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compare::extent::Extent;
use crate::compare::fingerprints::weight;
use crate::compare::pair::{self, Tokens};
use crate::compare::sketch::Sketch;
use crate::language::word::words;
use crate::read::pieces::pieces;
use crate::read::statement::Statement;
use crate::stamp::Stamped;
pub use found::Match;
use index::{Index, PieceId, Slot};

/// A statement to compare with the others.
pub struct ComparedText<'a> {
    /// The language version.
    pub statement: &'a Stamped<Statement>,
    /// Identifies the delegation: the same number for all its statements.
    pub delegation: u32,
}

/// A run of words that two pieces of different statements share.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tie {
    place: PieceId,
    other: PieceId,
    /// From the first word to the last, as bytes of the body's text.
    words: Range<u32>,
    other_words: Range<u32>,
    extent: Extent,
}

impl Tie {
    fn turned(&self) -> Tie {
        let Tie { place, other, words, other_words, extent } = self.clone();
        Tie { place: other, other: place, words: other_words, other_words: words, extent }
    }
}

/// Words used by more delegations than this are a courtesy, however few delegations there are.
const COURTESY: usize = 6;
/// Words in more statements than this are a courtesy even if one delegation says them all: its opening formula at every
/// meeting. This keeps the number of pairs from growing with the square of the statements.
const FORMULA: usize = 100;

/// A statement in the index.
struct IndexedStatement {
    statement: Stamped<Statement>,
    delegation: u32,
    /// The stretches of its text that are compared; `first` is the place of the first one.
    pieces: Box<[Range<u32>]>,
    first: PieceId,
    ties: Vec<Tie>,
    /// The update that last changed its ties, or which of its words are courtesies.
    version: u64,
}

impl IndexedStatement {
    fn piece(&self, place: PieceId) -> &Range<u32> {
        &self.pieces[(place - self.first) as usize]
    }

    fn words(&self, place: PieceId) -> &str {
        self.statement.body.words(self.piece(place))
    }

    fn places(&self) -> Range<PieceId> {
        self.first..self.first + self.pieces.len() as PieceId
    }

    /// Returns each piece's distinct fingerprints, as codes, with the piece's place.
    fn prints(&self) -> Vec<(u32, PieceId)> {
        self.read(&mut vec![Sketch::default(); self.pieces.len()])
    }

    /// Returns the same, and writes each piece's sketch to `sketches`.
    fn read(&self, sketches: &mut [Sketch]) -> Vec<(u32, PieceId)> {
        let mut all = Vec::new();
        for (place, sketch) in self.places().zip(sketches) {
            let tokens = Tokens::of(self.words(place));
            *sketch = tokens.sketch();
            let mut codes: Vec<u32> = tokens.prints.iter().map(|print| print.code).collect();
            codes.sort_unstable();
            codes.dedup();
            all.extend(codes.into_iter().map(|code| (code, place)));
        }
        all
    }

    fn is_comparable(&self, other: &IndexedStatement) -> bool {
        self.statement.language == other.statement.language && self.statement.id != other.statement.id
    }
}

/// The matches of all statements, kept between builds.
#[derive(Default)]
pub struct Matches {
    slots: Vec<Option<IndexedStatement>>,
    by_path: HashMap<Arc<str>, Slot>,
    index: Index,
    /// Fingerprints of courtesies.
    common: HashSet<u32>,
    /// Words used by more delegations than this are a courtesy.
    limit: usize,
    /// Counts the updates.
    version: u64,
}

impl Matches {
    /// Brings the matches up to date with `texts`, which must be all texts of the collection.
    pub fn update(&mut self, texts: &[ComparedText<'_>]) {
        // A changed statement is both gone and fresh: its old words leave the index and its new ones enter it.
        let mut gone = std::mem::take(&mut self.by_path);
        let mut fresh = Vec::new();
        for text in texts {
            let path = &text.statement.path;
            match gone.remove(path) {
                Some(slot) if self.is_kept(slot, text) => {
                    self.by_path.insert(Arc::clone(path), slot);
                }
                other => {
                    if let Some(slot) = other {
                        gone.insert(Arc::clone(path), slot);
                    }
                    fresh.push(text);
                }
            }
        }
        let limit = limit(texts);
        if fresh.is_empty() && gone.is_empty() {
            return;
        }
        let version = self.version + 1;
        // Above an eighth, taking statements out one by one costs more than building the index again, in parallel.
        if limit != self.limit || fresh.len() + gone.len() > texts.len() / 8 {
            *self = Matches::from_scratch(texts, limit, version);
        } else {
            let mut gone: Vec<Slot> = gone.into_values().collect();
            gone.sort_unstable();
            self.version = version;
            self.exchange(&gone, &fresh);
        }
    }

    fn is_kept(&self, slot: Slot, text: &ComparedText<'_>) -> bool {
        let same = |kept: &IndexedStatement| kept.statement == *text.statement && kept.delegation == text.delegation;
        self.slots[slot as usize].as_ref().is_some_and(same)
    }

    /// Returns the statement in a slot that is not empty.
    fn kept(&self, slot: Slot) -> &IndexedStatement {
        self.slots[slot as usize].as_ref().expect("places of the index belong to statements that are kept")
    }

    fn from_scratch(texts: &[ComparedText<'_>], limit: usize, version: u64) -> Matches {
        // Places are given in the order of paths, so that the work is divided the same way in every run.
        let mut texts: Vec<&ComparedText<'_>> = texts.iter().collect();
        texts.sort_by(|a, b| a.statement.path.cmp(&b.statement.path));
        let mut new = Matches { limit, version, ..Matches::default() };
        for text in texts {
            new.keep(text);
        }
        let Matches { slots, index, .. } = &mut new;
        // Places follow one another from statement to statement, so each fills a part of its own of the sketches.
        let mut rest = index.sketches_mut();
        let mut parts = Vec::with_capacity(slots.len());
        for kept in slots.iter().flatten() {
            let (part, others) = rest.split_at_mut(kept.pieces.len());
            parts.push((kept, part));
            rest = others;
        }
        let prints = parts.into_par_iter().map(|(kept, sketches)| kept.read(sketches));
        // One sort of all fingerprints brings the places of each together, without a list for every fingerprint.
        let entries = prints.flatten_iter().map(|(code, place)| index::entry(code, place)).collect();
        index.fill(entries);
        // Courtesies must be known before anything is compared, because they do not make a pair worth comparing.
        let groups = new.index.groups(|places| new.is_common(places));
        let index::Groups { common, shared } = groups;
        let places: Vec<PieceId> = common.iter().flat_map(|code| new.index.places(*code)).collect();
        new.index.count_common(&places, true);
        new.common = common;
        let ties = (0..new.slots.len() as Slot).into_par_iter().map(|slot| {
            let of_place = |place: PieceId| {
                // Each pair is compared from its lower slot alone, and then recorded on both sides.
                let others = shared.of(place).flatten().filter(|other| new.index.owner(**other) > slot);
                new.compare(place, others.copied().collect())
            };
            new.kept(slot).places().flat_map(of_place).collect::<Vec<Tie>>()
        });
        let ties: Vec<Tie> = ties.flatten_iter().collect();
        drop(shared);
        new.tie(ties);
        new
    }

    /// Removes the statements in the slots `gone` and adds `fresh`.
    fn exchange(&mut self, gone: &[Slot], fresh: &[&ComparedText<'_>]) {
        // Only a fingerprint of a statement that came or went can have become, or ceased to be, a courtesy.
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        for slot in gone {
            touched.extend(self.kept(*slot).prints().iter().map(|(code, _)| *code));
            self.untie(*slot);
            self.index.remove(self.kept(*slot).places());
            self.slots[*slot as usize] = None;
        }
        let mut slots: Vec<Slot> = Vec::new();
        for text in fresh {
            let slot = self.keep(text);
            let mut sketches = vec![Sketch::default(); self.kept(slot).pieces.len()];
            let prints = self.kept(slot).read(&mut sketches);
            let first = self.kept(slot).first as usize;
            self.index.sketches_mut()[first..first + sketches.len()].copy_from_slice(&sketches);
            touched.extend(prints.iter().map(|(code, _)| *code));
            let common = prints.iter().filter(|(code, _)| self.common.contains(code)).map(|(_, place)| *place);
            self.index.count_common(&common.collect::<Vec<PieceId>>(), true);
            self.index.add(prints);
            slots.push(slot);
        }
        let turned = self.turned(&touched, slots.first().copied().unwrap_or(Slot::MAX));
        // Two old statements can match differently because of a third: once a seventh delegation says the same thanks,
        // a match of the first two that rested on them ends.
        let renewed: Vec<Tie> = turned.par_iter().filter_map(|(one, other)| self.compare_again(*one, *other)).collect();
        for (one, other) in turned {
            self.untie_pair(one, other);
        }
        let ties = slots.par_iter().map(|slot| {
            let of_place = |(place, others): (PieceId, Vec<PieceId>)| {
                // Of two new statements, the one with the lower slot finds the other.
                let others = others.into_iter().filter(|other| !(slots[0]..*slot).contains(&self.index.owner(*other)));
                self.compare(place, others.collect())
            };
            self.candidates(*slot).into_iter().flat_map(of_place).collect::<Vec<Tie>>()
        });
        let ties: Vec<Tie> = renewed.into_par_iter().chain(ties.flatten_iter()).collect();
        self.tie(ties);
        self.index.compact();
    }

    /// Updates which of these fingerprints are courtesies, and returns the pairs of pieces whose match may depend on one
    /// that changed. Pieces of statements from slot `fresh` on are left out, since they are compared anyway.
    fn turned(&mut self, codes: &BTreeSet<u32>, fresh: Slot) -> BTreeSet<(PieceId, PieceId)> {
        let mut pairs = BTreeSet::new();
        for code in codes {
            let places: Vec<PieceId> = self.index.places(*code).collect();
            let is_now = self.is_common(&places);
            if is_now == self.common.contains(code) {
                continue;
            }
            self.index.count_common(&places, is_now);
            for place in &places {
                self.touch(self.index.owner(*place));
            }
            if is_now {
                self.common.insert(*code)
            } else {
                self.common.remove(code)
            };
            let old: Vec<PieceId> = places.into_iter().filter(|place| self.index.owner(*place) < fresh).collect();
            for one in old {
                // The pieces that share other words with it are affected too. A new courtesy can only end matches; one
                // that has ceased to be one may also lead to some.
                let others: Vec<PieceId> = if is_now { self.tied_to(one) } else { self.sharing(one) };
                let others = others.into_iter().filter(|other| self.index.owner(*other) < fresh);
                pairs.extend(others.map(|other| (one.min(other), one.max(other))));
            }
        }
        pairs
    }

    /// Returns the pieces that have a tie with this one.
    fn tied_to(&self, place: PieceId) -> Vec<PieceId> {
        let ties = &self.kept(self.index.owner(place)).ties;
        ties.iter().filter(|tie| tie.place == place).map(|tie| tie.other).collect()
    }

    /// Returns the pieces of other statements that share a fingerprint with this one that is not a courtesy.
    fn sharing(&self, place: PieceId) -> Vec<PieceId> {
        let slot = self.index.owner(place);
        let prints = Tokens::of(self.kept(slot).words(place)).prints;
        let codes = prints.iter().map(|print| print.code).filter(|code| !self.common.contains(code));
        codes.flat_map(|code| self.index.places(code)).filter(|other| self.index.owner(*other) != slot).collect()
    }

    /// Adds a statement: gives it a slot, and its pieces their places.
    fn keep(&mut self, text: &ComparedText<'_>) -> Slot {
        let slot = self.slots.len() as Slot;
        let pieces = pieces(&text.statement.body).into_boxed_slice();
        let first = self.index.open(slot, pieces.len());
        let kept = IndexedStatement {
            statement: text.statement.clone(),
            delegation: text.delegation,
            pieces,
            first,
            ties: Vec::new(),
            version: self.version,
        };
        self.slots.push(Some(kept));
        self.by_path.insert(Arc::clone(&text.statement.path), slot);
        slot
    }

    /// Returns, for each piece of a statement, the places that share fingerprints with it, once for each shared one.
    fn candidates(&self, slot: Slot) -> Vec<(PieceId, Vec<PieceId>)> {
        let mut all: Vec<(PieceId, Vec<PieceId>)> = Vec::new();
        for (code, place) in self.kept(slot).prints() {
            if self.common.contains(&code) {
                continue;
            }
            if all.last().is_none_or(|(last, _)| *last != place) {
                all.push((place, Vec::new()));
            }
            let others = self.index.places(code).filter(|other| self.index.owner(*other) != slot);
            all.last_mut().expect("one was put there").1.extend(others);
        }
        all
    }

    /// Returns whether a fingerprint with these places, in ascending order, is of a courtesy.
    fn is_common(&self, places: &[PieceId]) -> bool {
        let owners = places.chunk_by(|a, b| self.index.owner(*a) == self.index.owner(*b));
        if owners.count() > FORMULA {
            return true;
        }
        let mut seen: Vec<u32> = Vec::new();
        places.iter().map(|place| self.kept(self.index.owner(*place)).delegation).any(|delegation| {
            if !seen.contains(&delegation) {
                seen.push(delegation);
            }
            seen.len() > self.limit
        })
    }
}

/// Returns whether a paragraph has enough words to be compared.
pub fn is_compared(text: &str) -> bool {
    words(text).iter().map(weight).sum::<u32>() >= pair::LEAST
}

/// Returns how many delegations may say something before it is a courtesy: a sixteenth of all, rounded to a power of
/// two so that one more delegation rarely changes what a courtesy is.
fn limit(texts: &[ComparedText<'_>]) -> usize {
    let delegations: HashSet<u32> = texts.iter().map(|text| text.delegation).collect();
    COURTESY.max(delegations.len().next_power_of_two() / 16)
}
