//! Problems of an index, found row by row -> diagnostics, only one for each column.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cells::Cell;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::front;

/// Problems of an index; each column is reported only once.
pub(super) struct Problems {
    /// Path of the index.
    pub(super) path: Arc<str>,
    reported: BTreeSet<String>,
    /// The ids that rows give, each with the language of its text if that matters, and with its line.
    ids: BTreeMap<(String, String), u32>,
    /// The problems found so far.
    pub(super) all: Vec<Diagnostic>,
}

impl Problems {
    /// Creates an empty list.
    pub(super) fn new(path: &Arc<str>) -> Problems {
        Problems { path: Arc::clone(path), reported: BTreeSet::new(), ids: BTreeMap::new(), all: Vec::new() }
    }

    /// Adds a problem at a place in the index.
    pub(super) fn add(&mut self, code: Code, line: u32, column: u32, message: String, help: &str) {
        let place = Place { path: Arc::clone(&self.path), line, column };
        self.all.push(Diagnostic::new(code, place, message).help(help));
    }

    /// Adds a problem with a value in a row.
    pub(super) fn wrong(&mut self, line: u32, column: u32, message: String, help: &str) {
        self.add(Code::WrongIndex, line, column, message, help);
    }

    /// Reports a column that is not a front-matter key.
    pub(super) fn unknown(&mut self, cell: &Cell) {
        if self.reported.insert(cell.name.clone()) {
            let name = &cell.name;
            let near = did_you_mean(name, front::importable().map(|key| key.name));
            let help = near.unwrap_or_else(|| {
                format!(
                    "give the column the name of a front-matter key, or map it to one in a profile, under `[columns]`: \
                     `\"{name}\" = \"KEY\"`; `\"{name}\" = \"\"` skips it without a warning"
                )
            });
            let message = format!("the column `{name}` is not a statement key and was skipped");
            self.add(Code::UnknownColumn, cell.named_at.0, cell.named_at.1, message, &help);
        }
    }

    /// Reports a second column for one key.
    pub(super) fn twice(&mut self, cell: &Cell, key: &str) {
        if self.reported.insert(format!("{key} twice")) {
            let message = format!("the column `{}` is a second column for `{key}`", cell.name);
            self.wrong(
                cell.named_at.0,
                cell.named_at.1,
                message,
                "keep one of them; the first that is not empty was used in each row",
            );
        }
    }

    /// Reports an id that another row has as well, for a text in the same language.
    pub(super) fn id(&mut self, id: &str, language: &str, (line, column): (u32, u32)) {
        if let Some(other) = self.ids.insert((id.to_owned(), language.to_owned()), line) {
            let message = format!("the id `{id}` is in line {other} as well");
            self.wrong(line, column, message, "give each file an id of its own");
        }
    }
}
