//! Programs of others, run on a copy of an original: with limits, killed with all that they started, and with the import
//! however that ends.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use tempfile::TempDir;

use crate::exclusive::has_ended;

/// A program, and how it comes onto a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    pub name: &'static str,
    /// The package's name on Debian, and of Homebrew on macOS.
    pub debian: &'static str,
    pub macos: &'static str,
}

impl Program {
    /// Says how to install it.
    pub fn installation(&self) -> String {
        format!(
            "install it: `apt-get install {}` on Debian and Ubuntu, `brew install {}` on macOS",
            self.debian, self.macos
        )
    }
}

/// What a run may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub time: Duration,
    /// Bytes that it may print.
    pub output: usize,
    /// Bytes of memory. Only Linux lets one program set this for another.
    pub memory: u64,
}

/// Why a run gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The program is not on the machine.
    Missing,
    /// It took longer than it may.
    TooSlow,
    /// It printed more than it may.
    TooMuch,
    /// It could not be run, or ended with an error: what it said.
    Failed(String),
}

/// What a run gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub bytes: Vec<u8>,
    /// What it complained of on the way.
    pub complaints: String,
}

/// A copy of an original in a folder of its own, which goes with it.
pub struct Copy {
    folder: TempDir,
    file: PathBuf,
}

impl Copy {
    /// Writes the copy under a plain name, so that no name is taken for an option.
    pub fn of(bytes: &[u8], name: &str) -> io::Result<Copy> {
        let folder = tempfile::Builder::new().prefix(&format!("{FOLDER}{}-", std::process::id())).tempdir()?;
        let file = folder.path().join(name);
        tempfile::NamedTempFile::new_in(folder.path())
            .and_then(|mut copy| copy.write_all(bytes).map(|()| copy))
            .and_then(|copy| copy.persist(&file).map_err(|error| error.error))?;
        Ok(Copy { folder, file })
    }

    /// Returns the copy's path.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Returns the folder that the copy is alone in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a file beside the copy, in folders that are made for it.
    #[expect(clippy::disallowed_methods, reason = "the folder is the copy's own and goes with it")]
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.folder.path().join(name);
        file.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(file, bytes)
    }

    /// Reads what a program wrote beside the copy, if it is not larger than it may be.
    #[expect(clippy::disallowed_methods, reason = "the folder is the copy's own and goes with it")]
    pub fn beside(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.folder.path().join(name))?.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    /// Runs a program in the copy's folder.
    pub fn run(
        &self,
        program: Program,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        limits: Limits,
    ) -> Result<Printed, Failure> {
        run(program.name, arguments.into_iter().map(Into::into), self.folder.path(), limits)
    }
}

/// What can be done where no copy can be made.
pub const TEMPORARY: &str = "see that the folder for temporary files can be written to";

/// How folders of copies are called; the process comes next.
const FOLDER: &str = "plenary-import-";

/// Deletes the copies that an import left that was killed. What is returned sees to it that this one leaves none, even if it
/// is killed, and has to be kept until the end.
#[must_use]
pub fn clear() -> Watch {
    let folder = std::env::temp_dir();
    clear_in(&folder);
    let own = format!("{FOLDER}{}-", std::process::id());
    // The programs are killed in the same moment; what they are still writing is to be deleted as well.
    Watch::new("read -r line; sleep 1; rm -rf -- \"$1\"/\"$2\"*", &[folder.as_os_str(), own.as_ref()])
}

/// A shell that waits until the import has ended, in whatever way, and then does something. It leads a group of processes of
/// its own. Nothing in it can be asked of the system for a process that is killed, so it waits for a pipe to be closed.
pub struct Watch(Option<Child>);

impl Watch {
    fn new(script: &str, arguments: &[&OsStr]) -> Watch {
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(script).arg("plenary-watch").args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        in_group(&mut command, 0);
        // Where there is no shell, the import works as well; only its being killed is not seen.
        Watch(if cfg!(unix) { command.spawn().ok() } else { None })
    }

    /// Begins a group of programs that are killed with the import.
    fn of_programs() -> Watch {
        Watch::new("read -r line; kill -KILL 0", &[])
    }

    /// Returns the number of the group; 0 where nobody watches.
    fn group(&self) -> i32 {
        self.0.as_ref().map_or(0, |shell| shell.id() as i32)
    }
}

impl Drop for Watch {
    /// Ends the watch, and all that is in its group.
    fn drop(&mut self) {
        if let Some(shell) = &mut self.0 {
            kill(shell);
        }
    }
}

#[cfg(unix)]
fn in_group(command: &mut Command, group: i32) {
    std::os::unix::process::CommandExt::process_group(command, group);
}

#[cfg(not(unix))]
fn in_group(_: &mut Command, _: i32) {}

#[expect(clippy::disallowed_methods, reason = "the folders of copies are its own, and lie in no site")]
fn clear_in(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(FOLDER)?.split_once('-')?.0.parse().ok());
        // What cannot be deleted belongs to somebody else.
        if process.is_some_and(has_ended) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Bytes of complaints that are kept.
const COMPLAINTS: u64 = 1 << 16;

