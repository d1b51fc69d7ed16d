//! The preview over loopback, with a stand-in for the pipeline: each Markdown file is a page of its own text.

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

/// How long a machine under load may take for what is done in milliseconds.
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
    files.push((SitePath::parse("404.html").unwrap(), b"<html><body>nowhere</body></html>".to_vec()));
    let config = sources.config.as_ref().map(|source| source.load().unwrap().into_owned()).unwrap_or_default();
    let base = crate::config::read(std::str::from_utf8(&config).unwrap()).0.base_path();
    Made {
        pages: files.iter().map(|(path, bytes)| (path.clone(), Stamp::of(&(path, bytes)))).collect(),
        not_found: Some(files.len() - 1),
        base,
        diagnostics,
        render: Box::new(move |number| {
            let (path, bytes) = &files[number];
            if bytes.windows(5).any(|word| word == b"FAILS") {
                let place = Place::file(&path.url().as_str().into());
                return Err(Diagnostic::new(Code::FailedTemplate, place, "<i>no</i>"));
            }
            Ok(bytes.clone())
        }),
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
    let told = Arc::clone(&events);
    let report = Arc::new(move |event| told.lock().unwrap().push(event));
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

    /// Waits until the page at `path` has these words; no answer on the way may be an error.
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
            assert!(begun.elapsed() < PATIENCE, "waited in vain; told: {:?}", self.events.lock().unwrap());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Listens as the page at `path` does, with what its script was given.
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

#[test]
fn a_saved_page_is_reloaded_and_no_other() {
    let desk = desk(|_, _| ());
    let (mut changed, mut other) = (desk.listen("/a/"), desk.listen("/"));
    desk.put("content/a.md", "second");
    changed.next("page");
    desk.until("/a/", "second");
    // The other page is told of a version in which no file of its changed, and not to reload.
    assert!(other.next("files").contains("\"paths\":[]"));
}

#[test]
fn a_style_sheet_is_swapped_in_place() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    desk.put("static/main.css", "p { color: green }");
    assert!(page.next("files").contains("\"paths\":[\"/main.css\"]"));
}

#[test]
fn while_saves_go_on_no_page_is_gone_for_a_moment() {
    let desk = desk(|_, _| ());
    for round in 0..40 {
        // Each of the ways in which editors save: in place, by a new file's name, and over a backup.
        let file = desk.folder.path().join("content/a.md");
        match round % 3 {
            0 => desk.put("content/a.md", &format!("round {round}")),
            1 => {
                desk.put("content/.a.md.tmp", &format!("round {round}"));
                std::fs::rename(desk.folder.path().join("content/.a.md.tmp"), file).unwrap();
            }
            _ => {
                let new = desk.folder.path().join("content/a.md.part");
                std::fs::copy(&file, desk.folder.path().join("content/a.md~")).unwrap();
                std::fs::write(&new, format!("round {round}")).unwrap();
                std::fs::rename(new, file).unwrap();
            }
        }
        for path in ["/a/", "/", "/sub/b/", "/main.css"] {
            assert_eq!(desk.get(path).status, 200);
        }
    }
    desk.until("/a/", "round 39");
}

#[test]
fn new_renamed_and_removed_files_and_folders_are_seen() {
    let desk = desk(|_, _| ());
    let at = |path: &str| desk.folder.path().join(path);
    std::fs::create_dir_all(at("content/new/deep")).unwrap();
    desk.put("content/new/deep/c.md", "deep");
    desk.wait(|| desk.get("/new/deep/c/").body.contains("deep"));
    desk.put("content/new/deep/c.md", "deeper");
    desk.until("/new/deep/c/", "deeper");
    std::fs::rename(at("content/new"), at("content/old")).unwrap();
    desk.wait(|| desk.get("/old/deep/c/").status == 200 && desk.get("/new/deep/c/").status == 404);
    desk.put("content/old/deep/c.md", "after the rename");
    desk.until("/old/deep/c/", "after the rename");
    std::fs::remove_dir_all(at("content/old")).unwrap();
    desk.wait(|| desk.get("/old/deep/c/").status == 404);
}

