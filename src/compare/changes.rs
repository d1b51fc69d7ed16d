//! Two wordings of one paragraph -> what was kept and what was changed, word by word.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::language::word::{Word, words};

/// A run of words that both wordings have, or a run that replaced another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Run {
    /// Whether both wordings have these words.
    pub is_same: bool,
    /// Bytes of the first text, from the first word to the last; empty where words were only added.
    pub before: Range<u32>,
    /// Bytes of the second text; empty where words were only removed.
    pub after: Range<u32>,
}

/// Compares two wordings. Case and punctuation do not count as changes.
pub fn changes(before: &str, after: &str) -> Vec<Run> {
    let (a, b) = (words(before), words(after));
    aligned(&codes(&a), &codes(&b))
        .into_iter()
        .map(|(is_same, one, other)| Run { is_same, before: bytes(&a, &one), after: bytes(&b, &other) })
        .collect()
}

/// Returns the code of each word: words that differ only in case have the same.
pub fn codes(words: &[Word]) -> Vec<u32> {
    words.iter().map(|word| word.code).collect()
}

/// Returns the bytes from the first word of a range to the last; for an empty range, the position after the previous
/// word.
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

/// Whether the words are the same, and their positions in either text, counted in words.
pub type Aligned = (bool, Range<usize>, Range<usize>);

/// The maximum number of pairs of words compared at once, which takes about a millisecond. Longer texts are first
/// anchored at runs of words that occur once in either, as patience diff does with lines, and compared between the
/// anchors.
const AT_ONCE: usize = 250_000;
/// The number of words in an anchor.
const ANCHOR: usize = 3;

/// Aligns two rows of words for readers. A single word that is the same between two changes counts as part of the
/// change: it is chance ("of", "the"), and readers follow one change more easily than two.
pub fn aligned(before: &[u32], after: &[u32]) -> Vec<Aligned> {
    let joined = aligned_words(before, after);
    let last = joined.len().saturating_sub(1);
    let mut runs = Vec::with_capacity(joined.len());
    for (at, (is_same, one, other)) in joined.into_iter().enumerate() {
        // At either end a single word is not chance: most statements begin with "Mr. Chair" or "Chair".
        let is_alone = one.len() == 1 && at > 0 && at < last;
        add(&mut runs, (is_same && !is_alone, one, other));
    }
    runs
}

/// Aligns two rows of words as they are, with the single words that [`aligned`] counts as part of a change: where most
/// words were exchanged, they are what shows that one text was made from the other.
pub fn aligned_words(before: &[u32], after: &[u32]) -> Vec<Aligned> {
    let mut pieces = Vec::new();
    align((before, 0), (after, 0), &mut pieces);
    // Pieces on both sides of an anchor may be of one kind; joined, a run ends only where the other kind begins.
    let mut joined: Vec<Aligned> = Vec::new();
    for piece in pieces {
        add(&mut joined, piece);
    }
    joined
}

/// Returns how many words are the same in the same order, including the single words that [`aligned`] counts as part of
/// a change.
pub fn kept(before: &[u32], after: &[u32]) -> usize {
    aligned_words(before, after).into_iter().filter(|(is_same, ..)| *is_same).map(|(_, one, _)| one.len()).sum()
}

/// Adds a run to the one before it if both are of one kind.
fn add(runs: &mut Vec<Aligned>, run: Aligned) {
    match runs.last_mut() {
        Some(last) if last.0 == run.0 => {
            last.1.end = run.1.end;
            last.2.end = run.2.end;
        }
        _ => runs.push(run),
    }
}

/// A part of a row of words, and the position at which it begins.
type Part<'a> = (&'a [u32], usize);

/// Appends the alignment of two parts to `out`, by Myers' algorithm where they are short enough.
fn align((before, at): Part<'_>, (after, other_at): Part<'_>, out: &mut Vec<Aligned>) {
    if before.len() * after.len() <= AT_ONCE {
        for operation in capture_diff_slices(Algorithm::Myers, before, after) {
            let (one, other) = (operation.old_range(), operation.new_range());
            let is_same = matches!(operation, DiffOp::Equal { .. });
            out.push((is_same, one.start + at..one.end + at, other.start + other_at..other.end + other_at));
        }
        return;
    }
    let anchors = anchors(before, after);
    // Long texts without a common run that is unique have nothing to do with each other.
    if anchors.is_empty() {
        out.push((false, at..at + before.len(), other_at..other_at + after.len()));
        return;
    }
    let (mut from, mut other_from) = (0, 0);
    for (one, other) in anchors {
        // Anchors may overlap: a run of four equal words holds two.
        if one < from || other < other_from {
            continue;
        }
        align((&before[from..one], at + from), (&after[other_from..other], other_at + other_from), out);
        let (end, other_end) = (one + ANCHOR, other + ANCHOR);
        out.push((true, at + one..at + end, other_at + other..other_at + other_end));
        (from, other_from) = (end, other_end);
    }
    align((&before[from..], at + from), (&after[other_from..], other_at + other_from), out);
}

/// Finds the runs of words that occur exactly once in either text: as many of them as are in the same order in both.
fn anchors(before: &[u32], after: &[u32]) -> Vec<(usize, usize)> {
    fn once(row: &[u32]) -> HashMap<&[u32], Option<usize>> {
        let mut places: HashMap<&[u32], Option<usize>> = HashMap::new();
        for (at, words) in row.windows(ANCHOR).enumerate() {
            places.entry(words).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    }
    let others = once(after);
    let pair = |(words, place): (&[u32], Option<usize>)| Some((place?, (*others.get(words)?)?));
    let mut pairs: Vec<(usize, usize)> = once(before).into_iter().filter_map(pair).collect();
    // The order of a hash map must not reach the result.
    pairs.sort_unstable();
    longest_rising(&pairs)
}

/// Returns the longest subsequence of the pairs in which the second numbers rise as the first do, by patience sorting.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair at which the row with the lowest end finishes; for each pair, its predecessor in its
    // row.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (at, (_, second)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end: &usize| pairs[*end].1 < *second);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut row: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats changes as `[before|after]`.
    fn marked(before: &str, after: &str) -> String {
        let cut = |text: &str, range: &Range<u32>| text[range.start as usize..range.end as usize].to_owned();
        let run = |run: &Run| match run.is_same {
            true => cut(after, &run.after),
            false => format!("[{}|{}]", cut(before, &run.before), cut(after, &run.after)),
        };
        changes(before, after).iter().map(run).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn changes_are_found_word_by_word() {
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
            assert_eq!(marked(before, after), expect, "{before} -> {after}");
        }
    }

    #[test]
    fn long_texts_are_anchored_at_what_occurs_once_in_either() {
        let long: Vec<u32> = (0..6000).map(|n| n * 7919 % 6007).collect();
        let mut changed = long.clone();
        changed.splice(2999..3002, [70_001, 70_002]);
        changed.splice(10..10, 80_000..80_500);
        let same = |run: &&Aligned| run.0;
        let runs = aligned(&long, &changed);
        assert_eq!(runs.iter().filter(same).map(|run| run.1.len()).sum::<usize>(), 5997);
        assert_eq!(runs.iter().filter(|run| !run.0).count(), 2);
        assert_eq!(runs.last().map(|run| (run.1.end, run.2.end)), Some((6000, 6499)));
        let other: Vec<u32> = (100_000..106_000).collect();
        assert_eq!(aligned(&long, &other), [(false, 0..6000, 0..6000)]);
        // A word repeated throughout anchors nothing.
        assert_eq!(aligned(&vec![1; 6000], &vec![2; 6000]), [(false, 0..6000, 0..6000)]);
    }
}
