//! An index, a table in CSV or JSON -> the files to import, and what it says about each.

mod cells;
mod csv;
mod json;
mod problems;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::knowing::profile::Profile;
use super::said::{Field, Left, Said, wrong};
use crate::collect::names::Names;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edit::{quoted, scalar};
use crate::front::statement::{DELEGATION, FORUM, LANGUAGE, SOURCE};
use crate::front::{self, Has, Type};
use crate::language::fold;
use crate::read::record::RecordKind;
use cells::Entry;
use problems::Problems;

/// A row: a file, and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file's path as the index has it; empty if the row identifies a statement only by its id.
    pub file: String,
    /// Where in the index the file is named.
    pub place: Place,
    /// What the row says about the file.
    pub said: Said,
    /// The status that it should get, as the index has it.
    pub status: Option<String>,
    /// Questions about codes in the row, which are dropped if the statement already says the same.
    pub asked: Vec<Asked>,
    /// The keys, and the parts of keys, whose cells are empty.
    pub emptied: Vec<(&'static str, String)>,
}

/// A code that is unknown or ambiguous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The key and the value in question.
    pub field: Field,
    /// The question, as it is reported.
    pub problem: Diagnostic,
    /// Whether it is among the row's fields nevertheless.
    pub is_used: bool,
}

impl Row {
    /// Takes the questions about the row, for a text that does not answer them itself. What cannot be used is kept under
    /// `import` in the draft.
    pub fn ask(&mut self) -> impl Iterator<Item = Diagnostic> {
        let asked = std::mem::take(&mut self.asked);
        let unused = asked.iter().filter(|asked| !asked.is_used);
        let left = unused.map(|of| Left { yaml: of.field.yaml.clone(), line: 0, message: of.problem.message.clone() });
        self.said.left.extend(left);
        asked.into_iter().map(|asked| asked.problem)
    }
}

/// Reads an index. Problems are reported, and the rest is used.
pub fn read(path: &Arc<str>, text: &str, profile: &Profile, names: &Names<'_>) -> (Vec<Row>, Vec<Diagnostic>) {
    let mut problems = Problems::new(path);
    let is_json = path.to_lowercase().contains(".json");
    let entries = if is_json { json::entries(text, &mut problems) } else { csv::entries(text, &mut problems) };
    let rows = entries.into_iter().filter_map(|entry| row(entry, profile, names, &mut problems)).collect();
    (rows, problems.all)
}

/// Returns which key, or which part of a key's object, a column of Plenary's own export holds.
fn exported(column: &str) -> Option<(&'static str, Has)> {
    front::columns().find(|(_, of)| of.name == column).map(|(key, of)| (key.name, of.has))
}

/// Returns the name of a column for a key, or for a part of its object.
fn joined(key: &str, part: &str) -> String {
    if part.is_empty() { key.to_owned() } else { format!("{key}.{part}") }
}

