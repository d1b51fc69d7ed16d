//! Pages as laid out -> pages that can stand beside each other: one to a URL, none in a reserved place, sorted.

use std::collections::HashMap;
use std::sync::Arc;

use super::page::{Kind, Page};
use crate::diagnostic::{Code, Diagnostic, Place};

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
/// plain pages and files in reserved places. Sorts the pages, and drops all but the first of those that clash.
pub fn settle(pages: Vec<Arc<Page>>, out: &mut Vec<Diagnostic>) -> Vec<Arc<Page>> {
    let mut settled: HashMap<String, Arc<Page>> = HashMap::with_capacity(pages.len());
    let place = |page: &Page| Place::file(&page.origin);
    for page in pages {
        let own_folder =
            RESERVED.contains(&page.path.room()) && page.origin.starts_with(&format!("content/{}/", page.path.room()));
        if (page.kind == Kind::Plain || page.kind == Kind::Copy) && RESERVED.contains(&page.path.room()) && !own_folder
        {
            let message = format!(
                "the URL {} lies in `/{}/`, which Plenary keeps for its own pages",
                page.path,
                page.path.room()
            );
            out.push(Diagnostic::new(Code::ReservedUrl, place(&page), message).help("give the file another name"));
            continue;
        }
        let key = page.path.folded();
        if let Some(other) = settled.get(&key) {
            let how = if other.path == page.path { "" } else { ", which some file systems cannot tell apart" };
            let message = format!("{} is {} and also {}{how}: {}", page.path, page.origin, other.origin, other.path);
            out.push(Diagnostic::new(Code::SameUrl, place(&page), message).help("rename one of the two"));
            continue;
        }
        settled.insert(key, page);
    }
    let mut clashes = Vec::new();
    for (key, page) in &settled {
        let mut above = key.as_str();
        while let Some((folder, _)) = above.rsplit_once('/') {
            above = folder;
            if let Some(other) = settled.get(folder) {
                let message = format!(
                    "{} of {} needs a folder where {} of {} is a file",
                    page.path, page.origin, other.path, other.origin
                );
                clashes.push((
                    key.clone(),
                    Diagnostic::new(Code::SameUrl, place(page), message).help("rename one of the two"),
                ));
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
