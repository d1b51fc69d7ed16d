//! The site's folder on disk -> a list of sources: their paths, stamps of their state, and access to their bytes.
#![expect(clippy::disallowed_methods, reason = "the one room that reads sources")]

mod git;
pub mod log;
mod seen;
mod settled;
#[cfg(test)]
mod tests;

pub use settled::read_settled;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::path::composed;
use crate::stamp::Stamp;
use log::Log;
use seen::FileState;

/// The folders that make up a site, in addition to site.toml.
pub const FOLDERS: [&str; 5] = ["content", "static", "themes", "words", "locks"];

/// A file of the site's folder.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path relative to the site's folder, separated by `/`: `content/statements/2021/a.md`. In Unicode normalization
    /// form C, whatever the form of the name on disk.
    pub path: Arc<str>,
    /// Changes whenever the bytes do, and sometimes when they do not (after a `touch`): decides whether to read again.
    pub stamp: Stamp,
    bytes: Bytes,
}

#[derive(Clone, Debug)]
enum Bytes {
    /// A file, and its state when it was scanned.
    Disk(Arc<Path>, FileState),
    Memory(Arc<[u8]>),
}

impl Source {
    /// Creates a source in memory, for tests and built-in files.
    pub fn in_memory(path: &str, bytes: impl Into<Arc<[u8]>>) -> Source {
        let bytes = bytes.into();
        Source { path: composed(path).into(), stamp: Stamp::of_bytes(&bytes), bytes: Bytes::Memory(bytes) }
    }

