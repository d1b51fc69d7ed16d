//! The site's folder -> the published folder, or only what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use plenary::diagnostic::{Code, Diagnostic, Place};
use plenary::output::{self, Owner, Report, Target};
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::{Kind, Page};
use plenary::render::tally;
use plenary::sources::Sources;
use rayon::prelude::*;
use serde_json::json;

use super::arguments::{Build, Check, Format};
use super::left_out::{self, tell_left_out};
use super::report::{Tally, conclude, report};
use super::screen::{self, count, data, progress, tell};
use super::{Failure, Outcome, fix, patience};

/// Builds and publishes.
pub(crate) fn build(arguments: &Build, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let target = Target {
        site: folder.to_owned(),
        folder: arguments.output.clone().unwrap_or_else(|| folder.join("public")),
        force: arguments.force,
        dry_run: arguments.dry_run,
    };
    output::check(&target)?;
    let settings = Settings { base_url: arguments.base_url.clone(), ..arguments.choice.settings() };
    let mut attempt = 1;
    let (mut site, published) = loop {
        let sources = Sources::scan_settled(folder);
        let mut site = make(&sources, settings.clone(), quiet);
        let published = match Tally::counted(&site).stops(arguments.strict) {
            true => None,
            false => Some(publish(&target, &owner(arguments, &site), &site, quiet, || sources.changed_since(folder))?),
        };
        if matches!(published, Some(Ok(_))) {
            break (site, published);
        }
        // What is wrong may be wrong only because a file was half written when it was read.
        let changed = sources.changed_since(folder);
        let waited = sources.diagnostics.iter().any(|problem| problem.code == Code::UnreadableFile);
        if changed.is_empty() || waited || attempt == ATTEMPTS {
            site.diagnostics.extend(changed);
            break (site, published);
        }
        attempt += 1;
    };
    match published {
        None => refuse(arguments, quiet, &target, &site),
        Some(Err(failed)) => {
            site.diagnostics.extend(once_each(failed));
            site.diagnostics.sort();
            site.diagnostics.dedup();
            refuse(arguments, quiet, &target, &site)
        }
        Some(Ok(published)) => {
            let tally = report(&site.diagnostics, folder, arguments.format)?;
            if arguments.dry_run && arguments.format != Format::Json {
                list(&published)?;
            }
            let took = started.elapsed();
            if site.pages.len() > MANY_FILES && arguments.format != Format::Json && !quiet {
                tell(&format!("Files by kind: {}", tally::words(&tally::by_kind(&site.pages))));
            }
            tell_left_out(&site, quiet || arguments.format == Format::Json);
            let object = built(arguments.dry_run, &site, &published, tally);
            conclude(arguments.format, quiet, &object, &words(&target, &site, &published, took))?;
            Ok(Outcome::Done)
        }
    }
}

/// How often a site is made of files of which some changed meanwhile.
const ATTEMPTS: u32 = 3;

/// Returns whose site it is. An address that the command line put in place, for a preview perhaps, does not say.
fn owner(arguments: &Build, site: &Site) -> Owner {
    let base_url = if arguments.base_url.is_some() { String::new() } else { site.config.base_url.clone() };
    Owner { title: site.config.title.clone(), base_url }
}

/// Fewer pages are made in a blink.
const FEW_PAGES: usize = 500;

/// Checks what a build would check, to the last page; a template may fail on one page only.
pub(crate) fn check(arguments: &Check, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    if arguments.fix {
        fix::fix(arguments, folder, quiet)?;
    }
    let mut site = make(&Sources::scan_settled(folder), arguments.choice.settings(), quiet);
    let progress = progress(site.pages.len(), FEW_PAGES, "pages", quiet);
    let failed: Vec<Diagnostic> = patience::watch(
        |number| site.pages[number].path.to_string(),
        |watched| {
            let pages = site.pages.par_iter().enumerate();
            let failed = pages.filter_map(|(number, page)| {
                progress.inc(1);
                watched.make(number, || site.render(page)).err()
            });
            failed.collect()
        },
    );
    progress.finish_and_clear();
    site.diagnostics.extend(once_each(failed));
    let tally = report(&site.diagnostics, folder, arguments.format)?;
    let wrong = Tally::counted(&site).stops(arguments.strict);
    let (pages, statements) = (count_pages(&site), count_statements(&site));
    let object = json!({
        "checked": true, "good": !wrong, "pages": pages, "statements": statements,
        "errors": tally.errors, "warnings": tally.warnings, "left_out": left_out::object(&site.left_out),
    });
    tell_left_out(&site, quiet || arguments.format == Format::Json);
    let fixable = fix::fixable(&site);
    if fixable > 0 && !arguments.fix && !quiet && arguments.format == Format::Human {
        tell(&format!(
            "  `plenary check --fix` corrects {} of them; with `--dry-run` it only shows how",
            count(fixable, "problem")
        ));
    }
    let found = if site.diagnostics.is_empty() { "nothing is wrong" } else { "see above" };
    let (pages, statements) = (count(pages, "page"), count(statements, "statement"));
    let words = format!("Checked {pages} ({statements}){}: {found}", of_site(folder));
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(if wrong { Outcome::WrongContent } else { Outcome::Done })
}

