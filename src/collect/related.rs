//! Statements' terms -> for each statement the few others that are most similar to it.
//!
//! The weights are those of tf-idf (Spärck Jones 1972, "A statistical interpretation of term specificity"): a term
//! counts by how often the text uses it and by how few texts do. Both are rounded to steps of a power of two (of its
//! root), so that one edit rarely changes a weight, and all arithmetic is in integers, so that the result is the same
//! on every machine. A text is compared only by its heaviest terms, its *signature*. An update ranks three kinds of
//! texts again: those whose signature changed, those that had one of these among their related texts, and those that
//! one of these now belongs to. A test checks that the result equals a join from scratch.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use crate::language::counts::{Term, Terms};
use crate::stamp::Stamp;

/// Terms in a signature.
const SIGNATURE: usize = 24;

/// A text to relate to the others.
pub struct TextTerms<'a> {
    /// The path of its file, by which it is recognised in the next run.
    pub path: &'a Arc<str>,
    /// Changes when its terms or its topics do.
    pub stamp: Stamp,
    /// The id of the statement: a text is not related to its own language versions.
    pub id: &'a str,
    /// Its language: only texts in the same one are related.
    pub language: &'a str,
    /// Its terms, with how often it uses each.
    pub terms: &'a Terms,
}

/// The number of a text among those kept between builds.
pub type Slot = u32;
type Signature = Box<[(Term, u32)]>;

/// A hasher for terms, which are hashes already: it only spreads their bits.
#[derive(Default)]
struct TermHasher(u64);

impl Hasher for TermHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u32(&mut self, term: u32) {
        self.0 = u64::from(term).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type ByTerm<V> = HashMap<Term, V, BuildHasherDefault<TermHasher>>;

struct RankedText {
    stamp: Stamp,
    id: Box<str>,
    path: Arc<str>,
    language: Box<str>,
    terms: Terms,
    topics: Box<[Term]>,
    signature: Signature,
    /// The related texts, best first: score and slot.
    top: Vec<(u32, Slot)>,
}

impl RankedText {
    /// Returns its terms and topics, each with the exponent of two of how often it is used. A topic counts as used four
    /// times.
    fn terms(&self) -> impl Iterator<Item = (Term, u32)> {
        self.terms.iter().chain(self.topics.iter().map(|topic| (*topic, 2)))
    }

    fn holds(&self, term: Term) -> bool {
        self.terms.contains(term) || self.topics.contains(&term)
    }
}

/// The relations between all statements, kept between builds.
pub struct Related {
    most: usize,
    slots: Vec<Option<RankedText>>,
    free: Vec<Slot>,
    by_path: HashMap<Arc<str>, Slot>,
    /// How many texts have each term.
    frequencies: ByTerm<u32>,
    /// The texts with each term in their signature, by slot, with its weight there.
    postings: ByTerm<Vec<(Slot, u32)>>,
    /// `2 log2` of the number of texts, rounded up to a power of two.
    scale: u32,
}

impl Related {
    /// Creates an empty set of relations that keeps at most `most` related texts per text.
    pub fn new(most: usize) -> Related {
        Related {
            most,
            slots: Vec::new(),
            free: Vec::new(),
            by_path: HashMap::new(),
            frequencies: ByTerm::default(),
            postings: ByTerm::default(),
            scale: 0,
        }
    }

