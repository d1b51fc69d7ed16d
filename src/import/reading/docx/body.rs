//! The tree of a Word document -> its blocks.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Field;
use super::numbers::{Counted, Numbers};
use super::parts::{Said, SaidBy};
use super::styles::{self, In, Properties, Styles, is_on};
use crate::import::mended::Reason;
use crate::import::pages::{ADD, Kind, Mark, Pages};
use crate::import::reading::blocks::Blocks;
use crate::import::reading::numbering::Label;
use crate::import::reading::tables::{self, LOOK_AT_TABLE, NO_TABLE};
use crate::import::reading::words::{Style, Words};
use crate::import::reading::xml::Element;
use crate::import::unreadable::Unreadable;

/// Where a note is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NoteOf {
    Foot,
    End,
}

/// Notes by where they are printed and by id.
pub(super) type Notes<'a> = BTreeMap<(NoteOf, &'a str), &'a Element>;

/// Addresses of links by id.
pub(super) type Links = BTreeMap<String, String>;

/// The other parts of a document, as far as its text refers to them.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub styles: &'a Styles,
    pub numbers: &'a Numbers,
    pub notes: &'a Notes<'a>,
    /// The addresses of links.
    pub links: &'a Links,
    /// Parts with words of their own, by relation id.
    pub said: &'a SaidBy,
    /// The elements that begin a field which also ends.
    pub fields: &'a BTreeSet<usize>,
}

/// The blocks while the tree is walked.
pub(super) struct Body<'a> {
    pub(super) around: Around<'a>,
    counted: Counted,
    pub(super) blocks: Blocks,
    /// Texts of the notes that were referenced, in the order of their first reference.
    mentioned: Vec<Words>,
    /// Their numbers: a note may be referenced more than once.
    numbers_of_notes: BTreeMap<(NoteOf, String), u32>,
    /// Whether a note is being read: notes that refer to each other could loop for ever.
    in_note: bool,
    /// Words of a paragraph whose end is hidden, so that the next paragraph continues it.
    open: Words,
    /// The styles that the current paragraph is in.
    pub(super) within: In<'a>,
    /// Number of paragraphs so far.
    pub(super) paragraph: usize,
    /// Open fields, the innermost last.
    pub(super) fields: Vec<Field<'a>>,
    /// Number of paragraphs numbered by fields.
    pub(super) counted_by_fields: u32,
    /// Ids of the parts that the text has led to.
    pub(super) met: BTreeSet<&'a str>,
}

/// Elements whose words are not part of the text, or that contain none.
pub(super) const NO_WORDS: &[&str] = &[
    "pPr",
    "rPr",
    "sectPr",
    "instrText",
    "delText",
    "delInstrText",
    "sdtPr",
    "sdtEndPr",
    "tblPr",
    "tblGrid",
    "tcPr",
    "trPr",
];
/// Elements in which boxes are drawn.
pub(super) const DRAWINGS: &[&str] = &["drawing", "pict", "object"];

/// Elements that do not fit in a cell of a Markdown table.
const MORE_THAN_WORDS: &[&str] = &["tbl", "numPr", "txbxContent", "del", "ins", "moveFrom", "sdt", "altChunk"];

