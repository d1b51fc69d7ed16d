//! The rows of a page -> its parts in reading order: what is above its columns, the columns, what is below.

use super::order::{Usual, reads_from_right};
use super::poppler::Word;
use super::rows::{Row, TextLine, bounds, line};
use crate::import::mending::scripts::{ends_sentence, first_letter};
use crate::import::pages::Place;

/// This many rows side by side are columns, regardless of their words.
const COLUMN: usize = 6;
/// Shorter columns, from this number of rows on, must show by their sentences that they are columns.
const SHORT: usize = 3;
/// Depth of columns within columns: three or four next to each other.
const DEEP: usize = 2;
/// The maximum number of runs of columns on one page, with full-width lines between them.
const SECTIONS: usize = 8;

/// Splits a page at the gutters between its columns. Also returns how many rows may be two columns although their
/// sentences do not show it; these are left as they are.
pub(super) fn parts(rows: Vec<Row>, width: f32) -> (Vec<Vec<Row>>, usize) {
    let middle = |share: f32| width * share;
    let mut beside = 0;
    let mut parts = part(rows, (middle(0.3), middle(0.7)), DEEP, SECTIONS, &mut beside);
    parts.retain(|part| !part.is_empty());
    (parts, beside)
}

fn part(rows: Vec<Row>, range: (f32, f32), deep: usize, sections: usize, beside: &mut usize) -> Vec<Vec<Row>> {
    if sections == 0 || rows.len() < SHORT {
        return vec![rows];
    }
    let outer = deep == DEEP;
    let found = gutter(&rows, range, outer);
    let Some(Gutter { first, last, x }) = found.columns else {
        // Within a column, words set apart on their line belong to a table or a list.
        if outer {
            *beside += found.beside;
        }
        return vec![rows];
    };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (i, row) in rows.into_iter().enumerate() {
        if i < first {
            above.push(row);
        } else if i > last {
            below.push(row);
        } else {
            let (of_left, of_right) = halves(row, x);
            left.push(of_left);
            right.push(of_right);
        }
    }
    left.retain(|row| !row.is_empty());
    right.retain(|row| !row.is_empty());
    // In Arabic and Hebrew the right column comes first.
    let rtl = |rows: &[Row]| rows.iter().filter(|row| is_from_right(row)).count() * 2 > rows.len();
    let (one, two) = if rtl(&left) && rtl(&right) { (right, left) } else { (left, right) };
    let mut parts = part(above, range, deep, sections - 1, beside);
    for column in [one, two] {
        match deep.checked_sub(1) {
            Some(deep) => {
                let (from, to) = extent(&column);
                let range = (from + (to - from) * 0.25, from + (to - from) * 0.75);
                parts.extend(part(column, range, deep, sections - 1, beside));
            }
            None => parts.push(column),
        }
    }
    parts.extend(part(below, range, deep, sections - 1, beside));
    parts
}

fn halves(row: Row, x: f32) -> (Row, Row) {
    row.into_iter().partition(|word| f32::midpoint(word.place.left, word.place.right) < x)
}

fn extent(rows: &[Row]) -> (f32, f32) {
    let places = || rows.iter().flatten().map(|word| &word.place);
    (
        places().map(|place| place.left).fold(f32::INFINITY, f32::min),
        places().map(|place| place.right).fold(f32::NEG_INFINITY, f32::max),
    )
}

/// The rows from the first to the last that make columns, and where the space between them is.
#[derive(Clone, Copy)]
struct Gutter {
    first: usize,
    last: usize,
    x: f32,
}

/// The result of a search for columns.
struct ColumnSearch {
    columns: Option<Gutter>,
    /// Number of rows with words on both sides of one place that are not certainly columns.
    beside: usize,
}

