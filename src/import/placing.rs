//! Drafts and the statements that are there -> which file each becomes: a new one, its own of last time, or none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::draft::is_untouched;
use super::item::{Drafted, Item, Outcome};
use super::original::sha256;
use crate::config::Config;
use crate::path::SitePath;
use crate::read::{self, Content};
use crate::sources::Sources;

/// The folder of all statements.
const STATEMENTS: &str = "content/statements/";

/// A statement that is there already.
#[derive(Clone, Debug)]
pub struct Existing {
    path: Arc<str>,
    id: Box<str>,
    file: Option<Box<str>>,
    sha256: Option<Box<str>>,
    /// Whether it is as the import wrote it; nothing if no import wrote it.
    untouched: Option<bool>,
    /// Hash of the whole file.
    hash: Box<str>,
}

/// Reads what statements there are.
pub fn existing(sources: &Sources, config: &Config) -> Vec<Existing> {
    let options = read::Options::new(config);
    let statements =
        sources.content.iter().filter(|source| source.path.starts_with(STATEMENTS) && source.path.ends_with(".md"));
    let read = statements.filter_map(|source| {
        let bytes = source.load().ok()?;
        let Some(Content::Statement(statement)) = read::read(&source.path, &bytes, &options).content else {
            return None;
        };
        let note = statement.front.source.as_ref();
        Some(Existing {
            path: Arc::clone(&source.path),
            id: statement.id.clone(),
            file: note.and_then(|note| note.file.clone()),
            sha256: note.and_then(|note| note.sha256.clone()),
            untouched: is_untouched(&String::from_utf8_lossy(&bytes)),
            hash: sha256(&bytes),
        })
    });
    read.collect()
}

/// What becomes of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A new file.
    New,
    /// It takes the place of what an earlier import wrote and nobody edited.
    Update,
    /// It is there, to the byte.
    Same,
    /// A person has edited the statement, so it stays.
    Edited,
    /// A person has edited the statement, and the original is another one now.
    EditedAndChanged,
    /// The same bytes were handed in under another name.
    Duplicate,
}

impl Action {
    /// Returns the word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Action::New => "new",
            Action::Update => "updated",
            Action::Same => "unchanged",
            Action::Edited => "kept as edited",
            Action::EditedAndChanged => "kept as edited; the original has changed",
            Action::Duplicate => "duplicate",
        }
    }
}

/// Where a draft goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub action: Action,
    /// The statement's file, from the site's folder; for a duplicate that of the other.
    pub path: String,
    /// What is to be written there.
    pub text: String,
    /// Where the original is to be kept, if it does not lie in the site already.
    pub copy: Option<String>,
}

/// Places every draft. The order of the items decides nothing but which of two duplicates comes first.
pub fn place(items: &[Item], existing: &[Existing]) -> Vec<Option<Placed>> {
    let by_hash: BTreeMap<&str, &Existing> =
        existing.iter().filter_map(|there| Some((there.sha256.as_deref()?, there))).collect();
    let by_id: BTreeMap<&str, &Existing> = existing.iter().map(|there| (&*there.id, there)).collect();
    let ids = ids(items);
    let mut placed_hashes: BTreeMap<&str, String> = BTreeMap::new();
    let mut placed = Vec::with_capacity(items.len());
    for (item, id) in items.iter().zip(ids) {
        let Outcome::Drafted(drafted) = &item.outcome else {
            placed.push(None);
            continue;
        };
        let hash = &*drafted.original.sha256;
        let here = if let Some(path) = placed_hashes.get(hash) {
            Placed { action: Action::Duplicate, path: path.clone(), text: String::new(), copy: None }
        } else if let Some(there) = by_hash.get(hash) {
            again(drafted, there)
        } else if let Some(there) = by_id.get(id.as_str()).filter(|there| is_of(there, drafted)) {
            again(drafted, there)
        } else {
            let taken = by_id.contains_key(id.as_str());
            anew(drafted, &if taken { format!("{id}-{}", &hash[..8]) } else { id })
        };
        placed_hashes.insert(hash, here.path.clone());
        placed.push(Some(here));
    }
    placed
}

/// Says whether a statement was made of an original of the same name.
fn is_of(there: &Existing, drafted: &Drafted) -> bool {
    let original = &drafted.original;
    let names = [original.in_site.as_deref().map(str::to_owned), Some(kept_name(original.name()))];
    there.file.is_some() && names.iter().flatten().any(|name| there.file.as_deref() == Some(name))
}

/// Places the draft of a statement that is there.
fn again(drafted: &Drafted, there: &Existing) -> Placed {
    let path = there.path.to_string();
    let copy = copy(drafted, &path);
    let text = text(drafted, copy.as_deref());
    let changed = there.sha256.as_deref() != Some(&*drafted.original.sha256);
    let action = match there.untouched {
        Some(true) if *there.hash == *sha256(text.as_bytes()) => Action::Same,
        Some(true) => Action::Update,
        _ if changed => Action::EditedAndChanged,
        _ => Action::Edited,
    };
    Placed { action, path, text, copy }
}

/// Places the draft of a statement that is new.
fn anew(drafted: &Drafted, id: &str) -> Placed {
    let year = drafted.draft.year.as_deref().map_or_else(String::new, |year| format!("{year}/"));
    let path = if drafted.original.in_site.is_some() {
        format!("{STATEMENTS}{year}{id}.md")
    } else {
        format!("{STATEMENTS}{year}{id}/index.md")
    };
    let copy = copy(drafted, &path);
    Placed { action: Action::New, text: text(drafted, copy.as_deref()), path, copy }
}

