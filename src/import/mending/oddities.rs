//! Lines and blocks -> oddities in them that only a person can correct.

use std::collections::BTreeMap;

use super::layout::Row;
use super::notes::Notes;
use crate::import::mended::Block;
use crate::import::pages::{Doubt, letters};
use crate::language::scripts::{is_european, is_right_to_left};

/// The minimum number of words in a line for their lengths to be meaningful.
const WORDS: usize = 6;

/// Reports lines whose letters are spaced out, so that word boundaries are lost.
pub(super) fn spaced_out(rows: &[Row], notes: &mut Notes) {
    let is_spaced = |row: &&Row| {
        let words: Vec<&str> = row.text.split(' ').filter(|word| word.contains(char::is_alphabetic)).collect();
        // In other scripts a single letter can be a syllable or a word.
        let alphabetic =
            |word: &&&str| word.chars().all(|c| is_european(c) || !c.is_alphabetic() || is_right_to_left(c));
        let single = words.iter().filter(alphabetic).filter(|word| word.chars().map(letters).sum::<u32>() == 1).count();
        words.len() >= WORDS && single * 10 >= words.len() * 7
    };
    for row in rows.iter().filter(is_spaced) {
        notes.doubts.push(Doubt {
            line: row.number,
            column: row.indent as u32 + 1,
            message: "the letters of this line are spaced out, so that its words cannot be recognised".into(),
            help: "check the original, and write the words in the draft",
        });
    }
}

/// The minimum length of a paragraph that is not repeated by chance, in letters.
const LONG: usize = 80;
/// The minimum number of paragraphs that must occur twice.
const PARAGRAPHS: usize = 5;

/// Reports where a text begins a second time, if most of it is in its file twice.
pub(super) fn twice(blocks: &[Block], notes: &mut Notes) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut long, mut repeated) = (0, Vec::new());
    for block in blocks {
        let bare: String = block.text.chars().filter(|c| c.is_alphanumeric()).collect();
        if bare.chars().count() < LONG {
            continue;
        }
        long += 1;
        let times = seen.entry(bare).or_default();
        *times += 1;
        if *times == 2 {
            repeated.push(block.line);
        }
    }
    if repeated.len() >= PARAGRAPHS && repeated.len() * 3 >= long {
        notes.doubts.push(Doubt {
            line: repeated[0],
            column: 1,
            message: format!("from here on, {} of the text's long paragraphs are repeated", repeated.len()),
            help: "check the original, and delete from the draft what was not said twice",
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::Kind;

    #[test]
    fn lines_with_spaced_out_letters_are_reported() {
        for (text, noted) in [
            ("Ve r y n e x t t o u s , R u s s i a ’ s", true),
            ("A B C", false),
            ("Y o a la vez", false),
            ("We have come to this hall in the hope", false),
            ("1 2 3 4 5 6 7 8", false),
            ("할 수 있 는 그 날 이 또", false),
            ("و ي ع ل م و ن أ", true),
        ] {
            let mut notes = Notes::default();
            spaced_out(&[Row::plain(1, text, 0)], &mut notes);
            assert_eq!(!notes.doubts.is_empty(), noted, "{text}");
        }
    }

    #[test]
    fn a_text_that_occurs_twice_is_reported_where_it_begins_again() {
        let paragraphs: Vec<String> = (0..6).map(|i| format!("{i} {}", "We shall go on with it. ".repeat(6))).collect();
        let twice_over = [paragraphs.clone(), paragraphs.clone()].concat();
        let refrain = [paragraphs.clone(), paragraphs[..2].to_vec()].concat();
        for (paragraphs, line) in [(twice_over, Some(7)), (refrain, None), (paragraphs, None)] {
            let block = |(text, line)| Block { kind: Kind::Paragraph, text, line, marks: Vec::new() };
            let blocks: Vec<Block> = paragraphs.into_iter().zip(1..).map(block).collect();
            let mut notes = Notes::default();
            twice(&blocks, &mut notes);
            assert_eq!(notes.doubts.first().map(|doubt| doubt.line), line);
        }
    }
}
