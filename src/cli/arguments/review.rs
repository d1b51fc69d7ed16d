//! `plenary review` and what it is asked.

use clap::Args;

use super::Format;

/// List what is still unsure in the statements, the most important first.
///
/// Texts that are missing, suspect or read by OCR; statements without a delegation or a date; and the comments that an
/// import left: what it was not sure of, and what is likely a version of another text.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary review                                  file:line: what is unsure
  plenary review | head                           where to begin
  plenary review --format json | jq -r .path | sort -u

Exit codes: 0 nothing is unsure; 1 something is; 2 used wrongly; 3 the machine failed.")]
pub(crate) struct Review {
    /// How it is listed.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}
