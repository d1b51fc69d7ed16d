//! The numbers that a text prints before its paragraphs, in order -> which of them are the paragraphs' own.
//!
//! Not every number at the beginning of a paragraph is that paragraph's number: a list of points has its own numbers, a
//! number can be misprinted, and a second part may start again at 1. So numbers are split into runs that rise by one. A
//! run that continues from the end of the previous one is the text's own. One that does not is a list or a misprint if
//! a later run continues from there instead, and otherwise the beginning of a new series.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::yaml::FrontMatter;
pub use crate::front::controlled::Numbering;
use crate::front::statement;

/// Takes the key along with the other fields, to report a wrong value.
pub(super) fn check(fields: &mut Fields<'_>) {
    fields.one_of(statement::NUMBERING, Numbering::WORDS);
}

/// Looks the key up before the other fields are read, because parsing the text depends on it.
pub(super) fn settled(front: &FrontMatter) -> Option<Numbering> {
    let word = front.values.get(statement::NUMBERING.name)?.as_str()?.trim();
    Numbering::WORDS.iter().find(|(known, _)| *known == word).map(|(_, numbering)| *numbering)
}

/// A number before a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub value: u32,
    /// Whether a heading, a rule or a line like a heading separates this number from the previous one.
    pub after_break: bool,
    /// Whether the previous paragraph ends with a colon, like the introduction to a list.
    pub after_colon: bool,
}

/// What a number before a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The number of the paragraph, in this series of printed numbers (the first is 1).
    Label(u32),
    /// A number out of order with those around it.
    Misprint,
    /// The number of a point in a list, or of a paragraph in a quotation.
    Point,
}

/// Largest step from one number to the next: the source may have lost a number or two.
const NEAR: u32 = 3;

/// Largest step to a single number that nothing follows.
const FAR: u32 = 10;

/// Largest number at the beginning of a list or a part: the source may have lost its 1.
const FIRST: u32 = 2;

/// Consecutive numbers, each one more than the last.
struct Run {
    /// Index of the first candidate.
    at: usize,
    count: usize,
    first: u32,
    last: u32,
}

fn runs(candidates: &[Candidate]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, Candidate { value, .. }) in candidates.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.last.checked_add(1) == Some(*value) => {
                run.last = *value;
                run.count += 1;
            }
            _ => runs.push(Run { at, count: 1, first: *value, last: *value }),
        }
    }
    runs
}

