//! Passages -> their pages, and the page of those that were repeated most.

use std::cmp::Reverse;
use std::sync::Arc;

use super::Layout;
use crate::collect::Collection;
use crate::collect::passages::{Passage, ROOM, shared};
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
        let mut most: Vec<&Passage> = passages.values().collect();
        most.sort_by_cached_key(|passage| {
            (Reverse(passage.delegations()), Reverse(passage.statements()), passage.key.clone())
        });
        let row = |passage: &&Passage| {
            Stamped::new(PassageRow {
                key: passage.key.clone(),
                leader: passage.leader.clone(),
                shared: shared(&passage.leader, &passage.followers),
                statements: passage.statements(),
                delegations: passage.delegations(),
            })
        };
        let rows: Vec<Stamped<PassageRow>> = most.iter().take(MOST).map(row).collect();
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
