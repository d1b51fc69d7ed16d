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
use super::positions::{self, Position};
use super::{Entry, LinkedText};
use crate::diagnostic::Place;
use crate::key::{Key, KeyMap};
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// The statements before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Neighbours {
    pub previous_by_delegation: Option<Stamped<Card>>,
    pub next_by_delegation: Option<Stamped<Card>>,
    pub previous_in_meeting: Option<Stamped<Card>>,
    pub next_in_meeting: Option<Stamped<Card>>,
}

/// All of it, tied together.
pub struct Collection {
    /// Works in order, language versions together, the main one first.
    pub entries: Vec<Entry>,
    pub lists: Arc<BTreeMap<Key, List>>,
    pub pages: Vec<LinkedText<PlainPage>>,
    /// The links of records' introductions, by the list's path.
    pub record_links: BTreeMap<Key, Stamped<Vec<Resolved>>>,
    pub backlinks: BTreeMap<Key, Stamped<Vec<Backlink>>>,
    /// By the document's page: who cites it.
    pub citations: BTreeMap<Key, Vec<Stamped<Citation>>>,
    /// What each delegation said on each topic over time, by the page.
    pub positions: BTreeMap<Key, Position>,
    /// In which of these each statement stands, by its page.
    pub positions_of: Arc<positions::OfStatements>,
    /// Who said the same words, paragraph by paragraph.
    pub passages: Passages,
    /// What was said on each topic in each session, by the page.
    pub extracts: BTreeMap<Key, Extracts>,
    /// Who has spoken on each topic, and when, by the page.
    pub matrices: Arc<BTreeMap<Key, Matrix>>,
    /// Of each entry.
    pub related: Vec<Vec<Stamped<Card>>>,
    /// By the path of the version that lists show.
    pub neighbours: Arc<KeyMap<Stamped<Neighbours>>>,
    /// Texts that are compared.
    pub pairs: Vec<Pair>,
    /// Files beside the content, with where they go.
    pub attachments: Vec<(Arc<str>, SitePath)>,
    pub aliases: Vec<Alias>,
    /// Where the original of a statement is on the site, by the statement's page.
    pub originals: KeyMap<Key>,
    /// What is kept back with its links, which are checked all the same.
    pub kept_back: Vec<(Stamped<Statement>, Vec<Resolved>)>,
    /// The files that are kept back with them, by the address that they would have.
    pub files_kept_back: BTreeSet<SitePath>,
}

/// An old address.
pub struct Alias {
    pub path: SitePath,
    /// Where it is written, or the file that leaves it.
    pub place: Place,
    /// The page it leads to.
    pub target: Key,
}
