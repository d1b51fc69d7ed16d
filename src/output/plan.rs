//! New files and those of earlier builds -> the changes to make in the folder, and making them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;

use super::manifest::{FORMAT, MANIFEST, Manifest, PARTIAL};
use super::staging::Staging;
use super::{RESERVED, folders};
use crate::disk;
use crate::path::SitePath;

/// Returns the hash and the bytes of a regular file if the hash is this one.
pub(super) fn hashed(path: &Path, hash: &str) -> Option<(blake3::Hash, Vec<u8>)> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let bytes = if is_file { fs::read(path).ok()? } else { return None };
    let found = blake3::hash(&bytes);
    (found.to_hex().as_str() == hash).then_some((found, bytes))
}

/// What is on disk at the path of a directory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnDisk {
    Nothing,
    Directory,
    File,
    /// A symbolic link. It is never followed, not even within the folder, because a file with two names would vanish
    /// when one of them is removed.
    Link,
}

/// The changes to make in the folder, as far as they are known before the files are made.
pub(super) struct Plan<'a> {
    folder: &'a Path,
    names: &'a [String],
    old: &'a BTreeMap<String, String>,
    force: bool,
    /// Every directory of new files and of removed ones, parents first.
    directories: BTreeMap<&'a str, OnDisk>,
    /// The directories to create, parents first.
    missing: Vec<&'a str>,
    /// The directories of the new files.
    wanted: HashSet<&'a str>,
    /// Files of earlier builds that still exist but are no longer wanted, sorted.
    pub(super) gone: Vec<&'a str>,
    /// Their folded names, for file systems that ignore case: there `a.html` and `A.html` are the same file.
    folded: HashSet<String>,
}

impl<'a> Plan<'a> {
    /// Examines every directory once, and fails if something is in the way.
    pub(super) fn new(
        folder: &'a Path,
        names: &'a [String],
        old: &'a BTreeMap<String, String>,
        force: bool,
    ) -> anyhow::Result<Self> {
        let mut new = HashSet::with_capacity(names.len());
        for name in names {
            if name.to_ascii_lowercase().starts_with(RESERVED) {
                bail!("/{name} cannot be published: names that start with `{RESERVED}` are reserved for Plenary");
            }
            if !new.insert(name.as_str()) {
                bail!("/{name} would be written twice");
            }
        }
        let mut gone: Vec<&str> = old.keys().map(String::as_str).filter(|name| !new.contains(name)).collect();
        let wanted: HashSet<&str> = names.iter().flat_map(|name| parents(name)).collect();
        let mut directories: BTreeMap<&str, OnDisk> = BTreeMap::new();
        for directory in gone.iter().flat_map(|name| parents(name)).chain(wanted.iter().copied()) {
            directories.insert(directory, OnDisk::Nothing);
        }
        let mut looked = BTreeMap::new();
        for &directory in directories.keys() {
            let found = match parent(directory).map_or(OnDisk::Directory, |parent| looked[parent]) {
                OnDisk::Directory => look(&folder.join(directory))?,
                OnDisk::Link => OnDisk::Link,
                OnDisk::Nothing | OnDisk::File => OnDisk::Nothing,
            };
            looked.insert(directory, found);
        }
        let directories = looked;
        // A file below a link, or one that has become a folder, is no longer the one that Plenary wrote.
        let exists = |name: &str| parent(name).is_none_or(|parent| directories[parent] == OnDisk::Directory);
        let mut kept = Vec::new();
        for name in gone.drain(..).filter(|name| exists(name)) {
            if look(&folder.join(name))? == OnDisk::File {
                kept.push(name);
            }
        }
        let gone = kept;

        let mut missing = Vec::new();
        for (&directory, found) in directories.iter().filter(|(directory, _)| wanted.contains(*directory)) {
            if new.contains(directory) {
                bail!("/{directory} would be both a file and a folder");
            }
            match found {
                OnDisk::Directory => {}
                OnDisk::Nothing => missing.push(directory),
                OnDisk::File if gone.binary_search(&directory).is_ok() => missing.push(directory),
                OnDisk::File => bail!(
                    "{} is a file that is not from an earlier build, but a folder is needed there; move it away",
                    folder.join(directory).display()
                ),
                OnDisk::Link => bail!(
                    "{} is, or is below, a symbolic link, and Plenary does not write through links; remove the link",
                    folder.join(directory).display()
                ),
            }
        }
        let folded = gone.iter().map(|name| folded(name)).collect();
        Ok(Plan { folder, names, old, force, directories, missing, wanted, gone, folded })
    }