    /// Brings the relations up to date with `texts`, which must be all texts of the collection; `topics` returns the
    /// topics of the n-th of them.
    pub fn update(&mut self, texts: &[TextTerms<'_>], topics: impl Fn(usize) -> Vec<Term>) {
        let mut before = std::mem::take(&mut self.by_path);
        let mut fresh = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match before.remove(text.path) {
                Some(slot) if self.slots[slot as usize].as_ref().is_some_and(|kept| kept.stamp == text.stamp) => {
                    self.by_path.insert(Arc::clone(text.path), slot);
                }
                other => {
                    if let Some(slot) = other {
                        before.insert(Arc::clone(text.path), slot);
                    }
                    fresh.push((text, topics(at)));
                }
            }
        }
        if fresh.is_empty() && before.is_empty() {
            return;
        }
        // Remove texts that were deleted or changed, and insert the new ones. `touched` keeps the class of each of their
        // terms, since only a term whose class changes can change the signature of a text that was not edited.
        let mut touched: ByTerm<u32> = ByTerm::default();
        let mut re_signed: HashSet<Slot> = HashSet::new();
        let count = self.by_path.len() + fresh.len();
        // Above an eighth, counting all terms from scratch in parallel is faster than following every change.
        let everything = fresh.len() + before.len() > count / 8;
        for slot in before.into_values() {
            let Some(gone) = self.slots[slot as usize].take() else { continue };
            if !everything {
                for (term, _) in gone.terms() {
                    *self.touch(term, &mut touched) -= 1;
                }
            }
            self.unpost(slot, &gone.signature);
            re_signed.insert(slot);
            self.free.push(slot);
        }
        let mut dirty: HashSet<Slot> = HashSet::new();
        for (text, topics) in fresh {
            let kept = RankedText {
                stamp: text.stamp,
                id: text.id.into(),
                path: Arc::clone(text.path),
                language: text.language.into(),
                terms: text.terms.clone(),
                topics: BTreeSet::from_iter(topics).into_iter().collect(),
                signature: Box::default(),
                top: Vec::new(),
            };
            if !everything {
                for (term, _) in kept.terms() {
                    *self.touch(term, &mut touched) += 1;
                }
            }
            let slot = self.free.pop().unwrap_or_else(|| {
                self.slots.push(None);
                self.slots.len() as Slot - 1
            });
            self.slots[slot as usize] = Some(kept);
            self.by_path.insert(Arc::clone(text.path), slot);
            dirty.insert(slot);
            re_signed.insert(slot);
        }
        let scale = 2 * (count.max(1) as u32).next_power_of_two().ilog2();
        if everything {
            self.frequencies = frequencies(&self.slots);
        }
        let mut moved: Vec<Term> = Vec::new();
        #[expect(clippy::iter_over_hash_type, reason = "the terms moved are only asked after")]
        for (term, class_before) in touched {
            let frequency = self.frequencies.get(&term).copied().unwrap_or(0);
            if class(frequency, scale) != class_before {
                moved.push(term);
            }
            if frequency == 0 {
                self.frequencies.remove(&term);
            }
        }
        // A step of the scale shifts the weight of every term. Beyond a thousand changed terms, looking for them in
        // each text costs more than signing it again.
        let all = everything || scale != self.scale || moved.len() > 1000;
        self.scale = scale;
        let holds = |kept: &RankedText| moved.iter().any(|term| kept.holds(*term));
        let signatures: Vec<(Slot, Signature)> = self
            .slots
            .par_iter()
            .enumerate()
            .filter_map(|(slot, kept)| {
                let kept = kept.as_ref()?;
                let slot = slot as Slot;
                (all || dirty.contains(&slot) || holds(kept)).then(|| (slot, self.signature(kept)))
            })
            .filter(|(slot, new)| self.slots[*slot as usize].as_ref().is_some_and(|kept| kept.signature != *new))
            .collect();
        for (slot, new) in signatures {
            let Some(kept) = &mut self.slots[slot as usize] else { continue };
            let old = std::mem::replace(&mut kept.signature, new.clone());
            self.unpost(slot, &old);
            for &(term, weight) in &new {
                let list = self.postings.entry(term).or_default();
                let at = list.partition_point(|(other, _)| *other < slot);
                list.insert(at, (slot, weight));
            }
            re_signed.insert(slot);
        }
        self.rank(&re_signed);
    }

    /// Returns the slot of a text, which is below [`Related::slots`]; `None` if it is not there.
    pub fn slot(&self, path: &str) -> Option<Slot> {
        self.by_path.get(path).copied()
    }

    /// Returns how many slots there are, including empty ones.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// Returns the slots of the texts related to the one in `slot`, best first.
    pub fn of(&self, slot: Slot) -> impl Iterator<Item = Slot> {
        let kept = self.slots[slot as usize].as_ref();
        kept.into_iter().flat_map(|kept| kept.top.iter().map(|(_, slot)| *slot))
    }

    /// Returns a term's frequency for updating; `touched` keeps the class from before the first update.
    fn touch(&mut self, term: Term, touched: &mut ByTerm<u32>) -> &mut u32 {
        let frequency = self.frequencies.entry(term).or_default();
        touched.entry(term).or_insert(class(*frequency, self.scale));
        frequency
    }

    /// Removes a text from the postings of its signature.
    fn unpost(&mut self, slot: Slot, signature: &Signature) {
        for (term, _) in signature {
            if let Some(list) = self.postings.get_mut(term) {
                list.retain(|(other, _)| *other != slot);
            }
        }
    }

    /// Returns the heaviest terms of a text with their weights, sorted by term.
    fn signature(&self, kept: &RankedText) -> Signature {
        let mut weighed: Vec<(Term, u32)> = kept
            .terms()
            .map(|(term, power)| {
                let weight = class(self.frequencies.get(&term).copied().unwrap_or(0), self.scale);
                (term, weight * (power + 1))
            })
            .filter(|(_, weight)| *weight > 0)
            .collect();
        let order = |a: &(Term, u32), b: &(Term, u32)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
        if weighed.len() > SIGNATURE {
            weighed.select_nth_unstable_by(SIGNATURE, order);
            weighed.truncate(SIGNATURE);
        }
        weighed.sort_unstable_by_key(|(term, _)| *term);
        weighed.into()
    }

