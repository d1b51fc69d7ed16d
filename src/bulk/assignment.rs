//! `KEY=VALUE`, `KEY+=VALUE`, `KEY-=VALUE` on a command line -> an edit of front matter that keeps everything else.

use serde_yaml::{Mapping, Value};

use super::condition::no_key;
use super::lines::{brackets, members, with_members, with_value};
use super::texts::Text;
use super::values::{meaning, words};
use crate::collect::names::Names;
use crate::edit::{quoted, scalar};
use crate::front::document::Document;
use crate::front::statement::{self, ID, IMPORT};
use crate::front::{FrontKey, Type};

/// A change of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The key.
    pub key: FrontKey,
    /// The part of an object, as in `speaker.role`.
    part: Option<String>,
    change: Change,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    /// The value becomes this one, as it is written in YAML.
    Put(String),
    /// These members are added to a list.
    Add(Vec<String>),
    /// These members are removed from a list.
    Remove(Vec<String>),
    /// The key is removed.
    Unset,
}

impl Assignment {
    /// Returns whether a word of a command line is an assignment rather than a path.
    pub fn is_one(word: &str) -> bool {
        let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(word.len());
        let rest = &word[end..];
        end > 0 && ["=", "+=", "-="].iter().any(|sign| rest.starts_with(sign))
    }

    /// Parses an assignment.
    ///
    /// # Errors
    /// Returns in words what is wrong with it.
    pub fn parse(word: &str) -> Result<Assignment, String> {
        let (left, value) = word.split_once('=').ok_or_else(|| format!("`{word}` is no KEY=VALUE"))?;
        let (name, sign) = match left.strip_suffix(['+', '-']) {
            Some(name) => (name, &left[name.len()..]),
            None => (left, ""),
        };
        let (first, part) = match name.split_once('.') {
            Some((first, part)) => (first, Some(part.to_owned())),
            None => (name, None),
        };
        let key = statement::ALL.iter().copied().find(|key| key.name == first).ok_or_else(|| no_key(first))?;
        if key == ID {
            return Err("an id is the name of a file; `plenary rename statement OLD NEW` changes it".to_owned());
        }
        if key == IMPORT {
            return Err("what an import left to decide is settled by `plenary review`".to_owned());
        }
        let has_parts = matches!(key.value, Type::Object(_) | Type::TextOrObject(..) | Type::Map | Type::Free);
        if let Some(part) = &part {
            let declared = match key.value {
                Type::Object(keys) | Type::TextOrObject(_, keys) => keys,
                _ => &[],
            };
            if !has_parts || part.contains('.') || part.is_empty() {
                return Err(format!("`{key}` has no part `{part}`"));
            }
            if !declared.is_empty() && declared.iter().all(|key| key.name != part) {
                let known: Vec<&str> = declared.iter().map(|key| key.name).collect();
                return Err(format!("`{key}` has no part `{part}`; its parts are {}", known.join(", ")));
            }
        }
        let list = || if matches!(key.value, Type::List(_)) { Some(list(value)) } else { None };
        let change = match (sign, value.trim()) {
            ("", "") => Change::Unset,
            ("", _) if part.is_none() => match list() {
                Some(members) => Change::Put(brackets(&members)),
                None => Change::Put(yaml(key, value)),
            },
            ("", value) => Change::Put(text(value)),
            (_, "") => return Err(format!("`{word}` names nothing after `{sign}=`")),
            (sign, _) => {
                let members = list().filter(|_| part.is_none()).ok_or_else(|| {
                    format!("`{key}` is not a list, so nothing is added to it or removed from it; write `{name}=…`")
                })?;
                if sign == "+" { Change::Add(members) } else { Change::Remove(members) }
            }
        };
        Ok(Assignment { key, part, change })
    }

    /// Returns the words that it writes, which may name records.
    pub fn written(&self) -> Vec<String> {
        match &self.change {
            Change::Put(yaml) if self.part.is_none() => {
                serde_yaml::from_str::<Value>(yaml).map(|value| words(&value)).unwrap_or_default()
            }
            Change::Add(members) => members.clone(),
            _ => Vec::new(),
        }
    }

