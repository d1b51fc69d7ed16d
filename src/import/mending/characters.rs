//! A line -> the same line in plain characters: invisible ones are removed, letters are in their basic form.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::scripts::{is_arabic, is_invisible, is_presentation_form};

/// Returns the line in plain characters, and whether letters were changed (not only spaces and invisible characters).
pub(super) fn plain(line: &str) -> (String, bool) {
    let mut changed = false;
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            _ if is_removed(c) => {}
            // A soft hyphen at the end of a line marks a broken word; elsewhere it is invisible.
            '\u{ad}' if rest.peek().is_some() => {}
            // Some programs turn a soft hyphen into `¬`, because others display it so.
            '¬' if rest.peek().is_none() && out.ends_with(char::is_alphabetic) => out.push('\u{ad}'),
            // Tatweel only stretches a word; at the end of a word it occurs in abbreviations.
            '\u{640}'
                if is_stretched(out.chars().next_back())
                    && (rest.peek() == Some(&c) || is_stretched(rest.peek().copied())) =>
            {
                changed = true;
            }
            _ if is_shape(c) => {
                out.extend(c.nfkc());
                changed = true;
            }
            '\t' | '\u{2000}'..='\u{200a}' | '\u{205f}' => out.push(' '),
            _ => out.push(c),
        }
    }
    (one_space(out.trim_matches(char::is_whitespace)), changed)
}

/// Returns whether a character is taken out, because it shows nothing: direction marks, zero-width marks, control
/// characters. Joiners are kept, because Persian and Indic scripts need them; soft hyphens and tatweel are looked at
/// where they are.
fn is_removed(c: char) -> bool {
    let is_kept = matches!(c, '\u{ad}' | '\u{640}' | '\u{200c}' | '\u{200d}');
    is_invisible(c) && !is_kept || c == '\u{fffc}' || c.is_control() && c != '\t'
}

/// Returns whether a character is a letter in a presentation form. The signs among these forms, such as brackets of
/// the Koran, have no other form.
fn is_shape(c: char) -> bool {
    is_presentation_form(c) && c.is_alphabetic()
}

/// Returns whether a character is an Arabic letter or a mark on one, which tatweel stretches.
fn is_stretched(c: Option<char>) -> bool {
    c.is_some_and(|c| (is_arabic(c) || is_presentation_form(c)) && (c.is_alphabetic() || is_combining_mark(c)))
}

/// Collapses runs of spaces to one. Non-breaking spaces are kept.
fn one_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let before = out.chars().next_back();
        if before.is_some_and(char::is_whitespace) && c.is_whitespace() {
            if c != ' ' {
                out.pop();
                out.push(c);
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_become_plain() {
        for (line, expect, changed) in [
            ("  two  spaces \t and a tab ", "two spaces and a tab", false),
            ("\u{202b}سلام\u{202c}", "سلام", false),
            ("نيويـــورك", "نيويورك", true),
            ("سنة ١٤٤٥هـ", "سنة ١٤٤٥هـ", false),
            ("\u{fee3}\u{fea4}\u{fee4}\u{fe94}", "محمة", true),
            ("ﬁrst oﬀer", "first offer", true),
            ("con\u{ad}fidence", "confidence", false),
            ("con\u{ad}", "con\u{ad}", false),
            ("con¬", "con\u{ad}", false),
            ("con¬fidence, p ¬", "con¬fidence, p ¬", false),
            ("می\u{200c}خواهم", "می\u{200c}خواهم", false),
            ("dit\u{a0}: « oui\u{a0}»", "dit\u{a0}: « oui\u{a0}»", false),
            ("a\u{a0} b", "a\u{a0}b", false),
            ("\u{feff}a\u{7}b", "ab", false),
        ] {
            assert_eq!(plain(line), (expect.to_owned(), changed), "{line}");
        }
    }
}
