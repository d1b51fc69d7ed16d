//! A passage that someone quotes, and an index -> where it comes from, and which words differ.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::alignment::{Step, align};
use super::reader::Reader;
use super::text::{BODY, Text};
use crate::language::term::{terms, tokens};

/// What is known of a quoted passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Whether a text has it, apart from the differences.
    pub found: bool,
    /// The shard and the number of the nearest text.
    pub text: (usize, u32),
    /// The row with its first words.
    pub row: u32,
    /// The share of its words that are the same and in the same order, from 0 to 1.
    pub share: f64,
    /// The passage and the text, piece by piece.
    pub pieces: Vec<Piece>,
}

/// A piece of a passage, compared with what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that are in both.
    Same(String),
    /// Words that differ: what was said, and what is quoted.
    Changed(String, String),
    /// Words that were said and are not quoted; whether the passage says so by an ellipsis.
    LeftOut(String, bool),
    /// Words that are quoted and were not said.
    Added(String),
}

/// The most rows that are compared word for word.
const COMPARED: usize = 12;

/// The rarest words of a passage, by which rows are found.
const RAREST: usize = 20;

/// The least share of a passage that must be right for it to be called found.
const FOUND: f64 = 0.6;

/// Finds the text that a passage comes from, or else the nearest; `None` if no text has any of its words.
pub fn check(reader: &Reader<'_>, passage: &str) -> Option<Checked> {
    let quoted = Words::of_passage(passage);
    if quoted.letters.is_empty() {
        return None;
    }
    let checked = candidates(reader, passage).into_iter().filter_map(|(shard, number, row)| {
        let text = reader.text(shard, number)?;
        compare(&quoted, passage, &text, row).map(|(row, share, is_found, pieces)| Checked {
            found: is_found,
            text: (shard, number),
            row,
            share,
            pieces,
        })
    });
    // Of equally good ones the earliest wins, because candidates are in the order of the index.
    checked.max_by(|a, b| a.share.total_cmp(&b.share).then(b.text.cmp(&a.text)).then(b.row.cmp(&a.row)))
}

/// Returns the rows that share the rarest words of a passage, most of them first.
fn candidates(reader: &Reader<'_>, passage: &str) -> Vec<(usize, u32, u32)> {
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    terms(passage, |term| wanted.extend([term.to_owned()]));
    let mut words: Vec<_> =
        wanted.iter().filter_map(|term| reader.word(term)).filter(|word| word.texts() > 0).collect();
    words.sort_by_key(|word| word.texts());
    let mut scores: BTreeMap<(usize, u32, u32), f64> = BTreeMap::new();
    let all = reader.root.texts as f64;
    for (at, word) in words.iter().take(RAREST).enumerate() {
        // A word of half of all texts is no evidence once a few rarer words have been looked up.
        if at >= 4 && f64::from(word.texts()) > all / 2.0 && !scores.is_empty() {
            break;
        }
        let rarity = (1.0 + all / f64::from(word.texts())).ln();
        for posted in &word.postings {
            for mut hit in word.hits(posted.shard) {
                hit.rows.dedup();
                for row in hit.rows.iter().filter(|row| **row as usize >= BODY) {
                    *scores.entry((posted.shard, hit.text, *row)).or_default() += rarity;
                }
            }
        }
    }
    // A passage may go on in the next row.
    let with_next = |(shard, text, row): (usize, u32, u32), own: f64| {
        own + scores.get(&(shard, text, row + 1)).copied().unwrap_or(0.0) / 2.0
    };
    let mut found: Vec<((usize, u32, u32), f64)> =
        scores.iter().map(|(place, own)| (*place, with_next(*place, *own))).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.into_iter().take(COMPARED).map(|(place, _)| place).collect()
}

