//! A text, the symbols in it and the names of documents -> its mentions: which words mean which document.

pub mod naming;
pub mod namings;
mod russian;
pub mod vocabulary;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::names::Names;
use super::works::Work;
use crate::language::fold::{Folded, Folding, fold, letter};
use crate::language::scripts::joins;
use crate::memo::Memo;
use crate::read::body::{Body, Target};
use crate::read::documents::{Runs, is_symbol};
use crate::read::is_id;
use crate::read::record::{Detail, Record, RecordKind};
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};
pub use naming::{Mention, Naming};

/// The documents that a text names: the range of each name in the body's text, and the key of the document's record.
pub type NamedDocuments = Arc<Vec<(Range<u32>, Box<str>)>>;

/// The names of all documents with records, compiled for searching.
pub struct DocumentNames {
    /// Changes when any name does.
    stamp: Stamp,
    search: Option<AhoCorasick>,
    /// Each name as written in its record, with the record's key.
    names: Vec<(Box<str>, Box<str>)>,
}

/// The length of the shortest name that is searched, in characters.
const SHORTEST: usize = 3;

impl DocumentNames {
    /// Gathers symbols, titles and aliases.
    pub fn new(names: &Names<'_>) -> DocumentNames {
        let mut all: Vec<(Box<str>, Box<str>)> = Vec::new();
        for record in names.records(RecordKind::Document) {
            let key = names.key(RecordKind::Document, &record.slug);
            all.extend(names_of(record).into_iter().map(|name| (name.into(), key.clone())));
        }
        all.sort();
        all.dedup();
        let folded = |name: &str| fold(name, Folding::CASELESS).trim().to_owned();
        let mut documents: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (name, key) in &all {
            documents.entry(folded(name)).or_default().insert(key);
        }
        // A name that two documents share identifies neither, and one that consists of invisible characters is not a name.
        let is_unique = |name: &str| {
            let name = folded(name);
            !name.is_empty() && documents[&name].len() == 1
        };
        let names: Vec<(Box<str>, Box<str>)> = all.iter().filter(|(name, _)| is_unique(name)).cloned().collect();
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|(name, _)| folded(name)));
        DocumentNames { stamp: Stamp::of(&names), search: search.ok().filter(|_| !names.is_empty()), names }
    }

    /// Finds the names in the text of each version. Only texts that changed are searched again, or all if a name
    /// changed.
    pub fn find(&self, works: &[Work], memo: &mut Memo<Arc<str>, NamedDocuments>) -> Vec<Vec<NamedDocuments>> {
        let versions: Vec<&Stamped<Statement>> =
            works.iter().flat_map(|work| &work.versions).map(|version| &version.statement).collect();
        let found = memo.update(
            &versions,
            |statement| (Arc::clone(&statement.path), Stamp::of(&(statement.stamp(), self.stamp))),
            |statement| Arc::new(self.named(&statement.body)),
        );
        let mut found = found.into_iter();
        works.iter().map(|work| found.by_ref().take(work.versions.len()).collect()).collect()
    }

    /// Finds the names in one text.
    fn named(&self, body: &Body) -> Vec<(Range<u32>, Box<str>)> {
        let Some(search) = &self.search else { return Vec::new() };
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        let folded = Folded::new(&body.text, Folding::CASELESS);
        for hit in search.find_iter(folded.text()) {
            let (name, key) = &self.names[hit.pattern().as_usize()];
            let range = folded.original_range(&hit.range());
            if is_named(&body.text, range.clone(), name) {
                found.push((range, key));
            }
        }
        // Most texts name no document, and need no runs.
        if found.is_empty() {
            return Vec::new();
        }
        let runs = Runs::of(body);
        let linkable = found.into_iter().filter(|(range, _)| runs.hold(range));
        linkable.map(|(range, key)| (range.start as u32..range.end as u32, key.into())).collect()
    }
}

/// Returns the names that texts may use for a document.
fn names_of(record: &Record) -> Vec<&str> {
    let Detail::Document { symbol, .. } = &record.detail else { return Vec::new() };
    let aliases = record.aliases.iter().map(|alias| &*alias.text).filter(|alias| !alias.starts_with('/'));
    let titles = record.titles.values().map(|title| &**title).chain([&*record.title]);
    // A title of one word occurs as an ordinary word: "Charter".
    let titles = titles.filter(|title| title.contains(' '));
    let symbol = [&**symbol].into_iter().filter(|symbol| !is_id(symbol));
    // Symbols of the United Nations are found by their form.
    let is_name = |name: &&str| name.chars().count() >= SHORTEST && !is_symbol(name);
    let names = aliases.chain(titles).filter(|_| !record.without_mentions);
    symbol.chain(names).filter(is_name).collect()
}

