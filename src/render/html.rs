//! `Body` -> HTML.
//!
//! One walk over the nodes writes one string, which is cut where a block with noted paragraphs begins. Footnotes are
//! lifted out of the walk and written after it, in the order of their numbers.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use ammonia::Builder;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::collect::links::Resolved;
use crate::config;
use crate::read::body::{Body, Element, Link, Node};

/// HTML of a whole body, cut at the blocks whose paragraphs have notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// What stands before the first section.
    pub opening: String,
    pub sections: Vec<Section>,
    /// The list of footnotes; empty without any.
    pub footnotes: String,
}

/// A top-level block that holds noted paragraphs, and the blocks after it up to the next such block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The first block.
    pub html: String,
    /// The noted paragraphs in that block, counted from 0.
    pub paragraphs: Vec<u32>,
    /// The blocks after it.
    pub rest: String,
}

/// A body and what its HTML depends on besides.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    pub body: &'a Body,
    /// Where the links lead, in the order of `Body::links`.
    pub links: &'a [Resolved],
    /// The site's root as links say it: `/` or `/x/`.
    pub base: &'a str,
    /// What happens to raw HTML.
    pub policy: config::Html,
    /// Whether paragraphs have anchors and numbers; introductions of records have none.
    pub anchors: bool,
}

impl Writer<'_> {
    /// Writes the body; `noted` says of a paragraph, counted from 0, whether it has notes.
    pub fn write(&self, noted: &dyn Fn(u32) -> bool) -> Html {
        let nodes = &self.body.nodes;
        let mut walk = Walk::new(*self);
        let mut html = Html::default();
        let mut at = 0;
        while at < nodes.len() {
            let end = block_end(nodes, at);
            let paragraphs: Vec<u32> = nodes[at..end].iter().filter_map(paragraph).filter(|n| noted(*n)).collect();
            if paragraphs.is_empty() {
                walk.write(at..end);
            } else {
                html.put(std::mem::take(&mut walk.out));
                walk.write(at..end);
                html.sections.push(Section { html: std::mem::take(&mut walk.out), paragraphs, rest: String::new() });
            }
            at = end;
        }
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
    /// Puts the blocks gathered where they belong: after the last section's first block, or before all sections.
    fn put(&mut self, blocks: String) {
        match self.sections.last_mut() {
            Some(section) => section.rest = blocks,
            None => self.opening = blocks,
        }
    }
}

/// Returns the paragraph that a node opens.
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

/// The HTML while it is written, and what the walk is in.
struct Walk<'a> {
    writer: Writer<'a>,
    out: String,
    /// Added to the level of headings, so that the least is `h2`.
    shift: u8,
    /// The text bears its own numbers.
    printed: bool,
    /// For each footnote, where its text stands among the nodes. A label defined twice has two places.
    places: Vec<Vec<Range<usize>>>,
    /// For each footnote, which of its mentions are shown: those in an image's words are not.
    mentions: Vec<Vec<u16>>,
    /// What closes the links that are open.
    link_ends: Vec<&'static str>,
    /// The columns of the table that is open.
    columns: &'a str,
    in_head: bool,
    in_rows: bool,
    cleaner: Option<Builder<'static>>,
}

