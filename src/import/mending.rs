//! `Pages` -> `Mended`: lines become whole blocks, and damage from typesetting and conversion is repaired.
//!
//! Each rule is a function with a table of cases. A rule that is unsure leaves the text unchanged and adds a doubt.

mod again;
mod characters;
mod feet;
mod furniture;
mod hyphens;
mod joining;
mod kinds;
mod layout;
mod marks;
mod notes;
mod oddities;
mod openings;
pub(super) mod scripts;
mod words;

pub use openings::is_salutation;

use super::mended::{Block, Mended};
use super::pages::{Doubt, Kind, Line, Markup, Pages};
use hyphens::Vocabulary;
use layout::{Flow, Layout};
use notes::Notes;
pub(super) use openings::is_marked;

/// Mends a text.
pub fn mend(pages: &Pages) -> Mended {
    match pages.markup {
        Markup::Plain => mend_plain(pages),
        Markup::Markdown => keep_markdown(pages),
    }
}

/// Returns a line of an original in plain characters, as blocks have it.
pub fn plain_line(line: &str) -> String {
    characters::plain(line).0
}

/// Mends a text whose lines are plain words.
fn mend_plain(pages: &Pages) -> Mended {
    let mut notes = Notes { doubts: pages.doubts.clone(), ..Notes::default() };
    // First take out what is not part of the text: running heads, page numbers, letterheads, a title printed twice.
    let lines = layout::lines(pages, &mut notes);
    let heights: Vec<Option<f32>> = pages.pages.iter().map(|page| page.size.map(|(_, height)| height)).collect();
    let (lines, mut taken) = furniture::remove(lines, &heights, &mut notes);
    let (lines, of_letterhead) = feet::remove(lines);
    taken.extend(of_letterhead);
    let (lines, again) = again::remove(lines);
    taken.extend(again);
    oddities::spaced_out(&lines, &mut notes);
    // Then join lines into paragraphs. The text's own words say whether `co-` and `operation` are one word.
    let vocabulary = Vocabulary::of(lines.iter().map(|line| line.text.as_str()));
    let flow = Flow::of(lines);
    let layout = Layout::of(&flow);
    let mut blocks = joining::join(&flow, &layout, &vocabulary, &mut notes);
    for joined in &mut blocks {
        hyphens::undo_soft_hyphens(&mut joined.block, &vocabulary, &mut notes);
        words::repair(&mut joined.block, &vocabulary, &mut notes);
    }
    doubt_torn(pages, &mut notes);
    // Kinds and marks come last, because they count letters in the finished blocks.
    let mut blocks = kinds::kinds(blocks, &mut notes);
    oddities::twice(&blocks, &mut notes);
    marks::place(&mut blocks, pages, &taken);
    let removals = [furniture::left_out(pages), taken].concat();
    Mended { markup: Markup::Plain, blocks, removals, repairs: notes.repairs, doubts: notes.doubts }
}

/// Turns all words that may be torn into doubts, with their place in the original.
fn doubt_torn(pages: &Pages, notes: &mut Notes) {
    /// How many lines of a block are searched for the words.
    const FAR: usize = 200;
    for (first, words, what) in std::mem::take(&mut notes.torn) {
        let mut of_block = pages.lines().skip_while(|line| line.number < first).take(FAR);
        let place = of_block.find_map(|line| Some((line.number, line.text.split_once(&words)?.0)));
        let (line, column) = place.map_or((first, 0), |(line, before)| (line, before.chars().count() as u32 + 1));
        notes.doubts.push(Doubt {
            line,
            column,
            message: format!("`{words}` may be {what}"),
            help: "check the original, and correct the draft if necessary",
        });
    }
}

/// Markdown is already in blocks: everything between two blank lines is kept as written.
fn keep_markdown(pages: &Pages) -> Mended {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for Line { number, text, .. } in pages.lines() {
        let text = text.trim_end();
        if text.is_empty() {
            open = false;
        } else if let (true, Some(block)) = (open, blocks.last_mut()) {
            block.text.push('\n');
            block.text.push_str(text);
        } else {
            blocks.push(Block { kind: Kind::Paragraph, text: text.to_owned(), line: *number, marks: Vec::new() });
            open = true;
        }
    }
    let doubts = pages.doubts.clone();
    Mended { markup: Markup::Markdown, blocks, removals: Vec::new(), repairs: Vec::new(), doubts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::original::Original;
    use crate::import::reading::{Ocr, read};

    #[test]
    fn words_that_may_be_torn_are_reported_at_their_place() {
        let text = "We have come to this hall in the hope\nthat we mend what U nions began before it.\n";
        let mended = mend(&read(&Original::new("a.txt", None, text.as_bytes()), Ocr::Never).unwrap());
        let places: Vec<_> = mended.doubts.iter().map(|doubt| (doubt.line, doubt.column)).collect();
        assert_eq!(places, [(2, 19)], "{:?}", mended.doubts);
    }
}
