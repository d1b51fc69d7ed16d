//! `Pages` -> `Mended`: lines into whole blocks, and what was damaged on the way here made good.
//!
//! Each rule is a function with a table of cases. A rule that is not sure leaves the text as it is and adds a doubt.

mod characters;
mod furniture;
mod joining;
mod kinds;
mod layout;
mod marks;
pub(super) mod scripts;
mod words;

pub use joining::is_salutation;

use super::mended::{Block, Mended, Repair};
use super::pages::{Doubt, Kind, Line, Markup, Pages};
pub(super) use joining::is_marked;
use layout::{Flow, Layout};
use words::Vocabulary;

/// Mends a text.
pub fn mend(pages: &Pages) -> Mended {
    match pages.markup {
        Markup::Plain => mend_plain(pages),
        Markup::Markdown => keep_markdown(pages),
    }
}

/// What the rules changed, and what they were not sure of.
#[derive(Debug, Default)]
struct Notes {
    repairs: Vec<Repair>,
    doubts: Vec<Doubt>,
}

fn mend_plain(pages: &Pages) -> Mended {
    let mut notes = Notes { repairs: Vec::new(), doubts: pages.doubts.clone() };
    let lines = layout::lines(pages, &mut notes);
    let (lines, taken) = furniture::remove(lines, &mut notes);
    let vocabulary = Vocabulary::of(lines.iter().map(|line| line.text.as_str()));
    let flow = Flow::of(lines);
    let layout = Layout::of(&flow);
    let mut blocks = joining::join(&flow, &layout, &vocabulary, &mut notes);
    for joined in &mut blocks {
        words::repair(&mut joined.block, &vocabulary, &mut notes);
    }
    let mut blocks = kinds::kinds(blocks, &mut notes);
    marks::place(&mut blocks, pages, &taken);
    let removals = [furniture::left_out(pages), taken].concat();
    Mended { markup: Markup::Plain, blocks, removals, repairs: notes.repairs, doubts: notes.doubts }
}

/// Markdown is whole already: what stands between blank lines stays as it is written.
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
