//! Statements and what they cite -> for each document, who cites it where.
//!
//! The lists are kept between builds: a statement that changed is taken out of its documents' lists and put in again. A
//! test checks that the result equals a join from scratch.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil;

use super::Linked;
use super::links::Resolved;
use super::names::Ref;
use crate::key::Key;
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::numbers::Numbers;
use crate::read::paragraph::ParagraphRef;
use crate::read::record::RecordKind;
use crate::stamp::{Stamp, Stamped};

/// A statement that cites a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The statement's title.
    pub title: Box<str>,
    /// The statement's page.
    pub key: Key,
    /// The language tag of the version.
    pub language: Box<str>,
    /// The delegation that gave it.
    pub delegation: Option<Ref>,
    /// When it was given.
    pub date: Option<Date>,
    /// Whether it was made in a simulation.
    pub simulated: bool,
    /// The paragraphs that cite the document; empty if only the front matter does.
    pub paragraphs: Vec<Citing>,
}

/// A paragraph that cites a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citing {
    /// The paragraph; `None` for a footnote or a table.
    pub paragraph: Option<ParagraphRef>,
    /// Its words; of a long paragraph those around the citation.
    pub extract: Box<str>,
}

/// The length of the longest extract, in characters.
const EXTRACT: usize = 360;

/// Where a citation is: its paragraph, and its byte in the body's text, which is `None` for a link that the author
/// wrote.
type CitationPlace = (Option<u32>, Option<u32>);

/// The sort key of a citation: by the delegation's name, statements without one last; of each the latest first.
type Order = (bool, Box<str>, Reverse<Option<civil::Date>>, Box<str>);

/// A statement to gather citations of.
pub struct CitingText<'a> {
    /// The statement's id.
    pub id: &'a str,
    /// Changes when anything that its citations depend on does.
    pub stamp: Stamp,
}

/// A statement's stamp, and the documents that it cites with the sort key of each citation.
type KeptCitations = (Stamp, Vec<(Key, Order)>);

/// The citations of every document, kept between builds.
#[derive(Default)]
pub struct Citations {
    by_text: HashMap<Box<str>, KeptCitations>,
    by_document: BTreeMap<Key, BTreeMap<Order, Stamped<Citation>>>,
}

impl Citations {
    /// Brings the lists up to date with `texts`, which must be all of them; `cited` returns what the n-th cites.
    pub fn update(&mut self, texts: &[CitingText<'_>], cited: impl Fn(usize) -> Vec<(Key, Citation)>) {
        let mut before = std::mem::take(&mut self.by_text);
        let mut changed: Vec<usize> = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            match before.remove_entry(text.id) {
                Some((id, kept)) if kept.0 == text.stamp => {
                    self.by_text.insert(id, kept);
                }
                kept => {
                    before.extend(kept);
                    changed.push(at);
                }
            }
        }
        for (path, order) in before.into_values().flat_map(|(_, places)| places) {
            if let Some(list) = self.by_document.get_mut(&path) {
                list.remove(&order);
                if list.is_empty() {
                    self.by_document.remove(&path);
                }
            }
        }
        for at in changed {
            let mut places = Vec::new();
            for (path, citation) in cited(at) {
                let order = order(&citation, texts[at].id);
                places.push((path.clone(), order.clone()));
                self.by_document.entry(path).or_default().insert(order, Stamped::new(citation));
            }
            self.by_text.insert(texts[at].id.into(), (texts[at].stamp, places));
        }
    }

    /// Returns the citations of each document, in order.
    pub fn all(&self) -> BTreeMap<Key, Vec<Stamped<Citation>>> {
        self.by_document.iter().map(|(path, list)| (path.clone(), list.values().cloned().collect())).collect()
    }
}

fn order(citation: &Citation, id: &str) -> Order {
    let name = citation.delegation.as_ref().map(|delegation| delegation.title.to_lowercase());
    let date = citation.date.as_ref().map(Date::earliest);
    (name.is_none(), name.unwrap_or_default().into(), Reverse(date), id.into())
}

/// Brings the lists up to date with the entries. A document is cited by the version that lists show, or by another one
/// if only that one cites it. Withdrawn statements do not count.
pub fn join(entries: &[Linked], state: &mut Citations) -> BTreeMap<Key, Vec<Stamped<Citation>>> {
    let works: Vec<&[Linked]> = entries
        .chunk_by(|a, b| a.known.id == b.known.id)
        .filter(|work| work.iter().any(|version| version.known.is_listed()))
        .collect();
    // Comparing stamps is enough to find what changed.
    let stamp = |entry: &Linked| {
        let of_statement = (&entry.known.statement, &entry.known.card, &entry.known.facts);
        Stamp::of(&(of_statement, &entry.known.mentions, &entry.links, &entry.numbers))
    };
    let texts: Vec<CitingText<'_>> = works
        .iter()
        .map(|work| CitingText { id: &work[0].known.id, stamp: Stamp::of(&work.iter().map(stamp).collect::<Vec<_>>()) })
        .collect();
    state.update(&texts, |at| of_work(works[at]));
    state.all()
}

