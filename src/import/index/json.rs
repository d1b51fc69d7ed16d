//! JSON objects, in a list or one per line -> entries.

use serde_json::{Deserializer, Value};

use super::cells::{Cell, Entry};
use super::problems::Problems;
use crate::read::text::Lines;

/// Reads the objects.
pub(super) fn entries(text: &str, problems: &mut Problems) -> Vec<Entry> {
    let mut lines = Lines::new(text, 1);
    let mut entries = Vec::new();
    let mut at = 0;
    loop {
        // Each object is parsed by itself, so that its position is known. List brackets and commas between objects are
        // skipped.
        at += text[at..].len() - text[at..].trim_start_matches(|c: char| c.is_whitespace() || "[,]".contains(c)).len();
        if at == text.len() {
            return entries;
        }
        let mut values = Deserializer::from_str(&text[at..]).into_iter::<Value>();
        let (line, column) = lines.of(at, 1);
        match values.next() {
            Some(Ok(Value::Object(object))) => {
                let end = at + values.byte_offset();
                let cells = object.into_iter().map(|(name, value)| {
                    // The parser gives no positions, so the key is searched for as it is written; an escaped one is at its object.
                    let key = text[at..end].find(&Value::from(name.as_str()).to_string());
                    let (line, column) = key.map_or((line, column), |key| lines.of(at + key, 1));
                    Cell { name, named_at: (line, column), value, line, column }
                });
                entries.push(Entry { line, cells: cells.collect() });
                at = end;
            }
            Some(Ok(_)) => {
                let help = "write a list of objects: [{\"file\": \"a.pdf\", \"delegation\": \"KAZ\"}]";
                problems.wrong(line, column, "this is not an object".to_owned(), help);
                return entries;
            }
            Some(Err(error)) => {
                // The parser counts from the beginning of the object.
                let column = if error.line() == 1 { column as usize - 1 + error.column() } else { error.column() };
                let line = line as usize + error.line() - 1;
                let help = "correct it; the entries above were used";
                problems.wrong(line as u32, column as u32, format!("invalid JSON: {error}"), help);
                return entries;
            }
            None => return entries,
        }
    }
}
