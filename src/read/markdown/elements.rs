//! Markdown's tags -> elements that open and close.

use pulldown_cmark::{Alignment, CodeBlockKind, HeadingLevel, LinkType, Tag, TagEnd};

use super::Reader;
use super::printed::Item;
use crate::path::slug;
use crate::read::body::{Element, Heading, Node};

impl<'a> Reader<'a> {
    pub(super) fn start(&mut self, tag: Tag<'a>, at: usize) {
        // Quotation marks are paired within a block, never across two.
        if is_block(&tag) || tag == Tag::TableCell {
            self.turn_quotes();
        }
        if is_block(&tag) {
            self.end_paragraph();
        } else {
            self.begin_words(at);
        }
        let element = match tag {
            Tag::Paragraph if self.in_footnote() => Element::PlainParagraph,
            Tag::Paragraph => Element::Paragraph(self.begin_paragraph(at)),
            Tag::Heading { level, id, .. } => {
                self.explicit_id = id.map(|id| id.as_ref().into());
                let start = self.text.len() as u32;
                let heading = Heading {
                    level: level_number(level),
                    id: "".into(),
                    text: start..start,
                    next_paragraph: self.paragraphs.len() as u32,
                };
                self.headings.push(heading);
                Element::Heading(self.headings.len() as u32 - 1)
            }
            Tag::BlockQuote(_) => Element::Quotation,
            Tag::CodeBlock(kind) => Element::CodeBlock(match kind {
                CodeBlockKind::Fenced(language) if !language.is_empty() => Some(self.aside(&language)),
                _ => None,
            }),
            Tag::HtmlBlock => {
                self.html_block = Some((String::new(), at));
                return;
            }
            // A list that starts at 4 keeps its first number; one without a number is bulleted.
            Tag::List(first) => {
                self.lists += 1;
                self.numbers.push(first.map(|first| u32::try_from(first).unwrap_or(1)));
                match self.numbers.last() {
                    Some(Some(first)) => Element::Ordered(*first),
                    _ => Element::Bulleted,
                }
            }
            Tag::Item => {
                // Only items at the top of the text can carry its paragraph numbers; nested ones are points of a list.
                let top = self.numbers.len() == 1 && !self.open.contains(&Element::Quotation);
                self.item = None;
                if let Some(Some(number)) = self.numbers.last_mut() {
                    self.item = top.then(|| Item::new(self.lists, *number, &self.source[at..]));
                    *number = number.saturating_add(1);
                }
                self.items.push((self.nodes.len(), false));
                Element::Item(None)
            }
            Tag::FootnoteDefinition(label) => Element::Footnote(self.footnote(&label)),
            Tag::Table(alignments) => {
                let columns: String = alignments.iter().copied().map(alignment_letter).collect();
                Element::Table(self.aside(&columns))
            }
            Tag::TableHead => {
                self.cell = 0;
                Element::TableHead
            }
            Tag::TableRow => {
                self.cell = 0;
                Element::TableRow
            }
            Tag::TableCell => {
                self.cell += 1;
                Element::TableCell(self.cell - 1)
            }
            Tag::Emphasis => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                // `[[id]]` has no words of its own: a page shows the title of its target.
                let own_words = !matches!(link_type, LinkType::WikiLink { has_pothole: false });
                Element::Link(self.link(link_type, &dest_url, &title, own_words, at))
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                Element::Image(self.link(link_type, &dest_url, &title, true, at))
            }
            _ => Element::PlainParagraph,
        };
        self.open.push(element);
        self.nodes.push(Node::Open(element));
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::HtmlBlock {
            return self.end_html_block();
        }
        let Some(element) = self.open.pop() else { return };
        if !is_inline(element) {
            self.turn_quotes();
        }
        match element {
            Element::Link(index) if self.nodes.last() == Some(&Node::Open(element)) => self.report_empty_link(index),
            Element::Paragraph(_) => self.end_paragraph(),
            Element::Item(_) => {
                self.end_paragraph();
                self.items.pop();
            }
            Element::Ordered(_) | Element::Bulleted => {
                self.numbers.pop();
            }
            // The anchor is made from the words, which are known only now, unless the author gave one with `{#anchor}`.
            Element::Heading(index) => {
                let end = self.text.len() as u32;
                let start = self.headings[index as usize].text.start;
                let words = self.text[start as usize..].to_owned();
                let id = self.explicit_id.take().unwrap_or_else(|| slug(&words).into());
                let heading = &mut self.headings[index as usize];
                heading.text = start..end;
                heading.id = id;
            }
            _ => {}
        }
        // A line break in the text separates blocks.
        if !is_inline(element) && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.nodes.push(Node::Close(element));
    }
}

fn is_inline(element: Element) -> bool {
    matches!(
        element,
        Element::Emphasis | Element::Strong | Element::Strikethrough | Element::Link(_) | Element::Image(_)
    )
}

/// Returns whether an open paragraph ends where this tag starts.
pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } | Tag::TableCell
    )
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alignment_letter(alignment: Alignment) -> char {
    match alignment {
        Alignment::None => '-',
        Alignment::Left => 'l',
        Alignment::Center => 'c',
        Alignment::Right => 'r',
    }
}
