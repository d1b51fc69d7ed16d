//! Comments, unclosed HTML, and text that only looks like HTML -> the edits that show their words.

use std::ops::Range;

use super::{Layout, Round, Splice, quoted};
use crate::config::Html;
use crate::diagnostic::Code;

/// Openers of HTML blocks that end with a mark of their own rather than a blank line, and that mark (CommonMark's HTML
/// blocks of kinds 1 to 5).
const OPENERS: &[(&str, &str)] = &[
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("<!--", "-->"),
    ("<?", "?>"),
    ("<![CDATA[", "]]>"),
    ("<!", ">"),
];

/// Elements whose content a browser does not show as text of the page. One that is never closed hides all that follows.
const HIDING: &[&str] = &[
    "template",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "audio",
    "video",
    "canvas",
    "select",
    "datalist",
    "dialog",
    "details",
    "title",
    "svg",
    "math",
    "xmp",
    "plaintext",
];

const UNCLOSED: &str = "close it, or delete it; to show it as text, write \\< or put it in `backticks`";
const NOT_A_TAG: &str = "write \\< to show it as text, or put it in `backticks`";

impl Round<'_> {
    /// Removes comments that share a line with words, because Markdown would show both or neither.
    pub(super) fn comments(&mut self, layout: &Layout) {
        let text = self.text;
        let (mut at, mut unclosed) = (0, false);
        while let Some(start) = text[at..].find("<!--").map(|found| found + at) {
            at = start + 4;
            let block = layout.block(start);
            if layout.is_code(start)
                || is_escaped(text, start)
                || block.is_some_and(|block| is_raw(&text[block.clone()]))
            {
                continue;
            }
            // An end after the next comment's beginning belongs to that comment.
            let next = text[at..].find("<!--").map_or(text.len(), |next| next + at);
            let Some(end) = text[start + 2..next].find("-->").map(|found| start + 2 + found + 3) else {
                if !unclosed {
                    let message =
                        format!("the comment `{}` is never closed, so it is shown as text", quoted(&text[start..]));
                    self.report(Code::UnclosedHtml, start, message, UNCLOSED);
                }
                unclosed = true;
                self.edits.push((start, Splice::Insert("\\")));
                continue;
            };
            at = end;
            let own_block = block.is_some_and(|block| text[block.clone()].starts_with("<!--"));
            let (before, after) = (is_line_start(text, start), rest_of_line(text, end));
            let is_alone = before && comments_alone(after) && comments_alone_before(text, start);
            if is_alone && (own_block || block.is_none()) {
                continue;
            }
            // Of the spaces around it one is kept, and none at the beginning of a line.
            let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
            let is_spaced = before || text[..start].ends_with([' ', '\t']);
            let mut removed = end - start + if is_spaced { spaces } else { 0 };
            if is_alone {
                removed += usize::from(text[start + removed..].starts_with('\n'));
            }
            self.edits.push((start, Splice::Remove(removed)));
        }
    }

    /// Shows unclosed HTML as text, and whatever only looks like HTML.
    pub(super) fn html(&mut self, layout: &Layout) {
        let closed = self.last_ends();
        for block in &layout.blocks {
            if !self.hides(block, &closed) {
                self.block(block);
            }
        }
        for tag in &layout.inline {
            self.hides(tag, &closed);
        }
        if self.policy != Html::Escape {
            for tag in &layout.inline {
                let html = &self.text[tag.clone()];
                if !html.starts_with("<!--") && !is_element(html, self.policy) {
                    self.escape_non_tag(tag.start, Splice::Insert("\\"));
                }
            }
        }
    }

    /// Returns the elements that hide their content under this policy, each with where it is closed for the last time.
    fn last_ends(&self) -> Vec<(&'static str, Option<usize>)> {
        let hiding = match self.policy {
            Html::Escape => &[],
            // Of the others the sanitizer keeps the words.
            Html::Sanitize => &HIDING[..1],
            Html::Allow => HIDING,
        };
        let ends = |name: &'static str| {
            let ends = |at: &usize| starts_with(self.text[*at..].strip_prefix("</").unwrap_or_default(), name);
            (name, memchr::memmem::rfind_iter(self.text.as_bytes(), b"</").find(ends))
        };
        hiding.iter().copied().map(ends).collect()
    }

    /// Shows as text the tags of a piece of HTML that would hide what follows, because they are never closed. Returns
    /// whether the whole piece is now text.
    fn hides(&mut self, html: &Range<usize>, closed: &[(&'static str, Option<usize>)]) -> bool {
        if closed.is_empty() {
            return false;
        }
        for at in memchr::memchr_iter(b'<', self.text[html.clone()].as_bytes()) {
            let start = html.start + at;
            let is_open = |(name, end): &&(&'static str, Option<usize>)| {
                end.is_none_or(|end| end < start) && starts_with(&self.text[start + 1..], name)
            };
            if closed.iter().any(|element| is_open(&element)) && opener(&self.text[html.clone()]).is_none() {
                let message = format!("`{}` is never closed, so it is shown as text", quoted(&self.text[start..]));
                self.report(Code::UnclosedHtml, start, message, UNCLOSED);
                self.edits.push((start, if at == 0 { Splice::Insert("\\") } else { Splice::Entity }));
                if at == 0 {
                    return true;
                }
            }
        }
        false
    }

    fn block(&mut self, block: &Range<usize>) {
        let html = &self.text[block.clone()];
        if let Some((opener, end)) = opener(html).filter(|(opener, _)| *opener != "<!--") {
            if !html.contains(end) {
                let message = format!("`{}` is never closed, so it is shown as text", quoted(html));
                self.report(Code::UnclosedHtml, block.start, message, UNCLOSED);
                // Later openers of the kind are unclosed too. Finding one per round would parse the text once for each.
                for at in begins(html, opener) {
                    self.edits.push((block.start + at, Splice::Insert("\\")));
                }
            } else if self.policy != Html::Escape && opener.starts_with(['<']) && !is_element(html, self.policy) {
                self.escape_non_tag(block.start, Splice::Insert("\\"));
            } else if self.policy == Html::Sanitize && matches!(opener, "<script" | "<style") {
                let message = format!("`{}` and its content are left out of the page", quoted(html));
                self.report(
                    Code::DroppedWords,
                    block.start,
                    message,
                    "delete it, or set html = \"allow\" in site.toml",
                );
            }
            return;
        }
        if self.policy == Html::Escape || html.starts_with("<!--") {
            return;
        }
        // Of the other blocks, each `<` that begins no known element is escaped, so that `<sic>` stays visible.
        for at in memchr::memchr_iter(b'<', html.as_bytes()) {
            let begins =
                html[at + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic() || c == '?');
            if begins && !is_element(&html[at..], self.policy) {
                self.escape_non_tag(block.start + at, if at == 0 { Splice::Insert("\\") } else { Splice::Entity });
                if at == 0 {
                    return;
                }
            }
        }
    }

    fn escape_non_tag(&mut self, at: usize, edit: Splice) {
        if self.found.iter().all(|found| found.code != Code::EscapedHtml) {
            let message = format!("`{}` is not an HTML element, so it is shown as text", quoted(&self.text[at..]));
            self.report(Code::EscapedHtml, at, message, NOT_A_TAG);
        }
        self.edits.push((at, edit));
    }
}

/// Returns the opener of an HTML block that ends with a mark of its own, and that mark.
fn opener(html: &str) -> Option<(&'static str, &'static str)> {
    OPENERS.iter().copied().find(|(opener, _)| starts_with(html, opener))
}

/// Returns whether HTML starts with an opener, and the tag's name ends there.
fn starts_with(html: &str, opener: &str) -> bool {
    let is_name = opener.ends_with(|c: char| c.is_ascii_alphabetic());
    html.get(..opener.len()).is_some_and(|start| start.eq_ignore_ascii_case(opener))
        && (!is_name || !html[opener.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
}

/// Returns the bytes of HTML at which an opener occurs.
fn begins<'h>(html: &'h str, opener: &'static str) -> impl Iterator<Item = usize> + 'h {
    memchr::memchr_iter(b'<', html.as_bytes()).filter(move |at| starts_with(&html[*at..], opener))
}

/// Returns whether the content of an HTML block is not HTML.
fn is_raw(html: &str) -> bool {
    ["<script", "<style", "<textarea", "<?", "<![CDATA["].iter().any(|opener| starts_with(html, opener))
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Returns whether only marks of quotations and lists come before a byte on its line.
fn is_line_start(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].chars().all(|c| matches!(c, ' ' | '\t' | '>' | '-' | '+' | '*' | '.' | ')') || c.is_ascii_digit())
}

fn rest_of_line(text: &str, at: usize) -> &str {
    text[at..].lines().next().unwrap_or_default()
}

/// Returns whether a line consists of comments only.
fn comments_alone(line: &str) -> bool {
    let mut rest = line.trim();
    while let Some(after) = rest.strip_prefix("<!--") {
        // A comment that continues on the next line is examined by itself.
        let Some((_, after)) = after.split_once("-->") else { return true };
        rest = after.trim();
    }
    rest.is_empty()
}

/// Returns whether only comments and marks come before a comment on its line.
fn comments_alone_before(text: &str, at: usize) -> bool {
    is_line_start(text, at)
}

/// Returns whether a tag names an HTML element, or a custom element that a site with `html = "allow"` may define.
fn is_element(html: &str, policy: Html) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let name = name[..end].to_ascii_lowercase();
    ELEMENTS.contains(&name.as_str()) || policy == Html::Allow && name.contains('-')
}

/// The elements of HTML, including obsolete ones that are still in use.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "path",
    "picture",
    "pre",
    "progress",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "use",
    "var",
    "video",
    "wbr",
];
