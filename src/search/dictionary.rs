//! The terms of all shards -> the dictionary, and the spaces of lists and rows that its entries lead to.

use super::chunk::deflate;
use super::classes;
use super::postings::Postings;
use super::space::Space;
use super::varint;

/// The words in a block, which is read as a whole.
pub const BLOCK: usize = 96;

/// Postings of at most this many bytes are stored in the dictionary itself; most words are rare, and have no more.
pub const INLINE: usize = 16;

/// The dictionary and what its entries lead to.
pub struct Dictionary {
    /// How many words it has.
    pub words: u32,
    /// Its blocks.
    pub blocks: Space,
    /// The key and the length of each block, deflated.
    pub root: Vec<u8>,
    /// The lists of each shard.
    pub lists: Vec<Space>,
    /// The rows of each shard.
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
    let new = || (0..shards).map(|_| Space::default()).collect::<Vec<_>>();
    let (mut lists, mut rows, mut blocks) = (new(), new(), Space::default());
    let mut root = Vec::new();
    varint::push(&mut root, entries.len().div_ceil(BLOCK) as u32);
    let (mut last_word, mut last_key) = ("", "");
    for (number, block) in entries.chunks(BLOCK).enumerate() {
        let mut bytes = Vec::new();
        varint::push(&mut bytes, shards as u32);
        for (lists, rows) in lists.iter().zip(&rows) {
            varint::push(&mut bytes, lists.size());
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
            for (shard, postings) in &entry.postings {
                varint::push(&mut bytes, shard - next);
                next = shard + 1;
                varint::push(&mut bytes, postings.texts);
                varint::push(&mut bytes, postings.list.len() as u32);
                varint::push(&mut bytes, (postings.rows.len() as u32) << 1 | u32::from(postings.has_sides));
                if postings.list.len() + postings.rows.len() <= INLINE {
                    bytes.extend_from_slice(&postings.list);
                    bytes.extend_from_slice(&postings.rows);
                } else {
                    lists[*shard as usize].push(&postings.list);
                    rows[*shard as usize].push(&postings.rows);
                }
            }
        }
        let bytes = deflate(&bytes);
        let key = shortest_above(last_word, block[0].word);
        push_front_coded(&mut root, last_key, key);
        varint::push(&mut root, bytes.len() as u32);
        blocks.push(&bytes);
        (last_word, last_key) = (before, key);
    }
    Dictionary { words: entries.len() as u32, blocks, root: deflate(&root), lists, rows }
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
