//! What is wrong with an index, found row by row -> diagnostics, of a column only one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::cells::Cell;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::front;

/// What is wrong with an index; of a column only once.
pub(super) struct Problems {
    pub(super) path: Arc<str>,
    told: BTreeSet<String>,
    /// The ids that rows give, with the line of each.
    ids: BTreeMap<String, u32>,
    pub(super) all: Vec<Diagnostic>,
}

impl Problems {
    /// Begins with none.
    pub(super) fn new(path: &Arc<str>) -> Problems {
        Problems { path: Arc::clone(path), told: BTreeSet::new(), ids: BTreeMap::new(), all: Vec::new() }
    }

    pub(super) fn add(&mut self, code: Code, line: u32, column: u32, message: String, help: &str) {
        let place = Place { path: Arc::clone(&self.path), line, column };
        self.all.push(Diagnostic::new(code, place, message).help(help));
    }

    pub(super) fn wrong(&mut self, line: u32, column: u32, message: String, help: &str) {
        self.add(Code::WrongIndex, line, column, message, help);
    }

    pub(super) fn unknown(&mut self, cell: &Cell) {
        if self.told.insert(cell.name.clone()) {
            let name = &cell.name;
            let near = did_you_mean(name, front::importable().map(|key| key.name));
            let help = near.unwrap_or_else(|| {
                format!(
                    "give the column the name of a front-matter key, or say in a profile, below `[columns]`, which key \
                     it is: `\"{name}\" = \"KEY\"`; `\"{name}\" = \"\"` passes it over without a warning"
                )
            });
            let message = format!("the column `{name}` is no key of a statement, and is passed over");
            self.add(Code::UnknownColumn, cell.named_at.0, cell.named_at.1, message, &help);
        }
    }

    /// Tells of a second column for one key.
    pub(super) fn twice(&mut self, cell: &Cell, key: &str) {
        if self.told.insert(format!("{key} twice")) {
            let message = format!("the column `{}` is a second one for `{key}`", cell.name);
            self.wrong(
                cell.named_at.0,
                cell.named_at.1,
                message,
                "keep one of them; of each row the first that is filled was used",
            );
        }
    }

    /// Tells of an id that another row has as well.
    pub(super) fn id(&mut self, id: &str, line: u32, column: u32) {
        if let Some(other) = self.ids.insert(id.to_owned(), line) {
            let message = format!("the id `{id}` stands in line {other} as well");
            self.wrong(line, column, message, "give each file an id of its own");
        }
    }
}
