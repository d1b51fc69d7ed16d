//! A line of a citation, written piece by piece.

use super::record::Record;
use crate::render::quoting::{Quoted, quoted};

/// A piece of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words and punctuation between the other pieces.
    Text(String),
    /// A name or other words whose script may run the other way.
    Name(String),
    /// The statement's title, in its language; slanted where the style slants it.
    Title {
        /// The words.
        words: String,
        /// Whether the style slants it.
        is_slanted: bool,
    },
    /// The address of the page, or of a paragraph.
    Link,
    /// The slot for the number of a paragraph, with what goes around it. Empty in the citation of the page.
    Locator {
        /// Before the number.
        before: String,
        /// After the number.
        after: String,
    },
}

/// A line that is being written.
pub(super) struct Line<'a> {
    record: &'a Record,
    pieces: Vec<Piece>,
    /// The closing mark of a quoted title, while it is undecided whether a full stop goes before or after it.
    closing: Option<&'static str>,
}

impl<'a> Line<'a> {
    pub(super) fn new(record: &'a Record) -> Line<'a> {
        Line { record, pieces: Vec::new(), closing: None }
    }

    /// Adds punctuation and spaces, except at the start of a line.
    pub(super) fn mark(&mut self, marks: &str) {
        if self.pieces.is_empty() {
            return;
        }
        let Some(closing) = self.closing.take() else { return self.text(marks) };
        let first = marks.chars().next().filter(|first| matches!(first, '.' | ','));
        // American styles put a full stop or comma inside the closing quotation mark.
        match first.filter(|_| self.record.is_in_english()) {
            Some('.') if self.ends_sentence() => self.text(&format!("{closing}{}", &marks[1..])),
            Some(first) => self.text(&format!("{first}{closing}{}", &marks[1..])),
            None => self.text(&format!("{closing}{marks}")),
        }
    }

    /// Adds a full stop unless the line ends with one, and then other marks.
    pub(super) fn stop(&mut self, marks: &str) {
        if self.closing.is_none() && self.ends_sentence() {
            self.mark(marks);
        } else {
            self.mark(&format!(".{marks}"));
        }
    }

    pub(super) fn text(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push_str(words);
        } else {
            self.pieces.push(Piece::Text(words.to_owned()));
        }
    }

    pub(super) fn name(&mut self, words: &str) {
        if !words.is_empty() {
            self.pieces.push(Piece::Name(words.to_owned()));
        }
    }

    /// Adds a name with marks before it, unless it is empty.
    pub(super) fn next(&mut self, marks: &str, words: &str) {
        if !words.is_empty() {
            self.mark(marks);
            self.name(words);
        }
    }

    /// Adds the title in quotation marks.
    pub(super) fn quoted_title(&mut self) {
        let Quoted { open, title, close } = quoted(&self.record.title, &self.record.language, &self.record.cited_in);
        self.text(open);
        self.pieces.push(Piece::Title { words: title, is_slanted: false });
        self.closing = Some(close);
    }

    /// Closes the marks around the title before any punctuation.
    pub(super) fn close(&mut self) {
        if let Some(closing) = self.closing.take() {
            self.text(closing);
        }
    }

    /// Adds the title without marks.
    pub(super) fn plain_title(&mut self) {
        self.pieces.push(Piece::Title { words: self.record.title.clone(), is_slanted: true });
    }

    /// Adds the slot for a paragraph: `, para. 7`.
    pub(super) fn locator(&mut self, marks: &str) {
        self.slot(marks, &self.record.terms.paragraph);
    }

    /// Adds the slot for a paragraph as MLA abbreviates it: `, par. 7`.
    pub(super) fn locator_in_mla(&mut self, marks: &str) {
        self.slot(marks, &self.record.terms.paragraph_in_mla);
    }

    fn slot(&mut self, marks: &str, (before, after): &(String, String)) {
        // Punctuation inside the marks of a title must not depend on whether a paragraph follows.
        self.close();
        self.pieces.push(Piece::Locator { before: format!("{marks}{before}"), after: after.clone() });
    }

    pub(super) fn link(&mut self) {
        self.pieces.push(Piece::Link);
    }

    pub(super) fn into_pieces(mut self) -> Vec<Piece> {
        self.close();
        self.pieces
    }

    fn ends_sentence(&self) -> bool {
        match self.pieces.last() {
            Some(Piece::Text(words) | Piece::Name(words) | Piece::Title { words, .. }) => {
                words.ends_with(['.', '?', '!', '…', '。', '？', '！', '؟'])
            }
            _ => false,
        }
    }
}
