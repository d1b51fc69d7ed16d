//! A request -> drafts in the site's folder, and a report of what is uncertain: the import from end to end.
//!
//! Files are read a few at a time and written before the next ones are read, for two reasons: a stopped import keeps
//! what it has done, and thousands of texts are never in memory together.
#![expect(clippy::disallowed_methods, reason = "reads the statements that a table changes from the site's folder")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use rayon::prelude::*;

use super::existing::{Existing, existing};
use super::external;
use super::gather::{self, Gathered, Handed, Update};
use super::item::{self, Item};
use super::knowing::Context;
use super::knowing::profile::Profile;
use super::placing::{Action, Placed, Shelf};
use super::reading::Ocr;
use super::report::{self, Counts, Done, Report};
use super::updating;
use crate::collect::names::{Names, Tables};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::edit;
use crate::exclusive;
use crate::read::record::RecordKind;
use crate::read::survey;
use crate::sources::{Sources, real_path};

/// What to import, and how.
#[derive(Debug)]
pub struct Request<'a> {
    /// Files, folders, archives, and indexes that name files.
    pub paths: &'a [PathBuf],
    /// The site's folder.
    pub site: &'a Path,
    /// What holds for all the files.
    pub profile: Profile,
    /// When scanned pages are read by OCR.
    pub ocr: Ocr,
    /// Whether texts are written even if another statement has the same words.
    pub keep_duplicates: bool,
    /// Whether to write nothing.
    pub dry_run: bool,
    /// Whether the report shows texts next to their originals. They are kept in memory for it, up to a limit.
    pub shows_texts: bool,
}

/// Is notified of an import's progress. Every method does nothing by default.
pub trait Observer: Sync {
    /// This many files are going to be read.
    fn begins(&mut self, files: usize) {
        let _ = files;
    }

    /// A file is being read. Several are at once, on different threads.
    fn reads(&self) {}

    /// A file became a draft, which has been written or was found to be up to date.
    ///
    /// # Errors
    /// An error stops the import.
    fn placed(&mut self, item: &Item, placed: &Placed) -> anyhow::Result<()> {
        let _ = (item, placed);
        Ok(())
    }

    /// A row of a table changed these keys of a statement.
    ///
    /// # Errors
    /// An error stops the import.
    fn updated(&mut self, statement: &str, keys: &[&str]) -> anyhow::Result<()> {
        let _ = (statement, keys);
        Ok(())
    }

    /// All files have been read.
    fn ends(&mut self) {}
}

/// An observer that does nothing.
impl Observer for () {}

/// Imports files into a site. Two imports into one site never run at the same time.
///
/// # Errors
/// Fails if another import is running, or if a file in the site's folder cannot be read or written.
pub fn run(request: Request<'_>, observer: &mut impl Observer) -> anyhow::Result<Report> {
    let _lock = if request.dry_run { None } else { Some(exclusive::lock(request.site, "import")?) };
    let _watch = external::clear();
    if !request.dry_run {
        edit::clear(&request.site.join("content"));
    }
    let sources = Sources::scan(request.site);
    let (config, of_config) = survey::config(&sources);
    let (tables, records) = (Tables::load(), survey::records(&sources, &config, &RecordKind::ALL));
    // Problems of records are reported when the site is built.
    let names = Names::new(&tables, &records, &mut Vec::new());
    let existing = existing(&sources, &config);

    let gathered = gather::all(request.paths, request.site, &request.profile, &names, &existing);
    let changed = Updating { config: &config, names: &names, request: &request }.all(&gathered.updates, observer)?;
    let context = Context::new(request.profile.clone()).suggest(&records).remember(&existing);
    let done = import(&request, &gathered.handed, &context, existing, observer)?;

    let Gathered { refused, updates, problems, .. } = gathered;
    let counts = Counts::new(&done, updates.len(), changed.updated);
    let problems = problems.into_iter().chain(changed.problems).chain(of_config).collect();
    Ok(Report { done, refused: refused.into_iter().map(report::refused).collect(), problems, counts })
}

