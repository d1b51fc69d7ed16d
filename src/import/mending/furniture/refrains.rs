//! Lines that recur on page after page -> those that belong to the text nevertheless: whole sentences, set like the
//! text and among its lines.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::mending::layout::{Row, width};
use crate::import::mending::notes::Notes;
use crate::import::mending::scripts::{begins_sentence, ends_sentence, goes_on};
use crate::import::pages::{Doubt, Place, Start};

/// The part of a page's height, at its top and bottom, that holds running heads and feet. Text begins an inch below the
/// edge, which is a twelfth of the height.
const MARGIN: f32 = 0.09;

/// Removes the lines of the text from those that recur, and adds a doubt for each. `heights` are those of the pages, if
/// the format has them.
pub(super) fn keep(found: &mut BTreeSet<u32>, rows: &[Row], heights: &[Option<f32>], notes: &mut Notes) {
    let body = size_of_text(rows);
    let mut kept: BTreeMap<String, &Row> = BTreeMap::new();
    let mut start = 0;
    while start < rows.len() {
        // Consecutive lines that recur together are one passage.
        let follows = |pair: &[Row]| pair[0].page == pair[1].page && pair[0].number + 1 == pair[1].number;
        let is_found = |row: &Row| found.contains(&row.number);
        if !is_found(&rows[start]) {
            start += 1;
            continue;
        }
        let more = rows[start..].windows(2).take_while(|pair| follows(pair) && is_found(&pair[1])).count();
        let group = &rows[start..=start + more];
        let before = start.checked_sub(1).map(|at| &rows[at]).filter(|before| before.page == group[0].page);
        // A refrain such as "We must act now." is the speaker's; a running head is smaller, in the margin, or not a
        // sentence.
        let stays = group.iter().all(|row| is_set_like_text(row, body, heights))
            && (is_sentence(group) || before.is_some_and(|before| is_end_of_sentence(before, group)));
        if stays {
            for row in group {
                found.remove(&row.number);
            }
            kept.entry(form(&group[0].text)).or_insert(&group[0]);
        }
        start += more + 1;
    }
    for row in kept.into_values() {
        notes.doubts.push(Doubt {
            line: row.number,
            column: row.indent as u32 + 1,
            message: format!("`{}` is on page after page; it was taken for a sentence of the text", row.text),
            help: "check the original, and delete it from the draft if it is a running head or foot",
        });
    }
}

/// Returns a line in lower case with `#` for every number.
pub(super) fn form(text: &str) -> String {
    let mut form = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            _ if c.is_numeric() => {
                if !form.ends_with('#') {
                    form.push('#');
                }
            }
            _ => form.push(c),
        }
    }
    form
}

/// Returns the font size of most letters, if the format has sizes.
fn size_of_text(rows: &[Row]) -> Option<f32> {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    for (row, place) in rows.iter().filter_map(|row| Some((row, row.place?))) {
        *letters.entry((place.size * 10.0) as i32).or_default() += row.text.chars().count();
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| size as f32 / 10.0)
}

/// Returns whether a line is as large as the text and in its area. If places are unknown, it is assumed to be.
fn is_set_like_text(row: &Row, body: Option<f32>, heights: &[Option<f32>]) -> bool {
    let (Some(place), Some(body)) = (row.place, body) else { return true };
    let height = heights.get(row.page).copied().flatten();
    place.size > body * 0.95 && height.is_none_or(|height| !is_in_margin(&place, height))
}

fn is_in_margin(place: &Place, height: f32) -> bool {
    place.bottom < height * MARGIN || place.top > height * (1.0 - MARGIN)
}

/// Returns whether lines are whole sentences, and not a title that ends with an abbreviation.
fn is_sentence(group: &[Row]) -> bool {
    /// The minimum width of a sentence in columns, and its minimum number of words in scripts with case.
    const SHORTEST: usize = 20;
    const FEWEST: usize = 4;
    let text: Vec<&str> = group.iter().map(|row| row.text.as_str()).collect();
    let text = text.join(" ");
    let words = text.split(' ').filter(|word| word.contains(char::is_alphabetic)).count();
    let has_case = text.contains(char::is_lowercase);
    // Browsers truncate the title of the page they print.
    let cut = text.ends_with("...") || text.ends_with('…');
    let long = width(&text) >= SHORTEST && (!has_case || words >= FEWEST);
    long && !cut && begins_sentence(&text) && ends_sentence(&text)
}

/// Returns whether lines end a sentence that begins above them, in the same paragraph.
fn is_end_of_sentence(before: &Row, group: &[Row]) -> bool {
    let joined = group[0].start == Some(Start::Not) && !before.text.is_empty();
    joined && !ends_sentence(&before.text) && goes_on(&group[0].text)
}
