//! `Mended`: whole paragraphs, and a list of everything that was taken out or changed on the way.

use super::pages::{Doubt, Kind, Mark, Markup};
pub use super::removal::{Reason, Removal};

/// A text in whole blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// What the characters of the blocks mean.
    pub markup: Markup,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What was taken out.
    pub removals: Vec<Removal>,
    /// What was changed.
    pub repairs: Vec<Repair>,
    /// Doubts of rules that left the text unchanged.
    pub doubts: Vec<Doubt>,
}

/// A paragraph, heading, list item, table row or footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What kind of block it is.
    pub kind: Kind,
    /// Its text, without markup.
    pub text: String,
    /// Number of the line on which it begins.
    pub line: u32,
    /// What the format says about parts of it.
    pub marks: Vec<Mark>,
}

/// A change of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Number of the line.
    pub line: u32,
    /// The rule that made the change.
    pub rule: Rule,
    /// The words as they were.
    pub before: String,
    /// The words as they are now.
    pub after: String,
}

/// The rules that change words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A word broken at the end of a line was joined.
    Hyphenation,
    /// `U nited` became `United`.
    SplitWord,
    /// `Secretary -General` became `Secretary-General`.
    SpacedHyphen,
    /// `72 nd` became `72nd`.
    Superscript,
    /// Dots that led to a page number were removed.
    DotLeader,
    /// Characters that are invisible, or that show a letter in a particular shape, were replaced.
    Characters,
}

impl Rule {
    /// Returns the words that reports use.
    pub fn words(self) -> &'static str {
        match self {
            Rule::Hyphenation => "hyphenation undone",
            Rule::SplitWord => "split word joined",
            Rule::SpacedHyphen => "space at a hyphen removed",
            Rule::Superscript => "raised letters joined to their number",
            Rule::DotLeader => "dot leader removed",
            Rule::Characters => "characters made plain",
        }
    }
}
