//! Markdown -> `Body`.
//!
//! `pulldown-cmark` parses. Its events become nodes over one text here: paragraphs are counted, headings get anchors,
//! footnotes get numbers, bare URLs become links, and raw HTML is handled as site.toml asks.

mod elements;
mod finish;
mod lost;
mod mend;
mod notes;
mod prefix;
mod printed;
mod quoted;
mod quotes;
mod raw;
mod tags;
mod targets;
#[cfg(test)]
mod tests;
mod urls;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::body::{Body, Element, Footnote, Heading, Link, Node, Paragraph, Tagged, Target};
use super::text::{self, Lines};
use crate::config::Html;
use crate::diagnostic::Code;
use crate::language::scripts::is_east_asian;
use crate::read::numbering::Numbering;
use lost::Reach;
use mend::{JOINT, Mended};
use notes::Notices;
pub use prefix::number_alone;
use printed::Item;
use quotes::Quote;
pub use raw::addresses;
use targets::{plain_target, wiki_target};

/// A problem in the text: what is wrong, and where in the file.
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
    /// Line of the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// Parses Markdown that begins on line `first_line` of its file.
pub fn parse(source: &str, first_line: u32, html: Html, smart_punctuation: bool) -> (Body, Vec<Problem>) {
    parse_numbered(source, first_line, html, smart_punctuation, None)
}

/// Parses Markdown like [`parse`]; `numbering` is what front matter says about the paragraphs' labels.
pub fn parse_numbered(
    source: &str,
    first_line: u32,
    html: Html,
    smart_punctuation: bool,
    numbering: Option<Numbering>,
) -> (Body, Vec<Problem>) {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart_punctuation);
    // CommonMark silently drops words, for example all that follows an unclosed comment, so the source is repaired
    // first.
    let mended = mend::mend(source, options, html);
    let mut reader = Reader::new(source, &mended, first_line, html);
    reader.reach = Reach::new(&mended.text, options);
    let parser = Parser::new_ext(&mended.text, options);
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition);
    // A definition that no link uses still names a file, which must not be published if the statement is kept back.
    let unused = definitions.filter(|definition| !reader.reach.uses(definition.span.start));
    reader.unlinked = unused.map(|definition| plain_target(&definition.dest)).collect();
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish(numbering)
}

/// Returns whether a fenced code block lacks its closing fence. Within a quotation, each line begins with `>`.
fn is_unclosed(block: &str) -> bool {
    let bare = |line: &str| line.trim_matches([' ', '\t', '>']).to_owned();
    let mut lines = block.trim_end().lines().map(bare);
    let fence: String = lines.next().unwrap_or_default().chars().take_while(|c| matches!(c, '`' | '~')).collect();
    let is_fence = |line: &String| line.starts_with(&fence) && line.chars().all(|c| fence.starts_with(c));
    !lines.next_back().as_ref().is_some_and(is_fence)
}

/// The body as it grows, and the elements that surround the current event.
struct Reader<'a> {
    /// The text that is parsed.
    source: &'a str,
    /// The same text with a map of its bytes to those of the file.
    mended: &'a Mended<'a>,
    first_line: u32,
    lines: Lines<'a>,
    html: Html,
    text: String,
    nodes: Vec<Node>,
    paragraphs: Vec<Paragraph>,
    headings: Vec<Heading>,
    links: Vec<Link>,
    unlinked: Vec<Target>,
    tags: Vec<Tagged>,
    footnotes: Vec<Footnote>,
    /// Index of each footnote in `footnotes`, by its label.
    labels: HashMap<Box<str>, u32>,
    asides: Vec<Box<str>>,
    problems: Vec<Problem>,
    /// Open elements, the innermost last.
    open: Vec<Element>,
    /// Open list items: index of the opening node, and whether the item already has a paragraph.
    items: Vec<(usize, bool)>,
    /// Open ordered lists: the number of the next item.
    numbers: Vec<Option<u32>>,
    /// The item of a top-level ordered list that was just opened and has no paragraph yet.
    item: Option<Item>,
    /// Such items by their first paragraph.
    numbered: BTreeMap<u32, Item>,
    /// How many lists have begun so far.
    lists: u32,
    paragraph: Option<u32>,
    /// Consecutive words not yet written, each with its bytes in the source: a bare URL may span several of them.
    run: Vec<(CowStr<'a>, Range<usize>)>,
    html_block: Option<(String, usize)>,
    explicit_id: Option<Box<str>>,
    cell: u16,
    /// Straight quotation marks of the open block.
    quotes: Vec<Quote>,
    reach: Reach,
    notices: Notices,
}

