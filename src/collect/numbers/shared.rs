//! Two sketches -> which words of the first stand in the second, in runs that are no accident.
//!
//! The best local alignment with affine gaps (Smith and Waterman 1981, Gotoh 1982), again and again with what was found
//! taken out, so that a long insertion or a changed order of sentences hides nothing.

const MATCH: i32 = 20;
const MISMATCH: i32 = -10;
const GAP: i32 = -15;
const LONGER: i32 = -2;
/// The least score of an alignment: three words in a row.
const LEAST: i32 = 3 * MATCH;
/// How many alignments are looked for.
const ROUNDS: usize = 4;
/// Words that are looked at, at most.
const LONGEST: usize = 4000;

/// Says of each word of `of` whether it stands in `within`.
pub(super) fn shared(of: &[u16], within: &[u16]) -> Vec<bool> {
    let mut found = vec![false; of.len()];
    if is_hopeless(of, within) {
        return found;
    }
    if of.len() <= 2 {
        found.fill(within.windows(of.len()).any(|words| words == of));
        return found;
    }
    // Codes have twelve bits: larger ones match nothing.
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

/// Says whether too few words are common to both for a tenth of `of` to stand in `within`.
fn is_hopeless(of: &[u16], within: &[u16]) -> bool {
    let mut has = [0_u64; 64];
    for code in within {
        has[usize::from(code >> 6)] |= 1 << (code & 63);
    }
    let common = of.iter().filter(|code| has[usize::from(**code >> 6)] & 1 << (**code & 63) != 0).count();
    of.is_empty() || common * 10 < of.len()
}

/// Where the best alignment that ends in a cell comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Nowhere,
    Both,
    First,
    Second,
}

/// Returns the pairs of equal words in the best local alignment; none if it is below the least score.
fn align(of: &[u16], within: &[u16]) -> Vec<(usize, usize)> {
    let width = within.len() + 1;
    let mut from = vec![From::Nowhere; (of.len() + 1) * width];
    // Whether a gap that ends in a cell was open before.
    let mut goes_on = vec![(false, false); from.len()];
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
                0 => From::Nowhere,
                score if score == both => From::Both,
                score if score == gap_in_first => From::Second,
                _ => From::First,
            };
            diagonal = std::mem::replace(&mut row[j + 1], score);
            best = best.max((score, cell));
        }
    }
    if best.0 < LEAST {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    let mut cell = best.1;
    loop {
        match from[cell] {
            From::Nowhere => return pairs,
            From::Both => {
                let (i, j) = (cell / width - 1, cell % width - 1);
                if of[i] == within[j] {
                    pairs.push((i, j));
                }
                cell -= width + 1;
            }
            From::Second => {
                while goes_on[cell].0 {
                    cell -= 1;
                }
                cell -= 1;
            }
            From::First => {
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
