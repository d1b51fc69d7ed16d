//! The gaps between the parser's events -> words that would be on no page, reported and where possible put back.
//!
//! The parser's events cover the source in order. Between them are marks, and whatever the grammar drops: cells beyond
//! a table's columns, definitions that no link uses, attributes of a heading.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::Reader;
use crate::diagnostic::Code;
use crate::read::body::{Element, Node};

/// How far the parser's events have covered the source.
#[derive(Default)]
pub(super) struct Reach {
    /// All bytes before this one are covered.
    at: usize,
    /// Link definitions in use: the first byte of each, and the byte after its last.
    used: BTreeMap<usize, usize>,
    /// Whether the open heading has attributes other than an anchor.
    has_attributes: bool,
}

impl Reach {
    /// Finds out which definitions are used. A text without definitions is not parsed for it.
    pub(super) fn new(source: &str, options: Options) -> Reach {
        let mut reach = Reach::default();
        if memchr::memmem::find(source.as_bytes(), b"]:").is_none() {
            return reach;
        }
        let parser = Parser::new_ext(source, options);
        if parser.reference_definitions().iter().next().is_none() {
            return reach;
        }
        let mut labels = Vec::new();
        for event in parser {
            if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = event {
                labels.push(id);
            }
        }
        let parser = Parser::new_ext(source, options);
        let definitions = parser.reference_definitions();
        let used = labels.iter().filter_map(|label| definitions.get(label)).map(|found| found.span.clone());
        reach.used = used.map(|span| (span.start, span.end)).collect();
        reach
    }

    /// Returns whether a link uses the definition that starts at a byte.
    pub(super) fn uses(&self, start: usize) -> bool {
        self.used.contains_key(&start)
    }
}

impl<'a> Reader<'a> {
    /// Records how far an event reaches, and reports words before it that no event covered.
    pub(super) fn track(&mut self, event: &Event<'a>, range: &Range<usize>) {
        match event {
            Event::End(TagEnd::Link | TagEnd::Image) => self.reach.at = self.reach.at.max(range.end),
            Event::End(_) => self.skip_to(range.end),
            _ => self.skip_to(range.start),
        }
        // How far the event covers the source. What lies between this and the next event was dropped by the grammar.
        let reached = match event {
            // The mark of an item (`1.`) and the label of a note (`[^1]:`) come with no event, but are not lost words.
            Event::Start(Tag::Item) => {
                let mark = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | '+' | '*');
                let item = &self.source[range.clone()];
                let spaces = item.len() - item.trim_start().len();
                range.start + spaces + item[spaces..].find(|c| !mark(c)).unwrap_or(0)
            }
            Event::Start(Tag::FootnoteDefinition(_)) => {
                range.start + self.source[range.clone()].find("]:").map_or(0, |at| at + 2)
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                if language.trim().contains(char::is_whitespace) {
                    let message = format!("`{language}` is read as the name of a language here, so it is not shown");
                    self.problem(Code::DroppedWords, range.start, message, "move the words below the ``` line");
                }
                range.start + self.source[range.clone()].find('\n').unwrap_or(range.len())
            }
            Event::Start(Tag::Heading { classes, attrs, .. }) => {
                let is_tag = attrs.iter().any(|(key, _)| &**key == "topics");
                self.reach.has_attributes = !(is_tag || classes.is_empty() && attrs.is_empty());
                range.start
            }
            Event::Start(_) => range.start,
            _ => range.end,
        };
        self.reach.at = self.reach.at.max(reached);
    }

    /// Reports words between what events have covered and a byte of the source.
    pub(super) fn skip_to(&mut self, end: usize) {
        let start = self.reach.at;
        self.reach.at = start.max(end);
        if start >= end || !self.source[start..end].contains(char::is_alphanumeric) {
            return;
        }
        let used: Vec<(usize, usize)> = self.reach.used.range(start..end).map(|(from, to)| (*from, *to)).collect();
        let mut at = start;
        // A definition in use is not lost: its address is in the link.
        for (from, to) in used.into_iter().chain([(end, end)]) {
            for line in lines(self.source, at..from.max(at)) {
                self.report_skipped(&line);
            }
            at = at.max(to);
        }
    }

    fn report_skipped(&mut self, line: &Range<usize>) {
        let source: &'a str = self.source;
        let words = source[line.clone()].trim().trim_end_matches('|').trim();
        match self.open.last() {
            // Words beyond the last column are kept: they go into the last cell.
            Some(Element::TableRow | Element::TableHead) => {
                let message = format!("the table has no column for `{}`", words.trim_start_matches('|').trim());
                let help = "give the table's first two lines as many columns, or write \\| for a line within a cell";
                self.problem(Code::DroppedWords, line.start, message, help);
                self.put_into_cell(words);
            }
            Some(Element::Heading(_)) => {
                if std::mem::take(&mut self.reach.has_attributes) {
                    let message =
                        format!("`{words}` is shown as text, because the only attribute of a heading is an anchor");
                    self.problem(
                        Code::DroppedWords,
                        line.start,
                        message,
                        "write {#name} for an anchor, or \\{ for a bracket",
                    );
                    self.words(" ");
                    self.words(words);
                }
            }
            // A link without words, which has its own diagnostic.
            _ if words.starts_with("[[") => {}
            _ => {
                let message = format!("no link uses `{words}`, so it is not shown on any page");
                let help = "delete it; to make a footnote, write [^1] in the text and [^1]: before the note";
                self.problem(Code::DroppedWords, line.start, message, help);
            }
        }
    }

    /// Appends words to the last cell of the row.
    fn put_into_cell(&mut self, words: &str) {
        let closing = match self.nodes.last() {
            Some(Node::Close(Element::TableCell(_))) => self.nodes.pop(),
            _ => return,
        };
        if self.text.ends_with('\n') {
            self.text.pop();
        }
        self.words(if words.starts_with('|') { " " } else { " | " });
        self.words(words);
        self.text.push('\n');
        self.nodes.extend(closing);
    }
}

/// Returns the lines of a range of the source that have words.
fn lines(source: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    for line in source[range].split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>', '\n']);
        if bare.contains(char::is_alphanumeric) {
            found.push(start + line.len() - bare.len()..start + line.trim_end().len());
        }
        start += line.len();
    }
    found
}
