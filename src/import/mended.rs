//! `Mended`: whole paragraphs, and a list of all that was taken out or changed on the way.

use super::pages::{Doubt, Kind, Mark, Markup};
pub use super::removal::{Reason, Removal};

/// A text in whole blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    pub markup: Markup,
    pub blocks: Vec<Block>,
    pub removals: Vec<Removal>,
    pub repairs: Vec<Repair>,
    pub doubts: Vec<Doubt>,
}

/// A paragraph, a heading, an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    pub text: String,
    /// The number of the line on which it begins.
    pub line: u32,
    /// What the format said of parts of it.
    pub marks: Vec<Mark>,
}

/// Words that were changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    pub line: u32,
    pub rule: Rule,
    pub before: String,
    pub after: String,
}

/// The rules that change words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A word that was broken at the end of a line is whole again.
    Hyphenation,
    /// `U nited` is `United` again.
    SplitWord,
    /// `Secretary -General` is `Secretary-General` again.
    SpacedHyphen,
    /// `72 nd` is `72nd` again.
    Superscript,
    /// Dots that led to a page number.
    DotLeader,
    /// Characters that show nothing, or show a letter in one of its shapes.
    Characters,
}

impl Rule {
    /// Returns the words of the report.
    pub fn words(self) -> &'static str {
        match self {
            Rule::Hyphenation => "hyphenation undone",
            Rule::SplitWord => "split word joined",
            Rule::SpacedHyphen => "space at a hyphen taken out",
            Rule::Superscript => "raised letters joined to their number",
            Rule::DotLeader => "leading dots taken out",
            Rule::Characters => "characters made plain",
        }
    }
}
