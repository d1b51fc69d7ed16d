//! Pictures of pages -> their words and where they are, as read by `tesseract`.

use std::ffi::OsString;
use std::time::Duration;

use super::model::{self, MODELS, Misread, Script};
use super::order::{Brackets, logical, reads_from_right};
use super::poppler::{Sheet, Word, picture};
use crate::import::external::{Copy, Failure, Limits, Printed, Program, TEMPORARY};
use crate::import::pages::Place;
use crate::import::unreadable::Unreadable;
use crate::language::scripts::is_right_to_left;

/// When pages are read by OCR.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ocr {
    /// If the file has no readable text of its own and tesseract is installed.
    #[default]
    Auto,
    /// Never.
    Never,
    /// All pages, whatever text the file has.
    Always,
}

/// What tesseract read in a file.
pub(super) struct Recognised {
    /// The pages in order.
    pub sheets: Vec<Sheet>,
    /// The model that was used: `eng`.
    pub model: String,
    /// Tesseract's average confidence in its words, in percent.
    pub confidence: f32,
    /// Why these may not be the words of the pages.
    pub misread: Option<Misread>,
}

const TESSERACT: Program = Program { name: "tesseract", debian: "tesseract-ocr", macos: "tesseract" };

/// Limits of OCR for one page.
const PAGE: Limits = Limits { time: Duration::from_secs(180), output: 16 << 20, memory: 2 << 30 };

/// Returns whether tesseract is installed.
pub(super) fn is_installed(copy: &Copy) -> bool {
    run(copy, ["--version"]).is_ok()
}

/// Reads pages, counted from 1, by OCR.
///
/// # Errors
/// Returns why that is not possible: no tesseract, no model, or a page over a limit.
pub(super) fn recognise(copy: &Copy, pages: &[usize]) -> Result<Recognised, Unreadable> {
    let model = model(copy, pages)?;
    let mut seen = Recognised { sheets: Vec::new(), model, confidence: 0.0, misread: None };
    let mut sure = Vec::new();
    for page in pages {
        let (mut sheet, confidences) = words(&recognise_page(copy, *page, &seen.model)?);
        if seen.model == ENGLISH {
            correct_pronouns(&mut sheet.words);
        }
        scale(&mut sheet);
        seen.sheets.push(sheet);
        sure.extend(confidences);
    }
    seen.confidence = sure.iter().sum::<f32>() / sure.len().max(1) as f32;
    // The page with the most words shows best which script it is in.
    let fullest = seen.sheets.iter().zip(pages).max_by_key(|(sheet, _)| sheet.words.len());
    let see_script = || script(copy, *fullest?.1);
    seen.misread = model::misread(&seen.model, &text(&seen.sheets), seen.confidence, see_script);
    Ok(seen)
}

const ENGLISH: &str = "eng";

/// Corrects the word `I` where tesseract read a vertical bar: the only bar in its line, unlike those between cells, and
/// followed by a word in lower case.
fn correct_pronouns(words: &mut [Word]) {
    const BAR: &str = "|";
    for at in 0..words.len() {
        let is_followed = words.get(at + 1).is_some_and(|next| next.text.starts_with(char::is_lowercase));
        let bottom = words[at].place.bottom;
        let bars = |word: &&Word| word.text == BAR && (word.place.bottom - bottom).abs() < 0.5;
        if words[at].text == BAR && is_followed && words.iter().filter(bars).count() == 1 {
            words[at].text = "I".into();
        }
    }
}

fn text(sheets: &[Sheet]) -> String {
    let words = sheets.iter().flat_map(|sheet| &sheet.words);
    words.map(|word| logical(&word.text, true, Brackets::AsDrawn)).collect::<Vec<_>>().join(" ")
}

/// Returns what tesseract detects about the script of a page, if it can.
fn script(copy: &Copy, page: usize) -> Option<Script> {
    let picture = Copy::of(&picture(copy, page).ok()?, "page.pgm").ok()?;
    let printed = run(&picture, ["page.pgm", "stdout", "--psm", "0"]).ok()?;
    Script::read(&String::from_utf8_lossy(&printed.bytes))
}

/// Converts a picture's measures to points, the unit of pages. A page is taken to be as long as A4.
fn scale(sheet: &mut Sheet) {
    let long = sheet.width.max(sheet.height).max(1.0);
    let points = 842.0 / long;
    let places = sheet.words.iter_mut().map(|word| &mut word.place);
    places.for_each(|place| {
        for length in [&mut place.left, &mut place.top, &mut place.right, &mut place.bottom, &mut place.size] {
            *length *= points;
        }
    });
    sheet.width *= points;
    sheet.height *= points;
}

/// Returns the model for the language of the first page with words; if there is none, all models that were tried.
fn model(copy: &Copy, pages: &[usize]) -> Result<String, Unreadable> {
    let listed = run(copy, ["--list-langs"]).map_err(refusal)?;
    let listed = String::from_utf8_lossy(&listed.bytes).into_owned();
    let installed: Vec<&str> =
        listed.lines().map(str::trim).filter(|line| MODELS.iter().any(|(_, m, _)| m == line)).collect();
    match installed.as_slice() {
        [] => return Err(Unreadable::new("`tesseract` is installed without a language", MODELS_NEEDED)),
        [only] => return Ok((*only).to_owned()),
        // A first pass with all models together finds the language; the page is then read with that model alone.
        _ => {}
    }
    let all = installed.join("+");
    for page in pages.iter().take(3) {
        let (sheet, _) = words(&recognise_page(copy, *page, &all)?);
        if let Some((model, _)) = model::of_text(&text(&[sheet])).filter(|(model, _)| installed.contains(model)) {
            return Ok(model.to_owned());
        }
    }
    Ok(all)
}

