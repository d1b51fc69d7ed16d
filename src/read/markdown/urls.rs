//! Words with bare URLs in them -> words and links.

use std::borrow::Cow;
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::LinkType;

use super::Reader;
use super::targets::plain_target;
use crate::diagnostic::Code;
use crate::read::body::{Element, Node, Target};

impl Reader<'_> {
    /// Writes the words gathered, with what looks like a URL in them as a link.
    pub(super) fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        self.begin_words(first.1.start);
        let span = first.1.start..last.1.end;
        let in_code = self.open.iter().any(|e| matches!(e, Element::CodeBlock(_)));
        if !in_code {
            self.no_link(&span);
        }
        let linkable = !in_code
            && !self.open.iter().any(|e| matches!(e, Element::Link(_) | Element::Image(_)))
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

    /// Tells of double brackets that no link came of, of footnotes that are not there, and of tags where none is read.
    fn no_link(&mut self, span: &Range<usize>) {
        let source = self.source;
        let find = |mark: &[u8]| {
            let at = memchr::memmem::find(&source.as_bytes()[span.clone()], mark)? + span.start;
            (!source[..at].ends_with('\\')).then_some(at)
        };
        if let Some(at) = find(b"[[") {
            let help = "write [[id]] or [[id|words]] on one line; to show the brackets, write \\[[";
            self.problem(Code::UnclosedLink, at, "`[[` begins no link and is shown as text".into(), help);
        }
        if let Some(at) = find(b"{topics") {
            self.stray_tag(at);
        }
        if let Some(at) = find(b"[^") {
            let mark: String = source[at..].chars().take(30).take_while(|c| !c.is_whitespace() && *c != ']').collect();
            let message = format!("the footnote `{mark}]` has no text, so its mark is shown as it stands");
            let help = "write `[^1]: …` with its own mark below the text; to show the brackets, write \\[^";
            self.problem(Code::MissingFootnote, at, message, help);
        }
    }

    fn bare_url(&mut self, range: &Range<usize>) {
        let url = unescape(&self.source[range.clone()]);
        let index = self.link(LinkType::Autolink, &url, "", true, range.start);
        self.nodes.push(Node::Open(Element::Link(index)));
        self.words(&url);
        self.nodes.push(Node::Close(Element::Link(index)));
    }
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
