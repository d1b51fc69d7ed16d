//! `Pages`: the result of every reader, whatever the format: lines, page by page.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::removal::Removal;

/// A text as its original has it, line by line, with what the format itself says about the lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// How it was read, in a few words for the report: `plain text in windows-1251`.
    pub reader: String,
    /// What the characters of the lines mean.
    pub markup: Markup,
    /// The language that the file itself declares, as a BCP 47 tag.
    pub language: Option<Box<str>>,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The program that read the words by OCR, if the original has no text.
    pub ocr: Option<String>,
    /// What the format itself marks as not part of the text: running heads, boxes, deletions. Its line number is 0.
    pub left_out: Vec<Removal>,
    /// The doubts of the reader.
    pub doubts: Vec<Doubt>,
    /// Reasons why the words may not be those that people see, such as a layout that was not understood. Such a text is
    /// never judged "ok".
    pub suspect: Vec<String>,
}

/// What the characters of the lines mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Themselves.
    Plain,
    /// They are already Markdown, so nothing is escaped.
    Markdown,
}

/// One page. Formats without pages give a single one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width and height, in the unit of the lines' places, if the format has them.
    pub size: Option<(f32, f32)>,
    /// The lines in reading order.
    pub lines: Vec<Line>,
}

/// One line of a page; one whole paragraph if the format has paragraphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the original, from 1, unique: what reports, removals and repairs refer to.
    pub number: u32,
    /// Its words.
    pub text: String,
    /// Where it is on its page, if the format says.
    pub place: Option<Place>,
    /// What kind of block it is, if the format says: then it is a whole block and is never joined to another.
    pub kind: Option<Kind>,
    /// How it follows the line above, if the page shows it.
    pub start: Option<Start>,
    /// How it ends, if the page shows it.
    pub end: Option<End>,
    /// What the format says about parts of it, in order.
    pub marks: Vec<Mark>,
}

impl Line {
    /// Returns a line of which only the words are known.
    pub fn plain(number: u32, text: impl Into<String>) -> Line {
        Line { number, text: text.into(), place: None, kind: None, start: None, end: None, marks: Vec::new() }
    }

    /// Returns whether it has no words.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where a line is on its page, measured from the top left corner, and its font size; all in one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Distance of the left edge from the page's left edge.
    pub left: f32,
    /// Distance of the top edge from the page's top edge.
    pub top: f32,
    /// Distance of the right edge from the page's left edge.
    pub right: f32,
    /// Distance of the bottom edge from the page's top edge.
    pub bottom: f32,
    /// Font size.
    pub size: f32,
    /// Whether it is set in bold.
    pub bold: bool,
}

/// How a line follows the one above it on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// It continues the same paragraph.
    Not,
    /// It begins a paragraph directly below the line above.
    Under,
    /// It begins a paragraph, with space above it.
    Apart,
    /// It begins a paragraph, because it is indented. This also holds at the top of a page.
    Indented,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// How many more letters would have fitted on it.
    pub room: f32,
    /// Whether its words are spread to the margin of a justified text, which is never done with the last line of a
    /// paragraph.
    pub spread: bool,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A paragraph of running text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a bulleted list, nested in this many items.
    Item(u8),
    /// A row of a table. Marks show where its cells end.
    Row,
    /// A quotation.
    Quotation,
    /// The text of the footnote with this number.
    Footnote(u32),
}

/// What a part of a text is. Positions are counted in letters and digits, because no rule ever removes one of those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Emphasised letters.
    Emphasis(Range<u32>),
    /// Strongly emphasised letters.
    Strong(Range<u32>),
    /// Words that their author struck out.
    Struck(Range<u32>),
    /// Letters that link to an address.
    Link {
        /// The letters.
        range: Range<u32>,
        /// The address, as the original has it.
        url: Box<str>,
    },
    /// The end of a table cell other than the last: after this many letters, and then this many signs.
    Cell {
        /// Letters and digits before the end.
        letters: u32,
        /// Other signs after those letters.
        signs: u32,
    },
    /// The reference to the footnote with this number: after this many letters, and then this many signs.
    Note {
        /// The footnote's number.
        number: u32,
        /// Letters and digits before the reference.
        letters: u32,
        /// Other signs after those letters.
        signs: u32,
    },
}

impl Mark {
    /// Returns the mark moved behind this many more letters.
    #[must_use]
    pub fn behind(&self, letters: u32) -> Mark {
        let moved = |range: &Range<u32>| range.start + letters..range.end + letters;
        match self {
            Mark::Emphasis(range) => Mark::Emphasis(moved(range)),
            Mark::Strong(range) => Mark::Strong(moved(range)),
            Mark::Struck(range) => Mark::Struck(moved(range)),
            Mark::Link { range, url } => Mark::Link { range: moved(range), url: url.clone() },
            Mark::Cell { letters: own, signs } => Mark::Cell { letters: own + letters, signs: *signs },
            Mark::Note { number, letters: own, signs } => {
                Mark::Note { number: *number, letters: own + letters, signs: *signs }
            }
        }
    }
}

/// Returns how many letters and digits a character counts as: three for the ligature `ffi`, none for a sign or a tatweel.
pub fn letters(c: char) -> u32 {
    if c.is_ascii() {
        return u32::from(c.is_ascii_alphanumeric());
    }
    c.nfkc().filter(|c| c.is_alphanumeric() && *c != '\u{640}').count() as u32
}

/// A doubt of a rule, which left the text unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Number of the line; 0 for the whole text.
    pub line: u32,
    /// Column in characters from 1; 0 for the whole line.
    pub column: u32,
    /// What may be wrong.
    pub message: String,
    /// What a person can do about it.
    pub help: &'static str,
}

/// Help about words of an original that are not in the draft. A text with a doubt that has this help is never "ok".
pub const ADD: &str = "check the original, and add to the draft what belongs to the text";

/// Help about a layout that was not understood.
pub const LOOK_AT_TABLE: &str = "check the original, and make a table of them in the draft if necessary";

/// Help about letters and numbers that are raised or lowered in the original, but level in the draft.
pub const LOOK_AT_LETTERS: &str = "check the original, and write it in the draft so that it cannot be misread";

impl Pages {
    /// Returns all lines in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.pages.iter().flat_map(|page| &page.lines)
    }
}
