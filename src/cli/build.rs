//! The site's folder -> the output folder, or a report of its problems.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use plenary::diagnostic::{Code, Diagnostic, Place};
use plenary::output::{self, Before, Digests, Owner, Report, Target};
use plenary::pipeline::{Settings, Site};
use plenary::render::page::{Kind, Page};
use plenary::render::tally;
use plenary::sources::Sources;
use rayon::prelude::*;
use serde_json::json;

use super::arguments::{Build, Check, Format};
use super::left_out::{self, print_left_out};
use super::preview::Preview;
use super::record::{Circumstances, Record, Summary};
use super::report::{Tally, conclude, report};
use super::screen::{self, count, data, print_message, progress};
use super::site::make;
use super::{Failure, Outcome, external, fix, patience};

/// Builds the site and publishes it.
pub(crate) fn build(arguments: &Build, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let preview = arguments.preview.then(|| Preview::of(arguments, folder)).transpose()?;
    let output = arguments.output.clone().unwrap_or_else(|| match &preview {
        Some(preview) => preview.folder.clone(),
        None => folder.join("public"),
    });
    let target = Target { site: folder.to_owned(), folder: output, force: arguments.force, dry_run: arguments.dry_run };
    output::check(&target)?;
    let base_url = preview.as_ref().map(|preview| preview.base_url.clone()).or_else(|| arguments.base_url.clone());
    let settings = Settings { base_url, preview: arguments.preview, ..arguments.choice.settings() };
    let circumstances = Circumstances::of(&target, &settings, arguments.strict);
    let last = circumstances.as_ref().and_then(|now| Record::read(folder, now));
    let mut attempt = 1;
    let (mut site, published, read) = loop {
        let mut sources = Sources::scan_settled(folder);
        let read = circumstances.as_ref().and_then(|_| sources.stamp_by_content());
        if let (Some(last), Some(read)) = (&last, read)
            && last.is_of(read)
            && output::is_intact(&target, &last.manifest)?
            && sources.changed_since(folder).is_empty()
        {
            return unchanged(arguments, quiet, &target, &last.summary, started.elapsed());
        }
        let mut site = make(&sources, settings.clone(), quiet);
        let published = if Tally::counted(&site).stops(arguments.strict) {
            None
        } else {
            index(&mut site, quiet);
            let objections = || sources.changed_since(folder);
            Some(publish(&target, &owner(arguments, &site), &site, last.as_ref(), quiet, objections)?)
        };
        if matches!(published, Some(Ok(_))) {
            break (site, published, read);
        }
        // The error may only exist because a file was read while half written, so try again if files have changed.
        let changed = sources.changed_since(folder);
        let waited = sources.diagnostics.iter().any(|problem| problem.code == Code::UnreadableFile);
        if changed.is_empty() || waited || attempt == ATTEMPTS {
            site.diagnostics.extend(changed);
            break (site, published, read);
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
            let summary = summary(&site);
            let tally = report(&summary.diagnostics, folder, arguments.format)?;
            if arguments.dry_run && arguments.format != Format::Json {
                list(&published)?;
            }
            let took = started.elapsed();
            print_summary(arguments, quiet, &summary);
            let object = built(arguments.dry_run, &summary, &published, tally);
            conclude(arguments.format, quiet, &object, &words(&target, &summary, &published, took))?;
            if let Some(preview) = &preview
                && !quiet
                && arguments.format != Format::Json
            {
                print_message(&preview.words());
            }
            if let (Some(circumstances), Some(read)) = (circumstances, read) {
                let pages = site.pages.iter().map(|page| &**page);
                Record::new(circumstances, read, &published, summary, pages).write(folder);
            }
            Ok(Outcome::Done)
        }
    }
}

/// Reports the last build again, because this one would make the same files.
fn unchanged(
    arguments: &Build,
    quiet: bool,
    target: &Target,
    summary: &Summary,
    took: Duration,
) -> Result<Outcome, Failure> {
    let tally = report(&summary.diagnostics, &target.site, arguments.format)?;
    print_summary(arguments, quiet, summary);
    let published = Report { unchanged: summary.files, ..Report::default() };
    let object = built(false, summary, &published, tally);
    let (pages, statements) = (count(summary.pages, "page"), count(summary.statements, "statement"));
    let (of, into, took) = (of_site(&target.site), shown(&target.folder), took.as_secs_f64());
    let words = format!(
        "Nothing has changed in {pages} ({statements}){of} in {into}, checked in {took:.2} s: 0 files written, 0 removed, {} unchanged",
        summary.files
    );
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(Outcome::Done)
}

