//! The source code -> whether it keeps the rules in ARCHITECTURE.md.

use std::collections::BTreeSet;

use crate::support::{files_of, repository};

/// A module imports from lower floors only; a folder's files may import from each other.
const FLOORS: &[(&str, u32)] = &[
    ("diagnostic", 0),
    ("path", 0),
    ("spreadsheet", 0),
    ("stamp", 0),
    ("exclusive", 0),
    ("media", 0),
    ("active", 1),
    ("disk", 0),
    ("key", 1),
    ("memo", 1),
    ("language", 1),
    ("shipped", 1),
    ("config", 1),
    ("front", 2),
    ("sources", 2),
    ("read", 3),
    ("output", 3),
    ("edit", 3),
    ("deploy", 4),
    ("verify", 4),
    ("external", 4),
    ("compare", 4),
    ("history", 4),
    ("collect", 5),
    ("bulk", 6),
    ("import", 6),
    ("render", 6),
    ("search", 6),
    ("pipeline", 7),
    ("archive", 8),
    ("serve", 8),
    ("cli", 9),
];

/// Nothing imports these: they are the entrances to everything else.
const DOORS: &[&str] = &["lib", "main"];

/// Where Rust code is.
const FOLDERS: &[&str] = &["src", "tests/it", "benches"];

/// More lines than this hide a module.
const LONGEST: usize = 400;

/// Returns the path and text of each Rust file below a folder of the repository.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    files_of(&repository().join(folder))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(path, bytes)| (format!("{folder}/{path}"), String::from_utf8(bytes).unwrap()))
        .collect()
}

/// Returns the module of `src/` that a file belongs to: `read` for `src/read/date.rs`.
fn module(path: &str) -> &str {
    let path = path.strip_prefix("src/").unwrap();
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns the modules that a text names as `crate::…`, alone or in the braces of one `use`.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |all, line| all + line + "\n");
    let word = |text: &str| text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        // A macro's `$crate` and an identifier that ends with `crate` are not imports.
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut start = true;
            for (i, c) in list.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => start = true,
                    c if c.is_alphabetic() && depth == 1 && start => {
                        found.insert(word(&list[i..]));
                        start = false;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            found.insert(word(rest));
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn imports_are_found_however_they_are_written() {
    let text = "use crate::read::{self, date};\nuse crate::{memo::Memo, path::{self, SitePath}};\n// crate::cli\nlet x = crate::stamp::of($crate::no);";
    assert_eq!(imports(text), ["memo", "path", "read", "stamp"].map(str::to_owned).into());
}

#[test]
fn a_module_imports_only_from_lower_floors() {
    let floor = |module: &str| FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor);
    let mut wrong = Vec::new();
    for (path, text) in rust_files("src") {
        let own = module(&path);
        if DOORS.contains(&own) {
            continue;
        }
        let Some(own_floor) = floor(own) else {
            wrong.push(format!("{path}: `{own}` has no floor: add it to the table"));
            continue;
        };
        for import in imports(&text).iter().filter(|import| *import != own) {
            match floor(import) {
                Some(floor) if floor < own_floor => {}
                Some(floor) => {
                    wrong.push(format!("{path}: `{own}` (floor {own_floor}) imports `{import}` (floor {floor})"))
                }
                None => wrong.push(format!("{path}: imports `{import}`, which has no floor")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_takes_an_address_apart_to_learn_what_it_names() {
    // Settling, moved pages and root-relative links deal with addresses as such.
    let of_addresses = ["src/render/settle.rs", "src/render/layout/moved.rs", "src/render/rooted.rs"];
    let taken_apart =
        [".url().split(", ".url().ends_with(", ".url().starts_with(", ".url().replace", "path.room()", "path().room()"];
    let rooms = rust_files("src/collect").into_iter().chain(rust_files("src/render"));
    let mut wrong = Vec::new();
    for (path, text) in rooms.filter(|(path, _)| !of_addresses.contains(&path.as_str())) {
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
        wrong.extend(taken_apart.iter().filter(|found| code.contains(*found)).map(|found| format!("{path}: {found}")));
    }
    assert!(wrong.is_empty(), "ask the key what it identifies (src/key.rs): {wrong:#?}");
}

#[test]
fn every_file_opens_with_what_it_makes_of_what() {
    let files = FOLDERS.iter().flat_map(|folder| rust_files(folder));
    let unopened: Vec<String> = files.filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert!(unopened.is_empty(), "no `//!` on the first line of {unopened:#?}");
}

#[test]
fn no_file_is_too_long() {
    let long = |text: &str| {
        // Unit tests are at the end of their file and are not counted.
        text.split("\n#[cfg(test)]\nmod tests {").next().unwrap().lines().count()
    };
    let files = FOLDERS.iter().flat_map(|folder| rust_files(folder)).map(|(path, text)| (long(&text), path));
    let files: Vec<_> = files.filter(|(lines, _)| *lines > LONGEST).collect();
    assert!(files.is_empty(), "more than {LONGEST} lines: {files:#?}");
}

#[test]
fn the_map_in_architecture_md_is_true() {
    let text = std::fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    // Every path under src/ that it names in code quotes: `src/read/` or `src/stamp.rs`.
    let named: BTreeSet<String> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| code.starts_with("src/") && *code != "src/")
        .map(str::to_owned)
        .collect();
    let mut there = BTreeSet::new();
    for (path, _) in files_of(&repository().join("src")) {
        let parts: Vec<&str> = path.split('/').collect();
        there.insert(if parts.len() == 1 { format!("src/{path}") } else { format!("src/{}/", parts[0]) });
    }
    let missing: Vec<_> = there.difference(&named).collect();
    let gone: Vec<_> =
        named.iter().filter(|path| !there.contains(*path) && !repository().join(path).exists()).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not on the map: {missing:?}; on the map only: {gone:?}");
}

#[test]
fn every_snapshot_belongs_to_a_test_and_none_waits_to_be_accepted() {
    let tests: String = rust_files("tests/it").into_iter().map(|(_, text)| text).collect();
    let mut wrong = Vec::new();
    for (path, _) in files_of(&repository().join("tests/it/snapshots")) {
        let Some(name) = path.strip_suffix(".snap") else {
            wrong.push(path);
            continue;
        };
        // The last word of a name may be a placeholder: `letters-hidden-{format}`.
        let begin = name.rsplit_once('-').map_or(name, |(begin, _)| begin);
        if !tests.contains(&format!("snapshot(\"{name}\"")) && !tests.contains(&format!("\"{begin}-{{")) {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "no test compares with {wrong:#?}");
}

#[test]
fn the_citation_names_the_version_of_the_program() {
    let text = std::fs::read_to_string(repository().join("CITATION.cff")).unwrap();
    assert!(text.contains(&format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"))), "{text}");
}

#[test]
fn the_changelog_has_a_room_for_what_comes_next() {
    let text = std::fs::read_to_string(repository().join("CHANGELOG.md")).unwrap();
    assert!(text.contains("\n## Unreleased\n") || text.contains(&format!("\n## {}", env!("CARGO_PKG_VERSION"))));
}
