//! Uncertain values in a draft, which a person accepts -> the draft with these values under their keys.

use super::doubts::{Doubt, Doubts};
use super::said::wrong;
use crate::edit::scalar;
use crate::front::document::Document;
use crate::front::statement::IMPORT;
use crate::front::{self, FrontKey};
use crate::read::statement::ImportNote;

/// Moves uncertain or suggested values to their keys: the value of the given key or, without one, all uncertain values.
/// Returns the new text of the file and the lines that were added.
///
/// # Errors
/// Returns in words why nothing can be accepted.
pub fn accept(text: &str, note: Option<&ImportNote>, only: Option<&str>) -> Result<(String, Vec<String>), String> {
    let mut doubts = note.map(Doubts::of_note).unwrap_or_default();
    let unreadable = || "its front matter cannot be edited; correct it first".to_owned();
    let mut document = Document::of_file(text).ok_or_else(unreadable)?;
    let is_chosen = |doubt: &Doubt| only.is_none_or(|only| doubt.key == only);
    // Suggestions are guesses that nobody should take unread, so they move only when their key is given.
    let mut chosen: Vec<Doubt> = doubts.unsure.extract_if(.., |doubt| is_chosen(doubt)).collect();
    if only.is_some() {
        chosen.extend(doubts.suggested.extract_if(.., |doubt| is_chosen(doubt)));
    }
    if chosen.is_empty() {
        return Err(match only {
            Some(key) => format!("no value of `{key}` is uncertain or suggested in it"),
            None => "no value is uncertain in it".to_owned(),
        });
    }
    let mut added = Vec::new();
    for doubt in &chosen {
        let yaml = declared(&doubt.key).map(|key| written(key, &doubt.value));
        let yaml = yaml.ok_or_else(|| format!("`{}` is not a statement key; delete it from `{IMPORT}`", doubt.key))?;
        // Whatever a build would refuse is refused here, so that a draft stays readable.
        if let Some(problem) = wrong(&yaml) {
            return Err(format!("`{}` cannot be accepted: {problem}", yaml.trim_end()));
        }
        if document.get(&doubt.key).is_some() {
            return Err(format!("`{}` has a value already; delete one of the two", doubt.key));
        }
        if !document.set(&doubt.key, &yaml, Some(IMPORT.name)) {
            return Err(unreadable());
        }
        added.push(yaml.trim_end().to_owned());
    }
    // Without doubts left, the note is removed as well.
    let left = doubts.yaml();
    let is_done = if left.is_empty() { document.remove(IMPORT.name) } else { document.set(IMPORT.name, &left, None) };
    if is_done { Ok((document.text().to_owned(), added)) } else { Err(unreadable()) }
}

/// Removes what an import left to decide about these keys, once a person has decided it in another way; `None` if it left
/// nothing about them.
pub fn settle(text: &str, note: &ImportNote, keys: &[&str]) -> Option<String> {
    let mut doubts = Doubts::of_note(note);
    let count = |doubts: &Doubts| doubts.unsure.len() + doubts.suggested.len();
    let before = count(&doubts);
    doubts.unsure.retain(|doubt| !keys.contains(&doubt.key.as_str()));
    doubts.suggested.retain(|doubt| !keys.contains(&doubt.key.as_str()));
    if count(&doubts) == before {
        return None;
    }
    let mut document = Document::of_file(text)?;
    let left = doubts.yaml();
    let is_done = if left.is_empty() { document.remove(IMPORT.name) } else { document.set(IMPORT.name, &left, None) };
    is_done.then(|| document.text().to_owned())
}

fn declared(key: &str) -> Option<FrontKey> {
    front::importable().find(|known| known.name == key)
}

/// Returns a key with a value as a line of YAML. A list or an object is YAML already.
fn written(key: FrontKey, value: &str) -> String {
    let is_text = key.is_scalar();
    format!("{key}: {}\n", if is_text { scalar(value) } else { value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::read::{self, Content};

    fn doubt(key: &str, value: &str) -> Doubt {
        Doubt { key: key.into(), value: value.into(), reason: "the \"head\": two\nnames".into() }
    }

    /// Reads a file as a build does, and returns what the import left in it.
    fn note(text: &str) -> Option<ImportNote> {
        let read =
            read::read(&"content/statements/a.md".into(), text.as_bytes(), &read::Options::new(&Config::default()));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let Some(Content::Statement(statement)) = read.content else { panic!("{text}") };
        statement.front.import.as_deref().cloned()
    }

    #[test]
    fn an_accepted_value_moves_to_its_key_and_every_other_byte_stays() {
        let text = "---\ntitle: A # the title\nimport:\n  unsure:\n    - { key: delegation, value: KAZ, reason: a }\n    - { key: date, value: \"2019\", reason: b }\n  suggested:\n    - { key: topics, value: \"[debris]\", reason: c }\nstatus: draft\n---\n\nWords.\n";
        let accepted = |only| accept(text, note(text).as_ref(), only).map(|(text, _)| text);
        let one = accepted(Some("date")).unwrap();
        assert!(
            one.contains("title: A # the title\ndate: \"2019\"\nimport:\n  unsure:\n    - key: delegation\n"),
            "{one}"
        );
        let all = accepted(None).unwrap();
        assert!(all.contains("delegation: KAZ\ndate: \"2019\"\nimport:\n  suggested:\n    - key: topics\n"), "{all}");
        let topics = accept(&all, note(&all).as_ref(), Some("topics")).unwrap().0;
        assert_eq!(
            topics,
            "---\ntitle: A # the title\ndelegation: KAZ\ndate: \"2019\"\ntopics: [debris]\nstatus: draft\n---\n\nWords.\n"
        );
        assert!(accepted(Some("place")).unwrap_err().contains("no value of `place`"));
    }

    #[test]
    fn what_a_build_would_refuse_is_not_accepted() {
        for (key, value, expect) in [
            ("layout", "post", "not a statement key"),
            ("date", "soon", "cannot be accepted"),
            ("title", "B", "has a value already"),
        ] {
            let doubts = Doubts { unsure: vec![doubt(key, value)], ..Doubts::default() };
            let text = format!("---\ntitle: A\n{}---\n\nWords.\n", doubts.yaml());
            let error = accept(&text, note(&text).as_ref(), None).unwrap_err();
            assert!(error.contains(expect), "{error}");
        }
    }
}
