//! A URL -> what its page is made of, for theme authors.

use std::path::Path;

use anyhow::Context;
use plenary::diagnostic::Diagnostic;
use plenary::pipeline::{Settings, Site};

use super::build::make;
use super::report::Tally;
use super::screen::{data, tell};
use super::{Failure, Outcome, site};

/// Prints the view of a page.
pub(crate) fn view(url: &str, folder: &Path) -> Result<Outcome, Failure> {
    let whole = whole(folder);
    let page = site::page(&whole, url)?;
    let Some(view) = whole.view(page) else {
        let (path, kind) = (&page.path, page.kind.word());
        return Err(Failure::Usage(format!("`{path}` ({kind}) is made without a template, so it has no view")));
    };
    data(&serde_json::to_string_pretty(&view).context("cannot write the view as JSON")?)?;
    Ok(Outcome::Done)
}

/// Prints kind, origin, stamp and parts of a page.
pub(crate) fn explain(url: &str, folder: &Path) -> Result<Outcome, Failure> {
    let whole = whole(folder);
    let page = site::page(&whole, url)?;
    let parts = whole.parts(page);
    let stamps = parts.iter().map(|(name, stamp)| (*name, format!("{stamp:?}")));
    let own = [
        ("url", page.path.href(&whole.config.base_path())),
        ("kind", page.kind.word().to_owned()),
        ("origin", page.origin.to_string()),
        ("stamp", format!("{:?}", page.stamp)),
    ];
    let width = own.iter().map(|(name, _)| *name).chain(parts.iter().map(|(name, _)| *name)).map(str::len).max();
    let width = width.unwrap_or_default();
    for (name, value) in own {
        data(&format!("{name:width$}  {value}"))?;
    }
    data("")?;
    for (name, stamp) in stamps {
        data(&format!("{name:width$}  {stamp}"))?;
    }
    Ok(Outcome::Done)
}

/// Makes the site. What is wrong with it is only counted here: `check` tells it.
fn whole(folder: &Path) -> Site {
    let whole = make(folder, Settings::default(), true);
    tell_count(&whole.diagnostics);
    whole
}

fn tell_count(diagnostics: &[Diagnostic]) {
    let tally = Tally::of(diagnostics);
    if tally.errors > 0 {
        tell(&format!("{tally} in the content; `plenary check` shows them"));
    }
}
