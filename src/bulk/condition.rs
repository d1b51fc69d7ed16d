//! `KEY=VALUE` on a command line -> a condition on front matter.

use serde_yaml::{Mapping, Value};

use super::texts::Text;
use super::values::{at, meaning, words};
use crate::collect::names::Names;
use crate::diagnostic::did_you_mean;
use crate::front::statement::{
    self, DATE, DELEGATION, FORUM, LANGUAGE, MENTIONS, SESSION, SIMULATED, STATUS, TOPICS, TYPE,
};
use crate::front::{FrontKey, Type};
use crate::read::date::Date;
use crate::read::statement::Status;

/// A condition on the front matter of a text, with the keys that it inherits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    subject: Subject,
    operator: Operator,
    value: String,
}

/// What a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    /// A declared key, and the way to a part of its value.
    Key(FrontKey, Vec<String>),
    /// A year that the date can mean.
    Year,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    AtLeast,
    AtMost,
    More,
    Less,
    Contains,
}

/// The operators, longer ones first: `>=` begins with `>`.
const OPERATORS: [(&str, Operator); 7] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("=", Operator::Equal),
    (">", Operator::More),
    ("<", Operator::Less),
    ("~", Operator::Contains),
];

/// Other names of keys, as the filters of the search use them.
const OTHER_NAMES: [(&str, FrontKey); 2] = [("topic", TOPICS), ("kind", TYPE)];

/// The keys that the search index has columns for.
const INDEXED: [(FrontKey, &str); 5] =
    [(DELEGATION, "delegation"), (TOPICS, "topic"), (FORUM, "forum"), (TYPE, "kind"), (LANGUAGE, "language")];

/// The word for the years of a date.
const YEAR: &str = "year";

