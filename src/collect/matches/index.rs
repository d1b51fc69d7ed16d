//! Fingerprints -> the pieces of texts that hold them: one sorted base, and beside it what came since.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::extent::Slot;

/// A piece of a text, counted through all statements; no number is given twice.
pub type Place = u32;

/// What owns a place of which the statement is gone.
const NOBODY: Slot = Slot::MAX;

/// Which pieces hold each fingerprint.
#[derive(Default)]
pub struct Index {
    /// Fingerprint and place in one number, sorted.
    base: Vec<u64>,
    added: HashMap<u32, Vec<Place>>,
    /// The statement to which each place belongs.
    owners: Vec<Slot>,
    /// How many fingerprints each place has, as far as a byte counts.
    prints: Vec<u8>,
    /// How many of them everybody says.
    common: Vec<u16>,
    /// Entries beside the base, or in it for nothing.
    loose: usize,
}

/// Returns a fingerprint and a place in one number.
pub fn entry(code: u32, place: Place) -> u64 {
    u64::from(code) << 32 | u64::from(place)
}

fn code(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn place(entry: u64) -> Place {
    entry as Place
}

impl Index {
    /// Gives a statement's pieces their places, and returns the first.
    pub fn open(&mut self, slot: Slot, pieces: usize) -> Place {
        let first = self.owners.len() as Place;
        self.owners.extend(std::iter::repeat_n(slot, pieces));
        self.prints.resize(self.owners.len(), 0);
        self.common.resize(self.owners.len(), 0);
        first
    }

    /// Takes all entries in at once.
    pub fn fill(&mut self, entries: Vec<u64>) {
        for entry in &entries {
            self.count(place(*entry));
        }
        self.base = entries;
        self.base.par_sort_unstable();
    }

    fn count(&mut self, place: Place) {
        let prints = &mut self.prints[place as usize];
        *prints = prints.saturating_add(1);
    }

    /// Takes entries in.
    pub fn add(&mut self, entries: Vec<(u32, Place)>) {
        self.loose += entries.len();
        for (code, place) in entries {
            self.count(place);
            self.added.entry(code).or_default().push(place);
        }
    }

    /// Takes the places of a statement out.
    pub fn remove(&mut self, places: Range<Place>) {
        // About so many entries a paragraph.
        self.loose += places.len() * 16;
        for place in places {
            self.owners[place as usize] = NOBODY;
        }
    }

    /// Returns the statement to which a place belongs.
    pub fn owner(&self, place: Place) -> Slot {
        self.owners[place as usize]
    }

    /// Returns how many fingerprints a place has, as far as a byte counts.
    pub fn prints(&self, of: Place) -> usize {
        usize::from(self.prints[of as usize])
    }

    /// Counts one fingerprint of each of these places among those that everybody says, or takes it from them again.
    pub fn count_common(&mut self, places: &[Place], is_common: bool) {
        for place in places {
            let common = &mut self.common[*place as usize];
            *common = if is_common { *common + 1 } else { *common - 1 };
        }
    }

    /// Returns how many fingerprints of a place everybody says.
    pub fn common(&self, of: Place) -> usize {
        usize::from(self.common[of as usize])
    }

    /// Returns where a fingerprint stands.
    pub fn places(&self, of: u32) -> impl Iterator<Item = Place> {
        let from = self.base.partition_point(|entry| code(*entry) < of);
        let base = self.base[from..].iter().take_while(move |entry| code(**entry) == of).map(|entry| place(*entry));
        let added = self.added.get(&of).into_iter().flatten().copied();
        base.chain(added).filter(|place| self.owner(*place) != NOBODY)
    }

    /// Puts everything into the base when much is loose.
    pub fn compact(&mut self) {
        if self.loose <= self.base.len() / 8 + 1000 {
            return;
        }
        let added = std::mem::take(&mut self.added);
        let added =
            added.into_iter().flat_map(|(code, places)| places.into_iter().map(move |place| entry(code, place)));
        self.base.extend(added);
        let owners = &self.owners;
        self.base.retain(|entry| owners[place(*entry) as usize] != NOBODY);
        self.base.par_sort_unstable();
        self.loose = 0;
    }

    /// Sorts the fingerprints of the base by who has them.
    pub fn groups(&self, is_common: impl Fn(&[Place]) -> bool) -> Groups {
        let mut common = HashSet::new();
        let mut shared = Shared::default();
        let mut places: Vec<Place> = Vec::new();
        for group in self.base.chunk_by(|a, b| code(*a) == code(*b)) {
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

/// Fingerprints of what everybody says, and those that are worth a look.
pub struct Groups {
    pub common: HashSet<u32>,
    pub shared: Shared,
}

/// Groups of places that have a fingerprint in common.
#[derive(Default)]
pub struct Shared {
    places: Vec<Place>,
    /// Place and where its group begins among the places, in one number, sorted.
    by_place: Vec<u64>,
}

impl Shared {
    fn add(&mut self, group: &[Place]) {
        let start = self.places.len() as u32;
        self.places.push(group.len() as u32);
        self.places.extend(group);
        self.by_place.extend(group.iter().map(|place| entry(*place, start)));
    }

    /// Returns the groups of which a place is one.
    pub fn of(&self, of: Place) -> impl Iterator<Item = &[Place]> {
        let from = self.by_place.partition_point(|entry| code(*entry) < of);
        self.by_place[from..].iter().take_while(move |entry| code(**entry) == of).map(|entry| {
            let start = place(*entry) as usize;
            &self.places[start + 1..=start + self.places[start] as usize]
        })
    }
}