    /// Returns the hash and the bytes of a file that is exactly as the last build recorded it; `None` if it is not, or
    /// if that is unclear.
    pub(super) fn still_there(&self, name: &str) -> Option<(blake3::Hash, Vec<u8>)> {
        let is_reached = parent(name).is_none_or(|parent| self.directories.get(parent) == Some(&OnDisk::Directory));
        // On a file system that ignores case, what has the name may be a file that is removed.
        let is_other = || !self.folded.is_empty() && self.folded.contains(&folded(name));
        let hash = self.old.get(name).filter(|_| is_reached && !is_other())?;
        hashed(&self.folder.join(name), hash)
    }

    /// Returns whether the file must be written. Fails if something that Plenary did not write is in its way.
    pub(super) fn differs(&self, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        if parent(name).is_some_and(|parent| self.directories[parent] != OnDisk::Directory) {
            return Ok(true);
        }
        let path = self.folder.join(name);
        let current = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
            metadata => metadata.with_context(|| format!("cannot read {}", path.display()))?,
        };
        if current.is_dir() {
            return self.check_replaced_folder(&path).map(|()| true);
        }
        if current.is_file() && current.len() == bytes.len() as u64 {
            let same = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))? == bytes;
            if same {
                return Ok(!self.folded.is_empty() && self.folded.contains(&folded(name)));
            }
        }
        let is_ours = current.is_file() && self.old.contains_key(name);
        // On a file system that ignores case, it may be Plenary's own file under its old name.
        if !is_ours && !self.force && !self.folded.contains(&folded(name)) {
            bail!("{} is not from an earlier build; move it away, or use --force to overwrite it", path.display());
        }
        Ok(true)
    }

    /// Checks, before anything is changed, that every folder to be changed is writable, so that a build does not stop
    /// halfway.
    pub(super) fn check_folders(&self, changed: &[usize]) -> anyhow::Result<()> {
        let names = self.touched(changed);
        let exists = |directory: &&str| self.directories.get(*directory) == Some(&OnDisk::Directory);
        // A new folder is created in the innermost one that already exists.
        let touched: BTreeSet<&str> = names.filter_map(|name| parents(name).find(exists)).collect();
        touched.iter().try_for_each(|directory| folders::check(self.folder, &self.folder.join(directory)))
    }

    /// Returns the names of the files to write or remove.
    fn touched(&self, changed: &[usize]) -> impl Iterator<Item = &str> {
        changed.iter().map(|&number| self.names[number].as_str()).chain(self.gone.iter().copied())
    }

    /// Checks that a folder to be replaced by a file contains only files that are removed.
    fn check_replaced_folder(&self, directory: &Path) -> anyhow::Result<()> {
        for entry in walkdir::WalkDir::new(directory) {
            let entry = entry.with_context(|| format!("cannot read {}", directory.display()))?;
            let name =
                entry.path().strip_prefix(self.folder).ok().and_then(Path::to_str).map(|name| name.replace('\\', "/"));
            let goes = name.is_some_and(|name| match entry.file_type().is_dir() {
                true => self.directories.contains_key(name.as_str()),
                false => self.gone.binary_search(&name.as_str()).is_ok(),
            });
            if !goes {
                bail!(
                    "{} must become a file, but {} is not from an earlier build; move it away",
                    directory.display(),
                    entry.path().display()
                );
            }
        }
        Ok(())
    }

    /// Changes the folder. Until the end, a partial manifest lists old and new files, so that if this build is killed,
    /// the next one knows every file as Plenary's. Each step is on disk before the next begins, so this holds even
    /// after a loss of power.
    pub(super) fn carry_out(&self, staging: &Staging, changed: &[usize], new: &Manifest) -> anyhow::Result<()> {
        let (manifest, partial) = (self.folder.join(MANIFEST), self.folder.join(PARTIAL));
        let all = self.old.iter().chain(&new.files).map(|(path, hash)| (path.clone(), hash.clone())).collect();
        staging.sync(changed)?;
        staging.put_manifest(&Manifest { plenary: FORMAT, owner: new.owner.clone(), files: all }, &partial)?;
        remove_file(&manifest)?;
        self.sync(&BTreeSet::from([self.folder.to_owned()]))?;

        // Old files that block a new one (a file where a folder is needed, or the same name in another case) are
        // removed first, all others last, so that readers find a page for as long as possible.
        let names: HashSet<&str> = self.names.iter().map(String::as_str).collect();
        let renamed: HashSet<String> = match self.folded.is_empty() {
            true => HashSet::new(),
            false => self.names.iter().map(|name| folded(name)).collect(),
        };
        let is_in_the_way = |name: &&str| {
            self.wanted.contains(name)
                || parents(name).any(|parent| names.contains(parent))
                || renamed.contains(&folded(name))
        };
        let (first, last): (Vec<&str>, Vec<&str>) = self.gone.iter().copied().partition(is_in_the_way);
        self.remove(&first)?;
        for directory in &self.missing {
            let path = self.folder.join(directory);
            match fs::create_dir(&path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
                done => done.with_context(|| format!("cannot create {}", path.display()))?,
            }
        }
        changed.par_iter().try_for_each(|&number| {
            let (from, to) = (staging.file(number), self.folder.join(&self.names[number]));
            let mut done = fs::rename(&from, &to);
            // On a file system that ignores case, `Topics/` may just have been removed although `topics/` is needed.
            if let (Err(ErrorKind::NotFound), Some(parent)) = (done.as_ref().map_err(|error| error.kind()), to.parent())
            {
                done = fs::create_dir_all(parent).and_then(|()| fs::rename(&from, &to));
            }
            done.with_context(|| format!("cannot write {}", to.display()))
        })?;
        self.remove(&last)?;

        let parents = self.touched(changed).flat_map(parents).map(|parent| self.folder.join(parent));
        self.sync(&parents.filter(|parent| parent.is_dir()).chain([self.folder.to_owned()]).collect())?;
        staging.put_manifest(new, &manifest)?;
        remove_file(&partial)
    }

    /// Waits until the entries of these folders are on disk.
    fn sync(&self, folders: &BTreeSet<PathBuf>) -> anyhow::Result<()> {
        let folders: Vec<&PathBuf> = folders.iter().collect();
        disk::sync_folders(self.folder, &folders).with_context(|| format!("cannot write to {}", self.folder.display()))
    }

    /// Removes files, and directories that are empty afterwards.
    fn remove(&self, names: &[&str]) -> anyhow::Result<()> {
        names.par_iter().try_for_each(|name| remove_file(&self.folder.join(name)))?;
        // Not only directories of the files just removed: a killed build may have left empty ones.
        let left = self.directories.iter().rev().filter(|(_, found)| **found == OnDisk::Directory);
        for (directory, _) in left.filter(|(directory, _)| !self.wanted.contains(*directory)) {
            // This fails, as it should, if the directory contains files that Plenary did not write.
            let _ = fs::remove_dir(self.folder.join(directory));
        }
        Ok(())
    }
}

/// Returns the directory of `name`, unless that is the output folder.
fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(parent, _)| parent)
}

/// Returns the directories above `name`, innermost first.
pub(super) fn parents(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(name), |name| parent(name))
}

/// Returns a form that is equal for two names if some file system treats them as one.
fn folded(name: &str) -> String {
    SitePath::parse(name).map_or_else(|_| name.to_owned(), |path| path.folded())
}

/// Returns what is at a path, without following links. Anything other than a directory or link counts as a file.
fn look(path: &Path) -> anyhow::Result<OnDisk> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(OnDisk::Directory),
        Ok(metadata) if metadata.is_symlink() => Ok(OnDisk::Link),
        Ok(_) => Ok(OnDisk::File),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(OnDisk::Nothing),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Removes a file, if it exists.
fn remove_file(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done.with_context(|| format!("cannot remove {}", path.display())),
    }
}
