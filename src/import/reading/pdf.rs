//! A PDF -> its lines, page by page, and which of them begin a paragraph.

mod across;
mod brush;
mod bullets;
mod columns;
mod doubles;
mod drawing;
#[cfg(test)]
mod drawn;
mod level;
mod ligatures;
mod lines;
mod margin;
mod matrix;
mod model;
mod notes;
mod ocr;
mod order;
mod paragraphs;
mod poppler;
mod rows;
mod shifted;
mod struck;
mod unseen;
mod vertical;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::import::external::{Copy, TEMPORARY};
use crate::import::judging::{Verdict, judge};
use crate::import::mended::Reason;
use crate::import::mending::scripts::has_reversed_ligatures;
use crate::import::pages::{Line, Mark, Markup, Page, Pages, Start};
use crate::import::unreadable::Unreadable;
use crate::language::scripts::is_right_to_left;
use drawing::Rule;
use level::Split;
use lines::Lines;
use notes::{Notes, on_pages, pages_were};
pub use ocr::Ocr;
use order::Usual;
use paragraphs::Leaf;
use poppler::{Extraction, Sheet, Word};
use words::WholeWords;

/// Reads a PDF.
///
/// # Errors
/// Returns why it cannot be read: not a PDF, locked, too large, or without `pdftotext`.
pub(super) fn read(bytes: &[u8], ocr: Ocr) -> Result<Pages, Unreadable> {
    let copy = Copy::of(bytes, "original.pdf")
        .map_err(|error| Unreadable::new(format!("it could not be copied for `pdftotext`: {error}"), TEMPORARY))?;
    let mut set = poppler::words(&copy)?;
    let mut notes = Notes::default();
    let mut bytes = Cow::Borrowed(bytes);
    let mut lines_drawn: Vec<Vec<Rule>> = Vec::new();
    let document = drawing::open(&bytes);
    // poppler reports words without saying how they are turned or struck out, so the drawing operations are read as well.
    match document.and_then(|document| drawing::pages(&document).map(|drawn| (document, drawn))) {
        Some((mut document, mut drawn)) => {
            if let Some(seen) = unseen::leave_out(&document, &drawn, &mut notes) {
                (document, drawn) = (seen.document, seen.drawn);
                set = Extraction { damaged: set.damaged, ..seen.words };
                bytes = Cow::Owned(seen.bytes);
            }
            let split = level::split(&document, &drawn, &vertical_pages(&set.sheets));
            lines_drawn = drawn.into_iter().map(|page| page.rules).collect();
            let level = split.as_ref().and_then(|split| Copy::of(&split.level, "original.pdf").ok());
            let level = level.and_then(|copy| poppler::words(&copy).ok());
            match (split, level) {
                (Some(split), Some(level)) => {
                    note_rest(&split, &mut notes);
                    for page in &split.turned {
                        lines_drawn[page - 1].clear();
                    }
                    set = Extraction { damaged: set.damaged, ..level };
                    bytes = Cow::Owned(split.level);
                }
                (Some(_), None) => notes.suspect.push("text that is not level is among its words".into()),
                (None, _) => {}
            }
        }
        None => notes.doubt(
            "what is drawn on its pages could not be examined: text that is not level, and words that are struck out or that nobody sees, may have been missed",
            "compare the draft with its original",
        ),
    }
    // Words drawn twice, and ligatures that poppler gives in the wrong order, are corrected on the words as drawn.
    let (mut sheets, mut twice) = whole(set.sheets);
    if sheets.iter().flat_map(|sheet| &sheet.words).any(|word| word.text.contains(is_right_to_left)) {
        match single_ligatures(&bytes) {
            Some(turned_back) => (sheets, twice) = turned_back,
            None if has_reversed_ligatures(&text(&sheets)) => notes.doubt(
                "letters of Arabic ligatures (lam-alef) are in the wrong order, and the file does not show where",
                "compare the draft with its original, or import the text in another format",
            ),
            None => {}
        }
    }
    if !twice.is_empty() {
        notes.leave_out(twice.join(" "), Reason::DrawnTwice);
    }
    leave_out_tiny_words(&mut sheets, &mut notes);
    strike(&mut sheets, &lines_drawn, &mut notes);
    if set.damaged {
        let message = "the file is damaged; what could be recovered was read";
        notes.doubt(message, "fetch or copy the file again, and compare the draft with it");
    }
    // Pages without readable text are read by OCR, and their words replace those of the file.
    let blind = unseen(&sheets, ocr);
    let (mut reader, mut seen_with) = ("PDF".to_owned(), None);
    if ocr != Ocr::Never && !blind.is_empty() && (ocr == Ocr::Always || ocr::is_installed(&copy)) {
        let seen = ocr::recognise(&copy, &blind)?;
        let is_lost = seen.misread.as_ref().is_some_and(|misread| misread.is_lost);
        if let Some(misread) = seen.misread {
            notes.suspect.push(misread.message.clone());
            notes.doubt(misread.message, misread.help);
        }
        // Letters of the wrong script, guessed from those on the page, are not a basis for a draft.
        if !is_lost {
            let (confidence, model) = (seen.confidence, seen.model);
            reader = format!("PDF, {} by OCR", of(&blind, sheets.len()));
            seen_with = Some(format!("tesseract, {model}"));
            let message = format!(
                "{} read by OCR (tesseract, {model}; {confidence:.0} % sure)",
                if blind.len() == sheets.len() { "its words were".into() } else { pages_were(&blind) }
            );
            notes.doubt(message, "compare the draft with its original, word by word");
            for (page, sheet) in blind.iter().zip(seen.sheets) {
                sheets[page - 1] = sheet;
            }
        }
    } else if !blind.is_empty() {
        let message = format!("{} without readable words: scanned, drawn, or blank", pages_were(&blind));
        let help = "check the original; with tesseract installed (Debian: tesseract-ocr, macOS: tesseract) and `--ocr auto`, scanned pages are read";
        notes.doubt(message, help);
    }
    // Line numbers are removed before the layout is measured, because they look like a column.
    leave_out_line_numbers(&mut sheets, &mut notes);
    let layout = layout(&sheets);
    doubt_layout(&layout, &mut notes);
    let pages = pages(&sheets, layout);
    let Notes { left_out, doubts, suspect } = notes;
    Ok(Pages { reader, markup: Markup::Plain, language: None, ocr: seen_with, pages, left_out, doubts, suspect })
}

