//! Words of a text that lead somewhere: a document that they mean, a page of what they name.

use std::ops::Range;

use crate::collect::names::Ref;
use crate::key::Key;

/// Words of a text that mean a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// A byte range of `Body::text`; empty for what lies within a range of numbers, and for what is linked already.
    pub text: Range<u32>,
    /// The paragraph they stand in, counted from 0; none in a footnote or a table.
    pub paragraph: Option<u32>,
    pub document: Ref,
    /// They are its symbol or number, not a name.
    pub by_symbol: bool,
}

/// Words of a text that name what has a page of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Naming {
    /// A byte range of `Body::text`.
    pub text: Range<u32>,
    pub key: Key,
}
