//! A row of an index about an existing statement -> the statement's file with what the row says, and everything else
//! unchanged.
//!
//! The site's own table (`/data/statements.csv`) names the files of statements, not originals. Such a row brings no
//! text to import: it changes front-matter keys. An empty cell changes nothing, nor does one that repeats what the
//! statement already says. The text is never touched.

mod lists;
mod objects;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use super::accepting::settle;
use super::index::{Asked, Row};
use super::said::Field;
use crate::collect::names::Names;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::front::document::Document;
use crate::front::statement::{SOURCE, STATUS};
use crate::read::date::Date;
use crate::read::record::RecordKind;
use crate::read::statement::{Front, Statement, Status};
use crate::read::{self, Content, Options};
use lists::{document, key, list, list_of, members, party};
use objects::{merged, plain, speaker};

/// The result of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The whole file; `None` if the row says nothing new.
    pub text: Option<String>,
    /// The keys that changed.
    pub keys: Vec<&'static str>,
    /// What the row says that was not written, and why.
    pub refused: Vec<String>,
    /// Questions about codes that the statement does not already have.
    pub asked: Vec<Diagnostic>,
}

/// Applies what a row says to a statement's file.
pub fn update(path: &Arc<str>, text: &str, row: &Row, config: &Config, names: &Names<'_>) -> Updated {
    let Row { said, asked, .. } = row;
    let mut updated = Updated { text: None, keys: Vec::new(), refused: Vec::new(), asked: Vec::new() };
    let Some((mut document, (statement, errors))) = Document::of_file(text).zip(read(path, text, config)) else {
        updated.refused.push("its front matter cannot be read".into());
        return updated;
    };
    let values = document.values();
    // A question about a value that the statement already has was answered by the person who wrote it there.
    let is_new = |asked: &&Asked| changed(&asked.field, &statement, &values, names).is_some();
    updated.asked = asked.iter().filter(is_new).map(|asked| asked.problem.clone()).collect();
    // An empty cell may be a slip of the spreadsheet, so it removes nothing, and that is reported.
    let is_there = |(key, part): &&(&'static str, String)| {
        let value = values.get(*key);
        let value = if part.is_empty() { value } else { value.and_then(|value| value.get(part.as_str())) };
        value.is_some_and(|value| !is_empty(value))
    };
    for (key, part) in row.emptied.iter().filter(is_there) {
        let name = if part.is_empty() { (*key).to_owned() } else { format!("{key}.{part}") };
        updated.refused.push(format!("the empty cell of `{name}` removes nothing; `plenary set {name}=` does"));
    }
    let mut set = |key: &'static str, yaml: &str| match document.set(key, yaml, Some(SOURCE.name)) {
        true => updated.keys.push(key),
        false => updated.refused.push(format!("the lines of `{key}` cannot be replaced; change it in the file")),
    };
    for field in &said.fields {
        let Some(yaml) = changed(field, &statement, &values, names) else { continue };
        set(field.key, &yaml);
    }
    if !said.source.is_empty() {
        let field = Field { key: SOURCE.name, yaml: format!("{SOURCE}:\n{}", said.source), ..Field::default() };
        if let Some(yaml) = merged(&field, &values) {
            set(SOURCE.name, &yaml);
        }
    }
    // The status comes last: it may be refused, while the rest of the row still counts.
    let mut too_public = None;
    if let Some(word) = row.status.as_deref() {
        match new_status(word, &statement.front) {
            Ok(None) => {}
            Ok(Some(word)) => set(STATUS.name, &format!("{STATUS}: {word}\n")),
            Err(why) => too_public = Some(why),
        }
    }
    updated.refused.extend(too_public);
    if updated.keys.is_empty() {
        return updated;
    }
    // What a person has decided in the table is no longer left to decide.
    let settled = statement.front.import.as_ref().and_then(|note| settle(document.text(), note, &updated.keys));
    let after = settled.unwrap_or_else(|| document.text().to_owned());
    // The result is parsed again, so that nothing is written that a build would refuse.
    match read(path, &after, config) {
        Some((_, now)) if now <= errors => {}
        _ => {
            updated.refused.push(format!("`{}` would make it invalid", updated.keys.join("`, `")));
            updated.keys.clear();
            return updated;
        }
    }
    updated.text = Some(after);
    updated
}

