//! Language versions -> the lists of the texts in each language, and of those on each topic.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::gathered::{Gathered, ListKind};
use crate::collect::Numbered;
use crate::collect::card::Card;
use crate::collect::title::Title;
use crate::config::base_language;
use crate::key::Key;
use crate::shipped;
use crate::stamp::Stamped;

/// The statements with a text in one language, as their indices among the listed entries, each with the text's card.
type Texts<'a> = Vec<(usize, &'a Stamped<Card>)>;

/// The cards of a list in one language: those of its members, and of those that have its topic only by rule.
pub(super) type InLanguage = (Vec<Stamped<Card>>, Vec<Stamped<Card>>);

/// Adds the lists of each language to `lists`, and returns the cards of their texts: a list of French texts shows the
/// French version of each statement. A collection in one language needs no such list, and neither does a topic.
pub(super) fn add(all: &[Numbered], lists: &mut BTreeMap<Key, Gathered>) -> BTreeMap<Key, InLanguage> {
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
    let mut cards = on_topics(lists, &found, listed.len());
    for (tag, (first, mut texts)) in found {
        let Ok(key) = Key::language(tag) else { continue };
        // Versions follow their main version only where nothing else is between them.
        texts.sort_by_key(|(at, _)| *at);
        let list = Gathered {
            kind: ListKind::Language,
            title: name_of(tag),
            origin: first.known.statement.path.clone(),
            members: texts.iter().map(|(at, _)| *at).collect(),
            rule_members: Vec::new(),
        };
        lists.insert(key.clone(), list);
        cards.insert(key, (texts.into_iter().map(|(_, card)| card.clone()).collect(), Vec::new()));
    }
    cards
}

/// Adds the lists of each topic with texts in several languages, one for each language, and returns their cards.
fn on_topics<'a>(
    lists: &mut BTreeMap<Key, Gathered>,
    found: &BTreeMap<&'a str, (&Numbered, Texts<'a>)>,
    listed: usize,
) -> BTreeMap<Key, InLanguage> {
    let mut texts: Vec<Texts<'_>> = vec![Vec::new(); listed];
    for (language, (_, of_language)) in found.values().enumerate() {
        for (at, card) in of_language {
            texts[*at].push((language, card));
        }
    }
    let (mut made, mut cards) = (Vec::new(), BTreeMap::new());
    for (topic, list) in lists.iter().filter(|(_, list)| list.kind == ListKind::Topic) {
        let mut by_language: BTreeMap<usize, [Texts<'_>; 2]> = BTreeMap::new();
        for (by_rule, members) in [&list.members, &list.rule_members].into_iter().enumerate() {
            for at in members {
                for (language, card) in &texts[*at] {
                    by_language.entry(*language).or_default()[by_rule].push((*at, card));
                }
            }
        }
        if by_language.len() < 2 {
            continue;
        }
        let tags: Vec<&str> = found.keys().copied().collect();
        for (language, [given, by_rule]) in by_language {
            let Ok(key) = Key::topic_in_language(topic, tags[language]) else { continue };
            let members = |texts: &Texts<'_>| texts.iter().map(|(at, _)| *at).collect();
            let list = Gathered {
                kind: ListKind::TopicInLanguage,
                title: name_of(tags[language]),
                origin: Arc::clone(&list.origin),
                members: members(&given),
                rule_members: members(&by_rule),
            };
            let shown = |texts: Texts<'_>| texts.into_iter().map(|(_, card)| card.clone()).collect();
            cards.insert(key.clone(), (shown(given), shown(by_rule)));
            made.push((key, list));
        }
    }
    lists.extend(made);
    cards
}

/// Returns a language's own name, or its tag.
fn name_of(tag: &str) -> Title {
    let names: HashMap<_, _> = shipped::languages().into_iter().map(|row| (row.code, row.name)).collect();
    let name = names.get(tag).or_else(|| names.get(base_language(tag)));
    name.map_or_else(|| tag.into(), |name| name.clone().into())
}
