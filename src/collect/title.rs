//! A title, and how it is written in the language of a page that shows it.
//!
//! `collect` has no words of the interface. A title that is not content (a session, an index, a date) carries what it
//! says as a value; `render` puts it into words. Its text, by which titles are compared, sorted and exported, is the
//! same in every language.

use std::fmt::{self, Display, Formatter};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::read::date::Date;
use crate::read::record::Record;

/// A title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title {
    text: Box<str>,
    /// What it says; `None` if the text is content.
    says: Option<Arc<Says>>,
}

/// What a title says, if it is not content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Says {
    /// An entry of the words of the interface, with its arguments.
    Entry(Box<str>, Box<[(&'static str, Title)]>),
    /// A name in other languages, each with its tag.
    Named(Box<[(Box<str>, Box<str>)]>),
    /// Titles one after the other, the outermost first.
    Joined(Box<[Title]>),
    /// A date.
    Date(Date),
    /// A number.
    Number(u32),
}

impl PartialOrd for Says {
    fn partial_cmp(&self, other: &Says) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Says {
    /// Titles are ordered by their texts, so what they say does not matter.
    fn cmp(&self, _: &Says) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl Title {
    /// Creates the title that an entry of the words of the interface has.
    pub fn entry(key: impl Into<Box<str>>) -> Title {
        let key = key.into();
        Title { text: key.clone(), says: Some(Arc::new(Says::Entry(key, [].into()))) }
    }

    /// Creates the title that an entry has with these arguments; `text` is its form where no language is known.
    pub fn filled<const N: usize>(
        text: impl Into<Box<str>>,
        key: &'static str,
        args: [(&'static str, Title); N],
    ) -> Title {
        Title { text: text.into(), says: Some(Arc::new(Says::Entry(key.into(), args.into()))) }
    }

    /// Creates the title of the subject of a record, which may have names in other languages.
    pub fn of_record(record: &Record) -> Title {
        let names: Box<[_]> = record.titles.iter().map(|(tag, name)| (tag.clone(), name.clone())).collect();
        let says = (!names.is_empty()).then(|| Arc::new(Says::Named(names)));
        Title { text: record.title.clone(), says }
    }

    /// Creates a title of several.
    pub fn joined(titles: impl IntoIterator<Item = Title>) -> Title {
        let titles: Box<[Title]> = titles.into_iter().collect();
        let text = titles.iter().map(|title| &**title).collect::<Vec<_>>().join(", ");
        Title { text: text.into(), says: Some(Arc::new(Says::Joined(titles))) }
    }

    /// Creates the title of a date.
    pub fn date(date: &Date) -> Title {
        Title { text: date.words().into(), says: Some(Arc::new(Says::Date(date.clone()))) }
    }

    /// Creates the title of a number.
    pub fn number(number: u32) -> Title {
        Title { text: number.to_string().into(), says: Some(Arc::new(Says::Number(number))) }
    }

    /// Returns what it says, or `None` if its text is content.
    pub fn says(&self) -> Option<&Says> {
        self.says.as_deref()
    }
}

impl Deref for Title {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Display for Title {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Title {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<T: Into<Box<str>>> From<T> for Title {
    fn from(text: T) -> Title {
        Title { text: text.into(), says: None }
    }
}
