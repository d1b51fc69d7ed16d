//! The bytes of new files -> files that wait beside the site for their renaming.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::manifest::Manifest;
use crate::disk;

/// New files before they are renamed into place; in the folder, because a rename stays on one file system.
pub(super) const STAGING: &str = ".plenary-staging";

/// The directory of files that are not yet in place. It goes away with this value, however the build ends.
pub(super) struct Staging {
    path: PathBuf,
}

impl Staging {
    /// Makes the directory, and clears away what a killed build left of its own.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Staging> {
        let path = folder.join(STAGING);
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            done => done.with_context(|| format!("cannot remove {}", path.display()))?,
        }
        fs::create_dir(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Staging { path })
    }

    /// Returns where the file of this number waits.
    pub(super) fn file(&self, number: usize) -> PathBuf {
        self.path.join(number.to_string())
    }

    /// Waits until the staged files of these numbers are on the disk.
    pub(super) fn sync(&self, numbers: &[usize]) -> anyhow::Result<()> {
        let files: Vec<PathBuf> = numbers.iter().map(|&number| self.file(number)).collect();
        disk::sync_files(&self.path, &files).with_context(|| format!("cannot write to {}", self.path.display()))
    }

    /// Writes a manifest to the disk and then puts it in its place, so that it is there as a whole or not at all.
    pub(super) fn put_manifest(&self, manifest: &Manifest, to: &Path) -> anyhow::Result<()> {
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
        // What cannot be removed now, the next build removes.
        let _ = fs::remove_dir_all(&self.path);
    }
}
