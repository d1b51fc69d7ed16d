//! The published texts -> the files that keep the numbers of their paragraphs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use plenary::collect::align::Version;
use plenary::collect::numbers::Numbers;
use plenary::diagnostic::{Code, did_you_mean};
use plenary::edit;
use plenary::pipeline::{Pipeline, Settings};
use plenary::read::lock::{self, Lock};
use plenary::render::parts::{Parts, StatementParts};
use plenary::sources::Sources;

use super::arguments::Lock as Arguments;
use super::screen::{count, data, tell};
use super::view::tell_count;
use super::{Failure, Outcome};

/// Writes the locks that are new or have changed.
pub(crate) fn run(arguments: &Arguments, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let sources = Sources::scan(folder);
    let settings = Settings { as_of: arguments.as_of, ..Settings::default() };
    let site = Pipeline::new(settings).run(&sources);
    tell_count(&site.diagnostics);
    let statements = site.pages.iter().filter_map(|page| match &page.parts {
        Parts::StatementParts(parts) => Some(parts),
        _ => None,
    });
    let mut versions: BTreeMap<&str, Vec<&StatementParts>> = BTreeMap::new();
    for parts in statements.clone() {
        versions.entry(&parts.statement.id).or_default().push(parts);
    }
    if let Some(unknown) = arguments.ids.iter().find(|id| !versions.contains_key(id.as_str())) {
        let help = did_you_mean(unknown, versions.keys().copied());
        let help = help.unwrap_or_else(|| "drafts and texts under embargo have no numbers to keep".to_owned());
        return Err(Failure::Usage(format!("no statement `{unknown}` is published; {help}")));
    }
    let is_asked_for = |id: &str| arguments.ids.is_empty() || arguments.ids.iter().any(|asked| asked == id);
    let kept: BTreeSet<&str> = sources.locks.iter().map(|source| &*source.path).collect();
    let (mut written, mut same) = (0, 0);
    for parts in statements.filter(|parts| is_asked_for(&parts.statement.id)) {
        let path = lock::path(&parts.statement.id, &parts.statement.language);
        let before = sources.locks.iter().find(|source| *source.path == *path);
        let before = before.map(|source| source.load().with_context(|| format!("cannot read {path}"))).transpose()?;
        let mut problems = Vec::new();
        let old = Lock::read(&path.as_str().into(), before.as_deref().unwrap_or_default(), &mut problems);
        // A line that nobody can read must not be lost for good by writing the file anew.
        if let Some(problem) = problems.iter().find(|problem| problem.code == Code::InvalidLock) {
            return Err(Failure::Usage(problem.human(None)));
        }
        let numbers = numbers(parts, &versions[&*parts.statement.id], &kept);
        let text = numbers.lock(&old, &parts.statement.body).text();
        let is_empty = before.is_none() && parts.statement.body.paragraphs.is_empty();
        if is_empty || before.as_deref() == Some(text.as_bytes()) {
            same += 1;
            continue;
        }
        written += 1;
        data(&path)?;
        if !arguments.dry_run {
            edit::replace(&folder.join(&path), text.as_bytes())?;
        }
    }
    if !quiet {
        let would = if arguments.dry_run { "would be written" } else { "written" };
        tell(&format!("{} {would}, {same} as they were", count(written, "lock")));
    }
    Ok(Outcome::Done)
}

/// Returns the numbers to keep of a text. One that has none yet shares them with a version that has, or else with the
/// one that lists show.
fn numbers<'a>(parts: &'a StatementParts, versions: &[&StatementParts], kept: &BTreeSet<&str>) -> Cow<'a, Numbers> {
    let is_kept = |of: &StatementParts| kept.contains(&*lock::path(&of.statement.id, &of.statement.language));
    let in_language = |language: &str| versions.iter().find(|other| *other.statement.language == *language).copied();
    let ordered = || parts.versions.iter().filter_map(|version| in_language(&version.language));
    let other = ordered().find(|other| is_kept(other)).or_else(|| ordered().next());
    match other.filter(|other| !is_kept(parts) && other.statement.language != parts.statement.language) {
        Some(StatementParts { statement, numbers, .. }) => {
            Cow::Owned(Numbers::shared(Version { body: &statement.body, numbers }, &parts.statement.body))
        }
        None => Cow::Borrowed(&parts.numbers),
    }
}
