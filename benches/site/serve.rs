//! A site and edits -> how long after each save the preview shows it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{files, process, spread};

/// The kinds of edits.
pub(crate) const EDITS: [&str; 3] = ["body", "title", "topic"];

/// Starts the program's preview and saves edits of each kind.
pub(crate) fn saves(site: &Path, edits: usize) -> anyhow::Result<()> {
    let program = env!("CARGO_BIN_EXE_plenary");
    let port = 4417;
    let mut server = std::process::Command::new(program)
        .args(["--site".as_ref(), site.as_os_str(), "serve".as_ref(), "--port".as_ref(), port.to_string().as_ref()])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()?;
    let measured = saves_at(port, site, edits);
    let (peak, _) = process(&server.id().to_string());
    server.kill()?;
    server.wait()?;
    println!("serve    {peak:.0} MB peak");
    measured
}

fn saves_at(port: u16, site: &Path, edits: usize) -> anyhow::Result<()> {
    let start = Instant::now();
    while get(port, "/").is_err() {
        anyhow::ensure!(start.elapsed() < Duration::from_mins(1), "the server does not answer");
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("serve    first answer after {:.3} s", start.elapsed().as_secs_f64());
    std::thread::sleep(Duration::from_secs(3));
    let statements = files(&site.join("content/statements"));
    for kind in EDITS {
        let mut times: Vec<f64> = Vec::new();
        for edit in 0..edits {
            let file = &statements[(edit * 7919) % statements.len()];
            times.push(one_edit(port, file, kind, edit)?);
        }
        println!("save     {kind}: {}", spread(&mut times));
    }
    Ok(())
}

/// Returns a statement's text with a marker in its body, in its title, or as a topic that no other has.
pub(crate) fn edited(text: &str, kind: &str, mark: &str) -> String {
    match kind {
        "body" => format!("{text}\n\n{mark} is here.\n"),
        "title" => text.replacen("title: \"", &format!("title: \"{mark} "), 1),
        _ => text.replacen("topics: [", &format!("topics: [{mark}, "), 1),
    }
}

/// Saves one change and returns the seconds until every page that must show it does: the statement's own, for a title
/// its delegation's list, for a topic the topic's page.
fn one_edit(port: u16, file: &Path, kind: &str, number: usize) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(file)?;
    let id = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mark = format!("edit{kind}{number}x");
    let mut pages = vec![format!("/statements/{id}/")];
    match kind {
        "body" => {}
        "title" => {
            let delegation = text.lines().find_map(|line| line.strip_prefix("delegation: ")).unwrap_or_default();
            pages.push(format!("/delegations/{}/", delegation.to_lowercase()));
        }
        _ => pages.push(format!("/topics/{mark}/")),
    }
    let changed = edited(&text, kind, &mark);
    let start = Instant::now();
    std::fs::write(file, changed)?;
    for page in &pages {
        let numbered = |body: &str| body.contains(&mark);
        while !get(port, page).is_ok_and(|body| numbered(&body)) {
            // A statement that is not among a delegation's latest is on one of its numbered pages.
            if kind == "title"
                && page.contains("/delegations/")
                && (1..99).any(|n| get(port, &format!("{page}p/{n}/")).is_ok_and(|body| numbered(&body)))
            {
                break;
            }
            anyhow::ensure!(start.elapsed() < Duration::from_secs(10), "{page} never showed {mark}");
            std::thread::sleep(Duration::from_millis(2));
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
