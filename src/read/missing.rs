//! A statement, including what it inherits -> what it lacks.
//!
//! What a language version should have inherited is missing in the file that it inherits from, and is reported there.

use std::sync::Arc;

use super::fields::Named;
use super::statement::{Statement, Status};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::FrontKey;
use crate::front::statement::{DATE, DELEGATION, MEETING, SESSION, STATUS_NOTE, TITLE};

/// The body of a statement whose text could not be read when it was imported.
pub const STUB: &str =
    "\\[The text of this statement could not be read from its original. It is to be typed here.\\]\n";

/// Returns a problem for each thing that is missing in a statement.
pub fn missing(statement: &Statement) -> impl Iterator<Item = Diagnostic> {
    let is_version = statement.base.is_some();
    let own = [delegation, date].into_iter().filter(move |_| !is_version);
    own.chain([forum, text]).filter_map(|missing| missing(statement))
}

/// Reports a missing key. A key with an unusable value is not missing, and is already reported.
fn lacks(statement: &Statement, key: FrontKey, code: Code, message: &str, help: &str) -> Option<Diagnostic> {
    if statement.front.stated(key).is_some_and(|stated| stated.is_wrong) {
        return None;
    }
    let (line, column) = statement.front.stated(TITLE).map_or((2, 1), |title| (title.line, title.column));
    let place = Place { path: Arc::clone(&statement.path), line, column };
    Some(Diagnostic::new(code, place, message).help(help))
}

fn delegation(statement: &Statement) -> Option<Diagnostic> {
    let front = &statement.front;
    let names_none = front.delegation.is_none() && front.on_behalf_of.is_empty();
    let (message, help) = ("the statement names no delegation", "add `delegation:` with a code such as KAZ");
    names_none.then(|| lacks(statement, DELEGATION, Code::MissingDelegation, message, help)).flatten()
}

fn date(statement: &Statement) -> Option<Diagnostic> {
    let front = &statement.front;
    let has_none = front.date.is_none() && front.text(STATUS_NOTE).is_none();
    let help = "add `date:`, as an interval if the day is not known, or explain in `status_note:` why there is none";
    has_none.then(|| lacks(statement, DATE, Code::MissingDate, "the statement has no date", help)).flatten()
}

fn forum(statement: &Statement) -> Option<Diagnostic> {
    let front = &statement.front;
    if front.forum.is_some() {
        return None;
    }
    let occasion: [(FrontKey, &Option<Named>); 2] = [(SESSION, &front.session), (MEETING, &front.meeting)];
    let (key, named) = occasion.into_iter().find(|(key, named)| named.is_some() && front.states(*key))?;
    let message = format!("`{key}` is not shown, because the statement names no forum");
    let help = format!("add `forum:` with a code such as unga-c1, or leave `{key}` out");
    named.as_ref().map(|named| Diagnostic::new(Code::MissingForum, named.place(&statement.path), message).help(help))
}

fn text(statement: &Statement) -> Option<Diagnostic> {
    let is_public = matches!(statement.front.status, Status::Published | Status::Corrected);
    if !is_public || !statement.body.text.trim().is_empty() {
        return None;
    }
    // The last line of the front matter, below which the text is missing.
    let place = Place { path: Arc::clone(&statement.path), line: statement.first_line - 1, column: 1 };
    Some(Diagnostic::new(Code::MissingText, place, "the statement has no text").help("write the text below this line"))
}
