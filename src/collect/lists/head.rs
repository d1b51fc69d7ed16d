//! A list and what is known about its subject -> the head of its page.

use super::branches::Branches;
use super::gathered::{Gathered, ListKind};
use crate::collect::names::{Counted, Names, Ref, Shipped};
use crate::collect::occasions::{SESSION, occasion_key, occasion_title};
use crate::collect::title::Title;
use crate::key::{Key, Thing};
use crate::read::date::Date;
use crate::read::record::{Detail, Record, RecordKind};
use crate::stamp::Stamped;

/// The head of a list's page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// The title of the page.
    pub title: Title,
    /// What is known about its subject.
    pub facts: Vec<Fact>,
    /// What it is part of, the outermost first.
    pub trail: Vec<Ref>,
    /// Links below it, grouped by label, each with the number of statements if that is shown.
    pub branches: Vec<(Title, Counted)>,
    /// Whether its subject, or everything that it lists, belongs to a simulation.
    pub simulated: bool,
}

/// A labelled fact about the subject of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// The label.
    pub label: Title,
    /// The text.
    pub text: Title,
    /// The language of the text, if it is a name in another language.
    pub language: Option<Box<str>>,
}

impl Head {
    fn fact(&mut self, label: &'static str, text: Option<&str>) {
        self.say(label, text.map(Title::from));
    }

    fn date(&mut self, label: &'static str, date: Option<&Date>) {
        self.say(label, date.map(Title::date));
    }

    fn say(&mut self, label: &'static str, text: Option<Title>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.facts.push(Fact { label: Title::entry(label), text, language: None });
        }
    }
}

/// Makes the head of the list at `key` from the list itself, its record and the shipped tables.
pub(super) fn head(
    key: &Key,
    list: &Gathered,
    record: Option<&Stamped<Record>>,
    names: &Names<'_>,
    branches: &Branches,
) -> Head {
    let mut head = Head {
        title: list.title.clone(),
        facts: Vec::new(),
        trail: Vec::new(),
        branches: branches.of(key),
        simulated: record.is_some_and(|record| record.simulated),
    };
    match list.kind {
        ListKind::Delegation => head.fact("facts.code", Some(&key.name().to_uppercase())),
        ListKind::Language => {
            let name = list.title.clone();
            head.title = Title::filled(name.to_string(), "list.in-language", [("language", name)]);
            head.trail.push(Ref { title: Title::entry("room.statements"), key: Some(Key::statements()) });
        }
        ListKind::TopicInLanguage => {
            if let Thing::Language { topic: Some(topic) } = key.thing() {
                let topic = reference(names, RecordKind::Topic, topic.name());
                let parts = [("topic", topic.title.clone()), ("language", list.title.clone())];
                head.title = Title::filled(list.title.to_string(), "list.topic-in-language", parts);
                head.trail.push(topic);
            }
        }
        ListKind::Year => {
            head.trail.push(Ref { title: Title::entry("room.statements"), key: Some(Key::statements()) });
        }
        _ => {}
    }
    match key.thing() {
        Thing::Session { forum, session } => of_session(&mut head, forum, session, names),
        Thing::Meeting { forum, session } => of_meeting(&mut head, forum, session.as_ref(), names),
        _ => {}
    }
    // A record replaces the shipped table's row: the site knows its subjects best.
    match (record, shipped(key, names)) {
        (Some(record), _) => of_record(&mut head, record, names),
        (None, Some(shipped)) => of_table(&mut head, shipped, names),
        (None, None) => {}
    }
    head
}

fn shipped<'a>(key: &Key, names: &Names<'a>) -> Option<&'a Shipped> {
    names.shipped(key.kind()?, key.name())
}

/// Returns a name's title and page.
fn reference(names: &Names<'_>, kind: RecordKind, name: &str) -> Ref {
    let key = names.key(kind, name);
    Ref { title: names.titled(kind, &key, name), key: names.page(kind, &key, name).ok() }
}

fn of_table(head: &mut Head, shipped: &Shipped, names: &Names<'_>) {
    for (label, text) in &shipped.facts {
        head.fact(label, Some(text));
    }
    if !shipped.parent.is_empty() {
        head.trail.push(reference(names, RecordKind::Forum, &shipped.parent));
    }
}

