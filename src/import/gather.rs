//! Paths to import -> the files to import, each loaded when its turn comes.
#![expect(clippy::disallowed_methods, reason = "reads originals, which can be anywhere on the disk")]

mod handed;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::{self, Archive, Positioned};
use super::endings::{self, is_index};
use super::existing::{Existing, STATEMENTS};
use super::index::{self, Row};
use super::knowing::profile::Profile;
use super::reading::{self, WrongByte};
use super::said::Left;
use super::unreadable::Unreadable;
use crate::collect::names::Names;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edit::scalar;
use crate::path::composed;
use crate::sources::{is_ignored, read_settled, real_path};
pub use handed::{Handed, Refused, parts};
use handed::{cannot_be_read, shown};

/// Everything found below the paths.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The files to import.
    pub handed: Vec<Handed>,
    /// Paths that hold nothing to import, or less than they seem to.
    pub refused: Vec<Refused>,
    /// Rows of indexes about statements that the site already has.
    pub updates: Vec<Update>,
    /// Problems of the indexes themselves.
    pub problems: Vec<Diagnostic>,
}

/// Finds everything to import: an index names its files; other paths are searched.
///
/// Problems are part of the result; nothing here stops an import.
pub fn all(paths: &[PathBuf], site: &Path, profile: &Profile, names: &Names<'_>, existing: &[Existing]) -> Gathered {
    let (indexes, others): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| is_index(&path.to_string_lossy()));
    let mut gathered = Gathered::default();
    for index in &indexes {
        let found = indexed(index, site, profile, names, existing);
        gathered.handed.extend(found.handed);
        gathered.updates.extend(found.updates);
        gathered.problems.extend(found.problems);
    }
    let (mut others, refused) = find(&others, site);
    // A file that an index names as well is imported once, with what the index says about it.
    others.retain(|other| !gathered.handed.iter().any(|handed| handed.is_same(other)));
    gathered.handed.extend(others);
    Gathered { refused, ..gathered }
}

/// Finds all files below the paths, sorted, each once. Links inside folders are not followed, so there can be no loop.
pub fn find(paths: &[PathBuf], site: &Path) -> (Vec<Handed>, Vec<Refused>) {
    let site = std::fs::canonicalize(site).unwrap_or_else(|_| site.to_owned());
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for path in paths {
        let before = found.len() + refused.len();
        let mut below = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
        while let Some(entry) = below.next() {
            match entry {
                // Hidden and temporary files are skipped silently, unless they look like a text that somebody misses.
                Ok(entry) if is_passed_over(&entry) => {
                    if entry.file_type().is_dir() {
                        below.skip_current_dir();
                    } else if is_text(&entry.file_name().to_string_lossy()) {
                        refused.push(passed_over(shown(entry.path())));
                    }
                }
                Ok(entry) if entry.file_type().is_dir() => {}
                // A folder may be named `x.zip`; only a file is opened as an archive.
                Ok(entry) if is_archive(&shown(entry.path())) && entry.path().is_file() => {
                    entries(entry.path(), &mut found, &mut refused);
                }
                Ok(entry) if entry.file_type().is_file() || entry.depth() == 0 => {
                    let handed = handed(entry.path(), &site);
                    // Importing the site's own statements would turn every text into a draft of itself.
                    let of_site = |path: &Arc<str>| path.starts_with(STATEMENTS) && path.ends_with(".md");
                    if handed.in_site.as_ref().is_some_and(of_site) {
                        let help = "edit it in place; to change many at once, import a table";
                        let why = Unreadable::new("it is a statement of this site, not an original", help);
                        refused.push(Refused { path: handed.path, why, is_guess: false });
                    } else {
                        found.push(handed);
                    }
                }
                // What remains are symbolic links, sockets and devices below a folder.
                Ok(entry) => refused.push(Refused {
                    is_guess: false,
                    path: shown(entry.path()),
                    why: Unreadable {
                        message: "it is a symbolic link, or not a regular file".into(),
                        help: "import the file itself".into(),
                    },
                }),
                Err(error) => refused.push(Refused {
                    is_guess: false,
                    path: shown(error.path().unwrap_or(path)),
                    why: Unreadable {
                        message: error.io_error().map_or_else(|| error.to_string(), cannot_be_read),
                        help: "check the path and your permission to read it".into(),
                    },
                }),
            }
        }
        if found.len() + refused.len() == before {
            let why = Unreadable::new("it contains nothing that can be imported", "check that it is the right folder");
            refused.push(refusal_of(shown(path), why));
        }
    }
    // Paths may overlap (`a` and `a/b.pdf`), so a file can be found twice.
    found.sort_by(|a: &Handed, b| (&a.file, &a.entry).cmp(&(&b.file, &b.entry)));
    found.dedup_by(|a, b| (&a.file, &a.entry) == (&b.file, &b.entry));
    (found, refused)
}

