//! The texts of a shard -> for each term, the texts that have it, how often, in which rows, and next to what.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use super::bits::{Average, BitReader, BitWriter};
use super::sides::{Seen, sides};
use super::text::{Kind, Row};
use super::varint;
use crate::language::term::tokens;

/// The postings of a term in one shard, as the index has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// How many texts have the term.
    pub texts: u32,
    /// The algorithms of the languages of these texts, as bits (`classes`).
    pub languages: u32,
    /// The texts in ascending order, with how often each has it.
    pub list: Vec<u8>,
    /// The rows of each occurrence, and its sides if `has_sides`.
    pub rows: Vec<u8>,
    /// Whether the rows have sides.
    pub has_sides: bool,
}

/// A text that has a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number in the shard.
    pub text: u32,
    /// How often paragraphs and notes have the term.
    pub count: u32,
    /// How often the title, facts, headings and greetings have it, each at most 3.
    pub elsewhere: [u8; 4],
    /// The row of each occurrence, in ascending order: one with several is there several times.
    pub rows: Vec<u32>,
    /// The sides of each occurrence (`sides`); empty if the index does not have them.
    pub sides: Vec<u8>,
}

/// The number of rows that a text is expected to have before any is known.
const ROWS: u32 = 64;

/// A term has no sides if it is more than one in this many words of a shard, and occurs more than `ALWAYS` times: a
/// list that long is hardly ever read for a phrase.
const COMMON: u32 = 64;
const ALWAYS: u32 = 1024;

/// Collects the postings of a shard, text by text.
#[derive(Default)]
pub struct Inverter {
    ids: HashMap<Box<str>, u32, BuildHasherDefault<TermHasher>>,
    terms: Vec<Collected>,
    /// The terms of the current text.
    touched: Vec<u32>,
    /// How many texts and words there are up to here.
    texts: u32,
    words: u32,
}

/// A term while its postings are being collected. How many texts have it is known only at the end, and only then can
/// its numbers be written in the fewest bits.
#[derive(Default)]
struct Collected {
    texts: u32,
    languages: u32,
    /// For each text its distance from the one before, the count, and what is elsewhere.
    list: Vec<u8>,
    /// For each occurrence the distance of its row from that of the one before.
    rows: Vec<u8>,
    /// The sides of each occurrence.
    sides: Vec<u8>,
    /// The text after the last one that has it.
    next_text: u32,
    /// How often the current text has it in paragraphs and notes, and in all rows.
    count: u32,
    occurrences: u32,
    /// How often it has it in the title, facts, headings and greetings, each at most 3.
    elsewhere: [u8; 4],
    /// The row of the last occurrence in the current text.
    row: u32,
}

impl Inverter {
    /// Adds a text with a number higher than those before; `languages` is the bit of its language's algorithm.
    /// Returns the number of its words by field: title, facts, headings, greetings, all others.
    pub fn add(&mut self, text: u32, rows: &[Row], languages: u32) -> [u32; 5] {
        let mut counts = [0; 5];
        let (mut letters, mut ends, mut seen, mut pair) = (String::new(), Vec::new(), Vec::new(), String::new());
        for (at, row) in rows.iter().enumerate() {
            let field = match row.kind {
                Kind::Title => 0,
                Kind::Facts => 1,
                Kind::Heading => 2,
                Kind::Greeting => 3,
                Kind::Paragraph | Kind::Note => 4,
            };
            // The sides of a word are known only when the words after it are.
            letters.clear();
            ends.clear();
            seen.clear();
            tokens(&row.words, |token| {
                letters.push_str(token.letters);
                ends.push((letters.len(), token.joined));
                seen.push(Seen::of(token.letters));
            });
            let mut start = 0;
            let mut before = "";
            for (word, (end, joined)) in ends.iter().enumerate() {
                let own = &letters[start..*end];
                if *joined {
                    pair.clear();
                    pair.push_str(before);
                    pair.push_str(own);
                    counts[field] += 1;
                    self.occurs(&pair, at as u32, field, sides(&seen, word - 1, word));
                }
                counts[field] += 1;
                self.occurs(own, at as u32, field, sides(&seen, word, word));
                (start, before) = (*end, own);
            }
        }
        for id in self.touched.drain(..) {
            self.terms[id as usize].finish(text, languages);
        }
        self.texts = text + 1;
        self.words += counts.iter().sum::<u32>();
        counts
    }

