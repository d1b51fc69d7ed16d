//! `Mended` -> what is above the text itself: letterhead, title, speaker, place and day.

use crate::import::mended::{Block, Mended, Reason};
use crate::import::mending::is_salutation;
use crate::import::mending::scripts::{ends_sentence, joins_tightly};
use crate::language::tokens::runs;

/// The lines above a text.
pub(super) struct Head<'a> {
    /// The blocks above the text.
    pub blocks: &'a [Block],
    /// Their text in one line, folded.
    pub folded: String,
    /// Where each block begins in that line, and the number of its first line.
    starts: Vec<(usize, u32)>,
    /// What is on the edges of the pages: line number and words.
    pub edges: Vec<(u32, &'a str)>,
}

/// The maximum number of blocks in a head.
pub(super) const MOST: usize = 40;
/// A block with more characters belongs to the text, unless it is a title.
const LONG: usize = 150;
/// The length of the longest title, in characters.
const LONGEST_TITLE: usize = 450;
/// A block with fewer words that ends with a period is not a sentence.
const SENTENCE: usize = 6;

impl<'a> Head<'a> {
    /// Takes the short blocks before a salutation or the first sentence.
    pub(super) fn of(mended: &'a Mended) -> Head<'a> {
        let above = |at: usize| at.checked_sub(1).map_or("", |above| &mended.blocks[above].text);
        let begins = |at: &usize| is_text(&mended.blocks[*at].text) && !is_open(above(*at));
        let first = (0..mended.blocks.len()).find(begins).unwrap_or(0);
        // If a paragraph's lines were not joined, the blocks above may be its beginning; without a title there is no
        // head.
        let torn = mended.blocks.get(first).is_some_and(|block| is_torn(&block.text))
            && !mended.blocks[..first].iter().any(|block| is_title(&fold(&block.text)));
        let blocks = &mended.blocks[..if first > MOST || torn { 0 } else { first }];
        let mut folded = String::new();
        let mut starts = Vec::new();
        for block in blocks {
            starts.push((folded.len(), block.line));
            folded.push_str(&fold(block.text.trim()));
            folded.push(' ');
        }
        // A running head is often the only place that names the forum.
        let mut edges: Vec<(u32, &str)> = Vec::new();
        for removal in &mended.removals {
            let edge = matches!(removal.reason, Reason::Recurs | Reason::HeadOrFoot | Reason::HeadMatter);
            if edge && !edges.iter().any(|(_, text)| *text == removal.text) {
                edges.push((removal.line, &removal.text));
            }
        }
        Head { blocks, folded, starts, edges }
    }

    /// Returns the number of the line that a byte of the folded text is on.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.starts.iter().rev().find(|(start, _)| *start <= at).map_or(0, |(_, line)| *line)
    }

    /// Returns the folded words of the block that a byte is in.
    pub(super) fn block(&self, at: usize) -> &str {
        let i = self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let from = self.starts.get(i).map_or(0, |(start, _)| *start);
        let until = self.starts.get(i + 1).map_or(self.folded.len(), |(start, _)| *start);
        self.folded[from..until].trim()
    }
}

/// Folds a text: no capitals, accents, vowel marks or look-alikes; dashes are kept.
pub(super) use crate::language::fold::plain as fold;

/// Who is addressed in the first words of a text: presidents and secretaries of the bodies.
const ADDRESSED: &[&str] = &[
    "president of the general assembly",
    "president of the un general assembly",
    "president of the united nations general assembly",
    "president of the 7",
    "president of the 8",
    "president of the seventy",
    "president of the eight",
    "president of this assembly",
    "secretary-general of the un",
    "secretary general of the un",
    "president de l'assemblee",
    "presidente de l'assemblee",
    "president de la 7",
    "president de la 8",
    "secretaire general",
    "presidente de la asamblea",
    "presidenta de la asamblea",
    "presidente de esta asamblea",
    "presidenta de esta asamblea",
    "secretario general",
    "председатель генеральн",
    "رئيس الجمعية العامة",
    "رييس الجمعية العامة",
    "الامين العام",
    "presidente da assembleia",
    "联合国大会主席",
    "ladies and gentlemen",
    "mesdames et messieurs",
    "senoras y senores",
    "senhoras e senhores",
    "дамы и господа",
    "السيدات والسادة",
];

/// Beginnings of texts that are not addressed to anybody in the hall.
const OPENINGS: &[&str] = &[
    "bismillah",
    "in the name of god",
    "in the name of allah",
    "بسم الله",
    "au nom de dieu",
    "سيدي",
    "السيدة",
    "معالي رييس",
    "the president:",
];

/// Returns whether a line leads to the speaker's name: `Statement delivered by the`.
fn is_open(text: &str) -> bool {
    let folded = fold(text.trim());
    folded.ends_with(" by the") && is_title(&folded)
}

/// Returns whether a block belongs to the text itself: a salutation, a prayer, a sentence.
pub(super) fn is_text(text: &str) -> bool {
    let folded = fold(text);
    let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let unmarked = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if is_salutation(unmarked) && !is_person_line(bare) || OPENINGS.iter().any(|opening| bare.starts_with(opening)) {
        return true;
    }
    // A title may be long and mention the President it was delivered to, so it is tested before length and addressees.
    let titled = is_title(bare);
    if !titled && ADDRESSED.iter().any(|words| bare.contains(words)) {
        return true;
    }
    let length = text.chars().count();
    if titled {
        return length > LONGEST_TITLE;
    }
    let quoted = text.starts_with(['"', '“', '«', '‘']) || bare.starts_with("theme");
    if is_torn(text) {
        return true;
    }
    // Scripts without spaces have no words to count, so characters are counted.
    if text.chars().filter(|c| joins_tightly(*c)).count() * 2 > length {
        return length > LONG / 3 && !quoted || length >= 2 * SENTENCE && ends_sentence(text) && !quoted;
    }
    let words = bare.split_whitespace().count();
    let ends = text.trim_end().ends_with(['.', '!', '?', '…', '。', '؟']) && !ends_shortened(text);
    // A line with a year is more likely an occasion than a sentence.
    length > LONG && !quoted || ends && words >= SENTENCE && !quoted && !folded.contains("20")
}

