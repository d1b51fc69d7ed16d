//! `Mended`: whole paragraphs, and a list of all that was taken out or changed on the way.

use super::pages::{Doubt, Kind, Mark, Markup};

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

/// A line that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    pub line: u32,
    pub text: String,
    pub reason: Reason,
}

/// Why a line was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is the number of a page.
    PageNumber,
    /// It is what the United Nations print on the pages of a record.
    RecordMark,
    /// It stands on page after page.
    Recurs,
    /// It says how the text relates to what was said, which the front matter says now.
    TextStatus,
    /// It stands above or around the speech, and the front matter has it word for word.
    HeadMatter,
    /// It is the title, printed once more.
    TitleAgain,
    /// It marks the end of the text with ornaments: `--oo00oo--`.
    EndMark,
    /// It is the head or the foot of the pages.
    HeadOrFoot,
    /// It stands in a box beside the text.
    Box,
    /// Its author deleted it, and the change was tracked.
    Deleted,
    /// It is hidden.
    Hidden,
    /// It is a comment of an editor.
    Comment,
    /// It is written in a diagram or a chart.
    Graphic,
    /// It says above a word how that is read.
    ReadingAid,
    /// It stands in a part of the document that the import does not know.
    Unknown,
    /// It belongs to the page of the web that the text stands on.
    WebPage,
    /// It is not level with the text: a watermark, a stamp, a note along the margin.
    NotLevel,
    /// It is the number of a line, in the margin.
    LineNumber,
    /// It is drawn a second time at the same place, which makes letters bold.
    DrawnTwice,
}

impl Reason {
    /// Returns the words of the report.
    pub fn words(self) -> &'static str {
        match self {
            Reason::PageNumber => "page number",
            Reason::RecordMark => "mark of a meeting's record",
            Reason::Recurs => "on page after page",
            Reason::TextStatus => "now in `text_status`",
            Reason::HeadMatter => "now in `head_matter`",
            Reason::TitleAgain => "the title, printed once more",
            Reason::EndMark => "mark of the text's end",
            Reason::HeadOrFoot => "head or foot of the pages",
            Reason::Box => "box beside the text",
            Reason::Deleted => "deleted in a tracked change",
            Reason::Hidden => "hidden",
            Reason::Comment => "comment",
            Reason::Graphic => "in a diagram or chart",
            Reason::ReadingAid => "reading aid above a word",
            Reason::Unknown => "in a part that is not known",
            Reason::WebPage => "of the page around the text",
            Reason::NotLevel => "not level with the text",
            Reason::LineNumber => "numbers of lines in the margin",
            Reason::DrawnTwice => "drawn twice at one place, read once",
        }
    }
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
