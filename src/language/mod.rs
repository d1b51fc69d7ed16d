//! What letters, digits and signs mean in the scripts that statements are written in.
//!
//! There is one way to take a text apart for each purpose:
//!
//! | purpose | function |
//! |---|---|
//! | comparing texts word by word | [`word::words`] |
//! | searching | [`term::tokens`], [`term::terms`] |
//! | finding related texts | [`counts::count_terms`] |
//! | looking for known words | [`tokens::runs`] |
//! | matching names of files and keys | [`stems::folded_words`] |
//!
//! Apart from these, a lock has codes of words as Unicode divides them (`read::lock`): they are written to files, so they
//! never change. What is made of words to find similar texts is in `compare`: fingerprints and sketches of paragraphs,
//! and rows of whole texts.

pub mod counts;
pub mod fold;
mod look_alikes;
pub mod months;
pub mod numerals;
pub mod ordinals;
pub mod scripts;
pub mod stems;
pub mod term;
pub mod tokens;
pub mod word;
