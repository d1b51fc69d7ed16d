//! Fingerprints -> the pieces of texts that contain them: one sorted base, and a map of what was added since.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use crate::compare::sketch::Sketch;

/// The number of a statement in the index.
pub(super) type Slot = u32;

/// A piece of a text, numbered through all statements; a number is never reused.
pub(super) type PieceId = u32;

/// The owner of a place whose statement no longer exists.
const NOBODY: Slot = Slot::MAX;

/// Which pieces hold each fingerprint.
#[derive(Default)]
pub(super) struct Index {
    /// Fingerprint and place packed into one number, sorted: one allocation, where a
    /// map would have a list for each fingerprint.
    base: Vec<u64>,
    added: HashMap<u32, Vec<PieceId>>,
    /// The statement to which each place belongs.
    owners: Vec<Slot>,
    /// How many fingerprints each place has, at most 255.
    prints: Vec<u8>,
    /// How many of these are courtesies.
    common: Vec<u16>,
    /// Which words each place has.
    sketches: Vec<Sketch>,
    /// Entries outside the base, and dead entries in it: how much there is to compact.
    loose: usize,
}

/// Packs a fingerprint and a place into one number.
pub(super) fn entry(code: u32, place: PieceId) -> u64 {
    u64::from(code) << 32 | u64::from(place)
}

fn code(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn place(entry: u64) -> PieceId {
    entry as PieceId
}

impl Index {
    /// Gives a statement's pieces their places and returns the first one.
    pub(super) fn open(&mut self, slot: Slot, pieces: usize) -> PieceId {
        let first = self.owners.len() as PieceId;
        self.owners.extend(std::iter::repeat_n(slot, pieces));
        self.prints.resize(self.owners.len(), 0);
        self.common.resize(self.owners.len(), 0);
        self.sketches.resize(self.owners.len(), Sketch::default());
        first
    }

    /// Fills an empty index with all entries at once.
    pub(super) fn fill(&mut self, entries: Vec<u64>) {
        for entry in &entries {
            self.count(place(*entry));
        }
        self.base = entries;
        self.base.par_sort_unstable();
    }

    fn count(&mut self, place: PieceId) {
        let prints = &mut self.prints[place as usize];
        *prints = prints.saturating_add(1);
    }

    /// Adds entries.
    pub(super) fn add(&mut self, entries: Vec<(u32, PieceId)>) {
        self.loose += entries.len();
        for (code, place) in entries {
            self.count(place);
            self.added.entry(code).or_default().push(place);
        }
    }

    /// Removes the places of a statement. Their entries stay until the next [`Index::compact`].
    pub(super) fn remove(&mut self, places: Range<PieceId>) {
        // An estimate: a piece has about as many fingerprints.
        self.loose += places.len() * 16;
        for place in places {
            self.owners[place as usize] = NOBODY;
        }
    }

    /// Returns the sketches of all places, to be filled in.
    pub(super) fn sketches_mut(&mut self) -> &mut [Sketch] {
        &mut self.sketches
    }

    /// Returns in how many of 32 samples the words of two places agree.
    pub(super) fn agreeing(&self, one: PieceId, other: PieceId) -> usize {
        self.sketches[one as usize].agreeing(&self.sketches[other as usize])
    }

    /// Returns the slot of the statement that a place belongs to.
    pub(super) fn owner(&self, place: PieceId) -> Slot {
        self.owners[place as usize]
    }

    /// Returns how many fingerprints a place has, at most 255.
    pub(super) fn prints(&self, of: PieceId) -> usize {
        usize::from(self.prints[of as usize])
    }

    /// Counts one fingerprint of each of these places as a courtesy, or stops counting it.
    pub(super) fn count_common(&mut self, places: &[PieceId], is_common: bool) {
        for place in places {
            let common = &mut self.common[*place as usize];
            *common = if is_common { *common + 1 } else { *common - 1 };
        }
    }

    /// Returns how many fingerprints of a place are courtesies.
    pub(super) fn common(&self, of: PieceId) -> usize {
        usize::from(self.common[of as usize])
    }

    /// Returns the places of a fingerprint.
    pub(super) fn places(&self, of: u32) -> impl Iterator<Item = PieceId> {
        let from = self.base.partition_point(|entry| code(*entry) < of);
        let base = self.base[from..].iter().take_while(move |entry| code(**entry) == of).map(|entry| place(*entry));
        let added = self.added.get(&of).into_iter().flatten().copied();
        base.chain(added).filter(|place| self.owner(*place) != NOBODY)
    }

    /// Merges everything into the base once an eighth of it is loose.
    pub(super) fn compact(&mut self) {
        if self.loose <= self.base.len() / 8 + 1000 {
            return;
        }
        let added = std::mem::take(&mut self.added);
        let added =
            added.into_iter().flat_map(|(code, places)| places.into_iter().map(move |place| entry(code, place)));
        self.base.extend(added);
        // Places of removed statements were left in the base until now: taking each out at once would move all of it.
        let owners = &self.owners;
        self.base.retain(|entry| owners[place(*entry) as usize] != NOBODY);
        self.base.par_sort_unstable();
        self.loose = 0;
    }

    /// Divides the fingerprints of the base into courtesies and those shared by several statements.
    pub(super) fn groups(&self, is_common: impl Fn(&[PieceId]) -> bool) -> Groups {
        let mut common = HashSet::new();
        let mut shared = Shared::default();
        let mut places: Vec<PieceId> = Vec::new();
        for group in self.base.chunk_by(|a, b| code(*a) == code(*b)) {
            // Most fingerprints occur in only one place, so they lead to no pair.
            if group.len() < 2 {
                continue;
            }
            places.clear();
            places.extend(group.iter().map(|entry| place(*entry)));
            if is_common(&places) {
                common.insert(code(group[0]));
            } else if self.owner(places[0]) != self.owner(places[places.len() - 1]) {
                shared.add(&places);
            }
        }
        shared.by_place.par_sort_unstable();
        Groups { common, shared }
    }
}

/// Fingerprints in more than one place.
pub(super) struct Groups {
    /// Those of courtesies.
    pub common: HashSet<u32>,
    /// The places of the others, where these belong to several statements.
    pub shared: Shared,
}

/// Groups of places that have a fingerprint in common.
#[derive(Default)]
pub(super) struct Shared {
    places: Vec<PieceId>,
    /// A place and where its group begins in `places`, packed into one number, sorted.
    by_place: Vec<u64>,
}

impl Shared {
    /// Adds a group: its length, then its places.
    fn add(&mut self, group: &[PieceId]) {
        let start = self.places.len() as u32;
        self.places.push(group.len() as u32);
        self.places.extend(group);
        self.by_place.extend(group.iter().map(|place| entry(*place, start)));
    }

    /// Returns the groups that contain a place.
    pub(super) fn of(&self, of: PieceId) -> impl Iterator<Item = &[PieceId]> {
        let from = self.by_place.partition_point(|entry| code(*entry) < of);
        self.by_place[from..].iter().take_while(move |entry| code(**entry) == of).map(|entry| {
            let start = place(*entry) as usize;
            &self.places[start + 1..=start + self.places[start] as usize]
        })
    }
}
