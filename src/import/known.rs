//! What is known of a text, and how that was found.

use crate::config::base_language;
use crate::read::date::Date;

/// Something known of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key of the front matter.
    pub key: &'static str,
    /// The value, as the front matter has it.
    pub value: String,
    /// How it was found, for the person who checks.
    pub evidence: String,
    /// Whether it can be relied on. What cannot goes into a comment.
    pub sure: bool,
}

impl Found {
    /// Returns whether it is a suggestion, which nobody must look at.
    pub fn is_suggested(&self) -> bool {
        self.key == "topics" && !self.sure
    }
}

/// What is known of a text, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What is known, in the order in which it was found.
    pub fields: Vec<Found>,
    /// Keys whose values a profile says, now or when the draft was first made.
    pub profiled: Vec<&'static str>,
    /// What a profile says otherwise than the text, and was not used.
    pub contradicted: Vec<Found>,
}

impl Known {
    /// Returns what is known under a key.
    pub fn get(&self, key: &str) -> Option<&Found> {
        self.fields.iter().find(|found| found.key == key)
    }

    /// Takes what was found, unless something is known under its key already.
    pub(super) fn add(&mut self, found: Option<Found>) {
        self.fields.extend(found.filter(|found| self.get(found.key).is_none()));
    }

    /// Takes what a profile says, unless something is known under its key already.
    pub(super) fn add_profiled(&mut self, found: Found) {
        if self.get(found.key).is_none() {
            self.profiled.push(found.key);
            self.fields.push(found);
        }
    }

    /// Takes what a text says under a key, or what the profile says where the text says nothing for sure.
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

/// Returns whether the date of a profile is a part of the one that a text says: a day of its month.
fn is_more_exact(profile: &Found, text: &Found) -> bool {
    profile.key == "date" && profile.value.len() > text.value.len() && profile.value.starts_with(&*text.value)
}

/// Returns whether what a profile and what a text says can both be true.
fn agree(profile: &Found, text: &Found) -> bool {
    let days = |found: &Found| Date::parse(&found.value).map(|date| (date.earliest(), date.latest()));
    match profile.key {
        "date" => days(profile).zip(days(text)).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1),
        "language" => base_language(&profile.value) == base_language(&text.value),
        _ => profile.value.eq_ignore_ascii_case(&text.value),
    }
}
