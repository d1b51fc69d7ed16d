//! Edits a site under a running preview at random -> whether every page always equals that of a clean build, and how
//! much memory that takes.
//!
//! ```text
//! cargo bench --bench soak -- [--minutes N] [--statements N] [--seed N] [--work FOLDER] [--port N] [--program FILE]
//! ```
//!
//! A round makes one to five edits in the ways in which editors and tools save (in place, in place in two halves, by
//! renaming, with the time of the old file kept, by deleting, in `locks/`, in `static/`, in `site.toml`), builds the
//! site in a separate process, and requests every page from the preview until it equals the built one, for at most ten
//! seconds, or four times as long as the build took where that is more; files of the search index, which no save waits
//! for, have six times as long. A page that never does is printed with the difference, and the exit code is 1. Memory is printed every
//! minute.
#![expect(clippy::disallowed_methods, reason = "a test of a preview reads the disk and a clock")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

#[path = "shared/chance.rs"]
mod chance;
#[path = "shared/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, ensure};

use chance::{Chance, options, statement};
use program::program;

/// How long a page may stay unchanged after a save. The preview scans everything every 15 seconds, whatever its watcher
/// reports: a change found only then was missed.
const PATIENCE: Duration = Duration::from_secs(10);
/// On a busy machine everything is slow, so the build of the same site measures what ten seconds are worth.
const PATIENCE_IN_BUILDS: f64 = 4.0;
/// How much longer the search index may take: it is made on a thread of its own, one at a time, and begun only when it is
/// asked for, so an index may have to be finished first that nobody needs any more.
const PATIENCE_FOR_SEARCH: u32 = 6;

fn main() -> anyhow::Result<()> {
    let options = options();
    let number = |name: &str, otherwise: u64| options.get(name).map_or(Ok(otherwise), |number| number.parse());
    let (minutes, statements, seed) = (number("minutes", 1)?, number("statements", 100)?, number("seed", 1)?);
    let port = u16::try_from(number("port", 4431)?)?;
    let work = options.get("work").map_or_else(|| std::env::temp_dir().join("plenary-soak"), PathBuf::from);
    let program = program(&options);
    let _ = fs::remove_dir_all(&work);
    let site = work.join("site");
    let mut chance = Chance::new(seed);
    fs::create_dir_all(site.join("content/statements"))?;
    for number in 0..statements as usize {
        fs::write(site.join(format!("content/statements/s-{number}.md")), statement(&mut chance, number))?;
    }
    configure(&site, 0)?;
    let mut preview = Preview::start(&program, &site, port)?;
    let (begun, mut minute) = (Instant::now(), 0);
    let (mut rounds, mut edits, mut pages, mut stale) = (0_usize, 0, 0, 0);
    while begun.elapsed() < Duration::from_secs(60 * minutes) {
        rounds += 1;
        for _ in 0..=chance.below(5) {
            edit(&program, &site, &mut chance, edits)?;
            edits += 1;
        }
        let building = Instant::now();
        let built = clean_build(&program, &site, &work.join("clean"))?;
        let patience = PATIENCE.max(building.elapsed().mul_f64(PATIENCE_IN_BUILDS));
        pages += built.len();
        for (url, what) in preview.differing(&built, patience)? {
            stale += 1;
            println!("round {rounds}: {url} {what}");
        }
        if begun.elapsed().as_secs() / 60 >= minute {
            let seconds = begun.elapsed().as_secs();
            println!(
                "{seconds:6} s  {rounds} rounds, {edits} edits, {pages} pages compared, {stale} stale; {}",
                preview.memory()
            );
            minute += 1;
        }
    }
    println!(
        "{rounds} rounds, {edits} edits, {pages} pages compared, {stale} stale; {} (seed {seed})",
        preview.memory()
    );
    preview.end()?;
    fs::remove_dir_all(&work)?;
    std::process::exit(i32::from(stale > 0));
}

fn configure(site: &Path, number: usize) -> anyhow::Result<()> {
    // Without an address of its own, so that the preview's pages and the build's have the same links.
    Ok(fs::write(site.join("site.toml"), format!("title = \"Soaked {}\"\n", number % 3))?)
}

/// Makes one edit in one of the ways in which files change.
fn edit(program: &Path, site: &Path, chance: &mut Chance, number: usize) -> anyhow::Result<()> {
    let statements = site.join("content/statements");
    let mut names: Vec<PathBuf> =
        fs::read_dir(&statements)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    names.sort();
    let file = names[chance.below(names.len())].clone();
    let text = statement(chance, number);
    match chance.below(12) {
        0 if names.len() > 20 => fs::remove_file(file)?,
        1 => fs::write(statements.join(format!("n-{number}.md")), text)?,
        2 => fs::rename(&file, statements.join(format!("r-{number}.md")))?,
        3 => {
            // In two halves, as a slow copy is written.
            let half = text.floor_char_boundary(text.len() / 2);
            let mut open = fs::File::create(&file)?;
            open.write_all(&text.as_bytes()[..half])?;
            std::thread::sleep(Duration::from_millis(120).mul_f64(chance.share()));
            open.write_all(&text.as_bytes()[half..])?;
        }
        4 => {
            // A word replaced by another of the same length, with the file's time kept.
            let time = file.metadata()?.modified()?;
            let old = fs::read_to_string(&file)?;
            let changed = if old.contains("weapons") { old.replacen("weapons", "nations", 1) } else { old };
            replace(&file, &changed, Some(time))?;
        }
        5 => replace(&file, &text, Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000)))?,
        6 => {
            let folder = site.join("static");
            fs::create_dir_all(&folder)?;
            fs::write(folder.join(format!("file-{}.txt", chance.below(5))), text)?;
        }
        7 => drop(command(program, site).arg("lock").status()?),
        8 => drop(fs::remove_dir_all(site.join("locks"))),
        9 => configure(site, number)?,
        10 => fs::write(&file, text)?,
        _ => replace(&file, &text, None)?,
    }
    Ok(())
}

