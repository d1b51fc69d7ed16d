//! A plain text -> its lines, page by page.

use super::encoding::{Broken, Decoded, decode};
use crate::import::pages::{Doubt, Line, Markup, Page, Pages};
use crate::import::unreadable::Unreadable;

/// What the report calls a file that was read as plain text.
pub(super) const READER: &str = "plain text";

/// Reads a plain text. Form feeds separate its pages.
///
/// # Errors
/// Fails if the bytes are not a text, or there are no words.
pub(super) fn read(bytes: &[u8]) -> Result<Pages, Unreadable> {
    let decoded = decode(bytes)?;
    let doubts = doubts(&decoded);
    let guessed = if decoded.guessed { ", guessed" } else { "" };
    Ok(Pages {
        reader: format!("{READER} ({}{guessed})", decoded.encoding),
        markup: Markup::Plain,
        language: None,
        ocr: None,
        left_out: Vec::new(),
        pages: pages(&decoded.text)?,
        doubts,
        suspect: Vec::new(),
    })
}

/// Returns the doubts about a decoded text.
pub(super) fn doubts(decoded: &Decoded<'_>) -> Vec<Doubt> {
    let doubt = |broken: Broken| Doubt {
        line: broken.line,
        column: broken.column,
        message: broken.message(decoded.encoding),
        help: "check the original, and write in the draft what is meant there",
    };
    decoded.broken.map(doubt).into_iter().collect()
}

/// Returns the pages of a text, with lines numbered throughout.
pub(super) fn pages(text: &str) -> Result<Vec<Page>, Unreadable> {
    if !text.contains(|c: char| c.is_alphanumeric()) {
        return Err(Unreadable::new("it contains no words", "import the text itself"));
    }
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let mut number = 0;
    let mut pages: Vec<Page> = Vec::new();
    for page in text.split('\u{c}') {
        let mut lines = Vec::new();
        for line in page.strip_suffix('\n').unwrap_or(page).split('\n') {
            number += 1;
            lines.push(Line::plain(number, line));
        }
        pages.push(Page { size: None, lines });
    }
    pages.retain(|page| page.lines.iter().any(|line| !line.is_blank()));
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_every_kind_separate_lines_and_form_feeds_pages() {
        let pages = read(b"one\r\ntwo\rthree\n\x0cfour\n\n\x0c\n \n").unwrap().pages;
        let lines = |page: &Page| page.lines.iter().map(|l| (l.number, l.text.clone())).collect::<Vec<_>>();
        assert_eq!(pages.len(), 2, "an empty page is none");
        assert_eq!(lines(&pages[0]), [(1, "one".into()), (2, "two".into()), (3, "three".into())]);
        assert_eq!(lines(&pages[1]), [(4, "four".into()), (5, String::new())]);
    }

    #[test]
    fn a_file_without_words_is_refused() {
        for bytes in [&b""[..], b" \n\x0c", b"***\n---\n"] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }
}
