//! The statements of a site -> what an import needs to know about them.

use std::sync::Arc;

use rayon::prelude::*;

use super::doubts::Doubts;
use super::draft::{STUB, is_untouched};
use super::known::Found;
use super::likeness::Likeness;
use super::original::{Original, sha256};
use super::said::{self, Said};
use crate::config::Config;
use crate::read::{self, Content, markdown};
use crate::shipped::alpha3;
use crate::sources::{Source, Sources};

/// The folder of all statements, from the site's folder.
pub const STATEMENTS: &str = "content/statements/";

/// A statement that the site already has.
#[derive(Clone, Debug)]
pub struct Existing {
    /// The file's path, from the site's folder.
    pub path: Arc<str>,
    /// The statement's id.
    pub id: Box<str>,
    /// The original that it was made from, as its front matter names it.
    pub file: Option<Box<str>>,
    /// SHA-256 of that original, as its front matter states it.
    pub sha256: Option<Box<str>>,
    /// Whether it is still as the import wrote it; `None` if no import wrote it.
    pub untouched: Option<bool>,
    /// SHA-256 of the whole file.
    pub hash: Box<str>,
    /// What an import noted about similar texts.
    pub similar: Vec<String>,
    /// What an index said about it; empty if the file was edited since the import.
    pub said: Said,
    /// What a profile said about it; empty if the file was edited since the import.
    pub profiled: Vec<Found>,
    /// What is known for certain about it.
    pub facts: Facts,
    /// The sketch of its words; `None` if its text is missing.
    pub likeness: Option<Likeness>,
}

/// What two versions of one statement must agree in. Only what is certain is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Code or name of the delegation.
    pub delegation: Option<String>,
    /// The date in EDTF, as far as it is known.
    pub date: Option<String>,
    /// Key of the forum.
    pub forum: Option<String>,
    /// Language as a BCP 47 tag.
    pub language: Option<String>,
}

impl Facts {
    /// Returns whether everything known of both agrees, apart from the language.
    pub fn agree(&self, other: &Facts) -> bool {
        let agree = |a: &Option<String>, b: &Option<String>| match (a, b) {
            // A year and a day in that year do not contradict each other.
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) || a.starts_with(b) || b.starts_with(a),
            _ => true,
        };
        agree(&self.delegation, &other.delegation) && agree(&self.date, &other.date) && agree(&self.forum, &other.forum)
    }

    /// Returns whether both languages are known and differ.
    pub fn other_language(&self, other: &Facts) -> bool {
        self.language.is_some() && other.language.is_some() && self.language != other.language
    }
}

/// Reads the statements of the site, in parallel. Files that cannot be parsed are left out; the build reports them.
pub fn existing(sources: &Sources, config: &Config) -> Vec<Existing> {
    let options = read::Options::new(config);
    let is_statement = |source: &&Source| source.path.starts_with(STATEMENTS) && source.path.ends_with(".md");
    let statements: Vec<&Source> = sources.content.iter().filter(is_statement).collect();
    statements.par_iter().filter_map(|source| one(source, &options)).collect()
}

fn one(source: &Source, options: &read::Options) -> Option<Existing> {
    let bytes = source.load().ok()?;
    let Some(Content::Statement(statement)) = read::read(&source.path, &bytes, options).content else {
        return None;
    };
    let front = &statement.front;
    let note = front.source.as_ref();
    let text = String::from_utf8_lossy(&bytes);
    let doubts = Doubts::of(&text, front.import.as_deref());
    // What the import wrote may be replaced by a later import; what a person has edited is only compared.
    let untouched = is_untouched(&text);
    let words = statement.body.text.trim();
    // A stub has the words of the notice, which all stubs share, so it must not count as a duplicate of another.
    let is_missing = words.is_empty() || words == markdown::parse(STUB, 1, options.html, false).0.text.trim();
    Some(Existing {
        path: Arc::clone(&source.path),
        id: statement.id.clone(),
        file: note.and_then(|note| note.file.clone()),
        sha256: note.and_then(|note| note.sha256.clone()),
        untouched,
        hash: sha256(&bytes),
        said: if untouched == Some(true) { said::of_draft(&text, &doubts) } else { Said::default() },
        profiled: if untouched == Some(true) { said::of_profile(&text, &doubts) } else { Vec::new() },
        similar: doubts.similar,
        facts: Facts {
            delegation: front.delegation.as_ref().map(|named| alpha3(named).unwrap_or(named).to_owned()),
            date: front.date.as_ref().map(|date| date.known()),
            forum: front.forum.as_ref().map(|named| named.text.to_string()),
            language: Some(statement.language.to_string()),
        },
        likeness: (!is_missing).then(|| Likeness::of(words)),
    })
}

/// Splits a stem from the language at its end: `kz` and `ru` for `kz_ru`.
pub fn without_language(stem: &str) -> Option<(&str, String)> {
    let (base, language) = stem.rsplit_once(['_', '-', '.', ' '])?;
    let language = language.to_lowercase();
    let base = base.trim_end_matches(['_', '-', '.', ' ']);
    (language.len() == 2 && crate::config::is_language(&language) && !base.is_empty()).then_some((base, language))
}

/// Returns the stem of a file's name, without its folder.
pub fn stem_of(file: &str) -> String {
    Original::new(file, None, *b"").stem().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_at_the_end_of_a_name_is_recognised() {
        for (stem, expect) in [
            ("kz_ru", Some(("kz", "ru"))),
            ("Statement of A (final) - EN", Some(("Statement of A (final)", "en"))),
            ("unga79-kw-ar", Some(("unga79-kw", "ar"))),
            ("statement", None),
            ("a_2024", None),
            ("_en", None),
        ] {
            assert_eq!(without_language(stem), expect.map(|(base, language)| (base, language.to_owned())), "{stem}");
        }
    }

    #[test]
    fn a_day_agrees_with_its_own_year_only() {
        let of = |delegation: &str, date: &str| Facts {
            delegation: Some(delegation.into()),
            date: Some(date.into()),
            ..Facts::default()
        };
        assert!(of("KAZ", "2024").agree(&of("kaz", "2024-10-17")));
        assert!(!of("KAZ", "2024").agree(&of("KAZ", "2023-10-17")));
        assert!(!of("KAZ", "2024").agree(&of("KGZ", "2024")));
        assert!(Facts::default().agree(&of("KGZ", "2024")));
    }
}
