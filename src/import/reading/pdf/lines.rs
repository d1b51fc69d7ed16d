//! Words on a page -> lines in reading order, column by column.

use super::columns;
use super::order::{self, Brackets, Usual};
use super::poppler::Sheet;
use super::rows::{TextLine, as_drawn, bounds, line, rows};
use super::vertical;
use crate::language::scripts::is_right_to_left;

/// The lines of a page, and whether their order was understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    /// The lines in reading order.
    pub sets: Vec<TextLine>,
    /// Number of rows whose words may be in two columns, and which were read across.
    pub beside: usize,
    /// Whether its lines run from top to bottom.
    pub vertical: bool,
}

/// Returns the lines of a page in reading order.
pub(super) fn lines(sheet: &Sheet, usual: Usual) -> Lines {
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

/// Returns properties of a whole text that a single line may not show, such as how most of its lines encode brackets.
pub(super) fn usual(sheets: &[Sheet]) -> Usual {
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

#[cfg(test)]
mod tests {
    use crate::import::reading::pdf::drawn::{texts, word};

    #[test]
    fn words_become_lines_in_whatever_order_they_are_drawn() {
        let drawn = vec![
            word("ahead", 112.0, 200.0, 12.0),
            word("way", 90.0, 200.0, 12.0),
            word("The", 70.0, 200.0, 12.0),
            word("Above", 70.0, 180.0, 12.0),
        ];
        assert_eq!(texts(drawn), ["Above", "The way ahead"]);
    }

    #[test]
    fn raised_letters_stay_with_their_number_and_raised_numbers_are_recognised() {
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
        // A smaller number on the same line is not raised; one that is raised but not smaller is.
        assert_eq!(beside("A", "2", 199.0, 7.0), ["A2 of it"]);
        assert_eq!(beside("10", "6", 196.0, 12.0), ["10⁶ of it"]);
        // So far up that it makes a row of its own.
        assert_eq!(beside("10", "9", 193.5, 12.0), ["10⁹ of it"]);
        // The number of an isotope comes before its symbol.
        let isotope = vec![word("of", 40.0, 200.0, 12.0), word("235", 70.0, 195.0, 7.0), word("U", 80.5, 200.0, 12.0)];
        assert_eq!(texts(isotope), ["of ²³⁵U"]);
    }
}
