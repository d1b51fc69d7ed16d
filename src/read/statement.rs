//! One file of `content/statements/` -> a `Statement`.
//!
//! The fields are those on the manual's page about front matter; fields that no page shows yet are kept as well.

mod import_note;
mod objects;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil;

use super::body::Body;
use super::date::Date;
use super::documents::Citation;
use super::extra::Extra;
use super::fields::{Fields, Named, Stated};
use super::lists::{lines, several};
use super::numbering;
use super::publication;
use super::rights::Rights;
use crate::config::is_language;
use crate::diagnostic::Code;
pub use crate::front::controlled::{Kind, Status, TextStatus, TranslationKind};
use crate::front::statement as declared;
use crate::front::{FrontKey, Type};
use crate::language::counts::Terms;
use crate::stamp::Stamp;
pub use import_note::{DoubtNote, ImportNote};
use objects::speaker;
pub use objects::{AgendaItem, Change, Media, Person, SourceNote, Speaker};

/// A text by one delegation in one language, as its file has it. It knows no other file.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Path from the site's folder.
    pub path: Arc<str>,
    /// The file's stem without its language; the same for all language versions.
    pub id: Box<str>,
    /// What it states, and what a language version inherits.
    pub front: Arc<Front>,
    /// The file that a language version inherits from; `None` until `collect` knows it.
    pub base: Option<Base>,
    /// Language of the text, as a BCP 47 tag.
    pub language: Box<str>,
    /// The parsed text.
    pub body: Arc<Body>,
    /// Line of the file on which the text begins, after the front matter.
    pub first_line: u32,
    /// The first paragraph with something to say, as a range of `body.text`: shown in lists if there is no summary.
    pub excerpt: Range<u32>,
    /// The words of the text, by which related statements are found.
    pub terms: Arc<Terms>,
    /// Fingerprint of the words: texts with the same one are the same.
    pub words: Stamp,
    /// Documents that the text cites by symbol.
    pub citations: Arc<[Citation]>,
}

/// The file that another language version of the statement inherits from.
#[derive(Clone, Debug)]
pub struct Base {
    /// Path from the site's folder.
    pub path: Arc<str>,
    /// Its front matter.
    pub front: Arc<Front>,
}

impl Statement {
    /// Returns the words of its excerpt without what is struck out; a quotation is put in quotation marks.
    pub fn excerpt_words(&self) -> Cow<'_, str> {
        let said = self.body.said(&self.excerpt);
        let is_quoted = self.body.paragraph_at(self.excerpt.start).is_some_and(|at| self.body.is_quoted(at));
        if is_quoted && !said.trim().is_empty() { format!("“{}”", said.trim()).into() } else { said }
    }

    /// Returns the topics that an editor gave to the whole text or to a paragraph, as written.
    pub fn given_topics(&self) -> impl Iterator<Item = &Named> {
        self.front.topics.iter().chain(self.body.tags.iter().map(|tag| &tag.topic))
    }

    /// Returns the path of the file that states a key: its own, or the one that it inherits from.
    pub fn file_of(&self, key: FrontKey) -> &Arc<str> {
        match &self.base {
            Some(base) if !self.front.states(key) => &base.path,
            _ => &self.path,
        }
    }
}

/// Declares the typed fields of a statement's front matter: each with the key that it is read from, and its reader.
macro_rules! front {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $key:ident, $read:expr;)*) => {
        /// A statement's front matter, typed.
        #[derive(Clone, Debug)]
        pub struct Front {
            $($(#[$doc])* pub $field: $type,)*
            /// Whether an editor judged the text for topics: `topics` is present, even as an empty list.
            pub judged: bool,
            /// The values of keys that are plain text.
            pub texts: Texts,
            /// Whether a key about publication has an error: the text is then withheld, even from a build with drafts.
            pub is_unclear: bool,
            /// The keys that this file gives a value to, even an empty text or list. `key:` alone states nothing.
            pub stated: Box<[Stated]>,
            /// Fingerprint of the front matter's text.
            pub stamp: Stamp,
        }

        impl Front {
            /// Takes every key. `is_unclear` comes after all keys about publication, whose errors it looks for.
            fn take(fields: &mut Fields<'_>, stamp: Stamp) -> Front {
                // Only brackets say that there are none; a bare `topics:` is waiting to be filled in.
                let says_none = fields.is_empty_list(declared::TOPICS);
                let mut front = Front {
                    $($field: take(fields, declared::$key, $read),)*
                    judged: false,
                    texts: Texts::take(fields),
                    is_unclear: publication::is_unclear(fields),
                    stated: fields.stated(),
                    stamp,
                };
                front.judged = !fields.is_wrong(declared::TOPICS) && (says_none || !front.topics.is_empty());
                front
            }

            /// Returns it with each inheritable key that it does not state taken from the first file of the statement.
            /// Every field is listed here, so that a new one cannot be forgotten.
            #[must_use]
            pub fn inherit(&self, base: &Front) -> Front {
                let is_from_base = |key: FrontKey| key.is_inherited && !self.states(key);
                let Front { $($field,)* judged, texts, is_unclear, stated: _, stamp: _ } = base;
                let mut front = self.clone();
                $(if is_from_base(declared::$key) { front.$field.clone_from($field); })*
                if is_from_base(declared::TOPICS) {
                    front.judged = *judged;
                }
                front.texts = front.texts.with(texts, is_from_base);
                // Nobody can tell which part of an unclear text may be published, so its translations are withheld as
                // well.
                front.is_unclear |= is_unclear;
                front
            }
        }
    };
}

/// Lets the compiler infer the types of the readers below.
fn take<T>(fields: &mut Fields<'_>, key: FrontKey, read: impl FnOnce(&mut Fields<'_>, FrontKey) -> T) -> T {
    read(fields, key)
}

