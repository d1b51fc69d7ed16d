//! Files as they were handed in -> drafts in the site's folder, and the report of what is unsure.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use indicatif::ProgressBar;
use plenary::collect::names::{Names, Tables};
use plenary::config::Config;
use plenary::diagnostic::{Code, Diagnostic};
use plenary::edit;
use plenary::exclusive;
use plenary::import::existing::{Existing, existing};
use plenary::import::external;
use plenary::import::gather::{self, Handed, Refused, Update};
use plenary::import::index::is_index;
use plenary::import::item::{self, Item};
use plenary::import::knowing::Context;
use plenary::import::knowing::profile::Profile;
use plenary::import::placing::{Action, Placed, Shelf};
use plenary::import::report::{Entry, json, link, objects, page, problems, refusals, summary, text};
use plenary::import::updating;
use plenary::path::composed;
use plenary::read::record::RecordKind;
use plenary::read::survey::{self, records};
use plenary::sources::Sources;
use plenary::sources::real_path;
use rayon::prelude::*;

use super::arguments::{Format, Import};
use super::report::{Tally, conclude, report, report_in_order};
use super::screen::{count, data, plain, progress};
use super::{Failure, Outcome};

/// Imports, and says what a person has to look at.
pub(crate) fn run(arguments: &Import, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let profile = arguments.profile.as_deref().map_or_else(|| Ok(Profile::default()), profile)?;
    // Two at a time would take each other's places.
    let _lock = if arguments.dry_run { None } else { Some(exclusive::lock(folder, "import")?) };
    let _watch = external::clear();
    if !arguments.dry_run {
        edit::clear(&folder.join("content"));
    }
    let sources = Sources::scan(folder);
    let (config, of_config) = survey::config(&sources);
    let tables = Tables::load();
    let known = records(&sources, &config, &RecordKind::ALL);
    // What is wrong with the records is told when the site is built.
    let names = Names::new(&tables, &known, &mut Vec::new());
    let there = existing(&sources, &config);
    let (handed, refused, updates, mut wrong) = gather(&arguments.paths, folder, &profile, &names, &there);
    let mut changed = Changed::default();
    for update in &updates {
        changed.one(update, folder, &config, &names, arguments)?;
    }
    wrong.append(&mut changed.problems);
    wrong.extend(of_config);
    let context = Context::new(profile).suggest(&known).remember(&there);
    let coming: Vec<Arc<str>> = handed.iter().map(|handed| Arc::clone(&handed.path)).collect();
    let mut shelf = Shelf::new(there, &coming, arguments.keep_duplicates);

    let bar = progress(handed.len(), FEW_FILES, "files", quiet);
    let (mut items, mut placed) = (Vec::new(), Vec::new());
    let is_page = arguments.report.as_deref().is_some_and(|file| ends_with(file, "html"));
    let mut shown = 0;
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
                write(folder, handed, item, placed)?;
            }
            told(arguments.format, item, placed, &bar)?;
        }
        for (item, placed) in imported.iter_mut().zip(&places) {
            let is_shown = handed.len() <= SHOWN || shown < SHOWN && !problems(item, placed.as_ref()).is_empty();
            if is_page && is_shown {
                shown += 1;
            } else {
                item.shed();
            }
        }
        places.iter_mut().flatten().for_each(|placed| placed.text = String::new());
        items.extend(imported);
        placed.extend(places);
    }
    bar.finish_and_clear();
    let by_file: Vec<Vec<Diagnostic>> =
        items.iter().zip(&placed).map(|(item, placed)| problems(item, placed.as_ref())).collect();
    let refusals = refusals(&refused);
    if let Some(file) = &arguments.report {
        let links = handed.iter().zip(&placed).map(|(handed, placed)| link_of(file, folder, handed, placed.as_ref()));
        let links: Vec<Option<String>> = links.collect();
        let of_items = items.iter().zip(&placed).zip(&by_file).zip(&links);
        let entries = of_items.map(|(((item, placed), problems), original)| Entry {
            path: &item.path,
            item: Some(item),
            placed: placed.as_ref(),
            problems,
            original: original.as_deref(),
        });
        let of_refused = refused.iter().zip(refusals.chunks(1));
        let of_refused = of_refused.map(|(refused, problems)| Entry {
            path: &refused.path,
            item: None,
            placed: None,
            problems,
            original: None,
        });
        edit::replace(file, written(file, &entries.chain(of_refused).collect::<Vec<_>>()).as_bytes())?;
    }
    let problems: Vec<Diagnostic> = refusals.into_iter().chain(by_file.into_iter().flatten()).chain(wrong).collect();
    match arguments.format {
        Format::Human => report_in_order(&summary(&problems), Path::new("."), Tally::of(&problems)),
        Format::Json | Format::Github => _ = report(&problems, Path::new("."), arguments.format)?,
    }
    let object = serde_json::json!({
        "imported": !arguments.dry_run, "files": handed.len() + updates.len(), "problems": problems.len(),
        "new": of(&placed, Action::New), "updated": of(&placed, Action::Update) + changed.updated,
        "unchanged": of(&placed, Action::Same) + changed.unchanged,
    });
    conclude(arguments.format, quiet, &object, &words(arguments.dry_run, handed.len(), &placed, &changed))?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::WrongContent })
}

/// What rows of tables did to statements that are there.
#[derive(Default)]
struct Changed {
    updated: usize,
    unchanged: usize,
    problems: Vec<Diagnostic>,
}

