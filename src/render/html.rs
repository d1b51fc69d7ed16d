//! `Body` -> HTML.
//!
//! A single walk over the nodes writes one string, which is cut at each block with noted paragraphs. Footnotes are
//! taken out of the walk and written after it, in the order of their numbers.

mod escape;
mod sanitize;
#[cfg(test)]
mod tests;
mod walk;

use crate::collect::links::Resolved;
use crate::config;
use crate::read::body::{Body, Element, Node};
use crate::read::numbers::Numbers;
use crate::render::words::Words;
use walk::Walk;
pub use walk::mentions::{Anchor, anchors};

/// HTML of a whole body, cut at the blocks whose paragraphs have notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// Everything before the first section.
    pub opening: String,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// The list of footnotes; empty if there are none.
    pub footnotes: String,
}

/// A top-level block with noted paragraphs, and the blocks after it up to the next such block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The first block.
    pub html: String,
    /// The noted paragraphs in that block, counted from 0.
    pub paragraphs: Vec<u32>,
    /// The blocks after it.
    pub rest: String,
}

/// A body, and everything else that its HTML depends on.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// The text.
    pub body: &'a Body,
    /// Where the links lead, in the order of `Body::links`.
    pub links: &'a [Resolved],
    /// Words that become links without an author's markup, in order.
    pub anchors: &'a [Anchor<'a>],
    /// The path of the site's root in links: `/` or `/x/`.
    pub base: &'a str,
    /// What happens to raw HTML.
    pub policy: config::Html,
    /// The numbers of the paragraphs, which are their anchors; `None` for introductions of records.
    pub numbers: Option<&'a Numbers>,
    /// The words of the page's language, for what the text itself does not say.
    pub words: &'a Words,
}

impl Writer<'_> {
    /// Writes the body; `noted` returns whether a paragraph, counted from 0, has notes.
    pub fn write(&self, noted: &dyn Fn(u32) -> bool) -> Html {
        let nodes = &self.body.nodes;
        let mut walk = Walk::new(*self);
        let mut html = Html::default();
        let (mut at, mut before) = (0, 0);
        let mut gone = self.numbers.map_or(&[][..], Numbers::gone);
        while at < nodes.len() {
            let end = block_end(nodes, at);
            let mut held = nodes[at..end].iter().filter_map(paragraph);
            let paragraphs: Vec<u32> = held.clone().filter(|n| noted(*n)).collect();
            // A paragraph deleted from within a list leaves its stub before the list.
            let until = held.next_back().map_or(before, |last| last + 1);
            walk.write_stubs(&mut gone, |place| place <= before || place < until);
            before = until;
            if paragraphs.is_empty() {
                walk.write(at..end);
            } else {
                html.put(std::mem::take(&mut walk.out));
                walk.write(at..end);
                html.sections.push(Section { html: std::mem::take(&mut walk.out), paragraphs, rest: String::new() });
            }
            at = end;
        }
        walk.write_stubs(&mut gone, |_| true);
        html.put(std::mem::take(&mut walk.out));
        walk.write_footnotes();
        html.footnotes = walk.out;
        if let Some(cleaner) = &walk.cleaner {
            let clean = |html: &mut String| *html = cleaner.clean(html).to_string();
            clean(&mut html.opening);
            clean(&mut html.footnotes);
            for section in &mut html.sections {
                clean(&mut section.html);
                clean(&mut section.rest);
            }
        }
        html
    }
}

impl Html {
    /// Appends blocks where they belong: after the last section's first block, or before all sections.
    fn put(&mut self, blocks: String) {
        match self.sections.last_mut() {
            Some(section) => section.rest = blocks,
            None => self.opening = blocks,
        }
    }
}

/// Returns the paragraph that a node opens, counted from 0.
fn paragraph(node: &Node) -> Option<u32> {
    match node {
        Node::Open(Element::Paragraph(n) | Element::Item(Some(n))) => Some(*n),
        _ => None,
    }
}

/// Returns where the block that begins with node `start` ends.
fn block_end(nodes: &[Node], start: usize) -> usize {
    let mut depth = 0usize;
    for (i, node) in nodes.iter().enumerate().skip(start) {
        match node {
            Node::Open(_) => depth += 1,
            Node::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    nodes.len()
}
