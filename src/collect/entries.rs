//! Works, names, topics by rule and documents named -> entries: each language version with its facts, card and siblings.

use std::collections::BTreeMap;
use std::sync::Arc;

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
use crate::path::SitePath;
use crate::read::record::RecordKind;
use crate::read::statement::{Statement, Status};
use crate::stamp::{Stamp, Stamped};

/// The topics by rule of each statement's file.
pub type RuleTopics = BTreeMap<Arc<str>, Arc<Box<ByRule>>>;

/// Finds the topics by rule, searching again only texts that changed, or all when a phrase did.
pub fn rule_topics(works: &[Work], rules: &Rules, memo: &mut Memo<Arc<str>, Arc<Box<ByRule>>>) -> RuleTopics {
    let statements: Vec<&Stamped<Statement>> =
        works.iter().flat_map(|work| &work.versions).map(|version| &version.statement).collect();
    let topics = memo.update(
        &statements,
        |statement| (Arc::clone(&statement.path), Stamp::of(&(statement.stamp(), rules.stamp))),
        |statement| Arc::new(rules.of_body(&statement.language, &statement.body)),
    );
    statements.iter().map(|statement| Arc::clone(&statement.path)).zip(topics).collect()
}

/// The language versions of one work, the main one first, and what is wrong with them.
pub type OfWork = (Vec<Entry>, Vec<Diagnostic>);

/// Makes the entries, works in order and the main version of each first, and checks the names in records and in what is
/// kept back. Anew are only those of works that changed, or all when a record or a speaker's name did.
pub fn entries(
    works: &[Work],
    names: &Names<'_>,
    rule_topics: &RuleTopics,
    named: &[Vec<Named>],
    kept_back: &KeptBack<'_>,
    memo: &mut Memo<Box<str>, Arc<OfWork>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let speakers = Speakers::new(works, names);
    let ids: BTreeMap<&str, (Box<str>, SitePath)> = works
        .iter()
        .map(|work| (&*work.id, (work.main().front.title.clone(), work.versions[0].path.clone())))
        .collect();
    let reader = Reader { names, speakers: &speakers, ids: &ids, kept_back };
    for statement in &kept_back.statements {
        reader.facts(statement, &[], &[], out);
    }
    for record in RecordKind::ALL.into_iter().flat_map(|kind| names.records(kind)) {
        reader.check_record(record, out);
    }
    let known = Stamp::of(&(names.stamp, &speakers));
    let known_with_ids = Stamp::of(&(known, &ids, kept_back));
    let stamp = |(work, named): &(&Work, &Vec<Named>)| {
        let names_others = work.versions.iter().any(|version| {
            let front = &version.statement.front;
            !front.see_also.is_empty() || front.superseded_by.is_some()
        });
        let versions: Vec<_> = work
            .versions
            .iter()
            .map(|version| (&version.statement, &version.path, rule_topics.get(&version.statement.path)))
            .collect();
        Stamp::of(&(versions, named, if names_others { known_with_ids } else { known }))
    };
    let works: Vec<(&Work, &Vec<Named>)> = works.iter().zip(named).collect();
    let made = memo.update(
        &works,
        |work| (work.0.id.clone(), stamp(work)),
        |(work, named)| Arc::new(of_work(work, &reader, rule_topics, named)),
    );
    let mut entries = Vec::with_capacity(made.len());
    for made in &made {
        entries.extend(made.0.iter().cloned());
        out.extend(made.1.iter().cloned());
    }
    let cards: BTreeMap<Box<str>, Stamped<Card>> =
        entries.iter().filter(|entry| entry.is_main).map(|entry| (entry.id.clone(), entry.card.clone())).collect();
    for entry in &mut entries {
        entry.see_also = entry.statement.front.see_also.iter().filter_map(|id| cards.get(&*id.text).cloned()).collect();
    }
    entries
}

fn of_work(work: &Work, reader: &Reader<'_>, rule_topics: &RuleTopics, named: &[Named]) -> OfWork {
    let mut problems = Vec::new();
    let mut main_speaker = None;
    let versions: Vec<VersionRef> = work
        .versions
        .iter()
        .map(|version| {
            let Statement { language, front, .. } = &*version.statement;
            let delivered = front.spoken_language.as_ref() == Some(language);
            VersionRef { language: language.clone(), path: version.path.clone(), delivered }
        })
        .collect();
    let versions = Stamped::new(versions);
    let counted = Stamped::new(Numbers::default());
    let unnamed = Stamped::new(Vec::new());
    let entries = work.versions.iter().zip(named).enumerate().map(|(at, (version, named))| {
        let statement = &version.statement;
        let by_rule = rule_topics.get(&statement.path).map(|topics| &***topics).unwrap_or_default();
        let mentions = mentions(statement, named, reader.names);
        let mut facts = reader.facts(statement, by_rule, &mentions, &mut problems);
        // One person has one page, however the name is written in another language.
        match &main_speaker {
            None => main_speaker = Some(facts.speaker.as_ref().and_then(|speaker| speaker.path.clone())),
            Some(path) => facts.speaker.iter_mut().for_each(|speaker| speaker.path.clone_from(path)),
        }
        let card = Card::new(statement, &version.path, &facts);
        Entry {
            id: work.id.clone(),
            statement: statement.clone(),
            path: version.path.clone(),
            is_main: at == 0,
            withdrawn: work.is_withdrawn() || statement.front.status == Status::Withdrawn,
            facts: Stamped::new(facts),
            card: Stamped::new(card),
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
