//! The statements of a collection -> the files of its search index.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::chunk::deflate;
use super::dictionary;
use super::root::{Average, Base, DictionaryFiles, FORMAT, Languages, Root, ShardHead, Weights};
use super::shard::{self, Shard};
use super::shards;
use super::space::{IndexFile, Space, name};
use super::text::{Filed, Text};
use crate::language::term::exceptions;
use crate::stamp::Stamp;

/// The size of files in a small collection, in bytes.
const FILE: usize = 96 << 10;

/// About how many files an index has at most.
const FILES: usize = 480;

/// A finished index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// `root.json`, which names all other files.
    pub root: Vec<u8>,
    /// All other files, sorted by name.
    pub files: Vec<IndexFile>,
}

/// The names and pages of the values of a column.
pub type Names = BTreeMap<&'static str, BTreeMap<Box<str>, (Box<str>, Box<str>)>>;

/// A document: its symbol, its page, and the statements that name it, as indices in the order of [`shards::order`].
pub type Document = (Box<str>, Box<str>, Vec<u32>);

/// What an index is made of, besides the texts themselves.
pub struct Contents<'a> {
    /// The statements, sorted by [`shards::order`].
    pub statements: &'a [Filed],
    /// The names of values.
    pub names: &'a Names,
    /// The documents, sorted by symbol.
    pub documents: &'a [Document],
    /// How much words count.
    pub weights: &'a Weights,
}

/// The shards of an index by the stamps of what they are made of, so that the next one makes only those that changed.
#[derive(Default)]
pub struct Kept(BTreeMap<Stamp, Arc<Shard>>);

/// Makes the index; `text` makes a language version of a statement, by the statement's index, and `stamp` is that of all
/// that the index takes of it. Shards of which all statements are as `before` are taken from there.
pub fn build(
    contents: &Contents<'_>,
    text: &(dyn Fn(usize, u32) -> Text + Sync),
    stamp: &(dyn Fn(usize) -> Stamp + Sync),
    before: &Kept,
) -> (Index, Kept) {
    let made: Vec<(Stamp, Arc<Shard>)> = shards::cut(contents.statements)
        .into_par_iter()
        .map(|range| {
            let start = range.start;
            let own = Stamp::of(&range.clone().map(stamp).collect::<Vec<_>>());
            let make = || Arc::new(shard::build(&contents.statements[range], &|at, version| text(start + at, version)));
            (own, before.0.get(&own).cloned().unwrap_or_else(make))
        })
        .collect();
    let shards: Vec<&Shard> = made.iter().map(|(_, shard)| &**shard).collect();
    let terms: Vec<_> = shards.iter().map(|shard| &shard.terms[..]).collect();
    let index = write(contents, &shards, dictionary::build(&terms));
    (index, Kept(made.into_iter().collect()))
}

fn write(contents: &Contents<'_>, shards: &[&Shard], dictionary: dictionary::Dictionary) -> Index {
    let postings = std::iter::once(&dictionary.postings).chain(&dictionary.rows);
    let spaces = postings.chain(shards.iter().map(|shard| &shard.chunks));
    let total: usize = spaces.map(|space| space.bytes.len()).sum();
    // In steps, so that the size changes only when a collection has grown by much.
    let size = FILE.max((total / FILES).next_multiple_of(FILE / 2));
    let mut files = Vec::new();
    let add = |bytes: Vec<u8>, files: &mut Vec<IndexFile>| {
        let file = IndexFile::new(bytes);
        let name = file.name.clone();
        files.push(file);
        name
    };
    let mut languages: Vec<Box<str>> = shards.iter().flat_map(|shard| shard.languages.iter().cloned()).collect();
    languages.sort_unstable();
    languages.dedup();
    let words = shards.iter().fold([0; 5], |all: [u64; 5], shard| std::array::from_fn(|at| all[at] + shard.words[at]));
    let texts: usize = shards.iter().map(|shard| shard.lengths.len()).sum();
    let average = |field: usize| (words[field] as f64 / texts.max(1) as f64 * 100.0).round() / 100.0;
    let base = Base {
        dictionary: DictionaryFiles {
            words: dictionary.words,
            keys: dictionary.keys,
            lengths: dictionary.lengths,
            files: dictionary.blocks.cut(size, &mut files),
        },
        postings: dictionary.postings.cut(size, &mut files),
        shards: shards
            .iter()
            .zip(&dictionary.rows)
            .map(|(shard, rows)| head(shard, rows, &languages, size, &mut files))
            .collect(),
    };
    let mut root = Root {
        format: FORMAT,
        build: String::new(),
        texts,
        statements: contents.statements.len(),
        rows: shards.iter().map(|shard| shard.rows).sum(),
        average: Average {
            title: average(0),
            facts: average(1),
            heading: average(2),
            greeting: average(3),
            text: average(4),
        },
        weights: contents.weights.clone(),
        base: add(packed(&base), &mut files),
        facts: add(facts(contents.names, shards), &mut files),
        documents: add(packed(&gaps(contents.documents)), &mut files),
        folding: exceptions(),
        languages,
    };
    root.build = name(&serde_json::to_vec(&root).unwrap_or_default()).into();
    files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);
    Index { root: serde_json::to_vec(&root).unwrap_or_default(), files }
}

