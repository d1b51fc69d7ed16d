//! Files as they were handed in -> drafts in the site's folder, and the report of what is unsure.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use indicatif::ProgressBar;
use plenary::config;
use plenary::diagnostic::Diagnostic;
use plenary::edit;
use plenary::import::existing::existing;
use plenary::import::external;
use plenary::import::gather::{self, Handed, Refused};
use plenary::import::index::is_index;
use plenary::import::item::{self, Item};
use plenary::import::knowing::Context;
use plenary::import::knowing::profile::Profile;
use plenary::import::placing::{Action, Placed, Shelf};
use plenary::import::report::{json, problems, summary, text};
use plenary::sources::Sources;
use rayon::prelude::*;

use super::arguments::{Format, Import};
use super::report::{Tally, conclude, report, report_in_order};
use super::screen::{count, data, progress};
use super::{Failure, Outcome};

/// Imports, and says what a person has to look at.
pub(crate) fn run(arguments: &Import, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let profile = arguments.profile.as_deref().map_or_else(|| Ok(Profile::default()), profile)?;
    external::clear();
    let (handed, refused, wrong) = gather(&arguments.paths, folder, &profile);
    let context = Context::new(profile);
    let sources = Sources::scan(folder);
    let configured = sources.config.as_ref().and_then(|source| source.load().ok()).unwrap_or_default();
    let (config, _) = config::read(&String::from_utf8_lossy(&configured));
    let coming: Vec<Arc<str>> = handed.iter().map(|handed| Arc::clone(&handed.path)).collect();
    let mut shelf = Shelf::new(existing(&sources, &config), &coming, arguments.keep_duplicates);

    let bar = progress(handed.len(), "files", quiet);
    let (mut items, mut placed) = (Vec::new(), Vec::new());
    // Drafts are written as they come, so that what was done is kept if the import is stopped.
    for some in gather::parts(&handed) {
        let import = |handed: &Handed| {
            bar.inc(1);
            item::import(handed, arguments.ocr.into(), &context)
        };
        let mut imported: Vec<Item> = some.par_iter().map(import).collect();
        let mut places = shelf.place(&imported);
        for ((handed, item), placed) in some.iter().zip(&imported).zip(&places) {
            let Some(placed) = placed else { continue };
            if !arguments.dry_run {
                write(folder, handed, placed)?;
            }
            told(arguments.format, item, placed, &bar)?;
        }
        imported.iter_mut().for_each(Item::shed);
        places.iter_mut().flatten().for_each(|placed| placed.text = String::new());
        items.extend(imported);
        placed.extend(places);
    }
    bar.finish_and_clear();
    if let Some(file) = &arguments.report {
        let text = if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
            let entries: Vec<_> = items.iter().zip(&placed).map(|(item, placed)| json(item, placed.as_ref())).collect();
            serde_json::Value::from(entries).to_string()
        } else {
            text(&items, &placed, &refused)
        };
        edit::replace(file, text.as_bytes())?;
    }
    let mut problems = problems(&items, &placed, &refused);
    problems.extend(wrong);
    match arguments.format {
        Format::Human => report_in_order(&summary(&problems), Path::new("."), Tally::of(&problems)),
        Format::Json | Format::Github => _ = report(&problems, Path::new("."), arguments.format)?,
    }
    let object = serde_json::json!({
        "imported": !arguments.dry_run, "files": handed.len(), "problems": problems.len(),
        "new": of(&placed, Action::New), "updated": of(&placed, Action::Update), "unchanged": of(&placed, Action::Same),
    });
    conclude(arguments.format, quiet, &object, &words(arguments.dry_run, handed.len(), &placed))?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::WrongContent })
}

/// Prints what became of a file, above the bar.
fn told(format: Format, item: &Item, placed: &Placed, bar: &ProgressBar) -> anyhow::Result<()> {
    bar.suspend(|| match format {
        Format::Json => data(&json(item, Some(placed)).to_string()),
        Format::Human if matches!(placed.action, Action::New | Action::Update) => {
            data(&format!("{} {}", placed.action.word(), placed.path))
        }
        Format::Human | Format::Github => Ok(()),
    })
}

/// Finds the files: an index names its own, all others are looked for.
fn gather(paths: &[PathBuf], site: &Path, profile: &Profile) -> (Vec<Handed>, Vec<Refused>, Vec<Diagnostic>) {
    let (indexes, others): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| is_index(&path.to_string_lossy()));
    let (others, refused) = gather::find(&others, site);
    let (mut handed, mut wrong) = (Vec::new(), Vec::new());
    for index in &indexes {
        let (found, problems) = gather::indexed(index, site, profile);
        handed.extend(found);
        wrong.extend(problems);
    }
    // What an index says something of is handed in once.
    let others: Vec<Handed> = others.into_iter().filter(|other| !handed.iter().any(|h| h.is_same(other))).collect();
    handed.extend(others);
    (handed, refused, wrong)
}

/// Reads a profile; a wrong one is wrong use.
fn profile(file: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Profile::read(&text).map_err(|wrong| Failure::Usage(format!("{}: {wrong}", file.display())))
}

/// Writes the original, and then the draft that names it: so there is no draft without its original.
fn write(folder: &Path, handed: &Handed, placed: &Placed) -> anyhow::Result<()> {
    let is_written = matches!(placed.action, Action::New | Action::Update);
    if let Some(copy) = placed.copy.as_ref().map(|copy| folder.join(copy))
        && (is_written || placed.action == Action::Same && !copy.exists())
        && let Ok(original) = handed.load()
    {
        edit::replace(&copy, &original.bytes)?;
    }
    let file = folder.join(&placed.path);
    match placed.action {
        Action::New => edit::create(&file, placed.text.as_bytes()).map(drop),
        Action::Update => edit::replace(&file, placed.text.as_bytes()),
        _ => Ok(()),
    }
}

fn of(placed: &[Option<Placed>], action: Action) -> usize {
    placed.iter().flatten().filter(|placed| placed.action == action).count()
}

fn words(dry_run: bool, files: usize, placed: &[Option<Placed>]) -> String {
    let imported = if dry_run { "Would import" } else { "Imported" };
    let kept = of(placed, Action::Edited) + of(placed, Action::EditedAndChanged);
    let twice = of(placed, Action::Duplicate) + of(placed, Action::SameWords);
    let twice = if twice == 0 { String::new() } else { format!(", {}", count(twice, "duplicate")) };
    format!(
        "{imported} {}: {} new, {} updated, {} unchanged, {kept} kept as edited{twice}",
        count(files, "file"),
        of(placed, Action::New),
        of(placed, Action::Update),
        of(placed, Action::Same),
    )
}
