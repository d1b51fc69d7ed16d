//! A file and a name of a record or a statement -> the file with that name replaced wherever it occurs.
//!
//! A name is replaced in place, and everything around it is kept. In a list that already has the new name, the old one
//! is removed.

use std::sync::Arc;

use super::lines::{members, with_members};
use super::values::meaning;
use crate::collect::links::{files_meant, join, relative};
use crate::collect::names::Names;
use crate::diagnostic::edit::apply;
use crate::diagnostic::{Edit, Place};
use crate::edit::{quoted, scalar};
use crate::front::FrontKey;
use crate::front::document::{self, Document};
use crate::front::statement::{self, ON_BEHALF_OF, REFERENCES, SEE_ALSO, TOPICS};
use crate::key::RecordKind;
use crate::read::body::{Body, Target};
use crate::read::fields::Named;
use crate::read::statement::{Speaker, Statement};
use crate::read::{self, Content, Options};

/// What is renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A thing that a record describes, or that statements name without a record.
    Record(RecordKind),
    /// A statement.
    Statement,
}

/// A name and the one that replaces it.
pub(super) struct Renaming<'a> {
    /// What is renamed.
    pub(super) subject: Subject,
    /// The key that the old name leads to.
    pub(super) old: &'a str,
    /// The key that the new name leads to.
    pub(super) new: &'a str,
    /// The new name as front matter has it, such as `KAZ`.
    pub(super) written: &'a str,
    /// Files that get new paths, which relative links have to follow.
    pub(super) moved: &'a [(Arc<str>, Arc<str>)],
    /// What names mean.
    pub(super) names: &'a Names<'a>,
}

