//! `plenary check --external` -> what it says of links by what their hosts answer.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use super::{code, err, new_site, out, plenary, put};

/// Starts a host that answers each path with the status in it (`/301/to` redirects there), `/no-head/` only if asked for the page
/// itself; returns its address.
fn host() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let first = lines.next().unwrap_or_default();
            // The rest of the head.
            let _ = lines.take_while(|line| !line.is_empty()).count();
            let (method, path) = first.split_once(' ').unwrap_or_default();
            let path = path.split(' ').next().unwrap_or_default();
            let mut parts = path.split('/').skip(1);
            let status = match parts.next().unwrap_or_default() {
                "no-head" if method == "HEAD" => "404",
                "no-head" => "200",
                status => status,
            };
            let to = parts.next().map(|to| format!("location: /{to}\r\n")).unwrap_or_default();
            let _ = write!(stream, "HTTP/1.1 {status} X\r\n{to}content-length: 0\r\nconnection: close\r\n\r\n");
        }
    });
    format!("http://{address}")
}

#[test]
fn dead_and_moved_links_are_reported_where_they_are_written() {
    let (site, host) = (new_site(), host());
    put(
        &site,
        "content/links.md",
        &format!(
            "---\ntitle: Links\nextra: {{ seen: \"{host}/404\" }}\n---\n\n[Good]({host}/200#part), [gone]({host}/410), [moved]({host}/301/200), \
             [elsewhere]({host}/302/200), [busy]({host}/503), [quiet]({host}/no-head), [here](/), \
             [moved and gone]({host}/308/404) and [gone again]({host}/410#p2).\n"
        ),
    );
    let without = plenary(site.path(), &["check"]);
    assert!(!err(&without).contains("-link]"), "{}", err(&without));

    let checked = plenary(site.path(), &["check", "--external"]);
    assert_eq!(code(&checked), 0, "warnings do not fail a check: {}", err(&checked));
    let checked = plenary(site.path(), &["check", "--external", "--format", "json"]);
    let lines: Vec<serde_json::Value> = out(&checked).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, problems) = lines.split_last().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let found: Vec<(String, u64, String)> = problems
        .iter()
        .filter(|problem| problem["path"] == "content/links.md")
        .map(|problem| (text(&problem["code"]), problem["line"].as_u64().unwrap(), text(&problem["message"])))
        .collect();
    let gone = |status: &str| format!("the link leads nowhere: the host answers {status}");
    assert_eq!(
        found,
        [
            ("dead-link".to_owned(), 3, gone("404 Not Found")),
            ("dead-link".to_owned(), 6, gone("410 Gone")),
            ("moved-link".to_owned(), 6, "the page that the link leads to has moved for good".to_owned()),
            ("dead-link".to_owned(), 6, gone("404 Not Found")),
            ("dead-link".to_owned(), 6, gone("410 Gone")),
        ]
    );
    let external = &last["external"];
    assert_eq!((external["urls"].as_u64(), external["hosts"].as_u64()), (Some(8), Some(1)), "{external}");
    assert_eq!(external["unclear"][0]["url"], format!("{host}/503"));
    assert_eq!(external["unclear"].as_array().unwrap().len(), 1);
}

#[test]
fn without_a_network_no_link_is_called_dead() {
    let site = new_site();
    // Nobody listens on a port that was given back.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    put(
        &site,
        "content/links.md",
        &format!("---\ntitle: Links\n---\n\n[A](http://{closed}/a) and [b](http://{closed}/b).\n"),
    );
    let checked = plenary(site.path(), &["check", "--external"]);
    assert_eq!(code(&checked), 3, "{}", err(&checked));
    assert!(err(&checked).contains("is this machine on the network?"), "{}", err(&checked));
}
