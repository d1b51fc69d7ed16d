//! The tree of an OpenDocument text -> its blocks.

use std::collections::BTreeMap;

use super::styles::{OUTLINE, Styles};
use crate::import::mended::Reason;
use crate::import::pages::{Kind, Pages};
use crate::import::reading::Unreadable;
use crate::import::reading::blocks::Blocks;
use crate::import::reading::numbering::{Counters, Label};
use crate::import::reading::tables::{self, LOOK_AT_TABLE, NO_TABLE};
use crate::import::reading::words::{Style, Words};
use crate::import::reading::xml::{Element, Node};

/// The blocks while the tree is walked.
pub struct Body<'a> {
    styles: &'a Styles,
    counted: BTreeMap<String, Counters>,
    blocks: Blocks,
    /// Texts of the notes that were mentioned, in the order of their mention.
    mentioned: Vec<Words>,
    /// Whether a note is read; its own notes are no notes.
    in_note: bool,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Default)]
struct Within<'a> {
    /// The list's name and level, for the first paragraph of an item.
    item: Option<(&'a str, usize)>,
}

/// Elements whose words are not of the text.
const NO_WORDS: &[&str] = &[
    "annotation",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "script",
    "ruby-text",
    "table-of-content-source",
];
/// Elements that draw boxes and shapes.
const DRAWINGS: &[&str] = &[
    "frame",
    "custom-shape",
    "rect",
    "line",
    "polyline",
    "polygon",
    "path",
    "circle",
    "ellipse",
    "connector",
    "caption",
    "g",
];

/// Elements that are more than a table can hold.
const MORE_THAN_WORDS: &[&str] = &["table", "list", "h", "frame", "section"];

