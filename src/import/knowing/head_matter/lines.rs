//! A block above a text -> what it is: part of a letterhead, part of a title, a heading, or speech.

use super::words::{
    self, ADDRESSES, FIRST_PERSON, GREETINGS, HEADINGS, HONORIFICS, LISTENERS, NOTES, OFFICES, OPENERS, PLACES,
    PRESIDING, THEMES,
};
use crate::import::knowing::date::has_day;
use crate::import::knowing::head::{fold, is_person_line, is_text, is_title};
use crate::import::knowing::names::Names;
use crate::import::knowing::speaker::is_of_person;
use crate::import::knowing::status::is_status;
use crate::import::knowing::title::is_of_forum;
use crate::import::letterhead::{is_contact, is_of_letterhead, is_prose};
use crate::import::mended::Block;
use crate::import::mending::is_marked;
use crate::import::mending::scripts::{ends_clause, ends_sentence, joins_tightly, share_of_capitals};
use crate::import::pages::{Kind, Mark, Pages};
use crate::language::tokens::runs;

/// What a line above a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Part of a letterhead, recognisable on its own: an address, the name of a mission or a state.
    Letterhead,
    /// Certainly part of the head: a title, an office, an occasion, a place and day.
    Head,
    /// It can be either.
    Open,
    /// A heading of a part of the text.
    Heading,
    /// A salutation, a greeting, a sentence.
    Speech,
}

/// What is known about a text while its head is read.
pub(super) struct Reader<'a> {
    /// Names of states in its language.
    pub names: Option<&'a Names>,
    /// The speaker as found so far, folded.
    pub speaker: String,
}

impl Reader<'_> {
    /// Classifies a block.
    pub(super) fn block(&self, block: &Block, pages: &Pages, blocks: &[Block]) -> Line {
        // Front matter has no marks: struck-out words would read as spoken, and a footnote would lose its reference.
        if block.marks.iter().any(|mark| matches!(mark, Mark::Struck(_) | Mark::Note { .. })) {
            return Line::Speech;
        }
        let line = self.line(&block.text);
        // A salutation that was joined to the line above would be lost with it.
        if line != Line::Speech && lines_of(block, pages, blocks).skip(1).any(is_address) {
            return Line::Speech;
        }
        match (line, block.kind) {
            (Line::Open, Kind::Heading(_)) => Line::Heading,
            (Line::Open | Line::Heading, Kind::Footnote(_) | Kind::Item(_) | Kind::Quotation) => Line::Speech,
            _ => line,
        }
    }

    /// Classifies the text of a block; the order of the tests decides between what looks like several things.
    fn line(&self, text: &str) -> Line {
        if text.len() > LONGEST {
            return Line::Speech;
        }
        let folded = fold(text.trim());
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            return Line::Head;
        }
        // `98. In an important speech …` is a numbered paragraph.
        if is_marked(text) && is_prose(text) {
            return Line::Speech;
        }
        // Letterheads come before sentences, because addresses have periods: `Tel. (212) 555-0100.`
        if is_of_letterhead(text) {
            return if is_contact(text) || text.chars().count() < LONG { Line::Letterhead } else { Line::Head };
        }
        if is_greeting(&self::bare(text)) || is_address(text) {
            return Line::Speech;
        }
        let short = text.chars().count() < LONG;
        if short && (is_status(text) || words::of(NOTES).any(|note| bare.contains(note))) {
            return Line::Head;
        }
        if words::of(THEMES).any(|theme| bare.starts_with(theme)) {
            return Line::Head;
        }
        // A quotation above the speech is its theme or title, even if it is a whole sentence.
        let quoted = text.trim_start().starts_with(['"', '“', '«', '‘', '„', '「', '『', '《']);
        if is_heading(bare) {
            return Line::Heading;
        }
        if !quoted && (is_text(text) || is_sentence(text, bare)) {
            return Line::Speech;
        }
        // Each of these only occurs above a speech; without any of them the line may be either.
        let sure = is_title(bare)
            || is_person_line(bare)
            || self.is_of_speaker(bare)
            || is_of_person(text) && words::of(OFFICES).any(|office| bare.contains(office))
            || short && (is_of_forum(bare) || has_day(text) || words::of(OFFICES).any(|office| bare.contains(office)))
            || self.is_state(bare)
            || is_place(bare);
        if sure { Line::Head } else { Line::Open }
    }

    /// Returns whether a line is the name of the speaker.
    fn is_of_speaker(&self, bare: &str) -> bool {
        bare.contains(' ') && self.speaker.contains(bare)
    }

    /// Returns whether a line is the name of a state and little else, such as `Republic of`.
    fn is_state(&self, bare: &str) -> bool {
        /// How many bytes there may be besides the name.
        const BESIDE: usize = 24;
        let Some(names) = self.names else { return false };
        let named: usize = names.mentions_folded(bare).iter().map(|mention| mention.at.len()).sum();
        named > 0 && bare.len() - named <= BESIDE && !bare.contains(['.', ',', ';', '،'])
    }
}

