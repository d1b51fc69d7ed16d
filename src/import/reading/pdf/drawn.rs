//! Words drawn on a page of invented measures -> the lines that they are read in, for tests.

use super::lines::lines;
use super::order::Usual;
use super::poppler::{Sheet, Word};
use crate::import::pages::Place;

/// Draws words of one size, each letter half as wide as it is high.
pub fn word(text: &str, left: f32, bottom: f32, size: f32) -> Word {
    let right = left + text.chars().count() as f32 * size / 2.0;
    Word::new(text, Place { left, top: bottom - size, right, bottom, size, bold: false })
}

/// Returns the lines in which words are read.
pub fn texts(words: Vec<Word>) -> Vec<String> {
    let sheet = Sheet { width: 600.0, height: 800.0, words };
    lines(&sheet, Usual::default()).sets.into_iter().map(|line| line.text).collect()
}
