//! A site's repository -> the log of its texts, read with the program `git`.
//!
//! The program exists on every machine with a repository, knows all formats of repositories, and follows renames along
//! the main line itself. A library would add more than a hundred crates for that.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::civil;
use sha2::{Digest as _, Sha256};

use super::Sources;
use super::log::{Committed, CommittedBytes, Log};
use crate::config;
use crate::path::composed;

/// The folder whose files have a history.
const FOLDER: &str = "content/statements";

/// The largest version that is read, in bytes.
const LARGEST: usize = 16 << 20;

/// Begins each commit in the output of `git log`.
const COMMIT: u8 = 1;

impl Sources {
    /// Reads the log if site.toml enables the history.
    pub(super) fn read_log(&mut self, root: &Path, kept: Option<&Arc<Log>>) {
        let bytes = self.config.as_ref().and_then(|config| config.load().ok());
        let is_wanted = bytes.is_some_and(|bytes| {
            let text = String::from_utf8_lossy(&bytes);
            // Most site.toml files do not contain the word, and need not be parsed twice.
            text.contains("history") && config::read(&text).0.history.is_wanted()
        });
        self.log = is_wanted.then(|| log(root, kept));
    }
}

/// Reads the log of a site's texts; `kept` is an earlier log, which is returned if no commit was added.
fn log(root: &Path, kept: Option<&Arc<Log>>) -> Arc<Log> {
    let head = match run(root, &["rev-parse", "HEAD", "--is-shallow-repository"]) {
        Ok(said) => said,
        Err(reason) => return Arc::new(Log::Missing(reason.into())),
    };
    let head = String::from_utf8_lossy(&head);
    let (head, is_shallow) = head.split_once('\n').unwrap_or((&head, ""));
    if is_shallow.trim() == "true" {
        return Arc::new(Log::Shallow);
    }
    if let Some(kept) = kept.filter(|kept| matches!(&***kept, Log::Whole { head: of, .. } if **of == *head)) {
        return Arc::clone(kept);
    }
    // Only along the main line: a branch's changes were not in the collection before they were merged.
    let arguments = [
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        "--raw",
        "--no-abbrev",
        "--no-color",
        "-M50%",
        "-l0",
        "-z",
        "--format=%x01%H%x00%cs%x00%s",
        "--relative",
        "--",
        FOLDER,
    ];
    let files = run(root, &arguments).and_then(|said| {
        let mut files = follow(&said);
        read(root, &mut files)?;
        Ok(files)
    });
    Arc::new(match files {
        Ok(files) => Log::Whole {
            head: head.into(),
            files: files
                .into_iter()
                .map(|(path, of)| (path, of.into_iter().map(|of| of.committed).collect()))
                .collect(),
        },
        Err(reason) => Log::Missing(reason.into()),
    })
}

