//! Words on a page -> lines in reading order, column by column.

use super::poppler::{Sheet, Word};
use super::words::{logical, read_from_right};
use crate::import::mending::scripts::is_right_to_left;
use crate::import::pages::Place;

/// A line of words, in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    pub text: String,
    pub place: Place,
    /// Width of its first word: what would have to fit on the line above.
    pub first_word: f32,
    /// The part of the page that it stands in, counted from 0: columns, and what stands across them.
    pub part: usize,
    pub right_to_left: bool,
}

/// Returns the lines of a page in reading order.
pub fn lines(sheet: &Sheet, words: Vec<Word>) -> Vec<Set> {
    let rows = rows(words);
    let mut lines = Vec::new();
    for (part, rows) in parts(rows, sheet.width).into_iter().enumerate() {
        lines.extend(rows.into_iter().filter_map(|row| line(row, part)));
    }
    lines
}

/// Puts words that stand beside each other together, from the top to the bottom, each row from left to right.
fn rows(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.retain(|word| !word.text.trim().is_empty());
    words.sort_by(|a, b| a.place.bottom.total_cmp(&b.place.bottom));
    let mut rows: Vec<Vec<Word>> = Vec::new();
    for word in words {
        // What is raised or lowered still overlaps with its line by half.
        let beside = rows.iter_mut().rev().take(4).find(|row| overlap(&bounds(row), &word.place) > 0.5);
        match beside {
            Some(row) => row.push(word),
            None => rows.push(vec![word]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
    }
    rows.sort_by(|a, b| middle(&bounds(a)).total_cmp(&middle(&bounds(b))));
    rows
}

fn middle(place: &Place) -> f32 {
    f32::midpoint(place.top, place.bottom)
}

/// Returns the share of the lower of two places that stands beside the other.
fn overlap(a: &Place, b: &Place) -> f32 {
    let both = a.bottom.min(b.bottom) - a.top.max(b.top);
    both / (a.bottom - a.top).min(b.bottom - b.top).max(0.1)
}

/// Returns the place of words: the size, top and bottom of most of their letters.
fn bounds(row: &[Word]) -> Place {
    let mut by_bottom: Vec<(f32, &Place)> = Vec::new();
    for word in row {
        let letters = word.text.chars().count() as f32;
        match by_bottom.iter_mut().find(|(_, place)| (place.bottom - word.place.bottom).abs() < 0.5) {
            Some((count, _)) => *count += letters,
            None => by_bottom.push((letters, &word.place)),
        }
    }
    let most = by_bottom.into_iter().max_by(|(a, _), (b, _)| a.total_cmp(b));
    let most = most.map_or(Place { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0, size: 0.0, bold: false }, |(_, p)| *p);
    Place {
        left: row.iter().map(|word| word.place.left).fold(f32::INFINITY, f32::min),
        right: row.iter().map(|word| word.place.right).fold(f32::NEG_INFINITY, f32::max),
        bold: row.iter().all(|word| word.place.bold || !word.text.contains(char::is_alphanumeric)),
        ..most
    }
}

/// Rows that stand beside each other make columns from this number on.
const COLUMN: usize = 6;

/// Parts a page at the gutter between its columns: what stands above them, the columns, what stands below.
fn parts(rows: Vec<Vec<Word>>, width: f32) -> Vec<Vec<Vec<Word>>> {
    let Some((first, last, gutter)) = gutter(&rows, width) else { return vec![rows] };
    let (mut above, mut left, mut right, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (i, row) in rows.into_iter().enumerate() {
        if i < first {
            above.push(row);
        } else if i > last {
            below.push(row);
        } else {
            let (of_left, of_right): (Vec<Word>, Vec<Word>) =
                row.into_iter().partition(|word| f32::midpoint(word.place.left, word.place.right) < gutter);
            left.push(of_left);
            right.push(of_right);
        }
    }
    let rtl = |rows: &[Vec<Word>]| rows.iter().filter(|row| reads_from_right(row)).count() * 2 > rows.len();
    let (first, second) = if rtl(&left) && rtl(&right) { (right, left) } else { (left, right) };
    let mut parts = vec![above, first, second, below];
    for part in &mut parts {
        part.retain(|row| !row.is_empty());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Finds the longest run of rows that no word crosses at one place in the middle of the page, with words on both sides
/// in most of them: the first row, the last, and where.
fn gutter(rows: &[Vec<Word>], width: f32) -> Option<(usize, usize, f32)> {
    const STEPS: usize = 40;
    let mut best: Option<(usize, usize, f32, usize)> = None;
    for step in 0..=STEPS {
        let x = width * (0.3 + 0.4 * step as f32 / STEPS as f32);
        let mut start = 0;
        while start < rows.len() {
            let length = rows[start..].iter().take_while(|row| !crosses(row, x)).count();
            let run = &rows[start..start + length];
            let both = run.iter().filter(|row| has_both(row, x)).count();
            // In columns nearly every row has words on both sides, unless one column is shorter.
            let full = both >= COLUMN && both * 2 > length;
            if full && best.as_ref().is_none_or(|best| both > best.3) {
                best = Some((start, start + length - 1, x, both));
            }
            start += length + 1;
        }
    }
    best.map(|(first, last, x, _)| (first, last, x))
}

/// Says whether a word of a row, or a space no wider than between words, stands at `x`.
fn crosses(row: &[Word], x: f32) -> bool {
    let within = |left: f32, right: f32| left < x && x < right;
    row.iter().any(|word| within(word.place.left, word.place.right))
        || row.windows(2).any(|pair| {
            let (a, b) = (&pair[0].place, &pair[1].place);
            within(a.right, b.left) && b.left - a.right < a.size
        })
}

/// Says whether a row has words on both sides of `x`, and not only a mark on the one.
fn has_both(row: &[Word], x: f32) -> bool {
    let letters = |left: bool| {
        let words = row.iter().filter(|word| (word.place.left < x) == left);
        words.map(|word| word.text.chars().filter(|c| c.is_alphabetic()).count()).sum::<usize>()
    };
    letters(true) > 8 && letters(false) > 8
}

fn reads_from_right(row: &[Word]) -> bool {
    let letters = || row.iter().flat_map(|word| word.text.chars()).filter(|c| c.is_alphabetic());
    letters().filter(|c| is_right_to_left(*c)).count() * 2 > letters().count()
}

/// Makes a line of a row's words.
fn line(mut row: Vec<Word>, part: usize) -> Option<Set> {
    let place = bounds(&row);
    let right_to_left = reads_from_right(&row);
    if right_to_left {
        read_from_right(&mut row);
    }
    let first_word = row.first().map(|word| word.place.right - word.place.left)?;
    let mut text = String::new();
    let mut before: Option<&Word> = None;
    for word in &row {
        let words = logical(&word.text);
        let raised = before.is_some_and(|before| is_raised(before, word));
        if let Some(before) = before
            && !(raised || is_tight(before, word))
        {
            text.push(' ');
        }
        if raised && words.chars().all(|c| c.is_ascii_digit()) && !text.ends_with(|c: char| c.is_ascii_digit()) {
            text.extend(words.chars().map(superscript));
        } else {
            text.push_str(&words);
        }
        before = Some(word);
    }
    Some(Set { text, place, first_word, part, right_to_left })
}

/// Says whether two words are one, that a change of font or colour has parted.
fn is_tight(a: &Word, b: &Word) -> bool {
    let (left, right) = if a.place.left <= b.place.left { (a, b) } else { (b, a) };
    right.place.left - left.place.right < 0.1 * left.place.size.min(right.place.size)
}

/// Says whether a word stands higher than the one it follows and is smaller: `th` behind `79`, the number of a footnote.
fn is_raised(before: &Word, word: &Word) -> bool {
    let (a, b) = (&before.place, &word.place);
    b.size < a.size * 0.85 && a.bottom - b.bottom > a.size * 0.12 && b.left - a.right < a.size * 0.2
}

fn superscript(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => char::from_u32('\u{2070}' as u32 + digit as u32 - '0' as u32).unwrap_or(digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, bottom: f32, size: f32) -> Word {
        let right = left + text.chars().count() as f32 * size / 2.0;
        Word { text: text.into(), place: Place { left, top: bottom - size, right, bottom, size, bold: false } }
    }

    fn texts(words: Vec<Word>) -> Vec<String> {
        let sheet = Sheet { width: 600.0, height: 800.0, words: Vec::new() };
        lines(&sheet, words).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn words_come_into_lines_whatever_the_order_they_are_drawn_in() {
        let drawn = vec![
            word("ahead", 112.0, 200.0, 12.0),
            word("way", 90.0, 200.0, 12.0),
            word("The", 70.0, 200.0, 12.0),
            word("Above", 70.0, 180.0, 12.0),
        ];
        assert_eq!(texts(drawn), ["Above", "The way ahead"]);
    }

    #[test]
    fn raised_letters_stay_with_their_number_and_raised_numbers_are_seen() {
        for (raised, follows, expect) in [("th", "79", "79th session"), ("3", "fact", "fact³ session")] {
            let number = word(follows, 70.0, 200.0, 12.0);
            let right = number.place.right;
            let drawn = vec![number, word(raised, right, 195.0, 7.0), word("session", right + 12.0, 200.0, 12.0)];
            assert_eq!(texts(drawn), [expect]);
        }
        let right = word("CO", 70.0, 200.0, 12.0).place.right;
        assert_eq!(texts(vec![word("CO", 70.0, 200.0, 12.0), word("2", right, 202.0, 7.0)]), ["CO2"]);
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
    fn wide_spaces_make_no_columns() {
        let drawn = (0..8).flat_map(|row| {
            let bottom = 100.0 + 14.0 * row as f32;
            let length = 12 + 6 * (row % 4);
            let words = &"some words of a line that is long"[..length];
            [word(words, 70.0, bottom, 12.0), word("and more of them", 90.0 + 6.0 * length as f32, bottom, 12.0)]
        });
        let texts = texts(drawn.collect());
        assert_eq!(texts.len(), 8, "{texts:?}");
    }
}
