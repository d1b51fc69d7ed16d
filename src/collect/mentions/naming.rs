//! Words of a text that are links: to a document that they mean, or to the page of what they name.

use std::ops::Range;

use crate::collect::names::Ref;
use crate::key::Key;

/// Words of a text that mean a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// A byte range of `Body::text`; empty for a symbol inside a range of numbers, and for what the author linked.
    pub text: Range<u32>,
    /// The paragraph, counted from 0; `None` if the words are in a footnote or a table.
    pub paragraph: Option<u32>,
    /// The document.
    pub document: Ref,
    /// Whether they are its symbol or number rather than a name.
    pub by_symbol: bool,
}

/// Words of a text that name something with a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Naming {
    /// A byte range of `Body::text`.
    pub text: Range<u32>,
    /// The page of what they name.
    pub key: Key,
}
