//! The tree of a Word document -> its blocks.

use std::collections::BTreeMap;

use super::numbers::{Counted, Numbers};
use super::styles::{Properties, Styles, is_on};
use crate::import::mended::Reason;
use crate::import::pages::{Kind, Pages};
use crate::import::reading::Unreadable;
use crate::import::reading::blocks::Blocks;
use crate::import::reading::numbering::Label;
use crate::import::reading::tables::{self, LOOK_AT_TABLE, NO_TABLE};
use crate::import::reading::words::{Style, Words};
use crate::import::reading::xml::{Element, Node};

/// Where a note is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteOf {
    Foot,
    End,
}

/// Notes by where they are printed and their ids.
pub type Notes<'a> = BTreeMap<(NoteOf, &'a str), &'a Element>;

/// Addresses of links by their ids.
pub type Links = BTreeMap<String, String>;

/// The blocks while the tree is walked.
pub struct Body<'a> {
    styles: &'a Styles,
    numbers: &'a Numbers,
    notes: &'a Notes<'a>,
    links: &'a Links,
    counted: Counted,
    blocks: Blocks,
    /// Texts of the notes that were mentioned, in the order of their mention.
    mentioned: Vec<Words>,
    /// Their numbers: a note may be mentioned more than once.
    numbers_of_notes: BTreeMap<(NoteOf, String), u32>,
    /// Whether a note is read: a note in a note could go round in circles.
    in_note: bool,
    /// Words of a paragraph whose end was deleted in a tracked change, so that they go on with the next.
    open: Words,
}

/// Elements whose words are not of the text, or are not words.
const NO_WORDS: &[&str] =
    &["pPr", "rPr", "sectPr", "instrText", "delText", "delInstrText", "rt", "sdtPr", "tblPr", "tcPr"];
/// Elements in which boxes are drawn.
const DRAWINGS: &[&str] = &["drawing", "pict", "object"];

/// Elements that are more than a table can hold.
const MORE_THAN_WORDS: &[&str] = &["tbl", "numPr", "txbxContent", "del", "ins", "moveFrom", "sdt"];

