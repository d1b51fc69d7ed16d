//! Works, names, topics by rule and mentioned documents -> what is known of each language version: facts, card,
//! siblings.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::card::Card;
use super::citable::Citable;
use super::lookup::{Reader, Speakers};
use super::mentions::{NamedDocuments, mentions};
use super::names::Names;
use super::rules::{ByRule, Rules};
use super::works::{KeptBack, Work};
use super::{Known, VersionRef};
use crate::diagnostic::{Code, Diagnostic};
use crate::memo::Memo;
use crate::read::record::RecordKind;
use crate::read::statement::{Statement, Status};
use crate::stamp::{Stamp, Stamped};

/// Finds the topics by rule of each version. Only texts that changed are searched again, or all of them if a phrase
/// changed.
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

/// The language versions of one work, the main one first, and their problems.
pub type OfWork = (Vec<Arc<Known>>, Vec<Diagnostic>);

/// Resolves the front matter of each version, works in order and the main version of each first, and checks the names
/// in records and in texts that are kept back. Only works that changed are resolved again, or all of them if a record
/// or a speaker's name changed.
pub fn known(
    works: &[Work],
    names: &Names<'_>,
    rule_topics: &[RuleTopics],
    named: &[Vec<NamedDocuments>],
    kept_back: &KeptBack<'_>,
    memo: &mut Memo<Box<str>, Arc<OfWork>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Arc<Known>> {
    let mut found = Vec::new();
    let speakers = Speakers::new(works, names);
    let ids: HashMap<&str, &Work> = works.iter().map(|work| (&*work.id, work)).collect();
    let reader = Reader { names, speakers: &speakers, ids: &ids, kept_back, known: OnceLock::new() };
    for statement in &kept_back.statements {
        reader.facts(statement, &[], &[], &mut found);
    }
    for record in RecordKind::ALL.into_iter().flat_map(|kind| names.records(kind)) {
        reader.check_record(record, &mut found);
    }
    let known = Stamp::of(&(names.stamp, &speakers));
    // A work that names other statements depends on their titles and ids as well. Few do, so a new title rarely causes
    // other work.
    let known_with_ids = LazyCell::new(|| {
        let ids = works.iter().map(|work| (&work.id, &work.main().front.title, &work.versions[0].key));
        Stamp::of(&(known, ids.collect::<Vec<_>>(), kept_back))
    });
    let stamp = |(work, (by_rule, named)): &(&Work, FoundInWork<'_>)| {
        let names_others = work.versions.iter().any(|version| {
            let front = &version.statement.front;
            !front.see_also.is_empty() || front.superseded_by.is_some()
        });
        let versions: Vec<_> = work.versions.iter().map(|version| (&version.statement, &version.key)).collect();
        Stamp::of(&(versions, by_rule, named, if names_others { *known_with_ids } else { known }))
    };
    let works: Vec<(&Work, FoundInWork<'_>)> = works.iter().zip(rule_topics.iter().zip(named)).collect();
    let made = memo.update(
        &works,
        |work| (work.0.id.clone(), stamp(work)),
        |(work, found)| Arc::new(of_work(work, &reader, *found)),
    );
    found.extend(made.iter().flat_map(|made| made.1.iter().cloned()));
    names_once(found, out);
    made.iter().flat_map(|made| made.0.iter().cloned()).collect()
}

/// What was found in the versions of a work: topics by rule, and names of documents.
type FoundInWork<'a> = (&'a RuleTopics, &'a Vec<NamedDocuments>);

fn of_work(work: &Work, reader: &Reader<'_>, (by_rule, named): FoundInWork<'_>) -> OfWork {
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
    let found = by_rule.iter().zip(named);
    let known = work.versions.iter().zip(found).enumerate().map(|(at, (version, (by_rule, named)))| {
        let statement = &version.statement;
        let mentions = mentions(statement, named, reader.names);
        let mut facts = reader.facts(statement, by_rule, &mentions, &mut problems);
        // A person has one page, however the name is spelt in another language.
        match &main_speaker {
            None => main_speaker = Some(facts.speaker.as_ref().and_then(|speaker| speaker.key.clone())),
            Some(path) => facts.speaker.iter_mut().for_each(|speaker| speaker.key.clone_from(path)),
        }
        let card = Card::new(statement, &version.key, &facts);
        let facts = Stamped::new(facts);
        Arc::new(Known {
            id: work.id.clone(),
            statement: statement.clone(),
            key: version.key.clone(),
            is_main: at == 0,
            withdrawn: work.is_withdrawn() || statement.front.status == Status::Withdrawn,
            citable: Stamped::new(Citable::new(statement, &version.key, &facts, &versions)),
            facts,
            card: Stamped::new(card),
            by_rule: Arc::clone(by_rule),
            mentions: Stamped::new(mentions),
            versions: versions.clone(),
        })
    });
    (known.collect(), problems)
}

/// Adds problems to `out`. An ambiguous name of a speaker is reported only at its first use, with the number of uses.
fn names_once(mut found: Vec<Diagnostic>, out: &mut Vec<Diagnostic>) {
    found.sort();
    // A problem in an inherited key is reported once, where the key is written.
    found.dedup();
    let mut names: BTreeMap<String, (Diagnostic, usize)> = BTreeMap::new();
    for problem in found {
        if problem.code == Code::AmbiguousSpeaker {
            let first = names.entry(problem.message.clone()).or_insert((problem, 0));
            first.1 += 1;
        } else {
            out.push(problem);
        }
    }
    out.extend(names.into_values().map(|(problem, times)| match times {
        1 => problem,
        _ => Diagnostic { message: format!("{} (written {times} times)", problem.message), ..problem },
    }));
}
