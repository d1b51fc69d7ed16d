//! A record -> CSL-JSON, from which citeproc makes any style, and which Zotero reads.

use serde_json::{Value, json};

use super::pieces::Piece;
use super::record::{Author, Record};
use crate::read::date::{Date, Point};

/// Returns an array of one item, with a slot for a paragraph as its note.
pub fn csl_json(record: &Record) -> Vec<Piece> {
    let mut out = String::from("[\n  {\n");
    let mut field = |name: &str, value: Value| {
        let is_empty = match &value {
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            other => other.is_null(),
        };
        if !is_empty {
            out.push_str(&format!("    {}: {value},\n", json!(name)));
        }
    };
    let event = record.event_with_symbol();
    field("id", json!(record.id));
    field("type", json!("speech"));
    field("title", json!(record.title));
    field("author", record.authors.iter().map(name).collect());
    // Not as fields of their own: styles print a contributor as "with …" and a status before the date.
    field("genre", json!(record.genre()));
    field("event-title", json!(event));
    // The name of the same variable before CSL 1.0.2; many styles still use it.
    field("event", json!(event));
    field("event-place", json!(record.place));
    let date = record.date.as_ref().map_or(Value::Null, date);
    field("issued", date.clone());
    // This is the only date that MLA prints for a speech.
    field("event-date", date);
    field("language", json!(record.language));
    field("keyword", json!(record.keywords.join(", ")));
    field("abstract", json!(record.summary));
    field("DOI", json!(record.doi));
    let (before, after) = &record.terms.paragraph;
    let quoted = |text: &str| json!(text).to_string().trim_matches('"').to_owned();
    vec![
        Piece::Text(out),
        Piece::Locator {
            before: format!("    \"note\": \"{}", quoted(before)),
            after: format!("{}\",\n", quoted(after)),
        },
        Piece::Text("    \"URL\": \"".to_owned()),
        Piece::Link,
        Piece::Text("\"\n  }\n]\n".to_owned()),
    ]
}

fn name(author: &Author) -> Value {
    match author {
        Author::Person { family, given } => json!({ "family": family, "given": given }),
        Author::Name(name) => json!({ "literal": name }),
    }
}

fn date(date: &Date) -> Value {
    let parts = |Point { year, month, day, .. }: Point| {
        let parts = [Some(year), month.map(i16::from), day.map(i16::from)];
        json!(parts.into_iter().map_while(|part| part).collect::<Vec<i16>>())
    };
    let (from, until) = (date.from(), date.until());
    let ends: Vec<Value> = std::iter::once(from).chain(until).map(parts).collect();
    // CSL has one word for a date that is approximate, uncertain, or somewhere in an interval.
    let is_doubtful = until.is_some() || from.uncertain || from.approximate;
    if is_doubtful { json!({ "date-parts": ends, "circa": true }) } else { json!({ "date-parts": ends }) }
}
