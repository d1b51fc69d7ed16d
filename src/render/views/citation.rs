//! A statement's parts -> the view of how to cite it.

use super::Views;
use crate::collect::VersionRef;
use crate::collect::facts::Facts;
use crate::front::statement as key;
use crate::path::SitePath;
use crate::read::statement::{Kind, Statement, Status};
use crate::render::citing::{self, Author, Piece, Record, Terms};
use crate::render::parts::StatementParts;
use crate::render::quoting::levels;
use crate::render::view::{CitationView, CitedAsView, PieceView};
use crate::render::words::Words;

impl Views<'_> {
    pub(super) fn citation(&self, path: &SitePath, parts: &StatementParts) -> CitationView {
        let record = self.record(path, &parts.statement, &parts.facts, &parts.versions);
        let style = |style, pieces, in_text| CitedAsView {
            style,
            pieces: views(pieces),
            in_text: views(in_text),
            file: String::new(),
        };
        let format = |style, pieces, extension: &str| CitedAsView {
            style,
            pieces: views(pieces),
            in_text: Vec::new(),
            file: format!("{}.{extension}", record.id),
        };
        CitationView {
            url: record.url.clone(),
            styles: vec![
                style("chicago", citing::chicago(&record), Vec::new()),
                style("un", citing::united_nations(&record), Vec::new()),
                style("apa", citing::apa(&record), citing::apa_in_text(&record)),
                style("mla", citing::mla(&record), citing::mla_in_text(&record)),
            ],
            formats: vec![
                format("bibtex", citing::bibtex(&record), "bib"),
                format("ris", citing::ris(&record), "ris"),
                format("csl-json", citing::csl_json(&record), "json"),
            ],
            source: views(citing::quotation(&record)),
            marks: levels(&record.cited_in),
            text_marks: levels(&record.language),
        }
    }

    /// Returns the record that every citation of a statement is made from.
    pub(super) fn record(
        &self,
        path: &SitePath,
        statement: &Statement,
        facts: &Facts,
        versions: &[VersionRef],
    ) -> Record {
        let front = &statement.front;
        let words = self.theme.words(&self.theme.config.language);
        let is_first = versions.first().is_none_or(|version| version.key.path() == path);
        let whole = self.whole(path);
        Record {
            id: if is_first { statement.id.to_string() } else { format!("{}.{}", statement.id, statement.language) },
            url: if whole.is_empty() { self.href(path) } else { whole },
            title: front.title.to_string(),
            language: statement.language.to_string(),
            cited_in: words.language.clone(),
            authors: authors(facts, words),
            delegation: facts.speaker.as_ref().and(facts.delegation.as_ref()).map(|link| words.title(&link.title)),
            kind: words.say(&format!("kind.{}", front.kind.unwrap_or(Kind::Statement).word()), &[]),
            notes: notes(statement, facts, words),
            event: facts.occasion.iter().map(|part| words.title(&part.title)).collect::<Vec<_>>().join(", "),
            symbol: front.text(key::MEETING_SYMBOL).map(str::to_owned),
            place: front.text(key::PLACE).map(str::to_owned),
            date: front.date.clone(),
            date_words: front.date.as_ref().map(|date| words.date(date)).unwrap_or_default(),
            keywords: facts.topics.iter().map(|topic| words.title(&topic.title)).collect(),
            summary: front.text(key::SUMMARY).map(str::to_owned),
            doi: front.identifiers.get("doi").map(ToString::to_string),
            terms: Terms {
                no_date: words.say("cite.no-date", &[]),
                paragraph: around(&words.say("cite.paragraph", &[("number", SLOT.to_owned().into())])),
                paragraph_in_mla: around(&words.say("cite.paragraph-in-mla", &[("number", SLOT.to_owned().into())])),
                available_at: around(&words.say("cite.available-at", &[("url", SLOT.to_owned().into())])),
            },
        }
    }
}

/// Stands in an entry for what a citation has in its own piece; no text of a site has this character.
const SLOT: &str = "\u{1}";

/// Returns what goes before and after the slot.
fn around(words: &str) -> (String, String) {
    let (before, after) = words.split_once(SLOT).unwrap_or((words, ""));
    (before.to_owned(), after.to_owned())
}

/// Returns the speaker; without one the delegation; without one the groups and delegations spoken for.
fn authors(facts: &Facts, words: &Words) -> Vec<Author> {
    match (&facts.speaker, &facts.delegation) {
        (Some(speaker), _) => vec![match (&speaker.person.family, &speaker.person.given) {
            (Some(family), Some(given)) => Author::Person { family: family.to_string(), given: given.to_string() },
            _ => Author::Name(speaker.name.to_string()),
        }],
        (None, Some(delegation)) => vec![Author::Name(words.title(&delegation.title))],
        (None, None) => facts.on_behalf_of.iter().map(|party| Author::Name(words.title(&party.title))).collect(),
    }
}

/// Returns what must be said with every citation: for whom it was given, and that its text is not simply published.
fn notes(statement: &Statement, facts: &Facts, words: &Words) -> Vec<String> {
    let front = &statement.front;
    let is_author = facts.speaker.is_none() && facts.delegation.is_none();
    let parties: Vec<String> = facts.on_behalf_of.iter().map(|party| words.title(&party.title)).collect();
    let others = parties.join(&words.say("base.comma", &[]));
    let behalf =
        (!is_author && !parties.is_empty()).then(|| words.say("cite.on-behalf-of", &[("others", others.into())]));
    let status = match front.status {
        Status::Published => None,
        Status::Draft => Some(words.say("cite.draft", &[])),
        Status::Withdrawn => Some(words.say("cite.withdrawn", &[])),
        Status::Corrected => Some(match front.last_change() {
            Some(day) => words.say("cite.corrected-on", &[("date", words.date(day).into())]),
            None => words.say("cite.corrected", &[]),
        }),
    };
    let simulated = facts.simulated.then(|| words.say("cite.simulated", &[]));
    behalf.into_iter().chain(status).chain(simulated).collect()
}

fn views(pieces: Vec<Piece>) -> Vec<PieceView> {
    let view = |kind, text, after, slanted| PieceView { kind, text, after, slanted };
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => view("text", text, String::new(), false),
        Piece::Name(text) => view("name", text, String::new(), false),
        Piece::Title { words, is_slanted } => view("title", words, String::new(), is_slanted),
        Piece::Link => view("link", String::new(), String::new(), false),
        Piece::Locator { before, after } => view("locator", before, after, false),
    });
    pieces.collect()
}
