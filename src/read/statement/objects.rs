//! The objects in a statement's front matter: who spoke, the agenda items, where the text was got, recordings, corrections.

use crate::diagnostic::Code;
use crate::front::{Key, objects};
use crate::read::date::Date;
use crate::read::fields::{Fields, Named};

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
            family: fields.text(objects::FAMILY),
            given: fields.text(objects::GIVEN),
            honorific: fields.text(objects::HONORIFIC),
            role: fields.text(objects::ROLE),
            as_printed: fields.text(objects::AS_PRINTED),
            id: fields.url(objects::PERSON_ID),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AgendaItem {
    pub number: Option<Box<str>>,
    pub title: Option<Box<str>>,
    pub subject: Option<Box<str>>,
}

impl AgendaItem {
    pub(super) fn read(fields: &mut Fields<'_>) -> AgendaItem {
        AgendaItem {
            number: fields.text(objects::NUMBER),
            title: fields.text(objects::ITEM_TITLE),
            subject: fields.text(objects::SUBJECT),
        }
    }
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

impl SourceNote {
    pub(super) fn read(fields: &mut Fields<'_>) -> SourceNote {
        SourceNote {
            url: fields.url(objects::URL),
            publisher: fields.text(objects::PUBLISHER),
            retrieved: fields.date(objects::RETRIEVED),
            archived: fields.url(objects::ARCHIVED),
            file: fields.text(objects::FILE),
            sha256: fields.text(objects::SHA256),
            imported: fields.text(objects::IMPORTED),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Media {
    pub kind: Option<Box<str>>,
    pub url: Option<Box<str>>,
    /// Where the statement begins in the recording, `hh:mm:ss`.
    pub start: Option<Box<str>>,
}

impl Media {
    pub(super) fn read(fields: &mut Fields<'_>) -> Media {
        Media {
            kind: fields.text(objects::MEDIA_KIND),
            url: fields.url(objects::MEDIA_URL),
            start: fields.text(objects::START),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    pub date: Option<Date>,
    pub note: Option<Box<str>>,
}

impl Change {
    pub(super) fn read(fields: &mut Fields<'_>) -> Change {
        Change { date: fields.date(objects::CHANGE_DATE), note: fields.text(objects::CHANGE_NOTE) }
    }
}

/// Takes the speaker.
pub(super) fn speaker(fields: &mut Fields<'_>, key: Key) -> Option<Speaker> {
    let at = fields.place_of(key);
    fields.text_or_object(key, Person::read).map(|speaker| match speaker {
        Ok(slug) => Speaker::Record(slug),
        Err(person) => {
            if person.name().is_none() {
                let help = "add `family:` and `given:`, or `as_printed:` with what the source says";
                fields.complain(key, Code::InvalidValue, "`speaker` names nobody".into(), help);
            }
            Speaker::Named { person, line: at.0, column: at.1 }
        }
    })
}
