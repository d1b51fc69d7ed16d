//! The objects in a statement's front matter: speaker, agenda items, source, recordings, corrections.

use crate::diagnostic::Code;
use crate::front::{FrontKey, objects};
use crate::read::date::Date;
use crate::read::fields::{Fields, Named};

/// Who spoke: the slug of a record, or a person as the file describes them.
#[derive(Clone, Debug)]
pub enum Speaker {
    /// The slug of a record.
    Record(Named),
    /// A person, with the place of the value.
    Named {
        /// The person.
        person: Person,
        /// The line of the value, from 1.
        line: u32,
        /// The column of the value, from 1.
        column: u32,
    },
}

/// A person as described in front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Person {
    /// Family name.
    pub family: Option<Box<str>>,
    /// Given name.
    pub given: Option<Box<str>>,
    /// Honorific, such as `H.E. Ms.`
    pub honorific: Option<Box<str>>,
    /// Office.
    pub role: Option<Box<str>>,
    /// The name as the source prints it.
    pub as_printed: Option<Box<str>>,
    /// An address that identifies the person, at Wikidata, VIAF or ISNI.
    pub id: Option<Box<str>>,
}

impl Person {
    /// Returns given and family name, or the name as printed; the honorific is not part of it.
    pub fn name(&self) -> Option<String> {
        match (&self.given, &self.family) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            (None, Some(family)) => Some(family.to_string()),
            (Some(given), None) => Some(given.to_string()),
            (None, None) => self.as_printed.as_deref().map(|printed| self.without_honorific(printed).to_owned()),
        }
    }

    /// Returns a name as printed without the honorific before it, unless nothing else is printed.
    fn without_honorific<'a>(&self, printed: &'a str) -> &'a str {
        let honorific = self.honorific.as_deref().unwrap_or_default().trim();
        let rest = printed.trim().strip_prefix(honorific).filter(|rest| rest.starts_with(char::is_whitespace));
        rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(printed)
    }

    /// Reads the keys of a person.
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

/// An agenda item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AgendaItem {
    /// Number, as the agenda prints it.
    pub number: Option<Box<str>>,
    /// Title.
    pub title: Option<Box<str>>,
    /// Its subject.
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

/// Where the text comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceNote {
    /// Address of the source.
    pub url: Option<Box<str>>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// When it was fetched.
    pub retrieved: Option<Date>,
    /// Address of an archived copy.
    pub archived: Option<Box<str>>,
    /// The original's file name.
    pub file: Option<Box<str>>,
    /// SHA-256 of the original, in hexadecimal digits.
    pub sha256: Option<Box<str>>,
    /// SHA-256 of the file as the import wrote it, without this line: as long as it matches, nobody has edited the
    /// statement.
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

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Media {
    /// What it is: `video`, `audio`.
    pub kind: Option<Box<str>>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// Where in the recording the statement begins, as `hh:mm:ss`.
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

/// A correction after publication.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// When the correction was made.
    pub date: Option<Date>,
    /// What was corrected.
    pub note: Option<Box<str>>,
}

impl Change {
    pub(super) fn read(fields: &mut Fields<'_>) -> Change {
        Change { date: fields.date(objects::CHANGE_DATE), note: fields.text(objects::CHANGE_NOTE) }
    }
}

/// Takes the speaker.
pub(super) fn speaker(fields: &mut Fields<'_>, key: FrontKey) -> Option<Speaker> {
    let at = fields.place_of(key);
    fields.text_or_object(key, Person::read).map(|speaker| match speaker {
        Ok(slug) => Speaker::Record(slug),
        Err(person) => {
            if person.name().is_none() {
                let help = "add `family:` and `given:`, or `as_printed:` with what the source prints";
                fields.complain(key, Code::InvalidValue, "`speaker` has no name".into(), help);
            }
            Speaker::Named { person, line: at.0, column: at.1 }
        }
    })
}
