//! What the rules note on their way.

use crate::import::mended::Repair;
use crate::import::pages::Doubt;

/// What the rules changed, and what they were not sure of.
#[derive(Debug, Default)]
pub struct Notes {
    /// Words that were changed.
    pub repairs: Vec<Repair>,
    /// What is left as it was, for a person to decide.
    pub doubts: Vec<Doubt>,
    /// Words that may be torn: the line that their block begins with, they themselves, and what they may be.
    pub torn: Vec<(u32, String, String)>,
}
