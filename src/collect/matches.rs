//! Statements' paragraphs -> matches: which share words in a row, word for word or nearly.
//!
//! A pair of paragraphs is compared if they have fingerprints in common that few delegations have: what everybody says
//! ("I congratulate you on your election") is found out by how many say it. Texts in different languages and language
//! versions of one statement are not compared. Kept from run to run: an update compares the paragraphs of the
//! statements that changed, and of those that hold words which became, or ceased to be, what everybody says. The result
//! equals a join from scratch, which a test holds.

mod compare;
mod extent;
mod found;
mod index;
mod pair;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::read::fingerprints::weight;
use crate::read::pieces::pieces;
use crate::read::statement::Statement;
use crate::read::words::words;
use crate::stamp::Stamped;
pub use extent::{Extent, Slot};
pub use found::Match;
use index::{Index, Place};
use pair::Tokens;

/// A statement as it is asked about.
pub struct Text<'a> {
    pub statement: &'a Stamped<Statement>,
    /// By what delegations are told apart.
    pub speaker: u32,
}

/// Words of a piece that a piece of another statement has as well.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tie {
    place: Place,
    other: Place,
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

/// Words that more delegations say than these are what everybody says, however few delegations there are.
const COURTESY: usize = 6;
/// Statements in which words stand that are what everybody says, whoever says them: what a delegation says at every
/// meeting. So there are not as many pairs as the square of the statements.
const FORMULA: usize = 100;

/// A statement as it is kept.
struct Kept {
    statement: Stamped<Statement>,
    speaker: u32,
    /// What is compared of it, and the place of the first of these.
    pieces: Box<[Range<u32>]>,
    first: Place,
    ties: Vec<Tie>,
}

impl Kept {
    fn piece(&self, place: Place) -> &Range<u32> {
        &self.pieces[(place - self.first) as usize]
    }

    fn words(&self, place: Place) -> &str {
        self.statement.body.words(self.piece(place))
    }

    fn places(&self) -> Range<Place> {
        self.first..self.first + self.pieces.len() as Place
    }

    /// Returns the codes of each piece's fingerprints with its place.
    fn prints(&self) -> Vec<(u32, Place)> {
        let mut all = Vec::new();
        for place in self.places() {
            let mut codes: Vec<u32> = Tokens::of(self.words(place)).prints.iter().map(|print| print.code).collect();
            codes.sort_unstable();
            codes.dedup();
            all.extend(codes.into_iter().map(|code| (code, place)));
        }
        all
    }

    fn is_comparable(&self, other: &Kept) -> bool {
        self.statement.language == other.statement.language && self.statement.id != other.statement.id
    }
}

/// The matches of all statements, kept from run to run.
#[derive(Default)]
pub struct Matches {
    slots: Vec<Option<Kept>>,
    by_path: HashMap<Arc<str>, Slot>,
    index: Index,
    /// Fingerprints of what everybody says.
    common: HashSet<u32>,
    /// How many delegations may say what is no courtesy.
    limit: usize,
}

