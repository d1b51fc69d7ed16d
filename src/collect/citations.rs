//! Statements and what they cite -> for each document, who cites it where.
//!
//! Kept from run to run: a statement that changed is taken out of its documents' lists and put in again. The result
//! equals a join from scratch, which a test holds.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::civil;

use super::Linked;
use super::links::Resolved;
use super::names::Ref;
use super::numbers::Numbers;
use crate::key::Key;
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::paragraph::ParagraphRef;
use crate::read::record::RecordKind;
use crate::stamp::{Stamp, Stamped};

/// A statement that cites a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    pub title: Box<str>,
    pub key: Key,
    pub language: Box<str>,
    pub delegation: Option<Ref>,
    pub date: Option<Date>,
    pub simulated: bool,
    /// The paragraphs that cite it; none where only front matter does.
    pub paragraphs: Vec<Citing>,
}

/// A paragraph that cites a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citing {
    /// The paragraph; none for a footnote or a table.
    pub paragraph: Option<ParagraphRef>,
    /// Its words, or those around the citation.
    pub extract: Box<str>,
}

/// Longest extract, in characters.
const EXTRACT: usize = 360;

/// Where a citation stands: its paragraph, and its byte in the text; an author's link has none.
type Place = (Option<u32>, Option<u32>);

/// Delegations by name, those without last; of each the latest first.
type Order = (bool, Box<str>, Reverse<Option<civil::Date>>, Box<str>);

/// What one statement cites, as it is asked about.
pub struct Text<'a> {
    pub id: &'a str,
    /// Changes when anything does of which its citations are made.
    pub stamp: Stamp,
}

/// A text's stamp, and where its citations stand.
type Kept = (Stamp, Vec<(Key, Order)>);

/// Who cites each document, kept from run to run.
#[derive(Default)]
pub struct Citations {
    by_text: HashMap<Box<str>, Kept>,
    by_document: BTreeMap<Key, BTreeMap<Order, Stamped<Citation>>>,
}

impl Citations {
    /// Brings the lists up to date with these texts, which are all there are; `cited` says what the n-th cites.
    pub fn update(&mut self, texts: &[Text<'_>], cited: impl Fn(usize) -> Vec<(Key, Citation)>) {
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

    /// Returns who cites each document, in order.
    pub fn all(&self) -> BTreeMap<Key, Vec<Stamped<Citation>>> {
        self.by_document.iter().map(|(path, list)| (path.clone(), list.values().cloned().collect())).collect()
    }
}

fn order(citation: &Citation, id: &str) -> Order {
    let name = citation.delegation.as_ref().map(|delegation| delegation.title.to_lowercase());
    let date = citation.date.as_ref().map(Date::earliest);
    (name.is_none(), name.unwrap_or_default().into(), Reverse(date), id.into())
}

/// Brings the lists up to date with the entries' works, language versions of a work together. A document is cited by the
/// version that lists show, or by another where only that one cites it; what is withdrawn does not count.
pub fn join(entries: &[Linked], state: &mut Citations) -> BTreeMap<Key, Vec<Stamped<Citation>>> {
    let works: Vec<&[Linked]> = entries
        .chunk_by(|a, b| a.known.id == b.known.id)
        .filter(|work| work.iter().any(|version| version.known.is_listed()))
        .collect();
    // By their stamps alone.
    let stamp = |entry: &Linked| {
        let of_statement = (&entry.known.statement, &entry.known.card, &entry.known.facts);
        Stamp::of(&(of_statement, &entry.known.mentions, &entry.links, &entry.numbers))
    };
    let texts: Vec<Text<'_>> = works
        .iter()
        .map(|work| Text { id: &work[0].known.id, stamp: Stamp::of(&work.iter().map(stamp).collect::<Vec<_>>()) })
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
    let mut places: BTreeMap<&Key, Vec<Place>> = BTreeMap::new();
    for mention in entry.known.mentions.iter() {
        // What an author linked is known by its paragraph alone.
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
    let citation = |places: Vec<Place>| Citation {
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
fn citing(body: &Body, numbers: &Numbers, mut places: Vec<Place>) -> Vec<Citing> {
    places.sort_by_key(|(paragraph, at)| (paragraph.is_none(), *paragraph, at.is_none(), *at));
    places.dedup_by_key(|(paragraph, _)| *paragraph);
    let citing = |(paragraph, at): Place| {
        let range = match (paragraph, at) {
            (Some(paragraph), _) => body.paragraphs[paragraph as usize].text.clone(),
            (None, Some(at)) => line_around(&body.text, at),
            (None, None) => 0..0,
        };
        let at = at.unwrap_or(range.start) - range.start;
        let paragraph = paragraph.map(|paragraph| numbers.paragraph(body, paragraph));
        Citing { paragraph, extract: extract(body.words(&range), at as usize).into() }
    };
    places.into_iter().map(citing).collect()
}

/// Returns the block of words around a place that is in no paragraph.
fn line_around(text: &str, at: u32) -> std::ops::Range<u32> {
    let at = at as usize;
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    start as u32..end as u32
}

/// Returns the words, or, of many, those around the byte `at`.
pub fn extract(words: &str, at: usize) -> String {
    let (words, at) = (words.trim_end(), at.min(words.trim_end().len()));
    if words.chars().count() <= EXTRACT {
        return words.to_owned();
    }
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
