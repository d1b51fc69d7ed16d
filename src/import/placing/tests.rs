//! Drafts, and where they are placed.

use std::collections::BTreeMap;

use super::*;
use crate::config::Config;
use crate::import::existing::existing;
use crate::import::item::of_original;
use crate::import::knowing::Context;
use crate::import::original::Original;
use crate::import::reading::Ocr;
use crate::sources::Sources;

fn item(path: &str, in_site: Option<&str>, text: &str) -> Item {
    let context = Context::default();
    Item {
        path: path.into(),
        outcome: of_original(Original::new(path, in_site.map(Into::into), text.as_bytes()), Ocr::Never, &context),
    }
}

fn actions(items: &[Item], files: &BTreeMap<String, Vec<u8>>) -> Vec<(Action, String)> {
    placed(items, files).into_iter().map(|placed| (placed.action, placed.path)).collect()
}

fn placed(items: &[Item], files: &BTreeMap<String, Vec<u8>>) -> Vec<Placed> {
    let coming: Vec<Arc<str>> = items.iter().map(|item| Arc::clone(&item.path)).collect();
    let existing = existing(&Sources::from_map(files), &Config::default());
    Shelf::new(existing, &coming, false).place(items).into_iter().flatten().collect()
}

const WORDS: &str = "Mr. Chair,\n\nWe have come here to say these words, and no others, to all who are here with us today, and to go.\n";

#[test]
fn importing_again_updates_and_never_duplicates_or_overwrites_edits() {
    let first = item("in/a.txt", None, WORDS);
    let placed = placed(std::slice::from_ref(&first), &BTreeMap::new()).remove(0);
    assert_eq!((placed.action, placed.path.as_str()), (Action::New, "content/statements/a/index.md"));
    assert_eq!(placed.copy.as_deref(), Some("content/statements/a/a.txt"));
    let existing = |text: &str, path: &str| BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]);
    let path = "content/statements/a/index.md";
    let moved = "content/statements/2020/x.md";
    let edited = placed.text.replace("here to say", "here, to say");
    let changed = item("in/a.txt", None, &WORDS.replace("to go", "to rest"));
    let other = item("in/b.txt", None, WORDS);
    for (item, text, at, action, to) in [
        (&first, &placed.text, path, Action::Same, path),
        (&first, &placed.text, moved, Action::Same, moved),
        (&other, &placed.text, path, Action::Duplicate, path),
        (&other, &edited, moved, Action::Duplicate, moved),
        (&first, &edited, path, Action::Edited, path),
        (&changed, &placed.text, path, Action::Update, path),
        (&changed, &edited, path, Action::EditedAndChanged, path),
    ] {
        let found = actions(std::slice::from_ref(item), &existing(text, at));
        assert_eq!(found, [(action, to.to_owned())], "{} over {at}", item.path);
    }
    let by_hand = "---\ntitle: A\ndelegation: XAA\ndate: 2020\n---\n\nOther words.\n";
    let found = actions(std::slice::from_ref(&first), &existing(by_hand, path));
    assert!(found[0].0 == Action::New && found[0].1.starts_with("content/statements/a-"), "{found:?}");
}

#[test]
fn only_the_same_statement_is_updated_and_not_another_of_the_same_name() {
    let first = item("sep/statement.txt", None, ENGLISH);
    let existing = placed(std::slice::from_ref(&first), &BTreeMap::new()).remove(0);
    let existing = BTreeMap::from([(existing.path, existing.text.into_bytes())]);
    let path = "content/statements/statement/index.md";
    let uganda = ENGLISH.replace("Kenya", "Uganda");
    let other = "Mr. Chair,\n\nWe have other words to say than those that were said in September, and we say them here and now, for nobody else will.\n";
    for (name, words, action, aside) in [
        ("a corrected text", &ENGLISH.replace("the report", "the whole report"), Action::Update, ""),
        ("another delegation's", &uganda, Action::New, ""),
        ("words of nobody known", &other.to_owned(), Action::New, "its original has the same name"),
    ] {
        let found = placed(&[item("oct/statement.txt", None, words)], &existing).remove(0);
        assert_eq!((found.action, found.path == path), (action, action == Action::Update), "{name}");
        let asides: Vec<&str> = found.text.lines().filter(|line| line.contains("version of")).collect();
        let expected: Vec<String> = Some(aside)
            .filter(|aside| !aside.is_empty())
            .map(|aside| format!("    - \"a version of {path}: {aside}\""))
            .into_iter()
            .collect();
        assert_eq!(asides, expected, "{name}");
    }
    // The second of that name is found again under the id that it got.
    let second = placed(&[item("oct/statement.txt", None, other)], &existing).remove(0);
    let mut both = existing.clone();
    both.insert(second.path.clone(), second.text.into_bytes());
    let corrected = item("oct/statement.txt", None, &other.replace("for nobody else will", "for nobody else would"));
    assert_eq!(actions(&[corrected], &both), [(Action::Update, second.path)]);
}

#[test]
fn a_copy_that_comes_before_the_file_of_that_name_does_not_replace_it() {
    let first = item("in/uz_en.txt", None, WORDS);
    let existing = placed(std::slice::from_ref(&first), &BTreeMap::new()).remove(0);
    let files = BTreeMap::from([(existing.path.clone(), existing.text.into_bytes())]);
    let found = actions(&[item("in/other.txt", None, WORDS), first], &files);
    assert_eq!(found, [(Action::Duplicate, existing.path.clone()), (Action::Same, existing.path)]);
}

