//! A page that is listed for search engines, and the languages in which it exists.

use crate::collect::VersionRef;
use crate::path::SitePath;
use crate::stamp::Stamped;

/// A page that is listed for search engines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The page.
    pub path: SitePath,
    /// The other languages in which it exists.
    pub versions: Versions,
}

/// The languages in which a page exists. URLs are only made with the file, so a save only stamps these values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Versions {
    /// In one language.
    One,
    /// In each language of the site; this page is in the one with this index, or for `None` in the site's own.
    OfSite(Option<usize>),
    /// In the languages of a text.
    OfText(Stamped<Vec<VersionRef>>),
}
