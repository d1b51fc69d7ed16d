//! Statements' terms -> for each statement the few others that are most like it.
//!
//! Integer arithmetic throughout, so that the result is the same on every machine. A term weighs by how often the text
//! uses it and by how few texts do; both are taken in steps of a power of two (of its root), so that one edit rarely
//! moves a weight. A text is compared by its heaviest terms alone, its *signature*. An update touches what it must: the
//! texts whose signature changed, those that had such a text among their related, and those that now want one. The
//! result equals a join from scratch, which a test holds.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use crate::read::terms::{Term, Terms};
use crate::stamp::Stamp;

/// Terms in a signature.
const SIGNATURE: usize = 24;

/// A text as it is asked about: its key, its id (no text is related to its own language versions), and its terms. The
/// stamp changes when its terms or its topics do.
pub struct Text<'a> {
    pub path: &'a Arc<str>,
    pub stamp: Stamp,
    pub id: &'a str,
    pub language: &'a str,
    pub terms: &'a Terms,
}

/// A text's place among those that are kept.
pub type Slot = u32;
type Signature = Box<[(Term, u32)]>;

/// Terms are hashes already.
#[derive(Default)]
struct Already(u64);

impl Hasher for Already {
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

type ByTerm<V> = HashMap<Term, V, BuildHasherDefault<Already>>;

struct Kept {
    stamp: Stamp,
    id: Box<str>,
    path: Arc<str>,
    language: Box<str>,
    terms: Terms,
    topics: Box<[Term]>,
    signature: Signature,
    /// Best first: score and slot.
    top: Vec<(u32, Slot)>,
}

impl Kept {
    /// Returns its terms and topics, with how often they are used, as a power of two.
    fn terms(&self) -> impl Iterator<Item = (Term, u32)> {
        self.terms.iter().chain(self.topics.iter().map(|topic| (*topic, 2)))
    }

    fn holds(&self, term: Term) -> bool {
        self.terms.contains(term) || self.topics.contains(&term)
    }
}

/// Which statements are related, kept from run to run.
pub struct Related {
    most: usize,
    slots: Vec<Option<Kept>>,
    free: Vec<Slot>,
    by_path: HashMap<Arc<str>, Slot>,
    frequencies: ByTerm<u32>,
    postings: ByTerm<Vec<(Slot, u32)>>,
    /// `2 log2` of the number of texts, rounded up to a power of two.
    scale: u32,
}

impl Related {
    /// Keeps at most `most` related texts a text.
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

