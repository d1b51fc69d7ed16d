//! What the collection keeps between builds, so that a save costs only as much as it changes.

use std::sync::Arc;

use super::carried::Alignments;
use super::citations::Citations;
use super::matches::Matches;
use super::mentions::NamedDocuments;
use super::mentions::namings::Namings;
use super::names::Tables;
use super::pairs::Shares;
use super::passages::KeptGroups;
use super::related::Related;
use super::rules::ByRule;
use super::twice::KeptSpeakers;
use super::{inherit, known, listed, numbers};
use crate::memo::Memo;

/// What `collect` keeps between builds. It only saves time: results are the same without it.
pub struct State {
    pub(super) tables: Tables,
    pub(super) inherited: inherit::InheritedVersions,
    pub(super) rules: Memo<Arc<str>, Arc<Box<ByRule>>>,
    pub(super) known: Memo<Box<str>, Arc<known::OfWork>>,
    pub(super) numbers: Memo<Box<str>, Arc<Vec<numbers::NumberedVersion>>>,
    pub(super) named: Memo<Arc<str>, NamedDocuments>,
    pub(super) listed: listed::ListedMemos,
    pub(super) namings: Namings,
    pub(super) citations: Citations,
    pub(super) matches: Matches,
    pub(super) groups: KeptGroups,
    pub(super) alignments: Alignments,
    pub(super) related: Related,
    pub(super) shares: Shares,
    pub(super) speakers: KeptSpeakers,
}

impl State {
    /// Creates an empty state; `related` is the maximum number of related statements per statement.
    pub fn new(related: usize) -> State {
        State {
            tables: Tables::load(),
            inherited: Memo::default(),
            rules: Memo::default(),
            known: Memo::default(),
            numbers: Memo::default(),
            named: Memo::default(),
            listed: listed::ListedMemos::default(),
            namings: Namings::default(),
            citations: Citations::default(),
            matches: Matches::default(),
            groups: KeptGroups::default(),
            alignments: Alignments::default(),
            related: Related::new(related),
            shares: Shares::default(),
            speakers: None,
        }
    }
}
