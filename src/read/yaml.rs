//! Front matter -> its values, and where each key and value is.
//!
//! `serde_yaml` determines the values. A second pass over the parser events of `saphyr-parser` gives line and column,
//! the text of numbers as written (`1.10` is not 1.1), and keys given twice.

mod places;

use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use crate::diagnostic::{Code, Diagnostic, Place};
pub use places::{At, Places};
use places::{FIRST, closes, locate};

/// The values of a file's front matter, with their places.
pub struct FrontMatter {
    /// The values by key.
    pub values: Mapping,
    /// Where each key and value is.
    pub places: Places,
    /// Warnings about values that YAML likely reads differently from what was meant.
    pub doubts: Vec<Diagnostic>,
}

/// Parses the text between the fences.
///
/// # Errors
///
/// Returns diagnostics if the text is not a YAML mapping, has a duplicate key, or is nested too deeply.
pub fn parse(path: &Arc<str>, text: &str) -> Result<FrontMatter, Vec<Diagnostic>> {
    let place = |(line, column)| Place { path: Arc::clone(path), line, column };
    // Walk the text once for the places of keys and values, because `serde_yaml` keeps neither, and with limits that it
    // does not have.
    let places = locate(text);
    if let Some((at, message)) = places.refused {
        let help = "use only lists and `key: value` lines, and write each value out";
        return Err(vec![Diagnostic::new(Code::InvalidYaml, place(at), message).help(help)]);
    }
    if !places.twice.is_empty() {
        let problems = places.twice.iter().map(|(key, at)| {
            let (line, column) = places.key(key);
            Diagnostic::new(Code::DuplicateKey, place(*at), format!("duplicate key `{}`", tail(key)))
                .related(place((line, column)))
                .help(format!("it is on line {line} too: keep one of them"))
        });
        return Err(problems.collect());
    }
    // `serde_yaml` alone decides what the values are, so that both walks cannot disagree about them.
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Mapping(values)) => Ok(FrontMatter { doubts: doubts(path, &places), values, places }),
        Ok(Value::Null) => Ok(FrontMatter { doubts: doubts(path, &places), values: Mapping::new(), places }),
        Ok(_) => Err(vec![
            Diagnostic::new(
                Code::InvalidYaml,
                place((FIRST, 1)),
                "the front matter is not a list of `key: value` lines",
            )
            .help("start with `title: …`"),
        ]),
        Err(error) => {
            let at = error.location().map_or((FIRST, 1), |at| (at.line() as u32 - 1 + FIRST, at.column() as u32));
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            let line = (at.0 - FIRST) as usize;
            // YAML reports an unclosed quotation mark lines below, so the line that has it is searched for.
            if let Some(at) = open_quote(text, line) {
                let message = "the front matter is not valid YAML: this quotation mark is not closed on its line";
                let help = "close it at the end of the value, or delete it";
                return Err(vec![Diagnostic::new(Code::InvalidYaml, place(at), message).help(help)]);
            }
            let line = text.lines().nth(line).unwrap_or_default();
            Err(vec![
                Diagnostic::new(Code::InvalidYaml, place(at), format!("the front matter is not valid YAML: {message}"))
                    .help(advice(message, line)),
            ])
        }
    }
}

/// Reports values cut off by what YAML reads as a comment, but the author may not have meant as one.
fn doubts(path: &Arc<str>, places: &Places) -> Vec<Diagnostic> {
    let problems = places.cut.iter().map(|((line, column), words)| {
        let place = Place { path: Arc::clone(path), line: *line, column: *column };
        Diagnostic::new(
            Code::CutValue,
            place,
            format!("the value ends here, because YAML reads `{words}` as a comment"),
        )
        .help("put the value in quotes: \"Item #5\"; if a comment is meant, put a space after the `#`")
    });
    problems.collect()
}

/// Returns the help for a YAML error, depending on its message and line.
fn advice(message: &str, line: &str) -> &'static str {
    if line.contains('\t') {
        "indent with spaces; YAML does not allow tabs"
    } else if message.contains("limit exceeded") {
        "do not use anchors and aliases (& and *) or deep nesting: write each value out"
    } else if message.contains("mapping values are not allowed") {
        "put a value that contains a colon in quotes: title: \"Statement: outer space\""
    } else if message.contains("anchor") || message.contains("alias") || message.contains("character that cannot start")
    {
        "put a value that starts with *, &, @, % or ` in quotes"
    } else {
        "look for a missing quotation mark, bracket or space after a colon on this line or the previous one"
    }
}

/// Returns the place of a value's opening quotation mark that is not closed on its line, searching up from line `last`:
/// YAML notices the error only at the next quotation mark or at the end of the text.
fn open_quote(text: &str, last: usize) -> Option<At> {
    let lines: Vec<&str> = text.lines().take(last + 1).collect();
    let (line, (start, ..)) = (0..lines.len()).rev().find_map(|at| {
        let found = quote_of(lines[at])?;
        let (_, quote, rest) = found;
        // A quoted value may span several lines, the last of which ends with the quotation mark.
        let closed_below = lines[at + 1..].iter().any(|line| line.ends_with(quote) && quote_of(line).is_none());
        (closes(rest, quote).is_none() && !closed_below).then_some((at, found))
    })?;
    Some((line as u32 + FIRST, lines[line][..start].chars().count() as u32 + 1))
}