    /// Applies it to the front matter of a text; nothing changes if the value is already the same.
    ///
    /// # Errors
    /// Returns in words why the lines of the key cannot be replaced.
    pub fn apply(&self, document: &mut Document, text: &Text, names: &Names<'_>) -> Result<(), String> {
        let key = self.key.name;
        let old = document.get(key).map(str::to_owned);
        let refused =
            || format!("the lines of `{key}` cannot be replaced without changing others; change it in the file");
        let new = match &self.change {
            Change::Unset if self.part.is_none() => {
                return if document.remove(key) { Ok(()) } else { Err(refused()) };
            }
            Change::Put(_) | Change::Unset if self.part.is_some() => match self.with_part(document, old.as_deref())? {
                Some(lines) if lines.is_empty() => return if document.remove(key) { Ok(()) } else { Err(refused()) },
                Some(lines) => lines,
                None => return Ok(()),
            },
            Change::Unset => return Ok(()),
            Change::Put(yaml) => {
                let now = document.values().get(key).cloned();
                if now.is_some() && now == serde_yaml::from_str(yaml).ok() {
                    return Ok(());
                }
                with_value(old.as_deref(), key, yaml)
            }
            Change::Add(new) => {
                // A version that inherits the list gets its own list, with the members that it inherited.
                let inherited = if old.is_none() { text.values.get(key).map(words) } else { None };
                let now = inherited.clone().unwrap_or_else(|| old.as_deref().map(members).unwrap_or_default());
                let mut known: Vec<String> = now.iter().map(|member| meaning(self.key, member, names)).collect();
                let mut added = inherited.unwrap_or_default();
                for member in new {
                    let meant = meaning(self.key, member, names);
                    if !known.contains(&meant) {
                        known.push(meant);
                        added.push(member.clone());
                    }
                }
                // `topics: []` and nothing to add stays as it is.
                if known.len() == now.len() {
                    return Ok(());
                }
                with_members(old.as_deref(), key, |_| true, &added)
            }
            Change::Remove(gone) => {
                let gone: Vec<String> = gone.iter().map(|member| meaning(self.key, member, names)).collect();
                let stays = |member: &str| !gone.contains(&meaning(self.key, member, names));
                let inherited = if old.is_none() { text.values.get(key).map(words) } else { None };
                let now = inherited.clone().unwrap_or_else(|| old.as_deref().map(members).unwrap_or_default());
                if now.iter().all(|member| stays(member)) {
                    return Ok(());
                }
                let left: Vec<String> = inherited.unwrap_or_default().into_iter().filter(|of| stays(of)).collect();
                with_members(old.as_deref(), key, stays, &left)
            }
        };
        if old.as_deref() == Some(&*new) || document.set(key, &new, before(self.key, document).as_deref()) {
            return Ok(());
        }
        Err(refused())
    }

    /// Returns the lines of an object with a new value for a part; empty if nothing of the object is left, `None` if it
    /// already has that value.
    fn with_part(&self, document: &Document, old: Option<&str>) -> Result<Option<String>, String> {
        let (key, part) = (self.key.name, self.part.clone().unwrap_or_default());
        let values = document.values();
        let mut object = match values.get(key) {
            None | Some(Value::Null) => Mapping::new(),
            Some(Value::Mapping(object)) => object.clone(),
            Some(_) => return Err(format!("`{key}` is one text, so it has no `{part}`; change it in the file")),
        };
        // The whole object is rewritten, so a comment inside it would be lost.
        if old.is_some_and(|old| old.contains('#') && !old.contains("http")) {
            return Err(format!("`{key}` has a comment within it; change `{key}.{part}` in the file"));
        }
        let value = match &self.change {
            Change::Put(yaml) => serde_yaml::from_str::<Value>(yaml).ok(),
            _ => None,
        };
        if object.get(part.as_str()) == value.as_ref() {
            return Ok(None);
        }
        match value {
            Some(value) => _ = object.insert(part.into(), value),
            None => _ = object.shift_remove(part.as_str()),
        }
        if object.is_empty() {
            return Ok(Some(String::new()));
        }
        let is_block = old.is_some_and(|old| old.trim_end().lines().count() > 1);
        let item = |(name, value): (&Value, &Value)| {
            let name = words(name).join("");
            let value = match value {
                Value::String(text) => scalar(text),
                // JSON is valid YAML.
                other => serde_json::to_string(other).unwrap_or_default(),
            };
            format!("{}: {value}", scalar(&name))
        };
        let items: Vec<String> = object.iter().map(item).collect();
        Ok(Some(match is_block {
            true => format!("{key}:\n{}", items.iter().map(|item| format!("  {item}\n")).collect::<String>()),
            false => format!("{key}: {{ {} }}\n", items.join(", ")),
        }))
    }
}

/// Returns the first key of the front matter that is declared after this one, before which a new key is written.
fn before(key: FrontKey, document: &Document) -> Option<String> {
    let after = statement::ALL.iter().skip_while(|other| **other != key).skip(1);
    let written = document.entries();
    after.map(|key| key.name).find(|name| written.iter().any(|entry| entry.key == *name)).map(str::to_owned)
}

/// Returns the members of a list: those of a YAML list, or names separated by commas.
fn list(value: &str) -> Vec<String> {
    match serde_yaml::from_str::<Value>(value) {
        Ok(list @ Value::Sequence(_)) => words(&list),
        _ => value.split(',').map(str::trim).filter(|member| !member.is_empty()).map(str::to_owned).collect(),
    }
}

