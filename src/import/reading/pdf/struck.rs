//! Words and the lines drawn on their pages -> which of the words are struck out.

use super::drawing::Rule;
use super::poppler::Sheet;
use crate::import::pages::Place;

/// Marks the words that a line is drawn through, and returns those that one is drawn through in part.
pub(super) fn mark(sheet: &mut Sheet, rules: &[Rule]) -> Vec<String> {
    let mut rules = rules.to_vec();
    rules.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut partly = Vec::new();
    for word in &mut sheet.words {
        let share = covered(&word.place, &rules);
        // A line may begin at the second letter of a word, or end with the space after it.
        if share > 0.7 {
            word.struck = true;
        } else if share > 0.25 {
            partly.push(word.text.clone());
        }
    }
    partly
}

/// Returns the share of a word's width that lines are drawn through at about half the height of its lower-case letters.
/// An underline is lower, and an overline higher.
fn covered(place: &Place, rules: &[Rule]) -> f32 {
    let height = place.bottom - place.top;
    let (top, bottom) = (place.bottom - 0.62 * height, place.bottom - 0.27 * height);
    let from = rules.partition_point(|rule| rule.y < top);
    let through = rules[from..].iter().take_while(|rule| rule.y <= bottom);
    let width: f32 = through.map(|rule| (rule.right.min(place.right) - rule.left.max(place.left)).max(0.0)).sum();
    width / (place.right - place.left).max(0.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::pdf::poppler::Word;

    #[test]
    fn lines_through_words_strike_them_out_and_lines_under_them_do_not() {
        // Letters of twelve points with their baseline at 197.6.
        let place = Place { left: 70.0, top: 188.0, right: 110.0, bottom: 200.0, size: 12.0, bold: false };
        for (left, right, y, struck, partly) in [
            (70.0, 110.0, 194.4, true, false),
            (40.0, 300.0, 194.4, true, false),
            (70.0, 110.0, 199.0, false, false),
            (70.0, 110.0, 186.0, false, false),
            (110.0, 150.0, 194.4, false, false),
            (70.0, 90.0, 194.4, false, true),
        ] {
            let mut sheet = Sheet { width: 600.0, height: 800.0, words: vec![Word::new("words", place)] };
            let found = mark(&mut sheet, &[Rule { left, right, y }]);
            assert_eq!((sheet.words[0].struck, !found.is_empty()), (struck, partly), "{left} {right} {y}");
        }
    }
}
