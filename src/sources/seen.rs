//! A file on disk -> its state according to the file system, and its bytes as a consistent whole.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// What the file system says about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct FileState {
    /// Its size in bytes.
    pub size: u64,
    /// When its bytes were last written, since 1970. Programs can set it at will: `cp -p`, `rsync -t` and `tar` keep
    /// that of the original.
    modified: Option<Duration>,
    /// When its bytes, name, times or permissions last changed, since 1970. Programs cannot set it.
    changed: Option<Duration>,
    /// Its inode number, which differs if another file has taken its name.
    inode: u64,
}

impl FileState {
    #[cfg(unix)]
    pub(super) fn of(metadata: &Metadata) -> FileState {
        use std::os::unix::fs::MetadataExt as _;
        let changed = u64::try_from(metadata.ctime()).ok();
        let changed = changed.map(|seconds| Duration::new(seconds, metadata.ctime_nsec().unsigned_abs() as u32));
        FileState {
            size: metadata.len(),
            modified: since_1970(metadata.modified().ok()),
            changed,
            inode: metadata.ino(),
        }
    }

    #[cfg(not(unix))]
    pub fn of(metadata: &Metadata) -> FileState {
        FileState { size: metadata.len(), modified: since_1970(metadata.modified().ok()), changed: None, inode: 0 }
    }

    /// Returns how long ago the bytes were written; `None` if that is unknown or in the future.
    pub(super) fn unwritten_for(&self, now: SystemTime) -> Option<Duration> {
        since_1970(Some(now))?.checked_sub(self.modified?)
    }

    /// Returns whether anything about the file has, or may have, changed within this time.
    pub(super) fn changed_within(&self, time: Duration, now: SystemTime) -> bool {
        let Some(now) = since_1970(Some(now)) else { return true };
        let last = self.modified.max(self.changed);
        last.is_none_or(|last| now.checked_sub(last).is_none_or(|age| age < time))
    }
}

fn since_1970(time: Option<SystemTime>) -> Option<Duration> {
    time?.duration_since(SystemTime::UNIX_EPOCH).ok()
}

/// Attempts at reading a file that another program is writing to.
const ATTEMPTS: u32 = 5;
/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// Reads the bytes of a file. If it changed meanwhile it is read again, so that half a file is never taken for the
/// whole.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        let mut open = File::open(file)?;
        let before = FileState::of(&open.metadata()?);
        let mut bytes = Vec::with_capacity(usize::try_from(before.size).unwrap_or_default());
        open.read_to_end(&mut bytes)?;
        if FileState::of(&open.metadata()?) == before {
            return Ok(bytes);
        }
    }
    Err(io::Error::new(ErrorKind::ResourceBusy, "another program is writing to it"))
}
