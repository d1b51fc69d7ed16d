//! Entries -> where they are listed: lists, positions, extracts and tables of who has spoken when.
//!
//! Lists show cards. While no card and no fact changed, none of what is made of them is made again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::extracts::{self, Extracts};
use super::lists::{self, List};
use super::matrix::{self, Matrix};
use super::misspelt::{self, Misspelt};
use super::names::Names;
use super::positions::{self, OfStatement, Positions};
use super::ties::neighbours;
use super::{Neighbours, Numbered};
use crate::key::{Key, KeyMap};
use crate::memo::{Memo, Once};
use crate::stamp::{Stamp, Stamped};

/// Where statements are listed, and what they say on their topics.
pub struct Listed {
    pub lists: Arc<BTreeMap<Key, List>>,
    /// Topics that are likely misspelt.
    pub misspelt: Arc<Vec<Misspelt>>,
    pub positions: Positions,
    pub positions_of: Arc<positions::OfStatements>,
    pub extracts: BTreeMap<Key, Extracts>,
    pub matrices: Arc<BTreeMap<Key, Matrix>>,
    pub neighbours: Arc<KeyMap<Stamped<Neighbours>>>,
}

/// What is kept of it from run to run.
#[derive(Default)]
pub struct Kept {
    said: Memo<Arc<str>, Arc<OfStatement>>,
    lists: Once<BTreeMap<Key, List>>,
    misspelt: Once<Vec<Misspelt>>,
    matrices: Once<BTreeMap<Key, Matrix>>,
    neighbours: Once<KeyMap<Stamped<Neighbours>>>,
    positions_of: Once<positions::OfStatements>,
}

impl Listed {
    /// Lists the entries.
    pub fn new(entries: &[Numbered], names: &Names<'_>, kept: &mut Kept) -> Listed {
        let said = positions::said(entries, names, &mut kept.said);
        let positions = positions::positions(&said);
        let extracts = extracts::extracts(&said);
        let mut below = positions::below(&positions);
        below.extend(extracts::below(&extracts));
        below.extend(matrix::below(&said));
        let stamp = lists::stamp(entries, names, &below);
        let lists = kept.lists.update(stamp, || lists::lists(entries, names, below));
        let misspelt = kept.misspelt.update(stamp, || misspelt::find(&lists, names));
        let positions_of = kept.positions_of.update(stamp, || positions::of_statements(&positions));
        let neighbours = kept.neighbours.update(stamp, || neighbours(entries, &lists));
        let stamp = Stamp::of(&(stamp, matrix::places(&said)));
        let matrices = kept.matrices.update(stamp, || matrix::matrices(&said, &positions, &lists, entries, names));
        Listed { lists, misspelt, positions, positions_of, extracts, matrices, neighbours }
    }
}
