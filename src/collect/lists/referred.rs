//! Lists and their records -> the lists that they refer to, so that no link leads to a missing page.

use std::collections::BTreeMap;

use super::gathered::{Gathered, list_kind};
use crate::collect::names::Names;
use crate::key::Key;
use crate::read::record::{Record, RecordKind};
use crate::stamp::Stamped;

/// Adds an empty list for everything that a list refers to: a parent, a broader topic, a member. Lists that are added
/// may refer to further ones.
pub(super) fn add_referred(
    lists: &mut BTreeMap<Key, Gathered>,
    records: &BTreeMap<Key, &Stamped<Record>>,
    names: &Names<'_>,
) {
    let mut open: Vec<Key> = lists.keys().cloned().collect();
    while let Some(path) = open.pop() {
        let origin = lists[&path].origin.clone();
        for (kind, name) in references(&path, records, names) {
            let key = names.key(kind, name);
            let Ok(referred) = names.page(kind, &key, name) else { continue };
            // Only a new list is opened, so circular references come to an end.
            lists.entry(referred.clone()).or_insert_with(|| {
                open.push(referred);
                let title = names.titled(kind, &key, name);
                Gathered {
                    kind: list_kind(kind),
                    title,
                    origin: origin.clone(),
                    members: Vec::new(),
                    rule_members: Vec::new(),
                }
            });
        }
    }
}

/// Returns what the record at a page refers to; without a record, the parent of a shipped forum.
fn references<'a>(
    path: &Key,
    records: &BTreeMap<Key, &'a Stamped<Record>>,
    names: &'a Names<'_>,
) -> Vec<(RecordKind, &'a str)> {
    if let Some(record) = records.get(path) {
        return record.references().into_iter().map(|(kind, named)| (kind, &**named)).collect();
    }
    let is_forum = path.kind() == Some(RecordKind::Forum);
    let shipped = is_forum.then(|| names.shipped(RecordKind::Forum, path.name())).flatten();
    let parent = shipped.map(|shipped| &*shipped.parent).filter(|parent| !parent.is_empty());
    parent.map(|parent| (RecordKind::Forum, parent)).into_iter().collect()
}
