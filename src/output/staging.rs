//! The bytes of new files -> files that wait beside the site for their renaming.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::manifest::Manifest;

/// New files before they are renamed into place; in the folder, because a rename stays on one file system.
pub(super) const STAGING: &str = ".plenary-staging";

/// The directory of files that are not yet in place. It goes away with this value, however the build ends, and with it
/// the folders that were made for it, if nothing came to be in them.
pub(super) struct Staging {
    path: PathBuf,
    /// The output folder and those above it that were not there, innermost first.
    made: Vec<PathBuf>,
}

impl Staging {
    /// Makes the directory, and clears away what a killed build left of its own.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Staging> {
        let path = folder.join(STAGING);
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            done => done.with_context(|| format!("cannot remove {}", path.display()))?,
        }
        let made = folder.ancestors().take_while(|path| !path.exists()).map(Path::to_owned).collect();
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Staging { path, made })
    }

    /// Returns where the file of this number waits.
    pub(super) fn file(&self, number: usize) -> PathBuf {
        self.path.join(number.to_string())
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
        for folder in &self.made {
            let _ = fs::remove_dir(folder);
        }
    }
}
