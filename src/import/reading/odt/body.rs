//! The tree of an OpenDocument text -> its blocks.

use std::collections::BTreeMap;

use super::styles::{OUTLINE, Styles};
use crate::import::mended::Reason;
use crate::import::pages::{ADD, Kind, Pages};
use crate::import::reading::blocks::Blocks;
use crate::import::reading::ink::Ink;
use crate::import::reading::numbering::{Counters, Format, Label};
use crate::import::reading::tables::{self, LOOK_AT_TABLE, NO_TABLE};
use crate::import::reading::words::{Style, Words};
use crate::import::reading::xml::{Element, Node};
use crate::import::unreadable::Unreadable;

/// The blocks while the tree is walked.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    counted: BTreeMap<String, Counters>,
    blocks: Blocks,
    /// Texts of the notes that were referenced, in the order of their first reference.
    mentioned: Vec<Words>,
    /// Whether a note is being read; notes in it are ignored.
    in_note: bool,
    /// The ink of letters for which neither they nor their paragraph set anything.
    ink: Ink,
}

/// Whether words are visible.
#[derive(Clone, Copy)]
struct Visibility {
    hidden: bool,
    ink: Ink,
}

/// The surroundings of a paragraph.
#[derive(Clone, Copy, Default)]
struct Within<'a> {
    /// Name and level of the list, for the first paragraph of an item.
    item: Option<(&'a str, usize)>,
}

