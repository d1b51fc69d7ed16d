//! Files -> the published folder: the only writer of the site.
//!
//! Everything is made and compared first, and what differs is staged beside the site; only when all of it is there do
//! renames change what readers see. The manifest says which files are ours, so that nothing else is ever removed.
#![expect(clippy::disallowed_methods, reason = "the only writer of the site")]

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::path::SitePath;

/// What is whole and ours.
const MANIFEST: &str = ".plenary-manifest.json";
/// What may be ours while a build changes the folder, and after it was interrupted.
const PARTIAL: &str = ".plenary-manifest.partial.json";
/// New files before they are renamed into place; in the folder, because a rename stays on one file system.
const STAGING: &str = ".plenary-staging";
/// How the names begin that no file of a site may take.
const RESERVED: &str = ".plenary-";
/// The form of the manifest.
const FORMAT: u32 = 1;

/// Where the site is written to, and how freely.
pub struct Target {
    /// The folder that holds `site.toml`.
    pub site: PathBuf,
    /// The output folder; a symbolic link to it is followed.
    pub folder: PathBuf,
    /// Whether files that are not ours may be written over. They are never removed otherwise.
    pub force: bool,
    /// Whether to write nothing at all and only say what would be written.
    pub dry_run: bool,
}

/// What a build changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is new or changed, in the order of the files.
    pub written: Vec<SitePath>,
    /// Files of an earlier build that are no more, from the output folder, sorted.
    pub removed: Vec<String>,
    /// How many files were as they should be and were not touched.
    pub unchanged: usize,
    /// How many bytes were written.
    pub bytes: u64,
}

/// Makes `folder` hold exactly these files of ours, beside whatever is not ours. The inner errors are those of `bytes`,
/// all of them in the order of the files; then the folder is as it was.
pub fn publish<F: Sync, E: Send>(
    target: &Target,
    files: &[F],
    path: impl Fn(&F) -> &SitePath + Sync,
    bytes: impl Fn(&F) -> Result<Vec<u8>, E> + Sync,
) -> anyhow::Result<Result<Report, Vec<E>>> {
    let _lock = if target.dry_run { None } else { Some(lock(&target.site)?) };
    let folder = permitted(target)?;
    let old = Known::read(&folder, target.force)?;
    let names: Vec<String> = files.iter().map(|file| path(file).file()).collect();
    let plan = Plan::new(&folder, &names, &old.files, target.force)?;
    let staging = if target.dry_run { None } else { Some(Staging::open(&folder)?) };

    let made = (files.par_iter().zip(&names).enumerate())
        .map(|(number, (file, name))| {
            let bytes = match bytes(file) {
                Ok(bytes) => bytes,
                Err(error) => return Ok(Err(error)),
            };
            let changed = plan.differs(name, &bytes)?;
            if let (true, Some(staging)) = (changed, &staging) {
                let staged = staging.file(number);
                fs::write(&staged, &bytes).with_context(|| format!("cannot write {}", staged.display()))?;
            }
            Ok(Ok(Made { hash: blake3::hash(&bytes), bytes: bytes.len() as u64, changed }))
        })
        .collect::<anyhow::Result<Vec<Result<Made, E>>>>()?;
    let (mut whole, mut errors) = (Vec::with_capacity(made.len()), Vec::new());
    for made in made {
        match made {
            Ok(made) => whole.push(made),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }

    let changed: Vec<usize> = (0..whole.len()).filter(|&number| whole[number].changed).collect();
    if let Some(staging) = &staging {
        let files = names.iter().zip(&whole).map(|(name, made)| (name.clone(), made.hash.to_hex().to_string()));
        let new = Manifest { plenary: FORMAT, files: files.collect() };
        if !(changed.is_empty() && plan.gone.is_empty() && old.whole.as_ref() == Some(&new)) {
            plan.carry_out(staging, &changed, &new)?;
        }
    }
    Ok(Ok(Report {
        bytes: changed.iter().map(|&number| whole[number].bytes).sum(),
        unchanged: files.len() - changed.len(),
        written: changed.iter().map(|&number| path(&files[number]).clone()).collect(),
        removed: plan.gone.into_iter().map(str::to_owned).collect(),
    }))
}

/// What is known of a file once its bytes were made and let go.
struct Made {
    hash: blake3::Hash,
    bytes: u64,
    changed: bool,
}

/// Takes the lock that one build at a time holds; the system lets go of it even when a build is killed.
fn lock(site: &Path) -> anyhow::Result<File> {
    let caches = site.join(".plenary");
    fs::create_dir_all(&caches).with_context(|| format!("cannot create {}", caches.display()))?;
    let path = caches.join("build.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!(
                "another build of {} is under way; wait until it has ended ({} is locked)",
                site.display(),
                path.display()
            )
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

/// Returns the real path of the output folder, if a site may be written there at all.
fn permitted(target: &Target) -> anyhow::Result<PathBuf> {
    let (folder, site) = (resolve(&target.folder)?, resolve(&target.site)?);
    if site.starts_with(&folder) {
        bail!("the output folder {} holds the site itself; choose a folder of its own", folder.display());
    }
    for room in ["content", "static", "themes"] {
        let room = resolve(&site.join(room))?;
        if folder.starts_with(&room) || room.starts_with(&folder) {
            bail!("the output folder {} overlaps {}; choose a folder of its own", folder.display(), room.display());
        }
    }
    Ok(folder)
}

/// Returns the path without links and `..`, though its last parts may not be there yet.
fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("cannot resolve {}", path.display()))?;
    for ancestor in path.ancestors() {
        match (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            (Ok(real), Ok(rest)) if rest.as_os_str().is_empty() => return Ok(real),
            (Ok(real), Ok(rest)) if rest.components().all(|part| matches!(part, Component::Normal(_))) => {
                return Ok(real.join(rest));
            }
            (Err(error), _) if error.kind() == ErrorKind::NotFound => {}
            (Err(error), _) => return Err(error).with_context(|| format!("cannot resolve {}", path.display())),
            _ => break,
        }
    }
    bail!("cannot resolve {}", path.display())
}

