//! The paragraphs that a format declares -> `Pages`.

use std::collections::BTreeSet;

use super::numbering::Label;
use super::raised::{self, Rendering};
use super::words::{Part, Shifted, Words};
use crate::import::mended::{Reason, Removal};
use crate::import::pages::{ADD, Doubt, Kind, LOOK_AT_LETTERS, Line, Mark, Markup, Page, Pages, letters};
use crate::import::unreadable::Unreadable;

/// The longest heading, in characters; a longer text is a paragraph, whatever its style.
const LONGEST_HEADING: usize = 200;

/// The blocks of a text while it is being read.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    lines: Vec<Line>,
    /// Raised and lowered letters, with the index of their line; they stay on the line until the whole text is known.
    shifted: Vec<(usize, Shifted)>,
    left_out: Vec<Removal>,
    /// What was already left out, so that the head of every page is reported once.
    known_left_out: BTreeSet<(String, Reason)>,
    doubts: Vec<Doubt>,
}

/// What is reported about words left out because of their format, in addition to the list of all of them.
const REPORTED: &[(Reason, &str)] = &[
    (Reason::Box, "there are words in boxes next to the text"),
    (Reason::Graphic, "there are words in a diagram or a chart"),
    (Reason::Hidden, "there are hidden words"),
    (Reason::Deleted, "there are words that were deleted in a tracked change"),
    (Reason::Comment, "there are comments on the text"),
];

const LOOK: &str = "check the original, and add to the draft what belongs to the text";

/// Returns whether words were left out for a reason; a hidden comma does not count.
fn is_reported(removal: &Removal, reason: Reason) -> bool {
    removal.reason == reason && removal.text.chars().any(char::is_alphanumeric)
}

/// How many characters of what was left out are shown.
const SHOWN: usize = 60;

