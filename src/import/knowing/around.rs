//! A place in a text -> the words before and after it, folded, and what they say about the state that is named there.

mod words;

use super::head::fold;
use crate::language::tokens::runs_with;
use words::{COUNTRY, DEAR, FILLERS, GOVERNMENT, MY, REPORTED};
pub(super) use words::{OWN, STANCES, VERBS};

/// How many words are considered on each side.
const AROUND: usize = 14;

/// The words before a place, folded, the nearest first, back to the beginning of the sentence.
pub(super) struct Before {
    words: Vec<String>,
    /// Whether the beginning of the sentence is among them.
    whole: bool,
}

impl Before {
    /// Takes the words before a byte position of the text.
    pub(super) fn of(text: &str, at: usize) -> Before {
        // A window of 200 bytes holds more than the words that are considered; it is cut at a character boundary.
        let from = (at.saturating_sub(200)..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
        let sentence = text[from..at].rsplit(['.', ';', '!', '?', ':']).next().unwrap_or_default();
        let whole = from == 0 || sentence.len() < at - from;
        let words: Vec<String> = words(sentence).rev().take(AROUND).collect();
        Before { whole: whole && words.len() < AROUND, words }
    }

    /// Returns the word at a distance, or an empty one.
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    /// Returns the index of the first word that is not one of these.
    fn skip(&self, words: &[&str]) -> usize {
        self.words.iter().take_while(|word| words.contains(&word.as_str())).count()
    }

    /// Returns whether they are "on behalf of the Government and people of …", "au nom de …", "speaking for …".
    pub(super) fn on_behalf(&self) -> bool {
        let of = self.skip(FILLERS);
        // "It has been claimed on behalf of …" is said about another state.
        if REPORTED.contains(&self.word(of + 2)) {
            return false;
        }
        match (self.word(of), self.word(of + 1)) {
            ("behalf", "on" | "in") | ("name", "the") | ("nom", "au") | ("nombre", "en") | ("nome", "em") => of > 0,
            ("for", "speak" | "speaking") => true,
            _ => false,
        }
    }

    /// Returns whether they are "my country, …", "our beloved country of …".
    pub(super) fn my_country(&self) -> bool {
        let at = self.skip(&["the", "of", "republic", "kingdom", "is", "la", "le", "el", "est", "es"]);
        let my = at + 1 + self.words.iter().skip(at + 1).take_while(|word| DEAR.contains(&word.as_str())).count();
        COUNTRY.contains(&self.word(at)) && MY.contains(&self.word(my))
    }

    /// Returns whether they are "your country, …".
    pub(super) fn your_country(&self) -> bool {
        let at = self.skip(&["the", "of"]);
        COUNTRY.contains(&self.word(at)) && self.words.iter().skip(at + 1).take(3).any(|word| word == "your")
    }

    /// Returns whether they are "as President of …".
    pub(super) fn in_office(&self) -> bool {
        const OFFICES: &[&str] = &["president", "minister", "presidente", "presidenta", "ministre", "ministro", "king"];
        let at = self.skip(&[
            "the",
            "of",
            "republic",
            "kingdom",
            "de",
            "la",
            "du",
            "del",
            "do",
            "da",
            "republique",
            "republica",
        ]);
        let before = self.words.iter().skip(at + 1).take(3);
        at > 0
            && OFFICES.contains(&self.word(at))
            && before.clone().any(|word| matches!(word.as_str(), "as" | "comme" | "como" | "que"))
            && !before
                .clone()
                .any(|word| matches!(word.as_str(), "his" | "her" | "your" | "election" | "he" | "she" | "son" | "su"))
    }

    /// Returns whether they are "greetings from the people of …".
    pub(super) fn greetings(&self) -> bool {
        let at = self.skip(&["the", "of", "people", "government", "and", "republic"]);
        self.word(at) == "from" && self.words.iter().skip(at + 1).take(2).any(|word| word == "greetings")
    }

    /// Returns whether they are "my Government, …", "my President and the people of …".
    pub(super) fn my_government(&self) -> bool {
        let at =
            self.skip(&["the", "of", "republic", "and", "people", "government", "la", "le", "el", "de", "du", "del"]);
        let noun = |at: usize| GOVERNMENT.contains(&self.word(at)) && MY.contains(&self.word(at + 1));
        noun(at) || at > 0 && noun(at - 1)
    }

    /// Returns whether they are "we in …", "we, the people of …".
    pub(super) fn we_of(&self) -> bool {
        let at = self.skip(&["the", "in", "of", "from", "as", "people", "republic", "government", "and"]);
        at > 0 && matches!(self.word(at), "we" | "us")
    }

    /// Returns whether they are "for its part, …".
    pub(super) fn for_its_part(&self) -> bool {
        let at = self.skip(&["the"]);
        self.word(at) == "part" && self.word(at + 1) == "its" && self.word(at + 2) == "for"
    }

    /// Returns whether they are "the delegation of …".
    pub(super) fn delegation_of(&self) -> bool {
        let at = self.skip(&[
            "the",
            "of",
            "republic",
            "kingdom",
            "state",
            "de",
            "la",
            "du",
            "le",
            "del",
            "republica",
            "republique",
            "do",
            "da",
        ]);
        at > 0
            && matches!(self.word(at), "delegation" | "delegacion" | "delegacao")
            && matches!(self.word(at + 1), "the" | "la")
    }

    /// Returns whether they are "the Government and people of …".
    pub(super) fn people_of(&self) -> bool {
        let at = self.skip(&["the", "of", "republic"]);
        at > 0 && matches!(self.word(at), "people" | "government") && matches!(self.word(at + 1), "the" | "and")
    }

    /// Returns whether nothing precedes the place in its sentence except words that commonly open one.
    pub(super) fn begins_sentence(&self) -> bool {
        const OPENERS: &[&str] = &[
            "the",
            "republic",
            "of",
            "for",
            "this",
            "that",
            "reason",
            "therefore",
            "in",
            "regard",
            "accordingly",
            "moreover",
            "furthermore",
            "context",
            "la",
            "le",
            "el",
        ];
        self.whole && self.skip(OPENERS) == self.words.len()
    }
}

/// The words after a place, up to the end of the sentence.
pub(super) struct After {
    words: Vec<String>,
    /// Whether `'s` follows the place directly.
    pub possessive: bool,
    comma: bool,
}

impl After {
    /// Takes the words after a byte position of the text.
    pub(super) fn of(text: &str, at: usize) -> After {
        let rest = &text[at..];
        let possessive = rest.starts_with("'s");
        let rest = rest.strip_prefix("'s").unwrap_or(rest);
        let sentence = rest.split(['.', ';', '!', '?', ':']).next().unwrap_or_default();
        After { words: words(sentence).take(4).collect(), possessive, comma: rest.starts_with(',') }
    }

    /// Returns whether they begin with these words.
    pub(super) fn starts(&self, wanted: &[&str]) -> bool {
        wanted.iter().zip(&self.words).filter(|(a, b)| *a == b).count() == wanted.len()
    }

    /// Returns whether they are "…, I".
    pub(super) fn first_person(&self) -> bool {
        self.comma && self.words.first().is_some_and(|word| matches!(word.as_str(), "i" | "je" | "we"))
    }

    /// Returns whether the first word is one of these.
    pub(super) fn one_of(&self, wanted: &[&str]) -> bool {
        !self.comma && self.words.first().is_some_and(|word| wanted.contains(&word.as_str()))
    }

    /// Returns whether they are "…, my country".
    pub(super) fn my_country(&self) -> bool {
        let at = usize::from(self.starts(&["which", "is"])) * 2;
        let word = |at: usize| self.words.get(at).map_or("", String::as_str);
        self.comma && MY.contains(&word(at)) && COUNTRY.contains(&word(at + 1))
    }
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = String> + '_ {
    runs_with(text, &['\'']).map(fold)
}