/// Parses a statement and counts its errors.
fn read(path: &Arc<str>, text: &str, config: &Config) -> Option<(Statement, usize)> {
    let read = read::read(path, text.as_bytes(), &Options::new(config));
    let wrong = |problem: &&Diagnostic| problem.code.severity() == Severity::Error;
    let errors = read.diagnostics.iter().filter(wrong).count();
    match read.content {
        Some(Content::Statement(statement)) => Some(((*statement).clone(), errors)),
        _ => None,
    }
}

/// Returns the new status of a statement, or `None` if it has that one. A table never makes a text more public than it
/// is, because it may be older than the decision to withdraw the text.
fn new_status(word: &str, front: &Front) -> Result<Option<&'static str>, String> {
    let word = word.trim().to_lowercase();
    let Some((word, status)) = Status::WORDS.iter().find(|(of, _)| *of == word) else {
        return Err(format!("`{word}` is not a status"));
    };
    let publishes = matches!(status, Status::Published | Status::Corrected);
    match front.status {
        now if now == *status => Ok(None),
        now @ (Status::Draft | Status::Withdrawn) if publishes => Err(format!(
            "the row says `status: {word}`, but the statement is `{}`: a table cannot publish; change it in the file",
            now.word()
        )),
        _ => Ok(Some(word)),
    }
}

/// Returns the lines of a key that a row changes; `None` if the statement says the same.
fn changed(field: &Field, statement: &Statement, values: &Mapping, names: &Names<'_>) -> Option<String> {
    let front = &statement.front;
    let value = field.value.trim();
    let same_code = |kind, now: &str| {
        let key = |name: &str| names.key(kind, name).to_lowercase();
        now.eq_ignore_ascii_case(value) || key(now) == key(value)
    };
    // Each key is compared by its meaning, not its spelling: a table that was exported and not edited must change
    // nothing.
    let same = match field.key {
        "title" => front.title.trim() == value,
        "type" => front.kind.is_some_and(|kind| kind.word() == value),
        "date" => front.date.as_ref().map(Date::edtf) == Some(value),
        "delegation" => front.delegation.as_ref().is_some_and(|now| same_code(RecordKind::Delegation, now)),
        "forum" => front.forum.as_ref().is_some_and(|now| same_code(RecordKind::Forum, now)),
        "language" => &*statement.language == value,
        // The table also says it of every text of a simulated delegation.
        "simulated" => front.simulated || value != "true" || is_of_simulated(front, names),
        "session" if front.session.as_ref().is_some_and(|now| now.text.trim() == value) => true,
        "meeting" if front.meeting.as_ref().is_some_and(|now| now.text.trim() == value) => true,
        "speaker" => return speaker(field, front, values, names),
        "topics" => return topics(field, statement, names),
        "references" => return list_of(field, &front.references, |name| document(name, names)),
        "on_behalf_of" => return list_of(field, &front.on_behalf_of, |name| party(name, names)),
        "translation_kind" => front.translation_kind.is_some_and(|kind| kind.word() == value),
        "text_status" => front.text_status.is_some_and(|status| status.word() == value),
        _ => same_value(field, values),
    };
    if same {
        return None;
    }
    if field.yaml.starts_with(&format!("{}:\n", field.key)) { merged(field, values) } else { Some(field.yaml.clone()) }
}

/// Returns whether the statement's delegation is simulated as a whole, in which case the table says so of each of its
/// texts.
fn is_of_simulated(front: &Front, names: &Names<'_>) -> bool {
    let kind = RecordKind::Delegation;
    front.delegation.as_ref().is_some_and(|name| names.is_simulated(kind, &names.key(kind, name)))
}