/// Prints how many files there are of each kind, if they are many, and which texts are left out.
fn print_summary(arguments: &Build, quiet: bool, summary: &Summary) {
    let is_silent = quiet || arguments.format == Format::Json;
    if summary.files > MANY_FILES && !is_silent {
        print_message(&format!("Files by kind: {}", summary.kinds));
    }
    print_left_out(summary, is_silent);
}

/// Returns what a build reports besides the files that it wrote.
fn summary(site: &Site) -> Summary {
    Summary {
        pages: count_pages(site),
        statements: count_statements(site),
        files: site.pages.len(),
        kinds: tally::words(&tally::by_kind(&site.pages)),
        diagnostics: site.diagnostics.clone(),
        left_out: site.left_out.clone(),
    }
}

/// How often to build a site whose files keep changing.
const ATTEMPTS: u32 = 3;

/// Returns whose site this is. An address from the command line, perhaps for a preview, does not identify the owner.
fn owner(arguments: &Build, site: &Site) -> Owner {
    let base_url =
        if arguments.base_url.is_some() || arguments.preview { String::new() } else { site.config.base_url.clone() };
    Owner { title: site.config.title.clone(), base_url }
}

/// Fewer pages need no progress bar.
const FEW_PAGES: usize = 500;

/// Checks everything that a build would check. Renders every page, since a template may fail on one page only.
pub(crate) fn check(arguments: &Check, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    if arguments.fix {
        fix::fix(arguments, folder, quiet)?;
    }
    let sources = Sources::scan_settled(folder);
    let mut site = make(&sources, arguments.choice.settings(), quiet);
    let progress = progress(site.pages.len(), FEW_PAGES, "pages", quiet);
    let failed: Vec<Diagnostic> = patience::watch(
        |number| site.pages[number].path.to_string(),
        |watched| {
            // Making the search index takes long and cannot fail, and the list of checksums fails only if another page does.
            let is_plain = |page: &Page| !matches!(page.kind, Kind::SearchIndex | Kind::Manifest);
            let pages = site.pages.par_iter().enumerate().filter(|(_, page)| is_plain(page));
            let failed = pages.filter_map(|(number, page)| {
                progress.inc(1);
                watched.make(number, || site.render(page)).err()
            });
            failed.collect()
        },
    );
    progress.finish_and_clear();
    site.diagnostics.extend(once_each(failed));
    let asked = if arguments.external { Some(external::ask(&sources, &site, quiet)?) } else { None };
    site.diagnostics.extend(asked.iter().flat_map(|asked| asked.diagnostics.iter().cloned()));
    let tally = report(&site.diagnostics, folder, arguments.format)?;
    let wrong = Tally::counted(&site).stops(arguments.strict);
    let (pages, statements) = (count_pages(&site), count_statements(&site));
    let mut object = json!({
        "checked": true, "good": !wrong, "pages": pages, "statements": statements,
        "errors": tally.errors, "warnings": tally.warnings, "left_out": left_out::object(&site.left_out),
    });
    print_left_out(&summary(&site), quiet || arguments.format == Format::Json);
    if let Some(asked) = &asked {
        external::report(asked, quiet || arguments.format == Format::Json);
        object["external"] = external::object(asked);
    }
    let fixable = fix::fixable(&site);
    if fixable > 0 && !arguments.fix && !quiet && arguments.format == Format::Human {
        print_message(&format!(
            "  `plenary check --fix` corrects {} of them; add `--dry-run` to see the changes first",
            count(fixable, "problem")
        ));
    }
    let found = if site.diagnostics.is_empty() { "no problems" } else { "see above" };
    let (pages, statements) = (count(pages, "page"), count(statements, "statement"));
    let words = format!("Checked {pages} ({statements}){}: {found}", of_site(folder));
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(if wrong { Outcome::WrongContent } else { Outcome::Done })
}

/// Returns the problems of pages, with an error in a template reported once, although it fails on page after page.
fn once_each(failed: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut unique: Vec<(Diagnostic, usize)> = Vec::new();
    let mut at: BTreeMap<Place, usize> = BTreeMap::new();
    for problem in failed {
        let place = problem.place.clone().filter(|_| problem.code == Code::FailedTemplate);
        if let Some(&number) = place.as_ref().and_then(|place| at.get(place)) {
            unique[number].1 += 1;
        } else {
            at.extend(place.map(|place| (place, unique.len())));
            unique.push((problem, 0));
        }
    }
    let counted = unique.into_iter().map(|(problem, more)| match more {
        0 => problem,
        more => Diagnostic { message: format!("{}, and {}", problem.message, count(more, "more page")), ..problem },
    });
    counted.collect()
}

