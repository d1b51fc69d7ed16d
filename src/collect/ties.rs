//! Entries, lists and pages -> what connects them: where links can lead, who links where, which statements are related,
//! which come next.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::card::Card;
use super::links::{self, AnchoredText, Backlink, Destination, Destinations, Linker, Meant, Resolved};
use super::lists::{List, ListKind};
use super::names::Names;
use super::numbers::NumbersByFile;
use super::related::{Related, Slot, TextTerms};
use super::works::{KeptBack, Work};
use super::{Linked, LinkedText, Neighbours, Numbered};
use crate::key::{ByKey, Key, KeyMap};
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::body::Body;
use crate::read::fields::Named;
use crate::read::numbers::Numbers;
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

/// Gathers everything that links can lead to.
pub fn destinations<'a>(
    works: &'a [Work],
    names: &'a Names<'a>,
    lists: &'a BTreeMap<Key, List>,
    pages: &'a [(Stamped<PlainPage>, Key)],
    attachments: &'a [(Arc<str>, SitePath)],
    kept_back: &'a KeptBack<'a>,
    numbers: &'a NumbersByFile,
) -> Destinations<'a> {
    // A link names a file (`../b.md`) or an id (`[[b]]`), so there is a table for each. An id has several versions: a link
    // leads to the one in the language of the text that it is in.
    let mut files: HashMap<Arc<str>, Destination<'a>> = HashMap::new();
    let mut statements: HashMap<&str, Vec<(&str, Destination<'a>)>> = HashMap::new();
    for work in works {
        for version in &work.versions {
            let statement = &version.statement;
            let destination = || Destination {
                key: version.key.clone(),
                title: &statement.front.title,
                text: Some(AnchoredText { body: &statement.body, numbers: numbers_of(numbers, &statement.path) }),
            };
            files.insert(Arc::clone(&statement.path), destination());
            statements.entry(&work.id).or_default().push((&statement.language, destination()));
        }
    }
    for (path, list) in lists {
        // A record is at the page of its list, where its introduction has no anchors of paragraphs.
        if let Some(record) = &list.record {
            let destination = Destination { key: path.clone(), title: &record.title, text: None };
            files.insert(Arc::clone(&record.path), destination);
        }
    }
    for (page, path) in pages {
        let text = Some(counted(&page.body));
        let destination = Destination { key: path.clone(), title: &page.title, text };
        files.insert(Arc::clone(&page.path), destination);
    }
    for (source, path) in attachments {
        // An original has no title, so `[[…]]` shows the name of its file.
        let name = source.rsplit('/').next().unwrap_or(source);
        files.insert(Arc::clone(source), Destination { key: Key::placed(path.clone()), title: name, text: None });
    }
    Destinations { statements, files, names, kept_back, meant: Meant::default() }
}

/// Returns the numbers of a statement's paragraphs: counted from 1 if it has no lock.
pub fn numbers_of<'a>(numbers: &'a NumbersByFile, statement: &Arc<str>) -> &'a Numbers {
    numbers.get(statement).map_or(Numbers::COUNTED, |numbers| numbers)
}

/// Returns a text whose paragraphs are counted from 1.
pub fn counted(body: &Body) -> AnchoredText<'_> {
    AnchoredText { body, numbers: Numbers::COUNTED }
}

/// Finds who links to each page. Links in withdrawn statements do not count.
pub fn backlinks(
    entries: &[Linked],
    pages: &[LinkedText<PlainPage>],
    lists: &BTreeMap<Key, List>,
    record_links: &BTreeMap<Key, Stamped<Vec<Resolved>>>,
    language: &str,
) -> BTreeMap<Key, Stamped<Vec<Backlink>>> {
    let linking = entries.iter().filter(|entry| !entry.known.withdrawn && !entry.links.is_empty());
    let of_entries = linking.map(|entry| {
        let front = &entry.known.statement.front;
        Linker {
            title: &front.title,
            path: &entry.known.key,
            language: &entry.known.statement.language,
            delegation: entry.known.facts.delegation.as_ref().map_or("", |delegation| &delegation.title),
            date: front.date.as_ref(),
            simulated: entry.known.facts.simulated,
            anchored: true,
            cites: true,
            text: AnchoredText { body: &entry.known.statement.body, numbers: &entry.numbers },
            links: &entry.links,
        }
    });
    let of_pages = pages.iter().map(|page| Linker {
        title: &page.text.title,
        path: &page.key,
        language: &page.text.language,
        delegation: "",
        date: None,
        simulated: false,
        // The home page shows its text without paragraph numbers, as the pages of records do.
        anchored: page.key != Key::home(),
        cites: false,
        text: counted(&page.text.body),
        links: &page.links,
    });
    let of_lists = lists.iter().filter_map(|(path, list)| {
        let record = list.record.as_ref()?;
        let links = record_links.get(path)?;
        Some(Linker {
            title: &record.title,
            path,
            language,
            delegation: "",
            date: None,
            simulated: record.simulated,
            anchored: false,
            cites: false,
            text: counted(&record.body),
            links,
        })
    });
    // A text without a lock has counted numbers, which need no look-up.
    let locked = entries.iter().filter(|entry| *entry.numbers != *Numbers::COUNTED);
    let numbers = locked.map(|entry| (&entry.known.key, &*entry.numbers)).collect();
    let backlinks = links::backlinks(of_entries.chain(of_pages).chain(of_lists), &numbers);
    backlinks.into_iter().map(|(path, backlinks)| (path, Stamped::new(backlinks))).collect()
}

