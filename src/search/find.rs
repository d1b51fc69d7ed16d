//! A query and an index -> the texts that meet it, best first, with the paragraphs that do.

use std::collections::{BTreeMap, BTreeSet};

use super::query::{Clause, Query, Wanted};
use super::reader::{Hit, Reader, WordEntry};
use super::text::{FACTS, Text};

/// A result: a statement by the language version that meets the query best.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The shard and the number of the text in it.
    pub text: (usize, u32),
    /// Its statement's number in the shard.
    pub statement: u32,
    /// How well it meets the query; higher is better.
    pub score: f64,
    /// The rows that do, best first.
    pub rows: Vec<u32>,
}

/// What a clause found in a text.
#[derive(Clone, Debug, Default)]
struct Found {
    score: f64,
    /// The rows that have it, each with how many clauses do.
    rows: BTreeMap<u32, usize>,
}

/// How soon more occurrences of a word stop counting (BM25's k1), and how much the length of a text counts (b).
const SATURATION: f64 = 1.2;
const LENGTH: f64 = 0.5;

/// How much more a text counts that has all words in one row.
const NEARNESS: f64 = 2.0;

/// How much more the form counts that was asked for: texts that have it come before those with other forms alone.
const EXACT: f64 = 2.0;

/// Returns all results, best first. `columns` are conditions on the statements: a column, and its value.
pub fn find(reader: &Reader<'_>, query: &Query, columns: &[(String, String)]) -> Vec<Scored> {
    let (excluded, wanted): (Vec<&Clause>, Vec<&Clause>) = query.clauses.iter().partition(|clause| clause.excluded);
    if wanted.is_empty() {
        return Vec::new();
    }
    let searches: Vec<Vec<Lookup<'_>>> =
        wanted.iter().map(|clause| clause.any.iter().map(|wanted| Lookup::new(reader, wanted)).collect()).collect();
    let mut results: BTreeMap<(usize, u32), Scored> = BTreeMap::new();
    for shard in 0..reader.shards.len() {
        let of = &reader.shards[shard];
        let mut texts: Option<BTreeMap<u32, Found>> = None;
        for clause in &searches {
            let mut found: BTreeMap<u32, Found> = BTreeMap::new();
            for (text, one) in clause.iter().flat_map(|search| search.run(reader, shard, texts.as_ref())) {
                let all = found.entry(text).or_default();
                all.score += one.score;
                // Several alternatives in one row are still one clause.
                all.rows.extend(one.rows.into_keys().map(|row| (row, 1)));
            }
            texts = Some(match texts {
                None => found,
                Some(before) => {
                    before.into_iter().filter_map(|(text, one)| Some((text, one.and(found.remove(&text)?)))).collect()
                }
            });
        }
        let mut texts = texts.unwrap_or_default();
        for wanted in excluded.iter().flat_map(|clause| &clause.any) {
            let found = Lookup::new(reader, wanted).run(reader, shard, Some(&texts));
            for (text, _) in found {
                texts.remove(&text);
            }
        }
        for (text, found) in texts {
            let statement = of.statements[text as usize];
            let is_chosen = |(column, value): &(String, String)| {
                of.columns
                    .get(column)
                    .is_some_and(|column| column.of(statement).any(|own| own.eq_ignore_ascii_case(value)))
            };
            if !columns.iter().all(is_chosen) {
                continue;
            }
            let (score, rows) = found.ranked(searches.len());
            let result = Scored { text: (shard, text), statement, score, rows };
            match results.get_mut(&(shard, statement)) {
                Some(other) if other.score >= result.score => {}
                Some(other) => *other = result,
                None => drop(results.insert((shard, statement), result)),
            }
        }
    }
    let mut results: Vec<Scored> = results.into_values().collect();
    results.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.text.cmp(&b.text)));
    results
}

impl Found {
    /// Joins what two clauses found in one text.
    fn and(mut self, other: Found) -> Found {
        for (row, count) in other.rows {
            *self.rows.entry(row).or_default() += count;
        }
        Found { score: self.score + other.score, rows: self.rows }
    }

