//! A profile -> what holds for all texts of a batch, and what their file names say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::config::is_language;
use crate::front::statement::DELEGATION;
use crate::front::{self, FrontKey, Type};
use crate::import::known::Found;
use crate::language::fold;
use crate::read::date::Date;
use crate::shipped::alpha3;

/// What a person says about a whole batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    set: Vec<(&'static str, String)>,
    pattern: Vec<Part>,
    columns: BTreeMap<String, String>,
    /// Keys for which it takes precedence over the text.
    overrides: Vec<&'static str>,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ProfileFile {
    /// Values that hold for every text.
    set: BTreeMap<String, toml::Value>,
    /// What file names contain: `{delegation}_{language}`.
    names: String,
    /// The keys of index columns that are not named after keys: `Country = "delegation"`.
    columns: BTreeMap<String, String>,
    /// Keys for which the profile takes precedence over the text.
    #[serde(rename = "override")]
    overrides: Vec<String>,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    FrontKey(&'static str),
    /// `{}`: any text.
    Anything,
}

impl Profile {
    /// Parses a profile.
    ///
    /// # Errors
    /// Returns what is wrong with it.
    pub fn read(text: &str) -> Result<Profile, String> {
        let written: ProfileFile = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let mut set = Vec::new();
        for (key, value) in &written.set {
            let key = known_key(key)?;
            let value = match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Datetime(date) => date.to_string(),
                other => return Err(format!("`{key}` is a {}, expected text", other.type_str())),
            };
            fits(key, &value)?;
            set.push((key, value));
        }
        for key in written.columns.values().filter(|key| !key.is_empty() && *key != "file" && *key != "id") {
            let first = key.split('.').next().unwrap_or(key);
            if front::importable().all(|known| known.name != first) {
                return Err(no_key(key, front::importable()));
            }
        }
        let pattern = pattern(&written.names)?;
        let overrides = written.overrides.iter().map(|key| known_key(key)).collect::<Result<Vec<_>, _>>()?;
        let says = |key: &'static str| set.iter().any(|(of, _)| *of == key) || pattern.contains(&Part::FrontKey(key));
        if let Some(key) = overrides.iter().find(|key| !says(key)) {
            return Err(format!("`{key}` is listed under `override`, but neither `[set]` nor `names` gives it"));
        }
        Ok(Profile { set, pattern, columns: written.columns, overrides })
    }

    /// Returns whether it takes precedence over the text for a key, rather than only filling a gap.
    pub fn overrides(&self, key: &str) -> bool {
        self.overrides.contains(&key)
    }

    /// Returns the key of an index column; empty if the column should be skipped.
    pub fn column(&self, name: &str) -> Option<&str> {
        let is_named = |column: &&String| fold::key(column) == fold::key(name);
        let column = self
            .columns
            .get(name)
            .or_else(|| self.columns.iter().find(|(column, _)| is_named(column)).map(|(_, key)| key));
        column.map(String::as_str)
    }

    /// Returns what the profile says about a file with this name, given without its extension.
    pub fn of(&self, stem: &str) -> Vec<Found> {
        let of_name = matched(&self.pattern, stem).unwrap_or_default();
        let of_name = of_name.into_iter().filter(|(key, value)| fits(key, value).is_ok());
        let mut found: Vec<Found> = of_name
            .map(|(key, value)| Found { key, value, evidence: format!("the file's name `{stem}`"), sure: true })
            .collect();
        // Files are often named by two-letter codes of states.
        for of_name in found.iter_mut().filter(|found| found.key == DELEGATION.name) {
            of_name.value = alpha3(&of_name.value).map_or_else(|| std::mem::take(&mut of_name.value), str::to_owned);
        }
        for (key, value) in &self.set {
            if !found.iter().any(|other| other.key == *key) {
                let alpha3 = alpha3(value).filter(|_| *key == DELEGATION.name);
                let value = alpha3.map_or_else(|| value.clone(), str::to_owned);
                found.push(Found { key, value, evidence: "the profile".into(), sure: true });
            }
        }
        found
    }
}