    fn occurs(&mut self, term: &str, row: u32, field: usize, sides: u8) {
        let id = if let Some(id) = self.ids.get(term) {
            *id
        } else {
            let id = self.terms.len() as u32;
            self.ids.insert(term.into(), id);
            self.terms.push(Collected::default());
            id
        };
        let of = &mut self.terms[id as usize];
        if of.occurrences == 0 {
            self.touched.push(id);
        }
        varint::push(&mut of.rows, row - of.row);
        of.sides.push(sides);
        of.row = row;
        of.occurrences += 1;
        match of.elsewhere.get_mut(field) {
            Some(count) => *count = (*count + 1).min(3),
            None => of.count += 1,
        }
    }

    /// Returns the terms in the order of their bytes.
    pub fn finish(self) -> Vec<(Box<str>, Postings)> {
        let (mut terms, texts, most) = (self.terms, self.texts, ALWAYS.max(self.words / COMMON));
        let of = |(term, id): (Box<str>, u32)| (term, std::mem::take(&mut terms[id as usize]).encode(texts, most));
        let mut sorted: Vec<(Box<str>, Postings)> = self.ids.into_iter().map(of).collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        sorted
    }
}

impl Collected {
    /// Notes what the text with this number has of the term.
    fn finish(&mut self, text: u32, languages: u32) {
        let elsewhere = self.elsewhere.iter().rev().fold(0, |bits, count| bits << 2 | u32::from(*count));
        varint::push(&mut self.list, text - self.next_text);
        varint::push(&mut self.list, self.count);
        varint::push(&mut self.list, self.occurrences);
        varint::push(&mut self.list, elsewhere);
        self.texts += 1;
        self.languages |= languages;
        self.next_text = text + 1;
        (self.count, self.occurrences, self.elsewhere, self.row) = (0, 0, [0; 4], 0);
    }

    /// Writes the postings; `texts` is the number of texts of the shard, `most` that of occurrences that have sides.
    fn encode(self, texts: u32, most: u32) -> Postings {
        let (mut list, mut rows) = (BitWriter::default(), BitWriter::default());
        let (mut gaps, mut counts, mut lengths) = averages(texts, self.texts);
        let (mut taken, mut places) = (&*self.list, &*self.rows);
        let mut next = || varint::take(&mut taken).unwrap_or_default();
        for _ in 0..self.texts {
            let (gap, count, occurrences, elsewhere) = (next(), next(), next(), next());
            gaps.push(&mut list, gap);
            let is_elsewhere = u32::from(elsewhere > 0);
            list.push(is_elsewhere, 1);
            counts.push(&mut list, count + is_elsewhere - 1);
            if elsewhere > 0 {
                list.push(elsewhere, 8);
                rows.push_unary(occurrences - count - sum(elsewhere));
            }
            let width = Average::width(lengths.value() / (occurrences + 1));
            let mut row = 0;
            for _ in 0..occurrences {
                let gap = varint::take(&mut places).unwrap_or_default();
                rows.push_rice(gap, width);
                row += gap;
            }
            lengths.add(row / occurrences * (occurrences + 1));
        }
        let mut rows = rows.finish();
        let has_sides = self.sides.len() <= most as usize;
        if has_sides {
            rows.extend_from_slice(&self.sides);
        }
        Postings { texts: self.texts, languages: self.languages, list: list.finish(), rows, has_sides }
    }
}

/// Returns what is expected of the distances of texts, of counts, and of the rows of a text, where `with` of `texts` texts
/// have a term.
fn averages(texts: u32, with: u32) -> (Average, Average, Average) {
    (Average::new(texts / (with + 1)), Average::new(1), Average::new(ROWS))
}

/// Returns the four counts in a byte together.
fn sum(elsewhere: u32) -> u32 {
    [0, 2, 4, 6].iter().map(|shift| elsewhere >> shift & 3).sum()
}

