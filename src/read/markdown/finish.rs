//! A body whose last words are read -> the same with what only the whole can tell: the numbers of footnotes, the anchors
//! of headings, the numbers printed before paragraphs.

use std::collections::BTreeSet;

use super::{Problem, Reader};
use crate::read::body::{Body, Element, Node};
use crate::read::lock::is_number;

impl Reader<'_> {
    pub(super) fn finish(mut self) -> (Body, Vec<Problem>) {
        self.end_run();
        self.end_paragraph();
        self.number_footnotes();
        self.name_headings();
        self.keep_printed_numbers();
        self.text.shrink_to_fit();
        let body = Body {
            text: self.text.into(),
            nodes: self.nodes.into(),
            paragraphs: self.paragraphs.into(),
            headings: self.headings.into(),
            links: self.links.into(),
            tags: self.tags.into(),
            footnotes: self.footnotes.into(),
            asides: self.asides.into(),
        };
        (body, self.problems)
    }

    /// Numbers footnotes by their first mention; those never mentioned come last.
    fn number_footnotes(&mut self) {
        let mut order: Vec<u32> = Vec::with_capacity(self.footnotes.len());
        for node in &self.nodes {
            if let Node::FootnoteMark(index, _) = node
                && !order.contains(index)
            {
                order.push(*index);
            }
        }
        order.extend((0..self.footnotes.len() as u32).filter(|index| self.footnotes[*index as usize].mentions == 0));
        let new = |old: u32| order.iter().position(|index| *index == old).unwrap_or_default() as u32;
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

    /// Makes every heading's anchor differ from all others and from the paragraphs' `pN`, the footnotes' `fn-N` and
    /// their mentions' `fnref-N`.
    fn name_headings(&mut self) {
        let mut anchors: BTreeSet<Box<str>> = BTreeSet::new();
        for heading in &mut self.headings {
            let mut base: String = heading.id.chars().filter(|c| !c.is_whitespace()).collect();
            let numbered =
                base.strip_prefix('p').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) || is_number(rest));
            let taken = ["fn-", "fnref-", "page-"].iter().any(|prefix| base.starts_with(prefix));
            if base.is_empty() || numbered || taken {
                base = format!("section-{base}").trim_end_matches('-').to_owned();
            }
            let mut id = base.clone();
            let mut n = 2;
            while !anchors.insert(id.as_str().into()) {
                id = format!("{base}-{n}");
                n += 1;
            }
            heading.id = id.into();
        }
    }

    /// Keeps the printed numbers if they are the text's own: unique and rising, on two thirds of the paragraphs or more.
    /// A list of three points in a long speech is a list, not a numbering.
    fn keep_printed_numbers(&mut self) {
        let mut prefixes: Vec<Option<u32>> = vec![None; self.paragraphs.len()];
        for (i, paragraph) in self.paragraphs.iter_mut().enumerate() {
            let words = &self.text[paragraph.text.start as usize..paragraph.text.end as usize];
            let digits = words.bytes().take_while(u8::is_ascii_digit).count();
            let followed = words[digits..].strip_prefix('.').is_some_and(|rest| rest.starts_with([' ', '\t']));
            if paragraph.printed.is_none() && (1..=3).contains(&digits) && followed {
                paragraph.printed = words[..digits].parse().ok();
                prefixes[i] = Some(paragraph.text.start + digits as u32 + 2);
            }
        }
        let numbers: Vec<u32> = self.paragraphs.iter().filter_map(|paragraph| paragraph.printed).collect();
        let own = numbers.len() >= 2
            && numbers.len() * 3 >= self.paragraphs.len() * 2
            && numbers.windows(2).all(|w| w[0] < w[1]);
        if !own {
            for paragraph in &mut self.paragraphs {
                paragraph.printed = None;
            }
            return;
        }
        // A number that stands in the words is shown as the paragraph's number, not twice.
        for (paragraph, prefix) in self.paragraphs.iter().zip(prefixes) {
            let Some(prefix) = prefix else { continue };
            let first = self.nodes.iter_mut().find_map(|node| match node {
                Node::Text(from, until) if *from == paragraph.text.start && *until > prefix => Some(from),
                _ => None,
            });
            if let Some(from) = first {
                *from = prefix;
            }
        }
    }
}
