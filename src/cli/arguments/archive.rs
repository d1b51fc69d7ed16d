//! The arguments of `plenary archive`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil;

use super::day;

/// Pack the collection for an archive or a library.
///
/// Writes a BagIt package with RO-Crate metadata: the published texts as Markdown, all tables, and, with --originals,
/// the files next to the texts. Drafts, withdrawn texts and texts under embargo are never in it. The same content gives
/// the same package.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary archive statements-2024.zip             one file
  plenary archive /mnt/archive/statements --originals       a new folder, with the original files
  plenary archive statements.zip --date 2024-12-31")]
pub(crate) struct Archive {
    /// The package: a new folder, or a file whose name ends with .zip.
    #[arg(value_name = "DIR|FILE.zip")]
    pub(crate) to: PathBuf,
    /// Include the files next to the texts, such as the original PDFs.
    #[arg(long)]
    pub(crate) originals: bool,
    /// The date of the package [default: the last day on which a text was delivered, added or corrected].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) date: Option<civil::Date>,
    /// The day of publication: includes texts whose embargo ends by then.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<civil::Date>,
}
