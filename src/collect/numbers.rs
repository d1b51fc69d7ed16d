//! A lock and the current text -> the number of every paragraph, and what became of paragraphs that no longer exist.
//!
//! Someone who cited paragraph 7 meant its words. So a paragraph keeps its number when it is edited or moved, a new one
//! after it gets `7a`, one that was merged into another becomes an anchor there, and one that was deleted leaves a
//! stub.
//!
//! The rule differs from that of `compare::align::wordings`: the old words are not available, only their codes of
//! twelve bits; a number belongs wherever half of its words are, in any order and with several numbers to a paragraph;
//! and of a paragraph that was divided, the first part is the one that was cited.

mod home;
mod site;
#[cfg(test)]
mod tests;
mod versions;

pub use site::{NumberedVersion, NumbersByFile, numbers};
pub use versions::of_versions;
