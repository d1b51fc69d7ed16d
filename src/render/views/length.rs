//! A text -> how long it takes to read, and its paragraphs in ranges, which are the contents of a long text without
//! headings.

use crate::language::scripts::is_unspaced;
use crate::read::body::{Body, Paragraph};
use crate::read::numbers::Numbers;
use crate::read::paragraph::Label;
use crate::render::view::{LengthView, RangeView};

/// Words and characters that are read in a minute. Sources for words: Brysbaert, "How many words do we read per
/// minute?", Journal of Memory and Language 109 (2019), 238 for English prose; for characters of Chinese, Wang and
/// others, 2018, about 260 to 380.
const WORDS: usize = 230;
const CHARACTERS: usize = 300;

/// A text with as many paragraphs has its contents by ranges, unless headings divide it.
const LONG: usize = 20;
/// Headings that divide a text well enough.
const HEADINGS: usize = 3;
/// The most ranges. As many lines fit on a screen.
const RANGES: usize = 16;
/// Lengths of ranges, in paragraphs.
const STEPS: [usize; 6] = [5, 10, 20, 50, 100, 500];
/// Words at the beginning of a range, and the fewest of a paragraph that is more than an address.
const BEGINS: usize = 6;
const SAYING: usize = 8;

/// Returns how long a text is.
pub(super) fn length(body: &Body) -> LengthView {
    let unspaced = body.text.chars().filter(|c| is_unspaced(*c)).count();
    let is_spaced = |word: &&str| word.chars().any(|c| c.is_alphanumeric() && !is_unspaced(c));
    let words = body.text.split_whitespace().filter(is_spaced).count();
    // Both at once, as a text may quote another script; rounded up.
    let minutes = (words * CHARACTERS + unspaced * WORDS).div_ceil(WORDS * CHARACTERS);
    // A line with nothing but a printed number is not a paragraph to a reader.
    let says = |paragraph: &&Paragraph| body.words(&paragraph.text).chars().any(char::is_alphabetic);
    LengthView { paragraphs: body.paragraphs.iter().filter(says).count(), minutes: minutes.max(1) }
}

/// Returns the ranges of a long text's paragraphs; `is_noted` returns whether a paragraph has notes.
pub(super) fn ranges(body: &Body, numbers: &Numbers, is_noted: &dyn Fn(u32) -> bool) -> Vec<RangeView> {
    let count = body.paragraphs.len();
    if count < LONG || body.headings.len() >= HEADINGS {
        return Vec::new();
    }
    let step = STEPS.into_iter().find(|step| count.div_ceil(*step) <= RANGES).unwrap_or(count);
    let starts = (0..count).step_by(step);
    let range = starts.map(|start| {
        let end = (start + step).min(count);
        let anchor = format!("p{}", numbers.of(start as u32));
        let number = |at: usize| match numbers.paragraph(body, at as u32).label {
            Label::Number { text, .. } => Some(text.to_string()),
            Label::Unnumbered { .. } => None,
        };
        RangeView {
            anchor,
            from: (start..end).find_map(number).unwrap_or_default(),
            to: (start..end).rev().find_map(number).unwrap_or_default(),
            begins: begins(body, start, end),
            noted: (start..end).filter(|at| is_noted(*at as u32)).count(),
        }
    });
    range.collect()
}

/// Returns the first words of the first paragraph of a range that is more than an address such as "Madam Chair,".
fn begins(body: &Body, start: usize, end: usize) -> String {
    let words = |at: usize| body.words(&body.paragraphs[at].text).trim();
    let is_saying = |at: &usize| {
        let words = words(*at);
        words.split_whitespace().count() >= SAYING || words.chars().filter(|c| is_unspaced(*c)).count() >= SAYING
    };
    let text = words((start..end).find(is_saying).unwrap_or(start));
    // In a script without spaces a "word" may be a whole sentence.
    let cut = text.split_whitespace().take(BEGINS).collect::<Vec<_>>().join(" ");
    let short: String = if text.chars().any(is_unspaced) { cut.chars().take(3 * BEGINS).collect() } else { cut };
    let is_all = short.len() >= text.len();
    let short = short.trim_end_matches([',', ';', ':', '.', ' ', '–', '—']);
    if is_all { short.to_owned() } else { format!("{short} …") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Html;
    use crate::read::markdown::parse;

    #[test]
    fn minutes_count_words_and_characters() {
        for (text, minutes) in [
            ("Madam Chair,".to_owned(), 1),
            ("word ".repeat(230), 1),
            ("word ".repeat(231), 2),
            ("слово ".repeat(1000), 5),
            ("外".repeat(600), 2),
            ("外".repeat(601), 3),
            (format!("{} {}", "word ".repeat(230), "外".repeat(300)), 2),
        ] {
            assert_eq!(length(&parse(&text, 1, Html::Escape, false).0).minutes, minutes, "{text:.20}");
        }
    }
}
