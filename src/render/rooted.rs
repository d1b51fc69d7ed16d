//! Links from the site's root, and all pages -> a problem for each link that leads to no page.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::page::{Kind, Page};
use super::parts::Parts;
use crate::collect::links::{AnchoredText, Resolved, missing_anchor};
use crate::collect::{Collection, ties};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Known, Place};
use crate::path::{SitePath, composed};
use crate::sources::Source;

/// Checks the rooted links of every text, and those of site.toml.
pub fn check(
    collection: &Collection,
    config: &Config,
    site_toml: Option<&Source>,
    pages: &[Arc<Page>],
    out: &mut Vec<Diagnostic>,
) {
    let files = pages.iter().map(|page| page.path.file()).collect();
    let site = Site { pages, files, plain: OnceLock::new() };
    let entries = collection
        .entries
        .iter()
        .map(|entry| (&entry.known.statement.path, &*entry.known.statement.body, &**entry.links));
    // A draft may link to files that are kept back with it.
    let waits = |url: &str| SitePath::parse(&bare(url)).is_ok_and(|path| collection.files_kept_back.contains(&path));
    let drafts = collection.kept_back.iter().map(|(draft, links)| (&draft.path, &*draft.body, &**links));
    let is_draft: HashSet<&Arc<str>> = collection.kept_back.iter().map(|(draft, _)| &draft.path).collect();
    let plain = collection.pages.iter().map(|page| (&page.text.path, &page.text.body, &**page.links));
    let records = collection.record_links.iter().filter_map(|(path, links)| {
        let record = collection.lists.get(path)?.record.as_ref()?;
        Some((&record.path, &record.body, &***links))
    });
    for (source, body, links) in entries.chain(drafts).chain(plain).chain(records) {
        for (link, resolved) in body.links.iter().zip(links) {
            if let Resolved::Rooted(url) = resolved
                && !(is_draft.contains(source) && waits(url))
                && let Err((code, message, help)) = site.check(url)
            {
                let place = Place { path: Arc::clone(source), line: link.line, column: link.column };
                out.push(Diagnostic::new(code, place, message).help(help));
            }
        }
    }
    // The lines of the menu's links in site.toml are found only if there is a problem to report.
    let mut places = None;
    let links = config.menu.iter().map(|item| ("the menu", &item.url));
    let pictures = [("`logo`", &config.logo), ("`image`", &config.image)];
    for (what, url) in links.chain(pictures).filter(|(_, url)| url.starts_with('/')) {
        if let Err((code, message, help)) = site.check(url) {
            let place = places.get_or_insert_with(|| menu_places(site_toml)).get(url).cloned();
            let place = place.unwrap_or_else(|| Place::file(&config::FILE.into()));
            out.push(Diagnostic::new(code, place, format!("in {what}, {message}")).help(help));
        }
    }
}

fn menu_places(site_toml: Option<&Source>) -> BTreeMap<String, Place> {
    let text = site_toml.and_then(|source| source.load().ok()).unwrap_or_default();
    config::menu_places(&String::from_utf8_lossy(&text))
}

/// Returns the path of a URL as people read it, without query and fragment.
fn bare(url: &str) -> String {
    unescaped(url.split(['?', '#']).next().unwrap_or_default())
}

/// The targets that links can have.
struct Site<'a> {
    pages: &'a [Arc<Page>],
    files: HashSet<String>,
    /// The pages that people link to by address, collected when the first link leads nowhere, for suggestions.
    plain: OnceLock<Known>,
}

/// Returns a path or fragment without percent-encoding, in the Unicode form in which names are compared.
fn unescaped(text: &str) -> String {
    composed(&percent_encoding::percent_decode_str(text).decode_utf8_lossy()).into_owned()
}

impl Site<'_> {
    /// Checks one URL; the error is code, message and help.
    fn check(&self, url: &str) -> Result<(), (Code, String, String)> {
        let fragment = url.split_once('#').map(|(_, fragment)| fragment);
        let decoded = bare(url);
        let nowhere = |message: String, help: String| Err((Code::UnknownTarget, message, help));
        let path = match SitePath::parse(&decoded) {
            Ok(path) => path,
            Err(wrong) => {
                let help = "write the path from the site's root, such as /about/";
                return nowhere(format!("`{url}` leads to nothing: it has {wrong}"), help.into());
            }
        };
        if !self.files.contains(&path.file()) {
            return nowhere(format!("nothing is published at `{decoded}`"), self.advice(&path));
        }
        let text = fragment.zip(self.text(&path));
        match text.and_then(|(fragment, text)| missing_anchor(&unescaped(fragment), text)) {
            Some((message, help)) => Err((Code::UnknownParagraph, message, help)),
            None => Ok(()),
        }
    }

    fn advice(&self, path: &SitePath) -> String {
        let url = path.url();
        if self.files.contains(&format!("{}/index.html", url.trim_matches('/'))) {
            return format!("did you mean `{url}/`?");
        }
        let known = self.plain.get_or_init(|| {
            let plain = self.pages.iter().filter(|page| matches!(page.kind, Kind::Plain | Kind::Index));
            let plain: Vec<String> = plain.map(|page| page.path.url()).collect();
            Known::new(plain.iter().map(String::as_str))
        });
        known
            .did_you_mean(&url)
            .unwrap_or_else(|| "write the path as the site has it, such as /about/ or /topics/debris/".into())
    }

    /// Returns the text of a page, with its anchors.
    fn text(&self, path: &SitePath) -> Option<AnchoredText<'_>> {
        let at = self.pages.binary_search_by(|page| page.path.cmp(path)).ok()?;
        match &self.pages[at].parts {
            Parts::StatementParts(parts) => Some(AnchoredText { body: &parts.statement.body, numbers: &parts.numbers }),
            Parts::PlainParts(parts) => Some(ties::counted(&parts.page.body)),
            _ => None,
        }
    }
}