/// Returns the line of topics. The table also has the topics of single paragraphs; those stay in the text.
fn topics(field: &Field, statement: &Statement, names: &Names<'_>) -> Option<String> {
    let key = |name: &str| key(RecordKind::Topic, name, names);
    let said = members(field);
    let given: BTreeSet<String> = statement.given_topics().map(|topic| key(&topic.text)).collect();
    let whole: BTreeSet<String> = statement.front.topics.iter().map(|topic| key(&topic.text)).collect();
    // The list for spreadsheets has only those of the whole text.
    let keys: BTreeSet<String> = said.iter().map(|topic| key(topic)).collect();
    if keys == given || keys == whole {
        return None;
    }
    let of_whole = |topic: &String| !given.contains(&key(topic)) || whole.contains(&key(topic));
    Some(list("topics", &said.into_iter().filter(of_whole).collect::<Vec<_>>()))
}

/// Returns whether front matter already has a value under a key, ignoring the order of lists and the case of codes.
fn same_value(field: &Field, values: &Mapping) -> bool {
    let members = |value: &Value| -> Vec<String> {
        let mut members: Vec<String> = match value {
            Value::Sequence(list) => list.iter().map(plain).collect(),
            other => vec![plain(other)],
        };
        members.sort();
        members
    };
    let Some(now) = values.get(field.key) else { return false };
    // Tables that were written before texts had lines of their own in a cell separate them with semicolons.
    if let Value::Sequence(list) = now
        && list.iter().map(plain).collect::<Vec<_>>().join("; ") == field.value.trim().to_lowercase()
    {
        return true;
    }
    let said: Mapping = serde_yaml::from_str(&field.yaml).unwrap_or_default();
    said.get(field.key).is_some_and(|said| members(said) == members(now))
}

