//! Plain pages that request a list, and all lists -> the statements that each page shows, latest first.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::card::Card;
use super::lists::List;
use super::names::Names;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::key::Key;
use crate::read::PlainPage;
use crate::read::listing::Listing;
use crate::read::record::RecordKind;
use crate::stamp::Stamped;

/// Returns the cards on each page that requests a list; `size` is the number of cards if the page does not give one.
pub(super) fn listings(
    pages: &[(Stamped<PlainPage>, Key)],
    names: &Names<'_>,
    lists: &BTreeMap<Key, List>,
    size: usize,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<Key, Vec<Stamped<Card>>> {
    let mut found = BTreeMap::new();
    for (page, key) in pages {
        let Some(listing) = &page.list else { continue };
        // The home page shows lists already, so one more would go unnoticed.
        if *key == Key::home() {
            let (line, column) = listing.at;
            let place = Place { path: Arc::clone(&page.path), line, column };
            let problem = Diagnostic::new(Code::InvalidValue, place, "the home page has lists of its own");
            out.push(problem.help("delete `list`, or put it on another page"));
            continue;
        }
        let most = listing.most.map_or(size, |most| most as usize);
        found.insert(key.clone(), cards(&page.path, listing, names, lists, most, out));
    }
    found
}

fn cards(
    path: &Arc<str>,
    listing: &Listing,
    names: &Names<'_>,
    lists: &BTreeMap<Key, List>,
    most: usize,
    out: &mut Vec<Diagnostic>,
) -> Vec<Stamped<Card>> {
    let mut chosen: Vec<&List> = Vec::new();
    let mut is_known = true;
    for (kind, name) in &listing.of {
        let list = names.page(*kind, &names.key(*kind, name), name).ok().and_then(|page| lists.get(&page));
        is_known &= list.is_some();
        match list {
            Some(list) => chosen.push(list),
            None => out.push(unknown(*kind, name, path, names)),
        }
    }
    // A year without statements has no list yet, which is not an error: it may have some tomorrow.
    if let Some(year) = listing.year {
        let list = i16::try_from(year).ok().and_then(|year| Key::year(year).ok()).and_then(|key| lists.get(&key));
        is_known &= list.is_some();
        chosen.extend(list);
    }
    // Without the unknown list, statements would be shown that the author excluded.
    if !is_known {
        return Vec::new();
    }
    // A list without conditions is of all statements.
    if chosen.is_empty() {
        chosen.extend(Key::index("statements").ok().and_then(|key| lists.get(&key)));
    }
    // A statement must be in every chosen list. Lists are in chronological order, and the latest come first here.
    let Some((first, others)) = chosen.split_first() else { return Vec::new() };
    let others: Vec<HashSet<&Key>> =
        others.iter().map(|list| list.cards.iter().map(|card| &card.key).collect()).collect();
    let is_in_all = |card: &&Stamped<Card>| others.iter().all(|list| list.contains(&card.key));
    first.cards.iter().rev().filter(is_in_all).take(most).cloned().collect()
}

fn unknown(kind: RecordKind, name: &crate::read::fields::Named, path: &Arc<str>, names: &Names<'_>) -> Diagnostic {
    let code = match kind {
        RecordKind::Topic => Code::UnknownTopic,
        RecordKind::Forum => Code::UnknownForum,
        RecordKind::Group => Code::UnknownGroup,
        _ => Code::UnknownDelegation,
    };
    let message = format!("no statements are known of the {} `{}`", kind.word(), name.text);
    let remedy = names.remedy(kind, name);
    Diagnostic::new(code, name.place(path), message)
        .help(names.advice(kind, name))
        .remedy(&name.text, remedy.as_deref())
}