#[test]
fn a_save_of_many_files_is_one_batch() {
    let desk = desk(|_, _| ());
    for number in 0..200 {
        desk.put(&format!("content/many-{number}.md"), "one of many");
    }
    desk.wait(|| desk.get("/many-199/").status == 200);
    let built = desk.events.lock().unwrap().iter().filter(|event| matches!(event, Event::Built { .. })).count();
    assert!(built < 20, "{built} builds for 200 files");
}

#[test]
fn a_content_folder_that_is_away_leaves_the_site_as_it_was_until_it_is_back() {
    let desk = desk(|_, _| ());
    let (content, elsewhere) = (desk.folder.path().join("content"), tempfile::tempdir().unwrap());
    for round in 0..3 {
        let mut page = desk.listen("/a/");
        page.next("problems");
        std::fs::rename(&content, elsewhere.path().join("content")).unwrap();
        assert!(page.next("problems").contains("`content` is not there any more"));
        assert_eq!(desk.get("/a/").status, 200);
        std::fs::rename(elsewhere.path().join("content"), &content).unwrap();
        assert!(page.next("problems").contains("\"texts\":[]"));
        desk.put("content/a.md", &format!("back {round}"));
        desk.until("/a/", &format!("back {round}"));
    }
    // Another folder of the same name, as a checkout makes it.
    std::fs::remove_dir_all(&content).unwrap();
    std::fs::create_dir(&content).unwrap();
    desk.put("content/a.md", "anew");
    desk.until("/a/", "anew");
    desk.put("content/a.md", "and again");
    desk.until("/a/", "and again");
}

#[test]
fn errors_are_shown_over_the_last_good_version_until_they_are_mended() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    page.next("problems");
    desk.put("content/a.md", "BROKEN");
    let shown = page.next("problems");
    assert!(
        shown.contains("it is <b>broken</b>") && shown.contains("1 | BROKEN") && shown.contains("as it was before"),
        "{shown}"
    );
    desk.until("/a/", "first");
    assert!(desk.events.lock().unwrap().iter().any(|event| matches!(event, Event::Built { kept: true, .. })));
    desk.put("content/a.md", "mended");
    assert!(page.next("problems").contains("\"texts\":[]"));
    desk.until("/a/", "mended");
}

#[test]
fn a_site_with_errors_from_the_start_is_shown_under_them() {
    let desk = desk(|root, _| std::fs::write(root.join("content/a.md"), "BROKEN").unwrap());
    assert!(desk.listen("/").next("problems").contains("broken"));
    assert!(desk.get("/a/").body.contains("BROKEN"));
    desk.put("content/index.md", "home again");
    desk.until("/", "home again");
}

#[test]
fn a_page_whose_template_fails_says_so_escaped() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    page.next("problems");
    desk.put("content/a.md", "FAILS");
    assert!(page.next("problems").contains("failed-template"));
    let answer = desk.get("/a/");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("&lt;i&gt;no&lt;/i&gt;") && answer.body.contains("reload.js"));
    desk.put("content/a.md", "first");
    assert!(page.next("problems").contains("\"texts\":[]"));
}

#[test]
fn without_a_watcher_the_folder_is_looked_at() {
    let desk = desk(|_, options| options.poll = true);
    assert!(matches!(desk.events.lock().unwrap()[0], Event::Polling { .. }));
    desk.put("content/a.md", "polled");
    desk.until("/a/", "polled");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let desk = desk(|root, _| {
        std::fs::write(root.join("secret.txt"), "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("secret.txt"), root.join("static/link.txt")).unwrap();
    });
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/%2e%2e/%2e%2e/secret.txt",
        "/secret.txt",
        "/link.txt",
        "/main.css%00",
        "/..%5csecret.txt",
        "//secret.txt",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/site.toml",
        "/%252e%252e/secret.txt",
        "/%ff",
        "/content/a.md",
        "/main.css/",
        "/./main.css",
    ] {
        let answer = desk.get(path);
        assert_eq!((answer.status, answer.body.contains("nowhere")), (404, true), "{path}: {}", answer.body);
    }
}

