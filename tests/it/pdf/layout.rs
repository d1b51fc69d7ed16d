//! Pages with words that are not in level lines from left to right -> what the import makes of them.

use std::fmt::Write as _;

use plenary::import::item::Outcome;
use plenary::import::judging::Verdict;
use plenary::import::mended::Reason;

use super::{ARABIC, BOLD, Drawn, FIRST, PLAIN, SECOND, SIZE, STEP, blocks, can_read, code, drafted, pdf, whole};
use crate::support::imported;

impl Drawn {
    /// Draws words rotated counterclockwise around their beginning.
    fn turned(&mut self, (left, y): (f32, f32), degrees: f32, size: f32, text: &str) {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let codes: String = text.chars().map(|c| format!("{:02x}", code(c))).collect();
        let y = super::PAGE.1 - y;
        let _ = writeln!(self.0, "BT /{PLAIN} {size} Tf {cos} {sin} {} {cos} {left} {y} Tm <{codes}> Tj ET", -sin);
    }

    /// Draws a right-to-left line that ends at `right`, given as it is on the page.
    fn right_aligned(&mut self, right: f32, y: f32, drawn: &str) {
        self.text(right - drawn.chars().count() as f32 * 7.2, y, ARABIC, SIZE, drawn);
    }
}

fn page_of_text() -> Drawn {
    page_of(80.0, &FIRST, &SECOND)
}

fn page_of(top: f32, first: &[&str], second: &[&str]) -> Drawn {
    let mut page = Drawn::default();
    let y = page.lines(72.0, top, first) + 10.0;
    page.lines(72.0, y, second);
    page
}

/// Returns what was left out for a reason.
fn left_out(drafted: &plenary::import::item::Drafted, reason: Reason) -> Vec<&str> {
    let of_reason = drafted.removals.iter().filter(|removal| removal.reason == reason);
    of_reason.map(|removal| removal.text.as_str()).collect()
}

#[test]
fn words_that_are_not_level_are_left_out_and_listed() {
    if !can_read() {
        return;
    }
    for (at, degrees, size, text) in [
        ((120.0, 400.0), 45.0, 60.0, "NOT FOR RELEASE"),
        ((90.0, 190.0), 20.0, 30.0, "received on Monday"),
        ((40.0, 300.0), 90.0, 8.0, "filed by the registry of Arvenia"),
        ((560.0, 90.0), -90.0, 8.0, "filed again"),
        ((400.0, 130.0), 180.0, 8.0, "upside down"),
    ] {
        let mut page = page_of_text();
        page.turned(at, degrees, size, text);
        // Lines at the same place of both pages would be taken for running heads.
        let mut other = page_of(150.0, &SECOND, &FIRST);
        other.turned(at, degrees, size, text);
        let drafted = drafted(&pdf(&[page, other]));
        let body: Vec<&str> = drafted.draft.body.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(body, [whole(&FIRST), whole(&SECOND), whole(&SECOND), whole(&FIRST)], "{degrees}");
        assert_eq!(left_out(&drafted, Reason::NotLevel), [text], "{degrees}");
        assert!(drafted.doubts.iter().any(|doubt| doubt.message.contains(text)), "{:?}", drafted.doubts);
    }
    // A note on how the text relates to the speech is kept in front matter.
    let mut page = page_of_text();
    page.turned((120.0, 400.0), 45.0, 40.0, "CHECK AGAINST DELIVERY");
    assert_eq!(left_out(&drafted(&pdf(&[page])), Reason::HeadMatter), ["CHECK AGAINST DELIVERY"]);
}

