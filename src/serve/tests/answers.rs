//! Requests -> responses, and none for files outside the site.

use super::*;

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
fn only_this_machines_names_and_get_and_head_are_accepted() {
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
fn a_requested_port_in_use_is_an_error_and_otherwise_the_next_one_is_used() {
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
