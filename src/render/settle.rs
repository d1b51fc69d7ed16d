//! Pages as laid out -> pages without clashes: one per URL, none in a reserved place, sorted.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::page::{Kind, Page};
use super::parts::Parts;
use crate::diagnostic::{Code, Diagnostic};
use crate::output;

/// First parts of URLs that Plenary keeps for its own pages.
pub const RESERVED: &[&str] = &[
    "statements",
    "topics",
    "delegations",
    "forums",
    "groups",
    "documents",
    "speakers",
    "years",
    "languages",
    "passages",
    "search",
    "data",
    "p",
];

/// Reports pages with the same URL, even if case or Unicode form differ; a file where a folder must be; and plain pages
/// and files in reserved places. Sorts the pages, and drops all but one of those that clash.
pub fn settle(pages: Vec<Arc<Page>>, out: &mut Vec<Diagnostic>) -> Vec<Arc<Page>> {
    let languages = languages(&pages);
    // With `/` sorted first, the files in a folder come right after a file in the folder's place.
    let folded: Vec<String> = pages.par_iter().map(|page| page.path.folded().replace('/', "\0")).collect();
    let mut places: Vec<(String, Arc<Page>)> = Vec::with_capacity(pages.len());
    for (place, page) in folded.into_iter().zip(pages) {
        match reserved(&page, &languages) {
            Some(problem) => out.push(problem),
            None => places.push((place, page)),
        }
    }
    places.sort_by(|a, b| a.0.cmp(&b.0));
    let mut settled: Vec<(String, Arc<Page>)> = Vec::with_capacity(places.len());
    for (place, page) in places {
        match settled.last_mut() {
            Some((taken, other)) if *taken == place => {
                // An alias gives way to a page, whichever comes first.
                if other.kind == Kind::Redirect && page.kind != Kind::Redirect {
                    out.push(clash(other, &page));
                    *other = page;
                } else {
                    out.push(clash(&page, other));
                }
            }
            _ => settled.push((place, page)),
        }
    }
    // The files whose names are the folders above the next page.
    let mut above: Vec<(String, Arc<Page>)> = Vec::new();
    let mut pages = Vec::with_capacity(settled.len());
    for (place, page) in settled {
        let lies_in = |file: &str| place.strip_prefix(file).is_some_and(|below| below.starts_with('\0'));
        while above.last().is_some_and(|(file, _)| !lies_in(file)) {
            above.pop();
        }
        // Hosts do not serve HTML at the address of another kind of file: only `_redirects` leads on from there.
        if is_address_alone(&page) {
            continue;
        }
        if let Some((_, other)) = above.last() {
            let message =
                format!("{} needs a folder where {} of {} is a file", page.path, other.path, other.origin.path);
            let problem = Diagnostic::new(Code::SameUrl, page.origin.clone(), message).related(other.origin.clone());
            out.push(problem.help("rename one of the two"));
        } else {
            pages.push(Arc::clone(&page));
        }
        above.push((place, page));
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// Returns whether a redirect has no page: it is the old address of a file other than HTML.
fn is_address_alone(page: &Page) -> bool {
    let url = page.path.url();
    page.kind == Kind::Redirect && ![".html", ".htm", "/"].iter().any(|end| url.ends_with(end))
}

/// Returns the languages that have pages below them: `fr` for `/fr/statements/a/`.
fn languages(pages: &[Arc<Page>]) -> BTreeSet<Box<str>> {
    pages.iter().filter(|page| is_below_its_language(page)).map(|page| page.path.room().into()).collect()
}

fn is_below_its_language(page: &Page) -> bool {
    match &page.parts {
        Parts::StatementParts(parts) => page.path.room() == &*parts.statement.language,
        Parts::PlainParts(parts) => page.path.room() == &*parts.page.language,
        _ => false,
    }
}

/// Returns the problem of a plain page or file in a reserved place.
fn reserved(page: &Page, languages: &BTreeSet<Box<str>>) -> Option<Diagnostic> {
    let kept = output::RESERVED;
    if page.path.room().get(..kept.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(kept)) {
        let message = format!("the URL {} begins with `{kept}`, which Plenary keeps for itself", page.path);
        let problem = Diagnostic::new(Code::ReservedUrl, page.origin.clone(), message);
        return Some(problem.help("rename the file"));
    }
    if !matches!(page.kind, Kind::Plain | Kind::Copy) {
        return None;
    }
    let (path, room) = (&page.path, page.path.room());
    let is_beside = page.origin.path.starts_with(&format!("content/{room}/")) || is_script_of_theme(page);
    let (message, help) = if RESERVED.contains(&room) && !is_beside {
        let message = format!("the URL {path} is in `/{room}/`, which is reserved for Plenary's own pages");
        (message, "rename the file".to_owned())
    } else if languages.contains(room) && !is_below_its_language(page) {
        let message = format!("the URL {path} is in `/{room}/`, which is reserved for pages in the language `{room}`");
        (message, format!("rename it; a page in that language is <name>.{room}.md"))
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::ReservedUrl, page.origin.clone(), message).help(help))
}

/// Returns whether a file is one of the theme's below `assets/search/`: the scripts of the search are next to its page.
fn is_script_of_theme(page: &Page) -> bool {
    let origin = &page.origin.path;
    page.path.room() == "search" && (origin.starts_with("default theme: ") || origin.starts_with("themes/"))
}

/// Returns the problem of a page whose URL is taken by `other`.
fn clash(page: &Page, other: &Page) -> Diagnostic {
    let path = &page.path;
    // A feed's origin is the file that first names its list, which would not help the author.
    let of = if other.kind == Kind::Feed { "a feed" } else { &*other.origin.path };
    let how = if other.path == *path {
        String::new()
    } else {
        format!(" as {}, which some file systems cannot distinguish", other.path)
    };
    let is_alias = |page: &Page| page.kind == Kind::Redirect && page.origin.line > 0;
    let (message, help) = match (is_alias(page), is_alias(other)) {
        (true, true) => (format!("the alias {path} is given in {of} too{how}"), "keep one of them"),
        (true, false) => {
            (format!("the alias {path} is the URL of {of}{how}"), "remove the alias: its address is already published")
        }
        _ => (format!("the URL {path} is taken by {of}{how}"), "rename one of the two"),
    };
    let mut problem = Diagnostic::new(Code::SameUrl, page.origin.clone(), message).help(help);
    if other.kind != Kind::Feed {
        problem = problem.related(other.origin.clone());
    }
    problem
}
