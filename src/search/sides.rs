//! The words next to a word -> eight bits, by which a reader rules out most rows that have the words of a phrase apart.
//!
//! A side has four bits. A neighbour of more than three letters is distinctive by itself: three bits are its hash. A
//! shorter one ("of", "the") is next to everything; then they are a hash of it and the word beyond it.

/// The most letters of a neighbour that is not distinctive.
const SHORT: usize = 3;

/// The bit of a short neighbour.
const IS_SHORT: u8 = 8;

/// A word as its neighbours see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    hash: u32,
    is_short: bool,
}

impl Seen {
    /// Hashes the letters of a word, by a function that every language computes alike (FNV-1a over code points).
    pub fn of(letters: &str) -> Seen {
        let (mut hash, mut count) = (0x811c_9dc5_u32, 0);
        for letter in letters.chars() {
            hash = (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193);
            count += 1;
        }
        Seen { hash, is_short: count <= SHORT }
    }
}

/// Returns the four bits for a neighbour, `None` where a row ends, and the word beyond it.
fn side(neighbour: Option<Seen>, beyond: Option<Seen>) -> u8 {
    // The highest bits of a product depend on all bits of its factors.
    let top = |hash: u32| (hash.wrapping_mul(0x9e37_79b1) >> 29) as u8;
    match neighbour {
        None => 0,
        Some(Seen { hash, is_short: false }) => top(hash),
        Some(Seen { hash, is_short: true }) => {
            let beyond = beyond.map_or(0, |beyond| beyond.hash.wrapping_mul(0x85eb_ca6b));
            IS_SHORT | top(hash ^ beyond)
        }
    }
}

/// Returns the sides of the words from `first` to `last` of a row: those before them in the high bits.
pub fn sides(row: &[Seen], first: usize, last: usize) -> u8 {
    let before = |distance: usize| first.checked_sub(distance).map(|at| row[at]);
    let after = |distance: usize| row.get(last + distance).copied();
    side(before(1), before(2)) << 4 | side(after(1), after(2))
}

/// What a phrase determines of the sides of one of its words: bits, and which of them are known. The words around the
/// phrase are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    bits: u8,
    mask: u8,
}

impl Known {
    /// Returns what is known of the sides of the words from `first` to `last` of a phrase.
    pub fn of(phrase: &[Seen], first: usize, last: usize) -> Known {
        let known = |neighbour: Option<&Seen>, beyond: Option<&Seen>| match (neighbour, beyond) {
            (None, _) => (0, 0),
            (Some(Seen { is_short: true, .. }), None) => (IS_SHORT, IS_SHORT),
            (neighbour, beyond) => (side(neighbour.copied(), beyond.copied()), 15),
        };
        let before = |distance: usize| first.checked_sub(distance).map(|at| &phrase[at]);
        let (a, b) = (known(before(1), before(2)), known(phrase.get(last + 1), phrase.get(last + 2)));
        Known { bits: a.0 << 4 | b.0, mask: a.1 << 4 | b.1 }
    }

    /// Returns whether a word with these sides can be that of the phrase.
    pub fn allows(self, sides: u8) -> bool {
        (self.bits ^ sides) & self.mask == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(words: &str) -> Vec<Seen> {
        words.split(' ').map(Seen::of).collect()
    }

    #[test]
    fn a_phrase_allows_every_row_that_has_it() {
        let row = seen("in the world of today the oil states and the seas have a common heritage");
        for (from, to) in (0..row.len()).flat_map(|from| (from + 1..=row.len()).map(move |to| (from, to))) {
            for at in 0..to - from {
                let known = Known::of(&row[from..to], at, at);
                assert!(known.allows(sides(&row, from + at, from + at)), "{from} {to} {at}");
            }
        }
    }

    #[test]
    fn a_phrase_rules_out_other_neighbours() {
        let allows = |phrase: &str, row: &str| Known::of(&seen(phrase), 1, 1).allows(sides(&seen(row), 1, 1));
        assert!(!allows("common heritage of mankind", "their heritage of mankind"));
        assert!(!allows("common heritage of mankind", "common heritage of states"));
        assert!(!allows("common heritage of", "common heritage must"));
        assert!(allows("common heritage of", "common heritage of states"), "what is beyond is not known");
    }
}