/// Which files are ours: paths from the output folder, and the BLAKE3 hash of each in hexadecimal.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Manifest {
    plenary: u32,
    files: BTreeMap<String, String>,
}

/// What earlier builds left word of.
struct Known {
    /// Everything that may be ours; only paths that a site can have.
    files: BTreeMap<String, String>,
    /// The manifest, if the last build came to its end.
    whole: Option<Manifest>,
}

impl Known {
    /// Reads what is ours in the folder; a folder that has something in it and nothing of ours is refused.
    fn read(folder: &Path, force: bool) -> anyhow::Result<Known> {
        let manifest = read_manifest(&folder.join(MANIFEST), force)?;
        let partial = read_manifest(&folder.join(PARTIAL), force)?;
        if manifest.is_none() && partial.is_none() && !force && !is_empty(folder)? {
            bail!(
                "{} is not empty and was not written by Plenary; empty it, choose another with --output, or give \
                 --force to write into it",
                folder.display()
            );
        }
        let mut files = BTreeMap::new();
        for (path, hash) in manifest.iter().chain(&partial).flat_map(|manifest| &manifest.files) {
            // Anyone may have written the manifest: what is not the plain form of a site's path is no file of ours.
            if !path.starts_with(RESERVED) && SitePath::parse(path).is_ok_and(|parsed| parsed.file() == *path) {
                files.insert(path.clone(), hash.clone());
            }
        }
        Ok(Known { files, whole: if partial.is_none() { manifest } else { None } })
    }
}

/// Reads a manifest, if there is one. With `force` one that cannot be understood counts as none.
fn read_manifest(path: &Path, force: bool) -> anyhow::Result<Option<Manifest>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
    };
    match serde_json::from_slice::<Manifest>(&bytes) {
        Ok(manifest) if manifest.plenary == FORMAT => Ok(Some(manifest)),
        _ if force => Ok(None),
        Ok(manifest) => bail!(
            "{} has the format {}, which this Plenary does not know; update Plenary, or give --force",
            path.display(),
            manifest.plenary
        ),
        Err(error) => Err(error).with_context(|| {
            format!("{} is damaged; empty the folder, or give --force to write over what is there", path.display())
        }),
    }
}

