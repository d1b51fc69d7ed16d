//! Changes of files -> a diff, a check that nothing becomes invalid, and the files on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use similar::TextDiff;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::{self, Options};
use crate::sources::real_path;
use crate::{edit, exclusive};

/// A file before and after a command.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Changed {
    /// `None` if it is new.
    before: Option<String>,
    /// `None` if it is removed.
    after: Option<String>,
    /// The previous path, if it was renamed.
    from: Option<Arc<str>>,
}

/// Changes of files, by path.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    files: BTreeMap<Arc<str>, Changed>,
    /// Files that are moved as they are, such as originals.
    moved: Vec<(Arc<str>, Arc<str>)>,
}

impl Changes {
    /// Adds a file with a new text; the same text is not a change.
    pub fn edit(&mut self, path: &Arc<str>, before: &str, after: &str) {
        if before != after {
            let (before, after) = (Some(before.to_owned()), Some(after.to_owned()));
            self.files.insert(Arc::clone(path), Changed { before, after, from: None });
        }
    }

    /// Adds a new file.
    pub fn create(&mut self, path: &Arc<str>, text: &str) {
        let after = Some(text.to_owned());
        self.files.insert(Arc::clone(path), Changed { before: None, after, from: None });
    }

    /// Adds a file that is removed.
    pub fn remove(&mut self, path: &Arc<str>, before: &str) {
        let before = Some(before.to_owned());
        self.files.insert(Arc::clone(path), Changed { before, after: None, from: None });
    }

    /// Adds a file with a new path, and perhaps a new text.
    pub fn rename(&mut self, from: &Arc<str>, to: &Arc<str>, before: &str, after: &str) {
        self.remove(from, before);
        let after = Some(after.to_owned());
        self.files.insert(Arc::clone(to), Changed { before: None, after, from: Some(Arc::clone(from)) });
    }

    /// Adds a file that only gets a new path.
    pub fn relocate(&mut self, from: &Arc<str>, to: &Arc<str>) {
        self.moved.push((Arc::clone(from), Arc::clone(to)));
    }

