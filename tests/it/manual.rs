//! The manual -> whether it describes the program: exactly its codes, views, keys, commands and flags.

use std::collections::BTreeSet;
use std::path::PathBuf;

use plenary::diagnostic::{Code, Severity};
use plenary::pipeline::{Pipeline, Settings};
use plenary::read::publication::words;
use plenary::render::view::VERSION;
use plenary::sources::Sources;

use crate::support::TestSite;

/// Returns the text of a file of the repository.
fn text(path: &str) -> String {
    std::fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Returns a page of the manual.
fn page(name: &str) -> String {
    text(&format!("manual/content/{name}.md"))
}

/// Returns the sections under headings that begin with `mark`: the heading without backticks, and what is below it.
fn sections(text: &str, mark: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix(mark) {
            found.push((heading.replace('`', ""), String::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    found
}

/// Returns the word in backticks that begins each table row.
fn rows(text: &str) -> Vec<String> {
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `"));
    cells.filter_map(|cell| cell.split('`').next().map(str::to_owned)).collect()
}

/// Returns the same for the tables whose first column is titled `Key`.
fn keys(text: &str) -> BTreeSet<String> {
    let mut of_keys = false;
    let mut lines = String::new();
    for line in text.lines() {
        if !line.starts_with('|') {
            of_keys = false;
        } else if line.starts_with("| Key |") {
            of_keys = true;
        } else if of_keys {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    rows(&lines).into_iter().collect()
}

/// Returns the public structs of a source text with their public fields, in source order.
fn structs(source: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut open = false;
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            found.push((name.to_owned(), Vec::new()));
            open = true;
        } else if line == "}" {
            open = false;
        } else if let (true, Some((_, fields))) = (open, found.last_mut()) {
            let field = line.strip_prefix("    pub ").and_then(|rest| rest.split_once(": "));
            fields.extend(field.map(|(name, _)| name.to_owned()));
        }
    }
    found
}

/// Returns the fields of one struct.
fn fields(source: &str, name: &str) -> BTreeSet<String> {
    let found = structs(source).into_iter().find(|(of, _)| of == name);
    found.unwrap_or_else(|| panic!("no struct {name}")).1.into_iter().collect()
}

#[test]
fn every_code_has_its_section_with_severity_meaning_and_advice() {
    let sections = sections(&page("diagnostics"), "### ");
    let named: Vec<&str> = sections.iter().map(|(word, _)| word.as_str()).collect();
    let words: Vec<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(named, words);
    for (code, (word, body)) in Code::ALL.iter().zip(&sections) {
        let severity = match code.severity() {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
        };
        let said = format!("{severity}. {}", code.meaning());
        let paragraphs: Vec<&str> = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
        assert_eq!(paragraphs.first(), Some(&said.as_str()), "{word}");
        assert!(paragraphs.len() >= 2, "{word}: what is to be done about it?");
    }
}

#[test]
fn every_view_has_its_section_with_every_field_once_and_in_order() {
    let manual = page("views");
    let mut structs = structs(&text("src/render/view.rs"));
    for file in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/render/view")).expect("the rooms of the views")
    {
        structs.extend(self::structs(&std::fs::read_to_string(file.expect("a file").path()).expect("a source")));
    }
    structs.sort();
    assert!(structs.len() > 20 && structs.iter().all(|(_, fields)| !fields.is_empty()), "{structs:?}");
    let mut described: Vec<(String, Vec<String>)> =
        sections(&manual, "## ").into_iter().map(|(name, body)| (name, rows(&body))).collect();
    described.sort();
    assert_eq!(described, structs);
    assert!(manual.contains(&format!("version {VERSION}.")), "the manual names another version of the views");
}

#[test]
fn every_key_of_site_toml_is_in_the_manual_and_no_other() {
    let source = text("src/config.rs");
    let mut config = fields(&source, "Config");
    assert!(config.contains("base_url"), "{config:?}");
    // The command line sets it, not the file.
    assert!(config.remove("preview"));
    // `[search]` is a table, whose keys have a section of their own.
    assert!(config.remove("search"));
    config.extend(fields(&source, "Search"));
    config.extend(fields(&source, "SearchWeights"));
    config.remove("weights");
    for (table, name) in [("outputs", "Outputs"), ("history", "History"), ("deploy", "Deploy")] {
        assert!(config.remove(table));
        config.extend(fields(&source, name));
    }
    let manual = page("site-toml");
    assert_eq!(keys(&manual), config);
    for key in fields(&source, "MenuItem") {
        assert!(manual.contains(&format!("`{key}`")), "{key} of a menu's item");
    }
}

/// Returns the variants of an enum, in lower case; empty if there is no such enum.
fn variants(source: &str, name: &str) -> Vec<String> {
    let mut lines = source.lines().skip_while(|line| !line.ends_with(&format!("enum {name} {{")));
    lines.next();
    let names = lines.take_while(|line| *line != "}").filter_map(|line| {
        let rest = line.strip_prefix("    ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))?;
        rest.split(|c: char| !c.is_ascii_alphanumeric()).next().map(str::to_ascii_lowercase)
    });
    names.collect()
}

/// Returns the flags of each struct of arguments: its name in lower case, and its `--flag`s, including shared ones.
fn flags(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    let mut shared: Vec<(usize, String)> = Vec::new();
    let mut attribute = String::new();
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("pub(crate) struct ").and_then(|rest| rest.strip_suffix(" {")) {
            found.push((name.to_ascii_lowercase(), BTreeSet::new()));
            attribute.clear();
            continue;
        }
        let line = line.trim();
        // An attribute may span several lines.
        if line == "#[command(flatten)]" {
            attribute = line.to_owned();
        } else if let ("#[command(flatten)]", Some((_, of))) = (attribute.as_str(), line.split_once(": ")) {
            shared.push((found.len() - 1, of.trim_end_matches(',').to_ascii_lowercase()));
            attribute.clear();
        } else if line.starts_with("#[arg(") || (!attribute.is_empty() && !attribute.ends_with(")]")) {
            attribute.push_str(line);
        } else if let Some(field) = line.strip_prefix("pub(crate) ").and_then(|rest| rest.split(':').next()) {
            let words: Vec<&str> = attribute.split(['(', ',', ')']).map(str::trim).collect();
            let named = words.iter().find_map(|word| word.strip_prefix("long = \"")?.strip_suffix('"'));
            let flag = named.map(str::to_owned).or_else(|| words.contains(&"long").then(|| field.replace('_', "-")));
            if let (Some(flag), Some((_, flags))) = (flag, found.last_mut()) {
                flags.insert(format!("--{flag}"));
            }
            attribute.clear();
        }
    }
    for (at, of) in &shared {
        let flags = found.iter().find(|(name, _)| name == of).map(|(_, flags)| flags.clone());
        found[*at].1.extend(flags.unwrap_or_else(|| panic!("no struct {of}")));
    }
    found.retain(|(name, _)| shared.iter().all(|(_, of)| of != name));
    found
}

#[test]
fn every_command_and_flag_is_in_the_manual_and_no_other() {
    let source =
        ["", "/bulk", "/import", "/lock", "/new"].map(|of| text(&format!("src/cli/arguments{of}.rs"))).concat();
    let mut commands: BTreeSet<String> = BTreeSet::new();
    for command in variants(&source, "Command") {
        // A command with subcommands: `theme eject`.
        let below = format!("{}{}Command", command[..1].to_ascii_uppercase(), &command[1..]);
        let below = variants(&source, &below);
        if below.is_empty() {
            commands.insert(command);
        } else {
            commands.extend(below.iter().map(|inner| format!("{command} {inner}")));
        }
    }
    assert!(commands.len() >= 8 && commands.contains("theme eject"), "{commands:?}");

    let sections = sections(&page("commands"), "## ");
    let others = ["Flags of every command", "Selecting texts", "Exit codes", "Output"];
    let described: BTreeSet<String> =
        sections.iter().map(|(name, _)| name.clone()).filter(|name| !others.contains(&name.as_str())).collect();
    assert_eq!(described, commands);

    let flags = flags(&source);
    assert!(flags.iter().map(|(_, flags)| flags.len()).sum::<usize>() >= 20, "{flags:?}");
    for (of, flags) in flags {
        let is_its = |name: &str| {
            if of == "arguments" { name == others[0] } else { name.rsplit(' ').next() == Some(of.as_str()) }
        };
        let section = sections.iter().find(|(name, _)| is_its(name));
        let (_, body) = section.unwrap_or_else(|| panic!("no section for {of}"));
        let words = rows(body).into_iter().filter_map(|row| row.split(' ').next().map(str::to_owned));
        let described: BTreeSet<String> = words.filter(|word| word.starts_with("--")).collect();
        assert_eq!(described, flags, "{of}");
    }
}

/// Returns the code block of a page that begins with these words.
fn block(page: &str, begins: &str) -> String {
    let found =
        page.split("\n```").find(|block| block.split_once('\n').is_some_and(|(_, code)| code.starts_with(begins)));
    found
        .and_then(|block| block.split_once('\n'))
        .unwrap_or_else(|| panic!("no code begins with {begins}"))
        .1
        .to_owned()
}

#[test]
fn the_template_example_works_with_and_without_its_variables() {
    let (themes, statement) = (page("themes"), block(&page("front-matter"), "---\ntitle: Statement by Arvenia"));
    let mut site = TestSite::new("-- site.toml --\nbase_url = \"https://example.org/\"\n");
    site.edit("content/statements/a.md", statement);
    site.edit("themes/default/templates/statement.html", block(&themes, "{% extends"));
    assert!(!site.build().file("/statements/a/").contains("about mistakes"));
    site.edit("site.toml", block(&themes, "[extra]"));
    assert!(site.build().file("/statements/a/").contains("Write to archive@example.org about mistakes"));
}

#[test]
fn the_manual_is_a_site_without_problems() {
    let sources = Sources::scan(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("manual"));
    let site = Pipeline::new(Settings::default()).run(&sources);
    assert!(site.pages.len() > 12, "{} pages: where is the manual?", site.pages.len());
    let failed = site.pages.iter().filter_map(|page| site.render(page).err());
    let problems: Vec<String> = site.diagnostics.iter().cloned().chain(failed).map(|found| found.human(None)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_word_about_publication_is_in_the_manual_and_no_other() {
    let manual = page("front-matter");
    let lists = [
        ("Names, with any value: ", words::NAMES),
        ("Names that contain one of these, as `embargo_until` does: ", words::PARTS),
        ("as in `state: Kazakhstan`: ", words::STATES),
        ("as in `release: 2030-01-01`: ", words::TIMED),
        ("as in `is_published` and `sperrfrist_bis`, are these: ", words::NAME_SIDES),
        ("as in `borrador final`, are these: ", words::VALUE_SIDES),
        (
            "Values, by themselves or in a list, with a number after them, or between dashes, commas and brackets: ",
            words::VALUES,
        ),
    ];
    for (start, list) in lists {
        let said = manual.lines().find_map(|line| line.split_once(start)).unwrap_or_else(|| panic!("{start}")).1;
        let said: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
        let known: Vec<String> = list.iter().map(|word| word.replace('_', " ")).collect();
        assert_eq!(said, known, "{start}");
    }
}