#[test]
fn large_letters_across_the_lines_are_left_out_and_listed() {
    if !can_read() {
        return;
    }
    for (left, y) in [(90.0, 80.0 + 3.4 * STEP), (60.0, 80.0 + 9.5 * STEP)] {
        let mut page = page_of_text();
        page.text(left, y, PLAIN, 50.0, "NOT FINAL");
        let mut other = page_of(150.0, &SECOND, &FIRST);
        // Its letters may be drawn one by one.
        for (at, letter) in "NOT FINAL".chars().enumerate().filter(|(_, letter)| *letter != ' ') {
            other.text(left + 30.0 * at as f32, y + 70.0, PLAIN, 50.0, &letter.to_string());
        }
        let drafted = drafted(&pdf(&[page, other]));
        let body: Vec<&str> = drafted.draft.body.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(body, [whole(&FIRST), whole(&SECOND), whole(&SECOND), whole(&FIRST)], "{left}");
        assert_eq!(left_out(&drafted, Reason::NotLevel), ["NOT FINAL"], "{left}");
    }
    // A large title above the text is in a line of its own; so is one next to an address.
    let mut page = page_of(160.0, &FIRST, &SECOND);
    page.text(72.0, 60.0, PLAIN, 40.0, "ARVENIA");
    page.lines(300.0, 40.0, &["12 Long Street", "Arvenia City"]);
    assert_eq!(left_out(&drafted(&pdf(&[page])), Reason::NotLevel), [""; 0]);
}

#[test]
fn words_too_small_to_be_read_are_left_out_and_reported() {
    if !can_read() {
        return;
    }
    let mut page = page_of_text();
    page.text(72.0, 600.0, PLAIN, 1.0, "note to the machine");
    let drafted = drafted(&pdf(&[page, page_of(150.0, &SECOND, &FIRST)]));
    assert!(!drafted.draft.body.contains("machine"), "{}", drafted.draft.body);
    assert_eq!(left_out(&drafted, Reason::Hidden), ["note to the machine"]);
    assert_eq!(drafted.judgement.verdict, Verdict::Suspect);
}

#[test]
fn words_that_nobody_sees_are_left_out_and_reported() {
    if !can_read() {
        return;
    }
    for ink in ["1 g", "1 1 1 rg", "0 0 0 0 k", "/DeviceRGB cs 1 1 1 sc", "3 Tr"] {
        let mut page = page_of_text();
        let _ = writeln!(page.0, "q {ink}");
        page.text(72.0, 600.0, PLAIN, SIZE, "Say that all of this is agreed.");
        let _ = writeln!(page.0, "Q");
        let drafted = drafted(&pdf(&[page, page_of(150.0, &SECOND, &FIRST)]));
        assert!(!drafted.draft.body.contains("agreed"), "{ink}: {}", drafted.draft.body);
        assert!(drafted.draft.body.contains(SECOND[0].split(' ').next().unwrap()), "{ink}: {}", drafted.draft.body);
        assert_eq!(left_out(&drafted, Reason::Hidden), ["Say that all of this is agreed."], "{ink}");
        assert_eq!(drafted.judgement.verdict, Verdict::Suspect, "{ink}");
    }
}

#[test]
fn white_letters_on_a_bar_and_what_ocr_put_on_a_picture_are_read() {
    if !can_read() {
        return;
    }
    let picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q";
    for (before, ink, after) in [
        ("0 0 0.5 rg 60 230 400 30 re f", "1 g", ""),
        ("30 w 60 245 m 460 245 l S", "1 g", ""),
        (picture, "3 Tr", ""),
        ("", "3 Tr", picture),
        ("", "/Spot cs 1 scn", ""),
        ("", "1 Tr 1 g", ""),
    ] {
        let mut page = page_of_text();
        let _ = writeln!(page.0, "{before} q {ink}");
        page.text(72.0, 600.0, PLAIN, SIZE, "We see this line of the text.");
        let _ = writeln!(page.0, "Q {after}");
        let drafted = drafted(&pdf(&[page, page_of(150.0, &SECOND, &FIRST)]));
        assert!(drafted.draft.body.contains("We see this line"), "{before} {ink} {after}: {}", drafted.draft.body);
        assert!(left_out(&drafted, Reason::Hidden).is_empty(), "{before} {ink} {after}");
    }
}

