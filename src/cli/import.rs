//! Submitted files -> drafts in the site's folder, and the report of what is uncertain.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use indicatif::ProgressBar;
use plenary::edit;
use plenary::import::item::Item;
use plenary::import::knowing::profile::Profile;
use plenary::import::placing::{Action, Placed};
use plenary::import::remembered::{Chosen, FILE, Remembered};
use plenary::import::report::{Counts, Entry, Report, json, objects, page, summary, text};
use plenary::import::{Observer, Request, run as import};
use plenary::path::composed;

use super::arguments::{Format, Import};
use super::report::{Tally, conclude, report, report_in_order};
use super::screen::{count, data, plain, print_message, progress};
use super::{Failure, Outcome};

/// Imports, and reports what a person has to check.
pub(crate) fn run(arguments: &Import, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let file = arguments.report.as_deref();
    let remembered = Remembered::read(folder)?;
    let profile_file = profile_file(arguments, folder, &remembered, quiet)?;
    let request = Request {
        paths: &arguments.paths,
        site: folder,
        profile: profile_file.as_deref().map_or_else(|| Ok(Profile::default()), profile)?,
        ocr: arguments.ocr.into(),
        keep_duplicates: arguments.keep_duplicates,
        dry_run: arguments.dry_run,
        shows_texts: file.is_some_and(|file| ends_with(file, "html")),
    };
    let mut screen = Screen { format: arguments.format, quiet, bar: ProgressBar::hidden() };
    let done = import(request, &mut screen)?;
    if let Some(file) = file {
        edit::replace(file, written(file, &done).as_bytes())?;
    }
    if !arguments.dry_run {
        remembered.remember(folder, &arguments.paths, profile_file.as_deref())?;
    }
    let (counts, problems) = (done.counts, done.into_problems());
    match arguments.format {
        Format::Human => report_in_order(&summary(&problems), Path::new("."), Tally::of(&problems)),
        Format::Json | Format::Github => _ = report(&problems, Path::new("."), arguments.format)?,
    }
    let object = serde_json::json!({
        "imported": !arguments.dry_run, "files": counts.files, "problems": problems.len(), "new": counts.new,
        "updated": counts.updated, "unchanged": counts.unchanged,
    });
    conclude(arguments.format, quiet, &object, &words(arguments.dry_run, counts))?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::WrongContent })
}

/// Prints what becomes of each file, above a bar that shows how many have been read.
struct Screen {
    format: Format,
    quiet: bool,
    bar: ProgressBar,
}

impl Observer for Screen {
    fn begins(&mut self, files: usize) {
        /// Fewer files need no bar; a scanned PDF alone takes a minute.
        const FEW: usize = 3;
        self.bar = progress(files, FEW, "files", self.quiet);
    }

    fn reads(&self) {
        self.bar.inc(1);
    }

    fn placed(&mut self, item: &Item, placed: &Placed) -> anyhow::Result<()> {
        self.bar.suspend(|| match self.format {
            Format::Json => data(&json(item, Some(placed)).to_string()),
            Format::Human if matches!(placed.action, Action::New | Action::Update) => {
                data(&format!("{} {}", placed.action.word(), placed.path))
            }
            Format::Human | Format::Github => Ok(()),
        })
    }

    fn updated(&mut self, statement: &str, keys: &[&str]) -> anyhow::Result<()> {
        match self.format {
            Format::Json => {
                data(&serde_json::json!({"statement": statement, "action": "updated", "keys": keys}).to_string())
            }
            Format::Human => data(&format!("updated {statement} ({})", keys.join(", "))),
            Format::Github => Ok(()),
        }
    }

    fn ends(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn ends_with(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending))
}

/// Returns the report in the form that the file's name asks for.
fn written(file: &Path, done: &Report) -> String {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries: Vec<Entry<'_>> = done.entries(std::fs::canonicalize(folder).ok().as_deref());
    if ends_with(file, "html") {
        page(&entries)
    } else if ends_with(file, "json") {
        objects(&entries).to_string()
    } else {
        plain(&text(&entries))
    }
}

/// Returns the file of the profile to use: the one given, or the one that the same paths were imported with before.
fn profile_file(
    arguments: &Import,
    folder: &Path,
    remembered: &Remembered,
    quiet: bool,
) -> Result<Option<PathBuf>, Failure> {
    if arguments.no_profile || arguments.profile.is_some() {
        return Ok(arguments.profile.clone());
    }
    match remembered.chosen(folder, &arguments.paths) {
        Chosen::None => Ok(None),
        Chosen::One(file) if file.is_file() => {
            if !quiet {
                let file = file.strip_prefix(".").unwrap_or(&file).display();
                print_message(&format!(
                    "Using the profile {file}, as in the last import of the same ({FILE}); `--no-profile` uses none"
                ));
            }
            Ok(Some(file))
        }
        Chosen::One(file) => Err(Failure::Usage(format!(
            "the last import of the same used the profile {} ({FILE}), which is gone; name the profile with --profile, or use \
             none with --no-profile",
            file.display()
        ))),
        Chosen::Several(each) => {
            let with = |(path, profile): &(String, Option<String>)| {
                format!("{path} with {}", profile.as_deref().unwrap_or("none"))
            };
            let each = each.iter().map(with).collect::<Vec<_>>().join(", ");
            Err(Failure::Usage(format!(
                "these were last imported with different profiles ({FILE}): {each}; import them one after the other, or \
                 choose with --profile or --no-profile"
            )))
        }
    }
}

/// Reads a profile; an invalid one is a usage error.
fn profile(file: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Profile::read(&composed(&text)).map_err(|wrong| Failure::Usage(format!("{}: {wrong}", file.display())))
}

/// Returns the last line of the command.
fn words(dry_run: bool, counts: Counts) -> String {
    let Counts { files, new, updated, unchanged, edited, duplicates, unread } = counts;
    let imported = if dry_run { "Would import" } else { "Imported" };
    let duplicates = if duplicates == 0 { String::new() } else { format!(", {}", count(duplicates, "duplicate")) };
    let unread = if unread == 0 { String::new() } else { format!(", {unread} not read") };
    let next = if dry_run || new + updated == 0 {
        ""
    } else {
        "\nNext: `plenary review` lists what is uncertain, `plenary serve --drafts` shows the drafts; delete `status: draft` \
         in a file to publish it"
    };
    format!(
        "{imported} {}: {new} new, {updated} updated, {unchanged} unchanged, {edited} kept as edited\
         {duplicates}{unread}{next}",
        count(files, "file"),
    )
}
