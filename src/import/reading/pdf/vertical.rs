//! The words of a page with vertical lines -> the same words as if the lines ran from left to right.
//!
//! Chinese and Japanese are also set in columns of single letters, the first column on the right. Rotated by a right
//! angle, they are lines like any others.

use super::poppler::Word;
use crate::import::pages::Place;
use crate::language::scripts::is_east_asian;

/// The minimum number of letters that shows how a page is set.
const ENOUGH: usize = 12;

/// Returns whether most letters of a page are below each other, given its words in drawing order.
pub(super) fn is_vertical(words: &[Word]) -> bool {
    let letters = |word: &Word| word.text.chars().filter(|c| is_east_asian(*c)).count();
    let (mut all, mut under) = (0, 0);
    for (at, word) in words.iter().enumerate() {
        let own = letters(word);
        if own == 0 {
            continue;
        }
        all += own;
        let is_column = own > 1 && height(&word.place) > 1.5 * width(&word.place);
        let follows = |other: Option<&Word>| other.is_some_and(|other| are_stacked(&other.place, &word.place));
        if is_column || own == 1 && (follows(at.checked_sub(1).map(|at| &words[at])) || follows(words.get(at + 1))) {
            under += own;
        }
    }
    all >= ENOUGH && under * 10 > all * 7
}

fn width(place: &Place) -> f32 {
    place.right - place.left
}

fn height(place: &Place) -> f32 {
    place.bottom - place.top
}

/// Returns whether two letters are in one column, directly below each other.
fn are_stacked(a: &Place, b: &Place) -> bool {
    // A sign may be drawn narrower than the square that it occupies.
    let letter = width(a).max(width(b)).max(height(a)).max(height(b)).max(0.1);
    let middle = |place: &Place| f32::midpoint(place.left, place.right);
    let (across, down) = ((middle(a) - middle(b)).abs(), (a.top - b.top).abs());
    across < 0.3 * letter && (0.5 * letter..1.7 * letter).contains(&down)
}

/// Returns what is above the columns, the columns as lines, and what is below them.
pub(super) fn parts(words: Vec<Word>, page: f32) -> [Vec<Word>; 3] {
    let of_columns = || words.iter().filter(|word| word.text.contains(is_east_asian)).map(|word| &word.place);
    let singles = || of_columns().filter(|place| height(place) > 0.8 * width(place));
    let top = singles().map(|place| place.top).fold(f32::INFINITY, f32::min);
    let bottom = singles().map(|place| place.bottom).fold(f32::NEG_INFINITY, f32::max);
    let (mut above, mut columns, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for word in words {
        // A title or a page number above or below all columns is horizontal.
        if word.place.bottom <= top + 1.0 {
            above.push(word);
        } else if word.place.top >= bottom - 1.0 {
            below.push(word);
        } else {
            let place = word.place;
            let turned = Place {
                left: place.top,
                right: place.bottom,
                top: page - place.right,
                bottom: page - place.left,
                ..place
            };
            columns.push(Word { place: Place { size: height(&turned), ..turned }, ..word });
        }
    }
    [above, columns, below]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::pdf::lines::lines;
    use crate::import::reading::pdf::order::Usual;
    use crate::import::reading::pdf::poppler::Sheet;

    fn word(text: &str, left: f32, top: f32, width: f32, height: f32) -> Word {
        let place = Place { left, top, right: left + width, bottom: top + height, size: height, bold: false };
        Word::new(text, place)
    }

    fn page(words: Vec<Word>) -> Sheet {
        Sheet { width: 600.0, height: 800.0, words }
    }

    #[test]
    fn columns_of_letters_are_read_from_the_right() {
        let column = |text: &str, left: f32| -> Vec<Word> {
            text.chars()
                .enumerate()
                .map(|(i, c)| word(&c.to_string(), left, 60.0 + 12.0 * i as f32, 12.0, 15.7))
                .collect()
        };
        let drawn = [column("春に始めた仕事が雪の前に", 520.0), column("終わることを望みます。", 496.0)].concat();
        let mut with_number = drawn.clone();
        with_number.push(word("7", 300.0, 760.0, 6.0, 12.0));
        let lines = lines(&page(with_number), Usual::default());
        let texts: Vec<&str> = lines.sets.iter().map(|line| line.text.as_str()).collect();
        assert!(lines.vertical);
        assert_eq!(texts, ["春に始めた仕事が雪の前に", "終わることを望みます。", "7"]);
        // Letters spaced out on horizontal lines are not columns.
        let level: Vec<Word> = drawn.into_iter().map(|word| Word { place: turned(word.place), ..word }).collect();
        assert!(!is_vertical(&level));
    }

    fn turned(place: Place) -> Place {
        Place { left: place.top, right: place.bottom, top: 600.0 - place.right, bottom: 600.0 - place.left, ..place }
    }
}
