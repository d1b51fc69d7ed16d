//! Measures whole builds on a site made of a folder of plain texts, or of generated ones.
//!
//! ```text
//! cargo bench --bench site -- [--texts FOLDER] [--statements N] [--work FOLDER] [--edits N]
//! ```
//!
//! `--texts` is a folder with `index.csv` (columns path, iso3, session, year, speaker), such as the UN General Debate
//! corpus; without it texts are generated from a fixed seed. The work folder should lie in memory. Every measurement is a
//! process of its own, so that its peak memory (`VmHWM`) and CPU time are its own. The floor is one thread that reads
//! all input and writes all output bytes with nothing between.
#![expect(clippy::disallowed_methods, reason = "a measurement reads clocks, files and its own process")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use plenary::output::{Target, publish};
use plenary::pipeline::{Pipeline, Settings};
use plenary::sources::Sources;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let options: BTreeMap<&str, &str> = arguments
        .chunks(2)
        .filter_map(|pair| Some((pair.first()?.strip_prefix("--")?, pair.get(1)?.as_str())))
        .collect();
    let work = PathBuf::from(options.get("work").copied().unwrap_or("/dev/shm/plenary-bench"));
    let site = work.join("site");
    match options.get("role").copied() {
        Some("build") => return build(&site),
        Some("floor") => return floor(&site, &work.join("floor")),
        Some(_) => anyhow::bail!("unknown role"),
        None => {}
    }
    let count = options.get("statements").and_then(|count| count.parse().ok());
    let _ = std::fs::remove_dir_all(&work);
    let made = match options.get("texts") {
        Some(folder) => from_texts(Path::new(folder), &site, count)?,
        None => generated(&site, count.unwrap_or(1000))?,
    };
    // Fresh files are read twice to be sure of them; a measurement is of a site at rest.
    std::thread::sleep(Duration::from_secs(3));
    println!("{made} statements, {:.1} MB of content", bytes_below(&site.join("content")) as f64 / 1e6);
    for role in ["build", "build", "floor"] {
        println!("{role:8} {}", child(role, &work)?);
    }
    let edits = options.get("edits").and_then(|edits| edits.parse().ok()).unwrap_or(100);
    serve(&site, edits)?;
    std::fs::remove_dir_all(&work)?;
    Ok(())
}

fn child(role: &str, work: &Path) -> anyhow::Result<String> {
    let output =
        std::process::Command::new(std::env::current_exe()?).args(["--role", role, "--work"]).arg(work).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Returns the process's peak memory in MB and its CPU time, user and system, in seconds, as Linux tells them.
fn process() -> (f64, f64) {
    process_of("self")
}

fn process_of(pid: &str) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse::<f64>().ok());
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(") ").next().unwrap_or_default().split(' ').filter_map(|field| field.parse().ok()).collect();
    // Fields 14 and 15 of the line, in clock ticks of 1/100 s; the state letter before them is no number.
    let ticks = fields.get(10).copied().unwrap_or(0.0) + fields.get(11).copied().unwrap_or(0.0);
    (peak.unwrap_or(0.0) / 1024.0, ticks / 100.0)
}

fn report(start: Instant, rest: &str) {
    let wall = start.elapsed().as_secs_f64();
    let (peak, cpu) = process();
    println!("{wall:.3} s wall, {cpu:.2} s CPU, {peak:.0} MB peak{rest}");
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
    let result = publish(&target, &made.pages, |page| &page.path, |page| made.render(page))?;
    let published = result.map_err(|problems| anyhow::anyhow!("{problems:?}"))?;
    let rest = format!(
        ", {} written, {} unchanged, {:.1} MB written (scanned {:.3}, laid out {:.3})",
        published.written.len(),
        published.unchanged,
        published.bytes as f64 / 1e6,
        scanned.as_secs_f64(),
        laid_out.as_secs_f64()
    );
    report(start, &rest);
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
    println!(
        "{wall:.3} s wall, {:.1} MB read, {:.1} MB written, {} files",
        read as f64 / 1e6,
        written as f64 / 1e6,
        outputs.len()
    );
    Ok(())
}

