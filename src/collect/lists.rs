//! Works and their facts -> the lists: all statements on a topic, by a delegation, of a meeting, in a year.

mod branches;
mod referred;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use branches::Branches;
pub use branches::natural;

use super::Entry;
use super::facts::Card;
use super::names::{Counted, Names, Ref};
use crate::path::SitePath;
use crate::read::record::{Detail, Record, RecordKind};
use crate::stamp::Stamped;

/// What a list is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    Topic,
    Delegation,
    Forum,
    Session,
    Meeting,
    Group,
    Speaker,
    Document,
    Year,
    /// Every statement there is.
    All,
}

/// What stands at the head of a list's page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Head {
    pub title: Box<str>,
    pub facts: Vec<Fact>,
    /// What it is part of, from the outermost.
    pub trail: Vec<Ref>,
    /// Label and links with the number of statements behind each, where that is said.
    pub branches: Vec<(Box<str>, Counted)>,
    pub simulated: bool,
}

/// Something known besides.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    pub label: Box<str>,
    pub text: Box<str>,
    /// Language of the text, where it is a name in another.
    pub language: Option<Box<str>>,
}

/// A list and its page.
pub struct List {
    pub kind: ListKind,
    pub head: Stamped<Head>,
    pub record: Option<Stamped<Record>>,
    /// In order, oldest first; of a meeting in speaking order.
    pub cards: Vec<Stamped<Card>>,
    /// Those that have the topic by rule alone.
    pub rule_cards: Vec<Stamped<Card>>,
    /// Who named it first, for messages.
    pub origin: Arc<str>,
}

/// A list while it is gathered.
struct Gathered {
    kind: ListKind,
    title: Box<str>,
    origin: Arc<str>,
    members: Vec<usize>,
    rule_members: Vec<usize>,
}

/// Makes every list. Its members are the works' main versions without withdrawn ones; what only another version or a
/// withdrawn statement refers to has its page all the same.
pub fn lists(all: &[Entry], names: &Names<'_>) -> BTreeMap<SitePath, List> {
    let entries: Vec<&Entry> = all.iter().filter(|entry| entry.is_listed()).collect();
    let mut gathered = gather(all, names);
    let records = records_by_path(names);
    referred::add_referred(&mut gathered, &records, names);
    for list in gathered.values_mut().filter(|list| list.kind == ListKind::Meeting) {
        list.members.sort_by_key(|at| (entries[*at].statement.front.speaking_order.unwrap_or(u32::MAX), *at));
    }
    let branches = Branches::new(&gathered, &records);
    let cards = |members: &[usize]| members.iter().map(|at| entries[*at].card.clone()).collect();
    gathered
        .iter()
        .map(|(path, list)| {
            let record = records.get(path).copied().cloned();
            let head = head(path, list, record.as_ref(), names, &branches);
            let made = List {
                kind: list.kind,
                head: Stamped::new(head),
                record,
                cards: cards(&list.members),
                rule_cards: cards(&list.rule_members),
                origin: Arc::clone(&list.origin),
            };
            (path.clone(), made)
        })
        .collect()
}

fn list_kind(kind: RecordKind) -> ListKind {
    match kind {
        RecordKind::Topic => ListKind::Topic,
        RecordKind::Delegation => ListKind::Delegation,
        RecordKind::Forum => ListKind::Forum,
        RecordKind::Group => ListKind::Group,
        RecordKind::Document => ListKind::Document,
        RecordKind::Speaker => ListKind::Speaker,
    }
}

fn records_by_path<'a>(names: &'a Names<'_>) -> BTreeMap<SitePath, &'a Stamped<Record>> {
    let mut records = BTreeMap::new();
    for kind in RecordKind::ALL {
        for record in names.records(kind) {
            let key = match &record.detail {
                Detail::Document { symbol, .. } => symbol.to_lowercase(),
                _ => record.slug.to_string(),
            };
            if let Ok(path) = names.path(kind, &key, &record.slug) {
                records.insert(path, record);
            }
        }
    }
    records
}

