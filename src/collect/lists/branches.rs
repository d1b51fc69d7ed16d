//! Lists and records -> the links between lists: sessions of a forum, narrower topics, members' groups.

use std::collections::BTreeMap;

use super::gathered::{Gathered, ListKind};
use crate::collect::names::{Counted, Names, Ref};
use crate::collect::title::Title;
use crate::key::{Key, Thing};
use crate::read::record::{Detail, Record, RecordKind};
use crate::stamp::Stamped;

/// A link below a list: its label, its target, and how many statements the target has.
type Branch = (Title, Ref, Option<usize>);

/// A link below a list to a page that is not a list.
#[derive(Hash)]
pub struct Below {
    /// The list; `None` drops the link.
    pub list: Option<Key>,
    /// The label that it is grouped under.
    pub label: Title,
    /// Where it leads.
    pub link: Ref,
    /// How many statements that page has, if the number is shown.
    pub count: Option<usize>,
}

/// The links between lists, gathered once, by the page of the parent.
pub(super) struct Branches {
    below: BTreeMap<Key, Vec<Branch>>,
}

impl Branches {
    /// Gathers the links of every list.
    pub(super) fn new(
        lists: &BTreeMap<Key, Gathered>,
        records: &BTreeMap<Key, &Stamped<Record>>,
        below: Vec<Below>,
        names: &Names<'_>,
    ) -> Branches {
        let mut branches = Branches { below: BTreeMap::new() };
        for (path, list) in lists {
            let label = match list.kind {
                ListKind::Session => "branch.sessions",
                ListKind::Meeting => "branch.meetings",
                ListKind::Year => "room.years",
                ListKind::Language | ListKind::TopicInLanguage => "room.languages",
                _ => continue,
            };
            // A meeting without a session is listed with the forum's sessions.
            let parent = match path.thing() {
                Thing::Session { forum, .. } | Thing::Meeting { forum, session: None } => Some(forum.clone()),
                Thing::Meeting { session, .. } => session.clone(),
                Thing::Language { topic: Some(topic) } => Some(topic.clone()),
                _ => Some(Key::statements()),
            };
            let title = titled(&list.title, records.get(path));
            // A list counts what an editor tagged or, without any, what has the topic by rule.
            let members = if list.members.is_empty() { &list.rule_members } else { &list.members };
            branches.add(parent, Title::entry(label), Ref { title, key: Some(path.clone()) }, Some(members.len()));
        }
        for Below { list, label, link, count } in below {
            branches.add(list, label, link, count);
        }
        // Links between records are declared on the child, and shown on the parent. The page of a delegation shows the groups
        // that list it.
        for (path, record) in records {
            let link = Ref { title: Title::of_record(record), key: Some(path.clone()) };
            let page = |kind, name: &str| names.page(kind, &names.key(kind, name), name).ok();
            match &record.detail {
                Detail::Topic { broader: Some(broader), .. } => {
                    branches.add(
                        page(RecordKind::Topic, broader),
                        Title::entry("branch.narrower"),
                        link,
                        lists.get(path).map(|list| list.members.len()),
                    );
                }
                Detail::Forum { parent: Some(parent), .. } => {
                    branches.add(page(RecordKind::Forum, parent), Title::entry("branch.bodies"), link, None)
                }
                Detail::Group { members } => {
                    for member in members {
                        branches.add(
                            page(RecordKind::Delegation, &member.delegation),
                            Title::entry("room.groups"),
                            link.clone(),
                            None,
                        );
                    }
                }
                Detail::Speaker { delegation: Some(delegation), .. } => {
                    branches.add(page(RecordKind::Delegation, delegation), Title::entry("room.speakers"), link, None);
                }
                _ => {}
            }
        }
        branches
    }

    fn add(&mut self, parent: Option<Key>, label: Title, link: Ref, count: Option<usize>) {
        if let Some(parent) = parent {
            self.below.entry(parent).or_default().push((label, link, count));
        }
    }

    /// Returns the links below one list, grouped by label.
    pub(super) fn of(&self, path: &Key) -> Vec<(Title, Counted)> {
        let mut branches: Vec<(Title, Counted)> = Vec::new();
        for (label, link, count) in self.below.get(path).map(Vec::as_slice).unwrap_or_default() {
            match branches.iter_mut().find(|(known, _)| known == label) {
                Some((_, links)) => links.push((link.clone(), *count)),
                None => branches.push((label.clone(), vec![(link.clone(), *count)])),
            }
        }
        for (_, links) in &mut branches {
            // Naturally, so that session 9 comes before session 10.
            links.sort_by_cached_key(|(link, _)| natural(&link.title));
        }
        branches
    }
}

/// Returns a sort key by which "2nd session" comes before "10th session".
pub fn natural(title: &str) -> (u64, String) {
    let digits: String = title.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let leads = title.starts_with(|c: char| c.is_ascii_digit());
    (if leads { digits.parse().unwrap_or(u64::MAX) } else { 0 }, title.to_lowercase())
}

fn titled(title: &Title, record: Option<&&Stamped<Record>>) -> Title {
    record.map_or_else(|| title.clone(), |record| Title::of_record(record))
}
