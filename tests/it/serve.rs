//! The preview with the real pipeline: it shows what is saved.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use plenary::diagnostic::Code;
use plenary::serve::{Event, Options, start};

/// How long a machine under load may take for what usually takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_saved_statement_is_shown_and_a_broken_one_leaves_the_last_good_page() {
    let folder = tempfile::tempdir().unwrap();
    let statement = folder.path().join("content/statements/one.md");
    let save = |front: &str, body: &str| {
        std::fs::write(
            &statement,
            format!("---\ntitle: One\ndate: 2021-10-05\ndelegation: KAZ\n{front}---\n\n{body}\n"),
        )
        .unwrap();
    };
    std::fs::create_dir_all(statement.parent().unwrap()).unwrap();
    std::fs::write(folder.path().join("site.toml"), "title = \"Ours\"\nbase_url = \"https://example.org/x/\"\n")
        .unwrap();
    save("", "Outer space is for peace.");
    let (sender, reported) = mpsc::channel();
    let report = move |event| _ = sender.send(event);
    let running = start(Options { port: Some(0), ..Options::new(folder.path()) }, report).unwrap();
    let address = running.url.strip_prefix("http://").unwrap().strip_suffix("/x/").unwrap().to_owned();
    let page = || get(&address, "/x/statements/one/");
    let until = |words: &str| {
        let begun = Instant::now();
        loop {
            let answer = page();
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            if answer.contains(words) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{answer}");
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    until("Outer space is for peace.");
    assert!(page().contains("/-/plenary/reload.js"));
    assert!(get(&address, "/x/no/such/").starts_with("HTTP/1.1 404"));
    save("", "The debris must be mitigated.");
    until("The debris must be mitigated.");
    save("topics: [: broken\n", "This is not to be seen.");
    let is_refused = |event| match event {
        Event::Built { news, kept: true, .. } => news.iter().any(|problem| problem.code == Code::InvalidYaml),
        _ => false,
    };
    while !is_refused(reported.recv_timeout(PATIENCE).unwrap()) {}
    let answer = page();
    assert!(answer.contains("The debris must be mitigated.") && !answer.contains("not to be seen"), "{answer}");
    save("", "And mended.");
    until("And mended.");
    // Nobody waits for the index of the search, not even after a save.
    let index = || {
        let begun = Instant::now();
        loop {
            let answer = get(&address, "/x/search/root.json");
            let (_, root) = answer.split_once("\r\n\r\n").unwrap();
            if root != r#"{"building":true}"# {
                return root.to_owned();
            }
            assert!(begun.elapsed() < PATIENCE);
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    let before = index();
    assert!(before.contains("\"texts\":1"), "{before}");
    save("", "And said again.");
    until("And said again.");
    assert!(get(&address, "/x/search/root.json").ends_with(r#"{"building":true}"#));
    assert_ne!(index(), before);
    // What is left out is reported when it changes.
    let left_out = |event| match event {
        Event::Built { left_out, .. } => left_out.map(|texts| texts.len()),
        _ => None,
    };
    for (front, texts) in [("status: draft\n", 1), ("", 0)] {
        save(front, "And waiting.");
        while left_out(reported.recv_timeout(PATIENCE).unwrap()) != Some(texts) {}
    }
    running.stop();
}
