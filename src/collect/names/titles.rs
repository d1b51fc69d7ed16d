//! The titles of one kind of records and shipped rows -> the key of the one that a word means.

use super::{Names, code, fold};
use crate::diagnostic::Known;
use crate::read::record::RecordKind;

/// Names in use for more than one state, folded, with the codes of these states.
const SEVERAL: &[(&[&str], &[&str])] = &[
    (&["congo", "the congo", "le congo", "el congo", "o congo", "конго", "الكونغو", "刚果"], &["COG", "COD"]),
    (&["korea", "corée", "la corée", "corea", "coreia", "корея", "كوريا"], &["KOR", "PRK"]),
];

/// Returns the codes of all states for which a name is in use, if there is more than one.
pub(super) fn states(name: &str) -> Option<&'static [&'static str]> {
    SEVERAL.iter().find(|(names, _)| names.contains(&name)).map(|(_, codes)| *codes)
}

/// The names of all records and shipped rows of one kind.
pub(super) struct Titles {
    /// Titles in any language, folded, each with its key; sorted.
    keys: Vec<(String, String)>,
    codes: Known,
    words: Known,
}

impl Titles {
    /// Sorts the titles, each with its key.
    pub(super) fn new(mut keys: Vec<(String, String)>) -> Titles {
        keys.sort_unstable();
        let codes = Known::new(keys.iter().map(|(_, key)| key.as_str()));
        let words = Known::new(keys.iter().map(|(title, _)| title.as_str()));
        Titles { keys, codes, words }
    }

    /// Returns the key of what has exactly this title, folded.
    pub(super) fn key(&self, title: &str) -> Option<&str> {
        let at = self.keys.partition_point(|(known, _)| known.as_str() < title);
        self.keys.get(at).filter(|(known, _)| known == title).map(|(_, key)| key.as_str())
    }

    /// Returns the key of what has exactly this title, folded, if nothing else has it.
    pub(super) fn only_key(&self, title: &str) -> Option<&str> {
        let at = self.keys.partition_point(|(known, _)| known.as_str() < title);
        let mut keys = self.keys[at..].iter().take_while(|(known, _)| known == title).map(|(_, key)| key.as_str());
        let first = keys.next()?;
        keys.all(|key| key == first).then_some(first)
    }

    /// Returns the key whose code a word is a slip of, if there is no doubt.
    pub(super) fn only_near(&self, word: &str) -> Option<&str> {
        self.codes.only_near(word)
    }

    /// Returns the key whose code, or else whose title, comes near to a word.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        self.codes.nearest(word).or_else(|| self.key(self.words.nearest(word)?))
    }
}

impl Names<'_> {
    /// Returns the code to write instead of a name that is not known, if there is no doubt: that of what has exactly this
    /// title, or a topic's of which it is a slip. A slip in a state's code is another state's.
    pub fn remedy(&self, kind: RecordKind, word: &str) -> Option<String> {
        if self.several(kind, word).is_some() {
            return None;
        }
        let (titles, lower) = (self.titles(kind)?, fold::key(word));
        let near = || (kind == RecordKind::Topic).then(|| titles.only_near(&lower)).flatten();
        // A record's title may be another's, too.
        let key = if titles.key(&lower).is_some() { titles.only_key(&lower) } else { near() };
        key.map(|key| code(kind, key))
    }
}
