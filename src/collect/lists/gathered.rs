//! What a list is a list of, and a list while it is gathered.

use std::sync::Arc;

use crate::key::Key;
use crate::read::record::RecordKind;

/// What a list is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    Topic,
    Delegation,
    Forum,
    Session,
    Meeting,
    Group,
    Speaker,
    Document,
    Year,
    /// Every statement there is.
    All,
}

/// A list while it is gathered.
pub(super) struct Gathered {
    pub(super) kind: ListKind,
    pub(super) title: Box<str>,
    pub(super) origin: Arc<str>,
    pub(super) members: Vec<usize>,
    pub(super) rule_members: Vec<usize>,
}

/// Returns what the list of a record is a list of.
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

/// Organisations of states that the shipped tables have among the delegations: what they say is said for their members.
const UNIONS: &[&str] = &["au", "eu", "las", "oas", "osce", "pif"];

/// Returns whether what has this page speaks for delegations other than itself: a group, or an organisation of states.
pub fn speaks_for_others(party: &Key) -> bool {
    let is_union = party.kind() == Some(RecordKind::Delegation) && UNIONS.contains(&party.name());
    party.kind() == Some(RecordKind::Group) || is_union
}
