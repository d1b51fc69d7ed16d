//! The wordings that the collection held of a text -> a page for each.

use super::Layout;
use crate::collect::{Collection, Entry};
use crate::history::Held;
use crate::key::Key;
use crate::render::page::Kind;
use crate::render::parts::{HeldParts, HeldRef, Parts};
use crate::stamp::Stamped;

/// Returns the wordings of a text that its page may show: none of a withdrawn one, unless front matter keeps them.
pub(super) fn shown<'a>(collection: &'a Collection, entry: &Entry) -> Option<&'a Stamped<Vec<Held>>> {
    let known = &entry.known;
    let is_kept = !known.withdrawn || known.statement.front.keep_history;
    collection.history.get(&known.statement.path).filter(|_| is_kept)
}

/// Returns the key of what the collection held of a statement from a day on.
fn held_key(statement: &Key, held: &Held) -> Option<Key> {
    Key::comparison(statement, &["at", &held.day.to_string()]).ok()
}

/// Returns what the page of a statement lists of them, the latest first.
pub(super) fn listed(key: &Key, held: &[Held]) -> Vec<HeldRef> {
    let of = |held: &Held| Some(HeldRef { key: held_key(key, held)?, day: held.day, note: held.note.clone() });
    held.iter().rev().filter_map(of).collect()
}

impl Layout<'_> {
    /// Adds a page for each wording.
    pub(super) fn history(&mut self, collection: &Collection) {
        if collection.history.is_empty() {
            return;
        }
        for entry in &collection.entries {
            let (known, held) = (&entry.known, shown(collection, entry));
            for (at, one) in held.iter().flat_map(|held| held.iter()).enumerate() {
                let key = |held: Option<&Held>| held.and_then(|held| held_key(&known.key, held));
                let all = held.map_or(&[][..], |held| held);
                let before = at.checked_sub(1).map(|before| &all[before]);
                let Some(own) = key(Some(one)) else { continue };
                let parts = HeldParts {
                    card: known.card.clone(),
                    key: own.clone(),
                    held: one.clone(),
                    before: key(before).zip(before.cloned()),
                    after: key(all.get(at + 1)),
                };
                let origin = std::sync::Arc::clone(&known.statement.path);
                self.add(Kind::Held, own.path().clone(), &origin, Parts::HeldParts(parts));
            }
        }
    }
}
