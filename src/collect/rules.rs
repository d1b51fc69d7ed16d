//! Topic records' phrases, searched in a text -> the topics it has by rule.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::Names;
use crate::read::record::{Detail, RecordKind};
use crate::stamp::Stamp;

/// The phrases of all topics, ready to be searched, one set a language.
pub struct Rules {
    /// Changes when any phrase does.
    pub stamp: Stamp,
    by_language: BTreeMap<Box<str>, Phrases>,
}

struct Phrases {
    search: AhoCorasick,
    /// Topic of each phrase.
    topics: Vec<Box<str>>,
}

impl Rules {
    /// Gathers the phrases of all topic records.
    pub fn new(names: &Names) -> Rules {
        let mut phrases: BTreeMap<Box<str>, Vec<(String, Box<str>)>> = BTreeMap::new();
        for record in names.records(RecordKind::Topic) {
            let Detail::Topic { phrases: of_topic, .. } = &record.detail else { continue };
            for (language, list) in of_topic {
                let list = list.iter().map(|phrase| (phrase.to_lowercase(), record.slug.clone()));
                phrases.entry(language.clone()).or_default().extend(list);
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

    /// Returns the topics whose phrases the text uses as whole words, sorted.
    pub fn topics(&self, language: &str, text: &str) -> Vec<Box<str>> {
        let base = language.split('-').next().unwrap_or_default();
        let Some(phrases) = self.by_language.get(language).or_else(|| self.by_language.get(base)) else {
            return Vec::new();
        };
        let text = text.to_lowercase();
        let mut found: Vec<Box<str>> = Vec::new();
        for hit in phrases.search.find_overlapping_iter(&text) {
            let topic = &phrases.topics[hit.pattern().as_usize()];
            if !found.contains(topic) && is_whole(&text, hit.start(), hit.end()) {
                found.push(topic.clone());
            }
        }
        found.sort();
        found
    }
}

/// Says whether a match is not the inside of a longer word. Han has no word ends to see; Arabic writes its
/// conjunctions and prepositions onto the word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joined = |c: char| c.is_alphanumeric() && !matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let clitic = |c: char| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك');
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    before.is_none_or(|c| !joined(c) || clitic(c)) && after.is_none_or(|c| !joined(c))
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
            ("والحطام", "الحطام", true),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(is_whole(text, at, at + word.len()), whole, "{text}");
        }
    }
}