/// Decides the role of each number.
pub(super) fn roles(candidates: &[Candidate]) -> Vec<Role> {
    let runs = runs(candidates);
    // The last run that begins with each number. That is enough, since the only question is whether a later run begins
    // with it, and keeps hostile input linear.
    let begins: BTreeMap<u32, usize> = runs.iter().enumerate().map(|(at, run)| (run.first, at)).collect();
    let is_later = |after: usize, first: u32| begins.get(&first).is_some_and(|at| *at > after);
    let mut roles = vec![Role::Point; candidates.len()];
    let (mut series, mut last): (u32, Option<u32>) = (0, None);
    // Where the current series begins, and how many numbers it has so far.
    let (mut began, mut length) = (0, 0);
    for (at, run) in runs.iter().enumerate() {
        let Candidate { after_break, after_colon, .. } = candidates[run.at];
        let next = |from: u32, until: u32| (from + 1..=until).find(|first| is_later(at, *first));
        let role = match last {
            // The first run opens the first series; a longer run may correct this below.
            None => {
                series = 1;
                Role::Label(series)
            }
            Some(before) if run.first > before => {
                // 18, 91, 20: the text continues from 18, so 91 is a misprint. In 1, 5, 6, 7, 2, 3 the run 5–7 could be
                // a quotation, or columns read in the wrong order; the latter if a later run continues from its end.
                let first = next(before, (before + NEAR).min(run.first - 1));
                let count = first.and_then(|first| begins.get(&first)).map_or(0, |at| runs[*at].count);
                let is_quoted = || run.count < count * 3 && next(run.last, run.last + 1).is_none();
                let goes_on = first.is_some() && (run.count < 3 || is_quoted());
                let is_far = run.first - before > FAR && run.count == 1 && next(run.first, run.first + NEAR).is_none();
                match run.count {
                    1 if goes_on || is_far => Role::Misprint,
                    // Consecutive numbers are not a misprint, but belong to a list or a quotation.
                    _ if goes_on => Role::Point,
                    _ => Role::Label(series),
                }
            }
            // 79, 80, 80, 81: one number was printed twice. The run overlaps the series; only the overlap is wrong.
            Some(before) if run.first > FIRST && run.last > before && before - run.first < NEAR => {
                let twice = run.at + (before - run.first) as usize + 1;
                roles[run.at..twice].fill(Role::Misprint);
                roles[twice..run.at + run.count].fill(Role::Label(series));
                length += run.at + run.count - twice;
                last = Some(run.last);
                continue;
            }
            Some(before) => {
                // 7, 8, [1, 2, 3,] 9: after the list or misprint, the numbers continue from 8. Not so in 1, 2, 3, [1,
                // 2, 3, 4, 5,] 7, where 7 is closer to 5.
                let goes_on = next(before, before + NEAR).is_some_and(|next| {
                    let begins_part = after_break && run.first == 1 && next > run.last && next - run.last < NEAR;
                    (next <= run.last || before > run.last) && !begins_part
                });
                let is_part = run.first <= FIRST && (after_break || run.count >= 3 && !after_colon);
                // A lone number before a whole series (92, 1, 2, 3) was a misprint, so this series is the first.
                let is_first = length == 1 && run.count > 2;
                if goes_on || !(is_part || is_first) {
                    if run.first > FIRST { Role::Misprint } else { Role::Point }
                } else {
                    if is_first && !is_part {
                        roles[began] = Role::Misprint;
                    } else {
                        series += 1;
                    }
                    (began, length) = (run.at, 0);
                    Role::Label(series)
                }
            }
        };
        if let Role::Label(_) = role {
            last = Some(run.last);
            length += run.count;
        }
        roles[run.at..run.at + run.count].fill(role);
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows roles as `7 8 (1) (2) 9 x8 1'`: points in brackets, misprints with an `x`, a prime for each series after
    /// the first. In `numbers`, `|` is a heading and `:` a colon.
    fn shown(numbers: &str) -> String {
        let mut candidates = Vec::new();
        let (mut after_break, mut after_colon) = (false, false);
        for word in numbers.split(' ') {
            match word {
                "|" => after_break = true,
                ":" => after_colon = true,
                number => {
                    candidates.push(Candidate { value: number.parse().unwrap(), after_break, after_colon });
                    (after_break, after_colon) = (false, false);
                }
            }
        }
        let shown = candidates.iter().zip(roles(&candidates)).map(|(of, role)| match role {
            Role::Label(series) => format!("{}{}", of.value, "'".repeat(series as usize - 1)),
            Role::Misprint => format!("x{}", of.value),
            Role::Point => format!("({})", of.value),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paragraph_numbers_are_distinguished_from_points_misprints_and_new_series() {
        for (numbers, expect) in [
            ("1 2 3 4", "1 2 3 4"),
            ("22 23 25 26", "22 23 25 26"),
            // A misprint, also the first and the last.
            ("7 8 8 10", "7 8 x8 10"),
            ("17 18 91 20 21", "17 18 x91 20 21"),
            ("17 18 16 20 21", "17 18 x16 20 21"),
            ("92 23 24 25", "x92 23 24 25"),
            ("79 80 80 81 82", "79 80 x80 81 82"),
            ("79 80 81 80 81 82 83", "79 80 81 x80 x81 82 83"),
            // Columns read in the wrong order.
            ("67 68 73 74 75 69 70 71 72 76", "67 68 73 74 75 x69 x70 x71 x72 76"),
            ("17 18 91", "17 18 x91"),
            // Numbers of something quoted, recognizable only because they are not part of the series.
            ("1 5 6 2 3", "1 (5) (6) 2 3"),
            ("1 5 6 7 2 3", "1 (5) (6) (7) 2 3"),
            ("11 12 31 32 33 34 13 14 15", "11 12 (31) (32) (33) (34) 13 14 15"),
            // Lists, also ones longer than the numbers before them, and at the end.
            ("7 8 : 1 2 3 9 10", "7 8 (1) (2) (3) 9 10"),
            ("1 2 : 1 2 3 4 5 3 4", "1 2 (1) (2) (3) (4) (5) 3 4"),
            ("1 2 3 4 5 6 : 1 2 3", "1 2 3 4 5 6 (1) (2) (3)"),
            ("7 8 | 1 2 3 9 10", "7 8 (1) (2) (3) 9 10"),
            // A second part, and a third one.
            ("1 2 3 4 | 1 2 3 4 5 6", "1 2 3 4 1' 2' 3' 4' 5' 6'"),
            ("1 2 3 4 1 2 3 | 1 2", "1 2 3 4 1' 2' 3' 1'' 2''"),
            ("1 2 3 | 1 2 3 4 5 7", "1 2 3 1' 2' 3' 4' 5' 7'"),
            ("1 2 3 4 5 | 1 2 3 4 6 7", "1 2 3 4 5 1' 2' 3' 4' 6' 7'"),
            ("30 31 32 | 1 2 : 1 2 3 3 4", "30 31 32 1' 2' (1) (2) (3) 3' 4'"),
            // Part of a record.
            ("120 121 130 131", "120 121 130 131"),
            ("12 13 40 41 42", "12 13 40 41 42"),
        ] {
            assert_eq!(shown(numbers), expect, "{numbers}");
        }
    }

    #[test]
    fn many_numbers_take_linear_time() {
        let candidates: Vec<Candidate> = (0..200_000_u32)
            .map(|at| Candidate { value: at * 7919 % 1000, after_break: at % 3 == 0, after_colon: false })
            .collect();
        assert_eq!(roles(&candidates).len(), candidates.len());
    }
}
