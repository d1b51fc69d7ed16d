//! The keys of the objects in front matter: a person, a source, rights, a recording.

use super::{Declaration, FrontKey, Type, fields};

const fn text(meaning: &'static str, example: &'static str) -> Declaration {
    Declaration::new(Type::Plain).documented("", meaning, example)
}

const fn url(meaning: &'static str, example: &'static str) -> Declaration {
    Declaration::new(Type::Url).documented("", meaning, example)
}

const fn date(meaning: &'static str, example: &'static str) -> Declaration {
    Declaration::new(Type::Date).documented("", meaning, example)
}

fields! {
    /// The keys of a person.
    PERSON:
    FAMILY "family" text("Family name.", "family: Doe");
    GIVEN "given" text("Given name.", "given: Jane");
    HONORIFIC "honorific" text("Shown before the name.", "honorific: H.E. Ms.");
    ROLE "role" text("The office; shown after the name.", "role: Permanent Representative");
    AS_PRINTED "as_printed" text(
        "The name as the source prints it. It is shown if neither `family` nor `given` is known, without the `honorific` if it begins with it.",
        "as_printed: \"Ms. Doe (Arvenia)\"",
    );
    PERSON_ID "id" url(
        "An address that identifies this person, at Wikidata, VIAF or ISNI; it begins with `https://`.",
        "id: https://www.wikidata.org/entity/…",
    );
}

fields! {
    /// The keys of an agenda item.
    AGENDA_ITEM:
    NUMBER "number" text("Its number.", "number: \"97\"");
    ITEM_TITLE "title" text("Its title.", "title: Debris");
    SUBJECT "subject" text("Its subject.", "subject: Outer space");
}

fields! {
    /// The keys of the source of a text.
    SOURCE:
    URL "url" url("Where the text was found.", "url: \"https://example.org/a.pdf\"");
    PUBLISHER "publisher" text("Who published it there.", "publisher: Journal");
    RETRIEVED "retrieved" date("When it was obtained.", "retrieved: 2024-06-10");
    ARCHIVED "archived" url("The URL of an archived copy.", "archived: \"https://web.archive.org/…\"");
    FILE "file" text("The name of the original file.", "file: a.pdf");
    SHA256 "sha256" text("The checksum of the original file.", "sha256: 9f86d0…");
    IMPORTED "imported" text(
        "Written by [`plenary import`](importing.md): as long as it matches, nobody has edited the statement.",
        "imported: 9f86d0…",
    );
}

fields! {
    /// The keys of the list on a plain page.
    LIST:
    LIST_TOPIC "topic" text("A topic.", "topic: debris");
    LIST_DELEGATION "delegation" text("The code of a delegation.", "delegation: XAR");
    LIST_FORUM "forum" text("The code of a forum.", "forum: unga-c1");
    LIST_GROUP "group" text("The code of a group.", "group: nam");
    LIST_SPEAKER "speaker" text("The slug of a speaker.", "speaker: jane-doe");
    LIST_YEAR "year" Declaration::new(Type::Number).documented("", "A year.", "year: 2019");
    LIST_MOST "most" Declaration::new(Type::Number).documented("", "The most statements to list.", "most: 5");
}

fields! {
    /// The keys of the rights in a text.
    RIGHTS:
    HOLDER "holder" text("Who holds the rights.", "holder: Permanent Mission of Arvenia");
    LICENSE "license" text("The licence: an SPDX identifier or a URL.", "license: CC-BY-4.0");
    RIGHTS_NOTE "note" text("A note on the rights.", "note: Asked in 2024.");
}

fields! {
    /// The keys of a recording.
    MEDIA:
    MEDIA_KIND "kind" text("Such as `video` or `audio`.", "kind: video");
    MEDIA_URL "url" url("Where it is.", "url: \"https://media.example.org/1\"");
    START "start" text("The time at which the statement begins in it.", "start: \"01:12:30\"");
}

fields! {
    /// The keys of a correction.
    CHANGE:
    CHANGE_DATE "date" date("The day of the correction.", "date: 2024-11-02");
    CHANGE_NOTE "note" text("What was corrected.", "note: Paragraph 6 corrected");
}

fields! {
    /// The keys of a session of a forum.
    SESSION:
    SESSION_NAME "session" text("The number or name that statements use.", "session: 72");
    SESSION_TITLE "title" text("Its title.", "title: Seventy-second session");
    SESSION_FROM "from" date("Its first day.", "from: 2017-09-12");
    SESSION_UNTIL "until" date("Its last day.", "until: 2018-09-17");
}

fields! {
    /// The keys of a member of a group.
    MEMBER:
    MEMBER_DELEGATION "delegation" text("The code of the member.", "delegation: XAR");
    MEMBER_FROM "from" date("Since when it has been a member.", "from: 2022");
    MEMBER_UNTIL "until" date("Until when it was a member.", "until: 2023");
}

fields! {
    /// The keys of what an import leaves to a person, and of where its values come from.
    IMPORT:
    SUSPECT "suspect" text("Why part of the text may be missing.", "suspect: Signs were lost.");
    SIMILAR "similar" Declaration::new(Type::Lines).documented(
        "",
        "Texts that it may be a version of.",
        "similar: [\"a version of content/statements/a.md\"]",
    );
    UNSURE "unsure" Declaration::new(Type::Objects(DOUBT, None)).documented(
        "",
        "Values that are not certain.",
        "unsure: [ { key: delegation, value: KAZ, reason: Named twice. } ]",
    );
    SUGGESTED "suggested" Declaration::new(Type::Objects(DOUBT, None)).documented(
        "",
        "Values that an editor may want.",
        "suggested: [ { key: topics, value: \"[debris]\", reason: Its phrases are in the text. } ]",
    );
    INDEX "index" Declaration::new(Type::List("keys")).documented("", "The keys that an index gave.", "index: [date]");
    PROFILE "profile" Declaration::new(Type::List("keys")).documented(
        "",
        "The keys that a profile gave.",
        "profile: [forum]",
    );
}

fields! {
    /// The keys of a value that an import does not vouch for.
    DOUBT:
    DOUBT_KEY "key" text("The key that it would have.", "key: delegation");
    DOUBT_VALUE "value" text("The value; of a list or an object, its YAML.", "value: KAZ");
    DOUBT_REASON "reason" text("Where it comes from, or why it is not certain.", "reason: Named twice.");
}
