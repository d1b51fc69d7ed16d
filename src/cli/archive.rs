//! The collection -> a package for an archive.

use std::path::Path;

use plenary::archive::Package;
use plenary::config::Outputs;
use plenary::pipeline::Settings;
use plenary::sources::Sources;

use super::arguments::{Archive, Format};
use super::report::{Tally, report};
use super::screen::{count, print_message};
use super::site::make;
use super::{Failure, Outcome};

/// Packs what the site publishes.
pub(crate) fn run(arguments: &Archive, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    // Whatever the site publishes besides its pages, an archive takes texts and tables in full.
    let outputs = Outputs { markdown: true, ..Outputs::default() };
    let settings = Settings { as_of: arguments.as_of, outputs: Some(outputs), ..Settings::default() };
    let site = make(&Sources::scan_settled(folder), settings, quiet);
    let tally = Tally::counted(&site);
    if tally.stops(false) {
        report(&site.diagnostics, folder, Format::Human)?;
        print_message("nothing was packed: correct the errors first");
        return Ok(Outcome::WrongContent);
    }
    let Some(package) = Package::new(&site, arguments.originals, arguments.date) else {
        return Err(Failure::Usage("no published text has a date; give the day of the package with --date".to_owned()));
    };
    let packed = package.write(&arguments.to)?;
    if !quiet {
        let (texts, files) = (count(packed.texts, "text"), count(packed.files, "file"));
        let originals = match (arguments.originals, packed.originals) {
            (true, originals) => format!(" and {} beside them", count(originals, "file")),
            (false, _) => String::new(),
        };
        let (to, bytes) = (arguments.to.display(), packed.bytes);
        print_message(&format!("Packed {texts}{originals} into {to}: {files}, {bytes} bytes"));
        print_message("  any program for BagIt can check it, for example: bagit.py --validate");
    }
    Ok(Outcome::Done)
}
