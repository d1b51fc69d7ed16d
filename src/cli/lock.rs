//! The published texts -> the files that keep the numbers of their paragraphs.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;
use plenary::diagnostic::{Code, did_you_mean};
use plenary::edit;
use plenary::pipeline::{Pipeline, Settings};
use plenary::read::lock::{self, Lock};
use plenary::render::parts::Parts;
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
    let ids: BTreeSet<&str> = statements.clone().map(|parts| &*parts.statement.id).collect();
    if let Some(unknown) = arguments.ids.iter().find(|id| !ids.contains(id.as_str())) {
        let help = did_you_mean(unknown, ids.iter().copied());
        let help = help.unwrap_or_else(|| "drafts and texts under embargo have no numbers to keep".to_owned());
        return Err(Failure::Usage(format!("no statement `{unknown}` is published; {help}")));
    }
    let is_asked_for = |id: &str| arguments.ids.is_empty() || arguments.ids.iter().any(|asked| asked == id);
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
        let text = parts.numbers.lock(&old, &parts.statement.body).text();
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
