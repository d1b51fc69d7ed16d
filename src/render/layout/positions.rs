//! Positions -> their pages.

use super::Layout;
use crate::collect::Collection;
use crate::render::page::Kind;
use crate::render::parts::{Parts, PositionParts};
use crate::render::views::position_pages;

impl Layout<'_> {
    /// Adds the pages of every position.
    pub(super) fn positions(&mut self, collection: &Collection) {
        for (path, position) in &collection.positions {
            for number in 1..=position_pages(&position.said).len() {
                let parts = PositionParts { topic: position.topic.clone(), said: position.said.clone(), number };
                let page = if number == 1 { Ok(path.clone()) } else { path.join(&format!("p/{number}/")) };
                if let Ok(page) = page {
                    let origin = &position.said[0].statement.path;
                    self.add(Kind::Position, page, origin, Parts::PositionParts(parts));
                }
            }
        }
    }
}
