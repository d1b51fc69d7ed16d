//! The keys of statements -> a JSON Schema, by which an editor completes and checks front matter while it is written.
//!
//! It is no stricter than a build: everything that a build accepts without a problem is valid. Checks that need the
//! whole collection, such as whether a code is known, are left to the build.

use serde_json::{Map, Value, json};

use super::statement::{self, EMBARGO, STATUS};
use super::{FrontKey, Type};

/// Returns the schema of a statement's front matter.
pub fn of_statements() -> Value {
    let mut schema = object(statement::ALL);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("Front matter of a statement");
    schema
}

/// Returns the schema of an object with these keys and no others.
fn object(keys: &[FrontKey]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(*key))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn property(key: FrontKey) -> Value {
    // A key without a value states nothing. The two that say whether a text is public must not be left empty.
    let may_be_empty = !key.is_required && key != STATUS && key != EMBARGO;
    let mut schema = alternatives(key);
    if may_be_empty {
        schema.push(json!({ "type": "null" }));
    }
    let mut schema = if schema.len() == 1 { schema.remove(0) } else { json!({ "anyOf": schema }) };
    schema["description"] = json!(without_links(key.meaning));
    schema
}

/// Returns the schemas of everything that can be written under a key.
fn alternatives(key: FrontKey) -> Vec<Value> {
    let texts = |item: Value| vec![item.clone(), json!({ "type": "array", "items": item })];
    match key.value {
        Type::Plain | Type::Text(_) => vec![text()],
        Type::Url => vec![json!({ "type": "string", "pattern": "^\\s*https?://" })],
        // YAML reads a year as a number.
        Type::Date => vec![json!({ "type": ["string", "integer"] })],
        Type::Number => vec![json!({ "type": "integer", "minimum": 0 })],
        Type::Flag => vec![json!({ "type": "boolean" })],
        Type::Language => vec![json!({ "type": "string" })],
        Type::Word(words) => vec![json!({ "enum": words })],
        Type::List(_) | Type::Lines => texts(text()),
        Type::Map => vec![json!({ "type": "object", "additionalProperties": text() })],
        Type::Pairs(_) => vec![json!({
            "type": "array",
            "items": { "type": "array", "items": { "anyOf": texts(text()) }, "minItems": 2, "maxItems": 2 },
        })],
        Type::MapOfLists => vec![json!({ "type": "object", "additionalProperties": { "anyOf": texts(text()) } })],
        Type::Free => vec![json!({ "type": "object" })],
        Type::Object(keys) => vec![object(keys)],
        Type::TextOrObject(_, keys) => vec![text(), object(keys)],
        Type::Objects(keys, None) => texts(object(keys)),
        Type::Objects(keys, Some(_)) => texts(json!({ "anyOf": [text(), object(keys)] })),
    }
}

/// A number is taken as it is written.
fn text() -> Value {
    json!({ "type": ["string", "number"] })
}

/// Returns Markdown with the words of its links in place of the links: an editor has no page that they could lead to.
fn without_links(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, (words, (_, after)))) = rest.split_once('[').and_then(|(before, link)| {
        let (words, target) = link.split_once("](")?;
        Some((before, (words, target.split_once(')')?)))
    }) {
        // Text in brackets before the link does not belong to the link, such as `topics: []`.
        let (kept, words) = words.rsplit_once('[').map_or((None, words), |(kept, words)| (Some(kept), words));
        text.push_str(before);
        text.extend(kept.into_iter().flat_map(|kept| ["[", kept]));
        text.push_str(words);
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_left_out_and_their_words_kept() {
        for (markdown, expect) in [
            ("A text.", "A text."),
            ("See [topics](tagging.md). More.", "See topics. More."),
            ("`topics: []` says it; see [a](b), [c](d#e).", "`topics: []` says it; see a, c."),
            ("[`x`](y) ends", "`x` ends"),
        ] {
            assert_eq!(without_links(markdown), expect);
        }
    }
}
