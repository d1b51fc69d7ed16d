//! Two wordings of one paragraph -> what stayed and what was changed, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::read::words::{Word, words};

/// A run of words that both wordings have, or that stands in the place of another. The ranges are bytes of either text,
/// from the first word to the last; one of them is empty where words only came or went.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    pub is_same: bool,
    pub before: Range<u32>,
    pub after: Range<u32>,
}

/// Compares two wordings. Case and punctuation are no change.
pub fn changes(before: &str, after: &str) -> Vec<Run> {
    let (a, b) = (words(before), words(after));
    aligned(&codes(&a), &codes(&b))
        .into_iter()
        .map(|(is_same, one, other)| Run { is_same, before: bytes(&a, &one), after: bytes(&b, &other) })
        .collect()
}

/// Returns the codes of words.
pub fn codes(words: &[Word]) -> Vec<u32> {
    words.iter().map(|word| word.code).collect()
}

/// Returns the bytes from the first word of a range to the last; of an empty range, the place after the word before.
fn bytes(words: &[Word], range: &Range<usize>) -> Range<u32> {
    match words.get(range.clone()) {
        Some([first, .., last]) => first.text.start..last.text.end,
        Some([only]) => only.text.clone(),
        _ => {
            let end = range.start.checked_sub(1).map_or(0, |before| words[before].text.end);
            end..end
        }
    }
}

/// Whether the words are the same, and where they stand in either text, in words.
pub type Aligned = (bool, Range<usize>, Range<usize>);

/// Aligns two rows of words. A lone word that stayed between two changes is part of the change: it is chance, and a
/// reader takes in one change better than two.
pub fn aligned(before: &[u32], after: &[u32]) -> Vec<Aligned> {
    let mut runs: Vec<Aligned> = Vec::new();
    let operations: Vec<DiffOp> = capture_diff_slices(Algorithm::Myers, before, after);
    for (at, operation) in operations.iter().enumerate() {
        let (one, other) = (operation.old_range(), operation.new_range());
        let is_between = at > 0 && at + 1 < operations.len();
        let is_same = matches!(operation, DiffOp::Equal { .. }) && (one.len() > 1 || !is_between);
        match runs.last_mut() {
            Some(last) if last.0 == is_same => {
                last.1.end = one.end;
                last.2.end = other.end;
            }
            _ => runs.push((is_same, one, other)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes what changed: `[before|after]`.
    fn told(before: &str, after: &str) -> String {
        let cut = |text: &str, range: &Range<u32>| text[range.start as usize..range.end as usize].to_owned();
        let run = |run: &Run| match run.is_same {
            true => cut(after, &run.after),
            false => format!("[{}|{}]", cut(before, &run.before), cut(after, &run.after)),
        };
        changes(before, after).iter().map(run).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_was_changed_is_told_word_by_word() {
        for (before, after, expect) in [
            ("We are concerned.", "We are deeply concerned.", "We are [|deeply] concerned"),
            ("We are deeply concerned.", "We are concerned", "We are [deeply|] concerned"),
            ("We call on all states now.", "We urge every state now.", "We [call on all states|urge every state] now"),
            (
                "We welcome the draft today.",
                "We note the treaty today.",
                "We [welcome the draft|note the treaty] today",
            ),
            ("THE SAME, words", "The same words.", "The same words"),
            ("外层空间属于全人类", "外层空间仍属于全人类", "外层空间 [|仍] 属于全人类"),
            ("", "All new.", "[|All new]"),
            ("All gone.", "", "[All gone|]"),
            ("", "", ""),
        ] {
            assert_eq!(told(before, after), expect, "{before} -> {after}");
        }
    }
}