/// Returns the command, unaffected by the user's own settings.
fn git(root: &Path) -> Command {
    let mut git = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE"] {
        git.env_remove(name);
    }
    git.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").current_dir(root);
    // Replacement objects are ignored, and the file system monitor is off, because the repository chooses what program
    // that is.
    git.args(["--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]);
    git.args(["-c", "i18n.logOutputEncoding=UTF-8", "-c", "log.showSignature=false"]);
    git.stdin(Stdio::null());
    git
}

/// Runs git, and returns its output, or the first line of its error message.
fn run(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = git(root).args(arguments).output().map_err(|error| format!("git cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("git failed");
    // The rest of such a line contains paths of this machine.
    let first = first.strip_prefix("fatal: ").unwrap_or(first);
    Err(first.split(" (or any").next().unwrap_or(first).to_owned())
}

/// A version with the object name of its bytes in the repository.
struct Found {
    committed: Committed,
    blob: String,
}

type Files = BTreeMap<Arc<str>, Vec<Found>>;

/// Follows every file of the latest commit back to its beginning, through renames.
fn follow(said: &[u8]) -> Files {
    let mut files: Files = BTreeMap::new();
    // While walking back: for each path at that time, today's file; `None` if that file no longer exists.
    let mut today: HashMap<String, Option<Arc<str>>> = HashMap::new();
    for commit in said.split(|byte| *byte == COMMIT).skip(1) {
        let mut fields = commit.split(|byte| *byte == 0).map(String::from_utf8_lossy);
        let (Some(id), Some(day), Some(note)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let Ok(day) = day.parse::<civil::Date>() else { continue };
        while let Some(entry) = fields.next() {
            let Some(entry) = entry.trim_start().strip_prefix(':').map(str::to_owned) else { continue };
            let mut parts = entry.split(' ');
            let (Some(blob), Some(change)) = (parts.nth(3), parts.next()) else { continue };
            let Some(path) = fields.next().map(std::borrow::Cow::into_owned) else { continue };
            let moved_to = if change.starts_with('R') { fields.next().map(std::borrow::Cow::into_owned) } else { None };
            let name = moved_to.as_ref().unwrap_or(&path);
            if change.starts_with('D') {
                today.insert(path, None);
                continue;
            }
            let of = today.get(name).cloned().unwrap_or_else(|| Some(composed(name).into()));
            if let Some(of) = of.as_ref().filter(|of| of.ends_with(".md")) {
                let committed = Committed { commit: (&*id).into(), day, note: (&*note).into(), bytes: None };
                files.entry(Arc::clone(of)).or_default().push(Found { committed, blob: blob.to_owned() });
            }
            match moved_to {
                // Before the rename, the new path had no file, or another one.
                Some(name) => {
                    today.insert(name, None);
                    today.insert(path, of);
                }
                // Before the file was added, its path belonged to another file.
                None if change.starts_with('A') => _ = today.insert(path, None),
                None => _ = today.insert(path, of),
            }
        }
    }
    for versions in files.values_mut() {
        versions.reverse();
        // A wrong clock must not put a later version before an earlier one.
        let mut latest = None;
        for version in versions {
            let day = latest.map_or(version.committed.day, |latest: civil::Date| latest.max(version.committed.day));
            version.committed.day = day;
            latest = Some(day);
        }
    }
    files
}

/// Reads the bytes of the versions of all files that have several.
fn read(root: &Path, files: &mut Files) -> Result<(), String> {
    let wanted: Vec<String> = files
        .values()
        .filter(|versions| versions.len() > 1)
        .flat_map(|versions| versions.iter().map(|version| version.blob.clone()))
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("git cannot read its objects: {error}");
    let mut child = git(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("git cannot be talked to".to_owned());
    };
    let mut from = BufReader::new(from);
    let read = std::thread::scope(|scope| {
        // Names are written while bytes are read, because both pipes have small buffers.
        scope.spawn(move || wanted.iter().try_for_each(|name| writeln!(to, "{name}")));
        for versions in files.values_mut().filter(|versions| versions.len() > 1) {
            let mut before: Option<CommittedBytes> = None;
            for version in versions {
                let bytes = object(&mut from)?;
                version.committed.bytes = bytes.map(|bytes| divided(&bytes, before.as_ref()));
                before.clone_from(&version.committed.bytes);
            }
        }
        Ok(())
    });
    let _ = child.wait();
    read.map_err(failed)
}

/// Reads one object; `None` if it is too large.
fn object(from: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    let size = line.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
    let size = size.ok_or_else(|| std::io::Error::other(format!("unexpected `{}`", line.trim_end())))?;
    if size > LARGEST {
        std::io::copy(&mut from.take(size as u64 + 1), &mut std::io::sink())?;
        return Ok(None);
    }
    let mut bytes = vec![0; size + 1];
    from.read_exact(&mut bytes)?;
    bytes.pop();
    Ok(Some(bytes))
}

/// Splits a file after its front matter, and shares whichever half is the same as in the version before.
fn divided(bytes: &[u8], before: Option<&CommittedBytes>) -> CommittedBytes {
    let fence = |line: &[u8]| line.trim_ascii_end() == b"---";
    let mut at = 0;
    let mut end = 0;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        at += line.len();
        match number {
            0 if !fence(line) => break,
            0 => {}
            _ if fence(line) => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let (front, body) = bytes.split_at(end);
    let same = |kept: Option<&Arc<[u8]>>, bytes: &[u8]| {
        kept.filter(|kept| ***kept == *bytes).cloned().unwrap_or_else(|| bytes.into())
    };
    CommittedBytes {
        front: same(before.map(|before| &before.front), front),
        body: same(before.map(|before| &before.body), body),
        sha256: format!("{:x}", Sha256::digest(bytes)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a commit as `git log` prints it.
    fn commit(number: u8, day: &str, changes: &[&str]) -> String {
        let changes: String = changes.iter().map(|change| format!("\0{}", change.replace(' ', "\0"))).collect();
        let (zeros, id) = ("0".repeat(40), number.to_string().repeat(40));
        let changes = changes.replace('~', &format!(":100644 100644 {zeros} {id} "));
        format!("\u{1}{id}\0{day}\0Note {number}\0\n{}", changes.trim_start_matches('\0'))
    }

    /// Returns the numbers of the commits that changed each file.
    fn followed(commits: &[String]) -> Vec<(String, String)> {
        let files = follow(commits.concat().as_bytes());
        let commits = |versions: &[Found]| versions.iter().map(|of| of.committed.commit[..1].to_owned()).collect();
        files.iter().map(|(path, versions)| (path.to_string(), commits(versions))).collect()
    }

    #[test]
    fn a_file_is_followed_through_renames_to_its_beginning_and_no_further() {
        let log = [
            commit(6, "2026-01-06", &["~M content/statements/b.md", "~D content/statements/gone.md"]),
            commit(5, "2026-01-05", &["~R090 content/statements/a.md content/statements/b.md"]),
            commit(4, "2026-01-04", &["~M content/statements/a.md"]),
            commit(3, "2026-01-03", &["~A content/statements/a.md", "~A content/statements/gone.md"]),
            commit(2, "2026-01-02", &["~D content/statements/a.md"]),
            commit(1, "2026-01-01", &["~A content/statements/a.md"]),
        ];
        assert_eq!(followed(&log), [("content/statements/b.md".to_owned(), "3456".to_owned())]);
    }

    #[test]
    fn a_name_that_another_file_takes_over_does_not_join_them() {
        let log = [
            commit(3, "2026-01-03", &["~A content/statements/a.md"]),
            commit(2, "2026-01-02", &["~R100 content/statements/a.md content/statements/b.md"]),
            commit(1, "2026-01-01", &["~A content/statements/a.md"]),
        ];
        let of = |path: &str, commits: &str| (path.to_owned(), commits.to_owned());
        assert_eq!(followed(&log), [of("content/statements/a.md", "3"), of("content/statements/b.md", "12")]);
    }

    #[test]
    fn days_never_run_backwards() {
        let log = [
            commit(2, "2025-01-01", &["~M content/statements/a.md"]),
            commit(1, "2026-01-01", &["~A content/statements/a.md"]),
        ];
        let files = follow(log.concat().as_bytes());
        let days: Vec<String> = files.values().flatten().map(|of| of.committed.day.to_string()).collect();
        assert_eq!(days, ["2026-01-01", "2026-01-01"]);
    }

    #[test]
    fn versions_share_what_is_the_same() {
        let first = divided(b"---\ntitle: A\n---\n\nWords.\n", None);
        let second = divided(b"---\ntitle: B\n---\n\nWords.\n", Some(&first));
        assert_eq!(&*first.front, b"---\ntitle: A\n---\n");
        assert!(Arc::ptr_eq(&first.body, &second.body) && first.front != second.front);
        assert_eq!(&*divided(b"no front matter", None).front, b"");
    }
}
