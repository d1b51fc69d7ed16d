//! The terms of all shards -> the dictionary, and the spaces of postings that its entries lead to.

use super::chunk::deflate;
use super::classes;
use super::postings::Postings;
use super::space::Space;
use super::varint;

/// The words in a block, which is read as a whole.
pub const BLOCK: usize = 96;

/// Postings of at most this many bytes are stored in the dictionary itself; most words are rare, and have no more.
pub const INLINE: usize = 16;

/// Postings of a word of which the rows have at most this many bytes in all shards together are in the space that the
/// shards share, so that a browser reads them at once. The longer ones are most of the bytes: each shard has its own, which
/// stay as they are while nothing is published in its period.
pub const TOGETHER: usize = 4096;

/// The dictionary and what its entries lead to.
pub struct Dictionary {
    /// How many words it has.
    pub words: u32,
    /// Its blocks.
    pub blocks: Space,
    /// The key of each block.
    pub keys: Vec<Box<str>>,
    /// The length of each block.
    pub lengths: Vec<u32>,
    /// The lists of all words, with their rows if these are few.
    pub postings: Space,
    /// The other rows of each shard.
    pub rows: Vec<Space>,
}

/// A word with its postings by shard.
struct Entry<'a> {
    word: &'a str,
    languages: u32,
    postings: Vec<(u32, &'a Postings)>,
}

/// Makes the dictionary of the terms of each shard, which are sorted.
pub fn build(shards: &[&[(Box<str>, Postings)]]) -> Dictionary {
    let entries = merge(shards);
    let has = |word: &str| entries.binary_search_by(|entry| entry.word.cmp(word)).is_ok();
    let bare = classes::bare_forms(entries.iter().map(|entry| (entry.word, entry.languages)), &has);
    // A form that no text has is in the language of those that have a text.
    let of_bare = |word: &'_ String| classes::bit(if word.as_str() < "\u{1100}" { "ar" } else { "ko" });
    let bare = bare.iter().map(|word| Entry { word, languages: of_bare(word), postings: Vec::new() });
    let mut entries: Vec<Entry<'_>> = entries.into_iter().chain(bare).collect();
    // Both parts are sorted already, which makes the merge sort fast.
    entries.sort_by(|a, b| a.word.cmp(b.word));
    let words: Vec<(&str, u32)> = entries.iter().map(|entry| (entry.word, entry.languages)).collect();
    let siblings = classes::siblings(&words);
    write(&entries, &siblings, shards.len())
}

/// Brings the terms of all shards together, in the order of their bytes.
fn merge<'a>(shards: &[&'a [(Box<str>, Postings)]]) -> Vec<Entry<'a>> {
    let mut all: Vec<(&str, u32, &Postings)> = Vec::with_capacity(shards.iter().map(|terms| terms.len()).sum());
    for (shard, terms) in shards.iter().enumerate() {
        all.extend(terms.iter().map(|(word, postings)| (&**word, shard as u32, postings)));
    }
    all.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let of = |same: &[(&'_ str, u32, &'_ Postings)]| same.iter().fold(0, |bits, (_, _, of)| bits | of.languages);
    let mut entries = Vec::new();
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        let postings = same.iter().map(|(_, shard, postings)| (*shard, *postings)).collect();
        entries.push(Entry { word: same[0].0, languages: of(same), postings });
    }
    entries
}

fn write(entries: &[Entry<'_>], siblings: &[Vec<u32>], shards: usize) -> Dictionary {
    let mut rows: Vec<Space> = (0..shards).map(|_| Space::default()).collect();
    let (mut postings, mut blocks) = (Space::default(), Space::default());
    let (mut keys, mut lengths) = (Vec::new(), Vec::new());
    let mut last_word = "";
    for (number, block) in entries.chunks(BLOCK).enumerate() {
        let mut bytes = Vec::new();
        varint::push(&mut bytes, postings.size());
        varint::push(&mut bytes, shards as u32);
        for rows in &rows {
            varint::push(&mut bytes, rows.size());
        }
        let mut before = "";
        for (at, entry) in block.iter().enumerate() {
            push_front_coded(&mut bytes, before, entry.word);
            before = entry.word;
            let own = number * BLOCK + at;
            varint::push(&mut bytes, siblings[own].len() as u32);
            siblings[own].iter().for_each(|other| varint::push_signed(&mut bytes, *other as i32 - own as i32));
            varint::push(&mut bytes, entry.postings.len() as u32);
            let mut next = 0;
            for (shard, of) in &entry.postings {
                varint::push(&mut bytes, shard - next);
                next = shard + 1;
                varint::push(&mut bytes, of.texts);
                varint::push(&mut bytes, of.list.len() as u32);
                varint::push(&mut bytes, (of.rows.len() as u32) << 1 | u32::from(of.has_sides));
                if is_inline(of) {
                    bytes.extend_from_slice(&of.list);
                    bytes.extend_from_slice(&of.rows);
                }
            }
            push_postings(&entry.postings, &mut postings, &mut rows);
        }
        let bytes = deflate(&bytes);
        keys.push(shortest_above(last_word, block[0].word).into());
        lengths.push(bytes.len() as u32);
        blocks.push(&bytes);
        last_word = before;
    }
    Dictionary { words: entries.len() as u32, blocks, keys, lengths, postings, rows }
}

fn is_inline(of: &Postings) -> bool {
    of.list.len() + of.rows.len() <= INLINE
}

/// Puts the postings of a word that are not inline where they belong; those that are read together are one item.
fn push_postings(of: &[(u32, &Postings)], postings: &mut Space, rows: &mut [Space]) {
    let outside = || of.iter().filter(|(_, of)| !is_inline(of));
    let mut item: Vec<u8> = outside().flat_map(|(_, of)| &of.list).copied().collect();
    if outside().map(|(_, of)| of.rows.len()).sum::<usize>() <= TOGETHER {
        item.extend(outside().flat_map(|(_, of)| &of.rows));
    } else {
        outside().for_each(|(shard, of)| rows[*shard as usize].push(&of.rows));
    }
    if !item.is_empty() {
        postings.push(&item);
    }
}

/// Writes a word by how many of its first bytes are those of the word before.
fn push_front_coded(out: &mut Vec<u8>, before: &str, word: &str) {
    let shared = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    varint::push(out, shared as u32);
    varint::push(out, (word.len() - shared) as u32);
    out.extend_from_slice(&word.as_bytes()[shared..]);
}

/// Returns the shortest beginning of `word`, in whole characters, that sorts after `before`.
fn shortest_above<'a>(before: &str, word: &'a str) -> &'a str {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.map(|end| &word[..end]).find(|begins| *begins > before).unwrap_or(word)
}
