//! Files as they were handed in -> drafts in the site's folder, and the report of what is unsure.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use plenary::config;
use plenary::diagnostic::Diagnostic;
use plenary::edit;
use plenary::import::external;
use plenary::import::gather::{self, Handed, Refused};
use plenary::import::index::is_index;
use plenary::import::item::{self, Item};
use plenary::import::knowing::Context;
use plenary::import::knowing::profile::Profile;
use plenary::import::placing::{self, Action, Placed};
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
    let existing = placing::existing(&sources, &config);

    let bar = progress(handed.len(), "files", quiet);
    let items: Vec<Item> = handed
        .par_iter()
        .map(|handed| {
            bar.inc(1);
            item::import(handed, arguments.ocr.into(), &context)
        })
        .collect();
    bar.finish_and_clear();
    let placed = placing::place(&items, &existing);
    for ((handed, item), placed) in handed.iter().zip(&items).zip(&placed) {
        let Some(placed) = placed else { continue };
        if !arguments.dry_run {
            write(folder, handed, placed)?;
        }
        if arguments.format == Format::Human && matches!(placed.action, Action::New | Action::Update) {
            data(&format!("{} {}", placed.action.word(), placed.path))?;
        }
        if arguments.format == Format::Json {
            data(&json(item, Some(placed)).to_string())?;
        }
    }
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

/// Writes the draft, and the original beside it.
fn write(folder: &Path, handed: &Handed, placed: &Placed) -> anyhow::Result<()> {
    let file = folder.join(&placed.path);
    match placed.action {
        Action::New => {
            edit::create(&file, placed.text.as_bytes())?;
        }
        Action::Update => edit::replace(&file, placed.text.as_bytes())?,
        Action::Same | Action::Edited | Action::EditedAndChanged | Action::Duplicate => return Ok(()),
    }
    if let Some(copy) = &placed.copy
        && let Ok(original) = handed.load()
    {
        edit::replace(&folder.join(copy), &original.bytes)?;
    }
    Ok(())
}

fn of(placed: &[Option<Placed>], action: Action) -> usize {
    placed.iter().flatten().filter(|placed| placed.action == action).count()
}

fn words(dry_run: bool, files: usize, placed: &[Option<Placed>]) -> String {
    let imported = if dry_run { "Would import" } else { "Imported" };
    let kept = of(placed, Action::Edited) + of(placed, Action::EditedAndChanged);
    format!(
        "{imported} {}: {} new, {} updated, {} unchanged, {kept} kept as edited",
        count(files, "file"),
        of(placed, Action::New),
        of(placed, Action::Update),
        of(placed, Action::Same),
    )
}