/// Returns whether a line ends with a word that has its own period: `12:00 hrs.`, `Jane Doe, M.P.`
fn ends_shortened(text: &str) -> bool {
    let word = text.trim_end().rsplit(' ').next().unwrap_or_default();
    let initials = word.matches('.').count() > 1 && word.split('.').all(|part| part.chars().count() <= 2);
    initials && word.starts_with(char::is_alphanumeric) || word.ends_with('.') && !ends_sentence(text)
}

/// Returns whether a short block is one line of a paragraph: a sentence ends in the middle of it. Then so are the lines
/// above.
pub(super) fn is_torn(text: &str) -> bool {
    let ends = |(at, _): (usize, &str)| {
        let word = text[..at].rsplit(' ').next().unwrap_or_default();
        let next = text[at + 2..].chars().next();
        word.chars().count() > 3 && word.chars().skip(1).all(char::is_lowercase) && next.is_some_and(char::is_uppercase)
    };
    text.chars().count() <= LONG && text.match_indices(". ").any(ends)
}

/// Parts of words for people who are only ever addressed, folded.
const LISTENERS: &[&str] = &[
    "president",
    "chair",
    "secretary",
    "moderator",
    "excellenc",
    "colleague",
    "delegate",
    "ladies",
    "heads of",
    "ministers",
    "distinguished",
    "secretaire",
    "mesdames",
    "messieurs",
    "ministres",
    "delegue",
    "secretari",
    "distinguid",
    "delegad",
    "ministros",
    "председател",
    "секретар",
    "رييس",
    "الامين",
    "السادة",
    "主席",
    "friends",
    "dear",
    "members",
    "guests",
    "speaker",
];

/// Offices of people who speak, folded.
const OFFICES: &[&str] = &[
    "permanent representative",
    "minister",
    "ambassador",
    "representative of",
    "ministre",
    "representant",
    "ministro",
    "ministra",
    "embajador",
    "представител",
    "министр",
    "المندوب",
    "وزير",
    "head of delegation",
    "president of the republic",
    "president de la republique",
    "presidente de la republica",
];

/// Returns whether a line that begins like a salutation names the speaker: `Mr. Doe, Permanent Representative of …`, or
/// a name alone.
pub(super) fn is_person_line(folded: &str) -> bool {
    const FORMS: &[&str] = &[
        "mr. ",
        "mr ",
        "mrs. ",
        "ms. ",
        "monsieur ",
        "madame ",
        "senor ",
        "senora ",
        "sr. ",
        "sra. ",
        "господин ",
        "السيد ",
        "honourable ",
        "honorable ",
        "hon. ",
    ];
    let listens = |words: &[&str]| words.iter().any(|words| folded.contains(words));
    let in_office = listens(OFFICES)
        && !listens(ADDRESSED)
        && !listens(&["excellencies", "ministers", "ministres", "ministros", "ladies", "mesdames"]);
    let named = FORMS.iter().any(|form| folded.starts_with(form)) && !listens(LISTENERS);
    (in_office || named) && !folded.ends_with([',', ';', ':', '!', '،', '؛']) && folded.chars().count() <= LONG
}

/// Words with which titles begin, folded.
pub(super) const TITLES: &[&str] = &[
    "statement",
    "address",
    "speech",
    "remarks",
    "intervention",
    "declaration",
    "allocution",
    "discours",
    "message",
    "discurso",
    "declaracion",
    "intervencion",
    "mensaje",
    "alocucion",
    "pronunciamento",
    "declaracao",
    "intervencao",
    "выступление",
    "заявление",
    "речь",
    "обращение",
    "كلمة",
    "خطاب",
    "بيان",
];

/// Words that continue the line above.
pub(super) const GOES_ON: &[&str] = &[
    "of",
    "at",
    "by",
    "on",
    "to",
    "for",
    "in",
    "and",
    "the",
    "during",
    "before",
    "de",
    "du",
    "des",
    "d",
    "la",
    "le",
    "les",
    "a",
    "au",
    "aux",
    "et",
    "lors",
    "del",
    "en",
    "ante",
    "con",
    "y",
    "e",
    "da",
    "do",
    "em",
    "na",
    "no",
    "на",
    "в",
    "о",
    "по",
    "и",
    "في",
    "امام",
    "و",
    "with",
    "delivered",
];

/// Returns whether a folded line begins a title, possibly after as many as four words: `Official Statement delivered by`.
pub(super) fn is_title(folded: &str) -> bool {
    // A title is about the speech; a sentence of the speech has a first person.
    let mut words = runs(folded).take(5);
    let sentence = [" i ", " we ", " je ", " nous ", " my ", " our "].iter().any(|word| folded.contains(word));
    !sentence && words.any(|word| TITLES.contains(&word))
        || folded.starts_with("general debate")
        || folded.starts_with("debat general")
        || folded.starts_with("debate general")
}

#[cfg(test)]
mod tests;
