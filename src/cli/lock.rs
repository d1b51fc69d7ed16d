//! The published texts -> the files that keep the numbers of their paragraphs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use jiff::civil;
use plenary::collect::numbers::{Numbers, of_versions};
use plenary::diagnostic::{Code, did_you_mean};
use plenary::edit;
use plenary::exclusive;
use plenary::pipeline::{Pipeline, Settings};
use plenary::read::body::Body;
use plenary::read::lock::{self, Lock};
use plenary::read::statement::{Statement, Status};
use plenary::render::parts::{Parts, StatementParts};
use plenary::sources::Sources;

use super::arguments::{Format, Lock as Arguments};
use super::report::report;
use super::screen::{count, data, tell};
use super::view::tell_count;
use super::{Failure, Outcome};

/// Writes the locks that are new or have changed.
pub(crate) fn run(arguments: &Arguments, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    // Two at a time would each write what the other has not seen.
    let _lock = if arguments.dry_run { None } else { Some(exclusive::lock(folder, "lock")?) };
    if !arguments.dry_run {
        edit::clear(&folder.join("locks"));
    }
    let sources = Sources::scan_settled(folder);
    // What begins again is not published yet, so the site that has it is one with all drafts, after every embargo.
    let settings = if arguments.restart {
        Settings { drafts: true, as_of: Some(civil::Date::MAX), ..Settings::default() }
    } else {
        Settings { as_of: arguments.as_of, ..Settings::default() }
    };
    let site = Pipeline::new(settings).run(&sources);
    tell_count(&site.diagnostics);
    let statements = site.pages.iter().filter_map(|page| match &page.parts {
        Parts::StatementParts(parts) => Some(parts),
        _ => None,
    });
    let mut versions: BTreeMap<&str, Vec<&StatementParts>> = BTreeMap::new();
    for parts in statements {
        versions.entry(&parts.statement.id).or_default().push(parts);
    }
    for versions in versions.values_mut() {
        // The main version comes first.
        versions.sort_by_key(|of| of.versions.iter().position(|other| *other.language == *of.statement.language));
    }
    if let Some(unknown) = arguments.ids.iter().find(|id| !versions.contains_key(id.as_str())) {
        let help = did_you_mean(unknown, versions.keys().copied());
        let (is, otherwise) = match arguments.restart {
            true => ("there", "`plenary check` says what is wrong with texts that cannot be published"),
            false => ("published", "drafts and texts under embargo have no numbers to keep"),
        };
        let help = help.unwrap_or_else(|| otherwise.to_owned());
        return Err(Failure::Usage(format!("no statement `{unknown}` is {is}; {help}")));
    }
    if arguments.restart && !arguments.force {
        let asked = arguments.ids.iter().flat_map(|id| &versions[id.as_str()]);
        refuse_published(asked.map(|parts| &*parts.statement), arguments.as_of.unwrap_or_else(today))?;
    }
    let is_asked_for = |id: &str| arguments.ids.is_empty() || arguments.ids.iter().any(|asked| asked == id);
    let (mut written, mut same) = (Vec::new(), 0);
    for (id, versions) in versions.iter().filter(|(id, _)| is_asked_for(id)) {
        let locks = if arguments.restart { unread(&sources, id)? } else { locks(&sources, id)? };
        for (parts, numbers) in versions.iter().zip(numbers(versions, !locks.is_empty() && !arguments.restart)) {
            let path = lock::path(id, &parts.statement.language);
            let before = locks.get(&*path);
            let old = before.map(|(_, lock)| lock.clone()).unwrap_or_default();
            let text = numbers.lock(&old, &parts.statement.body).text();
            let is_empty = before.is_none() && parts.statement.body.paragraphs.is_empty();
            if is_empty || before.is_some_and(|(bytes, _)| bytes == text.as_bytes()) {
                same += 1;
                continue;
            }
            written.push((path, text));
        }
    }
    // Paragraphs that were only not written yet would be kept as deleted ones.
    let mut unsure = sources.changed_since(folder);
    unsure.extend(sources.diagnostics.iter().filter(|problem| problem.code == Code::UnreadableFile).cloned());
    if !unsure.is_empty() {
        report(&unsure, folder, Format::Human)?;
        tell("no lock was written");
        return Ok(Outcome::WrongContent);
    }
    written.iter().try_for_each(|(path, _)| data(path))?;
    if !arguments.dry_run {
        let files = written.iter().map(|(path, text)| (folder.join(path), text.as_bytes()));
        edit::replace_all(&exclusive::caches(folder), &files.collect::<Vec<_>>())?;
    }
    let written = written.len();
    if !quiet {
        let would = if arguments.dry_run { "would be written" } else { "written" };
        tell(&format!("{} {would}, {same} as they were", count(written, "lock")));
    }
    Ok(if site.has_errors() { Outcome::WrongContent } else { Outcome::Done })
}

