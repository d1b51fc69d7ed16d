//! Front matter -> where each key and value is, and what YAML reads differently from what it looks like.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

/// Line and column in the file, both counted from 1.
pub type At = (u32, u32);

/// The place of each key and value by its path: `speaker/family`, `topics/0`.
#[derive(Default)]
pub struct Places {
    keys: HashMap<String, At>,
    pub(super) values: HashMap<String, (At, Option<String>)>,
    /// Keys given a second time, and where.
    pub(super) twice: Vec<(String, At)>,
    /// Where and why the walk was abandoned, if it was.
    pub(super) refused: Option<(At, String)>,
    /// Comments that look like part of the value before them: where, and the words that are cut off.
    pub(super) cut: Vec<(At, String)>,
}

impl Places {
    /// Returns the place of a key. For a missing key it is that of the value it is missing in, or the top.
    pub fn key(&self, path: &str) -> At {
        let found = self.keys.get(path).or_else(|| self.values.get(path).map(|(at, _)| at));
        match (found, path.rsplit_once('/')) {
            (Some(at), _) => *at,
            (None, Some((above, _))) => self.key(above),
            (None, None) => (FIRST, 1),
        }
    }

    /// Returns whether a key exists, with or without a value.
    pub fn has(&self, path: &str) -> bool {
        self.keys.contains_key(path)
    }

    /// Returns the place of a value, or else that of its key.
    pub fn value(&self, path: &str) -> At {
        self.values.get(path).map_or_else(|| self.key(path), |(at, _)| *at)
    }

    /// Returns a plain scalar as written.
    pub fn written(&self, path: &str) -> Option<&str> {
        self.values.get(path).and_then(|(_, text)| text.as_deref())
    }
}

/// Line of the file on which front matter starts, after the opening `---`.
pub(super) const FIRST: u32 = 2;

/// A mapping or sequence around the current event.
enum Level {
    Mapping { path: String, key: Option<String> },
    Sequence { path: String, next: usize },
}

/// The maximum depth of nested values; real front matter has three levels. The paths of nested values need memory
/// quadratic in their depth, and the limit of `serde_yaml` applies only later.
const DEEPEST: usize = 32;
const TOO_DEEP: &str = "the front matter is nested more than 32 levels deep";
/// The length of the longest name of a key, in bytes; YAML itself allows 1,024 characters before a colon.
const LONGEST_KEY: usize = 4096;
/// The size of the longest front matter that is passed on to `serde_yaml` after `saphyr-parser` has rejected it, in
/// bytes: `serde_yaml` may take long on hostile input.
const LONGEST_DOUBTFUL: usize = 16 << 10;

/// Walks the parser's events. If the text is not YAML, only the places before the error are found.
pub(super) fn locate(text: &str) -> Places {
    let mut places = Places::default();
    let lines: Vec<&str> = text.lines().collect();
    let mut cursor = Cursor::default();
    let mut levels: Vec<Level> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            // The parser's own limit, which is higher: it reads ahead in `[[[[`.
            Err(error) if error.info().contains("recursion limit") => {
                let at = (error.marker().line() as u32 - 1 + FIRST, error.marker().col() as u32 + 1);
                places.refused = Some((at, TOO_DEEP.to_owned()));
                break;
            }
            // `serde_yaml` reports errors better, so it gets all texts but those on which it could take long.
            Err(error) if text.len() > LONGEST_DOUBTFUL => {
                let at = (error.marker().line() as u32 - 1 + FIRST, error.marker().col() as u32 + 1);
                places.refused = Some((at, format!("the front matter is not valid YAML: {}", error.info())));
                break;
            }
            Err(_) => break,
        };
        let at = (span.start.line() as u32 - 1 + FIRST, span.start.col() as u32 + 1);
        // Later code recurses into values, so the depth is limited here.
        if levels.len() > DEEPEST {
            places.refused = Some((at, TOO_DEEP.to_owned()));
            break;
        }
        let (scalar, plain) = match &event {
            Event::Scalar(text, style, ..) => (Some(text.as_ref()), *style == ScalarStyle::Plain),
            Event::MappingStart(..) | Event::SequenceStart(..) | Event::Alias(_) => (None, false),
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                continue;
            }
            _ => continue,
        };
        if let Event::Scalar(_, style, ..) = &event
            && !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded)
            && let Some(found) = cut_after(&lines, &mut cursor, &span, *style)
            // A comment in place of a whole value follows its key too, and would be found twice.
            && places.cut.last().is_none_or(|(at, _)| *at != found.0)
        {
            places.cut.push(found);
        }
        // The path of the value: `media/0/url`. In a mapping, scalars alternate between keys and values.
        let path = match levels.last_mut() {
            None => String::new(),
            Some(Level::Sequence { path, next }) => {
                *next += 1;
                format!("{path}{}", *next - 1)
            }
            Some(Level::Mapping { path, key }) => match (key.take(), scalar) {
                (Some(full), _) => full,
                (None, Some(name)) => {
                    if name.len() > LONGEST_KEY {
                        let message = format!("the front matter has a key of more than {LONGEST_KEY} bytes");
                        places.refused = Some((at, message));
                        break;
                    }
                    let full = format!("{path}{name}");
                    if places.keys.contains_key(&full) {
                        places.twice.push((full.clone(), at));
                    } else {
                        places.keys.insert(full.clone(), at);
                    }
                    *key = Some(full);
                    continue;
                }
                // A mapping or a list as a key: its parts have no path, and `serde_yaml` refuses it.
                (None, None) => format!("{path}?"),
            },
        };
        places.values.insert(path.clone(), (at, scalar.filter(|_| plain).map(str::to_owned)));
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        match event {
            Event::MappingStart(..) => levels.push(Level::Mapping { path: prefix, key: None }),
            Event::SequenceStart(..) => levels.push(Level::Sequence { path: prefix, next: 0 }),
            _ => {}
        }
    }
    places
}

