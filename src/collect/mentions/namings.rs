//! Texts and a vocabulary -> which of a text's words name a delegation, group, forum or topic that has a page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::naming::Naming;
use super::vocabulary::{Search, ShippedNames, Vocabulary};
use super::words::{begins_sentence, is_person, is_whole};
use crate::collect::Linked;
use crate::collect::links::Resolved;
use crate::collect::lists::List;
use crate::collect::names::Names;
use crate::key::Key;
use crate::language::fold::{Folded, Folding};
use crate::memo::Memo;
use crate::read::documents::Runs;
use crate::stamp::{Stamp, Stamped};

/// The namings in each statement's file, kept between builds together with the names that were searched for.
pub struct Namings {
    shipped: ShippedNames,
    vocabulary: Option<(Stamp, Vocabulary)>,
    found: Memo<Arc<str>, Stamped<Vec<Naming>>>,
}

impl Default for Namings {
    fn default() -> Self {
        Namings { shipped: ShippedNames::load(), vocabulary: None, found: Memo::default() }
    }
}

impl Namings {
    /// Finds in every paragraph the first naming of each page. Only texts that changed, or whose language has changed
    /// names, are searched again.
    pub fn update(
        &mut self,
        entries: &[Linked],
        names: &Names<'_>,
        lists: &Lists,
        language: &str,
    ) -> Vec<Stamped<Vec<Naming>>> {
        let languages: BTreeSet<&str> = entries.iter().map(|entry| &*entry.known.statement.language).collect();
        let pages: BTreeSet<&Key> = lists.keys().filter(|path| Vocabulary::can_name(path)).collect();
        // Building the automaton of all names costs more than searching many texts, so it is kept until one of its inputs
        // changes.
        let stamp = Stamp::of(&(names.stamp, language, &languages, &pages));
        if self.vocabulary.as_ref().is_none_or(|(last, _)| *last != stamp) {
            self.vocabulary = Some((stamp, Vocabulary::new(names, &self.shipped, &languages, language, &pages)));
        }
        let Some((_, vocabulary)) = &self.vocabulary else { return Vec::new() };
        // A paragraph that links to a page, or mentions a document there, needs no second link: those are part of what the
        // result depends on.
        let stamp = |entry: &Linked| {
            let search = vocabulary.of(&entry.known.statement.language).map(|search| search.stamp);
            Stamp::of(&(
                &entry.known.statement,
                search,
                linked_in_head(entry).collect::<Vec<_>>(),
                &entry.known.mentions,
                &entry.links,
            ))
        };
        self.found.update(
            entries,
            |entry| (Arc::clone(&entry.known.statement.path), stamp(entry)),
            |entry| {
                let search = vocabulary.of(&entry.known.statement.language);
                let search = search.filter(|_| !entry.known.statement.front.without_mentions);
                Stamped::new(search.map(|search| find(entry, search)).unwrap_or_default())
            },
        )
    }
}

/// The pages of lists.
type Lists = BTreeMap<Key, List>;

/// Returns the pages that the head of a statement already links to: who speaks, for whom and where.
fn linked_in_head(entry: &Linked) -> impl Iterator<Item = &Key> {
    let facts = &entry.known.facts;
    let parties = facts.delegation.iter().chain(&facts.on_behalf_of);
    parties.chain(facts.occasion.first()).filter_map(|party| party.key.as_ref())
}

/// Finds the namings in one text.
fn find(entry: &Linked, search: &Search) -> Vec<Naming> {
    let body = &entry.known.statement.body;
    let mut runs = None;
    let mut namings: Vec<Naming> = Vec::new();
    // The current paragraph, and the index of its first naming.
    let (mut at, mut first) = (None, 0);
    let folded = Folded::new(&body.text, Folding::LOOK_ALIKES);
    let text = folded.text();
    for (found, path) in search.names(&folded) {
        let Some(path) = path else { continue };
        let range = folded.original_range(&found);
        let (start, end) = (range.start as u32, range.end as u32);
        let paragraph = body.paragraph_at(start);
        if paragraph != at {
            (at, first) = (paragraph, namings.len());
        }
        // The closures below are in order of cost; most hits end at the first ones.
        let is_known = namings[first..].iter().any(|naming| naming.key == *path);
        let is_name = || is_whole(text, &found) && !is_person(text, &found) && !is_other_word(text, &found);
        let is_document =
            || entry.known.mentions.iter().any(|mention| mention.text.start < end && start < mention.text.end);
        let is_linked = || {
            body.links.iter().zip(entry.links.iter()).any(|(link, resolved)| {
                link.paragraph == paragraph && matches!(resolved, Resolved::Page { key: to, .. } if to == path)
            })
        };
        if is_known || linked_in_head(entry).any(|own| own == path) || !is_name() || is_document() || is_linked() {
            continue;
        }
        // Where links can be made is computed only once a naming has passed all other tests.
        if runs.get_or_insert_with(|| Runs::of(body)).hold(&range) {
            namings.push(Naming { text: start..end, key: path.clone() });
        }
    }
    namings
}

/// Names that are usually another word when in capitals or at the start of a sentence: «Того», Togo in Russian, is also
/// *of that*.
const OTHER_WORDS: &[&str] = &["Того", "ТОГО"];

fn is_other_word(text: &str, found: &Range<usize>) -> bool {
    let word = &text[found.clone()];
    let is_shouted = !word.chars().any(char::is_lowercase);
    OTHER_WORDS.contains(&word) && (is_shouted || begins_sentence(text, found.start))
}