    /// Reads the bytes as a consistent whole.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or another program keeps writing to it.
    pub fn load(&self) -> std::io::Result<Cow<'_, [u8]>> {
        match &self.bytes {
            Bytes::Disk(file, _) => seen::read(file).map(Cow::Owned),
            Bytes::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
        }
    }

    /// Returns its size in bytes; for a file on disk, its size when it was scanned.
    pub fn size(&self) -> u64 {
        match &self.bytes {
            Bytes::Disk(_, state) => state.size,
            Bytes::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Returns the file on disk, if it is on disk.
    pub fn file(&self) -> Option<&Path> {
        match &self.bytes {
            Bytes::Disk(file, _) => Some(file),
            Bytes::Memory(_) => None,
        }
    }

    /// Returns the diagnostic for a failure to read the bytes.
    pub fn unreadable(&self, error: &std::io::Error) -> Diagnostic {
        Diagnostic::new(Code::UnreadableFile, Place::file(&self.path), format!("the file cannot be read: {error}"))
            .help("check that it still exists and that you may read it")
    }
}

/// All files of a site, each list sorted by path. Everything that a build reads is in here, and so the preview compares
/// it; a new list must be added to [`Sources::all`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// site.toml, if there is one.
    pub config: Option<Source>,
    /// Below `content/`: Markdown and the files next to it.
    pub content: Vec<Source>,
    /// Below `static/`.
    pub statics: Vec<Source>,
    /// Below `themes/`, all themes.
    pub themes: Vec<Source>,
    /// Below `words/`: the site's own words of the interface.
    pub words: Vec<Source>,
    /// Below `locks/`: the kept numbers of paragraphs.
    pub locks: Vec<Source>,
    /// What git knows of the texts; `None` unless site.toml asks for it.
    pub log: Option<Arc<Log>>,
    /// Problems of the scan, such as unreadable names and links that are not followed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Creates the sources of a site in memory, from paths and their bytes.
    pub fn from_map(files: &BTreeMap<String, Vec<u8>>) -> Sources {
        let mut sources = Sources::default();
        for (path, bytes) in files {
            sources.add(Source::in_memory(path, bytes.as_slice()));
        }
        sources.unify_names();
        sources
    }

    /// Returns every file that a build reads.
    pub fn all(&self) -> impl Iterator<Item = &Source> {
        let Sources { config, content, statics, themes, words, locks, log: _, diagnostics: _ } = self;
        config.iter().chain(content).chain(statics).chain(themes).chain(words).chain(locks)
    }

    /// Returns whether two scans found the same. A stamp may change although the bytes did not; the cost is merely a
    /// build that changes nothing.
    pub fn is_same(&self, other: &Sources) -> bool {
        let file = |source: &Source| (source.stamp, Arc::clone(&source.path));
        let log = |sources: &Sources| sources.log.as_ref().map(|log| log.stamp());
        self.all().map(file).eq(other.all().map(file))
            && self.diagnostics == other.diagnostics
            && log(self) == log(other)
    }

    /// Reads every file and stamps it by its bytes alone, so that stamps mean the same in every process that has the
    /// same files. Returns the stamp of everything that a build reads; `None` if a file cannot be read.
    pub fn stamp_by_content(&mut self) -> Option<Stamp> {
        let Sources { config, content, statics, themes, words, locks, log, diagnostics } = self;
        let lists = [content, statics, themes, words, locks];
        let mut files: Vec<&mut Source> = config.iter_mut().chain(lists.into_iter().flatten()).collect();
        let stamped = files.par_iter_mut().try_for_each(|source| {
            source.stamp = Stamp::of_bytes(&source.load()?);
            std::io::Result::Ok(())
        });
        stamped.ok()?;
        let files: Vec<(&str, Stamp)> = files.iter().map(|source| (&*source.path, source.stamp)).collect();
        let log = log.as_ref().map(|log| log.stamp());
        Some(Stamp::of(&(files, diagnostics, log)))
    }

    /// Walks the site's folder. Only directory entries and metadata are read now; bytes are read on demand. The log is
    /// read if site.toml asks for it.
    pub fn scan(root: &Path) -> Sources {
        Sources::scan_after(root, None)
    }

    /// Walks the site's folder like [`Sources::scan`], and keeps the log of `before` if no commit was added.
    pub fn scan_after(root: &Path, before: Option<&Sources>) -> Sources {
        let mut sources = Sources::scan_files(root);
        sources.read_log(root, before.and_then(|before| before.log.as_ref()));
        sources
    }

    /// Walks the site's folder without the log.
    fn scan_files(root: &Path) -> Sources {
        let mut sources = Sources::default();
        let now = SystemTime::now();
        let config = root.join(config::FILE);
        if let Ok(metadata) = config.metadata() {
            sources.config = Some(on_disk(config::FILE.into(), config, &metadata, now, Look::InPassing));
        }
        for folder in FOLDERS {
            sources.walk(root, folder, now);
        }
        sources.unify_names();
        // Without this error, an empty site would replace everything that is published.
        if !root.join("content").is_dir() {
            let place = Place::file(&"content".into());
            let message = "there is no folder `content`, which contains all texts of the site";
            let help = "create it, or start a site with `plenary init`";
            sources.diagnostics.push(Diagnostic::new(Code::UnreadableFile, place, message).help(help));
        }
        sources
    }

    fn walk(&mut self, root: &Path, folder: &str, now: SystemTime) {
        let top = root.join(folder);
        if !top.exists() {
            if top.is_symlink() {
                let message = format!("the folder `{folder}` is a broken symbolic link");
                let problem = Diagnostic::new(Code::UnreadableFile, Place::file(&folder.into()), message);
                self.diagnostics.push(problem.help("create the folder that it points to, or remove the link"));
            }
            return;
        }
        let entries = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().filter_entry(|entry| {
            entry.depth() == 0 || entry.file_name().to_str().is_none_or(|name| !is_ignored(name, folder == "static"))
        });
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map_or(folder.into(), |path| relative(root, path));
                    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    let message = format!("the folder or file cannot be read: {reason}");
                    let help = "check its permissions; nothing below it is in the site";
                    self.diagnostics
                        .push(Diagnostic::new(Code::UnreadableFile, Place::file(&path.into()), message).help(help));
                    continue;
                }
            };
            if entry.depth() == 0 || entry.file_type().is_dir() {
                continue;
            }
            let path: Arc<str> = composed(&relative(root, entry.path())).into();
            if entry.path().strip_prefix(root).is_ok_and(|path| path.to_str().is_none()) {
                let message = "the name of this file is not UTF-8, so it cannot have a URL";
                self.diagnostics.push(
                    Diagnostic::new(Code::NameNotUtf8, Place::file(&path), message)
                        .help("rename the file with plain letters"),
                );
            } else if entry.file_type().is_symlink() {
                let message = "symbolic links are not followed, so its target is not in the site";
                self.diagnostics.push(
                    Diagnostic::new(Code::SymbolicLink, Place::file(&path), message)
                        .help("replace it with a copy of the file"),
                );
            } else if !entry.file_type().is_file() {
                // Reading a pipe or a socket could block forever.
                let message = "this is neither a file nor a folder, so it is not in the site";
                let problem = Diagnostic::new(Code::SymbolicLink, Place::file(&path), message);
                self.diagnostics.push(problem.help("replace it with a regular file"));
            } else if let Ok(metadata) = entry.metadata() {
                self.add(on_disk(path, entry.into_path(), &metadata, now, Look::InPassing));
            }
        }
    }

    fn add(&mut self, source: Source) {
        if &*source.path == config::FILE {
            self.config = Some(source);
        } else if let Some(list) = self.list(&Arc::clone(&source.path)) {
            list.push(source);
        }
    }

    /// Sorts the files by their normalized names, and keeps one of those whose normalized names are the same.
    fn unify_names(&mut self) {
        let Sources { content, statics, themes, words, locks, diagnostics, .. } = self;
        for list in [content, statics, themes, words, locks] {
            if list.iter().all(|source| source.path.is_ascii()) {
                continue;
            }
            list.sort_by(|a, b| walk_order(&a.path, &b.path));
            list.dedup_by(|second, first| {
                let is_same = first.path == second.path;
                if is_same {
                    let message = "two files have this name, which differ only in the encoding of accents";
                    let problem = Diagnostic::new(Code::SameUrl, Place::file(&first.path), message);
                    diagnostics.push(problem.help("rename or delete one of them"));
                }
                is_same
            });
        }
    }

    /// Returns the list that a path belongs to.
    fn list(&mut self, path: &str) -> Option<&mut Vec<Source>> {
        match path.split('/').next() {
            Some("content") => Some(&mut self.content),
            Some("static") => Some(&mut self.statics),
            Some("themes") => Some(&mut self.themes),
            Some("words") => Some(&mut self.words),
            Some("locks") => Some(&mut self.locks),
            _ => None,
        }
    }

    /// Rescans only these paths (relative to `root`) for new, changed and deleted files. Because the watcher reported
    /// them, their bytes are compared, whatever their timestamps say.
    pub fn look_again(&mut self, root: &Path, paths: &[String]) {
        let now = SystemTime::now();
        for path in paths {
            let Some(list) = self.list(path) else { continue };
            let file = root.join(path);
            let path = &*composed(path);
            let state = file.symlink_metadata().ok().filter(Metadata::is_file);
            let at = list.binary_search_by(|source| walk_order(&source.path, path));
            match (at, state) {
                (Ok(at), Some(metadata)) => list[at] = on_disk(path.into(), file, &metadata, now, Look::Closely),
                (Ok(at), None) => {
                    list.remove(at);
                }
                (Err(at), Some(metadata)) => {
                    list.insert(at, on_disk(path.into(), file, &metadata, now, Look::Closely));
                }
                (Err(_), None) => {}
            }
        }
    }
}

