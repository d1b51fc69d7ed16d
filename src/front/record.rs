//! The keys of records and of plain pages.

use super::objects::{self, AS_PRINTED, FAMILY, GIVEN, HONORIFIC, PERSON_ID, ROLE};
use super::{Declaration, FrontKey, Type, fields};

const fn key(value: Type) -> Declaration {
    Declaration::new(value)
}

/// What a delegation can be.
pub const DELEGATION_KINDS: &[&str] = &["state", "observer", "organisation", "former", "ngo"];

fields! {
    /// All keys of records and plain pages; which ones a kind has is said below.
    ALL:
    TITLE "title" key(Type::Text("text")).required();
    TITLES "titles" key(Type::Map);
    SIMULATED "simulated" key(Type::Flag);
    MENTIONS "mentions" key(Type::Flag);
    ALIASES "aliases" key(Type::List("texts"));
    BROADER "broader" key(Type::Text("slug"));
    URI "uri" key(Type::Plain);
    DEFINITION "definition" key(Type::Plain);
    MATCH "match" key(Type::MapOfLists);
    RULE_COUNTS "rule_counts" key(Type::Flag);
    SINCE "since" key(Type::Date);
    COMPARE "compare" key(Type::Pairs("codes"));
    KIND "kind" key(Type::Word(DELEGATION_KINDS));
    FORMAL "formal" key(Type::Plain);
    M49 "m49" key(Type::Plain);
    REGIONAL_GROUP "regional_group" key(Type::Plain);
    FROM "from" key(Type::Date);
    UNTIL "until" key(Type::Date);
    SHORT "short" key(Type::Plain);
    PARENT "parent" key(Type::Text("code"));
    PLACE "place" key(Type::Plain);
    SYMBOL "symbol" key(Type::Plain);
    SESSIONS "sessions" key(Type::Objects(objects::SESSION, Some(objects::SESSION_NAME)));
    MEMBERS "members" key(Type::Objects(objects::MEMBER, Some(objects::MEMBER_DELEGATION)));
    URL "url" key(Type::Url);
    DATE "date" key(Type::Date);
    OF_DELEGATION "delegation" key(Type::Text("code"));
    DESCRIPTION "description" key(Type::Plain);
    EXTRA "extra" key(Type::Free);
    LIST "list" key(Type::Object(objects::LIST));
}

/// The keys of a topic's record.
pub const TOPIC: &[FrontKey] =
    &[TITLE, EXTRA, TITLES, SIMULATED, MENTIONS, ALIASES, BROADER, URI, DEFINITION, MATCH, RULE_COUNTS, SINCE, COMPARE];

/// The keys of a delegation's record.
pub const DELEGATION: &[FrontKey] =
    &[TITLE, EXTRA, TITLES, SIMULATED, MENTIONS, ALIASES, KIND, FORMAL, M49, REGIONAL_GROUP, FROM, UNTIL];

/// The keys of a forum's record.
pub const FORUM: &[FrontKey] =
    &[TITLE, EXTRA, TITLES, SIMULATED, MENTIONS, ALIASES, SHORT, PARENT, PLACE, SYMBOL, SESSIONS];

/// The keys of a group's record.
pub const GROUP: &[FrontKey] = &[TITLE, EXTRA, TITLES, SIMULATED, MENTIONS, ALIASES, MEMBERS];

/// The keys of a document's record.
pub const DOCUMENT: &[FrontKey] = &[TITLE, EXTRA, TITLES, SIMULATED, MENTIONS, ALIASES, SYMBOL, URL, DATE];

/// The keys of a speaker's record. Persons are not linked by their names, so it has no `mentions`.
pub const SPEAKER: &[FrontKey] =
    &[TITLE, EXTRA, TITLES, SIMULATED, ALIASES, FAMILY, GIVEN, HONORIFIC, ROLE, AS_PRINTED, PERSON_ID, OF_DELEGATION];

/// The keys of a plain page.
pub const PAGE: &[FrontKey] = &[TITLE, EXTRA, DESCRIPTION, ALIASES, LIST];
