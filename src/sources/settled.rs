//! A folder to which other programs may be writing -> sources of which no file is half written.
//!
//! Nothing shows that a file is incomplete: an editor that saves in place, a copy or a download lets it grow, with
//! pauses. So a build waits until no file has been written to for a moment, and scans again before it publishes: a
//! program that continues writing will have written something by then.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::seen::{self, FileState};
use super::{Bytes, Source, Sources};
use crate::diagnostic::{Code, Diagnostic, Place};

/// How long no program must have written to a file. The writes of one save are a few milliseconds apart at most.
const QUIET: Duration = Duration::from_millis(100);
/// How long to wait for that before giving up.
const PATIENCE: Duration = Duration::from_secs(2);

impl Sources {
    /// Walks the site's folder like [`Sources::scan`], once no file in it has been written to for a moment. A file that
    /// never settles is reported as an error.
    pub fn scan_settled(root: &Path) -> Sources {
        let begun = Instant::now();
        loop {
            let mut sources = Sources::scan_files(root);
            let now = SystemTime::now();
            let young: Vec<(Duration, Arc<str>)> = (sources.all())
                .filter_map(|source| Some((source.state()?.unwritten_for(now)?, Arc::clone(&source.path))))
                .filter(|(age, _)| *age < QUIET)
                .collect();
            let Some(wait) = young.iter().map(|(age, _)| QUIET.saturating_sub(*age)).max() else {
                sources.read_log(root, None);
                return sources;
            };
            if begun.elapsed() > PATIENCE {
                sources.diagnostics.extend(young.iter().map(|(_, path)| being_written(path)));
                sources.read_log(root, None);
                return sources;
            }
            std::thread::sleep(wait);
        }
    }

    /// Scans the folder again, and returns a problem for each file that is new, deleted or changed.
    pub fn changed_since(&self, root: &Path) -> Vec<Diagnostic> {
        let now = Sources::scan_files(root);
        let states = |sources: &Sources| -> BTreeMap<Arc<str>, FileState> {
            sources.all().filter_map(|source| Some((Arc::clone(&source.path), source.state()?))).collect()
        };
        let (before, now) = (states(self), states(&now));
        let differs = |path: &&Arc<str>| before.get(*path) != now.get(*path);
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        now.keys().filter(differs).chain(gone).map(being_written).collect()
    }
}

/// Attempts at reading a file that changes while it is read.
const ATTEMPTS: u32 = 5;

/// Reads a file anywhere on disk once no program has written to it for a moment.
///
/// # Errors
///
/// Fails if the file cannot be read, or is written to continually, so that it may be incomplete.
pub fn read_settled(file: &Path) -> io::Result<Vec<u8>> {
    let look = || std::fs::metadata(file).map(|metadata| FileState::of(&metadata));
    for _ in 0..ATTEMPTS {
        wait(|| Ok(look()?.unwritten_for(SystemTime::now())), std::thread::sleep)?;
        let before = look()?;
        let bytes = seen::read(file)?;
        // It may have grown between taking its state and reading the first byte.
        if look()? == before {
            return Ok(bytes);
        }
    }
    Err(busy())
}

/// Waits until a file settles; `age` returns how long ago it was last written to.
fn wait(mut age: impl FnMut() -> io::Result<Option<Duration>>, mut pause: impl FnMut(Duration)) -> io::Result<()> {
    let mut waited = Duration::ZERO;
    while let Some(age) = age()?.filter(|age| *age < QUIET) {
        if waited > PATIENCE {
            return Err(busy());
        }
        let rest = QUIET.saturating_sub(age);
        pause(rest);
        waited += rest;
    }
    Ok(())
}

fn busy() -> io::Error {
    io::Error::new(ErrorKind::ResourceBusy, "another program is writing to it")
}

impl Source {
    /// Returns the state of the file when it was scanned, if it is on disk.
    fn state(&self) -> Option<FileState> {
        match &self.bytes {
            Bytes::Disk(_, state) => Some(*state),
            Bytes::Memory(_) => None,
        }
    }
}

fn being_written(path: &Arc<str>) -> Diagnostic {
    let message = "the file keeps changing while the site is built, so it may be half written";
    let help = "run this again when the program that writes it has finished; keep files that change all the time, such as logs, \
                outside the site's folder";
    Diagnostic::new(Code::UnreadableFile, Place::file(path), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_it_is_left_alone_and_refused_if_it_never_is() {
        let ms = |age: u64| Some(Duration::from_millis(age));
        for (ages, pauses) in [
            (vec![ms(5000)], Some(0)),
            // A timestamp in the future says nothing.
            (vec![None], Some(0)),
            (vec![ms(10), ms(40), ms(120)], Some(2)),
            (vec![ms(1); 100], None),
        ] {
            let (mut ages_left, mut paused) = (ages.clone().into_iter(), 0);
            let settled = wait(|| Ok(ages_left.next().unwrap()), |_| paused += 1);
            assert_eq!(settled.ok().map(|()| paused), pauses, "{ages:?}");
        }
    }
}
