//! Two wordings in one language -> rows: paragraphs with the most words in common, in order where possible.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::alike::{FEW, is_alike, same, shared};
use super::row::{MOST, Row};
use crate::stamp::Stamp;

/// Aligns two texts, each given as the codes of its paragraphs' words. Rows are in the order of the second; paragraphs
/// that it dropped are placed where they were in the first.
pub fn wordings(before: &[Vec<u32>], after: &[Vec<u32>]) -> Vec<Row> {
    let mut texts = PartialAlignment { before, after, rows: Vec::new() };
    texts.in_order();
    texts.join();
    texts.moved();
    texts.finish()
}

struct PartialAlignment<'a> {
    before: &'a [Vec<u32>],
    after: &'a [Vec<u32>],
    /// Rows in the order of both texts, without overlap; then those that were moved.
    rows: Vec<Row>,
}

impl PartialAlignment<'_> {
    /// Pairs paragraphs in order so that as many words as possible correspond. In long texts equal paragraphs are
    /// paired first, and only the paragraphs between them are compared.
    fn in_order(&mut self) {
        // Most new versions begin like the old one; an equal beginning needs no table.
        let begin = self.before.iter().zip(self.after).take_while(|(one, other)| one == other).count();
        if (self.before.len() - begin) * (self.after.len() - begin) <= MOST {
            self.pair(0..begin, 0);
            return self.between(begin..self.before.len(), begin..self.after.len());
        }
        // Patience diff on whole paragraphs: those that occur once, unchanged, are safe anchors.
        let stamps =
            |text: &[Vec<u32>]| -> Vec<Stamp> { text.iter().map(|paragraph| Stamp::of(&paragraph[..])).collect() };
        let operations = capture_diff_slices(Algorithm::Patience, &stamps(self.before), &stamps(self.after));
        let (mut one, mut other) = (0, 0);
        for operation in operations {
            if let DiffOp::Equal { old_index, new_index, len } = operation {
                self.between(one..old_index, other..new_index);
                self.pair(old_index..old_index + len, new_index);
                (one, other) = (old_index + len, new_index + len);
            }
        }
        self.between(one..self.before.len(), other..self.after.len());
    }

    /// Pairs the paragraphs `of` one by one with those from `to` on.
    fn pair(&mut self, of: Range<usize>, to: usize) {
        self.rows.extend(of.clone().zip(to..).map(|(at, to)| Row::new(at..at + 1, to..to + 1)));
    }

    /// Pairs the paragraphs in these ranges in order so that as many words as possible correspond: a longest common
    /// subsequence (Needleman and Wunsch 1970) weighted by shared words.
    fn between(&mut self, before: Range<usize>, after: Range<usize>) {
        if before.is_empty() || after.is_empty() || before.len() * after.len() > MOST {
            return;
        }
        let (first, width) = (before.start, after.len() + 1);
        let likeness = likenesses(&self.before[before.clone()], &self.after[after.clone()]);
        // The most words that can correspond from here to the end, filled from the end so that rows come out in order.
        let mut most = vec![0_usize; (before.len() + 1) * width];
        for at in (0..before.len()).rev() {
            for to in (0..after.len()).rev() {
                let pair = likeness[at * after.len() + to];
                let paired = if pair > 0 { most[(at + 1) * width + to + 1] + pair } else { 0 };
                most[at * width + to] = paired.max(most[(at + 1) * width + to]).max(most[at * width + to + 1]);
            }
        }
        // Follows the choices by which the best total came about.
        let (mut at, mut to) = (0, 0);
        while at < before.len() && to < after.len() {
            let (here, pair) = (most[at * width + to], likeness[at * after.len() + to]);
            if pair > 0 && here == most[(at + 1) * width + to + 1] + pair {
                self.rows.push(Row::new(first + at..first + at + 1, after.start + to..after.start + to + 1));
                (at, to) = (at + 1, to + 1);
            } else if here == most[(at + 1) * width + to] {
                at += 1;
            } else {
                to += 1;
            }
        }
    }

    /// Extends rows by adjacent paragraphs whose words they contain: one paragraph in one text may be several in the
    /// other.
    fn join(&mut self) {
        for at in 0..self.rows.len() {
            // A row may grow only into paragraphs between its neighbours, so that rows stay in order.
            let room = |rows: &[Row], side: fn(&Row) -> &Range<usize>, end: usize| {
                let from = at.checked_sub(1).map_or(0, |before| side(&rows[before]).end);
                from..rows.get(at + 1).map_or(end, |next| side(next).start)
            };
            let before = room(&self.rows, |row| &row.before, self.before.len());
            let after = room(&self.rows, |row| &row.after, self.after.len());
            let row = &mut self.rows[at];
            let whole = self.after[row.after.clone()].concat();
            row.before = grown(self.before, row.before.clone(), &before, &whole);
            let whole = self.before[row.before.clone()].concat();
            row.after = grown(self.after, row.after.clone(), &after, &whole);
        }
    }

    /// Pairs the remaining paragraphs regardless of position, the most alike first.
    fn moved(&mut self) {
        let (before, after) = self.left();
        if before.len() * after.len() > MOST {
            return;
        }
        let words = |text: &[Vec<u32>], left: &BTreeSet<usize>| -> Vec<Vec<u32>> {
            left.iter().map(|at| text[*at].clone()).collect()
        };
        // Out of order a short courtesy fits anywhere ("I thank you, Mr. Chair"), so a few words are not enough.
        let likeness = likenesses(&words(self.before, &before), &words(self.after, &after));
        let pairs = before.iter().flat_map(|at| after.iter().map(move |to| (*at, *to)));
        let mut pairs: Vec<_> = likeness.into_iter().zip(pairs).filter(|(likeness, _)| *likeness > FEW).collect();
        pairs.sort_by_key(|(likeness, pair)| (Reverse(*likeness), *pair));
        let (mut before, mut after) = (before, after);
        for (_, (at, to)) in pairs {
            if before.contains(&at) && after.contains(&to) {
                before.remove(&at);
                after.remove(&to);
                self.rows.push(Row { is_moved: true, ..Row::new(at..at + 1, to..to + 1) });
            }
        }
    }

    /// Returns the paragraphs of either text that are in no row.
    fn left(&self) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let left = |count: usize, side: fn(&Row) -> &Range<usize>| {
            let placed: BTreeSet<usize> = self.rows.iter().flat_map(|row| side(row).clone()).collect();
            (0..count).filter(|at| !placed.contains(at)).collect()
        };
        (left(self.before.len(), |row| &row.before), left(self.after.len(), |row| &row.after))
    }

    /// Adds paragraphs without a counterpart and sorts all rows in reading order.
    fn finish(mut self) -> Vec<Row> {
        let (before, after) = self.left();
        let in_order: Vec<Row> = self.rows.iter().filter(|row| !row.is_moved).cloned().collect();
        // A dropped paragraph follows the one that it followed; a new one precedes the one that it precedes.
        self.rows.extend(before.into_iter().map(|at| {
            let next = in_order.partition_point(|row| row.before.end <= at);
            let place = next.checked_sub(1).map_or(0, |last| in_order[last].after.end);
            Row::new(at..at + 1, place..place)
        }));
        self.rows.extend(after.into_iter().map(|at| {
            let next = in_order.partition_point(|row| row.after.end <= at);
            let place = in_order.get(next).map_or(self.before.len(), |next| next.before.start);
            Row::new(place..place, at..at + 1)
        }));
        self.rows.sort_by_key(|row| (row.after.start, !row.after.is_empty(), row.before.start));
        self.rows
    }
}

