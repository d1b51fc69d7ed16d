//! Words next to each other -> rows; a row -> a line in reading order.

use std::ops::Range;

use super::order::{Usual, is_from_right, logical};
use super::poppler::Word;
use super::shifted::{Shift, characters, shift};
use crate::import::pages::{Place, letters};

/// A line of words in reading order.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextLine {
    /// Its text.
    pub text: String,
    /// Where it is on the page.
    pub place: Place,
    /// Width of its first word, which would have to fit on the line above.
    pub first_word: f32,
    /// Index of the part of the page that it is in: columns, and what spans them.
    pub part: usize,
    /// Whether it is read from the right.
    pub right_to_left: bool,
    /// Which of its letters and digits are struck out.
    pub struck: Vec<Range<u32>>,
}

/// Words next to each other, from left to right.
pub(super) type Row = Vec<Word>;

/// Groups words that are next to each other, from top to bottom, each row from left to right.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Row> {
    words.retain(|word| !word.text.trim().is_empty());
    words.sort_by(|a, b| a.place.bottom.total_cmp(&b.place.bottom));
    let mut rows: Vec<Row> = Vec::new();
    for word in words {
        // Raised and lowered words still overlap with their line by half.
        let own_row = rows.iter_mut().rev().take(4).find(|row| overlap(&bounds(row), &word.place) > 0.5);
        match own_row {
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

/// Puts words that are raised or lowered so far that they make a row of their own back into the row they belong to.
/// Otherwise a lone number would be taken for a page number.
fn with_shifted(rows: Vec<Row>) -> Vec<Row> {
    /// The length of the longest such word, in letters.
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

/// Returns how much of the smaller of two heights both places share.
fn overlap(a: &Place, b: &Place) -> f32 {
    let both = a.bottom.min(b.bottom) - a.top.max(b.top);
    both / (a.bottom - a.top).min(b.bottom - b.top).max(0.1)
}

/// Returns the place of a row: its extent, with the size, top and bottom of most of its letters.
pub(super) fn bounds(row: &[Word]) -> Place {
    let mut by_bottom: Vec<(f32, &Place)> = Vec::new();
    for word in row {
        // Small letters count less: in a short line a raised number may have more letters than the words.
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

/// Makes a line from the words of a row.
pub(super) fn line(mut row: Row, part: usize, usual: Usual) -> Option<TextLine> {
    let place = bounds(&row);
    let (drawn, struck) = as_drawn(&row, &place);
    let right_to_left = is_from_right(&drawn, usual);
    let text = logical(&drawn, right_to_left, usual.brackets);
    // If letters are reordered, positions no longer match, and only the doubt names the struck-out words.
    let struck = if text == drawn { struck } else { Vec::new() };
    if right_to_left {
        row.reverse();
    }
    Some(TextLine { text, place, first_word: first_word(&row)?, part, right_to_left, struck })
}

/// Returns the width of the first word of a row in reading order, with everything attached to it.
fn first_word(row: &[Word]) -> Option<f32> {
    let tight = row.windows(2).take_while(|pair| is_tight(&pair[0], &pair[1])).count();
    let (first, last) = (&row.first()?.place, &row[tight].place);
    Some(first.right.max(last.right) - first.left.min(last.left))
}

/// Returns the words of a row from left to right, with spaces where there are any, and which of their letters are
/// struck out.
pub(super) fn as_drawn(row: &[Word], place: &Place) -> (String, Vec<Range<u32>>) {
    let mut text = String::new();
    let (mut struck, mut count): (Vec<Range<u32>>, u32) = (Vec::new(), 0);
    for (at, word) in row.iter().enumerate() {
        let gap = |other: Option<&Word>| other.map_or(f32::INFINITY, |other| gap(other, word));
        let before = at.checked_sub(1).map(|before| &row[before]);
        let (behind, ahead) = (gap(before), gap(row.get(at + 1)));
        let shift = shift(place, word, behind.min(ahead));
        // Raised letters follow their word directly, but a font may leave a little space.
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

/// Returns whether two words are one, split by a change of font or colour.
fn is_tight(a: &Word, b: &Word) -> bool {
    gap(a, b) < 0.1 * a.place.size.min(b.place.size)
}
