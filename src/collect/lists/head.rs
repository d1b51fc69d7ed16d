//! A list and what is known about its subject -> the head of its page.

use super::branches::Branches;
use super::gathered::{Gathered, ListKind};
use crate::collect::names::{Counted, Names, Ref, Shipped};
use crate::collect::occasions::{occasion_key, occasion_title};
use crate::key::{Key, Thing};
use crate::read::date::Date;
use crate::read::record::{Detail, Record, RecordKind};
use crate::stamp::Stamped;

/// The head of a list's page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    /// The title of the page.
    pub title: Box<str>,
    /// What is known about its subject.
    pub facts: Vec<Fact>,
    /// What it is part of, the outermost first.
    pub trail: Vec<Ref>,
    /// Links below it, grouped by label, each with the number of statements if that is shown.
    pub branches: Vec<(Box<str>, Counted)>,
    /// Whether its subject, or everything that it lists, belongs to a simulation.
    pub simulated: bool,
}

/// A labelled fact about the subject of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// The label.
    pub label: Box<str>,
    /// The text.
    pub text: Box<str>,
    /// The language of the text, if it is a name in another language.
    pub language: Option<Box<str>>,
}

impl Head {
    fn fact(&mut self, label: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.facts.push(Fact { label: label.into(), text: text.into(), language: None });
        }
    }

    fn date(&mut self, label: &str, date: Option<&Date>) {
        self.fact(label, date.map(Date::words).as_deref());
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
        ListKind::Delegation => head.fact("Code", Some(&key.name().to_uppercase())),
        ListKind::Year => {
            head.trail.push(Ref { title: "Statements".into(), key: Some(Key::statements()) });
        }
        _ => {}
    }
    match key.thing() {
        Thing::Session { forum, session } => of_session(&mut head, forum, session, names),
        Thing::Meeting { forum, session } => of_meeting(&mut head, forum, session.as_ref(), names),
        _ => {}
    }
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
    Ref { title: names.title(kind, &key, name), key: names.page(kind, &key, name).ok() }
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
    if let Some(Detail::Forum { sessions, .. }) = names.record(RecordKind::Forum, forum).map(|record| &record.detail)
        && let Some(known) = sessions.iter().find(|known| occasion_key(&known.session) == session)
    {
        head.fact("Session", known.title.as_deref());
        if let (Some(from), Some(until)) = (&known.from, &known.until) {
            head.fact("Dates", Some(&format!("{} to {}", from.words(), until.words())));
        }
    }
    head.simulated |= names.is_simulated(RecordKind::Forum, forum);
    let forum = reference(names, RecordKind::Forum, forum);
    head.title = format!("{}, {}", forum.title, head.title).into();
    head.trail.push(forum);
}

fn of_meeting(head: &mut Head, forum: &Key, session: Option<&Key>, names: &Names<'_>) {
    let forum = forum.name();
    head.simulated |= names.is_simulated(RecordKind::Forum, forum);
    let above = reference(names, RecordKind::Forum, forum);
    let session = session
        .map(|session| Ref { title: occasion_title(session.name(), "session").into(), key: Some(session.clone()) });
    head.title = match &session {
        Some(session) => format!("{}, {}, {}", above.title, session.title, head.title).into(),
        None => format!("{}, {}", above.title, head.title).into(),
    };
    head.trail.push(above);
    head.trail.extend(session);
}

fn of_record(head: &mut Head, record: &Record, names: &Names<'_>) {
    head.title = record.title.clone();
    match &record.detail {
        Detail::Topic { broader, definition, uri, since, .. } => {
            head.trail.extend(broader.as_ref().map(|broader| reference(names, RecordKind::Topic, broader)));
            head.fact("Definition", definition.as_deref());
            head.fact("Identifier", uri.as_deref());
            head.date("Texts judged for it since", since.as_ref());
        }
        Detail::Delegation { kind, formal, m49, regional_group, from, until } => {
            head.fact("Formal name", formal.as_deref());
            head.fact("Kind", kind.as_deref());
            head.fact("Regional group", regional_group.as_deref());
            head.fact("M49 code", m49.as_deref());
            head.date("From", from.as_ref());
            head.date("Until", until.as_ref());
        }
        Detail::Forum { short, parent, place, .. } => {
            head.trail.extend(parent.as_ref().map(|parent| reference(names, RecordKind::Forum, parent)));
            head.fact("Short name", short.as_deref());
            head.fact("Place", place.as_deref());
        }
        Detail::Group { members } => {
            let links = members.iter().map(|member| {
                let mut link = reference(names, RecordKind::Delegation, &member.delegation);
                let from = member.from.as_ref().map(|date| format!("from {}", date.words()));
                let until = member.until.as_ref().map(|date| format!("until {}", date.words()));
                let when: Vec<String> = from.into_iter().chain(until).collect();
                if !when.is_empty() {
                    link.title = format!("{} ({})", link.title, when.join(", ")).into();
                }
                (link, None)
            });
            head.branches.push(("Members".into(), links.collect()));
        }
        Detail::Document { symbol, url, date } => {
            head.fact("Symbol", Some(symbol));
            head.date("Date", date.as_ref());
            head.fact("Text", url.as_deref());
        }
        Detail::Speaker { person, delegation } => {
            head.fact("Role", person.role.as_deref());
            head.fact("Identifier", person.id.as_deref());
            head.trail.extend(delegation.as_ref().map(|name| reference(names, RecordKind::Delegation, name)));
        }
    }
    let aliases: Vec<&str> = record.aliases.iter().map(|alias| &*alias.text).collect();
    head.fact("Also", Some(&aliases.join(", ")));
    let names = record.titles.iter();
    head.facts.extend(names.map(|(language, name)| Fact {
        label: "Name".into(),
        text: name.clone(),
        language: Some(language.clone()),
    }));
}
