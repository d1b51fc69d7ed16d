//! The tables in the binary, typed: states and organisations, forums, groups, languages, and the names under which texts
//! speak of them. `SOURCES.md`, next to them, names the source of every row; a site's records override all of it.

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A state, a former state, or an organisation that speaks for itself.
#[derive(Clone, Debug, Deserialize)]
pub struct Delegation {
    /// ISO 3166-1 alpha-3, or Plenary's own code for an organisation.
    pub code: Box<str>,
    /// `state`, `observer`, `former` or `organisation`.
    pub kind: Box<str>,
    /// The three digits of the United Nations' M49 standard; empty for organisations.
    pub m49: Box<str>,
    /// English short name.
    pub name: Box<str>,
    /// Regional group of the United Nations; empty for members of none.
    pub regional_group: Box<str>,
    /// First year of membership under this name; empty unless it has ended.
    pub from: Box<str>,
    /// Last year of membership under this name; empty unless it has ended.
    pub until: Box<str>,
}

/// A body in which statements are made.
#[derive(Clone, Debug, Deserialize)]
pub struct Forum {
    /// Slug of the forum.
    pub code: Box<str>,
    /// Short English name.
    pub short: Box<str>,
    /// Full English name.
    pub name: Box<str>,
    /// Slug of the body that it belongs to; empty for none.
    pub parent: Box<str>,
    /// Where it usually meets; empty if it has no place.
    pub place: Box<str>,
    /// The pattern of the symbols of its meetings' records, with `{s}` for the session and `{m}` for the meeting.
    pub symbol: Box<str>,
}

/// A state that came into being while others spoke for its people.
#[derive(Clone, Debug, Deserialize)]
pub struct Founded {
    /// Its code, as in the table of delegations.
    pub code: Box<str>,
    /// The first year in which it can have spoken for itself.
    pub from: i16,
    /// The code of the delegation that spoke before; empty if there was none, or several.
    pub before: Box<str>,
}

/// Delegations that speak together.
#[derive(Clone, Debug, Deserialize)]
pub struct Group {
    /// Slug of the group.
    pub code: Box<str>,
    /// English name.
    pub name: Box<str>,
}

/// A language.
#[derive(Clone, Debug, Deserialize)]
pub struct Language {
    /// BCP 47 tag.
    pub code: Box<str>,
    /// Its name in itself.
    pub name: Box<str>,
}

/// The two codes that ISO 3166-1 gives a state or territory.
#[derive(Clone, Debug, Deserialize)]
pub struct Codes {
    /// Two letters, in capitals.
    pub alpha2: Box<str>,
    /// Three letters, in capitals.
    pub alpha3: Box<str>,
}

/// A name under which texts speak of a state, an organisation, a forum or a group.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name as texts print it.
    pub name: Box<str>,
    /// The word for what it names (`delegation`, `forum`, `group`) and its code; none for a name that contains another
    /// and means none of them, such as *Gulf of Guinea*.
    pub of: Option<(Box<str>, Box<str>)>,
    /// Tags of the languages in which it is used.
    pub languages: Box<[Box<str>]>,
}

#[derive(Deserialize)]
struct StateName {
    name: Box<str>,
    code: Box<str>,
    languages: Box<str>,
}

#[derive(Deserialize)]
struct OtherName {
    name: Box<str>,
    kind: Box<str>,
    code: Box<str>,
    languages: Box<str>,
}

/// The code of a name that means none of them.
const NOBODY: &str = "-";

/// Returns states and organisations, in the order of their codes.
pub fn delegations() -> Vec<Delegation> {
    rows(include_str!("delegations.csv"))
}

/// Returns states that came into being since 1990.
pub fn founded() -> Vec<Founded> {
    rows(include_str!("founded.csv"))
}

/// Returns forums.
pub fn forums() -> Vec<Forum> {
    rows(include_str!("forums.csv"))
}

/// Returns groups.
pub fn groups() -> Vec<Group> {
    rows(include_str!("groups.csv"))
}

/// Returns languages with their own names.
pub fn languages() -> Vec<Language> {
    rows(include_str!("languages.csv"))
}

/// Returns the codes of states and territories.
pub fn codes() -> Vec<Codes> {
    rows(include_str!("codes.csv"))
}

/// Returns the names of states in several languages.
pub fn state_names() -> Vec<Name> {
    let names: Vec<StateName> = rows(include_str!("names.csv"));
    let name = |row: StateName| {
        let of = (&*row.code != NOBODY).then(|| ("delegation".into(), row.code));
        Name { name: row.name, of, languages: tags(&row.languages) }
    };
    names.into_iter().map(name).collect()
}

/// Returns the names of organisations, forums and groups, and names that contain a state's name without meaning it.
pub fn other_names() -> Vec<Name> {
    let names: Vec<OtherName> = rows(include_str!("mentions.csv"));
    let name = |row: OtherName| {
        let of = (&*row.code != NOBODY).then_some((row.kind, row.code));
        Name { name: row.name, of, languages: tags(&row.languages) }
    };
    names.into_iter().map(name).collect()
}

/// Returns the alpha-3 code of the state that an alpha-2 code means, unless an organisation has that code: `AU` is the
/// African Union.
pub fn alpha3(word: &str) -> Option<&'static str> {
    // Called for the delegation of every statement, so the lines are searched without parsing the table.
    let first_is = |row: &&str| row.split(',').next().is_some_and(|code| code.eq_ignore_ascii_case(word));
    let row = include_str!("codes.csv").lines().skip(1).find(first_is)?;
    let is_taken = include_str!("delegations.csv").lines().skip(1).any(|row| first_is(&row));
    row.split_once(',').map(|(_, alpha3)| alpha3).filter(|_| !is_taken)
}

fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    let rows: Result<Vec<T>, csv::Error> = csv::Reader::from_reader(table.as_bytes()).into_deserialize().collect();
    rows.expect("a test reads every row of every table")
}

fn tags(languages: &str) -> Box<[Box<str>]> {
    languages.split(' ').map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_every_table_is_read() {
        let counts = [
            delegations().len(),
            forums().len(),
            groups().len(),
            languages().len(),
            codes().len(),
            state_names().len(),
            other_names().len(),
        ];
        let lines = [
            include_str!("delegations.csv"),
            include_str!("forums.csv"),
            include_str!("groups.csv"),
            include_str!("languages.csv"),
            include_str!("codes.csv"),
            include_str!("names.csv"),
            include_str!("mentions.csv"),
        ];
        assert_eq!(counts, lines.map(|table| table.lines().count() - 1));
    }

    #[test]
    fn what_a_name_means_is_in_another_table() {
        let delegations: Vec<Box<str>> = delegations().into_iter().map(|row| row.code).collect();
        let forums: Vec<Box<str>> = forums().into_iter().map(|row| row.code).collect();
        let groups: Vec<Box<str>> = groups().into_iter().map(|row| row.code).collect();
        for Name { name, of, .. } in state_names().into_iter().chain(other_names()) {
            let Some((kind, code)) = of else { continue };
            let known = match &*kind {
                "delegation" => &delegations,
                "forum" => &forums,
                "group" => &groups,
                other => panic!("{name}: `{other}` is not a kind"),
            };
            assert!(known.contains(&code), "{name}: no {kind} has the code {code}");
        }
    }
}