/// Adds the search index, with a spinner.
fn index(site: &mut Site, quiet: bool) {
    let spinner = screen::bar(ProgressBar::new_spinner(), quiet);
    spinner.set_message("indexing");
    spinner.enable_steady_tick(Duration::from_millis(100));
    site.add_index();
    spinner.finish_and_clear();
}

/// Renders the pages that are not as in the `last` build and publishes all, with a progress bar. The inner error is the problems that kept it from
/// publishing.
fn publish(
    target: &Target,
    owner: &Owner,
    site: &Site,
    last: Option<&Record>,
    quiet: bool,
    objections: impl FnOnce() -> Vec<Diagnostic>,
) -> anyhow::Result<Result<Report, Vec<Diagnostic>>> {
    let progress = progress(site.pages.len(), FEW_PAGES, "pages", quiet);
    let pages: Vec<(usize, &Arc<Page>)> = site.pages.iter().enumerate().collect();
    let published = patience::watch(
        |number| site.pages[number].path.to_string(),
        |watched| {
            let render = |(number, page): &(usize, &Arc<Page>), digests: &Digests| {
                progress.inc(1);
                watched.make(*number, || site.render_last(page, digests))
            };
            let is_same = |(_, page): &(usize, &Arc<Page>)| {
                let is_same = last.is_some_and(|last| last.has(page));
                progress.inc(u64::from(is_same));
                is_same
            };
            let before = last.map(|last| Before { manifest: &last.manifest, is_same: &is_same });
            output::publish(
                target,
                owner,
                &pages,
                |(_, page)| &page.path,
                |(_, page)| Site::round(page),
                render,
                before.as_ref(),
                objections,
            )
        },
    );
    progress.finish_and_clear();
    published
}

/// Reports the problems of a site that is not published.
fn refuse(arguments: &Build, quiet: bool, target: &Target, site: &Site) -> Result<Outcome, Failure> {
    let tally = report(&site.diagnostics, &target.site, arguments.format)?;
    let object = json!({"built": false, "errors": tally.errors, "warnings": tally.warnings});
    let strict = if Tally::counted(site).errors == 0 { " (--strict)" } else { "" };
    let words = format!("nothing was published{strict}; the folder {} is unchanged", shown(&target.folder));
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(Outcome::WrongContent)
}

/// Prints what a dry run would write and remove.
fn list(published: &Report) -> anyhow::Result<()> {
    published.written.iter().try_for_each(|path| data(&format!("write {path}")))?;
    published.removed.iter().try_for_each(|file| data(&format!("remove {file}")))
}

/// Returns the result of a build as JSON.
fn built(dry_run: bool, site: &Summary, published: &Report, tally: Tally) -> serde_json::Value {
    let mut object = json!({
        "built": !dry_run, "pages": site.pages, "statements": site.statements, "files": site.files,
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

/// Returns the result of a build in words.
fn words(target: &Target, site: &Summary, published: &Report, took: Duration) -> String {
    let (pages, statements) = (count(site.pages, "page"), count(site.statements, "statement"));
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

/// Names the site's folder, unless it is the current one.
fn of_site(folder: &Path) -> String {
    if folder == Path::new(".") { String::new() } else { format!(" of {}", shown(folder)) }
}

/// Returns a folder as shown to people: without `./`, with a slash at the end.
fn shown(folder: &Path) -> String {
    let folder = folder.strip_prefix(".").unwrap_or(folder);
    format!("{}/", folder.display().to_string().trim_end_matches('/'))
}

/// Above this many files, the report counts them by kind.
const MANY_FILES: usize = 1000;

/// Counts the pages that readers can open.
fn count_pages(site: &Site) -> usize {
    site.pages.iter().filter(|page| page.kind.has_template() && page.kind != Kind::Redirect).count()
}

/// Counts the statements; all language versions of one, whose URLs end with the same id, count once.
fn count_statements(site: &Site) -> usize {
    let urls = site.pages.iter().filter(|page| page.kind == Kind::Statement).map(|page| page.path.url());
    urls.filter_map(|url| url.trim_end_matches('/').rsplit('/').next().map(str::to_owned))
        .collect::<BTreeSet<_>>()
        .len()
}
