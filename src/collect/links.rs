//! Links as written -> where they lead.

use crate::path::SitePath;

/// Where one link of a body leads, in the order of `Body::links`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolved {
    /// A page or file of the site; the title stands in for `[[id]]`.
    Page { path: SitePath, fragment: Option<Box<str>>, title: Box<str> },
    /// A path from the site's root with query and fragment, as written.
    Rooted(Box<str>),
    /// Another site's URL.
    External(Box<str>),
    /// An anchor on the same page.
    Here(Box<str>),
    /// Nowhere: only the words are shown.
    Nothing,
}