fn row(entry: Entry, profile: &Profile, names: &Names<'_>, problems: &mut Problems) -> Option<Row> {
    let evidence = format!("index, line {}", entry.line);
    // The table that a site exports also has the texts, which are not imported, because the statements have them.
    let is_exported = entry.cells.iter().any(|cell| cell.name == "topics_by_rule");
    let (mut file, mut status, mut id_at) = (None, None, (0, 0));
    let (mut said, mut asked) = (Said::default(), Vec::new());
    let (mut columns, mut filled) = (BTreeSet::new(), BTreeSet::new());
    let mut emptied = Vec::new();
    let mut parts: BTreeMap<&'static str, Vec<(String, String, u32, u32)>> = BTreeMap::new();
    // Each cell becomes a field of its own, or a part of a field that several columns make up, such as `speaker.given`.
    for cell in entry.cells {
        let name = profile.column(&cell.name).unwrap_or(&cell.name);
        let name = String::from(fold::key(name));
        let text = plain(&cell.value);
        if name.is_empty() {
            continue;
        }
        // The list for spreadsheets has a column for the name of a speaker's record, and others for the parts of a name.
        let is_short = matches!(exported(&name), Some((key, Has::Part(_))) if key == name);
        let (name, part) = match exported(&name) {
            // Columns that are derived from others add nothing.
            Some((_, Has::Follows)) => continue,
            None if is_exported && name == "text" => continue,
            Some((key, Has::Value)) => (key, ""),
            // A column with the name of the key may hold the whole object.
            Some((key, Has::Part(_))) if key == name && cell.value.is_object() => (key, ""),
            Some((key, Has::Part(part))) => (key, part),
            None => name.split_once('.').unwrap_or((&name, "")),
        };
        let key = joined(name, part);
        if !columns.insert((key.clone(), is_short)) {
            problems.twice(&cell, &key);
        }
        if text.is_empty() {
            let declared = front::importable().find(|key| key.name == name);
            emptied.extend(declared.map(|key| (key.name, part.to_owned())));
            continue;
        }
        if !filled.insert(key) {
            continue;
        }
        match (name, part) {
            ("file", "") => file = Some((text, cell.line, cell.column)),
            ("status", "") => status = Some(text),
            ("id", "") if crate::read::is_id(&text) => {
                id_at = (cell.line, cell.column);
                said.id = Some(text);
            }
            ("id", "") => {
                let message = format!("`{text}` is not a valid id");
                problems.wrong(cell.line, cell.column, message, "use a-z, 0-9 and hyphens");
            }
            (name, part) => match front::importable().find(|key| key.name == name).map(|key| key.name) {
                Some(key) if part.is_empty() => {
                    let mut ask = |code, message: String, help: &str, is_used| {
                        let yaml = format!("{key}: {}\n", scalar(&text));
                        let field = Field { key, yaml, value: text.clone(), evidence: evidence.clone() };
                        let place = Place { path: Arc::clone(&problems.path), line: cell.line, column: cell.column };
                        let problem = Diagnostic::new(code, place, message).help(help);
                        asked.push(Asked { field, problem, is_used });
                    };
                    // Names of delegations and forums become codes, as a build would resolve them.
                    let (value, text) = match coded(key, &text, names) {
                        None => (cell.value, text),
                        Some(Ok(code)) => {
                            let doubt = names.doubt(&text).filter(|_| key == DELEGATION.name);
                            if let Some((message, help)) = doubt {
                                ask(Code::AmbiguousCode, message, &help, true);
                            }
                            (Value::from(&*code), code)
                        }
                        Some(Err((message, help))) => {
                            ask(Code::WrongIndex, message, &help, false);
                            continue;
                        }
                    };
                    let yaml = format!("{key}: {}\n", yaml(key, &value));
                    add(&mut said, key, yaml, text, &evidence, (cell.line, cell.column), problems);
                }
                Some(key) => parts.entry(key).or_default().push((part.to_owned(), text, cell.line, cell.column)),
                None => problems.unknown(&cell),
            },
        }
    }
    emptied.retain(|(name, part)| !filled.contains(&joined(name, part)));
    // Parts of one object, in the order of their names, so that the order of columns changes nothing.
    for (key, mut parts) in parts {
        parts.sort();
        let lines: String = parts.iter().map(|(part, text, ..)| format!("  {part}: {}\n", quoted(text))).collect();
        let value = parts.iter().map(|(_, text, ..)| text.as_str()).collect::<Vec<_>>().join(", ");
        let at = parts.first().map_or((0, 0), |(_, _, line, column)| (*line, *column));
        add(&mut said, key, format!("{key}:\n{lines}"), value, &evidence, at, problems);
    }
    if let Some(id) = &said.id {
        // Language versions of a statement of the site have one id, and a row each.
        let is_statement = file.as_ref().is_some_and(|(file, ..): &(String, u32, u32)| file.ends_with(".md"));
        let language = said.fields.iter().find(|field| field.key == LANGUAGE.name).filter(|_| is_statement);
        problems.id(id, language.map_or("", |field| &field.value), id_at);
    }
    if file.is_none() && said.id.is_some() {
        // A statement of the site can also be identified only by its id.
        file = Some((String::new(), entry.line, 1));
    }
    let Some((file, line, column)) = file else {
        let help = "name the file under `file`, or map another column to it in a profile, under `[columns]`";
        problems.wrong(entry.line, 1, "the row names no file".to_owned(), help);
        problems.all.extend(asked.into_iter().map(|asked| asked.problem));
        return None;
    };
    Some(Row { file, place: Place { path: Arc::clone(&problems.path), line, column }, said, status, asked, emptied })
}

