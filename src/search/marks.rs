//! What a query looks for, and a text -> the rows that have it, best first.

use std::collections::BTreeMap;

use super::query::Wanted;
use super::text::{BODY, Kind, Text};
use crate::language::term::tokens;

/// How a word or a phrase of a query is found in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// The forms of a word, each with how much it counts.
    pub words: BTreeMap<String, f64>,
    /// The letters that a word may begin with.
    pub begin: Option<String>,
    /// A phrase, instead of a word.
    pub phrase: Option<Wanted>,
    /// How much it counts that a row has it.
    pub weight: f64,
}

/// How much a word counts of which only the beginning is known.
const BEGINNING: f64 = 0.5;

/// How much each further occurrence adds, and how many of them count.
const MORE: f64 = 0.05;
const MOST: usize = 4;

/// Returns the rows of the body that have what is looked for, best first.
pub fn best_rows(text: &Text, marks: &[Mark], label: Option<&str>) -> Vec<u32> {
    let mut found: Vec<(f64, u32)> = Vec::new();
    for (at, row) in text.rows.iter().enumerate().skip(BODY) {
        let score: f64 = marks.iter().map(|mark| mark.score(&row.words)).sum();
        let share = match row.kind {
            Kind::Greeting => 0.5,
            Kind::Heading => 0.8,
            _ => 1.0,
        };
        if label.is_some_and(|label| text.is_labelled(at, label)) {
            found.push((f64::MAX, at as u32));
        } else if score > 0.0 {
            found.push((score * share, at as u32));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, row)| row).collect()
}

impl Mark {
    /// Returns how much a row's words are what is looked for.
    fn score(&self, words: &str) -> f64 {
        let (best, count) = match &self.phrase {
            Some(phrase) => match phrase.count_in(words) {
                0 => (0.0, 0),
                count => (1.0, count),
            },
            None => self.count(words),
        };
        self.weight * best * (1.0 + MORE * count.min(MOST) as f64)
    }

    /// Returns where the first word that is looked for begins in a row; of a phrase, the first of its words there.
    pub fn first_in(&self, words: &str) -> Option<usize> {
        let mut first = None;
        let phrase = self.phrase.iter().flat_map(|phrase| &phrase.tokens);
        let of_phrase: Vec<&str> = phrase.map(|token| &*token.letters).collect();
        tokens(words, |token| {
            let is_one = self.words.contains_key(token.letters)
                || of_phrase.contains(&token.letters)
                || self.begins(token.letters);
            if first.is_none() && is_one {
                first = Some(token.text.start);
            }
        });
        first
    }

    fn begins(&self, letters: &str) -> bool {
        self.begin.as_ref().is_some_and(|begin| letters.starts_with(&**begin))
    }

    /// Returns how much the best of a row's words counts that are looked for, and how many there are.
    fn count(&self, words: &str) -> (f64, usize) {
        let (mut best, mut count, mut before) = (0.0_f64, 0, String::new());
        tokens(words, |token| {
            let pair = || token.joined.then(|| self.words.get(&format!("{before}{}", token.letters))).flatten();
            let own =
                self.words.get(token.letters).copied().or_else(|| self.begins(token.letters).then_some(BEGINNING));
            if let Some(share) = own.or_else(|| pair().copied()) {
                best = best.max(share);
                count += 1;
            }
            token.letters.clone_into(&mut before);
        });
        (best, count)
    }
}