fn shortened(text: &str) -> String {
    if text.chars().count() <= SHOWN { text.to_owned() } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

/// Returns whether a text is in a language that raises letters in ordinals and abbreviations (`Mᵐᵉ`, `1ᵉʳ`).
fn is_romance(lines: &[Line]) -> bool {
    use whatlang::Lang::{Cat, Fra, Ita, Por, Spa};
    let text: String = lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    whatlang::detect_lang(&text).is_some_and(|language| [Cat, Fra, Ita, Por, Spa].contains(&language))
}

impl Blocks {
    /// Adds a block, if it has words.
    pub(super) fn add(&mut self, kind: Kind, words: Words) {
        if words.is_blank() {
            return;
        }
        let kind = match kind {
            Kind::Heading(_) if words.plain().chars().count() > LONGEST_HEADING => Kind::Paragraph,
            kind => kind,
        };
        if kind == Kind::Paragraph && words.0.iter().filter(|part| !part.is_blank()).count() > 1 {
            // Mending finds out whether these are lines of one paragraph or paragraphs of one line.
            self.line(None, Part::default());
            for part in words.0 {
                self.line(None, part);
            }
            self.line(None, Part::default());
        } else {
            self.line(Some(kind), words.joined());
        }
    }

    /// Adds a paragraph as an office program stores it: with its heading level, and the label of its list level.
    pub(super) fn paragraph(
        &mut self,
        heading: Option<u8>,
        label: Option<Label>,
        level: usize,
        quoted: bool,
        mut words: Words,
    ) {
        let kind = match (heading, label) {
            (_, Some(Label::Bullet)) => Kind::Item(level.min(usize::from(u8::MAX)) as u8),
            (heading, label) => {
                if let Some(Label::Words(number)) = label.filter(|label| *label != Label::Words(String::new())) {
                    words.prefix(&format!("{number} "));
                }
                match heading {
                    Some(level) => Kind::Heading(level),
                    None if quoted => Kind::Quotation,
                    None => Kind::Paragraph,
                }
            }
        };
        self.add(kind, words);
    }

    /// Adds a row of a table.
    pub(super) fn row(&mut self, cells: Vec<Words>) {
        let mut row = Part::default();
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                let (letters, signs) = (row.letters, row.signs);
                row.marks.push(Mark::Cell { letters, signs });
                row.text.push(' ');
            }
            row.append(cell.joined());
        }
        if !row.is_blank() {
            self.line(Some(Kind::Row), row);
        }
    }

    fn line(&mut self, kind: Option<Kind>, part: Part) {
        let number = self.lines.len() as u32 + 1;
        let text = part.text.trim();
        // Positions of raised letters count bytes of the untrimmed text, so they are moved with it.
        let raised: u32 = part.shifted.iter().map(|of| of.letters.end - of.letters.start).sum();
        // A line that is raised as a whole, as in letterheads, is not raised relative to anything.
        if raised < part.letters {
            let cut = part.text.len() - part.text.trim_start().len();
            let at = |byte: usize| byte.saturating_sub(cut).min(text.len());
            let index = self.lines.len();
            self.shifted.extend(part.shifted.into_iter().map(|of| {
                let bytes = at(of.bytes.start)..at(of.bytes.end);
                (index, Shifted { bytes, ..of })
            }));
        }
        let mut marks = part.marks;
        match kind {
            Some(Kind::Heading(_)) => marks.retain(|mark| matches!(mark, Mark::Note { .. } | Mark::Struck(_))),
            Some(Kind::Row) => {
                marks.retain(|mark| matches!(mark, Mark::Note { .. } | Mark::Cell { .. } | Mark::Struck(_)));
            }
            _ => {}
        }
        self.lines.push(Line { kind, marks, ..Line::plain(number, text) });
    }

    /// Replaces raised and lowered letters with Unicode superscripts and subscripts, and reports those that have none.
    fn write_shifted(&mut self) {
        let mut romance = None;
        let mut lost = Vec::new();
        // From the end, so that earlier positions stay valid.
        for (index, of) in std::mem::take(&mut self.shifted).into_iter().rev() {
            let text = &self.lines[index].text;
            let (before, run) = (&text[..of.bytes.start], &text[of.bytes.clone()]);
            let set = raised::set(run, of.shift, before, || *romance.get_or_insert_with(|| is_romance(&self.lines)));
            match set {
                Rendering::Flat => {}
                Rendering::Shown(shown) => {
                    let line = &mut self.lines[index];
                    line.text.replace_range(of.bytes, &shown);
                    // In a power or a footnote reference, letters are italic by convention and not for emphasis.
                    line.marks.retain(|mark| match mark {
                        Mark::Emphasis(range) | Mark::Strong(range) => {
                            range.start < of.letters.start || range.end > of.letters.end
                        }
                        _ => true,
                    });
                }
                Rendering::Lost => {
                    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
                    let (run, whole) = (shortened(run.trim()), shortened(&format!("{word}{}", run.trim_end())));
                    lost.push(format!(
                        "`{run}` is raised or lowered in the original, and is level in the draft: `{whole}`"
                    ));
                }
            }
        }
        for message in lost.into_iter().rev() {
            self.doubt(message, LOOK_AT_LETTERS);
        }
    }

    /// Adds a line from a text that was read separately.
    pub(super) fn take_in(&mut self, line: Line) {
        let number = self.lines.len() as u32 + 1;
        self.lines.push(Line { number, place: None, start: None, end: None, ..line });
    }

    /// Records words that are not part of the text.
    pub(super) fn leave_out(&mut self, text: &str, reason: Reason) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && self.known_left_out.insert((text.clone(), reason)) {
            self.left_out.push(Removal { line: 0, text, reason });
        }
    }

    /// Returns how many letters were left out for a reason.
    pub(super) fn letters_left_out(&self, reason: Reason) -> u32 {
        let of_reason = self.left_out.iter().filter(|removal| removal.reason == reason);
        of_reason.flat_map(|removal| removal.text.chars()).map(letters).sum()
    }

    /// Returns how many letters the text has.
    pub(super) fn letters(&self) -> u32 {
        self.lines.iter().flat_map(|line| line.text.chars()).map(letters).sum()
    }

    /// Records a doubt of the reader, each only once.
    pub(super) fn doubt(&mut self, message: impl Into<String>, help: &'static str) {
        let doubt = Doubt { line: 0, column: 0, message: message.into(), help };
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    /// Completes the text.
    ///
    /// # Errors
    /// Fails if there are no words.
    pub(super) fn into_pages(mut self, reader: &str) -> Result<Pages, Unreadable> {
        let all = self.letters();
        if all == 0 {
            return Err(Unreadable::new(
                "it contains no words",
                "import the text itself; a picture of it is not enough",
            ));
        }
        for (reason, message) in REPORTED {
            if let Some(first) = self.left_out.iter().find(|removal| is_reported(removal, *reason)) {
                let shown = shortened(&first.text);
                let help = if matches!(reason, Reason::Box | Reason::Graphic) { ADD } else { LOOK };
                self.doubt(format!("{message}; they were left out: `{shown}`"), help);
            }
        }
        self.write_shifted();
        self.drop_dominant_emphasis(all);
        self.raise_headings();
        Ok(Pages {
            reader: reader.to_owned(),
            markup: Markup::Plain,
            language: None,
            pages: vec![Page { size: None, lines: self.lines }],
            ocr: None,
            left_out: self.left_out,
            doubts: self.doubts,
            suspect: Vec::new(),
        })
    }

    /// Drops emphasis that covers most letters: it is the font of the text.
    fn drop_dominant_emphasis(&mut self, all: u32) {
        let (mut emphasis, mut strong) = (0, 0);
        for mark in self.lines.iter().flat_map(|line| &line.marks) {
            match mark {
                Mark::Emphasis(range) => emphasis += range.end - range.start,
                Mark::Strong(range) => strong += range.end - range.start,
                Mark::Struck(_) | Mark::Link { .. } | Mark::Cell { .. } | Mark::Note { .. } => {}
            }
        }
        for line in &mut self.lines {
            line.marks.retain(|mark| match mark {
                Mark::Emphasis(_) => emphasis * 2 <= all,
                Mark::Strong(_) => strong * 2 <= all,
                Mark::Struck(_) | Mark::Link { .. } | Mark::Cell { .. } | Mark::Note { .. } => true,
            });
        }
    }

    /// Moves the highest heading level to the one directly below the statement's title.
    fn raise_headings(&mut self) {
        let level = |line: &Line| if let Some(Kind::Heading(level)) = line.kind { Some(level) } else { None };
        let Some(highest) = self.lines.iter().filter_map(level).min() else { return };
        for line in &mut self.lines {
            if let Some(Kind::Heading(level)) = &mut line.kind {
                *level = (*level - highest + 2).min(6);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::words::Style;

    const STRONG: Style = Style { emphasis: false, strong: true, struck: false, shift: raised::Shift::None };

    #[test]
    fn words_keep_their_marks_through_every_operation() {
        let mut words = Words::default();
        words.push("We ", Style::default());
        words.push("th", STRONG);
        words.push("ank\n", STRONG);
        words.push("you.”", Style::default());
        words.note(1);
        words.prefix("1. ");
        let mut other = Words::default();
        other.push(" All", STRONG);
        words.append(other);
        assert_eq!(words.plain(), "1. We thank you.” All");
        let part = words.joined();
        let note = Mark::Note { number: 1, letters: 11, signs: 2 };
        assert_eq!(part.marks, [Mark::Strong(3..8), note, Mark::Strong(11..14)]);
    }

    #[test]
    fn blocks_become_lines_and_emphasis_of_the_whole_text_is_dropped() {
        let mut blocks = Blocks::default();
        let words = |text: &str, style| {
            let mut words = Words::default();
            words.push(text, style);
            words
        };
        blocks.add(Kind::Heading(4), words("Title", STRONG));
        blocks.add(Kind::Paragraph, words(" \u{a0} ", STRONG));
        blocks.add(Kind::Paragraph, words("All of it.", STRONG));
        blocks.add(Kind::Heading(5), words(&"long ".repeat(100), Style::default()));
        let mut broken = words("One", Style::default());
        broken.break_line();
        broken.push("two", Style::default());
        blocks.add(Kind::Item(0), broken.clone());
        blocks.add(Kind::Paragraph, broken);
        let pages = blocks.into_pages("DOCX").unwrap();
        let lines: Vec<_> = pages.lines().map(|line| (line.kind, line.text.len(), line.marks.len())).collect();
        let (paragraph, item) = (Some(Kind::Paragraph), Some(Kind::Item(0)));
        let expect = [
            (Some(Kind::Heading(2)), 5, 0),
            (paragraph, 10, 1),
            (paragraph, 499, 0),
            (item, 7, 0),
            (None, 0, 0),
            (None, 3, 0),
            (None, 3, 0),
            (None, 0, 0),
        ];
        assert_eq!(lines, expect);
        let mut bold = Blocks::default();
        bold.add(Kind::Paragraph, words("All of it.", STRONG));
        assert!(bold.into_pages("DOCX").unwrap().lines().all(|line| line.marks.is_empty()));
        assert!(Blocks::default().into_pages("DOCX").is_err());
    }
}
