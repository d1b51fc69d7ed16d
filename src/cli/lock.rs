//! The published texts -> the lock files that record their paragraphs' numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use jiff::civil;
use plenary::collect::numbers::of_versions;
use plenary::diagnostic::{Code, Diagnostic, Severity, did_you_mean};
use plenary::edit;
use plenary::exclusive;
use plenary::pipeline::{Pipeline, Settings};
use plenary::read::body::Body;
use plenary::read::lock::{self, Lock, Print};
use plenary::read::numbers::Numbers;
use plenary::read::statement::{Statement, Status};
use plenary::render::parts::{Parts, StatementParts};
use plenary::sources::Sources;

use super::arguments::{Format, Lock as Arguments};
use super::report::report;
use super::screen::{count, data, print_message};
use super::view::print_error_count;
use super::{Failure, Outcome};

/// Writes the locks that are new or have changed, or lists them in a dry run.
pub(crate) fn run(arguments: &Arguments, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    // Two processes at a time would each write locks that the other has not seen.
    let _lock = if arguments.dry_run { None } else { Some(exclusive::lock(folder, "lock")?) };
    if !arguments.dry_run {
        edit::clear(&folder.join("locks"));
    }
    let sources = Sources::scan_settled(folder);
    // Texts to renumber are unpublished, so take the site with all drafts, after every embargo.
    let settings = if arguments.restart {
        Settings { drafts: true, as_of: Some(civil::Date::MAX), ..Settings::default() }
    } else {
        Settings { as_of: arguments.as_of, ..Settings::default() }
    };
    let site = Pipeline::new(settings).run(&sources);
    let statements = site.pages.iter().filter_map(|page| match &page.parts {
        Parts::StatementParts(parts) => Some(parts),
        _ => None,
    });
    let mut versions: BTreeMap<&str, Vec<&StatementParts>> = BTreeMap::new();
    for parts in statements {
        versions.entry(&parts.statement.id).or_default().push(parts);
    }
    for versions in versions.values_mut() {
        // The main version comes first, because the others take over its numbers.
        versions.sort_by_key(|of| of.versions.iter().position(|other| *other.language == *of.statement.language));
    }
    if let Some(unknown) = arguments.ids.iter().find(|id| !versions.contains_key(id.as_str())) {
        let help = did_you_mean(unknown, versions.keys().copied());
        let (is, otherwise) = match arguments.restart {
            true => ("in the site", "`plenary check` shows what is wrong with texts that cannot be published"),
            false => ("published", "drafts and texts under embargo have no numbers to record"),
        };
        let help = help.unwrap_or_else(|| otherwise.to_owned());
        return Err(Failure::Usage(format!("no statement `{unknown}` is {is}; {help}")));
    }
    if arguments.restart && !arguments.force {
        let asked = arguments.ids.iter().flat_map(|id| &versions[id.as_str()]);
        refuse_published(asked.map(|parts| &*parts.statement), arguments.as_of.unwrap_or_else(today))?;
    }
    let is_asked_for = |id: &str| arguments.ids.is_empty() || arguments.ids.iter().any(|asked| asked == id);
    if !arguments.restart {
        let asked = versions.iter().filter(|(id, _)| is_asked_for(id)).flat_map(|(_, versions)| versions);
        refuse_renamed(&sources, &site.diagnostics, asked.map(|parts| &*parts.statement))?;
    }
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
    // In a file that was read while half written, the missing paragraphs would be recorded as deleted.
    let mut unsure = sources.changed_since(folder);
    unsure.extend(sources.diagnostics.iter().filter(|problem| problem.code == Code::UnreadableFile).cloned());
    if !unsure.is_empty() {
        report(&unsure, folder, Format::Human)?;
        print_message("no lock was written");
        return Ok(Outcome::WrongContent);
    }
    written.iter().try_for_each(|(path, _)| data(path))?;
    if !arguments.dry_run {
        let files = written.iter().map(|(path, text)| (folder.join(path), text.as_bytes()));
        edit::replace_all(&exclusive::caches(folder), &files.collect::<Vec<_>>())?;
    }
    if !quiet {
        let would = if arguments.dry_run { "would be written" } else { "written" };
        print_message(&format!("{} {would}, {same} unchanged", count(written.len(), "lock")));
    }
    // A merge conflict in a lock that has just been rewritten is resolved.
    let is_resolved = |problem: &Diagnostic| {
        let path = problem.place.as_ref().map(|place| &*place.path);
        problem.code == Code::MergeConflict && written.iter().any(|(written, _)| Some(&**written) == path)
    };
    let left: Vec<Diagnostic> = site.diagnostics.iter().filter(|problem| !is_resolved(problem)).cloned().collect();
    print_error_count(&left);
    let is_error = |problem: &Diagnostic| problem.severity() == Severity::Error && site.counts(problem);
    Ok(if left.iter().any(is_error) { Outcome::WrongContent } else { Outcome::Done })
}

