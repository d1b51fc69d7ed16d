//! The arguments of `plenary new`.

use clap::Args;
use plenary::read::date::Date;

use super::{edtf, language};

/// Create a statement or a record to fill in.
///
/// The id is the file's name and the URL: a-z, 0-9 and hyphens. If the date is within one year, the file is created in
/// that year's folder. For an existing id, `--language` adds another language version next to it. With a kind before
/// the id, a record is created: topic, delegation, speaker, forum, group or document.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  plenary new xaa-2024-debris --delegation XAA --date 2024-06-04
  plenary new xaa-2024-debris --language fr       its French version
  plenary new kaz-letter --title \"Letter of Kazakhstan\" --date 2017/2018
  plenary new topic debris --title \"Space debris\"
  plenary new document A/RES/72/27
  $EDITOR \"$(plenary new kaz-letter)\"")]
pub(crate) struct New {
    /// The statement's id, such as xaa-2024-debris; or the kind of a record, and its name.
    #[arg(value_names = ["KIND", "ID"], num_args = 1..=2, required = true)]
    pub(crate) words: Vec<String>,
    /// The delegation: a code such as KAZ, or a name such as Kazakhstan.
    #[arg(long, value_name = "CODE")]
    pub(crate) delegation: Option<String>,
    /// The date, as exactly as the source gives it (EDTF): 2024-06-04, 2024-06, 2024, 2024?, 2016/2019.
    #[arg(long, value_parser = edtf)]
    pub(crate) date: Option<Date>,
    /// The forum: a code such as unga-c1, or a name.
    #[arg(long, value_name = "CODE")]
    pub(crate) forum: Option<String>,
    /// The language of the text (a BCP 47 tag), such as fr or zh-Hans.
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(crate) language: Option<String>,
    /// The title [default: made from the delegation's name].
    #[arg(long)]
    pub(crate) title: Option<String>,
}