impl<'a> Body<'a> {
    /// Starts without blocks.
    pub(super) fn new(around: Around<'a>) -> Body<'a> {
        Body {
            around,
            counted: Counted::default(),
            blocks: Blocks::default(),
            mentioned: Vec::new(),
            numbers_of_notes: BTreeMap::new(),
            in_note: false,
            open: Words::default(),
            within: In::default(),
            paragraph: 0,
            fields: Vec::new(),
            counted_by_fields: 0,
            met: BTreeSet::new(),
        }
    }

    /// Reads all blocks in an element.
    pub(super) fn read(&mut self, element: &'a Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "del" | "moveFrom" => self.leave_out(child, Reason::Deleted),
                "tr" if is_marked(child.child("trPr"), &["del"]) => self.leave_out(child, Reason::Deleted),
                "tr" if is_marked(child.child("trPr"), &["hidden"]) => self.leave_out(child, Reason::Hidden),
                "AlternateContent" => drawn_form(child).into_iter().for_each(|form| self.read(form)),
                "tbl" => self.table(child),
                "altChunk" | "subDoc" => self.embedded(child.attribute("id").unwrap_or_default()),
                "oMathPara" | "oMath" => {
                    let mut words = Words::default();
                    self.formula(child, Style::default(), &mut words);
                    self.blocks.add(Kind::Paragraph, words);
                }
                name if NO_WORDS.contains(&name) => {}
                "tc" => {
                    let ground = self.within.ground;
                    self.within.ground = styles::ground(child.child("tcPr")).or(ground);
                    self.read(child);
                    self.within.ground = ground;
                }
                _ => {
                    self.unknown(child);
                    self.read(child);
                }
            }
        }
    }

    /// Records the words of an element that are not part of the text, paragraph by paragraph.
    pub(super) fn leave_out(&mut self, element: &Element, reason: Reason) {
        let mut note = |part: &Element| self.blocks.leave_out(&words(part), reason);
        let mut any = false;
        element.each(&["p"], &mut |paragraph| {
            any = true;
            note(paragraph);
        });
        if !any {
            note(element);
        }
        // WordArt, such as a watermark, keeps its words in an attribute.
        element.each(&["textpath"], &mut |path| {
            self.blocks.leave_out(path.attribute("string").unwrap_or_default(), reason);
        });
    }

    /// Records all comments.
    pub(super) fn comments(&mut self, part: &Element) {
        self.leave_out(part, Reason::Comment);
    }

    /// Records the words of parts that the text has not led to.
    pub(super) fn unmet(&mut self) {
        let said = self.around.said;
        for (id, of) in said.iter().filter(|(id, _)| !self.met.contains(id.as_str())) {
            let lines = match of {
                Said::Drawn(paragraphs) => paragraphs.clone(),
                Said::Text(pages) => pages.lines().map(|line| line.text.clone()).collect(),
                Said::Unread(_) => Vec::new(),
            };
            if !lines.is_empty() {
                let message =
                    format!("the part `{id}` of the document is not referenced anywhere; its words were left out");
                self.blocks.doubt(message, ADD);
            }
            for line in &lines {
                self.blocks.leave_out(line, Reason::Unknown);
            }
        }
    }

    /// Ends the text.
    pub(super) fn into_pages(mut self) -> Result<Pages, Unreadable> {
        self.blocks.add(Kind::Paragraph, std::mem::take(&mut self.open));
        for (number, words) in (1..).zip(self.mentioned) {
            self.blocks.add(Kind::Footnote(number), words);
        }
        self.blocks.into_pages("DOCX")
    }

    fn paragraph(&mut self, paragraph: &'a Element) {
        let own = Properties::of(paragraph);
        let properties = paragraph.child("pPr");
        let mark = properties.and_then(|properties| properties.child("rPr"));
        let style = self.enter(paragraph);
        let mut words = std::mem::take(&mut self.open);
        let before = words.is_blank();
        // A deleted paragraph mark, or a drop cap: the next paragraph continues this one.
        self.inline(paragraph, &mut words);
        if is_marked(mark, &["del", "moveFrom"]) || is_dropped(properties) {
            self.open = words;
            return;
        }
        let end_is_hidden = self.around.styles.is_hidden(&Properties::of_letters(mark), self.within);
        let heading = match own.outline {
            Some(outline) => (outline < 9).then_some(outline + 1),
            None => self.around.styles.heading(style),
        };
        if end_is_hidden {
            // The next paragraph continues these words, after this one's number.
            if before && !words.is_blank() && is_marked(mark, &["specVanish"]) {
                let label = self.label(&own, style).0;
                number(label, &mut words);
            }
            self.open = words;
            return;
        }
        let (label, level) = self.label(&own, style);
        if words.is_blank() {
            if let Some(Label::Words(number)) = label.filter(|label| *label != Label::Words(String::new())) {
                let message = format!("a paragraph without words has the number `{number}`; it is not in the draft");
                self.blocks.doubt(message, "check the original: the numbers that follow count it");
            }
            return;
        }
        self.blocks.paragraph(heading, label, level, self.around.styles.is_quotation(style), words);
    }

    /// Enters a paragraph and returns its style.
    fn enter(&mut self, paragraph: &'a Element) -> Option<&'a str> {
        let named = paragraph.child("pPr").and_then(|own| own.child("pStyle")).and_then(|style| style.attribute("val"));
        self.paragraph += 1;
        self.within.paragraph = self.around.styles.of_paragraph(named);
        self.within.own = paragraph.child("pPr");
        self.within.paragraph
    }

    /// Reads a table row by row, or its content as blocks if it does not fit a Markdown table.
    fn table(&mut self, table: &'a Element) {
        let outer = self.within.table;
        let style = table.child("tblPr").and_then(|of| of.child("tblStyle")).and_then(|style| style.attribute("val"));
        self.within.table = style.or(outer);
        let mut changed = false;
        table.each(&["trPr"], &mut |properties| changed |= is_marked(Some(properties), &["del", "hidden"]));
        if let Some(rows) = tables::rows(table, "tr", &["tc"], MORE_THAN_WORDS, |_| false).filter(|_| !changed) {
            for row in rows {
                let mut cells = Vec::new();
                for cell in row {
                    let ground = self.within.ground;
                    self.within.ground = styles::ground(cell.child("tcPr")).or(ground);
                    cells.push(self.paragraphs(cell));
                    self.within.ground = ground;
                    cells.resize_with(cells.len() + columns(cell) - 1, Words::default);
                }
                self.blocks.row(cells);
            }
        } else {
            self.blocks.doubt(NO_TABLE, LOOK_AT_TABLE);
            self.read(table);
        }
        self.within.table = outer;
    }

    /// Returns the words of all paragraphs in an element.
    fn paragraphs(&mut self, element: &'a Element) -> Words {
        let mut words = Words::default();
        let mut paragraphs = Vec::new();
        element.each(&["p"], &mut |paragraph| paragraphs.push(paragraph));
        let outer = self.within.paragraph;
        for paragraph in paragraphs {
            let style = self.enter(paragraph);
            let mut own = Words::default();
            self.inline(paragraph, &mut own);
            let label = self.label(&Properties::of(paragraph), style).0;
            if !own.is_blank() {
                number(label, &mut own);
            }
            words.append(own);
            words.push(" ", Style::default());
        }
        self.within.paragraph = outer;
        words
    }

    /// Counts a paragraph, and returns the label that Word prints before it, with its level.
    fn label(&mut self, own: &Properties, style: Option<&str>) -> (Option<Label>, usize) {
        let by_style = || self.around.styles.say(style, |of| of.list.clone());
        let Some(list) = own.list.clone().or_else(by_style) else { return (None, 0) };
        let said = own.level.or_else(|| self.around.styles.say(style, |of| of.level));
        let level = said.or_else(|| self.around.numbers.level_of(&list, style)).unwrap_or(0);
        let label = self.around.numbers.next(&list, level, &mut self.counted);
        if self.around.numbers.is_unwritten(&list, level) {
            self.blocks.doubt(
                "paragraphs are numbered in an unknown format; their numbers are written in digits",
                "compare the numbers of the draft with those of the original",
            );
        }
        (label, level)
    }

    /// Reads the text of another part where it is embedded.
    fn embedded(&mut self, id: &'a str) {
        self.met.insert(id);
        let why = match self.around.said.get(id) {
            Some(Said::Text(pages)) => return self.take_in(pages),
            Some(Said::Drawn(paragraphs)) => {
                for words in paragraphs {
                    self.blocks.leave_out(words, Reason::Unknown);
                }
                "its type is unknown"
            }
            Some(Said::Unread(why)) => why,
            None => "it is missing",
        };
        self.blocks.doubt(format!("a text is embedded here that is not in the draft: {why}"), ADD);
    }

    /// Takes in a text that was read separately. Its notes are numbered after those of the document so far.
    fn take_in(&mut self, pages: &Pages) {
        let before = self.mentioned.len() as u32;
        for line in pages.lines() {
            let mut line = line.clone();
            for mark in &mut line.marks {
                if let Mark::Note { number, .. } = mark {
                    *number += before;
                }
            }
            match line.kind {
                Some(Kind::Footnote(_)) => self.mentioned.push(Words::of_line(&line)),
                _ => self.blocks.take_in(line),
            }
        }
        pages.left_out.iter().for_each(|removal| self.blocks.leave_out(&removal.text, removal.reason));
        pages.doubts.iter().for_each(|doubt| self.blocks.doubt(doubt.message.clone(), doubt.help));
    }

    /// Adds the reference to a note, if the note has words.
    pub(super) fn mention(&mut self, of: NoteOf, reference: &'a Element, words: &mut Words) {
        let id = reference.attribute("id").unwrap_or_default();
        let Some(note) = self.around.notes.get(&(of, id)).copied().filter(|_| !self.in_note) else { return };
        let key = (of, id.to_owned());
        if let Some(number) = self.numbers_of_notes.get(&key) {
            return words.note(*number);
        }
        self.in_note = true;
        let fields = std::mem::take(&mut self.fields);
        let text = self.paragraphs(note);
        self.fields = fields;
        self.in_note = false;
        if !text.is_blank() {
            self.mentioned.push(text);
            let number = self.mentioned.len() as u32;
            self.numbers_of_notes.insert(key, number);
            words.note(number);
        }
    }
}

