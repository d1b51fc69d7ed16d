//! The statements and locks of a site -> the numbers of all paragraphs, and the problems with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::versions::{of_versions, unlike};
use crate::collect::Content;
use crate::collect::works::{KeptBack, Work};
use crate::compare::align::Version;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::memo::Memo;
use crate::read::body::Body;
use crate::read::lock::{self, Lock};
use crate::read::numbers::Numbers;
use crate::read::paragraph::{ParagraphRef, in_words};
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

/// The numbers of each statement's paragraphs, by its file.
pub type NumbersByFile = BTreeMap<Arc<str>, Stamped<Numbers>>;

/// The numbers of a language version, and how they disagree with its lock and with the main version.
pub struct NumberedVersion {
    numbers: Stamped<Numbers>,
    /// What is not in the lock, in words; `None` if it is up to date.
    changes: Option<String>,
    /// Paragraphs whose number means another paragraph in the main version.
    unlike: Vec<ParagraphRef>,
}

/// A statement with locks: its versions and all its locks by path, including those of versions that do not exist.
struct Locked<'a> {
    work: &'a Work,
    locks: BTreeMap<&'a str, &'a Stamped<Lock>>,
}

impl<'a> Locked<'a> {
    fn statements(&self) -> impl Iterator<Item = &'a Stamped<Statement>> {
        self.work.versions.iter().map(|version| &version.statement)
    }

    fn lock(&self, statement: &Statement) -> Option<&'a Lock> {
        self.locks.get(&*path(statement)).map(|lock| &***lock)
    }

    fn stamp(&self) -> Stamp {
        let statements: Vec<Stamp> = self.statements().map(Stamped::stamp).collect();
        let locks: Vec<(&str, Stamp)> = self.locks.iter().map(|(path, lock)| (*path, lock.stamp())).collect();
        Stamp::of(&(statements, locks))
    }

    fn numbered(&self) -> Vec<NumberedVersion> {
        let none = Lock::default();
        let statements: Vec<&Stamped<Statement>> = self.statements().collect();
        let locks: Vec<&Lock> = statements.iter().map(|statement| self.lock(statement).unwrap_or(&none)).collect();
        let texts: Vec<(&Body, &Lock)> = statements.iter().zip(&locks).map(|(of, lock)| (&*of.body, *lock)).collect();
        // All locks of the statement, even those of deleted versions: their numbers are in links and must not come
        // again.
        let all = of_versions(&texts, self.locks.values().copied().flat_map(|lock| &lock.lines));
        let version = |at: usize| Version { body: texts[at].0, numbers: &all[at] };
        let numbered = all.iter().zip(&statements).enumerate().map(|(at, (numbers, statement))| NumberedVersion {
            changes: match self.lock(statement) {
                Some(lock) => numbers.changes(lock, texts[at].0),
                None if statement.body.paragraphs.is_empty() => None,
                None => Some(NOT_KEPT.to_owned()),
            },
            unlike: if at > 0 { unlike(version(0), version(at)) } else { Vec::new() },
            numbers: Stamped::new(numbers.clone()),
        });
        numbered.collect()
    }
}

const NOT_KEPT: &str = "its paragraph numbers are not locked yet";

/// Numbers the paragraphs of all statements that have locks, and reports locks that are out of date. A site without
/// locks does not keep numbers, so nothing is reported for it.
pub fn numbers(
    works: &[Work],
    kept_back: &KeptBack<'_>,
    content: &Content,
    memo: &mut Memo<Box<str>, Arc<Vec<NumberedVersion>>>,
    out: &mut Vec<Diagnostic>,
) -> NumbersByFile {
    let locks = &content.locks;
    let mut by_id: BTreeMap<&str, BTreeMap<&str, &Stamped<Lock>>> = BTreeMap::new();
    for (path, lock) in locks {
        by_id.entry(lock::id(path)).or_default().insert(path, lock);
    }
    let locked = works.iter().filter_map(|work| Some(Locked { work, locks: by_id.remove(&*work.id)? }));
    let locked: Vec<Locked<'_>> = locked.collect();
    let numbered = memo.update(&locked, |of| (of.work.id.clone(), of.stamp()), |of| Arc::new(of.numbered()));
    for (locked, numbered) in locked.iter().zip(&numbered) {
        report(locked.work, numbered, out);
    }
    let statements = || works.iter().flat_map(|work| &work.versions).map(|version| &version.statement);
    let with_locks: BTreeSet<&str> = locked.iter().map(|locked| &*locked.work.id).collect();
    let unlocked = statements().filter(|of| !locks.is_empty() && !with_locks.contains(&*of.id));
    out.extend(unlocked.filter(|of| !of.body.paragraphs.is_empty()).map(|of| outdated(of, NOT_KEPT)));
    // The lock of a draft is not a stray, though the draft is in no work.
    let every: Vec<&Stamped<Statement>> = statements().chain(kept_back.statements.iter().copied()).collect();
    out.extend(strays(&every, content));
    let all = locked.iter().zip(&numbered).flat_map(|(locked, numbered)| locked.statements().zip(&**numbered));
    all.map(|(statement, of)| (Arc::clone(&statement.path), of.numbers.clone())).collect()
}

