//! A statement's parts -> the machine-readable head of its page: tags for citation managers, and linked data (JSON-LD).
//!
//! Simulated statements have neither: nobody should cite words that nobody said.

use serde_json::{Value, json};

use super::Views;
use crate::collect::facts::Facts;
use crate::collect::lookup::SpeakerRef;
use crate::front::statement as key;
use crate::key::Key;
use crate::path::SitePath;
use crate::read::date::Date;
use crate::read::statement::{Front, Kind, Statement, Status};
use crate::render::parts::StatementParts;
use crate::render::view::MetaView;

impl Views<'_> {
    /// Returns head tags in the form in which Zotero's Embedded Metadata translator recognises a presentation.
    pub(super) fn meta(&self, path: &SitePath, statement: &Statement, facts: &Facts) -> Vec<MetaView> {
        if facts.simulated {
            return Vec::new();
        }
        let front = &statement.front;
        let mut tags = vec![MetaView { name: "z.itemType", content: "presentation".into() }];
        let mut tag = |name: &'static str, content: String| {
            if !content.is_empty() {
                tags.push(MetaView { name, content });
            }
        };
        tag("citation_title", front.title.to_string());
        tag("citation_author", citation_author(facts));
        tag("citation_date", whole(front.date.as_ref()).map(|date| date.replace('-', "/")).unwrap_or_default());
        tag("citation_language", statement.language.to_string());
        tag("citation_public_url", self.whole(path));
        let source = front.source.as_ref().and_then(|source| source.url.as_deref());
        let pdf = source.filter(|url| url.to_lowercase().ends_with(".pdf"));
        tag("citation_pdf_url", pdf.unwrap_or_default().to_owned());
        tag("citation_doi", front.identifiers.get("doi").map(ToString::to_string).unwrap_or_default());
        let topics = facts.topics.iter().map(|topic| &*topic.title);
        let items = front.agenda_items.iter().filter_map(|item| item.title.as_deref());
        for keyword in topics.chain(items).chain(front.text(key::CLUSTER)) {
            tag("citation_keywords", keyword.to_owned());
        }
        tag("bib.presentedAt", occasion(facts));
        tag("eprints.event_location", front.text(key::PLACE).unwrap_or_default().to_owned());
        tag("DC.identifier", self.whole(path));
        for identifier in front.identifiers.values() {
            tag("DC.identifier", identifier.to_string());
        }
        tag("DCTERMS.isPartOf", occasion(facts));
        tag("DCTERMS.isPartOf", front.text(key::MEETING_SYMBOL).unwrap_or_default().to_owned());
        tag("DC.type", front.kind.map_or("Statement", Kind::label).to_owned());
        let rights = front.rights.as_ref().and_then(|rights| rights.license.as_deref().or(rights.note.as_deref()));
        tag("DCTERMS.rights", rights.unwrap_or_default().to_owned());
        tags
    }

    /// Returns the statement as a schema.org `CreativeWork`; schema.org has no type for a speech.
    pub(super) fn linked_data(&self, path: &SitePath, parts: &StatementParts) -> String {
        let (statement, facts) = (&*parts.statement, &*parts.facts);
        if facts.simulated {
            return String::new();
        }
        let front = &statement.front;
        let address = |path: &SitePath| Some(self.whole(path)).filter(|url| !url.is_empty());
        let address = |path: &SitePath| address(path).unwrap_or_else(|| self.href(path));
        let address_of = |key: &Key| address(key.path());
        let organization = |name: &str| json!({ "@type": "Organization", "name": name });
        let spoken =
            !matches!(front.kind, Some(Kind::Letter | Kind::WorkingPaper | Kind::PressStatement | Kind::Communique));
        let delegation = facts.delegation.as_ref().map(|delegation| organization(&delegation.title));
        let author = match &facts.speaker {
            Some(speaker) => Some(person(speaker, delegation.clone())),
            None => delegation.clone(),
        };
        let others: Vec<Value> = facts.on_behalf_of.iter().map(|party| organization(&party.title)).collect();
        let topics = facts.topics.iter().map(
            |topic| json!({ "@type": "DefinedTerm", "name": topic.title, "url": topic.key.as_ref().map(address_of) }),
        );
        let event = facts.occasion.first().map(|forum| {
            json!({
                "@type": "Event",
                "name": occasion(facts),
                "organizer": organization(&forum.title),
                "identifier": front.text(key::MEETING_SYMBOL),
                "location": front.text(key::PLACE),
                "startDate": whole(front.date.as_ref()),
            })
        });
        let siblings = parts.versions.iter().filter(|version| version.key.path() != path);
        let of = |delivered: bool| -> Vec<Value> {
            let wanted = siblings.clone().filter(|version| version.delivered == delivered);
            wanted.map(|version| json!({ "@id": address_of(&version.key), "inLanguage": version.language })).collect()
        };
        let corrections: Vec<Value> = front.changes.iter().map(|change| {
            json!({ "@type": "CorrectionComment", "text": change.note, "datePublished": whole(change.date.as_ref()) })
        }).collect();
        let identifiers: Vec<Value> = front
            .identifiers
            .iter()
            .map(|(name, value)| json!({ "@type": "PropertyValue", "propertyID": name, "value": value }))
            .collect();
        let (source, rights) = (front.source.as_ref(), front.rights.as_ref());
        let data = json!({
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "@id": address(path),
            "additionalType": spoken.then_some("http://www.w3.org/ns/opengov#Speech"),
            "name": front.title,
            "genre": front.kind.map(Kind::label),
            "datePublished": whole(front.date.as_ref()),
            "dateModified": front.changes.iter().filter_map(|change| whole(change.date.as_ref())).max(),
            "inLanguage": statement.language,
            "abstract": front.text(key::SUMMARY),
            "author": author,
            "sourceOrganization": delegation.filter(|_| facts.speaker.is_some()),
            "contributor": others,
            "recordedAt": event,
            "about": topics.collect::<Vec<_>>(),
            "citation": facts.references.iter().chain(&facts.documents).map(|document| &*document.title).collect::<Vec<_>>(),
            "isBasedOn": source.and_then(|source| source.url.as_deref()),
            "archivedAt": source.and_then(|source| source.archived.as_deref()),
            "license": rights.and_then(|rights| rights.license.as_deref()),
            "copyrightHolder": rights.and_then(|rights| rights.holder.as_deref()).map(organization),
            "creativeWorkStatus": work_status(front),
            "correction": corrections,
            "identifier": identifiers,
            "translationOfWork": of(true),
            "workTranslation": of(false),
        });
        // Inside a script element, nothing may look like its end tag.
        known(data).to_string().replace('<', "\\u003c")
    }
}

