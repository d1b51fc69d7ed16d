//! An output folder -> leave to change it, for one process at a time.
//!
//! The lock belongs to the output and not to the site, because two sites, or two checkouts of one, can be told to publish
//! into the same folder; and so that a site in a read-only checkout can be built into a folder elsewhere.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The file that a build holds a lock on. It is there only while a build runs, or after one was killed.
pub(super) const LOCK: &str = ".plenary-lock";

/// How often to begin again when another build removes the file, or the folder, between two steps of ours.
const ATTEMPTS: u32 = 100;

/// The right to change an output folder. Dropping it removes the lock's file, and the folders that were made for it if
/// nothing came to be in them.
pub(super) struct FolderLock {
    /// The system releases the lock when this is closed, however the process ends.
    _file: File,
    path: PathBuf,
    /// The output folder and those above it that were not there, innermost first.
    made: Vec<PathBuf>,
}

impl FolderLock {
    /// Takes the lock of the folder, which is made if it is not there.
    pub(super) fn take(folder: &Path) -> anyhow::Result<FolderLock> {
        let path = folder.join(LOCK);
        let cannot =
            || format!("cannot write to {}; choose a folder that you may write to with --output", folder.display());
        let made: Vec<PathBuf> = folder.ancestors().take_while(|path| !path.exists()).map(Path::to_owned).collect();
        for _ in 0..ATTEMPTS {
            fs::create_dir_all(folder).with_context(cannot)?;
            let file = match File::options().create(true).truncate(false).write(true).open(&path) {
                // The build that made the folder failed, and has just removed it again.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                file => file.with_context(cannot)?,
            };
            match file.try_lock() {
                // Some network file systems have no locks; a build there is worth more than a refusal.
                Ok(()) => {}
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::WouldBlock) => bail!(
                    "another build is writing to {}; wait until it has ended, or choose another folder with --output",
                    folder.display()
                ),
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
            // Between opening and locking, its holder may have removed the file: then a third build could lock a new one.
            if is_at(&file, &path) {
                return Ok(FolderLock { _file: file, path, made });
            }
        }
        bail!("other builds keep writing to {}; wait until they have ended", folder.display())
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Without inode numbers nobody could tell that the file they hold a lock on was removed, so there it stays.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Returns whether the open file is still the one that has this path.
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
