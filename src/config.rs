//! site.toml as plain data.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Place};

/// What site.toml says. Every key has a default, so that an empty file is a site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
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
    /// Whether straight quotes, `--` and `...` become typographic ones.
    pub smart_punctuation: bool,
    /// Statements on a page of a list.
    pub page_size: usize,
    /// Entries in a feed.
    pub feed_size: usize,
    /// Related statements under a statement; 0 for none.
    pub related: usize,
    /// Where a reader can propose a change; `{path}` stands for the file's path in the repository.
    pub edit_url: String,
    /// Where a document without a record is to be found; `{symbol}` stands for its symbol. Empty: no such links.
    pub document_url: String,
    /// The version of Plenary that the site was written for, such as `0.1`.
    pub plenary: String,
    /// The links in the header; empty for the default ones.
    pub menu: Vec<MenuItem>,
    /// Anything a theme wants to know, as `site.extra` in its templates.
    pub extra: toml::Table,
}

/// A link in the header.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq, Eq, Hash)]
#[serde(deny_unknown_fields)]
pub struct MenuItem {
    /// The words shown.
    pub title: String,
    /// A path within the site, such as `/about/`, or a whole URL.
    pub url: String,
}

/// What happens to raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Html {
    /// It is shown as text.
    #[default]
    Escape,
    /// What cannot do harm is kept, the rest dropped.
    Sanitize,
    /// It is passed through. Only for sites whose every author is trusted.
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
            smart_punctuation: true,
            page_size: 50,
            feed_size: 20,
            related: 5,
            edit_url: String::new(),
            document_url: String::new(),
            plenary: String::new(),
            menu: Vec::new(),
            extra: toml::Table::new(),
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

/// The name of the file, from the site's folder.
pub const FILE: &str = "site.toml";

/// Reads site.toml's text; with an error the configuration is the default one, so that all else can still be checked.
pub fn read(text: &str) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let config = match toml::from_str::<Config>(text) {
        Ok(config) => config,
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let message = error.message().trim().replace('\n', ": ");
            let help = message
                .split('`')
                .nth(1)
                .filter(|_| message.starts_with("unknown field"))
                .and_then(|key| crate::diagnostic::did_you_mean(key, message.split('`').skip(3).step_by(2)));
            diagnostics.push(Diagnostic::new(Code::InvalidConfig, place(text, offset), message).maybe_help(help));
            return (Config::default(), diagnostics);
        }
    };
    let mut complain = |key: &str, code, message: String, help: &str| {
        let offset = text
            .lines()
            .scan(0, |at, line| {
                let start = *at;
                *at += line.len() + 1;
                Some((start, line))
            })
            .find(|(_, line)| line.split('=').next().is_some_and(|name| name.trim() == key))
            .map_or(0, |(start, _)| start);
        diagnostics.push(Diagnostic::new(code, place(text, offset), message).help(help));
    };
    let url = &config.base_url;
    if url.is_empty() {
        complain(
            "base_url",
            Code::MissingBaseUrl,
            "`base_url` is not set: no feeds and no sitemap are made".into(),
            "say where the site will be published: base_url = \"https://example.org/\"",
        );
    } else if !(url.starts_with("https://") || url.starts_with("http://")) || url.contains(['?', '#', ' ']) {
        complain(
            "base_url",
            Code::InvalidConfig,
            format!("`base_url` is `{url}`, which is not the URL of a site"),
            "write it with scheme and host and without `?` and `#`: base_url = \"https://example.org/\"",
        );
    }
    if config.page_size == 0 || config.feed_size == 0 {
        complain(
            if config.page_size == 0 { "page_size" } else { "feed_size" },
            Code::InvalidConfig,
            "`page_size` and `feed_size` must be at least 1".into(),
            "leave the key out for the default",
        );
    }
    if is_newer(&config.plenary, env!("CARGO_PKG_VERSION")) {
        complain(
            "plenary",
            Code::NewerSite,
            format!("the site was written for Plenary {}, this is {}", config.plenary, env!("CARGO_PKG_VERSION")),
            "install the newer version, or correct `plenary` in site.toml",
        );
    }
    if config.page_size == 0 || config.feed_size == 0 {
        let config = Config { page_size: config.page_size.max(1), feed_size: config.feed_size.max(1), ..config };
        return (config, diagnostics);
    }
    (config, diagnostics)
}

/// Says whether version `a` (`1`, `1.2` or `1.2.3`) is later than version `b`.
fn is_newer(a: &str, b: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').map_while(|part| part.parse().ok()).collect() };
    let (a, b) = (parts(a), parts(b));
    a.as_slice() > &b[..a.len().min(b.len())]
}

/// Returns where a byte offset of site.toml stands.
fn place(text: &str, offset: usize) -> Place {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    Place { path: FILE.into(), line: line as u32 + 1, column: column as u32 + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_what_was_meant() {
        let (_, diagnostics) = read("title = \"x\"\nbase_ur = \"https://a.org\"\n");
        assert_eq!(diagnostics[0].place, Some(Place { path: FILE.into(), line: 2, column: 1 }));
        assert_eq!(diagnostics[0].help.as_deref(), Some("did you mean `base_url`?"));
    }

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

    #[test]
    fn versions_compare_by_their_parts() {
        for (a, b, newer) in
            [("0.2", "0.1.0", true), ("0.1", "0.1.3", false), ("1", "0.9.9", true), ("", "0.1.0", false)]
        {
            assert_eq!(is_newer(a, b), newer, "{a} {b}");
        }
    }
}
