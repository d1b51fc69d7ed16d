//! Nodes of a body -> the HTML of each.

mod footnotes;
mod links;
mod lists;
pub(super) mod mentions;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use ammonia::Builder;

use super::escape::{attribute, quoted, text};
use super::sanitize::{cleaner, swallows};
use super::{Writer, block_end};
use crate::config;
use crate::read::body::{Body, Element, Node};
use crate::read::markdown::number_alone;
use crate::read::paragraph::{ParagraphRef, UNNUMBERED};
use crate::render::words::Arg;
use lists::{OpenList, labelled, number_before};

/// The number of nodes of a list that is only a number: the list and its item, opened and closed.
const LONE_NUMBER: usize = 4;

/// The HTML written so far, and the state of the walk.
pub(super) struct Walk<'a> {
    writer: Writer<'a>,
    pub(super) out: String,
    /// Added to the level of headings, so that the highest is `h2`.
    shift: u8,
    /// The printed number at the start of the open paragraph, if its label shows the same.
    shown_already: Range<u32>,
    /// The nodes that open a list whose numbers are shown as labels.
    labelled: BTreeSet<usize>,
    /// The open lists, the innermost last.
    lists: Vec<OpenList>,
    /// For each footnote, the nodes of its text. A label defined twice has two ranges.
    places: Vec<Vec<Range<usize>>>,
    /// For each footnote, which of its references are shown: those in an image's alternative text are not.
    mentions: Vec<Vec<u16>>,
    /// The end tags of the open links.
    link_ends: Vec<&'static str>,
    /// The columns of the open table.
    columns: &'a str,
    /// How many tables have been written.
    tables: usize,
    in_head: bool,
    in_rows: bool,
    pub(super) cleaner: Option<Builder<'static>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(writer: Writer<'a>) -> Self {
        let body = writer.body;
        let mut places = vec![Vec::new(); body.footnotes.len()];
        let mut mentions = vec![Vec::new(); body.footnotes.len()];
        let (mut images, mut raw) = (0usize, false);
        for (i, node) in body.nodes.iter().enumerate() {
            match *node {
                Node::Open(Element::Footnote(n)) => places[n as usize].push(i + 1..block_end(&body.nodes, i) - 1),
                Node::FootnoteMark(n, mention) if images == 0 => mentions[n as usize].push(mention),
                Node::Open(Element::Image(_)) => images += 1,
                Node::Close(Element::Image(_)) => images -= 1,
                Node::Html(_) => raw = true,
                _ => {}
            }
        }
        Walk {
            writer,
            out: String::with_capacity(body.text.len() + body.text.len() / 8 + body.paragraphs.len() * 64),
            shift: u8::from(body.headings.iter().any(|heading| heading.level == 1)),
            shown_already: 0..0,
            labelled: labelled(writer),
            lists: Vec::new(),
            places,
            mentions,
            link_ends: Vec::new(),
            columns: "",
            tables: 0,
            in_head: false,
            in_rows: false,
            cleaner: (raw && writer.policy == config::Html::Sanitize).then(|| cleaner(body)),
        }
    }

    pub(super) fn write(&mut self, range: Range<usize>) {
        let body = self.writer.body;
        let mut at = range.start;
        while at < range.end {
            match body.nodes[at] {
                Node::Text(from, until) => self.words(from, until),
                Node::Code(from, until) => {
                    self.out.push_str("<code>");
                    text(&mut self.out, &body.text[from as usize..until as usize]);
                    self.out.push_str("</code>");
                }
                Node::SoftBreak => self.out.push('\n'),
                Node::HardBreak => self.out.push_str("<br>\n"),
                Node::Rule => self.out.push_str("<hr>\n"),
                Node::Html(aside) => self.raw(&body.asides[aside as usize]),
                Node::FootnoteMark(index, mention) => self.mark(index, mention),
                // Footnotes are written at the end.
                Node::Open(Element::Footnote(_)) => {
                    at = block_end(&body.nodes, at);
                    continue;
                }
                Node::Open(Element::Image(index)) => {
                    let end = block_end(&body.nodes, at);
                    self.image(index, &plain_words(body, at..end));
                    at = end;
                    continue;
                }
                Node::Open(Element::Link(index)) => {
                    if let Some(title) = self.open_link(index) {
                        // Show the target's title; the link's own words only repeat the id.
                        text(&mut self.out, title);
                        self.close_link();
                        at = block_end(&body.nodes, at);
                        continue;
                    }
                }
                // Emphasis around a printed number is dropped with the number.
                Node::Open(Element::Emphasis | Element::Strong | Element::Strikethrough)
                    if self.is_shown_already(at + 1) =>
                {
                    at += 3;
                    continue;
                }
                Node::Open(Element::Paragraph(index)) if self.is_number_of_next(at, index) => {
                    let number = self.writer.numbers.map(|numbers| numbers.of(index)).unwrap_or_default();
                    let _ = writeln!(self.out, "<span id=\"p{number}\"></span>");
                    at = block_end(&body.nodes, at);
                    continue;
                }
                // A number on a line of its own: the next paragraph shows it.
                Node::Open(Element::Ordered(_)) if self.is_lone_number(at) => {
                    at += LONE_NUMBER;
                    continue;
                }
                Node::Open(Element::Ordered(first)) => self.open_list(first, at),
                Node::Open(Element::Item(index)) => self.open_item(index, at),
                Node::Open(element) => self.open(element),
                Node::Close(element) => self.close(element),
            }
            at += 1;
        }
    }

    fn open(&mut self, element: Element) {
        let body = self.writer.body;
        match element {
            Element::Paragraph(n) => self.open_paragraph("p", "", n),
            Element::PlainParagraph => self.out.push_str("<p>"),
            Element::Heading(index) => {
                let heading = &body.headings[index as usize];
                let _ = write!(self.out, "<h{}", (heading.level + self.shift).min(6));
                if !heading.id.is_empty() {
                    attribute(&mut self.out, "id", &heading.id);
                }
                self.out.push('>');
            }
            Element::Quotation => self.out.push_str("<blockquote>\n"),
            Element::CodeBlock(aside) => {
                self.out.push_str("<pre><code");
                let language = aside.and_then(|aside| body.asides[aside as usize].split_whitespace().next());
                if let Some(language) = language {
                    self.out.push_str(" class=\"language-");
                    quoted(&mut self.out, language);
                    self.out.push('"');
                }
                self.out.push('>');
            }
            Element::Bulleted => {
                self.lists.push(OpenList::BULLETED);
                self.out.push_str("<ul>\n");
            }
            Element::Table(aside) => {
                self.columns = &body.asides[aside as usize];
                self.in_rows = false;
                self.tables += 1;
                let label = self.label("text.table", &[("number", self.tables.into())]);
                let _ = writeln!(self.out, "<div class=\"table\" role=\"region\" tabindex=\"0\" {label}><table>");
            }
            Element::TableHead => {
                self.in_head = true;
                self.out.push_str("<thead><tr>");
            }
            Element::TableRow => {
                self.out.push_str(if self.in_rows { "<tr>" } else { "<tbody>\n<tr>" });
                self.in_rows = true;
            }
            Element::TableCell(column) => {
                self.out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
                self.out.push_str(match self.columns.as_bytes().get(usize::from(column)) {
                    Some(b'l') => " class=\"start\">",
                    Some(b'c') => " class=\"center\">",
                    Some(b'r') => " class=\"end\">",
                    _ => ">",
                });
            }
            Element::Emphasis => self.out.push_str("<em>"),
            Element::Strong => self.out.push_str("<strong>"),
            Element::Strikethrough => self.out.push_str("<del>"),
            // `write` handles these.
            Element::Footnote(_) | Element::Link(_) | Element::Image(_) | Element::Ordered(_) | Element::Item(_) => {}
        }
    }

    /// Returns whether a paragraph is only a number that the paragraph after it shows.
    fn is_number_of_next(&self, at: usize, index: u32) -> bool {
        let body = self.writer.body;
        let Some(number) = number_alone(body.words(&body.paragraphs[index as usize].text)) else { return false };
        let after = body.nodes.get(block_end(&body.nodes, at));
        after == Some(&Node::Open(Element::Paragraph(index + 1)))
            && number_before(self.writer, index + 1) == Some(number)
    }

    /// Returns whether a paragraph is only the number with which it is shown.
    fn is_own_number(&self, index: u32, shown: &str) -> bool {
        let body = self.writer.body;
        number_alone(body.words(&body.paragraphs[index as usize].text)) == Some(shown)
    }

    /// Returns whether an element contains only a number that a label shows: one node, followed by the element's end.
    fn is_shown_already(&self, at: usize) -> bool {
        let is_shown = |words: &Node| matches!(words, Node::Text(from, until) if self.shown_already.contains(from) && *until <= self.shown_already.end);
        let nodes = &self.writer.body.nodes;
        nodes.get(at).is_some_and(is_shown) && matches!(nodes.get(at + 1), Some(Node::Close(_)))
    }

    fn close(&mut self, element: Element) {
        let end = match element {
            Element::Paragraph(_) | Element::PlainParagraph => "</p>\n",
            Element::Item(_) => "</li>\n",
            Element::Heading(index) => {
                let level = self.writer.body.headings[index as usize].level;
                let _ = writeln!(self.out, "</h{}>", (level + self.shift).min(6));
                return;
            }
            Element::Quotation => "</blockquote>\n",
            Element::CodeBlock(_) => "</code></pre>\n",
            Element::Ordered(_) | Element::Bulleted => {
                self.lists.pop();
                if element == Element::Bulleted { "</ul>\n" } else { "</ol>\n" }
            }
            Element::Table(_) if self.in_rows => "</tbody>\n</table></div>\n",
            Element::Table(_) => "</table></div>\n",
            Element::TableHead => {
                self.in_head = false;
                "</tr></thead>\n"
            }
            Element::TableRow => "</tr>\n",
            Element::TableCell(_) if self.in_head => "</th>",
            Element::TableCell(_) => "</td>",
            Element::Emphasis => "</em>",
            Element::Strong => "</strong>",
            Element::Strikethrough => "</del>",
            Element::Link(_) => return self.close_link(),
            Element::Footnote(_) | Element::Image(_) => "",
        };
        self.out.push_str(end);
    }

    fn open_paragraph(&mut self, tag: &str, attributes: &str, index: u32) {
        let Some(numbers) = self.writer.numbers else {
            let _ = write!(self.out, "<{tag}{attributes}>");
            return;
        };
        let body = self.writer.body;
        let ParagraphRef { number: n, label } = numbers.paragraph(body, index);
        let _ = write!(self.out, "<{tag}{attributes} id=\"p{n}\"><a class=\"number\" href=\"#p{n}\"><span>");
        text(&mut self.out, label.shown());
        // The link has the font of the text and the number within it a smaller one, so that they share a baseline.
        self.out.push_str("</span></a> ");
        match &body.paragraphs[index as usize].printed {
            Some(printed) if *printed.digits == *label.shown() => self.shown_already = printed.words.clone(),
            // A paragraph may consist of only a number, and be counted as that very number.
            None if self.is_own_number(index, label.shown()) => {
                self.shown_already = body.paragraphs[index as usize].text.clone();
            }
            _ => self.write_hidden_number(index),
        }
        for other in numbers.also(index) {
            let _ = write!(self.out, "<span id=\"p{other}\"></span>");
        }
    }

    /// Writes one line that names the deleted paragraphs whose place is here.
    pub(super) fn write_stubs(&mut self, gone: &mut &[(u32, Box<str>)], is_here: impl Fn(u32) -> bool) {
        let count = gone.iter().take_while(|(place, _)| is_here(*place)).count();
        let (here, rest) = gone.split_at(count);
        *gone = rest;
        let numbers: Vec<&str> = here.iter().map(|(_, number)| &**number).collect();
        let [first, others @ ..] = &numbers[..] else { return };
        let _ = write!(self.out, "<p class=\"gone\" id=\"p{first}\">");
        for other in others {
            let _ = write!(self.out, "<span id=\"p{other}\"></span>");
        }
        // The anchor has the counted number; what the text printed there is no longer known.
        let shown = if self.writer.body.prints_numbers { UNNUMBERED.to_owned() } else { ranges(&numbers) };
        let gone = self.writer.words.say("text.gone", &[("n", numbers.len().into())]);
        let _ = write!(self.out, "<a class=\"number\" href=\"#p{first}\"><span>{shown}</span></a> ");
        text(&mut self.out, &gone);
        self.out.push_str("</p>\n");
    }

    /// Returns the attribute by which screen readers name an element.
    pub(super) fn label(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let mut label = "aria-label=\"".to_owned();
        quoted(&mut label, &self.writer.words.say(key, args));
        label + "\""
    }

    fn raw(&mut self, html: &str) {
        match (&self.cleaner, self.writer.policy) {
            (Some(cleaner), _) if swallows(cleaner, html) => self.out.push_str(&cleaner.clean(html).to_string()),
            (_, config::Html::Escape) => text(&mut self.out, html),
            _ => self.out.push_str(html),
        }
    }
}

/// Returns sorted numbers as ranges: `2–10, 12, 12a`.
fn ranges(numbers: &[&str]) -> String {
    let value = |number: &&str| number.parse::<u32>().ok();
    let follows = |a: &&str, b: &&str| value(a).and_then(|a| a.checked_add(1)).is_some_and(|a| value(b) == Some(a));
    let range = |of: &[&str]| match of {
        [first, _, .., last] => format!("{first}–{last}"),
        few => few.join(", "),
    };
    numbers.chunk_by(follows).map(range).collect::<Vec<_>>().join(", ")
}

/// Returns the words of nodes without markup.
fn plain_words(body: &Body, range: Range<usize>) -> String {
    let mut words = String::new();
    for node in &body.nodes[range] {
        match *node {
            Node::Text(from, until) | Node::Code(from, until) => {
                words.push_str(&body.text[from as usize..until as usize])
            }
            Node::SoftBreak | Node::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
