//! What belongs to pages and what to the text, case by case.

use super::*;
use crate::import::pages::Place;

fn rows(text: &str) -> Vec<Row> {
    let mut number = 0;
    let mut rows = Vec::new();
    for (page, of_page) in text.split('\u{c}').enumerate() {
        for line in of_page.lines() {
            number += 1;
            rows.push(Row::plain(number, line, page));
        }
    }
    rows
}

/// What a browser prints at the head of each page.
const STAMP: &str = "9/25/31, 4:44 PM Statement by the President of the Republic of Orland, at the General Debate of the 86th Session of the General Assem...";

/// Returns the lines taken out of a text.
fn taken(text: &str) -> Vec<(String, Reason)> {
    let (_, removals) = remove(rows(text), &[], &mut Notes::default());
    removals.into_iter().map(|removal| (removal.text, removal.reason)).collect()
}

const TEXT: &str = "one line and\nanother of\nthe same text\nthat goes on\nand on for\na while and\nthen is ended\nby its author\nat last. So\nit was said.\n";

#[test]
fn page_numbers_are_recognised_by_their_form() {
    for (line, expect) in [
        ("3", Some(Alone::Bare(3))),
        ("- 3 -", Some(Alone::Page(3))),
        ("Page 3 of 10", Some(Alone::Page(3))),
        ("Page | 3", Some(Alone::Page(3))),
        ("3 | Page", Some(Alone::Page(3))),
        ("Page 3/10", Some(Alone::Page(3))),
        ("٣", Some(Alone::Bare(3))),
        ("страница 3 из 10", Some(Alone::Page(3))),
        ("3/10", None),
        ("12345", None),
        ("3.", None),
        ("page three", None),
        ("", None),
    ] {
        assert_eq!(alone(line), expect, "{line}");
    }
}

#[test]
fn ornaments_below_the_text_are_taken_out() {
    for mark in ["--oo00oo--", "-o0o-", "ooOoo", "* * ooo * *", "— oOo —", "* * *", "________", ". . . . ."] {
        let mark = (mark.to_owned(), Reason::EndMark);
        assert_eq!(taken(&format!("{TEXT}\n{}\n", mark.0)), std::slice::from_ref(&mark));
        // Above the text a line may be anything.
        assert_eq!(taken(&format!("{}\n{TEXT}", mark.0)), []);
    }
    for line in ["ooh", "No", "oo", "-000-", "Oo-oo!", "…", "--", ""] {
        assert!(!is_end_mark(line), "{line}");
    }
}

#[test]
fn the_address_that_a_browser_prints_is_taken_out_even_if_it_occurs_once() {
    for (line, is_address) in [
        ("https://arvenia.example/speeches/2031-09-24 10/10", true),
        ("https://www. arvenia.example/p/g/x 2/6", true),
        ("https://arvenia.example/speeches/2031-09-24", false),
        ("https://arvenia.example 11/10", false),
        ("See https://arvenia.example/speeches 1/2", false),
        ("1/2", false),
    ] {
        assert_eq!(is_printed_address(line), is_address, "{line}");
        let expect = if is_address { vec![(line.to_owned(), Reason::Recurs)] } else { vec![] };
        let last = format!("{TEXT}\n{line}\n");
        assert!(line == "1/2" || taken(&last) == expect, "{line}");
    }
}

#[test]
fn marks_of_records_are_recognised_by_their_form() {
    for (line, is_mark) in [
        ("09-52470 28", true),
        ("28 09-52470", true),
        ("11-51378 (E) 2", true),
        ("A/70/PV.17 29/09/2015", true),
        ("29/09/2015 A/70/PV.17 5/27", false),
        ("26/54 15-29562", true),
        ("54/26 15-29562", false),
        ("General Assembly 21st plenary meeting", true),
        ("8 General Assembly - Forty-eighth session", true),
        ("General Assembly - Forty-eighth session 8", true),
        ("General Assembly at its forty-eighth session", false),
        ("the General Assembly - Forty-eighth session", false),
        ("A/70/PV.17", false),
        ("29/09/2015", false),
        ("A/RES/70/1 2015", false),
        ("2 4", false),
    ] {
        assert_eq!(is_record_mark(line), is_mark, "{line}");
    }
}