/// Says whether a folder has nothing in it, or is not there. What is left of a killed build's staging is nothing.
fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    let context = || format!("cannot read the output folder {}", folder.display());
    match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        entries => {
            for entry in entries.with_context(context)? {
                if entry.with_context(context)?.file_name() != STAGING {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

/// What stands on the disk where a directory is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    Directory,
    File,
    /// A symbolic link. It is never followed, not even within the folder: two names for one file would let the removal
    /// of one take the other.
    Link,
}

/// What is to be done in the folder, as far as it can be known before the files are made.
struct Plan<'a> {
    folder: &'a Path,
    names: &'a [String],
    old: &'a BTreeMap<String, String>,
    force: bool,
    /// Every directory of the new files and of those that are gone, parents before what is in them.
    directories: BTreeMap<&'a str, Found>,
    /// The directories that are to be made, parents first.
    missing: Vec<&'a str>,
    /// The directories of the new files.
    wanted: HashSet<&'a str>,
    /// Files of earlier builds that are still there and no longer wanted, sorted.
    gone: Vec<&'a str>,
    /// The folded names of those, for file systems on which a new file may be an old one in other letters.
    folded: HashSet<String>,
}

impl<'a> Plan<'a> {
    /// Looks at every directory once and says what is in the way.
    fn new(
        folder: &'a Path,
        names: &'a [String],
        old: &'a BTreeMap<String, String>,
        force: bool,
    ) -> anyhow::Result<Self> {
        let mut new = HashSet::with_capacity(names.len());
        for name in names {
            if name.to_ascii_lowercase().starts_with(RESERVED) {
                bail!("/{name} cannot be published: Plenary keeps names that begin with `{RESERVED}` for itself");
            }
            if !new.insert(name.as_str()) {
                bail!("/{name} would be written twice");
            }
        }
        let mut gone: Vec<&str> = old.keys().map(String::as_str).filter(|name| !new.contains(name)).collect();
        let wanted: HashSet<&str> = names.iter().flat_map(|name| parents(name)).collect();
        let mut directories: BTreeMap<&str, Found> = BTreeMap::new();
        for directory in gone.iter().flat_map(|name| parents(name)).chain(wanted.iter().copied()) {
            directories.insert(directory, Found::Nothing);
        }
        let mut looked = BTreeMap::new();
        for &directory in directories.keys() {
            let found = match parent(directory).map_or(Found::Directory, |parent| looked[parent]) {
                Found::Directory => look(&folder.join(directory))?,
                Found::Link => Found::Link,
                Found::Nothing | Found::File => Found::Nothing,
            };
            looked.insert(directory, found);
        }
        let directories = looked;
        // What is below a link or already away was not left there by us; a file that became a folder neither.
        let there = |name: &str| parent(name).is_none_or(|parent| directories[parent] == Found::Directory);
        let mut kept = Vec::new();
        for name in gone.drain(..).filter(|name| there(name)) {
            if look(&folder.join(name))? == Found::File {
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
                Found::Directory => {}
                Found::Nothing => missing.push(directory),
                Found::File if gone.binary_search(&directory).is_ok() => missing.push(directory),
                Found::File => bail!(
                    "{} is a file and not from an earlier build, but a folder must be there; move it away",
                    folder.join(directory).display()
                ),
                Found::Link => bail!(
                    "{} is or lies below a symbolic link, and Plenary does not write through those; remove the link",
                    folder.join(directory).display()
                ),
            }
        }
        let folded = gone.iter().map(|name| folded(name)).collect();
        Ok(Plan { folder, names, old, force, directories, missing, wanted, gone, folded })
    }

    /// Says whether the file must be written, and refuses if something of someone else's is in its way.
    fn differs(&self, name: &str, bytes: &[u8]) -> anyhow::Result<bool> {
        if parent(name).is_some_and(|parent| self.directories[parent] != Found::Directory) {
            return Ok(true);
        }
        let path = self.folder.join(name);
        let there = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
            there => there.with_context(|| format!("cannot read {}", path.display()))?,
        };
        if there.is_dir() {
            return self.all_gone(&path).map(|()| true);
        }
        if there.is_file() && there.len() == bytes.len() as u64 {
            let same = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))? == bytes;
            if same {
                return Ok(!self.folded.is_empty() && self.folded.contains(&folded(name)));
            }
        }
        let is_ours = there.is_file() && self.old.contains_key(name);
        // In other letters it may be a file of ours under its old name.
        if !is_ours && !self.force && !self.folded.contains(&folded(name)) {
            bail!("{} is not from an earlier build; move it away, or give --force to write over it", path.display());
        }
        Ok(true)
    }

    /// Makes sure that a folder where a file must be holds nothing but what goes away.
    fn all_gone(&self, directory: &Path) -> anyhow::Result<()> {
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

    /// Changes the folder. Until the end the manifest says that it is not whole, and names old and new, so that a build
    /// that is killed here leaves nothing that the next one does not know as ours.
    fn carry_out(&self, staging: &Staging, changed: &[usize], new: &Manifest) -> anyhow::Result<()> {
        let (manifest, partial) = (self.folder.join(MANIFEST), self.folder.join(PARTIAL));
        let all = self.old.iter().chain(&new.files).map(|(path, hash)| (path.clone(), hash.clone())).collect();
        staging.put_manifest(&Manifest { plenary: FORMAT, files: all }, &partial)?;
        remove_file(&manifest)?;

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
            // Where letters' case does not count, `Topics/` may have been emptied, removed and be wanted as `topics/`.
            if let (Err(ErrorKind::NotFound), Some(parent)) = (done.as_ref().map_err(|error| error.kind()), to.parent())
            {
                done = fs::create_dir_all(parent).and_then(|()| fs::rename(&from, &to));
            }
            done.with_context(|| format!("cannot write {}", to.display()))
        })?;
        self.remove(&last)?;

        staging.put_manifest(new, &manifest)?;
        remove_file(&partial)
    }

    /// Removes files of ours and the directories that this leaves empty.
    fn remove(&self, names: &[&str]) -> anyhow::Result<()> {
        names.par_iter().try_for_each(|name| remove_file(&self.folder.join(name)))?;
        let mut left: Vec<&str> = names.iter().flat_map(|name| parents(name)).collect();
        left.sort_unstable();
        left.dedup();
        for directory in left.iter().rev().filter(|directory| !self.wanted.contains(*directory)) {
            // It fails where something of someone else's is in it, which is as it should be.
            let _ = fs::remove_dir(self.folder.join(directory));
        }
        Ok(())
    }
}

