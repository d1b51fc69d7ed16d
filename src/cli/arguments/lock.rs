//! `plenary lock` and what it is asked.

use clap::Args;
use jiff::civil;

use super::day;

/// Keep the numbers of paragraphs as they are now, so that they never move.
///
/// Writes a file for each published text below locks/, to be kept in git with it. A paragraph that is edited or moved later
/// keeps its number; one that comes between gets a letter, such as 7a; where one is taken out, a note says so. Run it
/// whenever you publish a text or a change of one. A merge of two such files is mended by running it again.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary lock                                    all published texts
  plenary lock xaa-2024-debris                    this one, in all its languages
  plenary lock --dry-run                          what would be written")]
pub(crate) struct Lock {
    /// Ids of statements; without any, all of them.
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// Write nothing; print what would be written.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The day of publication, such as 2024-06-04: texts embargoed until then are published.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<civil::Date>,
}
