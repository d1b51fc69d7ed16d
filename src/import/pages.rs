//! `Pages`: what every reader gives, whatever the format: lines, page by page.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::removal::Removal;

/// A text as its original has it, line by line, with what the format itself says of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// How it was read, in a few words for the report: `plain text in windows-1251`.
    pub reader: String,
    pub markup: Markup,
    /// The language that the file itself declares (BCP 47).
    pub language: Option<Box<str>>,
    pub pages: Vec<Page>,
    /// The program that saw the words in pictures of pages, where there was no text.
    pub ocr: Option<String>,
    /// What the format itself says is not of the text: heads of pages, boxes, what was deleted. It bears no line's number.
    pub left_out: Vec<Removal>,
    /// What the reader could not be sure of.
    pub doubts: Vec<Doubt>,
    /// Reasons for which the words may not be those that people see, such as a layout that is not understood: such a text
    /// is never taken for a good one.
    pub suspect: Vec<String>,
}

/// What the characters of the lines mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Themselves.
    Plain,
    /// They are Markdown already, so nothing of it is escaped.
    Markdown,
}

/// One page. A format that knows no pages gives one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Width and height, in the unit of the lines' places, where the format knows.
    pub size: Option<(f32, f32)>,
    pub lines: Vec<Line>,
}

/// One line of a page; one whole paragraph where the format knows paragraphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the original, from 1, each once: what reports, removals and repairs call it.
    pub number: u32,
    pub text: String,
    /// Where it stands on its page, where the format knows.
    pub place: Option<Place>,
    /// What it is, where the format itself says so: then it is a whole block, and is joined to no other.
    pub kind: Option<Kind>,
    /// How it follows the line above, where the page shows it.
    pub start: Option<Start>,
    /// How it ends, where the page shows it.
    pub end: Option<End>,
    /// What the format says of parts of it, in their order.
    pub marks: Vec<Mark>,
}

impl Line {
    /// Returns a line of which nothing is known but its words.
    pub fn plain(number: u32, text: impl Into<String>) -> Line {
        Line { number, text: text.into(), place: None, kind: None, start: None, end: None, marks: Vec::new() }
    }

    /// Returns whether no words stand on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Where a line stands on its page, from the top left corner, and the size of its letters; all in one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Height of its letters.
    pub size: f32,
    pub bold: bool,
}

/// How a line follows the one above it on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// It goes on with the same paragraph.
    Not,
    /// It begins a paragraph right under the one above.
    Under,
    /// It begins a paragraph, with space above.
    Apart,
    /// It begins a paragraph, for it is indented. This holds at the top of a page as well.
    Indented,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// Letters that would still have fitted on it.
    pub room: f32,
    /// Whether its words are spread to the edge of a justified text, as only lines are with which no paragraph ends.
    pub spread: bool,
}

/// What a block of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a bulleted list, within so many items.
    Item(u8),
    /// A row of a table. Its cells end where its marks say.
    Row,
    Quotation,
    /// The text of the footnote with this number.
    Footnote(u32),
}

/// What a part of a text is. Where it stands is counted in letters and digits, because no rule takes one of them away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    Emphasis(Range<u32>),
    Strong(Range<u32>),
    /// Words that their author struck out.
    Struck(Range<u32>),
    Link {
        range: Range<u32>,
        url: Box<str>,
    },
    /// The end of a table's cell that is not the last, behind so many letters, and behind so many signs after them.
    Cell {
        letters: u32,
        signs: u32,
    },
    /// The mark of the footnote with this number, behind so many letters, and behind so many signs after the last of them.
    Note {
        number: u32,
        letters: u32,
        signs: u32,
    },
}

impl Mark {
    /// Returns the mark behind so many letters more.
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

/// Returns how many letters and digits a character is: three for the ligature `ffi`, none for a sign or a tatweel.
pub fn letters(c: char) -> u32 {
    if c.is_ascii() {
        return u32::from(c.is_ascii_alphanumeric());
    }
    c.nfkc().filter(|c| c.is_alphanumeric() && *c != '\u{640}').count() as u32
}

/// Something that a rule was not sure of, and left as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The line's number; 0 where the whole text is meant.
    pub line: u32,
    /// Characters from 1; 0 where the whole line is meant.
    pub column: u32,
    pub message: String,
    /// What a person can do about it.
    pub help: &'static str,
}

/// What can be done about words of an original that are not in the draft. A text with a doubt that says so is never "ok".
pub const ADD: &str = "look at the original, and add to the draft what is of the text";

/// The same about a layout that was not understood.
pub const LOOK_AT_TABLE: &str = "look at the original, and make a table of them in the draft if need be";

/// The same about letters and numbers that are raised or lowered, and on the line in the draft.
pub const LOOK_AT_LETTERS: &str = "look at the original, and write it in the draft so that it cannot be misread";

impl Pages {
    /// Returns all lines in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.pages.iter().flat_map(|page| &page.lines)
    }
}
