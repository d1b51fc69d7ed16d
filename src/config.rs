//! site.toml as plain data.

mod colour;
mod keys;
mod read;
mod values;

use std::hash::{Hash, Hasher};

use serde::Serialize;

pub use colour::{for_dark, parsed as parsed_colour};
pub use read::{FORMATS, TABLES, menu_places, read};
pub use values::{base_language, base_url, is_language};

/// The configuration in site.toml. Every key has a default, so an empty file is valid.
#[derive(Clone, Debug, Hash)]
pub struct Config {
    /// The site's name, shown in the header, the title of every page and the feeds.
    pub title: String,
    /// One sentence about the site, for search engines and feeds.
    pub description: String,
    /// The URL at which the site will be published: scheme, host and optionally a path,
    /// `https://example.org/statements/`. Empty if not set.
    pub base_url: String,
    /// The language (BCP 47) of the site's own words, and of statements that name none.
    pub language: String,
    /// The languages of the interface, the site's own first: home page, lists and indexes exist in each.
    pub languages: Vec<String>,
    /// The theme: a folder below `themes/`, or `default`.
    pub theme: String,
    /// What to do with raw HTML in Markdown.
    pub html: Html,
    /// What to do with files of `content/` that could act when a reader opens them.
    pub active_files: ActiveFiles,
    /// Whether straight quotes, `--` and `...` become typographic ones.
    pub smart_punctuation: bool,
    /// Number of statements on one page of a list.
    pub page_size: usize,
    /// Number of entries in a feed.
    pub feed_size: usize,
    /// Number of related statements shown below a statement; 0 for none.
    pub related: usize,
    /// Number of statements that must share words for these to have a page of their own; 0 for no such pages.
    pub passages: usize,
    /// Whether names of delegations, groups, forums and topics in texts become links.
    pub mentions: bool,
    /// Where readers can propose a change; `{path}` is replaced with the file's path in the repository. Empty for no
    /// links.
    pub edit_url: String,
    /// Where the text of a document is; `{symbol}` is replaced with its symbol, `{language}` with a language of the
    /// United Nations. Empty for no links.
    pub document_url: String,
    /// The version of Plenary that the site was written for, such as `0.1`.
    pub plenary: String,
    /// Path on the site of the picture before the site's name; empty for none.
    pub logo: String,
    /// Path on the site of the picture that other sites show with a link to a page; empty for none.
    pub image: String,
    /// The colour of links on light backgrounds, `#0b4f86`; empty for the theme's.
    pub accent: String,
    /// The colour of links on dark backgrounds; empty for a lighter shade of `accent`.
    pub accent_dark: String,
    /// The size of all text.
    pub text_size: TextSize,
    /// A sentence at the foot of every page; empty for none.
    pub footer: String,
    /// The search.
    pub search: Search,
    /// What is published besides the pages.
    pub outputs: Outputs,
    /// What is taken from git.
    pub history: History,
    /// Where the site is deployed to.
    pub deploy: Deploy,
    /// The links in the header; empty for the default ones.
    pub menu: Vec<MenuItem>,
    /// Whether this is a preview of drafts at an address of its own, which site.toml cannot say.
    pub preview: bool,
    /// Settings for the theme, available to its templates as `site.extra`.
    pub extra: Extra,
}

/// The table `search` of site.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Search {
    /// Whether the site has a search.
    pub enabled: bool,
    /// How much words count.
    pub weights: SearchWeights,
}

/// The table `deploy` of site.toml. It has no secrets: those are in the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Deploy {
    /// A folder, `git:BRANCH` or `s3://BUCKET/PREFIX`; empty if not set.
    pub to: String,
    /// The address of the server of a bucket; empty for Amazon's.
    pub endpoint: String,
    /// The region of a bucket; empty for the default one.
    pub region: String,
}

/// How much a word counts by where it is, in percent of a word of a paragraph; 0 for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SearchWeights {
    /// In the title.
    pub title: usize,
    /// In the names of topics, delegation, speaker and occasion.
    pub facts: usize,
    /// In a heading.
    pub headings: usize,
    /// In a paragraph that only greets or thanks.
    pub greetings: usize,
    /// Another form of the word, in percent of the form that was searched for.
    pub inflected: usize,
}

impl Default for Search {
    fn default() -> Self {
        let weights = SearchWeights { title: 400, facts: 200, headings: 200, greetings: 25, inflected: 60 };
        Search { enabled: true, weights }
    }
}

