//! A text -> its words, each with its position and a code that is the same for all spellings of the word.
//!
//! Case, look-alikes (`language::fold`), Arabic vowel signs and soft hyphens do not change a word's code. In scripts
//! without spaces, each letter is a word.

use std::ops::Range;

use super::fold::letter;
use super::scripts::{is_arabic, is_hebrew, is_unspaced};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its byte range in the text.
    pub text: Range<u32>,
    /// Equal for equal words. A collision merely makes two texts look a little more alike.
    pub code: u32,
    /// Its number of letters and digits, plus one in a script that leaves vowels out.
    pub length: u16,
    /// Whether it is a letter of a script without spaces.
    pub unspaced: bool,
}

/// Splits a text into words.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let (mut at, mut folded) = (0, String::new());
    while let Some(c) = text[at..].chars().next() {
        // Some letters, such as the okina, fold to an apostrophe, so they start no word.
        if !c.is_alphanumeric() || letter(c).is_some_and(|letter| !letter.is_alphanumeric()) {
            at += c.len_utf8();
        } else if is_unspaced(c) {
            let end = at + c.len_utf8();
            let code = code(c.encode_utf8(&mut [0; 4]).as_bytes());
            words.push(Word { text: at as u32..end as u32, code, length: 1, unspaced: true });
            at = end;
        } else {
            let word = ascii_word(text.as_bytes(), at).unwrap_or_else(|| word(text, at, &mut folded));
            at = word.text.end as usize;
            words.push(word);
        }
    }
    words
}

/// Reads the word at a byte if it is ASCII, as most words of most texts are. Eight letters are hashed at a time.
fn ascii_word(text: &[u8], start: usize) -> Option<Word> {
    let letters = text[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let end = start + letters;
    if text.get(end).is_some_and(|byte| !byte.is_ascii()) {
        return None;
    }
    // In ASCII this bit makes a letter lower case; digits have it already.
    let small = 0x2020_2020_2020_2020;
    let (mut hash, mut at) = (0, start);
    while at < end {
        let eight = match text[at..].first_chunk() {
            Some(eight) => u64::from_le_bytes(*eight),
            None => eight(&text[at..]),
        };
        let kept = u64::MAX >> (64 - 8 * (end - at).min(8));
        hash = step(hash, (eight | small) & kept);
        at += 8;
    }
    let length = letters.try_into().unwrap_or(u16::MAX);
    Some(Word { text: start as u32..end as u32, code: spread(hash), length, unspaced: false })
}

/// Reads the word at a byte, whatever its letters; `folded` is a reusable buffer.
fn word(text: &str, start: usize, folded: &mut String) -> Word {
    folded.clear();
    let is_unvowelled = text[start..].starts_with(|c| is_hebrew(c) || is_arabic(c));
    let (mut length, mut at) = (u16::from(is_unvowelled), start);
    for c in text[start..].chars() {
        match letter(c) {
            Some(letter) if letter.is_alphanumeric() && !is_unspaced(letter) => {
                folded.extend(letter.to_lowercase());
                length = length.saturating_add(1);
            }
            Some(_) => break,
            None => {}
        }
        at += c.len_utf8();
    }
    Word { text: start as u32..at as u32, code: code(folded.as_bytes()), length, unspaced: false }
}

/// Returns the code of a word in lower case.
fn code(letters: &[u8]) -> u32 {
    spread(letters.chunks(8).map(eight).fold(0, step))
}

/// Returns up to eight bytes as one number; missing bytes are zero.
fn eight(bytes: &[u8]) -> u64 {
    let mut eight = [0; 8];
    let count = bytes.len().min(8);
    eight[..count].copy_from_slice(&bytes[..count]);
    u64::from_le_bytes(eight)
}

/// Adds eight letters to a hash (FxHash).
fn step(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn spread(hash: u64) -> u32 {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> =
            words(text).iter().map(|word| &text[word.text.start as usize..word.text.end as usize]).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn words_are_between_what_is_not_a_letter() {
        check("We thank you, Mr. President – 77 times.", &["We", "thank", "you", "Mr", "President", "77", "times"]);
        check("l’espace extra-atmosphérique", &["l", "espace", "extra", "atmosphérique"]);
        check("外层空间 (PPWT)", &["外", "层", "空", "间", "PPWT"]);
        check("PPWT条约", &["PPWT", "条", "约"]);
        check("الفَضَاء", &["الفَضَاء"]);
        check(" … ", &[]);
        check("Hawaiʻi and womenʼs ʼ", &["Hawai", "i", "and", "women", "s"]);
    }

    #[test]
    fn every_character_is_passed() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b {c}");
            let found = words(&text);
            assert!(found.iter().all(|word| word.text.start < word.text.end), "{c:?}: {found:?}");
        }
    }

    #[test]
    fn a_word_has_one_code_however_it_is_written() {
        let code = |text: &str| words(text).iter().map(|word| word.code).collect::<Vec<_>>();
        for (one, other, same) in [
            ("SPACE", "space", true),
            ("Éspace", "éspace", true),
            ("الفَضَاء", "الفضاء", true),
            ("أمن", "امن", true),
            ("вооружённый", "вооруженный", true),
            ("dis\u{ad}armament", "disarmament", true),
            ("space", "spaces", false),
            ("Internationalisation", "internationalisation", true),
            ("dis\u{ad}armamentandsecurity", "disarmamentandsecurity", true),
            ("disarmamentandsecurity2", "disarmamentandsecurity", false),
            ("\u{212a}elvin", "kelvin", true),
            ("arms", "mars", false),
            ("été", "ete", false),
        ] {
            assert_eq!(code(one) == code(other), same, "{one} {other}");
        }
    }
}