    /// Ranks again every text that a change of these signatures can concern.
    fn rank(&mut self, re_signed: &HashSet<Slot>) {
        // A text that had one of these among its best may have lost it, and the next best is not known: rank it in
        // full.
        let lost = |kept: &RankedText| kept.top.iter().any(|(_, slot)| re_signed.contains(slot));
        let tops: Vec<(Slot, Vec<(u32, Slot)>)> = self
            .slots
            .par_iter()
            .enumerate()
            .filter(|(slot, kept)| kept.as_ref().is_some_and(|kept| re_signed.contains(&(*slot as Slot)) || lost(kept)))
            // One array of scores per thread: allocating one for each text would dominate the time.
            .map_init(
                || vec![0u32; self.slots.len()],
                |scores, (slot, _)| (slot as Slot, self.top(slot as Slot, scores)),
            )
            .collect();
        let done: HashSet<Slot> = tops.iter().map(|(slot, _)| *slot).collect();
        for (slot, top) in tops {
            if let Some(kept) = &mut self.slots[slot as usize] {
                kept.top = top;
            }
        }
        // No other text had one of these before, so its best stay as they are; at most a new one has to be added.
        let mut scores = vec![0u32; self.slots.len()];
        let mut slots: Vec<Slot> =
            re_signed.iter().copied().filter(|slot| self.slots[*slot as usize].is_some()).collect();
        slots.sort_unstable();
        for slot in slots {
            for (score, other) in self.scores(slot, &mut scores) {
                if done.contains(&other) {
                    continue;
                }
                let Some(kept) = &mut self.slots[other as usize] else { continue };
                // Taken out, because `keep_best` reads the ids of other texts from `self`.
                let mut top = std::mem::take(&mut kept.top);
                top.push((score, slot));
                self.keep_best(&mut top);
                if let Some(kept) = &mut self.slots[other as usize] {
                    kept.top = top;
                }
            }
        }
    }

    /// Returns every text in the same language that shares a signature term, with its score: the dot product of the two
    /// signatures. `scores` must be all zero and is zero again afterwards.
    fn scores(&self, slot: Slot, scores: &mut [u32]) -> Vec<(u32, Slot)> {
        let Some(kept) = &self.slots[slot as usize] else { return Vec::new() };
        let mut seen = Vec::new();
        for (term, weight) in &kept.signature {
            for (other, other_weight) in self.postings.get(term).map(Vec::as_slice).unwrap_or_default() {
                let score = &mut scores[*other as usize];
                if *score == 0 {
                    seen.push(*other);
                }
                *score += weight * other_weight;
            }
        }
        let mut found = Vec::with_capacity(seen.len());
        for other in seen {
            let score = std::mem::take(&mut scores[other as usize]);
            let fits =
                self.slots[other as usize].as_ref().is_some_and(|o| o.language == kept.language && o.id != kept.id);
            if fits {
                found.push((score, other));
            }
        }
        found
    }

    /// Ranks the text in a slot against all others.
    fn top(&self, slot: Slot, scores: &mut [u32]) -> Vec<(u32, Slot)> {
        let mut found = self.scores(slot, scores);
        self.keep_best(&mut found);
        found
    }

    /// Sorts by score and keeps the best; of equal scores the lesser id comes first, then the lesser path.
    fn keep_best(&self, found: &mut Vec<(u32, Slot)>) {
        let id = |slot: Slot| self.slots[slot as usize].as_ref().map(|kept| (&kept.id, &kept.path));
        let order = |a: &(u32, Slot), b: &(u32, Slot)| b.0.cmp(&a.0).then_with(|| id(a.1).cmp(&id(b.1)));
        // Scores alone rule out most candidates; only ties need the comparison of ids, which is slower.
        if self.most > 0 && found.len() > self.most {
            found.select_nth_unstable_by(self.most - 1, |a, b| b.0.cmp(&a.0));
            let least = found[self.most - 1].0;
            found.retain(|(score, _)| *score >= least);
        }
        found.sort_by(order);
        found.truncate(self.most);
    }
}

/// Returns the weight of a term by how many texts use it, `scale - 2 log2(frequency)` in whole steps: 0 for a term that
/// only one text uses, which relates it to nothing, and for one that a quarter of all texts or more use.
fn class(frequency: u32, scale: u32) -> u32 {
    if frequency < 2 {
        return 0;
    }
    let class = scale.saturating_sub((u64::from(frequency) * u64::from(frequency)).ilog2());
    if class < 4 { 0 } else { class }
}

/// Counts the texts that have each term.
fn frequencies(slots: &[Option<RankedText>]) -> ByTerm<u32> {
    let part = slots.len().div_ceil(rayon::current_num_threads()).max(1);
    let counts = slots.par_chunks(part).map(|part| {
        let mut counts: ByTerm<u32> = ByTerm::default();
        for (term, _) in part.iter().flatten().flat_map(RankedText::terms) {
            *counts.entry(term).or_default() += 1;
        }
        counts
    });
    counts.reduce(ByTerm::default, |mut one, other| {
        if one.is_empty() {
            return other;
        }
        #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
        for (term, count) in other {
            *one.entry(term).or_default() += count;
        }
        one
    })
}