impl Changed {
    /// Puts what a row says into the front matter of its statement.
    fn one(
        &mut self,
        update: &Update,
        site: &Path,
        config: &Config,
        names: &Names<'_>,
        arguments: &Import,
    ) -> anyhow::Result<()> {
        let (row, file) = (&update.row, real_path(site, &update.path));
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let done = updating::update(&update.path, &text, row, config, names);
        let help = "the rest of the row was used; what it says of its text is edited in the statement's file";
        self.problems.extend(done.refused.iter().map(|refused| {
            let message = format!("{}: {refused}", update.path);
            Diagnostic::new(Code::WrongIndex, row.place.clone(), message).help(help)
        }));
        self.problems.extend(done.asked);
        let Some(text) = done.text else {
            self.unchanged += 1;
            return Ok(());
        };
        self.updated += 1;
        if !arguments.dry_run {
            edit::replace(&file, text.as_bytes())?;
        }
        match arguments.format {
            Format::Json => {
                data(&serde_json::json!({"statement": update.path, "action": "updated", "keys": done.keys}).to_string())
            }
            Format::Human => data(&format!("updated {} ({})", update.path, done.keys.join(", "))),
            Format::Github => Ok(()),
        }
    }
}

/// Fewer files need no bar; a scanned PDF alone takes a minute.
const FEW_FILES: usize = 3;

/// So many texts are shown in a report that is a page; of more files those that need review.
const SHOWN: usize = 300;

fn ends_with(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// Returns a link from a report to an original: to the copy in the site, if it is there, or else to what was handed in.
fn link_of(report: &Path, site: &Path, handed: &Handed, placed: Option<&Placed>) -> Option<String> {
    let folder = report.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let copy = placed.and_then(|placed| placed.copy.as_ref()).map(|copy| real_path(site, copy));
    let copy = copy.and_then(|copy| std::fs::canonicalize(copy).ok());
    link(&std::fs::canonicalize(folder).ok()?, copy.as_deref().unwrap_or(handed.file()))
}

/// Returns the report in the form that the file's name asks for.
fn written(file: &Path, entries: &[Entry<'_>]) -> String {
    if ends_with(file, "html") {
        page(entries)
    } else if ends_with(file, "json") {
        objects(entries).to_string()
    } else {
        plain(&text(entries))
    }
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
fn gather(
    paths: &[PathBuf],
    site: &Path,
    profile: &Profile,
    names: &Names<'_>,
    there: &[Existing],
) -> (Vec<Handed>, Vec<Refused>, Vec<Update>, Vec<Diagnostic>) {
    let (indexes, others): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| is_index(&path.to_string_lossy()));
    let (others, refused) = gather::find(&others, site);
    let (mut handed, mut updates, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for index in &indexes {
        let found = gather::indexed(index, site, profile, names, there);
        handed.extend(found.handed);
        updates.extend(found.updates);
        wrong.extend(found.problems);
    }
    // What an index says something of is handed in once.
    let others: Vec<Handed> = others.into_iter().filter(|other| !handed.iter().any(|h| h.is_same(other))).collect();
    handed.extend(others);
    (handed, refused, updates, wrong)
}

/// Reads a profile; a wrong one is wrong use.
fn profile(file: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Profile::read(&composed(&text)).map_err(|wrong| Failure::Usage(format!("{}: {wrong}", file.display())))
}

/// Writes the original, and then the draft that names it: so there is no draft without its original.
fn write(folder: &Path, handed: &Handed, item: &Item, placed: &Placed) -> anyhow::Result<()> {
    let is_written = matches!(placed.action, Action::New | Action::Update);
    if let Some(copy) = placed.copy.as_ref().map(|copy| real_path(folder, copy))
        && (is_written || placed.action == Action::Same && !copy.exists())
        && let Ok(original) = handed.load()
    {
        // The draft is of the bytes that were read, and has their hash.
        if item.sha256().is_some_and(|hash| *hash != *original.sha256) {
            anyhow::bail!("{} was changed while it was imported; import it again", handed.path);
        }
        edit::replace(&copy, &original.bytes)?;
    }
    let file = real_path(folder, &placed.path);
    match placed.action {
        Action::New => edit::create(&file, placed.text.as_bytes()).map(drop),
        Action::Update => edit::replace(&file, placed.text.as_bytes()),
        _ => Ok(()),
    }
}

fn of(placed: &[Option<Placed>], action: Action) -> usize {
    placed.iter().flatten().filter(|placed| placed.action == action).count()
}

fn words(dry_run: bool, files: usize, placed: &[Option<Placed>], changed: &Changed) -> String {
    let imported = if dry_run { "Would import" } else { "Imported" };
    let kept = of(placed, Action::Edited) + of(placed, Action::EditedAndChanged);
    let twice = of(placed, Action::Duplicate) + of(placed, Action::SameWords);
    let twice = if twice == 0 { String::new() } else { format!(", {}", count(twice, "duplicate")) };
    let unread = placed.iter().filter(|placed| placed.is_none()).count();
    let unread = if unread == 0 { String::new() } else { format!(", {unread} not read") };
    let (new, updated) = (of(placed, Action::New), of(placed, Action::Update) + changed.updated);
    let next = if dry_run || new + updated == 0 {
        ""
    } else {
        "\nNext: `plenary review` lists what is unsure, `plenary serve --drafts` shows the drafts; delete `status: draft` \
         in a file to publish it"
    };
    format!(
        "{imported} {}: {new} new, {updated} updated, {} unchanged, {kept} kept as edited{twice}{unread}{next}",
        count(files + changed.updated + changed.unchanged, "file"),
        of(placed, Action::Same) + changed.unchanged,
    )
}
