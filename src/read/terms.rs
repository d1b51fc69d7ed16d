//! A text's words -> its terms with their counts, by which related statements are found.

use std::sync::Arc;

/// A term's fingerprint; a clash of two words' fingerprints only makes two texts look a little more alike.
pub type Term = u32;

/// The terms of one text, each once, sorted, with how often it is used.
pub type Terms = Arc<[(Term, u16)]>;

/// Shortest word that counts, in characters; Han and kana are taken two by two instead.
const SHORTEST: usize = 4;

/// Returns the terms of a text.
pub fn terms(text: &str) -> Terms {
    let mut found: Vec<Term> = Vec::with_capacity(text.len() / 8);
    let mut pairs = Vec::new();
    let (mut hash, mut length, mut before) = (0u64, 0usize, None);
    let mut rest = text;
    loop {
        // Most letters of most texts are ASCII, of which a byte at a time is enough.
        let bytes = rest.as_bytes();
        let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        hash = bytes[..letters].iter().fold(hash, |hash, byte| step(hash, char::from(byte | 0x20)));
        length += letters;
        rest = &rest[letters..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        if c.is_alphabetic() && !is_unspaced(c) {
            for c in c.to_lowercase() {
                hash = step(hash, c);
            }
            length += 1;
            continue;
        }
        if length >= SHORTEST {
            found.push(spread(hash));
        }
        (hash, length) = (0, 0);
        if !c.is_alphabetic() {
            before = None;
        } else if let Some(before) = before.replace(c) {
            pairs.push(spread(step(step(0, before), c)));
        }
    }
    if length >= SHORTEST {
        found.push(spread(hash));
    }
    found.append(&mut pairs);
    found.sort_unstable();
    let mut terms: Vec<(Term, u16)> = Vec::with_capacity(found.len() / 3);
    for term in found {
        match terms.last_mut() {
            Some((last, count)) if *last == term => *count = count.saturating_add(1),
            _ => terms.push((term, 1)),
        }
    }
    terms.into()
}

/// Takes a letter in. Letters of one alphabet differ in their lowest five bits, of which the hash has room for twelve.
fn step(hash: u64, c: char) -> u64 {
    hash.rotate_left(5) ^ u64::from(u32::from(c))
}

fn spread(hash: u64) -> Term {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as Term
}

/// Says whether the script writes without spaces between words: Han, kana, Thai, Lao, Khmer, Myanmar.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_without_regard_to_case_and_short_ones_not_at_all() {
        assert_eq!(terms("Space SPACE space, of the").iter().map(|(_, count)| *count).collect::<Vec<_>>(), [3]);
        assert_eq!(terms("КОСМОС космос"), terms("космос космос"));
        assert_eq!(terms("外层空间").len(), 3);
        assert_eq!(terms("").len(), 0);
        assert_ne!(terms("space"), terms("peace"));
    }
}
