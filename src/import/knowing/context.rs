//! What all texts of a batch share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names::{self, LANGUAGES, Names};
use super::neutral::Titles;
use super::profile::Profile;
use crate::collect::names::{Names as SiteNames, Tables};
use crate::collect::rules::Rules;
use crate::import::existing::Existing;
use crate::import::known::Found;
use crate::import::original::Original;
use crate::import::said::Said;
use crate::read::record::Record;
use crate::stamp::Stamped;

/// What all texts of a batch share: what its profile says, and the names of states by language.
pub struct Context {
    profile: Profile,
    pub(super) names: BTreeMap<&'static str, Names>,
    pub(super) titles: Titles,
    pub(super) given_first: BTreeSet<String>,
    /// The phrases of the collection's topics; `None` if it has none.
    pub(super) topics: Option<Rules>,
    /// What indexes said in earlier imports, by the originals' hashes.
    said: HashMap<Box<str>, Said>,
    /// What profiles said in earlier imports, by the same hashes.
    profiled: HashMap<Box<str>, Vec<Found>>,
}

impl Default for Context {
    /// A batch without a profile.
    fn default() -> Context {
        Context::new(Profile::default())
    }
}

impl Context {
    /// Loads what a batch needs.
    pub fn new(profile: Profile) -> Context {
        let names = LANGUAGES.iter().map(|language| (*language, Names::of(language))).collect();
        Context {
            profile,
            names,
            titles: Titles::shipped(),
            given_first: names::given_first(),
            topics: None,
            said: HashMap::new(),
            profiled: HashMap::new(),
        }
    }

    /// Lets the collection's topics be suggested by the phrases in their records, and titles use the names of its
    /// delegations and forums.
    #[must_use]
    pub fn suggest(self, records: &[Stamped<Record>]) -> Context {
        let tables = Tables::load();
        // Problems of records are reported when the site is built.
        let topics = Rules::new(&SiteNames::new(&tables, records, &mut Vec::new()));
        Context { topics: Some(topics), titles: self.titles.with(records), ..self }
    }

    /// Remembers what indexes and profiles said about the originals of existing statements.
    #[must_use]
    pub fn remember(self, existing: &[Existing]) -> Context {
        let said = existing.iter().filter(|existing| existing.said != Said::default());
        let said = said.filter_map(|existing| Some((existing.sha256.clone()?, existing.said.clone()))).collect();
        let profiled = existing.iter().filter(|existing| !existing.profiled.is_empty());
        let profiled =
            profiled.filter_map(|existing| Some((existing.sha256.clone()?, existing.profiled.clone()))).collect();
        Context { said, profiled, ..self }
    }

    /// Returns what profiles say about an original: what overrides the text, and what only fills gaps. What an earlier
    /// profile said was weighed against the text then, and holds until a profile says something else.
    pub(super) fn of_profiles(&self, original: &Original) -> (Vec<Found>, Vec<Found>) {
        let now = self.profile.of(original.stem());
        let before = self.profiled.get(&original.sha256).map_or(&[][..], Vec::as_slice);
        let before = before.iter().filter(|found| !now.iter().any(|of| of.key == found.key)).cloned();
        let before: Vec<Found> = before.collect();
        let (mut first, missing): (Vec<Found>, Vec<Found>) =
            now.into_iter().partition(|found| self.profile.overrides(found.key));
        first.extend(before);
        (first, missing)
    }

    /// Returns what an index said about an original in an earlier import.
    pub fn said(&self, sha256: &str) -> Option<&Said> {
        self.said.get(sha256)
    }
}