/// Finds the longest run of rows that no word crosses at one place, with words on both sides in most of them. If such a
/// run is short, its sentences must continue from line to line on both sides.
fn gutter(rows: &[Row], (from, to): (f32, f32), outer: bool) -> ColumnSearch {
    const STEPS: usize = 40;
    let mut best: Option<(Gutter, usize)> = None;
    let mut short: Option<(Gutter, usize)> = None;
    let mut beside = 0;
    for step in 0..=STEPS {
        let x = from + (to - from) * step as f32 / STEPS as f32;
        let mut start = 0;
        // At each place, the rows fall into runs that no word crosses; a title across the page ends a run.
        while start < rows.len() {
            let length = rows[start..].iter().take_while(|row| !crosses(row, x)).count();
            let run = &rows[start..start + length];
            let both = run.iter().filter(|row| has_both(row, x)).count();
            // In columns nearly every row has words on both sides, unless one column is shorter.
            if outer && both >= COLUMN && both * 2 > length {
                if best.is_none_or(|(_, most)| both > most) {
                    best = Some((Gutter { first: start, last: start + length - 1, x }, both));
                }
            } else if best.is_none() && has_both_sides(run, x) {
                let sides = Sides::of(run, x);
                let most = short.map_or(0, |(_, most)| most);
                if sides.count > most && sides.are_prose(run, x) {
                    let gutter = Gutter { first: start + sides.first, last: start + sides.last, x };
                    short = Some((gutter, sides.count));
                }
                if both >= SHORT && sides.are_aligned(6) {
                    beside = beside.max(both);
                }
            }
            start += length + 1;
        }
    }
    let columns = best.or(short).map(|(gutter, _)| gutter);
    ColumnSearch { columns, beside }
}

/// Returns whether enough rows for short columns have words on each side of `x`.
fn has_both_sides(run: &[Row], x: f32) -> bool {
    let left = run.iter().filter(|row| row.first().is_some_and(|word| word.place.right < x)).count();
    let right = run.iter().filter(|row| row.last().is_some_and(|word| word.place.left > x)).count();
    left.min(right) >= SHORT
}

/// What is on the left and on the right of a place, in the rows that have words there.
struct Sides {
    /// The first row with something on the other side, and the last one that belongs to either side.
    first: usize,
    last: usize,
    /// How many lines of the shorter side are next to the other side.
    count: usize,
    /// Where each line of a side begins: at its left end, or at its right end if most letters are read from there.
    left: Vec<f32>,
    right: Vec<f32>,
}

impl Sides {
    fn of(run: &[Row], x: f32) -> Sides {
        let mut places: [Vec<(usize, Place)>; 2] = [Vec::new(), Vec::new()];
        let mut from_right = [0, 0];
        for (at, row) in run.iter().enumerate() {
            let (left, right): (Row, Row) = halves(row.clone(), x);
            for (side, words) in [left, right].into_iter().enumerate() {
                if letters(&words) > 2 {
                    from_right[side] += usize::from(is_from_right(&words));
                    places[side].push((at, bounds(&words)));
                }
            }
        }
        let none = Sides { first: 0, last: 0, count: 0, left: Vec::new(), right: Vec::new() };
        let [left, right] = places;
        let (Some(a), Some(b)) = (left.first().zip(left.last()), right.first().zip(right.last())) else { return none };
        // Both sides overlap from where the lower one begins to where the upper one ends.
        let (top, bottom) = (a.0.1.top.max(b.0.1.top), a.1.1.bottom.min(b.1.1.bottom));
        let within = |side: &[(usize, Place)]| {
            let of_side = side.iter().filter(|(_, place)| place.bottom > top - 1.0 && place.top < bottom + 1.0);
            of_side.copied().collect::<Vec<_>>()
        };
        let (within_left, within_right) = (within(&left), within(&right));
        let count = within_left.len().min(within_right.len());
        let firsts = within_left.first().into_iter().chain(within_right.first());
        let Some(first) = firsts.map(|(at, _)| *at).min() else { return none };
        // The longer column continues below the shorter one, as long as its lines follow each other.
        let lasts = within_left.last().into_iter().chain(within_right.last());
        let Some(mut last) = lasts.map(|(at, _)| *at).max() else { return none };
        while let Some(next) = run.get(last + 1) {
            let (a, b) = (bounds(&run[last]), bounds(next));
            if b.bottom - a.bottom > 1.8 * a.size.max(b.size) {
                break;
            }
            last += 1;
        }
        let begins = |side: &[(usize, Place)], from_right: usize| {
            let rtl = from_right * 2 > side.len();
            side.iter().map(|(_, place)| if rtl { place.right } else { place.left }).collect::<Vec<f32>>()
        };
        let (left, right) = (begins(&within_left, from_right[0]), begins(&within_right, from_right[1]));
        Sides { first, last, count, left, right }
    }