/// The length of the longest line in a head, in bytes.
const LONGEST: usize = 2000;

/// A line with more characters must begin like a title.
const LONG: usize = 150;

/// Returns whether a line addresses listeners, by how it begins or whom it names.
pub(super) fn is_address(text: &str) -> bool {
    let bare = bare(text);
    if is_person_line(&bare) || is_title(&bare) {
        return false;
    }
    let mut first = runs(&bare);
    let presides = first.next().is_some_and(|word| words::of(HONORIFICS).any(|of| of == word))
        && first.next().is_some_and(|word| words::of(PRESIDING).any(|of| of == word));
    let begins = words::of(ADDRESSES).any(|words| bare.starts_with(words));
    let listened = || words::of(LISTENERS).any(|of| runs(&bare).any(|word| word == of));
    let short = text.chars().count() < LONG;
    presides || begins && (short || is_text(text)) || short && listened() || is_text(text) && ends_clause(text)
}

/// Returns whether a line is a greeting or prayer that opens a speech.
pub(super) fn is_greeting(bare: &str) -> bool {
    // Letters of Arabic calligraphy are often separated by spaces.
    let whole: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    words::of(GREETINGS).any(|greeting| bare.starts_with(greeting))
        || whole.starts_with("بسمالله")
        || whole.starts_with("بسماهلل")
        || whole.starts_with("بسمهللا")
}

/// Returns whether a line is a section heading typical of speeches: `Introduction`, `I. Peace`.
fn is_heading(bare: &str) -> bool {
    let plain = bare.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ')' | ' ' | '-'));
    words::of(HEADINGS).any(|heading| heading == plain || heading == bare)
}

/// Returns whether a line is spoken: it thanks, it is in the first person, or it is a whole sentence.
fn is_sentence(text: &str, bare: &str) -> bool {
    /// The minimum number of words in a clause in the first person.
    const CLAUSE: usize = 5;
    let spoken: Vec<&str> = bare.split(|c: char| !(c.is_alphanumeric() || c == '\'')).collect();
    let unspaced = bare.chars().filter(|c| joins_tightly(*c)).count();
    let ends = ends_sentence(text) || ends_clause(text);
    let first_person = words::of(FIRST_PERSON).any(|own| spoken.contains(&own)) || bare.contains('我');
    let clause = spoken.len() >= CLAUSE || unspaced >= 2 * CLAUSE;
    let capitals = share_of_capitals(text).is_some_and(|share| share > 0.9);
    let unmarked = self::bare(text);
    let opens = words::of(OPENERS).any(|opener| unmarked.starts_with(opener)) || unmarked.contains("thank you");
    opens
        || first_person && clause && (ends || is_prose(text) && !capitals)
        || ends_sentence(text) && spoken.len() > CLAUSE && is_prose(text) && !is_title(bare)
        || ends_sentence(text) && unspaced >= 2 * CLAUSE
        || unspaced >= 40 && text.contains(['，', '、'])
}

/// Returns whether a line is a place and nothing else.
fn is_place(bare: &str) -> bool {
    words::of(PLACES).any(|place| bare.starts_with(place)) && bare.split_whitespace().count() <= 8
}

/// Returns a line folded, without the signs and digits before its first letter.
pub(super) fn bare(text: &str) -> String {
    fold(text).trim_start_matches(|c: char| !c.is_alphabetic()).trim_end().to_owned()
}

/// Returns the lines of the original that a block was made from.
fn lines_of<'a>(block: &Block, pages: &'a Pages, blocks: &[Block]) -> impl Iterator<Item = &'a str> {
    let at = blocks.partition_point(|other| other.line <= block.line);
    let (first, next) = (block.line, blocks.get(at).map_or(u32::MAX, |next| next.line));
    let lines = pages.lines().skip_while(move |line| line.number < first).take_while(move |line| line.number < next);
    lines.map(|line| line.text.trim()).filter(|line| !line.is_empty())
}
