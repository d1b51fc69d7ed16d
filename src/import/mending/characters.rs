//! A line -> the same line in plain characters: invisible ones are removed, letters are in their basic form.

use unicode_normalization::UnicodeNormalization;

/// Returns the line in plain characters, and whether letters were changed (not only spaces and invisible characters).
pub(super) fn plain(line: &str) -> (String, bool) {
    let mut changed = false;
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            _ if is_invisible(c) => {}
            // A soft hyphen at the end of a line marks a broken word; elsewhere it is invisible.
            '\u{ad}' if rest.peek().is_some() => {}
            // Some programs turn a soft hyphen into `¬`, because others display it so.
            '¬' if rest.peek().is_none() && out.ends_with(char::is_alphabetic) => out.push('\u{ad}'),
            // Tatweel only stretches a word; at the end of a word it occurs in abbreviations.
            '\u{640}'
                if is_arabic(out.chars().next_back())
                    && (rest.peek() == Some(&c) || is_arabic(rest.peek().copied())) =>
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

/// Returns whether a character is invisible: direction marks, zero-width marks, control characters. Joiners are kept:
/// Persian and Indic scripts need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fffc}')
        || c.is_control() && c != '\t'
}

/// Returns whether a character is a letter in a presentation form, or several in one: Latin and Armenian ligatures,
/// Arabic presentation forms, but not the Arabic words in one character (U+FDF0 to U+FDFF).
fn is_shape(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' | '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}'
        | '\u{fd50}'..='\u{fdc7}' | '\u{fe70}'..='\u{fefc}')
}

fn is_arabic(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, '\u{620}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
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
