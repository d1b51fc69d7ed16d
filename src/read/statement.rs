//! One file of `content/statements/` -> a `Statement`.
//!
//! The fields are those of the manual's front matter page; what has no page yet is kept all the same.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::body::Body;
pub use super::controlled::{Kind, Status, TextStatus, TranslationKind};
use super::date::Date;
use super::documents::Citation;
use super::fields::{Fields, Named, Stated};
use super::lists::{lines, several};
use super::publication;
use super::rights::Rights;
use super::terms::Terms;
use crate::config::is_language;
use crate::diagnostic::Code;
use crate::stamp::Stamp;

/// A text by one delegation in one language, as its file has it. It knows no other file.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Path from the site's folder.
    pub path: Arc<str>,
    /// The file's stem without its language: the same for all language versions.
    pub id: Box<str>,
    /// What it states and, of a language version, what it inherits.
    pub front: Arc<Front>,
    /// The file that a language version inherits from; nothing until `collect` knows it.
    pub base: Option<Base>,
    /// Language of the text (BCP 47).
    pub language: Box<str>,
    pub body: Arc<Body>,
    /// Line of the file on which the text begins, below the front matter.
    pub first_line: u32,
    /// The first paragraph that says something, in `body.text`: shown in lists where there is no summary.
    pub excerpt: Range<u32>,
    pub terms: Arc<Terms>,
    /// Documents that the text cites by their symbols.
    pub citations: Arc<[Citation]>,
}

/// The file of a statement from which another language version inherits.
#[derive(Clone, Debug)]
pub struct Base {
    /// Path from the site's folder.
    pub path: Arc<str>,
    pub front: Arc<Front>,
}

impl Statement {
    /// Returns the words of its excerpt without what is struck out; a quotation is marked as one.
    pub fn excerpt_words(&self) -> Cow<'_, str> {
        let said = self.body.said(&self.excerpt);
        let is_quoted = self.body.paragraph_at(self.excerpt.start).is_some_and(|at| self.body.is_quoted(at));
        if is_quoted && !said.trim().is_empty() { format!("“{}”", said.trim()).into() } else { said }
    }

    /// Returns the topics that an editor gave to all of it or to a paragraph, as they are written.
    pub fn given_topics(&self) -> impl Iterator<Item = &Named> {
        self.front.topics.iter().chain(self.body.tags.iter().map(|tag| &tag.topic))
    }

    /// Returns the path of the file that states a key: its own, or the one it inherits from.
    pub fn file_of(&self, key: &str) -> &Arc<str> {
        match &self.base {
            Some(base) if !self.front.states(key) => &base.path,
            _ => &self.path,
        }
    }
}

/// A statement's front matter, typed.
#[derive(Clone, Debug)]
pub struct Front {
    pub title: Box<str>,
    pub kind: Option<Kind>,
    pub date: Option<Date>,
    pub delegation: Option<Named>,
    pub on_behalf_of: Vec<Named>,
    pub speaker: Option<Speaker>,
    pub forum: Option<Named>,
    pub session: Option<Named>,
    pub meeting: Option<Named>,
    pub meeting_symbol: Option<Box<str>>,
    /// Place in the meeting's speaking order, from 1.
    pub speaking_order: Option<u32>,
    pub agenda_items: Vec<AgendaItem>,
    pub cluster: Option<Box<str>>,
    pub place: Option<Box<str>>,
    pub language: Option<Box<str>>,
    pub spoken_language: Option<Box<str>>,
    pub translation_kind: Option<TranslationKind>,
    pub text_status: Option<TextStatus>,
    pub topics: Vec<Named>,
    /// An editor judged the text for topics: `topics` is there, be it an empty list.
    pub judged: bool,
    pub references: Vec<Named>,
    pub see_also: Vec<Named>,
    pub source: Option<SourceNote>,
    pub rights: Option<Rights>,
    pub media: Vec<Media>,
    pub identifiers: BTreeMap<Box<str>, Box<str>>,
    /// Published, where front matter does not say.
    pub status: Status,
    pub status_note: Option<Box<str>>,
    pub superseded_by: Option<Named>,
    pub changes: Vec<Change>,
    pub aliases: Vec<Named>,
    pub summary: Option<Box<str>>,
    /// Lines of the original above or around the speech, word for word: its letterhead, its title, an address.
    pub head_matter: Vec<Box<str>>,
    /// Part of a simulation, such as a model conference: nobody's real words.
    pub simulated: bool,
    /// What its text names is not linked.
    pub without_mentions: bool,
    /// Not to be published before this day; `--as-of` says which day it is.
    pub embargo: Option<Date>,
    /// What is said of its publication has an error: it is kept back whatever is asked for.
    pub is_unclear: bool,
    /// The keys that this file gives a value to, be it an empty text or list. `key:` alone states nothing.
    pub stated: Box<[Stated]>,
    /// Fingerprint of the front matter's text.
    pub stamp: Stamp,
}

