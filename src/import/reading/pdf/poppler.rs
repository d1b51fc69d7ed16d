//! A PDF -> what poppler's programs report about it: words and their places, bold letters, pictures of pages.

use std::time::Duration;

use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::import::external::{Copy, Failure, Limits, Program};
use crate::import::pages::Place;
use crate::import::unreadable::Unreadable;

/// A page as it is set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Its words, in the order in which the file draws them.
    pub words: Vec<Word>,
}

/// A run of letters without a space, in one font.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// The letters.
    pub text: String,
    /// Where it is on the page.
    pub place: Place,
    /// Whether a line is drawn through it.
    pub struck: bool,
}

impl Word {
    /// Returns a word that is not struck out.
    pub(super) fn new(text: impl Into<String>, place: Place) -> Word {
        Word { text: text.into(), place, struck: false }
    }
}

/// The words of a file, and whether it was found to be damaged.
pub(super) struct Extraction {
    /// The pages in order.
    pub sheets: Vec<Sheet>,
    /// Whether poppler had to reconstruct the file.
    pub damaged: bool,
}

/// The program that extracts words.
pub(super) const PDFTOTEXT: Program = Program { name: "pdftotext", debian: "poppler-utils", macos: "poppler" };
const PDFTOHTML: Program = Program { name: "pdftohtml", ..PDFTOTEXT };
const PDFTOPPM: Program = Program { name: "pdftoppm", ..PDFTOTEXT };

/// Limits for extracting words. A hundred thousand words with their places are 12 MB.
const WORDS: Limits = Limits { time: Duration::from_secs(20), output: 64 << 20, memory: 1 << 30 };
/// Limits for finding bold letters, which only help to recognise headings.
const BOLD: Limits = Limits { time: Duration::from_secs(15), ..WORDS };
/// Limits for drawing a page. Its longer side has [`PIXELS`] pixels of one byte each.
const PICTURE: Limits = Limits { time: Duration::from_secs(60), output: 32 << 20, memory: 2 << 30 };
/// The longer side of a picture: 300 dots per inch for A4.
const PIXELS: u32 = 3508;
/// The maximum number of pages in a file. A long statement has thirty; a file of a thousand is not a statement.
const MOST_PAGES: usize = 500;

/// Returns the words of a file, page by page.
///
/// # Errors
/// Returns why poppler cannot read it: not installed, not a PDF, locked, or over a limit.
pub(super) fn words(copy: &Copy) -> Result<Extraction, Unreadable> {
    let (mut sheets, complaints) = drawn(copy)?;
    mark_bold(copy, &mut sheets);
    let damaged = ["xref", "trailer", "page tree", "page count"].iter().any(|sign| complaints.contains(sign));
    Ok(Extraction { sheets, damaged })
}

/// Returns the words of a file, page by page, without finding out which are bold.
///
/// # Errors
/// Returns why poppler cannot read it.
pub(super) fn plain_words(copy: &Copy) -> Result<Vec<Sheet>, Unreadable> {
    drawn(copy).map(|(sheets, _)| sheets)
}

/// Returns the words of a file and poppler's error messages.
fn drawn(copy: &Copy) -> Result<(Vec<Sheet>, String), Unreadable> {
    let last = (MOST_PAGES + 1).to_string();
    let arguments = ["-raw", "-bbox", "-enc", "UTF-8", "-l", &last];
    let arguments = arguments.map(Into::into).into_iter().chain([copy.file().into(), "-".into()]);
    let printed = copy.run(PDFTOTEXT, arguments.collect::<Vec<std::ffi::OsString>>(), WORDS).map_err(refusal)?;
    let sheets = sheets(&String::from_utf8_lossy(&printed.bytes)).map_err(|error| {
        Unreadable::new(format!("the output of `pdftotext` cannot be parsed: {error}"), PRINT_AGAIN)
    })?;
    if sheets.len() > MOST_PAGES {
        return Err(Unreadable::new(
            format!("it has more than {MOST_PAGES} pages"),
            "import only the pages of the statement",
        ));
    }
    Ok((sheets, printed.complaints))
}

/// Returns the picture of a page, counted from 1, as a PGM file.
///
/// # Errors
/// Returns why poppler cannot draw it.
pub(super) fn picture(copy: &Copy, page: usize) -> Result<Vec<u8>, Unreadable> {
    let (page, pixels) = (page.to_string(), PIXELS.to_string());
    let arguments = ["-gray", "-f", &page, "-l", &page, "-scale-to", &pixels];
    let arguments = arguments.map(Into::into).into_iter().chain([copy.file().into()]);
    let printed = copy.run(PDFTOPPM, arguments.collect::<Vec<std::ffi::OsString>>(), PICTURE).map_err(refusal)?;
    Ok(printed.bytes)
}

const PRINT_AGAIN: &str = "open it in a PDF viewer, print it to a new file, and import that one";

/// Returns why poppler could not read a file.
fn refusal(failure: Failure) -> Unreadable {
    match failure {
        Failure::Missing => {
            Unreadable::new("reading a PDF needs poppler, which is not installed", PDFTOTEXT.installation())
        }
        Failure::TooSlow => Unreadable::new("reading it takes longer than a statement can need", PRINT_AGAIN),
        Failure::TooMuch => Unreadable::new("it expands to more text than a statement can have", PRINT_AGAIN),
        Failure::Failed(said) if said.contains("Incorrect password") => Unreadable::new(
            "it is locked with a password",
            "open it with the password, save it without one, and import that copy",
        ),
        Failure::Failed(said) if said.to_lowercase().contains("out of memory") || said.contains("bad_alloc") => {
            Unreadable::new("reading it takes more memory than a statement can need", PRINT_AGAIN)
        }
        Failure::Failed(said) => {
            let first = said.lines().next().unwrap_or("it does not say why");
            let message = format!("it is not a readable PDF, or only a part of one ({first})");
            Unreadable::new(message, "fetch or copy the file again, and open it in a PDF viewer to check")
        }
    }
}