impl<'a> Body<'a> {
    /// Begins with no blocks.
    pub fn new(styles: &'a Styles, numbers: &'a Numbers, notes: &'a Notes<'a>, links: &'a Links) -> Body<'a> {
        Body {
            styles,
            numbers,
            notes,
            links,
            counted: Counted::default(),
            blocks: Blocks::default(),
            mentioned: Vec::new(),
            numbers_of_notes: BTreeMap::new(),
            in_note: false,
            open: Words::default(),
        }
    }

    /// Reads all blocks in an element.
    pub fn read(&mut self, element: &Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "del" | "moveFrom" => self.leave_out(child, Reason::Deleted),
                "tr" if is_deleted(child.child("trPr")) => self.leave_out(child, Reason::Deleted),
                "AlternateContent" => child.child("Choice").into_iter().for_each(|choice| self.read(choice)),
                "tbl" => self.table(child),
                name if NO_WORDS.contains(&name) => {}
                _ => self.read(child),
            }
        }
    }

    /// Notes the words of an element that are not of the text, paragraph by paragraph.
    pub fn leave_out(&mut self, element: &Element, reason: Reason) {
        let mut note = |part: &Element| self.blocks.leave_out(&words(part), reason);
        let mut any = false;
        element.each(&["p"], &mut |paragraph| {
            any = true;
            note(paragraph);
        });
        if !any {
            note(element);
        }
    }

    /// Ends the text.
    pub fn into_pages(mut self) -> Result<Pages, Unreadable> {
        self.blocks.add(Kind::Paragraph, std::mem::take(&mut self.open));
        for (number, words) in (1..).zip(self.mentioned) {
            self.blocks.add(Kind::Footnote(number), words);
        }
        self.blocks.into_pages("DOCX")
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let own = Properties::of(paragraph);
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|own| own.child("pStyle")).and_then(|style| style.attribute("val"));
        let mut words = std::mem::take(&mut self.open);
        self.inline(paragraph, &mut words);
        if is_deleted(properties.and_then(|properties| properties.child("rPr"))) {
            self.open = words;
            return;
        }
        if words.is_blank() {
            return;
        }
        let heading = match own.outline {
            Some(outline) => (outline < 9).then_some(outline + 1),
            None => self.styles.heading(style),
        };
        let level = self.level(&own, style);
        let label = self.label(&own, style, level);
        self.blocks.paragraph(heading, label, level, self.styles.is_quotation(style), words);
    }

    /// Reads a table row by row, or, if it is none, what stands in it.
    fn table(&mut self, table: &Element) {
        let mut deleted = false;
        table.each(&["trPr"], &mut |properties| deleted |= is_deleted(Some(properties)));
        let rows = tables::rows(table, "tr", &["tc"], MORE_THAN_WORDS).filter(|_| !deleted);
        let Some(rows) = rows else {
            self.blocks.doubt(NO_TABLE, LOOK_AT_TABLE);
            return self.read(table);
        };
        for row in rows {
            let cells = row.into_iter().map(|cell| self.paragraphs(cell)).collect();
            self.blocks.row(cells);
        }
    }

    /// Returns the words of all paragraphs in an element.
    fn paragraphs(&mut self, element: &Element) -> Words {
        let mut words = Words::default();
        let mut paragraphs = Vec::new();
        element.each(&["p"], &mut |paragraph| paragraphs.push(paragraph));
        for paragraph in paragraphs {
            self.inline(paragraph, &mut words);
            words.push(" ", Style::default());
        }
        words
    }

    fn level(&self, own: &Properties, style: Option<&str>) -> usize {
        own.level.or_else(|| self.styles.say(style, |of| of.level)).unwrap_or(0)
    }

    /// Returns what Word prints before a paragraph.
    fn label(&mut self, own: &Properties, style: Option<&str>, level: usize) -> Option<Label> {
        let list = own.list.clone().or_else(|| self.styles.say(style, |of| of.list.clone()))?;
        self.numbers.next(&list, level, &mut self.counted)
    }

    /// Adds the words of what stands within a paragraph.
    fn inline(&mut self, element: &Element, words: &mut Words) {
        for child in element.elements() {
            match child.name.as_str() {
                "r" => self.run(child, words),
                "hyperlink" => {
                    let since = words.place();
                    self.inline(child, words);
                    if let Some(url) = child.attribute("id").and_then(|id| self.links.get(id)) {
                        words.link(since, url);
                    }
                }
                "del" | "moveFrom" => self.leave_out(child, Reason::Deleted),
                "AlternateContent" => child.child("Choice").into_iter().for_each(|choice| self.inline(choice, words)),
                name if DRAWINGS.contains(&name) => self.boxes(child),
                name if NO_WORDS.contains(&name) => {}
                _ => self.inline(child, words),
            }
        }
    }

    fn run(&mut self, run: &Element, words: &mut Words) {
        let own = Properties::of(run);
        let style = run.child("rPr").and_then(|own| own.child("rStyle")).and_then(|style| style.attribute("val"));
        if own.hidden.or_else(|| self.styles.say(style, |of| of.hidden)).unwrap_or(false) {
            return self.blocks.leave_out(&self::words(run), Reason::Hidden);
        }
        let style = Style {
            emphasis: own.italic.or_else(|| self.styles.say(style, |of| of.italic)).unwrap_or(false),
            strong: own.bold.or_else(|| self.styles.say(style, |of| of.bold)).unwrap_or(false),
        };
        self.of_run(run, style, words);
    }

    fn of_run(&mut self, run: &Element, style: Style, words: &mut Words) {
        for child in run.elements() {
            match child.name.as_str() {
                "br" if child.attribute("type").is_none_or(|of| of == "textWrapping") => words.break_line(),
                "cr" => words.break_line(),
                "footnoteReference" => self.mention(NoteOf::Foot, child, words),
                "endnoteReference" => self.mention(NoteOf::End, child, words),
                "AlternateContent" => {
                    child.child("Choice").into_iter().for_each(|choice| self.of_run(choice, style, words))
                }
                "ruby" => child.child("rubyBase").into_iter().for_each(|base| self.inline(base, words)),
                name if DRAWINGS.contains(&name) => self.boxes(child),
                _ => words.push(&character_data(child), style),
            }
        }
    }

    /// Puts the mark of a note, if the note has words.
    fn mention(&mut self, of: NoteOf, reference: &Element, words: &mut Words) {
        let id = reference.attribute("id").unwrap_or_default();
        let Some(note) = self.notes.get(&(of, id)).copied().filter(|_| !self.in_note) else { return };
        let key = (of, id.to_owned());
        if let Some(number) = self.numbers_of_notes.get(&key) {
            return words.note(*number);
        }
        self.in_note = true;
        let text = self.paragraphs(note);
        self.in_note = false;
        if !text.is_blank() {
            self.mentioned.push(text);
            let number = self.mentioned.len() as u32;
            self.numbers_of_notes.insert(key, number);
            words.note(number);
        }
    }

    fn boxes(&mut self, drawing: &Element) {
        let mut found = Vec::new();
        drawing.each(&["txbxContent"], &mut |content| found.push(content));
        for content in found {
            self.leave_out(content, Reason::Box);
        }
    }
}

/// Says whether a row or the end of a paragraph was deleted in a tracked change.
fn is_deleted(properties: Option<&Element>) -> bool {
    properties.and_then(|properties| properties.child("del")).is_some_and(is_on)
}

/// Returns the characters of a run's element.
fn character_data(element: &Element) -> String {
    match element.name.as_str() {
        "t" => element
            .children
            .iter()
            .filter_map(|node| if let Node::Text(text) = node { Some(text.as_str()) } else { None })
            .collect(),
        "tab" | "ptab" => "\t".to_owned(),
        // The end of a page or column within a paragraph.
        "br" => " ".to_owned(),
        "noBreakHyphen" => "\u{2011}".to_owned(),
        "softHyphen" => "\u{ad}".to_owned(),
        // A sign of a font that has its own signs in place of letters; only bullets are known.
        "sym" => match element.attribute("char").unwrap_or_default().to_uppercase().as_str() {
            "F0B7" | "F0A7" | "F0D8" => "•".to_owned(),
            _ => "\u{fffd}".to_owned(),
        },
        _ => String::new(),
    }
}

/// Returns all words in an element, deleted ones too.
fn words(element: &Element) -> String {
    let mut words = String::new();
    element.each(&["t", "delText", "tab", "br"], &mut |part| {
        for node in &part.children {
            if let Node::Text(text) = node {
                words.push_str(text);
            }
        }
        if part.name == "tab" || part.name == "br" {
            words.push(' ');
        }
    });
    words
}
