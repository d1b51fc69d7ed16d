//! The output folder of a complete build -> the files to hand to a host.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::manifest::{MANIFEST, PARTIAL, Recorded};
use super::{Owner, Refused};

/// A site in its output folder, as a build recorded it.
pub struct Published {
    folder: PathBuf,
    /// The site.
    pub owner: Owner,
    /// The files that the build made: paths relative to the folder, each with its BLAKE3 hash in hexadecimal.
    pub files: BTreeMap<String, String>,
}

impl Published {
    /// Reads what the last build recorded.
    ///
    /// # Errors
    ///
    /// Fails with [`Refused`] if the folder does not hold exactly one whole site, or if it cannot be read.
    pub fn open(folder: &Path) -> anyhow::Result<Published> {
        let shown = folder.display();
        if folder.join(PARTIAL).exists() {
            return Err(Refused(format!("a build of {shown} was interrupted; run `plenary build` again")).into());
        }
        if !folder.join(MANIFEST).exists() {
            return Err(Refused(format!("{shown} holds no built site; run `plenary build` first")).into());
        }
        let recorded = Recorded::read(folder, false)?;
        let owner = recorded.owner.unwrap_or_default();
        Ok(Published { folder: folder.to_owned(), owner, files: recorded.files })
    }

    /// Returns where a file is.
    pub fn path_of(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Reads a file, and makes sure that it is what the build wrote.
    ///
    /// # Errors
    ///
    /// Fails with [`Refused`] if the file was changed since, or if it cannot be read.
    pub fn read(&self, file: &str) -> anyhow::Result<Vec<u8>> {
        let path = self.path_of(file);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if self.files.get(file).is_some_and(|hash| *hash == blake3::hash(&bytes).to_hex().as_str()) {
            return Ok(bytes);
        }
        let path = path.display();
        Err(Refused(format!("{path} is not what the last build wrote; run `plenary build` again")).into())
    }
}
