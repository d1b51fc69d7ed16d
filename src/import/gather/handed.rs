//! A file to import, on the disk or in an archive; loaded when its turn comes.
#![expect(clippy::disallowed_methods, reason = "reads originals, which can be anywhere on the disk")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::archive::{Archive, Positioned};
use crate::import::original::{LARGEST, Original};
use crate::import::said::Said;
use crate::import::unreadable::Unreadable;
use crate::path::composed;
use crate::sources::read_settled;

/// A file to import.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The path as reports show it.
    pub path: Arc<str>,
    pub(super) file: PathBuf,
    /// Its name and index in the archive, if it is in one.
    pub(super) entry: Option<(Arc<str>, usize)>,
    /// The archive, which is opened once for all its entries.
    pub(super) archive: Option<Archive<Positioned>>,
    /// Its path relative to the site's folder, if it is in the site.
    pub(super) in_site: Option<Arc<str>>,
    /// What an index says about it.
    pub said: Option<Arc<Said>>,
}

/// A path that holds nothing to import, or less than it seems to, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The path as reports show it.
    pub path: Arc<str>,
    /// Why it was refused.
    pub why: Unreadable,
    /// Whether it was read nevertheless, by guessing.
    pub is_guess: bool,
}

impl Handed {
    /// Returns whether both are the same file, even if found under different paths.
    pub fn is_same(&self, other: &Handed) -> bool {
        (&self.file, &self.entry) == (&other.file, &other.entry)
    }

    /// Returns the path of the file on the disk: the file itself, or the archive that it is in.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Returns why it cannot be read: missing, not a regular file, or too large.
    pub fn load(&self) -> Result<Original, Unreadable> {
        if let (Some((name, at)), Some(archive)) = (&self.entry, &self.archive) {
            return Ok(Original::new(&self.path, None, archive.clone().read_at(*at, name)?));
        }
        let unreadable =
            |error| Unreadable { message: cannot_be_read(&error), help: "check your permission to read it".into() };
        let metadata = std::fs::metadata(&self.file).map_err(unreadable)?;
        if !metadata.is_file() {
            let message = "it is not a regular file".into();
            return Err(Unreadable { message, help: "import the file itself".into() });
        }
        if metadata.len() > LARGEST {
            let message =
                format!("it is {} MiB; the limit for an original is {} MiB", metadata.len() >> 20, LARGEST >> 20);
            return Err(Unreadable {
                message,
                help: "check that it is a statement; split it, or import a smaller file".into(),
            });
        }
        let bytes = read_settled(&self.file).map_err(unreadable)?;
        Ok(Original::new(&self.path, self.in_site.clone(), bytes))
    }
}

/// How many files are read before the first of them is written.
const AT_ONCE: usize = 16;

/// Splits the files into runs that are read at once. Files whose names begin alike, such as language versions, stay
/// together, so that they are placed together.
pub fn parts(handed: &[Handed]) -> impl Iterator<Item = &[Handed]> {
    let begins = |handed: &Handed| {
        let (folder, name) = handed.path.rsplit_once('/').unwrap_or(("", &handed.path));
        let begin: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        (folder.to_owned(), begin)
    };
    let mut rest = handed;
    std::iter::from_fn(move || {
        let mut end = rest.len().min(AT_ONCE);
        // Only up to a limit: all names in a folder may begin alike.
        while end > 0 && end < rest.len() && end < 2 * AT_ONCE && begins(&rest[end - 1]) == begins(&rest[end]) {
            end += 1;
        }
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// Returns the message for a file that cannot be read.
pub(super) fn cannot_be_read(error: &std::io::Error) -> String {
    format!("it cannot be read: {error}")
}

/// Returns a path as reports show it: with `/` as separator.
pub(super) fn shown(path: &Path) -> Arc<str> {
    let path = path.strip_prefix(".").unwrap_or(path);
    composed(&path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")).into()
}
