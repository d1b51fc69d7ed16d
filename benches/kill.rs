//! Kills builds, locks and imports at random moments -> whether the files they leave are intact and the next run
//! recovers.
//!
//! ```text
//! cargo bench --bench kill -- [--minutes N] [--statements N] [--seed N] [--work FOLDER] [--program FILE]
//! ```
//!
//! A round edits a site at random, runs one command on a copy of it to its end, starts the same command on the site
//! itself and kills it (SIGKILL) within the time it takes. Then every file must be the old or the new one, byte for
//! byte; a folder with some of each must say in its manifest that it is incomplete; the next run must succeed with the
//! same result as the copy, and leave no temporary files. Violations are printed, and the exit code is 1.
#![expect(clippy::disallowed_methods, reason = "a test of what is on the disk reads it, and a clock")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

#[path = "shared/chance.rs"]
mod chance;
#[path = "shared/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use chance::{Chance, options, statement};
use program::program;

/// Path below a folder -> bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// What is done to the site in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Build,
    Lock,
    Import,
}

/// The folder of the site that the work writes.
fn written(work: Work) -> &'static str {
    match work {
        Work::Build => "public",
        Work::Lock => "locks",
        Work::Import => "content",
    }
}

/// Names of what no run that came to its end leaves.
const TEMPORARY: &[&str] = &[".plenary-staging", ".plenary-lock", ".plenary-manifest.partial.json", ".tmp"];
/// The manifests of a complete and of an incomplete output folder.
const MANIFEST: &str = ".plenary-manifest.json";
const PARTIAL: &str = ".plenary-manifest.partial.json";

/// What was seen of one kind of work.
#[derive(Default)]
struct Tally {
    rounds: usize,
    /// Runs that ended before they were killed are not kills.
    killed: usize,
    /// Kills after which the folder was as before, or as after a whole run; and those that left some of each.
    old: usize,
    new: usize,
    between: usize,
}

fn main() -> anyhow::Result<()> {
    let options = options();
    let number = |name: &str, otherwise: u64| options.get(name).map_or(Ok(otherwise), |number| number.parse());
    let (minutes, statements, seed) = (number("minutes", 1)?, number("statements", 150)?, number("seed", 1)?);
    let work = options.get("work").map_or_else(|| std::env::temp_dir().join("plenary-kill"), PathBuf::from);
    let mut test = Test::new(program(&options), work, statements as usize, seed)?;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(60 * minutes) {
        test.round()?;
    }
    for (work, tally) in &test.tallies {
        let Tally { rounds, killed, old, new, between } = tally;
        println!(
            "{work:?}: {rounds} rounds, {killed} kills; left as before {old}, as after {new}, some of each {between}"
        );
    }
    println!("{} promises broken (seed {seed}, {} s)", test.broken, begun.elapsed().as_secs());
    fs::remove_dir_all(&test.folder)?;
    std::process::exit(i32::from(test.broken > 0));
}

/// A site under test, and what was seen so far.
struct Test {
    program: PathBuf,
    folder: PathBuf,
    site: PathBuf,
    chance: Chance,
    tallies: BTreeMap<Work, Tally>,
    broken: usize,
    rounds: usize,
}

impl Test {
    fn new(program: PathBuf, folder: PathBuf, statements: usize, seed: u64) -> anyhow::Result<Test> {
        let _ = fs::remove_dir_all(&folder);
        let site = folder.join("site");
        fs::create_dir_all(site.join("content/statements"))?;
        fs::write(site.join("site.toml"), "title = \"Killed\"\nbase_url = \"https://plenary.example/\"\n")?;
        let mut chance = Chance::new(seed);
        for number in 0..statements {
            fs::write(site.join(format!("content/statements/s-{number}.md")), statement(&mut chance, number))?;
        }
        Ok(Test { program, folder, site, chance, tallies: BTreeMap::new(), broken: 0, rounds: 0 })
    }

    fn round(&mut self) -> anyhow::Result<()> {
        let work = [Work::Build, Work::Lock, Work::Import][self.rounds % 3];
        self.rounds += 1;
        self.edit(work)?;
        let before = files(&self.site.join(written(work)))?;
        let reference = self.folder.join("reference");
        let _ = fs::remove_dir_all(&reference);
        copy(&self.site, &reference)?;
        let begun = Instant::now();
        ensure!(self.run(work, &reference)?, "{work:?} fails on a site that was not touched: {}", reference.display());
        let took = begun.elapsed();
        let after = files(&reference.join(written(work)))?;

        let mut child = self.command(work, &self.site).spawn().context("cannot start the program")?;
        std::thread::sleep(took.mul_f64(1.1 * self.chance.share()));
        let is_killed = child.try_wait()?.is_none();
        child.kill()?;
        child.wait()?;
        let left = files(&self.site.join(written(work)))?;
        self.judge(work, is_killed, &before, &left, &after);

        let mended = self.run(work, &self.site)?;
        self.promise(mended, work, "the next run fails");
        let now = files(&self.site.join(written(work)))?;
        let differs = differing(&now, &after);
        self.promise(differs.is_empty(), work, &format!("the next run comes to something else: {differs:?}"));
        let temporary: Vec<&String> =
            now.keys().filter(|name| TEMPORARY.iter().any(|temporary| name.contains(temporary))).collect();
        self.promise(temporary.is_empty(), work, &format!("temporary files are left: {temporary:?}"));
        Ok(())
    }

