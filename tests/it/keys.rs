//! The declaration of front-matter keys -> whether the manual, the schema and the program have exactly these keys.

use std::collections::BTreeSet;

use plenary::front::{self, FrontKey, Type, objects, record, schema, statement};
use plenary::key::RecordKind;
use plenary::read::fields::Fields;
use plenary::read::statement::Front;
use plenary::read::yaml;
use plenary::stamp::Stamp;
use serde_json::Value;

use crate::support::{TestSite, files_of, repository};

const PAGE: &str = "manual/content/front-matter.md";

fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

/// Returns the keys that the manual describes in a table, found by the line above it and the heading above that.
fn described(heading: &str, above: &str) -> Vec<FrontKey> {
    if above.starts_with("The keys of a `speaker`") {
        return objects::PERSON.to_vec();
    }
    if above.starts_with("The keys of `source`") {
        return objects::SOURCE.to_vec();
    }
    statement::ALL.iter().copied().filter(|key| key.section == heading).collect()
}

/// Returns the manual's page with the tables of keys as declared.
fn with_tables(page: &str) -> String {
    let (mut out, mut heading, mut above) = (String::new(), "", "");
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("### ") {
            heading = title;
        }
        if line.starts_with("| Key |") {
            while lines.next_if(|line| line.starts_with('|')).is_some() {}
            out.push_str("| Key | Type | Meaning | Example |\n|---|---|---|---|\n");
            for key in described(heading, above) {
                let (words, meaning, example) = (key.type_words(), key.meaning, key.example);
                out.push_str(&format!("| `{key}` | {words} | {meaning} | `{example}` |\n"));
            }
        } else {
            out.push_str(line);
            out.push('\n');
        }
        if !line.is_empty() {
            above = line;
        }
    }
    out
}

#[test]
fn the_manual_describes_the_keys_of_statements_as_they_are_declared() {
    let (page, path) = (text(PAGE), repository().join(PAGE));
    let declared = with_tables(&page);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &declared).unwrap();
    } else {
        assert!(page == declared, "{PAGE} is not as declared: UPDATE=1 cargo test --test it keys rewrites its tables");
    }
    let headings: Vec<&str> = declared.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let lost: Vec<&FrontKey> = statement::ALL.iter().filter(|key| !headings.contains(&key.section)).collect();
    assert!(lost.is_empty(), "the manual has no heading for {lost:?}");
    for key in statement::ALL {
        let Type::Word(words) = key.value else { continue };
        let missing: Vec<_> = words.iter().filter(|word| !declared.contains(&format!("`{word}`"))).collect();
        assert!(missing.is_empty(), "the manual lacks words of `{key}`: {missing:?}");
    }
}

#[test]
fn the_manual_names_the_keys_that_are_not_inherited() {
    let page = text(PAGE);
    let said =
        page.split_once("about one file or one wording are not inherited: ").unwrap().1.split_once('.').unwrap().0;
    let said: BTreeSet<&str> = said.split('`').skip(1).step_by(2).collect();
    let own = statement::ALL.iter().filter(|key| !key.is_inherited && **key != statement::ID);
    assert_eq!(said, own.map(|key| key.name).collect());
}

#[test]
fn the_manual_describes_the_keys_of_records_and_no_others() {
    let page = text("manual/content/records.md");
    let kinds = RecordKind::ALL.iter().flat_map(|kind| front::of_record(*kind));
    let mut known: BTreeSet<&str> = kinds.chain(record::PAGE).map(|key| key.name).collect();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(word, _)| word));
    let rows: BTreeSet<&str> = rows.filter(|word| !word.starts_with("content/")).collect();
    assert_eq!(rows, known);
    known.extend(objects::SESSION.iter().chain(objects::MEMBER).map(|key| key.name));
    let missing: Vec<_> = known.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "records.md lacks {missing:?}");
}

/// Returns what a build reports about front matter that begins with a title.
fn problems(lines: &str) -> Vec<String> {
    let text = if lines.starts_with("title:") { format!("{lines}\n") } else { format!("title: A\n{lines}\n") };
    let path = "content/statements/xar-2024-debris.md".into();
    let front = yaml::parse(&path, &text).unwrap();
    let mut found = Vec::new();
    let mut fields = Fields::new(&path, &front.places, front.values, statement::ALL, &mut found);
    Front::read(&mut fields, "xar-2024-debris", Stamp::of(&text));
    found.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn every_declared_key_is_read_and_its_example_is_right() {
    for key in statement::ALL {
        assert!(key.example.starts_with(&format!("{key}:")), "{key}: {}", key.example);
        assert_eq!(problems(key.example), [""; 0], "{}", key.example);
    }
    for (object, keys) in [("speaker", objects::PERSON), ("source", objects::SOURCE), ("rights", objects::RIGHTS)] {
        let lines: Vec<String> = keys.iter().map(|key| format!("  {}", key.example)).collect();
        assert_eq!(problems(&format!("{object}:\n{}", lines.join("\n"))), [""; 0], "{object}");
    }
}

/// Returns whether a value is valid, for those keywords of JSON Schema that the schema uses.
fn is_valid(schema: &Value, value: &Value) -> bool {
    let is_of = |name: &str| match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the type {other}"),
    };
    schema.as_object().unwrap().iter().all(|(word, rule)| match word.as_str() {
        "type" => match rule {
            Value::String(name) => is_of(name),
            names => names.as_array().unwrap().iter().any(|name| is_of(name.as_str().unwrap())),
        },
        "enum" => rule.as_array().unwrap().contains(value),
        "anyOf" => rule.as_array().unwrap().iter().any(|schema| is_valid(schema, value)),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| is_valid(rule, item))),
        "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().unwrap()),
        "pattern" => value.as_str().is_none_or(|text| text.trim_start().starts_with("http")),
        "required" => {
            let keys = rule.as_array().unwrap();
            value.as_object().is_none_or(|map| keys.iter().all(|key| map.contains_key(key.as_str().unwrap())))
        }
        "properties" => {
            let known = |(key, value): (&String, &Value)| rule.get(key).is_none_or(|schema| is_valid(schema, value));
            value.as_object().is_none_or(|map| map.iter().all(known))
        }
        "additionalProperties" => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let is_free = |key: &str| properties.is_none_or(|known| !known.contains_key(key));
            let fits = |value: &Value| if let Value::Bool(any) = rule { *any } else { is_valid(rule, value) };
            value.as_object().is_none_or(|map| map.iter().all(|(key, value)| !is_free(key) || fits(value)))
        }
        "$schema" | "title" | "description" => true,
        other => panic!("the schema uses `{other}`, which this test does not know"),
    })
}

