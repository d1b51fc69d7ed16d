//! Lines -> blocks: which line continues the one before, and which begins a new block.

use super::hyphens::{Vocabulary, glue};
use super::layout::{Flow, Layout, Row, needed, width};
use super::notes::Notes;
use super::openings::{begins_speech, is_address, is_aside, is_marked, is_salutation};
use super::scripts::{begins_sentence, ends_clause, ends_sentence, goes_on, joins_tightly};
use crate::import::mended::Block;
use crate::import::pages::{Doubt, Kind, Start};

/// A block before its kind is known.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// The block.
    pub block: Block,
    /// Number of lines that it was joined from.
    pub lines: usize,
    /// Whether it has a blank line, a page break or the end of the text on both sides.
    pub apart: bool,
    /// The kind that the format declares.
    pub kind: Option<Kind>,
    /// Whether all its letters are bold, if the format says.
    pub bold: bool,
}

/// Joins lines into blocks.
pub(super) fn join(flow: &[Flow], layout: &Layout, vocabulary: &Vocabulary, notes: &mut Notes) -> Vec<Joined> {
    let mut blocks: Vec<Joined> = Vec::new();
    // Before the first sentence there are a letterhead and a title; a salutation is not part of their lines.
    let above = flow.iter().position(|line| is_sentence(&line.row.text)).unwrap_or(flow.len());
    let torn = torn(flow);
    for (i, line) in flow.iter().enumerate() {
        let next = flow.get(i + 1);
        let addresses = i > 0 && i <= above && begins_speech(&flow[i - 1].row.text, &line.row.text);
        let is_cut = |before: &Flow| torn[i] || i > above && cuts_sentence(&before.row, &line.row);
        let goes_on = |before: &Flow| is_cut(before) || !begins_block(before, line, next, layout);
        let last = blocks.last_mut().filter(|_| i > 0 && !addresses && goes_on(&flow[i - 1]));
        let bold = line.row.place.is_some_and(|place| place.bold);
        let apart_below = next.is_none_or(|next| is_apart(next, layout));
        if let Some(last) = last {
            note_page_end(&flow[i - 1], line, notes);
            glue(&mut last.block.text, &line.row.text, line.row.number, vocabulary, notes);
            last.lines += 1;
            last.bold &= bold;
            last.apart &= apart_below;
        } else {
            let apart = (i == 0 || is_apart(line, layout)) && apart_below;
            let kind = line.row.kind;
            let (text, line) = (line.row.text.clone(), line.row.number);
            let block = Block { kind: Kind::Paragraph, text, line, marks: Vec::new() };
            blocks.push(Joined { block, lines: 1, apart, kind, bold });
        }
    }
    blocks
}

/// Returns whether a line that is set apart on its page continues a sentence nevertheless: it begins in lower case, and
/// the long line before it ends without punctuation.
fn cuts_sentence(before: &Row, line: &Row) -> bool {
    let is_open = !ends_sentence(&before.text) && !ends_clause(&before.text) && width(&before.text) > LONG;
    let is_rest = goes_on(&line.text) && line.text.contains(' ') && !is_marked(&line.text) && !is_aside(&line.text);
    let is_apart = matches!(line.start, Some(Start::Apart | Start::Under));
    is_apart && is_open && is_rest && before.kind.is_none() && line.kind.is_none()
}

/// Returns for each line whether it continues the one before because a justified line was torn into its words, each in
/// a paragraph of its own, and the sentence continues after the last of them.
fn torn(flow: &[Flow]) -> Vec<bool> {
    /// The minimum number of such words in a row.
    const FEWEST: usize = 2;
    let is_word = |line: &Flow| {
        let text = line.row.text.as_str();
        line.row.kind.is_none()
            && !text.contains(' ')
            && text.contains(char::is_alphabetic)
            && !text.contains(joins_tightly)
            && !ends_colon(text)
    };
    let mut torn = vec![false; flow.len()];
    let mut from = 0;
    while from < flow.len() {
        let words = flow[from..].iter().take_while(|line| is_word(line)).count();
        let until = from + words;
        let small = flow[from..until].iter().filter(|line| goes_on(&line.row.text)).count();
        let is_apart = || flow[from + 1..until].iter().all(|line| line.gap > 0);
        let is_continued = || flow.get(until).is_some_and(|line| goes_on(&line.row.text));
        if words >= FEWEST && small * 2 > words && is_apart() && is_continued() {
            // The first of the words may begin a paragraph.
            let before = from.checked_sub(1).map(|before| flow[before].row.text.as_str());
            let is_open = before.is_some_and(|text| !ends_sentence(text) && !text.ends_with([':', ';']));
            torn[from] = is_open && goes_on(&flow[from].row.text);
            torn[from + 1..=until].fill(true);
        }
        from = until.max(from + 1);
    }
    torn
}

