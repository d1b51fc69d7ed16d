//! Words on pages -> the same words without the line numbers in the margin.

use super::order::Usual;
use super::poppler::{Sheet, Word};
use super::rows::{Row, line, rows};
use crate::import::mending::scripts::{ends_sentence, first_letter, goes_on};
use crate::language::scripts::short_number;

/// A number at the outer end of a row.
#[derive(Clone, Copy, Debug)]
struct Edge {
    row: usize,
    value: u32,
    left: f32,
    right: f32,
}

impl Edge {
    fn word<'a>(&self, rows: &'a [Row], right: bool) -> &'a Word {
        let row = &rows[self.row];
        if right { &row[row.len() - 1] } else { &row[0] }
    }
}

/// The margin that numbers are in.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Margin {
    /// Whether it is to the right of the text.
    right: bool,
    /// Where its numbers are aligned.
    at: f32,
}

/// Removes line numbers from the pages, and returns for each page those that were removed.
pub(super) fn without_line_numbers(sheets: &mut [Sheet]) -> Vec<(usize, Vec<u32>)> {
    let margins: Vec<Margin> = sheets.iter().filter_map(|sheet| margin(&rows(sheet.words.clone()))).collect();
    let mut taken = Vec::new();
    // The last page has few lines; if the others have numbers, it has them too.
    let Some(usual) =
        margins.iter().max_by_key(|margin| margins.iter().filter(|other| is_same(**other, **margin)).count())
    else {
        return taken;
    };
    for (page, sheet) in sheets.iter_mut().enumerate() {
        let rows = rows(sheet.words.clone());
        let margin = margin(&rows).unwrap_or(*usual);
        let in_margin = in_margin(&edges(&rows, margin.right), margin);
        let edges = match steady(&in_margin) {
            Some((_, edges)) => edges,
            None if in_margin.len() == 1 => in_margin,
            None => continue,
        };
        taken.push((page + 1, edges.iter().map(|edge| edge.value).collect()));
        let numbers: Vec<&Word> = edges.iter().map(|edge| edge.word(&rows, margin.right)).collect();
        sheet.words.retain(|word| !numbers.contains(&word));
    }
    taken
}

fn is_same(a: Margin, b: Margin) -> bool {
    a.right == b.right && (a.at - b.at).abs() < SAME
}

/// Tolerance in points within which numbers are aligned.
const SAME: f32 = 3.0;

/// Returns the margin in which every line, or every fifth, has its number; `None` if that is uncertain. Numbers of
/// paragraphs are in a margin as well, but only next to the beginnings of sentences.
fn margin(rows: &[Row]) -> Option<Margin> {
    /// The minimum number of consecutive lines with a number each; if numbers are further apart, fewer suffice.
    const EACH: usize = 4;
    const DISTANT: usize = 2;
    [false, true].into_iter().find_map(|right| {
        let all = edges(rows, right);
        let places = all.iter().flat_map(|edge| [edge.left, edge.right]).map(|at| Margin { right, at });
        let margin = places.max_by_key(|margin| in_margin(&all, *margin).len())?;
        let (step, edges) = steady(&in_margin(&all, margin))?;
        let texts: Vec<(String, bool)> =
            rows.iter().enumerate().map(|(at, row)| text(row, edges.iter().any(|edge| edge.row == at))).collect();
        // Next to this many numbers, the sentence of the line above continues.
        let within = edges.iter().filter(|edge| is_within_sentence(&texts, edge.row)).count();
        let enough = match step {
            1 => edges.len() >= EACH && within >= 2 && within * 4 >= edges.len(),
            step => edges.len() >= DISTANT && within >= 1 && are_distant(&edges, &texts, step),
        };
        enough.then_some(margin)
    })
}

/// Returns the numbers at one end of the rows that are separated from their words.
fn edges(rows: &[Row], right: bool) -> Vec<Edge> {
    let edge = |(at, row): (usize, &Row)| {
        let (word, beside) =
            if right { (row.last()?, row.len().checked_sub(2).map(|at| &row[at])) } else { (row.first()?, row.get(1)) };
        let apart = beside.is_none_or(|beside| {
            let gap = if right { word.place.left - beside.place.right } else { beside.place.left - word.place.right };
            gap > 0.6 * word.place.size
        });
        let value = short_number(&word.text).filter(|_| apart)?;
        Some(Edge { row: at, value, left: word.place.left, right: word.place.right })
    };
    rows.iter().enumerate().filter_map(edge).collect()
}

/// Returns the numbers in a margin: those that are aligned on one side.
fn in_margin(edges: &[Edge], margin: Margin) -> Vec<Edge> {
    let near = |end: fn(&Edge) -> f32| {
        let near = edges.iter().filter(|edge| (end(edge) - margin.at).abs() < SAME);
        near.copied().collect::<Vec<_>>()
    };
    let (left, right) = (near(|edge| edge.left), near(|edge| edge.right));
    if left.len() > right.len() { left } else { right }
}

