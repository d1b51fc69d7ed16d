//! A statement's parts -> the view of how to cite it.

use super::Views;
use crate::collect::citable::Citable;
use crate::collect::facts::Facts;
use crate::read::statement::{Kind, Status};
use crate::render::citing::{self, Author, Piece, Record, Terms};
use crate::render::formats::CitedFormat;
use crate::render::parts::CitationsParts;
use crate::render::quoting::levels;
use crate::render::view::{CitationView, CitedAsView, PieceView};
use crate::render::words::Words;
use crate::stamp::Stamped;

impl Views<'_> {
    pub(super) fn citation(&self, cited: &Citable) -> CitationView {
        let record = self.record(cited);
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

    /// Returns the file with the citations of all statements of a list.
    pub fn citations(&self, parts: &CitationsParts) -> String {
        let entry = |cited: &Stamped<Citable>| {
            let record = self.record(cited);
            let pieces = match parts.format {
                CitedFormat::Bibtex => citing::bibtex(&record),
                CitedFormat::Ris => citing::ris(&record),
                CitedFormat::Csl => citing::csl_json(&record),
            };
            let words = pieces.into_iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Name(text) | Piece::Title { words: text, .. } => text,
                Piece::Link => record.url.clone(),
                // No paragraph is cited.
                Piece::Locator { .. } => String::new(),
            });
            words.collect::<String>()
        };
        let entries: Vec<String> = parts.texts.iter().map(entry).collect();
        match parts.format {
            CitedFormat::Bibtex => entries.join("\n"),
            CitedFormat::Ris => entries.concat(),
            CitedFormat::Csl => {
                // Each is an array of one item.
                let items = entries.iter().map(|entry| entry.trim_start_matches("[\n").trim_end_matches("\n]\n"));
                format!("[\n{}\n]\n", items.collect::<Vec<_>>().join(",\n"))
            }
        }
    }

    /// Returns the record that every citation of a statement is made from.
    pub(super) fn record(&self, cited: &Citable) -> Record {
        let (path, facts) = (cited.key.path(), &*cited.facts);
        let words = self.theme.words(&self.theme.config.language);
        let is_first = cited.versions.first().is_none_or(|version| version.key == cited.key);
        let whole = self.whole(path);
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        Record {
            id: if is_first { cited.id.to_string() } else { format!("{}.{}", cited.id, cited.language) },
            url: if whole.is_empty() { self.href(path) } else { whole },
            title: cited.title.to_string(),
            language: cited.language.to_string(),
            cited_in: words.language.clone(),
            authors: authors(facts, words),
            delegation: facts.speaker.as_ref().and(facts.delegation.as_ref()).map(|link| words.title(&link.title)),
            kind: words.say(&format!("kind.{}", cited.kind.unwrap_or(Kind::Statement).word()), &[]),
            notes: notes(cited, words),
            event: facts.occasion.iter().map(|part| words.title(&part.title)).collect::<Vec<_>>().join(", "),
            symbol: text(&cited.symbol),
            place: text(&cited.place),
            date: cited.date.clone(),
            date_words: cited.date.as_ref().map(|date| words.date(date)).unwrap_or_default(),
            keywords: facts.topics.iter().map(|topic| words.title(&topic.title)).collect(),
            summary: text(&cited.summary),
            doi: text(&cited.doi),
            terms: Terms {
                no_date: words.say("cite.no-date", &[]),
                paragraph: around(&words.say("cite.paragraph", &[("number", SLOT.to_owned().into())])),
                paragraph_in_mla: around(&words.say("cite.paragraph-in-mla", &[("number", SLOT.to_owned().into())])),
                available_at: around(&words.say("cite.available-at", &[("url", SLOT.to_owned().into())])),
            },
        }
    }
}

/// Marks in an entry what a citation has as a piece of its own; no text of a site contains this character.
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
fn notes(cited: &Citable, words: &Words) -> Vec<String> {
    let facts = &*cited.facts;
    let is_author = facts.speaker.is_none() && facts.delegation.is_none();
    let parties: Vec<String> = facts.on_behalf_of.iter().map(|party| words.title(&party.title)).collect();
    let others = parties.join(&words.say("base.comma", &[]));
    let behalf =
        (!is_author && !parties.is_empty()).then(|| words.say("cite.on-behalf-of", &[("others", others.into())]));
    let status = match cited.status {
        Status::Published => None,
        Status::Draft => Some(words.say("cite.draft", &[])),
        Status::Withdrawn => Some(words.say("cite.withdrawn", &[])),
        Status::Corrected => Some(match &cited.changed {
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
