//! Drafts -> published texts, and why others are not.

use std::collections::BTreeMap;
use std::path::Path;

use plenary::bulk::changes::Changes;
use plenary::bulk::publishing::{Skipped, embargo, published};
use plenary::bulk::texts;

use super::arguments::Publish;
use super::bulk::{Desk, carry_out};
use super::screen::{count, plain, print_message};
use super::{Failure, Outcome};

/// Publishes drafts, or shows what would change.
pub(crate) fn run(arguments: &Publish, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let desk = Desk::open(folder, !arguments.dry_run)?;
    let names = desk.names();
    let chosen = desk.chosen(&arguments.selected.with(&arguments.paths), &names)?;
    let files = texts::load(&desk.sources, chosen.iter().map(|text| &text.path))?;
    let mut changes = Changes::default();
    let mut skipped: Vec<(&str, Skipped)> = Vec::new();
    let mut withheld: BTreeMap<&str, String> = BTreeMap::new();
    for text in &chosen {
        let file = &files[&text.path];
        match published(text, file, arguments.force) {
            Ok(after) => {
                changes.edit(&text.path, file, &after);
                withheld.extend(embargo(text).map(|day| (&*text.path, day)));
            }
            Err(why) => skipped.push((&text.path, why)),
        }
    }
    let outcome = carry_out(&changes, &desk.config, folder, arguments.dry_run)?;
    // Published texts are only counted: with `--all` they are most of the collection.
    let (already, others): (Vec<_>, Vec<_>) = skipped.into_iter().partition(|(_, why)| *why == Skipped::Published);
    for (path, why) in &others {
        print_message(&plain(&format!("skipped {path}: {why}")));
    }
    for (path, day) in &withheld {
        print_message(&plain(&format!("{path} stays withheld until {day}: its embargo is in force")));
    }
    let needs_work = others.iter().any(|(_, why)| why.needs_work());
    if !quiet && outcome == Outcome::Done {
        let (texts, already) = (count(changes.count(), "text"), already.len());
        let (published, next) = match arguments.dry_run {
            true => ("would be published", String::new()),
            false if changes.is_empty() => ("published", String::new()),
            false => {
                ("published", "\nNext: `plenary lock` records their paragraph numbers; then build and commit".into())
            }
        };
        let others = if others.is_empty() { String::new() } else { format!(", {} skipped", others.len()) };
        print_message(&format!("{texts} {published}{others}, {already} already published{next}"));
    }
    Ok(if needs_work { Outcome::WrongContent } else { outcome })
}
