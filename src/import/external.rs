//! External programs, run on a copy of an original: with limits, killed together with everything they started, and
//! killed when the import ends, however it ends.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use tempfile::TempDir;

use crate::exclusive::has_ended;

/// A program, and how to install it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    /// Name of the executable.
    pub name: &'static str,
    /// Name of the package on Debian.
    pub debian: &'static str,
    /// Name of the Homebrew package on macOS.
    pub macos: &'static str,
}

impl Program {
    /// Returns a sentence that says how to install it.
    pub fn installation(&self) -> String {
        format!(
            "install it: `apt-get install {}` on Debian and Ubuntu, `brew install {}` on macOS",
            self.debian, self.macos
        )
    }
}

/// Limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time until the program has closed its output.
    pub time: Duration,
    /// The maximum number of bytes that it may print.
    pub output: usize,
    /// The maximum number of bytes of memory. Only Linux lets one process set this for another.
    pub memory: u64,
}

/// Why a run returned nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The program is not installed.
    Missing,
    /// It took longer than allowed.
    TooSlow,
    /// It printed more than allowed.
    TooMuch,
    /// It could not be started, or ended with an error: its error message.
    Failed(String),
}

/// The output of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Standard output.
    pub bytes: Vec<u8>,
    /// Standard error, decoded and trimmed.
    pub complaints: String,
}

/// A copy of an original in its own temporary folder, which is deleted when this value is dropped.
pub struct Copy {
    folder: TempDir,
    file: PathBuf,
}

impl Copy {
    /// Writes the copy under a fixed name, so that no file name can be mistaken for an option.
    ///
    /// # Errors
    /// Fails if the temporary folder cannot be written to.
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

    /// Returns the folder, which holds nothing but the copy and what programs write.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file next to the copy, and creates the folders it is in.
    ///
    /// # Errors
    /// Fails if the folder cannot be written to.
    #[expect(clippy::disallowed_methods, reason = "the folder is the copy's own and goes with it")]
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.folder.path().join(name);
        file.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(file, bytes)
    }

    /// Reads a file that a program wrote next to the copy, of at most this many bytes.
    ///
    /// # Errors
    /// Fails if the file is missing, unreadable or too large.
    #[expect(clippy::disallowed_methods, reason = "the folder is the copy's own and goes with it")]
    pub fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.folder.path().join(name))?.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    /// Runs a program in the copy's folder.
    ///
    /// # Errors
    /// Returns why there is no output: not installed, over a limit, or failed.
    pub fn run(
        &self,
        program: Program,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
        limits: Limits,
    ) -> Result<Printed, Failure> {
        run(program.name, arguments.into_iter().map(Into::into), self.folder.path(), limits)
    }
}

/// Help for when no copy can be made.
pub const TEMPORARY: &str = "make sure that the folder for temporary files is writable";

/// Prefix of the folders of copies; the process id follows.
const FOLDER: &str = "plenary-import-";

/// Deletes the copies left behind by imports that were killed. The returned guard makes sure that this import leaves
/// none either, even if it is killed; keep it until the end.
#[must_use]
pub fn clear() -> Watch {
    let folder = std::env::temp_dir();
    clear_in(&folder);
    let own = format!("{FOLDER}{}-", std::process::id());
    // The programs are killed at the same moment; the second of sleep lets what they are still writing be deleted as
    // well.
    Watch::new("read -r line; sleep 1; rm -rf -- \"$1\"/\"$2\"*", &[folder.as_os_str(), own.as_ref()])
}

/// A shell that waits until the import has ended, for any reason, and then does something. It leads its own process
/// group. No system notifies anybody when a process is killed, so the shell waits for a pipe to close, which always
/// happens.
pub struct Watch(Option<Child>);

impl Watch {
    fn new(script: &str, arguments: &[&OsStr]) -> Watch {
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(script).arg("plenary-watch").args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        in_group(&mut command, 0);
        // The import also works without a shell; only a kill then goes unnoticed.
        Watch(if cfg!(unix) { command.spawn().ok() } else { None })
    }

    /// Starts a group of programs that are killed with the import.
    fn of_programs() -> Watch {
        Watch::new("read -r line; kill -KILL 0", &[])
    }

    /// Returns the id of the process group; 0 if there is no shell.
    fn group(&self) -> i32 {
        self.0.as_ref().map_or(0, |shell| shell.id() as i32)
    }
}