impl<'a> Reader<'a> {
    fn new(original: &'a str, mended: &'a Mended<'a>, first_line: u32, html: Html) -> Self {
        let source = &*mended.text;
        Reader {
            source,
            mended,
            first_line,
            lines: Lines::new(original, first_line),
            html,
            text: String::with_capacity(source.len()),
            nodes: Vec::with_capacity(source.len() / 100),
            paragraphs: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            unlinked: Vec::new(),
            tags: Vec::new(),
            footnotes: Vec::new(),
            labels: HashMap::new(),
            asides: Vec::new(),
            problems: Vec::new(),
            open: Vec::new(),
            items: Vec::new(),
            numbers: Vec::new(),
            item: None,
            numbered: BTreeMap::new(),
            lists: 0,
            paragraph: None,
            run: Vec::new(),
            html_block: None,
            explicit_id: None,
            cell: 0,
            quotes: Vec::new(),
            reach: Reach::default(),
            notices: Notices::default(),
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        // The parser also strikes out words between single tildes, but `5~10 and 20~30` are ranges.
        let (event, range) = self.without_single_tilde(event, range);
        self.track(&event, &range);
        let event = match event {
            Event::Text(text) if self.html_block.is_none() && text.contains(JOINT) => {
                return self.joined(&text, &range);
            }
            Event::Text(text) if self.html_block.is_none() => {
                self.check_words(&text, &range);
                // The file was checked for control characters; only an entity such as `&#1;` can still produce one.
                let written = self.source.get(range.clone()) == Some(&*text);
                let text = if written { text } else { self.without_controls(text, range.start) };
                // `[[topic:ppwt]]` reads as `ppwt` wherever no page replaces it with the target's title.
                let text = self.target_name().unwrap_or(text);
                return self.run.push((text, range));
            }
            other => other,
        };
        // Any event but text ends the current run of words: a tag such as `{topics="debris"}` can only be recognised
        // once the run is whole.
        self.take_tag(&event);
        self.end_run();
        match event {
            Event::Start(tag) => {
                self.check_block(&tag, range.start);
                if let Tag::CodeBlock(CodeBlockKind::Fenced(_)) = tag
                    && is_unclosed(&self.source[range.clone()])
                {
                    let help = "close it with a line like this one, or delete this line";
                    let message =
                        "the code block that starts here is never closed, so everything below is shown as code";
                    self.problem(Code::UnclosedCode, range.start, message.into(), help);
                }
                self.report_heading_tag(&tag, range.start);
                self.start(tag, range.start);
            }
            Event::End(tag) => self.end(tag),
            Event::Code(code) => {
                self.begin_words(range.start);
                let (from, until) = self.append(&code);
                self.nodes.push(Node::Code(from, until));
            }
            Event::SoftBreak => self.line_break(Node::SoftBreak),
            Event::HardBreak => self.line_break(Node::HardBreak),
            Event::Rule => self.nodes.push(Node::Rule),
            Event::Html(html) => match &mut self.html_block {
                Some((block, _)) => block.push_str(&html),
                None => self.inline_html(&html, range.start),
            },
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            // Each reference has its own anchor, so that a footnote can link back to all of them.
            Event::FootnoteReference(label) => {
                self.begin_words(range.start);
                let index = self.footnote(&label);
                let footnote = &mut self.footnotes[index as usize];
                footnote.mentions = footnote.mentions.saturating_add(1);
                self.nodes.push(Node::FootnoteMark(index, footnote.mentions));
            }
            Event::Text(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn without_controls(&mut self, words: CowStr<'a>, at: usize) -> CowStr<'a> {
        let Some((message, help)) = text::unfit(&words) else { return words };
        self.problem(Code::ControlCharacter, at, message, help);
        text::fit(&words).into_owned().into()
    }

    /// Returns the bare name of the innermost link's target, if the link has no words of its own.
    fn target_name(&self) -> Option<CowStr<'a>> {
        let Some(Element::Link(index)) = self.open.last() else { return None };
        let link = &self.links[*index as usize];
        let name = match &link.target {
            Target::Statement { id, .. } => id,
            Target::Record { name, .. } => name,
            _ => return None,
        };
        (!link.own_words).then(|| CowStr::from(name.to_string()))
    }

    fn in_footnote(&self) -> bool {
        self.open.iter().any(|element| matches!(element, Element::Footnote(_)))
    }

    fn begin_paragraph(&mut self, at: usize) -> u32 {
        let start = self.text.len() as u32;
        let line = self.place(at).0;
        let is_quoted = self.open.contains(&Element::Quotation);
        // Printed numbers can be assigned only once the whole text is read.
        self.paragraphs.push(Paragraph { text: start..start, line, printed: None, is_quoted });
        if let Some((_, has)) = self.items.last_mut() {
            *has = true;
        }
        let index = self.paragraphs.len() as u32 - 1;
        self.paragraph = Some(index);
        if let Some(item) = self.item.take() {
            self.numbered.insert(index, item);
        }
        index
    }

    fn end_paragraph(&mut self) {
        if let Some(index) = self.paragraph.take() {
            let end = self.text.trim_end().len().max(self.paragraphs[index as usize].text.start as usize);
            self.paragraphs[index as usize].text.end = end as u32;
        }
    }

    /// Prepares for words: directly in a list item, they make the item a paragraph.
    fn begin_words(&mut self, at: usize) {
        let Some(Element::Item(None)) = self.open.last() else { return };
        let Some(&(node, false)) = self.items.last() else { return };
        if self.in_footnote() {
            return;
        }
        let element = Element::Item(Some(self.begin_paragraph(at)));
        self.nodes[node] = Node::Open(element);
        if let Some(last) = self.open.last_mut() {
            *last = element;
        }
    }

    fn append(&mut self, words: &str) -> (u32, u32) {
        let start = self.text.len() as u32;
        self.text.push_str(words);
        (start, self.text.len() as u32)
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let (from, until) = self.append(words);
        match self.nodes.last_mut() {
            Some(Node::Text(_, end)) if *end == from => *end = until,
            _ => self.nodes.push(Node::Text(from, until)),
        }
    }

    fn line_break(&mut self, node: Node) {
        // Chinese and Japanese have no spaces between words, so their lines are joined without one.
        let unspaced = self.text.chars().next_back().is_some_and(is_east_asian);
        if node == Node::SoftBreak && unspaced {
            return;
        }
        self.text.push(' ');
        self.nodes.push(node);
    }

    fn aside(&mut self, text: &str) -> u32 {
        self.asides.push(text.into());
        self.asides.len() as u32 - 1
    }

    /// Returns the line and column of a byte of the source.
    fn place(&mut self, at: usize) -> (u32, u32) {
        self.lines.of(self.mended.original(at), self.first_line)
    }

    fn footnote(&mut self, label: &str) -> u32 {
        // The parser ignores the case of labels, so `[^A]` mentions the note `[^a]:`.
        let label = &*label.to_lowercase();
        if let Some(index) = self.labels.get(label) {
            return *index;
        }
        let index = self.footnotes.len() as u32;
        self.footnotes.push(Footnote { label: label.into(), mentions: 0 });
        self.labels.insert(label.into(), index);
        index
    }

    fn problem(&mut self, code: Code, at: usize, message: String, help: &'static str) {
        let (line, column) = self.place(at);
        self.problems.push(Problem { code, line, column, message, help });
    }

    fn link(&mut self, kind: LinkType, destination: &str, title: &str, own_words: bool, at: usize) -> u32 {
        let (destination, title) = (&*text::fit(destination), &*text::fit(title));
        let target = match kind {
            LinkType::WikiLink { .. } => wiki_target(destination),
            LinkType::Email => Target::External(format!("mailto:{destination}").into()),
            _ => plain_target(destination),
        };
        let is_nowhere = matches!(&target, Target::Relative { path, fragment: None } if path.trim().is_empty());
        if is_nowhere {
            let help = "write the target in the brackets: [words](a.md), or [[id]]";
            self.problem(Code::EmptyLink, at, "the link leads nowhere".into(), help);
        }
        let target = if is_nowhere { Target::Nowhere } else { target };
        if target == Target::Refused {
            let message = format!("the link to `{destination}` was dropped, because it may be unsafe");
            self.problem(Code::UnsafeLink, at, message, "use https:, http:, mailto: or tel:, or a path");
        }
        let (line, column) = self.place(at);
        let link = Link { target, title: title.into(), own_words, line, column, paragraph: self.paragraph };
        self.links.push(link);
        self.links.len() as u32 - 1
    }

    /// Reports a link without words, which nobody can follow.
    fn report_empty_link(&mut self, index: u32) {
        let Link { line, column, .. } = self.links[index as usize];
        let help = "write words for it: [words](a.md) or [[id|words]]; [[id]] alone shows the target's title";
        let message = "the link has no words".into();
        self.problems.push(Problem { code: Code::EmptyLink, line, column, message, help });
    }
}
