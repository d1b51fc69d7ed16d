//! Files -> a commit on a branch, made with the git program, so that its own rules for access apply.
//!
//! Nothing is checked out: objects are written into the site's repository, a tree is made from the branch's last one,
//! and one push makes all of it visible at once.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, bail};

use super::Store;
use super::record::RECORD;
use super::target::without_user;
use crate::output::Published;

/// The mode of a plain file in a tree.
const FILE: &str = "100644";

/// A branch.
pub(super) struct Branch {
    site: PathBuf,
    remote: String,
    name: String,
    /// The branch's last commit; `None` if it does not exist yet.
    tip: Option<String>,
    /// Changes to the tip's tree, in the form of `git update-index -z --index-info`.
    changes: Vec<u8>,
}

impl Branch {
    /// Reads the branch from the remote.
    pub(super) fn open(site: &Path, remote: &str, branch: &str) -> anyhow::Result<Branch> {
        let mut opened = Branch {
            site: site.to_owned(),
            remote: remote.to_owned(),
            name: branch.to_owned(),
            tip: None,
            changes: Vec::new(),
        };
        opened.git(&["check-ref-format", "--branch", branch], &[], b"").context("this is no name for a branch")?;
        let full = format!("refs/heads/{branch}");
        let listed = opened.git(&["ls-remote", "--heads", "--", remote, &full], &[], b"")?;
        if !listed.is_empty() {
            opened.git(&["fetch", "--quiet", "--no-tags", "--", remote, &full], &[], b"")?;
            let tip = opened.git(&["rev-parse", "--verify", "FETCH_HEAD^{commit}"], &[], b"")?;
            opened.tip = Some(line(&tip));
        }
        Ok(opened)
    }

    /// Runs git in the site's folder, and fails with git's own words.
    fn git(&self, arguments: &[&str], environment: &[(&str, &str)], input: &[u8]) -> anyhow::Result<Vec<u8>> {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.site).args(arguments).envs(environment.iter().copied());
        // A password prompt would wait for an answer that a workflow cannot give.
        command.env("GIT_TERMINAL_PROMPT", "0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().context("cannot run git; is it installed?")?;
        let requests = child.stdin.take();
        let Output { status, stdout, stderr } = std::thread::scope(|scope| {
            // Written from another thread: git stops reading its input when its output pipe is full.
            scope.spawn(move || requests.map(|mut requests| requests.write_all(input)));
            child.wait_with_output()
        })
        .context("cannot run git")?;
        if !status.success() {
            let said = String::from_utf8_lossy(&stderr);
            let said = said.replace(&self.remote, &without_user(&self.remote));
            bail!("git {} says: {}", arguments[0], said.trim().trim_start_matches("fatal: "));
        }
        Ok(stdout)
    }

    /// Adds a change of the tree: a file with its object, or without one to remove it.
    fn change(&mut self, file: &str, object: Option<&str>) {
        let none = "0".repeat(40);
        let (mode, object) = object.map_or(("0", none.as_str()), |object| (FILE, object));
        self.changes.extend(format!("{mode} {object}\t{file}\0").into_bytes());
    }
}

/// Returns the first line of git's output.
fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).lines().next().unwrap_or_default().to_owned()
}

impl Store for Branch {
    fn record(&mut self) -> anyhow::Result<Option<Vec<u8>>> {
        let Some(tip) = &self.tip else { return Ok(None) };
        let listed = self.git(&["ls-tree", "--name-only", tip, "--", RECORD], &[], b"")?;
        if listed.is_empty() {
            return Ok(None);
        }
        self.git(&["cat-file", "blob", &format!("{tip}:{RECORD}")], &[], b"").map(Some)
    }

    fn existing(&mut self, files: &BTreeSet<&str>) -> anyhow::Result<Vec<String>> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let listed = self.git(&["ls-tree", "-r", "-z", "--name-only", tip], &[], b"")?;
        let names = String::from_utf8_lossy(&listed).into_owned();
        Ok(names.split('\0').filter(|name| files.contains(name)).map(str::to_owned).collect())
    }

    fn write_record(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        // Only the last record becomes part of the commit.
        let object = line(&self.git(&["hash-object", "-w", "--stdin"], &[], bytes)?);
        self.change(RECORD, Some(&object));
        Ok(())
    }

    fn send(&mut self, site: &Published, files: &[&str], sent: &(dyn Fn() + Sync)) -> anyhow::Result<()> {
        let mut paths = String::new();
        for file in files {
            site.read(file)?;
            let path = std::path::absolute(site.path_of(file)).with_context(|| format!("cannot find {file}"))?;
            let path = path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))?;
            if path.contains('\n') {
                bail!("git cannot take files from a folder with a line break in its name");
            }
            paths.push_str(path);
            paths.push('\n');
        }
        // Without filters, because line ends and attributes of the repository are not those of the site.
        let objects = self.git(&["hash-object", "-w", "--no-filters", "--stdin-paths"], &[], paths.as_bytes())?;
        let objects = String::from_utf8_lossy(&objects).into_owned();
        let objects: Vec<&str> = objects.lines().collect();
        if objects.len() != files.len() {
            bail!("git wrote {} objects for {} files", objects.len(), files.len());
        }
        for (file, object) in files.iter().zip(objects) {
            self.change(file, Some(object));
            sent();
        }
        Ok(())
    }

    fn remove(&mut self, files: &[&str]) -> anyhow::Result<()> {
        for file in files {
            self.change(file, None);
        }
        Ok(())
    }

    fn finish(&mut self, message: &str) -> anyhow::Result<()> {
        // A separate index, so that the user's own stays as it is.
        let folder = line(&self.git(&["rev-parse", "--absolute-git-dir"], &[], b"")?);
        let index = format!("{folder}/plenary-deploy-index");
        let _ = std::fs::remove_file(&index);
        let environment = [("GIT_INDEX_FILE", index.as_str())];
        if let Some(tip) = &self.tip {
            self.git(&["read-tree", tip], &environment, b"")?;
        }
        self.git(&["update-index", "-z", "--index-info"], &environment, &self.changes)?;
        let tree = line(&self.git(&["write-tree"], &environment, b"")?);
        let _ = std::fs::remove_file(&index);
        let mut commit = vec!["commit-tree", &tree, "-m", message];
        if let Some(tip) = &self.tip {
            commit.extend(["-p", tip]);
        }
        // A workflow has no user name, and git refuses to commit without one.
        let nameless = self.git(&["config", "user.email"], &[], b"").is_err();
        let name = [("GIT_AUTHOR_NAME", "plenary"), ("GIT_AUTHOR_EMAIL", "plenary@localhost")];
        let name = [name, [("GIT_COMMITTER_NAME", "plenary"), ("GIT_COMMITTER_EMAIL", "plenary@localhost")]].concat();
        let commit = line(&self.git(&commit, if nameless { &name } else { &[] }, b"")?);
        let to = format!("{commit}:refs/heads/{}", self.name);
        self.git(&["push", "--quiet", "--", &self.remote, &to], &[], b"")
            .context("nothing was published; if the branch changed meanwhile, run the command again")?;
        Ok(())
    }
}
