//! Aliases of pages with pages below them -> redirects from the old addresses of the pages below.
//!
//! When a topic is renamed, its feed, its table, its extracts and its further pages move with it, and so does every
//! position on it, whose address contains the topic. The same holds for forums, delegations and statements.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Layout;
use crate::collect::{Alias, Collection};
use crate::path::SitePath;
use crate::render::page::{Kind, Page};
use crate::render::parts::{Parts, RedirectParts};

/// Old addresses by the URL of the page they lead to.
type ByTarget<'a> = HashMap<String, Vec<&'a Alias>>;

impl Layout<'_> {
    /// Adds a redirect from each old address of a page below one with an alias. An address that another page or alias
    /// already has is left alone.
    pub(super) fn moved(&mut self, collection: &Collection) {
        let mut targets: ByTarget<'_> = HashMap::new();
        for alias in collection.aliases.iter().filter(|alias| has_pages_below(alias, collection)) {
            targets.entry(alias.target.path().url()).or_default().push(alias);
        }
        if targets.is_empty() {
            return;
        }
        let rooms: HashSet<&str> = targets.keys().filter_map(|url| url.split('/').nth(1)).collect();
        let found =
            self.pages.iter().flat_map(|page| moved(page, &targets, &rooms).into_iter().map(move |at| (page, at)));
        let found: Vec<(Arc<Page>, (SitePath, &Alias))> = found.map(|(page, at)| (Arc::clone(page), at)).collect();
        let mut taken: HashSet<SitePath> = self.pages.iter().map(|page| page.path.clone()).collect();
        for (page, (path, alias)) in found {
            if !taken.insert(path.clone()) {
                continue;
            }
            let is_feed = matches!(page.parts, Parts::FeedParts(_));
            // Feed readers do not follow redirect pages, so the feed itself is published at the old address as well.
            let (kind, parts) = match is_feed {
                true => (Kind::Feed, page.parts.clone()),
                false => (Kind::Redirect, Parts::RedirectParts(RedirectParts { target: page.path.clone() })),
            };
            self.add_at(kind, path, alias.place.clone(), parts);
        }
    }
}

/// Returns whether pages below an alias's target belong to the target: to a list or a statement, not to a plain page.
pub(super) fn has_pages_below(alias: &Alias, collection: &Collection) -> bool {
    let is_folder = alias.path.url().ends_with('/');
    is_folder && (collection.lists.contains_key(&alias.target) || alias.target.path().url().contains("/statements/"))
}

/// Returns the old addresses of a page, each with the alias from which it follows.
fn moved<'a>(page: &Page, targets: &ByTarget<'a>, rooms: &HashSet<&str>) -> Vec<(SitePath, &'a Alias)> {
    let mut found = Vec::new();
    if matches!(page.kind, Kind::Statement | Kind::Redirect | Kind::Copy | Kind::HostFile | Kind::Plain) {
        return found;
    }
    if rooms.contains(page.path.room()) {
        let url = page.path.url();
        for (end, _) in url.match_indices('/').skip(2).filter(|(end, _)| end + 1 < url.len()) {
            let (above, below) = url.split_at(end + 1);
            let aliases = targets.get(above).into_iter().flatten();
            found.extend(aliases.filter_map(|alias| Some((alias.path.join(below).ok()?, *alias))));
        }
    }
    // Pages whose address contains the name of a topic, a forum or a statement.
    let named = match page.kind {
        Kind::Position => Some(("topics", 3)),
        Kind::Extracts => Some(("forums", 2)),
        Kind::Passage => Some(("statements", 1)),
        _ => None,
    };
    if let Some((room, at)) = named.filter(|(room, _)| rooms.contains(room)) {
        let url = page.path.url();
        let parts: Vec<&str> = url.split('/').skip(1).collect();
        let name = parts.get(at).copied().unwrap_or_default();
        for alias in targets.get(&format!("/{room}/{name}/")).into_iter().flatten() {
            let old = alias.path.url();
            let Some(old) = old.strip_prefix(&format!("/{room}/")).and_then(|old| old.strip_suffix('/')) else {
                continue;
            };
            if !old.contains('/') {
                let mut parts = parts.clone();
                parts[at] = old;
                found.extend(SitePath::parse(&parts.join("/")).ok().map(|path| (path, *alias)));
            }
        }
    }
    found
}