#[test]
fn the_schema_accepts_and_refuses_what_a_build_does() {
    let schema = schema::of_statements();
    let is_valid = |lines: &str| {
        let title = if lines.starts_with("title:") { "" } else { "title: A\n" };
        is_valid(&schema, &serde_yaml::from_str(&format!("{title}{lines}\n")).unwrap())
    };
    for key in statement::ALL {
        assert!(is_valid(key.example), "{}", key.example);
        let described = &schema["properties"][key.name]["description"];
        assert!(described.as_str().is_some_and(|text| !text.is_empty() && !text.contains("](")), "{key}: {described}");
    }
    for lines in [
        "date: 2017",
        "session: 72nd",
        "place:",
        "topics: debris",
        "agenda_items: [Debris, { number: 97 }]",
        "speaker: { family: Doe, as_printed: Ms. Doe }",
    ] {
        assert!(is_valid(lines) && problems(lines).is_empty(), "{lines}: {:?}", problems(lines));
    }
    for lines in [
        "titel: B",
        "type: sermon",
        "simulated: yes",
        "speaking_order: first",
        "status:",
        "source: a.pdf",
        "source: { urll: \"https://example.org/\" }",
        "topics: { a: b }",
        "agenda_items: [[a]]",
        "place: [a]",
    ] {
        assert!(!is_valid(lines) && !problems(lines).is_empty(), "{lines}: {:?}", problems(lines));
    }
}

#[test]
fn a_key_of_plain_text_goes_from_front_matter_to_the_page_and_the_table() {
    let plain = statement::ALL.iter().find(|key| key.is_shown).unwrap();
    let mut site = TestSite::new("-- site.toml --\nbase_url = \"https://example.org/\"\n");
    site.edit("content/statements/a.md", format!("---\ntitle: A\ndate: 2020\n{plain}: Words of it\n---\n\nText.\n"));
    site.edit("content/statements/a.fr.md", "---\ntitle: B\n---\n\nTexte.\n".to_owned());
    let is_inherited = plain.is_inherited;
    let words = std::fs::read_to_string(repository().join("words/en.toml")).unwrap();
    let facts = words.split("[fact]\n").nth(1).unwrap();
    let label = facts.lines().find_map(|line| line.strip_prefix(&format!("{plain} = "))).unwrap().trim_matches('"');
    assert!(site.build().file("/statements/a/").contains(&format!("<dt>{label}</dt><dd><bdi>Words of it")));
    assert_eq!(site.build().file("/fr/statements/a/").contains("Words of it"), is_inherited);
    site.edit("content/statements/a.md", "---\ntitle: A\ndate: 2020\nplace: Geneva\n---\n\nText.\n".to_owned());
    let table: Value = serde_json::from_str(site.build().file("/data/statements.json")).unwrap();
    assert_eq!(table[0]["place"], "Geneva");
}

/// Returns the string literals of Rust code that are separated only by commas, row by row.
fn rows(code: &str) -> Vec<Vec<&str>> {
    let mut rows: Vec<Vec<&str>> = vec![Vec::new()];
    for (at, part) in code.split('"').enumerate() {
        if at % 2 == 1 {
            rows.last_mut().unwrap().push(part);
        } else if part.trim() != "," && part.trim() != "|" {
            rows.push(Vec::new());
        }
    }
    rows
}

#[test]
fn no_list_of_keys_is_written_elsewhere() {
    let names: BTreeSet<&str> = statement::ALL.iter().map(|key| key.name).collect();
    let mut wrong = Vec::new();
    for (path, bytes) in files_of(&repository().join("src")) {
        if !path.ends_with(".rs") || path.starts_with("front") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let code: String = text
            .split("\n#[cfg(test)]\nmod tests {")
            .next()
            .unwrap()
            .lines()
            .map(|line| line.split("//").next().unwrap().replace("'\"'", "").replace("\\\"", "") + "\n")
            .collect();
        for row in rows(&code) {
            // A list of words of a language may contain words that are also keys.
            let keys: BTreeSet<&&str> = row.iter().filter(|word| names.contains(*word)).collect();
            if keys.len() > 2 && keys.len() * 2 > row.len() {
                wrong.push(format!("{path}: {row:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "keys are declared only in src/front/: {wrong:#?}");
}
