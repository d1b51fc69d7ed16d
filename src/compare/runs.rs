//! Two sketches -> which words of the first are in the second, in runs too long to be accidental.
//!
//! The best local alignment with affine gaps (Smith and Waterman 1981, Gotoh 1982), repeated with the words found so
//! far masked, so that a long insertion or reordered sentences hide nothing.

/// The scores of an alignment: equal words, different words, opening a gap and extending it. Extending is cheap,
/// because an editor who inserts one word often inserts a sentence.
const MATCH: i32 = 20;
const MISMATCH: i32 = -10;
const GAP: i32 = -15;
const LONGER: i32 = -2;
/// The minimum score of an alignment: three equal words in a row.
const LEAST: i32 = 3 * MATCH;
/// The maximum number of alignments to look for.
const ROUNDS: usize = 4;
/// The maximum number of words of either sketch to compare.
const LONGEST: usize = 4000;

/// Returns for each word of `of` whether it is in `within`.
pub fn shared(of: &[u16], within: &[u16]) -> Vec<bool> {
    let mut found = vec![false; of.len()];
    if is_hopeless(of, within) {
        return found;
    }
    // Two words cannot reach the least score: they count only verbatim.
    if of.len() <= 2 {
        found.fill(within.windows(of.len()).any(|words| words == of));
        return found;
    }
    // Codes have twelve bits, so these larger values mask words: they match nothing, not even each other.
    let mut of: Vec<u16> = of[..of.len().min(LONGEST)].to_vec();
    let mut within: Vec<u16> = within[..within.len().min(LONGEST)].to_vec();
    for _ in 0..ROUNDS {
        let pairs = align(&of, &within);
        if pairs.is_empty() {
            break;
        }
        for (a, b) in pairs {
            found[a] = true;
            (of[a], within[b]) = (0x1000, 0x2000);
        }
    }
    found
}

/// Returns whether too few words are common for a tenth of `of` to be in `within`. A bit set of the 4,096 codes decides
/// it without an alignment.
fn is_hopeless(of: &[u16], within: &[u16]) -> bool {
    let mut has = [0_u64; 64];
    for code in within {
        has[usize::from(code >> 6)] |= 1 << (code & 63);
    }
    let common = of.iter().filter(|code| has[usize::from(**code >> 6)] & 1 << (**code & 63) != 0).count();
    of.is_empty() || common * 10 < of.len()
}

/// The step by which the best alignment reaches a cell of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It begins here.
    Nowhere,
    /// A word of both.
    Both,
    /// A word of the first sketch only.
    First,
    /// A word of the second sketch only.
    Second,
}

/// Returns the pairs of equal words in the best local alignment; none if its score is below the least.
fn align(of: &[u16], within: &[u16]) -> Vec<(usize, usize)> {
    let width = within.len() + 1;
    let mut from = vec![Step::Nowhere; (of.len() + 1) * width];
    // Whether a gap in either sketch that ends in a cell was already open in the cell before.
    let mut goes_on = vec![(false, false); from.len()];
    // Gotoh's recurrences need one row of scores only; the steps are kept for all cells, to walk back.
    let mut row = vec![0_i32; width];
    let mut gap_in_second = vec![i32::MIN / 2; width];
    let mut best = (0, 0);
    for (i, a) in of.iter().enumerate() {
        let (mut diagonal, mut gap_in_first) = (0, i32::MIN / 2);
        for (j, b) in within.iter().enumerate() {
            let cell = (i + 1) * width + j + 1;
            let (open, longer) = (row[j] + GAP, gap_in_first + LONGER);
            gap_in_first = open.max(longer);
            goes_on[cell].0 = longer > open;
            let (open, longer) = (row[j + 1] + GAP, gap_in_second[j + 1] + LONGER);
            gap_in_second[j + 1] = open.max(longer);
            goes_on[cell].1 = longer > open;
            let both = diagonal + if a == b { MATCH } else { MISMATCH };
            let score = both.max(gap_in_first).max(gap_in_second[j + 1]).max(0);
            from[cell] = match score {
                0 => Step::Nowhere,
                score if score == both => Step::Both,
                score if score == gap_in_first => Step::Second,
                _ => Step::First,
            };
            diagonal = std::mem::replace(&mut row[j + 1], score);
            best = best.max((score, cell));
        }
    }
    if best.0 < LEAST {
        return Vec::new();
    }
    // Walk back from the best cell to where its alignment begins.
    let mut pairs = Vec::new();
    let mut cell = best.1;
    loop {
        match from[cell] {
            Step::Nowhere => return pairs,
            Step::Both => {
                let (i, j) = (cell / width - 1, cell % width - 1);
                if of[i] == within[j] {
                    pairs.push((i, j));
                }
                cell -= width + 1;
            }
            Step::Second => {
                while goes_on[cell].0 {
                    cell -= 1;
                }
                cell -= 1;
            }
            Step::First => {
                while goes_on[cell].1 {
                    cell -= width;
                }
                cell -= width;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::lock::Print;

    fn check(of: &str, within: &str) -> usize {
        shared(&Print::sketch(of), &Print::sketch(within)).iter().filter(|found| **found).count()
    }

    #[test]
    fn words_are_found_in_runs() {
        let text = "the placement of weapons in outer space would endanger every state that depends on it";
        for (within, expect) in [
            (text, 15),
            (
                "we say again that the placement of weapons in outer space would endanger every state that depends on it today",
                15,
            ),
            ("the basing of arms in outer space would threaten every nation that depends on it", 11),
            // Its halves have changed places.
            ("would endanger every state that depends on it the placement of weapons in outer space", 15),
            // Much was put between.
            (
                "the placement of weapons in outer space about which so many of us have spoken at such length in this hall and which nobody has yet been able to justify would endanger every state that depends on it",
                15,
            ),
            ("we thank the chair for the care with which this meeting was prepared and for the time given to it", 0),
            ("", 0),
        ] {
            assert_eq!(check(text, within), expect, "{within}");
        }
        assert_eq!(check("Thank you.", "I thank you all."), 2);
        assert_eq!(check("Thank you.", "You thank"), 0);
        assert_eq!(check("", "words"), 0);
    }
}
