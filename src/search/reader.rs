//! The bytes of an index -> its words, postings and texts, as a browser reads them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;

use super::chunk::{UNIT, inflate, read_slot};
use super::dictionary::{BLOCK, INLINE, TOGETHER};
use super::index::Index;
use super::postings::{Hit, decode};
use super::root::{Base, Languages, Root, ShardHead};
use super::space::Files;
use super::text::Text;
use super::varint::{take, take_signed};

/// The most blocks in which words with a beginning, and words near another, are looked for.
const BEGIN_BLOCKS: usize = 4;
const NEAR_BLOCKS: usize = 13;

/// An index that is being read.
pub struct Reader<'a> {
    files: HashMap<&'a str, &'a [u8]>,
    /// The root.
    pub root: Root,
    /// The base, of which `shards` has the heads.
    pub base: Base,
    /// What belongs to each shard.
    pub shards: Vec<ReadShard>,
    /// Where each block of the dictionary begins.
    blocks: Vec<u32>,
}

/// A shard that is being read.
pub struct ReadShard {
    /// Its head.
    pub head: ShardHead,
    /// The statement of each text.
    pub statements: Vec<u32>,
    /// Where the slot of each chunk begins and ends in their space.
    slots: Vec<(u32, u32)>,
    /// The columns by which statements are filtered.
    pub columns: BTreeMap<String, Column>,
}

/// A column of a shard's facts.
#[derive(Deserialize)]
pub struct Column {
    /// Its values.
    pub values: Vec<String>,
    of: Vec<Cell>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Cell {
    One(i32),
    Several(Vec<i32>),
}

#[derive(Deserialize)]
struct AllFacts {
    shards: Vec<Facts>,
}

#[derive(Deserialize)]
struct Facts {
    columns: BTreeMap<String, Column>,
}

impl Column {
    /// Returns the values of a statement.
    pub fn of(&self, statement: u32) -> impl Iterator<Item = &str> {
        let indices = match self.of.get(statement as usize) {
            Some(Cell::One(one)) => std::slice::from_ref(one),
            Some(Cell::Several(several)) => several,
            None => &[],
        };
        indices.iter().filter_map(|at| self.values.get(usize::try_from(*at).ok()?)).map(|value| &**value)
    }
}

/// A word of the dictionary.
#[derive(Clone, Debug)]
pub struct WordEntry {
    /// Its letters.
    pub word: String,
    /// The numbers of other forms of it.
    pub siblings: Vec<u32>,
    /// Its postings by shard.
    pub postings: Vec<Posted>,
}

/// Where the postings of a word in one shard are.
#[derive(Clone, Debug)]
pub struct Posted {
    /// The shard.
    pub shard: usize,
    /// How many of its texts have the word.
    pub texts: u32,
    /// How many texts the shard has.
    of: u32,
    /// The list and the rows.
    bytes: (Vec<u8>, Vec<u8>),
    has_sides: bool,
}

impl<'a> Reader<'a> {
    /// Opens an index; `None` if it is damaged.
    pub fn open(index: &'a Index) -> Option<Reader<'a>> {
        let root: Root = serde_json::from_slice(&index.root).ok()?;
        let files: HashMap<&str, &[u8]> = index.files.iter().map(|file| (&*file.name, &*file.bytes)).collect();
        let mut base: Base = serde_json::from_slice(&inflate(files.get(&*root.base)?)?).ok()?;
        let facts: AllFacts = serde_json::from_slice(&inflate(files.get(&*root.facts)?)?).ok()?;
        let heads = std::mem::take(&mut base.shards).into_iter();
        let shards = heads.zip(facts.shards).map(|(head, facts)| ReadShard::new(head, facts)).collect();
        let blocks = starts(&base.dictionary.lengths).map(|(start, _)| start).collect();
        Some(Reader { files, root, base, shards, blocks })
    }

    /// Returns the bytes of an item of a space.
    fn item(&self, files: &Files, offset: u32, length: u32) -> Option<&'a [u8]> {
        let at = files.partition_point(|(_, end)| *end <= offset);
        let (name, _) = files.get(at)?;
        let start = offset - at.checked_sub(1).map_or(0, |before| files[before].1);
        self.files.get(&**name)?.get(start as usize..(start + length) as usize)
    }

