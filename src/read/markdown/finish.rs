//! A body read to its end -> the finished body, with what only the whole text can decide: footnote numbers, heading
//! anchors, and which printed numbers are the paragraphs' own.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::{Problem, Reader, mend};
use crate::read::body::{Body, Element, Node};
use crate::read::lock::is_number;
use crate::read::numbering::Numbering;

impl Reader<'_> {
    pub(super) fn finish(mut self, numbering: Option<Numbering>) -> (Body, Vec<Problem>) {
        self.end_run();
        self.turn_quotes();
        self.end_paragraph();
        self.skip_to(self.source.len());
        self.report_notices();
        for mend::Flaw { code, at, message, help } in &self.mended.found {
            let (line, column) = self.lines.of(*at, self.first_line);
            self.problems.push(Problem { code: *code, line, column, message: message.clone(), help });
        }
        self.number_footnotes();
        self.name_headings();
        let prints_numbers = self.keep_printed_numbers(numbering);
        self.text.shrink_to_fit();
        let struck = struck(&self.nodes);
        let body = Body {
            text: self.text.into(),
            nodes: self.nodes.into(),
            paragraphs: self.paragraphs.into(),
            prints_numbers,
            headings: self.headings.into(),
            links: self.links.into(),
            unlinked: self.unlinked.into(),
            tags: self.tags.into(),
            footnotes: self.footnotes.into(),
            struck,
            asides: self.asides.into(),
        };
        (body, self.problems)
    }

    /// Numbers footnotes by their first mention; those never mentioned come last.
    fn number_footnotes(&mut self) {
        let mut order: Vec<u32> = Vec::with_capacity(self.footnotes.len());
        let mut places: Vec<Option<u32>> = vec![None; self.footnotes.len()];
        let mut append = |index: u32| {
            let place = &mut places[index as usize];
            if place.is_none() {
                *place = Some(order.len() as u32);
                order.push(index);
            }
        };
        for node in &self.nodes {
            if let Node::FootnoteMark(index, _) = node {
                append(*index);
            }
        }
        (0..self.footnotes.len() as u32).for_each(append);
        let new = |old: u32| places[old as usize].unwrap_or_default();
        for node in &mut self.nodes {
            match node {
                Node::FootnoteMark(index, _)
                | Node::Open(Element::Footnote(index))
                | Node::Close(Element::Footnote(index)) => *index = new(*index),
                _ => {}
            }
        }
        self.footnotes = order.iter().map(|index| self.footnotes[*index as usize].clone()).collect();
    }

    /// Gives every heading a unique anchor that also differs from those of paragraphs (`pN`), footnotes (`fn-N`), and
    /// their mentions (`fnref-N`).
    fn name_headings(&mut self) {
        let mut anchors: BTreeSet<Box<str>> = BTreeSet::new();
        // The next suffix for each heading seen before. Counting from 2 each time would be quadratic in a form that
        // repeats one heading a thousand times.
        let mut next: HashMap<String, u32> = HashMap::new();
        for heading in &mut self.headings {
            let mut base: String = heading.id.chars().filter(|c| !c.is_whitespace()).collect();
            let numbered =
                base.strip_prefix('p').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) || is_number(rest));
            let taken = ["fn-", "fnref-", "page-"].iter().any(|prefix| base.starts_with(prefix));
            if base.is_empty() || numbered || taken {
                base = format!("section-{base}").trim_end_matches('-').to_owned();
            }
            let mut id = base.clone();
            let n = next.entry(base.clone()).or_insert(2);
            while !anchors.insert(id.as_str().into()) {
                id = format!("{base}-{n}");
                *n += 1;
            }
            heading.id = id.into();
        }
    }
}

/// Returns the ranges of struck-out words.
fn struck(nodes: &[Node]) -> Box<[Range<u32>]> {
    let (mut struck, mut open): (Vec<Range<u32>>, u32) = (Vec::new(), 0);
    for node in nodes {
        match node {
            Node::Open(Element::Strikethrough) => open += 1,
            Node::Close(Element::Strikethrough) => open = open.saturating_sub(1),
            Node::Text(start, end) | Node::Code(start, end) if open > 0 => match struck.last_mut() {
                Some(last) if last.end == *start => last.end = *end,
                _ => struck.push(*start..*end),
            },
            _ => {}
        }
    }
    struck.into()
}