fn head(shard: &Shard, rows: &Space, languages: &[Box<str>], size: usize, files: &mut Vec<IndexFile>) -> ShardHead {
    let of: Vec<usize> = shard.languages.iter().map(|of| languages.binary_search(of).unwrap_or(0)).collect();
    let is_one = of.windows(2).all(|two| two[0] == two[1]);
    ShardHead {
        texts: shard.lengths.len(),
        statements: shard.versions.len(),
        from: shard.days.0,
        to: shard.days.1,
        rows: rows.cut(size, files),
        chunks: shard.chunks.cut(size, files),
        slots: shard.slots.clone(),
        versions: shard.versions.iter().any(|count| *count != 1).then_some(shard.versions.clone()),
        languages: if is_one { Languages::All(of.first().copied().unwrap_or(0)) } else { Languages::Each(of) },
        lengths: shard.lengths.clone(),
    }
}

/// Returns the file of facts: the names of values, and the facts of each shard, which are JSON already.
fn facts(names: &Names, shards: &[&Shard]) -> Vec<u8> {
    let names = serde_json::to_string(names).unwrap_or_default();
    let each: Vec<&str> = shards.iter().map(|shard| &*shard.facts).collect();
    deflate(format!("{{\"names\":{names},\"shards\":[{}]}}", each.join(",")).as_bytes())
}

/// Returns a value as deflated JSON.
fn packed<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    deflate(&serde_json::to_vec(value).unwrap_or_default())
}

/// Returns documents with the distances between their statements, which are shorter than their indices.
fn gaps(documents: &[Document]) -> Vec<(&str, &str, Vec<u32>)> {
    let of = |statements: &[u32]| {
        let before = std::iter::once(0).chain(statements.iter().copied());
        statements.iter().zip(before).map(|(at, before)| at - before).collect()
    };
    documents.iter().map(|(symbol, page, statements)| (&**symbol, &**page, of(statements))).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::search::text::{Head, Kind, Row};

    /// Makes the index of one statement a year, each as large as a shard; also returns how many texts were read.
    fn made(words: &[&str], before: &Kept) -> (Index, Kept, usize) {
        let statements: Vec<Filed> = (0..words.len())
            .map(|at| {
                let (day, columns) = (20_000_101 + 10_000 * at as u32, Default::default());
                Filed { id: "a".into(), from: day, to: day, size: 9 << 20, versions: 1, columns, simulated: false }
            })
            .collect();
        let weights = crate::config::Search::default().weights.into();
        let contents = Contents { statements: &statements, names: &Names::new(), documents: &[], weights: &weights };
        let read = AtomicUsize::new(0);
        let text = |at: usize, _: u32| {
            read.fetch_add(1, Ordering::Relaxed);
            let row = |kind, words: &str| Row { kind, words: words.to_owned() };
            let rows = vec![row(Kind::Title, "A"), row(Kind::Facts, ""), row(Kind::Paragraph, words[at])];
            Text { head: Head { language: "en".into(), ..Head::default() }, rows }
        };
        let (index, kept) = build(&contents, &text, &|at| Stamp::of(words[at]), before);
        (index, kept, read.into_inner())
    }

    #[test]
    fn an_index_made_from_an_earlier_one_is_that_made_from_nothing() {
        let mut words = vec!["we say so", "we say no", "they said yes", "no", "nobody said so", "so be it"];
        let (_, mut kept, all) = made(&words, &Kept::default());
        assert_eq!(all, 6);
        for (at, now) in [(4, "somebody said so"), (0, "we said no"), (0, "we said no")] {
            words[at] = now;
            let ((index, now, read), (clean, _, _)) = (made(&words, &kept), made(&words, &Kept::default()));
            assert_eq!(index, clean);
            assert!(read < all, "{read}");
            kept = now;
        }
    }
}
