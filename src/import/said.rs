//! What an original's own front matter or a row of an index says about it -> fields of the statement.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::doubts::Doubts;
use super::known::Found;
use crate::config::Config;
use crate::diagnostic::{Code, Severity};
use crate::edit::quoted;
use crate::front::document::{self, Document};
use crate::front::objects::{FILE, IMPORTED, SHA256};
use crate::front::statement::{ID, IMPORT, SOURCE, STATUS};
use crate::front::{self, FrontKey};
use crate::read::{self, Options};

/// What is said about one original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The id that it should get.
    pub id: Option<String>,
    /// The keys and their values.
    pub fields: Vec<Field>,
    /// Lines of the front matter under `source:`, such as its address.
    pub source: String,
    /// Values that the front matter cannot hold; they are kept under `import`.
    pub left: Vec<Left>,
    /// The keys that come from an index, of this import or of the one that made the draft.
    pub indexed: Vec<&'static str>,
}

/// A key with what is said under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The front-matter key.
    pub key: &'static str,
    /// The key and its value as lines of YAML.
    pub yaml: String,
    /// Only the value, for people and for what is derived from it.
    pub value: String,
    /// Where it is said.
    pub evidence: String,
}

/// A statement that cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Its lines, as written.
    pub yaml: String,
    /// The line in the original; 0 if it has none.
    pub line: u32,
    /// Why it cannot be used.
    pub message: String,
}

impl Said {
    /// Returns what is said as certain facts about a text.
    pub fn found(&self) -> Vec<Found> {
        let found = |field: &Field| Found {
            key: field.key,
            value: field.value.clone(),
            evidence: field.evidence.clone(),
            sure: true,
        };
        self.fields.iter().map(found).collect()
    }

    /// Returns what both say; where they differ, the index wins, because it was written later.
    #[must_use]
    pub fn under(self, index: &Said) -> Said {
        let mut both = index.clone();
        let is_said = |key: &FrontKey| {
            if *key == SOURCE { !index.source.is_empty() } else { index.yaml(key.name).is_some() }
        };
        both.indexed = front::importable().filter(is_said).map(|key| key.name).collect();
        both.fields.extend(self.fields.into_iter().filter(|field| index.yaml(field.key).is_none()));
        both.left.extend(self.left);
        both.id = both.id.or(self.id);
        if both.source.is_empty() {
            both.source = self.source;
        }
        both
    }

    /// Returns the lines of YAML under a key.
    pub fn yaml(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.key == key).map(|field| field.yaml.as_str())
    }
}

/// Returns what a draft says under some of its keys.
fn of_keys(draft: &str, keys: &[String]) -> Option<Said> {
    if keys.is_empty() {
        return None;
    }
    let mut said = of_front_matter(&draft[document::range(draft)?]).ok()?;
    said.fields.retain(|field| keys.iter().any(|key| key == field.key));
    Some(said)
}

/// Returns what a profile said about an original, from the draft that was made from it.
pub fn of_profile(draft: &str, doubts: &Doubts) -> Vec<Found> {
    let Some(said) = of_keys(draft, &doubts.profile) else { return Vec::new() };
    let evidence = "a profile, in an earlier import";
    let fields = said.fields.into_iter();
    fields.map(|field| Found { key: field.key, value: field.value, evidence: evidence.into(), sure: true }).collect()
}

/// Returns what an index said about an original, from the draft that was made from it.
pub fn of_draft(draft: &str, doubts: &Doubts) -> Said {
    let Some(said) = of_keys(draft, &doubts.index) else { return Said::default() };
    Said {
        fields: (said.fields.into_iter())
            .map(|field| Field { evidence: "an index, in an earlier import".into(), ..field })
            .collect(),
        source: Some(said.source).filter(|_| doubts.index.iter().any(|key| key == SOURCE.name)).unwrap_or_default(),
        ..Said::default()
    }
}

const EVIDENCE: &str = "front matter of the original";

/// Parses the front matter of an original.
///
/// # Errors
/// Returns the line and what is wrong, if it cannot be parsed.
pub fn of_front_matter(front: &str) -> Result<Said, (u32, String)> {
    let path: Arc<str> = "".into();
    let values = read::yaml::parse(&path, front).map_err(|problems| {
        let first = problems.into_iter().next();
        first.map_or((1, "it cannot be read".to_owned()), |problem| {
            (problem.place.map_or(1, |place| place.line), problem.message)
        })
    })?;
    let document = Document::of_front_matter(front);
    let document = document.ok_or_else(|| (1, "its keys are not on lines of their own".to_owned()))?;
    let mut said = Said::default();
    for entry in document.entries() {
        let value = values.values.get(entry.key.as_str());
        let text = value.map(shown).unwrap_or_default();
        let (line, yaml) = (entry.line, document.yaml(entry).lines());
        // Values keep their YAML as written, so that a draft looks as its author wrote it.
        let yaml: String = yaml.map(|line| format!("{}\n", line.trim_end())).collect();
        match entry.key.as_str() {
            key if key == ID.name => said.id = Some(text).filter(|id| read::is_id(id)),
            key if key == SOURCE.name => said.source = source(&yaml, value),
            // This import decides again what an earlier one left open.
            key if key == IMPORT.name => {}
            // Every import makes a draft; a person decides what is published.
            key if key == STATUS.name && matches!(text.as_str(), "draft" | "published") => {}
            _ if value.is_none_or(serde_yaml::Value::is_null) => {}
            key => match front::importable().find(|known| known.name == key).map(|known| (known.name, wrong(&yaml))) {
                Some((key, None)) => {
                    said.fields.push(Field { key, yaml, value: text, evidence: EVIDENCE.into() });
                }
                Some((_, Some(message))) => said.left.push(Left { yaml, line, message }),
                None => {
                    let message = if key == STATUS.name {
                        "a draft cannot have another status yet".to_owned()
                    } else {
                        format!("`{key}` is not a statement key")
                    };
                    said.left.push(Left { yaml, line, message });
                }
            },
        }
    }
    Ok(said)
}

