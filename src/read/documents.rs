//! The words of a text -> the documents that they cite by symbol: `A/RES/72/27`, "resolution 1540 (2004)".
//!
//! A full symbol is a citation wherever it is; a bare number ("72/27") is a resolution only if the words around it say
//! so. Links, code and headings are left alone.

mod number;
mod symbol;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::body::{Body, Element, Node};
use crate::language::fold::{Folded, Folding};
pub use symbol::is_symbol;

/// A document cited by its symbol.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The words that cite it, a byte range of `Body::text`; empty for documents inside a range ("72/26 to 72/29").
    pub text: Range<u32>,
    /// The symbol in canonical form.
    pub symbol: Box<str>,
}

/// Finds the documents that a text cites, in reading order.
pub fn find(body: &Body) -> Box<[Citation]> {
    let folded = Folded::new(&body.text, Folding::SYMBOLS);
    let mut found = number::cited(folded.text());
    if !found.is_empty() {
        for (range, _) in &mut found {
            *range = folded.original_range(range);
        }
        let runs = Runs::of(body);
        found.retain(|(range, _)| runs.hold(range));
    }
    let citation = |(range, symbol): (Range<usize>, String)| Citation {
        text: range.start as u32..range.end as u32,
        symbol: symbol.into(),
    };
    found.into_iter().map(citation).collect()
}

/// The ranges of a body's words in which a link can be made: outside links, images, code, headings and tags shown as
/// text, and not across the boundary of an emphasis.
pub struct Runs(Vec<Range<usize>>);

impl Runs {
    /// Collects the ranges, in order.
    pub fn of(body: &Body) -> Runs {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let (mut closed, mut goes_on) = (0usize, false);
        for node in &body.nodes {
            match *node {
                Node::Open(element) if closes(element) => closed += 1,
                Node::Close(element) if closes(element) => closed = closed.saturating_sub(1),
                Node::Text(from, until) if closed == 0 => {
                    match runs.last_mut().filter(|_| goes_on) {
                        Some(run) => run.end = until as usize,
                        None => runs.push(from as usize..until as usize),
                    }
                    goes_on = true;
                    continue;
                }
                Node::Html(aside) => closed = count_raw(&body.asides[aside as usize], closed),
                Node::SoftBreak => continue,
                _ => {}
            }
            goes_on = false;
        }
        Runs(runs.into_iter().flat_map(|run| around_tags(&body.text, run)).collect())
    }

    /// Returns whether a link can be made around these words.
    pub fn hold(&self, words: &Range<usize>) -> bool {
        let at = self.0.partition_point(|run| run.end < words.end);
        self.0.get(at).is_some_and(|run| run.start <= words.start)
    }
}

/// Removes tags such as `{topics="debris"}` that were not read as tags from a range of words.
fn around_tags(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start) = (Vec::new(), run.start);
    while let Some(at) = text[start..run.end].find("{topics") {
        parts.push(start..start + at);
        start = text[start + at..run.end].find('}').map_or(run.end, |end| start + at + end);
    }
    parts.push(start..run.end);
    parts
}

/// Updates the count of open links and code elements for raw HTML.
fn count_raw(html: &str, closed: usize) -> usize {
    let lower = html.to_ascii_lowercase();
    let is = |mark: &str| lower.strip_prefix(mark).is_some_and(|rest| rest.starts_with([' ', '>', '\n']));
    if ["<a", "<code", "<pre"].into_iter().any(is) {
        closed + 1
    } else if ["</a", "</code", "</pre"].into_iter().any(is) {
        closed.saturating_sub(1)
    } else {
        closed
    }
}

fn closes(element: Element) -> bool {
    matches!(element, Element::Link(_) | Element::Image(_) | Element::CodeBlock(_) | Element::Heading(_))
}