/// Returns the code that a word means under a key that takes codes, or the message and help if it means none or several.
fn coded(key: &str, word: &str, names: &Names<'_>) -> Option<Result<String, (String, String)>> {
    let kind = match key {
        _ if key == DELEGATION.name => RecordKind::Delegation,
        _ if key == FORUM.name => RecordKind::Forum,
        _ => return None,
    };
    let unknown = || {
        let near = names.nearest(kind, word).unwrap_or_else(|| "write a code;".to_owned());
        let help = format!("{near} if it is right, make a record in content/{}/ with its `title`", kind.folder());
        let message = match names.several(kind, word) {
            Some(codes) => format!("`{word}` may mean {}", codes.join(" or ")),
            None => format!("`{word}` is not a known {key}"),
        };
        (message, help)
    };
    Some(names.code_of(kind, word).ok_or_else(unknown))
}

/// Adds what a cell says, if front matter can hold it.
fn add(
    said: &mut Said,
    key: &'static str,
    yaml: String,
    value: String,
    evidence: &str,
    at: (u32, u32),
    problems: &mut Problems,
) {
    if let Some(message) = wrong(&yaml) {
        return problems.wrong(
            at.0,
            at.1,
            message,
            "correct the index and import it again; the rest of the row was used",
        );
    }
    if key == SOURCE.name {
        said.source = yaml.split_once('\n').map_or_else(String::new, |(_, lines)| lines.to_owned());
    } else {
        said.fields.push(Field { key, yaml, value, evidence: evidence.to_owned() });
    }
}

/// Returns a value as one line for people; empty for an empty value.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) if items.is_empty() => String::new(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Returns a value as one line of YAML.
fn yaml(key: &str, value: &Value) -> String {
    let declared = front::importable().find(|declared| declared.name == key);
    let is = |what: fn(&front::FrontKey) -> bool| declared.as_ref().is_some_and(what);
    match value {
        // `plenary list --format csv` writes objects as JSON, which is YAML as well.
        Value::String(text) if is(|key| !key.is_scalar()) && is_json(text) => text.trim().to_owned(),
        // In a table the items of a list are separated by semicolons.
        Value::String(text) if is(|key| key.takes_names()) => {
            let members: Vec<String> =
                text.split([';', '|']).map(str::trim).filter(|member| !member.is_empty()).map(scalar).collect();
            format!("[{}]", members.join(", "))
        }
        // In a table each text has a line of the cell.
        Value::String(text) if is(|key| matches!(key.value, Type::Lines)) => {
            let lines: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(scalar).collect();
            format!("[{}]", lines.join(", "))
        }
        Value::String(text) if is(|key| matches!(key.value, Type::Flag | Type::Number)) => text.trim().to_lowercase(),
        Value::String(text) => scalar(text.trim()),
        // JSON is valid YAML.
        other => other.to_string(),
    }
}

