//! The statements that a choice leaves out of the site -> each with its reason, for people who miss a text.

use std::sync::Arc;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::works::Choice;
use crate::diagnostic::{Code, Diagnostic};
use crate::read::statement::{Statement, Status};

/// A language version of a statement that is not in the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Path from the site's folder.
    pub path: Arc<str>,
    /// The statement's id.
    pub id: Box<str>,
    /// Why it is not in the site.
    pub reason: Reason,
}

/// Why a text is not in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Reason {
    /// Its front matter has an error in a key about publication.
    Unclear,
    /// It is under embargo until this day, which is after the day of this build.
    Embargo(civil::Date),
    /// It is a draft.
    Draft,
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        match reason {
            Reason::Unclear => "unclear".to_owned(),
            Reason::Embargo(until) => until.to_string(),
            Reason::Draft => "draft".to_owned(),
        }
    }
}

impl TryFrom<String> for Reason {
    type Error = jiff::Error;

    fn try_from(text: String) -> Result<Reason, jiff::Error> {
        match &*text {
            "unclear" => Ok(Reason::Unclear),
            "draft" => Ok(Reason::Draft),
            until => until.parse().map(Reason::Embargo),
        }
    }
}

/// Returns whether a problem can prevent the publication of a site without these texts, which are sorted by path. One
/// in a draft or a text under embargo that is left out cannot: an unfinished text must not hold up all others. Nor can
/// an outdated lock: nobody can run `plenary lock` on a host, and the paragraphs already have the numbers that it would
/// keep.
pub fn counts(left_out: &[LeftOut], diagnostic: &Diagnostic) -> bool {
    if diagnostic.code == Code::OutdatedLock {
        return false;
    }
    let Some(place) = &diagnostic.place else { return true };
    let at = left_out.binary_search_by(|text| text.path.cmp(&place.path));
    at.map_or(true, |at| left_out[at].counts())
}

impl LeftOut {
    /// Finds the reason why `choice` leaves out a statement. A draft under embargo counts as a draft, because the day
    /// by itself does not publish it.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_reads_back_as_it_was_written() {
        for reason in [Reason::Unclear, Reason::Draft, Reason::Embargo(civil::date(2031, 5, 1))] {
            assert_eq!(Reason::try_from(String::from(reason)).ok(), Some(reason));
        }
        assert!(Reason::try_from("tomorrow".to_owned()).is_err());
    }
}