fn run(
    name: &str,
    arguments: impl Iterator<Item = OsString>,
    folder: &Path,
    limits: Limits,
) -> Result<Printed, Failure> {
    let mut command = Command::new(name);
    // One thread for each: the files are read side by side.
    command.args(arguments).current_dir(folder).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // The watch comes first, so that there is no moment in which the program runs and nobody watches.
    let watch = Watch::of_programs();
    in_group(&mut command, watch.group());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Failed(error.to_string()),
    })?;
    limit_memory(&child, limits.memory);
    let printed = gathered(child.stdout.take(), limits.output as u64 + 1);
    let complaints = gathered(child.stderr.take(), COMPLAINTS);
    let outcome = match printed.recv_timeout(limits.time) {
        Ok(bytes) if bytes.len() > limits.output => Err(Failure::TooMuch),
        Ok(bytes) => Ok(bytes),
        Err(RecvTimeoutError::Timeout) => Err(Failure::TooSlow),
        Err(RecvTimeoutError::Disconnected) => Err(Failure::Failed("its output could not be read".into())),
    };
    let status = if outcome.is_ok() { ended(&mut child) } else { None };
    drop(watch);
    kill(&mut child);
    let bytes = outcome?;
    let complaints = complaints.recv_timeout(AFTER).unwrap_or_default();
    let complaints = String::from_utf8_lossy(&complaints).trim().to_owned();
    match status {
        Some(status) if status.success() => Ok(Printed { bytes, complaints }),
        Some(status) if complaints.is_empty() => Err(Failure::Failed(status.to_string())),
        Some(_) => Err(Failure::Failed(complaints)),
        None => Err(Failure::TooSlow),
    }
}

/// Reads a pipe to its end on a thread of its own; of what is longer, the beginning.
fn gathered(pipe: Option<impl Read + Send + 'static>, most: u64) -> mpsc::Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let Some(pipe) = pipe else { return };
        let mut bytes = Vec::new();
        if pipe.take(most).read_to_end(&mut bytes).is_ok() {
            // Nobody listens any more where the program took too long.
            let _ = send.send(bytes);
        }
    });
    receive
}

/// How long a program may go on after it has closed its output.
const AFTER: Duration = Duration::from_secs(2);

fn ended(child: &mut Child) -> Option<ExitStatus> {
    const STEP: Duration = Duration::from_millis(2);
    for _ in 0..AFTER.as_millis() / STEP.as_millis() {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        std::thread::sleep(STEP);
    }
    None
}

/// Ends a program and all that it started. One that has ended already is none the worse for it.
fn kill(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(child), rustix::process::Signal::KILL);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(target_os = "linux")]
fn limit_memory(child: &Child, bytes: u64) {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    // A program that has ended already needs no limit.
    let _ = prlimit(Some(Pid::from_child(child)), Resource::As, limit);
}

#[cfg(not(target_os = "linux"))]
fn limit_memory(_: &Child, _: u64) {}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { time: Duration::from_secs(20), output: 1000, memory: 1 << 30 };

    fn shell(script: &str, limits: Limits) -> Result<Printed, Failure> {
        let copy = Copy::of(b"words", "original.txt").unwrap();
        copy.run(Program { name: "sh", debian: "dash", macos: "dash" }, ["-c", script], limits)
    }

    #[test]
    fn what_a_killed_import_left_is_cleared_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        // No system numbers a process so high.
        let (left, own) = (format!("{FOLDER}{}-abc", i32::MAX), format!("{FOLDER}{}-abc", std::process::id()));
        for name in [left.as_str(), own.as_str(), "plenary-import-notes"] {
            let made = tempfile::Builder::new().prefix(name).rand_bytes(0).tempdir_in(folder.path());
            let _ = made.unwrap().keep();
        }
        clear_in(folder.path());
        let there = |name: &str| folder.path().join(name).exists();
        assert_eq!((there(&left), there(&own), there("plenary-import-notes")), (false, true, true));
    }

    #[test]
    fn what_a_program_prints_is_returned() {
        let printed = shell("cat original.txt; echo oh >&2", LIMITS).unwrap();
        assert_eq!((printed.bytes.as_slice(), printed.complaints.as_str()), (&b"words"[..], "oh"));
        assert_eq!(shell("echo oh >&2; exit 3", LIMITS), Err(Failure::Failed("oh".into())));
    }

    #[test]
    fn a_program_keeps_to_its_limits_and_its_children_go_with_it() {
        let soon = Limits { time: Duration::from_millis(300), ..LIMITS };
        assert_eq!(shell("sleep 600 & sleep 600", soon), Err(Failure::TooSlow));
        assert_eq!(shell("while :; do echo words; done", LIMITS), Err(Failure::TooMuch));
        // The shell has closed its output, and goes on.
        assert_eq!(shell("exec >&- 2>&-; sleep 600", LIMITS), Err(Failure::TooSlow));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_gets_no_more_memory_than_it_may() {
        let doubling = "a=words; sleep 1; while :; do a=$a$a; done";
        assert!(matches!(shell(doubling, Limits { memory: 64 << 20, ..LIMITS }), Err(Failure::Failed(_))));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let copy = Copy::of(b"", "original.txt").unwrap();
        let program = Program { name: "plenary-no-such-program", debian: "a", macos: "b" };
        assert_eq!(copy.run(program, ["x"], LIMITS), Err(Failure::Missing));
        assert!(program.installation().contains("apt-get install a"));
    }
}
