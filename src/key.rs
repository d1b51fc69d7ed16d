//! `Key`: the identity of a thing on the site, and the one address that follows from it.
//!
//! Everything is referred to by its key: a statement, a record, a session, what a delegation said on a topic. The
//! address is made here, once, with the key. Nothing parses an address to find out what it means.

mod kinds;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::sync::Arc;

use crate::path::SitePath;
use crate::stamp::{Stamp, StampHasher};

pub use kinds::RecordKind;

/// What a key identifies.
#[derive(Clone, Debug)]
pub enum Thing {
    /// The home page.
    Home,
    /// A plain page or a file, whose address follows from its path in the site's folder.
    Placed,
    /// A language version of a statement; without a language, the one in the site's language.
    Statement {
        /// The statement's id, the same for all versions.
        id: Box<str>,
        /// Its BCP 47 tag.
        language: Option<Box<str>>,
    },
    /// The list of all statements.
    Statements,
    /// The index of a kind: all topics, all years, the passages repeated most.
    Index,
    /// The statements of a year.
    Year,
    /// The texts in a language.
    Language {
        /// The topic that they are on; `None` for all texts in the language.
        topic: Option<Key>,
    },
    /// The subject of a record, or what statements name without a record.
    Record {
        /// Its kind.
        kind: RecordKind,
        /// The name that identifies it: a slug, a lower-case code, a folded symbol.
        name: Box<str>,
    },
    /// A session of a forum.
    Session {
        /// The forum.
        forum: Key,
        /// Its number, or the slug of its name.
        session: Box<str>,
    },
    /// A meeting of a forum.
    Meeting {
        /// The forum.
        forum: Key,
        /// The session that it is part of, if that is known.
        session: Option<Key>,
    },
    /// What a delegation said on a topic over time.
    Position,
    /// What was said on a topic in a session.
    Extracts,
    /// Who has spoken on a topic, and when.
    Matrix,
    /// What two delegations said on a topic, side by side.
    TwoPositions,
    /// All paragraphs that share the same words.
    Passage,
    /// Two texts side by side, or what the collection held of a text on a day.
    Comparison,
}

/// The identity of a thing: cheap to clone, compare and hash, since its address is hashed only once.
///
/// Keys are equal if their addresses are, and sorted by them: an address cannot belong to two things.
#[derive(Clone)]
pub struct Key(Arc<KeyData>);

/// What a key shares between its clones.
struct KeyData {
    thing: Thing,
    path: SitePath,
    stamp: Stamp,
}

/// Below a forum's page, the part of the URL for meetings outside of sessions.
const WITHOUT_SESSION: &str = "meetings";

/// Below a topic's page, the part of the URL for the table of who has spoken.
const MATRIX: &str = "matrix";

/// Below a topic's page, the part of the URL for positions side by side.
const COMPARE: &str = "compare";

/// The first part of the URLs of the lists of texts in a language, and of their index.
pub const LANGUAGES: &str = "languages";

/// The first part of the URLs of passages.
pub const PASSAGES: &str = "passages";

/// The first part of the URLs of statements, and their folder below `content/`.
pub const STATEMENTS: &str = "statements";

impl Key {
    fn new(thing: Thing, path: SitePath) -> Key {
        let stamp = Stamp::of(&path);
        Key(Arc::new(KeyData { thing, path, stamp }))
    }

    /// Returns the key of the home page.
    pub fn home() -> Key {
        Key::new(Thing::Home, SitePath::home())
    }

    /// Returns the key of the plain page or the file at an address.
    pub fn placed(path: SitePath) -> Key {
        if path == SitePath::home() { Key::home() } else { Key::new(Thing::Placed, path) }
    }

    /// Returns the key of a language version of a statement; `language` is `None` for the site's own language.
    ///
    /// # Errors
    /// Fails if the id or the language cannot be part of a URL.
    pub fn statement(id: &str, language: Option<&str>) -> Result<Key, String> {
        let path = match language {
            None => SitePath::page(&[STATEMENTS, id])?,
            Some(language) => SitePath::page(&[language, STATEMENTS, id])?,
        };
        Ok(Key::new(Thing::Statement { id: id.into(), language: language.map(Into::into) }, path))
    }

    /// Returns the key of the list of all statements.
    pub fn statements() -> Key {
        let path = SitePath::page(&[STATEMENTS]).unwrap_or_else(|_| SitePath::home());
        Key::new(Thing::Statements, path)
    }

