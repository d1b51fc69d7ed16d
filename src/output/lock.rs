//! The lock of an output folder: only one process at a time may change it.
//!
//! The lock belongs to the output rather than to the site, because two sites, or two checkouts of one, can publish into
//! the same folder, and a site in a read-only checkout can be built into a folder elsewhere.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The file that a build locks. It exists only while a build runs, or after one was killed.
pub(super) const LOCK: &str = ".plenary-lock";

/// How often to try again when other builds remove the file or the folder between our steps.
const ATTEMPTS: u32 = 100;

/// The right to change an output folder. Dropping it removes the lock file, and folders created for it that are empty.
pub(super) struct FolderLock {
    /// The system releases the lock when this is closed, however the process ends.
    _file: File,
    path: PathBuf,
    /// The output folder and its ancestors that were created, innermost first.
    made: Vec<PathBuf>,
}

impl FolderLock {
    /// Takes the lock of the folder, and creates the folder if necessary.
    pub(super) fn take(folder: &Path) -> anyhow::Result<FolderLock> {
        let path = folder.join(LOCK);
        let cannot =
            || format!("cannot write to {}; choose a folder that you may write to with --output", folder.display());
        let made: Vec<PathBuf> = folder.ancestors().take_while(|path| !path.exists()).map(Path::to_owned).collect();
        for _ in 0..ATTEMPTS {
            fs::create_dir_all(folder).with_context(cannot)?;
            let file = match File::options().create(true).truncate(false).write(true).open(&path) {
                // A build that created the folder has failed and just removed it again.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                file => file.with_context(cannot)?,
            };
            match file.try_lock() {
                // Some network file systems have no locks. Building without one is better than refusing.
                Ok(()) => {}
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::WouldBlock) => bail!(
                    "another build is already writing to {}; wait until it has finished, or choose another folder with --output",
                    folder.display()
                ),
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
            // Its holder may have removed the file between our opening and locking it. Then a third build could lock a
            // new file at the same time, so the lock counts only if it is on the file that has the name.
            if is_at(&file, &path) {
                return Ok(FolderLock { _file: file, path, made });
            }
        }
        bail!("other builds keep writing to {}; wait until they have finished", folder.display())
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Without inode numbers, others could not tell that the file they have locked was removed, so it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Returns whether the open file is still the one at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = || -> std::io::Result<bool> {
        let (open, named) = (file.metadata()?, fs::metadata(path)?);
        Ok((open.dev(), open.ino()) == (named.dev(), named.ino()))
    };
    same().unwrap_or(false)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