front! {
    /// The title.
    title: Box<str> = TITLE, title;
    /// The type of statement.
    kind: Option<Kind> = TYPE, |fields, key| fields.one_of(key, Kind::WORDS);
    /// The day or period of delivery.
    date: Option<Date> = DATE, |fields, key| fields.date(key);
    /// The delegation that speaks.
    delegation: Option<Named> = DELEGATION, |fields, key| fields.named(key);
    /// Groups and delegations that it speaks for.
    on_behalf_of: Vec<Named> = ON_BEHALF_OF, several;
    /// The person who speaks.
    speaker: Option<Speaker> = SPEAKER, speaker;
    /// The forum.
    forum: Option<Named> = FORUM, |fields, key| fields.named(key);
    /// The session of the forum.
    session: Option<Named> = SESSION, |fields, key| fields.named(key);
    /// The meeting of the session.
    meeting: Option<Named> = MEETING, |fields, key| fields.named(key);
    /// Place in the meeting's speaking order, from 1.
    speaking_order: Option<u32> = SPEAKING_ORDER, |fields, key| fields.number(key);
    /// The agenda items that it is about.
    agenda_items: Vec<AgendaItem> = AGENDA_ITEMS, |fields, key| fields.objects(key, AgendaItem::read);
    /// The language of the text, as stated.
    language: Option<Box<str>> = LANGUAGE, language;
    /// The language in which it was delivered, if that differs.
    spoken_language: Option<Box<str>> = SPOKEN_LANGUAGE, language;
    /// How the translation was made.
    translation_kind: Option<TranslationKind> = TRANSLATION_KIND, |fields, key| fields.one_of(key, TranslationKind::WORDS);
    /// How the text relates to the words that were spoken.
    text_status: Option<TextStatus> = TEXT_STATUS, |fields, key| fields.one_of(key, TextStatus::WORDS);
    /// Topics of the whole text.
    topics: Vec<Named> = TOPICS, several;
    /// Documents that it refers to.
    references: Vec<Named> = REFERENCES, several;
    /// Other statements to read.
    see_also: Vec<Named> = SEE_ALSO, several;
    /// Where the text comes from.
    source: Option<SourceNote> = SOURCE, |fields, key| fields.object(key, SourceNote::read);
    /// Who holds rights in the text, and its licence.
    rights: Option<Rights> = RIGHTS, |fields, key| fields.object(key, Rights::read);
    /// Recordings.
    media: Vec<Media> = MEDIA, |fields, key| fields.objects(key, Media::read);
    /// Identifiers in other systems, by system.
    identifiers: BTreeMap<Box<str>, Box<str>> = IDENTIFIERS, |fields, key| fields.map(key);
    /// The publication status; `Published` if the front matter does not give one.
    status: Status = STATUS, |fields, _| publication::status(fields);
    /// The statement that replaces it.
    superseded_by: Option<Named> = SUPERSEDED_BY, |fields, key| fields.named(key);
    /// Corrections after publication.
    changes: Vec<Change> = CHANGES, |fields, key| fields.objects(key, Change::read);
    /// Former addresses, which redirect to it.
    aliases: Vec<Named> = ALIASES, |fields, key| fields.list(key);
    /// Lines of the original above or around the speech, word for word: letterhead, title, address.
    head_matter: Vec<Box<str>> = HEAD_MATTER, lines;
    /// Whether it is part of a simulation, such as a model conference, so that nobody really said it.
    simulated: bool = SIMULATED, |fields, key| fields.flag(key, false);
    /// Whether names in its text are not linked.
    without_mentions: bool = MENTIONS, |fields, key| !fields.flag(key, true);
    /// When it was added to the collection.
    added: Option<Date> = ADDED, |fields, key| fields.date(key);
    /// When a person last read it against its original; never published.
    reviewed: Option<Date> = REVIEWED, |fields, key| fields.date(key);
    /// Whether earlier wordings are shown even if it is withdrawn.
    keep_history: bool = KEEP_HISTORY, |fields, key| fields.flag(key, false);
    /// Fields defined by the site.
    extra: Extra = EXTRA, Extra::read;
    /// What an import left to a person to decide; never published.
    import: Option<Box<ImportNote>> = IMPORT, |fields, key| fields.object(key, ImportNote::read).map(Box::new);
    /// The first day on which it may be published; `--as-of` sets today's date.
    embargo: Option<Date> = EMBARGO, |fields, _| publication::embargo(fields);
}

