//! What is said on topics -> the index of each topic in each session of a forum: who said what, by delegation.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::lists::Below;
use super::names::Ref;
use super::positions::{Said, SaidByTopic};
use super::title::Title;
use crate::key::{ByKey, Key};
use crate::stamp::Stamped;

/// What was said on a topic in a session.
pub struct Extracts {
    /// The topic.
    pub topic: Ref,
    /// The forum.
    pub forum: Ref,
    /// The session.
    pub session: Ref,
    /// What was said, sorted by the delegation's name, statements without a delegation last; each delegation's latest
    /// first.
    pub said: Vec<Stamped<Said>>,
}

/// What several statements say on one topic, in the order of the statements.
type Gathered<'a> = (&'a Ref, &'a (Ref, Ref), Vec<(&'a SaidByTopic, &'a Stamped<Said>)>);

/// Gathers what was said by topic and session, and returns it by the page of the index.
pub fn extracts(said: &[Arc<SaidByTopic>]) -> BTreeMap<Key, Extracts> {
    let mut gathered: ByKey<[Option<&Key>; 3], Gathered<'_>> = ByKey::default();
    for of_statement in said {
        let Some(occasion) = &of_statement.session else { continue };
        for (topic, said) in &of_statement.said {
            // By page and not by title: a topic may be written in several ways.
            let key = [topic, &occasion.0, &occasion.1].map(|link| link.key.as_ref());
            let of_key = gathered.entry(key).or_insert_with(|| (topic, occasion, Vec::new()));
            of_key.2.push((of_statement, said));
        }
    }
    let placed = gathered.into_par_iter().filter_map(|(_, (topic, (forum, session), mut said))| {
        said.sort_by(|a, b| a.0.order.cmp(&b.0.order));
        let said = said.into_iter().map(|(_, said)| said.clone()).collect();
        let (topic, forum, session) = (topic.clone(), forum.clone(), session.clone());
        Some((page(&topic, &session)?, Extracts { topic, forum, session, said }))
    });
    placed.collect()
}

/// Returns the page of a topic's index in a session; `None` if it cannot have one.
pub fn page(topic: &Ref, session: &Ref) -> Option<Key> {
    Key::extracts(topic.key.as_ref()?, session.key.as_ref()?).ok()
}

/// Returns the links to the indexes that the pages of topics and sessions have.
pub fn below(extracts: &BTreeMap<Key, Extracts>) -> Vec<Below> {
    let links = |(path, extracts): (&Key, &Extracts)| {
        let (topic, session, count) = (&extracts.topic, &extracts.session, Some(extracts.said.len()));
        let link = |to: &Ref| Ref { title: to.title.clone(), key: Some(path.clone()) };
        let forum = extracts.forum.title.clone();
        let of_topic = Title::filled(format!("Extracts: {forum}"), "branch.extracts-in", [("forum", forum)]);
        [
            Below { list: topic.key.clone(), label: of_topic, link: link(session), count },
            Below { list: session.key.clone(), label: Title::entry("branch.extracts"), link: link(topic), count },
        ]
    };
    extracts.iter().flat_map(links).collect()
}
