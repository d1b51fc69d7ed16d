//! One statement and all names -> its facts: who, where, on which topics, each with the page it leads to.

use std::collections::HashSet;

use super::contradictions::contradictions;
use super::lookup::{Reader, SpeakerRef};
use super::mentions::Mention;
use super::names::Ref;
use super::occasions;
use super::plausible;
use super::rules::ByRule;
use crate::diagnostic::{Code, Diagnostic};
use crate::front::statement as key;
use crate::key::Key;
use crate::read::record::RecordKind;
use crate::read::statement::Statement;

/// What a statement's front matter means once all files are known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The person who spoke.
    pub speaker: Option<SpeakerRef>,
    /// The delegation that gave it.
    pub delegation: Option<Ref>,
    /// The groups and delegations on whose behalf it was given.
    pub on_behalf_of: Vec<Ref>,
    /// Forum, session and meeting, as far as they are known, in this order.
    pub occasion: Vec<Ref>,
    /// Whether the session is among them.
    pub has_session: bool,
    /// The position in the meeting's speaking order, from 1.
    pub speaking_order: Option<u32>,
    /// The topics that an editor gave it: those of the front matter, then those of single paragraphs.
    pub topics: Vec<Ref>,
    /// The topics that an editor gave to single paragraphs, each with the paragraph, counted from 0.
    pub tagged: Vec<(u32, Ref)>,
    /// Whether an editor judged the whole text for topics, so that in that editor's judgement it is on no others.
    pub judged: bool,
    /// The topics that rules found, without those that an editor gave.
    pub rule_topics: Vec<Ref>,
    /// The documents that the front matter names.
    pub references: Vec<Ref>,
    /// The documents that the text mentions, without `references`.
    pub documents: Vec<Ref>,
    /// The statement that replaces it.
    pub superseded_by: Option<Ref>,
    /// Whether it was made in a simulation, by its own front matter or that of its delegation's record.
    pub simulated: bool,
}

impl Reader<'_> {
    /// Makes the facts of a statement; `rule_topics` are the topics found by rule, `mentions` the documents in its
    /// text.
    pub fn facts(
        &self,
        statement: &Statement,
        rule_topics: &ByRule,
        mentions: &[Mention],
        out: &mut Vec<Diagnostic>,
    ) -> Facts {
        let front = &statement.front;
        if let Some(base) = &statement.base {
            contradictions(statement, base, self.names, out);
        }
        plausible::check(statement, self.names, out);
        // A problem in an inherited key is reported where the key is written.
        let of = |key| statement.file_of(key);
        let delegation = front
            .delegation
            .as_ref()
            .map(|name| self.known(RecordKind::Delegation, Code::UnknownDelegation, name, of(key::DELEGATION), out));
        let on_behalf_of = front.on_behalf_of.iter().map(|name| {
            // A name is taken for a group unless only a delegation has it.
            let group = self.names.key(RecordKind::Group, name);
            let code = self.names.key(RecordKind::Delegation, name);
            let is_delegation =
                !self.names.knows(RecordKind::Group, &group) && self.names.knows(RecordKind::Delegation, &code);
            let kind = if is_delegation { RecordKind::Delegation } else { RecordKind::Group };
            self.known(kind, Code::UnknownGroup, name, of(key::ON_BEHALF_OF), out)
        });
        let on_behalf_of = on_behalf_of.collect();
        let (mut topics, mut seen): (Vec<Ref>, HashSet<Ref>) = (Vec::new(), HashSet::new());
        let of_text = front.topics.iter().map(|name| (name, of(key::TOPICS)));
        let of_paragraphs = statement.body.tags.iter().map(|tag| (&tag.topic, &statement.path));
        let mut tagged = Vec::with_capacity(statement.body.tags.len());
        for (at, (name, path)) in of_text.chain(of_paragraphs).enumerate() {
            let topic = self.topic(name, path, out);
            // In the chain, the topics of the whole text come first, so an index beyond them is that of a tag.
            let tag = at.checked_sub(front.topics.len()).and_then(|at| statement.body.tags.get(at));
            tagged.extend(tag.map(|tag| (tag.paragraph, topic.clone())));
            topics.extend(seen.insert(topic.clone()).then_some(topic));
        }
        let rule_topics = rule_topics
            .iter()
            .map(|(key, _)| self.reference(RecordKind::Topic, key, key))
            .filter(|topic| !seen.contains(topic))
            .collect();
        // Looked up only to report ids that do not exist; the page looks them up again for its cards.
        for other in &front.see_also {
            self.statement(other, of(key::SEE_ALSO), out);
        }
        let references = front.references.iter().map(|name| self.document(name, of(key::REFERENCES), out));
        let references: Vec<Ref> = references.collect();
        // What the front matter names is shown as a reference, so the text's mention of it is not listed again.
        let mut seen: HashSet<&Option<Key>> = references.iter().map(|known| &known.key).collect();
        let documents = mentions.iter().map(|mention| &mention.document);
        let documents: Vec<Ref> = documents.filter(|of| seen.insert(&of.key)).cloned().collect();
        let simulated = front.simulated
            || front.delegation.as_ref().is_some_and(|name| {
                self.names.is_simulated(RecordKind::Delegation, &self.names.key(RecordKind::Delegation, name))
            });
        Facts {
            speaker: front.speaker.as_ref().and_then(|speaker| self.speaker(speaker, of(key::SPEAKER), out)),
            delegation,
            on_behalf_of,
            occasion: occasions::occasion(self, statement, out),
            has_session: front.forum.is_some() && front.session.is_some(),
            speaking_order: front.speaking_order,
            topics,
            tagged,
            judged: front.judged,
            rule_topics,
            references,
            documents,
            superseded_by: front
                .superseded_by
                .as_ref()
                .and_then(|other| self.statement(other, of(key::SUPERSEDED_BY), out)),
            simulated,
        }
    }
}
