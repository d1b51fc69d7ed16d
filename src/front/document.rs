//! A file with front matter -> the same file with one key replaced or removed, and every other byte kept.
//!
//! Comments, order, quoting and line ends belong to the people who wrote the file. So an edit replaces whole lines of
//! one key, and is refused if the front matter then says anything else under another key. The lines of a key are those
//! from the key to the end of its value. Comments and blank lines after that belong to no key and stay.

#[cfg(test)]
mod tests;

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_yaml::Mapping;

/// Returns whether a line opens or closes front matter.
pub fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// Returns where the front matter of a file is, between its fences.
pub fn range(text: &str) -> Option<Range<usize>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| is_fence(line.trim_start_matches('\u{feff}')))?;
    let mut end = first.len();
    for line in lines {
        if is_fence(line) {
            return Some(first.len()..end);
        }
        end += line.len();
    }
    None
}

/// Returns the lines of a file's front matter with their numbers in the file, also where it is not valid YAML.
pub fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let front = range(text).map_or("", |range| &text[range]);
    (FIRST..).zip(front.lines())
}

/// The line of a file on which the keys begin, below the fence.
const FIRST: u32 = 2;

/// A key with all its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key, without quotation marks.
    pub key: String,
    /// Its line in the file.
    pub line: u32,
    /// Where its lines are in the text, with the line end of the last one.
    pub range: Range<usize>,
}

/// Front matter whose keys can be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    text: String,
    front: Range<usize>,
    entries: Vec<Entry>,
}

impl Document {
    /// Takes a whole file; nothing if its front matter is not valid, or not one key a line.
    pub fn of_file(text: &str) -> Option<Document> {
        Document::new(text.to_owned(), range(text)?)
    }

    /// Takes front matter without its fences.
    pub fn of_front_matter(front: &str) -> Option<Document> {
        Document::new(front.to_owned(), 0..front.len())
    }

    fn new(text: String, front: Range<usize>) -> Option<Document> {
        let entries = entries(&text[front.clone()], front.start)?;
        let document = Document { text, front, entries };
        document.parsed()?;
        Some(document)
    }

    /// Returns the keys in the order in which they are written.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the lines of a key, as they are written.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.entry(key).map(|entry| self.yaml(entry))
    }

    /// Returns the lines of an entry, as they are written.
    pub fn yaml(&self, entry: &Entry) -> &str {
        &self.text[entry.range.clone()]
    }

    /// Returns the values of all keys.
    pub fn values(&self) -> Mapping {
        self.parsed().unwrap_or_default()
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Writes the lines of a key in the place of those that it has, or else before the key `before`, or at the end.
    /// Nothing is changed where the front matter would say anything else under another key.
    #[must_use = "an edit can be refused"]
    pub fn set(&mut self, key: &str, yaml: &str, before: Option<&str>) -> bool {
        let indent = self.entries.first().map_or(0, |first| indent(self.yaml(first)));
        let end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let line = |line: &str| match line {
            "" => end.to_owned(),
            line => format!("{}{line}{end}", " ".repeat(indent)),
        };
        let new: String = yaml.lines().map(line).collect();
        let at = before.and_then(|before| self.entry(before)).map_or(self.front.end, |entry| entry.range.start);
        let place = self.entry(key).map_or(at..at, |entry| entry.range.clone());
        !new.is_empty() && self.replace(key, place, &new)
    }

    /// Removes a key with its lines. Nothing is changed where the front matter would say anything else under another key.
    #[must_use = "an edit can be refused"]
    pub fn remove(&mut self, key: &str) -> bool {
        let Some(place) = self.entry(key).map(|entry| entry.range.clone()) else { return true };
        self.replace(key, place, "")
    }

    fn replace(&mut self, key: &str, place: Range<usize>, new: &str) -> bool {
        let text = format!("{}{new}{}", &self.text[..place.start], &self.text[place.end..]);
        let front = self.front.start..self.front.end + new.len() - place.len();
        let Some(edited) = Document::new(text, front) else { return false };
        let without = |document: &Document| {
            let mut values = document.values();
            values.remove(key);
            values
        };
        // A value that ends elsewhere than expected, or an anchor that others need, would change what they say.
        let is_there = edited.get(key) == Some(new).filter(|new| !new.is_empty());
        let is_safe = is_there && without(self) == without(&edited);
        if is_safe {
            *self = edited;
        }
        is_safe
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    fn parsed(&self) -> Option<Mapping> {
        let front = &self.text[self.front.clone()];
        if self.entries.is_empty() { Some(Mapping::new()) } else { serde_yaml::from_str(front).ok() }
    }
}

/// Returns the keys at the top of front matter that begins at `start`; nothing if they are not one a line.
fn entries(front: &str, start: usize) -> Option<Vec<Entry>> {
    // YAML takes a lone carriage return for a line end, which no editor shows as one.
    if front.replace("\r\n", "\n").contains('\r') {
        return None;
    }
    let mut starts = vec![0];
    starts.extend(front.match_indices('\n').map(|(at, _)| at + 1));
    let keys = keys(front)?;
    let mut found: Vec<Entry> = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let (from, next) = (starts[key.line], keys.get(at + 1).map_or(front.len(), |next| starts[next.line]));
        let lines = &front[from..next];
        // In an object in braces several keys have one line, and `? key` comes before the key.
        let is_first = lines.chars().take(key.column).all(|c| c == ' ');
        if !is_first || next <= from || found.iter().any(|entry| entry.key == key.name) {
            return None;
        }
        let closed = starts.get(key.closed_on + 1).map_or(front.len(), |next| *next).max(from) - from;
        let length = length(lines, key.column).max(closed);
        found.push(Entry {
            key: key.name.clone(),
            line: key.line as u32 + FIRST,
            range: start + from..start + from + length.min(lines.len()),
        });
    }
    Some(found)
}