    /// Returns the key of an index by the first part of its URLs: `topics`, `years`, `passages`.
    ///
    /// # Errors
    /// Fails if `room` cannot be part of a URL.
    pub fn index(room: &str) -> Result<Key, String> {
        Ok(Key::new(Thing::Index, SitePath::page(&[room])?))
    }

    /// Returns the key of the statements of a year.
    ///
    /// # Errors
    /// Does not fail in practice: every year can be part of a URL.
    pub fn year(year: i16) -> Result<Key, String> {
        Ok(Key::new(Thing::Year, SitePath::page(&["years", &format!("{year:04}")])?))
    }

    /// Returns the key of the texts in a language; `tag` is its BCP 47 tag.
    ///
    /// # Errors
    /// Fails if the tag cannot be part of a URL.
    pub fn language(tag: &str) -> Result<Key, String> {
        Ok(Key::new(Thing::Language { topic: None }, SitePath::page(&[LANGUAGES, tag])?))
    }

    /// Returns the key of the texts on a topic in a language; `tag` is its BCP 47 tag.
    ///
    /// # Errors
    /// Fails if the tag cannot be part of a URL.
    pub fn topic_in_language(topic: &Key, tag: &str) -> Result<Key, String> {
        Ok(Key::new(Thing::Language { topic: Some(topic.clone()) }, topic.below(&[LANGUAGES, tag])?))
    }

    /// Returns the key of the subject of a record, or of what statements name without one.
    ///
    /// # Errors
    /// Fails if the name cannot be part of a URL.
    pub fn record(kind: RecordKind, name: &str) -> Result<Key, String> {
        let path = SitePath::page(&[kind.folder(), name])?;
        Ok(Key::new(Thing::Record { kind, name: name.into() }, path))
    }

    /// Returns the key of a document. Its address is made of its symbol, divided at each `/`: `documents/A/RES/72/27/`.
    ///
    /// # Errors
    /// Fails if the symbol cannot be part of a URL.
    pub fn document(name: &str, symbol: &str) -> Result<Key, String> {
        let path = SitePath::parse(&format!("{}/{}/", RecordKind::Document.folder(), symbol.trim_matches('/')))?;
        Ok(Key::new(Thing::Record { kind: RecordKind::Document, name: name.into() }, path))
    }

    /// Returns the key of a session of a forum.
    ///
    /// # Errors
    /// Fails if the name of the session cannot be part of a URL.
    pub fn session(forum: &Key, session: &str) -> Result<Key, String> {
        let path = forum.below(&[session])?;
        Ok(Key::new(Thing::Session { forum: forum.clone(), session: session.into() }, path))
    }

    /// Returns the key of a meeting of a forum, in a session or outside of any.
    ///
    /// # Errors
    /// Fails if the name of the meeting cannot be part of a URL.
    pub fn meeting(forum: &Key, session: Option<&Key>, meeting: &str) -> Result<Key, String> {
        let path = match session {
            Some(session) => session.below(&[meeting])?,
            None => forum.below(&[WITHOUT_SESSION, meeting])?,
        };
        Ok(Key::new(Thing::Meeting { forum: forum.clone(), session: session.cloned() }, path))
    }

    /// Returns the key of what a delegation said on a topic over time.
    ///
    /// # Errors
    /// Fails if the topic has no name.
    pub fn position(delegation: &Key, topic: &Key) -> Result<Key, String> {
        let path = delegation.below(&[RecordKind::Topic.folder(), topic.name()])?;
        Ok(Key::new(Thing::Position, path))
    }

    /// Returns the key of what was said on a topic in a session.
    ///
    /// # Errors
    /// Fails if `session` is not a session.
    pub fn extracts(topic: &Key, session: &Key) -> Result<Key, String> {
        let Thing::Session { forum, session } = session.thing() else {
            return Err("no session".to_owned());
        };
        Ok(Key::new(Thing::Extracts, topic.below(&[forum.name(), session])?))
    }

    /// Returns the key of the table of who has spoken on a topic: in the latest decade, or in the one from `decade` on.
    ///
    /// # Errors
    /// Fails if the address of the topic is not that of a page.
    pub fn matrix(topic: &Key, decade: Option<i16>) -> Result<Key, String> {
        let path = match decade {
            None => topic.below(&[MATRIX])?,
            Some(decade) => topic.below(&[MATRIX, &format!("{decade:04}s")])?,
        };
        Ok(Key::new(Thing::Matrix, path))
    }

