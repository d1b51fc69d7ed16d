//! Words on a page -> lines in reading order, column by column.

use std::ops::Range;

use super::columns;
use super::order::{self, Brackets, Usual, is_from_right, logical};
use super::poppler::{Sheet, Word};
use super::shifted::{Shift, characters, shift};
use super::vertical;
use crate::import::pages::{Place, letters};
use crate::language::scripts::is_right_to_left;

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
    /// Which of its letters and digits are struck out.
    pub struck: Vec<Range<u32>>,
}

/// Words that stand beside each other, from left to right.
pub type Row = Vec<Word>;

/// The lines of a page, and whether it was understood how they follow each other.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    pub sets: Vec<Set>,
    /// Rows whose words may stand in two columns, and were read across.
    pub beside: usize,
    /// Whether its lines run from top to bottom.
    pub vertical: bool,
}

/// Returns the lines of a page in reading order.
pub fn lines(sheet: &Sheet, usual: Usual) -> Lines {
    let words = sheet.words.clone();
    let vertical = vertical::is_vertical(&words);
    let (parts, beside) = if vertical {
        let parts = vertical::parts(words, sheet.width);
        (parts.into_iter().map(rows).collect(), 0)
    } else {
        columns::parts(rows(words), sheet.width)
    };
    let parts = parts.into_iter().filter(|rows| !rows.is_empty()).enumerate();
    let lines = parts.flat_map(|(part, rows)| rows.into_iter().filter_map(move |row| line(row, part, usual)));
    Lines { sets: lines.collect(), beside, vertical }
}

/// Returns how a text has what its single lines may not show: brackets as most of its lines with them do.
pub fn usual(sheets: &[Sheet]) -> Usual {
    let (mut all, mut from_right) = (0, 0);
    for c in sheets.iter().flat_map(|sheet| &sheet.words).flat_map(|word| word.text.chars()) {
        all += usize::from(c.is_alphabetic());
        from_right += usize::from(c.is_alphabetic() && is_right_to_left(c));
    }
    if from_right == 0 {
        return Usual::default();
    }
    let (mut drawn, mut written) = (0, 0);
    for row in sheets.iter().flat_map(|sheet| rows(sheet.words.clone())) {
        match order::brackets(&as_drawn(&row, &bounds(&row)).0) {
            Some(Brackets::AsDrawn) => drawn += 1,
            Some(Brackets::AsWritten) => written += 1,
            None => {}
        }
    }
    let brackets = if written > drawn { Brackets::AsWritten } else { Brackets::AsDrawn };
    Usual { brackets, from_right: from_right * 2 > all }
}

/// Puts words that stand beside each other together, from the top to the bottom, each row from left to right.
pub fn rows(mut words: Vec<Word>) -> Vec<Row> {
    words.retain(|word| !word.text.trim().is_empty());
    words.sort_by(|a, b| a.place.bottom.total_cmp(&b.place.bottom));
    let mut rows: Vec<Row> = Vec::new();
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
    with_shifted(rows)
}

