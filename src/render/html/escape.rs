//! Words, attributes and URLs -> their escaped forms in HTML.

use std::borrow::Cow;
use std::fmt::Write as _;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Writes text, escaped; writing into a string cannot fail.
pub(super) fn text(out: &mut String, words: &str) {
    let _ = escape_html_body_text(out, words);
}

/// Writes an attribute's value, escaped for double quotes.
pub(super) fn quoted(out: &mut String, value: &str) {
    let _ = escape_html(out, value);
}

pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    quoted(out, value);
    out.push('"');
}

/// Percent-encodes characters that a URL cannot contain and keeps the rest as written. Browsers drop tabs and line ends
/// and treat a backslash as a slash, so `/\host` would lead to another site.
pub(super) fn encoded(url: &str) -> Cow<'_, str> {
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
