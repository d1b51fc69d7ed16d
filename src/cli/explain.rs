//! A URL -> what its page is made of, and what of it has changed since a commit.

use std::collections::BTreeMap;
use std::path::Path;

use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Site};
use plenary::render::page::Kind;
use plenary::sources::{Source, Sources};
use plenary::stamp::Stamp;

use super::arguments::Explain;
use super::screen::{data, tell};
use super::view::tell_count;
use super::{Failure, Outcome, history, site};

/// The commit to compare with, if none is named.
const LAST: &str = "HEAD";

/// Prints kind, origin, stamp and parts of a page.
pub(crate) fn run(arguments: &Explain, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let now = Pipeline::new(arguments.choice.settings()).run(&with_theme_in_memory(Sources::scan(folder)));
    tell_count(&now.diagnostics);
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
            (Some(None), _) => tell(&format!("The page is not in {since}.")),
            (Some(Some(_)), []) => tell(&format!("Nothing of it has changed since {since}.")),
            (Some(Some(_)), names) => tell(&format!("Changed since {since}: {}.", names.join(", "))),
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

/// Returns the sources with the themes' bytes loaded, so that their stamps are of bytes, as those of a commit are. All
/// else that is not only copied is stamped by its bytes when it is read.
fn with_theme_in_memory(mut sources: Sources) -> Sources {
    for source in &mut sources.themes {
        let loaded = source.load().ok().map(|bytes| Source::in_memory(&source.path, bytes.into_owned()));
        if let Some(loaded) = loaded {
            *source = loaded;
        }
    }
    sources
}

/// What a page was made of; nothing if it was not there.
type Before = Option<BTreeMap<&'static str, Stamp>>;

/// Returns the stamps of the page as it was; nothing if that cannot be known and was not asked for.
fn before(arguments: &Explain, folder: &Path, path: &SitePath, quiet: bool) -> Result<Option<Before>, Failure> {
    let since = arguments.since.as_deref().unwrap_or(LAST);
    match history::sources(folder, since) {
        Ok(sources) => {
            let then = Pipeline::new(arguments.choice.settings()).run(&sources);
            Ok(Some(stamps(&then, path).map(BTreeMap::from_iter)))
        }
        Err(error) if arguments.since.is_some() => {
            Err(Failure::Usage(format!("the site cannot be compared with `{since}`: {error:#}")))
        }
        Err(error) => {
            if !quiet {
                tell(&format!("What has changed is not known: {error:#}."));
            }
            Ok(None)
        }
    }
}