fn serve(site: &Path, edits: usize) -> anyhow::Result<()> {
    let program = env!("CARGO_BIN_EXE_plenary");
    let port = 4417;
    let mut server = std::process::Command::new(program)
        .args(["--site".as_ref(), site.as_os_str(), "serve".as_ref(), "--port".as_ref(), port.to_string().as_ref()])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while get(port, "/").is_err() {
        anyhow::ensure!(start.elapsed() < Duration::from_mins(1), "the server does not answer");
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("serve    first answer after {:.3} s", start.elapsed().as_secs_f64());
    std::thread::sleep(Duration::from_secs(3));
    let statements = files(&site.join("content/statements"));
    for kind in ["body", "title", "topic"] {
        let mut times: Vec<f64> = Vec::new();
        for edit in 0..edits {
            let file = &statements[(edit * 7919) % statements.len()];
            times.push(one_edit(port, file, kind, edit)?);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize] * 1000.0;
        println!(
            "save     {kind}: median {:.0} ms, 90th percentile {:.0} ms, longest {:.0} ms",
            at(0.5),
            at(0.9),
            at(1.0)
        );
    }
    let (peak, _) = process_of(&server.id().to_string());
    println!("serve    {peak:.0} MB peak");
    server.kill()?;
    server.wait()?;
    Ok(())
}

/// Saves one change and returns the seconds until every page that must show it does: the statement's own, and for a
/// title the list of its year, for a topic the topic's page.
fn one_edit(port: u16, file: &Path, kind: &str, number: usize) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(file)?;
    let id = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mark = format!("edit{kind}{number}x");
    let mut pages = vec![format!("/statements/{id}/")];
    let changed = match kind {
        "body" => format!("{text}\n\n{mark} stands here.\n"),
        "title" => {
            let delegation =
                text.lines().find_map(|line| line.strip_prefix("delegation: ")).unwrap_or_default().to_lowercase();
            pages.push(format!("/delegations/{delegation}/"));
            text.replacen("title: \"", &format!("title: \"{mark} "), 1)
        }
        _ => {
            pages.push(format!("/topics/{mark}/"));
            text.replacen("topics: [", &format!("topics: [{mark}, "), 1)
        }
    };
    let start = Instant::now();
    std::fs::write(file, changed)?;
    for page in &pages {
        let numbered = |body: &str| body.contains(&mark);
        while !get(port, page).is_ok_and(|body| numbered(&body)) {
            // A statement that is not among a delegation's latest is on one of its numbered pages.
            if kind == "title"
                && page.contains("/delegations/")
                && (1..9).any(|n| get(port, &format!("{page}p/{n}/")).is_ok_and(|body| numbered(&body)))
            {
                break;
            }
            anyhow::ensure!(start.elapsed() < Duration::from_secs(10), "{page} never showed {mark}");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    std::fs::write(file, text)?;
    std::thread::sleep(Duration::from_millis(600));
    Ok(seconds)
}

fn get(port: u16, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    anyhow::ensure!(first.contains(" 200 "), "{first}");
    let mut body = Vec::new();
    reader.read_to_end(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn bytes_below(folder: &Path) -> u64 {
    files(folder).iter().filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}

const TOPICS: &[(&str, &str)] = &[
    ("climate-change", "climate change"),
    ("disarmament", "disarmament"),
    ("outer-space", "outer space"),
    ("terrorism", "terrorism"),
    ("human-rights", "human rights"),
    ("apartheid", "apartheid"),
    ("trade", "trade"),
    ("peacekeeping", "peacekeeping"),
    ("middle-east", "Middle East"),
    ("decolonization", "colonial"),
    ("nuclear-weapons", "nuclear weapons"),
    ("debt", "debt"),
    ("security-council-reform", "permanent members"),
    ("law-of-the-sea", "law of the sea"),
    ("refugees", "refugees"),
];

fn from_texts(folder: &Path, site: &Path, most: Option<usize>) -> anyhow::Result<usize> {
    let mut rows = csv::Reader::from_path(folder.join("index.csv"))?;
    let header = rows.headers()?.clone();
    let mut made = 0;
    for row in rows.records() {
        let row = row?;
        let column =
            |name: &str| header.iter().position(|column| column == name).and_then(|at| row.get(at)).unwrap_or_default();
        if most.is_some_and(|most| made >= most) {
            break;
        }
        let path = column("path");
        let file = [folder.join(path), folder.join("..").join(path)].into_iter().find(|file| file.exists());
        let Some(file) = file else { continue };
        let text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
        let (code, session, year) = (column("iso3"), column("session"), column("year"));
        let id = format!("{}-{session}-{year}", code.to_lowercase());
        let front = format!("date: {year}\ndelegation: {code}\nforum: unga\nsession: {session}\n");
        write_statement(site, year, &id, &format!("{code} in the General Debate, {year}"), &front, &text)?;
        made += 1;
    }
    finish(site)?;
    Ok(made)
}

fn generated(site: &Path, count: usize) -> anyhow::Result<usize> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    let syllables = ["ba", "ken", "tor", "mi", "sul", "ra", "pen", "dor", "vi", "lan", "ge", "shi", "mo", "ter", "al"];
    let words: Vec<String> = (0..4000).map(|_| (0..2 + next(3)).map(|_| syllables[next(15)]).collect()).collect();
    for number in 0..count {
        let mut text = String::new();
        for paragraph in 0..45 {
            for _ in 0..55 + next(20) {
                // The minimum of two draws makes some words common and most rare, as in a language.
                let _ = write!(text, "{} ", words[next(4000).min(next(4000))]);
            }
            if paragraph % 9 == 0 {
                text.push_str(TOPICS[next(TOPICS.len())].1);
            }
            text.push_str(".\n\n");
        }
        let year = 1980 + number % 45;
        let code = ["KAZ", "FRA", "BRA", "IND", "EGY", "NOR", "JPN", "KEN", "MEX", "CAN"][next(10)];
        let front = format!(
            "date: {year}-{:02}-{:02}\ndelegation: {code}\nforum: unga\nsession: {}\n",
            1 + next(12),
            1 + next(28),
            year - 1945
        );
        write_statement(
            site,
            &year.to_string(),
            &format!("s-{number}"),
            &format!("Statement {number}"),
            &front,
            &text,
        )?;
    }
    finish(site)?;
    Ok(count)
}

fn write_statement(site: &Path, year: &str, id: &str, title: &str, front: &str, text: &str) -> anyhow::Result<()> {
    let topics: Vec<&str> =
        TOPICS.iter().filter(|(_, phrase)| text.matches(phrase).count() > 1).map(|(slug, _)| *slug).collect();
    let mut body = String::with_capacity(text.len());
    for paragraph in text.replace("\r\n", "\n").replace('\u{feff}', "").split("\n\n") {
        let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            body.push_str(&line.replace(['<', '[', '_', '*', '`'], " "));
            body.push_str("\n\n");
        }
    }
    let folder = site.join("content/statements").join(year);
    std::fs::create_dir_all(&folder)?;
    let text = format!("---\ntitle: \"{title}\"\n{front}language: en\ntopics: [{}]\n---\n\n{body}", topics.join(", "));
    std::fs::write(folder.join(format!("{id}.md")), text)?;
    Ok(())
}

fn finish(site: &Path) -> anyhow::Result<()> {
    std::fs::write(site.join("site.toml"), "title = \"Measured\"\nbase_url = \"https://plenary.example/\"\n")?;
    std::fs::write(site.join("content/index.md"), "---\ntitle: Measured\n---\n\nA site to be measured.\n")?;
    Ok(())
}
