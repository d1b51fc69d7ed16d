//! The menu of site.toml -> its links; without one, the indexes that the collection has.

use crate::collect::Collection;
use crate::collect::lists::ListKind;
use crate::config::{Config, MenuItem};

/// The menu of a site that says none: each index if there are lists of its kind.
const DEFAULT: [(&str, &str, ListKind); 4] = [
    ("Statements", "/statements/", ListKind::All),
    ("Topics", "/topics/", ListKind::Topic),
    ("Delegations", "/delegations/", ListKind::Delegation),
    ("Forums", "/forums/", ListKind::Forum),
];

/// Returns the links as pages have them, those within the site below its base path.
pub fn links(config: &Config, collection: &Collection) -> Vec<MenuItem> {
    let base = config.base_path();
    let link = |title: &str, url: &str| MenuItem {
        title: title.to_owned(),
        url: url.strip_prefix('/').map_or_else(|| url.to_owned(), |path| format!("{base}{path}")),
    };
    let is_there = |kind: ListKind| collection.lists.values().any(|list| list.kind == kind);
    match config.menu.as_slice() {
        [] => {
            let there = DEFAULT.iter().filter(|(_, _, kind)| is_there(*kind));
            there.map(|(title, url, _)| link(title, url)).collect()
        }
        menu => menu.iter().map(|item| link(&item.title, &item.url)).collect(),
    }
}