/// The order in which a sorted walk visits files: by segment, not by byte.
fn walk_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.split('/').cmp(b.split('/'))
}

fn relative(root: &Path, path: &Path) -> String {
    let parts: Vec<_> = path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Returns the file or folder below `root` that a path means: the one with exactly this name, or else one whose name
/// differs only in its Unicode normalization form.
pub fn real_path(root: &Path, path: &str) -> PathBuf {
    let file = root.join(path);
    if path.is_ascii() || file.exists() {
        return file;
    }
    let mut real = root.to_owned();
    for part in Path::new(path) {
        let named = real.join(part);
        real = if named.exists() { named } else { of_same_name(&real, part).unwrap_or(named) };
    }
    real
}

fn of_same_name(folder: &Path, name: &OsStr) -> Option<PathBuf> {
    let name = composed(name.to_str()?);
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let mut same: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().and_then(OsStr::to_str).is_some_and(|other| composed(other) == name))
        .collect();
    same.sort();
    same.into_iter().next()
}

/// Age below which a file may change again without a change of its timestamp, because clocks of file systems are coarse
/// (git calls such files "racy").
const RACY: Duration = Duration::from_secs(2);

/// How thoroughly a file is examined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// As one of all files of the site.
    InPassing,
    /// Because the watcher reported an event for it.
    Closely,
}

impl Look {
    /// Returns the size in bytes below which a file's bytes are read to see whether they changed. There is a limit
    /// because copying a large file causes many events in a row.
    fn largest(self) -> u64 {
        match self {
            Look::InPassing => 1 << 20,
            Look::Closely => 64 << 20,
        }
    }
}

fn on_disk(path: Arc<str>, file: PathBuf, metadata: &Metadata, now: SystemTime, look: Look) -> Source {
    let state = FileState::of(metadata);
    let doubtful = look == Look::Closely || state.changed_within(RACY, now);
    let bytes = if doubtful && state.size < look.largest() { std::fs::read(&file).ok() } else { None };
    let stamp = bytes.map_or_else(|| Stamp::of(&state), |bytes| Stamp::of_bytes(&bytes));
    Source { path, stamp, bytes: Bytes::Disk(file.into(), state) }
}

/// Returns whether a name belongs to an editor, the operating system or version control rather than to the site.
pub fn is_ignored(name: &str, hidden_too: bool) -> bool {
    let hidden = name.starts_with('.') && (!hidden_too || [".git", ".DS_Store", ".plenary"].contains(&name));
    let temporary = name.ends_with('~')
        || name == "4913"
        || name == "Thumbs.db"
        || (name.starts_with('#') && name.ends_with('#'))
        || [
            ".swp",
            ".swx",
            ".swo",
            ".tmp",
            ".bck",
            ".kate-swp",
            "___jb_tmp___",
            "___jb_old___",
            ".part",
            ".crdownload",
        ]
        .iter()
        .any(|end| name.ends_with(end))
        || [".#", ".goutputstream", ".sb-", ".syncthing.", ".!"].iter().any(|start| name.starts_with(start));
    hidden || temporary
}