/// Returns for each pair of paragraphs one more than the number of words they share, so that empty paragraphs can be
/// paired; 0 if they are not alike.
fn likenesses(before: &[Vec<u32>], after: &[Vec<u32>]) -> Vec<usize> {
    let sorted = |text: &[Vec<u32>]| -> Vec<Vec<u32>> {
        let sorted = |words: &Vec<u32>| {
            let mut words = words.clone();
            words.sort_unstable();
            words
        };
        text.iter().map(sorted).collect()
    };
    let (bags, other_bags) = (sorted(before), sorted(after));
    let mut found = Vec::with_capacity(before.len() * after.len());
    for (one, bag) in before.iter().zip(&bags) {
        for (other, other_bag) in after.iter().zip(&other_bags) {
            // Comparing sorted words is fast and an upper bound for words in order: it rules out most pairs.
            let is_hopeless = !is_alike(in_both(bag, other_bag), one.len(), other.len());
            let shared = if is_hopeless { None } else { shared(one, other) };
            found.push(shared.map_or(0, |same| same + 1));
        }
    }
    found
}

/// Counts the words that two sorted lists have in common.
fn in_both(one: &[u32], other: &[u32]) -> usize {
    let (mut at, mut to, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(at), other.get(to)) {
        count += usize::from(a == b);
        (at, to) = (at + usize::from(a <= b), to + usize::from(b <= a));
    }
    count
}