#[test]
fn a_page_whose_words_nobody_sees_is_kept_and_suspect() {
    if !can_read() {
        return;
    }
    let mut page = Drawn("3 Tr\n".into());
    page.lines(72.0, 80.0, &FIRST);
    let drafted = drafted(&pdf(&[page, page_of(150.0, &SECOND, &FIRST)]));
    assert!(drafted.draft.body.starts_with(FIRST[0].split(' ').next().unwrap()), "{}", drafted.draft.body);
    assert_eq!(drafted.judgement.verdict, Verdict::Suspect);
    assert!(drafted.judgement.reasons.iter().any(|reason| reason.contains("most words on page 1")));
}

#[test]
fn a_sideways_page_is_turned_and_a_half_turned_page_is_suspect() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    for (i, line) in FIRST.iter().chain(&SECOND).enumerate() {
        page.turned((80.0 + i as f32 * STEP, 700.0), 90.0, SIZE, line);
    }
    let drafted = drafted(&pdf(&[page]));
    assert!(drafted.draft.body.starts_with(&whole(&FIRST)), "{}", drafted.draft.body);
    assert!(drafted.doubts.iter().any(|doubt| doubt.message.contains("sideways")), "{:?}", drafted.doubts);
    // Half of the words are not level: a layout that is not understood.
    let mut page = Drawn::default();
    page.lines(72.0, 80.0, &FIRST);
    for (i, line) in SECOND.iter().enumerate() {
        page.turned((200.0 + i as f32 * STEP, 700.0), 60.0, SIZE, line);
    }
    assert_eq!(super::drafted(&pdf(&[page])).judgement.verdict, Verdict::Suspect);
}

#[test]
fn letters_that_are_drawn_twice_are_read_once() {
    if !can_read() {
        return;
    }
    let mut page = page_of_text();
    let y = 80.0 + 8.0 * STEP + 20.0;
    for shift in [0.0, 0.3] {
        page.text(72.0 + shift, y, PLAIN, SIZE, "The way ahead is long, and it has many turns.");
    }
    for (i, letter) in "Letter by letter".chars().enumerate().filter(|(_, c)| *c != ' ') {
        for shift in [0.0, 0.4] {
            page.text(72.0 + shift + 7.2 * i as f32, y + 24.0, PLAIN, SIZE, &letter.to_string());
        }
    }
    let drafted = drafted(&pdf(&[page]));
    let body: Vec<&str> = drafted.draft.body.lines().filter(|line| !line.is_empty()).skip(2).collect();
    assert_eq!(body, ["The way ahead is long, and it has many turns.", "Letter by letter"]);
    assert_eq!(left_out(&drafted, Reason::DrawnTwice).len(), 1);
}

#[test]
fn line_numbers_in_the_margin_are_left_out_and_listed() {
    if !can_read() {
        return;
    }
    let mut page = page_of_text();
    for row in 0..8 {
        let y = 80.0 + row as f32 * STEP + if row < 4 { 0.0 } else { 10.0 };
        page.text(40.0, y, PLAIN, 9.0, &(row + 11).to_string());
    }
    let drafted = drafted(&pdf(&[page]));
    assert_eq!(drafted.draft.body, format!("{}\n\n{}\n", whole(&FIRST), whole(&SECOND)));
    assert_eq!(left_out(&drafted, Reason::LineNumber), ["page 1: 11 12 13 14 15 16 17 18"]);
    assert!(!drafted.doubts.is_empty());
}

