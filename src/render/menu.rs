//! The menu of site.toml -> its links; by default, the indexes of the collection.

use crate::collect::Collection;
use crate::collect::lists::ListKind;
use crate::config::{Config, MenuItem};

/// The default menu: each index that has entries.
const DEFAULT: [(&str, &str, ListKind); 4] = [
    ("Statements", "/statements/", ListKind::All),
    ("Topics", "/topics/", ListKind::Topic),
    ("Delegations", "/delegations/", ListKind::Delegation),
    ("Forums", "/forums/", ListKind::Forum),
];

/// Returns the links for pages, those within the site with its base path.
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
