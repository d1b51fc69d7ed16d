//! The founding text's page has exactly the words that were received, and nothing that the source does not say.

use sha2::{Digest, Sha256};

use crate::support::repository;

const STATEMENT: &str = "content/statements/kazakhstan-outer-space.md";
const SEED: &str = "seeds/kazakhstan-outer-space.txt";

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

/// Returns front matter and text of the statement.
fn statement() -> (String, String) {
    let whole = read(STATEMENT);
    let (front, text) = whole.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    (front.to_owned(), text.to_owned())
}

#[test]
fn its_words_are_those_of_the_seed() {
    let seed = read(SEED);
    let (_, text) = statement();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&text), words(&seed));
}

#[test]
fn the_seed_is_the_file_that_was_received() {
    let hash: String = Sha256::digest(read(SEED)).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, "4973389c7f7fb3bb98e8a740c7f1ee2991361ee7ed0b4ead3685313e3ae8e471");
    assert!(statement().0.contains(&format!("\n  sha256: {hash}\n")));
}

#[test]
fn nothing_is_said_about_it_that_the_source_does_not_say() {
    let (front, _) = statement();
    let keys: Vec<&str> =
        front.lines().filter(|line| !line.starts_with(' ')).map(|line| line.split_once(':').unwrap().0).collect();
    let expected =
        ["title", "type", "date", "delegation", "language", "topics", "references", "source", "rights", "status_note"];
    assert_eq!(keys, expected, "no speaker, forum, meeting or place is known, and none may be supplied");
}
