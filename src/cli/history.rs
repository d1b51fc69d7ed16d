//! A commit of the site's repository -> the site's sources as they were then.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail};
use plenary::sources::{FOLDERS, Sources, is_ignored};

/// Returns the sources of a commit. Of what is only copied nothing but the names is fetched.
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

/// Returns path and name of a blob that a line of `git ls-tree` tells of; nothing for links, modules and what no scan
/// takes for the site's.
fn blob(line: &str) -> Option<(&str, &str)> {
    let (kind, path) = line.split_once('\t')?;
    let mut words = kind.split(' ');
    let (mode, _, name) = (words.next()?, words.next()?, words.next()?);
    let hidden_too = path.starts_with("static/");
    let is_the_sites = path.split('/').all(|part| !is_ignored(part, hidden_too));
    (mode.starts_with("100") && is_the_sites).then_some((path, name))
}

/// Says whether a file's bytes matter for what pages are made of.
fn is_read(path: &str) -> bool {
    path.ends_with(".md") || path.starts_with("themes/") || path == plenary::config::FILE
}

/// Fetches blobs by their names.
fn blobs(site: &Path, names: &[&str]) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(site).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot run git")?;
    let (Some(mut asked), Some(told)) = (child.stdin.take(), child.stdout.take()) else { bail!("cannot talk to git") };
    let mut told = BufReader::new(told);
    let mut next = || -> anyhow::Result<Vec<u8>> {
        let mut head = String::new();
        told.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok());
        let mut bytes = vec![0; size.with_context(|| format!("git said `{}`", head.trim_end()))?];
        told.read_exact(&mut bytes)?;
        told.read_exact(&mut [0])?;
        Ok(bytes)
    };
    let blobs = std::thread::scope(|scope| {
        // Asked from a thread of its own, since git stops to listen when nobody reads what it tells.
        scope.spawn(move || names.iter().try_for_each(|name| writeln!(asked, "{name}")));
        names.iter().map(|_| next()).collect::<anyhow::Result<Vec<Vec<u8>>>>()
    });
    child.wait().context("cannot run git")?;
    blobs.context("cannot read from git")
}

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