/// Puts words that are raised or lowered so far that they make a row of their own back into the row that they belong to.
/// Otherwise a number alone on its line would be taken for that of the page.
fn with_shifted(rows: Vec<Row>) -> Vec<Row> {
    /// Letters of the longest such word.
    const LONGEST: usize = 6;
    let is_beside = |word: &Word, other: &Word| {
        let size = other.place.size;
        (-0.3 * size..0.25 * size).contains(&gap(other, word)) && overlap(&other.place, &word.place) > 0.15
    };
    let belongs = |row: &Row, to: &Row| {
        let of_row = |word: &Word| to.iter().any(|other| is_beside(word, other));
        row.len() < to.len() && row.iter().all(|word| word.text.chars().count() <= LONGEST && of_row(word))
    };
    let mut whole: Vec<Row> = Vec::with_capacity(rows.len());
    for mut row in rows {
        if let Some(before) = whole.last_mut() {
            let (raised, lowered) = (belongs(before, &row), belongs(&row, before));
            if raised || lowered {
                before.append(&mut row);
                before.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
                continue;
            }
        }
        whole.push(row);
    }
    whole
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
pub fn bounds(row: &[Word]) -> Place {
    let mut by_bottom: Vec<(f32, &Place)> = Vec::new();
    for word in row {
        // What is small counts less: in a short line a raised number may have more letters than the words.
        let letters = word.text.chars().count() as f32 * word.place.size;
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

/// Makes a line of a row's words.
pub fn line(mut row: Row, part: usize, usual: Usual) -> Option<Set> {
    let place = bounds(&row);
    let (drawn, struck) = as_drawn(&row, &place);
    let right_to_left = is_from_right(&drawn, usual);
    let text = logical(&drawn, right_to_left, usual.brackets);
    // Where letters change their order, only the words say which are meant.
    let struck = if text == drawn { struck } else { Vec::new() };
    if right_to_left {
        row.reverse();
    }
    Some(Set { text, place, first_word: first_word(&row)?, part, right_to_left, struck })
}

/// Returns the width of the first word of a row in the order of reading, with all that stands right beside it.
fn first_word(row: &[Word]) -> Option<f32> {
    let tight = row.windows(2).take_while(|pair| is_tight(&pair[0], &pair[1])).count();
    let (first, last) = (&row.first()?.place, &row[tight].place);
    Some(first.right.max(last.right) - first.left.min(last.left))
}

/// Returns the words of a row from left to right, with a space where one stands, and which of their letters are struck
/// out.
fn as_drawn(row: &[Word], place: &Place) -> (String, Vec<Range<u32>>) {
    let mut text = String::new();
    let (mut struck, mut count): (Vec<Range<u32>>, u32) = (Vec::new(), 0);
    for (at, word) in row.iter().enumerate() {
        let gap = |other: Option<&Word>| other.map_or(f32::INFINITY, |other| gap(other, word));
        let before = at.checked_sub(1).map(|before| &row[before]);
        let (behind, ahead) = (gap(before), gap(row.get(at + 1)));
        let shift = shift(place, word, behind.min(ahead));
        // What is raised stands right behind its word, where a font may leave a little space.
        let joins = shift != Shift::Level && behind < place.size * 0.2;
        if before.is_some_and(|before| !joins && !is_tight(before, word)) {
            text.push(' ');
        }
        let shifted = characters(shift, &word.text, &text);
        let shown = shifted.as_deref().unwrap_or(&word.text);
        let end = count + shown.chars().map(letters).sum::<u32>();
        match struck.last_mut().filter(|last| last.end == count) {
            Some(last) if word.struck => last.end = end,
            _ if word.struck && end > count => struck.push(count..end),
            _ => {}
        }
        count = end;
        text.push_str(shown);
    }
    (text, struck)
}

/// Returns the space between two words.
fn gap(a: &Word, b: &Word) -> f32 {
    let (left, right) = if a.place.left <= b.place.left { (a, b) } else { (b, a) };
    right.place.left - left.place.right
}

/// Returns whether two words are one, that a change of font or colour has parted.
fn is_tight(a: &Word, b: &Word) -> bool {
    gap(a, b) < 0.1 * a.place.size.min(b.place.size)
}

#[cfg(test)]
mod tests {
    use crate::import::reading::pdf::drawn::{texts, word};

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
        let beside = |a: &str, b: &str, bottom: f32, size: f32| {
            let first = word(a, 70.0, 200.0, 12.0);
            let right = first.place.right;
            texts(vec![first, word(b, right, bottom, size), word("of it", right + 60.0, 200.0, 12.0)])
        };
        assert_eq!(beside("CO", "2", 202.0, 7.0), ["CO₂ of it"]);
        assert_eq!(beside("10", "-9", 195.0, 7.0), ["10⁻⁹ of it"]);
        // A smaller number on the same line is not raised, and one that is raised without being smaller is.
        assert_eq!(beside("A", "2", 199.0, 7.0), ["A2 of it"]);
        assert_eq!(beside("10", "6", 196.0, 12.0), ["10⁶ of it"]);
        // So far up that it makes a row of its own.
        assert_eq!(beside("10", "9", 193.5, 12.0), ["10⁹ of it"]);
        // The number of an isotope stands before its sign.
        let isotope = vec![word("of", 40.0, 200.0, 12.0), word("235", 70.0, 195.0, 7.0), word("U", 80.5, 200.0, 12.0)];
        assert_eq!(texts(isotope), ["of ²³⁵U"]);
    }
}
