//! Watches the site's folders and passes on hints of what may have changed; a hint only triggers a scan.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use notify_debouncer_full::notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify_debouncer_full::notify::{self, ErrorKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, NoCache, new_debouncer_opt};

use crate::sources::FOLDERS;

/// How long events are held back, so that all events of one save arrive together.
const DEBOUNCE: Duration = Duration::from_millis(8);
/// How often the debouncer checks for events that have been held back long enough.
const TICK: Duration = Duration::from_millis(4);

/// What a watcher reports.
#[derive(Debug)]
pub(super) enum Hint {
    /// These paths may have changed.
    Look(Vec<PathBuf>),
    /// This watched folder may have been created, removed or replaced.
    Folder(PathBuf),
    /// Something may have changed, but it is not known what.
    Rescan,
    /// The watcher no longer sees everything; the reason, in words.
    Failed(String),
    /// The server is shutting down.
    Stop,
}

/// Watches the site's folder itself (for site.toml, and for folders that come and go) and the folders with sources.
pub(super) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, NoCache>,
    root: PathBuf,
    /// Which folder is watched under each path: an inode's watch follows it when it is moved away.
    watched: BTreeMap<PathBuf, Identity>,
}

/// Distinguishes a folder from another one that took its name: device, inode and creation time. Inode numbers alone are
/// reused at once.
type Identity = (u64, u64, Option<SystemTime>);

impl Watch {
    /// Watches the folders that exist. `root` is absolute.
    ///
    /// # Errors
    /// If the system refuses a watch.
    pub(super) fn new(root: &Path, hints: Sender<Hint>) -> notify::Result<Watch> {
        let site = root.to_owned();
        let send = move |result: DebounceEventResult| {
            let found = match result {
                Ok(events) => read(&site, events),
                Err(errors) => errors.iter().map(read_error).collect(),
            };
            for hint in found {
                // The receiver is gone only while the server shuts down.
                let _ = hints.send(hint);
            }
        };
        let debouncer = new_debouncer_opt(DEBOUNCE, Some(TICK), send, NoCache::new(), notify::Config::default())?;
        let mut watch = Watch { debouncer, root: root.to_owned(), watched: BTreeMap::new() };
        watch.renew(&[])?;
        Ok(watch)
    }

    /// Watches new folders and drops removed ones; `doubtful` ones are watched again in any case. Returns whether
    /// anything was done, so that everything must be scanned again.
    ///
    /// # Errors
    /// If the system refuses a watch.
    pub(super) fn renew(&mut self, doubtful: &[PathBuf]) -> notify::Result<bool> {
        let mut done = false;
        let folders = FOLDERS.map(|folder| (self.root.join(folder), RecursiveMode::Recursive));
        for (folder, mode) in [(self.root.clone(), RecursiveMode::NonRecursive)].into_iter().chain(folders) {
            let now = folder.metadata().ok().filter(Metadata::is_dir).map(|metadata| identity(&metadata));
            let before = self.watched.get(&folder).copied();
            if now == before && !doubtful.contains(&folder) {
                continue;
            }
            done = true;
            if before.is_some() {
                // The system may have dropped the watch with the folder.
                let _ = self.debouncer.unwatch(&folder);
                self.watched.remove(&folder);
            }
            if let Some(now) = now {
                match self.debouncer.watch(&folder, mode) {
                    Ok(()) => drop(self.watched.insert(folder, now)),
                    // Removed again in the meantime: the next renewal handles it.
                    Err(_) if !folder.is_dir() => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(done)
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino(), metadata.created().ok())
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Identity {
    (0, 0, metadata.created().ok())
}

/// Turns events into hints. Our own reads cause `Access` events, which would trigger a build after every build; only
/// the end of a write is a reason to look.
fn read(root: &Path, events: Vec<DebouncedEvent>) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut paths = Vec::new();
    for event in events.into_iter().map(|debounced| debounced.event) {
        if matches!(event.kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write)) {
            continue;
        }
        if event.need_rescan() || event.paths.is_empty() {
            hints.push(Hint::Rescan);
        }
        let inside = matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
        for path in event.paths {
            let is_root = path == root || FOLDERS.iter().any(|folder| path == root.join(folder));
            match is_root {
                true if inside => {}
                true => hints.push(Hint::Folder(path)),
                false => paths.push(path),
            }
        }
    }
    if !paths.is_empty() {
        hints.push(Hint::Look(paths));
    }
    hints
}

fn read_error(error: &notify::Error) -> Hint {
    match error.kind {
        ErrorKind::MaxFilesWatch => Hint::Failed(reason(error)),
        _ => Hint::Rescan,
    }
}

/// Returns in words why folders cannot be watched.
pub(super) fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's limit of watched folders is reached (on Linux, see fs.inotify.max_user_watches)".to_owned()
        }
        _ => format!("the folders cannot be watched: {error}"),
    }
}