    /// Returns a word of the dictionary.
    pub fn word(&self, word: &str) -> Option<WordEntry> {
        let at = self.base.dictionary.keys.partition_point(|key| &**key <= word).checked_sub(1)?;
        self.block(at)?.into_iter().find(|entry| entry.word == word)
    }

    /// Returns the word with a number.
    pub fn numbered(&self, number: u32) -> Option<WordEntry> {
        let (block, at) = (number as usize / BLOCK, number as usize % BLOCK);
        self.block(block)?.into_iter().nth(at)
    }

    /// Returns the numbers of the blocks that can have words that begin with these letters.
    fn blocks_from(&self, letters: &str) -> std::ops::Range<usize> {
        let keys = &self.base.dictionary.keys;
        let first = keys.partition_point(|key| &**key <= letters).saturating_sub(1);
        let more = keys.get(first + 1..).unwrap_or_default();
        let more = more.iter().take_while(|key| key.starts_with(letters)).count();
        first..(first + 1 + more).min(keys.len())
    }

    /// Returns the most frequent of the words that begin with these letters, the most frequent first. Of a beginning that
    /// very many words have, the first blocks are read, like in a browser.
    pub fn most_frequent(&self, letters: &str, most: usize) -> Vec<WordEntry> {
        let words = self.blocks_from(letters).take(BEGIN_BLOCKS).filter_map(|at| self.block(at)).flatten();
        let mut words: Vec<WordEntry> =
            words.filter(|entry| entry.word.starts_with(letters) && entry.texts() > 0).collect();
        words.sort_by_key(|entry| std::cmp::Reverse(entry.texts()));
        words.truncate(most);
        words
    }

    /// Returns the most frequent of the words nearest to one that no text has.
    pub fn near(&self, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        let [first, second, _, ..] = letters[..] else { return None };
        // Typing errors are rare in the first two letters, except that these change places.
        let begins = [format!("{first}{second}"), format!("{second}{first}")];
        let blocks: BTreeSet<usize> =
            begins.iter().flat_map(|begin| self.blocks_from(begin).take(NEAR_BLOCKS)).collect();
        let (mut best, mut least, mut texts) = (None, if letters.len() < 5 { 1 } else { 2 }, 0);
        for entry in blocks.into_iter().filter_map(|at| self.block(at)).flatten() {
            let distance = strsim::osa_distance(&entry.word, word);
            if entry.texts() > 0 && (distance < least || distance == least && entry.texts() > texts) {
                (least, texts, best) = (distance, entry.texts(), Some(entry.word));
            }
        }
        best
    }

    /// Returns the language of a text of a shard.
    pub fn language(&self, (shard, text): (usize, u32)) -> Option<&str> {
        let of = match &self.shards.get(shard)?.head.languages {
            Languages::All(of) => *of,
            Languages::Each(of) => *of.get(text as usize)?,
        };
        self.root.languages.get(of).map(|of| &**of)
    }

    /// Returns the words of a block.
    pub fn block(&self, at: usize) -> Option<Vec<WordEntry>> {
        let (offset, length) = (self.blocks.get(at)?, self.base.dictionary.lengths.get(at)?);
        let bytes = inflate(self.item(&self.base.dictionary.files, *offset, *length)?)?;
        let mut rest = &*bytes;
        let mut next = take(&mut rest)?;
        let mut rows_at = (0..take(&mut rest)?).map(|_| take(&mut rest)).collect::<Option<Vec<u32>>>()?;
        let (mut words, mut word) = (Vec::new(), Vec::new());
        let number = (at * BLOCK) as u32;
        while !rest.is_empty() {
            take_front_coded(&mut rest, &mut word)?;
            let own = number + words.len() as u32;
            let siblings = take(&mut rest)?;
            let siblings = (0..siblings).map(|_| Some(own.wrapping_add_signed(take_signed(&mut rest)?)));
            let siblings = siblings.collect::<Option<Vec<u32>>>()?;
            let (mut postings, mut outside, mut shard) = (Vec::new(), Vec::new(), 0);
            for _ in 0..take(&mut rest)? {
                shard += take(&mut rest)? as usize;
                let (texts, list, rows) = (take(&mut rest)?, take(&mut rest)?, take(&mut rest)?);
                let (rows, has_sides) = (rows >> 1, rows & 1 == 1);
                let bytes = if (list + rows) as usize <= INLINE {
                    let (inline, after) = rest.split_at_checked((list + rows) as usize)?;
                    rest = after;
                    (inline[..list as usize].to_vec(), inline[list as usize..].to_vec())
                } else {
                    outside.push((postings.len(), list, rows));
                    Default::default()
                };
                let of = self.shards.get(shard)?.head.texts as u32;
                postings.push(Posted { shard, texts, of, bytes, has_sides });
                shard += 1;
            }
            self.read_outside(&outside, &mut next, &mut rows_at, &mut postings)?;
            words.push(WordEntry { word: String::from_utf8(word.clone()).ok()?, siblings, postings });
        }
        Some(words)
    }

