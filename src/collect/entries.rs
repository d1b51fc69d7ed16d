//! Works, names, topics by rule and documents named -> entries: each language version with its facts, card and siblings.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::card::Card;
use super::facts::{Reader, Speakers};
use super::mentions::{Named, mentions};
use super::names::Names;
use super::numbers::Numbers;
use super::rules::{ByRule, Rules};
use super::works::{KeptBack, Work};
use super::{Entry, VersionRef};
use crate::diagnostic::Diagnostic;
use crate::memo::Memo;
use crate::read::record::RecordKind;
use crate::read::statement::{Statement, Status};
use crate::stamp::{Stamp, Stamped};

/// Finds the topics by rule of each version, searching again only texts that changed, or all when a phrase did.
pub fn rule_topics(works: &[Work], rules: &Rules, memo: &mut Memo<Arc<str>, Arc<Box<ByRule>>>) -> Vec<RuleTopics> {
    let statements: Vec<&Stamped<Statement>> =
        works.iter().flat_map(|work| &work.versions).map(|version| &version.statement).collect();
    let found = memo.update(
        &statements,
        |statement| (Arc::clone(&statement.path), Stamp::of(&(statement.stamp(), rules.stamp))),
        |statement| Arc::new(rules.of_body(&statement.language, &statement.body)),
    );
    let mut found = found.into_iter();
    works.iter().map(|work| found.by_ref().take(work.versions.len()).collect()).collect()
}

/// The topics by rule of each version of a work.
pub type RuleTopics = Vec<Arc<Box<ByRule>>>;

/// The language versions of one work, the main one first, and what is wrong with them.
pub type OfWork = (Vec<Entry>, Vec<Diagnostic>);

/// Makes the entries, works in order and the main version of each first, and checks the names in records and in what is
/// kept back. Anew are only those of works that changed, or all when a record or a speaker's name did.
pub fn entries(
    works: &[Work],
    names: &Names<'_>,
    rule_topics: &[RuleTopics],
    named: &[Vec<Named>],
    kept_back: &KeptBack<'_>,
    memo: &mut Memo<Box<str>, Arc<OfWork>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let speakers = Speakers::new(works, names);
    let ids: HashMap<&str, &Work> = works.iter().map(|work| (&*work.id, work)).collect();
    let reader = Reader { names, speakers: &speakers, ids: &ids, kept_back, known: OnceLock::new() };
    for statement in &kept_back.statements {
        reader.facts(statement, &[], &[], out);
    }
    for record in RecordKind::ALL.into_iter().flat_map(|kind| names.records(kind)) {
        reader.check_record(record, out);
    }
    let known = Stamp::of(&(names.stamp, &speakers));
    let known_with_ids = LazyCell::new(|| {
        let ids = works.iter().map(|work| (&work.id, &work.main().front.title, &work.versions[0].key));
        Stamp::of(&(known, ids.collect::<Vec<_>>(), kept_back))
    });
    let stamp = |(work, (by_rule, named)): &(&Work, Found<'_>)| {
        let names_others = work.versions.iter().any(|version| {
            let front = &version.statement.front;
            !front.see_also.is_empty() || front.superseded_by.is_some()
        });
        let versions: Vec<_> = work.versions.iter().map(|version| (&version.statement, &version.key)).collect();
        Stamp::of(&(versions, by_rule, named, if names_others { *known_with_ids } else { known }))
    };
    let works: Vec<(&Work, Found<'_>)> = works.iter().zip(rule_topics.iter().zip(named)).collect();
    let made = memo.update(
        &works,
        |work| (work.0.id.clone(), stamp(work)),
        |(work, found)| Arc::new(of_work(work, &reader, *found)),
    );
    let mut entries = Vec::with_capacity(made.len());
    for made in &made {
        entries.extend(made.0.iter().cloned());
        out.extend(made.1.iter().cloned());
    }
    for (at, cards) in see_also(&entries) {
        entries[at].see_also = cards;
    }
    entries
}

/// Returns the cards of what statements name themselves, by the place of the entry.
fn see_also(entries: &[Entry]) -> Vec<(usize, Vec<Stamped<Card>>)> {
    let naming = entries.iter().enumerate().filter(|(_, entry)| !entry.statement.front.see_also.is_empty());
    let cards = LazyCell::new(|| {
        let main = entries.iter().filter(|entry| entry.is_main);
        main.map(|entry| (&*entry.id, &entry.card)).collect::<HashMap<_, _>>()
    });
    let of_entry = |entry: &Entry| {
        let ids = entry.statement.front.see_also.iter();
        ids.filter_map(|id| cards.get(&*id.text).copied().cloned()).collect()
    };
    naming.map(|(at, entry)| (at, of_entry(entry))).collect()
}

/// What was found in the versions of a work: topics by rule, and names of documents.
type Found<'a> = (&'a RuleTopics, &'a Vec<Named>);

fn of_work(work: &Work, reader: &Reader<'_>, (by_rule, named): Found<'_>) -> OfWork {
    let mut problems = Vec::new();
    let mut main_speaker = None;
    let versions: Vec<VersionRef> = work
        .versions
        .iter()
        .map(|version| {
            let Statement { language, front, .. } = &*version.statement;
            let delivered = front.spoken_language.as_ref() == Some(language);
            VersionRef { language: language.clone(), key: version.key.clone(), delivered }
        })
        .collect();
    let versions = Stamped::new(versions);
    let counted = Stamped::new(Numbers::default());
    let unnamed = Stamped::new(Vec::new());
    let found = by_rule.iter().zip(named);
    let entries = work.versions.iter().zip(found).enumerate().map(|(at, (version, (by_rule, named)))| {
        let statement = &version.statement;
        let mentions = mentions(statement, named, reader.names);
        let mut facts = reader.facts(statement, by_rule, &mentions, &mut problems);
        // One person has one page, however the name is written in another language.
        match &main_speaker {
            None => main_speaker = Some(facts.speaker.as_ref().and_then(|speaker| speaker.key.clone())),
            Some(path) => facts.speaker.iter_mut().for_each(|speaker| speaker.key.clone_from(path)),
        }
        let card = Card::new(statement, &version.key, &facts);
        Entry {
            id: work.id.clone(),
            statement: statement.clone(),
            key: version.key.clone(),
            is_main: at == 0,
            withdrawn: work.is_withdrawn() || statement.front.status == Status::Withdrawn,
            facts: Stamped::new(facts),
            card: Stamped::new(card),
            by_rule: Arc::clone(by_rule),
            links: Stamped::new(Vec::new()),
            numbers: counted.clone(),
            mentions: Stamped::new(mentions),
            namings: unnamed.clone(),
            versions: versions.clone(),
            see_also: Vec::new(),
        }
    });
    (entries.collect(), problems)
}