impl Condition {
    /// Parses a condition.
    ///
    /// # Errors
    /// Returns in words what is wrong with it.
    pub fn parse(text: &str) -> Result<Condition, String> {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.' && c != '-');
        let (name, rest) = text.split_at(end.unwrap_or(text.len()));
        let Some((sign, operator)) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign)) else {
            return Err(format!("`{text}` is no condition: write KEY=VALUE, such as delegation=KAZ"));
        };
        let value = rest[sign.len()..].trim().to_owned();
        let subject = subject(name)?;
        let ordered = matches!(operator, Operator::AtLeast | Operator::AtMost | Operator::More | Operator::Less);
        if ordered && value.is_empty() {
            return Err(format!("`{text}` compares with nothing: write a value after `{sign}`"));
        }
        let is_date = matches!(&subject, Subject::Key(key, _) if matches!(key.value, Type::Date));
        if is_date && !value.is_empty() && *operator != Operator::Contains && Date::parse(&value).is_none() {
            return Err(format!("`{value}` is not a date: write 2024-06-04, 2024-06 or 2024"));
        }
        if let Subject::Key(key, part) = &subject
            && let (Type::Word(known), true) = (key.value, part.is_empty())
            && !value.is_empty()
            && !known.contains(&value.as_str())
        {
            let help = did_you_mean(&value, known.iter().copied());
            let help = help.unwrap_or_else(|| format!("it is one of {}", known.join(", ")));
            return Err(format!("`{value}` is no value of `{key}`; {help}"));
        }
        Ok(Condition { subject, operator: *operator, value })
    }

    /// Returns the column and value of the search index that it matches; `None` if the index cannot answer it.
    pub fn of_index(&self) -> Option<(&'static str, &str)> {
        let value = Some(&*self.value).filter(|value| !value.is_empty() && self.operator == Operator::Equal)?;
        let column = match &self.subject {
            Subject::Year => "year",
            Subject::Key(_, part) if !part.is_empty() => return None,
            // The index files a session with its forum.
            Subject::Key(key, _) if *key == SESSION => return value.contains('/').then_some(("session", value)),
            Subject::Key(key, _) => INDEXED.iter().find(|(of, _)| of == key).map(|(_, column)| *column)?,
        };
        Some((column, value))
    }

    /// Returns whether a text meets it.
    pub fn matches(&self, text: &Text, names: &Names<'_>) -> bool {
        match &self.subject {
            Subject::Year => {
                let date = text.values.get(DATE.name).and_then(date);
                let years = date.map(|date| date.listed_years());
                let year = self.value.parse::<i16>().ok();
                match (self.operator, years, year) {
                    (Operator::NotEqual, years, year) => {
                        !years.zip(year).is_some_and(|(years, year)| years.contains(&year))
                    }
                    (operator, Some(years), Some(year)) => match operator {
                        Operator::AtLeast => *years.start() >= year,
                        Operator::AtMost => *years.end() <= year,
                        Operator::More => *years.start() > year,
                        Operator::Less => *years.end() < year,
                        _ => years.contains(&year),
                    },
                    (_, None, None) => self.value.is_empty(),
                    _ => false,
                }
            }
            Subject::Key(key, part) => self.matches_key(*key, part, text, names),
        }
    }

    fn matches_key(&self, key: FrontKey, part: &[String], text: &Text, names: &Names<'_>) -> bool {
        let path: Vec<String> = [key.name.to_owned()].into_iter().chain(part.iter().cloned()).collect();
        let values = at(&text.values, &path);
        // `topics=[]` matches an empty list, which means that a text was judged and is on no topic.
        if self.value == "[]" && matches!(self.operator, Operator::Equal | Operator::NotEqual) {
            let is_empty = values.iter().any(|value| value.as_sequence().is_some_and(Vec::is_empty));
            return is_empty == (self.operator == Operator::Equal);
        }
        let mut said: Vec<String> = values.iter().flat_map(|value| words(value)).collect();
        if part.is_empty() && said.is_empty() {
            said.extend(without(key, text, &self.value));
        }
        let is_equal = |said: &String| self.is_equal(key, part, said, names);
        match self.operator {
            // Without a value after the operator, texts without a value match.
            Operator::Equal if self.value.is_empty() => said.is_empty(),
            Operator::NotEqual if self.value.is_empty() => !said.is_empty(),
            Operator::Equal => said.iter().any(is_equal) || is_whole_name(key, &text.values, &self.value),
            Operator::NotEqual => !said.iter().any(is_equal) && !is_whole_name(key, &text.values, &self.value),
            Operator::Contains => {
                let wanted = self.value.to_lowercase();
                said.iter().any(|said| said.to_lowercase().contains(&wanted))
            }
            operator => said.iter().any(|said| is_ordered(operator, said, &self.value)),
        }
    }

    fn is_equal(&self, key: FrontKey, part: &[String], said: &str, names: &Names<'_>) -> bool {
        if let (Some(said), Some(value)) = (Date::parse(said), Date::parse(&self.value))
            && matches!(key.value, Type::Date)
        {
            return value.earliest() <= said.earliest() && said.latest() <= value.latest();
        }
        match part.is_empty() {
            true => meaning(key, said, names) == meaning(key, &self.value, names),
            false => said.to_lowercase() == self.value.to_lowercase(),
        }
    }
}

/// Returns the key that a word names, with the way to a part of its value.
fn subject(name: &str) -> Result<Subject, String> {
    if name == YEAR {
        return Ok(Subject::Year);
    }
    let mut parts = name.split('.').map(str::to_owned);
    let first = parts.next().unwrap_or_default();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == first).map(|(_, key)| *key);
    match statement::ALL.iter().copied().find(|key| key.name == first).or(other) {
        Some(key) => Ok(Subject::Key(key, parts.collect())),
        None => Err(no_key(&first)),
    }
}

/// Returns the message for a word that is not a key of statements.
pub fn no_key(name: &str) -> String {
    let known = statement::ALL.iter().map(|key| key.name).chain([YEAR]);
    let help = did_you_mean(name, known);
    let help = help.unwrap_or_else(|| "the manual's page on front matter lists the keys of statements".to_owned());
    format!("`{name}` is not a statement key; {help}")
}

/// Returns the meaning of a missing value under a key.
fn without(key: FrontKey, text: &Text, value: &str) -> Option<String> {
    if key == LANGUAGE {
        return Some(text.language.to_string());
    }
    if key == statement::ID {
        return Some(text.id.to_string());
    }
    // A condition without a value tests whether the key is present.
    let usual = [(STATUS, Status::default().word()), (SIMULATED, "false"), (MENTIONS, "true")];
    usual.iter().find(|(of, _)| *of == key && !value.is_empty()).map(|(_, word)| (*word).to_owned())
}

