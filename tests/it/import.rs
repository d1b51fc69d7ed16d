//! Files as they are handed in -> drafts in a site's folder, as the command makes them.

use std::collections::BTreeMap;
use std::path::Path;

use plenary::import::item::{Drafted, Outcome, of_original};
use plenary::import::original::Original;
use plenary::import::reading::Ocr;

use crate::support::repository;

/// Imports bytes under a name.
fn import(name: &str, bytes: &[u8]) -> Outcome {
    of_original(Original::new(name, None, bytes), Ocr::Never)
}

fn drafted(name: &str, bytes: &[u8]) -> Drafted {
    match import(name, bytes) {
        Outcome::Drafted(drafted) => *drafted,
        other => panic!("{name}: {other:?}"),
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

/// Returns front matter's top keys with what stands under each, and the body.
fn parts(text: &str) -> (BTreeMap<String, String>, String) {
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    let mut key = String::new();
    for line in front.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            key = line.split(':').next().unwrap().to_owned();
        }
        keys.entry(key.clone()).or_default().push_str(line);
    }
    (keys, body.to_owned())
}

#[test]
fn the_founding_text_imports_to_the_body_it_has_in_the_collection() {
    const SEED: &str = "seeds/kazakhstan-outer-space.txt";
    let original = Original::new(SEED, Some(SEED.into()), read(SEED).into_bytes());
    let Outcome::Drafted(drafted) = of_original(original, Ocr::Never) else { panic!("no draft") };
    let (_, expected) = parts(&read("content/statements/kazakhstan-outer-space.md"));
    let (_, body) = parts(&drafted.draft.text(SEED, &drafted.original));
    assert_eq!(body, expected);
}

#[test]
fn what_cannot_be_read_is_told_and_never_a_statement() {
    for (name, bytes) in [
        ("zeros.txt", &[0_u8; 100][..]),
        ("empty.txt", b""),
        ("picture.jpg", b"\xff\xd8\xff"),
        ("pointer.txt", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
    ] {
        assert!(matches!(import(name, bytes), Outcome::Unreadable(_)), "{name}");
    }
    let dump = "/0 /1 /2 /i255 /3 /4 /0 /5 ".repeat(40);
    let stub = drafted("dump.txt", dump.as_bytes());
    assert!(!stub.draft.body.contains("i255"), "{}", stub.draft.body);
    assert!(Path::new(&stub.draft.id).file_name().is_some_and(|name| name == "dump"));
}
