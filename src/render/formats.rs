//! The formats of feeds and of files with citations: their names, and those of their files.

/// The format of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedFormat {
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Every format; site.toml names them in the same order.
    pub const ALL: [FeedFormat; 2] = [FeedFormat::Atom, FeedFormat::Json];

    /// Returns its name in site.toml.
    pub fn name(self) -> &'static str {
        match self {
            FeedFormat::Atom => "atom",
            FeedFormat::Json => "json",
        }
    }

    /// Returns the name of a feed's file, next to the page that it belongs to.
    pub fn file(self) -> &'static str {
        match self {
            FeedFormat::Atom => "feed.xml",
            FeedFormat::Json => "feed.json",
        }
    }
}

/// The format of a file of citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CitedFormat {
    /// BibTeX and biblatex.
    Bibtex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    Csl,
}

impl CitedFormat {
    /// Every format.
    pub const ALL: [CitedFormat; 3] = [CitedFormat::Bibtex, CitedFormat::Ris, CitedFormat::Csl];

    /// Returns its name, as the words of the interface know it.
    pub fn name(self) -> &'static str {
        match self {
            CitedFormat::Bibtex => "bibtex",
            CitedFormat::Ris => "ris",
            CitedFormat::Csl => "csl-json",
        }
    }

    /// Returns the name of the file, next to the page of the list.
    pub fn file(self) -> &'static str {
        match self {
            CitedFormat::Bibtex => "citations.bib",
            CitedFormat::Ris => "citations.ris",
            CitedFormat::Csl => "citations.json",
        }
    }
}