/// Puts a new file in the place of another.
fn replace(file: &Path, text: &str, time: Option<SystemTime>) -> anyhow::Result<()> {
    let part = file.with_extension("part");
    fs::write(&part, text)?;
    if let Some(time) = time {
        fs::File::options().write(true).open(&part)?.set_modified(time)?;
    }
    Ok(fs::rename(part, file)?)
}

fn command(program: &Path, site: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(site).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Builds the site into an empty folder, and returns its pages by their URLs.
fn clean_build(program: &Path, site: &Path, folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let _ = fs::remove_dir_all(folder);
    let done = command(program, site).args(["build", "--output"]).arg(folder).stderr(Stdio::piped()).output()?;
    ensure!(done.status.success(), "the build fails: {}", String::from_utf8_lossy(&done.stderr));
    let mut pages = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        let name = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
        // The 404 page has no address of its own.
        if entry.file_type().is_file() && !name.starts_with('.') && name != "404.html" {
            let url = name.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
            pages.insert(format!("/{}", url.unwrap_or(&name)), fs::read(entry.path())?);
        }
    }
    Ok(pages)
}

/// A running preview.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn start(program: &Path, site: &Path, port: u16) -> anyhow::Result<Preview> {
        let child =
            command(program, site).args(["serve", "--port", &port.to_string()]).spawn().context("cannot start it")?;
        let mut preview = Preview { child, port };
        let begun = Instant::now();
        while preview.get("/").is_err() {
            ensure!(preview.child.try_wait()?.is_none(), "the preview has ended; is port {port} taken?");
            ensure!(begun.elapsed() < Duration::from_mins(1), "the preview does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(preview)
    }

    /// Requests every page until it equals the built one, and returns those that never do.
    fn differing(
        &mut self,
        built: &BTreeMap<String, Vec<u8>>,
        patience: Duration,
    ) -> anyhow::Result<Vec<(String, String)>> {
        let begun = Instant::now();
        let mut left: BTreeMap<&String, String> = built.keys().map(|url| (url, String::new())).collect();
        loop {
            let is_only_search = left.keys().all(|url| url.starts_with("/search/"));
            let limit = if is_only_search { patience * PATIENCE_FOR_SEARCH } else { patience };
            if left.is_empty() || begun.elapsed() >= limit {
                break;
            }
            ensure!(self.child.try_wait()?.is_none(), "the preview has ended");
            for url in left.keys().copied().collect::<Vec<_>>() {
                match self.get(url) {
                    Ok(shown) if without_script(&shown) == built[url] => drop(left.remove(url)),
                    Ok(shown) => drop(left.insert(url, difference(&without_script(&shown), &built[url]))),
                    Err(error) => drop(left.insert(url, error.to_string())),
                }
            }
            if !left.is_empty() {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        Ok(left.into_iter().map(|(url, what)| (url.clone(), what)).collect())
    }

    fn get(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let path = percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let head = memchr::memmem::find(&answer, b"\r\n\r\n").context("no answer")?;
        let first = String::from_utf8_lossy(&answer[..head]).lines().next().unwrap_or_default().to_owned();
        ensure!(first.contains(" 200 "), "answers {first}");
        Ok(answer.split_off(head + 4))
    }

    /// Returns the preview's memory, now and at its peak, from Linux's `/proc`.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
        };
        format!("memory {} MB, at most {} MB", megabytes("VmRSS:"), megabytes("VmHWM:"))
    }

    fn end(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

/// Returns a page without the script that the preview adds.
fn without_script(page: &[u8]) -> Vec<u8> {
    const BEGINS: &[u8] = b"<script src=\"/-/plenary/";
    const ENDS: &[u8] = b"</script>";
    let mut page = page.to_vec();
    if let Some(start) = memchr::memmem::find(&page, BEGINS)
        && let Some(length) = memchr::memmem::find(&page[start..], ENDS)
    {
        page.drain(start..start + length + ENDS.len());
    }
    page
}

/// Returns the first place where two pages differ.
fn difference(shown: &[u8], built: &[u8]) -> String {
    let at = shown.iter().zip(built).take_while(|(a, b)| a == b).count();
    let around = |page: &[u8]| {
        let from = at.saturating_sub(30).min(page.len());
        String::from_utf8_lossy(&page[from..page.len().min(at + 50)]).replace('\n', " ")
    };
    format!("shows at {at} “{}”, not “{}”", around(shown), around(built))
}
