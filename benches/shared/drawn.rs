//! Draws samples to be judged, and shows the words around them.

use std::ops::Range;

use plenary::read::body::Body;

/// Draws without replacement.
pub(crate) fn draw<T>(mut all: Vec<T>, count: usize, seed: u64) -> Vec<T> {
    let mut state = seed;
    let mut drawn = Vec::new();
    while drawn.len() < count && !all.is_empty() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        drawn.push(all.swap_remove((state >> 33) as usize % all.len()));
    }
    drawn
}

/// Returns the words with a few words before and after.
pub(crate) fn around(body: &Body, range: &Range<usize>) -> String {
    let text = &body.text;
    let start = text.floor_char_boundary(range.start.saturating_sub(90));
    let end = text.ceil_char_boundary((range.end + 50).min(text.len()));
    let words = format!("{}>>{}<<{}", &text[start..range.start], &text[range.clone()], &text[range.end..end]);
    words.replace(['\n', '\t'], " ")
}
