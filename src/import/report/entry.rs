//! What came of an import -> what its report has of each file, the worst first.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::diagnostic::{Code, Diagnostic};
use crate::import::item::{Item, Outcome};
use crate::import::placing::{Action, Placed};

/// What came of an import.
#[derive(Debug)]
pub struct Report {
    /// What came of the files that were found, in the order in which they were read.
    pub done: Vec<Done>,
    /// The paths that gave nothing to import, or not all that they seem to hold.
    pub refused: Vec<Refusal>,
    /// What is wrong with indexes and with site.toml, which belongs to no file that was imported.
    pub problems: Vec<Diagnostic>,
    /// How many files there were of each kind.
    pub counts: Counts,
}

/// What came of one file.
#[derive(Debug)]
pub struct Done {
    /// How it was read. Of many files the text is kept only where the report shows it.
    pub item: Item,
    /// Where its draft went; nothing where none was made.
    pub placed: Option<Placed>,
    /// What a person has to look at.
    pub problems: Vec<Diagnostic>,
    /// The original on the disk: the copy in the site, if there is one, or else what was handed in.
    pub original: PathBuf,
}

/// A path that was refused.
#[derive(Debug)]
pub struct Refusal {
    /// The path as it was handed in.
    pub path: Arc<str>,
    /// Why it was refused.
    pub problem: Diagnostic,
}

/// How many files an import met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files that were read, and rows about statements that are there.
    pub files: usize,
    /// Drafts that are new.
    pub new: usize,
    /// Drafts and statements that were written again.
    pub updated: usize,
    /// Drafts and statements that are as they were.
    pub unchanged: usize,
    /// Statements that a person has edited, and that were left as they are.
    pub edited: usize,
    /// Files that another statement was made of already.
    pub duplicates: usize,
    /// Files of which no draft was made.
    pub unread: usize,
}

impl Counts {
    /// Counts what came of files, and of rows about statements that are there, so many of which changed something.
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
    /// Returns what a report in a folder has of each file: what was imported, and then what was refused. Originals are
    /// linked from the folder; if there is none, they are not.
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

    /// Returns all that a person has to look at: what was refused, then the files in their order, then all else.
    pub fn into_problems(self) -> Vec<Diagnostic> {
        let refused = self.refused.into_iter().map(|refused| refused.problem);
        refused.chain(self.done.into_iter().flat_map(|done| done.problems)).chain(self.problems).collect()
    }
}

/// What came of one file, and what a person has to look at.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The path that was handed in.
    pub path: &'a str,
    /// Nothing where the path itself was refused.
    pub item: Option<&'a Item>,
    /// Where its draft went; nothing where none was made.
    pub placed: Option<&'a Placed>,
    /// What is to be looked at.
    pub problems: &'a [Diagnostic],
    /// Where the original is, as a link from the report's folder.
    pub original: Option<String>,
}

impl Entry<'_> {
    /// Returns in a few words what came of it.
    pub(super) fn outcome(&self) -> String {
        match (self.item.map(|item| &item.outcome), self.placed) {
            (Some(Outcome::Drafted(drafted)), Some(placed)) => {
                let verdict = drafted.judgement.verdict.word();
                format!("{} -> {} ({verdict}; {})", placed.action.word(), placed.path, drafted.reader)
            }
            (Some(Outcome::Refused(_)), _) => "refused: the draft would differ from its original".to_owned(),
            // An archive whose names were guessed; what is in it comes by itself.
            (None, _) if self.problems.iter().all(|problem| problem.code == Code::UnsureText) => {
                "read by a guess".to_owned()
            }
            _ => "not read".to_owned(),
        }
    }
}

/// Returns the entries in the order in which they are to be looked at.
pub(super) fn worst_first<'a>(entries: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let mut entries = entries.to_vec();
    entries.sort_by_cached_key(|entry| {
        let worst = entry.problems.iter().map(|problem| (problem.severity(), problem.code)).min();
        (worst.is_none(), worst, Reverse(entry.problems.len()))
    });
    entries
}

/// Returns a link from a folder to a file; nothing if they share no part of their paths. Both are absolute.
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
