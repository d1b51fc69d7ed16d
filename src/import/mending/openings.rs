//! A line -> how it begins: with a salutation, as a remark of the record, or with the mark of an item.

use super::scripts::{ends_clause, goes_on};

/// Beginnings of salutations.
const SALUTATIONS: &[&str] = &[
    "mr. ",
    "mr ",
    "mrs. ",
    "madam",
    "ms. ",
    "your excellenc",
    "excellenc",
    "distinguished",
    "ladies",
    "honorable",
    "honourable",
    "dear ",
    "monsieur",
    "madame",
    "mesdames",
    "messieurs",
    "excelencia",
    "señor",
    "señora",
    "distinguid",
    "уважаем",
    "господин",
    "госпожа",
    "дамы",
    "السيد",
    "أصحاب",
    "主席",
    "各位",
    "sr. ",
    "sra. ",
    "heads of",
    "senhor",
];

/// Returns whether a line addresses the listeners.
pub fn is_salutation(line: &str) -> bool {
    let lower = line.to_lowercase();
    SALUTATIONS.iter().any(|beginning| lower.starts_with(beginning))
}

/// Returns whether a whole line is a salutation: `Mr. President,`.
pub(super) fn is_address(line: &str) -> bool {
    is_salutation(line) && ends_clause(line)
}

/// Words that can end a line in the middle of a name and its titles.
const TITLES: &[&str] = &[
    "BY",
    "HIS",
    "HER",
    "OF",
    "THE",
    "His",
    "Her",
    "The",
    "By",
    "DE",
    "SON",
    "SA",
    "SU",
    "DEL",
    "EXCELLENCY",
    "Excellency",
    "EXCELLENCE",
    "Excellence",
    "EXCELENCIA",
    "Excelencia",
    "H.E.",
    "S.E.",
];

/// Returns whether a line is a salutation below a title or a letterhead, and not the end of `Statement by His`.
pub(super) fn begins_speech(before: &str, line: &str) -> bool {
    let last = before.rsplit(' ').next().unwrap_or(before);
    is_salutation(line) && !is_salutation(before) && !ends_clause(before) && !goes_on(last) && !TITLES.contains(&last)
}

/// Returns whether a line is a remark of the verbatim record: `(spoke in French)`.
pub(super) fn is_aside(line: &str) -> bool {
    let whole = line.starts_with('(') && line.ends_with(')') || line.starts_with('[') && line.ends_with(']');
    whole
        && line.contains(' ')
        && line.chars().filter(|c| matches!(c, '(' | '[')).count() == 1
        && line.chars().count() < 60
}

/// Returns whether a line begins with the mark of a paragraph or an item: `22.`, `(a)`, `•`, `IV.`.
pub(crate) fn is_marked(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or(line);
    if line.len() == first.len() {
        return false;
    }
    if is_bullet(first) {
        return true;
    }
    let bare = first.trim_start_matches('(').trim_end_matches(['.', ')']);
    let closed = first.ends_with('.') || first.ends_with(')');
    let digits = (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase()) && first.ends_with(')');
    let roman = !bare.is_empty() && bare.len() < 6 && bare.bytes().all(|b| b"ivxIVX".contains(&b));
    closed && (digits || letter || roman)
}

/// Returns whether a word is the bullet of a list item.
pub(super) fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    let bullet = chars.next().is_some_and(|c| {
        matches!(c, '•' | '◦' | '▪' | '●' | '■' | '○' | '‣' | '➢' | '\u{f0b7}' | '–' | '-' | '*' | '·')
    });
    bullet && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_recognised() {
        for (line, marked) in [
            ("22. The peoples", true),
            ("(a) to do", true),
            ("iv) to do", true),
            ("• to do", true),
            ("1999. The", false),
            ("a. b", false),
            ("Mr. President", false),
            ("22.", false),
        ] {
            assert_eq!(is_marked(line), marked, "{line}");
        }
    }
}
