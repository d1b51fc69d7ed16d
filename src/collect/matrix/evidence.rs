//! All statements and records -> for which delegations and years it is known that no text in the collection is on a
//! topic.
//!
//! That a delegation has no text on a topic is a claim that most collections cannot make: a text that no editor judged
//! for topics may be on any, a group may have spoken for its members, and a date may mean several years. So a text
//! counts for every delegation that it *may* belong to, in every year that it *may* be of. The claim is made only where
//! each of these texts was judged as a whole and found to be on other topics.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;

use crate::collect::Numbered;
use crate::collect::lists::{SpokenFor, speaks_for_others};
use crate::collect::names::Names;
use crate::key::{ByKey, Key, KeyMap};
use crate::read::date::Date;
use crate::read::record::{Detail, RecordKind};

/// What the collection has of each delegation and year, as far as claims need it.
pub(super) struct Evidence<'a> {
    /// By delegation.
    of: ByKey<&'a Key, ByYear>,
    /// Texts given for a group without recorded members: they may belong to any delegation.
    of_anyone: ByYear,
    /// Small numbers for topics, by their pages, so that sets of them are compact.
    topics: ByKey<&'a Key, u32>,
    /// The narrower topics of each topic.
    narrower: KeyMap<Vec<Key>>,
    /// For each topic with `since`, the day from which texts were judged for it.
    since: KeyMap<civil::Date>,
}

/// Texts by the years that they may be of.
#[derive(Default)]
struct ByYear {
    years: BTreeMap<i16, JudgedTexts>,
    /// Texts that may be of any year.
    undated: JudgedTexts,
}

/// Several texts, taken together.
#[derive(Default)]
struct JudgedTexts {
    /// Whether one of them was not judged for topics.
    is_open: bool,
    /// The earliest day that one of them may be of.
    earliest: Option<civil::Date>,
    /// Topics of any of them, given by an editor or found by a rule.
    topics: BTreeSet<u32>,
}

/// A topic with all narrower ones: a text on one of these is on the topic too.
pub(super) struct Subject {
    topics: Vec<u32>,
    since: Option<civil::Date>,
}

impl<'a> Evidence<'a> {
    /// Gathers the evidence. `entries` are all language versions, including withdrawn texts: these were said all the
    /// same.
    pub(super) fn new(entries: &'a [Numbered], names: &Names<'_>, groups: &'a SpokenFor<'a>) -> Evidence<'a> {
        let (mut narrower, mut since): (KeyMap<Vec<Key>>, KeyMap<civil::Date>) = Default::default();
        for record in names.records(RecordKind::Topic) {
            let page = |name: &str| names.page(RecordKind::Topic, &names.key(RecordKind::Topic, name), name).ok();
            let Detail::Topic { broader, since: first, .. } = &record.detail else { continue };
            let Some(path) = page(&record.slug) else { continue };
            since.extend(first.as_ref().map(|first| (path.clone(), first.earliest())));
            // Who spoke on a narrower topic spoke on the broader one too, so the table of the latter needs the former.
            if let Some(broader) = broader.as_ref().and_then(|broader| page(broader)) {
                narrower.entry(broader).or_insert_with(Vec::new).push(path);
            }
        }
        let (of, of_anyone) = (ByKey::default(), ByYear::default());
        let mut evidence = Evidence { of, of_anyone, topics: ByKey::default(), narrower, since };
        for entry in entries {
            evidence.add(entry, names, groups);
        }
        evidence
    }

    /// Adds a text to every delegation that it may belong to.
    fn add(&mut self, entry: &'a Numbered, names: &Names<'_>, groups: &'a SpokenFor<'a>) {
        let (facts, date) = (&entry.known.facts, entry.known.card.date.as_ref());
        let mut topics = Vec::new();
        if facts.judged {
            for path in facts.topics.iter().chain(&facts.rule_topics).filter_map(|topic| topic.key.as_ref()) {
                let next = self.topics.len() as u32;
                topics.push(*self.topics.entry(path).or_insert(next));
            }
        }
        let is_open = !facts.judged;
        // Each version counts, not only the main one: a translation may have tags of its own.
        for party in facts.delegation.iter().chain(&facts.on_behalf_of) {
            let Some(path) = &party.key else { continue };
            match groups.may_speak_for(path, date) {
                Some(members) => members
                    .filter_map(|member| member.key.as_ref())
                    .for_each(|member| self.of.entry(member).or_default().add(date, is_open, &topics)),
                None if speaks_for_others(path) || is_group(path, names) => self.of_anyone.add(date, is_open, &topics),
                None => {}
            }
            if path.kind() == Some(RecordKind::Delegation) {
                self.of.entry(path).or_default().add(date, is_open, &topics);
            }
        }
    }

    /// Returns a topic with all narrower ones.
    pub(super) fn subject(&self, topic: &Key) -> Subject {
        // Breadth first with a set of those seen, since records can name each other as broader in a circle.
        let (mut family, mut seen, mut at) = (vec![topic], BTreeSet::from([topic]), 0);
        while let Some(topic) = family.get(at) {
            at += 1;
            let below = self.narrower.get(*topic).into_iter().flatten();
            family.extend(below.filter(|topic| seen.insert(topic)));
        }
        let topics = family.iter().filter_map(|topic| self.topics.get(topic).copied()).collect();
        Subject { topics, since: self.since.get(topic).copied() }
    }

    /// Returns whether no text of a delegation and a year is on the topic, as far as can be known.
    pub(super) fn excludes(&self, delegation: &Key, year: i16, subject: &Subject) -> bool {
        let of_delegation = self.of.get(delegation).into_iter().chain([&self.of_anyone]);
        let mut texts = of_delegation.flat_map(|texts| texts.years.get(&year).into_iter().chain([&texts.undated]));
        texts.all(|texts| texts.exclude(subject))
    }
}

/// Returns whether a delegation is a group by its name, as in `delegation: g77`, and no state has that code.
fn is_group(delegation: &Key, names: &Names<'_>) -> bool {
    names.knows(RecordKind::Group, delegation.name()) && names.alpha2(delegation.name()).is_none()
}

impl ByYear {
    fn add(&mut self, date: Option<&Date>, is_open: bool, topics: &[u32]) {
        let earliest = date.map_or(civil::Date::MIN, Date::earliest);
        let Some(date) = date else { return self.undated.add(earliest, is_open, topics) };
        let listed = date.listed_years();
        if *listed.end() < date.years().1 {
            // Not every year of an interval of centuries is listed; it counts for all.
            self.undated.add(earliest, is_open, topics);
        }
        for year in listed {
            self.years.entry(year).or_default().add(earliest, is_open, topics);
        }
    }
}

impl JudgedTexts {
    fn add(&mut self, earliest: civil::Date, is_open: bool, topics: &[u32]) {
        self.is_open |= is_open;
        self.earliest = Some(self.earliest.map_or(earliest, |before| before.min(earliest)));
        self.topics.extend(topics);
    }

    /// Returns whether all texts were judged when the topic existed, and none is on it.
    fn exclude(&self, subject: &Subject) -> bool {
        let Some(earliest) = self.earliest else { return true };
        let judged = !self.is_open && subject.since.is_none_or(|since| since <= earliest);
        judged && !subject.topics.iter().any(|topic| self.topics.contains(topic))
    }
}