/// Returns the opening quotation mark of the value on a line: its byte, the mark, and the text after it.
fn quote_of(line: &str) -> Option<(usize, char, &str)> {
    let key = line.find(": ").map_or(0, |at| at + 2);
    let start = key + line[key..].find(|c| c != ' ' && c != '-')?;
    let quote = line[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some((start, quote, &line[start + 1..]))
}

fn tail(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Describes the type of a value in words.
pub fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "an object",
        Value::Tagged(_) => "a tagged value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_of_nested_values_is_named_however_they_are_nested() {
        for text in ["[".repeat(40), "[".repeat(300), "[".repeat(20_000), "{ a: ".repeat(40), "- ".repeat(40)] {
            let refused = parse(&"a.md".into(), &format!("extra:\n  {text}1\n")).map(|_| ()).unwrap_err();
            assert!(refused[0].message.contains("more than 32 levels"), "{text:.30}: {}", refused[0].message);
        }
    }

    #[test]
    fn a_comment_that_looks_like_a_part_of_its_value_is_reported() {
        for (text, expect) in [
            ("title: Resolution #5 of the Committee", Some(((2, 19), "#5 of the Committee"))),
            ("title: \"Resolution\" #5", Some(((2, 21), "#5"))),
            ("title: 'A' #b", Some(((2, 12), "#b"))),
            ("title: #5", Some(((2, 8), "#5"))),
            ("place: Room # 3", Some(((2, 13), "# 3"))),
            ("title: A\ntopics:\n  - item #12\n", Some(((4, 10), "#12"))),
            ("topics: [a, b] # 3 topics\ntitle: A", None),
            ("source: { url: a }\nrights:\n  holder: Пункт #б", Some(((4, 17), "#б"))),
            ("title: A\n  b #c d", Some(((3, 5), "#c d"))),
            ("agenda_items:\n  - number: 5 #bis\n    title: A", Some(((3, 15), "#bis"))),
            ("title: A # a remark", None),
            ("title: A  # suggested", None),
            ("title: A#5", None),
            ("title: \"A #5\"", None),
            ("title: |\n  A #5\n", None),
            ("#5\ntitle: A", None),
            ("title: A\n#5", None),
        ] {
            let front = parse(&"a.md".into(), text).ok().unwrap();
            let cut: Vec<_> = front.places.cut.iter().map(|(at, words)| (*at, words.as_str())).collect();
            assert_eq!(cut, expect.into_iter().collect::<Vec<_>>(), "{text}");
            assert_eq!(front.doubts.len(), cut.len(), "{text}");
        }
    }

    const TEXT: &str =
        "title: A\nspeaker: { family: Doe, given: 1.10 }\ntopics:\n  - space\n  # a remark\n  - \"law\"\n";

    #[test]
    fn both_parsers_see_the_same_values_and_the_places_are_the_files() {
        let front = parse(&"a.md".into(), TEXT).ok().unwrap();
        for (path, at) in [("title", (2, 8)), ("speaker/given", (3, 32)), ("topics/0", (5, 5)), ("topics/1", (7, 5))] {
            assert_eq!(front.places.value(path), at, "{path}");
        }
        assert_eq!(front.places.key("topics"), (4, 1));
        assert_eq!(front.places.written("speaker/given"), Some("1.10"));
        // Every key that serde_yaml found has a place, and no place has a key that it did not find.
        fn paths(value: &Value, path: &str, out: &mut Vec<String>) {
            let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
            match value {
                Value::Mapping(map) => {
                    map.iter().for_each(|(key, value)| paths(value, &below(key.as_str().unwrap()), out))
                }
                Value::Sequence(list) => {
                    list.iter().enumerate().for_each(|(i, value)| paths(value, &below(&i.to_string()), out))
                }
                _ => {}
            }
            out.push(path.to_owned());
        }
        let mut expect = Vec::new();
        paths(&Value::Mapping(front.values), "", &mut expect);
        let mut found: Vec<String> = front.places.values.into_keys().collect();
        expect.sort();
        found.sort();
        assert_eq!(found, expect);
    }

    #[test]
    fn errors_are_at_their_line_of_the_file() {
        for (text, code, at) in [
            ("title: Statement: agenda\n", Code::InvalidYaml, (2, 17)),
            ("title: A\ndate: 2017\ntitle: B\n", Code::DuplicateKey, (4, 1)),
            ("- a\n", Code::InvalidYaml, (2, 1)),
            ("title: \"A\ndate: \"2017\"\n", Code::InvalidYaml, (2, 8)),
            ("title: 'It''s\ndate: 2017\n", Code::InvalidYaml, (2, 8)),
            ("title: \"A\n  b\"\ntopics: [a\n", Code::InvalidYaml, (5, 1)),
            ("title: A\ntopics:\n  - \"a\\\"\n  - b\n", Code::InvalidYaml, (4, 5)),
            ("title: A\nspeaker: { family: X, family: Y }\n", Code::DuplicateKey, (3, 23)),
            (&format!("title: A\nx:\n  {}\n", "- ".repeat(40_000)), Code::InvalidYaml, (4, 67)),
            (&format!("title: A\nx: {}\n", "[".repeat(100_000)), Code::InvalidYaml, (3, 259)),
            (&format!("title: A\nx: {}1\n", "{a: ".repeat(50_000)), Code::InvalidYaml, (3, 129)),
            (&format!("? {}\n: 1\n", "k".repeat(10_000)), Code::InvalidYaml, (2, 3)),
        ] {
            let problems = parse(&"a.md".into(), text).err().expect(text);
            let place = problems[0].place.clone().unwrap();
            assert_eq!((problems[0].code, (place.line, place.column)), (code, at), "{}", &text[..text.len().min(80)]);
        }
    }
}