/// Fails if a stray lock matches one of these texts that has no lock: the text was renamed, or its language was
/// changed. New numbers would make existing citations lead to other paragraphs.
fn refuse_renamed<'a>(
    sources: &Sources,
    problems: &[Diagnostic],
    texts: impl Iterator<Item = &'a Statement>,
) -> Result<(), Failure> {
    let strays = problems.iter().filter(|problem| problem.code == Code::StrayLock);
    let strays: BTreeSet<&str> = strays.filter_map(|problem| Some(&*problem.place.as_ref()?.path)).collect();
    let mut locks = Vec::new();
    for source in sources.locks.iter().filter(|source| strays.contains(&*source.path)) {
        let bytes = source.load().with_context(|| format!("cannot read {}", source.path))?;
        locks.push((&*source.path, Lock::read(&source.path, &bytes, &mut Vec::new())));
    }
    if locks.is_empty() {
        return Ok(());
    }
    let known: BTreeSet<&str> = sources.locks.iter().map(|source| &*source.path).collect();
    for text in texts {
        let path = lock::path(&text.id, &text.language);
        if known.contains(&*path) {
            continue;
        }
        let prints: Vec<Print> =
            text.body.paragraphs.iter().map(|of| Print::of(text.body.words(&of.whole()))).collect();
        if let Some((stray, _)) = locks.iter().find(|(_, lock)| lock.is_of(&prints)) {
            return Err(Failure::Usage(format!(
                "no lock was written: `{stray}` belongs to no text of the site, but matches the paragraphs of `{}`. If the \
                 text was renamed, rename its lock as well, to `{path}`, and run `plenary lock` again; if it is another \
                 text, delete `{stray}`: links to its paragraphs will then break",
                text.path
            )));
        }
    }
    Ok(())
}

/// Fails if one of these texts is published on this day: its paragraphs may have been cited by their numbers.
fn refuse_published<'a>(mut texts: impl Iterator<Item = &'a Statement>, day: civil::Date) -> Result<(), Failure> {
    let is_published = |text: &&Statement| {
        let is_embargoed = text.front.embargo.as_ref().is_some_and(|embargo| embargo.latest() > day);
        text.front.status != Status::Draft && !is_embargoed
    };
    let Some(text) = texts.find(is_published) else { return Ok(()) };
    if let Some(embargo) = &text.front.embargo {
        return Err(Failure::Usage(format!(
            "the embargo of `{}` ends on {}, and the day is {day}: a build on that day publishes the text, so its paragraphs \
             may have been cited by their recorded numbers; if it is still withheld, give an earlier day with `--as-of`, or \
             write a later embargo or `status: draft`; if nobody can have read it, add `--force`",
            text.path,
            embargo.latest()
        )));
    }
    Err(Failure::Usage(format!(
        "`{}` is published, so its paragraphs may have been cited by their recorded numbers; `--restart` is for drafts and \
         texts under embargo: write `status: draft` first, or add `--force` if nobody can have read it",
        text.path
    )))
}

/// Returns today's date.
#[expect(clippy::disallowed_methods, reason = "whether an embargo is over depends on today's date")]
pub(crate) fn today() -> civil::Date {
    jiff::Zoned::now().date()
}

/// Returns the bytes of all locks of a statement to renumber, by path, each with an empty lock: what they record is
/// ignored.
fn unread<'a>(sources: &'a Sources, id: &str) -> Result<BTreeMap<&'a str, (Vec<u8>, Lock)>, Failure> {
    let mut locks = BTreeMap::new();
    for source in sources.locks.iter().filter(|source| lock::id(&source.path) == id) {
        let bytes = source.load().with_context(|| format!("cannot read {}", source.path))?;
        locks.insert(&*source.path, (bytes.to_vec(), Lock::default()));
    }
    Ok(locks)
}

/// Reads all locks of a statement, by path, with their bytes. Fails on an invalid line: rewriting the file would lose
/// it, and its number could be assigned again.
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

/// Returns the numbers to record for a statement's versions: those that the build assigned or, for a statement without
/// a lock, those of the main version and what the other versions share with it.
fn numbers(versions: &[&StatementParts], has_locks: bool) -> Vec<Numbers> {
    if has_locks {
        return versions.iter().map(|parts| Numbers::clone(&parts.numbers)).collect();
    }
    let none = Lock::default();
    let texts: Vec<(&Body, &Lock)> = versions.iter().map(|parts| (&*parts.statement.body, &none)).collect();
    of_versions(&texts, [])
}
