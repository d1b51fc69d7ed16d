//! The keys of a statement, in the order in which an import writes them and the table of all statements has them.
//!
//! A key of type `Plain` needs no more than its row here: it is read, inherited, imported, written into the table and
//! shown among the facts as declared. A key that other code depends on also has a field of `Front`, in
//! `src/read/statement.rs`.

use super::controlled::{Kind, Numbering, Status, TextStatus, TranslationKind};
use super::objects;
use super::{Column, Declaration, FrontKey, Has, Type, fields};

const fn key(value: Type) -> Declaration {
    Declaration::new(value)
}

/// A column with the value of its key.
const fn value(name: &'static str, meaning: &'static str) -> Column {
    Column { name, meaning, has: Has::Value }
}

/// A column with a part of an object.
const fn part(name: &'static str, part: &'static str, meaning: &'static str) -> Column {
    Column { name, meaning, has: Has::Part(part) }
}

/// A column that is derived from its key and other things.
const fn follows(name: &'static str, meaning: &'static str) -> Column {
    Column { name, meaning, has: Has::Follows }
}

// The headings of the manual's page on front matter.
const WHAT: &str = "What the text is";
const WHO: &str = "Who spoke";
const WHERE: &str = "Where it was said";
const LANGUAGES: &str = "Languages";
const ABOUT: &str = "What it is about";
const ORIGIN: &str = "Where the text comes from";
const LIFE: &str = "Its life";

/// The headings below which the manual describes keys.
pub const SECTIONS: &[&str] = &[WHAT, WHO, WHERE, LANGUAGES, ABOUT, ORIGIN, LIFE];