const MODELS_NEEDED: &str = "install the model of the text's language, such as the package tesseract-ocr-eng on Debian, tesseract-lang on macOS";

fn recognise_page(copy: &Copy, page: usize, model: &str) -> Result<String, Unreadable> {
    let picture = picture(copy, page)?;
    let picture = Copy::of(&picture, "page.pgm")
        .map_err(|error| Unreadable::new(format!("the picture of a page could not be written: {error}"), TEMPORARY))?;
    let arguments = ["page.pgm", "stdout", "-l", model, "--psm", "3", "tsv"];
    let printed = run(&picture, arguments).map_err(refusal)?;
    Ok(String::from_utf8_lossy(&printed.bytes).into_owned())
}

fn run<'a>(copy: &Copy, arguments: impl IntoIterator<Item = &'a str>) -> Result<Printed, Failure> {
    copy.run(TESSERACT, arguments.into_iter().map(OsString::from), PAGE)
}

fn refusal(failure: Failure) -> Unreadable {
    match failure {
        Failure::Missing => Unreadable::new("reading a scanned page needs tesseract, which is not installed", needed()),
        Failure::TooSlow => Unreadable::new("OCR of one of its pages takes longer than three minutes", "type the text"),
        Failure::TooMuch => Unreadable::new("one of its pages has more text than a page can have", "type the text"),
        Failure::Failed(said) => {
            let last = said.lines().last().unwrap_or_default().to_owned();
            Unreadable::new(format!("`tesseract` could not read one of its pages: {last}"), "type the text")
        }
    }
}

/// Returns the help on what to install.
pub(super) fn needed() -> String {
    format!("{}; {MODELS_NEEDED}", TESSERACT.installation())
}

/// Parses what `tesseract tsv` prints for a page: its words, and the confidence in each.
fn words(tsv: &str) -> (Sheet, Vec<f32>) {
    let mut sheet = Sheet { width: 0.0, height: 0.0, words: Vec::new() };
    let mut confidences = Vec::new();
    let mut line = None;
    for row in tsv.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [level, _, _, _, _, _, left, top, width, height, confidence, text] = fields[..] else { continue };
        let number = |field: &str| field.parse::<f32>().unwrap_or(0.0);
        let (left, top) = (number(left), number(top));
        let (right, bottom) = (left + number(width), top + number(height));
        let place = Place { left, top, right, bottom, size: bottom - top, bold: false };
        match level {
            "1" => (sheet.width, sheet.height) = (right, bottom),
            "4" => line = Some(place),
            "5" if !text.trim().is_empty() => {
                // The box of a word is as high as its own letters; its vertical place comes from its line.
                let place = line.map_or(place, |line| Place { left, right, ..line });
                confidences.push(number(confidence));
                sheet.words.push(Word::new(text, place));
            }
            _ => {}
        }
    }
    // Tesseract gives words in reading order; the rest of the reader expects drawing order.
    for line in sheet.words.chunk_by_mut(|a, b| (a.place.bottom - b.place.bottom).abs() < 0.5) {
        let text: String = line.iter().map(|word| word.text.as_str()).collect();
        if reads_from_right(&text) {
            for word in line {
                word.text = drawn(&word.text);
            }
        }
    }
    (sheet, confidences)
}

/// Returns a word of a right-to-left line as it is drawn. Signs around a number are not letters, but they are mirrored
/// with the line.
fn drawn(word: &str) -> String {
    /// Marks the word as right-to-left while it is reordered.
    const LETTER: char = '\u{5d0}';
    if word.contains(is_right_to_left) || !word.contains(char::is_alphanumeric) {
        return logical(word, true, Brackets::AsDrawn);
    }
    let turned = logical(&format!("{LETTER}{word}"), true, Brackets::AsDrawn);
    turned.trim_end_matches(LETTER).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_the_pronoun_if_it_begins_a_clause() {
        for (line, expect) in [
            ("Today | wish to say", "Today I wish to say"),
            ("| thank you.", "I thank you."),
            ("roads | ports | ships", "roads | ports | ships"),
            ("Minister | Ministry", "Minister | Ministry"),
            ("so said |", "so said |"),
        ] {
            let place = Place { left: 0.0, top: 0.0, right: 9.0, bottom: 9.0, size: 9.0, bold: false };
            let mut words: Vec<Word> = line.split(' ').map(|word| Word::new(word, place)).collect();
            correct_pronouns(&mut words);
            let corrected: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            assert_eq!(corrected.join(" "), expect);
        }
    }

    #[test]
    fn words_and_their_lines_are_parsed() {
        let tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n\
            4\t1\t1\t1\t1\t0\t300\t400\t900\t50\t-1\t\n\
            5\t1\t1\t1\t1\t1\t300\t410\t100\t30\t91.5\tMadam\n\
            5\t1\t1\t1\t1\t2\t420\t400\t100\t50\t90.5\t \n";
        let (sheet, confidences) = words(tsv);
        let place = Place { left: 300.0, top: 400.0, right: 400.0, bottom: 450.0, size: 50.0, bold: false };
        assert_eq!(sheet.words, [Word::new("Madam", place)]);
        assert_eq!((sheet.width, confidences), (2480.0, vec![91.5]));
    }
}