/// Returns the step from each number to the next, and the longest run of numbers with this step; `None` if too many
/// numbers are outside the run.
fn steady(edges: &[Edge]) -> Option<(u32, Vec<Edge>)> {
    let steps: Vec<Option<u32>> = edges.windows(2).map(|pair| pair[1].value.checked_sub(pair[0].value)).collect();
    let (mut start, mut best) = (0, 0..0);
    for at in 0..steps.len() {
        if steps[at] != steps[start] {
            start = at;
        }
        if at + 1 - start > best.len() {
            best = start..at + 1;
        }
    }
    let step = steps.get(best.start).copied().flatten().filter(|step| matches!(step, 1..=5 | 10))?;
    let mut first = best.start;
    // If only every fifth line has a number, the first line may have one as well.
    if first > 0 && step > 1 && edges[first - 1].value == 1 && edges[first].value == step {
        first -= 1;
    }
    let run = &edges[first..=best.end];
    (run.len() * 10 >= edges.len() * 7).then(|| (step, run.to_vec()))
}

/// Returns whether the number of lines between two numbers is what the numbers say.
fn are_distant(edges: &[Edge], texts: &[(String, bool)], step: u32) -> bool {
    edges.windows(2).all(|pair| {
        let lines = texts[pair[0].row..pair[1].row].iter().filter(|(text, _)| !text.is_empty()).count();
        lines.abs_diff(step as usize) <= 1
    })
}

/// Returns the words of a row without the number at its end, and whether there was one.
fn text(row: &Row, numbered: bool) -> (String, bool) {
    let words: Vec<Word> = row.iter().filter(|word| !numbered || short_number(&word.text).is_none()).cloned().collect();
    (line(words, 0, Usual::default()).map_or_else(String::new, |set| set.text), numbered)
}

/// Returns whether the sentence of the line above continues in a row.
fn is_within_sentence(texts: &[(String, bool)], at: usize) -> bool {
    let text = &texts[at].0;
    let before = texts[..at].iter().rev().map(|(text, _)| text).find(|text| !text.is_empty());
    let no_case = first_letter(text).is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    (goes_on(text) || no_case) && before.is_some_and(|before| !ends_sentence(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::Place;

    fn word(text: &str, left: f32, row: usize) -> Word {
        let right = left + 6.0 * text.chars().count() as f32;
        let top = 80.0 + 14.0 * row as f32;
        Word::new(text, Place { left, top, right, bottom: top + 12.0, size: 12.0, bold: false })
    }

    const TEXT: [&str; 10] = [
        "We have come to this hall in the hope",
        "that what was begun will be ended by",
        "those who began it.",
        "It will not be easy, for some of them",
        "are no longer with us, and others do",
        "not wish to come.",
        "We shall nevertheless try with all of",
        "you, as far as you can come with us",
        "on that way, and as far as there is",
        "one.",
    ];

    /// Returns the numbers that are removed from a page of ten lines with these numbers next to them.
    fn taken(numbers: &[(usize, &str)], left: impl Fn(&str) -> f32) -> Vec<u32> {
        let mut words: Vec<Word> = TEXT.iter().enumerate().map(|(row, text)| word(text, 90.0, row)).collect();
        words.extend(numbers.iter().map(|(row, text)| word(text, left(text), *row)));
        let mut sheets = [Sheet { width: 600.0, height: 800.0, words }];
        let taken = without_line_numbers(&mut sheets);
        let of_text = |word: &&Word| short_number(&word.text).is_none();
        assert_eq!(sheets[0].words.iter().filter(of_text).count(), TEXT.len());
        let left = sheets[0].words.len() - TEXT.len();
        let taken: Vec<u32> = taken.into_iter().flat_map(|(_, numbers)| numbers).collect();
        assert_eq!(taken.len() + left, numbers.len());
        taken
    }

    #[test]
    fn line_numbers_are_removed_and_paragraph_numbers_stay() {
        let each = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
        let each: Vec<(usize, &str)> = each.into_iter().enumerate().collect();
        let to_the_right = |text: &str| 70.0 - 6.0 * text.len() as f32;
        assert_eq!(taken(&each, to_the_right), (1..=10).collect::<Vec<_>>());
        assert_eq!(taken(&each, |_| 50.0), (1..=10).collect::<Vec<_>>(), "from the left");
        assert_eq!(taken(&each, |_| 350.0), (1..=10).collect::<Vec<_>>(), "on the right of the text");
        assert_eq!(taken(&[(4, "25"), (9, "30")], to_the_right), [25, 30], "each fifth");
        // Numbered paragraphs, and numbers that do not rise by one.
        assert!(taken(&[(0, "1"), (3, "2"), (6, "3")], to_the_right).is_empty());
        assert!(taken(&[(0, "3"), (1, "2"), (2, "7"), (3, "9"), (4, "11")], to_the_right).is_empty());
    }

    #[test]
    fn a_page_of_few_lines_has_numbers_if_the_others_do() {
        let page = |lines: usize, first: usize| {
            let lines = TEXT.iter().take(lines).enumerate();
            let words =
                lines.flat_map(|(row, text)| [word(&(first + row).to_string(), 50.0, row), word(text, 90.0, row)]);
            Sheet { width: 600.0, height: 800.0, words: words.collect() }
        };
        let mut sheets = [page(10, 1), page(2, 11)];
        let taken = without_line_numbers(&mut sheets);
        assert_eq!(taken[1], (2, vec![11, 12]));
        assert_eq!(sheets[1].words.len(), 2);
    }
}
