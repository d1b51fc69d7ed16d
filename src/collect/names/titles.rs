//! The titles of one kind of records and shipped rows -> the key of the one that a word means.

use crate::diagnostic::Known;

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

    /// Returns the key whose code, or else whose title, comes near to a word.
    pub(super) fn nearest(&self, word: &str) -> Option<&str> {
        self.codes.nearest(word).or_else(|| self.key(self.words.nearest(word)?))
    }
}
