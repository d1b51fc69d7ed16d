//! Two texts -> what they share and what changed. Pure functions of words and paragraphs that know nothing about the
//! collection.

pub mod align;
pub mod changes;
pub mod extent;
pub mod fingerprints;
pub mod pair;
pub mod phrases;
pub mod resemblance;
pub mod runs;
pub mod sketch;