/// The minimum number of words in a sentence.
const SENTENCE: usize = 6;

fn is_sentence(line: &str) -> bool {
    ends_sentence(line) && line.split(' ').count() >= SENTENCE
}

/// Adds a doubt if a sentence ended with a full line at the end of a page, so that a paragraph may have ended there too.
fn note_page_end(a: &Flow, b: &Flow, notes: &mut Notes) {
    if a.row.page != b.row.page && ends_sentence(&a.row.text) {
        notes.doubts.push(Doubt {
            line: b.row.number,
            column: b.row.indent as u32 + 1,
            message: "a paragraph may begin here, with the page".into(),
            help: "check the original, and split the paragraph in the draft if necessary",
        });
    }
}

/// Returns whether a line is separated from the one before it.
fn is_apart(line: &Flow, layout: &Layout) -> bool {
    line.gap > layout.leading || line.new_page || line.row.kind.is_some()
}

/// Returns whether the line `b` begins a new block after the line `a`.
fn begins_block(a: &Flow, b: &Flow, next: Option<&Flow>, layout: &Layout) -> bool {
    if a.row.kind.is_some() || b.row.kind.is_some() {
        return true;
    }
    // What the page shows comes first: indents and spacing are more reliable than words.
    match b.row.start {
        Some(Start::Indented) => return true,
        // At the top of a page there is nothing above to compare with, so the text alone shows whether it continues.
        Some(start) if a.row.page == b.row.page => return start != Start::Not,
        _ if a.row.page != b.row.page && a.row.end.is_some_and(|end| end.spread) && !is_address(&a.row.text) => {
            return is_marked(&b.row.text);
        }
        _ => {}
    }
    // What the words show: asides, marks of items and broken words are certain.
    let (before, line) = (a.row.text.as_str(), b.row.text.as_str());
    let apart = b.gap > layout.leading || b.new_page;
    let ended = ends_sentence(before);
    if is_aside(before) || is_aside(line) {
        return true;
    }
    if is_marked(line) && (apart || ended || ends_clause(before) || is_short(a, b, layout)) {
        return true;
    }
    if before.ends_with(['-', '\u{2010}', '\u{ad}']) && goes_on(line) {
        return false;
    }
    // The last line of a page may end early: a page that begins in lower case continues the sentence of the page before.
    let may_go_on = !ended && !is_address(before) && !before.ends_with([':', ';', '：', '；']);
    if a.row.page != b.row.page && may_go_on && goes_on(line) && before.contains(' ') && line.contains(' ') {
        return false;
    }
    // A sentence continues after a page break, and after blank lines where a page may have ended.
    let goes_on_after = !ended && !ends_clause(before) && goes_on(line);
    if !layout.wrapped {
        return !(goes_on_after && width(before) > LONG);
    }
    let full = !is_short(a, b, layout);
    if apart {
        let breaks_page = b.new_page || b.gap > layout.leading + 1;
        if b.new_page && a.row.end.is_some() && full && !ended && !ends_clause(before) && !is_marked(line) {
            return false;
        }
        let mid_sentence =
            !ended && full && (goes_on(line) || breaks_page && !ends_clause(before) && !begins_sentence(line));
        return !(mid_sentence && (breaks_page || !ends_clause(before)));
    }
    if layout.first_indent.is_some_and(|indent| b.row.indent >= indent && a.row.indent < indent)
        && (ended || ends_colon(before))
    {
        return true;
    }
    if full {
        return false;
    }
    ended || very_short(before, layout) && is_its_own_block(before, b, next, layout)
}

/// A line with more columns is not a title: it is the beginning of a paragraph cut by a page break.
const LONG: usize = 40;