impl Renaming<'_> {
    /// Returns a file with the old name replaced by the new one, and the number of replacements; `None` if there are
    /// none.
    pub(super) fn of_file(&self, path: &Arc<str>, text: &str, options: &Options) -> Option<(String, usize)> {
        let content = read::read(path, text.as_bytes(), options).content?;
        let (named, body, lists): (Vec<&Named>, &Body, _) = match &content {
            Content::Statement(statement) => (self.of_statement(statement), &statement.body, self.lists(statement)),
            Content::Record(record) => {
                let all = record.references().into_iter();
                (
                    all.filter(|(kind, name)| self.is_old(*kind, name)).map(|(_, name)| name).collect(),
                    &record.body,
                    vec![],
                )
            }
            Content::Page(page) => {
                let all = page.list.iter().flat_map(|list| &list.of);
                (
                    all.filter(|(kind, name)| self.is_old(*kind, name)).map(|(_, name)| name).collect(),
                    &page.body,
                    vec![],
                )
            }
        };
        // A name that a list has twice afterwards is removed as a member instead.
        let is_in_list = |named: &&&Named| {
            let front = document::range(text).map_or(0, |front| text[..front.end].lines().count());
            lists.iter().any(|(_, old)| old.contains(&&*named.text)) && named.line as usize <= front
        };
        let edits: Vec<Edit> = named
            .iter()
            .filter(|named| !is_in_list(named))
            .map(|named| Edit::new(named.place(path), named, &self.fit(text, &named.place(path))))
            .collect();
        let (mut after, made) = apply(text, &edits.iter().collect::<Vec<_>>());
        let mut places = made.len();
        places += self.links(path, body, &mut after);
        for (key, _) in &lists {
            let mut document = Document::of_file(&after)?;
            let lines = document.get(key.name).map(str::to_owned);
            let stays = |member: &str| meaning(*key, member, self.names) != self.old;
            places += lines.as_deref().map_or(0, |lines| members(lines).iter().filter(|of| !stays(of)).count());
            if document.set(key.name, &with_members(lines.as_deref(), key.name, stays, &[]), None) {
                after = document.text().to_owned();
            }
        }
        (places > 0).then_some((after, places))
    }

    /// Returns the new name as it is written at a place: in quotation marks if YAML would take it for something else.
    fn fit(&self, text: &str, place: &Place) -> String {
        let is_text = document::range(text).is_none_or(|front| place.line as usize > text[..front.end].lines().count());
        let line = text.lines().nth(place.line.saturating_sub(1) as usize).unwrap_or_default();
        let is_quoted =
            line.chars().nth(place.column.saturating_sub(1) as usize).is_some_and(|c| c == '"' || c == '\'');
        let needs = scalar(self.written) != self.written && self.written.parse::<f64>().is_err();
        if is_text || is_quoted || !needs || self.is_plain() { self.written.to_owned() } else { quoted(self.written) }
    }

    /// Returns whether YAML reads the new name as text without quotation marks, as it does with `A/RES/72/27`.
    fn is_plain(&self) -> bool {
        let value: Result<serde_yaml::Value, _> = serde_yaml::from_str(&format!("[{}]", self.written));
        value.is_ok_and(|value| value.get(0).and_then(|item| item.as_str()) == Some(self.written))
    }

    /// Returns whether a name of this kind is the old one.
    fn is_old(&self, kind: RecordKind, name: &str) -> bool {
        self.subject == Subject::Record(kind) && *self.names.key(kind, name) == *self.old
    }

    fn of_statement<'s>(&self, statement: &'s Statement) -> Vec<&'s Named> {
        let front = &statement.front;
        let all = |names: &'s [Named], kind| names.iter().filter(|name| self.is_old(kind, name)).collect::<Vec<_>>();
        match self.subject {
            Subject::Statement => {
                let ids = front.see_also.iter().chain(&front.superseded_by);
                ids.filter(|id| ***id == *self.old).collect()
            }
            Subject::Record(kind) => {
                let mut named: Vec<&Named> = match kind {
                    RecordKind::Topic => statement.given_topics().filter(|name| self.is_old(kind, name)).collect(),
                    RecordKind::Delegation => front.delegation.iter().filter(|name| self.is_old(kind, name)).collect(),
                    RecordKind::Forum => front.forum.iter().filter(|name| self.is_old(kind, name)).collect(),
                    RecordKind::Document => all(&front.references, kind),
                    RecordKind::Group => Vec::new(),
                    RecordKind::Speaker => match &front.speaker {
                        Some(Speaker::Record(name)) if self.is_old(kind, name) => vec![name],
                        _ => Vec::new(),
                    },
                };
                if kind == RecordKind::Group || kind == RecordKind::Delegation {
                    named.extend(front.on_behalf_of.iter().filter(|name| self.is_party(kind, name)));
                }
                named
            }
        }
    }

    /// Returns whether a party that is spoken for is the old name, resolved as in a build: as a group if one exists.
    fn is_party(&self, kind: RecordKind, name: &str) -> bool {
        let is_group = self.names.knows(RecordKind::Group, &self.names.key(RecordKind::Group, name));
        self.is_old(kind, name) && is_group == (kind == RecordKind::Group)
    }

    /// Returns the lists that have both names, with the members to remove.
    fn lists<'s>(&self, statement: &'s Statement) -> Vec<(FrontKey, Vec<&'s str>)> {
        let front = &statement.front;
        let all = [
            (TOPICS, &front.topics),
            (ON_BEHALF_OF, &front.on_behalf_of),
            (REFERENCES, &front.references),
            (SEE_ALSO, &front.see_also),
        ];
        let named = self.of_statement(statement);
        let both = all.into_iter().filter_map(|(key, list)| {
            let old: Vec<&str> =
                list.iter().filter(|name| named.iter().any(|of| of == name)).map(|name| &**name).collect();
            let has_new = list.iter().any(|name| meaning(key, name, self.names) == self.new);
            let is_own = front.states(key);
            (has_new && !old.is_empty() && is_own).then_some((key, old))
        });
        both.collect()
    }

    /// Rewrites the links to what is renamed; returns their number.
    fn links(&self, path: &Arc<str>, body: &Body, text: &mut String) -> usize {
        let mut found = 0;
        // From last to first, so that the positions of earlier ones stay valid.
        for link in body.links.iter().rev() {
            let Some((from, to)) = self.link(path, &link.target) else { continue };
            let start = offset(text, link.line, link.column);
            // A reference link has its target elsewhere in the file; it is left to the redirect.
            let Some(at) = text[start..].find(&from).filter(|at| *at < FARTHEST).map(|at| start + at) else { continue };
            text.replace_range(at..at + from.len(), &to);
            found += 1;
        }
        found
    }

    /// Returns a link's target before and after, if it leads to what is renamed.
    fn link(&self, path: &Arc<str>, target: &Target) -> Option<(String, String)> {
        match (target, self.subject) {
            (Target::Record { kind, name }, _) if self.is_old(*kind, name) => {
                Some((name.to_string(), self.written.to_owned()))
            }
            (Target::Statement { id, .. }, Subject::Statement) if **id == *self.old => {
                Some((id.to_string(), self.new.to_owned()))
            }
            (Target::Relative { path: target, .. }, _) => {
                let full = join(path, target)?;
                let meant = files_meant(&full);
                let (old, to) = self.moved.iter().find(|(from, _)| meant.iter().any(|file| **file == **from))?;
                // A link between files that move together stays valid.
                let from = self.moved.iter().find(|(from, _)| from == path).map_or(path, |(_, to)| to);
                let file = relative(from, to);
                let new = if *full == **old {
                    file
                } else {
                    file.trim_end_matches("index.md").trim_end_matches(".md").to_owned()
                };
                Some((
                    target.to_string(),
                    if target.ends_with('/') { format!("{}/", new.trim_end_matches('/')) } else { new },
                ))
            }
            _ => None,
        }
    }
}

/// The maximum number of bytes between the beginning of a link and its target.
const FARTHEST: usize = 2000;

/// Returns the byte at a line and a column, both counted from 1.
fn offset(text: &str, line: u32, column: u32) -> usize {
    let before = (line as usize).saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let line = text[start..].split('\n').next().unwrap_or_default();
    let at = line.char_indices().nth((column as usize).saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    start + at
}

/// Returns whether a file may contain one of the words, so that other files need not be parsed.
pub(super) fn may_name(text: &str, words: &[String]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| lower.contains(word.as_str()))
}

/// The keys of statements whose values are old addresses.
pub(super) const ALIASES: FrontKey = statement::ALIASES;