/// Who spoke: the slug of a record, or what the text itself gives.
#[derive(Clone, Debug)]
pub enum Speaker {
    Record(Named),
    Named { person: Person, line: u32, column: u32 },
}

/// A person as front matter gives one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Person {
    pub family: Option<Box<str>>,
    pub given: Option<Box<str>>,
    pub honorific: Option<Box<str>>,
    pub role: Option<Box<str>>,
    pub as_printed: Option<Box<str>>,
    /// An address that means this person, at Wikidata, VIAF or ISNI.
    pub id: Option<Box<str>>,
}

impl Person {
    /// Returns given and family name, or the name as printed; the honorific is no part of it.
    pub fn name(&self) -> Option<String> {
        match (&self.given, &self.family) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            (None, Some(family)) => Some(family.to_string()),
            (Some(given), None) => Some(given.to_string()),
            (None, None) => self.as_printed.as_deref().map(|printed| self.without_honorific(printed).to_owned()),
        }
    }

    /// Returns a name as printed less the honorific before it, unless nothing else is printed.
    fn without_honorific<'a>(&self, printed: &'a str) -> &'a str {
        let honorific = self.honorific.as_deref().unwrap_or_default().trim();
        let rest = printed.trim().strip_prefix(honorific).filter(|rest| rest.starts_with(char::is_whitespace));
        rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(printed)
    }

    /// Reads the person's keys.
    pub fn read(fields: &mut Fields<'_>) -> Person {
        Person {
            family: fields.text("family"),
            given: fields.text("given"),
            honorific: fields.text("honorific"),
            role: fields.text("role"),
            as_printed: fields.text("as_printed"),
            id: fields.url("id"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AgendaItem {
    pub number: Option<Box<str>>,
    pub title: Option<Box<str>>,
    pub subject: Option<Box<str>>,
}

/// Where the text was got.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceNote {
    pub url: Option<Box<str>>,
    pub publisher: Option<Box<str>>,
    pub retrieved: Option<Date>,
    pub archived: Option<Box<str>>,
    pub file: Option<Box<str>>,
    pub sha256: Option<Box<str>>,
    /// Hash of the file as the import wrote it, less this line: while it fits, nobody has edited the statement.
    pub imported: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Media {
    pub kind: Option<Box<str>>,
    pub url: Option<Box<str>>,
    /// Where the statement begins in the recording, `hh:mm:ss`.
    pub start: Option<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    pub date: Option<Date>,
    pub note: Option<Box<str>>,
}

impl Front {
    /// Reads every field; `id` is what the file's name says, `stamp` that of the front matter's text.
    pub fn read(fields: &mut Fields<'_>, id: &str, stamp: Stamp) -> Front {
        if let Some(other) = fields.text("id").filter(|other| **other != *id) {
            let message = format!("`id` is `{other}`, but the file's name says `{id}`");
            fields.complain("id", Code::DifferentId, message, "leave `id` out: the file's name is the id");
        }
        // Only brackets say that there are none; a bare `topics:` waits to be filled in.
        let says_none = fields.is_empty_list("topics");
        let topics = several(fields, "topics");
        let mut front = Front {
            title: title(fields),
            kind: fields.one_of("type", Kind::WORDS),
            date: fields.date("date"),
            delegation: fields.named("delegation"),
            on_behalf_of: several(fields, "on_behalf_of"),
            speaker: speaker(fields),
            forum: fields.named("forum"),
            session: fields.named("session"),
            meeting: fields.named("meeting"),
            meeting_symbol: fields.text("meeting_symbol"),
            speaking_order: fields.number("speaking_order"),
            agenda_items: fields.objects("agenda_items", Some("title"), |item| AgendaItem {
                number: item.text("number"),
                title: item.text("title"),
                subject: item.text("subject"),
            }),
            cluster: fields.text("cluster"),
            place: fields.text("place"),
            language: language(fields, "language"),
            spoken_language: language(fields, "spoken_language"),
            translation_kind: fields.one_of("translation_kind", TranslationKind::WORDS),
            text_status: fields.one_of("text_status", TextStatus::WORDS),
            judged: !fields.is_wrong("topics") && (says_none || !topics.is_empty()),
            topics,
            references: several(fields, "references"),
            see_also: several(fields, "see_also"),
            source: fields.object("source", |source| SourceNote {
                url: source.url("url"),
                publisher: source.text("publisher"),
                retrieved: source.date("retrieved"),
                archived: source.url("archived"),
                file: source.text("file"),
                sha256: source.text("sha256"),
                imported: source.text("imported"),
            }),
            rights: fields.object("rights", Rights::read),
            media: fields.objects("media", Some("url"), |media| Media {
                kind: media.text("kind"),
                url: media.url("url"),
                start: media.text("start"),
            }),
            identifiers: fields.map("identifiers"),
            status: publication::status(fields),
            status_note: fields.text("status_note"),
            superseded_by: fields.named("superseded_by"),
            changes: fields
                .objects("changes", None, |change| Change { date: change.date("date"), note: change.text("note") }),
            aliases: fields.list("aliases"),
            summary: fields.text("summary"),
            head_matter: lines(fields, "head_matter"),
            simulated: fields.flag("simulated", false),
            without_mentions: !fields.flag("mentions", true),
            embargo: publication::embargo(fields),
            is_unclear: publication::is_unclear(fields),
            stated: Box::default(),
            stamp,
        };
        front.stated = fields.stated();
        if let Some(date) = front.date.as_ref().filter(|date| *date.listed_years().end() < date.years().1) {
            let years = date.listed_years();
            let message = format!(
                "the date touches years up to {}, but lists have it only up to {}",
                date.years().1,
                years.end()
            );
            fields.complain("date", Code::LongInterval, message, "narrow the interval, if the source allows");
        }
        fields.finish();
        front
    }

    /// Returns when the text was last corrected.
    pub fn last_change(&self) -> Option<&Date> {
        self.changes.iter().filter_map(|change| change.date.as_ref()).max_by_key(|date| date.latest())
    }

    /// Returns whether the file itself gives a value to a key.
    pub fn states(&self, key: &str) -> bool {
        self.stated(key).is_some()
    }

    /// Returns where the file itself gives a value to a key.
    pub fn stated(&self, key: &str) -> Option<&Stated> {
        self.stated.iter().find(|stated| stated.key == key)
    }
}

/// Takes the one required key.
pub fn title(fields: &mut Fields<'_>) -> Box<str> {
    fields.text("title").unwrap_or_else(|| {
        let message = "`title` is missing".into();
        fields.complain_missing("title", Code::MissingTitle, message, "add `title: …` to the front matter");
        "".into()
    })
}

/// Takes a language tag.
pub fn language(fields: &mut Fields<'_>, key: &'static str) -> Option<Box<str>> {
    let tag = fields.text(key)?;
    if is_language(&tag) {
        return Some(tag);
    }
    let message = format!("`{tag}` is not a language");
    let lower = tag.to_lowercase();
    let help = if is_language(&lower) {
        format!("did you mean `{lower}`?")
    } else {
        "write a language tag (BCP 47) such as en, ru or zh-Hans".into()
    };
    fields.complain(key, Code::InvalidValue, message, &help);
    fields.remedy(&tag, Some(lower.as_str()).filter(|lower| is_language(lower)));
    None
}

fn speaker(fields: &mut Fields<'_>) -> Option<Speaker> {
    let at = fields.place_of("speaker");
    fields.text_or_object("speaker", Person::read).map(|speaker| match speaker {
        Ok(slug) => Speaker::Record(slug),
        Err(person) => {
            if person.name().is_none() {
                let help = "add `family:` and `given:`, or `as_printed:` with what the source says";
                fields.complain("speaker", Code::InvalidValue, "`speaker` names nobody".into(), help);
            }
            Speaker::Named { person, line: at.0, column: at.1 }
        }
    })
}