/// Parses what `pdftotext -bbox` prints.
fn sheets(xhtml: &str) -> Result<Vec<Sheet>, String> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut reader = Reader::from_str(xhtml);
    let mut open: Option<Word> = None;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) if tag.name().as_ref() == "page" => {
                sheets.push(Sheet { width: number(&tag, "width"), height: number(&tag, "height"), words: Vec::new() })
            }
            Event::Start(tag) if tag.name().as_ref() == "word" => {
                let (top, bottom) = (number(&tag, "yMin"), number(&tag, "yMax"));
                let (left, right) = (number(&tag, "xMin"), number(&tag, "xMax"));
                let place = Place { left, top, right, bottom, size: bottom - top, bold: false };
                open = Some(Word::new("", place));
            }
            Event::Text(text) => {
                if let Some(word) = &mut open {
                    word.text.push_str(&text);
                }
            }
            // `&amp;` comes as an event of its own, between two pieces of the word.
            Event::GeneralRef(name) => {
                if let Some(word) = &mut open {
                    let reference = format!("&{};", &*name);
                    word.text.push_str(&unescape(&reference).map_err(|error| error.to_string())?);
                }
            }
            Event::End(tag) if tag.name().as_ref() == "word" => {
                if let (Some(word), Some(sheet)) = (open.take(), sheets.last_mut()) {
                    sheet.words.push(word);
                }
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> f32 {
    let value = tag.try_get_attribute(name).ok().flatten();
    let value = value.and_then(|value| value.value.parse::<f32>().ok());
    value.filter(|value| value.is_finite()).unwrap_or(0.0)
}

/// Marks the words where `pdftohtml` finds bold letters. Without it, no heading is recognised by its font.
fn mark_bold(copy: &Copy, sheets: &mut [Sheet]) {
    let last = sheets.len().to_string();
    let arguments = ["-xml", "-i", "-stdout", "-zoom", "1", "-l", &last];
    let arguments = arguments.map(Into::into).into_iter().chain([copy.file().into()]);
    let Ok(printed) = copy.run(PDFTOHTML, arguments.collect::<Vec<std::ffi::OsString>>(), BOLD) else { return };
    let Ok(bold) = bold_runs(&String::from_utf8_lossy(&printed.bytes)) else { return };
    for (page, run) in bold {
        let Some(sheet) = sheets.get_mut(page.wrapping_sub(1)) else { continue };
        for word in &mut sheet.words {
            let place = &mut word.place;
            let (x, y) = (f32::midpoint(place.left, place.right), f32::midpoint(place.top, place.bottom));
            place.bold |= (run.left..=run.right).contains(&x) && (run.top..=run.bottom).contains(&y);
        }
    }
}

/// Returns where `pdftohtml -xml` finds lines that are entirely bold, with their page.
fn bold_runs(xml: &str) -> Result<Vec<(usize, Place)>, String> {
    let mut reader = Reader::from_str(xml);
    let (mut page, mut place, mut bold, mut all_bold) = (0, None, false, true);
    let mut runs = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => match tag.name().as_ref() {
                "page" => page = number(&tag, "number") as usize,
                "text" => {
                    let (left, top) = (number(&tag, "left"), number(&tag, "top"));
                    let (right, bottom) = (left + number(&tag, "width"), top + number(&tag, "height"));
                    place = Some(Place { left, top, right, bottom, size: bottom - top, bold: true });
                    all_bold = true;
                }
                "b" => bold = true,
                _ => {}
            },
            Event::Text(text) => all_bold &= bold || text.trim().is_empty(),
            Event::End(tag) => match tag.name().as_ref() {
                "b" => bold = false,
                "text" => runs.extend(place.take().filter(|_| all_bold).map(|place| (page, place))),
                _ => {}
            },
            Event::Eof => return Ok(runs),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_places_are_parsed() {
        let page = r#"<html><body><doc><page width="595.5" height="842">
            <word xMin="72.5" yMin="60" xMax="100" yMax="72">R&amp;D&#x21;</word>
            <word xMin="nan" yMin="60" xMax="120" yMax="72">a</word></page><page width="1" height="2"></page></doc>"#;
        let sheets = sheets(page).unwrap();
        assert_eq!(
            sheets.iter().map(|sheet| (sheet.width, sheet.words.len())).collect::<Vec<_>>(),
            [(595.5, 2), (1.0, 0)]
        );
        let place = Place { left: 72.5, top: 60.0, right: 100.0, bottom: 72.0, size: 12.0, bold: false };
        assert_eq!(sheets[0].words[0], Word::new("R&D!", place));
        assert_eq!(sheets[0].words[1].place, Place { left: 0.0, right: 120.0, ..place });
    }

    #[test]
    fn entirely_bold_lines_are_found() {
        let xml = r#"<pdf2xml><page number="2"><text top="10" left="20" width="30" height="12"><b>Way </b> <b>ahead</b></text>
            <text top="30" left="20" width="30" height="12">The <b>way</b></text></page></pdf2xml>"#;
        let place = Place { left: 20.0, top: 10.0, right: 50.0, bottom: 22.0, size: 12.0, bold: true };
        assert_eq!(bold_runs(xml).unwrap(), [(2, place)]);
    }
}
