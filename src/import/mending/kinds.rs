//! Blocks -> the kind of each: a paragraph, a heading, an item.

use super::joining::Joined;
use super::notes::Notes;
use super::openings::{is_bullet, is_salutation};
use super::scripts::{ends_clause, ends_sentence, first_letter, share_of_capitals};
use crate::import::mended::Block;
use crate::import::pages::{Doubt, Kind};

/// Decides the kind of each block. The format's declarations hold, except that a declared paragraph may look like a
/// heading.
pub(super) fn kinds(blocks: Vec<Joined>, notes: &mut Notes) -> Vec<Block> {
    let all: String = blocks.iter().map(|joined| joined.block.text.as_str()).collect();
    let shouted = share_of_capitals(&all).is_some_and(|share| share > 0.5);
    let begins = blocks.iter().position(|joined| is_paragraph(&joined.block.text)).unwrap_or(0);
    // If much of a text is bold, bold does not mark a heading.
    let stands_out = blocks.iter().filter(|joined| joined.bold).count() * 3 < blocks.len();
    let mut kinds = Vec::with_capacity(blocks.len());
    for (i, joined) in blocks.iter().enumerate() {
        let before = kinds.last();
        // A format that declares headings and items is believed; one that declares only paragraphs may mean anything.
        let said = joined.kind.filter(|kind| *kind != Kind::Paragraph);
        let kind = said.unwrap_or_else(|| match likely(joined, blocks.get(i + 1)) {
            _ if is_item(&blocks, i) => Kind::Item(0),
            Likely::Heading if !shouted && i > 0 && before.is_none_or(|kind| !matches!(kind, Kind::Heading(_))) => {
                Kind::Heading(2)
            }
            Likely::Perhaps if joined.bold && stands_out && i > begins => Kind::Heading(2),
            Likely::Perhaps if !shouted && i > begins => {
                notes.doubts.push(Doubt {
                    line: joined.block.line,
                    column: 1,
                    message: format!("`{}` may be a heading", joined.block.text),
                    help: "if it is one, put `## ` before it in the draft",
                });
                Kind::Paragraph
            }
            _ => Kind::Paragraph,
        });
        kinds.push(kind);
    }
    blocks.into_iter().zip(kinds).map(|(joined, kind)| block(joined.block, kind)).collect()
}

/// Makes a block of a kind. The bullet of an item becomes Markdown's own, so it is removed from the words.
fn block(block: Block, kind: Kind) -> Block {
    let text = match (kind, block.text.split_once(' ')) {
        (Kind::Item(_), Some((bullet, rest))) if is_bullet(bullet) => rest.trim_start().to_owned(),
        _ => block.text,
    };
    Block { kind, text, ..block }
}

/// Returns whether a block begins with a bullet; a dash counts only if a neighbour has the same.
fn is_item(blocks: &[Joined], i: usize) -> bool {
    let mark = |i: usize| blocks.get(i).and_then(|joined| joined.block.text.split_once(' ')).map(|(mark, _)| mark);
    let Some(own) = mark(i).filter(|mark| is_bullet(mark)) else { return false };
    let neighbour = mark(i + 1) == Some(own) || i > 0 && mark(i - 1) == Some(own);
    neighbour || !matches!(own, "-" | "–" | "*" | "·")
}

/// A longer line, in characters, is not a heading.
const LONGEST: usize = 80;
/// The minimum length of a paragraph below a heading, in characters.
const PARAGRAPH: usize = 80;

/// How likely a block is a heading.
enum Likely {
    Heading,
    Perhaps,
    Not,
}

/// Returns whether a block is a heading: one short line, set apart, with a paragraph below it.
fn likely(joined: &Joined, next: Option<&Joined>) -> Likely {
    let text = joined.block.text.as_str();
    let alone = joined.apart && joined.lines == 1 && text.chars().count() <= LONGEST;
    let over = next.is_some_and(|next| is_paragraph(&next.block.text));
    if !alone
        || !over
        || ends_sentence(text)
        || ends_clause(text)
        || is_salutation(text)
        || text.starts_with(['(', '[', '"', '“', '«', '*', '-', '–'])
    {
        return Likely::Not;
    }
    let roman = text
        .split_once(". ")
        .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|b| b"IVX".contains(&b)));
    // A time of day is mostly digits and signs: `10:12 A.M. EDT`.
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_worded = letters > 3 && letters * 2 > text.chars().filter(|c| !c.is_whitespace()).count();
    if share_of_capitals(text).is_some_and(|share| share > 0.9) && is_worded || roman {
        return Likely::Heading;
    }
    match first_letter(text) {
        Some(c) if c.is_uppercase() => Likely::Perhaps,
        _ => Likely::Not,
    }
}

fn is_paragraph(text: &str) -> bool {
    text.chars().count() >= PARAGRAPH && ends_sentence(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mending::mend;
    use crate::import::original::Original;
    use crate::import::reading::Ocr;

    const TEXT: &str =
        "We have come to this hall in the hope that what was begun in the spring will be ended before the snow.";

    #[test]
    fn blocks_get_the_kind_that_they_look_like() {
        use Kind::{Heading, Item, Paragraph};
        let capitals = TEXT.to_uppercase();
        for (text, expect, doubts) in [
            (format!("{TEXT}\n\nNUCLEAR DISARMAMENT\n\n{TEXT}\n"), vec![Paragraph, Heading(2), Paragraph], 0),
            (format!("{TEXT}\n\nII. The way ahead\n\n{TEXT}\n"), vec![Paragraph, Heading(2), Paragraph], 0),
            (format!("{TEXT}\n\nThe way ahead\n\n{TEXT}\n"), vec![Paragraph; 3], 1),
            (format!("{TEXT}\n\n9:05 P.M. CET\n\n{TEXT}\n"), vec![Paragraph; 3], 0),
            (format!("{capitals}\n\nMADAM PRESIDENT\n\n{capitals}\n"), vec![Paragraph; 3], 0),
            (format!("{TEXT}\n\nMR. PRESIDENT\n\n{TEXT}\n"), vec![Paragraph; 3], 0),
            (format!("{TEXT}\n\n• one\n\n• two\n\n{TEXT}\n"), vec![Paragraph, Item(0), Item(0), Paragraph], 0),
            (format!("{TEXT}\n\n– one\n\n– two\n"), vec![Paragraph, Item(0), Item(0)], 0),
            (format!("{TEXT}\n\n– a dash\n\n{TEXT}\n"), vec![Paragraph; 3], 0),
            (format!("{TEXT}\n\nThank you\n"), vec![Paragraph; 2], 0),
        ] {
            let pages =
                crate::import::reading::read(&Original::new("a.txt", None, text.as_bytes()), Ocr::Never).unwrap();
            let mended = mend(&pages);
            let kinds: Vec<Kind> = mended.blocks.iter().map(|block| block.kind).collect();
            assert_eq!((kinds, mended.doubts.len()), (expect, doubts), "{text}");
        }
    }
}
