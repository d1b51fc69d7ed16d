//! The history of the texts in git, as a value: which versions of each file the main line of commits had, and when.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;

use crate::stamp::Stamp;

/// The history of the texts below `content/statements/`, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Log {
    /// The history is whole.
    Whole {
        /// The commit that is checked out.
        head: Box<str>,
        /// The versions of each file that the commit has, by its path in the site, the earliest first.
        files: BTreeMap<Arc<str>, Vec<Committed>>,
    },
    /// The repository has only the latest commits, so nothing is known about earlier ones.
    Shallow,
    /// There is no repository, or git cannot read it; the reason.
    Missing(Box<str>),
}

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Committed {
    /// The commit that made it part of the main line.
    pub commit: Box<str>,
    /// The day of that commit in the committer's time zone; never before that of an earlier version.
    pub day: civil::Date,
    /// The first line of the commit's message.
    pub note: Box<str>,
    /// Its bytes; `None` for the only version of a file, which need not be read, and for a version that is too large.
    pub bytes: Option<CommittedBytes>,
}

/// The bytes of a version, in two parts of which the second is shared by versions that differ in the first only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CommittedBytes {
    /// The front matter with its fences.
    pub front: Arc<[u8]>,
    /// Everything after the front matter.
    pub body: Arc<[u8]>,
    /// SHA-256 of the whole file, in hexadecimal digits.
    pub sha256: Box<str>,
}

impl Log {
    /// Returns its fingerprint: two logs of the same commit are equal.
    pub fn stamp(&self) -> Stamp {
        match self {
            Log::Whole { head, .. } => Stamp::of(&(0, head)),
            Log::Shallow => Stamp::of(&1),
            Log::Missing(reason) => Stamp::of(&(2, reason)),
        }
    }

    /// Returns the versions of a file, the earliest first.
    pub fn of(&self, path: &str) -> &[Committed] {
        match self {
            Log::Whole { files, .. } => files.get(path).map_or(&[], Vec::as_slice),
            Log::Shallow | Log::Missing(_) => &[],
        }
    }
}
