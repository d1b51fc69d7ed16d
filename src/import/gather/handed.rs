//! A file that was handed in, on the disk or in an archive: loaded when its turn comes.
#![expect(clippy::disallowed_methods, reason = "originals lie anywhere on the disk; this is where they are read")]

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
    /// The path as reports call it.
    pub path: Arc<str>,
    pub(super) file: PathBuf,
    /// Its name in the archive that the file is, and where it stands there.
    pub(super) entry: Option<(Arc<str>, usize)>,
    /// That archive, which is opened once for all that is in it.
    pub(super) archive: Option<Archive<Positioned>>,
    pub(super) in_site: Option<Arc<str>>,
    /// What an index says of it.
    pub said: Option<Arc<Said>>,
}

/// A path that gives nothing to import, or not all that it seems to hold, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub path: Arc<str>,
    pub why: Unreadable,
    /// Whether it was read all the same, by a guess.
    pub is_guess: bool,
}

impl Handed {
    /// Returns whether it is the same file, whatever it is called here.
    pub fn is_same(&self, other: &Handed) -> bool {
        (&self.file, &self.entry) == (&other.file, &other.entry)
    }

    /// Returns the file on the disk: itself, or the archive that it is in.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Reads the file.
    pub fn load(&self) -> Result<Original, Unreadable> {
        if let (Some((name, at)), Some(archive)) = (&self.entry, &self.archive) {
            return Ok(Original::new(&self.path, None, archive.clone().read_at(*at, name)?));
        }
        let unreadable =
            |error| Unreadable { message: cannot_be_read(&error), help: "check that you may read it".into() };
        let metadata = std::fs::metadata(&self.file).map_err(unreadable)?;
        if !metadata.is_file() {
            let message = "it is no plain file".into();
            return Err(Unreadable { message, help: "hand in the file itself".into() });
        }
        if metadata.len() > LARGEST {
            let message = format!("it has {} MiB; an original may have {} MiB", metadata.len() >> 20, LARGEST >> 20);
            return Err(Unreadable { message, help: "is it a statement? split it, or hand in a smaller file".into() });
        }
        let bytes = read_settled(&self.file).map_err(unreadable)?;
        Ok(Original::new(&self.path, self.in_site.clone(), bytes))
    }
}

/// So many files are read before the first of them is written.
const AT_ONCE: usize = 16;

/// Parts the files into runs that are read at once. Files whose names begin alike, as twins' do, stay together.
pub fn parts(handed: &[Handed]) -> impl Iterator<Item = &[Handed]> {
    let begins = |handed: &Handed| {
        let (folder, name) = handed.path.rsplit_once('/').unwrap_or(("", &handed.path));
        let begin: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        (folder.to_owned(), begin)
    };
    let mut rest = handed;
    std::iter::from_fn(move || {
        let mut end = rest.len().min(AT_ONCE);
        // A folder in which all names begin alike is not one run.
        while end > 0 && end < rest.len() && end < 2 * AT_ONCE && begins(&rest[end - 1]) == begins(&rest[end]) {
            end += 1;
        }
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// Says that a file cannot be read, and why.
pub(super) fn cannot_be_read(error: &std::io::Error) -> String {
    format!("it cannot be read: {error}")
}

/// Returns a path as reports show it: with `/` between its parts.
pub(super) fn shown(path: &Path) -> Arc<str> {
    let path = path.strip_prefix(".").unwrap_or(path);
    composed(&path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")).into()
}