/// Removes words too small to be read from pages that have others: notes to programs, or words meant to be found only by
/// searching.
fn leave_out_tiny_words(sheets: &mut [Sheet], notes: &mut Notes) {
    /// Height in points below which nobody reads a word.
    const TINY: f32 = 3.0;
    let height = |word: &Word| word.place.bottom - word.place.top;
    for sheet in sheets.iter_mut().filter(|sheet| sheet.words.iter().any(|word| height(word) >= 2.0 * TINY)) {
        let tiny: Vec<Word> = sheet.words.extract_if(.., |word| height(word) < TINY).collect();
        let text = tiny.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        // Dots and dashes are low, not small.
        if !text.contains(char::is_alphanumeric) {
            sheet.words.extend(tiny);
            continue;
        }
        let message = format!("there are words too small to be read; they were left out: `{text}`");
        notes.suspect.push(message.clone());
        notes.doubt(message, "check the original, and add to the draft what belongs to the text");
        notes.leave_out(text, Reason::Hidden);
    }
}

/// Marks the words that a line is drawn through.
fn strike(sheets: &mut [Sheet], lines_drawn: &[Vec<Rule>], notes: &mut Notes) {
    /// How many are named.
    const NAMED: usize = 12;
    let (mut struck, mut partly) = (Vec::new(), Vec::new());
    for (sheet, rules) in sheets.iter_mut().zip(lines_drawn).filter(|(_, rules)| !rules.is_empty()) {
        partly.extend(struck::mark(sheet, rules));
        for run in sheet.words.chunk_by(|a, b| a.struck == b.struck).filter(|run| run[0].struck) {
            let words: Vec<&str> = run.iter().map(|word| word.text.as_str()).collect();
            let words = words.join(" ");
            struck.push(order::logical(&words, order::reads_from_right(&words), order::Brackets::AsDrawn));
        }
    }
    let named = |words: &[String]| {
        let more = if words.len() > NAMED { ", …" } else { "" };
        let words: Vec<String> = words.iter().take(NAMED).map(|words| format!("`{words}`")).collect();
        format!("{}{more}", words.join(", "))
    };
    if !struck.is_empty() {
        notes.suspect.push(format!("a line is drawn through words of it: {}", named(&struck)));
    }
    if !partly.is_empty() {
        let message = format!("a line is drawn through a part of {}", named(&partly));
        notes.doubt(message, "check in the original whether it strikes out letters");
    }
}

/// Returns the pages, counted from 1, whose lines run from top to bottom.
fn vertical_pages(sheets: &[Sheet]) -> Vec<usize> {
    (1..).zip(sheets).filter(|(_, sheet)| vertical::is_vertical(&sheet.words)).map(|(page, _)| page).collect()
}

/// Reports what is not level with the text or across its lines, word for word, and pages that were turned as a whole.
fn note_rest(split: &Split, notes: &mut Notes) {
    /// More than this percentage of letters is not just marks on a page.
    const MUCH: usize = 10;
    if !split.turned.is_empty() {
        let message = format!("{} printed sideways or upside down, and rotated to be read", pages_were(&split.turned));
        notes.doubt(message, "compare the draft with its original");
    }
    let Some(rest) = &split.rest else { return };
    let words = Copy::of(rest, "original.pdf").ok().and_then(|copy| poppler::plain_words(&copy).ok());
    let Some(sheets) = words else {
        notes.suspect.push("it has text that is not level and was left out; its words could not be read".into());
        return;
    };
    let mut texts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (page, sheet) in (1..).zip(&sheets) {
        let rows = rows::rows(sheet.words.clone()).into_iter();
        for set in rows.filter_map(|row| rows::line(row, 0, Usual::default())) {
            texts.entry(set.text).or_default().push(page);
        }
    }
    for (text, pages) in &texts {
        let message = format!(
            "`{text}` on {} is not level with the text, or across its lines, and was left out",
            on_pages(pages)
        );
        notes.doubt(message, "check the original, and write it into the draft if it belongs to the text");
        notes.leave_out(text.clone(), Reason::NotLevel);
    }
    if split.share > MUCH {
        notes
            .suspect
            .push(format!("{} % of its text is not level, or across other lines, and was left out", split.share));
    }
}

