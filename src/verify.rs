//! A list of checksums, and the files of a folder or of a site on a host -> the files that do not match the list.
//!
//! An attacker who can change the files may also have changed the list, so neither is trusted: paths and URLs from
//! either are only used below the place that the user gave, and no file is read beyond the size in the list.
#![expect(clippy::disallowed_methods, reason = "reads what is to be verified")]

mod folder;
mod host;

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

use crate::output::{CHECKSUMS, Checksums, Digest, Refused};

/// The longest list that is read, in bytes: one of 500,000 files has some 60 MB.
const LONGEST_LIST: u64 = 128 << 20;

/// Files for hosts, which some of them do not show to readers.
const OF_HOSTS: [&str; 3] = [".nojekyll", "_headers", "_redirects"];

/// The location of files that can be compared with a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder.
    Folder(PathBuf),
    /// The home page of a site on a host.
    Host(Url),
}

/// A list of checksums, and the checksum of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The checksums.
    pub checksums: Checksums,
    /// The SHA-256 of the list, which identifies the whole site.
    pub sha256: String,
}

/// Why there is no list.
#[derive(Debug)]
pub enum NoList {
    /// The file is not a list.
    Damaged(String),
    /// It does not exist, or cannot be read.
    Unread(anyhow::Error),
}

/// How a file differs from the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// Its bytes differ.
    Changed,
    /// It does not exist.
    Missing,
    /// It exists, but is not in the list.
    Foreign,
    /// Its address leads to another site.
    Redirected,
}

impl Problem {
    /// Returns its word, as people and programs read it.
    pub fn word(self) -> &'static str {
        match self {
            Problem::Changed => "changed",
            Problem::Missing => "missing",
            Problem::Foreign => "foreign",
            Problem::Redirected => "redirected",
        }
    }
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The files that do not match the list, sorted.
    pub problems: Vec<(String, Problem)>,
    /// The number of files of the list that were compared.
    pub compared: usize,
    /// The files for the host that it does not show.
    pub hidden: Vec<String>,
}

impl Place {
    /// Parses an argument: the URL of a site, or else a folder.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the URL, and what to do.
    pub fn parse(text: &str) -> Result<Place, String> {
        if !text.contains("://") {
            return Ok(Place::Folder(PathBuf::from(text)));
        }
        let help = "write the address of the home page, such as https://example.org/statements/";
        let mut url = Url::parse(text).map_err(|error| format!("`{text}` is not an address: {error}; {help}"))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(format!("`{text}` is not an address on the web; {help}"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address with a password cannot be verified: the password would be in messages".to_owned());
        }
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().strip_suffix("index.html").unwrap_or(url.path()).trim_end_matches('/').to_owned();
        url.set_path(&format!("{path}/"));
        Ok(Place::Host(url))
    }

    /// Reads the list of the site at this place.
    ///
    /// # Errors
    ///
    /// Returns why it has none.
    pub fn list(&self) -> Result<List, NoList> {
        let bytes = match self {
            Place::Folder(folder) => folder::read(&folder.join(CHECKSUMS), LONGEST_LIST),
            Place::Host(url) => host::Host::new(url).read(CHECKSUMS, LONGEST_LIST),
        };
        let bytes = bytes.map_err(NoList::Unread)?;
        let missing =
            || Refused(format!("{self} has no {CHECKSUMS}; it was not built by Plenary, or by an older version"));
        List::parse(&bytes.ok_or_else(|| NoList::Unread(missing().into()))?)
    }

    /// Compares the files with a list, or only those whose paths begin with one of the prefixes in `only`. `done` is
    /// called after each file.
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be read, or if the host cannot be reached or does not answer.
    pub fn compare(&self, list: &Checksums, only: &[String], done: &(dyn Fn() + Sync)) -> anyhow::Result<Verified> {
        let is_meant = |file: &str| only.is_empty() || only.iter().any(|begin| file.starts_with(begin.as_str()));
        let files: Vec<(&str, &Digest)> = list
            .files
            .iter()
            .map(|(file, digest)| (file.as_str(), digest))
            .filter(|(file, _)| is_meant(file))
            .collect();
        let mut verified = match self {
            Place::Folder(folder) => folder::compare(folder, list, &files, &is_meant, done)?,
            Place::Host(url) => host::Host::new(url).compare(&files, done)?,
        };
        verified.compared = files.len();
        verified.problems.sort();
        Ok(verified)
    }
}

impl List {
    /// Reads a list.
    fn parse(bytes: &[u8]) -> Result<List, NoList> {
        let checksums = Checksums::parse(bytes).map_err(NoList::Damaged)?;
        Ok(List { checksums, sha256: Digest::of(bytes).sha256 })
    }

    /// Reads a list from a file with any name.
    ///
    /// # Errors
    ///
    /// Returns why it is not a list.
    pub fn open(file: &Path) -> Result<List, NoList> {
        let bytes = folder::read(file, LONGEST_LIST).map_err(NoList::Unread)?;
        let missing = || Refused(format!("{} is not there", file.display()));
        List::parse(&bytes.ok_or_else(|| NoList::Unread(missing().into()))?)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Folder(folder) => write!(f, "{}", folder.display()),
            Place::Host(url) => write!(f, "{url}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_folders_or_addresses_without_secrets() {
        for (text, expect) in [
            ("public", "public"),
            ("https://example.org", "https://example.org/"),
            ("https://example.org/a", "https://example.org/a/"),
            ("https://example.org/a/index.html?x#y", "https://example.org/a/"),
            ("http://[::1]:80/a/../b/", "http://[::1]/b/"),
        ] {
            assert_eq!(Place::parse(text).unwrap().to_string(), expect);
        }
        for wrong in ["ftp://example.org/", "file:///etc/passwd", "https://", "https://user:pw@example.org/"] {
            let message = Place::parse(wrong).unwrap_err();
            assert!(!message.contains("pw@"), "{message}");
        }
    }
}
