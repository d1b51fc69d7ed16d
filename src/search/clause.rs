//! One condition of a query and an index -> the texts that meet it, each with a score, and the rows that do.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::Mark;
use super::postings::Hit;
use super::query::Wanted;
use super::reader::{Reader, WordEntry};
use super::sides::{Known, Seen};
use super::text::FACTS;

/// A text of an index: its shard, and its number there.
pub type Place = (usize, u32);

/// How soon more occurrences of a word stop counting (BM25's k1), and how much the length of a text counts (b).
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.75;

/// The most words that a prefix expands to.
const BEGINS: usize = 24;

/// What an index has for one condition of a query.
#[derive(Default)]
pub struct Met {
    /// The texts that meet it, with their scores.
    pub scores: BTreeMap<Place, f64>,
    /// The words whose lists were read, each with how much it counts.
    pub words: Vec<(WordEntry, f64)>,
    /// The rows that have a phrase.
    pub rows: BTreeMap<Place, Vec<u32>>,
    /// The weight of meeting it: the fewer texts do, the higher.
    pub weight: f64,
    /// How its words are found in a row.
    pub marks: Vec<Mark>,
    /// What no text has.
    pub missing: Vec<String>,
    /// Whether the index has any of its words.
    pub is_known: bool,
}

/// Looks up a condition, which is met by any of `any`.
pub fn look_up(reader: &Reader<'_>, any: &[Wanted]) -> Met {
    let mut met = Met::default();
    for wanted in any {
        let terms = wanted.terms();
        let (scores, weight) = if terms.len() > 1 {
            let (rows, rarest, missing) = phrase(reader, wanted);
            met.missing.extend(missing);
            let weight = rarity(reader, rarest) + 1.0;
            let score = |rows: &Vec<u32>| weight * (rows.len() as f64 / (rows.len() as f64 + SATURATION));
            let scores = rows.iter().map(|(place, rows)| (*place, score(rows))).collect();
            met.rows.extend(rows);
            met.marks.push(Mark { phrase: Some(wanted.clone()), weight, ..Mark::default() });
            (scores, weight)
        } else {
            let (words, begin) = forms(reader, wanted, &terms[0]);
            if words.is_empty() {
                met.missing.push(terms[0].clone());
                continue;
            }
            // Other forms do not make a word more frequent than the most frequent of them.
            let weight = rarity(reader, words.iter().map(|(word, _)| word.texts()).max().unwrap_or(0));
            let scores = scores(reader, &words, weight);
            let forms = words.iter().map(|(word, weight)| (word.word.clone(), *weight)).collect();
            met.marks.push(Mark { words: forms, begin, phrase: None, weight });
            met.words.extend(words);
            (scores, weight)
        };
        met.is_known = true;
        met.weight = met.weight.max(weight);
        for (place, score) in scores {
            *met.scores.entry(place).or_default() += score;
        }
    }
    met
}

/// Returns the texts that have what a query excludes.
pub fn excluded(reader: &Reader<'_>, wanted: &Wanted) -> BTreeSet<Place> {
    match &wanted.terms()[..] {
        [term] => {
            let postings = reader.word(term).map(|entry| entry.postings).unwrap_or_default();
            postings.iter().flat_map(|of| of.hits().into_iter().map(|hit| (of.shard, hit.text))).collect()
        }
        _ => phrase(reader, wanted).0.into_keys().collect(),
    }
}

/// Returns the words that a single word means, each with how much it counts, and the letters that they begin with if it is
/// only the beginning of a word.
fn forms(reader: &Reader<'_>, wanted: &Wanted, term: &str) -> (Vec<(WordEntry, f64)>, Option<String>) {
    let inflected = reader.root.weights.inflected;
    let mut words: Vec<(WordEntry, f64)> = Vec::new();
    if !wanted.prefix
        && let Some(own) = reader.word(term)
    {
        let siblings = own.siblings.iter().filter(|_| !wanted.exact).filter_map(|number| reader.numbered(*number));
        let siblings: Vec<WordEntry> = siblings.collect();
        words.push((own, 1.0));
        words.extend(siblings.into_iter().map(|sibling| (sibling, inflected)));
        words.retain(|(word, _)| word.texts() > 0);
    }
    // What no text has may be the beginning of a word.
    if wanted.prefix || words.is_empty() && !wanted.exact && term.encode_utf16().count() > 2 {
        let begins = reader.most_frequent(term, BEGINS);
        if !begins.is_empty() {
            let weight = |word: &WordEntry| if word.word == term { 1.0 } else { inflected };
            let begins = begins.into_iter().map(|word| (weight(&word), word)).map(|(weight, word)| (word, weight));
            return (begins.collect(), Some(term.to_owned()));
        }
    }
    (words, None)
}

/// Returns how much a match counts for something that this many texts have (inverse document frequency).
fn rarity(reader: &Reader<'_>, texts: u32) -> f64 {
    let (all, texts) = (reader.root.texts as f64, f64::from(texts));
    (1.0 + (all - texts + 0.5) / (texts + 0.5)).ln()
}

