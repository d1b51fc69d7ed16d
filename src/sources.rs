//! The site's folder on the disk as a list of sources: paths, the stamps of their state, and a way to their bytes.
#![expect(clippy::disallowed_methods, reason = "the one room that reads sources")]

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

use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::path::composed;
use crate::stamp::Stamp;
use seen::Seen;

/// The folders that a site is made of, beside site.toml.
pub const FOLDERS: [&str; 4] = ["content", "static", "themes", "locks"];

/// A file of the site's folder.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path from the site's folder, with `/` between its parts: `content/statements/2021/a.md`. In Unicode form C,
    /// whatever the form of the name on the disk.
    pub path: Arc<str>,
    /// Changes whenever the bytes do, and perhaps without need (a `touch`): good for "must it be read again?".
    pub stamp: Stamp,
    bytes: Bytes,
}

#[derive(Clone, Debug)]
enum Bytes {
    /// The file, and its state when it was looked at.
    Disk(Arc<Path>, Seen),
    Memory(Arc<[u8]>),
}

impl Source {
    /// Returns a source that lives in memory, as tests and shipped files do.
    pub fn in_memory(path: &str, bytes: impl Into<Arc<[u8]>>) -> Source {
        let bytes = bytes.into();
        Source { path: composed(path).into(), stamp: Stamp::of_bytes(&bytes), bytes: Bytes::Memory(bytes) }
    }

