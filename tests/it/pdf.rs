//! PDFs written by hand -> what the import makes of them.
//!
//! They are read with poppler's `pdftotext`. If it is not installed, these tests say so and check nothing, unless `CI`
//! is set: then they fail.

mod layout;

use std::fmt::Write as _;
use std::process::Command;

use plenary::import::item::{Drafted, Outcome};
use plenary::import::judging::Verdict;
use plenary::import::mended::Reason;

use crate::support::{self, imported};

/// Width and height of a page, and the space from line to line, in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const STEP: f32 = 14.0;
const SIZE: f32 = 12.0;

/// Returns whether the programs are installed; without them a test has nothing to check.
fn can_read() -> bool {
    let is_installed = Command::new("pdftotext").arg("-v").output().is_ok();
    let how = "pdftotext is not installed (Debian: apt-get install poppler-utils; macOS: brew install poppler)";
    // A machine that tests for others must not pass what it did not check.
    assert!(is_installed || std::env::var_os("CI").is_none_or(|value| value.is_empty()), "{how}");
    if !is_installed {
        eprintln!("skipped: {how}");
    }
    is_installed
}

/// What is drawn on one page.
#[derive(Default)]
struct Drawn(String);

/// The fonts of every page: Courier, in which every letter is 0.6 wide, plain and bold, and one for Arabic letters.
const PLAIN: &str = "F1";
const BOLD: &str = "F2";
const ARABIC: &str = "F3";

impl Drawn {
    /// Draws a line that begins at `left`, with its baseline at `y` from the top.
    fn text(&mut self, left: f32, y: f32, font: &str, size: f32, text: &str) {
        let codes: String = text.chars().map(|c| format!("{:02x}", code(c))).collect();
        let _ = writeln!(self.0, "BT /{font} {size} Tf {left} {} Td <{codes}> Tj ET", PAGE.1 - y);
    }

    /// Draws lines below each other, and returns where the next one would be.
    fn lines(&mut self, left: f32, y: f32, lines: &[&str]) -> f32 {
        for (i, line) in lines.iter().enumerate() {
            self.text(left, y + i as f32 * STEP, PLAIN, SIZE, line);
        }
        y + lines.len() as f32 * STEP
    }
}

/// Returns the code of a character in the fonts above: Arabic letters begin at 160, two ligatures are last, and all others
/// keep their Unicode value.
fn code(c: char) -> u32 {
    match c {
        '\u{fef9}' => 0xfe,
        '\u{fefb}' => 0xff,
        '\u{600}'..='\u{65f}' => c as u32 - 0x600 + 160,
        _ => c as u32,
    }
}

