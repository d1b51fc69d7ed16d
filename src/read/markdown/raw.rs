//! Raw HTML -> text or an aside, as site.toml asks.

use super::Reader;
use super::targets::plain_target;
use crate::config::Html;
use crate::diagnostic::Code;
use crate::read::body::{Element, Node};

impl Reader<'_> {
    pub(super) fn inline_html(&mut self, html: &str, at: usize) {
        if is_comment(html) {
            return;
        }
        self.begin_words(at);
        if self.html == Html::Escape {
            self.report_escaped(html, at);
            self.words(html);
        } else {
            let aside = self.aside(html);
            self.nodes.push(Node::Html(aside));
        }
    }

    pub(super) fn end_html_block(&mut self) {
        let Some((html, at)) = self.html_block.take() else { return };
        if is_comment(&html) {
            return;
        }
        if self.html == Html::Escape {
            self.report_escaped(&html, at);
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

    /// Reports once per file that HTML is shown as text, and keeps the addresses in it.
    fn report_escaped(&mut self, html: &str, at: usize) {
        self.unlinked.extend(addresses(html).into_iter().map(plain_target));
        if self.problems.iter().all(|problem| problem.code != Code::EscapedHtml) {
            let tag: String = html.trim().chars().take(40).take_while(|c| *c != '\n').collect();
            let help = "write it in Markdown, or set html = \"sanitize\" in site.toml; to show it as text, put it in `backticks`";
            self.problem(Code::EscapedHtml, at, format!("the HTML `{tag}` is shown as text"), help);
        }
    }
}

/// Returns the addresses in the attributes of raw HTML.
pub fn addresses(html: &str) -> Vec<&str> {
    let lower = html.to_ascii_lowercase();
    let value = |at: usize| {
        let value = html[at..].trim_start().strip_prefix('=')?.trim_start();
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
        }
    };
    let names = ["src", "href", "data", "poster"];
    let found = names.iter().flat_map(|name| lower.match_indices(name).map(|(at, name)| at + name.len()));
    found.filter_map(value).collect()
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->") && html.len() >= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_raw_html_are_found() {
        for (html, expect) in [
            ("<a class=x href=\"a b.pdf\">", &["a b.pdf"][..]),
            ("<img src='i.png'> <a href = /b.pdf>", &["i.png", "/b.pdf"]),
            ("<IMG SRC=\"I.png\">", &["I.png"]),
            ("<b>href</b>", &[]),
        ] {
            assert_eq!(addresses(html), expect, "{html}");
        }
    }
}