/// Decodes postings: `texts` is the number of texts of the shard, `with` that of the texts that have the term. What is
/// damaged gives other hits, but never more of them.
pub fn decode(list: &[u8], rows: &[u8], has_sides: bool, texts: u32, with: u32) -> Vec<Hit> {
    let (mut list, mut places) = (BitReader::new(list), BitReader::new(rows));
    let (mut gaps, mut counts, mut lengths) = averages(texts, with);
    let (mut hits, mut text) = (Vec::with_capacity(with as usize), 0_u32);
    for _ in 0..with {
        text = text.saturating_add(gaps.take(&mut list));
        let is_elsewhere = list.take(1);
        let count = (counts.take(&mut list) + 1).saturating_sub(is_elsewhere);
        let (mut elsewhere, mut occurrences) = (0, count);
        if is_elsewhere == 1 {
            elsewhere = list.take(8);
            occurrences += sum(elsewhere) + places.take_unary();
        }
        // An occurrence takes a bit at least.
        if occurrences as usize > rows.len() * 8 {
            break;
        }
        let width = Average::width(lengths.value() / (occurrences + 1));
        let mut row = 0_u32;
        let of: Vec<u32> = (0..occurrences)
            .map(|_| {
                row = row.saturating_add(places.take_rice(width));
                row
            })
            .collect();
        lengths.add((row / occurrences.max(1)).saturating_mul(occurrences + 1));
        let elsewhere = [0, 2, 4, 6].map(|shift| (elsewhere >> shift & 3) as u8);
        hits.push(Hit { text, count, elsewhere, rows: of, sides: Vec::new() });
        text = text.saturating_add(1);
    }
    if has_sides {
        let mut sides = places.rest();
        for hit in &mut hits {
            let (own, rest) = sides.split_at(hit.rows.len().min(sides.len()));
            (hit.sides, sides) = (own.to_vec(), rest);
        }
    }
    hits
}

/// A hasher for terms, of which a large collection has many millions.
#[derive(Default)]
pub struct TermHasher(u64);

impl Hasher for TermHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= xxh3_64(bytes);
    }

    // `str` hashes a terminating byte, which adds nothing here.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_come_back() {
        let row = |kind, words: &str| Row { kind, words: words.to_owned() };
        let mut inverter = Inverter::default();
        for text in [0, 1, 2, 7] {
            let mut rows = vec![row(Kind::Title, "Peace peace peace peace peace"), row(Kind::Facts, "Kazakhstan")];
            rows.extend(
                (0..text * 40)
                    .map(|at| row(Kind::Paragraph, if at % 9 == 0 { "of war and peace" } else { "外层空间" })),
            );
            rows.push(row(Kind::Heading, "War"));
            inverter.add(text, &rows, 1);
        }
        let terms = inverter.finish();
        let of = |term: &str| {
            let found = &terms[terms.binary_search_by(|(of, _)| (**of).cmp(term)).unwrap()].1;
            decode(&found.list, &found.rows, found.has_sides, 8, found.texts)
        };
        let war = of("war");
        assert_eq!(
            war.iter().map(|hit| (hit.text, hit.count, hit.elsewhere)).collect::<Vec<_>>(),
            [(0, 0, [0, 0, 1, 0]), (1, 5, [0, 0, 1, 0]), (2, 9, [0, 0, 1, 0]), (7, 32, [0, 0, 1, 0])]
        );
        assert_eq!(war[1].rows, [2, 11, 20, 29, 38, 42]);
        assert_eq!(war[1].sides[..5], [sides(&["of", "war", "and", "peace"].map(Seen::of), 1, 1); 5]);
        let peace = of("peace");
        assert_eq!((peace[0].count, peace[0].elsewhere, &*peace[0].rows), (0, [3, 0, 0, 0], &[0; 5][..]));
        assert_eq!(peace[1].rows[4..7], [0, 2, 11]);
        assert_eq!(of("层空")[0].sides[0], sides(&["外", "层", "空", "间"].map(Seen::of), 1, 2));
        assert!(of("kazakhstan").iter().all(|hit| hit.rows == [1]));
    }
}
