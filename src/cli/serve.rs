//! The site's folder -> a preview that follows every save.

use std::path::Path;

use super::arguments::Serve;
use super::{Failure, Outcome};

/// Serves until it is interrupted.
pub(crate) fn run(_arguments: &Serve, _folder: &Path, _quiet: bool) -> Result<Outcome, Failure> {
    Err(Failure::Usage("`serve` is not there yet".to_owned()))
}
