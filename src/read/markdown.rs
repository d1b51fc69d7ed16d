//! Markdown -> `Body`.
//!
//! `pulldown-cmark` parses. Here its events become nodes over one text; paragraphs are counted, headings get their
//! anchors, footnotes their numbers, bare URLs become links, and raw HTML is treated as site.toml says.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::body::{Body, Element, Footnote, Heading, Link, Node, Paragraph, Target};
use super::record::RecordKind;
use super::text::Lines;
use crate::config::Html;
use crate::diagnostic::Code;
use crate::path::slug;

/// A problem in the text: what, and where in the file.
pub struct Problem {
    pub code: Code,
    pub line: u32,
    pub column: u32,
    pub message: String,
    pub help: &'static str,
}

/// Parses Markdown that begins on line `first_line` of its file.
pub fn parse(source: &str, first_line: u32, html: Html, smart_punctuation: bool) -> (Body, Vec<Problem>) {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart_punctuation);
    let mut reader = Reader::new(source, first_line, html);
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.finish()
}

/// The body while it grows, and what the events are in.
struct Reader<'a> {
    source: &'a str,
    first_line: u32,
    lines: Lines<'a>,
    html: Html,
    text: String,
    nodes: Vec<Node>,
    paragraphs: Vec<Paragraph>,
    headings: Vec<Heading>,
    links: Vec<Link>,
    footnotes: Vec<Footnote>,
    asides: Vec<Box<str>>,
    problems: Vec<Problem>,
    /// Elements that are open, the innermost last.
    open: Vec<Element>,
    /// Open list items: index of the opening node, and whether the item has its paragraph.
    items: Vec<(usize, bool)>,
    /// Open ordered lists: the number of the next item.
    numbers: Vec<Option<u32>>,
    /// The number that the item just opened bears.
    printed: Option<u32>,
    paragraph: Option<u32>,
    /// Consecutive words not yet written, each with its bytes in the source: a bare URL may lie across them.
    run: Vec<(CowStr<'a>, Range<usize>)>,
    html_block: Option<(String, usize)>,
    anchors: BTreeSet<Box<str>>,
    explicit_id: Option<Box<str>>,
    cell: u16,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, first_line: u32, html: Html) -> Self {
        Reader {
            source,
            first_line,
            lines: Lines::new(source, first_line),
            html,
            text: String::with_capacity(source.len()),
            nodes: Vec::with_capacity(source.len() / 100),
            paragraphs: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            footnotes: Vec::new(),
            asides: Vec::new(),
            problems: Vec::new(),
            open: Vec::new(),
            items: Vec::new(),
            numbers: Vec::new(),
            printed: None,
            paragraph: None,
            run: Vec::new(),
            html_block: None,
            anchors: BTreeSet::new(),
            explicit_id: None,
            cell: 0,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) if self.html_block.is_none() => {
                // `[[topic:ppwt]]` reads as `ppwt` where no page puts the target's title in its place.
                let text = self.target_name().unwrap_or(text);
                return self.run.push((text, range));
            }
            other => other,
        };
        self.end_run();
        match event {
            Event::Start(tag) => self.start(tag, range.start),
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

    fn start(&mut self, tag: Tag<'a>, at: usize) {
        let block = !matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } | Tag::TableCell
        );
        if block {
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
            Tag::List(first) => {
                self.numbers.push(first.map(|first| u32::try_from(first).unwrap_or(1)));
                match self.numbers.last() {
                    Some(Some(first)) => Element::Ordered(*first),
                    _ => Element::Bulleted,
                }
            }
            Tag::Item => {
                let top = self.numbers.len() == 1 && !self.open.contains(&Element::Quotation);
                self.printed = None;
                if let Some(Some(number)) = self.numbers.last_mut() {
                    self.printed = top.then_some(*number);
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

    fn end(&mut self, tag: TagEnd) {
        if tag == TagEnd::HtmlBlock {
            return self.end_html_block();
        }
        let Some(element) = self.open.pop() else { return };
        match element {
            Element::Paragraph(_) => self.end_paragraph(),
            Element::Item(_) => {
                self.end_paragraph();
                self.items.pop();
            }
            Element::Ordered(_) | Element::Bulleted => {
                self.numbers.pop();
            }
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
        if !matches!(
            element,
            Element::Emphasis | Element::Strong | Element::Strikethrough | Element::Link(_) | Element::Image(_)
        ) && !self.text.ends_with('\n')
        {
            self.text.push('\n');
        }
        self.nodes.push(Node::Close(element));
    }

    /// Returns the bare name of what the innermost link leads to, if the link has no words of its own.
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
        let line = self.lines.of(at, self.first_line).0;
        self.paragraphs.push(Paragraph { text: start..start, line, printed: self.printed.take() });
        if let Some((_, has)) = self.items.last_mut() {
            *has = true;
        }
        let index = self.paragraphs.len() as u32 - 1;
        self.paragraph = Some(index);
        index
    }

    fn end_paragraph(&mut self) {
        if let Some(index) = self.paragraph.take() {
            let end = self.text.trim_end().len().max(self.paragraphs[index as usize].text.start as usize);
            self.paragraphs[index as usize].text.end = end as u32;
        }
    }

    /// Words follow: directly in a list item they make the item a paragraph.
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
        // Scripts without spaces between words are joined without one.
        let unspaced = self
            .text
            .chars()
            .next_back()
            .is_some_and(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'));
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

    fn footnote(&mut self, label: &str) -> u32 {
        let found = self.footnotes.iter().position(|footnote| *footnote.label == *label);
        found.unwrap_or_else(|| {
            self.footnotes.push(Footnote { label: label.into(), mentions: 0 });
            self.footnotes.len() - 1
        }) as u32
    }

    fn problem(&mut self, code: Code, at: usize, message: String, help: &'static str) {
        let (line, column) = self.lines.of(at, self.first_line);
        self.problems.push(Problem { code, line, column, message, help });
    }

    fn link(&mut self, kind: LinkType, destination: &str, title: &str, own_words: bool, at: usize) -> u32 {
        let target = match kind {
            LinkType::WikiLink { .. } => wiki_target(destination),
            LinkType::Email => Target::External(format!("mailto:{destination}").into()),
            _ => plain_target(destination),
        };
        if target == Target::Refused {
            let message = format!("the link to `{destination}` is not made");
            self.problem(
                Code::UnsafeLink,
                at,
                message,
                "links may begin with https:, http:, mailto: or tel:, or be paths",
            );
        }
        let (line, column) = self.lines.of(at, self.first_line);
        let link = Link { target, title: title.into(), own_words, line, column, paragraph: self.paragraph };
        self.links.push(link);
        self.links.len() as u32 - 1
    }

    /// Writes the words gathered, with what looks like a URL in them as a link.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        self.begin_words(first.1.start);
        let span = first.1.start..last.1.end;
        let linkable =
            !self.open.iter().any(|e| matches!(e, Element::Link(_) | Element::Image(_) | Element::CodeBlock(_)))
                && memchr::memmem::find(&self.source.as_bytes()[span.clone()], b"://").is_some();
        let mut urls: Vec<Range<usize>> = Vec::new();
        if linkable {
            let mut finder = LinkFinder::new();
            finder.kinds(&[LinkKind::Url]);
            let found = finder.links(&self.source[span.clone()]);
            urls.extend(found.map(|link| link.start() + span.start..link.end() + span.start));
            urls.retain(|url| matches!(plain_target(&self.source[url.clone()]), Target::External(_)));
        }
        let mut urls = urls.into_iter().peekable();
        for (words, range) in run {
            // A word that is written as it stands in the source can be cut where a URL begins or ends.
            let verbatim = self.source.get(range.clone()) == Some(&*words);
            let mut at = range.start;
            while at < range.end {
                let Some(url) = urls.peek().filter(|url| url.start < range.end).cloned() else {
                    let rest = if verbatim {
                        &words[at - range.start..]
                    } else if at == range.start {
                        &*words
                    } else {
                        ""
                    };
                    self.words(rest);
                    break;
                };
                if at < url.start {
                    let until = if verbatim { url.start } else { range.end };
                    self.words(if verbatim { &words[at - range.start..until - range.start] } else { &words });
                    at = until;
                } else if at == url.start {
                    self.bare_url(&url);
                    at = url.end.min(range.end);
                } else {
                    at = url.end.min(range.end);
                }
                if at >= url.end {
                    urls.next();
                }
            }
        }
    }

    fn bare_url(&mut self, range: &Range<usize>) {
        let url = unescape(&self.source[range.clone()]);
        let index = self.link(LinkType::Autolink, &url, "", true, range.start);
        self.nodes.push(Node::Open(Element::Link(index)));
        self.words(&url);
        self.nodes.push(Node::Close(Element::Link(index)));
    }

    fn inline_html(&mut self, html: &str, at: usize) {
        if is_comment(html) {
            return;
        }
        self.begin_words(at);
        if self.html == Html::Escape {
            self.escaped(html, at);
            self.words(html);
        } else {
            let aside = self.aside(html);
            self.nodes.push(Node::Html(aside));
        }
    }

    fn end_html_block(&mut self) {
        let Some((html, at)) = self.html_block.take() else { return };
        if is_comment(&html) {
            return;
        }
        if self.html == Html::Escape {
            self.escaped(&html, at);
            let footnote = self.in_footnote();
            let element = if footnote { Element::PlainParagraph } else { Element::Paragraph(self.begin_paragraph(at)) };
            self.nodes.push(Node::Open(element));
            let mut lines = html.trim_end().lines();
            if let Some(first) = lines.next() {
                self.words(first);
            }
            for line in lines {
                self.line_break(Node::HardBreak);
                self.words(line.trim_start());
            }
            self.end_paragraph();
            self.text.push('\n');
            self.nodes.push(Node::Close(element));
        } else {
            let aside = self.aside(&html);
            self.nodes.push(Node::Html(aside));
        }
    }

    /// Says once a file that HTML is shown as text.
    fn escaped(&mut self, html: &str, at: usize) {
        if self.problems.iter().all(|problem| problem.code != Code::EscapedHtml) {
            let tag: String = html.trim().chars().take(40).take_while(|c| *c != '\n').collect();
            let help = "write it in Markdown, or set html = \"sanitize\" in site.toml; to show it as text, put it in `backticks`";
            self.problem(Code::EscapedHtml, at, format!("the HTML `{tag}` is shown as text"), help);
        }
    }

    fn finish(mut self) -> (Body, Vec<Problem>) {
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

    /// Makes every heading's anchor differ from all others and from the paragraphs' `pN` and the footnotes' `fn-N`.
    fn name_headings(&mut self) {
        for heading in &mut self.headings {
            let mut base: String = heading.id.chars().filter(|c| !c.is_whitespace()).collect();
            let numbered = base.strip_prefix('p').is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
            if base.is_empty() || numbered || base.starts_with("fn-") || base.starts_with("page-") {
                base = format!("section-{base}").trim_end_matches('-').to_owned();
            }
            let mut id = base.clone();
            let mut n = 2;
            while !self.anchors.insert(id.as_str().into()) {
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

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->") && html.len() >= 7
}

/// Takes the backslashes of Markdown's escapes out of a URL.
fn unescape(url: &str) -> Cow<'_, str> {
    if !url.contains('\\') {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len());
    let mut chars = url.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' || !chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn split_fragment(text: &str) -> (&str, Option<Box<str>>) {
    match text.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.into())),
        None => (text, None),
    }
}

/// `[[id#p7]]`, `[[topic:ppwt]]`.
fn wiki_target(destination: &str) -> Target {
    let destination = destination.trim();
    if let Some((word, name)) = destination.split_once(':')
        && let Some(kind) = RecordKind::of_word(word.trim())
    {
        return Target::Record { kind, name: name.trim().into() };
    }
    let (id, fragment) = split_fragment(destination);
    match (id.is_empty(), fragment) {
        (true, Some(fragment)) => Target::Fragment(fragment),
        (_, fragment) => Target::Statement { id: id.into(), fragment },
    }
}

fn plain_target(destination: &str) -> Target {
    let scheme = destination.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).filter(|scheme| {
        scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    });
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Target::External(destination.into()),
        Some(_) => return Target::Refused,
        None => {}
    }
    if destination.starts_with("//") {
        return Target::Refused;
    }
    if let Some(fragment) = destination.strip_prefix('#') {
        return Target::Fragment(fragment.into());
    }
    if destination.starts_with('/') {
        return Target::Rooted(destination.into());
    }
    let (path, fragment) = split_fragment(destination);
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    Target::Relative { path: path.as_ref().into(), fragment }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(source: &str) -> Body {
        parse(source, 1, Html::Escape, true).0
    }

    fn paragraphs(source: &str) -> Vec<String> {
        let body = body(source);
        body.paragraphs.iter().map(|paragraph| body.words(&paragraph.text).to_owned()).collect()
    }

    #[test]
    fn paragraphs_list_items_and_quoted_paragraphs_count_and_nothing_else() {
        for (source, expect) in [
            ("# Head\n\nOne\ntwo.\n\nThree.", vec!["One two.", "Three."]),
            ("- a\n- b\n  - c\n", vec!["a", "b", "c"]),
            ("1. a\n\n   b\n\n2. c\n", vec!["a", "b", "c"]),
            ("> said\n>\n> more\n\nend", vec!["said", "more", "end"]),
            ("A[^1].\n\n[^1]: Note.\n\nB.", vec!["A.", "B."]),
            ("|a|b|\n|-|-|\n|c|d|\n\nText.", vec!["Text."]),
            ("第一段\n接着", vec!["第一段接着"]),
            ("*Emphatic* start", vec!["Emphatic start"]),
            ("- *a* b\n- `c`\n", vec!["a b", "c"]),
            ("verse one  \nverse two", vec!["verse one verse two"]),
            ("<!-- a remark -->\n\nText", vec!["Text"]),
        ] {
            assert_eq!(paragraphs(source), expect, "{source}");
        }
    }

    #[test]
    fn printed_numbers_are_kept_where_they_are_the_texts_own() {
        let printed = |source| body(source).paragraphs.iter().map(|p| p.printed).collect::<Vec<_>>();
        assert_eq!(printed("1. a\n2. b\n\n# H\n\n3. c\n"), [Some(1), Some(2), Some(3)]);
        assert_eq!(printed("22\\. The peoples\n\n23\\. of"), [Some(22), Some(23)]);
        assert_eq!(printed("x\n\ny\n\n1. a\n2. b\n"), [None; 4]);
        assert_eq!(printed("1. a\n2. b\n\n# H\n\n1. c\n"), [None; 3]);
    }

    #[test]
    fn links_are_sorted_by_what_they_could_mean() {
        let target = |source: &str| body(source).links[0].target.clone();
        assert_eq!(target("[[a#p7|w]]"), Target::Statement { id: "a".into(), fragment: Some("p7".into()) });
        assert_eq!(target("[[topic:ppwt]]"), Target::Record { kind: RecordKind::Topic, name: "ppwt".into() });
        assert_eq!(target("[x](../a.md#p1)"), Target::Relative { path: "../a.md".into(), fragment: Some("p1".into()) });
        assert_eq!(target("[x](javascript:alert(1))"), Target::Refused);
        assert_eq!(target("[x](/about/)"), Target::Rooted("/about/".into()));
        assert_eq!(target("<a@b.org>"), Target::External("mailto:a@b.org".into()));
    }

    #[test]
    fn bare_urls_are_linked_as_written() {
        for (source, urls, text) in [
            ("See https://a.org/x--y_z. End", vec!["https://a.org/x--y_z"], "See https://a.org/x--y_z. End"),
            ("See (https://a.org/b).", vec!["https://a.org/b"], "See (https://a.org/b)."),
            (
                "https://a.org/x\\_y and \"https://b.org\"",
                vec!["https://a.org/x_y", "https://b.org"],
                "https://a.org/x_y and “https://b.org”",
            ),
            ("`https://a.org`", vec![], "https://a.org"),
            ("[w](https://a.org)", vec!["https://a.org"], "w"),
            ("it's https://a.org/b's -- so", vec!["https://a.org/b's"], "it’s https://a.org/b's – so"),
        ] {
            let body = body(source);
            let found: Vec<&str> = body
                .links
                .iter()
                .map(|link| match &link.target {
                    Target::External(url) => &**url,
                    _ => "?",
                })
                .collect();
            assert_eq!(found, urls, "{source}");
            assert_eq!(body.text.trim_end(), text);
        }
    }

    #[test]
    fn anchors_of_headings_differ_from_each_other_and_from_the_paragraphs() {
        let ids = |source| body(source).headings.iter().map(|h| h.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids("# P7\n\n# A b\n\n# A b\n\n# Own {#mine}\n"), ["section-p7", "a-b", "a-b-2", "mine"]);
    }

    #[test]
    fn footnotes_are_numbered_by_their_first_mention() {
        let body = body("[^b]: B.\n\nx[^a] y[^b] z[^a]\n\n[^a]: A.\n");
        let labels: Vec<_> = body.footnotes.iter().map(|f| (f.label.to_string(), f.mentions)).collect();
        assert_eq!(labels, [("a".into(), 2), ("b".into(), 1)]);
    }

    #[test]
    fn raw_html_is_text_and_said_once() {
        let (body, problems) = parse("a <b>c</b>\n\n<div>\nd\n</div>\n", 5, Html::Escape, true);
        assert_eq!(body.words(&body.paragraphs[0].text), "a <b>c</b>");
        assert_eq!(body.words(&body.paragraphs[1].text), "<div> d </div>");
        assert_eq!(
            problems.iter().map(|p| (p.code, p.line, p.column)).collect::<Vec<_>>(),
            [(Code::EscapedHtml, 5, 3)]
        );
    }
}
