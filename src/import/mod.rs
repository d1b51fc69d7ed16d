//! Originals, as delegations submit them -> drafts of statements, and what a person has to check.
//!
//! ```text
//! folder ─► Original ─► Pages ─► Mended ─► Known ─► Draft ─► Plan
//!          gather      reading  mending   knowing  draft    placing
//! ```
//!
//! A reader for each format produces the same `Pages`; nothing after it depends on the format. Between `mending` and
//! `draft`, `wordcheck`, which shares no code with either, refuses a draft that lost a letter. Nothing here writes: the
//! plan says what to write, and `edit` writes it.

pub mod accepting;
pub mod alike;
pub mod archive;
pub mod doubts;
pub mod draft;
mod endings;
pub mod existing;
pub mod external;
pub mod gather;
pub mod index;
pub mod item;
pub mod judging;
pub mod knowing;
pub mod known;
mod letterhead;
pub mod likeness;
pub mod markup;
pub mod mended;
pub mod mending;
pub mod original;
pub mod pages;
pub mod placing;
pub mod reading;
pub mod remembered;
pub mod removal;
pub mod report;
pub mod review;
mod run;
pub mod said;
pub mod struck;
pub mod unreadable;
pub mod updating;
pub mod wordcheck;

pub use report::Report;
pub use run::{Observer, Request, run};