/// A row about a statement that the site has, which brings no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// The statement's file, relative to the site's folder.
    pub path: Arc<str>,
    /// What the index says about it.
    pub row: Row,
}

/// What an index names.
#[derive(Debug, Default)]
pub struct Indexed {
    /// Files to import.
    pub handed: Vec<Handed>,
    /// Changes of statements that the site already has.
    pub updates: Vec<Update>,
    /// Problems of the index.
    pub problems: Vec<Diagnostic>,
}

/// Finds what an index names, in its order: files to import, which must be in the index's folder or below, and
/// statements of the site, as the site's own table names them.
pub fn indexed(index: &Path, site: &Path, profile: &Profile, names: &Names<'_>, existing: &[Existing]) -> Indexed {
    let path = shown(index);
    let (text, broken) = match text_of(index) {
        Ok(text) => text,
        Err(why) => {
            let problem = Diagnostic::new(Code::UnreadableOriginal, Place::file(&path), why.message);
            return Indexed { problems: vec![problem.help(why.help)], ..Indexed::default() };
        }
    };
    let site = std::fs::canonicalize(site).unwrap_or_else(|_| site.to_owned());
    let folder = index.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let (rows, mut problems) = index::read(&path, &text, profile, names);
    if let Some((message, line, column)) = broken {
        let help = "correct that place, save the index as UTF-8 and import it again";
        problems.push(
            Diagnostic::new(Code::WrongIndex, Place { path: Arc::clone(&path), line, column }, message).help(help),
        );
    }
    if rows.is_empty() && problems.is_empty() {
        let help = "every row below the header names a file under `file`";
        problems.push(Diagnostic::new(Code::WrongIndex, Place::file(&path), "the index names no files").help(help));
    }
    // The line of each file and statement, to report one that is named twice.
    let mut lines: BTreeMap<PathBuf, u32> = BTreeMap::new();
    let (mut found, mut updates) = (Vec::new(), Vec::new());
    for mut row in rows {
        let file = real_path(folder, &row.file);
        let line = row.place.line;
        if let Some(path) = statement(&row, &file, &whole, &site, existing) {
            match lines.insert(site.join(&*path), line) {
                Some(other) => {
                    let message = format!("`{path}` is in line {other} as well");
                    let twice = Diagnostic::new(Code::WrongIndex, row.place, message);
                    problems.push(twice.help("keep one of the two"));
                }
                None => updates.push(Update { path, row }),
            }
            continue;
        }
        problems.extend(row.ask());
        let mut wrong = |message: String, help: &str| {
            problems.push(Diagnostic::new(Code::WrongIndex, row.place.clone(), message).help(help));
        };
        // An index comes with its files; one that reaches outside its folder is a mistake, or an attack on what else is
        // there.
        if row.file.is_empty() {
            let id = row.said.id.as_deref().unwrap_or_default();
            wrong(format!("the row names no file, and the site has no statement `{id}`"), "name the file under `file`");
            continue;
        }
        if let Some(word) = row.status.take().filter(|word| !matches!(word.as_str(), "draft" | "published")) {
            let (yaml, message) =
                (format!("status: {}\n", scalar(&word)), "a draft cannot have another status yet".to_owned());
            row.said.left.push(Left { yaml, line: 0, message });
        }
        match std::fs::canonicalize(&file) {
            Ok(real) if !real.starts_with(&whole) => {
                wrong(
                    format!("`{}` is outside the folder of the index", row.file),
                    "put it next to the index or below",
                );
            }
            Ok(real) if !real.is_file() => {
                wrong(format!("`{}` is not a file", row.file), "name a file, or import the folder without an index");
            }
            Ok(real) => match lines.insert(real, line) {
                Some(other) => wrong(format!("`{}` is in line {other} as well", row.file), "keep one of the two"),
                None => found.push(Handed { said: Some(Arc::new(row.said)), ..handed(&file, &site) }),
            },
            Err(error) => {
                let help = "paths are relative to the folder of the index, and case matters";
                wrong(format!("the file `{}` cannot be found: {error}", row.file), help);
            }
        }
    }
    Indexed { handed: found, updates, problems }
}