/// Reads all files, and writes drafts as they are made.
fn import(
    request: &Request<'_>,
    handed: &[Handed],
    context: &Context,
    existing: Vec<Existing>,
    observer: &mut impl Observer,
) -> anyhow::Result<Vec<Done>> {
    let coming: Vec<Arc<str>> = handed.iter().map(|handed| Arc::clone(&handed.path)).collect();
    let mut shelf = Shelf::new(existing, &coming, request.keep_duplicates);
    let mut shown = TextQuota { all: request.shows_texts && handed.len() <= SHOWN, left: SHOWN };
    let mut done = Vec::with_capacity(handed.len());
    observer.begins(handed.len());
    // Reading is parallel, placing is not: whether a draft duplicates another depends on the order.
    for part in gather::parts(handed) {
        let watched = &*observer;
        let read = |handed: &Handed| {
            watched.reads();
            item::import(handed, request.ocr, context)
        };
        let items: Vec<Item> = part.par_iter().map(read).collect();
        let places = shelf.place(&items);
        // All files of this batch are on disk before any of their texts is dropped.
        for ((handed, item), placed) in part.iter().zip(&items).zip(&places) {
            let Some(placed) = placed else { continue };
            if !request.dry_run {
                write(request.site, handed, item, placed)?;
            }
            observer.placed(item, placed)?;
        }
        for ((handed, mut item), placed) in part.iter().zip(items).zip(places) {
            let problems = report::problems(&item, placed.as_ref());
            if !(request.shows_texts && shown.takes(&problems)) {
                item.shed();
            }
            let placed = placed.map(|placed| Placed { text: String::new(), ..placed });
            let copy = placed.as_ref().and_then(|placed| placed.copy.as_ref());
            let copy = copy.and_then(|copy| std::fs::canonicalize(real_path(request.site, copy)).ok());
            let original = copy.unwrap_or_else(|| handed.file().to_owned());
            done.push(Done { item, placed, problems, original });
        }
    }
    observer.ends();
    Ok(done)
}

/// How many texts a report shows; if there are more files, those that need review.
const SHOWN: usize = 300;

/// Decides which texts are kept to be shown.
struct TextQuota {
    /// Whether all of them are.
    all: bool,
    /// Otherwise, how many more can be.
    left: usize,
}

impl TextQuota {
    /// Returns whether the text of a file with these problems is shown.
    fn takes(&mut self, problems: &[Diagnostic]) -> bool {
        let takes = self.all || self.left > 0 && !problems.is_empty();
        self.left = self.left.saturating_sub(usize::from(takes));
        takes
    }
}

/// Writes the original before the draft that names it, so that no draft is without its original.
fn write(site: &Path, handed: &Handed, item: &Item, placed: &Placed) -> anyhow::Result<()> {
    let is_written = matches!(placed.action, Action::New | Action::Update);
    if let Some(copy) = placed.copy.as_ref().map(|copy| real_path(site, copy))
        && (is_written || placed.action == Action::Same && !copy.exists())
        && let Ok(original) = handed.load()
    {
        // The draft holds the hash of the bytes that were read, so the copy must have the same bytes.
        if item.sha256().is_some_and(|hash| *hash != *original.sha256) {
            anyhow::bail!("{} was changed while it was imported; import it again", handed.path);
        }
        edit::replace(&copy, &original.bytes)?;
    }
    let file = real_path(site, &placed.path);
    match placed.action {
        Action::New => edit::create(&file, placed.text.as_bytes()).map(drop),
        Action::Update => edit::replace(&file, placed.text.as_bytes()),
        _ => Ok(()),
    }
}

/// What rows of tables are applied with.
struct Updating<'a> {
    config: &'a Config,
    names: &'a Names<'a>,
    request: &'a Request<'a>,
}

/// What rows of tables changed.
#[derive(Default)]
struct Changed {
    updated: usize,
    problems: Vec<Diagnostic>,
}

impl Updating<'_> {
    /// Applies each row to the front matter of its statement.
    fn all(&self, updates: &[Update], observer: &mut impl Observer) -> anyhow::Result<Changed> {
        let mut changed = Changed::default();
        for Update { path, row } in updates {
            let file = real_path(self.request.site, path);
            let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let done = updating::update(path, &text, row, self.config, self.names);
            let help = "the rest of the row was used; edit this in the statement's file";
            changed.problems.extend(done.refused.iter().map(|refused| {
                let message = format!("{path}: {refused}");
                Diagnostic::new(Code::WrongIndex, row.place.clone(), message).help(help)
            }));
            changed.problems.extend(done.asked);
            let Some(text) = done.text else { continue };
            changed.updated += 1;
            if !self.request.dry_run {
                edit::replace(&file, text.as_bytes())?;
            }
            observer.updated(path, &done.keys)?;
        }
        Ok(changed)
    }
}
