//! Asterisks that fail to start or end emphasis because they are next to punctuation -> the edits that fix this.
//!
//! CommonMark ends no emphasis after punctuation unless a space or punctuation follows (the rules on right-flanking
//! delimiter runs), so `**“强调”**后` is not emphasis: Chinese words have no spaces between them.

use std::ops::Range;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{JOINT, Layout, Round, Splice};

/// [`JOINT`] as text.
const MARK: &str = "\u{fdd0}";

impl Round<'_> {
    pub(super) fn emphasis(&mut self, layout: &Layout) {
        if layout.stars.is_empty() {
            return;
        }
        for (run, at) in candidates(self.text) {
            if layout.stars.range(run.clone()).next().is_some() && !layout.is_code(run.start) {
                self.edits.push((at, Splice::Insert(MARK)));
            }
        }
    }
}

/// Returns the runs of asterisks between punctuation and a letter, each with the byte on the side of the punctuation
/// where a mark would let it start or end emphasis.
pub(super) fn candidates(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let start = memchr::memchr(b'*', &text.as_bytes()[rest..])? + rest;
            let end = start + text[start..].bytes().take_while(|byte| *byte == b'*').count();
            rest = end;
            let (Some(before), Some(after)) = (text[..start].chars().next_back(), text[end..].chars().next()) else {
                continue;
            };
            if is_punctuation(before) && after.is_alphanumeric() {
                return Some((start..end, start));
            }
            if before.is_alphanumeric() && is_punctuation(after) {
                return Some((start..end, end));
            }
        }
    })
}

/// Returns whether Markdown treats a character as punctuation. A backslash does not count, as it escapes what follows.
fn is_punctuation(c: char) -> bool {
    let group = c.general_category_group();
    c != '\\' && c != JOINT && matches!(group, GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}