    /// Returns whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.moved.is_empty()
    }

    /// Returns how many files change; a renamed file counts once.
    pub fn count(&self) -> usize {
        let renamed = self.files.values().filter(|file| file.from.is_some()).count();
        self.files.len() - renamed + self.moved.len()
    }

    /// Returns the paths of all files after the change; for a removed file, its old path.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let renamed = |path: &Arc<str>| self.files.values().any(|file| file.from.as_ref() == Some(path));
        let files = self.files.keys().filter(move |path| !renamed(path)).map(|path| &**path);
        files.chain(self.moved.iter().map(|(_, to)| &**to))
    }

    /// Returns the text of a file after the change, if it changes.
    pub fn after(&self, path: &str) -> Option<&str> {
        self.files.get(path).and_then(|file| file.after.as_deref())
    }

    /// Returns the changes as a unified diff, as `git apply` reads it.
    pub fn diff(&self) -> String {
        let renamed = |path: &Arc<str>| self.files.values().any(|file| file.from.as_ref() == Some(path));
        let mut diff = String::new();
        for (path, file) in &self.files {
            let from = file.from.as_ref().and_then(|from| Some((from, self.files.get(from)?.before.as_deref()?)));
            let (before, after) = match (from, &file.before, &file.after) {
                (Some((from, _)), _, _) => {
                    diff.push_str(&format!("diff --git a/{from} b/{path}\nrename from {from}\nrename to {path}\n"));
                    (format!("a/{from}"), format!("b/{path}"))
                }
                (None, Some(_), Some(_)) => (format!("a/{path}"), format!("b/{path}")),
                (None, None, _) => ("/dev/null".to_owned(), format!("b/{path}")),
                (None, _, None) if renamed(path) => continue,
                (None, _, None) => (format!("a/{path}"), "/dev/null".to_owned()),
            };
            let old = from.map(|(_, before)| before).or(file.before.as_deref()).unwrap_or_default();
            let new = file.after.as_deref().unwrap_or_default();
            if old != new {
                let lines = TextDiff::from_lines(old, new);
                diff.push_str(&lines.unified_diff().context_radius(2).header(&before, &after).to_string());
            }
        }
        for (from, to) in &self.moved {
            diff.push_str(&format!("diff --git a/{from} b/{to}\nrename from {from}\nrename to {to}\n"));
        }
        diff
    }

    /// Returns the errors that the changes would introduce, when each file is read in isolation.
    pub fn errors(&self, config: &Config) -> Vec<Diagnostic> {
        let options = Options::new(config);
        let errors = |path: &Arc<str>, text: &str| -> Vec<Diagnostic> {
            let read = read::read(path, text.as_bytes(), &options);
            read.diagnostics.into_iter().filter(|problem| problem.severity() == Severity::Error).collect()
        };
        let mut found = Vec::new();
        for (path, file) in self.files.iter().filter(|(path, _)| path.ends_with(".md")) {
            let Some(after) = &file.after else { continue };
            let from = file.from.as_ref().and_then(|from| self.files.get(from)?.before.as_ref());
            let before = from.or(file.before.as_ref()).map(|before| errors(path, before)).unwrap_or_default();
            let is_new = |problem: &Diagnostic| {
                !before.iter().any(|old| (old.code, &old.message) == (problem.code, &problem.message))
            };
            found.extend(errors(path, after).into_iter().filter(is_new));
        }
        found
    }

    /// Writes all changes into the site's folder: new contents first, all of which are on the disk before any file is
    /// replaced, then what is moved and removed.
    ///
    /// # Errors
    /// Fails before anything is written if a file has changed meanwhile or a new one already exists; after that, only if
    /// the disk does.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        for (path, file) in &self.files {
            let place = real_path(folder, path);
            match &file.before {
                Some(before) if edit::has(&place, before.as_bytes())? => {}
                Some(_) => bail!("{path} was changed while the command ran; nothing was written: run it again"),
                None if place.exists() => bail!("{path} already exists; nothing was written"),
                None => {}
            }
        }
        if let Some((_, to)) = self.moved.iter().find(|(_, to)| real_path(folder, to).exists()) {
            bail!("{to} already exists; nothing was written");
        }
        let written: Vec<(PathBuf, &[u8])> = self
            .files
            .iter()
            .filter_map(|(path, file)| Some((real_path(folder, path), file.after.as_ref()?.as_bytes())))
            .collect();
        edit::replace_all(&exclusive::caches(folder), &written)?;
        for (from, to) in &self.moved {
            edit::relocate(&real_path(folder, from), &real_path(folder, to))?;
        }
        for (path, _) in self.files.iter().filter(|(_, file)| file.after.is_none()) {
            edit::remove(&real_path(folder, path)).with_context(|| format!("cannot remove {path}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_what_changes_and_what_is_renamed() {
        let path = |path: &str| -> Arc<str> { path.into() };
        let mut changes = Changes::default();
        changes.edit(&path("a.md"), "---\ntitle: A\n---\n", "---\ntitle: B\n---\n");
        changes.edit(&path("same.md"), "x\n", "x\n");
        changes.rename(&path("c.md"), &path("d.md"), "c\n", "c\nd\n");
        changes.relocate(&path("c.pdf"), &path("d.pdf"));
        changes.remove(&path("e.md"), "e\n");
        assert_eq!(
            changes.diff(),
            "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n ---\n-title: A\n+title: B\n ---\n\
             diff --git a/c.md b/d.md\nrename from c.md\nrename to d.md\n--- a/c.md\n+++ b/d.md\n@@ -1 +1,2 @@\n c\n+d\n\
             --- a/e.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-e\n\
             diff --git a/c.pdf b/d.pdf\nrename from c.pdf\nrename to d.pdf\n"
        );
        assert_eq!((changes.count(), changes.paths().collect::<Vec<_>>()), (4, vec!["a.md", "d.md", "e.md", "d.pdf"]));
    }

    #[test]
    fn all_files_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| edit::replace(&folder.path().join(path), text.as_bytes()).unwrap();
        let is = |path: &str, text: &str| edit::has(&folder.path().join(path), text.as_bytes()).unwrap();
        put("a.md", "a\n");
        put("b.md", "another hand was here\n");
        put("c.md", "c\n");
        put("c.pdf", "original");
        let mut changes = Changes::default();
        changes.edit(&"a.md".into(), "a\n", "A\n");
        changes.rename(&"c.md".into(), &"d.md".into(), "c\n", "C\n");
        changes.relocate(&"c.pdf".into(), &"d.pdf".into());
        let sound = changes.clone();
        changes.edit(&"b.md".into(), "b\n", "B\n");
        assert!(changes.write(folder.path()).unwrap_err().to_string().contains("b.md was changed"));
        assert!(is("a.md", "a\n") && !is("d.md", "C\n"), "nothing was written");
        sound.write(folder.path()).unwrap();
        assert!(is("a.md", "A\n") && is("d.md", "C\n") && is("d.pdf", "original"));
        assert!(!is("c.md", "c\n") && !is("c.pdf", "original"));
    }
}