impl Drop for Watch {
    /// Ends the shell and everything in its group.
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

#[expect(clippy::disallowed_methods, reason = "temporary folders of copies, outside every site")]
fn clear_in(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(FOLDER)?.split_once('-')?.0.parse().ok());
        // A folder that cannot be deleted belongs to another user.
        if process.is_some_and(has_ended) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The maximum number of bytes of standard error that are kept.
const COMPLAINTS: u64 = 1 << 16;

fn run(
    name: &str,
    arguments: impl Iterator<Item = OsString>,
    folder: &Path,
    limits: Limits,
) -> Result<Printed, Failure> {
    let mut command = Command::new(name);
    // One thread per program: files are already read in parallel.
    command.args(arguments).current_dir(folder).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // The watch starts first, so that the program never runs unwatched.
    let watch = Watch::of_programs();
    in_group(&mut command, watch.group());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Failed(error.to_string()),
    })?;
    limit_memory(&child, limits.memory);
    // Both pipes are read on threads: a program that fills a pipe which nobody reads would block forever.
    let printed = read_in_background(child.stdout.take(), limits.output as u64 + 1);
    let complaints = read_in_background(child.stderr.take(), COMPLAINTS);
    let outcome = match printed.recv_timeout(limits.time) {
        Ok(bytes) if bytes.len() > limits.output => Err(Failure::TooMuch),
        Ok(bytes) => Ok(bytes),
        Err(RecvTimeoutError::Timeout) => Err(Failure::TooSlow),
        Err(RecvTimeoutError::Disconnected) => Err(Failure::Failed("its output could not be read".into())),
    };
    let status = if outcome.is_ok() { wait_for(&mut child) } else { None };
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

/// Reads a pipe to its end on a thread of its own, up to a limit.
fn read_in_background(pipe: Option<impl Read + Send + 'static>, most: u64) -> mpsc::Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let Some(pipe) = pipe else { return };
        let mut bytes = Vec::new();
        if pipe.take(most).read_to_end(&mut bytes).is_ok() {
            // The receiver has been dropped if the program took too long.
            let _ = send.send(bytes);
        }
    });
    receive
}

/// How long a program may keep running after it has closed its output.
const AFTER: Duration = Duration::from_secs(2);

/// Waits for a program that has closed its output; returns `None` if it keeps running.
fn wait_for(child: &mut Child) -> Option<ExitStatus> {
    const STEP: Duration = Duration::from_millis(2);
    for _ in 0..AFTER.as_millis() / STEP.as_millis() {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        std::thread::sleep(STEP);
    }
    None
}

/// Kills a program and everything that it started. Killing one that has already ended is harmless.
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
    // A program that has already ended needs no limit.
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
        // No system assigns process ids this high.
        let (left, own) = (format!("{FOLDER}{}-abc", i32::MAX), format!("{FOLDER}{}-abc", std::process::id()));
        for name in [left.as_str(), own.as_str(), "plenary-import-notes"] {
            let made = tempfile::Builder::new().prefix(name).rand_bytes(0).tempdir_in(folder.path());
            let _ = made.unwrap().keep();
        }
        clear_in(folder.path());
        let exists = |name: &str| folder.path().join(name).exists();
        assert_eq!((exists(&left), exists(&own), exists("plenary-import-notes")), (false, true, true));
    }

    #[test]
    fn what_a_program_prints_is_returned() {
        let printed = shell("cat original.txt; echo oh >&2", LIMITS).unwrap();
        assert_eq!((printed.bytes.as_slice(), printed.complaints.as_str()), (&b"words"[..], "oh"));
        assert_eq!(shell("echo oh >&2; exit 3", LIMITS), Err(Failure::Failed("oh".into())));
    }

    #[test]
    fn a_program_is_held_to_its_limits_and_its_children_die_with_it() {
        let soon = Limits { time: Duration::from_millis(300), ..LIMITS };
        assert_eq!(shell("sleep 600 & sleep 600", soon), Err(Failure::TooSlow));
        assert_eq!(shell("while :; do echo words; done", LIMITS), Err(Failure::TooMuch));
        // The shell closes its output and keeps running.
        assert_eq!(shell("exec >&- 2>&-; sleep 600", LIMITS), Err(Failure::TooSlow));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_cannot_use_more_memory_than_allowed() {
        let doubling = "a=words; sleep 1; while :; do a=$a$a; done";
        assert!(matches!(shell(doubling, Limits { memory: 64 << 20, ..LIMITS }), Err(Failure::Failed(_))));
    }

    #[test]
    fn a_missing_program_is_named() {
        let copy = Copy::of(b"", "original.txt").unwrap();
        let program = Program { name: "plenary-no-such-program", debian: "a", macos: "b" };
        assert_eq!(copy.run(program, ["x"], LIMITS), Err(Failure::Missing));
        assert!(program.installation().contains("apt-get install a"));
    }
}