/// Makes a PDF from pages; `trailer` is added to its trailer.
fn pdf_with(pages: &[Drawn], trailer: &str) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
    objects.push(font("Courier"));
    objects.push(font("Courier-Bold"));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>".to_owned());
    let cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange \
        2 beginbfrange <20> <7e> <0020> <a1> <fd> <0601> endbfrange \
        2 beginbfchar <fe> <06440625> <ff> <06440627> endbfchar endcmap end";
    objects.push(stream(cmap));
    // A font whose codes are those of Unicode, for Chinese. It is not embedded, and nothing is drawn with it.
    let descendant = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>";
    objects.push(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [{descendant}] /ToUnicode 8 0 R >>"
    ));
    let cmap = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange \
        2 beginbfrange <3000> <30ff> <3000> <4e00> <9fff> <4e00> endbfrange endcmap end";
    objects.push(stream(cmap));
    let resources = "<< /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 7 0 R >> >>";
    let mut kids = String::new();
    for page in pages {
        objects.push(stream(&page.0));
        let content = objects.len();
        let (width, height) = PAGE;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {content} 0 R /Resources {resources} >>"
        ));
        let _ = write!(kids, "{} 0 R ", objects.len());
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());

    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = String::new();
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(offsets, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let _ = write!(file, "xref\n0 {count}\n0000000000 65535 f \n{offsets}");
    let _ = write!(file, "trailer << /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

fn pdf(pages: &[Drawn]) -> Vec<u8> {
    pdf_with(pages, "")
}

fn stream(data: &str) -> String {
    format!("<< /Length {} >>\nstream\n{data}\nendstream", data.len())
}

fn import(bytes: &[u8]) -> Outcome {
    imported("a.pdf", bytes)
}

fn drafted(bytes: &[u8]) -> Drafted {
    match import(bytes) {
        Outcome::Drafted(drafted) => *drafted,
        other => panic!("{other:?}"),
    }
}

/// Returns the blocks of a draft.
fn blocks(bytes: &[u8]) -> Vec<String> {
    drafted(bytes).draft.body.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

const FIRST: [&str; 4] = [
    "My delegation has come to this hall in the hope that what was",
    "begun in the spring will be ended before the first snow falls",
    "on the mountains of our country, and that it will be ended by",
    "those who began it.",
];
const SECOND: [&str; 4] = [
    "It will not be easy, for some who began it are no longer with",
    "us. We shall nevertheless try, and we shall try together with",
    "all who wish to come with us, as far as they can come with us",
    "on that way.",
];

fn whole(lines: &[&str]) -> String {
    lines.join(" ")
}

#[test]
fn paragraphs_are_recognised_by_space_indent_and_short_lines() {
    if !can_read() {
        return;
    }
    for (what, space, indent) in [("space", 10.0, 0.0), ("indent", 0.0, 30.0), ("a short line", 0.0, 0.0)] {
        let mut page = Drawn::default();
        let mut y = 80.0;
        for lines in [FIRST, SECOND, FIRST, SECOND] {
            page.text(72.0 + indent, y, PLAIN, SIZE, &lines[0][..lines[0].len() - indent as usize / 5]);
            y = page.lines(72.0, y + STEP, &lines[1..]) + space;
        }
        let cut = |lines: [&str; 4]| {
            whole(&[&lines[0][..lines[0].len() - indent as usize / 5], lines[1], lines[2], lines[3]])
        };
        assert_eq!(blocks(&pdf(&[page])), [cut(FIRST), cut(SECOND), cut(FIRST), cut(SECOND)], "{what}");
    }
}

#[test]
fn heads_feet_and_numbers_are_removed_and_paragraphs_continue_across_pages() {
    if !can_read() {
        return;
    }
    let mut pages = Vec::new();
    for (i, lines) in [FIRST, SECOND, FIRST].into_iter().enumerate() {
        let mut page = Drawn::default();
        page.text(250.0, 40.0, PLAIN, 9.0, "Mission of Arvenia");
        page.lines(72.0, 66.0 + 90.0 * i as f32, &["Madam President,"]);
        page.lines(72.0, 90.0 + 90.0 * i as f32, &lines[..2]);
        page.text(290.0, 800.0, PLAIN, 9.0, &format!("{}", i + 1));
        pages.push(page);
        let mut next = Drawn::default();
        next.text(250.0, 40.0, PLAIN, 9.0, "Mission of Arvenia");
        next.lines(72.0, 80.0, &lines[2..]);
        pages.push(next);
    }
    let drafted = drafted(&pdf(&pages));
    let paragraphs: Vec<&str> = drafted.draft.body.lines().filter(|line| !line.is_empty()).collect();
    let salutation = "Madam President,".to_owned();
    let expect = [&salutation, &whole(&FIRST), &salutation, &whole(&SECOND), &salutation, &whole(&FIRST)];
    assert_eq!(paragraphs, expect);
    let taken = |reason| drafted.removals.iter().filter(|removal| removal.reason == reason).count();
    // The first of them is kept, in `head_matter`.
    assert_eq!((taken(Reason::Recurs), taken(Reason::HeadMatter), taken(Reason::PageNumber)), (5, 1, 3));
}

#[test]
fn bold_lines_raised_letters_and_columns_are_read_as_intended() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    page.text(72.0, 80.0, BOLD, SIZE, "The way ahead");
    page.lines(72.0, 104.0, &["We have come to the 79", "session."]);
    page.text(72.0 + 22.0 * 7.2, 99.0, PLAIN, 7.0, "th");
    for (i, row) in
        ["who walk alone", "come to a well", "come to a tree", "come to a wall", "come to a door", "come to a home"]
            .iter()
            .cycle()
            .take(9)
            .enumerate()
    {
        let y = 180.0 + i as f32 * STEP;
        page.text(72.0, y, PLAIN, SIZE, &format!("left of all those {row}"));
        page.text(330.0, y, PLAIN, SIZE, &format!("right of those {row}"));
    }
    let text = drafted(&pdf(&[page])).draft.body;
    assert!(text.contains("We have come to the 79th session."), "{text}");
    assert!(text.rfind("left of all").unwrap() < text.find("right of those").unwrap(), "{text}");
}

#[test]
fn a_bold_line_over_a_paragraph_is_a_heading() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    let y = page.lines(72.0, 80.0, &FIRST) + 10.0;
    page.text(72.0, y, BOLD, SIZE, "The way ahead");
    let y = page.lines(72.0, y + STEP + 10.0, &SECOND) + 10.0;
    page.lines(72.0, y, &["I thank you."]);
    let expect = [whole(&FIRST), "## The way ahead".into(), whole(&SECOND), "I thank you.".into()];
    assert_eq!(blocks(&pdf(&[page])), expect);
}

#[test]
fn arabic_is_read_from_the_right() {
    if !can_read() {
        return;
    }
    let drawn = |text: &str| text.chars().rev().collect::<String>();
    let mut page = Drawn::default();
    for (i, line) in ["نحن هنا من اجل سلم", "في كل مكان"].iter().enumerate() {
        let text = drawn(line);
        let width = text.chars().count() as f32 * 7.2;
        page.text(500.0 - width, 80.0 + i as f32 * STEP, ARABIC, SIZE, &text);
    }
    assert_eq!(blocks(&pdf(&[page])).join(" "), "نحن هنا من اجل سلم في كل مكان");
}

#[test]
fn arabic_ligatures_come_out_in_the_order_of_their_letters() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    // The ligatures are drawn as single glyphs.
    let drawn: String = "عالم ا\u{fef9}س\u{fefb}م".chars().rev().collect();
    page.text(300.0, 80.0, ARABIC, SIZE, &drawn);
    assert_eq!(blocks(&pdf(&[page])), ["عالم الإسلام"]);
}

