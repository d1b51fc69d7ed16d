//! A language version, as much of it as the other versions of its statement show.

use crate::key::Key;

/// A language version as its siblings know it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionRef {
    /// Its language tag.
    pub language: Box<str>,
    /// Its page.
    pub key: Key,
    /// Whether it is in the language that was spoken.
    pub delivered: bool,
}
