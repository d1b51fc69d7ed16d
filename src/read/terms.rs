//! A text's words -> its terms with their counts, by which related statements are found.

/// A term's fingerprint; a clash of two words' fingerprints only makes two texts look a little more alike.
pub type Term = u32;

/// The terms of one text, each once, sorted, with how often it is used.
pub type Terms = Box<[(Term, u16)]>;

/// Shortest word that counts, in characters; Han and kana are taken two by two instead.
const SHORTEST: usize = 4;

/// Returns the terms of a text.
pub fn terms(text: &str) -> Terms {
    let mut found: Vec<Term> = Vec::with_capacity(text.len() / 8);
    let (mut hash, mut length, mut before) = (0u32, 0usize, None);
    let mut end = |hash: &mut u32, length: &mut usize| {
        if *length >= SHORTEST {
            found.push(spread(*hash));
        }
        (*hash, *length) = (0, 0);
    };
    let mut pairs = Vec::new();
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            hash = step(hash, c.to_ascii_lowercase());
            length += 1;
        } else if c.is_ascii() || !c.is_alphabetic() {
            end(&mut hash, &mut length);
            before = None;
        } else if is_unspaced(c) {
            end(&mut hash, &mut length);
            if let Some(before) = before.replace(c) {
                pairs.push(spread(step(step(0, before), c)));
            }
        } else {
            for c in c.to_lowercase() {
                hash = step(hash, c);
            }
            length += 1;
        }
    }
    end(&mut hash, &mut length);
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

fn step(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9e37_79b1)
}

fn spread(hash: u32) -> u32 {
    (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b)
}

/// Says whether the script writes without spaces between words: Han, kana, Thai, Lao, Khmer, Myanmar.
fn is_unspaced(c: char) -> bool {
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
