//! The changed wordings of texts in chronological order -> phrases that appeared or disappeared, with all their uses.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::align::{Texts, Wording};
use super::changes::{aligned, codes};
use crate::config::base_language;
use crate::language::fold::{Folding, fold};
use crate::language::word::{Word, words};

/// Words that some texts have and others do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The phrase as written where it was found first.
    pub words: String,
    /// The text and paragraph of each use, in order.
    pub uses: Vec<(usize, usize)>,
}

/// A phrase's language and the codes of its words.
type PhraseKey<'a> = (&'a str, Vec<u32>);

/// The length of a phrase in words; in scripts without spaces, in letters.
const WORDS: std::ops::RangeInclusive<usize> = 2..=6;
const LETTERS: std::ops::RangeInclusive<usize> = 4..=12;

/// The maximum number of phrases to return.
const MOST: usize = 12;

/// Finds the phrases that one of two successive wordings has and the other does not, if there are texts before the
/// first use or after the last. The ones that appeared last come first.
pub fn phrases(texts: &Texts<'_>, wordings: &[Vec<Wording<'_>>]) -> Vec<Phrase> {
    let mut found: BTreeMap<PhraseKey<'_>, String> = BTreeMap::new();
    for wording in wordings.iter().flatten().filter(|wording| !wording.is_same) {
        let Some((text, at)) = wording.before else { continue };
        for (key, words) in changed(wordings[text][at].words, wording.words) {
            found.entry((language(texts, wording.at.0), key)).or_insert(words);
        }
    }
    let mut phrases = use_them(found, texts);
    phrases.retain(|((language, _), phrase)| came_or_went(phrase, texts, language));
    // A phrase used often and short is the most informative; a longer one used by the same texts adds nothing.
    phrases.sort_by_key(|((_, key), phrase)| (std::cmp::Reverse(used(phrase)), key.len(), phrase.uses.clone()));
    let mut chosen: Vec<(PhraseKey<'_>, Phrase)> = Vec::new();
    for ((language, key), phrase) in phrases {
        let is_contained = chosen.iter().any(|((_, known), other)| {
            contains(&key, known) && used(other) == used(&phrase) && other.uses[0].0 == phrase.uses[0].0
        });
        if chosen.len() < MOST && !is_contained {
            chosen.push(((language, key), phrase));
        }
    }
    let mut chosen: Vec<Phrase> = chosen.into_iter().map(|(_, phrase)| phrase).collect();
    chosen.sort_by_key(|phrase| (std::cmp::Reverse(phrase.uses[0].0), phrase.uses.clone()));
    chosen
}

/// Returns a text's language without its region.
fn language<'a>(texts: &Texts<'a>, text: usize) -> &'a str {
    base_language(texts[text].0)
}

/// Counts the texts that use a phrase.
fn used(phrase: &Phrase) -> usize {
    phrase.uses.iter().map(|(text, _)| text).collect::<BTreeSet<_>>().len()
}

/// Returns whether a text in the language precedes the first use of a phrase or follows its last.
fn came_or_went(phrase: &Phrase, texts: &Texts<'_>, of_language: &str) -> bool {
    // A text whose paragraphs are not all given may have the phrase in the others.
    let is_whole = |at: usize| !texts[at].1.is_empty() && texts[at].1.iter().all(|paragraph| !paragraph.is_empty());
    let mut others = (0..texts.len()).filter(|at| language(texts, *at) == of_language && is_whole(*at));
    let (Some(first), Some(last)) = (phrase.uses.first(), phrase.uses.last()) else { return false };
    let before = others.next().is_some_and(|text| text < first.0);
    before || others.next_back().is_some_and(|text| text > last.0)
}

fn contains(key: &[u32], part: &[u32]) -> bool {
    key.windows(part.len()).any(|window| window == part)
}

