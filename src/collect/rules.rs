//! Topic records' phrases, searched in a text -> the topics it has by rule, and in which paragraphs.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::Names;
use crate::config::base_language;
use crate::language::fold::{Folded, Folding, fold};
use crate::language::scripts::joins;
use crate::read::body::Body;
use crate::read::record::{Detail, RecordKind};
use crate::stamp::Stamp;

/// The topics that rules find in a text, sorted, each with the first hit in every paragraph. A topic may have no hits:
/// a phrase in a footnote, a heading or a table counts, but is in no paragraph.
pub type ByRule = [(Box<str>, Box<[PhraseHit]>)];

/// Where a phrase of a topic occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseHit {
    /// The paragraph, counted from 0.
    pub paragraph: u32,
    /// The byte of the body's text at which the phrase begins.
    pub at: u32,
    /// The byte at which it ends.
    pub until: u32,
}

/// The phrases of all topics, compiled for searching, one automaton per language.
pub struct Rules {
    /// Changes when any phrase does.
    pub stamp: Stamp,
    by_language: BTreeMap<Box<str>, Phrases>,
}

struct Phrases {
    search: AhoCorasick,
    /// The topic of each phrase, by the index of its pattern.
    topics: Vec<Box<str>>,
}

impl Rules {
    /// Gathers the phrases of all topic records.
    pub fn new(names: &Names) -> Rules {
        let mut phrases: BTreeMap<Box<str>, Vec<(String, Box<str>)>> = BTreeMap::new();
        for record in names.records(RecordKind::Topic) {
            let Detail::Topic { phrases: of_topic, .. } = &record.detail else { continue };
            for (language, list) in of_topic {
                let folded = list.iter().map(|phrase| fold(phrase, Folding::CASELESS).trim().to_owned());
                // A phrase of nothing but invisible characters folds to an empty pattern, which would match everywhere.
                let folded = folded.filter(|phrase| !phrase.is_empty());
                let of_language = phrases.entry(language.clone()).or_default();
                of_language.extend(folded.map(|phrase| (phrase, record.slug.clone())));
            }
        }
        let stamp = Stamp::of(&phrases);
        let by_language = phrases
            .into_iter()
            .filter_map(|(language, list)| {
                let (words, topics): (Vec<String>, Vec<Box<str>>) = list.into_iter().unzip();
                let search = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&words).ok()?;
                Some((language, Phrases { search, topics }))
            })
            .collect();
        Rules { stamp, by_language }
    }

    /// Returns the topics whose phrases a body uses as whole words.
    pub fn of_body(&self, language: &str, body: &Body) -> Box<ByRule> {
        self.topics(language, &body.text, |at| body.paragraph_at(at))
    }

    /// Returns the topics whose phrases a text uses as whole words; `paragraph_at` returns the paragraph that
    /// contains a byte.
    pub fn topics(&self, language: &str, text: &str, paragraph_at: impl Fn(u32) -> Option<u32>) -> Box<ByRule> {
        let base = base_language(language);
        let Some(phrases) = self.by_language.get(language).or_else(|| self.by_language.get(base)) else {
            return Box::default();
        };
        let folded = Folded::new(text, Folding::CASELESS);
        let mut found: BTreeMap<&str, Vec<PhraseHit>> = BTreeMap::new();
        // Overlapping, because one topic's phrase may contain another's: "outer space" and "weapons in outer space".
        for hit in phrases.search.find_overlapping_iter(folded.text()) {
            if is_whole(folded.text(), hit.start(), hit.end()) {
                let of_topic = found.entry(&phrases.topics[hit.pattern().as_usize()]).or_default();
                let range = folded.original_range(&hit.range());
                let (at, until) = (range.start as u32, range.end as u32);
                of_topic.extend(paragraph_at(at).map(|paragraph| PhraseHit { paragraph, at, until }));
            }
        }
        let topic = |(topic, mut found): (&str, Vec<PhraseHit>)| {
            // Of phrases that begin at the same word, such as "space" and "space debris", the longest is the one meant.
            found.sort_unstable_by_key(|found| (found.paragraph, found.at, Reverse(found.until)));
            found.dedup_by_key(|found| found.paragraph);
            (topic.into(), found.into())
        };
        found.into_iter().map(topic).collect()
    }
}

/// Returns whether a match is not part of a longer word. Arabic writes one-letter conjunctions and prepositions as one
/// word with the next.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let clitic = |c: char| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك');
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    before.is_none_or(|c| !joins(c) || clitic(c)) && after.is_none_or(|c| !joins(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_a_whole_word_in_its_scripts_sense() {
        for (text, word, whole) in [
            ("space debris.", "debris", true),
            ("prearms", "arms", false),
            ("外层空间安全", "空间", true),
            ("ขยะอวกาศและอาวุธ", "อวกาศ", true),
            ("والحطام", "الحطام", true),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(is_whole(text, at, at + word.len()), whole, "{text}");
        }
    }
}
