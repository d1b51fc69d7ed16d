//! A name -> whether signs distinguish it from other names with the same letters.

use unicode_normalization::char::is_combining_mark;

/// Returns whether a name has signs that distinguish it from another with the same letters, as in `C++` and `C#`.
/// Punctuation and separators of words do not.
pub fn has_signs(name: &str) -> bool {
    let is_sign = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' => false,
        '+' | '#' | '&' | '%' | '@' | '*' | '=' | '<' | '>' | '~' | '^' | '|' | '$' => true,
        c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(c) => false,
        // Punctuation of other scripts. What remains are currencies, arrows, pictures and the like.
        '¡'
        | '¿'
        | '·'
        | '«'
        | '»'
        | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{303f}'
        | '،'
        | '؛'
        | '؟'
        | '\u{5be}'
        | '।' => false,
        _ => true,
    };
    name.chars().any(is_sign)
}
