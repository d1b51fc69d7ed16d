//! The site lock: one process at a time does a kind of work in a site.
#![expect(clippy::disallowed_methods, reason = "a lock is a file, in the folder of caches")]

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Returns the folder of a site's caches. Nothing in it is a source; all of it can be deleted while no command is
/// running.
pub fn caches(site: &Path) -> PathBuf {
    site.join(".plenary")
}

/// Locks a site for this work, such as `import`. The lock is held as long as the returned file is open; the system
/// releases it even if the process is killed.
///
/// # Errors
/// Fails if another process has the lock, or if the lock file cannot be created.
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
                "another {work} of {} is already running; wait until it has finished ({} is locked)",
                site.display(),
                path.display()
            )
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// Returns whether a process has certainly ended; where the system cannot tell, it has not.
pub fn has_ended(process: i32) -> bool {
    #[cfg(unix)]
    return rustix::process::Pid::from_raw(process)
        .is_some_and(|process| rustix::process::test_kill_process(process) == Err(rustix::io::Errno::SRCH));
    #[cfg(not(unix))]
    return process < 0;
}
