//! The edits that fix problems -> a text with these edits applied.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Place;

/// A replacement of a part of a source file, where exactly one remedy is safe.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edit {
    /// The beginning of the part, or of the quotation mark before it.
    pub place: Place,
    /// The part as written. If it is not found at its place, nothing is changed.
    pub from: Box<str>,
    /// The replacement.
    pub to: Box<str>,
}

impl Edit {
    /// Creates the edit that replaces `from` with `to`.
    pub fn new(place: Place, from: &str, to: &str) -> Edit {
        Edit { place, from: from.into(), to: to.into() }
    }

    /// Returns the bytes that it replaces in the text of its file. `None` if the part is not there, because the file
    /// has changed or contains the part in another form, such as with an escape.
    pub fn range(&self, text: &str) -> Option<Range<usize>> {
        let before = (self.place.line as usize).checked_sub(1)?;
        let column = (self.place.column as usize).checked_sub(1)?;
        let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
        let line = text.get(start..)?.split('\n').next()?;
        let at = line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(column)?;
        let quote = usize::from(line[at..].starts_with(['"', '\'']));
        let rest = line[at + quote..].strip_prefix(&*self.from)?;
        // A longer word that merely starts with the part is a different word.
        let ends = rest.chars().next().is_none_or(|c| c.is_whitespace() || "\"',:;=]}".contains(c));
        let from = start + at + quote;
        ends.then(|| from..from + self.from.len())
    }
}

/// Applies all edits that can be applied, and returns the text and these edits. Of overlapping edits only the first is
/// applied, and duplicates of it count as applied.
pub fn apply<'a>(text: &str, edits: &[&'a Edit]) -> (String, Vec<&'a Edit>) {
    let mut found: Vec<(Range<usize>, &Edit)> = edits
        .iter()
        .filter_map(|edit| Some((edit.range(text)?, *edit)))
        .filter(|(_, edit)| edit.from != edit.to)
        .collect();
    found.sort_by(|(a, one), (b, other)| (a.start, a.end, one).cmp(&(b.start, b.end, other)));
    found.dedup();
    let (mut out, mut end, mut made) = (String::with_capacity(text.len()), 0, Vec::new());
    for (range, edit) in found {
        if range.start < end {
            continue;
        }
        out.push_str(&text[end..range.start]);
        out.push_str(&edit.to);
        end = range.end;
        made.push(edit);
    }
    out.push_str(&text[end..]);
    (out, made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(line: u32, column: u32, from: &str, to: &str) -> Edit {
        Edit::new(Place { path: "a.md".into(), line, column }, from, to)
    }

    #[test]
    fn a_part_is_replaced_at_its_place_and_nowhere_else() {
        let text = "---\r\ntitel: Ä\r\ndate: \"4 June 2024\"\r\nextra: {é: titel, topics: [debrs, 'debrs']}\r\n---\r\n";
        for (edit, expect) in [
            (edit(2, 1, "titel", "title"), Some("titel")),
            (edit(3, 7, "4 June 2024", "2024-06-04"), Some("4 June 2024")),
            (edit(4, 28, "debrs", "debris"), Some("debrs")),
            (edit(4, 35, "debrs", "debris"), Some("debrs")),
            (edit(4, 27, "debrs", "debris"), None),
            (edit(2, 1, "tite", "title"), None),
            (edit(2, 0, "titel", "title"), None),
            (edit(9, 1, "titel", "title"), None),
            (edit(2, 99, "titel", "title"), None),
        ] {
            assert_eq!(edit.range(text).map(|range| &text[range]), expect, "{edit:?}");
        }
    }

    #[test]
    fn edits_that_overlap_are_made_once() {
        let (a, b) = (edit(1, 1, "one two", "1"), edit(1, 5, "two", "2"));
        let (duplicate, last) = (a.clone(), edit(1, 9, "three", "3"));
        let (text, made) = apply("one two three\n", &[&last, &b, &a, &duplicate]);
        assert_eq!((text.as_str(), made), ("1 3\n", vec![&a, &last]));
        assert_eq!(apply(&text, &[&a, &b, &last]).1, [] as [&Edit; 0]);
    }
}
