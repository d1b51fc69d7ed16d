//! A PDF -> its lines, page by page, and which of them begin a paragraph.

mod ligatures;
mod lines;
mod ocr;
mod paragraphs;
mod poppler;
mod words;

use super::{Ocr, Unreadable};
use crate::import::external::Copy;
use crate::import::judging::{Verdict, judge};
use crate::import::mending::scripts::are_turned_round;
use crate::import::pages::{Doubt, Line, Markup, Page, Pages, Start};
use paragraphs::Leaf;
use poppler::{Set, Sheet};
use words::Whole;

const TEMPORARY: &str = "see that the folder for temporary files can be written to";

/// Reads a PDF.
pub fn read(bytes: &[u8], ocr: Ocr) -> Result<Pages, Unreadable> {
    let copy = Copy::of(bytes, "original.pdf")
        .map_err(|error| Unreadable::new(format!("no copy of it could be made for `pdftotext`: {error}"), TEMPORARY))?;
    let mut set = poppler::words(&copy)?;
    let mut doubts = Vec::new();
    if are_turned_round(&text(&set.sheets)) {
        match single_ligatures(bytes) {
            Some(turned_back) => set = turned_back,
            None => doubts.push(doubt(
                "letters of Arabic ligatures (lam-alef) are in the wrong order, and the file does not show where",
                "compare the draft with its original, or hand in the text in another format",
            )),
        }
    }
    if set.damaged {
        let message = "the file is damaged; what could be found of it was read";
        doubts.push(doubt(message, "fetch or copy the file again, and compare the draft with it"));
    }
    let blind = unseen(&set.sheets, ocr);
    let (mut reader, mut seen_with) = ("PDF".to_owned(), None);
    if ocr != Ocr::Never && !blind.is_empty() && (ocr == Ocr::Always || ocr::is_installed(&copy)) {
        let seen = ocr::see(&copy, &blind)?;
        let (confidence, model) = (seen.confidence, seen.model);
        reader = format!("PDF, {} by OCR", of(&blind, set.sheets.len()));
        seen_with = Some(format!("tesseract, {model}"));
        let message = format!(
            "{} seen by OCR (tesseract, {model}; {confidence:.0} % sure)",
            if blind.len() == set.sheets.len() { "its words were".into() } else { pages_were(&blind) }
        );
        doubts.push(doubt(message, "compare the draft with its original, word by word"));
        for (page, sheet) in blind.iter().zip(seen.sheets) {
            set.sheets[page - 1] = sheet;
        }
    } else if !blind.is_empty() {
        let message = format!("{} without words that can be read: scanned, drawn, or blank", pages_were(&blind));
        let help = "look at the original; with tesseract installed (Debian: tesseract-ocr, macOS: tesseract) and `--ocr auto` scanned pages are read";
        doubts.push(doubt(message, help));
    }
    let pages = pages(&set.sheets);
    Ok(Pages { reader, markup: Markup::Plain, language: None, ocr: seen_with, pages, left_out: Vec::new(), doubts })
}

/// Reads a file once more, with its ligatures as one character each.
fn single_ligatures(bytes: &[u8]) -> Option<Set> {
    let file = ligatures::with_single_ligatures(bytes)?;
    let set = poppler::words(&Copy::of(&file, "original.pdf").ok()?).ok()?;
    (!are_turned_round(&text(&set.sheets))).then_some(set)
}

/// Returns the lines of a file as one text.
fn text(sheets: &[Sheet]) -> String {
    let pages = pages(sheets);
    pages.iter().flat_map(|page| &page.lines).flat_map(|line| [line.text.as_str(), "\n"]).collect()
}

/// Returns the pages that only OCR can read, counted from 1: all if the text of the file is no text, or all are wanted.
fn unseen(sheets: &[Sheet], ocr: Ocr) -> Vec<usize> {
    let text = Pages {
        reader: String::new(),
        markup: Markup::Plain,
        language: None,
        ocr: None,
        pages: pages(sheets),
        left_out: Vec::new(),
        doubts: Vec::new(),
    };
    let all = ocr == Ocr::Always || judge(&text).verdict == Verdict::Unreadable;
    (1..=sheets.len()).filter(|page| all || sheets[page - 1].words.is_empty()).collect()
}

fn of(pages: &[usize], all: usize) -> String {
    if pages.len() == all { "read".into() } else { format!("{} of {all} pages read", pages.len()) }
}

fn pages_were(pages: &[usize]) -> String {
    let numbers: Vec<String> = pages.iter().map(usize::to_string).collect();
    if pages.len() == 1 { format!("page {} was", numbers[0]) } else { format!("pages {} were", numbers.join(", ")) }
}

fn doubt(message: impl Into<String>, help: &'static str) -> Doubt {
    Doubt { line: 0, column: 0, message: message.into(), help }
}

/// Returns the pages of a set text, its lines numbered through. Where space stands between two lines, an empty one does.
fn pages(sheets: &[Sheet]) -> Vec<Page> {
    let known = Whole::of(sheets);
    let leaves: Vec<Leaf> = sheets.iter().map(|sheet| leaf(sheet, &known)).collect();
    let (starts, ends) = (paragraphs::starts(&leaves), paragraphs::ends(&leaves));
    let mut number = 0;
    let mut pages = Vec::with_capacity(sheets.len());
    for (((sheet, leaf), starts), ends) in sheets.iter().zip(leaves).zip(starts).zip(ends) {
        let mut lines = Vec::with_capacity(leaf.lines.len());
        for ((set, start), end) in leaf.lines.into_iter().zip(starts).zip(ends) {
            if start == Some(Start::Apart) {
                number += 1;
                lines.push(Line::plain(number, ""));
            }
            number += 1;
            lines.push(Line { start, end: Some(end), place: Some(set.place), ..Line::plain(number, set.text) });
        }
        pages.push(Page { size: Some((sheet.width, sheet.height)), lines });
    }
    pages.retain(|page| page.lines.iter().any(|line| !line.is_blank()));
    pages
}

fn leaf(sheet: &Sheet, known: &Whole) -> Leaf {
    let words = words::with_ligatures(sheet.words.clone(), sheet.height, known);
    Leaf { width: sheet.width, lines: lines::lines(sheet, words) }
}
