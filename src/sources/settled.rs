//! A folder in which others may be writing -> sources of which no file is half written.
//!
//! Nothing tells a reader that a file is only half there: an editor that saves in place, a copy or a download has it
//! grow, in pauses too. So a build waits until every file was left alone for a moment, and looks again before it
//! publishes: a program that goes on writing will have written by then.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::seen::Seen;
use super::{Bytes, Source, Sources};
use crate::diagnostic::{Code, Diagnostic, Place};

/// How long a file must have been left alone. Between two writes of one save there are some milliseconds at most.
const QUIET: Duration = Duration::from_millis(100);
/// How long to wait for that.
const PATIENCE: Duration = Duration::from_secs(2);

impl Sources {
    /// Walks the site's folder as `scan` does, once no file in it has been written for a moment. A file that is never left
    /// alone is an error.
    pub fn scan_settled(root: &Path) -> Sources {
        let begun = Instant::now();
        loop {
            let mut sources = Sources::scan(root);
            let now = SystemTime::now();
            let young: Vec<(Duration, Arc<str>)> = (sources.all())
                .filter_map(|source| Some((source.state()?.unwritten_for(now)?, Arc::clone(&source.path))))
                .filter(|(age, _)| *age < QUIET)
                .collect();
            let Some(wait) = young.iter().map(|(age, _)| QUIET.saturating_sub(*age)).max() else { return sources };
            if begun.elapsed() > PATIENCE {
                sources.diagnostics.extend(young.iter().map(|(_, path)| being_written(path)));
                return sources;
            }
            std::thread::sleep(wait);
        }
    }

    /// Looks at the folder again, and returns a problem for each file that is new, gone, or not as it was.
    pub fn changed_since(&self, root: &Path) -> Vec<Diagnostic> {
        let now = Sources::scan(root);
        let states = |sources: &Sources| -> BTreeMap<Arc<str>, Seen> {
            sources.all().filter_map(|source| Some((Arc::clone(&source.path), source.state()?))).collect()
        };
        let (before, now) = (states(self), states(&now));
        let differs = |path: &&Arc<str>| before.get(*path) != now.get(*path);
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        now.keys().filter(differs).chain(gone).map(being_written).collect()
    }
}

impl Source {
    /// Returns the state in which the file was seen, if it lies on the disk.
    fn state(&self) -> Option<Seen> {
        match &self.bytes {
            Bytes::Disk(_, state) => Some(*state),
            Bytes::Memory(_) => None,
        }
    }
}

fn being_written(path: &Arc<str>) -> Diagnostic {
    let message = "the file keeps changing while the site is built, so it may be half written";
    let help = "run this again when whatever writes it has ended; what never ends, such as a log or a file that is synchronised, \
                belongs outside of the site's folder";
    Diagnostic::new(Code::UnreadableFile, Place::file(path), message).help(help)
}