/// Finds the related statements of each entry.
pub fn related(entries: &[Numbered], state: &mut Related) -> Vec<Vec<Stamped<Card>>> {
    let shown: Vec<&Numbered> = entries.iter().filter(|entry| !entry.known.withdrawn).collect();
    let texts = shown.iter().map(|entry| {
        let Statement { path, language, terms, .. } = &*entry.known.statement;
        TextTerms { path, stamp: entry.known.statement.stamp(), id: &entry.known.id, language, terms }
    });
    let texts: Vec<TextTerms<'_>> = texts.collect();
    let topic = |name: &Named| Stamp::of(&("topic", &*name.text)).low();
    state.update(&texts, |at| shown[at].known.statement.given_topics().map(topic).collect());
    let slots: Vec<Option<Slot>> = entries.iter().map(|entry| state.slot(&entry.known.statement.path)).collect();
    // Slots are kept from build to build and are not indices of entries.
    let mut cards: Vec<Option<&Stamped<Card>>> = vec![None; state.slots()];
    for (entry, slot) in entries.iter().zip(&slots) {
        if let Some(slot) = slot {
            cards[*slot as usize] = Some(&entry.known.card);
        }
    }
    let of_slot = |slot: &Option<Slot>| {
        let related = slot.iter().flat_map(|slot| state.of(*slot));
        related.filter_map(|slot| cards[slot as usize].cloned()).collect()
    };
    slots.iter().map(of_slot).collect()
}

/// Finds the previous and next statements: by the same delegation in chronological order, and in the same meeting in
/// speaking order.
pub fn neighbours(entries: &[Numbered], lists: &BTreeMap<Key, List>) -> KeyMap<Stamped<Neighbours>> {
    let mut all: KeyMap<Neighbours> = KeyMap::default();
    all.reserve(entries.len());
    let main: Vec<&Numbered> = entries.iter().filter(|entry| entry.known.is_listed()).collect();
    let mut by_delegation: ByKey<&Key, Vec<&Stamped<Card>>> = ByKey::default();
    for entry in &main {
        // Entries are in chronological order with undated ones last, where they would seem to be the newest.
        if let (Some(delegation), Some(_)) = (&entry.known.facts.delegation, &entry.known.card.date)
            && let Some(path) = &delegation.key
        {
            by_delegation.entry(path).or_default().push(&entry.known.card);
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each delegation has statements of its own")]
    for cards in by_delegation.values() {
        for pair in cards.windows(2) {
            all.entry(pair[0].key.clone()).or_default().next_by_delegation = Some(pair[1].clone());
            all.entry(pair[1].key.clone()).or_default().previous_by_delegation = Some(pair[0].clone());
        }
    }
    for list in lists.values().filter(|list| list.kind == ListKind::Meeting) {
        for pair in list.cards.windows(2) {
            all.entry(pair[0].key.clone()).or_default().next_in_meeting = Some(pair[1].clone());
            all.entry(pair[1].key.clone()).or_default().previous_in_meeting = Some(pair[0].clone());
        }
    }
    all.into_iter().map(|(path, neighbours)| (path, Stamped::new(neighbours))).collect()
}

/// Finds the address of each statement's original: the file that its front matter names, relative to its own file.
pub fn originals(entries: &[Linked], destinations: &Destinations<'_>) -> KeyMap<Key> {
    let original = |entry: &Linked| {
        let file = entry.known.statement.front.source.as_ref()?.file.as_deref()?;
        let found = destinations.files.get(links::join(&entry.known.statement.path, file)?.as_str())?;
        Some((entry.known.key.clone(), found.key.clone()))
    };
    entries.iter().filter_map(original).collect()
}
