//! A language version -> what citations say of it, without its text.
//!
//! A list of statements is cited from these, so its citations change when a title or date does, not when a word of a
//! text is corrected.

use super::VersionRef;
use super::facts::Facts;
use crate::front::statement as key;
use crate::key::Key;
use crate::read::date::Date;
use crate::read::statement::{Kind, Statement, Status};
use crate::stamp::Stamped;

/// What citations say of a language version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citable {
    /// The id of the statement.
    pub id: Box<str>,
    /// Its page.
    pub key: Key,
    /// The language of the text.
    pub language: Box<str>,
    /// The title.
    pub title: Box<str>,
    /// The type of statement.
    pub kind: Option<Kind>,
    /// Whether it is corrected, withdrawn or a draft.
    pub status: Status,
    /// The day of the last correction.
    pub changed: Option<Date>,
    /// The day or period of delivery.
    pub date: Option<Date>,
    /// The symbol of the meeting's record.
    pub symbol: Option<Box<str>>,
    /// The place.
    pub place: Option<Box<str>>,
    /// The summary.
    pub summary: Option<Box<str>>,
    /// The DOI.
    pub doi: Option<Box<str>>,
    /// What its front matter means.
    pub facts: Stamped<Facts>,
    /// All versions of the statement, the main one first.
    pub versions: Stamped<Vec<VersionRef>>,
}

impl Citable {
    /// Takes what citations say from a version.
    pub fn new(
        statement: &Statement,
        at: &Key,
        facts: &Stamped<Facts>,
        versions: &Stamped<Vec<VersionRef>>,
    ) -> Citable {
        let front = &statement.front;
        let text = |of| front.text(of).map(Into::into);
        Citable {
            id: statement.id.clone(),
            key: at.clone(),
            language: statement.language.clone(),
            title: front.title.clone(),
            kind: front.kind,
            status: front.status,
            changed: front.last_change().cloned(),
            date: front.date.clone(),
            symbol: text(key::MEETING_SYMBOL),
            place: text(key::PLACE),
            summary: text(key::SUMMARY),
            doi: front.identifiers.get("doi").cloned(),
            facts: facts.clone(),
            versions: versions.clone(),
        }
    }
}
