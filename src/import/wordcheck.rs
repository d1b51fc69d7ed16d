//! Compares what an original says with what its draft says: the same letters and digits in the same order, raised,
//! lowered and struck out alike.
//!
//! This shares no code with the rules that mend texts. It trusts `Mended` only about which lines were taken out, and
//! reads the draft as the site's own reader shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::mended::{Reason, Removal};
use super::pages::{Line, Mark, Page, Pages};

/// Where a draft says something other than its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the original; its last line if the draft says more than the original.
    pub line: u32,
    /// What the original says there, as letters and digits.
    pub original: String,
    /// What the draft says there.
    pub draft: String,
}

/// How many letters of a difference are shown.
const SHOWN: usize = 40;

/// Compares an original, without the lines that were taken out, with the words of its draft, of which `struck` are the
/// byte ranges that are struck out.
///
/// # Errors
/// Returns the first place where they differ.
pub fn check(pages: &Pages, removals: &[Removal], draft: &str, struck: &[Range<usize>]) -> Result<(), Difference> {
    let removed: BTreeSet<u32> = removals.iter().map(|removal| removal.line).collect();
    let kept = pages.lines().filter(|line| !removed.contains(&line.number));
    let draft_struck = struck_in_text(draft, struck);
    let mut draft_struck = draft_struck.iter();
    let mut said = letters(draft).peekable();
    let mut last = 0;
    // Line by line through the original, letter by letter through the draft, so that a difference has a line number.
    for line in kept {
        let mut written = letters(&line.text).peekable();
        while let Some(letter) = written.peek() {
            if said.peek() != Some(letter) {
                let (original, draft) =
                    (written.map(shown).take(SHOWN).collect(), said.map(shown).take(SHOWN).collect());
                return Err(Difference { line: line.number, original, draft });
            }
            written.next();
            said.next();
        }
        let of_draft: Vec<bool> = draft_struck.by_ref().take(letters(&line.text).count()).copied().collect();
        if let Some((original, draft)) = unlike(line, &of_draft) {
            return Err(Difference { line: line.number, original, draft });
        }
        last = line.number;
    }
    if said.peek().is_some() {
        return Err(Difference { line: last, original: String::new(), draft: said.map(shown).take(SHOWN).collect() });
    }
    Ok(())
}

/// Compares the lines that a draft keeps out of its text with what its front matter says.
///
/// # Errors
/// Returns the first place where they differ.
pub fn check_apart(pages: &Pages, removals: &[Removal], head_matter: &[Box<str>]) -> Result<(), Difference> {
    let apart: Vec<&Removal> = removals.iter().filter(|removal| removal.reason == Reason::HeadMatter).collect();
    let numbers: BTreeSet<u32> = apart.iter().map(|removal| removal.line).collect();
    // What the format itself kept out of the text has no line there.
    let of_format = apart.iter().filter(|removal| removal.line == 0).map(|removal| (0, removal.text.as_str()));
    let lines = pages.lines().filter(|line| numbers.contains(&line.number));
    let lines = of_format.chain(lines.map(|line| (line.number, line.text.as_str())));
    let said = head_matter.join("\n");
    let mut said = letters(&said).peekable();
    let mut last = 0;
    for (line, text) in lines {
        let mut written = letters(text).peekable();
        while let Some(letter) = written.next_if(|letter| said.peek() == Some(letter)) {
            said.next_if_eq(&letter);
        }
        if written.peek().is_some() {
            let (original, draft) = (written.map(shown).take(SHOWN).collect(), said.map(shown).take(SHOWN).collect());
            return Err(Difference { line, original, draft });
        }
        last = line;
    }
    if said.peek().is_some() {
        return Err(Difference { line: last, original: String::new(), draft: said.map(shown).take(SHOWN).collect() });
    }
    Ok(())
}

/// Returns for each letter of a draft whether it is struck out.
fn struck_in_text(text: &str, struck: &[Range<usize>]) -> Vec<bool> {
    let mut all = Vec::new();
    let mut at = 0;
    for range in struck {
        all.extend(letters(&text[at..range.start]).map(|_| false));
        all.extend(letters(&text[range.clone()]).map(|_| true));
        at = range.end;
    }
    all.extend(letters(&text[at..]).map(|_| false));
    all
}

/// Returns the struck-out words of a line in the original and in its draft, if they differ.
fn unlike(line: &Line, draft: &[bool]) -> Option<(String, String)> {
    let is_struck = |at: u32| {
        let has = |mark: &Mark| if let Mark::Struck(range) = mark { range.contains(&at) } else { false };
        line.marks.iter().any(has)
    };
    let original: Vec<bool> = (0..draft.len() as u32).map(is_struck).collect();
    let words = |struck: &[bool]| {
        let words: String =
            letters(&line.text).zip(struck).filter(|(_, struck)| **struck).map(|(c, _)| shown(c)).take(SHOWN).collect();
        if words.is_empty() { "nothing struck out".to_owned() } else { format!("struck out: {words}") }
    };
    (original != draft).then(|| (words(&original), words(draft)))
}