    /// Returns the final score, and the rows that meet most clauses: that all words are near one another says more than
    /// that they are somewhere in a text.
    fn ranked(self, clauses: usize) -> (f64, Vec<u32>) {
        let said = self.rows.iter().filter(|(row, _)| **row as usize != FACTS);
        let most = said.clone().map(|(_, count)| *count).max().unwrap_or(0);
        let rows = said.filter(|(_, count)| **count == most).map(|(row, _)| *row).collect();
        let share = if clauses > 1 { most.saturating_sub(1) as f64 / (clauses - 1) as f64 } else { 0.0 };
        (self.score * (1.0 + NEARNESS * share * share), rows)
    }
}

/// What is looked up for a word or phrase.
struct Lookup<'q> {
    wanted: &'q Wanted,
    /// The terms that all its rows have.
    terms: Vec<String>,
    /// The words of the index whose lists are read, each with how much it counts.
    words: Vec<(WordEntry, f64)>,
    /// How much it counts that a text has it: more, the fewer have.
    rarity: f64,
}

impl<'q> Lookup<'q> {
    fn new(reader: &Reader<'_>, wanted: &'q Wanted) -> Lookup<'q> {
        let mut words: Vec<(WordEntry, f64)> = Vec::new();
        let terms = wanted.terms();
        for term in &terms {
            let Some(entry) = reader.word(term) else {
                // A phrase with a word that no text has is nowhere.
                words.clear();
                break;
            };
            if terms.len() == 1 && !wanted.exact {
                let others = entry.siblings.iter().filter_map(|number| reader.numbered(*number));
                words.extend(others.map(|other| (other, reader.root.weights.inflected)));
            }
            words.push((entry, 1.0));
        }
        let texts = match terms.len() {
            1 => words.iter().map(|(word, _)| word.texts()).sum(),
            _ => words.iter().map(|(word, _)| word.texts()).min().unwrap_or(0),
        };
        let all = reader.root.texts as f64;
        let texts = f64::from(texts).min(all);
        Lookup { wanted, terms, words, rarity: (1.0 + (all - texts + 0.5) / (texts + 0.5)).ln() }
    }

    /// Returns the texts of a shard that have it; of those in `among`, if some are given.
    fn run(&self, reader: &Reader<'_>, shard: usize, among: Option<&BTreeMap<u32, Found>>) -> Vec<(u32, Found)> {
        let is_among = |hit: &Hit| among.is_none_or(|among| among.contains_key(&hit.text));
        if self.terms.len() > 1 {
            return self.phrase(reader, shard, &is_among);
        }
        let mut texts: BTreeMap<u32, Found> = BTreeMap::new();
        let mut frequencies: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for (word, weight) in &self.words {
            for hit in word.hits(shard).into_iter().filter(is_among) {
                let frequency = weigh(reader, &hit);
                let (all, exact) = frequencies.entry(hit.text).or_default();
                *all += weight * frequency;
                // Only the form that was asked for counts in full.
                *exact += if word.word == self.terms[0] { frequency } else { 0.0 };
                texts.entry(hit.text).or_default().rows.extend(hit.rows.iter().map(|row| (*row, 1)));
            }
        }
        for (text, found) in &mut texts {
            let (all, exact) = frequencies.get(text).copied().unwrap_or_default();
            found.score = self.rarity * saturated(reader, shard, *text, all)
                + EXACT * self.rarity * saturated(reader, shard, *text, exact);
        }
        texts.into_iter().collect()
    }

    /// Finds the rows that have all terms of a phrase, from the rarest on, and confirms it in the texts themselves.
    fn phrase(&self, reader: &Reader<'_>, shard: usize, is_among: &dyn Fn(&Hit) -> bool) -> Vec<(u32, Found)> {
        let mut words: Vec<&WordEntry> = self.words.iter().map(|(word, _)| word).collect();
        words.sort_by_key(|word| word.texts());
        let mut rows: Option<BTreeMap<u32, Vec<u32>>> = None;
        for word in words {
            let hits = word.hits(shard).into_iter().filter(is_among);
            rows = Some(match rows {
                None => hits.map(|hit| (hit.text, hit.rows)).collect(),
                Some(mut before) => {
                    let mut both = BTreeMap::new();
                    for hit in hits {
                        let Some(mut rows) = before.remove(&hit.text) else { continue };
                        rows.retain(|row| hit.rows.binary_search(row).is_ok());
                        both.insert(hit.text, rows);
                    }
                    both
                }
            });
        }
        let mut found = Vec::new();
        for (number, rows) in rows.unwrap_or_default() {
            let Some(text) = reader.text(shard, number) else { continue };
            let is_there = |row: &u32| {
                *row as usize != FACTS && text.rows.get(*row as usize).is_some_and(|of| self.wanted.is_in(&of.words))
            };
            let rows: BTreeMap<u32, usize> = rows.into_iter().filter(is_there).map(|row| (row, 1)).collect();
            if !rows.is_empty() {
                let score = (1.0 + EXACT) * self.rarity * saturated(reader, shard, number, rows.len() as f64);
                found.push((number, Found { score, rows }));
            }
        }
        found
    }
}

