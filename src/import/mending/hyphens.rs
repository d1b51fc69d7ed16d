//! Lines that end with a hyphen -> one text: which hyphens belong to their words, as the text's other words show.

use std::collections::HashMap;

use super::notes::Notes;
use super::scripts::joins_tightly;
use crate::import::mended::{Block, Repair, Rule};
use crate::import::pages::Doubt;
use crate::language::tokens::runs_with;

/// The words of a text in lower case, with how often each occurs whole within a line.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    counts: HashMap<String, u32>,
    /// Whether hyphens at line ends are there because the lines end, as far as the text's own words show.
    soft: Option<bool>,
}

impl Vocabulary {
    /// The words of a small text, for tests.
    #[cfg(test)]
    pub(super) fn sample() -> Vocabulary {
        let lines = [
            "the Secretary-General and confidence-building measures for disarmament",
            "United States, United Nations; peace and independence, another way of the world",
            "in building the state of the art",
        ];
        Vocabulary::of(lines.into_iter())
    }

    /// Counts the words of lines. A hyphenated word counts as one, and so does each of its parts.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Vocabulary {
        // Pairs of parts that a line end separates, to be judged once all whole words are known.
        let mut vocabulary = Vocabulary::default();
        let mut broken: Vec<(String, String)> = Vec::new();
        let mut open: Option<String> = None;
        for line in lines.filter(|line| !line.is_empty()) {
            let mut words = runs_with(line, OF_WORDS).peekable();
            if let Some(left) = open.take() {
                broken.extend(words.next().map(|right| (left, right.to_owned())));
            }
            while let Some(word) = words.next() {
                let at_end = words.peek().is_none() && line.ends_with(['-', '\u{ad}', '\u{2010}']);
                if at_end {
                    open = Some(word.trim_end_matches('-').to_owned());
                } else if !word.ends_with('-') {
                    vocabulary.add(word);
                }
            }
        }
        vocabulary.soft = vocabulary.is_soft(&broken);
        vocabulary
    }

    fn add(&mut self, word: &str) {
        let word = word.trim_matches('-').to_lowercase();
        if word.contains('-') {
            for part in word.split('-') {
                *self.counts.entry(part.to_owned()).or_default() += 1;
            }
        }
        *self.counts.entry(word).or_default() += 1;
    }

    /// Returns whether the text has the words that its lines break more often whole than with a hyphen; `None` if
    /// neither.
    fn is_soft(&self, broken: &[(String, String)]) -> Option<bool> {
        let count = |between: &str| {
            broken.iter().filter(|(left, right)| self.count(&format!("{left}{between}{right}")) > 0).count()
        };
        let (soft, hard) = (count(""), count("-"));
        (soft != hard).then_some(soft > hard)
    }

    pub(super) fn count(&self, word: &str) -> u32 {
        self.counts.get(&word.to_lowercase()).copied().unwrap_or(0)
    }
}

/// Signs that are part of a word between its letters.
const OF_WORDS: &[char] = &['-', '\u{2010}', '\'', '’'];

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || OF_WORDS.contains(&c)
}

/// How the parts of a word broken at a hyphen are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// The hyphen is only there because the line ended.
    Soft,
    /// The hyphen belongs to the word: `confidence-building`.
    Hard,
    /// The hyphen belongs to the word before a space: `short- and long-term`.
    Suspended,
    /// Nothing shows which; the hyphen is kept.
    Unknown,
}

/// First parts that are usually written with a hyphen.
const FIRST_PARTS: &[&str] = &[
    "non", "self", "co", "ex", "well", "long", "short", "high", "low", "vice", "anti", "mid", "cross", "peace", "all",
];

/// Decides what the hyphen between two parts of a word is, from other occurrences of the word in the text.
pub(super) fn hyphen(left: &str, right: &str, vocabulary: &Vocabulary) -> Hyphen {
    let first = right.chars().next();
    if ["and", "or", "to", "et", "ou", "y", "o", "und", "и", "или"].contains(&right) {
        return Hyphen::Suspended;
    }
    if !first.is_some_and(char::is_lowercase) || left.chars().any(|c| c.is_ascii_digit()) {
        return Hyphen::Hard;
    }
    // The word itself is the best evidence; after it, compounds of known words, and then what the text's hyphens mostly
    // are.
    let whole = vocabulary.count(&format!("{left}{right}"));
    let hyphened = vocabulary.count(&format!("{left}-{right}"));
    if whole != hyphened {
        return if whole > hyphened { Hyphen::Soft } else { Hyphen::Hard };
    }
    let last_part = left.rsplit('-').next().unwrap_or(left);
    let known = |part: &str| part.chars().count() >= 3 && vocabulary.count(part) > 0;
    let compound = left.contains('-') || known(last_part) && known(right) || left.starts_with(char::is_uppercase);
    match vocabulary.soft {
        _ if compound || FIRST_PARTS.contains(&left.to_lowercase().as_str()) => Hyphen::Hard,
        Some(true) => Hyphen::Soft,
        Some(false) => Hyphen::Hard,
        None => Hyphen::Unknown,
    }
}

