//! The shipped theme -> files of the site, to be changed there.

use std::path::Path;

use plenary::edit::{self, Made};
use plenary::render::theme::default_files;

use super::arguments::Eject;
use super::screen::{count, data, tell};
use super::{Failure, Outcome};

/// Where the default theme's files lie in a site.
const FOLDER: &str = "themes/default";

/// Copies the shipped theme's files; what is there already is kept, unless it is to be written over.
pub(crate) fn eject(arguments: &Eject, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let (mut written, mut same, mut kept) = (0, 0, Vec::new());
    for (name, bytes) in default_files() {
        let file = folder.join(FOLDER).join(&name);
        let is_same = || std::fs::read(&file).is_ok_and(|there| there == bytes);
        if edit::create(&file, &bytes)? == Made::New {
            written += 1;
        } else if is_same() {
            same += 1;
            continue;
        } else if arguments.force {
            edit::replace(&file, &bytes)?;
            written += 1;
        } else {
            kept.push(name);
            continue;
        }
        data(&format!("{FOLDER}/{name}"))?;
    }
    if !quiet {
        for name in &kept {
            tell(&format!("kept {FOLDER}/{name}, which is there already and differs"));
        }
        let force = if kept.is_empty() { "" } else { "; --force writes over them" };
        let written = count(written, "file");
        tell(&format!(
            "{written} written, {same} there already as shipped, {} kept with your changes{force}",
            kept.len()
        ));
    }
    Ok(Outcome::Done)
}
