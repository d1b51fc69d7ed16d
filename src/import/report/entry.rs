//! The result of an import -> what its report says about each file, the worst first.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::{Code, Diagnostic};
use crate::import::item::{Item, Outcome};
use crate::import::placing::{Action, Placed};

/// The result of an import.
#[derive(Debug)]
pub struct Report {
    /// What was made from the files that were found, in the order in which they were read.
    pub done: Vec<Done>,
    /// Paths that held nothing to import, or less than they seemed to.
    pub refused: Vec<Refusal>,
    /// Problems of indexes and of site.toml, which belong to none of the imported files.
    pub problems: Vec<Diagnostic>,
    /// Number of files of each kind.
    pub counts: Counts,
}

/// What was made from one file.
#[derive(Debug)]
pub struct Done {
    /// How it was read. Of many files, the text is kept only for those that the report shows.
    pub item: Item,
    /// Where its draft went; `None` if there is no draft.
    pub placed: Option<Placed>,
    /// What a person has to check.
    pub problems: Vec<Diagnostic>,
    /// Path of the original: the copy in the site if there is one, else the submitted file.
    pub original: PathBuf,
}

/// A path that was refused.
#[derive(Debug)]
pub struct Refusal {
    /// The path as it was given.
    pub path: Arc<str>,
    /// Why it was refused.
    pub problem: Diagnostic,
}

/// Number of files in an import, by what happened to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that were read, and rows about existing statements.
    pub files: usize,
    /// New drafts.
    pub new: usize,
    /// Drafts and statements that were rewritten.
    pub updated: usize,
    /// Drafts and statements that stayed the same.
    pub unchanged: usize,
    /// Statements that a person has edited, which were left unchanged.
    pub edited: usize,
    /// Files that another statement was already made from.
    pub duplicates: usize,
    /// Files from which no draft was made.
    pub unread: usize,
}

impl Counts {
    /// Counts what was made from files, and the rows about existing statements, of which `changed` changed something.
    pub(crate) fn new(done: &[Done], rows: usize, changed: usize) -> Counts {
        let of = |actions: &[Action]| {
            let placed = done.iter().filter_map(|done| done.placed.as_ref());
            placed.filter(|placed| actions.contains(&placed.action)).count()
        };
        Counts {
            files: done.len() + rows,
            new: of(&[Action::New]),
            updated: of(&[Action::Update]) + changed,
            unchanged: of(&[Action::Same]) + rows - changed,
            edited: of(&[Action::Edited, Action::EditedAndChanged]),
            duplicates: of(&[Action::Duplicate, Action::SameWords]),
            unread: done.iter().filter(|done| done.placed.is_none()).count(),
        }
    }
}

impl Report {
    /// Returns what a report in a folder says about each file: first what was imported, then what was refused.
    /// Originals are linked relative to the folder; without one, they are not linked.
    pub fn entries(&self, folder: Option<&Path>) -> Vec<Entry<'_>> {
        let done = self.done.iter().map(|done| Entry {
            path: &done.item.path,
            item: Some(&done.item),
            placed: done.placed.as_ref(),
            problems: &done.problems,
            original: folder.and_then(|folder| link(folder, &done.original)),
        });
        let refused = self.refused.iter().map(|refused| Entry {
            path: &refused.path,
            item: None,
            placed: None,
            problems: slice::from_ref(&refused.problem),
            original: None,
        });
        done.chain(refused).collect()
    }

    /// Returns everything that a person has to check: what was refused, then the files in order, then the rest.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        let refused = self.refused.into_iter().map(|refused| refused.problem);
        refused.chain(self.done.into_iter().flat_map(|done| done.problems)).chain(self.problems).collect()
    }
}

/// What was made from one file, and what a person has to check.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The path as it was given.
    pub path: &'a str,
    /// `None` if the path itself was refused.
    pub item: Option<&'a Item>,
    /// Where its draft went; `None` if there is no draft.
    pub placed: Option<&'a Placed>,
    /// What a person has to check.
    pub problems: &'a [Diagnostic],
    /// A link to the original, relative to the report's folder.
    pub original: Option<String>,
}

impl Entry<'_> {
    /// Returns in a few words what happened to it.
    pub(super) fn outcome(&self) -> String {
        match (self.item.map(|item| &item.outcome), self.placed) {
            (Some(Outcome::Drafted(drafted)), Some(placed)) => {
                let verdict = drafted.judgement.verdict.word();
                format!("{} -> {} ({verdict}; {})", placed.action.word(), placed.path, drafted.reader)
            }
            (Some(Outcome::Refused(_)), _) => "refused: the draft would differ from its original".to_owned(),
            // An archive whose names were guessed; its entries are reported separately.
            (None, _) if self.problems.iter().all(|problem| problem.code == Code::UnsureText) => {
                "read by guessing".to_owned()
            }
            _ => "not read".to_owned(),
        }
    }
}

/// Returns the entries in the order in which they should be reviewed.
pub(super) fn worst_first<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut entries = entries.to_vec();
    entries.sort_by_cached_key(|entry| {
        let worst = entry.problems.iter().map(|problem| (problem.severity(), problem.code)).min();
        (worst.is_none(), worst, Reverse(entry.problems.len()))
    });
    entries
}

/// Returns a link from a folder to a file; `None` if their paths have nothing in common. Both are absolute.
fn link(folder: &Path, file: &Path) -> Option<String> {
    const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let shared = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return None;
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = file.components().skip(shared);
    let down = down.map(|part| utf8_percent_encode(&part.as_os_str().to_string_lossy(), PATH).to_string());
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_original_is_linked_from_wherever_the_report_is() {
        for (folder, file, expect) in [
            ("/a/site", "/a/site/content/x.pdf", "content/x.pdf"),
            ("/a/site", "/a/in/r\u{e9}union 1%.pdf", "../in/r%C3%A9union%201%25.pdf"),
            ("/a/b/c", "/d/javascript:x.pdf", "../../../d/javascript%3Ax.pdf"),
        ] {
            assert_eq!(link(Path::new(folder), Path::new(file)).as_deref(), Some(expect));
        }
    }
}
