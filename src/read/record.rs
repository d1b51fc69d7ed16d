//! One file of `content/topics/`, `delegations/`, `forums/`, `groups/`, `documents/`, `speakers/` -> a `Record`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::body::Body;
use super::date::Date;
use super::extra::Extra;
use super::fields::{Fields, Named};
use super::statement::{Person, title};
use crate::config::is_language;
use crate::diagnostic::Code;
use crate::front::{FrontKey, objects, record};
pub use crate::key::RecordKind;

/// What a collection knows about something that statements refer to: front matter, and an introduction for its page.
#[derive(Clone, Debug)]
pub struct Record {
    /// Path relative to the site's folder.
    pub path: Arc<str>,
    /// The file's stem.
    pub slug: Box<str>,
    /// The title in the site's language.
    pub title: Box<str>,
    /// The title in other languages, by BCP 47 tag.
    pub titles: BTreeMap<Box<str>, Box<str>>,
    /// Whether it belongs to a simulation, such as a model conference.
    pub simulated: bool,
    /// Whether its names in texts are left unlinked.
    pub without_mentions: bool,
    /// Fields defined by the site.
    pub extra: Extra,
    /// Other names and former slugs.
    pub aliases: Vec<Named>,
    /// The fields of its kind.
    pub detail: Detail,
    /// The introduction on its page.
    pub body: Body,
}

/// The fields that only one kind of record has.
#[derive(Clone, Debug)]
pub enum Detail {
    /// A subject of statements.
    Topic {
        /// The topic that includes this one.
        broader: Option<Named>,
        /// The topic's URI in a thesaurus.
        uri: Option<Box<str>>,
        /// What the topic covers.
        definition: Option<Box<str>>,
        /// By language, the phrases that give a statement this topic by rule.
        phrases: BTreeMap<Box<str>, Vec<Named>>,
        /// Whether texts that have the topic only by rule count like tagged ones where a page lists who spoke on it.
        rule_counts: bool,
        /// Texts before this day were not judged for the topic.
        since: Option<Date>,
        /// Pairs of delegations whose positions are set side by side.
        compare: Vec<[Named; 2]>,
    },
    /// A state, organisation or group of persons that speaks.
    Delegation {
        /// One of [`record::DELEGATION_KINDS`].
        kind: Option<Box<str>>,
        /// The formal name, such as "the Republic of Kazakhstan".
        formal: Option<Box<str>>,
        /// The code in the UN standard M49.
        m49: Option<Box<str>>,
        /// The regional group at the United Nations.
        regional_group: Option<Box<str>>,
        /// When it came into being.
        from: Option<Date>,
        /// When it ceased to exist.
        until: Option<Date>,
    },
    /// A body that meets.
    Forum {
        /// The short name.
        short: Option<Box<str>>,
        /// The forum that it is part of.
        parent: Option<Named>,
        /// Where it meets.
        place: Option<Box<str>>,
        /// The root of its document symbols.
        symbol: Option<Box<str>>,
        /// Its sessions as listed.
        sessions: Vec<Session>,
    },
    /// Delegations that speak together.
    Group {
        /// Its members, each with the time of its membership.
        members: Vec<Member>,
    },
    /// A document that texts cite.
    Document {
        /// Its symbol, such as A/RES/72/27.
        symbol: Box<str>,
        /// Where it can be read.
        url: Option<Box<str>>,
        /// Its date.
        date: Option<Date>,
    },
    /// A person who speaks.
    Speaker {
        /// The person's name and office.
        person: Person,
        /// The delegation for which the person speaks.
        delegation: Option<Named>,
    },
}

/// A session of a forum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// Its number or name, as statements give it in `session:`.
    pub session: Box<str>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The delegation; its text is empty if the file names none.
    pub delegation: Named,
    /// When it joined; `None` if it always was a member.
    pub from: Option<Date>,
    /// When it left; `None` if it still is a member.
    pub until: Option<Date>,
}

impl Record {
    /// Reads every field of a record of this kind.
    pub fn read(kind: RecordKind, path: &Arc<str>, slug: &str, body: Body, fields: &mut Fields<'_>) -> Record {
        let record = Record {
            path: Arc::clone(path),
            slug: slug.into(),
            title: title(fields, record::TITLE),
            titles: titles(fields),
            simulated: fields.flag(record::SIMULATED, false),
            without_mentions: kind != RecordKind::Speaker && !fields.flag(record::MENTIONS, true),
            extra: Extra::read(fields, record::EXTRA),
            aliases: fields.list(record::ALIASES),
            detail: detail(kind, slug, fields),
            body,
        };
        fields.finish();
        record
    }

