//! What is the same for all texts of a batch.

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

/// What is the same for all texts of a batch: what its profile says, and the names of states by language.
pub struct Context {
    profile: Profile,
    pub(super) names: BTreeMap<&'static str, Names>,
    pub(super) titles: Titles,
    pub(super) given_first: BTreeSet<String>,
    /// The phrases of the collection's topics; nothing where it has none.
    pub(super) topics: Option<Rules>,
    /// What indexes said in earlier imports, by the hashes of the originals.
    said: HashMap<Box<str>, Said>,
    /// What profiles said in earlier imports, by the same hashes.
    profiled: HashMap<Box<str>, Vec<Found>>,
}

impl Default for Context {
    /// A batch of which nothing is said.
    fn default() -> Context {
        Context::new(Profile::default())
    }
}

impl Context {
    /// Makes what a batch needs.
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

    /// Has the collection's topics suggested by the phrases of their records, and titles made of the names that its
    /// delegations and forums have.
    #[must_use]
    pub fn suggest(self, records: &[Stamped<Record>]) -> Context {
        let tables = Tables::load();
        // What is wrong with the records is told when the site is built.
        let topics = Rules::new(&SiteNames::new(&tables, records, &mut Vec::new()));
        Context { topics: Some(topics), titles: self.titles.with(records), ..self }
    }

    /// Keeps in mind what indexes and profiles said of the originals of the statements that are there.
    #[must_use]
    pub fn remember(self, there: &[Existing]) -> Context {
        let said = there.iter().filter(|there| there.said != Said::default());
        let said = said.filter_map(|there| Some((there.sha256.clone()?, there.said.clone()))).collect();
        let profiled = there.iter().filter(|there| !there.profiled.is_empty());
        let profiled = profiled.filter_map(|there| Some((there.sha256.clone()?, there.profiled.clone()))).collect();
        Context { said, profiled, ..self }
    }

    /// Returns what profiles say of an original: what counts before the text, and what counts where the text says
    /// nothing. What an earlier profile said was weighed against the text then, and holds until a profile says something
    /// else.
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

    /// Returns what an index said of an original in an earlier import.
    pub fn said(&self, sha256: &str) -> Option<&Said> {
        self.said.get(sha256)
    }
}
