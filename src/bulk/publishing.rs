//! A draft's front matter -> the same without its status, or why it is not published.

use serde_yaml::Value;

use super::texts::Text;
use super::values::words;
use crate::front::document::{self, Document};
use crate::front::objects::{SIMILAR, SUSPECT, UNSURE};
use crate::front::statement::{DELEGATION, EMBARGO, IMPORT, ON_BEHALF_OF, STATUS, TITLE};
use crate::read::missing::STUB;
use crate::read::statement::Status;

/// Why a text is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skipped {
    /// It is already published.
    Published,
    /// It was withdrawn, which only its own file can undo.
    Withdrawn,
    /// It has the status of the file that it inherits from.
    Elsewhere(Box<str>),
    /// Something is left for a person to decide.
    Undecided(String),
    /// Its front matter cannot be edited.
    Uneditable,
}

impl Skipped {
    /// Returns whether a person has to do something before it can be published.
    pub fn needs_work(&self) -> bool {
        matches!(self, Skipped::Undecided(_) | Skipped::Uneditable)
    }
}

impl std::fmt::Display for Skipped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Skipped::Published => f.write_str("it is published already"),
            Skipped::Withdrawn => f.write_str("it was withdrawn; change that in its file"),
            Skipped::Elsewhere(path) => write!(f, "its status is that of {path}"),
            Skipped::Undecided(what) => f.write_str(what),
            Skipped::Uneditable => f.write_str("its front matter cannot be edited; `plenary check` says why"),
        }
    }
}

/// Returns the file of a draft as it will be when published. With `force`, open decisions are ignored.
///
/// # Errors
/// Returns why it is not published.
pub fn published(text: &Text, file: &str, force: bool) -> Result<String, Skipped> {
    let status =
        |values: &serde_yaml::Mapping| values.get(STATUS.name).map(words).and_then(|words| words.first().cloned());
    match status(&text.values).as_deref() {
        Some(word) if word == Status::Draft.word() => {}
        Some(word) if word == Status::Withdrawn.word() => return Err(Skipped::Withdrawn),
        _ => return Err(Skipped::Published),
    }
    if let (true, Some(base)) = (text.inherits(STATUS.name), &text.base) {
        return Err(Skipped::Elsewhere((**base).into()));
    }
    if let Some(what) = undecided(text, file).filter(|_| !force) {
        return Err(Skipped::Undecided(what.to_owned()));
    }
    let mut document = Document::of_file(file).ok_or(Skipped::Uneditable)?;
    match document.remove(STATUS.name) {
        true => Ok(document.text().to_owned()),
        false => Err(Skipped::Uneditable),
    }
}

/// Returns the day until which a text is withheld, whatever its status.
pub fn embargo(text: &Text) -> Option<String> {
    text.values.get(EMBARGO.name).map(words).and_then(|words| words.first().cloned())
}

/// Returns what is left to decide about a text.
pub fn undecided(text: &Text, file: &str) -> Option<&'static str> {
    let body = document::range(file).map_or("", |range| &file[range.end..]);
    let body = body.split_once('\n').map_or("", |(_, body)| body);
    let has = |key: crate::front::FrontKey| text.values.get(key.name).is_some_and(|value| !words(value).is_empty());
    let left = |key: crate::front::FrontKey| {
        let note = text.own.get(IMPORT.name).and_then(|note: &Value| note.get(key.name));
        note.is_some_and(|value| !words(value).is_empty())
    };
    let is_open = |line: &str| line.starts_with("# suspect: ") || line.contains("  # not sure: ");
    match () {
        () if body.trim().is_empty() => Some("it has no text"),
        () if body.lines().any(|line| line == STUB.trim_end()) => Some("its text could not be read and is missing"),
        () if !has(TITLE) => Some("it has no title"),
        () if !has(DELEGATION) && !has(ON_BEHALF_OF) => Some("it names no delegation"),
        () if left(SUSPECT) => Some("part of its text may be missing; `plenary review` says why"),
        () if left(UNSURE) => Some("some of its values are uncertain; `plenary review` lists them"),
        () if left(SIMILAR) => Some("it may be a version of another text; `plenary review` says of which"),
        () if document::lines(file).any(|(_, line)| is_open(line)) => {
            Some("something in it is uncertain; `plenary review` lists it")
        }
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(front: &str, body: &str) -> Result<String, String> {
        let file = format!("---\ntitle: A\n{front}---\n{body}");
        let own = Document::of_file(&file).unwrap().values();
        let (path, id) = ("content/statements/a.md".into(), "a".into());
        let text = Text { path, id, language: "en".into(), values: own.clone(), own, base: None };
        published(&text, &file, false).map_err(|why| why.to_string())
    }

    #[test]
    fn a_draft_is_published_unless_something_is_left_to_decide() {
        let draft = "delegation: KAZ\nstatus: draft  # delete this line to publish\n";
        assert_eq!(tried(draft, "\nWords.\n").as_deref(), Ok("---\ntitle: A\ndelegation: KAZ\n---\n\nWords.\n"));
        for (front, body, words) in [
            ("delegation: KAZ\n", "Words.\n", "already"),
            ("status: corrected\n", "Words.\n", "already"),
            ("status: withdrawn\n", "Words.\n", "withdrawn"),
            (draft, "\n", "no text"),
            (draft, STUB, "missing"),
            ("status: draft\n", "Words.\n", "no delegation"),
            ("delegation: KAZ\nstatus: draft\nimport: { suspect: Signs were lost. }\n", "Words.\n", "may be missing"),
            (
                "delegation: KAZ\nstatus: draft\nimport:\n  unsure:\n    - { key: date, value: 2017, reason: x }\n",
                "Words.\n",
                "uncertain",
            ),
            ("delegation: KAZ\nstatus: draft\n# date: 2017  # not sure: x\n", "Words.\n", "uncertain"),
        ] {
            let wrong = tried(front, body).unwrap_err();
            assert!(wrong.contains(words), "{front}: {wrong}");
        }
    }
}