/// Returns the form of a drawing that newer programs show, or the only one.
pub(super) fn drawn_form(alternatives: &Element) -> Option<&Element> {
    alternatives.child("Choice").or_else(|| alternatives.child("Fallback"))
}

/// Returns whether one of these properties is set for a row or a paragraph mark, such as that it was deleted.
fn is_marked(properties: Option<&Element>, names: &[&str]) -> bool {
    properties.is_some_and(|properties| names.iter().any(|name| properties.child(name).is_some_and(is_on)))
}

/// Puts a number before words that are not a paragraph of their own.
fn number(label: Option<Label>, words: &mut Words) {
    if let Some(Label::Words(number)) = label.filter(|label| *label != Label::Words(String::new())) {
        words.prefix(&format!("{number} "));
    }
}

/// Returns whether a paragraph is a drop cap, the large first letter of the next paragraph.
fn is_dropped(properties: Option<&Element>) -> bool {
    let frame = properties.and_then(|properties| properties.child("framePr"));
    frame.and_then(|frame| frame.attribute("dropCap")).is_some_and(|drop| drop != "none")
}

/// Returns how many columns a cell spans, at most as many as Word allows.
fn columns(cell: &Element) -> usize {
    let span = cell.child("tcPr").and_then(|of| of.child("gridSpan")).and_then(|span| span.attribute("val"));
    span.and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 63)
}

/// Returns all words in an element, including deleted ones.
pub(super) fn words(element: &Element) -> String {
    let mut words = String::new();
    element.each(&["t", "delText", "tab", "br"], &mut |part| {
        words.push_str(&part.own_text());
        if part.name == "tab" || part.name == "br" {
            words.push(' ');
        }
    });
    words
}