impl<'a> Walk<'a> {
    fn new(writer: Writer<'a>) -> Self {
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
            printed: body.paragraphs.iter().any(|paragraph| paragraph.printed.is_some()),
            places,
            mentions,
            link_ends: Vec::new(),
            columns: "",
            in_head: false,
            in_rows: false,
            cleaner: (raw && writer.policy == config::Html::Sanitize).then(|| cleaner(body)),
        }
    }

    fn write(&mut self, range: Range<usize>) {
        let body = self.writer.body;
        let mut at = range.start;
        while at < range.end {
            match body.nodes[at] {
                Node::Text(from, until) => text(&mut self.out, &body.text[from as usize..until as usize]),
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
                        // The target's title stands in for the words, which only repeat what was written.
                        text(&mut self.out, title);
                        self.close_link();
                        at = block_end(&body.nodes, at);
                        continue;
                    }
                }
                Node::Open(element) => self.open(element),
                Node::Close(element) => self.close(element),
            }
            at += 1;
        }
    }

    fn open(&mut self, element: Element) {
        let body = self.writer.body;
        match element {
            Element::Paragraph(n) => self.open_paragraph("p", n),
            Element::Item(Some(n)) => self.open_paragraph("li", n),
            Element::PlainParagraph => self.out.push_str("<p>"),
            Element::Item(None) => self.out.push_str("<li>"),
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
            Element::Ordered(first) => {
                // The numbers are shown as the paragraphs' own, not once more as the list's.
                let class = if self.printed { " class=\"numbered\"" } else { "" };
                let start = if first == 1 { String::new() } else { format!(" start=\"{first}\"") };
                let _ = writeln!(self.out, "<ol{class}{start}>");
            }
            Element::Bulleted => self.out.push_str("<ul>\n"),
            Element::Table(aside) => {
                self.columns = &body.asides[aside as usize];
                self.in_rows = false;
                let region = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n";
                self.out.push_str(region);
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
            // `write` takes these before.
            Element::Footnote(_) | Element::Link(_) | Element::Image(_) => {}
        }
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
            Element::Ordered(_) => "</ol>\n",
            Element::Bulleted => "</ul>\n",
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

    fn open_paragraph(&mut self, tag: &str, index: u32) {
        if !self.writer.anchors {
            let _ = write!(self.out, "<{tag}>");
            return;
        }
        let n = index + 1;
        let _ = write!(self.out, "<{tag} id=\"p{n}\"><a class=\"number\" href=\"#p{n}\">");
        let _ = match self.writer.body.paragraphs[index as usize].printed {
            Some(printed) => write!(self.out, "{printed}</a> "),
            None if self.printed => write!(self.out, "¶</a> "),
            None => write!(self.out, "{n}</a> "),
        };
    }

    fn resolved(&self, index: u32) -> &'a Resolved {
        self.writer.links.get(index as usize).unwrap_or(&Resolved::Nothing)
    }

    fn in_link(&self) -> bool {
        self.link_ends.contains(&"</a>")
    }

    /// Opens a link; returns the words to show in place of its own.
    fn open_link(&mut self, index: u32) -> Option<&'a str> {
        let link = &self.writer.body.links[index as usize];
        let resolved = self.resolved(index);
        let end = match self.href(resolved) {
            _ if self.in_link() => "",
            Some(href) => {
                self.open_anchor(&href, matches!(resolved, Resolved::External(_)), link);
                "</a>"
            }
            None => {
                self.out.push_str("<span class=\"missing\">");
                "</span>"
            }
        };
        self.link_ends.push(end);
        match resolved {
            Resolved::Page { title, .. } if !link.own_words && !title.is_empty() => Some(title),
            _ => None,
        }
    }

    fn open_anchor(&mut self, href: &str, external: bool, link: &Link) {
        self.out.push_str("<a");
        attribute(&mut self.out, "href", href);
        if external {
            self.out.push_str(" rel=\"external\"");
        }
        if !link.title.is_empty() {
            attribute(&mut self.out, "title", &link.title);
        }
        self.out.push('>');
    }

    fn close_link(&mut self) {
        self.out.push_str(self.link_ends.pop().unwrap_or_default());
    }

    /// Returns the URL of where a link leads, not yet escaped.
    fn href(&self, resolved: &'a Resolved) -> Option<Cow<'a, str>> {
        let base = self.writer.base;
        Some(match resolved {
            Resolved::Page { path, fragment: None, .. } => path.href(base).into(),
            Resolved::Page { path, fragment: Some(fragment), .. } => {
                format!("{}#{}", path.href(base), encoded(fragment)).into()
            }
            Resolved::Rooted(url) => {
                let rest = url.trim_start_matches(['/', '\\']);
                format!("{base}{}", encoded(rest)).into()
            }
            Resolved::External(url) => encoded(url),
            Resolved::Here(fragment) => format!("#{}", encoded(fragment)).into(),
            Resolved::Nothing => return None,
        })
    }

    /// Writes an image of the site; one that lies elsewhere becomes a link, as no page asks other servers for anything.
    fn image(&mut self, index: u32, alt: &str) {
        let link = &self.writer.body.links[index as usize];
        let resolved = self.resolved(index);
        match (resolved, self.href(resolved)) {
            (Resolved::Page { .. } | Resolved::Rooted(_), Some(source)) => {
                self.out.push_str("<img");
                attribute(&mut self.out, "src", &source);
                attribute(&mut self.out, "alt", alt);
                if !link.title.is_empty() {
                    attribute(&mut self.out, "title", &link.title);
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            (Resolved::External(url), Some(href)) if !self.in_link() => {
                self.open_anchor(&href, true, link);
                text(&mut self.out, if alt.trim().is_empty() { url } else { alt });
                self.out.push_str("</a>");
            }
            _ => text(&mut self.out, alt),
        }
    }

    fn raw(&mut self, html: &str) {
        match (&self.cleaner, self.writer.policy) {
            (Some(cleaner), _) if swallows(cleaner, html) => self.out.push_str(&cleaner.clean(html).to_string()),
            (_, config::Html::Escape) => text(&mut self.out, html),
            _ => self.out.push_str(html),
        }
    }

    fn mark(&mut self, index: u32, mention: u16) {
        let n = index + 1;
        self.out.push_str("<sup class=\"footnote\">");
        let _ = match self.places[index as usize].is_empty() || self.in_link() {
            true => write!(self.out, "{n}"),
            false => write!(self.out, "<a id=\"fnref-{n}{}\" href=\"#fn-{n}\">{n}</a>", Again(mention)),
        };
        self.out.push_str("</sup>");
    }

    fn write_footnotes(&mut self) {
        if self.places.iter().all(Vec::is_empty) {
            return;
        }
        self.out.push_str("<ol class=\"footnotes\">\n");
        let mut expected = 1;
        for (i, places) in self.places.clone().into_iter().enumerate() {
            if places.is_empty() {
                continue;
            }
            let n = i + 1;
            let _ = write!(self.out, "<li id=\"fn-{n}\"");
            if n != expected {
                let _ = write!(self.out, " value=\"{n}\"");
            }
            self.out.push('>');
            expected = n + 1;
            for place in places {
                self.write(place);
            }
            self.back_links(i);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    /// Writes the links from a footnote back to its mentions, within its last paragraph if it ends with one.
    fn back_links(&mut self, index: usize) {
        const END: &str = "</p>\n";
        let within = self.out.ends_with(END);
        if within {
            self.out.truncate(self.out.len() - END.len());
        }
        for mention in &self.mentions[index] {
            let (n, again) = (index + 1, Again(*mention));
            let label = "class=\"back\" aria-label=\"Back to the text\"";
            let _ = write!(self.out, " <a href=\"#fnref-{n}{again}\" {label}>↩</a>");
        }
        if within {
            self.out.push_str(END);
        }
    }
}

/// The end of a mention's anchor: nothing for the first, `-2` for the second.
struct Again(u16);

impl std::fmt::Display for Again {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 > 1 { write!(f, "-{}", self.0) } else { Ok(()) }
    }
}

/// Writes words, escaped; writing into a string cannot fail.
fn text(out: &mut String, words: &str) {
    let _ = escape_html_body_text(out, words);
}

/// Writes what stands between double quotes, escaped.
fn quoted(out: &mut String, value: &str) {
    let _ = escape_html(out, value);
}

fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    quoted(out, value);
    out.push('"');
}

/// Percent-encodes what cannot stand in a URL and keeps the rest as written. Browsers drop tabs and line ends and take a
/// backslash for a slash, so `/\host` would leave the site.
fn encoded(url: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_ascii_control() || matches!(c, ' ' | '"' | '<' | '>' | '\\' | '`');
    if !url.contains(bad) {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len() + 16);
    for c in url.chars() {
        if bad(c) {
            let _ = write!(out, "%{:02X}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Returns the words of nodes without what they stand in.
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

/// Our own classes; an author's would let a text pass for the page's furniture.
const CLASSES: &[&str] = &["number", "footnote", "footnotes", "back", "missing", "table", "start", "center", "end"];

/// Returns what drops from HTML all that could do harm, and keeps all that `Walk` writes.
fn cleaner(body: &Body) -> Builder<'static> {
    let headings: BTreeSet<Box<str>> = body.headings.iter().map(|heading| heading.id.clone()).collect();
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .add_generic_attributes(["id", "class"])
        .add_tag_attributes("a", ["href", "rel", "aria-label"])
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("li", ["value"])
        .add_tag_attributes("img", ["loading"])
        .attribute_filter(move |element, name, value| match (element, name) {
            (_, "id") => (own_id(value) || headings.contains(value)).then_some(value.into()),
            (_, "class") => {
                let own = |class: &&str| CLASSES.contains(class) || class.starts_with("language-");
                let classes: Vec<&str> = value.split_whitespace().filter(own).collect();
                (!classes.is_empty()).then(|| classes.join(" ").into())
            }
            ("img", "src") => own_source(value).then_some(value.into()),
            _ => Some(value.into()),
        });
    builder
}

/// Says whether an anchor has the form of a paragraph's or a footnote's.
fn own_id(id: &str) -> bool {
    let numbers = |prefix| {
        id.strip_prefix(prefix).is_some_and(|rest: &str| rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    };
    numbers("p") || numbers("fn-") || numbers("fnref-")
}

/// Says whether an image lies on the site.
fn own_source(url: &str) -> bool {
    let plain = !url.contains(|c: char| c.is_control() || c == '\\') && !url.trim_start().starts_with("//");
    plain && (url.starts_with('/') || !url.contains(':'))
}

/// Says whether text after this HTML would be lost in it: an open `<script>`, comment or quote takes all that follows.
fn swallows(cleaner: &Builder, html: &str) -> bool {
    const PROBE: &str = "<b>\u{e000}</b>";
    !cleaner.clean(&format!("{html}{PROBE}")).to_string().contains(PROBE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;
    use crate::read::markdown::parse;

    fn page(path: &str, fragment: Option<&str>, title: &str) -> Resolved {
        Resolved::Page { path: SitePath::parse(path).unwrap(), fragment: fragment.map(Into::into), title: title.into() }
    }

    fn html(source: &str, links: &[Resolved], policy: config::Html, noted: &[u32]) -> Html {
        let body = parse(source, 1, policy, false).0;
        assert!(links.is_empty() || links.len() == body.links.len(), "{source}: {:?}", body.links);
        let writer = Writer { body: &body, links, base: "/x/", policy, anchors: true };
        writer.write(&|n| noted.contains(&n))
    }

    /// The first paragraph's inside.
    fn inside(source: &str, links: &[Resolved]) -> String {
        let html = html(source, links, config::Html::Escape, &[]).opening;
        let start = "<p id=\"p1\"><a class=\"number\" href=\"#p1\">1</a> ";
        html.strip_prefix(start).unwrap_or(&html).trim_end().trim_end_matches("</p>").to_owned()
    }

    #[test]
    fn blocks() {
        for (source, expect) in [
            ("A\nb  \nc", "<p id=\"p1\"><a class=\"number\" href=\"#p1\">1</a> A\nb<br>\nc</p>\n"),
            ("# A\n\n###### B", "<h2 id=\"a\">A</h2>\n<h6 id=\"b\">B</h6>\n"),
            ("## A\n\n### B", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n"),
            (
                "- a\n- *b*",
                "<ul>\n<li id=\"p1\"><a class=\"number\" href=\"#p1\">1</a> a</li>\n\
                <li id=\"p2\"><a class=\"number\" href=\"#p2\">2</a> <em>b</em></li>\n</ul>\n",
            ),
            (
                "5. a\n\n   b",
                "<ol start=\"5\">\n<li><p id=\"p1\"><a class=\"number\" href=\"#p1\">1</a> a</p>\n\
                <p id=\"p2\"><a class=\"number\" href=\"#p2\">2</a> b</p>\n</li>\n</ol>\n",
            ),
            (
                "7\\. a\n\nb\n\n9\\. c",
                "<p id=\"p1\"><a class=\"number\" href=\"#p1\">7</a> a</p>\n\
                <p id=\"p2\"><a class=\"number\" href=\"#p2\">¶</a> b</p>\n<p id=\"p3\"><a class=\"number\" href=\"#p3\">9</a> c</p>\n",
            ),
            ("> q", "<blockquote>\n<p id=\"p1\"><a class=\"number\" href=\"#p1\">1</a> q</p>\n</blockquote>\n"),
            ("```rust x\na < b\n```", "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>\n"),
            ("```\"><script>\nx\n```", "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n"),
            ("---", "<hr>\n"),
            (
                "|a|b|\n|:-|-:|\n|c|`d`|",
                "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n\
                <thead><tr><th scope=\"col\" class=\"start\">a</th><th scope=\"col\" class=\"end\">b</th></tr></thead>\n<tbody>\n\
                <tr><td class=\"start\">c</td><td class=\"end\"><code>d</code></td></tr>\n</tbody>\n</table></div>\n",
            ),
        ] {
            assert_eq!(html(source, &[], config::Html::Escape, &[]).opening, expect, "{source}");
        }
    }

    #[test]
    fn links_and_images() {
        let external = |url: &str| Resolved::External(url.into());
        let rooted = |url: &str| Resolved::Rooted(url.into());
        for (source, links, expect) in [
            ("[[a#p2]]", vec![page("s/a/", Some("p2"), "A & B")], "<a href=\"/x/s/a/#p2\">A &amp; B</a>"),
            ("[[a|own]]", vec![page("s/a/", None, "A")], "<a href=\"/x/s/a/\">own</a>"),
            ("[[a]] b", vec![Resolved::Nothing], "<span class=\"missing\">a</span> b"),
            (
                "[w](y \"\\\"><script>\")",
                vec![page("y/", None, "")],
                "<a href=\"/x/y/\" title=\"&quot;&gt;&lt;script&gt;\">w</a>",
            ),
            ("[w](y)", vec![page("y/", Some("\"><script>"), "")], "<a href=\"/x/y/#%22%3E%3Cscript%3E\">w</a>"),
            ("[w](#y)", vec![Resolved::Here("\" onclick=\"x".into())], "<a href=\"#%22%20onclick=%22x\">w</a>"),
            (
                "[w](https://b.org)",
                vec![external("https://b.org/?a=1&b=\"é%20'")],
                "<a href=\"https://b.org/?a=1&amp;b=%22é%20&#39;\" rel=\"external\">w</a>",
            ),
            ("[w](/about/)", vec![rooted("/about/?x#y")], "<a href=\"/x/about/?x#y\">w</a>"),
            ("[w](/about/)", vec![rooted("/\\evil.org")], "<a href=\"/x/evil.org\">w</a>"),
            (
                "![a *\"b\"><script>*](i.png \"T\\\"\")",
                vec![page("i.png", None, "")],
                "<img src=\"/x/i.png\" alt=\"a &quot;b&quot;&gt;&lt;script&gt;\" title=\"T&quot;\" loading=\"lazy\">",
            ),
            (
                "![a](https://b.org/i.png)",
                vec![external("https://b.org/i.png")],
                "<a href=\"https://b.org/i.png\" rel=\"external\">a</a>",
            ),
            ("![a<b](i.png)", vec![Resolved::Nothing], "a&lt;b"),
            (
                "[![a](https://b.org/i) t](/c/)",
                vec![rooted("/c/"), external("https://b.org/i")],
                "<a href=\"/x/c/\">a t</a>",
            ),
        ] {
            assert_eq!(inside(source, &links), expect, "{source}");
        }
    }

    #[test]
    fn footnotes_are_gathered_in_the_order_of_their_numbers() {
        let made =
            html("[^b]: B.\n\nx[^a] y[^b] z[^a]\n\n[^a]: A.\n\n    - i\n\n[^c]: C.\n", &[], config::Html::Escape, &[]);
        assert!(made.opening.contains("x<sup class=\"footnote\"><a id=\"fnref-1\" href=\"#fn-1\">1</a></sup> y"));
        assert!(made.opening.contains("z<sup class=\"footnote\"><a id=\"fnref-1-2\" href=\"#fn-1\">1</a></sup>"));
        let back = |id| format!(" <a href=\"#{id}\" class=\"back\" aria-label=\"Back to the text\">↩</a>");
        let (a, again, b) = (back("fnref-1"), back("fnref-1-2"), back("fnref-2"));
        let expect = format!(
            "<ol class=\"footnotes\">\n<li id=\"fn-1\"><p>A.</p>\n<ul>\n<li>i</li>\n</ul>\n{a}{again}</li>\n\
             <li id=\"fn-2\"><p>B.{b}</p>\n</li>\n<li id=\"fn-3\"><p>C.</p>\n</li>\n</ol>\n"
        );
        assert_eq!(made.footnotes, expect);
    }

    #[test]
    fn sections_begin_with_the_blocks_that_hold_noted_paragraphs() {
        let source = "a\n\n- b\n- c\n\n# H\n\nd\n\ne\n";
        let made = html(source, &[], config::Html::Escape, &[1, 2, 4]);
        assert!(made.opening.ends_with("a</p>\n") && made.sections.len() == 2);
        let [list, last] = &made.sections[..] else { unreachable!() };
        assert_eq!((&list.paragraphs[..], &last.paragraphs[..]), (&[1, 2][..], &[4][..]));
        assert!(list.html.starts_with("<ul>") && list.html.ends_with("</ul>\n"));
        assert!(list.rest.starts_with("<h2 id=\"h\">") && list.rest.ends_with("d</p>\n") && last.rest.is_empty());
        let whole = html(source, &[], config::Html::Escape, &[]);
        assert_eq!(whole.opening, format!("{}{}{}{}", made.opening, list.html, list.rest, last.html));
        assert!(whole.sections.is_empty());
    }

    #[test]
    fn paragraphs_of_introductions_have_no_anchors() {
        let body = parse("a\n\n- b", 1, config::Html::Escape, false).0;
        let writer = Writer { body: &body, links: &[], base: "/", policy: config::Html::Escape, anchors: false };
        assert_eq!(writer.write(&|_| false).opening, "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n");
    }

    #[test]
    fn raw_html_is_escaped_cleaned_or_passed() {
        let source = "a <b onclick=x>c</b>";
        let made = |policy| html(source, &[], policy, &[]).opening;
        assert!(made(config::Html::Escape).contains("a &lt;b onclick=x&gt;c&lt;/b&gt;"));
        assert!(made(config::Html::Allow).contains(source));
        assert!(made(config::Html::Sanitize).contains("a <b>c</b>"));
    }

    #[test]
    fn cleaning_keeps_what_is_ours() {
        let source = "# H\n\nA *b* ~~d~~ [w](/c/ \"t\") [e](https://e.org) ![i](/i.png)[^1] [[m]]\n\n```rust\nx\n```\n\n\
            3. i\n\n|a|b|\n|:-|-|\n|c|d|\n\n[^1]: N.\n";
        let rooted = |url: &str| Resolved::Rooted(url.into());
        let e = Resolved::External("https://e.org".into());
        let links = [rooted("/c/"), e, rooted("/i.png"), Resolved::Nothing];
        let plain = html(source, &links, config::Html::Sanitize, &[]);
        let cleaned = html(&format!("{source}\n<wbr>\n"), &links, config::Html::Sanitize, &[]);
        // The parser sets no order of attributes.
        let sorted = |html: &str| {
            let mut words: Vec<String> = html.replace(['<', '>'], " ").split_whitespace().map(str::to_owned).collect();
            words.retain(|word| word != "wbr");
            words.sort();
            words
        };
        assert_eq!(sorted(&cleaned.opening), sorted(&plain.opening));
        assert_eq!(sorted(&cleaned.footnotes), sorted(&plain.footnotes));
    }

    #[test]
    fn what_is_left_open_in_raw_html_breaks_and_swallows_nothing() {
        for (source, gone) in [
            ("<div class=\"number evil\" id=\"search\">\n\na\n\nend", "evil"),
            ("<div id=\"search\">\n\na\n\nend", "search"),
            ("</div></main>\n\na\n\nend", "main"),
            ("a <script> b\n\nend", "script"),
            ("> <!-- a\n\na\n\nend", "<!--"),
            ("<div title=\"\n\na \"q\"\n\nend", "title"),
            ("a <textarea> b\n\nend", "textarea"),
            ("a <img src=\"https://e.org/i.png\" onerror=x>\n\nend", "e.org"),
            ("a <a href=\"javascript:x\">w</a>\n\nend", "javascript"),
        ] {
            let made = html(source, &[], config::Html::Sanitize, &[0]);
            let all = format!("{}{}{}", made.opening, made.sections[0].html, made.sections[0].rest);
            assert!(!all.contains(gone) && all.contains('a') && all.contains("end</p>"), "{source}: {all}");
            for fragment in [&made.opening, &made.sections[0].html, &made.sections[0].rest] {
                assert_eq!(fragment.matches("<div").count(), fragment.matches("</div>").count(), "{source}");
            }
        }
    }
}
