//! Lists -> the indexes: all topics, all delegations, and so on, by letter; years by decade.

use std::collections::BTreeMap;

use super::{Layout, counted, documents, is_of};
use crate::collect::Collection;
use crate::collect::lists::{ListKind, natural};
use crate::collect::matrix::decade_title;
use crate::collect::names::{Counted, Ref};
use crate::collect::title::Title;
use crate::path::SitePath;
use crate::read::record::RecordKind;
use crate::render::page::Kind;
use crate::render::parts::{Index, IndexParts, Parts};
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
        self.index("years", years.collect());
        for kind in RecordKind::ALL {
            let room = kind.folder();
            let mut links: Vec<(Ref, Option<usize>)> = collection
                .lists
                .iter()
                .filter(|(_, list)| is_of(list.kind, kind))
                .map(|(path, list)| counted(path, list))
                .collect();
            if kind == RecordKind::Document {
                self.index(room, documents::groups(links, collection));
                continue;
            }
            links.sort_by_cached_key(|(link, _)| natural(&link.title));
            let mut groups: Vec<(Title, Counted)> = Vec::new();
            for link in links {
                let initial = initial(&link.0.title);
                match groups.last_mut() {
                    Some((known, links)) if **known == *initial => links.push(link),
                    _ => groups.push((initial.into(), vec![link])),
                }
            }
            self.index(room, groups);
        }
    }

    fn index(&mut self, room: &str, groups: Vec<(Title, Counted)>) {
        if groups.is_empty() {
            return;
        }
        if let Ok(path) = SitePath::page(&[room]) {
            let parts = IndexParts { index: Stamped::new(Index { room: room.into(), groups }) };
            self.add(Kind::Index, path, &format!("the index of {room}"), Parts::IndexParts(parts));
        }
    }
}

/// Returns the letter under which an index lists a title.
fn initial(title: &str) -> String {
    let first = title.chars().find(|c| c.is_alphanumeric());
    first.map_or_else(|| "–".into(), |c| c.to_uppercase().to_string())
}