fn known_key(key: &str) -> Result<&'static str, String> {
    let found = front::in_profiles().find(|known| known.name == key);
    found.map(|known| known.name).ok_or_else(|| no_key(key, front::in_profiles()))
}

fn no_key(key: &str, keys: impl Iterator<Item = FrontKey>) -> String {
    let keys: Vec<&str> = keys.map(|key| key.name).collect();
    let help = crate::diagnostic::did_you_mean(key, keys.iter().copied());
    format!(
        "`{key}` cannot be said in a profile; {}",
        help.unwrap_or_else(|| format!("the keys are: {}", keys.join(", ")))
    )
}

/// Checks whether a value is valid for a key.
fn fits(key: &str, value: &str) -> Result<(), String> {
    let good = match front::in_profiles().find(|known| known.name == key).map(|known| known.value) {
        Some(Type::Date) => Date::parse(value).is_some(),
        Some(Type::Language) => is_language(value),
        Some(Type::Word(words)) => words.contains(&value),
        _ if key == DELEGATION.name => value.len() >= 2 && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
        _ => !value.is_empty(),
    };
    if good { Ok(()) } else { Err(format!("`{value}` is not a valid value of `{key}`")) }
}

fn pattern(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}').ok_or_else(|| format!("`{text}` has a `{{` without a `}}`"))?;
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.to_owned()));
        }
        parts.push(if key.is_empty() { Part::Anything } else { Part::FrontKey(known_key(key)?) });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    Ok(parts)
}

/// Matches a name: each key takes as little as possible before the literal that follows it.
fn matched(pattern: &[Part], name: &str) -> Option<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let mut rest = name;
    for (i, part) in pattern.iter().enumerate() {
        if let Part::Literal(literal) = part {
            rest = rest.strip_prefix(literal.as_str())?;
            continue;
        }
        let end = match pattern.get(i + 1) {
            Some(Part::Literal(literal)) => rest.find(literal.as_str())?,
            _ => rest.len(),
        };
        if let Part::FrontKey(key) = part {
            let value = &rest[..end];
            found.push((*key, if *key == DELEGATION.name { value.to_uppercase() } else { value.to_owned() }));
        }
        rest = &rest[end..];
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_sets_values_and_reads_file_names() {
        let text =
            "names = \"{delegation}_{session}_{date}\"\n[set]\nforum = \"unga\"\nsession = 79\nlanguage = \"en\"\n";
        let profile = Profile::read(text).unwrap();
        let said = |stem: &str| profile.of(stem).into_iter().map(|f| (f.key, f.value)).collect::<Vec<_>>();
        let set =
            [("forum", "unga"), ("language", "en"), ("session", "79")].map(|(key, value)| (key, value.to_owned()));
        assert_eq!(said("other"), set);
        let of_name =
            [("delegation", "KEN"), ("session", "24"), ("date", "1969"), ("forum", "unga"), ("language", "en")];
        assert_eq!(said("ken_24_1969"), of_name.map(|(key, value)| (key, value.to_owned())));
        assert_eq!(said("ke_24_1969"), said("ken_24_1969"));
        let of_state = Profile::read("[set]\ndelegation = \"LK\"").unwrap();
        assert_eq!(of_state.of("x")[0].value, "LKA");
        assert_eq!(said("KEN_24_soon").len(), 4, "what is no date is not taken for one");
    }

    #[test]
    fn an_invalid_profile_is_refused_with_a_reason() {
        for (text, expect) in [
            ("[set]\nforrum = \"unga\"", "did you mean `forum`?"),
            ("[set]\ndate = \"soon\"", "not a valid value of `date`"),
            ("names = \"{delegation\"", "without a `}`"),
            ("name = \"x\"", "unknown field"),
            ("[columns]\nPays = \"delegatoin\"", "did you mean `delegation`?"),
            ("[set]\nsession = [1]", "expected text"),
            ("override = [\"date\"]\n[set]\nforum = \"unga\"", "neither `[set]` nor `names` gives it"),
            ("override = [\"dtae\"]", "did you mean `date`?"),
        ] {
            let error = Profile::read(text).unwrap_err();
            assert!(error.contains(expect), "{text}: {error}");
        }
    }
}
