//! A folder in which others may be writing -> sources of which no file is half written.
//!
//! Nothing tells a reader that a file is only half there: an editor that saves in place, a copy or a download has it
//! grow, in pauses too. So a build waits until every file was left alone for a moment, and looks again before it
//! publishes: a program that goes on writing will have written by then.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::seen::{self, Seen};
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

/// How often a file is read that changes while it is read.
const ATTEMPTS: u32 = 5;

/// Reads a file anywhere on the disk once nobody has written to it for a moment. A file that is written to all the while is
/// an error, for nobody can say whether it is whole.
pub fn read_settled(file: &Path) -> io::Result<Vec<u8>> {
    let look = || std::fs::metadata(file).map(|metadata| Seen::of(&metadata));
    for _ in 0..ATTEMPTS {
        wait(|| Ok(look()?.unwritten_for(SystemTime::now())), std::thread::sleep)?;
        let before = look()?;
        let bytes = seen::read(file)?;
        // It may have grown between the look at it and the first byte.
        if look()? == before {
            return Ok(bytes);
        }
    }
    Err(busy())
}

/// Waits until a file is left alone; `age` says how long nobody has written to it.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_it_is_left_alone_and_refused_if_it_never_is() {
        let ms = |age: u64| Some(Duration::from_millis(age));
        for (ages, pauses) in [
            (vec![ms(5000)], Some(0)),
            // A time in the future says nothing.
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