    /// Checks what the killed run left.
    fn judge(&mut self, work: Work, is_killed: bool, before: &Files, left: &Files, after: &Files) {
        let is_known = |name: &String, bytes: &Vec<u8>| {
            TEMPORARY.iter().any(|temporary| name.contains(temporary))
                || before.get(name) == Some(bytes)
                || after.get(name) == Some(bytes)
        };
        let torn: Vec<&String> = left.iter().filter(|(name, bytes)| !is_known(name, bytes)).map(|of| of.0).collect();
        self.promise(torn.is_empty(), work, &format!("files are neither old nor new: {torn:?}"));
        let is_lost =
            |name: &&String| before.contains_key(*name) && !left.contains_key(*name) && !name.contains(MANIFEST);
        let lost: Vec<&String> = after.keys().filter(is_lost).collect();
        self.promise(lost.is_empty(), work, &format!("files are gone that were there before and after: {lost:?}"));
        let pages = |files: &Files| -> Files {
            let is_page = |name: &str| !name.contains(".plenary") && !name.ends_with(".tmp");
            files.iter().filter(|(name, _)| is_page(name)).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
        };
        let (is_old, is_new) = (pages(left) == pages(before), pages(left) == pages(after));
        if work == Work::Build && !is_old && !is_new {
            let says_so = left.contains_key(PARTIAL) && !left.contains_key(MANIFEST);
            self.promise(says_so, work, "a folder with old and new pages does not say that it is not whole");
        }
        if work == Work::Lock {
            let temporary: Vec<&String> = left.keys().filter(|name| name.contains(".plenary")).collect();
            self.promise(temporary.is_empty(), work, &format!("temporary files are among the locks: {temporary:?}"));
        }
        let tally = self.tallies.entry(work).or_default();
        tally.rounds += 1;
        if is_killed {
            tally.killed += 1;
            *if is_old {
                &mut tally.old
            } else if is_new {
                &mut tally.new
            } else {
                &mut tally.between
            } += 1;
        }
    }

    fn promise(&mut self, kept: bool, work: Work, otherwise: &str) {
        if !kept {
            self.broken += 1;
            println!("round {}, {work:?}: {otherwise}", self.rounds);
        }
    }

    /// Changes the site: some statements are edited, some come and go; for an import there are new originals.
    fn edit(&mut self, work: Work) -> anyhow::Result<()> {
        let statements = self.site.join("content/statements");
        let mut names: Vec<PathBuf> =
            fs::read_dir(&statements)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
        names.retain(|path| path.is_file());
        names.sort();
        for _ in 0..names.len() / 3 {
            let path = &names[self.chance.below(names.len())];
            match self.chance.below(10) {
                0 => drop(fs::remove_file(path)),
                1 => {
                    let number = 1_000_000 + self.chance.below(1_000_000);
                    fs::write(statements.join(format!("s-{number}.md")), statement(&mut self.chance, number))?;
                }
                _ => fs::write(path, statement(&mut self.chance, self.rounds))?,
            }
        }
        if work == Work::Import {
            let originals = self.site.join("originals");
            let _ = fs::remove_dir_all(&originals);
            // Remove what earlier rounds added, or the site would keep growing.
            for entry in fs::read_dir(&statements)? {
                let path = entry?.path();
                if path.is_dir() {
                    fs::remove_dir_all(path)?;
                }
            }
            fs::create_dir_all(&originals)?;
            for number in 0..20 {
                let text = statement(&mut self.chance, number);
                let words = text.split("---\n").nth(2).unwrap_or_default();
                fs::write(originals.join(format!("original-{}-{number}.txt", self.rounds)), words)?;
            }
        }
        Ok(())
    }

    fn command(&self, work: Work, site: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(site).stdout(Stdio::null()).stderr(Stdio::null());
        match work {
            Work::Build => command.arg("build"),
            Work::Lock => command.arg("lock"),
            Work::Import => command.args(["import", "originals"]),
        };
        command
    }

    /// Runs the work to its end, and returns whether it succeeded.
    fn run(&self, work: Work, site: &Path) -> anyhow::Result<bool> {
        let code = self.command(work, site).status().context("cannot start the program")?.code();
        // An import that needs review exits with 1.
        Ok(code == Some(0) || work == Work::Import && code == Some(1))
    }
}

/// Reads all files below a folder.
fn files(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    if folder.exists() {
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
                files.insert(name, fs::read(entry.path())?);
            }
        }
    }
    Ok(files)
}

/// Names a few of the files that differ.
fn differing(one: &Files, other: &Files) -> Vec<String> {
    let names = one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name));
    let mut names: Vec<String> = names.cloned().collect();
    names.sort();
    names.dedup();
    names.truncate(5);
    names
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry?;
        let to = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
