//! Pairs of texts -> the pages that compare them.

use super::Layout;
use crate::collect::Collection;
use crate::render::page::Kind;
use crate::render::parts::{ComparisonParts, Parts};

impl Layout<'_> {
    /// Adds the page of every pair.
    pub(super) fn comparisons(&mut self, collection: &Collection) {
        for pair in &collection.pairs {
            let (before, after) = (&collection.entries[pair.before], &collection.entries[pair.after]);
            let parts = ComparisonParts {
                how: pair.how,
                before: before.known.statement.clone(),
                before_numbers: before.numbers.clone(),
                before_card: before.known.card.clone(),
                after: after.known.statement.clone(),
                after_numbers: after.numbers.clone(),
                after_card: after.known.card.clone(),
            };
            let origin = &after.known.statement.path;
            self.add(Kind::Comparison, pair.key.path().clone(), origin, Parts::ComparisonParts(parts));
        }
    }
}