/// Elements whose words are not part of the text.
const NO_WORDS: &[&str] = &[
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "script",
    "table-of-content-source",
    "illustration-index-source",
    "table-index-source",
    "object-index-source",
    "user-index-source",
    "alphabetical-index-source",
    "bibliography-source",
    "note-citation",
    "annotation-end",
    "shapes",
    "event-listeners",
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

/// Elements that do not fit in a cell of a Markdown table.
const MORE_THAN_WORDS: &[&str] = &["table", "list", "h", "frame", "section"];

impl<'a> Body<'a> {
    /// Starts without blocks.
    pub(super) fn new(styles: &'a Styles) -> Body<'a> {
        Body {
            styles,
            counted: BTreeMap::new(),
            blocks: Blocks::default(),
            mentioned: Vec::new(),
            in_note: false,
            ink: styles.default_ink(),
        }
    }

    /// Reads all blocks in an element.
    pub(super) fn read(&mut self, element: &Element) {
        for child in element.elements() {
            if is_hidden(child) {
                self.leave_out(child, Reason::Hidden);
                continue;
            }
            match child.name.as_str() {
                "p" | "h" => self.paragraph(child, Within::default()),
                "list" => self.list(child, None, 0),
                "tracked-changes" => {
                    child.each(&["deletion"], &mut |deletion| self.leave_out(deletion, Reason::Deleted))
                }
                "table" => self.table(child),
                "annotation" => self.comment(child),
                name if DRAWINGS.contains(&name) => self.drawing(child),
                name if NO_WORDS.contains(&name) => {}
                _ => {
                    self.unknown(child);
                    self.read(child);
                }
            }
        }
    }

    /// Records the words of an element that are not part of the text, paragraph by paragraph.
    pub(super) fn leave_out(&mut self, element: &Element, reason: Reason) {
        element.each(&["p", "h"], &mut |paragraph| {
            let mut words = String::new();
            all_words(paragraph, &mut words);
            self.blocks.leave_out(&words, reason);
        });
    }

    fn comment(&mut self, annotation: &Element) {
        self.leave_out(annotation, Reason::Comment);
    }

    /// Records the words of a box, and reports an embedded object of another program.
    fn drawing(&mut self, drawing: &Element) {
        self.leave_out(drawing, Reason::Box);
        drawing.each(&["object", "object-ole"], &mut |object| {
            let mut words = String::new();
            all_words(object, &mut words);
            self.blocks.leave_out(&words, Reason::Graphic);
            self.blocks
                .doubt("an object is embedded, such as a chart or a formula; its words, if any, were left out", ADD);
        });
    }

    /// Records words directly in an element that should only contain blocks.
    fn unknown(&mut self, element: &Element) {
        let text = element.own_text();
        if text.chars().any(char::is_alphanumeric) {
            self.blocks.leave_out(&text, Reason::Unknown);
            let name = &element.name;
            self.blocks.doubt(
                format!("there are words in an unknown element of the document (`{name}`); they were left out"),
                ADD,
            );
        }
    }

    /// Ends the text.
    ///
    /// # Errors
    /// Fails if there are no words.
    pub(super) fn into_pages(mut self) -> Result<Pages, Unreadable> {
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
        let (letters, hidden) = self.styles.default_letters();
        let seen = Visibility { hidden: hidden || self.styles.is_away(style), ink: self.ink };
        self.inline(paragraph, style, letters, seen, &mut words);
        let outline = paragraph.attribute("outline-level").and_then(|level| level.parse::<u8>().ok());
        let heading = match paragraph.name.as_str() {
            "h" => Some(outline.unwrap_or(1)),
            _ if self.styles.is_of(style, "Title") => Some(1),
            _ => None,
        };
        // A heading outside of lists is numbered by the outline, whose numbers are kept under a name of their own.
        let numbered = within.item.or_else(|| {
            let is_listed =
                heading.is_some() && paragraph.name == "h" && paragraph.attribute("is-list-header") != Some("true");
            heading.filter(|_| is_listed).map(|level| (OUTLINE, usize::from(level).saturating_sub(1)))
        });
        let level = numbered.map_or(0, |(_, level)| level);
        // A hidden paragraph is not counted; an empty one is.
        let is_unseen = self.styles.hidden(style).unwrap_or(hidden) || self.styles.is_away(style);
        if words.is_blank() && is_unseen {
            return;
        }
        let label = numbered.and_then(|(list, level)| self.label(list, level));
        if words.is_blank() {
            if let Some(Label::Words(number)) = label.filter(|label| *label != Label::Words(String::new())) {
                let message = format!("a paragraph without words has the number `{number}`; it is not in the draft");
                self.blocks.doubt(message, "check the original: the numbers that follow count it");
            }
            return;
        }
        self.blocks.paragraph(heading, label, level, self.styles.is_of(style, "Quotations"), words);
    }

    /// Reads a table row by row, or its content as blocks if it does not fit a Markdown table.
    fn table(&mut self, table: &Element) {
        let Some(rows) =
            tables::rows(table, "table-row", &["table-cell", "covered-table-cell"], MORE_THAN_WORDS, is_hidden)
        else {
            self.blocks.doubt(NO_TABLE, LOOK_AT_TABLE);
            return self.read(table);
        };
        table.each(&["table-row"], &mut |row| {
            if is_hidden(row) {
                self.leave_out(row, Reason::Hidden);
            }
        });
        for row in rows {
            let outer = self.ink;
            let cells = row.into_iter().map(|cell| {
                self.ink = self.styles.ink(cell.attribute("style-name"), outer);
                self.paragraphs(cell)
            });
            let cells = cells.collect();
            self.ink = outer;
            self.blocks.row(cells);
        }
    }

    /// Returns the words of all paragraphs in an element.
    fn paragraphs(&mut self, element: &Element) -> Words {
        let mut words = Words::default();
        let mut paragraphs = Vec::new();
        element.each(&["p", "h"], &mut |paragraph| paragraphs.push(paragraph));
        for paragraph in paragraphs {
            let (letters, hidden) = self.styles.default_letters();
            let style = paragraph.attribute("style-name");
            let seen = Visibility { hidden: hidden || self.styles.is_away(style), ink: self.ink };
            self.inline(paragraph, style, letters, seen, &mut words);
            words.push(" ", Style::default());
        }
        words
    }

    fn label(&mut self, list: &str, level: usize) -> Option<Label> {
        let levels = self.styles.levels(list);
        if levels.get(level).is_some_and(|level| level.format == Format::Other) {
            self.blocks.doubt(
                "paragraphs are numbered in an unknown format; their numbers are written in digits",
                "compare the numbers of the draft with those of the original",
            );
        }
        self.counted.entry(list.to_owned()).or_default().next(levels, level)
    }

    /// Adds the words in a paragraph or span. Letters are set as its style says, and otherwise like those around it.
    fn inline(&mut self, element: &Element, style: Option<&str>, around: Style, seen: Visibility, words: &mut Words) {
        let set = Style {
            emphasis: self.styles.italic(style).unwrap_or(around.emphasis),
            strong: self.styles.bold(style).unwrap_or(around.strong),
            struck: self.styles.struck(style).unwrap_or(around.struck),
            shift: self.styles.shift(style).unwrap_or(around.shift),
        };
        let seen = Visibility {
            hidden: self.styles.hidden(style).unwrap_or(seen.hidden) || self.styles.is_away(style),
            ink: self.styles.ink(style, seen.ink),
        };
        let hidden = seen.hidden || seen.ink.is_unseen();
        for node in &element.children {
            match node {
                // Hidden words are left out even here, in the middle of a paragraph, and listed.
                Node::Text(text) if hidden => self.blocks.leave_out(text, Reason::Hidden),
                Node::Text(text) => words.push(text, set),
                Node::Element(child) if is_hidden(child) => {
                    let mut hidden = String::new();
                    all_words(child, &mut hidden);
                    self.blocks.leave_out(&hidden, Reason::Hidden);
                }
                Node::Element(child) => match child.name.as_str() {
                    "s" | "tab" | "line-break" | "note" if hidden => {}
                    "s" | "tab" => words.push(" ", set),
                    "line-break" => words.break_line(),
                    "note" => self.mention(child, words),
                    // Fields that show their words only under a condition.
                    "hidden-text" | "hidden-paragraph" => {
                        let hidden = child.attribute("string-value").unwrap_or_default();
                        self.blocks.leave_out(hidden, Reason::Hidden);
                    }
                    "annotation" => self.comment(child),
                    "ruby-text" => {
                        let mut above = String::new();
                        all_words(child, &mut above);
                        self.blocks.leave_out(&above, Reason::ReadingAid);
                    }
                    name if DRAWINGS.contains(&name) => self.drawing(child),
                    name if NO_WORDS.contains(&name) => {}
                    "a" => {
                        let since = words.place();
                        self.inline(child, child.attribute("style-name"), set, seen, words);
                        words.link(since, child.attribute("href").unwrap_or_default());
                    }
                    "span" => self.inline(child, child.attribute("style-name"), set, seen, words),
                    _ => self.inline(child, None, set, seen, words),
                },
            }
        }
    }

    /// Adds the reference to a note, if the note has words.
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

/// Returns whether an element declares itself hidden, as sections and fields do.
fn is_hidden(element: &Element) -> bool {
    let is = |name: &str, value: &str| element.attribute(name) == Some(value);
    let is_folded = is("visibility", "collapse") || is("visibility", "filter");
    is("is-hidden", "true")
        || element.name == "section" && is("display", "none")
        || element.name == "table-row" && is_folded
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
