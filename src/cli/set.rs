//! Assignments and the selected texts -> their files with new front matter.

use std::collections::BTreeSet;
use std::path::Path;

use plenary::bulk::assignment::Assignment;
use plenary::bulk::changes::Changes;
use plenary::bulk::texts::{self, Text};
use plenary::bulk::values::kinds;
use plenary::collect::names::Names;
use plenary::front::document::Document;

use super::arguments::Set;
use super::bulk::{Desk, carry_out, changed};
use super::screen::{count, print_message};
use super::{Failure, Outcome};

/// Sets keys in many files, or shows what would change.
pub(crate) fn run(arguments: &Set, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let (assignments, paths): (Vec<&String>, Vec<&String>) =
        arguments.words.iter().partition(|word| Assignment::is_one(word));
    let assignments = assignments.into_iter().map(|word| Assignment::parse(word));
    let assignments = assignments.collect::<Result<Vec<_>, _>>().map_err(Failure::Usage)?;
    if assignments.is_empty() {
        return Err(Failure::Usage("nothing to set: write KEY=VALUE, such as delegation=KAZ".to_owned()));
    }
    let paths: Vec<String> = paths.into_iter().cloned().collect();
    let desk = Desk::open(folder, !arguments.dry_run)?;
    let names = desk.names();
    let chosen = desk.chosen(&arguments.selected.with(&paths), &names)?;
    let changes = changes(&desk, &chosen, &assignments, &names)?;
    let outcome = carry_out(&changes, &desk.config, folder, arguments.dry_run)?;
    if !quiet && outcome == Outcome::Done {
        for note in notes(&assignments, &names) {
            print_message(&note);
        }
        let same = chosen.len().saturating_sub(changes.count());
        print_message(&format!("{}, {} already so", changed(&changes, arguments.dry_run), count(same, "text")));
    }
    Ok(outcome)
}

/// Returns the files with the assignments applied.
fn changes(desk: &Desk, chosen: &[&Text], assignments: &[Assignment], names: &Names<'_>) -> Result<Changes, Failure> {
    let files = texts::load(&desk.sources, chosen.iter().map(|text| &text.path))?;
    let paths: BTreeSet<&str> = chosen.iter().map(|text| &*text.path).collect();
    let mut changes = Changes::default();
    for text in chosen {
        let refused = |why: String| Failure::Usage(format!("{}: {why}; nothing was written", text.path));
        let file = &files[&text.path];
        let unreadable = || "its front matter is not one key a line, so it cannot be edited".to_owned();
        let mut document = Document::of_file(file).ok_or_else(unreadable).map_err(refused)?;
        for assignment in assignments {
            // A version that does not state the key itself inherits the new value from the first file.
            let base = text.base.as_ref().filter(|base| paths.contains(&***base));
            if base.is_some() && assignment.key.is_inherited && !text.own.contains_key(assignment.key.name) {
                continue;
            }
            assignment.apply(&mut document, text, names).map_err(refused)?;
        }
        let after = settled(document.text(), text, assignments, desk);
        changes.edit(&text.path, file, &after);
    }
    Ok(changes)
}

/// Returns a file without what an import left to decide about the keys that are set.
#[cfg(feature = "import")]
fn settled(file: &str, text: &Text, assignments: &[Assignment], desk: &Desk) -> String {
    use plenary::front::statement::IMPORT;
    use plenary::read::{self, Content, Options};

    let keys: Vec<&str> = assignments.iter().map(|assignment| assignment.key.name).collect();
    let read = || match read::read(&text.path, file.as_bytes(), &Options::new(&desk.config)).content {
        Some(Content::Statement(statement)) => statement.front.import.clone(),
        _ => None,
    };
    let note = if text.own.contains_key(IMPORT.name) { read() } else { None };
    let settled = note.and_then(|note| plenary::import::accepting::settle(file, &note, &keys));
    settled.unwrap_or_else(|| file.to_owned())
}

/// Returns the file unchanged: without the importer nothing is left to decide.
#[cfg(not(feature = "import"))]
fn settled(file: &str, _: &Text, _: &[Assignment], _: &Desk) -> String {
    file.to_owned()
}

/// Returns a line for each name that no record or table has, because it may be a slip.
fn notes(assignments: &[Assignment], names: &Names<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for assignment in assignments {
        let kinds = kinds(assignment.key);
        let Some(first) = kinds.first() else { continue };
        for word in assignment.written() {
            let is_known = kinds.iter().any(|kind| names.code_of(*kind, &word).is_some());
            // Collections without records of a kind may use any names.
            let has_records = names.records(*first).next().is_some();
            let is_open = !has_records && !assignment.key.name.starts_with("delegation");
            if !is_known && !is_open {
                notes.push(format!("no record has `{word}` ({}); {}", assignment.key, names.advice(*first, &word)));
            }
        }
    }
    notes
}
