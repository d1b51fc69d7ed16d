//! Markdown -> its lines as written. Front matter is not part of the text, and is returned separately.

use super::encoding::decode;
use super::plain;
use crate::front::document::is_fence;
use crate::import::pages::{Markup, Pages};
use crate::import::unreadable::Unreadable;

/// What the report calls a file that was read as Markdown.
pub(super) const READER: &str = "Markdown";

/// Reads a Markdown text.
///
/// # Errors
/// Fails if the bytes are not a text.
pub(super) fn read(bytes: &[u8]) -> Result<Pages, Unreadable> {
    let decoded = decode(bytes)?;
    let text = without_front_matter(&decoded.text);
    Ok(Pages {
        reader: format!("{READER} ({})", decoded.encoding),
        markup: Markup::Markdown,
        language: None,
        ocr: None,
        left_out: Vec::new(),
        doubts: plain::doubts(&decoded),
        pages: plain::pages(&text)?,
        suspect: Vec::new(),
    })
}

/// Returns the front matter of a Markdown text, if it has one.
pub(super) fn front_matter(bytes: &[u8]) -> Option<String> {
    let decoded = decode(bytes).ok()?;
    let (front, _) = split(&decoded.text)?;
    Some(front.replace("\r\n", "\n"))
}

/// Returns the text with its front matter replaced by as many empty lines, so that line numbers stay the same.
fn without_front_matter(text: &str) -> String {
    let Some((front, after)) = split(text) else { return text.to_owned() };
    format!("\n{}\n{after}", "\n".repeat(front.lines().count()))
}

/// Splits a text at the end of its front matter: lines of keys between two fences at the very top.
fn split(text: &str) -> Option<(&str, &str)> {
    let first = text.split_inclusive('\n').next().filter(|line| is_fence(line))?;
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        if is_fence(line) {
            let front = &text[first.len()..at];
            let is_key = |line: &str| line.starts_with(|c: char| c.is_alphabetic() || c == '"') && line.contains(':');
            // A rule, words and another rule are not front matter.
            return front
                .lines()
                .find(|line| !line.starts_with('#'))
                .is_none_or(is_key)
                .then_some((front, &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_not_text_and_lines_keep_their_numbers() {
        for (text, front, number, first) in [
            ("---\ntitle: A\n---\n\nWords.\n", Some("title: A\n"), 5, "Words."),
            ("---\r\ntitle: A\r\n---\r\nWords.\r\n", Some("title: A\n"), 4, "Words."),
            ("---\n---\nWords.\n", Some(""), 3, "Words."),
            ("Words.\n\n---\n\na: b\n\n---\n", None, 1, "Words."),
            ("---\nWe say this.\n---\n", None, 1, "---"),
            ("---\ntitle: A\n\nWords.\n", None, 1, "---"),
        ] {
            assert_eq!(front_matter(text.as_bytes()).as_deref(), front, "{text:?}");
            let pages = read(text.as_bytes()).unwrap();
            let line = pages.lines().find(|line| !line.is_blank()).unwrap();
            assert_eq!((line.number, line.text.as_str()), (number, first), "{text:?}");
        }
    }
}
