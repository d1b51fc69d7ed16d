//! The preview over loopback, with a stand-in for the pipeline: each Markdown file is a page with its own text.

mod answers;
mod following;
mod problems;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::*;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::path::SitePath;
use crate::serve::snapshot::Made;
use crate::sources::Sources;
use crate::stamp::Stamp;

/// How long a machine under load may take for something that takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

fn make(sources: &Sources) -> Made {
    let mut files: Vec<(SitePath, Vec<u8>)> = Vec::new();
    let mut diagnostics = Vec::new();
    for source in &sources.content {
        let text = String::from_utf8(source.load().unwrap_or_default().into_owned()).unwrap();
        if text.contains("BROKEN") {
            let place = Place { path: source.path.clone(), line: 1, column: 1 };
            diagnostics.push(Diagnostic::new(Code::InvalidConfig, place, "it is <b>broken</b>"));
        }
        let stem = source.path.strip_prefix("content/").unwrap().strip_suffix(".md").unwrap();
        let path = if stem == "index" { String::new() } else { format!("{stem}/") };
        files.push((SitePath::parse(&path).unwrap(), format!("<html><body>{text}</body></html>").into_bytes()));
    }
    for source in &sources.statics {
        files.push((
            SitePath::parse(source.path.strip_prefix("static/").unwrap()).unwrap(),
            source.load().unwrap().into_owned(),
        ));
    }
    // Every other file that a build reads is served under its own path.
    for source in sources.themes.iter().chain(&sources.words).chain(&sources.locks) {
        files.push((SitePath::parse(&source.path).unwrap(), source.load().unwrap_or_default().into_owned()));
    }
    files.push((SitePath::parse("404.html").unwrap(), b"<html><body>nowhere</body></html>".to_vec()));
    files.sort();
    let not_found = files.iter().position(|(path, _)| path.url() == "/404.html");
    let config = sources.config.as_ref().map(|source| source.load().unwrap().into_owned()).unwrap_or_default();
    let base = crate::config::read(std::str::from_utf8(&config).unwrap()).0.base_path();
    Made {
        pages: files.iter().map(|(path, bytes)| (path.clone(), Stamp::of(&(path, bytes)))).collect(),
        not_found,
        base,
        has_errors: !diagnostics.is_empty(),
        diagnostics,
        left_out: Vec::new(),
        render: Box::new(move |number| {
            let (path, bytes) = &files[number];
            if bytes.windows(5).any(|word| word == b"FAILS") {
                let place = Place::file(&path.url().as_str().into());
                return Err(Diagnostic::new(Code::FailedTemplate, place, "<i>no</i>"));
            }
            Ok(bytes.clone())
        }),
        search: None,
        index: Arc::new(|_| None),
        manifest: None,
    }
}

/// A site in a temporary folder, and its preview.
struct Desk {
    folder: tempfile::TempDir,
    running: Running,
    events: Arc<Mutex<Vec<Event>>>,
}

fn desk(change: impl FnOnce(&Path, &mut Options)) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    put("site.toml", "");
    put("content/index.md", "home");
    put("content/a.md", "first");
    put("content/sub/b.md", "below");
    put("static/main.css", "p { color: red }");
    put("static/numbers.txt", "0123456789");
    let mut options = Options { port: Some(0), ..Options::new(folder.path()) };
    change(folder.path(), &mut options);
    let events = Arc::new(Mutex::new(Vec::new()));
    let reported = Arc::clone(&events);
    let report = Arc::new(move |event| reported.lock().unwrap().push(event));
    let running = start_with(options, report, Box::new(make)).unwrap();
    Desk { folder, running, events }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Desk {
    fn put(&self, path: &str, text: &str) {
        std::fs::write(self.folder.path().join(path), text).unwrap();
    }

    fn address(&self) -> &str {
        self.running.url.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    fn send(&self, method: &str, path: &str, headers: &str) -> TcpStream {
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address()) };
        let mut stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n").unwrap();
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut text = Vec::new();
        self.send(method, path, headers).read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Waits until the page at `path` contains these words; no response until then may be an error.
    fn until(&self, path: &str, words: &str) {
        self.wait(|| {
            let answer = self.get(path);
            assert_eq!(answer.status, 200, "{}", answer.body);
            answer.body.contains(words)
        });
    }

    fn wait(&self, mut done: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !done() {
            assert!(begun.elapsed() < PATIENCE, "waited in vain; events: {:?}", self.events.lock().unwrap());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Opens the event stream of the page at `path`, with the attributes that its script was given.
    fn listen(&self, path: &str) -> Stream {
        let page = self.get(path).body;
        let value =
            |name: &str| page.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().to_owned();
        let query =
            format!("/-/plenary/events?page={path}&hash={}&since={}", value("data-hash"), value("data-version"));
        Stream(BufReader::new(self.send("GET", &query, "")))
    }
}

/// An open event stream.
struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Waits for the next event of this name and returns its data.
    fn next(&mut self, name: &str) -> String {
        let mut line = String::new();
        let mut lines = || {
            line.clear();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
            line.trim().to_owned()
        };
        while lines() != format!("event: {name}") {}
        lines().strip_prefix("data: ").unwrap().to_owned()
    }
}
