//! Matches, in the order of their statements -> the other occurrences of each paragraph, and the passages.
//!
//! A passage is a paragraph (or the repeated words of a long one) with all later paragraphs that share words with it.
//! The first to say the words leads it, so that everything in it is compared with one text. A follower leads a passage
//! of its own only with those that share words with it and not with its leader. So a text that changes from year to
//! year makes a chain of passages, each with words that somebody said.
//!
//! Texts of simulations are compared with each other, and real texts too, but a passage never mixes them: nobody really
//! said what was said in a simulation. Withdrawn texts are in no passage. Words that a text outside of a passage may
//! have said earlier are never called new or first.

//!
//! Statements that share words, directly or through others, form a group, and the passages of a group depend only on
//! its statements. So after a change only the affected groups are gathered again.

mod gather;
mod said;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use gather::Group;
pub use said::{
    Before, Elsewhere, First, Follower, Other, Passage, SaidElsewhere, SaidInTexts, Saying, delegations, shared,
    statements,
};

use super::Numbered;
use super::carried::{self, Alignments};
use super::matches::{ComparedText, Matches};
use crate::key::Key;
use crate::stamp::Stamp;

/// The path below which passages have their pages.
pub const ROOM: &str = crate::key::PASSAGES;

/// All passages, and the other occurrences of every statement's paragraphs.
#[derive(Default)]
pub struct Passages {
    /// The passages by their pages.
    pub passages: BTreeMap<Key, Arc<Passage>>,
    /// The other occurrences, by the path of the statement's file.
    pub elsewhere: SaidInTexts,
}

/// The groups of the last build, by the stamps of what they were gathered from.
pub type KeptGroups = HashMap<Stamp, Arc<Group>>;

/// Brings the matches up to date with the entries and gathers the passages. A passage has at least `least` statements;
/// for 0 there are none.
pub fn passages(
    entries: &[Numbered],
    least: usize,
    matches: &mut Matches,
    kept: &mut KeptGroups,
    alignments: &mut Alignments,
) -> Passages {
    let delegations: Vec<u32> = entries.iter().map(delegation_number).collect();
    let texts = entries
        .iter()
        .zip(&delegations)
        .map(|(entry, delegation)| ComparedText { statement: &entry.known.statement, delegation: *delegation });
    matches.update(&texts.collect::<Vec<_>>());
    let matches = &*matches;
    let (groups, places) = groups(entries, matches);
    // No match leads out of a group, so each is gathered for itself, and only again if one of its members changed.
    let gathered = groups.par_iter().map(|members| {
        let stamp = Stamp::of(&(least, members.iter().map(|at| stamp(&entries[*at], matches)).collect::<Vec<_>>()));
        let group = kept.get(&stamp).cloned().unwrap_or_else(|| {
            let members: Vec<&Numbered> = members.iter().map(|at| &entries[*at]).collect();
            Arc::new(Group::gather(&members, &places, least, matches))
        });
        (stamp, group)
    });
    let gathered: Vec<(Stamp, Arc<Group>)> = gathered.collect();
    let of_groups = || gathered.iter().map(|(_, group)| group);
    let passages = of_groups().flat_map(|group| &group.passages);
    let passages = passages.map(|passage| (passage.key.clone(), Arc::clone(passage))).collect();
    let mut elsewhere = of_groups().flat_map(|group| group.elsewhere.iter().cloned()).collect();
    // After all groups, because the language versions of one statement may be in different ones.
    carried::in_versions(entries, &mut elsewhere, alignments);
    // Replaced rather than extended: groups that no longer exist are forgotten.
    *kept = gathered.into_iter().collect();
    Passages { passages, elsewhere }
}

/// Divides the entries into groups, in the order of their first members, each in the order of entries. Also returns, for
/// each slot by which a match names a statement, its index in its group.
fn groups(entries: &[Numbered], matches: &Matches) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut entry_of = vec![usize::MAX; matches.slots()];
    let slots: Vec<Option<u32>> = entries.iter().map(|entry| matches.slot(&entry.known.statement.path)).collect();
    for (at, slot) in slots.iter().enumerate().filter_map(|(at, slot)| slot.map(|slot| (at, slot))) {
        entry_of[slot as usize] = at;
    }
    // Each entry points to an earlier one of its group, and the first to itself (disjoint sets, with path halving).
    let mut earlier: Vec<usize> = (0..entries.len()).collect();
    let first = |earlier: &mut Vec<usize>, mut at: usize| {
        while earlier[at] != at {
            earlier[at] = earlier[earlier[at]];
            at = earlier[at];
        }
        at
    };
    for (at, slot) in slots.iter().enumerate() {
        for other in slot.iter().flat_map(|slot| matches.sharing_with(*slot)) {
            let (one, other) = (first(&mut earlier, at), first(&mut earlier, entry_of[other as usize]));
            earlier[one.max(other)] = one.min(other);
        }
    }
    let (mut groups, mut places): (Vec<Vec<usize>>, Vec<usize>) = (Vec::new(), vec![usize::MAX; matches.slots()]);
    let mut group_of = vec![usize::MAX; entries.len()];
    for (at, slot) in slots.iter().enumerate() {
        let first = first(&mut earlier, at);
        if group_of[first] == usize::MAX {
            group_of[first] = groups.len();
            groups.push(Vec::new());
        }
        let members = &mut groups[group_of[first]];
        if let Some(slot) = slot {
            places[*slot as usize] = members.len();
        }
        members.push(at);
    }
    (groups, places)
}

/// Returns the stamp of what an entry adds to its group.
fn stamp(entry: &Numbered, matches: &Matches) -> Stamp {
    let known = &entry.known;
    Stamp::of(&(&known.statement, &known.card, &entry.numbers, known.withdrawn, matches.version(&known.statement.path)))
}

/// Returns a number that identifies the delegation; a statement without one counts as a delegation of its own.
fn delegation_number(entry: &Numbered) -> u32 {
    entry.known.card.attributed_to().map_or_else(|| Stamp::of(&entry.known.id), Stamp::of).low()
}
