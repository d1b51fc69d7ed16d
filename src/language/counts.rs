//! The words of a text -> its terms with their counts, by which related statements are found.

use std::sync::Arc;

use super::fold::letter;
use super::scripts::is_unspaced;

/// The hash of a term, with its four lowest bits zero. A collision merely makes two texts look a little more alike.
pub type Term = u32;

/// The bits that a term leaves free for its count.
const FREE: u32 = 15;

/// The distinct terms of a text, sorted; the free bits of each hold how often it is used, as a power of two.
#[derive(Clone, Debug)]
pub struct Terms(Arc<[u32]>);

impl Terms {
    /// Counts sorted terms.
    pub fn count(sorted: &[Term]) -> Terms {
        let counted = sorted.chunk_by(|one, other| one == other).map(|same| same[0] | same.len().ilog2().min(FREE));
        Terms(counted.collect())
    }

    /// Returns each term with how often it is used, as a power of two, rounded down.
    pub fn iter(&self) -> impl Iterator<Item = (Term, u32)> {
        self.0.iter().map(|term| (term & !FREE, term & FREE))
    }

    /// Returns whether the text uses a term.
    pub fn contains(&self, term: Term) -> bool {
        self.0.binary_search_by_key(&term, |counted| counted & !FREE).is_ok()
    }
}

/// The length of the shortest word that counts, in characters. Han and kana are taken in pairs instead (character
/// bigrams).
const SHORTEST: usize = 4;

/// Returns the terms of a text.
pub fn count_terms(text: &str) -> Terms {
    let mut found: Vec<Term> = Vec::with_capacity(text.len() / 8);
    let mut pairs = Vec::new();
    let (mut hash, mut length, mut before) = (0u64, 0usize, None);
    let mut rest = text;
    loop {
        // Fast path: most letters of most texts are ASCII, where a byte is a letter.
        let bytes = rest.as_bytes();
        let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        hash = bytes[..letters].iter().fold(hash, |hash, byte| step(hash, char::from(byte | 0x20)));
        length += letters;
        rest = &rest[letters..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        // A character without a shape (a soft hyphen, a joiner) does not end a word.
        let Some(c) = letter(c) else { continue };
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
    Terms::count(&found)
}

/// Adds a letter to a hash. Letters of an alphabet differ in their lowest five bits, and 64 bits hold twelve of those.
fn step(hash: u64, c: char) -> u64 {
    hash.rotate_left(5) ^ u64::from(u32::from(c))
}

fn spread(hash: u64) -> Term {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as Term & !FREE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_without_regard_to_case_and_short_ones_not_at_all() {
        let counts = |text: &str| count_terms(text).iter().map(|(_, power)| power).collect::<Vec<_>>();
        assert_eq!(counts("Space SPACE space, of the"), [1]);
        assert_eq!(counts(&"space ".repeat(70_000)), [15]);
        let found = |text: &str| count_terms(text).iter().collect::<Vec<_>>();
        assert_eq!(found("КОСМОС космос"), found("космос космос"));
        assert_eq!(found("外层空间").len(), 3);
        assert_eq!(found("").len(), 0);
        assert_ne!(found("space"), found("peace"));
        let (space, peace) = (found("space")[0].0, found("peace")[0].0);
        assert!(count_terms("outer space").contains(space) && !count_terms("outer space").contains(peace));
    }
}
