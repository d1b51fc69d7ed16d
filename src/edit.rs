//! New and changed source files -> the site's folder. Nothing else writes sources; a new file never replaces another,
//! and existing files are replaced only on request.
#![expect(clippy::disallowed_methods, reason = "the one place where sources are written")]

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::disk;
use crate::exclusive::has_ended;

/// The result of creating a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was created.
    New,
    /// A file already existed and was left unchanged.
    Kept,
}

/// Creates a new file and the folders above it. An existing file is left unchanged.
///
/// All bytes are on disk before the name appears, so a watcher never sees, and a crash never leaves, half a file.
///
/// # Errors
///
/// Fails if the file or a folder cannot be written.
pub fn create(file: &Path, bytes: &[u8]) -> anyhow::Result<Made> {
    if fs::symlink_metadata(file).is_ok() {
        return Ok(Made::Kept);
    }
    let temporary = write_beside(file, bytes)?;
    let linked = fs::hard_link(&temporary, file);
    let made = match linked {
        Ok(()) => Ok(Made::New),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Made::Kept),
        // Some file systems (FAT, some network shares) have no hard links.
        Err(_) => create_plainly(file, bytes),
    };
    let _ = fs::remove_file(&temporary);
    made.with_context(|| format!("cannot write {}", file.display()))
}

/// Writes a file whether or not it exists. Only for files that the user asked to overwrite.
///
/// # Errors
///
/// Fails if the file cannot be written.
pub fn replace(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let temporary = write_beside(file, bytes)?;
    fs::rename(&temporary, file).with_context(|| {
        let _ = fs::remove_file(&temporary);
        format!("cannot write {}", file.display())
    })
}

/// Writes many files whether or not they exist. `caches` is a folder next to the sources that no other process uses:
/// new contents are staged in it until all of them are on disk, so that a killed process leaves only complete files,
/// old and new, among the sources.
///
/// # Errors
///
/// Fails if a file cannot be written; earlier ones may have been replaced by then.
pub fn replace_all(caches: &Path, files: &[(PathBuf, &[u8])]) -> anyhow::Result<()> {
    let staging = caches.join("staging");
    // A killed process may have left it behind.
    let _ = fs::remove_dir_all(&staging);
    let done = stage_and_replace(caches, &staging, files);
    let _ = fs::remove_dir_all(&staging);
    done
}

fn stage_and_replace(caches: &Path, staging: &Path, files: &[(PathBuf, &[u8])]) -> anyhow::Result<()> {
    let cannot = |file: &Path| format!("cannot write {}", file.display());
    fs::create_dir_all(staging).with_context(|| cannot(staging))?;
    let staged: Vec<PathBuf> = (0..files.len()).map(|number| staging.join(number.to_string())).collect();
    for (to, (_, bytes)) in staged.iter().zip(files) {
        fs::write(to, bytes).with_context(|| cannot(to))?;
    }
    disk::sync_files(staging, &staged).with_context(|| cannot(staging))?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(file, _)| file.parent()).collect();
    for folder in &folders {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    for (from, (file, bytes)) in staged.iter().zip(files) {
        match fs::rename(from, file) {
            // The caches may be on another file system, through a symbolic link.
            Err(error) if error.kind() == ErrorKind::CrossesDevices => replace(file, bytes)?,
            done => done.with_context(|| cannot(file))?,
        }
    }
    disk::sync_folders(caches, &Vec::from_iter(folders)).with_context(|| cannot(caches))
}

