//! `{topics="ppwt, debris"}` at the end of a paragraph -> the topics that an editor gave this paragraph.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Reader;
use super::elements::is_block;
use crate::diagnostic::Code;
use crate::read::body::{Element, Node, Tagged};
use crate::read::fields::Named;

const HELP: &str =
    "write {topics=\"debris, ppwt\"} at the very end of a statement's paragraph; to show the brackets, write \\{";

impl Reader<'_> {
    /// Removes the tag from the gathered words, if `event` ends their paragraph and they end with a tag.
    pub(super) fn take_tag(&mut self, event: &Event<'_>) {
        let ends = match event {
            Event::End(TagEnd::Paragraph | TagEnd::Item) => true,
            Event::Start(tag) => is_block(tag),
            _ => false,
        };
        let in_paragraph = matches!(self.open.last(), Some(Element::Paragraph(_) | Element::Item(_)));
        let (Some(first), Some(last)) = (self.run.first(), self.run.last()) else { return };
        let span = first.1.start..last.1.end;
        if !ends || !in_paragraph || self.in_footnote() || !self.source[span.clone()].ends_with('}') {
            return;
        }
        let Some((start, topics)) = tag(self.source, &span) else { return };
        let Some(words) = cut(&self.run, start) else { return };
        // A paragraph of nothing but a tag has no words to give topics to.
        let began = self.paragraph.is_some_and(|at| self.text.len() as u32 > self.paragraphs[at as usize].text.start);
        if words.is_empty() && !began {
            return;
        }
        // Drop the tag, and the line break before it if it was on a line of its own.
        self.run = words;
        if self.run.is_empty() && self.nodes.last() == Some(&Node::SoftBreak) {
            self.nodes.pop();
        }
        self.end_run();
        let Some(paragraph) = self.paragraph else { return };
        for range in topics {
            let (line, column) = self.place(range.start);
            let topic = Named { text: self.source[range].into(), line, column };
            self.tags.push(Tagged { paragraph, topic });
        }
    }

    /// Reports a tag where none is read.
    pub(super) fn report_stray_tag(&mut self, at: usize) {
        self.problem(Code::StrayTag, at, "these topics are not at the end of a paragraph".into(), HELP);
    }

    /// Reports topics among the attributes of a heading.
    pub(super) fn report_heading_tag(&mut self, heading: &Tag<'_>, at: usize) {
        if let Tag::Heading { attrs, .. } = heading
            && let Some((_, topics)) = attrs.iter().find(|(key, _)| &**key == "topics")
        {
            let topics = topics.as_deref().unwrap_or_default();
            let message = format!("the topics `{topics}` are ignored, because a heading has no topics");
            self.problem(Code::StrayTag, at, message, HELP);
        }
    }
}

/// Returns the byte at which the tag at the end of `span` starts, and the ranges of its topics.
fn tag(source: &str, span: &Range<usize>) -> Option<(usize, Vec<Range<usize>>)> {
    let words = &source[span.clone()];
    let start = words.rfind('{')?;
    let inner = words[start + 1..].strip_suffix('}')?;
    let list = inner.trim_start().strip_prefix("topics")?.trim_start().strip_prefix('=')?;
    let is_quote = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '„') || c.is_whitespace();
    let names = list.split(',').map(|name| name.trim_matches(is_quote)).filter(|name| !name.is_empty());
    let place = |name: &str| name.as_ptr() as usize - source.as_ptr() as usize;
    let names: Vec<Range<usize>> = names.map(|name| place(name)..place(name) + name.len()).collect();
    let start = span.start + start;
    (!names.is_empty() && !source[..start].ends_with('\\')).then_some((start, names))
}

/// A stretch of words with its bytes in the source.
type Piece<'a> = (CowStr<'a>, Range<usize>);

/// Returns the words before a byte of the source, without trailing space, or `None` if they cannot be cut there.
fn cut<'a>(run: &[Piece<'a>], at: usize) -> Option<Vec<Piece<'a>>> {
    let mut before: Vec<Piece<'a>> = run.iter().filter(|(_, range)| range.start < at).cloned().collect();
    if let Some((words, range)) = before.last_mut() {
        let end = range.end.min(at);
        if words.len() != range.len() {
            return (end == range.end).then_some(before);
        }
        let kept = words[..end - range.start].trim_end().to_owned();
        range.end = range.start + kept.len();
        *words = kept.into();
    }
    before.retain(|(words, _)| !words.is_empty());
    Some(before)
}