impl Matches {
    /// Brings the matches up to date with these texts, which are all there are.
    pub fn update(&mut self, texts: &[Text<'_>]) {
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
        if limit != self.limit || fresh.len() + gone.len() > texts.len() / 8 {
            *self = Matches::from_scratch(texts, limit);
        } else {
            let mut gone: Vec<Slot> = gone.into_values().collect();
            gone.sort_unstable();
            self.exchange(&gone, &fresh);
        }
    }

    fn is_kept(&self, slot: Slot, text: &Text<'_>) -> bool {
        let same = |kept: &Kept| kept.statement == *text.statement && kept.speaker == text.speaker;
        self.slots[slot as usize].as_ref().is_some_and(same)
    }

    /// Returns what a slot that is not empty holds.
    fn kept(&self, slot: Slot) -> &Kept {
        self.slots[slot as usize].as_ref().expect("places of the index belong to statements that are kept")
    }

    fn from_scratch(texts: &[Text<'_>], limit: usize) -> Matches {
        let mut texts: Vec<&Text<'_>> = texts.iter().collect();
        texts.sort_by(|a, b| a.statement.path.cmp(&b.statement.path));
        let mut new = Matches { limit, ..Matches::default() };
        for text in texts {
            new.keep(text);
        }
        let prints = new.slots.par_iter().flatten().map(Kept::prints);
        new.index.fill(prints.flatten_iter().map(|(code, place)| index::entry(code, place)).collect());
        let groups = new.index.groups(|places| new.is_common(places));
        let index::Groups { common, shared } = groups;
        let places: Vec<Place> = common.iter().flat_map(|code| new.index.places(*code)).collect();
        new.index.count_common(&places, true);
        new.common = common;
        let ties = (0..new.slots.len() as Slot).into_par_iter().map(|slot| {
            let of_place = |place: Place| {
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

    /// Takes statements out and others in.
    fn exchange(&mut self, gone: &[Slot], fresh: &[&Text<'_>]) {
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
            let prints = self.kept(slot).prints();
            touched.extend(prints.iter().map(|(code, _)| *code));
            let common = prints.iter().filter(|(code, _)| self.common.contains(code)).map(|(_, place)| *place);
            self.index.count_common(&common.collect::<Vec<Place>>(), true);
            self.index.add(prints);
            slots.push(slot);
        }
        let turned = self.turned(&touched, slots.first().copied().unwrap_or(Slot::MAX));
        let again: Vec<Tie> = turned.par_iter().filter_map(|(one, other)| self.compare_again(*one, *other)).collect();
        for (one, other) in turned {
            self.untie_pair(one, other);
        }
        let ties = slots.par_iter().map(|slot| {
            let of_place = |(place, others): (Place, Vec<Place>)| {
                // Of two statements that are new, the first looks for the second.
                let others = others.into_iter().filter(|other| !(slots[0]..*slot).contains(&self.index.owner(*other)));
                self.compare(place, others.collect())
            };
            self.candidates(*slot).into_iter().flat_map(of_place).collect::<Vec<Tie>>()
        });
        let ties: Vec<Tie> = again.into_par_iter().chain(ties.flatten_iter()).collect();
        self.tie(ties);
        self.index.compact();
    }

    /// Finds which of these fingerprints became, or ceased to be, what everybody says, and returns the pairs of pieces that
    /// have one; those of the statements from `fresh` on are looked at anyway.
    fn turned(&mut self, codes: &BTreeSet<u32>, fresh: Slot) -> BTreeSet<(Place, Place)> {
        let mut pairs = BTreeSet::new();
        for code in codes {
            let places: Vec<Place> = self.index.places(*code).collect();
            let is_now = self.is_common(&places);
            if is_now == self.common.contains(code) {
                continue;
            }
            self.index.count_common(&places, is_now);
            if is_now {
                self.common.insert(*code)
            } else {
                self.common.remove(code)
            };
            let old: Vec<Place> = places.into_iter().filter(|place| self.index.owner(*place) < fresh).collect();
            for (at, one) in old.iter().enumerate() {
                pairs.extend(old[at + 1..].iter().map(|other| (*one.min(other), *one.max(other))));
            }
        }
        pairs
    }

    /// Gives a statement a slot and its pieces their places.
    fn keep(&mut self, text: &Text<'_>) -> Slot {
        let slot = self.slots.len() as Slot;
        let pieces = pieces(&text.statement.body).into_boxed_slice();
        let first = self.index.open(slot, pieces.len());
        let kept = Kept { statement: text.statement.clone(), speaker: text.speaker, pieces, first, ties: Vec::new() };
        self.slots.push(Some(kept));
        self.by_path.insert(Arc::clone(&text.statement.path), slot);
        slot
    }

    /// Returns, for each piece of a statement, the places that share fingerprints with it, as often as they do.
    fn candidates(&self, slot: Slot) -> Vec<(Place, Vec<Place>)> {
        let mut all: Vec<(Place, Vec<Place>)> = Vec::new();
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

    /// Says whether what stands in these places, in ascending order, is what everybody says.
    fn is_common(&self, places: &[Place]) -> bool {
        let owners = places.chunk_by(|a, b| self.index.owner(*a) == self.index.owner(*b));
        if owners.count() > FORMULA {
            return true;
        }
        let mut seen: Vec<u32> = Vec::new();
        places.iter().map(|place| self.kept(self.index.owner(*place)).speaker).any(|speaker| {
            if !seen.contains(&speaker) {
                seen.push(speaker);
            }
            seen.len() > self.limit
        })
    }

    /// Enters ties on both sides.
    fn tie(&mut self, ties: Vec<Tie>) {
        let mut changed: BTreeSet<Slot> = BTreeSet::new();
        for tie in ties {
            for side in [tie.turned(), tie] {
                let slot = self.index.owner(side.place);
                changed.insert(slot);
                if let Some(kept) = &mut self.slots[slot as usize] {
                    kept.ties.push(side);
                }
            }
        }
        for slot in changed {
            if let Some(kept) = &mut self.slots[slot as usize] {
                kept.ties.sort_by_key(|tie| (tie.place, tie.other));
            }
        }
    }

    /// Takes a statement's ties out on both sides.
    fn untie(&mut self, slot: Slot) {
        let Some(kept) = &mut self.slots[slot as usize] else { return };
        for Tie { place, other, .. } in std::mem::take(&mut kept.ties) {
            self.untie_pair(place, other);
        }
    }

    fn untie_pair(&mut self, one: Place, other: Place) {
        for (place, other) in [(one, other), (other, one)] {
            if let Some(kept) = &mut self.slots[self.index.owner(place) as usize] {
                kept.ties.retain(|tie| (tie.place, tie.other) != (place, other));
            }
        }
    }
}

/// Says whether a paragraph has words enough to be compared.
pub fn is_compared(text: &str) -> bool {
    words(text).iter().map(weight).sum::<u32>() >= pair::LEAST
}

/// Returns how many delegations may say what is no courtesy: a sixteenth of them, by powers of two, so that a new
/// delegation rarely changes what a courtesy is.
fn limit(texts: &[Text<'_>]) -> usize {
    let speakers: HashSet<u32> = texts.iter().map(|text| text.speaker).collect();
    COURTESY.max(speakers.len().next_power_of_two() / 16)
}
