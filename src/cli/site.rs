//! `--site` or the current folder -> the site's folder, the site, and a page of it by its URL.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use indicatif::ProgressBar;
use plenary::config;
use plenary::diagnostic::did_you_mean;
use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::Page;
use plenary::sources::Sources;

use super::screen;
use super::{Arguments, Failure};

/// Returns the folder with site.toml: the one given, or the current one or the nearest above.
pub(crate) fn find(arguments: &Arguments) -> Result<PathBuf, Failure> {
    if let Some(folder) = &arguments.site {
        if folder.join(config::FILE).is_file() {
            return Ok(folder.clone());
        }
        let folder = folder.display();
        return Err(Failure::Usage(format!("no site.toml in {folder}; `plenary init {folder}` creates a site")));
    }
    if Path::new(config::FILE).is_file() {
        return Ok(PathBuf::from("."));
    }
    let here = std::env::current_dir().context("cannot find the current folder")?;
    let above = here.ancestors().skip(1).find(|folder| folder.join(config::FILE).is_file());
    above.map(Path::to_owned).ok_or_else(|| {
        Failure::Usage("no site.toml here or in any folder above; `plenary init` creates a site".to_owned())
    })
}

/// Runs the pipeline, with a spinner.
pub(crate) fn make(sources: &Sources, settings: Settings, quiet: bool) -> Site {
    let spinner = screen::bar(ProgressBar::new_spinner(), quiet);
    spinner.set_message("reading");
    spinner.enable_steady_tick(Duration::from_millis(100));
    let site = Pipeline::new(settings).run(sources);
    spinner.finish_and_clear();
    site
}

/// Returns the page at a URL, in any form that people write it. A missing page is a usage error.
pub(crate) fn page<'a>(site: &'a Site, url: &str) -> Result<&'a Arc<Page>, Failure> {
    let wanted = candidates(url, &site.config.base_path());
    let found = wanted.iter().find_map(|path| {
        let at = site.pages.binary_search_by(|page| page.path.cmp(path));
        at.ok().map(|at| &site.pages[at])
    });
    found.ok_or_else(|| {
        let urls: Vec<String> = site.pages.iter().map(|page| page.path.url()).collect();
        let asked = wanted.last().map_or_else(|| url.to_owned(), SitePath::url);
        let help = did_you_mean(&asked, urls.iter().map(String::as_str));
        let help = help.map_or_else(String::new, |help| format!("; {help}"));
        Failure::Usage(format!("the site has no page `{asked}`{help}"))
    })
}

/// Returns the paths that a URL may mean, most likely first: as written, below the base path, with a missing slash
/// added.
fn candidates(url: &str, base: &str) -> Vec<SitePath> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let path = path.trim_start_matches('/');
    let below = format!("{}/", path.trim_end_matches('/'));
    let below = below.strip_prefix(base.trim_start_matches('/')).filter(|_| base != "/").map(|_| {
        let length = base.trim_matches('/').len();
        path.get(length + 1..).unwrap_or_default()
    });
    let mut paths = Vec::new();
    for path in [Some(path), below].into_iter().flatten() {
        let path =
            path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
        let slashed = if path.is_empty() || path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
        paths.extend(SitePath::parse(path).ok());
        paths.extend(SitePath::parse(&slashed).ok().filter(|_| slashed != path));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_understood_in_every_form() {
        for (url, base, expect) in [
            ("/topics/debris/", "/", "/topics/debris/"),
            ("topics/debris", "/", "/topics/debris/"),
            ("https://example.org/topics/debris/#p3", "/", "/topics/debris/"),
            ("https://example.org/a/topics/debris", "/a/", "/topics/debris/"),
            ("/a/topics/debris/index.html", "/a/", "/topics/debris/"),
            ("/a/", "/a/", "/"),
            ("/a", "/a/", "/"),
            ("", "/", "/"),
            ("https://example.org", "/", "/"),
            ("feed.xml", "/a/", "/feed.xml"),
            ("speakers/%D0%B6/", "/", "/speakers/ж/"),
        ] {
            let found = candidates(url, base);
            assert!(found.iter().any(|path| path.url() == expect), "{url}: {found:?}");
        }
    }
}
