//! The letters of a line -> what its script says about sentences and spaces.

use crate::language::scripts::{is_full_width, is_unspaced};

/// Returns whether lines that end or begin with this character are joined without a space.
pub(crate) fn joins_tightly(c: char) -> bool {
    is_unspaced(c) || is_full_width(c)
}

/// Marks that may follow the end of a sentence.
const CLOSERS: &[char] = &['"', '\'', '”', '’', '»', '›', ')', ']', '」', '』', '）', '*'];

/// Words that end with a period without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "prof.", "h.e.", "s.e.", "st.", "no.", "nos.", "art.", "para.", "paras.", "vol.",
    "gen.", "col.", "lt.", "hon.", "rev.", "sr.", "sra.", "m.", "mme.", "cf.", "p.", "pp.", "ch.", "г.", "гг.", "ст.",
    "п.", "hrs.", "hr.", "h.",
];

/// Returns whether a line ends where a sentence can end.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(CLOSERS).trim_end();
    let Some(last) = bare.chars().next_back() else { return false };
    if !matches!(last, '.' | '!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？' | '।' | '։' | '․') {
        return false;
    }
    let word = bare.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or(bare).to_lowercase();
    // `J.` is an initial.
    let initial = word.chars().count() == 2 && word.chars().next().is_some_and(char::is_alphabetic) && last == '.';
    !initial && !ABBREVIATIONS.contains(&word.as_str())
}

/// Returns whether a line ends where an item, a salutation or an announcement can end.
pub(crate) fn ends_clause(text: &str) -> bool {
    let last = text.trim_end().trim_end_matches(CLOSERS).chars().next_back();
    matches!(last, Some(',' | ';' | ':' | '،' | '؛' | '：' | '；' | '，'))
}

/// Returns the first letter or digit.
pub(crate) fn first_letter(text: &str) -> Option<char> {
    text.chars().find(|c| c.is_alphanumeric())
}

/// Returns whether a line can begin a sentence: with a capital, a digit, or a letter of a script without case.
pub(crate) fn begins_sentence(text: &str) -> bool {
    first_letter(text).is_some_and(|c| !c.is_lowercase())
}

/// Returns whether a line continues a sentence: it begins with a lower-case letter.
pub(crate) fn goes_on(text: &str) -> bool {
    first_letter(text).is_some_and(char::is_lowercase)
}

/// Returns the share of capitals among the letters that have case; `None` if there are none.
pub(crate) fn share_of_capitals(text: &str) -> Option<f32> {
    let (mut upper, mut lower) = (0_u32, 0_u32);
    for c in text.chars() {
        upper += u32::from(c.is_uppercase());
        lower += u32::from(c.is_lowercase());
    }
    (upper + lower > 0).then(|| upper as f32 / (upper + lower) as f32)
}

/// Returns whether letters are in an order that does not occur in Arabic, because ligatures were reversed: an alef
/// before an alef with hamza or madda and a lam, or the name of God with its last letter first.
pub(crate) fn has_reversed_ligatures(text: &str) -> bool {
    ["األ", "اإل", "اآل", "هللا"].iter().any(|turned| text.contains(turned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reversed_ligatures_are_recognised() {
        for (text, turned) in [("اإلسالمية", true), ("بسم هللا", true), ("الإسلامية", false), ("الله", false)]
        {
            assert_eq!(has_reversed_ligatures(text), turned, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        for (text, ends) in [
            ("for peace.", true),
            ("for peace.”", true),
            ("for peace. »", true),
            ("I thank Mr.", false),
            ("and H.E.", false),
            ("by John F.", false),
            ("in 1999.", true),
            ("for peace", false),
            ("for peace,", false),
            ("我们感谢主席。", true),
            ("شكرا لكم؟", true),
            ("", false),
        ] {
            assert_eq!(ends_sentence(text), ends, "{text}");
        }
    }
}
