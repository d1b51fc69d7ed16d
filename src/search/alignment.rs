//! The words of a passage and those of a text -> the cheapest way to turn one into part of the other.

use std::collections::BTreeSet;

/// A step of the alignment: the number of a word in the passage, in the text, or in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is in both.
    Same(usize, usize),
    /// Another word is in its place.
    Changed(usize, usize),
    /// It is in the passage alone.
    Added(usize),
    /// It is in the text alone; whether the passage says that something is left out.
    LeftOut(usize, bool),
}

impl Step {
    /// Returns the word of the passage.
    pub fn quoted(&self) -> Option<usize> {
        match self {
            Step::Same(quoted, _) | Step::Changed(quoted, _) | Step::Added(quoted) => Some(*quoted),
            Step::LeftOut(..) => None,
        }
    }

    /// Returns the word of the text.
    pub fn said(&self) -> Option<usize> {
        match self {
            Step::Same(_, said) | Step::Changed(_, said) | Step::LeftOut(said, _) => Some(*said),
            Step::Added(_) => None,
        }
    }
}

/// A passage aligned with a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Aligned {
    /// What becomes of each word.
    pub steps: Vec<Step>,
    /// The first word of the text that has a part in it.
    pub first: usize,
    /// How much of the passage differs: 0 for nothing, 1 if every word differs.
    pub cost: f64,
}

/// The costs of a different or additional word, of starting to leave words out, and of each word left out.
const WORD: u32 = 20;
const GAP: u32 = 40;
const LEFT_OUT: u32 = 1;

/// The largest product of the numbers of words on both sides that is compared.
const LARGEST: usize = 4_000_000;

/// Aligns a passage with a text, whose words before and after it cost nothing. Leaving out words in the middle costs
/// little once some are left out, and nothing where the passage marks it (`breaks`). `None` if there is nothing to
/// compare, or too much.
pub fn align(quoted: &[String], said: &[String], breaks: &BTreeSet<usize>) -> Option<Aligned> {
    let (rows, columns) = (quoted.len() + 1, said.len() + 1);
    if quoted.is_empty() || said.is_empty() || rows * columns > LARGEST {
        return None;
    }
    // For each pair of prefixes: the least cost of an alignment that ends with a word of the passage, and of one that
    // ends with a word left out of the text, each with the step that led to it.
    let never = u32::MAX / 2;
    let (mut word, mut gap) = (vec![0; columns], vec![never; columns]);
    let mut ways = vec![0_u8; rows * columns];
    for i in 1..rows {
        let (mut next_word, mut next_gap) = (vec![never; columns], vec![never; columns]);
        let is_break = breaks.contains(&i);
        for j in 0..columns {
            let way = &mut ways[i * columns + j];
            // The passage's word is added.
            let before = word[j].min(gap[j]);
            next_word[j] = before.saturating_add(WORD);
            *way = u8::from(gap[j] < word[j]) << 1;
            if j > 0 {
                // It is aligned with a word of the text.
                let before = word[j - 1].min(gap[j - 1]);
                let cost = before.saturating_add(if quoted[i - 1] == said[j - 1] { 0 } else { WORD });
                if cost <= next_word[j] {
                    next_word[j] = cost;
                    *way = 1 | u8::from(gap[j - 1] < word[j - 1]) << 1;
                }
                // The text's word is left out, as the first of several or as a further one. After the last word of the
                // passage there is nothing to leave out.
                if i + 1 < rows {
                    let (open, more) = if is_break { (0, 0) } else { (GAP, LEFT_OUT) };
                    let (first, another) =
                        (next_word[j - 1].saturating_add(open), next_gap[j - 1].saturating_add(more));
                    next_gap[j] = first.min(another);
                    *way |= u8::from(another < first) << 2;
                }
            }
        }
        (word, gap) = (next_word, next_gap);
    }
    let (end, cost) = word.iter().enumerate().min_by_key(|(_, cost)| **cost)?;
    let mut steps = Vec::new();
    let (mut i, mut j, mut in_gap) = (quoted.len(), end, false);
    while i > 0 {
        let way = ways[i * columns + j];
        if in_gap {
            steps.push(Step::LeftOut(j - 1, breaks.contains(&i)));
            in_gap = way & 4 > 0;
            j -= 1;
            continue;
        }
        in_gap = way & 2 > 0;
        if way & 1 > 0 {
            let is_same = quoted[i - 1] == said[j - 1];
            steps.push(if is_same { Step::Same(i - 1, j - 1) } else { Step::Changed(i - 1, j - 1) });
            j -= 1;
        } else {
            steps.push(Step::Added(i - 1));
        }
        i -= 1;
    }
    steps.reverse();
    let first = steps.iter().find_map(Step::said).unwrap_or(j);
    Some(Aligned { steps, first, cost: f64::from(*cost) / f64::from(WORD) / quoted.len() as f64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(quoted: &str, said: &str, breaks: &[usize]) -> String {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (quoted, said) = (words(quoted), words(said));
        let aligned = align(&quoted, &said, &breaks.iter().copied().collect()).unwrap();
        let step = |step: &Step| match step {
            Step::Same(at, _) => quoted[*at].clone(),
            Step::Changed(at, of) => format!("{}>{}", said[*of], quoted[*at]),
            Step::Added(at) => format!("+{}", quoted[*at]),
            Step::LeftOut(of, marked) => format!("{}{}", if *marked { "~" } else { "-" }, said[*of]),
        };
        aligned.steps.iter().map(step).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn differences_are_found_word_by_word() {
        for (quoted, said, breaks, expect) in [
            ("b c d", "a b c d e", &[][..], "b c d"),
            ("b x d", "a b c d e", &[], "b c>x d"),
            ("b c x d", "a b c d e", &[], "b c +x d"),
            ("a b f g", "a b c d e f g h", &[2], "a b ~c ~d ~e f g"),
            ("k l m a b c p q r s", "z k l m a b c 1 2 3 p q r s t", &[], "k l m a b c -1 -2 -3 p q r s"),
        ] {
            assert_eq!(shown(quoted, said, breaks), expect);
        }
        assert_eq!(align(&[], &["a".into()], &BTreeSet::new()), None);
    }
}
