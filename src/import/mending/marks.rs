//! Marks of lines -> marks of the blocks that the lines were joined into.

use std::collections::BTreeSet;

use crate::import::mended::{Block, Removal};
use crate::import::pages::{Line, Pages, letters};

/// Gives each block the marks of its lines, in order.
///
/// No rule adds or removes a letter, so positions that count letters only have to be moved behind the earlier lines.
pub(super) fn place(blocks: &mut [Block], pages: &Pages, taken: &[Removal]) {
    let taken: BTreeSet<u32> = taken.iter().map(|removal| removal.line).collect();
    let mut lines = pages.lines().filter(|line| !taken.contains(&line.number)).peekable();
    for i in 0..blocks.len() {
        let end = blocks.get(i + 1).map_or(u32::MAX, |next| next.line);
        let mut before = 0;
        while let Some(line) = lines.next_if(|line| line.number < end) {
            blocks[i].marks.extend(line.marks.iter().map(|mark| mark.behind(before)));
            before += count(line);
        }
    }
}

/// Returns the number of letters of a line.
fn count(line: &Line) -> u32 {
    line.text.chars().map(letters).sum()
}

#[cfg(test)]
mod tests {
    use crate::import::mending::mend;
    use crate::import::pages::{Kind, Line};
    use crate::import::pages::{Mark, Markup, Page, Pages};

    #[test]
    fn marks_keep_to_their_letters_when_lines_are_joined_and_mended() {
        let lines = [
            "We have come to this hall in the",
            "hope that the  con-",
            "fidence will be here once more.",
            "• A last confidence",
        ];
        let mut lines: Vec<Line> = lines.iter().zip(1..).map(|(text, number)| Line::plain(number, *text)).collect();
        lines[2].marks = vec![Mark::Strong(0..7), Mark::Note { number: 1, letters: 23, signs: 1 }];
        lines[3].kind = Some(Kind::Item(0));
        lines[3].marks = vec![Mark::Emphasis(1..5)];
        let pages = vec![Page { size: None, lines }];
        let (reader, left_out, doubts) = (String::new(), Vec::new(), Vec::new());
        let (markup, suspect) = (Markup::Plain, Vec::new());
        let pages = Pages { reader, markup, language: None, ocr: None, pages, left_out, doubts, suspect };
        let blocks = mend(&pages).blocks;
        let [paragraph, item] = &blocks[..] else { panic!("{blocks:?}") };
        assert!(paragraph.text.ends_with("the confidence will be here once more."), "{}", paragraph.text);
        assert_eq!(paragraph.marks, [Mark::Strong(39..46), Mark::Note { number: 1, letters: 62, signs: 1 }]);
        assert_eq!((item.text.as_str(), &item.marks[..]), ("A last confidence", &[Mark::Emphasis(1..5)][..]));
    }
}
