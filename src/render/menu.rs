//! The menu of site.toml -> its links; without one, the indexes that the collection has.

use crate::collect::Collection;
use crate::config::{Config, MenuItem};

/// The menu of a site that says none: each if there is such a page.
const DEFAULT: [(&str, &str); 4] =
    [("Statements", "/statements/"), ("Topics", "/topics/"), ("Delegations", "/delegations/"), ("Forums", "/forums/")];

/// Returns the links as pages have them, those within the site below its base path.
pub fn links(config: &Config, collection: &Collection) -> Vec<MenuItem> {
    let base = config.base_path();
    let link = |title: &str, url: &str| MenuItem {
        title: title.to_owned(),
        url: url.strip_prefix('/').map_or_else(|| url.to_owned(), |path| format!("{base}{path}")),
    };
    // An index has the lists below it.
    let is_there = |url: &str| collection.lists.keys().any(|list| list.url().starts_with(url));
    match config.menu.as_slice() {
        [] => DEFAULT.iter().filter(|(_, url)| is_there(url)).map(|(title, url)| link(title, url)).collect(),
        menu => menu.iter().map(|item| link(&item.title, &item.url)).collect(),
    }
}
