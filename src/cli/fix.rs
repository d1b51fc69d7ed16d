//! Problems with exactly one safe fix -> the corrected sources, or a list of the corrections.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use plenary::config;
use plenary::diagnostic::edit::apply;
use plenary::diagnostic::{Diagnostic, Edit, Severity};
use plenary::pipeline::Site;
use plenary::sources::{Sources, real_path};
use plenary::{edit, exclusive, read};
use serde_json::json;

use super::Failure;
use super::arguments::{Check, Format};
use super::screen::{count, data, print_message};
use super::site::make;

/// How often fixes are applied. A fix can reveal another problem: once a misspelt key is known, its value may be wrong.
const ROUNDS: usize = 8;

/// A file and the fixes for it.
struct Fixed<'a> {
    file: PathBuf,
    before: String,
    after: String,
    made: Vec<&'a Edit>,
}

/// Applies the fixes of all problems, or lists them in a dry run.
pub(crate) fn fix(arguments: &Check, folder: &Path, quiet: bool) -> Result<(), Failure> {
    // Two processes at a time would overwrite each other's corrections.
    let _lock = if arguments.dry_run { None } else { Some(exclusive::lock(folder, "edit")?) };
    let (mut problems, mut files) = (0, BTreeSet::new());
    for _ in 0..ROUNDS {
        let site = make(&Sources::scan_settled(folder), arguments.choice.settings(), quiet);
        let fixed = fixed(&site, folder)?;
        if fixed.is_empty() {
            break;
        }
        for fixed in &fixed {
            list(fixed, arguments.format)?;
            problems += fixed.made.len();
            files.insert(fixed.file.clone());
        }
        if arguments.dry_run {
            break;
        }
        let written: Vec<(PathBuf, &[u8])> =
            fixed.iter().map(|fixed| (fixed.file.clone(), fixed.after.as_bytes())).collect();
        edit::replace_all(&exclusive::caches(folder), &written)?;
    }
    if !quiet && arguments.format != Format::Json {
        let (problems, files) = (count(problems, "problem"), count(files.len(), "file"));
        match arguments.dry_run {
            true => print_message(&format!("Would fix {problems} in {files}\n")),
            false => print_message(&format!("Fixed {problems} in {files}\n")),
        }
    }
    Ok(())
}

/// Returns how many problems have a fix that `fix` would apply.
pub(crate) fn fixable(site: &Site) -> usize {
    site.diagnostics.iter().filter(|problem| !problem.edits.is_empty()).count()
}

/// Returns the files with something to fix, in the order of their paths.
fn fixed<'a>(site: &'a Site, folder: &Path) -> anyhow::Result<Vec<Fixed<'a>>> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Edit>> = BTreeMap::new();
    for edit in site.diagnostics.iter().flat_map(|problem| &problem.edits) {
        by_file.entry(&edit.place.path).or_default().push(edit);
    }
    let options = read::Options::new(&site.config);
    let mut all = Vec::new();
    for (path, edits) in by_file {
        let file = real_path(folder, path);
        let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        // A file that is not UTF-8 is reported elsewhere.
        let Ok(before) = String::from_utf8(bytes) else { continue };
        let (after, made) = apply(&before, &edits);
        // Drop fixes that break something else, such as one whose text closes the quotation around it.
        if !made.is_empty() && errors(path, &after, &options) <= errors(path, &before, &options) {
            all.push(Fixed { file, before, after, made });
        }
    }
    Ok(all)
}

/// Returns how many errors a file has when it is read in isolation.
fn errors(path: &Arc<str>, text: &str, options: &read::Options) -> usize {
    let problems: Vec<Diagnostic> = match &**path {
        config::FILE => config::read(text).1,
        _ => read::read(path, text.as_bytes(), options).diagnostics,
    };
    problems.iter().filter(|problem| problem.severity() == Severity::Error).count()
}

/// Prints the changes in a file: each line before and after, below its place.
fn list(fixed: &Fixed<'_>, format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        return fixed.made.iter().try_for_each(|Edit { place, from, to }| {
            let edit = json!({"path": place.path, "line": place.line, "column": place.column, "from": from, "to": to});
            data(&json!({"fix": edit}).to_string())
        });
    }
    let mut lines: Vec<u32> = fixed.made.iter().map(|edit| edit.place.line).collect();
    lines.dedup();
    let (before, after): (Vec<&str>, Vec<&str>) = (fixed.before.lines().collect(), fixed.after.lines().collect());
    for line in lines {
        let at = (line as usize).saturating_sub(1);
        data(&format!("{}:{line}", fixed.made[0].place.path))?;
        for (sign, lines) in [('-', &before), ('+', &after)] {
            data(&format!("{sign} {}", super::screen::plain(lines.get(at).copied().unwrap_or_default())))?;
        }
    }
    Ok(())
}