/// The values of keys that are plain text, in declared order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Texts(Box<[(FrontKey, Box<str>)]>);

impl Texts {
    /// Takes all keys that are declared as plain text.
    fn take(fields: &mut Fields<'_>) -> Texts {
        let keys = declared::ALL.iter().copied().filter(|key| matches!(key.value, Type::Plain));
        Texts(keys.filter_map(|key| Some((key, fields.text(key)?))).collect())
    }

    /// Returns the value of a key.
    pub fn get(&self, key: FrontKey) -> Option<&str> {
        self.0.iter().find(|(of, _)| *of == key).map(|(_, text)| &**text)
    }

    /// Returns the keys with their values.
    pub fn iter(&self) -> impl Iterator<Item = (FrontKey, &str)> {
        self.0.iter().map(|(key, text)| (*key, &**text))
    }

    /// Returns only the chosen keys.
    #[must_use]
    pub fn only(&self, is_chosen: impl Fn(FrontKey) -> bool) -> Texts {
        Texts(self.0.iter().filter(|(key, _)| is_chosen(*key)).cloned().collect())
    }

    /// Returns these texts with those of another for the chosen keys.
    fn with(&self, other: &Texts, is_chosen: impl Fn(FrontKey) -> bool) -> Texts {
        let of = |key: &FrontKey| if is_chosen(*key) { other.get(*key) } else { self.get(*key) };
        Texts(declared::ALL.iter().filter_map(|key| Some((*key, of(key)?.into()))).collect())
    }
}

impl Front {
    /// Reads every field. `id` is the one that the file's name gives, `stamp` the fingerprint of the front matter's text.
    pub fn read(fields: &mut Fields<'_>, id: &str, stamp: Stamp) -> Front {
        if let Some(other) = fields.text(declared::ID).filter(|other| **other != *id) {
            let message = format!("`id` is `{other}`, but the file name says `{id}`");
            fields.complain(declared::ID, Code::DifferentId, message, "remove `id`: the file name is the id");
        }
        numbering::check(fields);
        let front = Front::take(fields, stamp);
        if let Some(date) = front.date.as_ref().filter(|date| *date.listed_years().end() < date.years().1) {
            let years = date.listed_years();
            let message =
                format!("the date extends to {}, but lists show it only up to {}", date.years().1, years.end());
            fields.complain(declared::DATE, Code::LongInterval, message, "narrow the interval if the source allows it");
        }
        fields.finish();
        front
    }

    /// Returns whether nothing but a draft's status keeps it from being published on a day; with `None`, every embargo is
    /// still in force.
    pub fn is_free(&self, as_of: Option<civil::Date>) -> bool {
        !self.is_unclear && self.embargo.as_ref().is_none_or(|embargo| as_of.is_some_and(|day| embargo.latest() <= day))
    }

    /// Returns whether it is published on a day.
    pub fn is_public(&self, as_of: Option<civil::Date>) -> bool {
        self.is_free(as_of) && self.status != Status::Draft
    }

    /// Returns when the text was last corrected.
    pub fn last_change(&self) -> Option<&Date> {
        self.changes.iter().filter_map(|change| change.date.as_ref()).max_by_key(|date| date.latest())
    }

    /// Returns the value of a key that is plain text.
    pub fn text(&self, key: FrontKey) -> Option<&str> {
        self.texts.get(key)
    }

    /// Returns whether the file itself gives a value to a key.
    pub fn states(&self, key: FrontKey) -> bool {
        self.stated(key).is_some()
    }

    /// Returns where the file itself gives a value to a key.
    pub fn stated(&self, key: FrontKey) -> Option<&Stated> {
        self.stated.iter().find(|stated| stated.key == key)
    }
}

/// Takes the title, the only key that is required.
pub fn title(fields: &mut Fields<'_>, key: FrontKey) -> Box<str> {
    fields.text(key).unwrap_or_else(|| {
        let message = "`title` is missing".into();
        fields.complain_missing(key, Code::MissingTitle, message, "add `title: …` to the front matter");
        "".into()
    })
}

/// Takes a language tag.
fn language(fields: &mut Fields<'_>, key: FrontKey) -> Option<Box<str>> {
    let tag = fields.text(key)?;
    if is_language(&tag) {
        return Some(tag);
    }
    let message = format!("`{tag}` is not a language tag");
    let lower = tag.to_lowercase();
    let help = if is_language(&lower) {
        format!("did you mean `{lower}`?")
    } else {
        "write a BCP 47 tag, such as en, ru or zh-Hans".into()
    };
    fields.complain(key, Code::InvalidValue, message, &help);
    fields.remedy(&tag, Some(lower.as_str()).filter(|lower| is_language(lower)));
    None
}
