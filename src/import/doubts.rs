//! The doubts of an import <-> the key `import` in a draft's front matter.
//!
//! Drafts of earlier versions have comments instead, which an editor that rewrites YAML drops. They are still understood.

use crate::edit::{quoted, scalar};
use crate::front::document;
use crate::front::objects;
use crate::front::statement::IMPORT;
use crate::read::fields::Named;
use crate::read::statement::{DoubtNote, ImportNote};

/// What a person has to decide about a draft, and where its values come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// Why part of the text may be missing.
    pub suspect: Option<String>,
    /// Texts that it may be a version of, each in words.
    pub similar: Vec<String>,
    /// Values that are not certain.
    pub unsure: Vec<Doubt>,
    /// Values that an editor may want.
    pub suggested: Vec<Doubt>,
    /// The keys that an index gave.
    pub index: Vec<String>,
    /// The keys that a profile gave.
    pub profile: Vec<String>,
}

/// A value that is not certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The key that it would have.
    pub key: String,
    /// The value; of a list or an object, its YAML.
    pub value: String,
    /// Where it comes from, or why it is not certain.
    pub reason: String,
}

/// Begins a comment that says why part of the text may be missing.
pub const SUSPECT: &str = "# suspect: ";

/// Begins a comment about a similar text.
pub const SIMILAR: &str = "# perhaps ";

/// Separates a value in a comment from the reason why it is uncertain.
pub const NOT_SURE: &str = "  # not sure: ";

/// Begins a comment that names the keys that come from an index.
const INDEXED: &str = "# said by an index: ";

/// Begins a comment that names the keys that come from a profile.
const PROFILED: &str = "# said by a profile: ";

impl Doubts {
    /// Returns the doubts in a file: those under its key `import`, and what comments of earlier versions say. Uncertain
    /// values in such comments are left to `review`, since only people read them.
    pub fn of(text: &str, note: Option<&ImportNote>) -> Doubts {
        let mut doubts = note.map(Doubts::of_note).unwrap_or_default();
        let after =
            |comment: &'static str| document::lines(text).filter_map(move |(_, line)| line.strip_prefix(comment));
        let keys = |comment: &'static str| -> Vec<String> {
            after(comment).next().into_iter().flat_map(|keys| keys.split(", ")).map(str::to_owned).collect()
        };
        doubts.similar.extend(after(SIMILAR).map(str::to_owned));
        if doubts.index.is_empty() {
            doubts.index = keys(INDEXED);
        }
        if doubts.profile.is_empty() {
            doubts.profile = keys(PROFILED);
        }
        doubts
    }

    /// Returns what a file says under `import`.
    pub fn of_note(note: &ImportNote) -> Doubts {
        let texts = |of: &[Named]| of.iter().map(|named| named.text.to_string()).collect();
        let text = |of: &Option<Named>| of.as_ref().map(|named| named.text.to_string());
        let doubt = |of: &DoubtNote| {
            let (key, value, reason) = (text(&of.key)?, text(&of.value)?, text(&of.reason).unwrap_or_default());
            Some(Doubt { key, value, reason })
        };
        Doubts {
            suspect: text(&note.suspect),
            similar: texts(&note.similar),
            unsure: note.unsure.iter().filter_map(doubt).collect(),
            suggested: note.suggested.iter().filter_map(doubt).collect(),
            index: texts(&note.index),
            profile: texts(&note.profile),
        }
    }

    /// Returns the key `import` with everything in it, as lines of YAML; an empty text if there is nothing to say.
    pub fn yaml(&self) -> String {
        let mut yaml = String::new();
        let line = |text: &str| quoted(&text.replace(['\n', '\r'], " "));
        if let Some(reasons) = &self.suspect {
            yaml.push_str(&format!("  {}: {}\n", objects::SUSPECT, line(reasons)));
        }
        if !self.similar.is_empty() {
            let lines: String = self.similar.iter().map(|text| format!("    - {}\n", line(text))).collect();
            yaml.push_str(&format!("  {}:\n{lines}", objects::SIMILAR));
        }
        for (key, doubts) in [(objects::UNSURE, &self.unsure), (objects::SUGGESTED, &self.suggested)] {
            if doubts.is_empty() {
                continue;
            }
            yaml.push_str(&format!("  {key}:\n"));
            for Doubt { key, value, reason } in doubts {
                yaml.push_str(&format!("    - {}: {}\n", objects::DOUBT_KEY, scalar(key)));
                yaml.push_str(&format!("      {}: {}\n", objects::DOUBT_VALUE, scalar(value)));
                yaml.push_str(&format!("      {}: {}\n", objects::DOUBT_REASON, line(reason)));
            }
        }
        for (key, keys) in [(objects::INDEX, &self.index), (objects::PROFILE, &self.profile)] {
            if !keys.is_empty() {
                yaml.push_str(&format!("  {key}: [{}]\n", keys.join(", ")));
            }
        }
        if yaml.is_empty() { yaml } else { format!("{IMPORT}:\n{yaml}") }
    }
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
    fn doubts_are_data_that_a_build_reads_without_a_problem() {
        let doubts = Doubts {
            suspect: Some("3 signs: lost".into()),
            similar: vec!["a version of content/statements/b.md: 87 of 100 words are the same".into()],
            unsure: vec![doubt("delegation", "NO"), doubt("speaker", "{ family: Doe }")],
            suggested: vec![doubt("topics", "[debris]")],
            index: vec!["date".into(), "forum".into()],
            profile: vec!["place".into()],
        };
        let text = format!("---\ntitle: A\ndate: 2020\n{}---\n\nWords.\n", doubts.yaml());
        let mut again = Doubts::of(&text, note(&text).as_ref());
        again
            .unsure
            .iter_mut()
            .chain(&mut again.suggested)
            .for_each(|doubt| doubt.reason = "the \"head\": two\nnames".into());
        assert_eq!(again, doubts);
        assert_eq!(Doubts::default().yaml(), "");
    }

    #[test]
    fn comments_of_drafts_written_before_are_understood() {
        let text = "---\ntitle: A\n# perhaps a version of b.md\n# said by an index: date, forum\n# said by a profile: place\n---\n\nA.\n";
        let doubts = Doubts::of(text, None);
        assert_eq!(doubts.similar, ["a version of b.md"]);
        assert_eq!((doubts.index.join(" "), doubts.profile.join(" ")), ("date forum".into(), "place".into()));
    }
}