    /// Reads the postings of a word that are not in the dictionary: which of them, the lengths of their lists and rows.
    /// `next` and `rows_at` are where the postings of the next word begin, in the common space and in those of the shards.
    fn read_outside(
        &self,
        outside: &[(usize, u32, u32)],
        next: &mut u32,
        rows_at: &mut [u32],
        postings: &mut [Posted],
    ) -> Option<()> {
        let item = |files: &Files, at: &mut u32, length: u32| {
            let bytes = self.item(files, *at, length)?.to_vec();
            *at += length;
            Some(bytes)
        };
        for (of, list, _) in outside {
            postings[*of].bytes.0 = item(&self.base.postings, next, *list)?;
        }
        let is_together = outside.iter().map(|(_, _, rows)| *rows as usize).sum::<usize>() <= TOGETHER;
        for (of, _, rows) in outside {
            let shard = postings[*of].shard;
            postings[*of].bytes.1 = if is_together {
                item(&self.base.postings, next, *rows)?
            } else {
                item(&self.shards.get(shard)?.head.rows, rows_at.get_mut(shard)?, *rows)?
            };
        }
        Some(())
    }

    /// Returns a text of a shard.
    pub fn text(&self, shard: usize, text: u32) -> Option<Text> {
        let of = self.shards.get(shard)?;
        let (start, end) = *of.slots.get(text as usize)?;
        read_slot(self.item(&of.head.chunks, start, end - start)?)
    }
}

impl ReadShard {
    fn new(head: ShardHead, facts: Facts) -> ReadShard {
        let versions = head.versions.clone().unwrap_or_else(|| vec![1; head.statements]);
        let statements = versions.iter().enumerate().flat_map(|(at, of)| (0..*of).map(move |_| at as u32)).collect();
        let unit = UNIT as u32;
        let slots = starts(&head.slots).map(|(start, end)| (start * unit, end * unit)).collect();
        ReadShard { head, statements, slots, columns: facts.columns }
    }
}

/// Returns where things of these lengths begin and end that follow one another.
fn starts(lengths: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    lengths.iter().scan(0, |end, length| {
        let start = *end;
        *end += length;
        Some((start, *end))
    })
}

impl WordEntry {
    /// Returns how many texts have the word.
    pub fn texts(&self) -> u32 {
        self.postings.iter().map(|posted| posted.texts).sum()
    }

    /// Returns its hits in a shard.
    pub fn hits(&self, shard: usize) -> Vec<Hit> {
        self.postings.iter().find(|posted| posted.shard == shard).map(Posted::hits).unwrap_or_default()
    }
}

impl Posted {
    /// Decodes the postings.
    pub fn hits(&self) -> Vec<Hit> {
        decode(&self.bytes.0, &self.bytes.1, self.has_sides, self.of, self.texts)
    }

    /// Returns the bytes of the list, and those of the rows.
    pub fn sizes(&self) -> (usize, usize) {
        (self.bytes.0.len(), self.bytes.1.len())
    }
}

/// Takes a front-coded word: what differs from the one before, which it replaces.
fn take_front_coded(bytes: &mut &[u8], word: &mut Vec<u8>) -> Option<()> {
    let (shared, length) = (take(bytes)?, take(bytes)?);
    let (suffix, rest) = bytes.split_at_checked(length as usize)?;
    *bytes = rest;
    word.truncate(shared as usize);
    word.extend_from_slice(suffix);
    Some(())
}
