//! A query and an index -> the texts that meet it, best first.
//!
//! The search page ranks by the same rules with code of its own (`search.js`); a test in a browser compares both.

use std::collections::{BTreeMap, BTreeSet};

use super::clause::{Met, Place, excluded, look_up};
use super::marks::Mark;
use super::query::Query;
use super::reader::Reader;
use super::text::LANGUAGE;

/// A result: a statement by the language version that meets the query best.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The shard and the number of the text in it.
    pub text: Place,
    /// Its statement's number in the shard.
    pub statement: u32,
    /// How well it meets the query; higher is better.
    pub score: f64,
}

/// What is found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The results, best first.
    pub results: Vec<Scored>,
    /// How the query's words are found in the rows of a text.
    pub marks: Vec<Mark>,
    /// The words that no text has, each with the nearest that some have.
    pub missing: Vec<(String, Option<String>)>,
}

/// How much it counts that words are in one row.
const NEAR: f64 = 3.0;

/// Bytes of lists of rows that are read to see which words are in one row.
const NEARNESS: usize = 120_000;

/// With this many words or more, a text that lacks one is found too, if a row has all the others.
const SOFT: usize = 4;

/// Finds the statements that meet a query. `columns` are conditions on them: a column, and its value.
pub fn find(reader: &Reader<'_>, query: &Query, columns: &[(String, String)]) -> Found {
    let mut found = Found::default();
    let mut met: Vec<Met> = Vec::new();
    for clause in query.clauses.iter().filter(|clause| !clause.excluded) {
        let mut of = look_up(reader, &clause.any);
        found.marks.append(&mut of.marks);
        found
            .missing
            .extend(of.missing.drain(..).map(|word| (reader.near(&word), word)).map(|(near, word)| (word, near)));
        met.extend(Some(of).filter(|of| of.is_known));
    }
    let mut texts: BTreeMap<Place, (f64, usize)> = BTreeMap::new();
    for (place, score) in met.iter().flat_map(|of| &of.scores) {
        let (all, has) = texts.entry(*place).or_default();
        *all += score;
        *has += 1;
    }
    let words = || query.clauses.iter().filter(|clause| !clause.excluded);
    let is_soft = met.len() >= SOFT && words().all(|clause| matches!(&clause.any[..], [one] if one.is_plain()));
    let least = met.len() - usize::from(is_soft);
    texts.retain(|_, (_, has)| *has >= least);
    for wanted in query.clauses.iter().filter(|clause| clause.excluded).flat_map(|clause| &clause.any) {
        let without = excluded(reader, wanted);
        texts.retain(|place, _| !without.contains(place));
    }
    let near = if met.len() > 1 { nearness(&met, &texts) } else { BTreeMap::new() };
    let weight: f64 = met.iter().map(|of| of.weight).sum();
    let mut hits: Vec<(f64, Place)> = Vec::new();
    for (place, (score, has)) in texts {
        let (share, count) = near.get(&place).copied().unwrap_or_default();
        if has == met.len() || count >= least {
            hits.push((score + NEAR * weight * share * share, place));
        }
    }
    hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.results = results(reader, hits, columns);
    found
}

/// Returns for each text the row that has most of the words: their share by weight, and their number.
fn nearness(met: &[Met], texts: &BTreeMap<Place, (f64, usize)>) -> BTreeMap<Place, (f64, usize)> {
    let shards: BTreeSet<usize> = texts.keys().map(|(shard, _)| *shard).collect();
    let cost = |of: &&Met| -> usize {
        let postings = of.words.iter().flat_map(|(word, _)| &word.postings);
        postings.filter(|posted| shards.contains(&posted.shard)).map(|posted| posted.sizes().1).sum()
    };
    let mut by_cost: Vec<&Met> = met.iter().collect();
    by_cost.sort_by_key(cost);
    let (mut spent, mut chosen, mut skipped, mut total) = (0, 0, 0, 0.0);
    let mut rows: BTreeMap<Place, BTreeMap<u32, (f64, usize)>> = BTreeMap::new();
    for of in by_cost {
        spent += cost(&of);
        // Words that are in nearly every text distinguish little, and their lists are the longest.
        if chosen > 1 && spent > NEARNESS {
            skipped += 1;
            continue;
        }
        chosen += 1;
        total += of.weight;
        for (place, own) in rows_of(of, texts) {
            for (row, share) in own {
                let (weight, count) = rows.entry(place).or_default().entry(row).or_default();
                *weight += of.weight * share;
                *count += 1;
            }
        }
    }
    let best = |rows: BTreeMap<u32, (f64, usize)>| {
        let weight = rows.values().map(|(weight, _)| *weight).fold(0.0, f64::max);
        let count = rows.values().map(|(_, count)| *count).max().unwrap_or(0);
        (weight / total, count + skipped)
    };
    rows.into_iter().map(|(place, rows)| (place, best(rows))).collect()
}

/// Returns the rows that meet a condition, each with how much the best of its words there counts.
fn rows_of(of: &Met, texts: &BTreeMap<Place, (f64, usize)>) -> BTreeMap<Place, BTreeMap<u32, f64>> {
    let phrases = of.rows.iter().filter(|(place, _)| texts.contains_key(place));
    let mut found: BTreeMap<Place, BTreeMap<u32, f64>> =
        phrases.map(|(place, rows)| (*place, rows.iter().map(|row| (*row, 1.0)).collect())).collect();
    for (word, weight) in &of.words {
        for posted in &word.postings {
            for hit in posted.hits() {
                let place = (posted.shard, hit.text);
                if texts.contains_key(&place) {
                    let rows = found.entry(place).or_default();
                    hit.rows.iter().for_each(|row| {
                        let best = rows.entry(*row).or_default();
                        *best = best.max(*weight);
                    });
                }
            }
        }
    }
    found
}

/// Returns the statements of texts, which are sorted, that meet all conditions, by the best of their versions that does.
fn results(reader: &Reader<'_>, hits: Vec<(f64, Place)>, columns: &[(String, String)]) -> Vec<Scored> {
    let mut seen: BTreeSet<(usize, u32)> = BTreeSet::new();
    let mut results: Vec<Scored> = Vec::new();
    for (score, text) in hits {
        let shard = &reader.shards[text.0];
        let statement = shard.statements[text.1 as usize];
        let is_met = |(column, value): &(String, String)| match &**column {
            LANGUAGE => reader.language(text).is_some_and(|own| own.eq_ignore_ascii_case(value)),
            column => shard
                .columns
                .get(column)
                .is_some_and(|column| column.of(statement).any(|own| own.eq_ignore_ascii_case(value))),
        };
        if columns.iter().all(is_met) && seen.insert((text.0, statement)) {
            results.push(Scored { text, statement, score });
        }
    }
    results.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.text.0, a.statement).cmp(&(b.text.0, b.statement))));
    results
}