/// Returns how much it counts that a text has a word or phrase so often, however long the text is (BM25F).
fn saturated(reader: &Reader<'_>, shard: usize, text: u32, frequency: f64) -> f64 {
    let average = &reader.root.average;
    let average = average.title + average.facts + average.heading + average.text + average.greeting;
    let step = reader.shards[shard].head.lengths.get(text as usize).copied().unwrap_or(0);
    let length = (f64::from(step) / 4.0).exp2() - 1.0;
    let norm = 1.0 - LENGTH + LENGTH * length / average.max(1.0);
    frequency * (SATURATION + 1.0) / (frequency + SATURATION * norm)
}

/// Returns how often a text has a word, each occurrence counted by where it is.
fn weigh(reader: &Reader<'_>, hit: &Hit) -> f64 {
    let weights = &reader.root.weights;
    let elsewhere = [weights.title, weights.facts, weights.heading, weights.greeting];
    let elsewhere: f64 = hit.elsewhere.iter().zip(elsewhere).map(|(count, weight)| f64::from(*count) * weight).sum();
    f64::from(hit.count) * weights.text + elsewhere
}

/// Returns the rows of a result, those with the most of the query's words first.
pub fn best_rows(query: &Query, text: &Text, rows: &[u32]) -> Vec<u32> {
    let wanted: BTreeSet<&str> = query
        .clauses
        .iter()
        .filter(|clause| !clause.excluded)
        .flat_map(|clause| &clause.any)
        .flat_map(|wanted| wanted.tokens.iter().map(|token| &*token.letters))
        .collect();
    let count = |row: u32| {
        let (mut kinds, mut all, mut size) = (BTreeSet::new(), 0_usize, 0_usize);
        let words = text.rows.get(row as usize).map_or("", |row| &*row.words);
        crate::language::term::tokens(words, |token| {
            size += 1;
            if wanted.contains(token.letters) {
                all += 1;
                kinds.insert(token.letters.to_owned());
            }
        });
        (kinds.len(), all * 100 / size.max(1))
    };
    let mut rows: Vec<(u32, (usize, usize))> = rows.iter().map(|row| (*row, count(*row))).collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    rows.into_iter().map(|(row, _)| row).collect()
}

/// Returns the words of a query that the dictionary does not have, each with the nearest word that it has.
pub fn unknown(reader: &Reader<'_>, query: &Query) -> Vec<(String, Option<String>)> {
    let wanted = query.clauses.iter().filter(|clause| !clause.excluded).flat_map(|clause| &clause.any);
    let mut unknown: Vec<(String, Option<String>)> = Vec::new();
    for term in wanted.flat_map(Wanted::terms) {
        if reader.word(&term).is_none() && unknown.iter().all(|(other, _)| *other != term) {
            let first: String = term.chars().take(1).collect();
            let near = reader.beginning_with(&first).into_iter().filter(|entry| entry.texts() > 0);
            let near = near
                .map(|entry| (strsim::osa_distance(&entry.word, &term), std::cmp::Reverse(entry.texts()), entry.word));
            let limit = term.chars().count() / 3;
            let near = near.filter(|(distance, _, _)| *distance <= limit).min();
            unknown.push((term, near.map(|(_, _, word)| word)));
        }
    }
    unknown
}