/// Returns whether a file has exactly these bytes.
///
/// # Errors
///
/// Fails if the file cannot be read; a missing file counts as different.
pub fn has(file: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    match fs::read(file) {
        Ok(own) => Ok(own == bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Renames a file, and creates the folders above its new path.
///
/// # Errors
///
/// Fails if the new path already exists, or if the disk fails.
pub fn relocate(from: &Path, to: &Path) -> anyhow::Result<()> {
    let cannot = || format!("cannot rename {} to {}", from.display(), to.display());
    if fs::symlink_metadata(to).is_ok() {
        anyhow::bail!("{}: something has that name already", cannot());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    fs::rename(from, to).with_context(cannot)
}

/// Removes a file, and its folder if that is then empty.
///
/// # Errors
///
/// Fails if the file cannot be removed.
pub fn remove(file: &Path) -> io::Result<()> {
    fs::remove_file(file)?;
    if let Some(folder) = file.parent() {
        // This fails for a folder that is not empty, as intended.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// Deletes temporary files below a folder that a killed process left behind. To be called before this process writes
/// any: in containers, successive processes may have the same id.
pub fn clear(folder: &Path) {
    let own = i32::try_from(std::process::id()).unwrap_or_default();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let name = entry.file_name().to_str();
        let parts = name.and_then(|name| name.strip_prefix(TEMPORARY)?.strip_suffix(".tmp")?.split_once('-'));
        let process = parts.and_then(|(process, _)| process.parse().ok());
        if entry.file_type().is_file() && process.is_some_and(|process| process == own || has_ended(process)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Prefix of the names of temporary files, followed by the id of the process.
const TEMPORARY: &str = ".plenary-";

fn create_plainly(file: &Path, bytes: &[u8]) -> io::Result<Made> {
    match OpenOptions::new().write(true).create_new(true).open(file) {
        Ok(mut open) => {
            open.write_all(bytes)?;
            open.sync_all()?;
            Ok(Made::New)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Made::Kept),
        Err(error) => Err(error),
    }
}

/// Writes the bytes to a temporary file in the same folder, under a name that scans ignore.
fn write_beside(file: &Path, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let (temporary, mut open) =
        open_temporary(folder).with_context(|| format!("cannot write in {}", folder.display()))?;
    let written = open.write_all(bytes).and_then(|()| open.sync_all());
    written.with_context(|| {
        let _ = fs::remove_file(&temporary);
        format!("cannot write {}", temporary.display())
    })?;
    Ok(temporary)
}

fn open_temporary(folder: &Path) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    let mut attempt = 0_u32;
    loop {
        let temporary = folder.join(format!("{TEMPORARY}{process}-{attempt}.tmp"));
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < 1000 => attempt += 1,
            opened => return opened.map(|open| (temporary, open)),
        }
    }
}

/// Returns text as a YAML scalar, without quotes if it can only be read as text.
pub fn scalar(text: &str) -> String {
    let bare = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let taken =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if bare && !taken { text.to_owned() } else { quoted(text) }
}

/// Returns text as a YAML scalar in double quotes. Every JSON string is one (YAML 1.2, section 1.2).
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_written_over_unless_asked() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b.md");
        assert_eq!(create(&file, b"one").unwrap(), Made::New);
        assert_eq!(create(&file, b"two").unwrap(), Made::Kept);
        assert_eq!(fs::read(&file).unwrap(), b"one");
        replace(&file, b"three").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"three");
        assert_eq!(fs::read_dir(folder.path().join("a")).unwrap().count(), 1, "no temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_something_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        std::os::unix::fs::symlink(folder.path().join("gone.md"), &file).unwrap();
        assert_eq!(create(&file, b"one").unwrap(), Made::Kept);
        assert!(!folder.path().join("gone.md").exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_killed_process_left_is_cleared_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let temporary = |process: u32| format!(".plenary-{process}-0.tmp");
        // The process that runs the tests was started by one that still runs.
        let (mine, other) = (temporary(std::process::id()), temporary(std::os::unix::process::parent_id()));
        let no_process = temporary(i32::MAX as u32);
        for name in [mine.as_str(), &other, &no_process, "a.md", ".plenary-x.tmp"] {
            fs::write(folder.path().join(name), b"text").unwrap();
        }
        clear(folder.path());
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [&other, ".plenary-x.tmp", "a.md"]);
    }

    #[test]
    fn many_files_are_replaced_and_what_waited_for_it_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let (caches, path) = (folder.path().join(".plenary"), |name: &str| folder.path().join("locks").join(name));
        fs::create_dir_all(caches.join("staging")).unwrap();
        fs::write(caches.join("staging/0"), b"left by a killed process").unwrap();
        for text in [b"one", b"two"] {
            replace_all(&caches, &[(path("a"), text), (path("b/c"), text)]).unwrap();
            assert!(fs::read(path("a")).unwrap() == text && fs::read(path("b/c")).unwrap() == text);
        }
        let left = walkdir::WalkDir::new(folder.path()).into_iter().map(Result::unwrap);
        assert_eq!(left.filter(|entry| entry.file_type().is_file()).count(), 2);
        assert!(!caches.join("staging").exists());
    }

    #[test]
    fn norway_is_no_boolean() {
        assert_eq!((scalar("NO"), scalar("KAZ"), scalar("a: b")), ("\"NO\"".into(), "KAZ".into(), "\"a: b\"".into()));
    }
}
