//! A site's folder and a kind of work -> leave to do it there, for one process at a time.
#![expect(clippy::disallowed_methods, reason = "a lock is a file, in the folder of caches")]

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Returns the folder of a site's caches. Nothing in it is a source, and all of it can be deleted while no work is under way.
pub fn caches(site: &Path) -> PathBuf {
    site.join(".plenary")
}

/// Takes the lock that one process at a time holds for this work, such as `import`; the system lets go of it even when
/// the process is killed.
pub fn lock(site: &Path, work: &str) -> anyhow::Result<File> {
    let caches = caches(site);
    fs::create_dir_all(&caches).with_context(|| format!("cannot create {}", caches.display()))?;
    let path = caches.join(format!("{work}.lock"));
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "another {work} of {} is under way; wait until it has ended ({} is locked)",
                site.display(),
                path.display()
            )
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// Says whether there is no such process any more, for sure.
pub fn has_ended(process: i32) -> bool {
    #[cfg(unix)]
    return rustix::process::Pid::from_raw(process)
        .is_some_and(|process| rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH));
    #[cfg(not(unix))]
    return process < 0;
}
