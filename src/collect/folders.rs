//! Statements -> the folders that belong to a single statement.

use std::collections::BTreeMap;

use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// Returns the ids of statements with a folder of their own (`<id>/index.md`), by the folder.
pub(super) fn folders(statements: &[Stamped<Statement>]) -> BTreeMap<&str, &str> {
    let of_folders = statements.iter().filter_map(|statement| {
        let (folder, file) = statement.path.rsplit_once('/')?;
        (file.starts_with("index.") && file.ends_with(".md")).then_some((folder, &*statement.id))
    });
    of_folders.collect()
}
