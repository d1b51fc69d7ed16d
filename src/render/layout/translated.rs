//! The home page, lists and indexes -> the same in each other language of the site, below `/<language>/`.
//!
//! A page in another language is made from the same parts, except for the statements that it shows: each in the version
//! in that language, if there is one, and otherwise in the main version.

use std::sync::Arc;

use super::Layout;
use crate::collect::Collection;
use crate::collect::card::Card;
use crate::config::base_language;
use crate::key::{KeyMap, Thing};
use crate::render::page::{self, Page};
use crate::render::parts::{HomeParts, ListParts, Parts};
use crate::stamp::Stamped;

/// The cards in one language, by the pages of the statements' main versions.
type Versions = KeyMap<Stamped<Card>>;

impl Layout<'_> {
    /// Adds the pages in the other languages of the site.
    pub(super) fn translated(&mut self, collection: &Collection) {
        for language in self.config.languages.iter().filter(|language| **language != self.config.language) {
            let versions = versions(collection, language);
            // A plain page such as `index.fr.md` is the introduction of the home page in that language.
            let home = format!("/{language}/");
            let at = self.pages.iter().position(|page| page.path.url() == home);
            let plain = at.map(|at| self.pages.remove(at));
            let pages: Vec<Arc<Page>> = self
                .pages
                .iter()
                .filter(|page| page.kind.is_translated() && page.language == self.config.language)
                .filter_map(|page| self.in_language(page, language, &versions, plain.as_deref()))
                .collect();
            self.pages.extend(pages);
        }
    }

    fn in_language(&self, page: &Page, language: &str, versions: &Versions, home: Option<&Page>) -> Option<Arc<Page>> {
        let path = page.path.below(language)?;
        let parts = match &page.parts {
            // A list of the texts in one language shows those in every interface language.
            Parts::ListParts(parts) if !is_in_one_language(parts) => Parts::ListParts(ListParts {
                cards: in_version(&parts.cards, versions),
                rule_cards: in_version(&parts.rule_cards, versions),
                ..parts.clone()
            }),
            Parts::HomeParts(parts) => {
                let own = home.and_then(|page| match &page.parts {
                    Parts::PlainParts(parts) => Some((parts.page.clone(), parts.links.clone())),
                    _ => None,
                });
                let latest: Vec<Stamped<Card>> = latest_of(versions);
                Parts::HomeParts(HomeParts {
                    page: own.as_ref().map(|(page, _)| page.clone()),
                    links: own.map_or_else(|| Stamped::new(Vec::new()), |(_, links)| links),
                    latest: latest.into_iter().take(parts.latest.len().max(1)).collect(),
                    ..parts.clone()
                })
            }
            other => other.clone(),
        };
        let stamp = page::stamp(page.kind, &path, language, &parts.stamps(self.theme));
        let language = language.to_owned();
        Some(Arc::new(Page { path, kind: page.kind, origin: page.origin.clone(), language, parts, stamp }))
    }
}

/// Returns the cards of the versions in a language, by the pages of the main versions.
fn versions(collection: &Collection, language: &str) -> Versions {
    let listed = collection.entries.iter().filter(|entry| !entry.known.withdrawn);
    let in_language = listed.filter(|entry| is_in(&entry.known.statement.language, language));
    in_language.map(|entry| (entry.known.versions[0].key.clone(), entry.known.card.clone())).collect()
}

/// Returns whether a list shows the texts in one language, whatever the language of the interface is.
fn is_in_one_language(parts: &ListParts) -> bool {
    matches!(parts.pager.list.thing(), Thing::Language { .. })
}

/// Returns whether a text counts as being in another language: `zh-Hans` for readers of `zh`.
fn is_in(own: &str, wanted: &str) -> bool {
    own == wanted || base_language(own) == wanted
}

fn in_version(cards: &[Stamped<Card>], versions: &Versions) -> Vec<Stamped<Card>> {
    cards.iter().map(|card| versions.get(&card.key).unwrap_or(card).clone()).collect()
}

/// Returns the statements that exist in the language, the latest first; those without a date are left out.
fn latest_of(versions: &Versions) -> Vec<Stamped<Card>> {
    let mut dated: Vec<&Stamped<Card>> = versions.values().filter(|card| card.date.is_some()).collect();
    let order =
        |card: &&Stamped<Card>| (card.date.as_ref().map(|date| (date.earliest(), date.latest())), card.key.clone());
    dated.sort_by_cached_key(order);
    dated.into_iter().rev().cloned().collect()
}