    /// Returns the records that it refers to: its parent, its broader topic, its members, those that it
    /// compares.
    pub fn references(&self) -> Vec<(RecordKind, &Named)> {
        match &self.detail {
            Detail::Topic { broader, compare, .. } => {
                let broader = broader.iter().map(|name| (RecordKind::Topic, name));
                broader.chain(compare.iter().flatten().map(|name| (RecordKind::Delegation, name))).collect()
            }
            Detail::Forum { parent, .. } => parent.iter().map(|name| (RecordKind::Forum, name)).collect(),
            Detail::Group { members } => {
                let named = members.iter().map(|member| &member.delegation).filter(|name| !name.is_empty());
                named.map(|name| (RecordKind::Delegation, name)).collect()
            }
            Detail::Speaker { delegation, .. } => {
                delegation.iter().map(|name| (RecordKind::Delegation, name)).collect()
            }
            Detail::Delegation { .. } | Detail::Document { .. } => Vec::new(),
        }
    }

    /// Returns the kind of record.
    pub fn kind(&self) -> RecordKind {
        match self.detail {
            Detail::Topic { .. } => RecordKind::Topic,
            Detail::Delegation { .. } => RecordKind::Delegation,
            Detail::Forum { .. } => RecordKind::Forum,
            Detail::Group { .. } => RecordKind::Group,
            Detail::Document { .. } => RecordKind::Document,
            Detail::Speaker { .. } => RecordKind::Speaker,
        }
    }
}

fn detail(kind: RecordKind, slug: &str, fields: &mut Fields<'_>) -> Detail {
    // A key that is not taken here is reported as unknown for this kind, so each kind takes all of its own.
    match kind {
        RecordKind::Topic => Detail::Topic {
            broader: fields.named(record::BROADER),
            uri: fields.text(record::URI),
            definition: fields.text(record::DEFINITION),
            phrases: phrases(fields),
            rule_counts: fields.flag(record::RULE_COUNTS, false),
            since: fields.date(record::SINCE),
            compare: fields.pairs(record::COMPARE),
        },
        RecordKind::Delegation => Detail::Delegation {
            kind: delegation_kind(fields),
            formal: fields.text(record::FORMAL),
            m49: fields.text(record::M49),
            regional_group: fields.text(record::REGIONAL_GROUP),
            from: fields.date(record::FROM),
            until: fields.date(record::UNTIL),
        },
        RecordKind::Forum => Detail::Forum {
            short: fields.text(record::SHORT),
            parent: fields.named(record::PARENT),
            place: fields.text(record::PLACE),
            symbol: fields.text(record::SYMBOL),
            sessions: fields.objects(record::SESSIONS, |session| Session {
                session: required(session, objects::SESSION_NAME).text,
                title: session.text(objects::SESSION_TITLE),
                from: session.date(objects::SESSION_FROM),
                until: session.date(objects::SESSION_UNTIL),
            }),
        },
        RecordKind::Group => Detail::Group {
            members: fields.objects(record::MEMBERS, |member| {
                let delegation = required(member, objects::MEMBER_DELEGATION);
                Member {
                    delegation,
                    from: member.date(objects::MEMBER_FROM),
                    until: member.date(objects::MEMBER_UNTIL),
                }
            }),
        },
        RecordKind::Document => Detail::Document {
            // A treaty has no symbol: then the file's name identifies it.
            symbol: fields.text(record::SYMBOL).unwrap_or_else(|| slug.into()),
            url: fields.url(record::URL),
            date: fields.date(record::DATE),
        },
        RecordKind::Speaker => {
            Detail::Speaker { person: Person::read(fields), delegation: fields.named(record::OF_DELEGATION) }
        }
    }
}

/// Takes the kind of a delegation.
fn delegation_kind(fields: &mut Fields<'_>) -> Option<Box<str>> {
    let words: Vec<(&'static str, &'static str)> = record::DELEGATION_KINDS.iter().map(|word| (*word, *word)).collect();
    fields.one_of(record::KIND, &words).map(Into::into)
}

/// Takes a key that every object of a list must have. Without it, the name is empty and a problem is reported.
fn required(fields: &mut Fields<'_>, key: FrontKey) -> Named {
    fields.named(key).unwrap_or_else(|| {
        let (line, column) = fields.place_of(key);
        fields.complain(key, Code::InvalidValue, format!("`{key}` is missing here"), &format!("add `{key}: …`"));
        Named { text: "".into(), line, column }
    })
}

fn titles(fields: &mut Fields<'_>) -> BTreeMap<Box<str>, Box<str>> {
    let titles = fields.map(record::TITLES);
    check_languages(fields, record::TITLES, titles.keys());
    titles
}

fn phrases(fields: &mut Fields<'_>) -> BTreeMap<Box<str>, Vec<Named>> {
    let phrases = fields.map_of_lists(record::MATCH);
    check_languages(fields, record::MATCH, phrases.keys());
    phrases
}

/// Reports keys that are not languages, because nothing would ever look them up.
fn check_languages<'a>(fields: &mut Fields<'_>, key: FrontKey, names: impl Iterator<Item = &'a Box<str>>) {
    for name in names.filter(|name| !is_language(name)) {
        let message = format!("`{name}` in `{key}` is not a language");
        fields.complain(key, Code::InvalidValue, message, "write a language tag (BCP 47) such as en, ru or zh-Hans");
    }
}
