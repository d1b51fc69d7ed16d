//! A cell about a part of an object and the object in front matter -> its lines with what the cell says, or `None` if they
//! already say so.

use serde_yaml::{Mapping, Value};

use crate::collect::names::Names;
use crate::edit::scalar;
use crate::import::said::Field;
use crate::language::fold;
use crate::read::record::{Detail, Record, RecordKind};
use crate::read::statement::{Front, Person, Speaker};

/// Returns a value in the form in which it is compared.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_lowercase(),
        Value::Number(number) => number.to_string(),
        other => serde_yaml::to_string(other).unwrap_or_default().trim().to_lowercase(),
    }
}

/// Returns the lines of the speaker, if a row names another person or another office. The slug of a record is kept: the
/// table shows the record's name, of which the one in the file may be an alias.
pub(super) fn speaker(field: &Field, front: &Front, values: &Mapping, names: &Names<'_>) -> Option<String> {
    let said: Mapping = serde_yaml::from_str(&field.yaml).ok()?;
    let said = said.get("speaker")?.as_mapping()?.clone();
    let text = |key: &str| said.get(key).and_then(Value::as_str);
    match &front.speaker {
        Some(Speaker::Record(_)) => None,
        Some(Speaker::Named { person, .. }) => {
            let is_name = |name: &str| {
                let is_own = person.name().as_deref() == Some(name) || person.as_printed.as_deref() == Some(name);
                is_own || names.records(RecordKind::Speaker).any(|record| is_titled(record, name, person))
            };
            if text("as_printed").is_none_or(is_name) {
                let mut rest = said.clone();
                rest.remove("as_printed");
                return merge("speaker", &rest, values);
            }
            Some(field.yaml.clone())
        }
        None => Some(field.yaml.clone()),
    }
}

/// Returns whether a speaker's record has this title and one of its names is this person's.
fn is_titled(record: &Record, title: &str, person: &Person) -> bool {
    let Some(name) = person.name().filter(|_| fold::key(&record.title) == fold::key(title)) else { return false };
    let is_name = |other: &str| fold::key(other) == fold::key(&name);
    let of_record = match &record.detail {
        Detail::Speaker { person, .. } => [person.name(), person.as_printed.as_deref().map(str::to_owned)],
        _ => [None, None],
    };
    is_name(&record.title)
        || record.aliases.iter().any(|alias| is_name(alias))
        || of_record.iter().flatten().any(|other| is_name(other))
}

/// Returns the lines of an object merged with what a row says; `None` if nothing changes.
pub(super) fn merged(field: &Field, values: &Mapping) -> Option<String> {
    let said: Mapping = serde_yaml::from_str(&field.yaml).ok()?;
    merge(field.key, said.get(field.key)?.as_mapping()?, values)
}

fn merge(key: &str, said: &Mapping, values: &Mapping) -> Option<String> {
    let mut object = values.get(key).and_then(Value::as_mapping).cloned().unwrap_or_default();
    let mut changed = false;
    for (name, value) in said {
        if object.get(name).is_none_or(|now| plain(now) != plain(value)) {
            object.insert(name.clone(), value.clone());
            changed = true;
        }
    }
    let line = |(name, value): (&Value, &Value)| {
        let name = name.as_str().unwrap_or_default();
        match value {
            Value::String(text) => format!("  {name}: {}\n", scalar(text)),
            // JSON is valid YAML.
            other => format!("  {name}: {}\n", serde_json::to_string(other).unwrap_or_default()),
        }
    };
    let lines: String = object.iter().map(line).collect();
    changed.then(|| format!("{key}:\n{lines}"))
}
