//! A page: where it is, what it is made of, and the stamp of all that.

use super::parts::Parts;
use crate::diagnostic::Place;
use crate::path::SitePath;
use crate::stamp::Stamp;

/// What kind of page or file it is; its word names its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Home,
    Statement,
    /// Two texts beside each other.
    Comparison,
    Topic,
    /// What was said on a topic in a session.
    Extracts,
    /// Who has spoken on a topic, and when.
    Matrix,
    Delegation,
    /// What a delegation said on a topic over time.
    Position,
    Forum,
    Session,
    Meeting,
    Group,
    Speaker,
    Document,
    Year,
    Statements,
    Passage,
    Passages,
    Index,
    Plain,
    /// What the tables below `/data/` hold.
    Data,
    NotFound,
    Redirect,
    Feed,
    Sitemap,
    /// All statements as a table.
    Table,
    /// `robots.txt`, `_redirects`, `_headers`, `.nojekyll`.
    HostFile,
    /// A file of the theme, of `static/` or beside a statement, copied.
    Copy,
}

impl Kind {
    /// Every kind, in the manual's order.
    pub const ALL: [Kind; 28] = [
        Kind::Home,
        Kind::Statement,
        Kind::Comparison,
        Kind::Topic,
        Kind::Extracts,
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
        Kind::Statements,
        Kind::Passage,
        Kind::Passages,
        Kind::Index,
        Kind::Plain,
        Kind::Data,
        Kind::NotFound,
        Kind::Redirect,
        Kind::Feed,
        Kind::Sitemap,
        Kind::Table,
        Kind::HostFile,
        Kind::Copy,
    ];

    /// Returns its word, as views and messages have it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Home => "home",
            Kind::Statement => "statement",
            Kind::Comparison => "comparison",
            Kind::Topic => "topic",
            Kind::Extracts => "extracts",
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
            Kind::Statements => "statements",
            Kind::Passage => "passage",
            Kind::Passages => "passages",
            Kind::Index => "index",
            Kind::Plain => "page",
            Kind::Data => "data",
            Kind::NotFound => "404",
            Kind::Redirect => "redirect",
            Kind::Feed => "feed",
            Kind::Sitemap => "sitemap",
            Kind::Table => "table",
            Kind::HostFile => "host-file",
            Kind::Copy => "copy",
        }
    }

    /// Says whether it is made by a template of the theme.
    pub fn has_template(self) -> bool {
        !matches!(self, Kind::Feed | Kind::Sitemap | Kind::Table | Kind::HostFile | Kind::Copy)
    }
}

/// One page or file of the site, not yet made.
#[derive(Clone, Debug)]
pub struct Page {
    pub path: SitePath,
    pub kind: Kind,
    /// What it comes of, for messages: a file, or who names it.
    pub origin: Place,
    pub parts: Parts,
    /// Mixes kind, path and the stamps of the parts: two pages with one stamp are the same bytes.
    pub stamp: Stamp,
}

/// Returns the stamp of a page that has these parts.
pub fn stamp(kind: Kind, path: &SitePath, parts: &[(&'static str, Stamp)]) -> Stamp {
    Stamp::of(&(kind, path, parts))
}