    /// Returns the key of what two delegations said on a topic; `one` and `other` are their keys.
    ///
    /// # Errors
    /// Fails if a key cannot be part of a URL.
    pub fn two_positions(topic: &Key, one: &str, other: &str) -> Result<Key, String> {
        Ok(Key::new(Thing::TwoPositions, topic.below(&[COMPARE, &format!("{one}-{other}")])?))
    }

    /// Returns the key of the passage led by a paragraph of a statement; `name` is its anchor, such as `p7`.
    ///
    /// # Errors
    /// Fails if `statement` is not a statement.
    pub fn passage(statement: &Key, name: &str) -> Result<Key, String> {
        let Thing::Statement { id, language } = statement.thing() else {
            return Err("no statement".to_owned());
        };
        let path = match language {
            None => SitePath::page(&[PASSAGES, id, name])?,
            Some(language) => SitePath::page(&[&**language, PASSAGES, id, name])?,
        };
        Ok(Key::new(Thing::Passage, path))
    }

    /// Returns the key of a comparison or of an earlier wording below a statement's page.
    ///
    /// # Errors
    /// Fails if one of the names cannot be part of a URL.
    pub fn comparison(statement: &Key, names: &[&str]) -> Result<Key, String> {
        Ok(Key::new(Thing::Comparison, statement.below(names)?))
    }

    /// Returns the key of a page at an address below it, such as the list of statements with a topic by rule.
    ///
    /// # Errors
    /// Fails if `tail` cannot be part of a URL.
    pub fn part(&self, tail: &str) -> Result<Key, String> {
        // A part of a list in one language shows that language in every interface, like the list.
        let thing = match self.thing() {
            language @ Thing::Language { .. } => language.clone(),
            _ => Thing::Placed,
        };
        Ok(Key::new(thing, self.path().join(tail)?))
    }

    fn below(&self, names: &[&str]) -> Result<SitePath, String> {
        self.0.path.join(&SitePath::page(names)?.url()[1..])
    }

    /// Returns what it identifies.
    pub fn thing(&self) -> &Thing {
        &self.0.thing
    }

    /// Returns its address.
    pub fn path(&self) -> &SitePath {
        &self.0.path
    }

    /// Returns whether a site in several languages has its page in each of them: the home page, lists and indexes, and
    /// what is gathered from many texts. Texts, comparisons of two and passages have the one language of their words.
    pub fn is_translated(&self) -> bool {
        match self.thing() {
            Thing::Home
            | Thing::Statements
            | Thing::Year
            | Thing::Language { .. }
            | Thing::Session { .. }
            | Thing::Meeting { .. }
            | Thing::Record { .. }
            | Thing::Position
            | Thing::TwoPositions
            | Thing::Extracts
            | Thing::Matrix => true,
            Thing::Index => self.path().room() != PASSAGES,
            _ => false,
        }
    }

    /// Returns the kind of record that describes it; `None` for what records do not describe.
    pub fn kind(&self) -> Option<RecordKind> {
        match self.thing() {
            Thing::Record { kind, .. } => Some(*kind),
            _ => None,
        }
    }

    /// Returns the name by which texts refer to it: a record's name, a statement's id, a session's name; otherwise
    /// empty.
    pub fn name(&self) -> &str {
        match self.thing() {
            Thing::Record { name, .. } => name,
            Thing::Statement { id, .. } => id,
            Thing::Session { session, .. } => session,
            _ => "",
        }
    }
}

impl AsRef<SitePath> for Key {
    fn as_ref(&self) -> &SitePath {
        self.path()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.path)
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.stamp == other.0.stamp
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.stamp.hash(state);
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        if self == other { Ordering::Equal } else { self.0.path.cmp(&other.0.path) }
    }
}

/// A map by keys that uses the stamp of each key as its hash.
pub type KeyMap<V> = HashMap<Key, V, BuildHasherDefault<StampHasher>>;

/// A map by borrowed keys, or pairs of them, that uses their stamps as hashes.
pub type ByKey<K, V> = HashMap<K, V, BuildHasherDefault<StampHasher>>;

/// A set of borrowed keys that uses their stamps as hashes.
pub type KeySet<'a> = HashSet<&'a Key, BuildHasherDefault<StampHasher>>;

#[cfg(test)]
mod tests;