/// Compares a passage with the words from a row on. Returns the row of its first words, the share that is right,
/// whether that is enough, and the pieces.
fn compare(quoted: &Words, passage: &str, text: &Text, row: u32) -> Option<(u32, f64, bool, Vec<Piece>)> {
    // The row before may have the beginning, and those after it the rest.
    let first = (row as usize).saturating_sub(1).max(BODY);
    let mut joined = String::new();
    let mut starts = Vec::new();
    let mut said = Words::default();
    for (at, row) in text.rows.iter().enumerate().skip(first) {
        if at > row_limit(first) && said.letters.len() > 3 * quoted.letters.len() + 200 {
            break;
        }
        starts.push((said.letters.len(), at as u32));
        let offset = joined.len();
        joined.push_str(&row.words);
        joined.push(' ');
        said.add(&row.words, offset);
    }
    let aligned = align(&quoted.letters, &said.letters, &quoted.breaks)?;
    let same = aligned.steps.iter().filter(|step| matches!(step, Step::Same(..))).count();
    let share = (1.0 - aligned.cost).max(0.0).min(same as f64 / quoted.letters.len() as f64 + 0.2);
    let row = starts.iter().rev().find(|(start, _)| *start <= aligned.first).map_or(row, |(_, row)| *row);
    // Words of an invented passage are in every text, but not next to one another.
    let mut runs = 0;
    for run in aligned.steps.chunk_by(|a, b| matches!((a, b), (Step::Same(..), Step::Same(..)))) {
        if matches!(run[0], Step::Same(..)) && run.len() >= 3 {
            runs += run.len();
        }
    }
    let is_found = share >= FOUND && runs * 2 >= same && same * 2 >= quoted.letters.len();
    let pieces = pieces(&aligned.steps, (passage, quoted), (&joined, &said));
    Some((row, share, is_found, pieces))
}

/// Returns the last row that is compared in any case.
fn row_limit(first: usize) -> usize {
    first + 2
}

/// Joins the steps of an alignment to pieces of text.
fn pieces(steps: &[Step], quoted: (&str, &Words), said: (&str, &Words)) -> Vec<Piece> {
    let span = |(text, words): (&str, &Words), at: &[usize]| match (at.first(), at.last()) {
        (Some(first), Some(last)) => text[words.ranges[*first].start..words.ranges[*last].end].to_owned(),
        _ => String::new(),
    };
    let is_same = |step: &Step| matches!(step, Step::Same(..));
    let mut pieces = Vec::new();
    for run in steps.chunk_by(|a, b| is_same(a) == is_same(b)) {
        let of_quoted: Vec<usize> = run.iter().filter_map(Step::quoted).collect();
        let of_said: Vec<usize> = run.iter().filter_map(Step::said).collect();
        let marked = run.iter().any(|step| matches!(step, Step::LeftOut(_, true)));
        pieces.push(match (is_same(&run[0]), of_quoted.is_empty(), of_said.is_empty()) {
            (true, _, _) => Piece::Same(span(said, &of_said)),
            (false, true, _) => Piece::LeftOut(span(said, &of_said), marked),
            (false, false, true) => Piece::Added(span(quoted, &of_quoted)),
            (false, false, false) => Piece::Changed(span(said, &of_said), span(quoted, &of_quoted)),
        });
    }
    pieces
}

/// The words of a text with their places.
#[derive(Default)]
struct Words {
    letters: Vec<String>,
    ranges: Vec<Range<usize>>,
    /// The numbers of the words before which the passage says that something is left out.
    breaks: BTreeSet<usize>,
}

impl Words {
    fn add(&mut self, text: &str, offset: usize) {
        tokens(text, |token| {
            self.letters.push(token.letters.to_owned());
            self.ranges.push(offset + token.text.start..offset + token.text.end);
        });
    }

    /// Takes the words of a passage; ellipses and `[sic]` are not words.
    fn of_passage(passage: &str) -> Words {
        let mut words = Words::default();
        let mut at = 0;
        let bytes = passage.as_bytes();
        while at < passage.len() {
            let rest = &passage[at..];
            let next = ["…", "...", "[sic]", "[…]", "[...]", ". . ."]
                .iter()
                .filter_map(|mark| Some((rest.find(mark)?, *mark)))
                .min();
            let (end, mark) = next.map_or((rest.len(), ""), |(end, mark)| (end, mark));
            words.add(&rest[..end], at);
            if !mark.is_empty() && mark != "[sic]" {
                words.breaks.insert(words.letters.len());
            }
            at += end + mark.len();
            // Four dots are an ellipsis and a full stop.
            while mark.contains('.') && bytes.get(at) == Some(&b'.') {
                at += 1;
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_read_without_its_marks() {
        let words = Words::of_passage("We said [sic] … that it. . . . is [...] so....");
        assert_eq!(words.letters, ["we", "said", "that", "it", "is", "so"]);
        assert_eq!(words.breaks, [2, 4, 5, 6].into());
    }
}
