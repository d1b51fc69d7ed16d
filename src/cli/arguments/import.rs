//! The arguments of `plenary import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plenary::import::reading;

use super::Format;

/// Import statements from files submitted by delegations.
///
/// Reads plain text in any encoding, Markdown, PDF, DOCX, ODT and HTML; folders and ZIP archives with everything in
/// them. Each file becomes a draft with whole paragraphs and every word kept; what the text says about itself becomes
/// front matter. The original is kept next to the draft, with its SHA-256. Everything uncertain is reported. Importing
/// again updates drafts, except those that a person has edited.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary import statements/                      a folder and its subfolders
  plenary import seeds --dry-run                  what would be written, and what is uncertain
  plenary import october/index.csv                the files named in a table, with its data on each
  plenary import october --report october.html    a page with each original and its draft side by side

Exit codes: 0 nothing needs review; 1 something does; 2 usage error; 3 I/O or system error.")]
pub(crate) struct Import {
    /// Files, folders, and CSV or JSON indexes that name files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// A TOML file with facts that hold for all files, and with patterns for their names.
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
    /// Use no profile, not even the one that the same paths were imported with before.
    #[arg(long, conflicts_with = "profile")]
    pub(crate) no_profile: bool,
    /// Write nothing; print what would be written and what is uncertain.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Also write drafts of texts that duplicate another statement.
    #[arg(long)]
    pub(crate) keep_duplicates: bool,
    /// When to read scanned or garbled PDFs by OCR (tesseract).
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) ocr: Ocr,
    /// Write a full report to this file: JSON or HTML if its name ends in .json or .html, otherwise text.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// The output format for problems.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// When to read pages by OCR.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Ocr {
    /// If the file has no readable text and tesseract is installed
    Auto,
    /// Never
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