/// Removes line numbers from the margins.
fn leave_out_line_numbers(sheets: &mut [Sheet], notes: &mut Notes) {
    let taken = margin::without_line_numbers(sheets);
    let Some((first, _)) = taken.first() else { return };
    let message = format!("line numbers in the margin were left out, from page {first} on");
    notes.doubt(message, "check in the original whether these numbers belong to the text; the report lists them");
    for (page, numbers) in &taken {
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        notes.leave_out(format!("page {page}: {}", numbers.join(" ")), Reason::LineNumber);
    }
}

/// Reports pages on which the order of lines is uncertain.
fn doubt_layout(layout: &[Lines], notes: &mut Notes) {
    let numbers = |is: fn(&Lines) -> bool| -> Vec<usize> {
        (1..).zip(layout).filter(|(_, lines)| is(lines)).map(|(page, _)| page).collect()
    };
    let vertical = numbers(|lines| lines.vertical);
    if !vertical.is_empty() {
        let message = format!("{} set in vertical lines, and read from right to left", pages_were(&vertical));
        notes.suspect.push(message);
    }
    let beside = numbers(|lines| lines.beside > 0);
    if !beside.is_empty() {
        let message = format!(
            "on page {}, words are next to each other as in columns; they were read across",
            notes::list(&beside)
        );
        notes.doubt(message, "check the original, and reorder the lines of the draft if they are columns");
    }
}

/// Reads a file again, with each of its ligatures as one character.
fn single_ligatures(bytes: &[u8]) -> Option<(Vec<Sheet>, Vec<String>)> {
    let file = ligatures::with_single_ligatures(bytes)?;
    let set = poppler::words(&Copy::of(&file, "original.pdf").ok()?).ok()?;
    let (sheets, twice) = whole(set.sheets);
    (!has_reversed_ligatures(&text(&sheets))).then_some((sheets, twice))
}

/// Returns the pages with every word whole and once, and the words that were drawn twice.
fn whole(sheets: Vec<Sheet>) -> (Vec<Sheet>, Vec<String>) {
    let known = WholeWords::of(&sheets);
    let mut twice = Vec::new();
    let whole = sheets.into_iter().map(|sheet| {
        let words = words::with_ligatures(sheet.words, sheet.height, &known);
        let (words, repeated) = doubles::single(words);
        twice.extend(repeated);
        Sheet { words, ..sheet }
    });
    (whole.collect(), twice)
}

/// Returns the lines of a file as one text.
fn text(sheets: &[Sheet]) -> String {
    let pages = pages(sheets, layout(sheets));
    pages.iter().flat_map(|page| &page.lines).flat_map(|line| [line.text.as_str(), "\n"]).collect()
}

/// Returns the pages that only OCR can read, counted from 1: all of them if the file's own text is not readable, or if
/// all are requested.
fn unseen(sheets: &[Sheet], ocr: Ocr) -> Vec<usize> {
    let text = Pages {
        reader: String::new(),
        markup: Markup::Plain,
        language: None,
        ocr: None,
        pages: pages(sheets, layout(sheets)),
        left_out: Vec::new(),
        doubts: Vec::new(),
        suspect: Vec::new(),
    };
    let all = ocr == Ocr::Always || judge(&text).verdict == Verdict::Unreadable;
    (1..=sheets.len()).filter(|page| all || sheets[page - 1].words.is_empty()).collect()
}

fn of(pages: &[usize], all: usize) -> String {
    if pages.len() == all { "read".into() } else { format!("{} of {all} pages read", pages.len()) }
}

/// Returns the lines of each page.
fn layout(sheets: &[Sheet]) -> Vec<Lines> {
    let usual = lines::usual(sheets);
    sheets.iter().map(|sheet| lines::lines(sheet, usual)).collect()
}

/// Returns the pages of a typeset text, with lines numbered throughout. Vertical space between two lines becomes an
/// empty line.
fn pages(sheets: &[Sheet], layout: Vec<Lines>) -> Vec<Page> {
    let leaf = |(sheet, lines): (&Sheet, Lines)| {
        // Vertical lines are measured along the page's height.
        let width = if lines.vertical { sheet.height } else { sheet.width };
        Leaf { width, lines: lines.sets }
    };
    let mut leaves: Vec<Leaf> = sheets.iter().zip(layout).map(leaf).collect();
    bullets::mark(&mut leaves);
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
            let marks = set.struck.into_iter().map(Mark::Struck).collect();
            lines.push(Line { start, end: Some(end), place: Some(set.place), marks, ..Line::plain(number, set.text) });
        }
        pages.push(Page { size: Some((sheet.width, sheet.height)), lines });
    }
    pages.retain(|page| page.lines.iter().any(|line| !line.is_blank()));
    pages
}
