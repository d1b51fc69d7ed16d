//! Words that contain bare URLs -> words and links.

use std::borrow::Cow;
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::LinkType;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::Reader;
use super::quotes::{GERSHAYIM, is_gershayim};
use super::targets::plain_target;
use crate::diagnostic::Code;
use crate::language::fold::letter;
use crate::language::scripts::{is_full_width, is_hangul, is_right_to_left, is_unspaced};
use crate::read::body::{Element, Node, Target};

impl Reader<'_> {
    /// Writes the gathered words, turning URLs in them into links.
    pub(super) fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        self.begin_words(first.1.start);
        let span = first.1.start..last.1.end;
        let in_code = self.open.iter().any(|e| matches!(e, Element::CodeBlock(_)));
        if !in_code {
            self.report_broken_marks(&span);
        }
        let linkable = !in_code
            && !self.open.iter().any(|e| matches!(e, Element::Link(_) | Element::Image(_)))
            && memchr::memmem::find(&self.source.as_bytes()[span.clone()], b"://").is_some();
        let mut urls: Vec<Range<usize>> = Vec::new();
        if linkable {
            urls.extend(find(&self.source[span.clone()]).map(|url| url.start + span.start..url.end + span.start));
            urls.retain(|url| matches!(plain_target(&self.source[url.clone()]), Target::External(_)));
        }
        let mut urls = urls.into_iter().peekable();
        for (words, range) in run {
            // Words identical to their source can be cut where a URL starts or ends; others (an entity) only as a
            // whole.
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
                    self.parsed_words(rest, &range);
                    break;
                };
                if at < url.start {
                    let until = if verbatim { url.start } else { range.end };
                    let before = if verbatim { &words[at - range.start..until - range.start] } else { &words };
                    self.parsed_words(before, &range);
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

    /// Writes the words that the parser made of a range of the source, and records a straight quotation mark that it
    /// turned.
    fn parsed_words(&mut self, words: &str, range: &Range<usize>) {
        if self.source[range.clone()] == *"\""
            && matches!(words, "“" | "”")
            && is_gershayim(&self.source[..range.start], &self.source[range.end..])
        {
            return self.words(GERSHAYIM);
        }
        let quote = match &self.source[range.clone()] {
            "\"" => matches!(words, "“" | "”").then_some(true),
            "'" => matches!(words, "‘" | "’").then_some(false),
            _ => None,
        };
        if let Some(is_double) = quote {
            self.quotes.push((self.text.len(), is_double));
        }
        self.words(words);
    }

    /// Reports double brackets that did not become a link, undefined footnotes, and tags where none is read.
    fn report_broken_marks(&mut self, span: &Range<usize>) {
        let source = self.source;
        let find = |mark: &[u8]| {
            let at = memchr::memmem::find(&source.as_bytes()[span.clone()], mark)? + span.start;
            (!source[..at].ends_with('\\')).then_some(at)
        };
        if let Some(at) = find(b"[[") {
            let help = "write [[id]] or [[id|words]] on one line; to show the brackets, write \\[[";
            self.problem(Code::UnclosedLink, at, "`[[` does not start a link, so it is shown as text".into(), help);
        }
        if let Some(at) = find(b"{topics") {
            self.report_stray_tag(at);
        }
        if let Some(at) = find(b"[^") {
            let mark: String = source[at..].chars().take(30).take_while(|c| !c.is_whitespace() && *c != ']').collect();
            let message = format!("the footnote `{mark}]` has no definition, so its mark is shown as text");
            let help = "write `[^1]: …` with the same mark below the text; to show the brackets, write \\[^";
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

/// Finds the URLs in words. A URL ends where a sentence, in any script, continues without a space.
fn find(words: &str) -> impl Iterator<Item = Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let link = finder.links(&words[at..]).next()?;
            let (start, mut end) = (at + link.start(), at + link.end());
            let own = own_length(&words[start..end]);
            if start + own < end {
                // What comes before the cut may end in punctuation too, so the shortened URL is searched again.
                let cut = finder.links(&words[start..start + own]).next().filter(|link| link.start() == 0);
                at = start + own;
                let Some(cut) = cut else { continue };
                end = start + cut.end();
            }
            at = at.max(end);
            return Some(start..end);
        }
    })
}

/// Returns how many bytes of an apparent URL belong to it. It ends before the punctuation of any script, and where
/// letters of a script that needs no space follow a Latin letter, a digit or the host's `/`. So `/wiki/外层空间` is kept
/// whole, and `https://example.org/a，然后` is not.
fn own_length(url: &str) -> usize {
    let root = url.find("://").and_then(|at| Some(at + 3 + url[at + 3..].find('/')?));
    let mut before = ' ';
    let mut chars = url.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let follows_word = before.is_ascii_alphanumeric() || root.is_some_and(|root| root + 1 == at);
        before = c;
        if c.is_ascii() {
            continue;
        }
        let goes_on = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric() && !runs_on(*next));
        // A dash, an apostrophe or a joiner can be part of a name.
        let within = letter(c) == Some('-') || matches!(c, '’' | '·' | '\u{200c}' | '\u{200d}');
        let is_other = match c.general_category_group() {
            GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Separator | GeneralCategoryGroup::Other => true,
            // Full-width forms of ASCII's punctuation and symbols.
            _ => is_full_width(c) && !c.is_alphanumeric(),
        };
        if is_other && !(within && goes_on) || runs_on(c) && follows_word {
            return at;
        }
    }
    url.len()
}

/// Returns whether words in this script can follow a URL without a space: scripts without spaces, Hangul and Arabic
/// with their particles, and Hebrew.
fn runs_on(c: char) -> bool {
    is_unspaced(c) || is_hangul(c) || is_right_to_left(c)
}

/// Removes the backslashes of Markdown escapes from a URL.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_ends_where_the_sentence_continues() {
        for (words, urls) in [
            ("请参阅https://example.org/a，然后", &["https://example.org/a"][..]),
            (
                "另见（https://example.org/b）和《https://example.org/c》。第二句",
                &["https://example.org/b", "https://example.org/c"],
            ),
            ("网址：https://example.org/d。下一句", &["https://example.org/d"]),
            (
                "见https://example.org/a然后，https://example.org/了解",
                &["https://example.org/a", "https://example.org/"],
            ),
            ("https://zh.example.org/wiki/外层空间，", &["https://zh.example.org/wiki/外层空间"]),
            (
                "انظر https://example.org/a، ثم https://example.org/b؟ و https://example.org/c؛",
                &["https://example.org/a", "https://example.org/b", "https://example.org/c"],
            ),
            ("https://example.org/a에서 https://example.org/b.」", &["https://example.org/a", "https://example.org/b"]),
            ("देखें https://example.org/a। और", &["https://example.org/a"]),
            ("«https://example.org/a» “https://example.org/b”…", &["https://example.org/a", "https://example.org/b"]),
            (
                "https://example.org/a–b’s and https://example.org/c—so",
                &["https://example.org/a–b’s", "https://example.org/c—so"],
            ),
            ("https://example.org/a\u{200f}، https://例え.jp/b", &["https://example.org/a", "https://例え.jp/b"]),
            ("https://， https://example.org/é", &["https://example.org/é"]),
            ("https://example.org/a？https://example.org/b！", &["https://example.org/a", "https://example.org/b"]),
        ] {
            assert_eq!(find(words).map(|url| &words[url]).collect::<Vec<_>>(), urls, "{words}");
        }
    }
}