/// Returns the problems of pages; a mistake in a template, which fails on page after page, is told once.
fn once_each(failed: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut told: Vec<(Diagnostic, usize)> = Vec::new();
    let mut at: BTreeMap<Place, usize> = BTreeMap::new();
    for problem in failed {
        let place = problem.place.clone().filter(|_| problem.code == Code::FailedTemplate);
        if let Some(&number) = place.as_ref().and_then(|place| at.get(place)) {
            told[number].1 += 1;
        } else {
            at.extend(place.map(|place| (place, told.len())));
            told.push((problem, 0));
        }
    }
    let counted = told.into_iter().map(|(problem, more)| match more {
        0 => problem,
        more => Diagnostic { message: format!("{}, and of {}", problem.message, count(more, "more page")), ..problem },
    });
    counted.collect()
}

/// Reads the site's files and ties them together.
pub(crate) fn make(sources: &Sources, settings: Settings, quiet: bool) -> Site {
    let spinner = screen::bar(ProgressBar::new_spinner(), quiet);
    spinner.set_message("reading");
    spinner.enable_steady_tick(Duration::from_millis(100));
    let site = Pipeline::new(settings).run(sources);
    spinner.finish_and_clear();
    site
}

fn publish(
    target: &Target,
    owner: &Owner,
    site: &Site,
    quiet: bool,
    objections: impl FnOnce() -> Vec<Diagnostic>,
) -> anyhow::Result<Result<Report, Vec<Diagnostic>>> {
    let progress = progress(site.pages.len(), FEW_PAGES, "pages", quiet);
    let pages: Vec<(usize, &Arc<Page>)> = site.pages.iter().enumerate().collect();
    let published = patience::watch(
        |number| site.pages[number].path.to_string(),
        |watched| {
            let render = |(number, page): &(usize, &Arc<Page>)| {
                progress.inc(1);
                watched.make(*number, || site.render(page))
            };
            output::publish(target, owner, &pages, |(_, page)| &page.path, render, objections)
        },
    );
    progress.finish_and_clear();
    published
}

fn refuse(arguments: &Build, quiet: bool, target: &Target, site: &Site) -> Result<Outcome, Failure> {
    let tally = report(&site.diagnostics, &target.site, arguments.format)?;
    let object = json!({"built": false, "errors": tally.errors, "warnings": tally.warnings});
    let strict = if Tally::counted(site).errors == 0 { " (--strict)" } else { "" };
    let words = format!("nothing was published{strict}; the folder {} is as it was", shown(&target.folder));
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(Outcome::WrongContent)
}

/// Prints what would be done.
fn list(published: &Report) -> anyhow::Result<()> {
    published.written.iter().try_for_each(|path| data(&format!("write {path}")))?;
    published.removed.iter().try_for_each(|file| data(&format!("remove {file}")))
}

fn built(dry_run: bool, site: &Site, published: &Report, tally: Tally) -> serde_json::Value {
    let mut object = json!({
        "built": !dry_run, "pages": count_pages(site), "statements": count_statements(site), "files": site.pages.len(),
        "written": published.written.len(), "removed": published.removed.len(), "unchanged": published.unchanged,
        "bytes": published.bytes, "errors": tally.errors, "warnings": tally.warnings,
        "left_out": left_out::object(&site.left_out),
    });
    if dry_run {
        object["write"] = published.written.iter().map(ToString::to_string).collect();
        object["remove"] = published.removed.iter().map(String::as_str).collect();
    }
    object
}

fn words(target: &Target, site: &Site, published: &Report, took: Duration) -> String {
    let (pages, statements) = (count(count_pages(site), "page"), count(count_statements(site), "statement"));
    let (written, removed) = (count(published.written.len(), "file"), published.removed.len());
    let (of, into, unchanged) = (of_site(&target.site), shown(&target.folder), published.unchanged);
    if target.dry_run {
        format!(
            "Would build {pages} ({statements}){of} into {into}: {written} to write, {removed} to remove, {unchanged} unchanged"
        )
    } else {
        let took = took.as_secs_f64();
        format!(
            "Built {pages} ({statements}){of} into {into} in {took:.2} s: {written} written, {removed} removed, {unchanged} unchanged"
        )
    }
}

/// Names the site's folder, where it is not the one that the user is in.
fn of_site(folder: &Path) -> String {
    if folder == Path::new(".") { String::new() } else { format!(" of {}", shown(folder)) }
}

/// Returns a folder as people are shown it.
fn shown(folder: &Path) -> String {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    format!("{}/", folder.display().to_string().trim_end_matches('/'))
}

/// From so many files on people want to know where they come from.
const MANY_FILES: usize = 1000;

fn count_pages(site: &Site) -> usize {
    site.pages.iter().filter(|page| page.kind.has_template() && page.kind != Kind::Redirect).count()
}

/// Language versions of a statement are one statement: their URLs end with one id.
fn count_statements(site: &Site) -> usize {
    let urls = site.pages.iter().filter(|page| page.kind == Kind::Statement).map(|page| page.path.url());
    urls.filter_map(|url| url.trim_end_matches('/').rsplit('/').next().map(str::to_owned))
        .collect::<BTreeSet<_>>()
        .len()
}
