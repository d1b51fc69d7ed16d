//! Lists -> the indexes: all topics, all delegations, and so on; years by decade, documents by series.

use std::collections::BTreeMap;

use super::{Layout, counted, documents, is_of};
use crate::collect::Collection;
use crate::collect::lists::{List, ListKind};
use crate::collect::matrix::decade_title;
use crate::collect::names::{Counted, Ref};
use crate::collect::title::Title;
use crate::key::{Key, LANGUAGES};
use crate::path::SitePath;
use crate::read::record::{Detail, RecordKind};
use crate::render::page::Kind;
use crate::render::parts::{Filed, Index, IndexParts, Parts};
use crate::stamp::Stamped;

impl Layout<'_> {
    /// Adds the indexes of all kinds of list, and of the years.
    pub(super) fn indexes(&mut self, collection: &Collection) {
        let mut years: BTreeMap<i16, Counted> = BTreeMap::new();
        for (path, list) in collection.lists.iter().filter(|(_, list)| list.kind == ListKind::Year) {
            let year = list.head.title.parse().unwrap_or(0_i16);
            years.entry(year.div_euclid(10) * 10).or_default().insert(0, counted(path, list));
        }
        let years = years.into_iter().rev().map(|(decade, links)| (decade_title(decade), links));
        self.index("years", years.collect(), Vec::new());
        let languages = collection.lists.iter().filter(|(_, list)| list.kind == ListKind::Language);
        let own_name = |(key, list): (&Key, &List)| {
            // The page's title is "Statements in Français"; in an index of languages the name is enough.
            let link = Ref { title: Title::from(&*list.head.title), key: Some(key.clone()) };
            Filed { link, count: Some(list.cards.len()), name: None }
        };
        self.index(LANGUAGES, Vec::new(), languages.map(own_name).collect());
        for kind in RecordKind::ALL {
            let room = kind.folder();
            let links: Vec<(Ref, Option<usize>)> = collection
                .lists
                .iter()
                .filter(|(_, list)| is_of(list.kind, kind))
                .map(|(path, list)| counted(path, list))
                .collect();
            if kind == RecordKind::Document {
                self.index(room, documents::groups(links, collection), Vec::new());
                continue;
            }
            let name = |link: &Ref| (kind == RecordKind::Speaker).then(|| by_family_name(link, collection).into());
            let filed = links.into_iter().map(|(link, count)| Filed { name: name(&link), link, count });
            self.index(room, Vec::new(), filed.collect());
        }
    }

    fn index(&mut self, room: &str, groups: Vec<(Title, Counted)>, names: Vec<Filed>) {
        if groups.is_empty() && names.is_empty() {
            return;
        }
        if let Ok(path) = SitePath::page(&[room]) {
            let parts = IndexParts { index: Stamped::new(Index { room: room.into(), groups, names }) };
            self.add(Kind::Index, path, &format!("the index of {room}"), Parts::IndexParts(parts));
        }
    }
}

/// Returns a person's name as an index files it, the family name first. Where no record says which it is, it is the
/// part in capitals, as in "Joran VEXLEY", or else the last word.
fn by_family_name(link: &Ref, collection: &Collection) -> String {
    let record = link.key.as_ref().and_then(|key| collection.lists.get(key)).and_then(|list| list.record.as_ref());
    if let Some(Detail::Speaker { person, .. }) = record.map(|record| &record.detail)
        && let Some(family) = &person.family
    {
        return format!("{family} {}", person.given.as_deref().unwrap_or_default());
    }
    family_first(&link.title)
}

/// Returns a name with the family name first.
fn family_first(name: &str) -> String {
    let is_capital = |word: &&str| word.chars().count() > 2 && word.chars().all(|c| !c.is_lowercase() && c != '.');
    let words: Vec<&str> = name.split_whitespace().collect();
    let has_small = words.iter().any(|word| !is_capital(word));
    let (mut family, mut given): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| has_small && is_capital(word));
    if family.is_empty() {
        family.extend(given.pop());
    }
    [family, given].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filed_by_family_name() {
        for (name, expect) in [
            ("Ilsabet Harrow", "Harrow Ilsabet"),
            ("Joran VEXLEY", "VEXLEY Joran"),
            ("VEXLEY Joran", "VEXLEY Joran"),
            ("SALMA AL-NURI", "AL-NURI SALMA"),
            ("Maria J. DE LA CRUZ", "CRUZ Maria J. DE LA"),
            ("Plato", "Plato"),
            ("", ""),
        ] {
            assert_eq!(family_first(name), expect, "{name}");
        }
    }
}
