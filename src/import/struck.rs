//! Words that their author struck out: the doubt about them, and the text without them.

use super::mended::{Block, Mended};
use super::pages::{Doubt, Mark, Pages, letters};

/// How many passages are shown.
const SHOWN: usize = 3;
/// Longest passage that is shown in full, in characters.
const LONGEST: usize = 60;

/// Returns a doubt if words of a text are struck out.
pub fn doubt(pages: &Pages) -> Option<Doubt> {
    let mut passages = Vec::new();
    for line in pages.lines() {
        for mark in &line.marks {
            if let Mark::Struck(range) = mark {
                passages.push((line.number, split_at_ranges(&line.text, std::slice::from_ref(range)).0));
            }
        }
    }
    let (line, _) = *passages.first().map(|(line, text)| (line, text)).as_ref()?;
    let shown: Vec<String> = passages.iter().take(SHOWN).map(|(_, text)| format!("`{}`", shortened(text))).collect();
    let more = if passages.len() > SHOWN { format!(" and {} more", passages.len() - SHOWN) } else { String::new() };
    Some(Doubt {
        line: *line,
        column: 0,
        message: format!("words are struck out: {}{more}; they are in the draft between `~~`", shown.join(", ")),
        help: "ask whether they were said; if not, delete them with their `~~`, otherwise the `~~` alone",
    })
}

fn shortened(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

/// Returns a text without its struck-out words, for finding what it says about itself; `None` if it has none. It has as
/// many blocks.
pub fn without(mended: &Mended) -> Option<Mended> {
    let is_struck = |mark: &Mark| matches!(mark, Mark::Struck(_));
    if !mended.blocks.iter().any(|block| block.marks.iter().any(is_struck)) {
        return None;
    }
    let unstruck = |block: &Block| {
        let ranges: Vec<_> = block
            .marks
            .iter()
            .filter_map(|mark| if let Mark::Struck(range) = mark { Some(range.clone()) } else { None })
            .collect();
        if ranges.is_empty() {
            return block.clone();
        }
        let rest = split_at_ranges(&block.text, &ranges).1;
        // Other marks count letters that were removed; nothing that uses this text needs them.
        Block { text: rest.split_whitespace().collect::<Vec<_>>().join(" "), marks: Vec::new(), ..block.clone() }
    };
    Some(Mended { blocks: mended.blocks.iter().map(unstruck).collect(), ..mended.clone() })
}

/// Splits a text into the words within ranges of its letters, and all others. Signs go with the letter before them.
fn split_at_ranges(text: &str, ranges: &[std::ops::Range<u32>]) -> (String, String) {
    let (mut within, mut without) = (String::new(), String::new());
    let mut at = 0;
    let mut is_within = false;
    for c in text.chars() {
        let count = letters(c);
        if count > 0 {
            is_within = ranges.iter().any(|range| range.contains(&at));
        }
        at += count;
        if is_within { within.push(c) } else { without.push(c) }
    }
    (within, without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::{Kind, Line, Markup, Page};

    fn block(text: &str, marks: Vec<Mark>) -> Block {
        Block { kind: Kind::Paragraph, text: text.to_owned(), line: 1, marks }
    }

    #[test]
    fn a_text_without_struck_out_words_has_the_others() {
        let blocks = vec![block("We do not support it.", vec![Mark::Struck(2..7)]), block("12 13 May", Vec::new())];
        let mended =
            Mended { markup: Markup::Plain, blocks, removals: Vec::new(), repairs: Vec::new(), doubts: Vec::new() };
        let texts: Vec<String> = without(&mended).unwrap().blocks.into_iter().map(|block| block.text).collect();
        assert_eq!(texts, ["We support it.", "12 13 May"]);
        assert_eq!(without(&Mended { blocks: mended.blocks[1..].to_vec(), ..mended }), None);
    }

    #[test]
    fn struck_out_words_are_reported() {
        let line =
            Line { marks: vec![Mark::Struck(2..7), Mark::Struck(14..16)], ..Line::plain(4, "We do not support it.") };
        let pages = Pages {
            reader: String::new(),
            markup: Markup::Plain,
            language: None,
            pages: vec![Page { size: None, lines: vec![line] }],
            ocr: None,
            left_out: Vec::new(),
            doubts: Vec::new(),
            suspect: Vec::new(),
        };
        let doubt = doubt(&pages).unwrap();
        assert_eq!(doubt.line, 4);
        assert!(doubt.message.starts_with("words are struck out: `do not`, `it.`; "), "{}", doubt.message);
    }
}
