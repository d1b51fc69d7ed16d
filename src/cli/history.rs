//! A commit of the site's repository -> the site's sources at that commit.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail};
use plenary::sources::{FOLDERS, Sources, is_ignored};

/// Returns the sources of a commit. For files that are only copied, just the names are fetched.
pub(crate) fn sources(site: &Path, commit: &str) -> anyhow::Result<Sources> {
    let revision = format!("{commit}^{{commit}}");
    let found = git(site, ["rev-parse", "--verify", "--quiet", "--end-of-options", &revision])?;
    let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    let rooms = ["--", "site.toml"].iter().chain(&FOLDERS);
    let listed = git(site, ["ls-tree", "-r", "-z", &commit].iter().chain(rooms))?;
    let text = String::from_utf8_lossy(&listed.stdout);
    let (read, copied): (Vec<_>, Vec<_>) = text.split('\0').filter_map(blob).partition(|(path, _)| is_read(path));
    let names: Vec<&str> = read.iter().map(|(_, name)| *name).collect();
    let mut files: BTreeMap<String, Vec<u8>> =
        read.iter().map(|(path, _)| (*path).to_owned()).zip(blobs(site, &names)?).collect();
    files.extend(copied.iter().map(|(path, _)| ((*path).to_owned(), Vec::new())));
    Ok(Sources::from_map(&files))
}

/// Returns the path and object name from a line of `git ls-tree`; `None` for links, submodules and files that a scan
/// ignores.
fn blob(line: &str) -> Option<(&str, &str)> {
    let (kind, path) = line.split_once('\t')?;
    let mut words = kind.split(' ');
    let (mode, _, name) = (words.next()?, words.next()?, words.next()?);
    let hidden_too = path.starts_with("static/");
    let is_the_sites = path.split('/').all(|part| !is_ignored(part, hidden_too));
    (mode.starts_with("100") && is_the_sites).then_some((path, name))
}

/// Returns whether pages depend on the file's bytes.
fn is_read(path: &str) -> bool {
    path.ends_with(".md") || path.starts_with("themes/") || path.starts_with("words/") || path == plenary::config::FILE
}

/// Fetches blobs by their object names, in order.
fn blobs(site: &Path, names: &[&str]) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(site).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot run git")?;
    let (Some(mut requests), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("cannot talk to git")
    };
    let mut output = BufReader::new(output);
    let mut next = || -> anyhow::Result<Vec<u8>> {
        let mut head = String::new();
        output.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok());
        let mut bytes = vec![0; size.with_context(|| format!("unexpected output of git: `{}`", head.trim_end()))?];
        output.read_exact(&mut bytes)?;
        output.read_exact(&mut [0])?;
        Ok(bytes)
    };
    let blobs = std::thread::scope(|scope| {
        // Write from another thread: git stops reading its input when its output pipe is full.
        scope.spawn(move || names.iter().try_for_each(|name| writeln!(requests, "{name}")));
        names.iter().map(|_| next()).collect::<anyhow::Result<Vec<Vec<u8>>>>()
    });
    child.wait().context("cannot run git")?;
    blobs.context("cannot read from git")
}

/// Runs git in the site's folder; fails with git's own words.
fn git(site: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> anyhow::Result<Output> {
    let output = Command::new("git").arg("-C").arg(site).args(arguments).output().context("cannot run git")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        match said.trim().trim_start_matches("fatal: ") {
            "" => bail!("the repository has no such commit"),
            said => bail!("git says: {said}"),
        }
    }
    Ok(output)
}
