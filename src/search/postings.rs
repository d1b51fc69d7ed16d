//! The texts of a shard -> for each term, the texts that have it, how often, and in which rows.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use super::text::{Kind, Row};
use super::varint;
use crate::language::term;

/// The postings of a term in one shard, as the index has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// How many texts have the term.
    pub texts: u32,
    /// The algorithms of the languages of these texts, as bits (`classes`).
    pub languages: u32,
    /// The texts in ascending order, with how often each has it.
    pub list: Vec<u8>,
    /// The rows of each of these texts that have it.
    pub rows: Vec<u8>,
}

/// Collects the postings of a shard, text by text.
#[derive(Default)]
pub struct Inverter {
    ids: HashMap<Box<str>, u32, BuildHasherDefault<TermHasher>>,
    terms: Vec<Collected>,
    /// The terms of the current text.
    touched: Vec<u32>,
}

/// A term while its postings are being collected.
#[derive(Default)]
struct Collected {
    postings: Postings,
    /// The text after the last one that has it.
    next_text: u32,
    /// How often the current text has it in paragraphs and notes; all counts are zero outside a text that has it.
    count: u32,
    /// How often it has it in the title, facts, headings and greetings, each at most 3.
    elsewhere: [u8; 4],
    /// The last row that has it, not yet written.
    row: u32,
    /// The row after the one before that, from which its distance counts.
    after: u32,
}

impl Inverter {
    /// Adds a text with a number higher than those before; `languages` is the bit of its language's algorithm.
    /// Returns the number of its words by field: title, facts, headings, greetings, all others.
    pub fn add(&mut self, text: u32, rows: &[Row], languages: u32) -> [u32; 5] {
        let mut counts = [0; 5];
        for (at, row) in rows.iter().enumerate() {
            let field = match row.kind {
                Kind::Title => 0,
                Kind::Facts => 1,
                Kind::Heading => 2,
                Kind::Greeting => 3,
                Kind::Paragraph | Kind::Note => 4,
            };
            term::terms(&row.words, |term| {
                counts[field] += 1;
                self.occurs(term, at as u32, field);
            });
        }
        for id in self.touched.drain(..) {
            self.terms[id as usize].finish(text, languages);
        }
        counts
    }

    fn occurs(&mut self, term: &str, row: u32, field: usize) {
        let id = if let Some(id) = self.ids.get(term) {
            *id
        } else {
            let id = self.terms.len() as u32;
            self.ids.insert(term.into(), id);
            self.terms.push(Collected::default());
            id
        };
        let of = &mut self.terms[id as usize];
        if of.count == 0 && of.elsewhere == [0; 4] {
            self.touched.push(id);
            (of.row, of.after) = (row, 0);
        } else if of.row != row {
            varint::push(&mut of.postings.rows, (of.row - of.after) << 1);
            (of.after, of.row) = (of.row + 1, row);
        }
        match of.elsewhere.get_mut(field) {
            Some(count) => *count = (*count + 1).min(3),
            None => of.count += 1,
        }
    }

    /// Returns the terms in the order of their bytes.
    pub fn finish(self) -> Vec<(Box<str>, Postings)> {
        let mut terms = self.terms;
        let of = |(term, id): (Box<str>, u32)| (term, std::mem::take(&mut terms[id as usize].postings));
        let mut sorted: Vec<(Box<str>, Postings)> = self.ids.into_iter().map(of).collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        sorted
    }
}

impl Collected {
    /// Writes what the text with this number has of the term.
    fn finish(&mut self, text: u32, languages: u32) {
        let postings = &mut self.postings;
        varint::push(&mut postings.list, text - self.next_text);
        let elsewhere = self.elsewhere.iter().rev().fold(0, |bits, count| bits << 2 | count);
        varint::push(&mut postings.list, self.count << 1 | u32::from(elsewhere > 0));
        if elsewhere > 0 {
            postings.list.push(elsewhere);
        }
        // Of a word that is there once, as most are, the row alone says everything.
        match (self.count, elsewhere) {
            (1, 0) => varint::push(&mut postings.rows, self.row),
            _ => varint::push(&mut postings.rows, (self.row - self.after) << 1 | 1),
        }
        postings.texts += 1;
        postings.languages |= languages;
        self.next_text = text + 1;
        (self.count, self.elsewhere) = (0, [0; 4]);
    }
}

/// A hasher for terms, of which a large collection has many millions.
#[derive(Default)]
pub struct TermHasher(u64);

impl Hasher for TermHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxh3_64(bytes);
    }

    // A string ends with a byte that says so, which adds nothing here.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
