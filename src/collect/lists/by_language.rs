//! Language versions -> the lists of the texts in each language.

use std::collections::{BTreeMap, HashMap};

use super::gathered::{Gathered, ListKind};
use crate::collect::Numbered;
use crate::collect::card::Card;
use crate::config::base_language;
use crate::key::Key;
use crate::shipped;
use crate::stamp::Stamped;

/// The statements with a text in one language, as their indices among the listed entries, each with the text's card.
type Texts<'a> = Vec<(usize, &'a Stamped<Card>)>;

/// Adds the list of each language to `lists`, and returns the cards of their texts: a list of French texts shows the
/// French version of each statement. A collection in one language needs no such list.
pub(super) fn add(all: &[Numbered], lists: &mut BTreeMap<Key, Gathered>) -> BTreeMap<Key, Vec<Stamped<Card>>> {
    let listed = all.iter().filter(|entry| entry.known.is_listed());
    let listed: HashMap<&Key, usize> = listed.enumerate().map(|(at, entry)| (&entry.known.key, at)).collect();
    let mut found: BTreeMap<&str, (&Numbered, Texts<'_>)> = BTreeMap::new();
    for entry in all.iter().filter(|entry| !entry.known.withdrawn) {
        if let Some(at) = entry.known.versions.first().and_then(|main| listed.get(&main.key)) {
            let (_, texts) = found.entry(&entry.known.statement.language).or_insert_with(|| (entry, Vec::new()));
            texts.push((*at, &entry.known.card));
        }
    }
    if found.len() < 2 {
        return BTreeMap::new();
    }
    let names: HashMap<_, _> = shipped::languages().into_iter().map(|row| (row.code, row.name)).collect();
    let mut cards = BTreeMap::new();
    for (tag, (first, mut texts)) in found {
        let Ok(key) = Key::language(tag) else { continue };
        // Changes nothing as long as the versions of a statement are consecutive in `all`, but nothing here relies on
        // that.
        texts.sort_by_key(|(at, _)| *at);
        let name = names.get(tag).or_else(|| names.get(base_language(tag)));
        let list = Gathered {
            kind: ListKind::Language,
            title: name.map_or_else(|| tag.into(), |name| name.clone().into()),
            origin: first.known.statement.path.clone(),
            members: texts.iter().map(|(at, _)| *at).collect(),
            rule_members: Vec::new(),
        };
        lists.insert(key.clone(), list);
        cards.insert(key, texts.into_iter().map(|(_, card)| card.clone()).collect());
    }
    cards
}