/// Returns whether a line ended before it was full, so that something ended there.
fn is_short(a: &Flow, b: &Flow, layout: &Layout) -> bool {
    if let Some(end) = a.row.end {
        let first = b.row.text.split(' ').next().unwrap_or(&b.row.text);
        return end.room > 1.0 + width(first) as f32;
    }
    needed(&a.row.text, &b.row.text) < layout.full
}

/// Returns whether a line is too short to have been wrapped. One that ends with a small word (`the Group of`) must be
/// shorter still: its next word is on the next line.
fn very_short(line: &str, layout: &Layout) -> bool {
    let last = line.rsplit(' ').next().unwrap_or(line);
    let tenths = if goes_on(last) && !ends_clause(line) { 5 } else { 7 };
    width(line) * 10 < layout.width * tenths
}

fn ends_colon(line: &str) -> bool {
    line.ends_with([':', '：'])
}

/// Returns whether a short line that ends no sentence is a block of its own: a salutation, a line of a title, an address.
fn is_its_own_block(line: &str, after: &Flow, next: Option<&Flow>, layout: &Layout) -> bool {
    if goes_on(&after.row.text) {
        return false;
    }
    // What follows is short as well, or is separated from the rest.
    let after_short =
        next.is_none_or(|next| next.gap > layout.leading || next.new_page || is_short(after, next, layout));
    is_salutation(line) || after_short || !ends_clause(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mending::mend;
    use crate::import::original::Original;
    use crate::import::reading::Ocr;

    /// Returns the blocks that a text becomes.
    fn blocks(text: &str) -> Vec<String> {
        let pages = crate::import::reading::read(&Original::new("a.txt", None, text.as_bytes()), Ocr::Never).unwrap();
        mend(&pages).blocks.into_iter().map(|block| block.text).collect()
    }

    /// Wraps paragraphs at a width.
    fn wrap(text: &str, columns: usize) -> String {
        let mut out = String::new();
        let mut at = 0;
        for word in text.split(' ') {
            if at > 0 && at + 1 + word.len() > columns {
                out.push('\n');
                at = 0;
            } else if at > 0 {
                out.push(' ');
                at += 1;
            }
            out.push_str(word);
            at += word.len();
        }
        out
    }

    const FIRST: &str = "My delegation has come to this hall in the hope that what was begun in the spring will be ended before the first snow falls on the mountains of our country.";
    const SECOND: &str = "It will not be easy, for those who began it are no longer among us. We shall nevertheless try, and we shall try together with all who wish to come with us on that way.";

    #[test]
    fn hard_wrapped_paragraphs_are_joined_however_they_are_separated() {
        let (first, second) = (wrap(FIRST, 50), wrap(SECOND, 50));
        for (what, text) in [
            ("a blank line", format!("{first}\n\n{second}\n")),
            ("a short last line", format!("{first}\n{second}\n")),
            ("double spacing", format!("{}\n\n\n{}\n", first.replace('\n', "\n\n"), second.replace('\n', "\n\n"))),
            ("an indent", format!("   {first}\n   {second}\n   {first}\n   {second}\n")),
        ] {
            let blocks = blocks(&text);
            assert_eq!(blocks[..2], [FIRST, SECOND], "{what}");
        }
    }

    #[test]
    fn a_paragraph_continues_after_a_page_break() {
        let wrapped = wrap(FIRST, 50);
        let (above, below) = wrapped.split_at(wrapped.find('\n').unwrap());
        let second = wrap(SECOND, 50);
        for text in [
            format!("{above}\n\n\n{}\n\n{second}\n", below.trim()),
            format!("{above}\n\u{c}{}\n\n{second}\n", below.trim()),
            format!("{above}\n\n7\n\n\n{}\n\n{second}\n", below.trim()),
        ] {
            assert_eq!(blocks(&text), [FIRST, SECOND], "{text}");
        }
    }

    #[test]
    fn a_page_that_begins_in_lower_case_continues_the_last_one() {
        let (first, second) = (wrap(FIRST, 50), wrap(SECOND, 50));
        for (above, below, is_whole) in [
            ("We shall try, with all who come,", "and with those who stay at home for now.", true),
            ("We shall try. Others", "who came before us have not tried.", true),
            ("Mr. President,", "we shall try together with all who come.", false),
            ("We ask for these:", "the roads that were promised in the spring.", false),
            ("We shall try.", "who came before us have not tried.", false),
        ] {
            let expect = if is_whole {
                vec![FIRST.to_owned(), format!("{above} {below}"), SECOND.into()]
            } else {
                vec![FIRST.to_owned(), above.into(), below.into(), SECOND.into()]
            };
            assert_eq!(blocks(&format!("{first}\n\n{above}\n\u{c}{below}\n\n{second}\n")), expect);
        }
    }

    #[test]
    fn space_in_the_middle_of_a_sentence_does_not_end_it() {
        let row = |text: &str, start: Start| Row { start: Some(start), ..Row::plain(2, text, 0) };
        let long = Row::plain(1, "In the north, the flood that came over the old harbour", 0);
        for (before, text, start, is_cut) in [
            (&long, "has taken away the last of our ships.", Start::Apart, true),
            (&long, "Has it taken away our ships?", Start::Apart, false),
            (&long, "(a) the last of our ships", Start::Apart, false),
            (&long, "www.arvenia.example", Start::Apart, false),
            (&long, "has taken away the last of our ships.", Start::Indented, false),
            (&Row::plain(1, "The road is long and it", 0), "leads to the sea.", Start::Apart, false),
            (
                &Row::plain(1, "In the north, we ask for what was promised to us:", 0),
                "bread and roads",
                Start::Under,
                false,
            ),
        ] {
            assert_eq!(cuts_sentence(before, &row(text, start)), is_cut, "{} {text}", before.text);
        }
    }

    #[test]
    fn words_that_are_each_a_paragraph_become_a_line() {
        let (first, second) = (wrap(FIRST, 50), wrap(SECOND, 50));
        let torn = "They speak in\n\nwords\n\nthat\n\nhide\n\nthe\n\ntruth\nfrom those who ask.";
        let whole = "They speak in words that hide the truth from those who ask.";
        assert_eq!(blocks(&format!("{first}\n\n{torn}\n\n{second}\n")), [FIRST, whole, SECOND]);
        let torn = "The\n\nfleet\n\nturned.\n\nWe\n\nlook\n\nto the sea again.";
        assert_eq!(
            blocks(&format!("{first}\n\n{torn}\n\n{second}\n")),
            [FIRST, "The fleet turned. We look to the sea again.", SECOND]
        );
        // A list of words, and one that is announced, are kept as they are.
        for list in ["Bread.\n\nRoads.\n\nPorts.", "We ask for:\n\nbread\n\nroads\n\nports"] {
            let expect: Vec<&str> = [FIRST].into_iter().chain(list.split("\n\n")).chain([SECOND]).collect();
            assert_eq!(blocks(&format!("{first}\n\n{list}\n\n{second}\n")), expect);
        }
    }

    #[test]
    fn whole_paragraphs_stay_as_they_are() {
        for text in [
            format!("{FIRST}\n{SECOND}\n"),
            format!("{FIRST}\n\n{SECOND}\n"),
            format!("{FIRST} {SECOND}\n"),
            format!("Mr. President,\nDistinguished delegates,\n\n{FIRST}\n\nI thank you.\n"),
            format!("22. {FIRST}\n23. {SECOND}\n"),
        ] {
            let expect: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(blocks(&text), expect);
        }
    }

    #[test]
    fn marks_salutations_and_asides_begin_a_block() {
        let (first, second) = (wrap(FIRST, 50), wrap(SECOND, 50));
        for (text, expect) in [
            (format!("139. {first}\n140. {second}\n"), vec![format!("139. {FIRST}"), format!("140. {SECOND}")]),
            (format!("(a) {first}\n(b) {second}\n"), vec![format!("(a) {FIRST}"), format!("(b) {SECOND}")]),
            (
                format!("Mr. President,\nDistinguished delegates,\n{first}\n{second}\n"),
                vec!["Mr. President,".into(), "Distinguished delegates,".into(), FIRST.into(), SECOND.into()],
            ),
            (
                format!("{first}\n(spoke in French)\n{second}\n"),
                vec![FIRST.into(), "(spoke in French)".into(), SECOND.into()],
            ),
            // The first line of the record is short because the speaker's name was cut off.
            (format!("Let me say\nthat {first}\n{second}\n"), vec![format!("Let me say that {FIRST}"), SECOND.into()]),
        ] {
            assert_eq!(blocks(&text), expect, "{text}");
        }
    }
}
