//! Many statements at once: which of them are selected, and how their files change.
//!
//! A command reads the front matter of all statements (`texts`), chooses some of them (`selection`), and collects the
//! changes to their files (`changes`). Everything is checked before anything is written, and either all files are
//! written or none.

pub mod assignment;
pub mod changes;
pub mod condition;
pub mod judging;
mod lines;
pub mod matrix;
mod mentions;
mod merge;
pub mod publishing;
pub mod rename;
pub mod selection;
pub mod table;
pub mod texts;
pub mod values;