/// Finds every use of the phrases.
fn use_them<'a>(found: BTreeMap<PhraseKey<'a>, String>, texts: &Texts<'a>) -> Vec<(PhraseKey<'a>, Phrase)> {
    let phrase = |(key, words)| (key, Phrase { words, uses: Vec::new() });
    let mut all: Vec<(PhraseKey<'_>, Phrase)> = found.into_iter().map(phrase).collect();
    if all.is_empty() {
        return all;
    }
    // By language and first word, so that at each word only the phrases that may begin there are compared.
    let mut by_first: HashMap<(&str, u32), Vec<usize>> = HashMap::new();
    for (index, ((language, key), _)) in all.iter().enumerate() {
        by_first.entry((language, key[0])).or_default().push(index);
    }
    for (text, (_, paragraphs)) in texts.iter().enumerate() {
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let codes = codes(&words(paragraph));
            for start in 0..codes.len() {
                for index in by_first.get(&(language(texts, text), codes[start])).into_iter().flatten() {
                    let ((_, key), phrase) = &mut all[*index];
                    if codes[start..].starts_with(key) && phrase.uses.last() != Some(&(text, at)) {
                        phrase.uses.push((text, at));
                    }
                }
            }
        }
    }
    all
}

/// Returns the phrases that only one of two wordings has, as codes of words and as written.
fn changed(before: &str, after: &str) -> Vec<(Vec<u32>, String)> {
    let (a, b) = (words(before), words(after));
    let mut found = Vec::new();
    for (_, one, other) in aligned(&codes(&a), &codes(&b)).into_iter().filter(|run| !run.0) {
        found.extend(phrase(before, &a, one));
        found.extend(phrase(after, &b, other));
    }
    found
}

/// Returns the words of a range as a phrase; `None` if they are not one. A single word is extended by its neighbour:
/// "deeply" says nothing without "concerned".
fn phrase(text: &str, words: &[Word], range: Range<usize>) -> Option<(Vec<u32>, String)> {
    let between = |at: usize| &text[words[at].text.end as usize..words[at + 1].text.start as usize];
    let is_joined =
        |at: usize| fold(between(at), Folding::SYMBOLS).chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\''));
    let mut range = range;
    if !words.get(range.clone())?.iter().any(|word| is_significant(text, word)) {
        return None;
    }
    if range.len() == 1 {
        if range.end < words.len() && is_joined(range.end - 1) {
            range.end += 1;
        } else if range.start > 0 && is_joined(range.start - 1) {
            range.start -= 1;
        }
    }
    let of_phrase = words.get(range.clone())?;
    // A phrase does not run across punctuation, and is short enough to be quoted.
    let is_unspaced = of_phrase.iter().all(|word| word.unspaced);
    let has_length = if is_unspaced { LETTERS } else { WORDS }.contains(&range.len());
    let is_one = range.clone().skip(1).all(|at| is_joined(at - 1));
    if !has_length || !is_one {
        return None;
    }
    let (first, last) = (of_phrase.first()?, of_phrase.last()?);
    let written = text[first.text.start as usize..last.text.end as usize].to_owned();
    Some((codes(of_phrase), written))
}

/// Returns whether a word is significant: a long one that is not a number.
fn is_significant(text: &str, word: &Word) -> bool {
    let written = &text[word.text.start as usize..word.text.end as usize];
    word.unspaced || word.length >= 4 && !written.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::align::series;

    #[test]
    fn phrases_are_returned_with_their_first_and_last_use() {
        let texts = |of: &[&'static str]| of.iter().map(|text| ("en", vec![*text])).collect::<Vec<_>>();
        for (of, expect) in [
            (
                &[
                    "We are concerned by debris.",
                    "We are deeply concerned by debris.",
                    "We are gravely concerned by debris.",
                ][..],
                vec![("gravely concerned", 2, 2), ("deeply concerned", 1, 1)],
            ),
            (
                &["We call for a ban on tests.", "We call for a ban on explosive tests."],
                vec![("explosive tests", 1, 1)],
            ),
            (&["We call for a ban.", "We call for a ban!"], vec![]),
            (&["We said so in 2021 to all.", "We said so in 2022 to all."], vec![]),
            (
                &[
                    "A ban, for ever, on such tests is due.",
                    "A ban on such tests is due.",
                    "A ban, for ever, on such tests is due.",
                ],
                vec![],
            ),
        ] {
            let texts = texts(of);
            let found = phrases(&texts, &series(&texts));
            let chosen: Vec<_> = found
                .iter()
                .map(|phrase| (phrase.words.as_str(), phrase.uses[0].0, phrase.uses[phrase.uses.len() - 1].0))
                .collect();
            assert_eq!(chosen, expect, "{of:?}");
        }
    }
}
