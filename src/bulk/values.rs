//! A value of front matter -> the words in it, and what each of them means.

use serde_yaml::{Mapping, Value};

use crate::collect::names::Names;
use crate::collect::occasions::occasion_key;
use crate::front::FrontKey;
use crate::front::statement::{DELEGATION, FORUM, MEETING, ON_BEHALF_OF, REFERENCES, SESSION, SPEAKER, TOPICS};
use crate::key::RecordKind;
use crate::language::fold;

/// Returns the value at a path such as `["speaker", "role"]`; for a list of objects, the values of all of them.
pub fn at<'a>(values: &'a Mapping, path: &[String]) -> Vec<&'a Value> {
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let mut found: Vec<&Value> = values.get(first.as_str()).into_iter().collect();
    for part in rest {
        let below = |value: &'a Value| -> Vec<&'a Value> {
            match value {
                Value::Mapping(object) => object.get(part.as_str()).into_iter().collect(),
                Value::Sequence(list) => list.iter().filter_map(|item| item.get(part.as_str())).collect(),
                _ => Vec::new(),
            }
        };
        found = found.into_iter().flat_map(below).collect();
    }
    found
}

/// Returns the texts, numbers and words that a value has, also within lists and objects.
pub fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Bool(flag) => vec![flag.to_string()],
        Value::Number(number) => vec![number.to_string()],
        Value::Sequence(list) => list.iter().flat_map(words).collect(),
        Value::Mapping(object) => object.values().flat_map(words).collect(),
        Value::Tagged(tagged) => words(&tagged.value),
    }
}

/// The keys whose words name records, with the kinds in the order in which a build looks for them.
const KINDS: [(FrontKey, &[RecordKind]); 6] = [
    (DELEGATION, &[RecordKind::Delegation]),
    (ON_BEHALF_OF, &[RecordKind::Group, RecordKind::Delegation]),
    (SPEAKER, &[RecordKind::Speaker]),
    (FORUM, &[RecordKind::Forum]),
    (TOPICS, &[RecordKind::Topic]),
    (REFERENCES, &[RecordKind::Document]),
];

/// Returns the kinds of record that the words under a key name.
pub fn kinds(key: FrontKey) -> &'static [RecordKind] {
    KINDS.iter().find(|(of, _)| *of == key).map_or(&[], |(_, kinds)| kinds)
}

/// Returns what a word under a key means, so that two spellings of one thing are equal: `KZ`, `kaz` and `Kazakhstan`.
pub fn meaning(key: FrontKey, word: &str, names: &Names<'_>) -> String {
    let kinds = kinds(key);
    let known = |kind: &&RecordKind| names.code_of(**kind, word).is_some();
    match kinds.iter().find(known).or(kinds.first()) {
        Some(kind) => {
            let code = names.code_of(*kind, word);
            names.key(*kind, code.as_deref().unwrap_or(word)).to_lowercase()
        }
        None if key == SESSION || key == MEETING => occasion_key(word),
        None => fold::key(word).into(),
    }
}