/// Returns whether a value is the whole name of a speaker whose front matter has its parts.
fn is_whole_name(key: FrontKey, values: &Mapping, value: &str) -> bool {
    if key != statement::SPEAKER {
        return false;
    }
    let Some(person) = values.get(key.name).and_then(Value::as_mapping) else { return false };
    let part = |part: &str| person.get(part).and_then(Value::as_str).unwrap_or_default().trim();
    let whole = format!("{} {}", part("given"), part("family"));
    let lower = value.to_lowercase();
    whole.trim().to_lowercase() == lower
}

fn date(value: &Value) -> Option<Date> {
    words(value).first().and_then(|text| Date::parse(text))
}

/// Compares dates by the days that they certainly mean, numbers by value, and everything else alphabetically.
fn is_ordered(operator: Operator, said: &str, value: &str) -> bool {
    if let (Some(said), Some(value)) = (Date::parse(said), Date::parse(value)) {
        return match operator {
            Operator::AtLeast => said.earliest() >= value.earliest(),
            Operator::AtMost => said.latest() <= value.latest(),
            Operator::More => said.earliest() > value.latest(),
            _ => said.latest() < value.earliest(),
        };
    }
    let order = match (said.parse::<f64>(), value.parse::<f64>()) {
        (Ok(said), Ok(value)) => said.total_cmp(&value),
        _ => said.cmp(value),
    };
    match operator {
        Operator::AtLeast => order.is_ge(),
        Operator::AtMost => order.is_le(),
        Operator::More => order.is_gt(),
        _ => order.is_lt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::names::Tables;

    const FRONT: &str = "\
title: \"On ports\"
date: 2017-10-17
delegation: KZ
topics: [ports, road-safety]
speaker: { family: Doe, given: Jane, role: Ambassador }
session: 72nd session
speaking_order: 4
source: { file: a.pdf }
extra: { reel: 12b }
";

    fn text() -> Text {
        let values: Mapping = serde_yaml::from_str(FRONT).unwrap();
        let path = "content/statements/kz-ports.md".into();
        Text { path, id: "kz-ports".into(), language: "en".into(), own: values.clone(), values, base: None }
    }

    #[test]
    fn a_condition_is_about_what_a_value_means() {
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        for (condition, expect) in [
            ("delegation=KAZ", true),
            ("delegation=Kazakhstan", true),
            ("delegation=KGZ", false),
            ("delegation!=KGZ", true),
            ("topics=ports", true),
            ("topic=road-safety", true),
            ("topics=roads", false),
            ("topics!=ports", false),
            ("topics=[]", false),
            ("topics=", false),
            ("topics!=", true),
            ("place=", true),
            ("date=2017", true),
            ("date=2017-10", true),
            ("date=2017-10-18", false),
            ("date>=2017-10-17", true),
            ("date>2017", false),
            ("date<2018", true),
            ("date<=2017-09", false),
            ("year=2017", true),
            ("year>=2018", false),
            ("year!=2017", false),
            ("session=72", true),
            ("session=73", false),
            ("speaking_order>3", true),
            ("speaking_order>=10", false),
            ("speaker=Jane Doe", true),
            ("speaker.role=ambassador", true),
            ("speaker.role=minister", false),
            ("source.file=a.pdf", true),
            ("extra.reel=12b", true),
            ("title~PORT", true),
            ("title~roads", false),
            ("language=en", true),
            ("id=kz-ports", true),
            ("status=published", true),
            ("status=draft", false),
            ("status=", true),
            ("simulated=false", true),
        ] {
            let parsed = Condition::parse(condition).unwrap_or_else(|wrong| panic!("{condition}: {wrong}"));
            assert_eq!(parsed.matches(&text(), &names), expect, "{condition}");
        }
    }

    #[test]
    fn what_is_no_condition_is_refused_with_what_to_write() {
        for (condition, words) in [
            ("delegation", "write KEY=VALUE"),
            ("delegatoin=KAZ", "did you mean `delegation`?"),
            ("date=soon", "is not a date"),
            ("status=drat", "did you mean `draft`?"),
            ("date>=", "compares with nothing"),
        ] {
            let wrong = Condition::parse(condition).unwrap_err();
            assert!(wrong.contains(words), "{condition}: {wrong}");
        }
    }
}
