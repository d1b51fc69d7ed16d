//! An index -> whether it finds what is in it: phrases, known paragraphs, quotations, all drawn by a seed.

use std::collections::{BTreeMap, BTreeSet};

use plenary::language::term::tokens;
use plenary::search::find::{Scored, find};
use plenary::search::marks::best_rows;
use plenary::search::query::Query;
use plenary::search::quote::{self, Piece};
use plenary::search::reader::Reader;
use plenary::search::text::{BODY, Text};

/// A row of a text: shard, number, row, and its words.
pub(crate) struct Line {
    /// Its place.
    pub place: (usize, u32, u32),
    /// Its folded words.
    pub words: Vec<String>,
    /// Its words as they are written.
    pub written: Vec<String>,
}

/// Numbers drawn one after another, the same for the same seed (SplitMix64).
pub(crate) struct Chance(pub u64);

impl Chance {
    /// Returns a number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }
}

/// Reads all rows of all texts that are longer than a few words.
pub(crate) fn lines(reader: &Reader<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for shard in 0..reader.shards.len() {
        for number in 0..reader.shards[shard].head.texts as u32 {
            let Some(Text { rows, .. }) = reader.text(shard, number) else { continue };
            for (row, of) in rows.iter().enumerate().skip(BODY) {
                let (mut words, mut written) = (Vec::new(), Vec::new());
                tokens(&of.words, |token| {
                    words.push(token.letters.to_owned());
                    written.push(of.words[token.text.clone()].to_owned());
                });
                lines.push(Line { place: (shard, number, row as u32), words, written });
            }
        }
    }
    lines
}

/// Returns how many of `count` phrases of five words are found exactly where they are.
pub(crate) fn phrases(reader: &Reader<'_>, lines: &[Line], count: usize, chance: &mut Chance) -> usize {
    let mut right = 0;
    for _ in 0..count {
        let Some((line, start)) = drawn(lines, 5, chance) else { break };
        let phrase = &line.words[start..start + 5];
        let expected: BTreeSet<(usize, u32, u32)> = lines
            .iter()
            .filter(|line| line.words.windows(5).any(|window| window == phrase))
            .map(|line| line.place)
            .collect();
        let query = Query::parse(&format!("\"{}\"", phrase.join(" ")));
        let answer = find(reader, &query, &[]);
        let rows = |shard, text| {
            reader.text(shard, text).map(|text| best_rows(&text, &answer.marks, None)).unwrap_or_default()
        };
        let found: BTreeSet<(usize, u32, u32)> = answer
            .results
            .iter()
            .flat_map(|Scored { text: (shard, text), .. }| {
                rows(*shard, *text).into_iter().map(|row| (*shard, *text, row))
            })
            .collect();
        if found == expected {
            right += 1;
        } else {
            println!("  phrase {:?}: {} found, {} expected", phrase.join(" "), found.len(), expected.len());
        }
    }
    right
}

/// Returns how many of `count` texts are first, and among the first three, when words that only one paragraph has
/// together are looked for: one rare word, two words, four words.
pub(crate) fn known(reader: &Reader<'_>, lines: &[Line], count: usize, chance: &mut Chance) -> (usize, usize, usize) {
    let mut of: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        line.words
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .for_each(|word| of.entry(word).or_default().push(at as u32));
    }
    let (mut drawn, mut first, mut three) = (0, 0, 0);
    for _ in 0..count * 1000 {
        if drawn == count {
            break;
        }
        let size = [1, 2, 4][drawn % 3];
        let at = chance.below(lines.len());
        let line = &lines[at];
        if line.words.len() < 8 {
            continue;
        }
        let words: BTreeSet<&str> = (0..size).map(|_| &*line.words[chance.below(line.words.len())]).collect();
        let rarest = words.iter().map(|word| &of[word]).min_by_key(|rows| rows.len());
        let has_all = |row: &u32| words.iter().all(|word| of[word].binary_search(row).is_ok());
        if words.len() < size || rarest.is_none_or(|rows| rows.iter().any(|row| *row != at as u32 && has_all(row))) {
            continue;
        }
        drawn += 1;
        let query = Query::parse(&words.iter().copied().collect::<Vec<_>>().join(" "));
        let results = find(reader, &query, &[]).results;
        let place = results.iter().position(|result| (result.text.0, result.text.1) == (line.place.0, line.place.1));
        first += usize::from(place == Some(0));
        three += usize::from(place.is_some_and(|place| place < 3));
        if place != Some(0) {
            println!("  known {words:?}: {place:?} of {}", results.len());
        }
    }
    (drawn, first, three)
}

/// The ways in which a quotation differs from what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It does not.
    Exact,
    /// One word in ten is another.
    Changed,
    /// A third is left out of the middle, without a sign.
    LeftOut,
    /// Its words are drawn from all texts.
    Invented,
}

/// Returns how many of `count` quotations are judged rightly: the paragraph they are from, or that none has them.
pub(crate) fn quotations(reader: &Reader<'_>, lines: &[Line], way: Way, count: usize, chance: &mut Chance) -> usize {
    let mut right = 0;
    for number in 0..count {
        let length = 12 + chance.below(40);
        let Some((line, start)) = drawn(lines, length, chance) else { break };
        let mut words: Vec<String> = line.written[start..start + length].to_vec();
        match way {
            Way::Exact => {}
            Way::Changed => {
                for at in (0..words.len()).filter(|at| at % 10 == 4) {
                    words[at] = word(lines, chance);
                }
            }
            Way::LeftOut => drop(words.drain(length / 3..length * 2 / 3)),
            Way::Invented => words = (0..length).map(|_| word(lines, chance)).collect(),
        }
        let passage = words.join(" ");
        let checked = quote::check(reader, &passage);
        let said = |place: (usize, u32, u32)| lines.iter().find(|line| line.place == place);
        let is_right = match (&checked, way) {
            (None, Way::Invented) => true,
            (None, _) => false,
            (Some(checked), Way::Invented) => !checked.found,
            // The same words may have been said elsewhere as well.
            (Some(checked), _) => {
                checked.found
                    && said((checked.text.0, checked.text.1, checked.row)).is_some_and(|found| {
                        let own = &line.words[start..start + 3.min(length)];
                        found.place == line.place || found.words.windows(own.len()).any(|window| window == own)
                    })
            }
        };
        right += usize::from(is_right);
        if !is_right || number < 2 {
            let pieces = checked.iter().flat_map(|checked| &checked.pieces).map(|piece| match piece {
                Piece::Same(words) => words.clone(),
                Piece::Changed(said, quoted) => format!("[-{said}-]{{+{quoted}+}}"),
                Piece::LeftOut(words, _) => format!("[-{words}-]"),
                Piece::Added(words) => format!("{{+{words}+}}"),
            });
            let share = checked.as_ref().map(|checked| checked.share);
            println!("  {way:?} {is_right} {share:?}: {}", pieces.collect::<Vec<_>>().join(" "));
        }
    }
    right
}

/// Draws a row and where so many of its words begin.
fn drawn<'l>(lines: &'l [Line], length: usize, chance: &mut Chance) -> Option<(&'l Line, usize)> {
    (0..100_000).find_map(|_| {
        let line = &lines[chance.below(lines.len())];
        (line.words.len() >= length).then(|| (line, chance.below(line.words.len() - length + 1)))
    })
}

fn word(lines: &[Line], chance: &mut Chance) -> String {
    loop {
        let line = &lines[chance.below(lines.len())];
        if !line.written.is_empty() {
            return line.written[chance.below(line.written.len())].clone();
        }
    }
}
