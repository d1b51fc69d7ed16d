//! Words drawn on an imaginary page -> the lines in which they are read, for tests.

use super::lines::lines;
use super::order::Usual;
use super::poppler::{Sheet, Word};
use crate::import::pages::Place;

/// Draws a word in a font size, with each letter half as wide as it is high.
pub(super) fn word(text: &str, left: f32, bottom: f32, size: f32) -> Word {
    let right = left + text.chars().count() as f32 * size / 2.0;
    Word::new(text, Place { left, top: bottom - size, right, bottom, size, bold: false })
}

/// Returns the lines in which words are read.
pub(super) fn texts(words: Vec<Word>) -> Vec<String> {
    let sheet = Sheet { width: 600.0, height: 800.0, words };
    lines(&sheet, Usual::default()).sets.into_iter().map(|line| line.text).collect()
}
