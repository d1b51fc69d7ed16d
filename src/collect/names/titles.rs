//! The titles of one kind of records and shipped rows -> the key that a word means.

use super::{Names, code, fold};
use crate::diagnostic::Known;
use crate::read::record::RecordKind;

/// Folded names that are used for more than one state, with the codes of these states.
const SEVERAL: &[(&[&str], &[&str])] = &[
    (&["congo", "the congo", "le congo", "el congo", "o congo", "конго", "الكونغو", "刚果"], &["COG", "COD"]),
    (&["korea", "corée", "la corée", "corea", "coreia", "корея", "كوريا"], &["KOR", "PRK"]),
];

/// Returns the codes of all states that a name is used for; `None` unless there is more than one.
pub(super) fn states(name: &str) -> Option<&'static [&'static str]> {
    SEVERAL.iter().find(|(names, _)| names.contains(&name)).map(|(_, codes)| *codes)
}

/// The length of the longest code of a state in any list, in letters.
const LONGEST_CODE: usize = 4;

/// The names of all records and shipped rows of one kind.
pub(super) struct Titles {
    /// Folded titles in any language, each with its key, sorted.
    keys: Vec<(String, String)>,
    codes: Known,
    words: Known,
}

impl Titles {
    /// Creates the index of these titles, each with its key.
    pub(super) fn new(mut keys: Vec<(String, String)>) -> Titles {
        keys.sort_unstable();
        let codes = Known::new(keys.iter().map(|(_, key)| key.as_str()));
        let words = Known::new(keys.iter().map(|(title, _)| title.as_str()));
        Titles { keys, codes, words }
    }

    /// Returns the first key with exactly this folded title.
    pub(super) fn key(&self, title: &str) -> Option<&str> {
        let at = self.keys.partition_point(|(known, _)| known.as_str() < title);
        self.keys.get(at).filter(|(known, _)| known == title).map(|(_, key)| key.as_str())
    }

    /// Returns the key with exactly this folded title; `None` if several have it.
    pub(super) fn only_key(&self, title: &str) -> Option<&str> {
        let at = self.keys.partition_point(|(known, _)| known.as_str() < title);
        let mut keys = self.keys[at..].iter().take_while(|(known, _)| known == title).map(|(_, key)| key.as_str());
        let first = keys.next()?;
        keys.all(|key| key == first).then_some(first)
    }

    /// Returns the key that a word misspells; `None` if several are possible.
    pub(super) fn only_near(&self, word: &str) -> Option<&str> {
        self.codes.only_near(word)
    }

    /// Returns the delegation whose name a word misspells; `None` if several are possible, and for short words: these
    /// are codes, and a code from any list resembles that of some other state.
    pub(super) fn near_state(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        if length <= LONGEST_CODE {
            return None;
        }
        // In the common case nothing is similar, and not all names have to be compared.
        let key = self.nearest(word)?;
        let most = if length < 8 { 1 } else { 2 };
        let is_near = |name: &str| {
            name.chars().count().abs_diff(length) <= most && strsim::damerau_levenshtein(word, name) <= most
        };
        let near = self.keys.iter().filter(|(title, key)| is_near(title) || is_near(key)).map(|(_, key)| key.as_str());
        let mut near = near.peekable();
        // "Russian" only begins the name of a state.
        let begins = || self.keys.iter().any(|(title, of)| of == key && title.starts_with(word));
        let is_sure = if near.peek().is_some() { near.all(|other| other == key) } else { begins() };
        is_sure.then_some(key)
    }

    /// Returns the key whose code is similar to a word, otherwise the one whose title is.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        self.codes.nearest(word).or_else(|| self.key(self.words.nearest(word)?))
    }
}

impl Names<'_> {
    /// Returns the code to write instead of an unknown name, if there is no doubt: that of the only thing with exactly
    /// this title, or the topic that it misspells. Codes of states are not corrected: a misspelt one is often another
    /// state's.
    pub fn remedy(&self, kind: RecordKind, word: &str) -> Option<String> {
        if self.several(kind, word).is_some() {
            return None;
        }
        let (titles, lower) = (self.titles(kind)?, fold::key(word));
        let near = || (kind == RecordKind::Topic).then(|| titles.only_near(&lower)).flatten();
        // Two records may have the same title.
        let key = if titles.key(&lower).is_some() { titles.only_key(&lower) } else { near() };
        key.map(|key| code(kind, key))
    }
}
