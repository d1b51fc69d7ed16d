//! Texts -> a table of their front matter that people read, spreadsheets edit and programs parse.
//!
//! A column is a key, or a part of an object under its key: `speaker.role`. The names are those that an import of the
//! table understands, so the table can be edited and imported again.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};
use unicode_width::UnicodeWidthStr;

use super::condition::no_key;
use super::texts::Text;
use super::values::{at, words};
use crate::front::statement::{self, DATE, DELEGATION, ID, IMPORT, LANGUAGE, STATUS, TITLE};
use crate::front::{FrontKey, Type};
use crate::spreadsheet;

/// A column: a key, and perhaps a part of its object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    path: Vec<String>,
}

/// The column with the path of the file, by which an import finds the statement again.
pub const FILE: &str = "file";

impl Column {
    fn of(key: FrontKey) -> Column {
        Column { path: vec![key.name.to_owned()] }
    }

    /// Parses the name of a column: a key, a part of one such as `speaker.role`, or `file`.
    ///
    /// # Errors
    /// Returns in words that there is no such key.
    pub fn parse(name: &str) -> Result<Column, String> {
        let path: Vec<String> = name.trim().split('.').map(str::to_owned).collect();
        let first = path.first().map_or("", String::as_str);
        match first == FILE || statement::ALL.iter().any(|key| key.name == first) {
            true => Ok(Column { path }),
            false => Err(no_key(first)),
        }
    }

    /// Returns its name.
    pub fn name(&self) -> String {
        self.path.join(".")
    }