/// Extends a range on both sides, within `room`, by paragraphs that have three quarters of their words in `whole`,
/// beyond those that the range already has there.
fn grown(text: &[Vec<u32>], mut range: Range<usize>, room: &Range<usize>, whole: &[u32]) -> Range<usize> {
    let gains = |range: &Range<usize>, wider: Range<usize>, added: usize| {
        let words = text[added].len();
        let gain = same(&text[wider].concat(), whole).saturating_sub(same(&text[range.clone()].concat(), whole));
        words > 0 && gain * 4 >= words * 3
    };
    while range.end < room.end && gains(&range, range.start..range.end + 1, range.end) {
        range.end += 1;
    }
    while range.start > room.start && gains(&range, range.start - 1..range.end, range.start - 1) {
        range.start -= 1;
    }
    range
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;
    use crate::compare::changes::codes;
    use crate::language::word::words;

    /// Formats the rows as `1=1 2-3=2 4> >3 5~4`, where `~` was moved.
    fn rows_of(before: &[&str], after: &[&str]) -> String {
        let text = |text: &[&str]| -> Vec<Vec<u32>> { text.iter().map(|words_of| codes(&words(words_of))).collect() };
        let side = |range: &Range<usize>| match range.len() {
            0 => String::new(),
            1 => range.end.to_string(),
            _ => format!("{}-{}", range.start + 1, range.end),
        };
        let row = |row: &Row| {
            let mark = if row.is_moved {
                "~"
            } else if row.is_pair() {
                "="
            } else {
                ">"
            };
            format!("{}{mark}{}", side(&row.before), side(&row.after))
        };
        wordings(&text(before), &text(after)).iter().map(row).collect::<Vec<_>>().join(" ")
    }

    const A: &str = "We thank the Secretariat for its report on the work of the model conference in its first year.";
    const B: &str = "Weapons in outer space would endanger every state that depends on satellites. They would also end \
        the trust between those who explore it together.";
    const C: &str = "My delegation therefore supports negotiations on a treaty without any further delay.";
    const D: &str = "In closing, we pledge our full cooperation to the chair and to all delegations in this room.";
    const NEW: &str = "A registry of launches that everyone may consult costs little and builds confidence.";

    #[test]
    fn paragraphs_are_paired_with_those_that_have_their_words() {
        let (b1, b2) = B.split_once(". ").unwrap();
        let edited = B.replace("endanger every state", "put at risk all states");
        let longer = format!("{C} {NEW} {NEW}");
        let joined = format!("{B} {C}");
        for (before, after, expect) in [
            (vec![A, B, C, D], vec![A, B, C, D], "1=1 2=2 3=3 4=4"),
            (vec![A, B, C, D], vec![A, &edited, C, D], "1=1 2=2 3=3 4=4"),
            (vec![A, B, C, D], vec![A, NEW, B, D], "1=1 >2 2=3 3> 4=4"),
            (vec![A, B, D], vec![A, NEW, D], "1=1 2> >2 3=3"),
            (vec![A, C, D], vec![A, &longer, D], "1=1 2=2 3=3"),
            (vec![A, B, D], vec![A, b1, b2, D], "1=1 2=2-3 3=4"),
            (vec![A, B, C, D], vec![A, &joined, D], "1=1 2-3=2 4=3"),
            (vec![A, B, C, D], vec![B, C, D, A], "2=1 3=2 4=3 1~4"),
            (vec![A, B, C, D], vec![&edited, C, D, A], "2=1 3=2 4=3 1~4"),
            (vec!["Thank you.", A], vec![A, "Thank you."], "1> 2=1 >2"),
            (vec![], vec![A], ">1"),
            (vec![A, C, B, D], vec![A, B, &longer, D], "1=1 3=2 2~3 4=4"),
            (vec![A], vec![], "1>"),
            (vec!["*"], vec!["–"], "1=1"),
            (vec![], vec![], ""),
        ] {
            assert_eq!(rows_of(&before, &after), expect, "{before:?} {after:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_paragraph_is_in_one_row(
            before in prop::collection::vec(prop::collection::vec(0u32..9, 0..9), 0..9),
            after in prop::collection::vec(prop::collection::vec(0u32..9, 0..9), 0..9),
        ) {
            let rows = wordings(&before, &after);
            let mut all: Vec<usize> = rows.iter().flat_map(|row| row.before.clone()).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..before.len()).collect::<Vec<_>>());
            let all: Vec<usize> = rows.iter().flat_map(|row| row.after.clone()).collect();
            prop_assert_eq!(all, (0..after.len()).collect::<Vec<_>>());
            let in_order: Vec<&Row> = rows.iter().filter(|row| !row.is_moved).collect();
            prop_assert!(in_order.is_sorted_by_key(|row| row.before.start));
            prop_assert_eq!(wordings(&before, &before).len(), before.len());
        }
    }
}
