//! The arguments of `plenary lock`.

use clap::Args;
use jiff::civil;

use super::day;

/// Record the numbers of paragraphs, so that they never change.
///
/// Writes a file below locks/ for each published text, to be committed with it. A paragraph that is edited or moved
/// later keeps its number; one inserted between two others gets a letter, such as 7a; where one is removed, a note says
/// so. Run it whenever you publish a text or a change to one. To resolve a merge conflict in a lock, run it again.
///
/// With --restart, the paragraphs of a text that nobody can have cited yet (a draft, or a text under embargo) are
/// numbered from 1 again.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary lock                                    all published texts
  plenary lock xaa-2024-debris                    one statement, in all its languages
  plenary lock --restart xaa-2024-debris          number a draft's paragraphs from 1 again
  plenary lock --dry-run                          what would be written")]
pub(crate) struct Lock {
    /// Ids of statements [default: all statements].
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// Discard the recorded numbers of these unpublished statements, and number their paragraphs from 1.
    #[arg(long, requires = "ids")]
    pub(crate) restart: bool,
    /// With --restart: also do so for published texts. Existing citations will then lead to other words.
    #[arg(long, requires = "restart")]
    pub(crate) force: bool,
    /// Write nothing; print what would be written.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The day of publication, such as 2024-06-04: texts whose embargo ends by then count as published.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<civil::Date>,
}