/// Returns a value as YAML on one line: unquoted if YAML reads it as intended.
fn yaml(key: FrontKey, value: &str) -> String {
    let value = value.trim();
    if key.is_scalar() { text(value) } else { one_line(value).unwrap_or_else(|| quoted(value)) }
}

/// Returns a text unquoted if YAML reads it as text, otherwise in quotation marks.
fn text(value: &str) -> String {
    let is_quoted = value.starts_with(['"', '\'']);
    match one_line(value).and_then(|line| serde_yaml::from_str::<Value>(&line).ok()) {
        // What follows ` #` would be taken for a comment.
        Some(Value::String(said)) if said == value || is_quoted => value.to_owned(),
        Some(Value::Number(_) | Value::Bool(_)) => value.to_owned(),
        _ => quoted(value),
    }
}

fn one_line(value: &str) -> Option<String> {
    let is_one = !value.contains(['\n', '\r']);
    let of_key: Option<Mapping> = serde_yaml::from_str(&format!("key: {value}\n")).ok();
    let alone: Option<Value> = serde_yaml::from_str(value).ok();
    (is_one && of_key?.get("key") == alone.as_ref()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::names::Tables;

    const FILE: &str = "---\ntitle: A\ndelegation: KZ  # from the letterhead\nspeaker: { given: Jane, family: Doe }\ntopics:\n  - ports # a\n  - roads\nstatus: draft  # delete this line\n---\n\nWords.\n";

    fn text_of(own: Mapping) -> Text {
        let values = own.clone();
        Text { path: "content/statements/a.md".into(), id: "a".into(), language: "en".into(), own, values, base: None }
    }

    fn applied(assignments: &[&str]) -> Result<String, String> {
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        let mut document = Document::of_file(FILE).unwrap();
        let text = text_of(document.values());
        for assignment in assignments {
            Assignment::parse(assignment)?.apply(&mut document, &text, &names)?;
        }
        Ok(document.text().to_owned())
    }

    #[test]
    fn an_assignment_changes_its_own_lines_alone() {
        for (assignments, from, to) in [
            (&["delegation=KAZ"][..], "delegation: KZ  #", "delegation: KAZ  #"),
            (&["title=Reply: on ports"], "title: A", "title: \"Reply: on ports\""),
            (&["title=Reply to #4 # 5"], "title: A", "title: \"Reply to #4 # 5\""),
            (&["date=2017-10-17"], "delegation:", "date: 2017-10-17\ndelegation:"),
            (&["session=79"], "topics:", "session: 79\ntopics:"),
            (&["topics+=debris"], "  - roads\n", "  - roads\n  - debris\n"),
            (&["topics+=Ports"], "", ""),
            (&["topics-=ports"], "  - ports # a\n", ""),
            (&["topics=[]"], "topics:\n  - ports # a\n  - roads\n", "topics: []\n"),
            (&["topics=a, b"], "topics:\n  - ports # a\n  - roads\n", "topics: [a, b]\n"),
            (&["status="], "status: draft  # delete this line\n", ""),
            (&["status=draft"], "", ""),
            (&["speaker.role=Ambassador"], "family: Doe }", "family: Doe, role: Ambassador }"),
            (&["speaker.given="], "given: Jane, ", ""),
            (
                &["source.url=https://example.org/a#b"],
                "status:",
                "source: { url: \"https://example.org/a#b\" }\nstatus:",
            ),
            (&["place=Rome", "place=Paris"], "topics:", "place: Paris\ntopics:"),
        ] {
            assert_eq!(applied(assignments), Ok(FILE.replacen(from, to, 1)), "{assignments:?}");
        }
    }

    #[test]
    fn what_cannot_be_set_is_refused_with_the_reason() {
        for (assignment, words) in [
            ("delegatoin=KAZ", "did you mean `delegation`?"),
            ("id=b", "plenary rename"),
            ("import=x", "plenary review"),
            ("date+=2017", "not a list"),
            ("topics+=", "names nothing"),
            ("speaker.rank=1", "its parts are"),
            ("delegation.code=1", "has no part"),
        ] {
            let wrong = applied(&[assignment]).unwrap_err();
            assert!(wrong.contains(words), "{assignment}: {wrong}");
        }
    }

    #[test]
    fn an_assignment_is_distinguished_from_a_path() {
        for (word, expect) in [
            ("topics+=a", true),
            ("speaker.role=a", true),
            ("content/statements/a.md", false),
            ("a-b", false),
            ("a-=b", true),
            ("=b", false),
        ] {
            assert_eq!(Assignment::is_one(word), expect, "{word}");
        }
    }
}
