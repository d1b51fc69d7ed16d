//! The menu of site.toml -> its links; by default, the indexes of the collection.

use crate::collect::Collection;
use crate::collect::lists::ListKind;
use crate::config::Config;

/// The default menu: each index that has entries.
const DEFAULT: [(&str, ListKind); 4] = [
    ("statements", ListKind::All),
    ("topics", ListKind::Topic),
    ("delegations", ListKind::Delegation),
    ("forums", ListKind::Forum),
];

/// A link of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// What it says.
    pub title: Title,
    /// Where it leads, with the site's base path if that is within the site.
    pub url: String,
}

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Title {
    /// The words of site.toml.
    Own(String),
    /// The title of an index, in the language of the page.
    Room(&'static str),
}

/// Returns the links for pages, those within the site with its base path.
pub fn links(config: &Config, collection: &Collection) -> Vec<Link> {
    let base = config.base_path();
    let whole = |url: &str| url.strip_prefix('/').map_or_else(|| url.to_owned(), |path| format!("{base}{path}"));
    let is_there = |kind: ListKind| collection.lists.values().any(|list| list.kind == kind);
    if config.menu.is_empty() {
        let there = DEFAULT.iter().filter(|(_, kind)| is_there(*kind));
        return there.map(|(room, _)| Link { title: Title::Room(room), url: whole(&format!("/{room}/")) }).collect();
    }
    config.menu.iter().map(|item| Link { title: Title::Own(item.title.clone()), url: whole(&item.url) }).collect()
}