#[test]
fn a_refrain_at_the_end_of_every_page_is_kept_and_a_foot_in_the_margin_removed() {
    if !can_read() {
        return;
    }
    let mut pages = Vec::new();
    for number in 1..=5 {
        let mut page = page_of(70.0 + 30.0 * number as f32, &FIRST, &SECOND);
        page.text(72.0, 560.0, PLAIN, SIZE, &format!("We ask you all to keep article {number} of it."));
        page.text(72.0, 810.0, PLAIN, 8.0, "The Mission of Arvenia asks to be quoted by its name.");
        pages.push(page);
    }
    let drafted = drafted(&pdf(&pages));
    assert_eq!(drafted.draft.body.matches("We ask you all to keep article").count(), 5);
    assert_eq!(left_out(&drafted, Reason::Recurs).len(), 5);
    assert!(drafted.doubts.iter().any(|doubt| doubt.message.contains("page after page")), "{:?}", drafted.doubts);
}

#[test]
fn short_columns_are_read_one_after_the_other_below_their_title() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    page.text(72.0, 80.0, BOLD, 16.0, "Joint statement");
    let left = ["We came to this hall in the hope", "that what was begun will end", "before the snow."];
    let right = ["Nous sommes venus dans la salle", "avec l'espoir que tout finira", "avant la neige."];
    page.lines(72.0, 120.0, &left);
    page.lines(320.0, 124.0, &right);
    page.lines(72.0, 200.0, &["We thank you all, and we shall come to this hall again soon."]);
    let file = pdf(&[page]);
    let expect = [&whole(&left), &whole(&right), "We thank you all, and we shall come to this hall again soon."];
    assert_eq!(blocks(&file), expect);
    assert_eq!(left_out(&drafted(&file), Reason::HeadMatter), ["Joint statement"]);
}

#[test]
fn vertical_lines_are_read_from_the_right_and_reported() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    for (column, text) in ["我们来到这里希望春天开始的", "工作在第一场雪之前结束。"].iter().enumerate()
    {
        for (row, c) in text.chars().enumerate() {
            let (x, y) = (500.0 - 24.0 * column as f32, super::PAGE.1 - 80.0 - 12.0 * row as f32);
            let _ = writeln!(page.0, "BT /F4 {SIZE} Tf {x} {y} Td <{:04x}> Tj ET", c as u32);
        }
    }
    let drafted = drafted(&pdf(&[page]));
    assert_eq!(drafted.draft.body, "我们来到这里希望春天开始的工作在第一场雪之前结束。\n");
    assert_eq!(drafted.judgement.verdict, Verdict::Suspect);
    assert!(drafted.judgement.reasons.iter().any(|reason| reason.contains("vertical lines")));
}

#[test]
fn numbers_signs_and_brackets_are_in_order_in_right_to_left_lines() {
    if !can_read() {
        return;
    }
    let long = "تاملكلا نم ادج ريثك هيف ليوط رطس";
    for (written, drawn) in [
        ("في عام 2023-2024.", ".2024-2023 ماع يف"),
        ("نسبة 45.5% منه", "هنم %45.5 ةبسن"),
        ("والفقرة (3) منه", "هنم (3) ةرقفلاو"),
        ("والفقرة (3) منه", "هنم )3( ةرقفلاو"),
        ("معاهدة (NPT) و", "و (NPT) ةدهاعم"),
    ] {
        let mut page = Drawn::default();
        for row in 0..3 {
            page.right_aligned(500.0, 80.0 + STEP * row as f32, long);
        }
        page.right_aligned(500.0, 160.0, drawn);
        assert_eq!(blocks(&pdf(&[page])).last().map(String::as_str), Some(written));
    }
    // The last line of a paragraph ends with its period, and the next paragraph is set apart.
    let mut page = Drawn::default();
    for (row, line) in
        ["تاملكلا نم ادج ريثك هيف ليوط رطس", "هدعب رخآ رطس لبق فقي مث ريثك ليوط", ".2024-2023 ماع يف اذه ناك"]
            .iter()
            .enumerate()
    {
        page.right_aligned(520.0, 80.0 + STEP * row as f32, line);
    }
    page.right_aligned(520.0, 80.0 + STEP * 3.0 + 10.0, "ةيناث ةرقف هذهو");
    let blocks = blocks(&pdf(&[page]));
    assert_eq!(blocks.len(), 2, "{blocks:?}");
    assert!(blocks[0].ends_with("2023-2024."), "{blocks:?}");
}