/// Returns whether a value says nothing: `topics: []` has nothing to remove.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Sequence(list) => list.is_empty(),
        Value::Mapping(object) => object.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::names::Tables;
    use crate::import::said::Said;

    const TEXT: &str = "---\ntitle: \"On ports\"\ndate: 2020-05-04\ndelegation: ken\nspeaker: { family: Doe, given: Jane, honorific: Ms., role: Ambassador }\n# a note\ntopics:\n  - ports\n  - roads\nsource:\n  file: a.pdf\nstatus: corrected\n---\n\nThe harbour.\n\nThe road. {topics=\"debris\"}\n";

    fn row(yaml: &[(&'static str, &str, &str)], status: Option<&str>) -> Updated {
        let field = |(key, yaml, value): &(&'static str, &str, &str)| Field {
            key,
            yaml: (*yaml).to_owned(),
            value: (*value).to_owned(),
            evidence: String::new(),
        };
        let said = Said { fields: yaml.iter().map(field).collect(), ..Said::default() };
        of_row(TEXT, said, status)
    }

    fn of_row(text: &str, said: Said, status: Option<&str>) -> Updated {
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        let place = crate::diagnostic::Place::file(&"i.csv".into());
        let row = Row {
            file: String::new(),
            place,
            said,
            status: status.map(str::to_owned),
            asked: Vec::new(),
            emptied: Vec::new(),
        };
        update(&"content/statements/a.md".into(), text, &row, &Config::default(), &names)
    }

    #[test]
    fn a_row_that_says_the_same_changes_nothing() {
        let same = row(
            &[
                ("title", "title: On ports\n", "On ports"),
                ("date", "date: \"2020-05-04\"\n", "2020-05-04"),
                ("delegation", "delegation: KEN\n", "KEN"),
                ("speaker", "speaker:\n  as_printed: \"Jane Doe\"\n  role: \"Ambassador\"\n", "Jane Doe, Ambassador"),
                // The topic of the second paragraph is in the table as well.
                ("topics", "topics: [roads, ports, debris]\n", "roads; ports; debris"),
                ("simulated", "simulated: false\n", "false"),
                ("language", "language: en\n", "en"),
            ],
            Some("corrected"),
        );
        assert_eq!(same, Updated { text: None, keys: Vec::new(), refused: Vec::new(), asked: Vec::new() });
    }

    #[test]
    fn lines_of_a_text_come_back_as_they_were() {
        let text = "---\ntitle: A\nhead_matter:\n  - One; two\n  - Three\nstatus: draft\n---\n\nWords.\n";
        let said = |yaml: &str, value: &str| {
            let field = Field { key: "head_matter", yaml: yaml.into(), value: value.into(), ..Field::default() };
            Said { fields: vec![field], ..Said::default() }
        };
        for value in ["One; two\nThree", "One; two; Three"] {
            let same = of_row(text, said("head_matter: [\"One; two\", Three]\n", value), None);
            assert_eq!(same.text, None, "{value:?}");
        }
        let other = of_row(text, said("head_matter: [\"One; two\", Four]\n", "One; two\nFour"), None);
        let expect = text.replace("\n  - One; two\n  - Three", " [\"One; two\", Four]");
        assert_eq!(other.text.as_deref(), Some(&*expect));
    }

    #[test]
    fn what_a_table_decides_is_no_longer_left_to_decide() {
        let text = "---\ntitle: A\nstatus: draft\nimport:\n  unsure:\n    - { key: delegation, value: KEN, reason: x }\n    \
                    - { key: place, value: Nairobi, reason: y }\n---\n\nWords.\n";
        let field =
            |key, yaml: &str, value: &str| Field { key, yaml: yaml.into(), value: value.into(), ..Field::default() };
        let first = vec![field("delegation", "delegation: UGA\n", "UGA")];
        let after = of_row(text, Said { fields: first, ..Said::default() }, None).text.unwrap();
        assert!(after.contains("delegation: UGA\n") && !after.contains("KEN") && after.contains("Nairobi"), "{after}");
        let second = vec![field("place", "place: Kampala\n", "Kampala")];
        let after = of_row(&after, Said { fields: second, ..Said::default() }, None).text.unwrap();
        assert!(!after.contains("import:"), "{after}");
    }

    #[test]
    fn a_row_replaces_only_its_own_keys() {
        for (key, yaml, from, to) in [
            ("date", "date: \"2020-05-05\"\n", "date: 2020-05-04", "date: \"2020-05-05\""),
            ("topics", "topics: [harbours]\n", "topics:\n  - ports\n  - roads", "topics: [harbours]"),
            ("place", "place: Nairobi\n", "source:\n", "place: Nairobi\nsource:\n"),
            (
                "speaker",
                "speaker:\n  as_printed: \"Jane Doe\"\n  role: \"Minister\"\n",
                "speaker: { family: Doe, given: Jane, honorific: Ms., role: Ambassador }",
                "speaker:\n  family: Doe\n  given: Jane\n  honorific: \"Ms.\"\n  role: Minister",
            ),
            ("rights", "rights:\n  license: \"CC0-1.0\"\n", "source:\n", "rights:\n  license: \"CC0-1.0\"\nsource:\n"),
        ] {
            let updated = row(&[(key, yaml, yaml.split_once(": ").map_or("", |(_, value)| value.trim()))], None);
            assert_eq!(updated.text.as_deref(), Some(&*TEXT.replacen(from, to, 1)), "{key}");
            assert_eq!((updated.keys, updated.refused), (vec![key], vec![]));
        }
    }

    #[test]
    fn a_table_can_withdraw_but_never_publish() {
        let withdrawn = row(&[], Some("withdrawn"));
        assert_eq!(withdrawn.text, Some(TEXT.replace("status: corrected", "status: withdrawn")));
        let draft = TEXT.replace("status: corrected", "status: draft  # delete this line to publish");
        let published = of_row(&draft, Said::default(), Some("published"));
        assert!(published.text.is_none() && published.refused[0].contains("cannot publish"), "{published:?}");
        assert_eq!(row(&[], Some("secret")).refused, ["`secret` is not a status"]);
        assert_eq!(row(&[("date", "date: soon\n", "soon")], None).text, None, "what a build would refuse");
    }
}