#[test]
fn page_furniture_is_taken_out() {
    use Reason::{PageNumber, RecordMark, Recurs, TextStatus};
    // Three pages of different words.
    let other = |n: usize| TEXT.chars().map(move |c| if c.is_alphabetic() { (c as u8 + n as u8) as char } else { c });
    let head = |n: usize| format!("A/56/PV.{n}\n{}", other(n).collect::<String>());
    let turned = |c: char, n: u8| if c.is_ascii_lowercase() { ((c as u8 - b'a' + n) % 26 + b'a') as char } else { c };
    let head_of = |word: &str, n: u8| {
        format!("{word}\n{}", TEXT.to_lowercase().chars().map(|c| turned(c, n)).collect::<String>())
    };
    for (text, expect) in [
        (format!("{TEXT}\n7\n\n{TEXT}\n8\n\n{TEXT}"), vec![("7", PageNumber), ("8", PageNumber)]),
        (format!("{TEXT}7\n{TEXT}8\n{TEXT}"), vec![("7", PageNumber), ("8", PageNumber)]),
        (format!("{TEXT}\n1999\n\n{TEXT}"), vec![]),
        (format!("{TEXT}\n3\n\n{TEXT}"), vec![("3", PageNumber)]),
        ("1\n\nThe first\n\n2\n\nThe second\n".to_owned(), vec![]),
        (
            [head(1), head(2), head(3)].join("\u{c}"),
            vec![("A/56/PV.1", Recurs), ("A/56/PV.2", Recurs), ("A/56/PV.3", Recurs)],
        ),
        (format!("{TEXT}\n09-1 28\n\n{TEXT}\n09-1 29\n\n{TEXT}\n09-1 30\n"), vec![]),
        // A line with a rising number is a running foot if it interrupts a sentence, and a heading otherwise.
        (
            ["said", "Mission, 1", "and meant", "to", "Mission, 2", "the end", "of", "Mission, 3", "it."].join("\n\n"),
            vec![("Mission, 1", Recurs), ("Mission, 2", Recurs), ("Mission, 3", Recurs)],
        ),
        (["Article 1", "All are.", "Article 2", "All may.", "Article 3", "None has."].join("\n\n"), vec![]),
        (
            (0..3).map(|n| head_of(STAMP, n)).collect::<Vec<_>>().join("\u{c}"),
            vec![(STAMP, Recurs), (STAMP, Recurs), (STAMP, Recurs)],
        ),
        // Amounts at the head of pages belong to the text, and so does a word that is there on few of many pages.
        ([head_of("$66", 0), head_of("$200", 1), head_of("$800", 2)].join("\u{c}"), vec![]),
        (
            (0..12).map(|n| head_of(if n % 4 == 0 { "peoples" } else { "" }, n)).collect::<Vec<_>>().join("\u{c}"),
            vec![],
        ),
        (format!("{TEXT}\n09-52470 28\n\n{TEXT}"), vec![("09-52470 28", RecordMark)]),
        (format!("{TEXT}\n26/54 15-29562\n\n{TEXT}"), vec![("26/54 15-29562", RecordMark)]),
        (format!("Check against delivery\n\n{TEXT}"), vec![("Check against delivery", TextStatus)]),
        (format!("{TEXT}(spoke in English)\n{TEXT}(spoke in English)\n{TEXT}(spoke in English)\n"), vec![]),
    ] {
        let expect: Vec<_> = expect.into_iter().map(|(line, reason)| (line.to_owned(), reason)).collect();
        assert_eq!(taken(&text), expect, "{text}");
    }
}

/// Returns pages of ten lines each, plus one line at a given height and font size.
fn pages_with(line: &str, top: f32, size: f32) -> Vec<Row> {
    let place =
        |top: f32, size: f32| Some(Place { left: 72.0, top, right: 500.0, bottom: top + size, size, bold: false });
    let turned = |c: char, n: u8| if c.is_ascii_lowercase() { ((c as u8 - b'a' + n) % 26 + b'a') as char } else { c };
    let mut rows = Vec::new();
    for page in 0..5 {
        let text: String = TEXT.chars().map(|c| turned(c, page as u8)).collect();
        let mut of_page: Vec<(f32, String)> =
            text.lines().zip(0..).map(|(line, n)| (100.0 + 14.0 * n as f32, line.to_owned())).collect();
        let own = line.replace('N', &(page + 1).to_string());
        of_page.push((top, own.clone()));
        of_page.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (top, text) in of_page {
            let number = rows.len() as u32 + 1;
            let size = if text == own { size } else { 12.0 };
            rows.push(Row { place: place(top, size), ..Row::plain(number, &text, page) });
        }
    }
    rows
}

#[test]
fn a_sentence_among_the_lines_of_the_text_is_kept_however_often_it_recurs() {
    for (line, top, size, taken) in [
        ("We ask all to keep article N of it.", 560.0, 12.0, 0),
        ("We ask all to keep article N of it.", 90.0, 12.0, 0),
        // In the margin, in small letters, and a line that is not a sentence.
        ("We ask all to keep article N of it.", 790.0, 12.0, 5),
        ("We ask all to keep article N of it.", 560.0, 8.0, 5),
        ("The Mission of Arvenia, page N", 560.0, 12.0, 5),
    ] {
        let mut notes = Notes::default();
        let (_, removals) = remove(pages_with(line, top, size), &[Some(842.0); 5], &mut notes);
        assert_eq!(removals.len(), taken, "{line} {top} {size}");
        assert_eq!(notes.doubts.len(), usize::from(taken == 0), "{:?}", notes.doubts);
    }
}

#[test]
fn a_sentence_of_two_lines_that_recurs_is_kept_whole() {
    let mut rows = pages_with("We ask all of you to keep the article N", 560.0, 12.0);
    for page in 0..5 {
        let at = rows.iter().rposition(|row| row.page == page).unwrap();
        let place = rows[at].place.map(|place| Place { top: place.top + 14.0, bottom: place.bottom + 14.0, ..place });
        rows.insert(at + 1, Row { place, ..Row::plain(0, "of it without delay.", page) });
    }
    for (number, row) in (1..).zip(&mut rows) {
        row.number = number;
    }
    assert_eq!(remove(rows, &[Some(842.0); 5], &mut Notes::default()).1, []);
}
