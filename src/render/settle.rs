//! Pages as laid out -> pages that can stand beside each other: one to a URL, none in a reserved place, sorted.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

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
    "passages",
    "search",
    "data",
    "p",
];

/// Finds two pages under one URL, also where only case or Unicode form differs; a file where a folder must be; and
/// plain pages and files in reserved places. Sorts the pages, and drops all but one of those that clash.
pub fn settle(pages: Vec<Arc<Page>>, out: &mut Vec<Diagnostic>) -> Vec<Arc<Page>> {
    let languages = languages(&pages);
    let mut settled: HashMap<String, Arc<Page>> = HashMap::with_capacity(pages.len());
    for page in pages {
        if let Some(problem) = reserved(&page, &languages) {
            out.push(problem);
            continue;
        }
        let key = page.path.folded();
        match settled.get(&key) {
            None => {
                settled.insert(key, page);
            }
            // An alias gives way, whichever comes first.
            Some(other) if other.kind == Kind::Redirect && page.kind != Kind::Redirect => {
                out.push(clash(other, &page));
                settled.insert(key, page);
            }
            Some(other) => out.push(clash(&page, other)),
        }
    }
    let mut clashes = Vec::new();
    for (key, page) in &settled {
        let mut above = key.as_str();
        while let Some((folder, _)) = above.rsplit_once('/') {
            above = folder;
            if let Some(other) = settled.get(folder) {
                let message =
                    format!("{} needs a folder where {} of {} is a file", page.path, other.path, other.origin.path);
                let problem = Diagnostic::new(Code::SameUrl, page.origin.clone(), message);
                clashes.push((key.clone(), problem.help("rename one of the two")));
            }
        }
    }
    for (key, problem) in clashes {
        settled.remove(&key);
        out.push(problem);
    }
    let mut pages: Vec<Arc<Page>> = settled.into_values().collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// Returns the languages below which pages stand: `fr` of `/fr/statements/a/`.
fn languages(pages: &[Arc<Page>]) -> BTreeSet<Box<str>> {
    pages.iter().filter(|page| stands_below_its_language(page)).map(|page| page.path.room().into()).collect()
}

fn stands_below_its_language(page: &Page) -> bool {
    match &page.parts {
        Parts::StatementParts(parts) => page.path.room() == &*parts.statement.language,
        Parts::PlainParts(parts) => page.path.room() == &*parts.page.language,
        _ => false,
    }
}

/// Returns the problem of a plain page or file in a place that is kept for others.
fn reserved(page: &Page, languages: &BTreeSet<Box<str>>) -> Option<Diagnostic> {
    let kept = output::RESERVED;
    if page.path.file().to_ascii_lowercase().starts_with(kept) {
        let message = format!("the URL {} begins with `{kept}`, which Plenary keeps for itself", page.path);
        let problem = Diagnostic::new(Code::ReservedUrl, page.origin.clone(), message);
        return Some(problem.help("give the file another name"));
    }
    if !matches!(page.kind, Kind::Plain | Kind::Copy) {
        return None;
    }
    let (path, room) = (&page.path, page.path.room());
    let is_beside = page.origin.path.starts_with(&format!("content/{room}/"));
    let (message, help) = if RESERVED.contains(&room) && !is_beside {
        let message = format!("the URL {path} lies in `/{room}/`, which Plenary keeps for its own pages");
        (message, "give the file another name".to_owned())
    } else if languages.contains(room) && !stands_below_its_language(page) {
        let message = format!("the URL {path} lies in `/{room}/`, where the pages in the language `{room}` stand");
        (message, format!("give it another name; a page in that language is <name>.{room}.md"))
    } else {
        return None;
    };
    Some(Diagnostic::new(Code::ReservedUrl, page.origin.clone(), message).help(help))
}

/// Returns the problem of a page whose URL `other` has.
fn clash(page: &Page, other: &Page) -> Diagnostic {
    let (path, of) = (&page.path, &other.origin.path);
    let how = if other.path == *path {
        String::new()
    } else {
        format!(" as {}, which some file systems cannot tell apart", other.path)
    };
    let is_alias = |page: &Page| page.kind == Kind::Redirect && page.origin.line > 0;
    let (message, help) = match (is_alias(page), is_alias(other)) {
        (true, true) => (format!("the alias {path} is given in {of} too{how}"), "keep one of them"),
        (true, false) => {
            (format!("the alias {path} is the URL of {of}{how}"), "take the alias away: a page stands there")
        }
        _ => (format!("the URL {path} is taken by {of}{how}"), "rename one of the two"),
    };
    Diagnostic::new(Code::SameUrl, page.origin.clone(), message).help(help)
}
