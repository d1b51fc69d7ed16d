//! `plenary check --fix` -> the sources, corrected if exactly one edit is safe, and left alone otherwise.

use super::*;
use crate::support::{files_of, snapshot};

/// Problems with one safe edit, and similar ones without.
const FILES: &[(&str, &str)] = &[
    ("content/topics/orbital-debris.md", "---\ntitle: Orbital debris\n---\n"),
    ("content/topics/phase-2.md", "---\ntitle: Phase 2\n---\n"),
    ("content/topics/mines.md", "---\ntitle: Mines\n---\n"),
    ("content/topics/minds.md", "---\ntitle: Minds\n---\n"),
    (
        "content/statements/a.md",
        "---\r\ntitle: A  # titel\r\ndate: \"4 June 2024\"\r\ndelegaton: KAZ\r\ntopics: [orbital-debrs, 'orbital-debirs']\r\n---\r\n\r\nWords. {topics=\"orbital-debrsi\"}\r\n",
    ),
    (
        "content/statements/b.md",
        "---\ntitle: B\ndate: 2024/6/5\ndelegation: KAZ\nlanguage: EN\ntype: Statment\nspeaker: { famly: Ö, given: X }\n---\n\nWords.\n",
    ),
    ("content/statements/c.md", "---\ntitle: C\ndate: 05.06.2024\ndelegation: Kazakhstan\n---\n\nWords.\n"),
    // Another digit means another phase, two topics are similar, a state's code is not a misspelling of another's, two
    // keys may mean the same, and only a person decides when and whether a text is published.
    (
        "content/statements/d.md",
        "---\ntitle: D\ndate: 25/06/2024\ndelegation: KAS\ntopics: [phase-1, mins]\n---\n\nSee [[e]].\n",
    ),
    ("content/statements/f.md", "---\ntitle: F\nstatus: Draft\nembargo: 1 July 2024\n---\n\nWords.\n"),
    ("content/statements/g.md", "---\ntitel: G\ntitle: H\ntopic: mines\ntpoics: mines\nsumary: S\n---\n\nWords.\n"),
    (
        "site.toml",
        "title = \"Test\"\nbase_ulr = \"https://example.org/\"\nlangauge = \"en\"\nhtlm = \"escape\"\nhmtl = \"escape\"\n",
    ),
];

#[test]
fn a_problem_with_one_safe_edit_is_corrected_once() {
    let site = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        put(&site, path, text);
    }
    let sources = || {
        let mut files = files_of(site.path());
        files.retain(|path, _| !path.starts_with(".plenary/"));
        files
    };
    let before = sources();
    let listed = plenary(site.path(), &["check", "--fix", "--dry-run"]);
    assert_eq!(sources(), before, "a dry run writes nothing");
    let reported = plenary(site.path(), &["check"]);
    assert!(out(&reported).is_empty(), "{}", out(&reported));
    let fixed = wording::transcript(site.path(), &["check", "--fix"]);
    assert!(out(&listed).lines().all(|line| fixed.contains(line)), "{}", out(&listed));
    snapshot("cli-fix", &fixed);
    let after = sources();
    let changed = after.iter().filter(|(path, bytes)| before[*path] != **bytes);
    let changed: String =
        changed.map(|(path, bytes)| format!("== {path}\n{}", String::from_utf8_lossy(bytes))).collect();
    snapshot("cli-fixed-files", &changed.replace('\r', "\u{240d}"));
    let again = plenary(site.path(), &["check", "--fix"]);
    assert_eq!((out(&again).as_str(), sources() == after), ("", true), "a second run finds nothing to correct");
    assert!(err(&again).starts_with("Fixed 0 problems in 0 files\n"), "{}", err(&again));
}

#[test]
fn an_edit_that_cannot_be_made_is_left_to_a_person() {
    let site = new_site();
    // In quoted YAML the word is written differently from how it is read.
    put(&site, "content/topics/debris.md", "---\ntitle: Debris\n---\n");
    let text = "---\ntitle: A\ndate: 2024\ndelegation: KAZ\ntopics: [\"debr\\u0073\"]\n---\n\nWords.\n";
    put(&site, "content/statements/a.md", text);
    let output = plenary(site.path(), &["check", "--fix", "--format", "json"]);
    assert!(!out(&output).contains("\"fix\""), "{}", out(&output));
    assert_eq!(fs::read_to_string(site.path().join("content/statements/a.md")).unwrap(), text);
}
