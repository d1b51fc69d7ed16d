//! A page of which search engines are told, and the languages in which it is there.

use crate::collect::VersionRef;
use crate::path::SitePath;
use crate::stamp::Stamped;

/// A page of which search engines are told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The page.
    pub path: SitePath,
    /// In which other languages it is there.
    pub versions: Versions,
}

/// In which languages a page is there. Addresses are made only when the file is: a save stamps what is here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Versions {
    /// In one.
    One,
    /// In each language of the site, of which this page has the one with this number; `None` for the site's own.
    OfSite(Option<usize>),
    /// In the languages of a text.
    OfText(Stamped<Vec<VersionRef>>),
}
