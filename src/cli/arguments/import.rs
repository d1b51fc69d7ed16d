//! The command line of the import -> `Import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plenary::import::reading;

use super::Format;

/// Import statements from files as delegations hand them in.
///
/// Reads plain text in any encoding, Markdown, PDF, DOCX, ODT and HTML; folders and ZIP archives with all that lies in them. Each
/// file becomes a draft with whole paragraphs, every word kept, and what the text says of itself as front matter. The
/// original is kept beside it with its SHA-256. What is not sure is reported. Importing again updates; what a person has
/// edited is left as it is.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary import statements/                      a folder, with all folders in it
  plenary import seeds --dry-run                  what would be written, and what is unsure
  plenary import october/index.csv                the files that a table names, with what it says of each
  plenary import october --report october.html    a page with each original and its draft side by side

Exit codes: 0 nothing needs review; 1 something does; 2 used wrongly; 3 the machine failed.")]
pub(crate) struct Import {
    /// Files, folders, and indexes in CSV or JSON that name files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is true of all the files, and what their names say: a file in TOML.
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
    /// Write nothing; print what would be written and what is unsure.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write drafts of texts, too, whose words another statement has already.
    #[arg(long)]
    pub(crate) keep_duplicates: bool,
    /// When scanned and garbled PDFs are read from pictures of their pages, by tesseract.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) ocr: Ocr,
    /// Write a report of all that was done to this file: text, or JSON or a page of HTML if its name ends so.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// How problems are reported.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// When pages are read by OCR.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Ocr {
    /// Where the file has no text that can be read, and tesseract is installed
    Auto,
    /// Not at all
    Never,
    /// Every page
    Always,
}

impl From<Ocr> for reading::Ocr {
    fn from(when: Ocr) -> reading::Ocr {
        match when {
            Ocr::Auto => reading::Ocr::Auto,
            Ocr::Never => reading::Ocr::Never,
            Ocr::Always => reading::Ocr::Always,
        }
    }
}