    /// Brings the relations up to date with these texts, which are all there are; `topics` says which topics the n-th has:
    /// they count as terms used four times.
    pub fn update(&mut self, texts: &[Text<'_>], topics: impl Fn(usize) -> Vec<Term>) {
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
        // Out with what is gone or changed, in with what is new; `touched` remembers the weights from before.
        let mut touched: ByTerm<u32> = ByTerm::default();
        let mut resigned: HashSet<Slot> = HashSet::new();
        let count = self.by_path.len() + fresh.len();
        let everything = fresh.len() + before.len() > count / 8;
        for slot in before.into_values() {
            let Some(gone) = self.slots[slot as usize].take() else { continue };
            if !everything {
                for (term, _) in gone.terms() {
                    *self.touch(term, &mut touched) -= 1;
                }
            }
            self.unpost(slot, &gone.signature);
            resigned.insert(slot);
            self.free.push(slot);
        }
        let mut dirty: HashSet<Slot> = HashSet::new();
        for (text, topics) in fresh {
            let kept = Kept {
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
            resigned.insert(slot);
        }
        let scale = 2 * (count.max(1) as u32).next_power_of_two().ilog2();
        if everything {
            self.frequencies = frequencies(&self.slots);
        }
        let mut moved: Vec<Term> = Vec::new();
        for (term, class_before) in touched {
            let frequency = self.frequencies.get(&term).copied().unwrap_or(0);
            if class(frequency, scale) != class_before {
                moved.push(term);
            }
            if frequency == 0 {
                self.frequencies.remove(&term);
            }
        }
        let all = everything || scale != self.scale || moved.len() > 1000;
        self.scale = scale;
        let holds = |kept: &Kept| moved.iter().any(|term| kept.holds(*term));
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
            resigned.insert(slot);
        }
        self.rank(&resigned);
    }

    /// Returns the slot of a text: a number for it that is below `slots`.
    pub fn slot(&self, path: &str) -> Option<Slot> {
        self.by_path.get(path).copied()
    }

    /// Returns how many slots there are, with those that are empty.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// Returns the slots of what is related to the text in a slot, best first.
    pub fn of(&self, slot: Slot) -> impl Iterator<Item = Slot> {
        let kept = self.slots[slot as usize].as_ref();
        kept.into_iter().flat_map(|kept| kept.top.iter().map(|(_, slot)| *slot))
    }

    /// Returns a term's frequency, to be changed; `touched` remembers the weight from before.
    fn touch(&mut self, term: Term, touched: &mut ByTerm<u32>) -> &mut u32 {
        let frequency = self.frequencies.entry(term).or_default();
        touched.entry(term).or_insert(class(*frequency, self.scale));
        frequency
    }

    fn unpost(&mut self, slot: Slot, signature: &Signature) {
        for (term, _) in signature {
            if let Some(list) = self.postings.get_mut(term) {
                list.retain(|(other, _)| *other != slot);
            }
        }
    }

    fn signature(&self, kept: &Kept) -> Signature {
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

    /// Ranks anew what the resigned texts concern.
    fn rank(&mut self, resigned: &HashSet<Slot>) {
        let lost = |kept: &Kept| kept.top.iter().any(|(_, slot)| resigned.contains(slot));
        let tops: Vec<(Slot, Vec<(u32, Slot)>)> = self
            .slots
            .par_iter()
            .enumerate()
            .filter(|(slot, kept)| kept.as_ref().is_some_and(|kept| resigned.contains(&(*slot as Slot)) || lost(kept)))
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
        // Those that were not ranked anew had none of the resigned before; perhaps they want one now.
        let mut scores = vec![0u32; self.slots.len()];
        let mut slots: Vec<Slot> =
            resigned.iter().copied().filter(|slot| self.slots[*slot as usize].is_some()).collect();
        slots.sort_unstable();
        for slot in slots {
            for (score, other) in self.scores(slot, &mut scores) {
                if done.contains(&other) {
                    continue;
                }
                let Some(kept) = &mut self.slots[other as usize] else { continue };
                let mut top = std::mem::take(&mut kept.top);
                top.push((score, slot));
                self.keep_best(&mut top);
                if let Some(kept) = &mut self.slots[other as usize] {
                    kept.top = top;
                }
            }
        }
    }

    /// Returns every text of the same language that shares a signature term, with its score; leaves `scores` zero.
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

    fn top(&self, slot: Slot, scores: &mut [u32]) -> Vec<(u32, Slot)> {
        let mut found = self.scores(slot, scores);
        self.keep_best(&mut found);
        found
    }

    /// Keeps the best; ties go to the lesser id, then path.
    fn keep_best(&self, found: &mut Vec<(u32, Slot)>) {
        let id = |slot: Slot| self.slots[slot as usize].as_ref().map(|kept| (&kept.id, &kept.path));
        let order = |a: &(u32, Slot), b: &(u32, Slot)| b.0.cmp(&a.0).then_with(|| id(a.1).cmp(&id(b.1)));
        // Scores alone say of most that they are not among the best; only ties ask for names.
        if self.most > 0 && found.len() > self.most {
            found.select_nth_unstable_by(self.most - 1, |a, b| b.0.cmp(&a.0));
            let least = found[self.most - 1].0;
            found.retain(|(score, _)| *score >= least);
        }
        found.sort_by(order);
        found.truncate(self.most);
    }
}

/// The weight of a term by how many texts use it: 0 for one alone and for what a quarter of all or more use.
fn class(frequency: u32, scale: u32) -> u32 {
    if frequency < 2 {
        return 0;
    }
    let class = scale.saturating_sub((u64::from(frequency) * u64::from(frequency)).ilog2());
    if class < 4 { 0 } else { class }
}

/// Counts in how many texts each term is.
fn frequencies(slots: &[Option<Kept>]) -> ByTerm<u32> {
    let part = slots.len().div_ceil(rayon::current_num_threads()).max(1);
    let counts = slots.par_chunks(part).map(|part| {
        let mut counts: ByTerm<u32> = ByTerm::default();
        for (term, _) in part.iter().flatten().flat_map(Kept::terms) {
            *counts.entry(term).or_default() += 1;
        }
        counts
    });
    counts.reduce(ByTerm::default, |mut one, other| {
        if one.is_empty() {
            return other;
        }
        for (term, count) in other {
            *one.entry(term).or_default() += count;
        }
        one
    })
}
