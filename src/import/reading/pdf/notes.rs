//! What is found while a PDF is read -> notes for the report, with its pages as people write them.

use crate::import::mended::{Reason, Removal};
use crate::import::pages::Doubt;

/// What was found on the way, for the report.
#[derive(Default)]
pub(super) struct Notes {
    /// Words that are not in the text.
    pub left_out: Vec<Removal>,
    /// What a person has to look at.
    pub doubts: Vec<Doubt>,
    /// Reasons why the text may not be what its pages show.
    pub suspect: Vec<String>,
}

impl Notes {
    pub(super) fn doubt(&mut self, message: impl Into<String>, help: &'static str) {
        self.doubts.push(Doubt { line: 0, column: 0, message: message.into(), help });
    }

    pub(super) fn leave_out(&mut self, text: String, reason: Reason) {
        self.left_out.push(Removal { line: 0, text, reason });
    }
}

/// Returns "page 2 was" or "pages 2 to 4 were".
pub(super) fn pages_were(pages: &[usize]) -> String {
    if pages.len() == 1 { format!("page {} was", pages[0]) } else { format!("pages {} were", list(pages)) }
}

/// Returns "page 2" or "pages 2 to 4".
pub(super) fn on_pages(pages: &[usize]) -> String {
    format!("{} {}", if pages.len() == 1 { "page" } else { "pages" }, list(pages))
}

/// Returns the numbers of pages as people write them: `1 to 3, 5`.
pub(super) fn list(pages: &[usize]) -> String {
    let mut pages = pages.to_vec();
    pages.dedup();
    let runs = pages.chunk_by(|a, b| a + 1 == *b).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first} to {last}")],
        few => few.iter().map(usize::to_string).collect(),
    });
    runs.collect::<Vec<_>>().join(", ")
}