/// Returns the directory that `name` lies in, unless that is the output folder.
fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('/').map(|(parent, _)| parent)
}

/// Returns the directories that `name` lies in, from the innermost outwards.
fn parents(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(parent(name), |name| parent(name))
}

/// Returns the form under which two names of files are one on some file system.
fn folded(name: &str) -> String {
    SitePath::parse(name).map_or_else(|_| name.to_owned(), |path| path.folded())
}

/// Says what is there, links not followed; what is neither directory nor link is a file.
fn look(path: &Path) -> anyhow::Result<Found> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => Ok(Found::Directory),
        Ok(there) if there.is_symlink() => Ok(Found::Link),
        Ok(_) => Ok(Found::File),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Removes a file, if it is there.
fn remove_file(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done.with_context(|| format!("cannot remove {}", path.display())),
    }
}

/// The directory of files that are not yet in place. It goes away with this value, however the build ends, and with it
/// the folders that were made for it, if nothing came to be in them.
struct Staging {
    path: PathBuf,
    /// The output folder and those above it that were not there, innermost first.
    made: Vec<PathBuf>,
}

impl Staging {
    /// Makes the directory, and clears away what a killed build left of its own.
    fn open(folder: &Path) -> anyhow::Result<Staging> {
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
    fn file(&self, number: usize) -> PathBuf {
        self.path.join(number.to_string())
    }

    /// Writes a manifest to the disk and then puts it in its place, so that it is there as a whole or not at all.
    fn put_manifest(&self, manifest: &Manifest, to: &Path) -> anyhow::Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    type Files<'a> = &'a [(&'a str, &'a str)];

    fn site() -> (tempfile::TempDir, Target) {
        let site = tempfile::tempdir().unwrap();
        fs::create_dir(site.path().join("content")).unwrap();
        let folder = site.path().join("public");
        let target = Target { site: site.path().to_owned(), folder, force: false, dry_run: false };
        (site, target)
    }

    /// Publishes these; a file whose text is `fail` fails.
    fn publish(target: &Target, files: Files) -> anyhow::Result<Result<Report, Vec<String>>> {
        let files: Vec<(SitePath, &str)> =
            files.iter().map(|(path, text)| (SitePath::parse(path).unwrap(), *text)).collect();
        super::publish(
            target,
            &files,
            |file| &file.0,
            |(path, text)| if *text == "fail" { Err(path.url()) } else { Ok(text.as_bytes().to_vec()) },
        )
    }

    fn built(target: &Target, files: Files) -> Report {
        publish(target, files).unwrap().unwrap()
    }

    fn refused(target: &Target, files: Files) -> String {
        format!("{:#}", publish(target, files).unwrap_err())
    }

    /// Every file and directory below a folder with its bytes and the time of its last change.
    fn all(folder: &Path) -> BTreeMap<PathBuf, (Option<Vec<u8>>, Option<std::time::SystemTime>)> {
        let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
        let entry = |entry: walkdir::DirEntry| {
            let is_file = entry.file_type().is_file();
            let bytes = is_file.then(|| fs::read(entry.path()).unwrap());
            let modified = is_file.then(|| entry.metadata().unwrap().modified().unwrap());
            (entry.into_path(), (bytes, modified))
        };
        entries.map(entry).collect()
    }

    fn names(target: &Target) -> Vec<String> {
        let name = |path: &PathBuf| path.strip_prefix(&target.folder).unwrap().to_str().unwrap().to_owned();
        all(&target.folder).keys().map(name).collect()
    }

    #[test]
    fn what_is_unchanged_is_not_touched() {
        let (_site, target) = site();
        let report = built(&target, &[("", "home"), ("a/", "a"), ("a/b/c.xml", "c")]);
        assert_eq!((report.written.len(), report.bytes, report.unchanged), (3, 6, 0));
        let before = all(&target.folder);
        assert_eq!(built(&target, &[("", "home"), ("a/", "a"), ("a/b/c.xml", "c")]).unchanged, 3);
        assert_eq!(all(&target.folder), before);
        let report = built(&target, &[("", "home"), ("a/", "x"), ("a/b/c.xml", "c")]);
        assert_eq!(report.written, [SitePath::parse("a/").unwrap()]);
        let after = all(&target.folder);
        for same in ["index.html", "a/b/c.xml"] {
            assert_eq!(after[&target.folder.join(same)], before[&target.folder.join(same)]);
        }
        assert_eq!(names(&target), [MANIFEST, "a", "a/b", "a/b/c.xml", "a/index.html", "index.html"]);
    }

    #[test]
    fn the_manifest_is_sorted_and_the_same_whatever_the_order() {
        let (_one, first) = site();
        let (_two, second) = site();
        built(&first, &[("b", "2"), ("a", "1")]);
        built(&second, &[("a", "1"), ("b", "2")]);
        let read = |target: &Target| fs::read_to_string(target.folder.join(MANIFEST)).unwrap();
        assert_eq!(read(&first), read(&second));
        let (a, b) = (blake3::hash(b"1").to_hex(), blake3::hash(b"2").to_hex());
        assert_eq!(
            read(&first),
            format!("{{\n  \"plenary\": 1,\n  \"files\": {{\n    \"a\": \"{a}\",\n    \"b\": \"{b}\"\n  }}\n}}\n")
        );
    }

    #[test]
    fn a_folder_of_someone_else_is_refused_unless_forced() {
        let (_site, mut target) = site();
        fs::create_dir(&target.folder).unwrap();
        fs::write(target.folder.join("index.html"), "theirs").unwrap();
        fs::write(target.folder.join("thesis.doc"), "theirs").unwrap();
        let before = all(&target.folder);
        assert!(refused(&target, &[("", "ours")]).contains("--force"));
        assert_eq!(all(&target.folder), before);
        target.force = true;
        built(&target, &[("", "ours")]);
        target.force = false;
        assert!(refused(&target, &[("", "ours"), ("thesis.doc", "ours")]).contains("not from an earlier build"));
        assert_eq!(built(&target, &[("a", "ours")]).removed, ["index.html"]);
        assert_eq!(names(&target), [MANIFEST, "a", "thesis.doc"]);
    }

    #[test]
    fn the_site_and_its_sources_are_never_the_output() {
        let (site, mut target) = site();
        target.force = true;
        let above = site.path().parent().unwrap();
        for bad in [
            site.path(),
            above,
            &site.path().join("content/x"),
            &site.path().join("x/../content"),
            &site.path().join("themes"),
        ] {
            target.folder = bad.to_owned();
            refused(&target, &[("", "ours")]);
            assert!(!bad.join("index.html").exists());
        }
    }

    #[test]
    fn only_ours_is_removed_and_folders_that_this_leaves_empty() {
        let (_site, target) = site();
        built(&target, &[("a/b/x", "x"), ("a/c/y", "y"), ("d/", "d")]);
        fs::write(target.folder.join("a/c/theirs"), "theirs").unwrap();
        assert_eq!(built(&target, &[("d/", "d")]).removed, ["a/b/x", "a/c/y"]);
        assert_eq!(names(&target), [MANIFEST, "a", "a/c", "a/c/theirs", "d", "d/index.html"]);
    }

    #[test]
    fn a_failed_build_leaves_everything_as_it_was() {
        let (_site, target) = site();
        let bad: Files = &[("z", "fail"), ("a", "new"), ("b", "fail")];
        assert_eq!(publish(&target, bad).unwrap().unwrap_err(), ["/z", "/b"]);
        assert!(!target.folder.exists());
        built(&target, &[("a", "old"), ("gone", "old")]);
        let before = all(&target.folder);
        assert_eq!(publish(&target, bad).unwrap().unwrap_err(), ["/z", "/b"]);
        assert_eq!(all(&target.folder), before);
    }

    #[test]
    fn a_file_becomes_a_folder_and_a_folder_a_file() {
        let (_site, target) = site();
        built(&target, &[("a", "file"), ("b/c/d", "file")]);
        built(&target, &[("a/c/d", "file"), ("b", "file")]);
        assert_eq!(names(&target), [MANIFEST, "a", "a/c", "a/c/d", "b"]);
        fs::write(target.folder.join("a/theirs"), "theirs").unwrap();
        fs::write(target.folder.join("x"), "theirs").unwrap();
        let before = all(&target.folder);
        assert!(refused(&target, &[("a", "file")]).contains("theirs is not from an earlier build"));
        assert!(refused(&target, &[("x/", "page")]).contains("a folder must be there"));
        assert!(refused(&target, &[("y/", "page"), ("y", "file")]).contains("both a file and a folder"));
        assert!(refused(&target, &[("y", "1"), ("y", "2")]).contains("twice"));
        assert!(refused(&target, &[(MANIFEST, "{}")]).contains("cannot be published"));
        assert_eq!(all(&target.folder), before);
    }

    #[test]
    fn a_manifest_that_names_what_is_outside_removes_nothing_there() {
        let (site, target) = site();
        fs::create_dir(&target.folder).unwrap();
        let outside = site.path().join("x");
        fs::write(&outside, "theirs").unwrap();
        let manifest =
            serde_json::json!({"plenary": 1, "files": {"../x": "", outside.to_str().unwrap(): "", "a/../../x": ""}});
        fs::write(target.folder.join(MANIFEST), manifest.to_string()).unwrap();
        assert!(built(&target, &[("a", "a")]).removed.is_empty());
        assert!(outside.exists());
        assert_eq!(names(&target), [MANIFEST, "a"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_neither_written_nor_removed_through() {
        let (site, target) = site();
        built(&target, &[("a/x", "x"), ("b", "b")]);
        let outside = site.path().join("outside");
        fs::rename(target.folder.join("a"), &outside).unwrap();
        std::os::unix::fs::symlink(&outside, target.folder.join("a")).unwrap();
        assert!(refused(&target, &[("a/x", "y"), ("b", "b")]).contains("symbolic link"));
        assert!(built(&target, &[("b", "b")]).removed.is_empty());
        assert_eq!(fs::read(outside.join("x")).unwrap(), b"x");
    }

    #[test]
    fn a_second_build_at_once_is_refused() {
        let (site, target) = site();
        let held = lock(site.path()).unwrap();
        assert!(refused(&target, &[("", "home")]).contains("another build"));
        drop(held);
        built(&target, &[("", "home")]);
    }

    #[test]
    fn a_dry_run_writes_nothing_and_says_what_would_be() {
        let (site, mut target) = site();
        target.dry_run = true;
        assert_eq!(built(&target, &[("", "home")]).written, [SitePath::home()]);
        assert_eq!(all(site.path()).len(), 1);
        target.dry_run = false;
        built(&target, &[("", "home"), ("a/b", "b"), ("c", "c")]);
        let before = all(site.path());
        target.dry_run = true;
        let next: Files = &[("", "new"), ("a", "a"), ("c", "c")];
        let would = built(&target, next);
        assert_eq!(all(site.path()), before);
        target.dry_run = false;
        assert_eq!(built(&target, next), would);
    }

    #[test]
    fn what_a_killed_build_left_is_known_as_ours() {
        let (_site, target) = site();
        built(&target, &[("a", "a"), ("b", "b")]);
        fs::rename(target.folder.join(MANIFEST), target.folder.join(PARTIAL)).unwrap();
        fs::create_dir(target.folder.join(STAGING)).unwrap();
        fs::write(target.folder.join(STAGING).join("0"), "half").unwrap();
        assert_eq!(built(&target, &[("a", "a")]).removed, ["b"]);
        assert_eq!(names(&target), [MANIFEST, "a"]);
    }
}
