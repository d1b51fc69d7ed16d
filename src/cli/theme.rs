//! The built-in theme -> files in the site's folder, to be changed there.

use std::path::Path;

use plenary::edit::{self, Made};
use plenary::render::theme::default_files;

use super::arguments::Eject;
use super::screen::{count, data, print_message};
use super::{Failure, Outcome};

/// Where the default theme's files are in a site.
const FOLDER: &str = "themes/default";

/// Copies the built-in theme's files; existing files are kept, unless `--force` is given.
pub(crate) fn eject(arguments: &Eject, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let (mut written, mut same, mut kept) = (0, 0, Vec::new());
    for (name, bytes) in default_files() {
        let file = folder.join(FOLDER).join(&name);
        let is_same = || std::fs::read(&file).is_ok_and(|existing| existing == bytes);
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
            print_message(&format!("kept {FOLDER}/{name}, which differs from the built-in file"));
        }
        let force = if kept.is_empty() { "" } else { "; --force overwrites them" };
        let written = count(written, "file");
        print_message(&format!("{written} written, {same} unchanged, {} kept with your changes{force}", kept.len()));
    }
    Ok(Outcome::Done)
}
