//! Statements and their texts -> the search index, as files that a browser reads a few bytes of.
//!
//! Start with `index`. Statements are cut into shards by period (`shards`), so that what is published later leaves most
//! files as they were. Each shard has its *lists* (which texts have a term, how often), its *rows* (in which rows of
//! these texts, and next to which words) and its *chunks* (the texts themselves, from which results are shown and phrases confirmed). One
//! dictionary leads to all of them. The format is described byte by byte in the manual.

pub mod alignment;
pub mod bits;
pub mod chunk;
pub mod classes;
pub mod clause;
pub mod collected;
pub mod dictionary;
pub mod find;
pub mod index;
pub mod marks;
pub mod postings;
mod proclitics;
pub mod query;
pub mod quote;
pub mod reader;
pub mod root;
pub mod shard;
pub mod shards;
pub mod sides;
pub mod space;
pub mod text;
pub mod varint;

/// Returns the path on the site of a file of the index, by its name.
pub fn path(name: &str) -> String {
    format!("search/{name}.bin")
}

/// Returns the name of a file of the index from its path below the site's root; `None` for any other path.
pub fn name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("search/")?.strip_suffix(".bin")?;
    (name.len() == space::NAME && name.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(name)
}
