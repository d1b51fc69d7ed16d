//! A text -> its words, each with its place and a code that is the same however the word is written.
//!
//! Case, Arabic vowel signs, forms of alef and soft hyphens make no other word; a script without spaces is taken letter
//! by letter.

use std::ops::Range;

use super::terms::is_unspaced;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub text: Range<u32>,
    /// Equal for equal words; a clash of two words' codes only makes two texts look a little more alike.
    pub code: u32,
    /// Letters and digits in it; one more in a script that leaves vowels out.
    pub length: u16,
    /// It is a letter of a script that is written without spaces.
    pub unspaced: bool,
}

/// Takes a text apart.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if !c.is_alphanumeric() {
            at += c.len_utf8();
        } else if is_unspaced(c) {
            let end = at + c.len_utf8();
            words.push(Word { text: at as u32..end as u32, code: spread(step(0, c)), length: 1, unspaced: true });
            at = end;
        } else {
            let word = word(text, at);
            at = word.text.end as usize;
            words.push(word);
        }
    }
    words
}

/// Reads the word that begins at a byte.
fn word(text: &str, start: usize) -> Word {
    let is_unvowelled = text[start..].starts_with(|c| matches!(c, '\u{590}'..='\u{6ff}'));
    let (mut hash, mut length, mut at) = (0, u16::from(is_unvowelled), start);
    let bytes = text.as_bytes();
    loop {
        // Most letters of most texts are ASCII, of which a byte at a time is enough.
        while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphanumeric()) {
            hash = step(hash, char::from(byte.to_ascii_lowercase()));
            (length, at) = (length.saturating_add(1), at + 1);
        }
        let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii()) else { break };
        match fold(c) {
            Some(letter) if c.is_alphanumeric() && !is_unspaced(c) => {
                hash = letter.to_lowercase().fold(hash, step);
                length = length.saturating_add(1);
            }
            Some(_) => break,
            None => {}
        }
        at += c.len_utf8();
    }
    Word { text: start as u32..at as u32, code: spread(hash), length, unspaced: false }
}

/// Returns the letter that is meant; nothing for a sign within a word that makes no other word of it.
fn fold(c: char) -> Option<char> {
    match c {
        // Soft hyphen, joiners, tatweel, Arabic vowel signs, Hebrew points.
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5bd}' => {
            None
        }
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' => Some('ي'),
        'ё' | 'Ё' => Some('е'),
        c => Some(c),
    }
}

fn step(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x517c_c1b7_2722_0a95)
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
    fn words_stand_between_what_is_no_letter() {
        check("We thank you, Mr. President – 77 times.", &["We", "thank", "you", "Mr", "President", "77", "times"]);
        check("l’espace extra-atmosphérique", &["l", "espace", "extra", "atmosphérique"]);
        check("外层空间 (PPWT)", &["外", "层", "空", "间", "PPWT"]);
        check("PPWT条约", &["PPWT", "条", "约"]);
        check("الفَضَاء", &["الفَضَاء"]);
        check(" … ", &[]);
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
            ("arms", "mars", false),
            ("été", "ete", false),
        ] {
            assert_eq!(code(one) == code(other), same, "{one} {other}");
        }
    }
}