fn of_session(head: &mut Head, forum: &Key, session: &str, names: &Names<'_>) {
    let forum = forum.name();
    // Sessions have no records of their own: what is known of them is in the record of their forum.
    if let Some(Detail::Forum { sessions, .. }) = names.record(RecordKind::Forum, forum).map(|record| &record.detail)
        && let Some(known) = sessions.iter().find(|known| occasion_key(&known.session) == session)
    {
        head.fact("facts.session", known.title.as_deref());
        if let (Some(from), Some(until)) = (&known.from, &known.until) {
            let text = format!("{} to {}", from.words(), until.words());
            let dates = [("from", Title::date(from)), ("until", Title::date(until))];
            head.say("facts.dates", Some(Title::filled(text, "date.from-until", dates)));
        }
    }
    head.simulated |= names.is_simulated(RecordKind::Forum, forum);
    let forum = reference(names, RecordKind::Forum, forum);
    head.title = Title::joined([forum.title.clone(), head.title.clone()]);
    head.trail.push(forum);
}

fn of_meeting(head: &mut Head, forum: &Key, session: Option<&Key>, names: &Names<'_>) {
    let forum = forum.name();
    head.simulated |= names.is_simulated(RecordKind::Forum, forum);
    let above = reference(names, RecordKind::Forum, forum);
    let session =
        session.map(|session| Ref { title: occasion_title(session.name(), &SESSION), key: Some(session.clone()) });
    head.title = match &session {
        Some(session) => Title::joined([above.title.clone(), session.title.clone(), head.title.clone()]),
        None => Title::joined([above.title.clone(), head.title.clone()]),
    };
    head.trail.push(above);
    head.trail.extend(session);
}

fn of_record(head: &mut Head, record: &Record, names: &Names<'_>) {
    head.title = Title::of_record(record);
    match &record.detail {
        Detail::Topic { broader, definition, uri, since, .. } => {
            head.trail.extend(broader.as_ref().map(|broader| reference(names, RecordKind::Topic, broader)));
            head.fact("facts.definition", definition.as_deref());
            head.fact("facts.identifier", uri.as_deref());
            head.date("facts.judged-since", since.as_ref());
        }
        Detail::Delegation { kind, formal, m49, regional_group, from, until } => {
            head.fact("facts.formal-name", formal.as_deref());
            head.fact("facts.kind", kind.as_deref());
            head.fact("facts.regional-group", regional_group.as_deref());
            head.fact("facts.m49", m49.as_deref());
            head.date("facts.from", from.as_ref());
            head.date("facts.until", until.as_ref());
        }
        Detail::Forum { short, parent, place, .. } => {
            head.trail.extend(parent.as_ref().map(|parent| reference(names, RecordKind::Forum, parent)));
            head.fact("facts.short-name", short.as_deref());
            head.fact("facts.place", place.as_deref());
        }
        Detail::Group { members } => {
            let links = members.iter().map(|member| {
                let mut link = reference(names, RecordKind::Delegation, &member.delegation);
                link.title = member_title(link.title, member.from.as_ref(), member.until.as_ref());
                (link, None)
            });
            head.branches.push((Title::entry("branch.members"), links.collect()));
        }
        Detail::Document { symbol, url, date } => {
            head.fact("facts.symbol", Some(symbol));
            head.date("facts.date", date.as_ref());
            head.fact("facts.text", url.as_deref());
        }
        Detail::Speaker { person, delegation } => {
            head.fact("facts.role", person.role.as_deref());
            head.fact("facts.identifier", person.id.as_deref());
            head.trail.extend(delegation.as_ref().map(|name| reference(names, RecordKind::Delegation, name)));
        }
    }
    // Aliases that begin with `/` are old addresses, not names.
    let aliases = record.aliases.iter().map(|alias| &*alias.text).filter(|alias| !alias.starts_with('/'));
    let aliases: Vec<&str> = aliases.collect();
    head.fact("facts.also", Some(&aliases.join(", ")));
    let names = record.titles.iter();
    head.facts.extend(names.map(|(language, name)| Fact {
        label: Title::entry("facts.name"),
        text: name.clone().into(),
        language: Some(language.clone()),
    }));
}

/// Returns the title of a group's member, with the dates of its membership.
fn member_title(title: Title, from: Option<&Date>, until: Option<&Date>) -> Title {
    let date = |date: &Date| Title::date(date);
    let text = title.to_string();
    match (from, until) {
        (None, None) => title,
        (Some(from), None) => Title::filled(text, "group.member-from", [("member", title), ("from", date(from))]),
        (None, Some(until)) => Title::filled(text, "group.member-until", [("member", title), ("until", date(until))]),
        (Some(from), Some(until)) => {
            let args = [("member", title), ("from", date(from)), ("until", date(until))];
            Title::filled(text, "group.member-from-until", args)
        }
    }
}
