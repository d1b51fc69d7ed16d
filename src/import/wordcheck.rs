//! What an original says against what its draft says: the same letters and digits, in the same order.
//!
//! This shares no code with what mends texts. Of `Mended` it believes nothing but which lines were taken out, and the draft
//! it takes as the site's own reader shows it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::mended::{Reason, Removal};
use super::pages::Pages;

/// Where the draft says something else than its original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the original; its last line if the draft says more than the original.
    pub line: u32,
    /// What the original says there, as letters and digits.
    pub original: String,
    /// What the draft says there.
    pub draft: String,
}

/// Letters of a difference that are shown.
const SHOWN: usize = 40;

/// Compares an original, less the lines that were taken out, with the words of its draft.
pub fn check(pages: &Pages, removals: &[Removal], draft: &str) -> Result<(), Difference> {
    let removed: BTreeSet<u32> = removals.iter().map(|removal| removal.line).collect();
    let kept = pages.lines().filter(|line| !removed.contains(&line.number));
    let mut said = letters(draft).peekable();
    let mut last = 0;
    for line in kept {
        let mut written = letters(&line.text).peekable();
        while let Some(letter) = written.peek() {
            if said.peek() != Some(letter) {
                let (original, draft) = (written.take(SHOWN).collect(), said.take(SHOWN).collect());
                return Err(Difference { line: line.number, original, draft });
            }
            written.next();
            said.next();
        }
        last = line.number;
    }
    if said.peek().is_some() {
        return Err(Difference { line: last, original: String::new(), draft: said.take(SHOWN).collect() });
    }
    Ok(())
}

/// Returns the letters and digits of a text in compatibility form (NFKC, UAX #15). Tatweel is no letter: it draws a word out.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().filter(|c| c.is_alphanumeric() && *c != '\u{640}')
}

/// Returns how many in a thousand of an original's letters and digits were taken out. What the front matter says now does
/// not count, and what the format says is not of the text was never among them.
pub fn removed_per_mille(pages: &Pages, removals: &[Removal]) -> usize {
    let all: usize = pages.lines().map(|line| letters(&line.text).count()).sum();
    let counted = removals.iter().filter(|removal| removal.line > 0 && removal.reason != Reason::TextStatus);
    let removed: usize = counted.map(|removal| letters(&removal.text).count()).sum();
    removed * 1000 / all.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::{Line, Markup, Page};

    fn pages(text: &str) -> Pages {
        let lines = text.lines().zip(1..).map(|(line, number)| Line::plain(number, line)).collect();
        let pages = vec![Page { size: None, lines }];
        Pages {
            reader: String::new(),
            markup: Markup::Plain,
            language: None,
            ocr: None,
            pages,
            left_out: Vec::new(),
            doubts: Vec::new(),
        }
    }

    #[test]
    fn a_draft_that_says_something_else_is_refused_with_the_place() {
        let removal = Removal { line: 2, text: "7".into(), reason: Reason::PageNumber };
        for (original, removals, draft, expect) in [
            ("One-\ntwo ﬁrst 72\u{207f}ᵈ", vec![], "Onetwo first 72nd", None),
            ("One\n7\ntwo", vec![removal.clone()], "One two", None),
            ("One\n7\ntwo", vec![], "One two", Some((2, "7", "two"))),
            ("One\n7\ntwo", vec![removal.clone()], "One 7 two", Some((3, "two", "7two"))),
            ("One\ntwo three", vec![], "One two thre", Some((2, "e", ""))),
            ("One", vec![], "One more", Some((1, "", "more"))),
            ("One", vec![], "one", Some((1, "One", "one"))),
            ("نيويـــورك", vec![], "نيويورك", None),
        ] {
            let difference = check(&pages(original), &removals, draft).err();
            let difference = difference.as_ref().map(|d| (d.line, d.original.as_str(), d.draft.as_str()));
            assert_eq!(difference, expect, "{original} | {draft}");
        }
    }

    #[test]
    fn what_was_taken_out_is_measured() {
        let removal = |reason| Removal { line: 1, text: "Page 1".into(), reason };
        let pages = pages("Page 1\nand twenty letters more");
        assert_eq!(removed_per_mille(&pages, &[removal(Reason::PageNumber)]), 200);
        assert_eq!(removed_per_mille(&pages, &[removal(Reason::TextStatus)]), 0);
    }
}