/// Scores texts by their words (BM25F). The word itself is worth more than any number of its other forms.
fn scores(reader: &Reader<'_>, words: &[(WordEntry, f64)], weight: f64) -> BTreeMap<Place, f64> {
    let weights = &reader.root.weights;
    let mut counts: BTreeMap<Place, (f64, f64)> = BTreeMap::new();
    for (word, share) in words {
        for posted in &word.postings {
            let lengths = &reader.shards[posted.shard].head.lengths;
            for hit in posted.hits() {
                let step = lengths.get(hit.text as usize).copied().unwrap_or(0);
                let length = ((f64::from(step) / 4.0).exp2() - 1.0) / reader.root.average.text.max(1.0);
                let count = weigh(reader, &hit, length);
                let (exact, other) = counts.entry((posted.shard, hit.text)).or_default();
                *(if *share < 1.0 { other } else { exact }) += count;
            }
        }
    }
    let own = words.iter().find(|(_, share)| *share >= 1.0);
    let rare = own.map_or(weight, |(own, _)| rarity(reader, own.texts()));
    let score = |exact: f64, other: f64| {
        let own = if exact > 0.0 { rare * (1.0 + exact / (exact + SATURATION)) } else { 0.0 };
        own + weights.inflected * weight * other / (other + SATURATION)
    };
    counts.into_iter().map(|(place, (exact, other))| (place, score(exact, other))).collect()
}

/// Returns how often a text has a word, each occurrence counted by where it is, and those in the body by how long it is.
fn weigh(reader: &Reader<'_>, hit: &Hit, length: f64) -> f64 {
    let weights = &reader.root.weights;
    let [title, facts, heading, greeting] = hit.elsewhere.map(f64::from);
    (f64::from(hit.count) * weights.text + greeting * weights.greeting) / (1.0 - LENGTH + LENGTH * length)
        + title * weights.title
        + facts * weights.facts
        + heading * weights.heading
}

/// Finds the rows that have the words of a phrase beside one another, from the rarest on, and confirms it in the texts
/// themselves. Returns also how many texts have the rarest word, and the words that no text has.
fn phrase(reader: &Reader<'_>, wanted: &Wanted) -> (BTreeMap<Place, Vec<u32>>, u32, Vec<String>) {
    // A prefix has no list of its own.
    let tokens = &wanted.tokens[..wanted.tokens.len() - usize::from(wanted.prefix)];
    let seen: Vec<Seen> = tokens.iter().map(|token| Seen::of(&token.letters)).collect();
    let mut words: Vec<(WordEntry, Vec<Known>)> = Vec::new();
    let mut missing = Vec::new();
    for (term, first, last) in Wanted::parts(tokens) {
        let known = Known::of(&seen, first, last);
        if let Some((_, spots)) = words.iter_mut().find(|(word, _)| word.word == term) {
            spots.push(known);
            continue;
        }
        match reader.word(&term).filter(|word| word.texts() > 0) {
            Some(word) => words.push((word, vec![known])),
            None => missing.push(term),
        }
    }
    if !missing.is_empty() {
        return (BTreeMap::new(), 0, missing);
    }
    words.sort_by_key(|(word, _)| word.texts());
    let mut rows: Option<BTreeMap<Place, Vec<u32>>> = None;
    for (word, spots) in &words {
        let mut found = BTreeMap::new();
        for posted in &word.postings {
            for hit in posted.hits() {
                let place = (posted.shard, hit.text);
                let before = rows.as_ref().map(|rows| rows.get(&place));
                if before == Some(None) {
                    continue;
                }
                let mut own = beside(&hit, spots);
                own.retain(|row| before.flatten().is_none_or(|before| before.binary_search(row).is_ok()));
                if !own.is_empty() {
                    found.insert(place, own);
                }
            }
        }
        rows = Some(found);
    }
    let mut rows = rows.unwrap_or_default();
    rows.retain(|(shard, number), rows| {
        let Some(text) = reader.text(*shard, *number) else { return false };
        rows.retain(|row| text.rows.get(*row as usize).is_some_and(|row| wanted.is_in(&row.words)));
        !rows.is_empty()
    });
    (rows, words.first().map_or(0, |(word, _)| word.texts()), missing)
}

/// Returns the rows of a text in which a word is beside what a phrase has beside it, at each of its places there. The
/// row of facts is skipped: it is not part of what was said.
fn beside(hit: &Hit, spots: &[Known]) -> Vec<u32> {
    let is_at = |row: u32, known: &Known| {
        let mut occurrences = hit.rows.iter().enumerate().filter(|(_, of)| **of == row);
        occurrences.any(|(at, _)| hit.sides.get(at).is_none_or(|sides| known.allows(*sides)))
    };
    let mut rows: Vec<u32> = hit.rows.clone();
    rows.dedup();
    rows.retain(|row| *row as usize != FACTS && spots.iter().all(|known| is_at(*row, known)));
    rows
}