fn gather(all: &[Entry], names: &Names<'_>) -> BTreeMap<SitePath, Gathered> {
    let mut lists: HashMap<SitePath, Gathered> = HashMap::new();
    let mut open =
        |kind: ListKind, path: &SitePath, title: &str, origin: &Arc<str>, member: Option<usize>, by_rule: bool| {
            let list = lists.entry(path.clone()).or_insert_with(|| Gathered {
                kind,
                title: title.into(),
                origin: Arc::clone(origin),
                members: Vec::new(),
                rule_members: Vec::new(),
            });
            let members = if by_rule { &mut list.rule_members } else { &mut list.members };
            if let Some(member) = member.filter(|member| members.last() != Some(member)) {
                members.push(member);
            }
        };
    if let Ok(path) = SitePath::page(&["statements"]) {
        open(ListKind::All, &path, "Statements", &"the list of all statements".into(), None, false);
        for (at, entry) in all.iter().filter(|entry| entry.is_listed()).enumerate() {
            open(ListKind::All, &path, "Statements", &entry.statement.path, Some(at), false);
        }
    }
    for (path, record) in records_by_path(names) {
        open(list_kind(record.kind()), &path, &record.title, &record.path, None, false);
    }
    let mut listed = 0..;
    for entry in all {
        let member = if entry.is_listed() { listed.next() } else { None };
        let (facts, origin) = (&entry.facts, &entry.statement.path);
        let mut add = |kind, reference: &Ref, by_rule| {
            if let Some(path) = &reference.path {
                open(kind, path, &reference.title, origin, member, by_rule);
            }
        };
        facts.topics.iter().for_each(|topic| add(ListKind::Topic, topic, false));
        facts.rule_topics.iter().for_each(|topic| add(ListKind::Topic, topic, true));
        facts.references.iter().for_each(|document| add(ListKind::Document, document, false));
        facts.delegation.iter().for_each(|delegation| add(ListKind::Delegation, delegation, false));
        for party in &facts.on_behalf_of {
            let is_group = party.path.as_ref().is_some_and(|path| path.room() == RecordKind::Group.folder());
            add(if is_group { ListKind::Group } else { ListKind::Delegation }, party, false);
        }
        if let Some(speaker) = &facts.speaker {
            add(ListKind::Speaker, &Ref { title: speaker.name.clone(), path: speaker.path.clone() }, false);
        }
        let kinds: &[ListKind] = match (&entry.statement.front.session, &entry.statement.front.meeting) {
            (None, Some(_)) => &[ListKind::Forum, ListKind::Meeting],
            _ => &[ListKind::Forum, ListKind::Session, ListKind::Meeting],
        };
        for (kind, part) in kinds.iter().zip(&facts.occasion) {
            add(*kind, part, false);
        }
        if let (Some(date), Some(_)) = (&entry.statement.front.date, member) {
            for year in date.listed_years() {
                let year = format!("{year:04}");
                let path = SitePath::page(&["years", &year]).ok();
                add(ListKind::Year, &Ref { title: year.into(), path }, false);
            }
        }
    }
    lists.into_iter().collect()
}

