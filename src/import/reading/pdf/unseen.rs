//! Words of a PDF that are drawn but that nobody sees: without ink, transparent, or white on the bare page.
//!
//! Scanned pages have such words on purpose: what OCR recognised lies without ink on the picture. So only words count
//! with nothing else drawn at their place.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::Document;

use super::brush::is_unseen_on_paper;
use super::drawing::{self, Drawn, ShownText};
use super::level::parted;
use super::notes::{Notes, on_pages};
use super::order::Usual;
use super::poppler::{self, Extraction};
use super::rows;
use crate::import::external::Copy;
use crate::import::mended::Reason;

/// The file without the words that nobody sees.
pub(super) struct Seen {
    pub document: Document,
    pub drawn: Vec<Drawn>,
    pub bytes: Vec<u8>,
    pub words: Extraction,
}

/// Leaves out the words that nobody sees, and reports them. Where they are most of a page they stay, with a warning: a
/// reader of drawing operations may be wrong about them, and then the text would be lost. Returns `None` if there are
/// none to leave out.
pub(super) fn leave_out(document: &Document, drawn: &[Drawn], notes: &mut Notes) -> Option<Seen> {
    let (mut gone, mut full) = (BTreeSet::new(), Vec::new());
    for (number, page) in (1..).zip(drawn) {
        let unseen: Vec<&ShownText> = page.shown.iter().filter(|shown| is_unseen(shown, page)).collect();
        let all: usize = page.shown.iter().map(|shown| shown.bytes).sum();
        if unseen.iter().map(|shown| shown.bytes).sum::<usize>() * 2 > all {
            full.push(number);
        } else {
            gone.extend(unseen.into_iter().map(|shown| (shown.home, shown.at)));
        }
    }
    if !full.is_empty() {
        let message = format!("most words on {} are drawn so that nobody sees them; they were kept", on_pages(&full));
        notes.suspect.push(message.clone());
        notes.doubt(message, "look at the original: what cannot be read there does not belong to the text");
    }
    if gone.is_empty() {
        return None;
    }
    let parts = parted(document, drawn, |shown| !gone.contains(&(shown.home, shown.at)));
    let read = parts.and_then(|(seen, rest)| {
        let hidden = texts(&rest)?;
        let words = poppler::words(&Copy::of(&seen, "original.pdf").ok()?).ok()?;
        let document = drawing::open(&seen)?;
        let drawn = drawing::pages(&document)?;
        Some((hidden, Seen { document, drawn, bytes: seen, words }))
    });
    let Some((hidden, seen)) = read else {
        notes.suspect.push("words that nobody sees on its pages are in the text".into());
        return None;
    };
    // Spaces and dots without ink are of no interest to anybody.
    if !hidden.keys().any(|text| text.contains(char::is_alphanumeric)) {
        return None;
    }
    for (text, pages) in hidden {
        let message = format!("`{text}` on {} is drawn so that nobody sees it; it was left out", on_pages(&pages));
        notes.suspect.push(message.clone());
        notes.doubt(message, "check the original, and add to the draft what belongs to the text");
        notes.leave_out(text, Reason::Hidden);
    }
    Some(seen)
}

/// Returns whether text is in no visible ink, with nothing drawn where it begins.
fn is_unseen(shown: &ShownText, page: &Drawn) -> bool {
    // A point within the first letter.
    let (x, y) = (shown.place.0 + shown.size * 0.1, shown.place.1 - shown.size * 0.3);
    is_unseen_on_paper(shown.paint)
        && !page
            .painted
            .iter()
            .any(|[left, top, right, bottom]| (*left..=*right).contains(&x) && (*top..=*bottom).contains(&y))
}

/// Returns the lines of a file, with the pages that they are on.
fn texts(file: &[u8]) -> Option<BTreeMap<String, Vec<usize>>> {
    let sheets = poppler::plain_words(&Copy::of(file, "original.pdf").ok()?).ok()?;
    let mut texts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (page, sheet) in (1..).zip(sheets) {
        for line in rows::rows(sheet.words).into_iter().filter_map(|row| rows::line(row, 0, Usual::default())) {
            texts.entry(line.text).or_default().push(page);
        }
    }
    Some(texts)
}
