//! Names as people write them -> one form that ignores case, diacritics and separators.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold;

/// Returns the letters and digits of a text in lower case and without diacritics: `Kaz_B` and `KAZ-B` become the same.
pub fn folded(text: &str) -> String {
    let mut out = spelt(text);
    out.retain(char::is_alphanumeric);
    out
}

/// Returns the words of a text in the form of [`folded`]. A word also starts at an upper-case letter after a lower-case
/// one, and where digits meet letters: `kazB2` has three words.
pub fn folded_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.nfkc() {
        // A combining mark neither ends a word nor starts one: `e\u{301}` is one letter.
        if is_combining_mark(c) {
            continue;
        }
        let begins = match before {
            None => true,
            Some(before) if char::is_numeric(before) != c.is_numeric() => true,
            Some(before) => char::is_lowercase(before) && c.is_uppercase(),
        };
        before = c.is_alphanumeric().then_some(c);
        if before.is_none() {
            continue;
        }
        let mut utf8 = [0; 4];
        let letters = folded(c.encode_utf8(&mut utf8));
        match words.last_mut() {
            Some(word) if !begins => word.push_str(&letters),
            _ => words.push(letters),
        }
    }
    words
}

/// Returns a text in one spelling, without look-alikes and diacritics. `ß` and a single `s` are one, so that `Maße` is
/// found however it is typed.
fn spelt(text: &str) -> String {
    fold::plain(text).replace('ß', "s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_separators_make_no_difference() {
        for (a, b) in [
            ("Kaz_B", "kaz-b"),
            ("kaz.b", "KAZ B"),
            ("Erkla\u{308}rung", "erklarung"),
            ("ＫＡＺ", "kaz"),
            ("İran", "iran"),
            ("سـريّ", "سري"),
            ("مسودة نهائية", "مسودة نهائیة"),
            ("entwurf\u{ad}2 ﬁnal", "Entwurf 2 final"),
            ("٢٠٢٤", "2024"),
            ("Черновик всё", "черновик все"),
            ("не_публиковать", "Не публиковать"),
        ] {
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        assert_ne!(folded("kaz-b"), folded("kaz-c"));
    }

    #[test]
    fn words_begin_at_separators_capitals_and_digits() {
        for (text, words) in [
            ("kaz-b_original (2)", &["kaz", "b", "original", "2"][..]),
            ("KazB2", &["kaz", "b", "2"]),
            ("KAZ-2024ru", &["kaz", "2024", "ru"]),
            ("e\u{301}te\u{301}", &["ete"]),
            ("", &[]),
        ] {
            assert_eq!(folded_words(text), words, "{text}");
        }
    }
}