fn of_work(work: &[Linked]) -> Vec<(Key, Citation)> {
    let mut all: BTreeMap<Key, Citation> = BTreeMap::new();
    for entry in work.iter().filter(|entry| !entry.known.withdrawn) {
        for (path, citation) in of_entry(entry) {
            all.entry(path).or_insert(citation);
        }
    }
    all.into_iter().collect()
}

fn of_entry(entry: &Linked) -> BTreeMap<Key, Citation> {
    let body = &entry.known.statement.body;
    let mut places: BTreeMap<&Key, Vec<CitationPlace>> = BTreeMap::new();
    for mention in entry.known.mentions.iter() {
        // An author's link has no position in the text: only its paragraph is known.
        let place = (mention.paragraph, (mention.by_symbol || !mention.text.is_empty()).then_some(mention.text.start));
        mention.document.key.iter().for_each(|path| places.entry(path).or_default().push(place));
    }
    for (link, resolved) in body.links.iter().zip(entry.links.iter()) {
        if let Resolved::Page { key, .. } = resolved
            && key.kind() == Some(RecordKind::Document)
        {
            places.entry(key).or_default().push((link.paragraph, None));
        }
    }
    for path in entry.known.facts.references.iter().filter_map(|document| document.key.as_ref()) {
        places.entry(path).or_default();
    }
    let citation = |places: Vec<CitationPlace>| Citation {
        title: entry.known.card.title.clone(),
        key: entry.known.key.clone(),
        language: entry.known.card.language.clone(),
        delegation: entry.known.card.delegation.clone(),
        date: entry.known.card.date.clone(),
        simulated: entry.known.card.simulated,
        paragraphs: citing(body, &entry.numbers, places),
    };
    places.into_iter().map(|(path, places)| (path.clone(), citation(places))).collect()
}

/// Returns each paragraph once, in reading order.
fn citing(body: &Body, numbers: &Numbers, mut places: Vec<CitationPlace>) -> Vec<Citing> {
    places.sort_by_key(|(paragraph, at)| (paragraph.is_none(), *paragraph, at.is_none(), *at));
    places.dedup_by_key(|(paragraph, _)| *paragraph);
    let citing = |(paragraph, at): CitationPlace| {
        let range = match (paragraph, at) {
            (Some(paragraph), _) => body.paragraphs[paragraph as usize].text.clone(),
            (None, Some(at)) => line_around(&body.text, at),
            (None, None) => 0..0,
        };
        // Words that are struck out are not quoted, so the place of the citation moves with what is left before it.
        let at = body.said(&(range.start..at.unwrap_or(range.start))).len();
        let paragraph = paragraph.map(|paragraph| numbers.paragraph(body, paragraph));
        Citing { paragraph, extract: extract(&body.said(&range), at).into() }
    };
    places.into_iter().map(citing).collect()
}

/// Returns the line of the text around a byte that is in no paragraph, such as a row of a table.
fn line_around(text: &str, at: u32) -> std::ops::Range<u32> {
    let at = at as usize;
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start as u32..end as u32
}

/// Returns the words, or, if they are too long, those around the byte `at`, cut at spaces.
pub fn extract(words: &str, at: usize) -> String {
    let (words, at) = (words.trim_end(), at.min(words.trim_end().len()));
    if words.chars().count() <= EXTRACT {
        return words.to_owned();
    }
    // Half of the length on either side; near an end, the other side gets what is left over.
    let half = EXTRACT / 2;
    let before = words[..at].chars().count();
    let after = words[at..].chars().count();
    let (mut start, mut end) = (0, words.len());
    if before > half {
        let keep = if after < half { EXTRACT - after } else { half };
        start = words[..at].char_indices().rev().nth(keep - 1).map_or(0, |(at, _)| at);
        start += words[start..at].find(' ').map_or(0, |space| space + 1);
    }
    if after > half {
        let keep = if before < half { EXTRACT - before } else { half };
        end = words[at..].char_indices().nth(keep).map_or(end, |(more, _)| at + more);
        end = words[at..end].rfind(' ').map_or(end, |space| at + space);
    }
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    format!(
        "{}{}{}",
        dots(start > 0),
        words[start..end].trim_end_matches([',', ';', ':', ' ']),
        dots(end < words.len())
    )
}