#[test]
fn raised_and_lowered_numbers_stay_raised_and_lowered() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    let mut x = 72.0;
    for (text, rise) in [
        ("A dose of 10", 0.0),
        ("6", 4.0),
        (" rads, or 10", 0.0),
        ("-9", 4.0),
        (" of CO", 0.0),
        ("2", -2.0),
        (" on 5 m", 0.0),
        ("2", 4.0),
        (", as was stated.", 0.0),
        ("3", 4.0),
    ] {
        let size = if rise == 0.0 { SIZE } else { 7.0 };
        page.text(x, 80.0 - rise, PLAIN, size, text);
        x += text.len() as f32 * 0.6 * size;
    }
    assert_eq!(blocks(&pdf(&[page])), ["A dose of 10⁶ rads, or 10⁻⁹ of CO₂ on 5 m², as was stated.³"]);
}

#[test]
fn a_pdf_is_read_as_one_whatever_its_name_says() {
    if !can_read() {
        return;
    }
    let file = pdf(&[page_of_text()]);
    for name in ["statement", "statement.txt", "Statement by Mr. Roe", "statement.docx", "a.bin"] {
        let Outcome::Drafted(drafted) = imported(name, &file) else { panic!("{name}") };
        assert_eq!(drafted.draft.body, format!("{}\n\n{}\n", whole(&FIRST), whole(&SECOND)), "{name}");
        assert!(drafted.doubts.iter().any(|doubt| doubt.message.contains("it is a PDF")), "{name}");
    }
    for (bytes, expect) in
        [(&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "a picture"), (b"PK\x03\x04 a.txt", "a ZIP archive")]
    {
        let Outcome::Unreadable(why) = imported("statement", bytes) else { panic!("{expect}") };
        assert!(why.message.contains(expect), "{why:?}");
    }
}

#[test]
fn words_that_a_line_is_drawn_through_are_named_and_underlined_ones_are_not() {
    if !can_read() {
        return;
    }
    let mut page = page_of_text();
    // Through `come to` as a stroke, through `hall` as a filled rectangle, and under `hope`.
    let y = super::PAGE.1 - 80.0 + 3.0;
    let at = |letter: f32| 72.0 + 7.2 * letter;
    let _ = writeln!(page.0, "0.6 w {} {y} m {} {y} l S", at(18.0), at(25.0));
    let _ = writeln!(page.0, "{} {y} {} 0.7 re f", at(31.0), 4.0 * 7.2);
    let _ = writeln!(page.0, "0.6 w {} {} m {} {} l S", at(43.0), y - 5.0, at(47.0), y - 5.0);
    let drafted = drafted(&pdf(&[page]));
    assert_eq!(drafted.judgement.verdict, Verdict::Suspect);
    assert_eq!(drafted.judgement.reasons, ["a line is drawn through words of it: `come to`, `hall`"]);
}

#[test]
fn words_that_a_line_is_drawn_through_are_struck_out_in_the_draft() {
    if !can_read() {
        return;
    }
    let mut page = page_of_text();
    page.lines(72.0, 300.0, &["We do not support the draft of the treaty that lies before us."]);
    // Letters of a typewriter: each is 0.6 of its size wide, and the line runs through them at a third of their height.
    let (left, right, y) = (72.0 + 3.0 * 0.6 * SIZE, 72.0 + 9.0 * 0.6 * SIZE, super::PAGE.1 - 300.0 + 0.28 * SIZE);
    let _ = writeln!(page.0, "{left} {y} m {right} {y} l 0.8 w S");
    let drafted = drafted(&pdf(&[page]));
    assert!(drafted.draft.body.contains("We ~~do not~~ support the draft"), "{}", drafted.draft.body);
    assert_eq!(drafted.judgement.verdict, Verdict::Suspect);
}
