//! Measures whole builds of a site made from a folder of plain texts, or from generated ones.
//!
//! ```text
//! cargo bench --bench site -- [--texts FOLDER] [--statements N] [--work FOLDER] [--rounds N] [--edits N]
//! ```
//!
//! `--texts` is a folder with `index.csv` (columns path, iso3, session, year, speaker), such as the UN General Debate
//! corpus; without it texts are generated from a fixed seed. The work folder should lie in memory. Every measurement is
//! a process of its own, so that its peak memory (`VmHWM`) and CPU time are its own. The floor is one thread that reads
//! all input and writes all output bytes with nothing in between. A round is a build and a floor, each into a new
//! folder, and a second build into the first one's; rounds alternate the three, so that other load on the machine
//! affects them alike.
#![expect(clippy::disallowed_methods, reason = "a measurement reads clocks, files and its own process")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

mod serve;
mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mimalloc::MiMalloc;
use plenary::output::{Digests, Owner, Target, publish};
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::Page;
use plenary::sources::Sources;

/// The program's own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let options: BTreeMap<&str, &str> = arguments
        .chunks(2)
        .filter_map(|pair| Some((pair.first()?.strip_prefix("--")?, pair.get(1)?.as_str())))
        .collect();
    let number = |name: &str| options.get(name).and_then(|number| number.parse::<usize>().ok());
    let work = PathBuf::from(options.get("work").copied().unwrap_or("/dev/shm/plenary-bench"));
    let site = work.join("site");
    let edits = number("edits").unwrap_or(100);
    match options.get("role").copied() {
        Some("build") => return build(&site),
        Some("floor") => return floor(&site, &work.join("floor")),
        Some("rebuild") => return rebuild(&site, edits),
        Some(_) => anyhow::bail!("unknown role"),
        None => {}
    }
    let _ = std::fs::remove_dir_all(&work);
    let made = match options.get("texts") {
        Some(folder) => texts::from_texts(Path::new(folder), &site, number("statements"))?,
        None => texts::generated(&site, number("statements").unwrap_or(1000))?,
    };
    // A build reads recently changed files twice. Wait, to measure a site at rest.
    std::thread::sleep(Duration::from_secs(3));
    println!("{made} statements, {:.1} MB of content", bytes_below(&site.join("content")) as f64 / 1e6);
    rounds(&site, &work, number("rounds").unwrap_or(5))?;
    program(&site)?;
    println!("{}", child("rebuild", &work, edits)?);
    serve::saves(&site, edits)?;
    std::fs::remove_dir_all(&work)?;
    Ok(())
}

/// Measures builds and floors in turn, and prints each and their medians.
fn rounds(site: &Path, work: &Path, rounds: usize) -> anyhow::Result<()> {
    let mut walls: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for _ in 0..rounds {
        for made in [site.join("public"), site.join(".plenary"), work.join("floor")] {
            let _ = std::fs::remove_dir_all(made);
        }
        for (name, role) in [("build", "build"), ("floor", "floor"), ("again", "build")] {
            let line = child(role, work, 0)?;
            println!("{name:8} {line}");
            let wall = line.split(' ').next().and_then(|wall| wall.parse().ok()).unwrap_or(f64::NAN);
            walls.entry(name).or_default().push(wall);
        }
    }
    let ratios = walls["build"].iter().zip(&walls["floor"]).map(|(build, floor)| build / floor).collect();
    println!(
        "medians  build {:.3} s, floor {:.3} s, second build {:.3} s; build to floor of its round {:.1}",
        share(&mut walls["build"].clone(), 0.5),
        share(&mut walls["floor"].clone(), 0.5),
        share(&mut walls["again"].clone(), 0.5),
        share(&mut Vec::clone(&ratios), 0.5)
    );
    Ok(())
}

/// Measures the program as people run it: a first build, one after which nothing changed, one after a changed text, and
/// one whose output folder was removed, as a build server does.
fn program(site: &Path) -> anyhow::Result<()> {
    let statement = files(&site.join("content/statements")).into_iter().next();
    let statement = statement.ok_or_else(|| anyhow::anyhow!("the site has no statement"))?;
    let text = std::fs::read_to_string(&statement)?;
    let remove = |folders: &[&str]| {
        for folder in folders {
            let _ = std::fs::remove_dir_all(site.join(folder));
        }
    };
    println!("| the program | wall s | CPU s |\n|---|---|---|");
    for case in ["first build", "nothing changed", "one text changed", "its output removed"] {
        match case {
            "first build" => remove(&["public", ".plenary"]),
            "one text changed" => std::fs::write(&statement, serve::edited(&text, "body", "edited"))?,
            "its output removed" => remove(&["public"]),
            _ => {}
        }
        let (start, before) = (Instant::now(), ended_children());
        let mut build = std::process::Command::new(env!("CARGO_BIN_EXE_plenary"));
        let done =
            build.args(["--quiet", "--site"]).arg(site).arg("build").stderr(std::process::Stdio::null()).status()?;
        anyhow::ensure!(done.success(), "{case}: {done}");
        println!("| {case} | {:.2} | {:.2} |", start.elapsed().as_secs_f64(), ended_children() - before);
    }
    std::fs::write(&statement, text)?;
    Ok(())
}

/// Returns the CPU time of all ended child processes, user and system, in seconds, from Linux's `/proc`.
fn ended_children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ').filter_map(|field| field.parse::<f64>().ok());
    // Fields 16 and 17 of the line, in clock ticks of 1/100 s; the state letter before them is not a number.
    fields.skip(12).take(2).sum::<f64>() / 100.0
}

