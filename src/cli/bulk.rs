//! The site's folder -> its texts by their front matter; and changes of files -> the disk, or a diff.

use std::fs::File;
use std::path::Path;

use plenary::bulk::changes::Changes;
use plenary::bulk::selection::Selection;
use plenary::bulk::texts::{Text, Texts};
use plenary::collect::names::{Names, Tables};
use plenary::config::Config;
use plenary::key::RecordKind;
use plenary::read::record::Record;
use plenary::read::survey;
use plenary::sources::Sources;
use plenary::stamp::Stamped;
use plenary::{edit, exclusive};

use super::arguments::Format;
use super::report::report;
use super::screen::{count, data, plain, print_message};
use super::{Failure, Outcome};

/// The site's front matter, for commands that do not build the site.
pub(crate) struct Desk {
    /// The site's files.
    pub(crate) sources: Sources,
    /// Its settings.
    pub(crate) config: Config,
    /// Its statements.
    pub(crate) texts: Texts,
    tables: Tables,
    records: Vec<Stamped<Record>>,
    _lock: Option<File>,
}

impl Desk {
    /// Reads the site. A command that writes holds a lock until the end, because two at a time would undo each other's
    /// changes.
    pub(crate) fn open(folder: &Path, writes: bool) -> Result<Desk, Failure> {
        let lock = if writes { Some(exclusive::lock(folder, "edit")?) } else { None };
        if writes {
            edit::clear(&folder.join("content"));
        }
        let sources = if writes { Sources::scan_settled(folder) } else { Sources::scan(folder) };
        let (config, problems) = survey::config(&sources);
        report(&problems, folder, Format::Human)?;
        let records = survey::records(&sources, &config, &RecordKind::ALL);
        let texts = Texts::read(&sources, &config);
        Ok(Desk { sources, texts, tables: Tables::load(), records, config, _lock: lock })
    }

    /// Returns what names in front matter mean.
    pub(crate) fn names(&self) -> Names<'_> {
        Names::new(&self.tables, &self.records, &mut Vec::new())
    }

    /// Returns the selected texts, which the user must have selected explicitly.
    pub(crate) fn chosen<'a>(&'a self, selection: &Selection, names: &Names<'_>) -> Result<Vec<&'a Text>, Failure> {
        if selection.is_empty() {
            let help = "name files, folders or ids, or give `--where CONDITION`, `--reviewed` or `--all`";
            return Err(Failure::Usage(format!("which texts are meant? {help}")));
        }
        let chosen = selection.of(&self.texts, names).map_err(Failure::Usage)?;
        self.print_unreadable();
        Ok(chosen)
    }

    /// Prints how many texts could not be considered.
    pub(crate) fn print_unreadable(&self) {
        let unreadable = self.texts.unreadable.len();
        if unreadable > 0 {
            let texts = count(unreadable, "text");
            print_message(&format!(
                "{texts} with unreadable front matter left out; `plenary check` says what is wrong"
            ));
        }
    }
}

/// Writes changes and prints the path of each file, or prints the diff in a dry run. If a file would become invalid,
/// nothing is written and the problems are reported.
pub(crate) fn carry_out(changes: &Changes, config: &Config, folder: &Path, dry_run: bool) -> Result<Outcome, Failure> {
    let errors = changes.errors(config);
    if !errors.is_empty() {
        // The lines of these problems are those of files that are not written, so they are shown without them.
        for problem in &errors {
            print_message(&plain(&problem.human(None)));
        }
        print_message("nothing was written");
        return Ok(Outcome::WrongContent);
    }
    if dry_run {
        let diff = changes.diff();
        if !diff.is_empty() {
            data(&plain_lines(diff.trim_end_matches('\n')))?;
        }
        return Ok(Outcome::Done);
    }
    changes.write(folder)?;
    changes.paths().try_for_each(|path| data(&plain(path)))?;
    Ok(Outcome::Done)
}

/// Returns a diff without characters that could control the terminal; tabs stay.
fn plain_lines(diff: &str) -> String {
    diff.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

/// Returns "3 files changed" or "3 files would change".
pub(crate) fn changed(changes: &Changes, dry_run: bool) -> String {
    let files = count(changes.count(), "file");
    if dry_run { format!("{files} would change") } else { format!("{files} changed") }
}
