//! Plenary: a folder of statements -> a deployable static site.
//!
//! ```text
//! content ─► Source ─► Statement ─► Collection ─► Page(path, kind, parts) ─► bytes ─► public
//!            sources   read         collect       render                      output
//! ```
//!
//! The modules are in reading order: first what everything is built on, then the path of a statement through the
//! program. A module uses only those above it.

pub mod diagnostic;
pub mod disk;
pub mod exclusive;
pub mod media;
pub mod path;
pub mod spreadsheet;
pub mod stamp;

pub mod key;

pub mod active;

pub mod memo;

pub mod language;

pub mod shipped;

pub mod config;

pub mod front;

pub mod sources;

pub mod read;

pub mod output;

pub mod edit;

pub mod compare;

pub mod history;

pub mod collect;

pub mod bulk;

#[cfg(feature = "import")]
pub mod import;

pub mod search;

pub mod render;

pub mod pipeline;

pub mod archive;

pub mod deploy;

pub mod verify;

pub mod external;

pub mod serve;
