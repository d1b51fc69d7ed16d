//! The collection: everything that pages are made of, tied together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::card::Card;
use super::citations::Citation;
use super::extracts::Extracts;
use super::links::{Backlink, Resolved};
use super::lists::List;
use super::matrix::Matrix;
use super::pairs::Pair;
use super::passages::Passages;
use super::positions::{self, Position, SaidByTopic};
use super::two_positions::TwoPositions;
use super::{Entry, LinkedText};
use crate::diagnostic::Place;
use crate::history::Held;
use crate::key::{Key, KeyMap};
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// The cards of the previous and the next statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Neighbours {
    /// The previous dated statement by the same delegation.
    pub previous_by_delegation: Option<Stamped<Card>>,
    /// The next dated statement by the same delegation.
    pub next_by_delegation: Option<Stamped<Card>>,
    /// The previous statement in the same meeting, in speaking order.
    pub previous_in_meeting: Option<Stamped<Card>>,
    /// The next statement in the same meeting, in speaking order.
    pub next_in_meeting: Option<Stamped<Card>>,
}

/// Everything that pages are made of.
pub struct Collection {
    /// All language versions: statements in order, the versions of each together, the main one first.
    pub entries: Vec<Entry>,
    /// The lists by their pages.
    pub lists: Arc<BTreeMap<Key, List>>,
    /// The plain pages.
    pub pages: Vec<LinkedText<PlainPage>>,
    /// The statements that plain pages list, by the page, latest first.
    pub listings: BTreeMap<Key, Vec<Stamped<Card>>>,
    /// The links of records' introductions, by the page of the list.
    pub record_links: BTreeMap<Key, Stamped<Vec<Resolved>>>,
    /// Who links to each page, by that page.
    pub backlinks: BTreeMap<Key, Stamped<Vec<Backlink>>>,
    /// Who cites each document, by the document's page.
    pub citations: BTreeMap<Key, Vec<Stamped<Citation>>>,
    /// What statements say on their topics, in the order of statements.
    pub said: Vec<Arc<SaidByTopic>>,
    /// What each delegation said on each topic over time, by the page of the position.
    pub positions: BTreeMap<Key, Position>,
    /// The positions that each statement is part of, by the statement's page.
    pub positions_of: Arc<positions::PositionsByStatement>,
    /// The passages, and where else the words of each paragraph were said.
    pub passages: Passages,
    /// What was said on each topic in each session, by the page of the index.
    pub extracts: BTreeMap<Key, Extracts>,
    /// The positions that topics' records compare, by the page that sets them side by side.
    pub compared: BTreeMap<Key, TwoPositions>,
    /// Who has spoken on each topic, and when, by the page of the table.
    pub matrices: Arc<BTreeMap<Key, Matrix>>,
    /// The related statements of each entry, best first.
    pub related: Vec<Vec<Stamped<Card>>>,
    /// The previous and next statements, by the page of the version that lists show.
    pub neighbours: Arc<KeyMap<Stamped<Neighbours>>>,
    /// The texts that are compared.
    pub pairs: Vec<Pair>,
    /// The earlier wordings of texts, by the paths of their files.
    pub history: BTreeMap<Arc<str>, Stamped<Vec<Held>>>,
    /// The files that are published next to the texts: the path of each and its address.
    pub attachments: Vec<(Arc<str>, SitePath)>,
    /// The old addresses, which redirect.
    pub aliases: Vec<Alias>,
    /// The page or file of each statement's original, by the statement's page.
    pub originals: KeyMap<Key>,
    /// The statements that are kept back, with their links, which are checked all the same.
    pub kept_back: Vec<(Stamped<Statement>, Vec<Resolved>)>,
    /// The addresses that files kept back with them would have.
    pub files_kept_back: BTreeSet<SitePath>,
}

/// An old address that redirects to a page.
pub struct Alias {
    /// The old address.
    pub path: SitePath,
    /// Where it is written; for the address without a language, the statement's file.
    pub place: Place,
    /// The page it leads to.
    pub target: Key,
}
