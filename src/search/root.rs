//! What a reader of the index fetches first: the root, and the base, which names nearly all other files.

use serde::{Deserialize, Serialize};

use super::space::Files;
use crate::config::SearchWeights;
use crate::language::term::Exceptions;

/// The version of the format, which the browser compares with its own.
pub const FORMAT: u32 = 3;

/// How much a word counts by where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// In the title.
    pub title: f64,
    /// In the names of topics, delegation, speaker and occasion.
    pub facts: f64,
    /// In a heading.
    pub heading: f64,
    /// In any other row.
    pub text: f64,
    /// In a greeting.
    pub greeting: f64,
    /// Another form of the word than the one looked for, relative to that.
    pub inflected: f64,
}

impl From<SearchWeights> for Weights {
    fn from(of: SearchWeights) -> Weights {
        let percent = |value: usize| value as f64 / 100.0;
        Weights {
            title: percent(of.title),
            facts: percent(of.facts),
            heading: percent(of.headings),
            text: 1.0,
            greeting: percent(of.greetings),
            inflected: percent(of.inflected),
        }
    }
}

/// `root.json`.
#[derive(Serialize, Deserialize)]
pub struct Root {
    /// The version of the format.
    pub format: u32,
    /// A hash of all else, equal for equal indexes.
    pub build: String,
    /// How many texts there are.
    pub texts: usize,
    /// How many statements there are.
    pub statements: usize,
    /// The number of rows of all texts.
    pub rows: u64,
    /// The average length of texts.
    pub average: Average,
    /// How much words count.
    pub weights: Weights,
    /// The languages of the texts, sorted.
    pub languages: Vec<Box<str>>,
    /// The file of the base, which every query needs.
    pub base: Box<str>,
    /// The file of the facts of all statements, and of the names of their values.
    pub facts: Box<str>,
    /// The file of documents.
    pub documents: Box<str>,
    /// How the browser folds letters.
    pub folding: Exceptions,
}

/// The average number of words of a text by field.
#[derive(Serialize, Deserialize)]
pub struct Average {
    /// Words of the title.
    pub title: f64,
    /// Words of the facts.
    pub facts: f64,
    /// Words of headings.
    pub heading: f64,
    /// Words of all other rows.
    pub text: f64,
    /// Words of greetings.
    pub greeting: f64,
}

/// What every query needs, in one file: a browser that has it reads a word in two requests.
#[derive(Serialize, Deserialize)]
pub struct Base {
    /// Where the dictionary is.
    pub dictionary: DictionaryFiles,
    /// The space of postings that all shards share.
    pub postings: Files,
    /// The shards, in the order of periods.
    pub shards: Vec<ShardHead>,
}

/// Where the dictionary is.
#[derive(Serialize, Deserialize)]
pub struct DictionaryFiles {
    /// How many words it has.
    pub words: u32,
    /// The key of each block: a word is in the last block whose key is not after it.
    pub keys: Vec<Box<str>>,
    /// The length of each block.
    pub lengths: Vec<u32>,
    /// The files of its blocks.
    pub files: Files,
}

/// The head of a shard.
#[derive(Serialize, Deserialize)]
pub struct ShardHead {
    /// How many texts there are.
    pub texts: usize,
    /// How many statements there are.
    pub statements: usize,
    /// The first day of its statements, as `yyyymmdd`; 0 if none has a date.
    pub from: u32,
    /// The last day.
    pub to: u32,
    /// The space of rows.
    pub rows: Files,
    /// The space of chunks.
    pub chunks: Files,
    /// The length of each text's slot among the chunks, in units of `chunk::UNIT` bytes.
    pub slots: Vec<u32>,
    /// How many texts each statement has; `None` if each has one.
    pub versions: Option<Vec<u32>>,
    /// The language of each text.
    pub languages: Languages,
    /// The number of words of each text, in steps of a logarithmic scale.
    pub lengths: Vec<u8>,
}

/// The languages of a shard's texts.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Languages {
    /// All texts are in this one.
    All(usize),
    /// The language of each text, as indices into those of the root.
    Each(Vec<usize>),
}
