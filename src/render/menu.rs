//! The menu of site.toml -> its links.

use crate::config::{Config, MenuItem};

/// The menu of a site that says none.
const DEFAULT: [(&str, &str); 4] =
    [("Statements", "/statements/"), ("Topics", "/topics/"), ("Delegations", "/delegations/"), ("Forums", "/forums/")];

/// Returns the links as pages have them, those within the site below its base path.
pub fn links(config: &Config) -> Vec<MenuItem> {
    let base = config.base_path();
    let link = |title: &str, url: &str| MenuItem {
        title: title.to_owned(),
        url: url.strip_prefix('/').map_or_else(|| url.to_owned(), |path| format!("{base}{path}")),
    };
    match config.menu.as_slice() {
        [] => DEFAULT.map(|(title, url)| link(title, url)).to_vec(),
        menu => menu.iter().map(|item| link(&item.title, &item.url)).collect(),
    }
}
