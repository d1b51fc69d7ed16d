//! Ordered lists of a body -> `ol` and `li`, whose numbers are those of the source.
//!
//! A browser counts the items of a list. Where their numbers are the labels of paragraphs, the labels show them and the
//! list is not numbered a second time. Elsewhere an item whose number is not the one that a browser would count says so.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{LONE_NUMBER, Walk};
use crate::read::body::{Element, Node};
use crate::render::html::Writer;

/// A list that is being written.
#[derive(Clone, Copy)]
pub(super) struct OpenList {
    /// Whether the labels of its paragraphs show its numbers.
    is_labelled: bool,
    /// The number that a browser would show before the next item; `None` for bullets.
    next: Option<u32>,
}

impl OpenList {
    pub(super) const BULLETED: OpenList = OpenList { is_labelled: false, next: None };
}

/// Returns the nodes that open an ordered list of which a paragraph's label shows a number. Any item decides: the first
/// number may be a misprint.
pub(super) fn labelled(writer: Writer<'_>) -> BTreeSet<usize> {
    let (mut labelled, mut open) = (BTreeSet::new(), Vec::new());
    for (at, node) in writer.body.nodes.iter().enumerate() {
        match *node {
            Node::Open(Element::Ordered(_)) => open.push(Some(at)),
            Node::Open(Element::Bulleted) => open.push(None),
            Node::Close(Element::Ordered(_) | Element::Bulleted) => _ = open.pop(),
            Node::Open(Element::Paragraph(index) | Element::Item(Some(index))) => {
                let list = open.last().copied().flatten();
                labelled.extend(list.filter(|_| number_before(writer, index).is_some()));
            }
            _ => {}
        }
    }
    labelled
}

/// Returns the number that a paragraph shows, if it is written before the paragraph and not in its words.
pub(super) fn number_before(writer: Writer<'_>, index: u32) -> Option<&str> {
    let printed = writer.body.paragraphs[index as usize].printed.as_ref().filter(|of| of.words.is_empty())?;
    let label = writer.numbers?.paragraph(writer.body, index).label;
    (*printed.digits == *label.shown()).then_some(&*printed.digits)
}

impl Walk<'_> {
    pub(super) fn open_list(&mut self, first: u32, at: usize) {
        let is_labelled = self.labelled.contains(&at);
        self.lists.push(OpenList { is_labelled, next: Some(first) });
        let class = if is_labelled { " class=\"numbered\"" } else { "" };
        let start = if first == 1 { String::new() } else { format!(" start=\"{first}\"") };
        let _ = writeln!(self.out, "<ol{class}{start}>");
    }

    /// Opens an item, in a tight list with its paragraph; `at` is its node.
    pub(super) fn open_item(&mut self, index: Option<u32>, at: usize) {
        let first = match self.writer.body.nodes.get(at + 1) {
            Some(Node::Open(Element::Paragraph(first))) => Some(*first),
            _ => None,
        };
        let value = self.value_of_item(index.or(first));
        match index {
            Some(index) => self.open_paragraph("li", &value, index),
            None => _ = write!(self.out, "<li{value}>"),
        }
    }

    /// Returns the attribute with the number of an item, if a browser would count another.
    fn value_of_item(&mut self, index: Option<u32>) -> String {
        let Some(OpenList { is_labelled, next: Some(next) }) = self.lists.last_mut() else { return String::new() };
        let printed = index.and_then(|index| self.writer.body.paragraphs[index as usize].printed.as_ref());
        let number = printed.filter(|of| of.words.is_empty()).map_or(*next, |of| of.value);
        let is_counted = number == *next;
        *next = number.saturating_add(1);
        if is_counted || *is_labelled { String::new() } else { format!(" value=\"{number}\"") }
    }

    /// Writes the number of an item that its label does not show, in a list whose numbers are otherwise hidden: a
    /// misprint, or a point of something quoted.
    pub(super) fn write_hidden_number(&mut self, index: u32) {
        let printed = self.writer.body.paragraphs[index as usize].printed.as_ref();
        let is_hidden = self.lists.last().is_some_and(|list| list.is_labelled);
        if let Some(printed) = printed.filter(|of| is_hidden && of.words.is_empty()) {
            let _ = write!(self.out, "{}. ", printed.value);
        }
    }

    /// Returns whether a list is only a number that the paragraph after it shows.
    pub(super) fn is_lone_number(&self, list: usize) -> bool {
        let after = self.writer.body.nodes.get(list + 1..).unwrap_or_default();
        let lone = after.get(..LONE_NUMBER).unwrap_or_default();
        let [Node::Open(Element::Item(None)), Node::Close(Element::Item(None)), close, Node::Open(next)] = lone else {
            return false;
        };
        let (Node::Close(Element::Ordered(_)), Element::Paragraph(index)) = (close, next) else { return false };
        number_before(self.writer, *index).is_some()
    }
}