/// Returns the letters and digits of a text in compatibility form (NFKC, UAX #15), except for raised and lowered digits
/// and signs: NFKC would turn `10⁻⁶` into another number. Tatweel only stretches a word and does not count.
fn letters(text: &str) -> impl Iterator<Item = char> {
    // Invisible characters are removed first: combining marks are only reordered if nothing is between them.
    let marked = |c: char| if c < '²' { c } else { SHIFTED.find(c).map_or(c, |at| stand_in(at as u32)) };
    let chars = text.chars().filter(|c| !shows_nothing(*c)).map(marked);
    chars.nfkc().filter(|c| c.is_alphanumeric() && *c != '\u{640}' || is_stand_in(*c))
}

/// Raised and lowered digits and signs; each takes two or three bytes.
const SHIFTED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋";

/// The first character that stands in for one of these, in a private-use plane, where NFKC changes nothing.
const STAND_INS: u32 = 0x10_ff00;

fn stand_in(at: u32) -> char {
    char::from_u32(STAND_INS + at).expect("there are 254 characters from there on, and the table has 69 bytes")
}

/// Returns the character that a stand-in stands for, and any other unchanged.
fn shown(c: char) -> char {
    let at = is_stand_in(c).then(|| (c as u32 - STAND_INS) as usize);
    at.and_then(|at| SHIFTED.get(at..)?.chars().next()).unwrap_or(c)
}

fn is_stand_in(c: char) -> bool {
    (STAND_INS..STAND_INS + SHIFTED.len() as u32).contains(&(c as u32))
}

/// Returns whether a character shows nothing. This is not `language::scripts::is_invisible`: what removes characters
/// from drafts uses that table, and this check must not repeat its mistakes.
fn shows_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A running head is only recognised on at least this many pages.
const PAGES: usize = 5;

/// Returns how many in a thousand of an original's letters and digits were taken out. What is now in the front matter
/// does not count, and what the format marks as not part of the text was never among them.
///
/// A running head with the same words on four of five pages counts once, however many pages there are. But a sentence,
/// or a line among the lines of the text, may belong to the text, and counts each time.
pub fn removed_per_mille(pages: &Pages, removals: &[Removal]) -> usize {
    let all: usize = pages.lines().map(|line| letters(&line.text).count()).sum();
    let mut counted: BTreeMap<String, Vec<&Removal>> = BTreeMap::new();
    for removal in removals.iter().filter(|removal| removal.line > 0 && !is_kept(removal)) {
        counted.entry(words(&removal.text)).or_default().push(removal);
    }
    let removed: usize = counted
        .values()
        .map(|same| {
            let often = PAGES.max((pages.pages.len() * 4).div_ceil(5));
            let places = places(pages, same);
            let is_furniture = places.iter().all(|place| place.is_none_or(is_at_edge)) && !is_sentence(&same[0].text);
            let same = if is_furniture && places.len() >= often { &same[..1] } else { &same[..] };
            same.iter().map(|removal| letters(&removal.text).count()).sum::<usize>()
        })
        .sum();
    removed * 1000 / all.max(1)
}

/// Returns whether a line can be a sentence of the text: it ends like one and is long enough.
fn is_sentence(text: &str) -> bool {
    const LETTERS: usize = 24;
    let ends = text.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '!', '?', '؟', '۔', '。', '！', '？', '।']);
    ends && !text.ends_with("...") && letters(text).count() >= LETTERS
}

/// Where a line is on its page, as parts of the height: how far its bottom is from the top edge, and its top from the
/// bottom edge.
type Depth = (f32, f32);

/// Returns whether a line is so close to the edge of its page that it cannot be text.
fn is_at_edge((from_top, from_bottom): Depth) -> bool {
    /// An inch and a third on a page of eleven inches.
    const EDGE: f32 = 0.12;
    from_top < EDGE || from_bottom < EDGE
}

/// Returns for each page that has one of the lines where it is, if the format says.
fn places(pages: &Pages, removals: &[&Removal]) -> Vec<Option<Depth>> {
    let numbers: BTreeSet<u32> = removals.iter().map(|removal| removal.line).collect();
    let of_page = |page: &Page| {
        let line = page.lines.iter().find(|line| numbers.contains(&line.number))?;
        let place = page.size.zip(line.place);
        Some(place.map(|((_, height), place)| (place.bottom / height, 1.0 - place.top / height)))
    };
    pages.pages.iter().filter_map(of_page).collect()
}

