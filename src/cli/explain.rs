//! A URL -> what its page is made from, and which parts have changed since a commit.

use std::collections::BTreeMap;
use std::path::Path;

use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Site};
use plenary::render::page::Kind;
use plenary::sources::{Source, Sources};
use plenary::stamp::Stamp;

use super::arguments::Explain;
use super::screen::{data, print_message};
use super::view::print_error_count;
use super::{Failure, Outcome, history, site};

/// The commit to compare with by default.
const LAST: &str = "HEAD";

/// Prints the kind, origin, stamp and parts of a page.
pub(crate) fn run(arguments: &Explain, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let now = Pipeline::new(arguments.choice.settings()).run(&with_theme_in_memory(Sources::scan(folder)));
    print_error_count(&now.diagnostics);
    let page = site::page(&now, &arguments.url)?;
    let parts = stamps(&now, &page.path).unwrap_or_default();
    let own = [
        ("url", page.path.href(&now.config.base_path())),
        ("kind", page.kind.word().to_owned()),
        ("origin", page.origin.to_string()),
        ("stamp", format!("{:?}", page.stamp)),
    ];
    let width = own.iter().map(|(name, _)| *name).chain(parts.iter().map(|(name, _)| *name)).map(str::len).max();
    let width = width.unwrap_or_default();
    let before = if page.kind == Kind::Copy { None } else { before(arguments, folder, &page.path, quiet)? };
    for (name, value) in own {
        data(&format!("{name:width$}  {value}"))?;
    }
    data("")?;
    let mut changed = Vec::new();
    for (name, stamp) in parts {
        let differs = matches!(&before, Some(Some(before)) if before.get(name) != Some(&stamp));
        data(&format!("{name:width$}  {stamp:?}{}", if differs { "  changed" } else { "" }))?;
        changed.extend(differs.then_some(name));
    }
    if !quiet {
        let since = arguments.since.as_deref().unwrap_or(LAST);
        match (before, changed.as_slice()) {
            (None, _) => {}
            (Some(None), _) => print_message(&format!("The page does not exist in {since}.")),
            (Some(Some(_)), []) => print_message(&format!("Nothing has changed since {since}.")),
            (Some(Some(_)), names) => print_message(&format!("Changed since {since}: {}.", names.join(", "))),
        }
    }
    Ok(Outcome::Done)
}

/// Returns the stamps of the page's parts, if the site has the page.
fn stamps(site: &Site, path: &SitePath) -> Option<Vec<(&'static str, Stamp)>> {
    let at = site.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
    let page = &site.pages[at];
    Some(site.parts(page))
}

/// Returns the sources with the themes' and words' bytes loaded, so that they are stamped by them, as in a commit. Every
/// other file that is more than copied is stamped by its bytes when it is read.
fn with_theme_in_memory(mut sources: Sources) -> Sources {
    for source in sources.themes.iter_mut().chain(&mut sources.words) {
        let loaded = source.load().ok().map(|bytes| Source::in_memory(&source.path, bytes.into_owned()));
        if let Some(loaded) = loaded {
            *source = loaded;
        }
    }
    sources
}

/// What a page was made from; `None` if it did not exist.
type Before = Option<BTreeMap<&'static str, Stamp>>;

/// Returns the stamps of the page as it was; `None` if they cannot be known and no commit was given.
fn before(arguments: &Explain, folder: &Path, path: &SitePath, quiet: bool) -> Result<Option<Before>, Failure> {
    let since = arguments.since.as_deref().unwrap_or(LAST);
    match history::sources(folder, since) {
        Ok(sources) => {
            let then = Pipeline::new(arguments.choice.settings()).run(&sources);
            Ok(Some(stamps(&then, path).map(BTreeMap::from_iter)))
        }
        Err(error) if arguments.since.is_some() => {
            Err(Failure::Usage(format!("cannot compare the site with `{since}`: {error:#}")))
        }
        Err(error) => {
            if !quiet {
                print_message(&format!("Cannot tell what has changed: {error:#}."));
            }
            Ok(None)
        }
    }
}
