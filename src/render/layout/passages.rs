//! Passages -> their pages, and the page of those that were repeated most.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Layout;
use crate::collect::Collection;
use crate::collect::passages::{Passage, ROOM, shared};
use crate::key::Key;
use crate::path::SitePath;
use crate::render::page::Kind;
use crate::render::parts::{Parts, PassageParts, PassageRow, PassagesParts};
use crate::stamp::Stamped;

/// How many passages the page of the most repeated ones lists.
const MOST: usize = 100;

impl Layout<'_> {
    pub(super) fn passages(&mut self, collection: &Collection) {
        let passages = &collection.passages.passages;
        for passage in passages.values() {
            self.passage(passage);
        }
        let rows: Vec<Stamped<PassageRow>> =
            most_repeated(collection, MOST).into_iter().map(|passage| Stamped::new(row(passage))).collect();
        if let (Ok(path), false) = (SitePath::page(&[ROOM]), rows.is_empty()) {
            let parts = PassagesParts { rows };
            self.add(Kind::Passages, path, "the page of passages", Parts::PassagesParts(parts));
        }
    }

    fn passage(&mut self, passage: &Passage) {
        let parts = PassageParts {
            leader: passage.leader.clone(),
            before: passage.before.clone(),
            followers: passage.followers.clone(),
        };
        let origin = Arc::clone(&passage.leader.statement.path);
        self.add(Kind::Passage, passage.key.path().clone(), &origin, Parts::PassageParts(parts));
    }
}

/// Returns the `how_many` passages that most delegations repeat; among equals, those in most statements come first.
pub(super) fn most_repeated(collection: &Collection, how_many: usize) -> Vec<&Passage> {
    let mut all: Vec<&Passage> = collection.passages.passages.values().map(|passage| &**passage).collect();
    all.sort_unstable_by_key(|passage| Reverse(passage.followers.len()));
    let mut most: BTreeMap<(Reverse<usize>, Reverse<usize>, &Key), &Passage> = BTreeMap::new();
    for passage in all {
        // Counting delegations is expensive, and there are at most as many as paragraphs, so most passages are ruled
        // out without it.
        let fewest = most.keys().next_back().filter(|_| most.len() == how_many).map(|(Reverse(fewest), ..)| *fewest);
        if fewest.is_some_and(|fewest| passage.followers.len() + 1 < fewest) {
            break;
        }
        most.insert((Reverse(passage.delegations()), Reverse(passage.statements()), &passage.key), passage);
        if most.len() > how_many {
            most.pop_last();
        }
    }
    most.into_values().collect()
}

/// Returns a passage as lists show it.
pub(super) fn row(passage: &Passage) -> PassageRow {
    PassageRow {
        key: passage.key.clone(),
        leader: passage.leader.clone(),
        shared: shared(&passage.leader, &passage.followers),
        statements: passage.statements(),
        delegations: passage.delegations(),
    }
}
