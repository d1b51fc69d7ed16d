//! A page: its path, what it is made from, and the stamp of both.

use super::parts::Parts;
use crate::diagnostic::Place;
use crate::path::SitePath;
use crate::stamp::Stamp;

/// The list of all statements with a topic by rule, below the topic's page, if it is longer than one page.
pub const BY_RULE: &str = "by-rule/";

/// The kinds of page or file; the word of a kind names its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The home page.
    Home,
    /// A language version of a statement.
    Statement,
    /// Two texts side by side.
    Comparison,
    /// What the collection held of a text on a day.
    Held,
    /// The statements on a topic.
    Topic,
    /// What was said on a topic in a session.
    Extracts,
    /// What two delegations said on a topic, side by side.
    Positions,
    /// Who has spoken on a topic, and when.
    Matrix,
    /// The statements of a delegation.
    Delegation,
    /// What a delegation said on a topic over time.
    Position,
    /// The statements made in a forum.
    Forum,
    /// The statements made in a session of a forum.
    Session,
    /// The statements made in a meeting.
    Meeting,
    /// The statements of a group and its members.
    Group,
    /// The statements of a person.
    Speaker,
    /// A document, and who cites it.
    Document,
    /// The statements of a year.
    Year,
    /// The texts in a language.
    Language,
    /// All statements.
    Statements,
    /// Words that several statements share.
    Passage,
    /// The passages that were repeated most.
    Passages,
    /// All topics, all delegations, and so on.
    Index,
    /// A plain page.
    Plain,
    /// The search.
    Search,
    /// The description of the tables below `/data/`.
    Data,
    /// The page for missing pages.
    NotFound,
    /// A small page at an old address.
    Redirect,
    /// An Atom feed.
    Feed,
    /// Citations of all statements of a list, for programs.
    Citations,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// A table below `/data/`.
    Table,
    /// The description of the tables for programs.
    Package,
    /// The checksums of all other files.
    Manifest,
    /// All texts in one archive.
    Corpus,
    /// A language version of a statement as Markdown.
    Twin,
    /// A language version of a statement as Akoma Ntoso.
    Akoma,
    /// A file of the search index.
    SearchIndex,
    /// `robots.txt`, `_redirects`, `_headers`, `.nojekyll`, the manifest for phones, icons and the site's picture.
    HostFile,
    /// A file that is copied: from the theme, from `static/`, or from next to a statement.
    Copy,
}

impl Kind {
    /// Every kind, in the manual's order.
    pub const ALL: [Kind; 39] = [
        Kind::Home,
        Kind::Statement,
        Kind::Comparison,
        Kind::Held,
        Kind::Topic,
        Kind::Extracts,
        Kind::Positions,
        Kind::Matrix,
        Kind::Delegation,
        Kind::Position,
        Kind::Forum,
        Kind::Session,
        Kind::Meeting,
        Kind::Group,
        Kind::Speaker,
        Kind::Document,
        Kind::Year,
        Kind::Language,
        Kind::Statements,
        Kind::Passage,
        Kind::Passages,
        Kind::Index,
        Kind::Plain,
        Kind::Search,
        Kind::Data,
        Kind::NotFound,
        Kind::Redirect,
        Kind::Feed,
        Kind::Citations,
        Kind::Sitemap,
        Kind::Table,
        Kind::Package,
        Kind::Manifest,
        Kind::Corpus,
        Kind::Twin,
        Kind::Akoma,
        Kind::SearchIndex,
        Kind::HostFile,
        Kind::Copy,
    ];

    /// Returns its word in views and messages.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Home => "home",
            Kind::Statement => "statement",
            Kind::Comparison => "comparison",
            Kind::Held => "held",
            Kind::Topic => "topic",
            Kind::Extracts => "extracts",
            Kind::Positions => "positions",
            Kind::Matrix => "matrix",
            Kind::Delegation => "delegation",
            Kind::Position => "position",
            Kind::Forum => "forum",
            Kind::Session => "session",
            Kind::Meeting => "meeting",
            Kind::Group => "group",
            Kind::Speaker => "speaker",
            Kind::Document => "document",
            Kind::Year => "year",
            Kind::Language => "language",
            Kind::Statements => "statements",
            Kind::Passage => "passage",
            Kind::Passages => "passages",
            Kind::Index => "index",
            Kind::Plain => "page",
            Kind::Search => "search",
            Kind::Data => "data",
            Kind::NotFound => "404",
            Kind::Redirect => "redirect",
            Kind::Feed => "feed",
            Kind::Citations => "citations",
            Kind::Sitemap => "sitemap",
            Kind::Table => "table",
            Kind::Package => "data-package",
            Kind::Manifest => "manifest",
            Kind::Corpus => "corpus",
            Kind::Twin => "twin",
            Kind::Akoma => "akoma-ntoso",
            Kind::SearchIndex => "search-index",
            Kind::HostFile => "host-file",
            Kind::Copy => "copy",
        }
    }

    /// Returns whether a site in several languages has it in each of them.
    pub fn is_translated(self) -> bool {
        matches!(
            self,
            Kind::Home
                | Kind::Topic
                | Kind::Delegation
                | Kind::Forum
                | Kind::Session
                | Kind::Meeting
                | Kind::Group
                | Kind::Speaker
                | Kind::Year
                | Kind::Language
                | Kind::Statements
                | Kind::Index
                | Kind::Document
                | Kind::Position
                | Kind::Positions
                | Kind::Extracts
                | Kind::Matrix
                | Kind::Search
        )
    }

    /// Returns whether a template of the theme renders it.
    pub fn has_template(self) -> bool {
        !matches!(
            self,
            Kind::Feed
                | Kind::Citations
                | Kind::Sitemap
                | Kind::Table
                | Kind::Package
                | Kind::Manifest
                | Kind::Corpus
                | Kind::Twin
                | Kind::Akoma
                | Kind::SearchIndex
                | Kind::HostFile
                | Kind::Copy
        )
    }
}

/// One page or file of the site, not yet rendered.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is on the site.
    pub path: SitePath,
    /// Its kind.
    pub kind: Kind,
    /// Where it comes from, for messages: its file, or the place that names it.
    pub origin: Place,
    /// The language of its interface.
    pub language: String,
    /// The values it is made from.
    pub parts: Parts,
    /// Combines kind, path, language and the stamps of the parts: pages with the same stamp have the same bytes.
    pub stamp: Stamp,
}

/// Returns the stamp of a page with these parts.
pub fn stamp(kind: Kind, path: &SitePath, language: &str, parts: &[(&'static str, Stamp)]) -> Stamp {
    Stamp::of(&(kind, path, language, parts))
}
