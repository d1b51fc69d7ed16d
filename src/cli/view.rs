//! A URL -> the data that its page's template gets, for theme authors.

use std::path::Path;

use anyhow::Context;
use plenary::diagnostic::Diagnostic;
use plenary::sources::Sources;

use super::arguments::View;
use super::report::Tally;
use super::screen::{data, print_message};
use super::site::make;
use super::{Failure, Outcome, site};

/// Prints the view of a page as JSON.
pub(crate) fn run(arguments: &View, folder: &Path) -> Result<Outcome, Failure> {
    let whole = make(&Sources::scan(folder), arguments.choice.settings(), true);
    print_error_count(&whole.diagnostics);
    let page = site::page(&whole, &arguments.url)?;
    let Some(view) = whole.view(page) else {
        let (path, kind) = (&page.path, page.kind.word());
        return Err(Failure::Usage(format!("`{path}` ({kind}) is made without a template, so it has no view")));
    };
    data(&serde_json::to_string_pretty(&view).context("cannot write the view as JSON")?)?;
    Ok(Outcome::Done)
}

/// Prints how many errors a site has, for commands that only look into it; `check` shows them.
pub(crate) fn print_error_count(diagnostics: &[Diagnostic]) {
    let tally = Tally::of(diagnostics);
    if tally.errors > 0 {
        print_message(&format!("{tally} in the content; `plenary check` shows them"));
    }
}
