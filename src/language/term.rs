//! A text -> the terms by which it is searched: folded words, letters of scripts without spaces, and pairs of these.
//!
//! Comparing names (`fold`) keeps accents, because they distinguish names; a search drops them, because readers type
//! without them. Otherwise both agree: `fold::letter` is applied first. The browser follows the same rules with its own
//! Unicode functions and the exceptions of [`Exceptions`], and a test compares both for every letter.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::fold::letter;
use super::scripts::is_unspaced;

/// The maximum length of a word in the index, in bytes. Longer ones are addresses and noise; their beginnings
/// distinguish them.
pub const LONGEST: usize = 64;

/// A word or letter of a text as it is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Its folded letters.
    pub letters: &'a str,
    /// Its byte range in the text.
    pub text: Range<usize>,
    /// Whether it is a letter of a script without spaces.
    pub unspaced: bool,
    /// Whether it is such a letter and directly follows another.
    pub joined: bool,
}

/// Calls `found` with each token of a text in Unicode form C, in reading order.
pub fn tokens(text: &str, found: impl FnMut(&Token<'_>)) {
    let mut walk = Walk { found, word: String::new(), text: 0..0, in_run: false };
    let mut folded = String::new();
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        // Most letters of most texts are ASCII, for which folding is one step.
        if c.is_ascii() {
            walk.character(c.to_ascii_lowercase(), &range);
            continue;
        }
        folded.clear();
        fold_into(c, &mut folded);
        for d in folded.chars() {
            walk.character(d, &range);
        }
    }
    walk.end_word();
}

/// Calls `found` with each term of a text: its tokens, and each two letters of a script without spaces that follow one
/// another, because one letter of such a script is in too many texts to find a word by.
pub fn terms(text: &str, mut found: impl FnMut(&str)) {
    let mut pair = String::new();
    tokens(text, |token| {
        if token.joined {
            // `pair` holds the letter before this one.
            pair.push_str(token.letters);
            found(&pair);
        }
        if token.unspaced {
            pair.clear();
            pair.push_str(token.letters);
        }
        found(token.letters);
    });
}

/// A text while its tokens are being found.
struct Walk<F> {
    found: F,
    /// The letters of the current word.
    word: String,
    /// Its byte range in the text.
    text: Range<usize>,
    /// Whether a letter of a script without spaces directly precedes.
    in_run: bool,
}