/// A place in a line, from which the next one is found. A line may have thousands of values, so counting its columns
/// from the beginning for each would be quadratic.
#[derive(Default)]
struct Cursor {
    line: usize,
    column: usize,
    byte: usize,
}

impl Cursor {
    /// Returns the byte at a column of a line. Cheap if columns are queried in rising order.
    fn byte(&mut self, text: &str, line: usize, column: usize) -> usize {
        if self.line != line || column < self.column {
            *self = Cursor { line, ..Cursor::default() };
        }
        let rest = &text[self.byte..];
        let bytes = rest.char_indices().nth(column - self.column).map_or(rest.len(), |(at, _)| at);
        (self.column, self.byte) = (column, self.byte + bytes);
        self.byte
    }
}

/// Returns the comment that cuts off the scalar at a span of these lines. The span of an empty scalar ends at the colon
/// of its key; that of a quoted one includes the comment.
fn cut_after(lines: &[&str], cursor: &mut Cursor, span: &Span, style: ScalarStyle) -> Option<(At, String)> {
    let line = lines.get(span.end.line().checked_sub(1)?)?;
    let mut byte = |column: usize| cursor.byte(line, span.end.line(), column);
    let quote = match style {
        ScalarStyle::DoubleQuoted => Some('"'),
        ScalarStyle::SingleQuoted => Some('\''),
        _ => None,
    };
    let rest = if let Some(quote) = quote {
        let start = if span.start.line() == span.end.line() { byte(span.start.col() + 1) } else { 0 };
        &line[start + closes(&line[start..], quote)? + 1..]
    } else {
        // The span of a scalar may include trailing spaces.
        let end = line[..byte(span.end.col())].trim_end_matches([' ', '\t']).len();
        line[end..].strip_prefix(':').unwrap_or(&line[end..])
    };
    let (before, words) = cut_off(rest)?;
    let column = line[..line.len() - rest.len()].chars().count() + before;
    Some(((span.end.line() as u32 - 1 + FIRST, column as u32 + 1), words.to_owned()))
}

/// Returns a comment that looks like part of the value before it: its `#` is followed by a letter or digit, as in
/// `Item #5`, or by spaces and a digit, as in `Room # 3`. The first number is its offset in characters.
fn cut_off(rest: &str) -> Option<(usize, &str)> {
    let words = rest.trim_start_matches([' ', '\t']);
    let at = rest.len() - words.len();
    let inner = words.strip_prefix('#').filter(|_| at > 0)?;
    let is_cut =
        inner.starts_with(char::is_alphanumeric) || inner.trim_start_matches(' ').starts_with(|c: char| c.is_numeric());
    is_cut.then(|| (rest[..at].chars().count(), words.trim_end()))
}

/// Returns the byte of the next quotation mark that is not escaped.
pub(super) fn closes(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote && (quote == '"' || chars.next_if(|(_, next)| *next == quote).is_none()) {
            return Some(at);
        }
    }
    None
}
