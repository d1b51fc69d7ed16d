//! site.toml as plain data.

mod keys;
mod read;
mod values;

use std::hash::{Hash, Hasher};

use serde::Serialize;

pub use read::{menu_places, read};
pub use values::{base_language, base_url, is_language};

/// What site.toml says. Every key has a default, so that an empty file is a site.
#[derive(Clone, Debug, Hash)]
pub struct Config {
    /// The site's name, in the header, the title of every page and the feeds.
    pub title: String,
    /// One sentence about the site, for search engines and feeds.
    pub description: String,
    /// Where the site will be published, with scheme and host and perhaps a path: `https://example.org/statements/`.
    pub base_url: String,
    /// The language of the site's own words and of statements that do not say theirs (BCP 47).
    pub language: String,
    /// The theme: a folder below `themes/`, or `default`.
    pub theme: String,
    /// What happens to raw HTML in Markdown.
    pub html: Html,
    /// What happens to files of `content/` that could act when a reader opens them.
    pub active_files: ActiveFiles,
    /// Whether straight quotes, `--` and `...` become typographic ones.
    pub smart_punctuation: bool,
    /// Statements on a page of a list.
    pub page_size: usize,
    /// Entries in a feed.
    pub feed_size: usize,
    /// Related statements under a statement; 0 for none.
    pub related: usize,
    /// In how many statements words stand that have a page of their own, at least; 0 for no such pages.
    pub passages: usize,
    /// Whether delegations, groups, forums and topics that texts name are linked.
    pub mentions: bool,
    /// Where a reader can propose a change; `{path}` stands for the file's path in the repository.
    pub edit_url: String,
    /// Where a document's text is to be found; `{symbol}` stands for its symbol, `{language}` for a language in which the
    /// United Nations publish. Empty: no such links.
    pub document_url: String,
    /// The version of Plenary that the site was written for, such as `0.1`.
    pub plenary: String,
    /// The links in the header; empty for the default ones.
    pub menu: Vec<MenuItem>,
    /// Anything a theme wants to know, as `site.extra` in its templates.
    pub extra: Extra,
}

/// The table `extra` of site.toml, which may hold anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(pub toml::Table);

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Numbers with a fraction have no hash; the text of the table says all that is in it, in one order.
        self.0.to_string().hash(state);
    }
}

/// A link in the header.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, Hash)]
pub struct MenuItem {
    /// The words shown.
    pub title: String,
    /// A path within the site, such as `/about/`, or a whole URL.
    pub url: String,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Html {
    /// It is shown as text.
    #[default]
    Escape,
    /// What cannot do harm is kept, the rest dropped.
    Sanitize,
    /// It is passed through. Only for sites whose every author is trusted.
    Allow,
}

/// What happens to files of `content/` that could act when a reader opens them: web pages with scripts, documents with
/// macros. `static/` is the site's own and published as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActiveFiles {
    /// They are left out, and each is reported.
    #[default]
    Ask,
    /// They are left out without a word.
    Withhold,
    /// They are published. Only for sites whose every original is trusted.
    Allow,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "Statements".into(),
            description: String::new(),
            base_url: String::new(),
            language: "en".into(),
            theme: "default".into(),
            html: Html::Escape,
            active_files: ActiveFiles::Ask,
            smart_punctuation: true,
            page_size: 50,
            feed_size: 20,
            related: 5,
            passages: 2,
            mentions: true,
            edit_url: String::new(),
            document_url: UNDOCS.into(),
            plenary: String::new(),
            menu: Vec::new(),
            extra: Extra::default(),
        }
    }
}

impl Config {
    /// Returns the path part of `base_url`, with a slash at both ends: `/` or `/statements/`.
    pub fn base_path(&self) -> String {
        let rest = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        if path.is_empty() { "/".into() } else { format!("/{path}/") }
    }

    /// Returns scheme and host, `https://example.org`, or nothing if no `base_url` is set.
    pub fn origin(&self) -> &str {
        let Some((scheme, rest)) = self.base_url.split_once("://") else { return "" };
        let host = rest.split('/').next().unwrap_or_default();
        &self.base_url[..scheme.len() + 3 + host.len()]
    }
}

/// Where the United Nations have the texts of their documents.
pub const UNDOCS: &str = "https://undocs.org/{language}/{symbol}";

/// The name of the file, from the site's folder.
pub const FILE: &str = "site.toml";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_has_a_slash_at_both_ends() {
        for (url, path, origin) in [
            ("https://example.org", "/", "https://example.org"),
            ("https://example.org/", "/", "https://example.org"),
            ("https://example.org/a/b", "/a/b/", "https://example.org"),
            ("", "/", ""),
        ] {
            let config = Config { base_url: url.into(), ..Config::default() };
            assert_eq!((config.base_path().as_str(), config.origin()), (path, origin));
        }
    }
}