/// Returns the quantile: the value below which this share of all lies.
fn share(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len().saturating_sub(1) as f64 * share) as usize).copied().unwrap_or(f64::NAN)
}

/// Returns a measurement of many in milliseconds.
fn spread(seconds: &mut [f64]) -> String {
    let at = |seconds: &mut [f64], part| share(seconds, part) * 1000.0;
    format!(
        "median {:.0} ms, 90th percentile {:.0} ms, longest {:.0} ms",
        at(seconds, 0.5),
        at(seconds, 0.9),
        at(seconds, 1.0)
    )
}

fn child(role: &str, work: &Path, edits: usize) -> anyhow::Result<String> {
    let output = std::process::Command::new(std::env::current_exe()?)
        .args(["--role", role, "--edits", &edits.to_string(), "--work"])
        .arg(work)
        .output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns a process's peak memory in MB and its CPU time, user and system, in seconds, from Linux's `/proc`.
fn process(pid: &str) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse::<f64>().ok());
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(") ").next().unwrap_or_default().split(' ').filter_map(|field| field.parse().ok()).collect();
    // Fields 14 and 15 of the line, in clock ticks of 1/100 s; the state letter before them is not a number.
    let ticks = fields.get(10).copied().unwrap_or(0.0) + fields.get(11).copied().unwrap_or(0.0);
    (peak.unwrap_or(0.0) / 1024.0, ticks / 100.0)
}

fn build(site: &Path) -> anyhow::Result<()> {
    let start = Instant::now();
    let sources = Sources::scan(site);
    let scanned = start.elapsed();
    let made = Pipeline::new(Settings::default()).run(&sources);
    let laid_out = start.elapsed();
    let errors =
        made.diagnostics.iter().filter(|problem| problem.severity() == plenary::diagnostic::Severity::Error).count();
    anyhow::ensure!(!made.has_errors(), "{errors} errors: {:?}", made.diagnostics.first());
    let target = Target { site: site.to_owned(), folder: site.join("public"), force: false, dry_run: false };
    let render = |page: &Arc<Page>, digests: &Digests| made.render_last(page, digests);
    let result = publish(
        &target,
        &Owner::default(),
        &made.pages,
        |page| &page.path,
        |page| Site::round(page),
        render,
        None,
        Vec::new,
    )?;
    let published = result.map_err(|problems| anyhow::anyhow!("{problems:?}"))?;
    let wall = start.elapsed().as_secs_f64();
    let (peak, cpu) = process("self");
    println!(
        "{wall:.3} s wall, {cpu:.2} s CPU, {peak:.0} MB peak, {} written, {} unchanged, {:.1} MB written (scanned \
         {:.3}, laid out {:.3})",
        published.written.len(),
        published.unchanged,
        published.bytes as f64 / 1e6,
        scanned.as_secs_f64(),
        laid_out.as_secs_f64()
    );
    Ok(())
}

fn floor(site: &Path, to: &Path) -> anyhow::Result<()> {
    let outputs: Vec<(PathBuf, Vec<u8>)> = files(&site.join("public"))
        .into_iter()
        .map(|file| anyhow::Ok((to.join(file.strip_prefix(site.join("public"))?), std::fs::read(&file)?)))
        .collect::<Result<_, _>>()?;
    let start = Instant::now();
    let mut read = 0;
    for file in files(&site.join("content")) {
        read += std::fs::read(file)?.len();
    }
    let mut written = 0;
    for (file, bytes) in &outputs {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, bytes)?;
        written += bytes.len();
    }
    let wall = start.elapsed().as_secs_f64();
    let (read, written) = (read as f64 / 1e6, written as f64 / 1e6);
    println!("{wall:.3} s wall, {read:.1} MB read, {written:.1} MB written, {} files", outputs.len());
    Ok(())
}

/// Measures the pipeline alone for one change, in one process as in the preview.
fn rebuild(site: &Path, edits: usize) -> anyhow::Result<()> {
    let mut sources = Sources::scan(site);
    let statements: Vec<String> = sources
        .content
        .iter()
        .map(|source| source.path.to_string())
        .filter(|path| path.starts_with("content/statements/"))
        .collect();
    let mut pipeline = Pipeline::new(Settings::default());
    let mut made = pipeline.run(&sources);
    for kind in serve::EDITS {
        let (mut times, before) = (Vec::new(), process("self").1);
        for edit in 0..edits {
            let path = &statements[(edit * 7919) % statements.len()];
            let text = std::fs::read_to_string(site.join(path))?;
            std::fs::write(site.join(path), serve::edited(&text, kind, &format!("edit{kind}{edit}x")))?;
            let start = Instant::now();
            sources.look_again(site, std::slice::from_ref(path));
            let next = pipeline.run(&sources);
            times.push(start.elapsed().as_secs_f64());
            made = next;
            std::fs::write(site.join(path), text)?;
        }
        let cpu = (process("self").1 - before) / edits.max(1) as f64 * 1000.0;
        println!("rebuild  {kind}: {}, {cpu:.0} ms CPU each", spread(&mut times));
    }
    anyhow::ensure!(!made.has_errors(), "{:?}", made.diagnostics.first());
    Ok(())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn bytes_below(folder: &Path) -> u64 {
    files(folder).iter().filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}
