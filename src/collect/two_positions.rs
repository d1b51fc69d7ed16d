//! Topic records that name pairs of delegations -> what the two of each pair said on the topic, to be set side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::lists::Below;
use super::names::{Names, Ref};
use super::positions::{Positions, Said, SaidByTopic, keep_real, own_delegation, page};
use super::title::Title;
use crate::diagnostic::{Code, Diagnostic};
use crate::key::{ByKey, Key, KeyMap};
use crate::read::fields::Named;
use crate::read::record::{Detail, Record, RecordKind};
use crate::stamp::Stamped;

/// What one of two delegations said on a topic.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// The delegation; the link leads to its position, or to its page without one.
    pub delegation: Ref,
    /// What it said for itself, in chronological order.
    pub said: Vec<Stamped<Said>>,
}

/// Two positions on a topic.
pub struct TwoPositions {
    /// The topic.
    pub topic: Ref,
    /// The two, in the order of the record.
    pub sides: [Stamped<Side>; 2],
}

/// Returns the pairs that records name, by their pages, and problems for those that are left out because the collection
/// has nothing by one of the two.
pub fn two_positions(
    said: &[Arc<SaidByTopic>],
    positions: &Positions,
    names: &Names<'_>,
) -> (BTreeMap<Key, TwoPositions>, Vec<Diagnostic>) {
    // Few topics name pairs: nothing is gathered for the others.
    let named = names.records(RecordKind::Topic).filter_map(|record| match &record.detail {
        Detail::Topic { compare, .. } if !compare.is_empty() => {
            let key = names.page(RecordKind::Topic, &names.key(RecordKind::Topic, &record.slug), &record.slug).ok()?;
            Some((key, (record, compare)))
        }
        _ => None,
    });
    let named: KeyMap<_> = named.collect();
    let mut problems = Vec::new();
    if named.is_empty() {
        return (BTreeMap::new(), problems);
    }
    let mut by_delegation: ByKey<(&Key, &Key), Vec<&Stamped<Said>>> = ByKey::default();
    for (topic, said) in said.iter().flat_map(|of| &of.said) {
        let topic = topic.key.as_ref().filter(|topic| named.contains_key(*topic));
        if let (Some(topic), Some(delegation)) = (topic, own_delegation(said)) {
            by_delegation.entry((topic, delegation)).or_default().push(said);
        }
    }
    let side = |topic: &Key, name: &str| {
        let key = names.key(RecordKind::Delegation, name);
        let delegation = names.page(RecordKind::Delegation, &key, name).ok()?;
        let mut said = by_delegation.get(&(topic, &delegation))?.clone();
        keep_real(&mut said);
        let position = page(&delegation, topic).filter(|page| positions.contains_key(page));
        let title = names.title(RecordKind::Delegation, &key, name);
        let delegation = Ref { title: title.into(), key: Some(position.unwrap_or(delegation)) };
        Some(Side { delegation, said: said.into_iter().cloned().collect() })
    };
    let mut found = BTreeMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "each topic has pages of its own, in a sorted map")]
    for (topic, (record, pairs)) in &named {
        for [one, other] in *pairs {
            let key = |name: &str| names.key(RecordKind::Delegation, name);
            let (first, second) = (side(topic, one), side(topic, other));
            // At most one of a pair is reported, because the other may be right.
            let empty = [(one, &first), (other, &second)].into_iter().find(|(_, side)| side.is_none());
            if let Some((name, _)) = empty {
                problems.push(nothing_of(name, record));
            }
            let (Some(first), Some(second)) = (first, second) else { continue };
            // Simulated statements are not compared with real ones.
            let is_simulated = |side: &Side| side.said.iter().all(|said| said.card.simulated);
            if is_simulated(&first) != is_simulated(&second) {
                let message = "one of these two is held with texts of a simulation alone, so they are not compared";
                problems.push(Diagnostic::new(Code::NothingToCompare, one.place(&record.path), message));
                continue;
            }
            if let Ok(page) = Key::two_positions(topic, &key(one), &key(other)) {
                let topic = Ref { title: record.title.clone().into(), key: Some(topic.clone()) };
                let sides = [first, second].map(Stamped::new);
                found.insert(page, TwoPositions { topic, sides });
            }
        }
    }
    (found, problems)
}

/// Reports a delegation of a pair if the collection has nothing by it on the topic.
fn nothing_of(name: &Named, record: &Record) -> Diagnostic {
    let message = format!("nothing that `{}` said for itself on this topic, on a known date, is held", name.text);
    let help = "the pair has no page until a statement by it has the topic: delete the pair, or give a text the topic";
    Diagnostic::new(Code::NothingToCompare, name.place(&record.path), message).help(help)
}

/// Returns the links to these pages that the topics' pages have.
pub fn below(found: &BTreeMap<Key, TwoPositions>) -> Vec<Below> {
    let link = |(page, two): (&Key, &TwoPositions)| Below {
        list: two.topic.key.clone(),
        label: Title::entry("branch.side-by-side"),
        link: Ref {
            title: format!("{} – {}", two.sides[0].delegation.title, two.sides[1].delegation.title).into(),
            key: Some(page.clone()),
        },
        count: None,
    };
    found.iter().map(link).collect()
}
