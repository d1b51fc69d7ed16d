//! What the rules report while they work.

use crate::import::mended::Repair;
use crate::import::pages::Doubt;

/// What the rules changed, and their doubts.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Words that were changed.
    pub repairs: Vec<Repair>,
    /// What was left unchanged for a person to decide.
    pub doubts: Vec<Doubt>,
    /// Words that may be torn: the first line of their block, the words, and what they may be.
    pub torn: Vec<(u32, String, String)>,
}
