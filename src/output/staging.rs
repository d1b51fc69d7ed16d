//! The bytes of new files -> staged files that wait to be renamed into place.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Serialize;

use crate::disk;

/// The folder of staged files. It is inside the output folder, because a rename cannot cross file systems.
pub(super) const STAGING: &str = ".plenary-staging";

/// The directory of staged files. Dropping this value removes it, however the build ends.
pub(super) struct Staging {
    path: PathBuf,
}

impl Staging {
    /// Creates the directory, after removing one that a killed build left behind.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Staging> {
        let path = folder.join(STAGING);
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            done => done.with_context(|| format!("cannot remove {}", path.display()))?,
        }
        fs::create_dir(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Staging { path })
    }

    /// Returns the path of the staged file with this number.
    pub(super) fn file(&self, number: usize) -> PathBuf {
        self.path.join(number.to_string())
    }

    /// Waits until the staged files with these numbers are on disk.
    pub(super) fn sync(&self, numbers: &[usize]) -> anyhow::Result<()> {
        let files: Vec<PathBuf> = numbers.iter().map(|&number| self.file(number)).collect();
        disk::sync_files(&self.path, &files).with_context(|| format!("cannot write to {}", self.path.display()))
    }

    /// Writes a manifest to disk as JSON and then renames it into place, so that it is there completely or not at all.
    pub(super) fn put_manifest(&self, manifest: &impl Serialize, to: &Path) -> anyhow::Result<()> {
        let context = || format!("cannot write {}", to.display());
        let mut bytes = serde_json::to_vec_pretty(manifest).with_context(context)?;
        bytes.push(b'\n');
        let from = self.path.join("manifest");
        let mut file = File::create(&from).with_context(context)?;
        file.write_all(&bytes).and_then(|()| file.sync_data()).with_context(context)?;
        fs::rename(&from, to).with_context(context)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // If this fails, the next build removes it.
        let _ = fs::remove_dir_all(&self.path);
    }
}
