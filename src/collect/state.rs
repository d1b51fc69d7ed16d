//! What the collection keeps from run to run, so that a save costs what it changes.

use std::sync::Arc;

use super::carried::Alignments;
use super::citations::Citations;
use super::matches::Matches;
use super::mentions::Named;
use super::mentions::namings::Namings;
use super::names::Tables;
use super::pairs::Shares;
use super::related::Related;
use super::rules::ByRule;
use super::{inherit, known, listed, numbers};
use crate::memo::Memo;

/// What `collect` keeps from run to run, only to be faster.
pub struct State {
    pub(super) tables: Tables,
    pub(super) inherited: inherit::Kept,
    pub(super) rules: Memo<Arc<str>, Arc<Box<ByRule>>>,
    pub(super) known: Memo<Box<str>, Arc<known::OfWork>>,
    pub(super) numbers: Memo<Box<str>, Arc<Vec<numbers::NumberedVersion>>>,
    pub(super) named: Memo<Arc<str>, Named>,
    pub(super) listed: listed::Kept,
    pub(super) namings: Namings,
    pub(super) citations: Citations,
    pub(super) matches: Matches,
    pub(super) alignments: Alignments,
    pub(super) related: Related,
    pub(super) shares: Shares,
}

impl State {
    /// Begins with nothing kept; `related` is how many related statements a statement has at most.
    pub fn new(related: usize) -> State {
        State {
            tables: Tables::load(),
            inherited: Memo::default(),
            rules: Memo::default(),
            known: Memo::default(),
            numbers: Memo::default(),
            named: Memo::default(),
            listed: listed::Kept::default(),
            namings: Namings::default(),
            citations: Citations::default(),
            matches: Matches::default(),
            alignments: Alignments::default(),
            related: Related::new(related),
            shares: Shares::default(),
        }
    }
}