/// Returns where an original is kept that does not lie in the site: beside its statement.
fn copy(drafted: &Drafted, statement: &str) -> Option<String> {
    if drafted.original.in_site.is_some() {
        return None;
    }
    let folder = statement.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{folder}/{}", kept_name(drafted.original.name())))
}

fn text(drafted: &Drafted, copy: Option<&str>) -> String {
    let original = &drafted.original;
    let beside = copy.and_then(|copy| copy.rsplit('/').next());
    let file = original.in_site.as_deref().or(beside).unwrap_or(original.name());
    drafted.draft.text(file, original)
}

/// Returns the name under which an original can lie beside its statement: one that no page has and that is no page itself.
fn kept_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let name = if lower.ends_with(".md") { format!("{name}.txt") } else { name.to_owned() };
    let name = if lower == "index.html" { format!("original-{name}") } else { name };
    if SitePath::parse(&name).is_ok() && !name.starts_with('.') {
        name
    } else {
        format!("original-{}", crate::path::slug(&name))
    }
}

/// Returns an id for every item, all different: where two would be the same, the folders' names come before.
fn ids(items: &[Item]) -> Vec<String> {
    let mut ids: Vec<String> = items
        .iter()
        .map(|item| match &item.outcome {
            Outcome::Drafted(drafted) => drafted.draft.id.clone(),
            _ => String::new(),
        })
        .collect();
    for depth in 1..4 {
        for i in repeated(&ids) {
            let mut folders: Vec<&str> = items[i].path.rsplit('/').skip(1).take(depth).collect();
            folders.reverse();
            let above = crate::path::slug(&folders.join("-"));
            let above: String = above.chars().filter(char::is_ascii).collect();
            if let Outcome::Drafted(drafted) = &items[i].outcome
                && !above.is_empty()
            {
                ids[i] = format!("{}-{}", above.trim_matches('-'), drafted.draft.id);
            }
        }
    }
    for i in repeated(&ids) {
        if let Outcome::Drafted(drafted) = &items[i].outcome {
            ids[i] = format!("{}-{}", ids[i], &drafted.original.sha256[..8]);
        }
    }
    ids
}

/// Returns which ids stand more than once.
fn repeated(ids: &[String]) -> Vec<usize> {
    let (mut once, mut twice) = (BTreeSet::new(), BTreeSet::new());
    for id in ids.iter().filter(|id| !id.is_empty()) {
        if !once.insert(id) {
            twice.insert(id);
        }
    }
    (0..ids.len()).filter(|i| twice.contains(&ids[*i])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::item::of_original;
    use crate::import::knowing::Context;
    use crate::import::original::Original;
    use crate::import::reading::Ocr;

    fn item(path: &str, in_site: Option<&str>, text: &str) -> Item {
        let context = Context::default();
        Item {
            path: path.into(),
            outcome: of_original(Original::new(path, in_site.map(Into::into), text.as_bytes()), Ocr::Never, &context),
        }
    }

    fn actions(items: &[Item], files: &BTreeMap<String, Vec<u8>>) -> Vec<(Action, String)> {
        let existing = existing(&Sources::from_map(files), &Config::default());
        place(items, &existing).into_iter().flatten().map(|placed| (placed.action, placed.path)).collect()
    }

    const WORDS: &str = "Mr. Chair,\n\nWe have come here to say these words, and no others, to all who are here with us today, and to go.\n";

    #[test]
    fn importing_again_updates_and_never_doubles_nor_overwrites_what_was_edited() {
        let first = item("in/a.txt", None, WORDS);
        let placed = place(std::slice::from_ref(&first), &[]).remove(0).unwrap();
        assert_eq!((placed.action, placed.path.as_str()), (Action::New, "content/statements/a/index.md"));
        assert_eq!(placed.copy.as_deref(), Some("content/statements/a/a.txt"));
        let there = |text: &str, path: &str| BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]);
        let path = "content/statements/a/index.md";
        let moved = "content/statements/2020/x.md";
        let edited = placed.text.replace("here to say", "here, to say");
        let changed = item("in/a.txt", None, &WORDS.replace("today", "now"));
        let other = item("in/b.txt", None, WORDS);
        for (item, text, at, action, to) in [
            (&first, &placed.text, path, Action::Same, path),
            (&first, &placed.text, moved, Action::Same, moved),
            (&other, &placed.text, path, Action::Update, path),
            (&first, &edited, path, Action::Edited, path),
            (&changed, &placed.text, path, Action::Update, path),
            (&changed, &edited, path, Action::EditedAndChanged, path),
        ] {
            let found = actions(std::slice::from_ref(item), &there(text, at));
            assert_eq!(found, [(action, to.to_owned())], "{} over {at}", item.path);
        }
        let by_hand = "---\ntitle: A\ndelegation: XAA\ndate: 2020\n---\n\nOther words.\n";
        let found = actions(std::slice::from_ref(&first), &there(by_hand, path));
        assert!(found[0].0 == Action::New && found[0].1.starts_with("content/statements/a-"), "{found:?}");
    }

    #[test]
    fn what_lies_in_the_site_is_named_where_it_is() {
        let placed = place(&[item("../site/seeds/a.txt", Some("seeds/a.txt"), WORDS)], &[]).remove(0).unwrap();
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

    #[test]
    fn a_kept_original_is_no_page_and_has_the_place_of_none() {
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
}
