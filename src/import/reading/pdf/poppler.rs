//! A PDF -> what poppler's programs say of it: words and where they stand, letters that are bold, pictures of pages.

use std::time::Duration;

use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::import::external::{Copy, Failure, Limits, Program};
use crate::import::pages::Place;
use crate::import::unreadable::Unreadable;

/// A page, as it is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub width: f32,
    pub height: f32,
    /// In the order in which the file draws them.
    pub words: Vec<Word>,
}

/// A run of letters without a space, in one font.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub place: Place,
    /// Whether a line is drawn through it.
    pub struck: bool,
}

impl Word {
    /// Returns a word through which no line is drawn.
    pub fn new(text: impl Into<String>, place: Place) -> Word {
        Word { text: text.into(), place, struck: false }
    }
}

/// Words of a file, and whether it was found damaged.
pub struct Set {
    pub sheets: Vec<Sheet>,
    pub damaged: bool,
}

pub const PDFTOTEXT: Program = Program { name: "pdftotext", debian: "poppler-utils", macos: "poppler" };
const PDFTOHTML: Program = Program { name: "pdftohtml", ..PDFTOTEXT };
const PDFTOPPM: Program = Program { name: "pdftoppm", ..PDFTOTEXT };

/// What reading the words of a file may take. A hundred thousand words with their places are 12 MB.
const WORDS: Limits = Limits { time: Duration::from_secs(20), output: 64 << 20, memory: 1 << 30 };
/// What looking for bold letters may take: they only help to know headings.
const BOLD: Limits = Limits { time: Duration::from_secs(15), ..WORDS };
/// What drawing a page may take. Its picture is [`PIXELS`] high or wide at most, one byte for each.
const PICTURE: Limits = Limits { time: Duration::from_secs(60), output: 32 << 20, memory: 2 << 30 };
/// The longer side of a picture: 300 for an inch of A4.
const PIXELS: u32 = 3508;
/// Pages that are read. A statement has thirty, a file of a thousand is none.
const MOST_PAGES: usize = 500;

/// Returns the words of a file, page by page.
pub fn words(copy: &Copy) -> Result<Set, Unreadable> {
    let (mut sheets, complaints) = drawn(copy)?;
    mark_bold(copy, &mut sheets);
    let damaged = ["xref", "trailer", "page tree", "page count"].iter().any(|sign| complaints.contains(sign));
    Ok(Set { sheets, damaged })
}

/// Returns the words of a file, page by page, without looking which are bold.
pub fn plain_words(copy: &Copy) -> Result<Vec<Sheet>, Unreadable> {
    drawn(copy).map(|(sheets, _)| sheets)
}

/// Returns the words of a file and what poppler complains of.
fn drawn(copy: &Copy) -> Result<(Vec<Sheet>, String), Unreadable> {
    let last = (MOST_PAGES + 1).to_string();
    let arguments = ["-raw", "-bbox", "-enc", "UTF-8", "-l", &last];
    let arguments = arguments.map(Into::into).into_iter().chain([copy.file().into(), "-".into()]);
    let printed = copy.run(PDFTOTEXT, arguments.collect::<Vec<std::ffi::OsString>>(), WORDS).map_err(refusal)?;
    let sheets = sheets(&String::from_utf8_lossy(&printed.bytes))
        .map_err(|error| Unreadable::new(format!("what `pdftotext` says of it cannot be read: {error}"), PRINT_ANEW))?;
    if sheets.len() > MOST_PAGES {
        return Err(Unreadable::new(
            format!("it has more than {MOST_PAGES} pages"),
            "hand in the pages of the statement alone",
        ));
    }
    Ok((sheets, printed.complaints))
}

/// Returns the picture of a page, counted from 1, as a PGM file.
pub fn picture(copy: &Copy, page: usize) -> Result<Vec<u8>, Unreadable> {
    let (page, pixels) = (page.to_string(), PIXELS.to_string());
    let arguments = ["-gray", "-f", &page, "-l", &page, "-scale-to", &pixels];
    let arguments = arguments.map(Into::into).into_iter().chain([copy.file().into()]);
    let printed = copy.run(PDFTOPPM, arguments.collect::<Vec<std::ffi::OsString>>(), PICTURE).map_err(refusal)?;
    Ok(printed.bytes)
}

const PRINT_ANEW: &str = "open it in a PDF viewer, print it to a new file, and hand in that one";

/// Says why poppler could not read a file.
fn refusal(failure: Failure) -> Unreadable {
    match failure {
        Failure::Missing => Unreadable::new("reading a PDF needs poppler, which is not here", PDFTOTEXT.installation()),
        Failure::TooSlow => Unreadable::new("reading it takes longer than a statement can need", PRINT_ANEW),
        Failure::TooMuch => Unreadable::new("it unfolds to more text than a statement can have", PRINT_ANEW),
        Failure::Failed(said) if said.contains("Incorrect password") => Unreadable::new(
            "it is locked with a password",
            "open it with the password, save it without one, and hand in that copy",
        ),
        Failure::Failed(said) if said.to_lowercase().contains("out of memory") || said.contains("bad_alloc") => {
            Unreadable::new("reading it takes more memory than a statement can need", PRINT_ANEW)
        }
        Failure::Failed(said) => {
            let first = said.lines().next().unwrap_or("it does not say why");
            let message = format!("it is no PDF that can be opened, or only a part of one ({first})");
            Unreadable::new(message, "fetch or copy the file again, and open it in a PDF viewer to check")
        }
    }
}

/// Reads what `pdftotext -bbox` prints.
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

/// Marks the words that stand where `pdftohtml` sees bold letters. Where it sees none, no heading is known by its font.
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

/// Reads where `pdftohtml -xml` sees a line that is bold from its first letter to its last, with the page.
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
    fn words_and_their_places_are_read() {
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
    fn lines_that_are_bold_all_over_are_found() {
        let xml = r#"<pdf2xml><page number="2"><text top="10" left="20" width="30" height="12"><b>Way </b> <b>ahead</b></text>
            <text top="30" left="20" width="30" height="12">The <b>way</b></text></page></pdf2xml>"#;
        let place = Place { left: 20.0, top: 10.0, right: 50.0, bottom: 22.0, size: 12.0, bold: true };
        assert_eq!(bold_runs(xml).unwrap(), [(2, place)]);
    }
}
