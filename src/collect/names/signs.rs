//! A name -> whether signs distinguish it from other names with the same letters.

use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Returns whether a name has signs that distinguish it from another with the same letters, as in `C++` and `C#`.
/// Punctuation and separators of words do not.
pub fn has_signs(name: &str) -> bool {
    let is_sign = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' => false,
        '+' | '#' | '&' | '%' | '@' | '*' | '=' | '<' | '>' | '~' | '^' | '|' | '$' => true,
        c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(c) => false,
        // Outside ASCII, everything left except punctuation is a sign: currencies, arrows, pictures and the like.
        c => !matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Separator | GeneralCategoryGroup::Other
        ),
    };
    name.chars().any(is_sign)
}