impl<F: FnMut(&Token<'_>)> Walk<F> {
    /// Takes one folded character, with its byte range in the text.
    fn character(&mut self, c: char, range: &Range<usize>) {
        if is_unspaced(c) {
            // Thai tone marks are omitted like vowel signs elsewhere.
            if c.is_alphanumeric() {
                self.end_word();
                let mut bytes = [0; 4];
                let letters = &*c.encode_utf8(&mut bytes);
                let token = Token { letters, text: range.clone(), unspaced: true, joined: self.in_run };
                (self.found)(&token);
                self.in_run = true;
            }
        } else if c.is_alphanumeric() || is_mark(c) && !self.word.is_empty() {
            if self.word.is_empty() {
                self.text.start = range.start;
            }
            self.word.push(c);
            self.text.end = range.end;
            self.in_run = false;
        } else if !is_mark(c) {
            self.end_word();
            self.in_run = false;
        }
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        self.word.truncate(self.word.floor_char_boundary(LONGEST));
        let token = Token { letters: &self.word, text: self.text.clone(), unspaced: false, joined: false };
        (self.found)(&token);
        self.word.clear();
    }
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

/// Appends the folded form of a character to `out`: nothing for one that does not show, and something that is neither
/// letter, digit nor mark for one that separates words.
pub fn fold_into(c: char, out: &mut String) {
    if is_folded(c) {
        return out.push(c);
    }
    match own(c) {
        Some(letters) => return out.push_str(letters),
        None if c.is_alphanumeric() || is_mark(c) => {}
        // Signs that look like a letter (№, ™) separate words nevertheless; the map for the browser has no signs.
        None => return out.extend(letter(c).map(|_| ' ')),
    }
    let Some(base) = letter(c) else { return };
    if !base.is_alphanumeric() && !is_mark(base) {
        // A modifier letter that stands for an apostrophe.
        return out.push(base);
    }
    let mut bare = String::new();
    decompose_compatible(base, |part| {
        if !matches!(part, '\u{300}'..='\u{36f}') {
            bare.extend(letter(part));
        }
    });
    for c in bare.nfc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || is_mark(*c)) {
        match own(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
}

/// Returns whether a character is known to be its own folded form, which is true of most letters of common scripts.
fn is_folded(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | 'а'..='я' | '\u{627}' | '\u{628}' | '\u{62a}'..='\u{63a}' | '\u{641}'..='\u{648}'
        | '\u{3041}'..='\u{304b}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns the folded form of a letter that Unicode does not decompose, or that must keep a mark.
fn own(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ß' | 'ẞ' => "ss",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        // The capital of a letter that stands for an apostrophe.
        'Ꞌ' => "'",
        // A letter of its own, as its place in the alphabet and on keyboards shows.
        'й' | 'Й' => "й",
        // Letters that are written for one another at the end of a word.
        'ة' | 'ﺓ' | 'ﺔ' => "ه",
        _ => return None,
    })
}

/// Returns the exceptions from the general rule.
pub fn exceptions() -> Exceptions {
    serde_json::from_str(include_str!("folding.json")).expect("a test wrote and compares the file")
}

/// The exceptions that the browser's own Unicode functions do not cover. Everything else follows the general rule:
/// decompose for compatibility, drop U+0300 to U+036F, compose, make lower case, keep letters, digits and marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exceptions {
    /// Ranges of code points that do not show.
    pub drop: Vec<(u32, u32)>,
    /// Letters whose folded form is not what the general rule gives.
    pub map: BTreeMap<char, String>,
    /// Ranges of code points of scripts without spaces.
    pub unspaced: Vec<(u32, u32)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let mut found = Vec::new();
        tokens(text, |token| found.push(token.letters.to_owned()));
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn words_are_folded_and_separated() {
        check("We thank you, Mr. President – 77 times.", &["we", "thank", "you", "mr", "president", "77", "times"]);
        check("l’État DÉCLARE, cœur, Straße, Łódź", &["l", "etat", "declare", "coeur", "strasse", "lodz"]);
        check("women's A/RES/72/27", &["women", "s", "a", "res", "72", "27"]);
        check("dis\u{ad}arma\u{200b}ment", &["disarmament"]);
        check("вооружённый Йемен", &["вооруженный", "йемен"]);
        check("الفَضَاء نيويـــورك مسؤولية أمن", &["الفضاء", "نيويورك", "مسووليه", "امن"]);
        check("١٥٤٠ ５ ﬁrst", &["1540", "5", "first"]);
        check("외기권의 अन्तरिक्ष", &["외기권의", "अन्तरिक्ष"]);
        check("Hawaiʻi", &["hawai", "i"]);
        check("ไม่ใช่", &["ไ", "ม", "ใ", "ช"]);
    }

    #[test]
    fn letters_without_spaces_are_found_alone_and_in_pairs() {
        let mut found = Vec::new();
        terms("外层空间 (PPWT条约)，会", |term| found.push(term.to_owned()));
        assert_eq!(found, ["外", "外层", "层", "层空", "空", "空间", "间", "ppwt", "条", "条约", "约", "会"]);
    }

    #[test]
    fn the_short_way_of_folding_gives_what_the_long_one_gives() {
        for c in ('\0'..=char::MAX).filter(|c| is_folded(*c)) {
            if own(c) == Some(&c.to_string()) {
                continue;
            }
            assert!(own(c).is_none() && letter(c) == Some(c), "{c:?}");
            let bare: String =
                std::iter::once(c).nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).nfc().collect();
            assert_eq!(bare.to_lowercase(), c.to_string());
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        let (mut once, mut twice) = (String::new(), String::new());
        for c in '\0'..=char::MAX {
            once.clear();
            fold_into(c, &mut once);
            twice.clear();
            once.chars().for_each(|c| fold_into(c, &mut twice));
            let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            assert_eq!(words(&once), words(&twice), "{c:?}");
        }
    }

    #[test]
    fn the_exceptions_are_those_of_the_folding() {
        let found = found();
        assert!(exceptions() == found, "language/folding.json must be\n{}", serde_json::to_string(&found).unwrap());
    }

    /// Finds what the general rule gives otherwise: decompose for compatibility, drop U+0300 to U+036F, compose, make
    /// lower case, keep letters, digits and marks.
    fn found() -> Exceptions {
        let (mut drop, mut map, mut unspaced) = (Vec::new(), BTreeMap::new(), Vec::new());
        let (mut folded, mut general) = (String::new(), String::new());
        for c in '\0'..=char::MAX {
            folded.clear();
            fold_into(c, &mut folded);
            let is_letter = c.is_alphanumeric() || is_combining_mark(c);
            general.clear();
            if is_letter {
                let bare = std::iter::once(c).nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'));
                let lower = bare.nfc().flat_map(char::to_lowercase);
                general.extend(lower.filter(|c| c.is_alphanumeric() || is_combining_mark(*c)));
            }
            if folded.is_empty() && (!general.is_empty() || !is_letter) {
                extend(&mut drop, c);
            } else if is_letter && folded != general {
                map.insert(c, folded.clone());
            }
            if is_unspaced(c) {
                extend(&mut unspaced, c);
            }
        }
        Exceptions { drop, map, unspaced }
    }

    /// Adds a character to ranges of code points in ascending order.
    fn extend(ranges: &mut Vec<(u32, u32)>, c: char) {
        let code = u32::from(c);
        match ranges.last_mut() {
            Some(last) if last.1 + 1 == code => last.1 = code,
            _ => ranges.push((code, code)),
        }
    }
}