/// Returns whether a file has the name of a statement with this id, in any language.
fn has_id(file: &str, id: &str) -> bool {
    let name = file.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or_default();
    name.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn path(statement: &Statement) -> String {
    lock::path(&statement.id, &statement.language)
}

/// Reports what is missing in the locks of a statement, and where its versions disagree.
fn report(work: &Work, numbered: &[NumberedVersion], out: &mut Vec<Diagnostic>) {
    for (version, of) in work.versions.iter().zip(numbered) {
        out.extend(of.changes.as_ref().map(|changes| outdated(&version.statement, changes)));
        if !of.unlike.is_empty() {
            out.push(differing(&version.statement, work.main(), &of.unlike));
        }
    }
}

fn outdated(statement: &Statement, message: &str) -> Diagnostic {
    Diagnostic::new(Code::OutdatedLock, Place::file(&statement.path), message)
        .help("run `plenary lock` when you publish the text, to keep its paragraph numbers as they are now")
}

fn differing(statement: &Statement, main: &Statement, unlike: &[ParagraphRef]) -> Diagnostic {
    let does = if unlike.len() == 1 { "does" } else { "do" };
    let message = format!("{} {does} not seem to match the same number in `{}`", in_words(unlike), main.path);
    let help = format!(
        "a number must mean the same paragraph in every language: if these are different paragraphs, delete the line of one of them in `{}` and run `plenary lock`; if they are the same, update the older text",
        path(statement)
    );
    Diagnostic::new(Code::UnlikeParagraphs, Place::file(&statement.path), message).help(help)
}

/// Reports locks without a matching text. The lock of a deleted language version keeps its numbers from being reused,
/// so it is reported only while another version has no lock: then the language of a version may have been changed.
fn strays<'a>(statements: &[&Stamped<Statement>], content: &'a Content) -> impl Iterator<Item = Diagnostic> + use<'a> {
    let known: BTreeSet<String> = statements.iter().map(|statement| path(statement)).collect();
    let id = |of: &&Stamped<Statement>| of.id.clone();
    let ids: BTreeSet<Box<str>> = statements.iter().map(id).collect();
    let is_unlocked =
        |of: &&&Stamped<Statement>| !of.body.paragraphs.is_empty() && !content.locks.contains_key(&*path(of));
    let unlocked: BTreeSet<Box<str>> = statements.iter().filter(is_unlocked).map(id).collect();
    // The id of a text that cannot be read, for example during a merge, is unknown, so its lock is not a stray.
    let is_unread = |lock: &str| content.unread.iter().any(|file| has_id(file, lock::id(lock)));
    let strays = content.locks.keys().filter(move |lock| !known.contains(&***lock) && !is_unread(lock));
    strays.filter_map(move |lock| {
        let id = lock::id(lock);
        let (message, help) = if unlocked.contains(id) {
            (
                "these numbers belong to no language version of the statement",
                "if the language of a version was changed, rename this file to `locks/<id>.<language>.lock`; if the version was deleted, keep it and run `plenary lock`",
            )
        } else if ids.contains(id) {
            return None;
        } else {
            (
                "these numbers belong to no statement of the site",
                "if a statement was renamed, rename this file to `locks/<id>.<language>.lock`; otherwise delete it, and do not reuse its id for another statement",
            )
        };
        Some(Diagnostic::new(Code::StrayLock, Place::file(lock), message).help(help))
    })
}
