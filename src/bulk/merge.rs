//! Two records of one thing -> one record with everything in both, or the keys in which they contradict each other.

use serde_yaml::{Mapping, Value};

use super::lines::{brackets, with_members};
use super::values::words;
use crate::front::document::{self, Document};
use crate::front::record::{ALIASES, TITLE};

/// Merges a record into another, whose keys come first; lists and maps are united, the title of the first becomes an
/// alias, and introductions are concatenated.
///
/// # Errors
/// Returns the keys in which they contradict each other, unless `force` is set: then the second one wins.
pub(super) fn merged(from: &str, into: &str, force: bool) -> Result<String, Vec<String>> {
    let uneditable = |which: &str| vec![format!("the front matter of the {which} record cannot be edited")];
    let old = Document::of_file(from).ok_or_else(|| uneditable("old"))?;
    let mut new = Document::of_file(into).ok_or_else(|| uneditable("new"))?;
    let (of_old, mut of_new) = (old.values(), new.values());
    let (mut contradictions, mut names) = (Vec::new(), Vec::new());
    for entry in old.entries() {
        let key = entry.key.as_str();
        let value = of_old.get(key).cloned().unwrap_or_default();
        let lines = match (key, of_new.get(key)) {
            (key, _) if key == ALIASES.name => {
                names.extend(words(&value));
                continue;
            }
            (key, now) if key == TITLE.name => {
                names.extend(
                    words(&value).into_iter().filter(|title| !now.is_some_and(|now| words(now).contains(title))),
                );
                continue;
            }
            (_, None | Some(Value::Null)) => Some(old.yaml(entry).to_owned()),
            (_, Some(now)) if *now == value => None,
            (_, Some(now)) => match union(now, &value) {
                Some(both) if both == *now => None,
                Some(both) => Some(yaml(key, &both)),
                None => {
                    contradictions.push(format!("`{key}` is {} and {}", shown(now), shown(&value)));
                    None
                }
            },
        };
        if let Some(lines) = lines
            && !new.set(key, &lines, None)
        {
            contradictions.push(format!("the lines of `{key}` cannot be written"));
        }
    }
    if !contradictions.is_empty() && !force {
        return Err(contradictions);
    }
    of_new = new.values();
    let known: Vec<String> = of_new.get(ALIASES.name).map(words).unwrap_or_default();
    names.retain(|name| !known.contains(name));
    names.dedup();
    let mut text = with_aliases(&new, &names).ok_or_else(|| uneditable("new"))?;
    let body = body(from).trim();
    if !body.is_empty() && !self::body(into).contains(body) {
        let end = if text.ends_with('\n') { "\n" } else { "\n\n" };
        text.push_str(&format!("{end}{body}\n"));
    }
    Ok(text)
}

/// Returns a file with further aliases; `None` if its front matter cannot be edited.
pub(super) fn with_aliases(document: &Document, new: &[String]) -> Option<String> {
    let mut document = document.clone();
    let key = ALIASES.name;
    let old = document.get(key).map(str::to_owned);
    let known: Vec<String> = document.values().get(key).map(words).unwrap_or_default();
    let mut added: Vec<String> = Vec::new();
    for name in new {
        if !known.contains(name) && !added.contains(name) {
            added.push(name.clone());
        }
    }
    let is_set = added.is_empty() || {
        let lines = match old {
            Some(old) => with_members(Some(&old), key, |_| true, &added),
            None => format!("{key}: {}\n", brackets(&added)),
        };
        document.set(key, &lines, None)
    };
    is_set.then(|| document.text().to_owned())
}

fn body(file: &str) -> &str {
    let after = document::range(file).map_or(file, |front| &file[front.end..]);
    after.split_once('\n').map_or("", |(_, body)| body)
}

/// Returns the union of two values: the members of both lists, the entries of both maps; `None` if they contradict each
/// other.
fn union(now: &Value, other: &Value) -> Option<Value> {
    match (now, other) {
        (_, Value::Null) => Some(now.clone()),
        (Value::Sequence(now), Value::Sequence(other)) => {
            let new = other.iter().filter(|item| !now.contains(item));
            Some(Value::Sequence(now.iter().chain(new).cloned().collect()))
        }
        (Value::Mapping(now), Value::Mapping(other)) => {
            let mut both: Mapping = now.clone();
            for (name, value) in other {
                let value = match now.get(name) {
                    None => value.clone(),
                    Some(now) if now == value => continue,
                    Some(now) => union(now, value)?,
                };
                both.insert(name.clone(), value);
            }
            Some(Value::Mapping(both))
        }
        _ => None,
    }
}

fn yaml(key: &str, value: &Value) -> String {
    let object = Mapping::from_iter([(Value::from(key), value.clone())]);
    serde_yaml::to_string(&object).unwrap_or_default()
}

fn shown(value: &Value) -> String {
    format!("`{}`", words(value).join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_records_say_what_they_have() {
        let old = "---\ntitle: Space debris\ndefinition: Objects in orbit.\nmatch:\n  en: [space debris, orbital debris]\naliases: [/topics/junk/]\n---\n\nOn debris.\n";
        let new = "---\n# the main one\ntitle: Debris\nmatch:\n  en: [debris, space debris]\n---\n\nOn all debris.\n";
        let merged = merged(old, new, false).unwrap();
        let values = Document::of_file(&merged).unwrap().values();
        assert!(merged.starts_with("---\n# the main one\ntitle: Debris\n"), "{merged}");
        assert!(merged.ends_with("\nOn all debris.\n\nOn debris.\n"), "{merged}");
        let phrases = values.get("match").and_then(|phrases| phrases.get("en")).map(words);
        assert_eq!(phrases.unwrap(), ["debris", "space debris", "orbital debris"]);
        assert_eq!(values.get("aliases").map(words).unwrap(), ["Space debris", "/topics/junk/"]);
        assert_eq!(values.get("definition").map(words).unwrap(), ["Objects in orbit."]);
    }

    #[test]
    fn what_contradicts_is_refused_unless_the_new_one_is_right() {
        let (old, new) = ("---\ntitle: A\nsince: 2001\n---\n", "---\ntitle: B\nsince: 2002\n---\n");
        assert_eq!(merged(old, new, false).unwrap_err(), ["`since` is `2002` and `2001`"]);
        assert_eq!(merged(old, new, true).unwrap(), "---\ntitle: B\nsince: 2002\naliases: [A]\n---\n");
    }
}
