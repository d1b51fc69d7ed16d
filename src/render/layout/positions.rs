//! What is said on topics -> the pages of positions, of extracts by session, and of who has spoken when.

use super::Layout;
use crate::collect::Collection;
use crate::collect::positions::{numbered, pages};
use crate::key::Key;
use crate::render::page::Kind;
use crate::render::parts::{ExtractsParts, MatrixParts, Parts, PositionParts, TwoPositionsParts};

impl Layout<'_> {
    /// Adds the pages of what is said on topics.
    pub(super) fn said(&mut self, collection: &Collection) {
        for (key, position) in &collection.positions {
            let parts = |number| {
                let (topic, said) = (position.topic.clone(), position.said.clone());
                Parts::PositionParts(PositionParts { topic, said, number })
            };
            let count = pages(position.said.iter().rev()).len();
            self.numbered(Kind::Position, key, &position.said[0].statement.path, count, parts);
        }
        for (key, extracts) in &collection.extracts {
            let parts = |number| {
                let subject = (extracts.topic.clone(), extracts.forum.clone(), extracts.session.clone());
                Parts::ExtractsParts(ExtractsParts { subject, said: extracts.said.clone(), number })
            };
            let count = pages(extracts.said.iter()).len();
            self.numbered(Kind::Extracts, key, &extracts.said[0].statement.path, count, parts);
        }
        for (key, two) in &collection.compared {
            let [first, second] = two.sides.clone();
            let parts = TwoPositionsParts { topic: two.topic.clone(), first, second };
            self.add(Kind::Positions, key.path().clone(), &two.topic.title, Parts::TwoPositionsParts(parts));
        }
        for (key, matrix) in &*collection.matrices {
            let parts = MatrixParts { topic: matrix.topic.clone(), table: matrix.table.clone() };
            self.add(Kind::Matrix, key.path().clone(), &matrix.topic.title, Parts::MatrixParts(parts));
        }
    }

    /// Adds the pages of a list that is divided from its beginning.
    fn numbered(&mut self, kind: Kind, first: &Key, origin: &str, count: usize, parts: impl Fn(usize) -> Parts) {
        for number in 1..=count {
            if let Some(page) = numbered(first.path(), number) {
                self.add(kind, page, origin, parts(number));
            }
        }
    }
}