/// Returns the statement of the site that a row is about: the one whose file it names, relative to the site's folder or
/// to the index's; or the one with its id, if the site's own table names a file that has been moved since.
fn statement(row: &Row, file: &Path, folder: &Path, site: &Path, existing: &[Existing]) -> Option<Arc<str>> {
    let named = row.file.strip_prefix("./").unwrap_or(&row.file);
    let of_path = |path: &str| {
        existing.iter().find(|existing| *existing.path == *path).map(|existing| Arc::clone(&existing.path))
    };
    let real = std::fs::canonicalize(file).ok();
    if let Some(in_site) = real.as_ref().and_then(|real| real.strip_prefix(site).ok()).filter(|_| !named.is_empty()) {
        return of_path(&shown(in_site));
    }
    let is_statement = named.starts_with(STATEMENTS) && named.ends_with(".md");
    // The table of another site, placed next to its texts, names those texts and not statements of this site.
    if !named.is_empty() && (real.is_some() && !folder.starts_with(site) || !is_statement) {
        return None;
    }
    let of_id = |existing: &&Existing| {
        let name = existing.path.rsplit('/').next().unwrap_or_default();
        let is_main = name == "index.md" || name.strip_suffix(".md") == Some(&*existing.id);
        is_main && row.said.id.as_deref() == Some(&*existing.id)
    };
    of_path(named).or_else(|| existing.iter().find(of_id).map(|existing| Arc::clone(&existing.path)))
}

fn text_of(file: &Path) -> Result<(String, Option<WrongByte>), Unreadable> {
    let help = "check the path and your permission to read it";
    let bytes = read_settled(file).map_err(|error| Unreadable::new(cannot_be_read(&error), help))?;
    reading::text(&bytes)
}

fn handed(path: &Path, site: &Path) -> Handed {
    let file = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let in_site = file.strip_prefix(site).ok().map(shown);
    Handed { path: shown(path), file, entry: None, archive: None, in_site, said: None }
}

fn is_archive(name: &str) -> bool {
    name.to_lowercase().ends_with(".zip")
}

/// Finds all files in an archive. They stay in it until they are loaded.
fn entries(path: &Path, found: &mut Vec<Handed>, refused: &mut Vec<Refused>) {
    let archive = match open(path) {
        Ok(archive) => archive,
        Err(why) => return refused.push(refusal_of(shown(path), why)),
    };
    let before = found.len() + refused.len();
    let file = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    for (name, at) in archive.files() {
        // macOS adds metadata files in this folder to the archives it makes.
        if name.split('/').any(|part| part == "__MACOSX") {
            continue;
        }
        let path: Arc<str> = composed(&format!("{}/{name}", shown(path))).into();
        // The same rules as on the disk, for each folder in the name of an entry.
        if !archive::is_outside(name) && name.split('/').any(|part| is_ignored(part, false)) {
            if is_text(name) {
                refused.push(passed_over(path));
            }
            continue;
        }
        let refusal = if archive::is_outside(name) {
            Some(("its name leads out of the archive", "unpack the archive and import the files that you recognise"))
        } else if archive.is_link(at) {
            Some(("it is a symbolic link", "import the file itself"))
        } else if is_archive(name) {
            Some(("it is an archive in an archive", "unpack the outer one and import the inner one"))
        } else {
            None
        };
        if let Some((message, help)) = refusal {
            refused.push(refusal_of(path, Unreadable::new(message, help)));
        } else {
            let (entry, archive) = (Some((name.into(), at)), Some(archive.clone()));
            found.push(Handed { path, file: file.clone(), entry, archive, in_site: None, said: None });
        }
    }
    for (why, is_guess) in [(archive.unread(), false), (archive.guessed(), true)] {
        refused.extend(why.map(|why| Refused { is_guess, ..refusal_of(shown(path), why.clone()) }));
    }
    if found.len() + refused.len() == before {
        let why = Unreadable::new("it contains nothing that can be imported", "check that it is the right archive");
        refused.push(refusal_of(shown(path), why));
    }
}

/// Returns whether a file or folder is skipped because it is not meant to be imported: it is hidden, or was left by an
/// editor.
fn is_passed_over(entry: &walkdir::DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| is_ignored(name, false))
}

/// Returns whether a skipped file could be a statement, judged by its name; then it is reported.
fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    // Names that macOS and office programs give to temporary and metadata files contain the name of the document.
    let is_companion = ["._", ".~", "~$", ".#"].iter().any(|begin| name.starts_with(begin));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    !is_companion && ending.is_some_and(|ending| endings::TEXTS.contains(&ending.as_str()))
}

fn refusal_of(path: Arc<str>, why: Unreadable) -> Refused {
    Refused { path, why, is_guess: false }
}

fn passed_over(path: Arc<str>) -> Refused {
    let message = "it was skipped: its name, or that of a folder it is in, marks hidden or temporary files";
    refusal_of(path, Unreadable::new(message, "rename it if it is a statement"))
}

fn open(path: &Path) -> Result<Archive<Positioned>, Unreadable> {
    let file = File::open(path)
        .map_err(|error| Unreadable::new(cannot_be_read(&error), "check your permission to read it"))?;
    Archive::open(Positioned::new(file))
}

#[cfg(test)]
mod tests;
