//! Recording ties with both of their statements, and removing them.

use std::collections::BTreeSet;

use super::index::{PieceId, Slot};
use super::{Matches, Tie};

impl Matches {
    /// Records ties with both of their statements.
    pub(super) fn tie(&mut self, ties: Vec<Tie>) {
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
                // The order must not depend on which statement was added last, or a rebuild would differ from a build.
                kept.ties.sort_by_key(|tie| (tie.place, tie.other));
                kept.version = self.version;
            }
        }
    }

    /// Notes that this update changed what is known of a statement.
    pub(super) fn touch(&mut self, slot: Slot) {
        if let Some(kept) = &mut self.slots[slot as usize] {
            kept.version = self.version;
        }
    }

    /// Removes a statement's ties, also from the statements at their other ends.
    pub(super) fn untie(&mut self, slot: Slot) {
        let Some(kept) = &mut self.slots[slot as usize] else { return };
        for Tie { place, other, .. } in std::mem::take(&mut kept.ties) {
            self.untie_pair(place, other);
        }
    }

    pub(super) fn untie_pair(&mut self, one: PieceId, other: PieceId) {
        for (place, other) in [(one, other), (other, one)] {
            if let Some(kept) = &mut self.slots[self.index.owner(place) as usize] {
                kept.ties.retain(|tie| (tie.place, tie.other) != (place, other));
                kept.version = self.version;
            }
        }
    }
}
