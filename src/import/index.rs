//! An index, a table in CSV or JSON -> which files are to be imported, and what it says of each.

mod csv;
mod json;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::knowing::profile::Profile;
use super::said::{Field, KEYS, Left, Said, wrong};
use crate::collect::names::Names;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::edit::{quoted, scalar};
use crate::language::fold;
use crate::read::record::RecordKind;

/// A row: a file, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file's path as the index has it; empty where the row names a statement by its id alone.
    pub file: String,
    /// Where the index names it.
    pub place: Place,
    pub said: Said,
    /// The status that it is to have, as the index has it.
    pub status: Option<String>,
}

/// What stands in one line of a table, or in one object.
struct Entry {
    line: u32,
    cells: Vec<Cell>,
}

/// A value under its column's name, and where it stands.
struct Cell {
    name: String,
    value: Value,
    line: u32,
    column: u32,
}

/// Endings of the files that can be an index.
pub const ENDINGS: &[&str] = &["csv", "tsv", "json", "jsonl"];

/// Says whether a file of this name can be an index.
pub fn is_index(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

/// Reads an index. What is wrong with it is told, and the rest is used.
pub fn read(path: &Arc<str>, text: &str, profile: &Profile, names: &Names<'_>) -> (Vec<Row>, Vec<Diagnostic>) {
    let (told, ids) = (BTreeSet::new(), BTreeMap::new());
    let mut problems = Problems { path: Arc::clone(path), told, ids, all: Vec::new() };
    let is_json = path.to_lowercase().contains(".json");
    let entries = if is_json { json::entries(text, &mut problems) } else { csv::entries(text, &mut problems) };
    let rows = entries.into_iter().filter_map(|entry| row(entry, profile, names, &mut problems)).collect();
    (rows, problems.all)
}

/// What is wrong with an index; of a column only once.
struct Problems {
    path: Arc<str>,
    told: BTreeSet<String>,
    /// The ids that rows give, with the line of each.
    ids: BTreeMap<String, u32>,
    all: Vec<Diagnostic>,
}

impl Problems {
    fn add(&mut self, code: Code, line: u32, column: u32, message: String, help: &str) {
        let place = Place { path: Arc::clone(&self.path), line, column };
        self.all.push(Diagnostic::new(code, place, message).help(help));
    }

    fn wrong(&mut self, line: u32, column: u32, message: String, help: &str) {
        self.add(Code::WrongIndex, line, column, message, help);
    }

    fn unknown(&mut self, cell: &Cell) {
        if self.told.insert(cell.name.clone()) {
            let name = &cell.name;
            let near = did_you_mean(name, KEYS.iter().copied());
            let help = near.unwrap_or_else(|| {
                format!(
                    "give the column the name of a front-matter key, or say in a profile, below `[columns]`, which key \
                     it is: `\"{name}\" = \"KEY\"`; `\"{name}\" = \"\"` passes it over without a warning"
                )
            });
            let message = format!("the column `{name}` is no key of a statement, and is passed over");
            self.add(Code::UnknownColumn, cell.line, cell.column, message, &help);
        }
    }
}

impl Problems {
    /// Tells of a second column for one key.
    fn twice(&mut self, cell: &Cell, key: &str) {
        if self.told.insert(format!("{key} twice")) {
            let message = format!("the column `{}` is a second one for `{key}`", cell.name);
            self.wrong(
                cell.line,
                cell.column,
                message,
                "keep one of them; of each row the first that is filled was used",
            );
        }
    }

    /// Tells of an id that another row has as well.
    fn id(&mut self, id: &str, line: u32, column: u32) {
        if let Some(other) = self.ids.insert(id.to_owned(), line) {
            let message = format!("the id `{id}` stands in line {other} as well");
            self.wrong(line, column, message, "give each file an id of its own");
        }
    }
}

/// Columns of Plenary's own export that follow from others.
const FOLLOWING: &[&str] =
    &["url", "earliest", "latest", "delegation_name", "forum_name", "languages", "topics_by_rule", "documents"];

fn row(entry: Entry, profile: &Profile, names: &Names<'_>, problems: &mut Problems) -> Option<Row> {
    let evidence = format!("index, line {}", entry.line);
    let (mut file, mut status) = (None, None);
    let mut said = Said::default();
    let (mut columns, mut filled) = (BTreeSet::new(), BTreeSet::new());
    let mut parts: BTreeMap<&'static str, Vec<(String, String, u32, u32)>> = BTreeMap::new();
    for cell in entry.cells {
        let name = profile.column(&cell.name).unwrap_or(&cell.name);
        let name = String::from(fold::key(name));
        let text = plain(&cell.value);
        if name.is_empty() || FOLLOWING.contains(&name.as_str()) {
            continue;
        }
        let (name, part) = name.split_once('.').unwrap_or((&name, ""));
        let (name, part) = match (name, part) {
            // As the export calls them.
            ("speaker", "") if !cell.value.is_object() => ("speaker", "as_printed"),
            ("role", "") => ("speaker", "role"),
            ("translation", "") => ("translation_kind", ""),
            ("license", "") => ("rights", "license"),
            ("source", "") if !cell.value.is_object() => ("source", "url"),
            other => other,
        };
        let key = if part.is_empty() { name.to_owned() } else { format!("{name}.{part}") };
        if !columns.insert(key.clone()) {
            problems.twice(&cell, &key);
        }
        if text.is_empty() || !filled.insert(key) {
            continue;
        }
        match (name, part) {
            ("file", "") => file = Some((text, cell.line, cell.column)),
            ("status", "") => status = Some(text),
            ("id", "") if crate::read::is_id(&text) => {
                problems.id(&text, cell.line, cell.column);
                said.id = Some(text);
            }
            ("id", "") => {
                let message = format!("`{text}` cannot be an id");
                problems.wrong(cell.line, cell.column, message, "write a-z, 0-9 and hyphens");
            }
            (name, part) => match KEYS.iter().chain(&["source"]).find(|key| **key == name) {
                Some(key) if part.is_empty() => {
                    let (value, text) = match coded(key, &text, names) {
                        None => (cell.value, text),
                        Some(Ok(code)) => {
                            let doubt = names.doubt(&text).filter(|_| *key == "delegation");
                            if let Some((message, help)) = doubt {
                                problems.add(Code::AmbiguousCode, cell.line, cell.column, message, &help);
                            }
                            (Value::from(&*code), code)
                        }
                        Some(Err(help)) => {
                            let message = format!("no {key} `{text}` is known");
                            let yaml = format!("{key}: {}\n", scalar(&text));
                            problems.wrong(cell.line, cell.column, message.clone(), &help);
                            said.left.push(Left { yaml, line: 0, message });
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
    for (key, mut parts) in parts {
        parts.sort();
        let lines: String = parts.iter().map(|(part, text, ..)| format!("  {part}: {}\n", quoted(text))).collect();
        let value = parts.iter().map(|(_, text, ..)| text.as_str()).collect::<Vec<_>>().join(", ");
        let at = parts.first().map_or((0, 0), |(_, _, line, column)| (*line, *column));
        add(&mut said, key, format!("{key}:\n{lines}"), value, &evidence, at, problems);
    }
    if file.is_none() && said.id.is_some() {
        // A statement of the site can be named by its id alone.
        file = Some((String::new(), entry.line, 1));
    }
    let Some((file, line, column)) = file else {
        let help =
            "every row names its file under `file`; another column can be named so in a profile, under `[columns]`";
        problems.wrong(entry.line, 1, "the row names no file".to_owned(), help);
        return None;
    };
    Some(Row { file, place: Place { path: Arc::clone(&problems.path), line, column }, said, status })
}

/// Returns the code that a word means under a key of codes, or what can be done where nothing is known of it.
fn coded(key: &str, word: &str, names: &Names<'_>) -> Option<Result<String, String>> {
    let kind = match key {
        "delegation" => RecordKind::Delegation,
        "forum" => RecordKind::Forum,
        _ => return None,
    };
    let help = || {
        let near = names.nearest(kind, word).unwrap_or_else(|| "write a code;".to_owned());
        format!("{near} if it is right, make a record in content/{}/ with its `title`", kind.folder())
    };
    Some(names.code_of(kind, word).ok_or_else(help))
}

/// Adds what a cell says, if a statement can say it.
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
        return problems.wrong(at.0, at.1, message, "mend the index, and import again; the rest of the row was used");
    }
    if key == "source" {
        said.source = yaml.split_once('\n').map_or_else(String::new, |(_, lines)| lines.to_owned());
    } else {
        said.fields.push(Field { key, yaml, value, evidence: evidence.to_owned() });
    }
}

/// Returns a value as one line for people; nothing for what is empty.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) if items.is_empty() => String::new(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// Keys that take a list; in a table its members stand between semicolons.
const LISTS: &[&str] = &["on_behalf_of", "topics", "references", "see_also", "agenda_items", "aliases"];

/// Returns a value as YAML writes it on one line.
fn yaml(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) if LISTS.contains(&key) => {
            let members: Vec<String> =
                text.split([';', '|']).map(str::trim).filter(|member| !member.is_empty()).map(scalar).collect();
            format!("[{}]", members.join(", "))
        }
        Value::String(text) if matches!(key, "simulated" | "speaking_order") => text.trim().to_lowercase(),
        Value::String(text) => scalar(text.trim()),
        // JSON is YAML.
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::names::Tables;

    fn rows(path: &str, text: &str, profile: &str) -> (Vec<(String, Vec<String>)>, Vec<String>) {
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        let (rows, problems) = read(&path.into(), text, &Profile::read(profile).unwrap(), &names);
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
    fn a_table_and_objects_say_the_same() {
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
    fn what_is_wrong_is_told_with_its_line_and_column() {
        for (path, text, problem) in [
            ("i.csv", "file,date\na.pdf,soon\n", "i.csv:2:7: "),
            ("i.csv", "file,note\n\na.pdf,\"x\"\n", "i.csv:3:7: the column `note`"),
            ("i.csv", "date,file\n2019,\n", "i.csv:2:1: the row names no file"),
            ("i.csv", "file,date\na.pdf\n", "i.csv:2:1: the row has 1 cell"),
            ("i.csv", "file,type\n\"a,b.pdf\",sermon\n", "i.csv:2:11: "),
            ("i.json", "[{\"file\": \"a.pdf\",\n  \"date\": \"soon\"}]", "i.json:2:3: "),
            ("i.json", "[{\"file\": \"a.pdf\"},\n {\"file\" \"b.pdf\"}]", "i.json:2:10: "),
            ("i.json", "{\"file\": 1", "i.json:1:"),
            ("i.csv", "file,delegation\na.pdf,Ruritania\n", "i.csv:2:7: no delegation `Ruritania`"),
            ("i.csv", "file,delegation\na.pdf,AU\n", "i.csv:2:7: `AU` is taken for the African Union"),
            ("i.csv", "file,id\na.pdf,x\nb.pdf,x\n", "i.csv:3:7: the id `x` stands in line 2"),
            ("i.csv", "file,date,Date\na.pdf,2019,\n", "i.csv:2:12: the column `Date` is a second one"),
        ] {
            let (_, problems) = rows(path, text, "");
            assert!(problems.iter().any(|found| found.starts_with(problem)), "{text}: {problems:?}");
        }
    }

    #[test]
    fn names_become_codes_and_what_is_not_known_is_not_written_as_sure() {
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
        let (rows, _) = read(&"i.csv".into(), text, &Profile::default(), &names);
        assert_eq!(rows[2].said.left[0].yaml, "delegation: Ruritania\n");
    }

    #[test]
    fn a_profile_says_what_columns_are() {
        let profile = "[columns]\nPays = \"delegation\"\nDatei = \"file\"\nRemarks = \"\"\n";
        let (rows, problems) = rows("i.csv", "Datei,Pays\u{a0},Remarks\na.pdf,KAZ,no\n", profile);
        assert_eq!((rows, problems), (vec![("a.pdf".into(), vec!["delegation: KAZ".into()])], vec![]));
    }
}