/// Returns how the text relates to what was said, and that it is corrected or withdrawn: a list where both are to be
/// said.
fn work_status(front: &Front) -> Value {
    let status = Some(front.status).filter(|status| matches!(status, Status::Corrected | Status::Withdrawn));
    let words: Vec<&str> = front.text_status.map(|of| of.word()).into_iter().chain(status.map(Status::word)).collect();
    match &words[..] {
        [] => Value::Null,
        [one] => json!(one),
        several => json!(several),
    }
}

/// Removes unknown values.
fn known(value: Value) -> Value {
    let is_known = |value: &Value| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
    match value {
        Value::Object(fields) => {
            fields.into_iter().filter(|(_, value)| is_known(value)).map(|(name, value)| (name, known(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(known).collect(),
        other => other,
    }
}

/// Returns a date's known parts; `None` for an interval, which has no machine-readable form here.
fn whole(date: Option<&Date>) -> Option<String> {
    date.filter(|date| !date.is_interval()).map(Date::known)
}

/// Returns the meeting's full name.
fn occasion(facts: &Facts) -> String {
    facts.occasion.iter().map(|part| &*part.title).collect::<Vec<_>>().join(", ")
}

fn person(speaker: &SpeakerRef, affiliation: Option<Value>) -> Value {
    json!({
        "@type": "Person",
        "name": speaker.name,
        "familyName": speaker.person.family,
        "givenName": speaker.person.given,
        "honorificPrefix": speaker.person.honorific,
        "jobTitle": speaker.person.role,
        "sameAs": speaker.person.id,
        "affiliation": affiliation,
    })
}

/// Returns the author as Zotero reads one person, or one organisation, out of it.
fn citation_author(facts: &Facts) -> String {
    match (&facts.speaker, &facts.delegation) {
        (Some(speaker), _) => match (&speaker.person.family, &speaker.person.given) {
            // A comma between two halves that both have a space is read as two people; a semicolon keeps them one.
            (Some(family), Some(given)) if family.contains(' ') && given.contains(' ') => format!("{family}, {given};"),
            (Some(family), Some(given)) => format!("{family}, {given}"),
            _ => format!("{},", speaker.name),
        },
        (None, Some(delegation)) => format!("{},", delegation.title),
        (None, None) => String::new(),
    }
}
