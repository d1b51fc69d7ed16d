//! An HTML page -> `Pages`: the blocks of its article.

mod article;
mod contained;
mod css;
mod lists;
mod sheet;
mod tree;
mod unseen;

use super::blocks::Blocks;
use super::formula;
use super::numbering::{Format, Label};
use super::tables::{self, LOOK_AT_TABLE, NO_TABLE};
use super::words::{Style, Words};
use super::xml::{Element, Node};
use crate::import::mended::Reason;
use crate::import::pages::{Kind, Pages};
use crate::import::unreadable::Unreadable;
use article::{FRAME, NO_WORDS};
use contained::{INLINE, all_words, has_blocks};
use css::{is_hidden, style_of};
use lists::List;
pub(super) use tree::is_page;
use tree::shown_words;

/// Reads an HTML page. Nothing it refers to is fetched, and no script runs.
///
/// # Errors
/// Returns why it cannot be read: not a text, too large, or without words.
pub(super) fn read(bytes: &[u8]) -> Result<Pages, Unreadable> {
    let (text, wrong) = tree::text(bytes)?;
    let mut root = tree::parse(&text)?;
    let all_styles = css::apply(&mut root);
    let mut body = Body {
        blocks: Blocks::default(),
        words: Words::default(),
        lists: Vec::new(),
        own_header: false,
        around: Style::default(),
    };
    if let Some(wrong) = wrong {
        body.blocks.doubt(wrong, "check the page, and write in the draft what is meant there");
    }
    if !all_styles {
        body.blocks.doubt(
            "the page is too large for its style sheets to be applied; words that they hide or strike out are in the draft",
            "compare the draft with the page as a browser shows it",
        );
    }
    // Everything outside the article is left out but listed, because a page's frame can only be guessed.
    let article = article::find(&root, &mut |outside| body.leave_out(outside, Reason::WebPage));
    body.own_header = matches!(article.name.as_str(), "article" | "main");
    body.block(article, Kind::Paragraph);
    body.flush(Kind::Paragraph);
    let mut blocks = body.blocks;
    // A frame larger than the text is a sign that the wrong part was taken for the article.
    if blocks.letters_left_out(Reason::WebPage) > blocks.letters() {
        blocks.doubt(
            "more than half of the page's words were taken for its frame and left out",
            "compare the draft with the page; the report lists what was left out",
        );
    }
    blocks.into_pages("HTML")
}

/// The blocks while the tree is walked.
struct Body {
    blocks: Blocks,
    /// Words since the last block ended.
    words: Words,
    /// Open lists, the innermost last.
    lists: Vec<List>,
    /// Whether a `header` belongs to the text rather than to the page.
    own_header: bool,
    /// How letters are set in the current block.
    around: Style,
}

/// Elements that do not fit in a cell of a Markdown table.
const MORE_THAN_WORDS: &[&str] =
    &["table", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "section"];

impl Body {
    fn leave_out(&mut self, element: &Element, reason: Reason) {
        let mut words = String::new();
        match &*element.name {
            "noscript" => return self.unread(element),
            _ => all_words(element, &mut words),
        }
        self.blocks.leave_out(&words, reason);
    }

    /// Ends the block made of the words so far.
    fn flush(&mut self, kind: Kind) {
        let words = std::mem::take(&mut self.words);
        self.blocks.add(kind, words);
    }