#[test]
fn a_pdf_and_a_text_of_the_same_words_become_the_same_paragraphs() {
    if !can_read() {
        return;
    }
    let (mut page, mut text) = (Drawn::default(), String::new());
    let mut y = 80.0;
    for lines in [&["Madam President,"][..], &FIRST, &SECOND, &["I thank you."]] {
        y = page.lines(72.0, y, lines) + 10.0;
        let _ = writeln!(text, "{}\n", lines.join("\n"));
    }
    let twin = imported("a.txt", text.as_bytes());
    let Outcome::Drafted(twin) = twin else { panic!("{twin:?}") };
    assert_eq!(drafted(&pdf(&[page])).draft.body, twin.draft.body);
}

#[test]
fn an_unreadable_pdf_is_reported_with_help() {
    if !can_read() {
        return;
    }
    let mut page = Drawn::default();
    page.lines(72.0, 80.0, &FIRST);
    let whole = pdf(&[page]);
    let zeros = "00".repeat(32);
    let locked = pdf_with(
        &[Drawn::default()],
        &format!("/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{zeros}> /U <{zeros}> >> /ID [<00> <00>]"),
    );
    for (bytes, expect) in [
        (&whole[..200], "not a readable PDF"),
        (b"%PDF-1.7\nno more", "not a readable PDF"),
        (&[0; 4096], "not a readable PDF"),
        (&locked, "locked with a password"),
    ] {
        let Outcome::Unreadable(why) = import(bytes) else { panic!("{expect}") };
        assert!(why.message.contains(expect), "{why:?}");
        assert!(!why.help.is_empty());
    }
}

#[test]
fn a_text_in_pictures_or_meaningless_signs_becomes_a_stub() {
    if !can_read() {
        return;
    }
    let mut signs = Drawn::default();
    signs.lines(72.0, 80.0, &["@#$%&*+=<>{}[]|^~ /1 /2 /3 /4 /5", "/255 /6 /7 {}{}{}{} @@@@ #### 0/0/0"]);
    for page in [Drawn::default(), signs] {
        let drafted = drafted(&pdf(&[page]));
        assert_eq!(drafted.judgement.verdict, Verdict::Unreadable);
        assert!(drafted.draft.body.contains("could not be read"), "{}", drafted.draft.body);
    }
}

/// `tests/it/twins` has two invented texts as LibreOffice wrote them, from the `.fodt` files next to them: each has
/// several pages with a running head, and one is right-to-left with lam-alef in its words.
#[test]
fn a_pdf_and_a_word_document_of_one_text_have_the_same_paragraphs() {
    if !can_read() {
        return;
    }
    for (pdf, docx, paragraphs) in [
        (&include_bytes!("twins/english.pdf")[..], &include_bytes!("twins/english.docx")[..], 6),
        (&include_bytes!("twins/arabic.pdf")[..], &include_bytes!("twins/arabic.docx")[..], 5),
    ] {
        let (pdf, docx) = (support::drafted("a.pdf", pdf), support::drafted("a.docx", docx));
        assert_eq!(docx.blocks, paragraphs);
        assert_eq!(pdf.draft.body, docx.draft.body);
    }
}
