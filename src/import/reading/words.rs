//! The words of a block as they are collected, with what their format says about them.

use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::raised::Shift;
use crate::import::pages::{Line, Mark, letters};
use crate::language::scripts::is_invisible;

/// How letters are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Emphasised.
    pub emphasis: bool,
    /// Strongly emphasised.
    pub strong: bool,
    /// Struck out by their author.
    pub struck: bool,
    /// Raised or lowered.
    pub shift: Shift,
}

/// The words of a block, in the lines that its author broke them into.
#[derive(Clone, Debug)]
pub(super) struct Words(pub(super) Vec<Part>);

/// A place among words: number of lines, and letters on the last one.
pub(super) type Place = (usize, u32);

/// Words up to the end of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// The words.
    pub text: String,
    /// Number of letters and digits in them.
    pub letters: u32,
    /// Number of signs after the last letter.
    pub signs: u32,
    /// What the format says about parts of them.
    pub marks: Vec<Mark>,
    /// What is raised or lowered, in order.
    pub shifted: Vec<Shifted>,
}

/// Adjacent characters that are shifted alike, even if their format splits them into several pieces.
#[derive(Clone, Debug)]
pub(super) struct Shifted {
    /// Their byte range in the text.
    pub bytes: Range<usize>,
    /// Their range in letters.
    pub letters: Range<u32>,
    /// Whether they are raised or lowered.
    pub shift: Shift,
}

impl Default for Words {
    fn default() -> Words {
        Words(vec![Part::default()])
    }
}

impl Words {
    fn last(&mut self) -> &mut Part {
        self.0.last_mut().expect("there is a part from the start, and none is ever removed")
    }

    /// Adds words. Line ends become spaces.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        let part = self.last();
        let (from, start) = (part.letters, part.text.len());
        for c in text.chars() {
            part.text.push(if matches!(c, '\n' | '\r') { ' ' } else { c });
            let count = letters(c);
            part.letters += count;
            part.signs = if count > 0 { 0 } else { part.signs + u32::from(is_sign(c)) };
        }
        // Adjacent pieces with the same style extend the mark before them, because formats split words into many runs.
        let to = part.letters;
        // Shifted letters stay plain for now: how they are written depends on the words before them and on the
        // language.
        if style.shift != Shift::None {
            let end = part.text.len();
            match part.shifted.last_mut() {
                Some(last) if last.bytes.end == start && last.shift == style.shift => {
                    (last.bytes.end, last.letters.end) = (end, to);
                }
                _ => part.shifted.push(Shifted { bytes: start..end, letters: from..to, shift: style.shift }),
            }
        }
        if from < to && style.emphasis {
            part.mark(
                |mark| if let Mark::Emphasis(range) = mark { Some(range) } else { None },
                from,
                to,
                Mark::Emphasis,
            );
        }
        if from < to && style.strong {
            part.mark(|mark| if let Mark::Strong(range) = mark { Some(range) } else { None }, from, to, Mark::Strong);
        }
        if from < to && style.struck {
            part.mark(|mark| if let Mark::Struck(range) = mark { Some(range) } else { None }, from, to, Mark::Struck);
        }
    }

    /// Adds the reference to a footnote.
    pub(super) fn note(&mut self, number: u32) {
        let part = self.last();
        let (letters, signs) = (part.letters, part.signs);
        part.marks.push(Mark::Note { number, letters, signs });
    }

    /// Makes the words since a place a link; if a line has ended since then, only those on the last line.
    pub(super) fn link(&mut self, since: Place, url: &str) {
        let from = if since.0 == self.0.len() { since.1 } else { 0 };
        let part = self.last();
        if let Some(url) = link_target(url).filter(|_| from < part.letters) {
            part.marks.push(Mark::Link { range: from..part.letters, url: url.into() });
        }
    }

    /// Returns the place after all words so far.
    pub(super) fn place(&self) -> Place {
        (self.0.len(), self.0.last().map_or(0, |part| part.letters))
    }

    /// Returns the words of a line that was read separately.
    pub(super) fn of_line(line: &Line) -> Words {
        let letters = line.text.chars().map(letters).sum();
        Words(vec![Part { text: line.text.clone(), letters, marks: line.marks.clone(), ..Part::default() }])
    }

    /// Ends a line within the block.
    pub(super) fn break_line(&mut self) {
        self.0.push(Part::default());
    }

    /// Adds the words of another block, which continue these.
    pub(super) fn append(&mut self, other: Words) {
        let mut parts = other.0.into_iter();
        if let Some(first) = parts.next() {
            self.last().append(first);
        }
        self.0.extend(parts);
    }

    /// Puts words before all others, such as the block's printed number.
    pub(super) fn prefix(&mut self, text: &str) {
        let mut words = Words::default();
        words.push(text, Style::default());
        words.append(std::mem::take(self));
        *self = words;
    }

    /// Returns whether there are no words.
    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().all(Part::is_blank)
    }

    /// Returns only the words, on one line.
    pub(super) fn plain(&self) -> String {
        let parts: Vec<&str> = self.0.iter().flat_map(|part| part.text.split_whitespace()).collect();
        parts.join(" ")
    }

    /// Returns the words as one line, with their marks.
    pub(super) fn joined(self) -> Part {
        let mut parts = self.0.into_iter();
        let mut all = parts.next().unwrap_or_default();
        for part in parts {
            all.text.push(' ');
            all.append(part);
        }
        all
    }
}

/// Returns an address in the form that a link can have; `None` if it does not lead to a web page or mailbox.
fn link_target(url: &str) -> Option<String> {
    const TARGET: &AsciiSet =
        &CONTROLS.add(b' ').add(b'<').add(b'>').add(b'(').add(b')').add(b'"').add(b'\\').add(b'|');
    let url = url.trim();
    let scheme = url.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto").then(|| utf8_percent_encode(url, TARGET).to_string())
}

/// Returns whether a character is visible without being a letter.
fn is_sign(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !unicode_normalization::char::is_combining_mark(c) && !is_invisible(c)
}

impl Part {
    /// Returns whether there are no words.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Marks letters, extending a mark of the same kind that ends directly before them.
    fn mark(
        &mut self,
        range: fn(&mut Mark) -> Option<&mut Range<u32>>,
        from: u32,
        to: u32,
        new: fn(Range<u32>) -> Mark,
    ) {
        match self.marks.iter_mut().rev().find_map(range) {
            Some(range) if range.end == from => range.end = to,
            _ => self.marks.push(new(from..to)),
        }
    }

    /// Adds the words of another line, with their marks moved.
    pub(super) fn append(&mut self, other: Part) {
        let (bytes, letters) = (self.text.len(), self.letters);
        self.shifted.extend(other.shifted.into_iter().map(|of| Shifted {
            bytes: of.bytes.start + bytes..of.bytes.end + bytes,
            letters: of.letters.start + letters..of.letters.end + letters,
            ..of
        }));
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|mark| mark.behind(self.letters)));
        self.signs = if other.letters > 0 { other.signs } else { self.signs + other.signs };
        self.letters += other.letters;
    }
}
