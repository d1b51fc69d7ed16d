//! The arguments of `plenary verify`.

use clap::{Args, ValueEnum};

/// Verify a built or published site against its list of checksums.
///
/// Every build writes the list, data/manifest.json. Prints each file that was changed, is missing or, in a folder, does
/// not belong to the site. Someone who can change the files can also change the list next to them: compare the SHA-256
/// of the list, which is printed, with one from elsewhere, or use --against.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary verify                                  public/ of this site
  plenary verify https://example.org/             what readers get
  plenary verify https://example.org/ --against public      what readers get is what this commit builds
  plenary verify https://example.org/ --only statements/xaa-2024-example/
  plenary verify /mnt/backup/site --format json

Exit codes: 0 all is as listed; 1 something is not; 2 usage error; 3 a file or the host cannot be read.")]
pub(crate) struct Verify {
    /// The folder or the address of the home page [default: public/ in the site's folder].
    #[arg(value_name = "FOLDER|URL")]
    pub(crate) place: Option<String>,
    /// The list to use: a file, or the folder or site that has it.
    #[arg(long, value_name = "FILE|FOLDER|URL")]
    pub(crate) against: Option<String>,
    /// Verify only files whose paths begin with this; can be repeated.
    #[arg(long, value_name = "PATH")]
    pub(crate) only: Vec<String>,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Form,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A line for each file that is not as listed
    Human,
    /// One JSON object a line, the last one the result
    Json,
}