#[test]
fn an_original_in_the_site_is_named_in_place() {
    let items = [item("../site/seeds/a.txt", Some("seeds/a.txt"), WORDS)];
    let placed = placed(&items, &BTreeMap::new()).remove(0);
    assert_eq!((placed.path.as_str(), placed.copy), ("content/statements/a.md", None));
    assert!(placed.text.contains("\n  file: \"seeds/a.txt\"\n"), "{}", placed.text);
}

#[test]
fn two_of_one_name_are_two_and_two_of_the_same_bytes_are_one() {
    let items = [
        item("in/one/a.txt", None, WORDS),
        item("in/two/a.txt", None, &WORDS.replace("today", "now")),
        item("in/two/c.txt", None, WORDS),
    ];
    let found = actions(&items, &BTreeMap::new());
    let one = "content/statements/one-a/index.md";
    assert_eq!(
        found,
        [
            (Action::New, one.to_owned()),
            (Action::New, "content/statements/two-a/index.md".to_owned()),
            (Action::Duplicate, one.to_owned())
        ]
    );
}

/// A text in which Kenya speaks, in English and in French; the words are invented.
const ENGLISH: &str = "Mr. President,\n\nOn behalf of the Government of Kenya I thank you. Kenya welcomes the report that is before us, and Kenya will read it with the care that it deserves and that all of us owe to those who wrote it in the long nights of this autumn, when nobody knew whether it would be read at all by those for whom it was meant.\n";
const FRENCH: &str = "Monsieur le Président,\n\nAu nom du Gouvernement du Kenya je vous remercie. Le Kenya se félicite du rapport dont nous sommes saisis, et le Kenya le lira avec le soin que nous devons tous à ceux qui l'ont écrit dans les longues nuits de cet automne, quand personne ne savait s'il serait lu.\n";

#[test]
fn the_same_words_in_another_file_are_named_and_written_once() {
    let again = ENGLISH.replace("\n\n", "\n\n\n").replace("thank you. ", "thank you.\n");
    let items = [item("in/ke.md", None, ENGLISH), item("in/ke.txt", None, &again)];
    let first = "content/statements/ke/index.md".to_owned();
    let found = actions(&items, &BTreeMap::new());
    assert_eq!(found, [(Action::New, first.clone()), (Action::SameWords, first.clone())]);
    let text = placed(&items[..1], &BTreeMap::new()).remove(0).text;
    let existing = BTreeMap::from([(first.clone(), text.into_bytes())]);
    assert_eq!(actions(&items[1..], &existing), [(Action::SameWords, first)], "against what the site holds");
}

#[test]
fn a_corrected_version_is_written_with_a_note_that_stays() {
    let corrected = ENGLISH.replace("the report", "the whole report");
    let items = [item("in/ke.txt", None, ENGLISH), item("in/ke corrected.txt", None, &corrected)];
    let first = placed(&items, &BTreeMap::new());
    let path = "content/statements/ke/index.md";
    assert!(matches!(&first[1].alike[..], [Alike { path: found, relation: Relation::Version(60..) }] if found == path));
    assert!(first[1].text.contains(&format!("\n  similar:\n    - \"a version of {path}: ")), "{}", first[1].text);
    let existing = first.iter().map(|placed| (placed.path.clone(), placed.text.clone().into_bytes())).collect();
    let again: Vec<Action> = actions(&items, &existing).into_iter().map(|(action, _)| action).collect();
    assert_eq!(again, [Action::Same, Action::Same]);
}

#[test]
fn language_versions_become_one_statement_if_that_is_certain() {
    let pair = [item("in/ke_en.txt", None, ENGLISH), item("in/ke_fr.txt", None, FRENCH)];
    let found = placed(&pair, &BTreeMap::new());
    let paths: Vec<&str> = found.iter().map(|placed| placed.path.as_str()).collect();
    assert_eq!(paths, ["content/statements/ke/index.md", "content/statements/ke/index.fr.md"]);
    let existing = found.iter().map(|placed| (placed.path.clone(), placed.text.clone().into_bytes())).collect();
    assert!(actions(&pair, &existing).iter().all(|(action, _)| *action == Action::Same));
    // The second comes later, when the first already has an id of its own.
    let alone = placed(&pair[..1], &BTreeMap::new()).remove(0);
    assert_eq!(alone.path, "content/statements/ke-en/index.md");
    let existing = BTreeMap::from([(alone.path, alone.text.into_bytes())]);
    assert_eq!(actions(&pair[1..], &existing)[0].1, "content/statements/ke-en/index.fr.md");
    // `ge_fr` could be France speaking, so the two are only suggested.
    let unsure = [item("in/ge_en.txt", None, ENGLISH), item("in/ge_fr.txt", None, &FRENCH.replace("Kenya", "pays"))];
    let found = placed(&unsure, &BTreeMap::new());
    assert_eq!(found[1].path, "content/statements/ge-fr/index.md");
    assert!(found[1].text.contains("- \"a language version of content/statements/ge-en/index.md"));
}

#[test]
fn a_copied_original_is_not_a_page_and_replaces_none() {
    for (name, expect) in [
        ("kz_en.pdf", "kz_en.pdf"),
        ("notes.md", "notes.md.txt"),
        ("index.html", "original-index.html"),
        ("a?b.txt", "original-a-b-txt"),
        ("речь № 1.txt", "речь № 1.txt"),
    ] {
        assert_eq!(kept_name(name), expect);
    }
}
