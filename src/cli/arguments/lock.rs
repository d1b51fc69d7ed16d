//! `plenary lock` and what it is asked.

use clap::Args;
use jiff::civil;

use super::day;

/// Keep the numbers of paragraphs as they are now, so that they never move.
///
/// Writes a file for each published text below locks/, to be kept in git with it. A paragraph that is edited or moved later
/// keeps its number; one that comes between gets a letter, such as 7a; where one is taken out, a note says so. Run it
/// whenever you publish a text or a change of one. A merge of two such files is mended by running it again.
///
/// With --restart, the numbers of a text that nobody can have cited yet are counted from 1 again, as if they had never been
/// kept: a draft, or a text under embargo.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary lock                                    all published texts
  plenary lock xaa-2024-debris                    this one, in all its languages
  plenary lock --restart xaa-2024-debris          count a draft's paragraphs from 1 again
  plenary lock --dry-run                          what would be written")]
pub(crate) struct Lock {
    /// Ids of statements; without any, all of them.
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// Forget the numbers of these statements, which are not published, and keep those counted from 1.
    #[arg(long, requires = "ids")]
    pub(crate) restart: bool,
    /// With --restart, forget those of a published text, too: whoever cited it is led to other words.
    #[arg(long, requires = "restart")]
    pub(crate) force: bool,
    /// Write nothing; print what would be written.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The day of publication, such as 2024-06-04: texts embargoed until then are published.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<civil::Date>,
}