fields! {
    /// All keys of a statement.
    ALL:
    ID "id" key(Type::Text("text"))
        .columns(&[value("id", "The statement's id, which never changes."), follows("url", "Its page.")])
        .documented(
            WHAT,
            "Not needed: the file's name is the id. If it is given and differs, that is an error.",
            "id: xar-2024-debris",
        );
    TITLE "title" key(Type::Text("text"))
        .required()
        .importable()
        .in_profiles()
        .columns(&[value("title", "Its title.")])
        .documented(WHAT, "The title.", "title: Statement by Arvenia");
    TYPE "type" key(Type::Word(Kind::NAMES))
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[value("type", "The kind of text.")])
        .documented(WHAT, "The kind of text; see below.", "type: right-of-reply");
    DATE "date" key(Type::Date)
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[
            value("date", "The date as its source gives it, in EDTF."),
            follows("earliest", "The earliest day that the date can mean."),
            follows("latest", "The latest day that the date can mean."),
        ])
        .documented(WHAT, "When it was given.", "date: 2024-06-05");
    DELEGATION "delegation" key(Type::Text("code"))
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[value("delegation", "Code of the delegation."), follows("delegation_name", "Its name.")])
        .documented(
            WHO,
            "Who speaks: the code of a built-in delegation or of a [record](records.md). States have their ISO 3166-1 alpha-3 code; the alpha-2 code (`KZ`) means the same, and pages and data have the alpha-3 code.",
            "delegation: KAZ",
        );
    ON_BEHALF_OF "on_behalf_of" key(Type::List("codes"))
        .inherited()
        .importable()
        .columns(&[value("on_behalf_of", "Codes of the groups or delegations spoken for.")])
        .documented(
            WHO,
            "The groups or delegations spoken for. The statement is listed on the page of each, and of [each member](records.md#groups) of a group.",
            "on_behalf_of: [nam]",
        );
    SPEAKER "speaker" key(Type::TextOrObject("slug", objects::PERSON))
        .inherited()
        .importable()
        .columns(&[part("speaker", "as_printed", "Who spoke."), part("role", "role", "The speaker's office.")])
        .documented(
            WHO,
            "Who spoke: the slug of a speaker record, or an object with the keys below.",
            "speaker: jane-doe",
        );
    FORUM "forum" key(Type::Text("code"))
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[value("forum", "Slug of the forum."), follows("forum_name", "Its name.")])
        .documented(WHERE, "The body in which it was made: a built-in one, or a record.", "forum: unga-c1");
    SESSION "session" key(Type::Text("text"))
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[value("session", "The session, as the statement gives it.")])
        .documented(WHERE, "The session. It needs `forum`. `79`, `079`, `79th session` and `LXXIX` are one.", "session: 72");
    MEETING "meeting" key(Type::Text("text"))
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[value("meeting", "The meeting, as the statement gives it.")])
        .documented(WHERE, "The meeting. It needs `forum`.", "meeting: 16");
    MEETING_SYMBOL "meeting_symbol" key(Type::Plain)
        .inherited()
        .importable()
        .columns(&[value("meeting_symbol", "Symbol of the meeting's record.")])
        .documented(WHERE, "The symbol of the meeting's record.", "meeting_symbol: A/C.1/72/PV.16");
    SPEAKING_ORDER "speaking_order" key(Type::Number)
        .inherited()
        .importable()
        .documented(WHERE, "Place in the meeting's order of speakers, from 1.", "speaking_order: 4");
    AGENDA_ITEMS "agenda_items" key(Type::Objects(objects::AGENDA_ITEM, Some(objects::ITEM_TITLE)))
        .inherited()
        .importable()
        .documented(
            WHERE,
            "Agenda items. An object has `number`, `title` and `subject`; a text is a title.",
            "agenda_items: [ { number: \"97\", title: Debris } ]",
        );
    CLUSTER "cluster" key(Type::Plain)
        .inherited()
        .importable()
        .shown()
        .documented(WHERE, "The cluster of the debate.", "cluster: Outer space");
    PLACE "place" key(Type::Plain)
        .inherited()
        .importable()
        .in_profiles()
        .columns(&[value("place", "The place.")])
        .documented(WHERE, "Where the meeting was.", "place: New York");
    LANGUAGE "language" key(Type::Language)
        .importable()
        .in_profiles()
        .columns(&[
            value("language", "Language of the text on its page."),
            follows("languages", "Every language in which the text is held."),
        ])
        .documented(
            LANGUAGES,
            "The language of this text. In a language version it is in the file's name.",
            "language: en",
        );
    SPOKEN_LANGUAGE "spoken_language" key(Type::Language)
        .inherited()
        .importable()
        .columns(&[value("spoken_language", "The language that was spoken.")])
        .documented(
            LANGUAGES,
            "The language that was spoken. The version in it is marked as delivered.",
            "spoken_language: ru",
        );
    TRANSLATION_KIND "translation_kind" key(Type::Word(TranslationKind::NAMES))
        .importable()
        .columns(&[value("translation", "Who translated the text.")])
        .documented(
            LANGUAGES,
            "Who translated: `official`, `unofficial`, `interpretation`, `machine`.",
            "translation_kind: official",
        );
    TEXT_STATUS "text_status" key(Type::Word(TextStatus::NAMES))
        .importable()
        .in_profiles()
        .columns(&[value("text_status", "How the text relates to what was said.")])
        .documented(WHAT, "How the text relates to what was said; see below.", "text_status: as-delivered");
    TOPICS "topics" key(Type::List("slugs"))
        .inherited()
        .importable()
        .columns(&[
            value("topics", "Slugs of the topics that an editor gave."),
            follows("topics_by_rule", "Slugs of topics found by phrases in the text."),
        ])
        .documented(
            ABOUT,
            "The topics an editor gives it; see [topics](tagging.md). `topics: []` means that it was judged and is on none.",
            "topics: [debris, verification]",
        );
    REFERENCES "references" key(Type::List("symbols"))
        .inherited()
        .importable()
        .columns(&[
            value("references", "Documents it refers to, by their symbols."),
            follows("documents", "Other documents that its text cites, by their symbols."),
        ])
        .documented(
            ABOUT,
            "The documents it refers to. Each gets a page, and so do those [found in the text](markdown.md#documents).",
            "references: [A/RES/72/27]",
        );
    SEE_ALSO "see_also" key(Type::List("ids"))
        .inherited()
        .importable()
        .documented(ABOUT, "Other statements worth reading with it.", "see_also: [xar-2023-debris]");
    SOURCE "source" key(Type::Object(objects::SOURCE))
        .importable()
        .columns(&[part("source", "url", "Where the text was found.")])
        .documented(
            ORIGIN,
            "Where the text was obtained; keys below.",
            "source: { url: \"https://example.org/a.pdf\" }",
        );
    RIGHTS "rights" key(Type::Object(objects::RIGHTS))
        .inherited()
        .importable()
        .columns(&[part("license", "license", "The text's licence, where one is known.")])
        .documented(
            ORIGIN,
            "Who holds the rights: `holder`, `license` (an SPDX identifier or a URL) and `note`.",
            "rights: { license: CC-BY-4.0 }",
        );
    MEDIA "media" key(Type::Objects(objects::MEDIA, Some(objects::MEDIA_URL)))
        .importable()
        .documented(
            ORIGIN,
            "Recordings. An object has `kind`, `url` and `start`, the time at which the statement begins; a text is a URL.",
            "media: [ { kind: video, url: \"https://media.example.org/1\", start: \"01:12:30\" } ]",
        );
    IDENTIFIERS "identifiers" key(Type::Map)
        .importable()
        .documented(
            WHAT,
            "Identifiers that the text has elsewhere. The names are free.",
            "identifiers: { doi: 10.1234/x }",
        );
    STATUS "status" key(Type::Word(Status::NAMES))
        .inherited()
        .columns(&[value("status", "Published, corrected or draft.")])
        .documented(
            LIFE,
            "`draft`, `published`, `corrected` or `withdrawn`. Without it: `published`.",
            "status: corrected",
        );
    STATUS_NOTE "status_note" key(Type::Plain)
        .importable()
        .documented(LIFE, "Why; shown above the text.", "status_note: The source bears no date.");
    SUPERSEDED_BY "superseded_by" key(Type::Text("id"))
        .inherited()
        .importable()
        .documented(
            LIFE,
            "The statement that replaces this one.",
            "superseded_by: xko-2024-explanation-revised",
        );
    CHANGES "changes" key(Type::Objects(objects::CHANGE, None))
        .importable()
        .documented(
            LIFE,
            "What was corrected: `date` and `note`. The latest date is the entry's date of change in feeds.",
            "changes: [ { date: 2024-11-02, note: Paragraph 6 corrected } ]",
        );
    ALIASES "aliases" key(Type::List("paths"))
        .importable()
        .documented(LIFE, "Old addresses that lead here.", "aliases: [/old/place/]");
    SUMMARY "summary" key(Type::Plain)
        .importable()
        .documented(
            WHAT,
            "A summary, shown above the text and in lists. Without one, lists show the first long paragraph that is not a courtesy.",
            "summary: Arvenia asks for …",
        );
    HEAD_MATTER "head_matter" key(Type::Lines)
        .importable()
        .documented(
            ORIGIN,
            "Letterhead, title, address and date lines of the original, word for word, one entry per line. They are shown folded, separately from the text; they have no numbers and are in no excerpt, feed, passage or search.",
            "head_matter: [\"PERMANENT MISSION OF ARVENIA\"]",
        );
    EXTRA "extra" key(Type::Free)
        .inherited()
        .columns(&[follows("extra", "Fields of this collection's own, as JSON.")])
        .documented(
            LIFE,
            "Fields of your own, by name: templates get them as `extra`, and the tables of all statements include them. Plenary never interprets them.",
            "extra: { reel: \"12b\", reviewed: true }",
        );
    SIMULATED "simulated" key(Type::Flag)
        .inherited()
        .importable()
        .columns(&[value(
            "simulated",
            "Whether it belongs to a simulation, such as a model conference: then nobody really said it.",
        )])
        .documented(
            LIFE,
            "Part of a simulation, such as a model conference: nobody really said it.",
            "simulated: true",
        );
    MENTIONS "mentions" key(Type::Flag)
        .inherited()
        .importable()
        .documented(
            ABOUT,
            "Whether the delegations, groups, forums and topics that the text names are linked; see [mentions](markdown.md#mentions). Without it: true.",
            "mentions: false",
        );
    NUMBERING "numbering" key(Type::Word(Numbering::NAMES))
        .importable()
        .documented(
            ABOUT,
            "Whose [paragraph numbers](#paragraphs-and-anchors) are labels: `printed` or `counted`. Without it, the text decides.",
            "numbering: counted",
        );
    ADDED "added" key(Type::Date)
        .importable()
        .columns(&[value("added", "When it was added to the collection.")])
        .documented(
            LIFE,
            "When it was added to the collection. Feeds list it by this day instead of by its date, so that readers learn of old texts too.",
            "added: 2024-11-02",
        );
    KEEP_HISTORY "keep_history" key(Type::Flag)
        .documented(
            LIFE,
            "Whether [earlier wordings](publishing.md#history) stay on the site after the text was withdrawn. Without it: false.",
            "keep_history: true",
        );
    EMBARGO "embargo" key(Type::Date)
        .inherited()
        .importable()
        .documented(LIFE, "Not to be published before this day.", "embargo: 2024-06-05");
    REVIEWED "reviewed" key(Type::Date)
        .documented(
            LIFE,
            "When a person last read this text against its original; [`plenary review --mark`](commands.md#review) writes it. It is not published.",
            "reviewed: 2024-11-02",
        );
    IMPORT "import" key(Type::Object(objects::IMPORT))
        .documented(
            ORIGIN,
            "Written by [`plenary import`](importing.md#what-is-still-uncertain): what a person has yet to decide, and where values come from. It is not published. `plenary review` lists it.",
            "import: { suspect: Signs were lost. }",
        );
}