/// Returns how much of the lines from one key to the next is the first one's: not the comments and blank lines at their
/// end, unless they are indented as a part of its value is.
fn length(lines: &str, column: usize) -> usize {
    let is_nobodys = |line: &str| {
        let words = line.trim();
        words.is_empty() || words.starts_with('#') && indent(line) <= column
    };
    let mut length = lines.len();
    for line in lines.split_inclusive('\n').rev() {
        if !is_nobodys(line) {
            break;
        }
        length -= line.len();
    }
    length
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A key at the top of front matter.
struct Top {
    name: String,
    /// From 0.
    line: usize,
    /// In characters, from 0.
    column: usize,
    /// The line on which the last quotation mark of its value is: what follows a `#` before that is not a comment.
    closed_on: usize,
}

/// Walks the parser's events; nothing if they are not those of one mapping whose keys are texts.
fn keys(front: &str) -> Option<Vec<Top>> {
    let mut keys: Vec<Top> = Vec::new();
    let (mut depth, mut is_value, mut documents) = (0_usize, false, 0);
    for event in Parser::new_from_str(front) {
        let (event, span) = event.ok()?;
        let line = span.start.line().checked_sub(1)?;
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    return None;
                }
            }
            Event::Scalar(text, style, ..) => {
                if depth == 1 && !is_value {
                    keys.push(Top { name: text.into_owned(), line, column: span.start.col(), closed_on: line });
                } else if let Some(last) = keys.last_mut()
                    && matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted)
                {
                    last.closed_on = span.end.line().checked_sub(1)?;
                } else if depth == 0 && !text.is_empty() {
                    return None;
                }
                is_value = depth == 1 && !is_value;
            }
            Event::Alias(_) if depth == 1 && !is_value => return None,
            Event::Alias(_) => is_value = false,
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let is_top = depth == 0 && matches!(event, Event::MappingStart(..));
                if !is_top && (depth == 0 || depth == 1 && !is_value) {
                    return None;
                }
                depth += 1;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                depth -= 1;
                if depth == 1 {
                    is_value = false;
                }
            }
            _ => {}
        }
    }
    Some(keys)
}