/// How many letters before a hyphen are considered: more than any word has.
const LONGEST_WORD: usize = 120;

/// Appends a line to those before it, as one text.
pub(super) fn glue(text: &mut String, line: &str, number: u32, vocabulary: &Vocabulary, notes: &mut Notes) {
    let before = text.chars().next_back();
    let after = line.chars().next();
    let (Some(before), Some(after)) = (before, after) else { return text.push_str(line) };
    if matches!(before, '-' | '\u{2010}' | '\u{ad}') && text.chars().rev().nth(1).is_some_and(char::is_alphanumeric) {
        let word = &text[..text.len() - before.len_utf8()];
        // If every line ends with a hyphen, the text so far is a single word; looking it up for each line would be
        // quadratic.
        let letters = word.char_indices().rev().take(LONGEST_WORD).take_while(|(_, c)| is_of_word(*c));
        let left = word[letters.last().map_or(word.len(), |(at, _)| at)..].to_owned();
        let right: String = line.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’')).collect();
        match if before == '\u{ad}' { Hyphen::Soft } else { hyphen(&left, &right, vocabulary) } {
            Hyphen::Soft => {
                text.pop();
                let (before, after) = (format!("{left}- {right}"), format!("{left}{right}"));
                notes.repairs.push(Repair { line: number, rule: Rule::Hyphenation, before, after });
            }
            Hyphen::Hard => {}
            Hyphen::Unknown => notes.doubts.push(Doubt {
                line: number,
                column: 1,
                message: format!("`{left}-{right}` was broken at the end of a line; its hyphen was kept"),
                help: "delete the hyphen from the draft if it does not belong to the word",
            }),
            Hyphen::Suspended => text.push(' '),
        }
    } else if !is_tight(text, before, after) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Returns whether nothing separates the end of a line from the next: in scripts without spaces, and after `/` and `—`.
fn is_tight(text: &str, before: char, after: char) -> bool {
    let spaced = text.chars().rev().nth(1).is_some_and(char::is_whitespace);
    joins_tightly(before) && joins_tightly(after) || matches!(before, '/' | '—') && !spaced
}

/// Removes `¬` from words: a hyphen at the end of a line in the file that the text was converted from.
pub(super) fn undo_soft_hyphens(block: &mut Block, vocabulary: &Vocabulary, notes: &mut Notes) {
    if !block.text.contains('¬') {
        return;
    }
    let mut text = String::with_capacity(block.text.len());
    let mut rest = block.text.as_str();
    while let Some((before, after)) = rest.split_once('¬') {
        text.push_str(before);
        // The line end after the hyphen may have become a space: `disarma¬ ment`.
        let tail = after.strip_prefix(' ').filter(|tail| tail.starts_with(char::is_lowercase)).unwrap_or(after);
        let left = text.rsplit(|c| !is_of_word(c)).next().unwrap_or_default();
        let right = tail.split(|c| !is_of_word(c)).next().unwrap_or_default();
        let (whole, hyphened) = (format!("{left}{right}"), format!("{left}-{right}"));
        let is_inside = text.ends_with(char::is_alphabetic) && tail.starts_with(char::is_alphabetic);
        // A word may begin after a space: one that also occurs elsewhere in the text.
        let is_one = tail.len() == after.len() || vocabulary.count(&whole) > 0 || vocabulary.count(right) <= 1;
        if !(is_inside && is_one) {
            text.push('¬');
            rest = after;
            continue;
        }
        // `confidence¬building` keeps a hyphen if the text writes the word with one elsewhere.
        let is_hard = vocabulary.count(&hyphened) > vocabulary.count(&whole);
        let repair = Repair {
            line: block.line,
            rule: Rule::Hyphenation,
            before: format!("{left}¬{}{right}", &after[..after.len() - tail.len()]),
            after: if is_hard { hyphened } else { whole },
        };
        notes.repairs.push(repair);
        text.extend(is_hard.then_some('-'));
        rest = tail;
    }
    text.push_str(rest);
    block.text = text;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_that_belong_to_a_word_are_kept() {
        for (left, right, expect) in [
            ("confidence", "building", Hyphen::Hard),
            ("disarma", "ment", Hyphen::Soft),
            ("indepen", "dence", Hyphen::Soft),
            ("fifty", "second", Hyphen::Unknown),
            ("Portuguese", "speaking", Hyphen::Hard),
            ("Secretary", "General", Hyphen::Hard),
            ("short", "and", Hyphen::Suspended),
            ("non", "proliferation", Hyphen::Hard),
            ("state-of-the", "art", Hyphen::Hard),
            ("peace", "building", Hyphen::Hard),
            ("Resolution-4", "bis", Hyphen::Hard),
        ] {
            assert_eq!(hyphen(left, right, &Vocabulary::sample()), expect, "{left}-{right}");
        }
    }

    #[test]
    fn a_text_shows_what_its_hyphens_are() {
        for (lines, expect) in [
            (["for disarma-", "ment and disarmament, fifty-"], Hyphen::Soft),
            (["for confidence-", "building and confidence-building, fifty-"], Hyphen::Hard),
            (["for this and", "that, fifty-"], Hyphen::Unknown),
        ] {
            assert_eq!(hyphen("fifty", "second", &Vocabulary::of(lines.into_iter())), expect, "{lines:?}");
        }
    }

    #[test]
    fn lines_that_all_end_with_a_hyphen_are_joined_in_linear_time() {
        let lines = vec!["abcdefg\u{ad}"; 2000];
        let (mut text, mut notes) = (lines[0].to_owned(), Notes::default());
        for (line, number) in lines[1..].iter().zip(2..) {
            glue(&mut text, line, number, &Vocabulary::sample(), &mut notes);
        }
        assert_eq!(text, format!("{}\u{ad}", "abcdefg".repeat(2000)));
        // The report has each word as it was looked up: never more than the longest word and the part that follows it.
        let looked_up = notes.repairs.iter().map(|repair| repair.after.chars().count());
        assert!(notes.repairs.len() == 1999 && looked_up.max().unwrap() <= LONGEST_WORD + 7);
    }

    #[test]
    fn lines_are_joined() {
        for (a, b, expect) in [
            ("for the", "peace", "for the peace"),
            ("of disarma-", "ment, and", "of disarmament, and"),
            ("con\u{ad}", "fidence", "confidence"),
            ("confidence-", "building", "confidence-building"),
            ("short-", "and long-term", "short- and long-term"),
            ("我们的", "世界", "我们的世界"),
            ("在 UN", "世界", "在 UN 世界"),
            ("peace -", "and justice", "peace - and justice"),
            ("peace —", "and justice", "peace — and justice"),
            ("peace—", "and justice", "peace—and justice"),
            ("and/", "or", "and/or"),
        ] {
            let mut text = a.to_owned();
            glue(&mut text, b, 1, &Vocabulary::sample(), &mut Notes::default());
            assert_eq!(text, expect);
        }
    }

    #[test]
    fn soft_hyphens_that_became_signs_are_removed_from_words() {
        let vocabulary = Vocabulary::of(
            ["the non-aligned and the co-operation of all, interna¬ tional and so on".to_owned()]
                .iter()
                .map(String::as_str),
        );
        for (before, after) in [
            ("the disarma¬ment of all", "the disarmament of all"),
            ("non¬aligned", "non-aligned"),
            ("разо¬ружение, l’é¬tat", "разоружение, l’état"),
            ("interna¬ tional", "international"),
            ("he ¬ and she", "he ¬ and she"),
            ("he¬ and", "he¬ and"),
            ("p ¬q, 3¬4", "p ¬q, 3¬4"),
        ] {
            let kind = crate::import::pages::Kind::Paragraph;
            let mut block = Block { kind, text: before.to_owned(), line: 1, marks: Vec::new() };
            let mut notes = Notes::default();
            undo_soft_hyphens(&mut block, &vocabulary, &mut notes);
            assert_eq!((block.text.as_str(), notes.repairs.is_empty()), (after, before == after));
        }
    }
}