fn head(
    path: &SitePath,
    list: &Gathered,
    record: Option<&Stamped<Record>>,
    names: &Names<'_>,
    branches: &Branches,
) -> Head {
    let key = path.url().split('/').nth(2).unwrap_or_default().to_owned();
    let mut facts: Vec<Fact> = Vec::new();
    let plain = |label: &str, text: &str| Fact { label: label.into(), text: text.into(), language: None };
    let mut trail = Vec::new();
    let reference = |kind: RecordKind, name: &str| {
        let key = names.key(kind, name);
        Ref { title: names.title(kind, &key, name), path: names.path(kind, &key, name).ok() }
    };
    let mut own_branches = branches.of(path);
    let mut title = list.title.clone();
    let shipped = match list.kind {
        ListKind::Delegation => names.shipped(RecordKind::Delegation, &key),
        ListKind::Forum => names.shipped(RecordKind::Forum, &key),
        ListKind::Group => names.shipped(RecordKind::Group, &key),
        _ => None,
    };
    if let (Some(shipped), None) = (shipped, record) {
        facts.extend(shipped.facts.iter().map(|(label, text)| plain(label, text)));
        if !shipped.parent.is_empty() {
            trail.push(reference(RecordKind::Forum, &shipped.parent));
        }
    }
    if list.kind == ListKind::Delegation {
        facts.insert(0, plain("Code", &key.to_uppercase()));
    }
    if matches!(list.kind, ListKind::Session | ListKind::Meeting) {
        let forum = reference(RecordKind::Forum, &key);
        let session = path.url().split('/').nth(3).unwrap_or_default().to_owned();
        let of_forum = names.record(RecordKind::Forum, &key).map(|record| &record.detail);
        if let Some(Detail::Forum { sessions, .. }) = of_forum
            && let Some(known) = sessions.iter().find(|known| crate::path::slug(&known.session) == session)
            && list.kind == ListKind::Session
        {
            if let Some(name) = &known.title {
                facts.push(plain("Session", name));
            }
            if let (Some(from), Some(until)) = (&known.from, &known.until) {
                facts.push(plain("Dates", &format!("{} to {}", from.words(), until.words())));
            }
        }
        if list.kind == ListKind::Session {
            title = format!("{}, {title}", forum.title).into();
        }
        trail.push(forum);
    }
    if list.kind == ListKind::Year {
        trail.push(Ref { title: "Statements".into(), path: SitePath::page(&["statements"]).ok() });
    }
    let mut fact = |label: &str, text: Option<&str>| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            facts.push(plain(label, text));
        }
    };
    if let Some(record) = record {
        title = record.title.clone();
        let aliases: Vec<&str> = record.aliases.iter().map(|alias| &*alias.text).collect();
        match &record.detail {
            Detail::Topic { broader, definition, uri, .. } => {
                trail.extend(broader.as_ref().map(|broader| reference(RecordKind::Topic, broader)));
                fact("Definition", definition.as_deref());
                fact("Identifier", uri.as_deref());
            }
            Detail::Delegation { kind, formal, m49, regional_group, from, until } => {
                fact("Formal name", formal.as_deref());
                fact("Kind", kind.as_deref());
                fact("Regional group", regional_group.as_deref());
                fact("M49 code", m49.as_deref());
                fact("From", from.as_ref().map(|date| date.words()).as_deref());
                fact("Until", until.as_ref().map(|date| date.words()).as_deref());
            }
            Detail::Forum { short, parent, place, .. } => {
                trail.extend(parent.as_ref().map(|parent| reference(RecordKind::Forum, parent)));
                fact("Short name", short.as_deref());
                fact("Place", place.as_deref());
            }
            Detail::Group { members } => {
                let links = members.iter().map(|member| {
                    let mut link = reference(RecordKind::Delegation, &member.delegation);
                    let from = member.from.as_ref().map(|date| format!("from {}", date.words()));
                    let until = member.until.as_ref().map(|date| format!("until {}", date.words()));
                    let when: Vec<String> = from.into_iter().chain(until).collect();
                    if !when.is_empty() {
                        link.title = format!("{} ({})", link.title, when.join(", ")).into();
                    }
                    (link, None)
                });
                own_branches.push(("Members".into(), links.collect()));
            }
            Detail::Document { symbol, url, date } => {
                fact("Symbol", Some(symbol));
                fact("Date", date.as_ref().map(|date| date.words()).as_deref());
                fact("Text", url.as_deref());
            }
            Detail::Speaker { person, delegation } => {
                fact("Role", person.role.as_deref());
                fact("Identifier", person.id.as_deref());
                trail.extend(delegation.as_ref().map(|name| reference(RecordKind::Delegation, name)));
            }
        }
        fact("Also", Some(aliases.join(", ").as_str()));
        facts.extend(record.titles.iter().map(|(language, name)| Fact {
            label: "Name".into(),
            text: name.clone(),
            language: Some(language.clone()),
        }));
    }
    let of_forum =
        matches!(list.kind, ListKind::Session | ListKind::Meeting) && names.is_simulated(RecordKind::Forum, &key);
    let simulated = record.is_some_and(|record| record.simulated) || of_forum;
    if list.kind == ListKind::Meeting {
        let url = path.url();
        let session = url.split('/').nth(3).filter(|session| *session != "meetings");
        let page = session.and_then(|session| SitePath::page(&["forums", &key, session]).ok());
        let name = session.map(|session| Ref { title: format!("session {session}").into(), path: page });
        title = match &name {
            Some(name) => format!("{}, {}, {title}", trail[0].title, name.title).into(),
            None => format!("{}, {title}", trail[0].title).into(),
        };
        trail.extend(name);
    }
    Head { title, facts, trail, branches: own_branches, simulated }
}
