//! Files -> a folder, such as one that a web server serves.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::record::RECORD;
use super::{Store, inside};
use crate::output::{Published, Refused};

/// Prefix of a file's name while it is being written. Web servers do not serve names that begin with a dot.
const UNFINISHED: &str = ".plenary-unfinished-";

/// A folder.
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// Opens a folder, which is created if necessary. It must neither contain the site or its output nor be inside
    /// them.
    pub(super) fn open(folder: &Path, site: &Path, built: &Published) -> anyhow::Result<Folder> {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let resolve = |path: &Path| path.canonicalize().with_context(|| format!("cannot find {}", path.display()));
        let root = resolve(folder)?;
        let output = resolve(&built.path_of(""))?;
        let overlaps = root.starts_with(&output) || output.starts_with(&root);
        if overlaps || resolve(site)?.starts_with(&root) {
            let root = root.display();
            return Err(Refused(format!("the site cannot be deployed to {root}, which contains it or is in it")).into());
        }
        Ok(Folder { root })
    }

    /// Writes a file under a temporary name next to its final one and then renames it, so that no reader ever gets half
    /// of it.
    fn write(&self, file: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = inside(&self.root, file)?;
        let context = || format!("cannot write {}", path.display());
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).with_context(context)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let unfinished = folder.join(format!("{UNFINISHED}{name}"));
        let written = || -> std::io::Result<()> {
            let mut out = fs::File::create(&unfinished)?;
            out.write_all(bytes)?;
            out.sync_all()?;
            fs::rename(&unfinished, &path)
        };
        written().inspect_err(|_| _ = fs::remove_file(&unfinished)).with_context(context)
    }
}

impl Store for Folder {
    fn record(&mut self) -> anyhow::Result<Option<Vec<u8>>> {
        match fs::read(self.root.join(RECORD)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            bytes => bytes.map(Some).with_context(|| format!("cannot read {}", self.root.join(RECORD).display())),
        }
    }

    fn existing(&mut self, files: &BTreeSet<&str>) -> anyhow::Result<Vec<String>> {
        let is_there = |file: &&&str| self.root.join(file).symlink_metadata().is_ok();
        Ok(files.iter().filter(is_there).map(|file| (*file).to_owned()).collect())
    }

    fn write_record(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.write(RECORD, bytes)
    }

    fn send(&mut self, site: &Published, files: &[&str], sent: &(dyn Fn() + Sync)) -> anyhow::Result<()> {
        for file in files {
            self.write(file, &site.read(file)?)?;
            sent();
        }
        Ok(())
    }

    fn remove(&mut self, files: &[&str]) -> anyhow::Result<()> {
        for file in files {
            let path = inside(&self.root, file)?;
            match fs::remove_file(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                removed => removed.with_context(|| format!("cannot remove {}", path.display()))?,
            }
            // Folders that are now empty are removed as well; for others this fails, as intended.
            for folder in path.ancestors().skip(1).take_while(|folder| *folder != self.root) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &str) -> anyhow::Result<()> {
        Ok(())
    }
}