    /// Reads the bytes, all of one moment.
    pub fn load(&self) -> std::io::Result<Cow<'_, [u8]>> {
        match &self.bytes {
            Bytes::Disk(file, _) => seen::read(file).map(Cow::Owned),
            Bytes::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
        }
    }

    /// Returns its size in bytes; of a file on the disk, what it was when it was looked at.
    pub fn size(&self) -> u64 {
        match &self.bytes {
            Bytes::Disk(_, state) => state.size,
            Bytes::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Returns the file on the disk, if it lies there.
    pub fn file(&self) -> Option<&Path> {
        match &self.bytes {
            Bytes::Disk(file, _) => Some(file),
            Bytes::Memory(_) => None,
        }
    }

    /// Returns the diagnostic for bytes that could not be read.
    pub fn unreadable(&self, error: &std::io::Error) -> Diagnostic {
        Diagnostic::new(Code::UnreadableFile, Place::file(&self.path), format!("the file cannot be read: {error}"))
            .help("check that it is still there and that you may read it")
    }
}

/// Everything a site is made of, each list sorted by path. Whatever a build reads is in here, and so is compared by the
/// preview: a new list belongs into [`Sources::all`].
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub config: Option<Source>,
    /// Below `content/`: Markdown and the files beside it.
    pub content: Vec<Source>,
    /// Below `static/`.
    pub statics: Vec<Source>,
    /// Below `themes/`, all themes.
    pub themes: Vec<Source>,
    /// Below `locks/`: the numbers of paragraphs.
    pub locks: Vec<Source>,
    /// Names that cannot be read, links that are not followed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Sources {
    /// Returns the sources of a site that lives in memory: path to bytes.
    pub fn from_map(files: &BTreeMap<String, Vec<u8>>) -> Sources {
        let mut sources = Sources::default();
        for (path, bytes) in files {
            sources.add(Source::in_memory(path, bytes.as_slice()));
        }
        sources.tell_names_apart();
        sources
    }

    /// Returns every file that a build reads.
    pub fn all(&self) -> impl Iterator<Item = &Source> {
        let Sources { config, content, statics, themes, locks, diagnostics: _ } = self;
        config.iter().chain(content).chain(statics).chain(themes).chain(locks)
    }

    /// Returns whether two looks at the folder saw the same. A file's stamp may change without need, for which a run that
    /// changes nothing is a small price.
    pub fn is_same(&self, other: &Sources) -> bool {
        let file = |source: &Source| (source.stamp, Arc::clone(&source.path));
        self.all().map(file).eq(other.all().map(file)) && self.diagnostics == other.diagnostics
    }

    /// Walks the site's folder. Only directory entries and sizes are read; bytes when they are asked for.
    pub fn scan(root: &Path) -> Sources {
        let mut sources = Sources::default();
        let now = SystemTime::now();
        let config = root.join(config::FILE);
        if let Ok(metadata) = config.metadata() {
            sources.config = Some(on_disk(config::FILE.into(), config, &metadata, now, Look::InPassing));
        }
        for folder in FOLDERS {
            sources.walk(root, folder, now);
        }
        sources.tell_names_apart();
        // An empty site would take the place of all that is published.
        if !root.join("content").is_dir() {
            let place = Place::file(&"content".into());
            let message = "there is no folder `content`, which holds all texts of the site";
            let help = "make it, or begin a site with `plenary init`";
            sources.diagnostics.push(Diagnostic::new(Code::UnreadableFile, place, message).help(help));
        }
        sources
    }

    fn walk(&mut self, root: &Path, folder: &str, now: SystemTime) {
        let top = root.join(folder);
        if !top.exists() {
            if top.is_symlink() {
                let message = format!("the folder `{folder}` is a symbolic link that leads nowhere");
                let problem = Diagnostic::new(Code::UnreadableFile, Place::file(&folder.into()), message);
                self.diagnostics.push(problem.help("make the folder that it names, or remove the link"));
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
                    let help = "check its permissions; what lies below it is not in the site";
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
                let message = "the name of this file is not UTF-8, so it can have no URL";
                self.diagnostics.push(
                    Diagnostic::new(Code::NameNotUtf8, Place::file(&path), message)
                        .help("rename the file with plain letters"),
                );
            } else if entry.file_type().is_symlink() {
                let message = "a symbolic link is not followed, so what it leads to is not in the site";
                self.diagnostics.push(
                    Diagnostic::new(Code::SymbolicLink, Place::file(&path), message)
                        .help("put a copy of the file in its place"),
                );
            } else if !entry.file_type().is_file() {
                // A pipe or a socket would keep its reader waiting for ever.
                let message = "this is neither a file nor a folder, so it is not in the site";
                let problem = Diagnostic::new(Code::SymbolicLink, Place::file(&path), message);
                self.diagnostics.push(problem.help("put a plain file in its place"));
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

    /// Puts the files in order by the form of their names in which they are compared, and keeps one of those that have
    /// the same name in it.
    fn tell_names_apart(&mut self) {
        let Sources { content, statics, themes, locks, diagnostics, .. } = self;
        for list in [content, statics, themes, locks] {
            if list.iter().all(|source| source.path.is_ascii()) {
                continue;
            }
            list.sort_by(|a, b| walk_order(&a.path, &b.path));
            list.dedup_by(|second, first| {
                let is_same = first.path == second.path;
                if is_same {
                    let message = "two files have this name; only the encoding of its accents differs";
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
            Some("locks") => Some(&mut self.locks),
            _ => None,
        }
    }

    /// Looks again at these paths alone (relative to `root`): what is new, changed or gone. All else stays as it was. Since
    /// something is said to have happened to them, their bytes are looked at, whatever their times say.
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

/// The order in which a walk with sorted folders meets files: part by part, not byte by byte.
fn walk_order(a: &str, b: &str) -> std::cmp::Ordering {
    a.split('/').cmp(b.split('/'))
}

fn relative(root: &Path, path: &Path) -> String {
    let parts: Vec<_> = path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Returns the file or folder below `root` that a path means: the one of exactly this name, or else one whose name
/// differs in nothing but its Unicode form.
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

/// A file changed so lately that it may change again within the clock's tick without showing it.
const RACY: Duration = Duration::from_secs(2);

/// How much is known about a file before it is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// It is one of all.
    InPassing,
    /// Something is said to have happened to it.
    Closely,
}

impl Look {
    /// Returns the size in bytes up to which a file's bytes are read to see whether they changed. While a large file is
    /// copied, one word follows the other that something happened to it.
    fn largest(self) -> u64 {
        match self {
            Look::InPassing => 1 << 20,
            Look::Closely => 64 << 20,
        }
    }
}

fn on_disk(path: Arc<str>, file: PathBuf, metadata: &Metadata, now: SystemTime, look: Look) -> Source {
    let state = Seen::of(metadata);
    let doubtful = look == Look::Closely || state.changed_within(RACY, now);
    let bytes = if doubtful && state.size < look.largest() { std::fs::read(&file).ok() } else { None };
    let stamp = bytes.map_or_else(|| Stamp::of(&state), |bytes| Stamp::of_bytes(&bytes));
    Source { path, stamp, bytes: Bytes::Disk(file.into(), state) }
}

/// Says whether a name is an editor's, a system's or a version control's, and none of the site's.
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
