//! Statements, records and pages, each read in isolation -> the collection, in which everything is connected.
//!
//! Start with `flow`. Each language version of a statement passes four stages (`stages`): it is *known* when its names
//! are resolved, *numbered* when its paragraphs have their numbers, *linked* when its links are resolved, and an
//! *entry* when the names in its text are found as well. Expensive results are kept in `state` and equal a join from
//! scratch.

pub mod card;
pub mod carried;
pub mod citable;
pub mod citations;
pub mod collection;
pub mod content;
pub mod contradictions;
pub mod extracts;
pub mod facts;
pub mod flow;
mod folders;
pub mod inherit;
pub mod known;
pub mod left_out;
mod linking;
pub mod links;
pub mod listed;
mod listings;
pub mod lists;
pub mod lookup;
pub mod matches;
pub mod matrix;
pub mod mentions;
pub mod misspelt;
pub mod names;
pub mod numbers;
pub mod occasions;
pub mod on_topic;
pub mod pairs;
pub mod passages;
pub mod places;
mod plausible;
pub mod positions;
pub mod related;
pub mod rules;
mod same_letters;
pub mod searched;
pub mod stages;
pub mod state;
pub mod ties;
pub mod title;
mod twice;
pub mod two_positions;
pub mod version;
pub mod withheld;
pub mod works;

pub use collection::{Alias, Collection, Neighbours};
pub use content::{Content, Locks};
pub use flow::collect;
pub use stages::{Entry, Known, Linked, LinkedText, Numbered};
pub use state::State;
pub use version::VersionRef;