/// Returns whether a cell has a list or an object in JSON.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['[', '{']) && serde_json::from_str::<Value>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::names::Tables;

    fn rows(path: &str, text: &str, profile: &str) -> (Vec<(String, Vec<String>)>, Vec<String>) {
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        let (mut rows, mut problems) = read(&path.into(), text, &Profile::read(profile).unwrap(), &names);
        problems.extend(rows.iter_mut().flat_map(Row::ask));
        let yaml = |row: &Row| {
            let mut yaml: Vec<_> = row.said.fields.iter().map(|field| field.yaml.trim_end().to_owned()).collect();
            yaml.sort();
            yaml
        };
        let rows = rows.iter().map(|row| (row.file.clone(), yaml(row))).collect();
        let problem = |p: &Diagnostic| format!("{}: {}", p.place.as_ref().unwrap(), p.message);
        (rows, problems.iter().map(problem).collect())
    }

    #[test]
    fn a_table_and_objects_give_the_same_rows() {
        let expected = vec![(
            "a.pdf".to_owned(),
            vec![
                "date: \"2019-10-12\"".to_owned(),
                "session: \"74\"".to_owned(),
                "speaker:\n  as_printed: \"Ms. Doe\"\n  role: \"Chair, acting\"".to_owned(),
                "topics: [debris, outer-space]".to_owned(),
            ],
        )];
        for (path, text) in [
            (
                "i.csv",
                "file,date,topics,session,speaker,role\na.pdf,2019-10-12,debris; outer-space,74,Ms. Doe,\"Chair, acting\"\n",
            ),
            (
                "i.csv",
                "file;date;topics;session;speaker;role\r\na.pdf;2019-10-12;debris|outer-space;74;Ms. Doe;Chair, acting\r\n",
            ),
            (
                "i.tsv",
                "File\tDate\tTopics\tSession\tSpeaker\tRole\na.pdf\t2019-10-12\tdebris;outer-space\t74\tMs. Doe\tChair, acting\n",
            ),
        ] {
            assert_eq!(rows(path, text, ""), (expected.clone(), vec![]), "{text}");
        }
        let object = r#"{"file":"a.pdf","date":"2019-10-12","topics":["debris","outer-space"],"session":"74","speaker":"Ms. Doe","role":"Chair, acting","meeting":null}"#;
        let expected = {
            let mut expected = expected;
            expected[0].1[3] = "topics: [\"debris\",\"outer-space\"]".to_owned();
            expected
        };
        for (path, text) in [("i.json", format!("[\n{object}\n]\n")), ("i.jsonl", format!("{object}\n"))] {
            assert_eq!(rows(path, &text, ""), (expected.clone(), vec![]), "{text}");
        }
    }

    #[test]
    fn problems_are_reported_with_line_and_column() {
        for (path, text, problem) in [
            ("i.csv", "file,date\na.pdf,soon\n", "i.csv:2:7: "),
            ("i.csv", "file,note\n\na.pdf,\"x\"\n", "i.csv:1:6: the column `note`"),
            ("i.csv", "date,file\n2019,\n", "i.csv:2:1: the row names no file"),
            ("i.csv", "file,date\na.pdf\n", "i.csv:2:1: the row has 1 cell"),
            ("i.csv", "file,type\n\"a,b.pdf\",sermon\n", "i.csv:2:11: "),
            ("i.json", "[{\"file\": \"a.pdf\",\n  \"date\": \"soon\"}]", "i.json:2:3: "),
            ("i.json", "[{\"file\": \"a.pdf\"},\n {\"file\" \"b.pdf\"}]", "i.json:2:10: "),
            ("i.json", "{\"file\": 1", "i.json:1:"),
            ("i.csv", "file,delegation\na.pdf,Ruritania\n", "i.csv:2:7: `Ruritania` is not a known delegation"),
            ("i.csv", "file,delegation\na.pdf,Congo\n", "i.csv:2:7: `Congo` may mean COG or COD"),
            ("i.csv", "file,delegation\na.pdf,AU\n", "i.csv:2:7: `AU` is taken to mean the African Union"),
            ("i.csv", "file,id\na.pdf,x\nb.pdf,x\n", "i.csv:3:7: the id `x` is in line 2"),
            ("i.csv", "file,id,language\na.pdf,x,en\nb.pdf,x,fr\n", "i.csv:3:7: the id `x` is in line 2"),
            ("i.csv", "file,id,language\na.md,x,en\nb.md,x,en\n", "i.csv:3:6: the id `x` is in line 2"),
            ("i.csv", "file,date,Date\na.pdf,2019,\n", "i.csv:1:11: the column `Date` is a second column"),
        ] {
            let (_, problems) = rows(path, text, "");
            assert!(problems.iter().any(|found| found.starts_with(problem)), "{text}: {problems:?}");
        }
    }

    #[test]
    fn names_become_codes_and_unknown_ones_are_not_written_as_certain() {
        let text = "file,delegation,forum\na.pdf,Peru,General Assembly\nb.pdf,per,unga\nc.pdf,Ruritania,\nd.pdf,lk,\n";
        let said = |file: &str, yaml: &[&str]| (file.to_owned(), yaml.iter().map(|line| (*line).to_owned()).collect());
        let expected: Vec<(String, Vec<String>)> = vec![
            said("a.pdf", &["delegation: PER", "forum: unga"]),
            said("b.pdf", &["delegation: per", "forum: unga"]),
            said("c.pdf", &[]),
            said("d.pdf", &["delegation: LKA"]),
        ];
        assert_eq!(rows("i.csv", text, "").0, expected);
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        let (mut rows, _) = read(&"i.csv".into(), text, &Profile::default(), &names);
        assert_eq!(rows[2].ask().count(), 1);
        assert_eq!(rows[2].said.left[0].yaml, "delegation: Ruritania\n");
    }

    #[test]
    fn a_profile_maps_columns_to_keys() {
        let profile = "[columns]\nPays = \"delegation\"\nDatei = \"file\"\nRemarks = \"\"\n";
        let (rows, problems) = rows("i.csv", "Datei,Pays\u{a0},Remarks\na.pdf,KAZ,no\n", profile);
        assert_eq!((rows, problems), (vec![("a.pdf".into(), vec!["delegation: KAZ".into()])], vec![]));
    }
}