impl<'a> Body<'a> {
    /// Begins with no blocks.
    pub fn new(styles: &'a Styles) -> Body<'a> {
        Body { styles, counted: BTreeMap::new(), blocks: Blocks::default(), mentioned: Vec::new(), in_note: false }
    }

    /// Reads all blocks in an element.
    pub fn read(&mut self, element: &Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "p" | "h" => self.paragraph(child, Within::default()),
                "list" => self.list(child, None, 0),
                "tracked-changes" => {
                    child.each(&["deletion"], &mut |deletion| self.leave_out(deletion, Reason::Deleted))
                }
                "table" => self.table(child),
                name if DRAWINGS.contains(&name) => self.leave_out(child, Reason::Box),
                name if NO_WORDS.contains(&name) => {}
                _ => self.read(child),
            }
        }
    }

    /// Notes the words of an element that are not of the text, paragraph by paragraph.
    pub fn leave_out(&mut self, element: &Element, reason: Reason) {
        element.each(&["p", "h"], &mut |paragraph| {
            let mut words = String::new();
            all_words(paragraph, &mut words);
            self.blocks.leave_out(&words, reason);
        });
    }

    /// Ends the text.
    pub fn into_pages(mut self) -> Result<Pages, Unreadable> {
        for (number, words) in (1..).zip(self.mentioned) {
            self.blocks.add(Kind::Footnote(number), words);
        }
        self.blocks.into_pages("ODT")
    }

    fn list(&mut self, list: &Element, above: Option<&str>, level: usize) {
        let style = list.attribute("style-name").or(above);
        let goes_on = list.attribute("continue-numbering") == Some("true") || list.attribute("continue-list").is_some();
        let name = style.unwrap_or("-");
        if level == 0 && !goes_on {
            self.counted.remove(name);
        }
        for item in list.elements() {
            if let Some(start) = item.attribute("start-value").and_then(|start| start.parse().ok()) {
                self.counted.entry(name.to_owned()).or_default().restart(level, start);
            }
            let mut first = item.name == "list-item";
            for child in item.elements() {
                match child.name.as_str() {
                    "list" => self.list(child, style, level + 1),
                    "p" | "h" => {
                        let of = style.or_else(|| self.styles.list_of(child.attribute("style-name")));
                        let item = of.filter(|_| std::mem::replace(&mut first, false)).map(|of| (of, level));
                        self.paragraph(child, Within { item });
                    }
                    _ => {}
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, within: Within<'_>) {
        let style = paragraph.attribute("style-name");
        let mut words = Words::default();
        self.inline(paragraph, style, Style::default(), &mut words);
        if words.is_blank() {
            return;
        }
        let outline = paragraph.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        let heading = match paragraph.name.as_str() {
            "h" => Some(outline.unwrap_or(1)),
            _ if self.styles.is_of(style, "Title") => Some(1),
            _ => None,
        };
        let numbered = within.item.or_else(|| {
            let is_listed =
                heading.is_some() && paragraph.name == "h" && paragraph.attribute("is-list-header") != Some("true");
            heading.filter(|_| is_listed).map(|level| (OUTLINE, usize::from(level).saturating_sub(1)))
        });
        let level = numbered.map_or(0, |(_, level)| level);
        let label = numbered.and_then(|(list, level)| self.label(list, level));
        self.blocks.paragraph(heading, label, level, self.styles.is_of(style, "Quotations"), words);
    }

    /// Reads a table row by row, or, if it is none, what stands in it.
    fn table(&mut self, table: &Element) {
        let Some(rows) = tables::rows(table, "table-row", &["table-cell", "covered-table-cell"], MORE_THAN_WORDS)
        else {
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
        element.each(&["p", "h"], &mut |paragraph| paragraphs.push(paragraph));
        for paragraph in paragraphs {
            self.inline(paragraph, paragraph.attribute("style-name"), Style::default(), &mut words);
            words.push(" ", Style::default());
        }
        words
    }

    fn label(&mut self, list: &str, level: usize) -> Option<Label> {
        self.counted.entry(list.to_owned()).or_default().next(self.styles.levels(list), level)
    }

    /// Adds the words of what stands within a paragraph. Its letters are set as its style says, as far as it says
    /// anything, and otherwise as those around it.
    fn inline(&mut self, element: &Element, style: Option<&str>, around: Style, words: &mut Words) {
        let set = Style {
            emphasis: self.styles.italic(style).unwrap_or(around.emphasis),
            strong: self.styles.bold(style).unwrap_or(around.strong),
        };
        if self.styles.is_hidden(style) {
            let mut hidden = String::new();
            all_words(element, &mut hidden);
            return self.blocks.leave_out(&hidden, Reason::Hidden);
        }
        for node in &element.children {
            match node {
                Node::Text(text) => words.push(text, set),
                Node::Element(child) => match child.name.as_str() {
                    "s" | "tab" => words.push(" ", set),
                    "line-break" => words.break_line(),
                    "note" => self.mention(child, words),
                    "hidden-text" | "hidden-paragraph" => {
                        let hidden = child.attribute("string-value").unwrap_or_default();
                        self.blocks.leave_out(hidden, Reason::Hidden);
                    }
                    name if DRAWINGS.contains(&name) => self.leave_out(child, Reason::Box),
                    name if NO_WORDS.contains(&name) => {}
                    "a" => {
                        let since = words.place();
                        self.inline(child, child.attribute("style-name"), set, words);
                        words.link(since, child.attribute("href").unwrap_or_default());
                    }
                    "span" => self.inline(child, child.attribute("style-name"), set, words),
                    _ => self.inline(child, None, set, words),
                },
            }
        }
    }

    /// Puts the mark of a note, if the note has words.
    fn mention(&mut self, note: &Element, words: &mut Words) {
        let Some(body) = note.child("note-body").filter(|_| !self.in_note) else { return };
        self.in_note = true;
        let text = self.paragraphs(body);
        self.in_note = false;
        if !text.is_blank() {
            self.mentioned.push(text);
            words.note(self.mentioned.len() as u32);
        }
    }
}

/// Collects all words in an element.
fn all_words(element: &Element, words: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(child) if matches!(child.name.as_str(), "s" | "tab" | "line-break") => words.push(' '),
            Node::Element(child) => all_words(child, words),
        }
    }
}
