//! The statements that a choice leaves out of the site -> each with its reason, for people who miss a text.

use std::sync::Arc;

use jiff::civil;

use super::works::Choice;
use crate::read::statement::{Statement, Status};

/// A language version of a statement that is not in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Path from the site's folder.
    pub path: Arc<str>,
    /// The statement's id.
    pub id: Box<str>,
    /// Why it is not in the site.
    pub reason: Reason,
}

/// Why a text is not in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Its front matter has an error in a key about publication.
    Unclear,
    /// It is under embargo until this day, which is after the day of this build.
    Embargo(civil::Date),
    /// It is a draft.
    Draft,
}

impl LeftOut {
    /// Finds the reason why `choice` leaves out a statement. A draft under embargo counts as a draft: the day alone
    /// does not publish it.
    pub fn new(statement: &Statement, choice: Choice) -> LeftOut {
        let front = &statement.front;
        let is_draft = !choice.drafts && front.status == Status::Draft;
        let reason = match &front.embargo {
            _ if front.is_unclear => Reason::Unclear,
            Some(embargo) if !is_draft => Reason::Embargo(embargo.latest()),
            _ => Reason::Draft,
        };
        LeftOut { path: Arc::clone(&statement.path), id: statement.id.clone(), reason }
    }

    /// Returns whether problems in this text can prevent publication: only if it is unclear whether the text belongs to
    /// the site.
    pub fn counts(&self) -> bool {
        self.reason == Reason::Unclear
    }
}
