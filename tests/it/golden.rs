//! The sites of `tests/sites/` -> their expected output, next to each in `expected/`.
//!
//! `INSTA_UPDATE=always cargo test` rewrites the expected files along with the snapshots of wording, and `UPDATE=1
//! cargo test golden` only the files of these sites: read the diff before you commit it. Only the `<main>` of a page is
//! compared, so that a change of the theme's frame does not change every page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use plenary::diagnostic::Code;

use crate::support::{Built, Files, TestSite, files_of, repository};

fn folder(name: &str) -> PathBuf {
    repository().join("tests/sites").join(name)
}

/// Builds a golden site, without its expected output.
fn build(name: &str) -> (Files, Built) {
    let mut site = TestSite::folder(&folder(name));
    site.files.retain(|path, _| !path.starts_with("expected/"));
    let built = site.build();
    (site.files, built)
}

/// Compares with `expected/`, or writes it.
fn compare(name: &str, found: &BTreeMap<String, String>) {
    let expected = folder(name).join("expected");
    if std::env::var_os("UPDATE").is_some() || std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        write(&expected, found);
    }
    let kept: BTreeMap<String, String> =
        files_of(&expected).into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
    let (found_paths, kept_paths): (Vec<_>, Vec<_>) = (found.keys().collect(), kept.keys().collect());
    assert_eq!(found_paths, kept_paths, "{name}: other files than expected; INSTA_UPDATE=always rewrites them");
    for (path, text) in found {
        assert_eq!(text, &kept[path], "{name}/expected/{path} differs; INSTA_UPDATE=always rewrites it");
    }
}

fn write(expected: &Path, found: &BTreeMap<String, String>) {
    if expected.exists() {
        std::fs::remove_dir_all(expected).unwrap();
    }
    for (path, text) in found {
        let file = expected.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
}

/// Returns all diagnostics as the command line shows them.
fn diagnostics(files: &Files, built: &Built) -> String {
    let failed = built.pages.values().filter_map(|(_, bytes)| bytes.as_ref().err());
    let mut out = String::new();
    for problem in built.site.diagnostics.iter().chain(failed) {
        let line = problem.place.as_ref().and_then(|place| {
            let text = String::from_utf8_lossy(files.get(&*place.path)?).into_owned();
            text.lines().nth(place.line.checked_sub(1)? as usize).map(str::to_owned)
        });
        out.push_str(&problem.human(line.as_deref()));
        out.push_str("\n\n");
    }
    out
}

#[test]
fn the_smallest_site_is_as_expected() {
    let (files, built) = build("minimal");
    let mut found = BTreeMap::from([("diagnostics.txt".to_owned(), diagnostics(&files, &built))]);
    for (path, (kind, _)) in &built.pages {
        // The theme's own files are not compared.
        if !matches!(kind, plenary::render::page::Kind::Copy) {
            let text = built.file(&path.url());
            found.insert(path.file(), main(text).to_owned() + "\n");
        }
    }
    compare("minimal", &found);
}

/// Returns the `<main>` of a page, or the whole text if it is not a page.
fn main(text: &str) -> &str {
    let Some(start) = text.find("<main") else { return text.trim_end() };
    let end = text.find("</main>").expect("main is closed") + "</main>".len();
    &text[start..end]
}

/// Problems that no file of a site in memory can cause.
const OF_THE_DISK: &[Code] = &[
    Code::UnreadableFile,
    Code::NameNotUtf8,
    Code::SymbolicLink,
    Code::FileTooLarge,
    Code::TooManyFiles,
    Code::NoHistory,
    // Of other hosts.
    Code::DeadLink,
    Code::MovedLink,
];

/// Problems of files that are imported; `import.rs` causes them.
const OF_THE_IMPORT: &[Code] = &[
    Code::UnreadableOriginal,
    Code::FailedWordCheck,
    Code::UnreadableText,
    Code::SuspectText,
    Code::UnsureText,
    Code::UnsureField,
    Code::WrongIndex,
    Code::UnknownColumn,
    Code::ChangedOriginal,
    Code::DuplicateOriginal,
    Code::SimilarStatement,
];

#[test]
fn every_problem_is_reported_with_its_place_and_help() {
    let mut reported = BTreeSet::new();
    let names: Vec<String> = std::fs::read_dir(repository().join("tests/sites"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("broken"))
        .collect();
    for name in names {
        let (files, built) = build(&name);
        let failed = built.pages.values().filter_map(|(_, bytes)| bytes.as_ref().err());
        for problem in built.site.diagnostics.iter().chain(failed) {
            assert!(problem.help.is_some(), "{problem:?} does not say what to do");
            reported.insert(problem.code);
        }
        compare(&name, &BTreeMap::from([("diagnostics.txt".to_owned(), diagnostics(&files, &built))]));
    }
    let unheard: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !reported.contains(code) && !OF_THE_DISK.contains(code) && !OF_THE_IMPORT.contains(code))
        .map(|code| code.word())
        .collect();
    assert!(unheard.is_empty(), "no broken site causes {unheard:?}");
}