/// Returns a value as one line for people.
fn shown(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        other => {
            let text = serde_json::to_value(other).map(|value| value.to_string()).unwrap_or_default();
            text.trim_matches('"').to_owned()
        }
    }
}

/// Keys under `source:` that the import writes itself.
const OWN: [FrontKey; 3] = [FILE, SHA256, IMPORTED];

/// Returns what is said about the source, apart from what the import writes itself.
fn source(yaml: &str, value: Option<&serde_yaml::Value>) -> String {
    let Some(serde_yaml::Value::Mapping(map)) = value else { return String::new() };
    let lines = map.iter().filter_map(|(key, value)| Some((key.as_str()?, shown(value))));
    let lines: String = lines
        .filter(|(key, value)| !OWN.iter().any(|own| own.name == *key) && !value.is_empty())
        .map(|(key, value)| format!("  {key}: {}\n", quoted(&value)))
        .collect();
    if wrong(&format!("source:\n{lines}")).is_some() && !lines.is_empty() {
        return yaml.lines().map(|line| format!("  # {line}\n")).collect();
    }
    lines
}

/// Returns what is wrong with lines of front matter that a build would refuse or warn about, by asking the build's own
/// reader.
pub fn wrong(yaml: &str) -> Option<String> {
    let path: Arc<str> = "content/statements/a.md".into();
    let keys: BTreeSet<&str> = yaml.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key).collect();
    // Keys that the reader requires, or that others depend on, so that only the given lines can be wrong.
    let mut text = String::from("---\n");
    for (key, line) in [("title", "title: A"), ("forum", "forum: unga"), ("status_note", "status_note: None")] {
        if !keys.contains(key) {
            text.push_str(&format!("{line}\n"));
        }
    }
    text.push_str(&format!("{yaml}---\n\nWords.\n"));
    let read = read::read(&path, text.as_bytes(), &Options::new(&Config::default()));
    let counts = |code: Code| {
        code.severity() == Severity::Error || matches!(code, Code::UnknownKey | Code::InvalidValue | Code::WrongType)
    };
    let problem = read.diagnostics.into_iter().find(|problem| counts(problem.code))?;
    let help = problem.help.map_or_else(String::new, |help| format!("; {help}"));
    Some(format!("{}{help}", problem.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_taken_as_written() {
        let front = "id: xaa-1\ntitle: \"A: b\"\ndate: 2019-10-12\nspeaker:\n  family: Doe\n  # a note\n  given: Jane\ntopics: [debris]\nsource:\n  url: https://example.org/a.pdf\n  file: a.pdf\n  sha256: 00\nstatus: published\nsummary:\n";
        let said = of_front_matter(front).unwrap();
        assert_eq!(said.id.as_deref(), Some("xaa-1"));
        let fields: Vec<_> = said.fields.iter().map(|field| (field.key, field.value.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("title", "A: b"),
                ("date", "2019-10-12"),
                ("speaker", "{\"family\":\"Doe\",\"given\":\"Jane\"}"),
                ("topics", "[\"debris\"]")
            ]
        );
        assert_eq!(said.yaml("speaker"), Some("speaker:\n  family: Doe\n  # a note\n  given: Jane\n"));
        assert_eq!(said.source, "  url: \"https://example.org/a.pdf\"\n");
        assert_eq!(said.left, []);
    }

    #[test]
    fn every_importable_key_can_be_given_as_in_the_manual() {
        for key in front::importable().filter(|key| *key != SOURCE) {
            let said = of_front_matter(&format!("{}\n", key.example)).unwrap();
            assert_eq!(said.left, [], "{key}");
            assert_eq!(said.fields.iter().map(|field| field.key).collect::<Vec<_>>(), [key.name]);
        }
    }

    #[test]
    fn what_a_build_would_refuse_is_left_to_a_person() {
        for (front, message) in [
            ("date: 12 October 2019\n", "date"),
            ("layout: post\n", "`layout` is not a statement key"),
            ("type: sermon\n", "sermon"),
            ("status: withdrawn\n", "another status"),
            ("topics: debris, space\n", "looks like 2"),
        ] {
            let said = of_front_matter(front).unwrap();
            assert!(said.fields.is_empty(), "{front}");
            assert!(said.left[0].message.contains(message), "{front}: {:?}", said.left);
            assert_eq!((said.left[0].line, said.left[0].yaml.as_str()), (2, front));
        }
        assert!(of_front_matter("title: [\n").is_err());
    }
}