/// Returns whether the front matter now has it.
fn is_kept(removal: &Removal) -> bool {
    matches!(removal.reason, Reason::TextStatus | Reason::HeadMatter)
}

/// Returns the letters of a line, without digits.
fn words(text: &str) -> String {
    letters(text).filter(|c| !c.is_numeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::{Line, Markup, Place};

    fn pages(text: &str) -> Pages {
        let lines = text.lines().zip(1..).map(|(line, number)| Line::plain(number, line)).collect();
        let pages = vec![Page { size: None, lines }];
        Pages {
            reader: String::new(),
            markup: Markup::Plain,
            language: None,
            ocr: None,
            pages,
            left_out: Vec::new(),
            doubts: Vec::new(),
            suspect: Vec::new(),
        }
    }

    #[test]
    fn a_draft_that_differs_is_refused_with_the_place() {
        let removal = Removal { line: 2, text: "7".into(), reason: Reason::PageNumber };
        for (original, removals, draft, expect) in [
            ("One-\ntwo ﬁrst 72\u{207f}ᵈ", vec![], "Onetwo first 72nd", None),
            ("10⁶ of H₂O", vec![], "10⁶ of H₂O", None),
            ("10⁶", vec![], "106", Some((1, "⁶", "6"))),
            ("10⁻⁹", vec![], "10⁹", Some((1, "⁻⁹", "⁹"))),
            ("One\n7\ntwo", vec![removal.clone()], "One two", None),
            ("One\n7\ntwo", vec![], "One two", Some((2, "7", "two"))),
            ("One\n7\ntwo", vec![removal.clone()], "One 7 two", Some((3, "two", "7two"))),
            ("One\ntwo three", vec![], "One two thre", Some((2, "e", ""))),
            ("One", vec![], "One more", Some((1, "", "more"))),
            ("One", vec![], "one", Some((1, "One", "one"))),
            ("نيويـــورك", vec![], "نيويورك", None),
            ("ن\u{650}\u{202b}\u{64e}", vec![], "ن\u{64e}\u{650}", None),
        ] {
            let difference = check(&pages(original), &removals, draft, &[]).err();
            let difference = difference.as_ref().map(|d| (d.line, d.original.as_str(), d.draft.as_str()));
            assert_eq!(difference, expect, "{original} | {draft}");
        }
    }

    #[test]
    fn the_share_of_letters_taken_out_is_measured() {
        let removal = |reason| Removal { line: 1, text: "Page 1".into(), reason };
        let pages = pages("Page 1\nand twenty letters more");
        assert_eq!(removed_per_mille(&pages, &[removal(Reason::PageNumber)]), 200);
        assert_eq!(removed_per_mille(&pages, &[removal(Reason::TextStatus)]), 0);
    }

    #[test]
    fn a_line_of_every_page_counts_each_time_if_it_may_belong_to_the_text() {
        let foot = "Mission of Arvenia 1";
        let sentence = "We ask all to keep article 1 of it.";
        for (text, top, expect) in [
            (foot, None, 31),
            (foot, Some(800.0), 31),
            (foot, Some(560.0), 158),
            (sentence, None, 224),
            (sentence, Some(800.0), 224),
        ] {
            let mut paged = pages("");
            let place = |top: f32| Place { left: 72.0, top, right: 300.0, bottom: top + 12.0, size: 12.0, bold: false };
            let page = |page: u32| Page {
                size: Some((595.0, 842.0)),
                lines: vec![
                    Line::plain(page * 2 + 1, "and ninety letters more ".repeat(4) + "end of lines"),
                    Line { place: top.map(place), ..Line::plain(page * 2 + 2, text) },
                ],
            };
            paged.pages = (0..5).map(page).collect();
            let removal = |page: u32| Removal { line: page * 2 + 2, text: text.into(), reason: Reason::Recurs };
            let removals: Vec<Removal> = (0..5).map(removal).collect();
            assert_eq!(removed_per_mille(&paged, &removals), expect, "{text} {top:?}");
        }
    }

    #[test]
    fn a_line_of_nearly_every_page_counts_once() {
        let text = "Mission 1\nand twenty letters more";
        for (heads, all, expect) in [(5, 5, 57), (4, 5, 228), (5, 7, 204), (4, 4, 285)] {
            let mut paged = pages(text);
            paged.pages = (0..all)
                .map(|page| {
                    let lines = text.lines().zip(1..).map(|(line, number)| Line::plain(page * 2 + number, line));
                    Page { size: None, lines: lines.collect() }
                })
                .collect();
            let head = |page: u32| Removal { line: page * 2 + 1, text: "Mission 1".into(), reason: Reason::Recurs };
            let removals: Vec<Removal> = (0..heads).map(head).collect();
            assert_eq!(removed_per_mille(&paged, &removals), expect, "{heads} of {all}");
        }
    }
}
