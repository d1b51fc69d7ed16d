//! What is known about a text, and how it was found.

use crate::config::base_language;
use crate::read::date::Date;

/// A fact about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its front-matter key.
    pub key: &'static str,
    /// The value, as front matter has it.
    pub value: String,
    /// How it was found, for the person who checks it.
    pub evidence: String,
    /// Whether it is certain. An uncertain value goes into a comment.
    pub sure: bool,
}

impl Found {
    /// Returns whether it is a suggestion, which need not be reviewed.
    pub fn is_suggested(&self) -> bool {
        self.key == "topics" && !self.sure
    }
}

/// What is known about a text, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The facts, in the order in which they were found.
    pub fields: Vec<Found>,
    /// Keys whose values come from a profile, of this import or of the one that made the draft.
    pub profiled: Vec<&'static str>,
    /// Values of a profile that contradict the text and were not used.
    pub contradicted: Vec<Found>,
}

impl Known {
    /// Returns the fact under a key.
    pub fn get(&self, key: &str) -> Option<&Found> {
        self.fields.iter().find(|found| found.key == key)
    }

    /// Adds a fact, unless its key is already known.
    pub(super) fn add(&mut self, found: Option<Found>) {
        self.fields.extend(found.filter(|found| self.get(found.key).is_none()));
    }

    /// Adds a fact from a profile, unless its key is already known.
    pub(super) fn add_profiled(&mut self, found: Found) {
        if self.get(found.key).is_none() {
            self.profiled.push(found.key);
            self.fields.push(found);
        }
    }

    /// Adds what the text says under a key, or what the profile says if the text is not certain.
    pub(super) fn settle(&mut self, key: &'static str, found: Option<Found>, profile: &[Found]) {
        if self.get(key).is_some() {
            return;
        }
        match (found, profile.iter().find(|of| of.key == key)) {
            (Some(found), Some(of)) if found.sure && !is_more_exact(of, &found) => {
                self.contradicted.extend(Some(of.clone()).filter(|of| !agree(of, &found)));
                self.fields.push(found);
            }
            (_, Some(of)) => self.add_profiled(of.clone()),
            (found, None) => self.fields.extend(found),
        }
    }
}

/// Returns whether a profile's date is a refinement of the text's: a day in its month.
fn is_more_exact(profile: &Found, text: &Found) -> bool {
    profile.key == "date" && profile.value.len() > text.value.len() && profile.value.starts_with(&*text.value)
}

/// Returns whether a profile and a text can both be right.
fn agree(profile: &Found, text: &Found) -> bool {
    let days = |found: &Found| Date::parse(&found.value).map(|date| (date.earliest(), date.latest()));
    match profile.key {
        "date" => days(profile).zip(days(text)).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1),
        "language" => base_language(&profile.value) == base_language(&text.value),
        _ => profile.value.eq_ignore_ascii_case(&text.value),
    }
}
