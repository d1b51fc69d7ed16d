//! The paragraphs of a text -> the pieces by which their words are compared: a paragraph, or a few sentences of a long
//! one.
//!
//! Some speeches are one paragraph of ten thousand words; compared as a whole, any two of them would share words.

use std::ops::Range;

use super::body::Body;

/// The length from which a piece ends at the next end of a sentence, in bytes.
const LONG: usize = 1200;
/// The maximum length of a piece, in bytes; it ends with a word if no sentence ends before that.
const LONGEST: usize = 2400;

/// Returns the pieces of all paragraphs in reading order, as bytes of the body's text.
pub fn pieces(body: &Body) -> Vec<Range<u32>> {
    let mut pieces = Vec::with_capacity(body.paragraphs.len());
    for paragraph in &body.paragraphs {
        let mut at = paragraph.text.start;
        while at < paragraph.text.end {
            let end = at + cut(body.words(&(at..paragraph.text.end))) as u32;
            pieces.push(at..end);
            at = end;
        }
    }
    pieces
}

/// Returns the length of the first piece of a text in bytes.
fn cut(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    let (start, most) = (text.ceil_char_boundary(LONG), text.floor_char_boundary(LONGEST));
    let mut last = None;
    for (at, c) in text[start..most].char_indices() {
        let end = start + at + c.len_utf8();
        let is_spaced = || text[end..].starts_with(char::is_whitespace);
        match c {
            '。' | '！' | '？' => return end,
            '.' | '!' | '?' | '؟' | '۔' | '।' if is_spaced() => return end,
            c if c.is_whitespace() => last = Some(end),
            _ => {}
        }
    }
    last.unwrap_or(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_sentence_else_at_a_word_and_nothing_is_lost() {
        let sentence = "We said so before and we say it again, today. ";
        for (text, ends) in [
            (sentence.repeat(10), ""),
            (sentence.repeat(100), "."),
            ("我们重申这一立场，并呼吁各国。".repeat(100), "。"),
            ("words and no end ".repeat(300), " "),
            ("x".repeat(5000), "x"),
            ("ж".repeat(5000), "ж"),
        ] {
            let first = cut(&text);
            assert!(first == text.len() || first > LONG && first <= LONGEST + 4, "{first}");
            assert!(ends.is_empty() == (first == text.len()) && text[..first].ends_with(ends), "{}", &text[..first]);
        }
    }
}
