//! What is drawn on a page -> the large letters that are printed across its lines: a level watermark.
//!
//! A watermark in a line of its own would be a heading. One that is printed across the text would come out among its
//! words, letter by letter, because poppler knows only where words are.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Drawn, ShownText};

/// The minimum size of a watermark's letters, as a multiple of the usual size.
const LARGE: f32 = 2.5;
/// The minimum length of a watermark, in bytes; an initial that is several lines high has at most two.
const SHORTEST: usize = 4;
/// The minimum length of the lines that it is printed across, in bytes.
const CROSSED: usize = 10;
/// Highest share of a page's bytes, as a divisor. The lines of a poster are not watermarks.
const MOST: usize = 5;

/// Returns the indices of the operations that show a watermark.
pub(super) fn across(page: &Drawn) -> BTreeSet<usize> {
    let usual = usual_size(page);
    let mut large: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (at, shown) in page.shown.iter().enumerate().filter(|(_, shown)| shown.size >= usual * LARGE) {
        // The letters of a word may be shown one by one.
        large.entry((shown.size.round() as i32, shown.place.1.round() as i32)).or_default().push(at);
    }
    let bytes = |of: &[usize]| of.iter().map(|at| page.shown[*at].bytes).sum::<usize>();
    let all: usize = page.shown.iter().map(|shown| shown.bytes).sum();
    large.retain(|_, of| bytes(of) >= SHORTEST && bytes(of) * MOST <= all);
    let crossed = |of: &Vec<usize>| {
        let left = of.iter().map(|at| page.shown[*at].place.0).fold(f32::INFINITY, f32::min);
        let (size, y) = (page.shown[of[0]].size, page.shown[of[0]].place.1);
        // The widths of letters are not known. These are underestimates, so that a title next to an address in small
        // letters is not taken for a watermark.
        let right = left + size * 0.3 * bytes(of) as f32;
        let is_crossed = |line: &&ShownText| {
            let (x, baseline) = line.place;
            line.size <= usual * 1.5
                && (y - size * 0.7..y).contains(&baseline)
                && x < right
                && x + line.size * 0.25 * line.bytes as f32 > left
        };
        page.shown.iter().filter(is_crossed).map(|line| line.bytes).sum::<usize>() >= CROSSED
    };
    large.into_values().filter(crossed).flatten().collect()
}

/// Returns the size of the letter in the middle of all letters of a page, ordered by size.
fn usual_size(page: &Drawn) -> f32 {
    let mut sizes: Vec<(f32, usize)> = page.shown.iter().map(|shown| (shown.size, shown.bytes)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, bytes)| bytes).sum::<usize>() / 2;
    let mut before = 0;
    let middle = sizes.iter().find(|(_, bytes)| {
        before += bytes;
        before > half
    });
    middle.map_or(f32::INFINITY, |(size, _)| *size)
}
