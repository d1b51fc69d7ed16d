//! The arguments of `plenary review`.

use std::path::PathBuf;

use clap::Args;

use super::Format;
use super::bulk::Selected;

/// List what needs a person's decision in the statements, most important first.
///
/// Lists texts that are missing, suspect or read by OCR; statements without a delegation or a date; and whatever an
/// import left to decide: uncertain values, and texts that are probably versions of others.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary review                                  file:line: what to decide
  plenary review | head                           the most important
  plenary review --format json | jq -r .path | sort -u
  plenary review --accept content/statements/a.md                  its uncertain values are right
  plenary review --accept content/statements/a.md --key topics     give it the suggested topics
  plenary review --where session=72               only in these texts
  plenary review --mark xaa-2024-debris           you have read it against its original

Exit codes: 0 nothing to decide; 1 something to decide; 2 usage error; 3 I/O or system error.")]
pub(crate) struct Review {
    /// Files, folders, or ids of statements [default: all texts].
    #[arg(value_name = "PATH", conflicts_with = "accept")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) selected: Selected,
    /// The format of the list.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Instead of listing, move the uncertain values in this file to their keys.
    #[arg(long, value_name = "FILE")]
    pub(crate) accept: Option<PathBuf>,
    /// Accept only the value of this key, even if it is only suggested.
    #[arg(long, value_name = "KEY", requires = "accept")]
    pub(crate) key: Option<String>,
    /// Instead of listing, record today's date in texts that you have read against their originals (`reviewed`).
    #[arg(long, conflicts_with = "accept")]
    pub(crate) mark: bool,
    /// With --mark: write nothing; print what would change.
    #[arg(long, requires = "mark")]
    pub(crate) dry_run: bool,
}
