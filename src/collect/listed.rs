//! Entries -> where they are listed: lists, positions, extracts and tables of who has spoken when.
//!
//! All of these are made from cards and facts, and are made again only if a card or a fact changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::extracts::{self, Extracts};
use super::lists::{self, List};
use super::matrix::{self, Matrix};
use super::misspelt::{self, Misspelt};
use super::names::Names;
use super::positions::{self, Positions, SaidByTopic};
use super::ties::neighbours;
use super::two_positions::{self, TwoPositions};
use super::{Neighbours, Numbered};
use crate::diagnostic::Diagnostic;
use crate::key::{Key, KeyMap};
use crate::memo::{Memo, Once};
use crate::stamp::Stamped;

/// Where statements are listed, and what they say on their topics.
pub struct Listed {
    /// The lists by their pages.
    pub lists: Arc<BTreeMap<Key, List>>,
    /// Topics that are likely misspelt.
    pub misspelt: Arc<Vec<Misspelt>>,
    /// What statements say on their topics, in the order of statements.
    pub said: Vec<Arc<SaidByTopic>>,
    /// What each delegation said on each topic over time.
    pub positions: Positions,
    /// The positions that each statement is part of.
    pub positions_of: Arc<positions::PositionsByStatement>,
    /// What was said on each topic in each session, by the page of the index.
    pub extracts: BTreeMap<Key, Extracts>,
    /// The positions that topics' records compare, by the page that sets them side by side.
    pub compared: BTreeMap<Key, TwoPositions>,
    /// Pairs of records that cannot be compared.
    pub not_compared: Vec<Diagnostic>,
    /// Who has spoken on each topic, and when, by the page of the table.
    pub matrices: Arc<BTreeMap<Key, Matrix>>,
    /// The previous and next statements of each, by its page.
    pub neighbours: Arc<KeyMap<Stamped<Neighbours>>>,
}

/// What is kept between builds.
#[derive(Default)]
pub struct ListedMemos {
    said: Memo<Arc<str>, Arc<SaidByTopic>>,
    lists: Once<BTreeMap<Key, List>>,
    misspelt: Once<Vec<Misspelt>>,
    matrices: Once<BTreeMap<Key, Matrix>>,
    neighbours: Once<KeyMap<Stamped<Neighbours>>>,
    positions_of: Once<positions::PositionsByStatement>,
}

impl Listed {
    /// Lists the entries.
    pub fn new(entries: &[Numbered], names: &Names<'_>, kept: &mut ListedMemos) -> Listed {
        let said = positions::said(entries, names, &mut kept.said);
        let positions = positions::positions(&said);
        let extracts = extracts::extracts(&said);
        let mut below = positions::below(&positions);
        below.extend(extracts::below(&extracts));
        below.extend(matrix::below(&said));
        let (compared, not_compared) = two_positions::two_positions(&said, &positions, names);
        below.extend(two_positions::below(&compared));
        // One stamp for all that is made from cards and facts; tables also depend on where their cells lead, but not on
        // titles.
        let of_matrices = matrix::stamp(entries, names, &below, &said);
        let stamp = lists::stamp(entries, names, &below);
        let lists =
            kept.lists.update(stamp, || lists::lists(entries, names, below, &positions::by_subject(&positions)));
        let misspelt = kept.misspelt.update(stamp, || misspelt::find(&lists, names));
        let positions_of = kept.positions_of.update(stamp, || positions::of_statements(&positions));
        let neighbours = kept.neighbours.update(stamp, || neighbours(entries, &lists));
        let matrices =
            kept.matrices.update(of_matrices, || matrix::matrices(&said, &positions, &lists, entries, names));
        Listed {
            lists,
            misspelt,
            said,
            positions,
            positions_of,
            extracts,
            compared,
            not_compared,
            matrices,
            neighbours,
        }
    }
}
