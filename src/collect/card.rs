//! A statement and its facts -> its card: the statement as lists and other pages show it.

use std::borrow::Cow;

use super::facts::Facts;
use super::names::Ref;
use super::title::Title;
use crate::key::Key;
use crate::read::date::Date;
use crate::read::statement::{Kind, Statement, Status};

/// A statement as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    /// The title in the language of this version.
    pub title: Box<str>,
    /// Its page.
    pub key: Key,
    /// The language tag.
    pub language: Box<str>,
    /// When it was delivered.
    pub date: Option<Date>,
    /// The delegation that delivered it.
    pub delegation: Option<Ref>,
    /// The groups and delegations on whose behalf it was delivered.
    pub on_behalf_of: Vec<Ref>,
    /// The person who spoke, as named in the text.
    pub speaker: Option<Box<str>>,
    /// Forum, session and meeting, as far as they are known.
    pub occasion: Box<[Title]>,
    /// What kind of statement it is.
    pub kind: Option<Kind>,
    /// The summary, or the beginning of the text.
    pub excerpt: Box<str>,
    /// Whether it was made in a simulation.
    pub simulated: bool,
    /// Its publication status.
    pub status: Status,
    /// When the text was last corrected.
    pub changed: Option<Date>,
    /// When it was added to the collection.
    pub added: Option<Date>,
}

/// The length of the longest excerpt, in characters.
const EXCERPT: usize = 200;

impl Card {
    /// Returns the delegation that the statement is attributed to: the one that delivered it, otherwise the first of
    /// those on whose behalf it was delivered.
    pub fn attributed_to(&self) -> Option<&Ref> {
        self.delegation.as_ref().or(self.on_behalf_of.first())
    }

    /// Returns when it became news for readers of feeds: when it was added or, if that is not known, its date.
    pub fn news(&self) -> Option<&Date> {
        self.added.as_ref().or(self.date.as_ref())
    }

    /// Returns whether every day that its date can mean is before every day that the other's can.
    pub fn is_before(&self, other: &Card) -> bool {
        self.date.as_ref().zip(other.date.as_ref()).is_some_and(|(one, other)| one.latest() < other.earliest())
    }

    /// Makes the card of one language version.
    pub fn new(statement: &Statement, path: &Key, facts: &Facts) -> Card {
        let front = &statement.front;
        let words =
            front.text(crate::front::statement::SUMMARY).map_or_else(|| statement.excerpt_words(), Cow::Borrowed);
        Card {
            title: front.title.clone(),
            key: path.clone(),
            language: statement.language.clone(),
            date: front.date.clone(),
            delegation: facts.delegation.clone(),
            on_behalf_of: facts.on_behalf_of.clone(),
            speaker: facts.speaker.as_ref().map(|speaker| speaker.name.clone()),
            occasion: facts.occasion.iter().map(|part| part.title.clone()).collect(),
            kind: front.kind,
            excerpt: shorten(&words).into(),
            simulated: facts.simulated,
            status: front.status,
            changed: front.last_change().cloned(),
            added: front.added.clone(),
        }
    }
}

/// Cuts words to the length of an excerpt, at a space if the second half has one.
fn shorten(words: &str) -> String {
    match words.char_indices().nth(EXCERPT) {
        None => words.to_owned(),
        Some((end, _)) => {
            let cut = words[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
            // A quotation that is cut still needs its closing mark.
            let mark = if words.starts_with('“') && words.ends_with('”') { "”" } else { "" };
            format!("{}…{mark}", words[..cut].trim_end_matches([',', ';', ':', ' ']))
        }
    }
}