    /// Reads the blocks in an element; words directly in it make a block of this kind.
    fn block(&mut self, element: &Element, kind: Kind) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.words.push(text, self.around),
                Node::Element(child) if INLINE.contains(&child.name.as_str()) && !has_blocks(child) => {
                    self.inline(child, self.around);
                }
                Node::Element(child) if child.name == "br" => self.words.break_line(),
                Node::Element(child) => {
                    self.flush(kind);
                    self.element(child, kind);
                    self.flush(kind);
                }
            }
        }
    }

    /// Reads an element that is a block or contains some.
    fn element(&mut self, element: &Element, kind: Kind) {
        let outer = self.around;
        // Emphasis of whole blocks is not emphasis.
        let Style { struck, shift, .. } = style_of(element, outer);
        self.around = Style { struck, shift, ..outer };
        self.block_element(element, kind);
        self.around = outer;
    }

    fn block_element(&mut self, element: &Element, kind: Kind) {
        let name = element.name.as_str();
        // The order matters: what is never shown, then what this page hides, then what belongs to its frame.
        if NO_WORDS.contains(&name) {
            return self.unread(element);
        }
        if is_hidden(element) {
            return self.leave_out(element, Reason::Hidden);
        }
        if FRAME.contains(&name) || name == "header" && !self.own_header || article::is_frame(element) {
            return self.leave_out(element, Reason::WebPage);
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.inline(element, self.around);
                self.flush(Kind::Heading(name.as_bytes()[1] - b'0'));
            }
            "blockquote" => {
                self.block(element, Kind::Quotation);
                self.flush(Kind::Quotation);
            }
            "ul" | "ol" => {
                self.lists.push(List::of(element));
                if self.lists.last().is_some_and(|list| list.format() == Format::Other) {
                    self.blocks.doubt(
                        "a list is numbered in an unknown format; its numbers are written in digits",
                        "compare the numbers of the draft with those of the page",
                    );
                }
                self.block(element, kind);
                self.lists.pop();
            }
            "li" => self.item(element),
            "pre" => {
                self.preformatted(element);
                self.flush(Kind::Paragraph);
            }
            "table" => {
                // `role=presentation` declares a table that only lays out the page.
                let presentation = element.attribute("role") == Some("presentation");
                let rows = tables::rows(element, "tr", &["td", "th"], MORE_THAN_WORDS, is_hidden);
                let rows = rows.filter(|_| !presentation);
                if let Some(rows) = rows {
                    return self.table(element, rows);
                }
                if !presentation {
                    self.blocks.doubt(NO_TABLE, LOOK_AT_TABLE);
                }
                self.block(element, kind);
            }
            _ => self.block(element, kind),
        }
    }

    fn table(&mut self, table: &Element, rows: Vec<Vec<&Element>>) {
        if let Some(caption) = table.child("caption") {
            self.inline(caption, self.around);
            self.flush(Kind::Paragraph);
        }
        table.each(&["tr"], &mut |row| {
            if is_hidden(row) {
                self.leave_out(row, Reason::Hidden);
            }
        });
        for row in rows {
            let mut cells = Vec::new();
            for cell in row {
                self.inline(cell, self.around);
                cells.push(std::mem::take(&mut self.words));
                let span = cell.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1_usize);
                cells.resize_with(cells.len() + span.clamp(1, MOST_COLUMNS) - 1, Words::default);
                if cell.attribute("rowspan").is_some_and(|span| span.trim() != "1") {
                    self.blocks
                        .doubt("a table has cells that span several rows; the cells below them moved", LOOK_AT_TABLE);
                }
            }
            self.blocks.row(cells);
        }
    }

    fn item(&mut self, item: &Element) {
        let label = self.lists.last_mut().and_then(|list| list.next(item));
        match label {
            Some(Label::Words(number)) => {
                if !number.is_empty() {
                    self.words.push(&format!("{number} "), Style::default());
                }
                // The number belongs to the first paragraph in the item, wherever that begins.
                self.first(item, Kind::Paragraph);
            }
            Some(Label::Bullet) | None => self.first(item, Kind::Item(self.depth())),
        }
    }

    /// Returns how many bulleted items an item is nested in.
    fn depth(&self) -> u8 {
        let bulleted = self.lists.iter().filter(|list| list.format() == Format::Bullet).count();
        bulleted.saturating_sub(1).min(usize::from(u8::MAX)) as u8
    }

    /// Reads an item, whose first block is of this kind; what follows in it are paragraphs.
    fn first(&mut self, item: &Element, kind: Kind) {
        let only = item.elements().next().filter(|child| {
            let words = item.children.iter().any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()));
            !words && matches!(child.name.as_str(), "p" | "div") && !is_hidden(child)
        });
        let Some(first) = only else {
            self.block(item, kind);
            return self.flush(kind);
        };
        let outer = self.around;
        let Style { struck, shift, .. } = style_of(first, outer);
        self.around = Style { struck, shift, ..outer };
        self.block(first, kind);
        self.around = outer;
        self.flush(kind);
        for other in item.elements().skip(1) {
            self.element(other, Kind::Paragraph);
            self.flush(Kind::Paragraph);
        }
    }

    /// Adds the words of an inline element.
    fn inline(&mut self, element: &Element, around: Style) {
        let name = element.name.as_str();
        if NO_WORDS.contains(&name) {
            return self.unread(element);
        }
        if is_hidden(element) {
            return self.leave_out(element, Reason::Hidden);
        }
        let style = style_of(element, around);
        if name == "math" {
            return self.formula(element, style);
        }
        // Browsers put quotation marks around `q`, so the text must have them as well.
        let quoted = name == "q";
        let since = self.words.place();
        if quoted {
            self.words.push("“", style);
        }
        for node in &element.children {
            match node {
                Node::Text(text) => self.words.push(text, style),
                Node::Element(child) if child.name == "br" => self.words.break_line(),
                Node::Element(child) => {
                    self.inline(child, style);
                    // A block inside a line separates words, even without a space in the source.
                    if !INLINE.contains(&child.name.as_str()) {
                        self.words.push(" ", style);
                    }
                }
            }
        }
        if quoted {
            self.words.push("”", style);
        }
        if name == "a" {
            self.words.link(since, element.attribute("href").unwrap_or_default());
        }
    }

    /// Adds words whose line breaks are kept.
    fn preformatted(&mut self, element: &Element) {
        self.lines(element, self.around);
    }

    fn lines(&mut self, element: &Element, around: Style) {
        let style = style_of(element, around);
        for node in &element.children {
            match node {
                Node::Text(text) => {
                    for (i, line) in text.split('\n').enumerate() {
                        if i > 0 {
                            self.words.break_line();
                        }
                        self.words.push(line.trim_end_matches('\r'), style);
                    }
                }
                Node::Element(child) if child.name == "br" => self.words.break_line(),
                Node::Element(child) if NO_WORDS.contains(&child.name.as_str()) => self.unread(child),
                Node::Element(child) if is_hidden(child) => self.leave_out(child, Reason::Hidden),
                Node::Element(child) => self.lines(child, style),
            }
        }
    }

    fn formula(&mut self, element: &Element, style: Style) {
        let formula = formula::read(element);
        if !formula.is_plain {
            self.blocks.doubt(
                format!("there is a formula, written on one line in the draft: `{}`", formula.text),
                "compare it with the page, and write it so that it cannot be misread",
            );
        }
        self.words.push(&formula.text, style);
    }

    /// Records the content of an element that is not part of the text, if readers of the page see it.
    fn unread(&mut self, element: &Element) {
        let mut words = String::new();
        let reason = match element.name.as_str() {
            "iframe" | "frame" | "embed" | "object" => {
                let at = element.attribute("src").or_else(|| element.attribute("data")).unwrap_or("without an address");
                let message = format!("another page or file is shown within this one (`{at}`); it was not read");
                return self.blocks.doubt(message, "if it belongs to the text, import it as well");
            }
            "rt" => {
                shown_words(element, &mut words);
                Reason::ReadingAid
            }
            "svg" | "textarea" | "select" => {
                shown_words(element, &mut words);
                Reason::Graphic
            }
            "noscript" => {
                if let Some(inner) = tree::without_scripts(element) {
                    all_words(&inner, &mut words);
                }
                Reason::WebPage
            }
            _ => return,
        };
        self.blocks.leave_out(&words, reason);
    }
}

/// The maximum number of columns that a cell may span.
const MOST_COLUMNS: usize = 50;

#[cfg(test)]
mod tests;