    /// Returns whether this many in ten lines of either side begin at one place.
    fn are_aligned(&self, in_ten: usize) -> bool {
        self.count >= SHORT && is_aligned(&self.left, in_ten) && is_aligned(&self.right, in_ten)
    }

    /// Returns whether sentences continue from line to line on both sides.
    fn are_prose(&self, run: &[Row], x: f32) -> bool {
        /// The minimum number of continued lines on each side, and on both together.
        const FEWEST: usize = 1;
        const ENOUGH: usize = 3;
        // Wide spaces in a justified text may be below each other by chance, but words rarely begin there on every line.
        if self.count < SHORT || self.count * 2 < self.left.len().max(self.right.len()) || !self.are_aligned(8) {
            return false;
        }
        let (left, right): (Vec<Row>, Vec<Row>) =
            run[self.first..=self.last].iter().map(|row| halves(row.clone(), x)).unzip();
        let (left, right) = (continued(left), continued(right));
        left >= FEWEST && right >= FEWEST && left + right >= ENOUGH
    }
}

fn is_aligned(starts: &[f32], in_ten: usize) -> bool {
    const SAME: f32 = 3.0;
    let mut starts = starts.to_vec();
    starts.sort_by(f32::total_cmp);
    let (mut from, mut most) = (0, 0);
    for (at, start) in starts.iter().enumerate() {
        while start - starts[from] > SAME {
            from += 1;
        }
        most = most.max(at + 1 - from);
    }
    most * 10 >= starts.len() * in_ten
}

/// Returns on how many lines of a column the sentence of the line above continues.
fn continued(rows: Vec<Row>) -> usize {
    let rows = rows.into_iter().filter(|row| letters(row) > 2);
    let lines: Vec<TextLine> = rows.filter_map(|row| line(row, 0, Usual::default())).collect();
    let goes_on = |pair: &&[TextLine]| {
        let (a, b) = (&pair[0], &pair[1]);
        // Letters without case count as continuing unless the line above shows otherwise.
        let small = first_letter(&b.text).is_some_and(|c| c.is_alphabetic() && !c.is_uppercase());
        let near = b.place.bottom - a.place.bottom < 2.0 * a.place.size.max(b.place.size);
        near && small && !ends_sentence(&a.text) && letter_count(&a.text) > 8
    };
    lines.windows(2).filter(goes_on).count()
}

/// Returns whether a word of a row, or a space no wider than between words, is at `x`.
fn crosses(row: &[Word], x: f32) -> bool {
    // A place where a word begins is the end of the space before it.
    let within = |left: f32, right: f32| left < x && x <= right;
    row.iter().any(|word| within(word.place.left, word.place.right))
        || row.windows(2).any(|pair| {
            let (a, b) = (&pair[0].place, &pair[1].place);
            within(a.right, b.left) && b.left - a.right < a.size
        })
}

/// Returns whether a row has words on both sides of `x`, and not only a mark on one.
fn has_both(row: &[Word], x: f32) -> bool {
    let letters = |left: bool| {
        let words = row.iter().filter(|word| (word.place.left < x) == left);
        words.map(|word| letter_count(&word.text)).sum::<usize>()
    };
    letters(true) > 8 && letters(false) > 8
}

fn letters(words: &[Word]) -> usize {
    words.iter().map(|word| letter_count(&word.text)).sum()
}

