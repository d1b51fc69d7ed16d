//! `Mended` -> `Known`: what a text says of itself, and how that was found.

mod language;

use super::mended::{Mended, Reason};
use super::original::Original;
use super::pages::Pages;

/// Something known of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key of the front matter.
    pub key: &'static str,
    pub value: String,
    /// How it was found, for the person who checks.
    pub evidence: String,
    /// Whether it can be relied on. What cannot goes into a comment.
    pub sure: bool,
}

/// What is known of a text, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub fields: Vec<Found>,
}

impl Known {
    /// Returns what is known under a key.
    pub fn get(&self, key: &str) -> Option<&Found> {
        self.fields.iter().find(|found| found.key == key)
    }
}

/// Finds what a text says of itself.
pub fn know(original: &Original, pages: &Pages, mended: &Mended) -> Known {
    let title =
        Found { key: "title", value: original.stem().to_owned(), evidence: "the file's name".into(), sure: true };
    let fields = [Some(title), language::find(pages, mended), text_status(mended), status_note(pages)];
    Known { fields: fields.into_iter().flatten().collect() }
}

/// Says to readers that a machine saw the words, until a person has compared them and takes it out.
fn status_note(pages: &Pages) -> Option<Found> {
    let program = pages.ocr.as_ref()?;
    let value = format!("Read by OCR ({program}) from pictures of pages, and not yet compared with the original.");
    Some(Found { key: "status_note", value, evidence: "the original has no text, only pictures".into(), sure: true })
}

fn text_status(mended: &Mended) -> Option<Found> {
    let printed = mended.removals.iter().find(|removal| removal.reason == Reason::TextStatus)?;
    let evidence = format!("line {}: {}", printed.line, printed.text);
    Some(Found { key: "text_status", value: "check-against-delivery".into(), evidence, sure: true })
}
