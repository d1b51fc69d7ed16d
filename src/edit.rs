//! The only writer of sources: new files that never take the place of another, and replacements that were asked for.
#![expect(clippy::disallowed_methods, reason = "the one place where sources are written")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

/// What became of a file that was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It is there now.
    New,
    /// Something was there already, and still is.
    Kept,
}

/// Makes a new file, and the folders above it. What is there already is left as it is.
///
/// The bytes are whole on the disk before the name appears, so a watcher or a crash never meets half a file.
pub fn create(file: &Path, bytes: &[u8]) -> anyhow::Result<Made> {
    if fs::symlink_metadata(file).is_ok() {
        return Ok(Made::Kept);
    }
    let temporary = write_beside(file, bytes)?;
    let linked = fs::hard_link(&temporary, file);
    let made = match linked {
        Ok(()) => Ok(Made::New),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Made::Kept),
        // Some file systems (FAT, some network shares) know no second name for a file.
        Err(_) => create_plainly(file, bytes),
    };
    let _ = fs::remove_file(&temporary);
    made.with_context(|| format!("cannot write {}", file.display()))
}

/// Writes a file whether or not it is there. Only for what the user asked to have written over.
pub fn replace(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let temporary = write_beside(file, bytes)?;
    fs::rename(&temporary, file).with_context(|| {
        let _ = fs::remove_file(&temporary);
        format!("cannot write {}", file.display())
    })
}

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

/// Writes the bytes to a temporary file in the same folder; its name is one that no scan takes for the site's.
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
        let temporary = folder.join(format!(".plenary-{process}-{attempt}.tmp"));
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < 1000 => attempt += 1,
            opened => return opened.map(|open| (temporary, open)),
        }
    }
}

/// Returns text as a YAML scalar, bare where nothing else than text could be read in it.
pub fn scalar(text: &str) -> String {
    let bare = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let taken =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if bare && !taken { text.to_owned() } else { quoted(text) }
}

/// Returns text in double quotes; a JSON string is a YAML one (YAML 1.2, section 1.2).
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

    #[test]
    fn norway_is_no_boolean() {
        assert_eq!((scalar("NO"), scalar("KAZ"), scalar("a: b")), ("\"NO\"".into(), "KAZ".into(), "\"a: b\"".into()));
    }
}
