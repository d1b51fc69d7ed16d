//! A body -> its parts in reading order: what plain text and the search divide it into.

use std::borrow::Cow;

use super::body::{Body, Element, Node};

/// A part of a body, of which plain text is made.
pub enum Part {
    /// A paragraph, by its index.
    Paragraph(u32),
    /// A heading, by its index.
    Heading(u32),
    /// Words outside of both: a footnote, a row of a table, code, a second paragraph of a list item.
    Note(String),
}

/// Returns the parts of a body in reading order.
pub fn parts(body: &Body) -> Vec<Part> {
    let mut parts = Vec::new();
    // The element whose words are being collected as a note.
    let mut note: Option<(Element, String)> = None;
    for node in &body.nodes {
        match (node, &mut note) {
            (Node::Open(Element::Paragraph(number) | Element::Item(Some(number))), None) => {
                parts.push(Part::Paragraph(*number));
            }
            (Node::Open(Element::Heading(number)), None) => parts.push(Part::Heading(*number)),
            (
                Node::Open(
                    of @ (Element::PlainParagraph | Element::CodeBlock(_) | Element::TableHead | Element::TableRow),
                ),
                None,
            ) => {
                note = Some((*of, String::new()));
            }
            (Node::Close(of), Some((open, words))) if of == open => {
                let words = std::mem::take(words);
                note = None;
                if !words.trim().is_empty() {
                    parts.push(Part::Note(words));
                }
            }
            (Node::Text(start, end) | Node::Code(start, end), Some((_, words))) => {
                words.push_str(&body.said(&(*start..*end)));
            }
            (Node::SoftBreak | Node::HardBreak | Node::Close(Element::TableCell(_)), Some((_, words))) => {
                words.push(' ')
            }
            _ => {}
        }
    }
    parts
}

/// Returns the words of a body as plain text: headings, paragraphs, rows of tables and notes, an empty line between
/// two. Struck-out words do not count as said.
pub fn plain(body: &Body) -> String {
    let mut plain = String::with_capacity(body.text.len() + 64);
    for part in parts(body) {
        let words: Cow<'_, str> = match &part {
            Part::Paragraph(at) => body.paragraphs.get(*at as usize).map_or("".into(), |of| body.said(&of.text)),
            Part::Heading(at) => body.headings.get(*at as usize).map_or("".into(), |of| body.said(&of.text)),
            Part::Note(words) => words.as_str().into(),
        };
        let words = words.trim();
        if !words.is_empty() {
            if !plain.is_empty() {
                plain.push_str("\n\n");
            }
            plain.push_str(words);
        }
    }
    plain
}