/// Fails if one of these texts is published on a day: somebody may have cited its paragraphs by the numbers that it has.
fn refuse_published<'a>(mut texts: impl Iterator<Item = &'a Statement>, day: civil::Date) -> Result<(), Failure> {
    let is_published = |text: &&Statement| {
        let is_embargoed = text.front.embargo.as_ref().is_some_and(|embargo| embargo.latest() > day);
        text.front.status != Status::Draft && !is_embargoed
    };
    let Some(text) = texts.find(is_published) else { return Ok(()) };
    Err(Failure::Usage(format!(
        "`{}` is published, so its paragraphs may have been cited by the numbers that are kept; `--restart` is for drafts \
         and texts under embargo: write `status: draft` first, or add `--force` if nobody can have read it",
        text.path
    )))
}

#[expect(clippy::disallowed_methods, reason = "whether an embargo is over depends on the day on which a person asks")]
fn today() -> civil::Date {
    jiff::Zoned::now().date()
}

/// Returns the bytes of all locks of a statement that begins again, by their paths: nothing of what they keep counts.
fn unread<'a>(sources: &'a Sources, id: &str) -> Result<BTreeMap<&'a str, (Vec<u8>, Lock)>, Failure> {
    let mut locks = BTreeMap::new();
    for source in sources.locks.iter().filter(|source| lock::id(&source.path) == id) {
        let bytes = source.load().with_context(|| format!("cannot read {}", source.path))?;
        locks.insert(&*source.path, (bytes.to_vec(), Lock::default()));
    }
    Ok(locks)
}

/// Reads all locks of a statement, by their paths, with their bytes. A line that nobody can read must not be lost for good
/// by writing the file anew, and its number must not be given again.
fn locks<'a>(sources: &'a Sources, id: &str) -> Result<BTreeMap<&'a str, (Vec<u8>, Lock)>, Failure> {
    let mut locks = BTreeMap::new();
    for source in sources.locks.iter().filter(|source| lock::id(&source.path) == id) {
        let bytes = source.load().with_context(|| format!("cannot read {}", source.path))?;
        let mut problems = Vec::new();
        let lock = Lock::read(&source.path, &bytes, &mut problems);
        if let Some(problem) = problems.iter().find(|problem| problem.code == Code::InvalidLock) {
            return Err(Failure::Usage(problem.human(None)));
        }
        locks.insert(&*source.path, (bytes.to_vec(), lock));
    }
    Ok(locks)
}

/// Returns the numbers to keep of a statement's versions: those that the build gave them, or, of a statement that has no
/// lock yet, those of the main version and what the others share with it.
fn numbers(versions: &[&StatementParts], has_locks: bool) -> Vec<Numbers> {
    if has_locks {
        return versions.iter().map(|parts| Numbers::clone(&parts.numbers)).collect();
    }
    let none = Lock::default();
    let texts: Vec<(&Body, &Lock)> = versions.iter().map(|parts| (&*parts.statement.body, &none)).collect();
    of_versions(&texts, [])
}