/// Returns whether a hit is exactly the name: whole words, and for a name of one word, such as PPWT, in the same case.
fn is_named(text: &str, found: Range<usize>, name: &str) -> bool {
    // A dash separates two words; a hyphen, however it is written, joins them.
    let inner = |c: char| matches!(c, '/' | '-' | '\u{2010}' | '\u{2011}' | '.' | '_' | '@');
    let shows = |c: &char| letter(*c).is_some();
    let mut before = text[..found.start].chars().rev().filter(shows);
    let mut after = text[found.end..].chars().filter(shows);
    let is_free = |near: Option<char>, far: &mut dyn FnMut() -> Option<char>| match near {
        None => true,
        Some(c) if joins(c) => false,
        Some(c) => !inner(c) || !far().is_some_and(joins),
    };
    let (first, next) = (before.next(), after.next());
    let written = fold(&text[found.clone()], Folding::LOOK_ALIKES);
    let has_its_case = name.contains(char::is_whitespace) || written == fold(name, Folding::LOOK_ALIKES);
    has_its_case && is_free(first, &mut || before.next()) && is_free(next, &mut || after.next())
}

/// Returns the documents that a statement mentions, in reading order: every symbol, and the first name of each document
/// in a paragraph.
pub fn mentions(statement: &Statement, named: &NamedDocuments, names: &Names<'_>) -> Vec<Mention> {
    let body = &statement.body;
    let mention = |text: &Range<u32>, name: &str, by_symbol: bool| Mention {
        text: text.clone(),
        paragraph: body.paragraph_at(text.start),
        document: names.document(name),
        by_symbol,
    };
    let mut found: Vec<Mention> =
        statement.citations.iter().map(|citation| mention(&citation.text, &citation.symbol, true)).collect();
    for (text, key) in named.iter() {
        let taken = found.iter().any(|known| known.text.start < text.end && text.start < known.text.end);
        let mention = mention(text, key, false);
        let is_repeated = |known: &Mention| {
            !known.by_symbol && known.paragraph == mention.paragraph && known.document == mention.document
        };
        if !taken && !found.iter().any(is_repeated) {
            found.push(mention);
        }
    }
    // An author's link is a mention as well. It has an empty range, because its words are linked already.
    found.extend(body.links.iter().filter_map(|link| {
        let Target::Record { kind: RecordKind::Document, name } = &link.target else { return None };
        let key = names.key(RecordKind::Document, name);
        let is_known = names.record(RecordKind::Document, &key).is_some();
        is_known.then(|| Mention { paragraph: link.paragraph, ..mention(&(0..0), name, false) })
    }));
    // A document without a page has nothing that the mention could lead to.
    found.retain(|mention| mention.document.key.is_some());
    found.sort_by_key(|mention| (mention.text.start, mention.text.end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_alone_and_a_single_word_in_its_case() {
        for (text, name, is) in [
            ("the PPWT.", "PPWT", true),
            ("the ppwt.", "PPWT", false),
            ("PPWTs", "PPWT", false),
            ("the outer space treaty", "Outer Space Treaty", true),
            ("MCOS/RES/1/12", "MCOS/RES/1/1", false),
            ("MCOS/RES/1/1/Rev.1", "MCOS/RES/1/1", false),
            ("MCOS/RES/1/1.", "MCOS/RES/1/1", true),
            ("in MCOS/RES/1/1/", "MCOS/RES/1/1", true),
            ("non-PPWT", "PPWT", false),
            ("关于PPWT的", "PPWT", true),
            ("PPWT—and", "PPWT", true),
            ("non\u{2011}PPWT", "PPWT", false),
            ("PPWT\u{200b}s", "PPWT", false),
        ] {
            let at = text.to_lowercase().find(&name.to_lowercase()).unwrap();
            assert_eq!(is_named(text, at..at + name.len(), name), is, "{text}");
        }
    }
}