/// The table `outputs` of site.toml: what is published besides the pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outputs {
    /// Whether each statement is published as Markdown too.
    pub markdown: bool,
    /// Whether all texts are published in one archive.
    pub corpus: bool,
    /// Whether each statement is published in Akoma Ntoso too.
    pub akoma_ntoso: bool,
    /// The names of the tables below `/data/`; empty for all.
    pub tables: Vec<String>,
    /// The endings of the formats of the table of statements; empty for all.
    pub formats: Vec<String>,
    /// The formats of feeds; empty for all.
    pub feeds: Vec<String>,
    /// The kinds of lists with files of citations; empty for none.
    pub citations: Vec<String>,
}

impl Default for Outputs {
    fn default() -> Self {
        Outputs {
            markdown: false,
            corpus: false,
            akoma_ntoso: false,
            tables: Vec::new(),
            formats: Vec::new(),
            feeds: Vec::new(),
            citations: CITED.map(str::to_owned).to_vec(),
        }
    }
}

/// The kinds of lists with files of citations by default.
const CITED: [&str; 5] = ["topics", "delegations", "speakers", "sessions", "years"];

impl Outputs {
    /// Returns whether lists of a kind have files of citations.
    pub fn is_cited(&self, kind: &str) -> bool {
        // site.toml names the kinds in the plural.
        self.citations.iter().any(|chosen| chosen.strip_suffix('s') == Some(kind))
    }

    /// Returns whether the site has feeds in a format.
    pub fn has_feed(&self, format: &str) -> bool {
        self.feeds.is_empty() || self.feeds.iter().any(|chosen| chosen == format)
    }
}

/// The table `history` of site.toml: what is taken from git.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct History {
    /// Whether earlier wordings of texts are published.
    pub texts: bool,
    /// Whether the day on which a text was added to the collection is that of a commit, where front matter does not say.
    pub added: bool,
}

impl History {
    /// Returns whether anything is taken from git.
    pub fn is_wanted(self) -> bool {
        self.texts || self.added
    }
}

/// The table `extra` of site.toml, which may contain anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(pub toml::Table);

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Floats have no hash, but the text of the table is complete and in a fixed order.
        self.0.to_string().hash(state);
    }
}

/// A link in the header.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, Hash)]
pub struct MenuItem {
    /// The words shown.
    pub title: String,
    /// A path within the site, such as `/about/`, or a full URL.
    pub url: String,
}

/// What to do with raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Html {
    /// Show it as text.
    #[default]
    Escape,
    /// Keep what is harmless and drop the rest.
    Sanitize,
    /// Pass it through. Only for sites where every author is trusted.
    Allow,
}

/// The size of all text, of which headings and notes keep their share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextSize {
    /// As the reader's browser has it.
    #[default]
    Normal,
    /// A sixteenth smaller.
    Small,
    /// An eighth larger.
    Large,
}

/// What to do with files of `content/` that could act when a reader opens them: web pages with scripts, documents with
/// macros. `static/` is the site's own, so it is published unchecked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ActiveFiles {
    /// Leave them out and report each.
    #[default]
    Ask,
    /// Leave them out silently.
    Withhold,
    /// Publish them. Only for sites where every original is trusted.
    Allow,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "Statements".into(),
            description: String::new(),
            base_url: String::new(),
            language: "en".into(),
            languages: Vec::new(),
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
            logo: String::new(),
            image: String::new(),
            accent: String::new(),
            accent_dark: String::new(),
            text_size: TextSize::Normal,
            footer: String::new(),
            search: Search::default(),
            outputs: Outputs::default(),
            history: History::default(),
            deploy: Deploy::default(),
            menu: Vec::new(),
            preview: false,
            extra: Extra::default(),
        }
    }
}

impl Config {
    /// Returns the path of `base_url` with a slash at both ends: `/` or `/statements/`.
    pub fn base_path(&self) -> String {
        let rest = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        if path.is_empty() { "/".into() } else { format!("/{path}/") }
    }

    /// Returns the language of the interface for a text in `language`: that language, if the site has it, or the site's
    /// own.
    pub fn interface(&self, language: &str) -> &str {
        let exact = self.languages.iter().find(|own| *own == language);
        let own = exact.or_else(|| self.languages.iter().find(|own| *own == base_language(language)));
        own.map_or(&self.language, |own| own)
    }

    /// Returns the scheme and host, such as `https://example.org`; empty if `base_url` is not set.
    pub fn origin(&self) -> &str {
        let Some((scheme, rest)) = self.base_url.split_once("://") else { return "" };
        let host = rest.split('/').next().unwrap_or_default();
        &self.base_url[..scheme.len() + 3 + host.len()]
    }
}

/// Where the United Nations publish their documents.
pub const UNDOCS: &str = "https://undocs.org/{language}/{symbol}";

/// The name of the file in the site's folder.
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