#[test]
fn only_this_machines_names_and_reading_methods_are_answered() {
    let desk = desk(|_, options| options.allow_hosts = vec!["desk.example".to_owned()]);
    for (headers, status) in [
        ("Host: evil.example\r\n", 403),
        ("Host: localhost:1\r\n", 200),
        ("Host: desk.example\r\n", 200),
        ("Origin: http://evil.example\r\n", 403),
        ("Origin: null\r\n", 403),
        ("Origin: http://localhost:4000\r\n", 200),
    ] {
        assert_eq!(desk.ask("GET", "/a/", headers).status, status, "{headers}");
        assert_eq!(desk.ask("HEAD", "/-/plenary/events", headers).status, status, "{headers}");
    }
    assert_eq!(desk.ask("GET", "http://evil.example/a/", "").status, 403);
    let answer = desk.ask("POST", "/a/", "Content-Length: 0\r\n");
    assert!(answer.status == 405 && answer.head.contains("allow: get, head"));
    let (get, head) = (desk.get("/a/"), desk.ask("HEAD", "/a/", ""));
    assert!(head.status == 200 && head.body.is_empty());
    assert!(head.head.contains(&format!("content-length: {}", get.body.len())), "{}", head.head);
    for header in
        ["cache-control: no-store", "x-content-type-options: nosniff", "content-type: text/html; charset=utf-8"]
    {
        assert!(get.head.contains(header), "{}", get.head);
    }
}

#[test]
fn ranges_and_tags_are_honoured() {
    let desk = desk(|_, _| ());
    for (range, status, body, said) in [
        ("bytes=2-4", 206, "234", "content-range: bytes 2-4/10"),
        ("bytes=-3", 206, "789", "content-range: bytes 7-9/10"),
        ("bytes=8-", 206, "89", "content-range: bytes 8-9/10"),
        ("bytes=0-99", 206, "0123456789", "content-range: bytes 0-9/10"),
        ("bytes=-99", 206, "0123456789", "content-range: bytes 0-9/10"),
        ("bytes=10-", 416, "", "content-range: bytes */10"),
        ("bytes=0-1,4-5", 200, "0123456789", "accept-ranges: bytes"),
        ("lines=1-2", 200, "0123456789", "accept-ranges: bytes"),
    ] {
        let answer = desk.ask("GET", "/numbers.txt", &format!("Range: {range}\r\n"));
        assert_eq!((answer.status, answer.body.as_str()), (status, body), "{range}");
        assert!(answer.head.contains(said), "{range}: {}", answer.head);
    }
    let tag = desk.get("/numbers.txt").head.split_once("etag: ").unwrap().1.lines().next().unwrap().to_owned();
    let answer = desk.ask("GET", "/numbers.txt", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((answer.status, answer.body.as_str()), (304, ""));
    assert_eq!(desk.ask("GET", "/numbers.txt", "Range: bytes=1-2\r\nIf-Range: \"other\"\r\n").status, 200);
}

#[test]
fn a_base_path_is_honoured_and_folders_get_their_slash() {
    let desk = desk(|root, _| {
        std::fs::write(root.join("site.toml"), "base_url = \"https://example.org/all/of/it/\"").unwrap()
    });
    assert!(desk.running.url.ends_with("/all/of/it/"));
    for (path, status, location) in [
        ("/", 307, "/all/of/it/"),
        ("/all/of/it", 307, "/all/of/it/"),
        ("/all/of/it/a", 307, "/all/of/it/a/"),
        ("/all/of/it/a?x=1", 307, "/all/of/it/a/?x=1"),
        ("/all/of/it/a/", 200, ""),
        ("/all/of/it/a/index.html", 200, ""),
        ("/all/of/it//evil.example", 404, ""),
        ("/a/", 404, ""),
        ("/all/of/it/main.css", 200, ""),
    ] {
        let answer = desk.get(path);
        let said = answer.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_default();
        assert_eq!((answer.status, said), (status, location), "{path}");
    }
}

#[test]
fn a_changed_site_toml_is_seen() {
    let desk = desk(|_, _| ());
    desk.put("site.toml", "base_url = \"https://example.org/b/\"");
    desk.wait(|| desk.get("/b/a/").status == 200);
}

#[test]
fn a_port_asked_for_and_taken_is_an_error_and_otherwise_the_next_is_taken() {
    let first = desk(|_, _| ());
    let taken = first.address().rsplit(':').next().unwrap().parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let options = Options { port: Some(taken), ..Options::new(folder.path()) };
    assert!(start(options, |_| ()).is_err());
    let run = || start(Options::new(folder.path()), |_| ()).unwrap();
    let (one, two) = (run(), run());
    assert_ne!(one.url, two.url);
    one.stop();
    two.stop();
    first.running.stop();
}
