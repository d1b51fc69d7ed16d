//! The kinds of lists, and a list while its members are gathered.

use std::sync::Arc;

use crate::collect::title::Title;
use crate::key::Key;
use crate::read::record::RecordKind;

/// What a list is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    /// Statements on a topic.
    Topic,
    /// Statements by a delegation.
    Delegation,
    /// Statements in a forum.
    Forum,
    /// Statements in a session of a forum.
    Session,
    /// Statements in a meeting.
    Meeting,
    /// Statements on behalf of a group.
    Group,
    /// Statements by a person.
    Speaker,
    /// Statements that cite a document.
    Document,
    /// Statements of a year.
    Year,
    /// Texts in a language.
    Language,
    /// Texts on a topic in a language.
    TopicInLanguage,
    /// All statements.
    All,
}

/// A list while its members are gathered.
pub(super) struct Gathered {
    pub(super) kind: ListKind,
    /// The title that the first statement or record gives it.
    pub(super) title: Title,
    /// The file that named it first.
    pub(super) origin: Arc<str>,
    /// Indices of its statements among the listed entries.
    pub(super) members: Vec<usize>,
    /// The same for statements that have the topic only by rule.
    pub(super) rule_members: Vec<usize>,
}

/// Returns the kind of list that a kind of record has.
pub(super) fn list_kind(kind: RecordKind) -> ListKind {
    match kind {
        RecordKind::Topic => ListKind::Topic,
        RecordKind::Delegation => ListKind::Delegation,
        RecordKind::Forum => ListKind::Forum,
        RecordKind::Group => ListKind::Group,
        RecordKind::Document => ListKind::Document,
        RecordKind::Speaker => ListKind::Speaker,
    }
}

/// Organisations of states that the shipped tables list as delegations: they speak for their members.
const UNIONS: &[&str] = &["au", "eu", "las", "oas", "osce", "pif"];

/// Returns whether a delegation or group speaks for others: a group or an organisation of states.
pub fn speaks_for_others(party: &Key) -> bool {
    let is_union = party.kind() == Some(RecordKind::Delegation) && UNIONS.contains(&party.name());
    party.kind() == Some(RecordKind::Group) || is_union
}
