//! A profile -> what is true of all texts of a batch, and what their files' names say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::config::is_language;
use crate::front::statement::DELEGATION;
use crate::front::{self, Key, Type};
use crate::import::known::Found;
use crate::language::fold;
use crate::read::date::Date;
use crate::shipped::alpha3;

/// What a person says of a whole batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    set: Vec<(&'static str, String)>,
    pattern: Vec<Part>,
    columns: BTreeMap<String, String>,
    /// Keys under which it counts before what a text says.
    overrides: Vec<&'static str>,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    /// Values that hold for every text.
    set: BTreeMap<String, toml::Value>,
    /// What the files' names say: `{delegation}_{language}`.
    names: String,
    /// What the columns of an index are called that are not called as keys are: `Country = "delegation"`.
    columns: BTreeMap<String, String>,
    /// Keys under which the profile counts before what a text says.
    #[serde(rename = "override")]
    overrides: Vec<String>,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Key(&'static str),
    /// `{}`: anything.
    Anything,
}

impl Profile {
    /// Reads a profile; if it is wrong, what is wrong with it.
    pub fn read(text: &str) -> Result<Profile, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let mut set = Vec::new();
        for (key, value) in &written.set {
            let key = known_key(key)?;
            let value = match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Datetime(date) => date.to_string(),
                other => return Err(format!("`{key}` is a {}, but a text belongs here", other.type_str())),
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
        let says = |key: &'static str| set.iter().any(|(of, _)| *of == key) || pattern.contains(&Part::Key(key));
        if let Some(key) = overrides.iter().find(|key| !says(key)) {
            return Err(format!("`{key}` stands under `override`, but neither `[set]` nor `names` says it"));
        }
        Ok(Profile { set, pattern, columns: written.columns, overrides })
    }

    /// Returns whether it counts before what a text says of a key, and not only where the text says nothing.
    pub fn overrides(&self, key: &str) -> bool {
        self.overrides.contains(&key)
    }

    /// Returns what a column of an index is; nothing for an empty name.
    pub fn column(&self, name: &str) -> Option<&str> {
        let is_named = |column: &&String| fold::key(column) == fold::key(name);
        let column = self
            .columns
            .get(name)
            .or_else(|| self.columns.iter().find(|(column, _)| is_named(column)).map(|(_, key)| key));
        column.map(String::as_str)
    }

    /// Returns what the profile says of a file of this name (without its ending).
    pub fn of(&self, stem: &str) -> Vec<Found> {
        let of_name = matched(&self.pattern, stem).unwrap_or_default();
        let of_name = of_name.into_iter().filter(|(key, value)| fits(key, value).is_ok());
        let mut found: Vec<Found> = of_name
            .map(|(key, value)| Found { key, value, evidence: format!("the file's name `{stem}`"), sure: true })
            .collect();
        // Files are often named by the short codes of states.
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

fn no_key(key: &str, keys: impl Iterator<Item = Key>) -> String {
    let keys: Vec<&str> = keys.map(|key| key.name).collect();
    let help = crate::diagnostic::did_you_mean(key, keys.iter().copied());
    format!(
        "`{key}` cannot be said in a profile; {}",
        help.unwrap_or_else(|| format!("the keys are: {}", keys.join(", ")))
    )
}

/// Checks that a value can stand under a key.
fn fits(key: &str, value: &str) -> Result<(), String> {
    let good = match front::in_profiles().find(|known| known.name == key).map(|known| known.value) {
        Some(Type::Date) => Date::parse(value).is_some(),
        Some(Type::Language) => is_language(value),
        Some(Type::Word(words)) => words.contains(&value),
        _ if key == DELEGATION.name => value.len() >= 2 && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
        _ => !value.is_empty(),
    };
    if good { Ok(()) } else { Err(format!("`{value}` is not a value of `{key}`")) }
}

fn pattern(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}').ok_or_else(|| format!("a `}}` is missing in `{text}`"))?;
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.to_owned()));
        }
        parts.push(if key.is_empty() { Part::Anything } else { Part::Key(known_key(key)?) });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    Ok(parts)
}

/// Matches a name: each key takes as little as the literal after it leaves.
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
        if let Part::Key(key) = part {
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
    fn a_profile_says_what_holds_for_all_and_what_names_say() {
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
    fn a_wrong_profile_is_refused_with_what_is_wrong() {
        for (text, expect) in [
            ("[set]\nforrum = \"unga\"", "did you mean `forum`?"),
            ("[set]\ndate = \"soon\"", "not a value of `date`"),
            ("names = \"{delegation\"", "missing"),
            ("name = \"x\"", "unknown field"),
            ("[columns]\nPays = \"delegatoin\"", "did you mean `delegation`?"),
            ("[set]\nsession = [1]", "a text belongs here"),
            ("override = [\"date\"]\n[set]\nforum = \"unga\"", "neither `[set]` nor `names` says it"),
            ("override = [\"dtae\"]", "did you mean `date`?"),
        ] {
            let error = Profile::read(text).unwrap_err();
            assert!(error.contains(expect), "{text}: {error}");
        }
    }
}