    /// Returns the cell of a text.
    fn cell(&self, text: &Text, values: &Mapping) -> String {
        match self.path.first().map(String::as_str) {
            Some(FILE) => text.path.to_string(),
            Some(key) if key == ID.name => text.id.to_string(),
            Some(key) if key == LANGUAGE.name => text.language.to_string(),
            first => {
                let found = at(values, &self.path);
                // A line of text may contain any separator but the end of a line.
                let is_lines =
                    statement::ALL.iter().any(|key| Some(key.name) == first && matches!(key.value, Type::Lines));
                if let [Value::Sequence(lines)] = found.as_slice()
                    && is_lines
                {
                    return lines.iter().flat_map(words).collect::<Vec<_>>().join("\n");
                }
                found.into_iter().map(cell).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// Returns the columns that a list has by default.
pub fn usual_columns() -> Vec<Column> {
    [ID, LANGUAGE, DATE, DELEGATION, STATUS, TITLE].map(Column::of).to_vec()
}

/// Returns a column for every key that the front matter of these texts has, in declared order, and one for the file.
/// Each key of an object has its own column. What an import left to decide is left out.
pub fn all_columns(texts: &[&Text]) -> Vec<Column> {
    let mut columns = vec![Column { path: vec![FILE.to_owned()] }, Column::of(ID), Column::of(LANGUAGE)];
    for key in statement::ALL.iter().filter(|key| ![ID, LANGUAGE, IMPORT].contains(key)) {
        let values: Vec<&Value> = texts.iter().filter_map(|text| text.values.get(key.name)).collect();
        if values.is_empty() && !key.is_required {
            continue;
        }
        let objects = values.iter().filter_map(|value| value.as_mapping());
        let parts: BTreeSet<String> = objects.flat_map(Mapping::keys).flat_map(words).collect();
        let declared: Vec<&str> = match key.value {
            Type::Object(keys) | Type::TextOrObject(_, keys) => keys.iter().map(|key| key.name).collect(),
            _ => Vec::new(),
        };
        let place = |part: &String| (declared.iter().position(|of| of == part).unwrap_or(declared.len()), part.clone());
        let mut parts: Vec<String> = parts.into_iter().collect();
        parts.sort_by_key(place);
        if parts.is_empty() || values.iter().any(|value| value.is_string()) {
            columns.push(Column::of(*key));
        }
        columns.extend(parts.into_iter().map(|part| Column { path: vec![key.name.to_owned(), part] }));
    }
    columns
}

/// Returns a value as one cell: lists of words joined by `; `, objects as JSON.
fn cell(value: &Value) -> String {
    match value {
        Value::Sequence(list) if list.iter().all(|item| !item.is_mapping() && !item.is_sequence()) => {
            words(value).join("; ")
        }
        Value::Sequence(_) | Value::Mapping(_) => serde_json::to_string(value).unwrap_or_default(),
        _ => words(value).join("; "),
    }
}

/// Writes the texts as CSV, each with what its own file says: an import of the table would otherwise write into a
/// language version what it inherits. With `with_mark` it begins with a byte order mark, which spreadsheets need to
/// recognise UTF-8.
///
/// # Errors
/// Does not fail in practice: rows are written to memory.
pub fn csv(texts: &[&Text], columns: &[Column], with_mark: bool) -> anyhow::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(columns.iter().map(Column::name))?;
    // An object that has columns for its parts is not repeated as a whole.
    let has_parts = |column: &Column| columns.iter().any(|of| of.path.len() > 1 && of.path[0] == column.path[0]);
    let is_in_parts = |column: &Column, text: &Text| {
        let value = text.own.get(column.path[0].as_str());
        column.path.len() == 1 && value.is_some_and(Value::is_mapping) && has_parts(column)
    };
    for text in texts {
        let cell =
            |column: &Column| if is_in_parts(column, text) { String::new() } else { column.cell(text, &text.own) };
        table.write_record(columns.iter().map(|column| spreadsheet::marked(cell(column))))?;
    }
    let mark = if with_mark { "\u{feff}" } else { "" };
    Ok(format!("{mark}{}", String::from_utf8(table.into_inner()?)?))
}

/// Writes the texts as JSON, one object per line: the keys as in front matter, including inherited ones.
pub fn json(texts: &[&Text], columns: Option<&[Column]>) -> Vec<String> {
    let all = |text: &Text| -> Json {
        let mut object = serde_json::Map::new();
        object.insert(FILE.to_owned(), Json::from(&*text.path));
        object.insert(ID.name.to_owned(), Json::from(&*text.id));
        object.insert(LANGUAGE.name.to_owned(), Json::from(&*text.language));
        for (key, value) in text.values.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
            if key != IMPORT.name {
                object.insert(key.to_owned(), serde_json::to_value(value).unwrap_or_default());
            }
        }
        Json::Object(object)
    };
    let some = |text: &Text, columns: &[Column]| -> Json {
        let cell = |column: &Column| {
            let value = match at(&text.values, &column.path)[..] {
                [value] => serde_json::to_value(value).unwrap_or_default(),
                _ => Json::from(Some(column.cell(text, &text.values)).filter(|cell| !cell.is_empty())),
            };
            (column.name(), value)
        };
        Json::Object(columns.iter().map(cell).collect())
    };
    texts.iter().map(|text| columns.map_or_else(|| all(text), |columns| some(text, columns)).to_string()).collect()
}

/// The length of the longest cell that is shown in full, in characters: in the last column, and in others.
const WIDEST: [usize; 2] = [60, 28];

/// Returns the lines of a table for people: columns below their names, long cells cut.
pub fn lines(texts: &[&Text], columns: &[Column]) -> Vec<String> {
    let last = columns.len().saturating_sub(1);
    let fit = |at: usize, cell: &str| {
        let widest = WIDEST[usize::from(at != last)];
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        match cell.chars().count() > widest {
            true => format!("{}…", cell.chars().take(widest - 1).collect::<String>()),
            false => cell,
        }
    };
    let header = columns.iter().map(Column::name).collect::<Vec<_>>();
    // People want the words of an object, not its syntax.
    let shown = |column: &Column, text: &Text| match at(&text.values, &column.path)[..] {
        [value @ Value::Mapping(_)] => words(value).join(" "),
        _ => column.cell(text, &text.values),
    };
    let rows = texts
        .iter()
        .map(|text| columns.iter().enumerate().map(|(at, column)| fit(at, &shown(column, text))).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = [header].into_iter().chain(rows).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(front: &str) -> Text {
        let own: Mapping = serde_yaml::from_str(front).unwrap();
        let path = "content/statements/a.md".into();
        Text { path, id: "a".into(), language: "en".into(), values: own.clone(), own, base: None }
    }

    #[test]
    fn all_that_front_matter_says_has_a_column() {
        let one = text(
            "title: \"=A\"\ndate: 2017\nspeaker: { role: Envoy, family: Doe }\ntopics: [b, a]\nagenda_items: [{ number: \"97\" }]\nextra: { reel: 12 }\n",
        );
        let other = text("title: B\nspeaker: jane-doe\n");
        let texts = [&one, &other];
        let columns = all_columns(&texts);
        assert_eq!(
            csv(&texts, &columns, true).unwrap(),
            "\u{feff}file,id,language,title,date,speaker,speaker.family,speaker.role,agenda_items,topics,extra.reel\n\
             content/statements/a.md,a,en,'=A,2017,,Doe,Envoy,\"[{\"\"number\"\":\"\"97\"\"}]\",b; a,12\n\
             content/statements/a.md,a,en,B,,jane-doe,,,,,\n"
        );
    }
}
