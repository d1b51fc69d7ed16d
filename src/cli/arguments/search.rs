//! The arguments of `plenary search`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use plenary::bulk::condition::Condition;

use super::Choice;

/// Find what was said: words, a phrase, or where a quotation comes from.
///
/// Finds what the search page of the site finds, in the same order: texts with all words, in any of their forms. Words in
/// quotation marks are a phrase, `-word` excludes, `OR` means either, `begin*` means every word that begins so. The content
/// is read each time, so no build is needed.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary search common heritage                  texts with both words
  plenary search '\"common heritage\" -moon'        the phrase, and not the word
  plenary search 'disarm*'                          every word that begins so
  plenary search '\"arms race\"' --where delegation=KAZ --where year=2017
  plenary search '\"arms race\"' --format json | jq -r .statement
  plenary search --quote passage.txt              who said this, and is it word for word?")]
pub(crate) struct Search {
    /// The words to find.
    #[arg(value_name = "WORDS", required_unless_present = "quote", conflicts_with = "quote")]
    pub(crate) words: Vec<String>,
    /// Only statements whose front matter matches, such as delegation=KAZ or 'date>=2017'; can be repeated.
    #[arg(long = "where", value_name = "CONDITION", value_parser = Condition::parse)]
    pub(crate) conditions: Vec<Condition>,
    /// Check a quotation against the texts: a file with the quoted passage, or `-` for the standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) quote: Option<PathBuf>,
    /// The number of results to print [default: 10; with `--format json`, all].
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// The output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Output,
}

/// The form in which results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Text
    Human,
    /// One JSON object a line
    Json,
}