fn letter_count(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn is_from_right(row: &[Word]) -> bool {
    reads_from_right(&row.iter().map(|word| word.text.as_str()).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::pdf::drawn::{texts, word};
    use crate::import::reading::pdf::lines::lines;
    use crate::import::reading::pdf::poppler::Sheet;

    /// Draws lines below each other.
    fn column(lines: &[&str], left: f32, top: f32) -> Vec<Word> {
        lines.iter().enumerate().map(|(i, text)| word(text, left, top + 14.0 * i as f32, 12.0)).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut drawn = vec![word("A title across the whole of both of them", 160.0, 80.0, 12.0)];
        for row in 0..8 {
            let bottom = 100.0 + 14.0 * row as f32;
            drawn.push(word(&format!("left words of row {row}"), 70.0, bottom, 12.0));
            drawn.push(word(&format!("right words of row {row}"), 320.0, bottom, 12.0));
        }
        let texts = texts(drawn);
        assert_eq!(texts[0], "A title across the whole of both of them");
        assert!(texts[1..9].iter().all(|text| text.starts_with("left")), "{texts:?}");
        assert!(texts[9..].iter().all(|text| text.starts_with("right")), "{texts:?}");
    }

    #[test]
    fn wide_spaces_do_not_make_columns() {
        let drawn = (0..8).flat_map(|row| {
            let bottom = 100.0 + 14.0 * row as f32;
            let length = 12 + 6 * (row % 4);
            let words = &"some words of a line that is long"[..length];
            [word(words, 70.0, bottom, 12.0), word("and more of them", 90.0 + 6.0 * length as f32, bottom, 12.0)]
        });
        let texts = texts(drawn.collect());
        assert_eq!(texts.len(), 8, "{texts:?}");
    }

    const ONE: [&str; 4] = [
        "We have come to this hall in the",
        "hope that what was begun will be",
        "ended before the snow, by those",
        "who began it.",
    ];
    const TWO: [&str; 4] = [
        "It will not be easy, for some who",
        "began it are gone. We shall try",
        "together with all who come with",
        "us.",
    ];

    #[test]
    fn short_columns_are_read_one_after_the_other_if_their_sentences_continue() {
        let title = || vec![word("Statement by Arvenia", 70.0, 60.0, 12.0)];
        let end = || vec![word("I thank you.", 70.0, 240.0, 12.0)];
        let expect = [&["Statement by Arvenia"][..], &ONE, &TWO, &["I thank you."]].concat();
        // At the same height, and with different line spacing.
        for shift in [0.0, 5.0, 8.0] {
            let drawn = [title(), column(&ONE, 70.0, 100.0), column(&TWO, 320.0, 100.0 + shift), end()].concat();
            assert_eq!(texts(drawn), expect, "{shift}");
        }
    }

    #[test]
    fn words_merely_side_by_side_are_read_across_and_reported() {
        let left = ["Permanent Mission", "Second Avenue", "New York, NY"];
        let right = ["Telephone numbers", "Facsimile numbers", "Electronic mail"];
        let drawn = [column(&left, 70.0, 100.0), column(&right, 320.0, 100.0)].concat();
        let sheet = Sheet { width: 600.0, height: 800.0, words: drawn };
        let lines = lines(&sheet, Usual::default());
        assert_eq!(lines.sets[0].text, "Permanent Mission Telephone numbers");
        assert_eq!(lines.beside, 3);
    }

    #[test]
    fn wide_spaces_below_each_other_are_not_columns() {
        let left = ["We have come here in the", "hope that all of what was", "begun will be ended by"];
        let right = ["long winter, as far as it", "can be, by those who are", "still with us today."];
        let mut drawn = column(&left, 70.0, 100.0);
        drawn.extend(
            right.iter().enumerate().map(|(i, text)| word(text, 300.0 + 9.0 * i as f32, 100.0 + 14.0 * i as f32, 12.0)),
        );
        assert_eq!(texts(drawn).len(), 3);
    }

    #[test]
    fn three_columns_are_read_one_after_the_other() {
        let narrow =
            |lines: [&str; 4]| -> Vec<String> { lines.iter().map(|line| line.chars().take(20).collect()).collect() };
        let (one, two) = (narrow(ONE), narrow(TWO));
        let words = |lines: &[String], left: f32| {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            column(&lines, left, 100.0)
        };
        let drawn = [words(&one, 60.0), words(&two, 230.0), words(&one, 400.0)].concat();
        assert_eq!(texts(drawn), [&one[..], &two, &one].concat());
    }
}
