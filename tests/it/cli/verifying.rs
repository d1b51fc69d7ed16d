//! `plenary verify` -> what it says of folders and hosts that are whole, damaged or hostile.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use plenary::output::{CHECKSUMS, Checksums, Digest};
use tempfile::TempDir;

use super::{WARNED, code, err, new_site, out, plenary, put};
use crate::support::files_of;

/// Returns a built site.
fn built() -> TempDir {
    let site = new_site();
    put(&site, "content/statements/2024/warned.md", WARNED);
    build(&site);
    site
}

fn build(site: &TempDir) {
    let done = plenary(site.path(), &["build", "--quiet"]);
    assert_eq!(code(&done), 0, "{}", err(&done));
}

fn list(site: &TempDir) -> Checksums {
    Checksums::parse(&fs::read(site.path().join("public").join(CHECKSUMS)).unwrap()).unwrap()
}

#[test]
fn the_list_has_every_other_file_after_any_build() {
    let site = built();
    let assert_whole = || {
        let list = list(&site);
        let files = files_of(&site.path().join("public"));
        let is_listed = |name: &String| !name.starts_with(".plenary-") && name != CHECKSUMS;
        let expect =
            files.iter().filter(|(name, _)| is_listed(name)).map(|(name, bytes)| (name.clone(), Digest::of(bytes)));
        assert_eq!(list.files, expect.collect::<BTreeMap<_, _>>());
    };
    assert_whole();
    // A file that is kept has the checksum that the list had, a new one its own.
    put(&site, "content/statements/2024/warned.md", &WARNED.replace("Words.", "Other words."));
    put(&site, "static/annex.bin", "\u{0}\u{1}");
    build(&site);
    assert_whole();
    let after = fs::read(site.path().join("public").join(CHECKSUMS)).unwrap();
    // Without the record of the last build, everything is made.
    fs::remove_dir_all(site.path().join(".plenary")).unwrap();
    build(&site);
    assert_eq!(fs::read(site.path().join("public").join(CHECKSUMS)).unwrap(), after);
    // A list that somebody changed counts for nothing.
    let wrong =
        String::from_utf8(after.clone()).unwrap().replace(&list(&site).files["index.html"].sha256, &"0".repeat(64));
    fs::write(site.path().join("public").join(CHECKSUMS), wrong).unwrap();
    put(&site, "content/one.md", "---\ntitle: One\n---\n\nWords.\n");
    build(&site);
    assert_whole();
    fs::remove_file(site.path().join("content/one.md")).unwrap();
    build(&site);
    assert_eq!(fs::read(site.path().join("public").join(CHECKSUMS)).unwrap(), after);
}

#[test]
fn a_folder_is_compared_with_its_list() {
    let site = built();
    let public = site.path().join("public");
    let good = plenary(site.path(), &["verify"]);
    assert_eq!((code(&good), out(&good).as_str()), (0, ""), "{}", err(&good));
    let sum = Digest::of(&fs::read(public.join(CHECKSUMS)).unwrap()).sha256;
    assert!(err(&good).contains(&format!("The list is sha256:{sum}")), "{}", err(&good));

    fs::write(public.join("404.html"), "forged").unwrap();
    fs::remove_file(public.join("robots.txt")).unwrap();
    fs::create_dir(public.join("extra")).unwrap();
    fs::write(public.join("extra/\u{1b}[2Jnew.html"), "not ours").unwrap();
    #[cfg(unix)]
    {
        fs::rename(public.join("index.html"), site.path().join("index.html")).unwrap();
        std::os::unix::fs::symlink(site.path().join("index.html"), public.join("index.html")).unwrap();
    }
    #[cfg(not(unix))]
    fs::write(public.join("index.html"), "").unwrap();
    let bad = plenary(site.path(), &["verify", "public"]);
    let lines = "changed 404.html\nforeign extra/\u{fffd}[2Jnew.html\nchanged index.html\nmissing robots.txt\n";
    assert_eq!((code(&bad), out(&bad).as_str()), (1, lines));
    let json = plenary(site.path(), &["verify", "public", "--format", "json"]);
    let last: serde_json::Value = serde_json::from_str(out(&json).lines().last().unwrap()).unwrap();
    let counts = ["verified", "changed", "missing", "foreign", "redirected"].map(|key| last[key].to_string());
    assert_eq!((code(&json), counts), (1, ["false", "2", "1", "1", "0"].map(str::to_owned)));
    let only = plenary(site.path(), &["verify", "--only", "/statements/"]);
    assert_eq!((code(&only), out(&only).as_str()), (0, ""), "{}", err(&only));

    // A forged list is found out by one from elsewhere.
    let copy = built();
    let kept = copy.path().join("kept.json");
    fs::copy(copy.path().join("public").join(CHECKSUMS), &kept).unwrap();
    let mut forged = list(&copy);
    fs::write(copy.path().join("public/404.html"), "forged").unwrap();
    forged.files.insert("404.html".into(), Digest::of(b"forged"));
    fs::write(copy.path().join("public").join(CHECKSUMS), forged.bytes()).unwrap();
    assert_eq!(code(&plenary(copy.path(), &["verify"])), 0);
    let against = plenary(copy.path(), &["verify", "--against", "kept.json"]);
    assert_eq!((code(&against), out(&against).as_str()), (1, "changed 404.html\n"));
}

#[test]
fn what_cannot_be_verified_is_said() {
    let site = new_site();
    let empty = tempfile::tempdir().unwrap();
    let folder = empty.path().to_str().unwrap();
    for (arguments, expect) in [
        (&["verify"][..], "has no data/manifest.json"),
        (&["verify", folder], "has no data/manifest.json"),
        (&["verify", "ftp://example.org/"], "not an address on the web"),
        (&["verify", "https://user:secret@example.org/"], "an address with a password"),
    ] {
        let done = plenary(site.path(), arguments);
        assert_eq!(code(&done), 2, "{arguments:?}");
        assert!(err(&done).contains(expect) && !err(&done).contains("secret@"), "{}", err(&done));
    }
    fs::create_dir(empty.path().join("data")).unwrap();
    let outside = r#"{"plenary":1,"title":"","base_url":"","files":{"../../etc/passwd":{"sha256":"","bytes":1}}}"#;
    for wrong in ["{", outside] {
        fs::write(empty.path().join(CHECKSUMS), wrong).unwrap();
        let done = plenary(site.path(), &["verify", folder]);
        assert_eq!(code(&done), 1, "{}", err(&done));
        assert!(err(&done).contains("cannot be used"), "{}", err(&done));
    }
    // Nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let done = plenary(site.path(), &["verify", &format!("http://{free}/")]);
    assert_eq!(code(&done), 3, "{}", err(&done));
}

/// Answers requests on this machine: `answer` gets a path and the number of the request, and writes the response.
fn serve(answer: impl Fn(&str, usize, &mut TcpStream) + Send + Sync + 'static) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (answer, asked) = (Arc::new(answer), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (answer, number) = (Arc::clone(&answer), counter.fetch_add(1, Ordering::SeqCst));
            std::thread::spawn(move || {
                let mut stream = stream;
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let path = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned();
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                answer(&path, number, &mut stream);
            });
        }
    });
    (address, asked)
}

/// Writes a response and closes the connection.
fn respond(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let _ = write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(body);
}

/// Answers as a plain host does: folders with a slash, no files for hosts, one redirect.
fn host(folder: &Path, path: &str, stream: &mut TcpStream) {
    let Some(path) = path.strip_prefix("/site/") else { return respond(stream, "404 Not Found", b"nothing") };
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match (path, fs::read(folder.join(file))) {
        ("404.html", _) => respond(stream, "308 Moved\r\nlocation: /site/404", b""),
        ("404", _) => respond(stream, "404 Not Found", &fs::read(folder.join("404.html")).unwrap()),
        ("_headers" | "_redirects" | ".nojekyll", _) | (_, Err(_)) => respond(stream, "404 Not Found", b"nothing"),
        (_, Ok(bytes)) => respond(stream, "200 OK", &bytes),
    }
}

#[test]
fn a_host_is_compared_with_its_list() {
    let site = built();
    let public = site.path().join("public");
    let folder = public.clone();
    // The first request for every third path fails, as on a busy host.
    let asked = Mutex::new(HashSet::new());
    let (address, _) = serve(move |path, _, stream| {
        let is_busy = {
            let mut asked = asked.lock().unwrap();
            let number = asked.len();
            asked.insert(path.to_owned()) && number % 3 == 1
        };
        if is_busy { respond(stream, "503 Busy", b"") } else { host(&folder, path, stream) }
    });
    let url = format!("http://{address}/site/");
    let good = plenary(site.path(), &["verify", &url]);
    assert_eq!((code(&good), out(&good).as_str()), (0, ""), "{}", err(&good));
    assert!(err(&good).contains("all as listed (3 files for the host cannot be seen there)"), "{}", err(&good));
    assert_eq!(code(&plenary(site.path(), &["verify", &url, "--against", "public"])), 0);

    fs::write(public.join("robots.txt"), "User-agent: *\nDisallow: /\n").unwrap();
    fs::remove_file(public.join("feed.xml")).unwrap();
    let bad = plenary(site.path(), &["verify", &url]);
    assert_eq!((code(&bad), out(&bad).as_str()), (1, "missing feed.xml\nchanged robots.txt\n"), "{}", err(&bad));
    let nowhere = plenary(site.path(), &["verify", &format!("http://{address}/other/")]);
    assert_eq!(code(&nowhere), 2, "{}", err(&nowhere));
}

#[test]
fn a_hostile_host_leads_nowhere_and_holds_up_nothing() {
    let site = built();
    let public = site.path().join("public");
    let (elsewhere, asked) = serve(|_, _, stream| respond(stream, "200 OK", b"secret"));
    let folder = public.clone();
    let (address, _) = serve(move |path, _, stream| match path {
        "/site/robots.txt" => respond(stream, &format!("302 Found\r\nlocation: http://{elsewhere}/metadata"), b""),
        "/site/feed.xml" => respond(stream, "302 Found\r\nlocation: file:///etc/passwd", b""),
        "/site/sitemap.xml" => respond(stream, "302 Found\r\nlocation: /site/sitemap.xml", b""),
        "/site/style.css" => {
            // A file that never ends.
            let _ = write!(stream, "HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b' '; 4096]).is_ok() {}
        }
        _ => host(&folder, path, stream),
    });
    let done = plenary(site.path(), &["verify", &format!("http://{address}/site/")]);
    let css = if list(&site).files.contains_key("style.css") { "changed style.css\n" } else { "" };
    let lines = format!("redirected feed.xml\nredirected robots.txt\nmissing sitemap.xml\n{css}");
    assert_eq!((code(&done), out(&done)), (1, lines), "{}", err(&done));
    assert_eq!(asked.load(Ordering::SeqCst), 0, "no other server was asked");
    assert_ne!(css, "", "the theme has this file");

    // The list itself may be anywhere, or endless.
    let (away, _) =
        serve(move |_, _, stream| respond(stream, &format!("302 Found\r\nlocation: http://{elsewhere}/"), b""));
    let done = plenary(site.path(), &["verify", &format!("http://{away}/")]);
    assert_eq!(code(&done), 2, "{}", err(&done));
    assert!(err(&done).contains("leads to another site"), "{}", err(&done));
    assert_eq!(asked.load(Ordering::SeqCst), 0, "no other server was asked");
}

/// Runs a command in a folder.
fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let done = Command::new(program).current_dir(folder).args(arguments).output().unwrap();
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[cfg(unix)]
#[test]
fn one_commit_gives_one_checksum_whoever_builds_it_and_where() {
    use std::os::unix::process::CommandExt as _;

    let first = tempfile::tempdir().unwrap();
    let one = first.path().join("a");
    fs::create_dir(&one).unwrap();
    assert_eq!(code(&plenary(&one, &["init"])), 0);
    let more = "\n[history]\ntexts = true\nadded = true\n\n[outputs]\nmarkdown = true\ncorpus = true\n";
    let site = fs::read_to_string(one.join("site.toml")).unwrap() + more;
    fs::write(one.join("site.toml"), site).unwrap();
    fs::write(one.join("content/note.md"), "---\ntitle: Note\n---\n\nWords.\n").unwrap();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        run(&one, "git", &[&identity[..], arguments].concat());
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "Begin", "--date", "2024-06-05T23:30:00-09:00"]);
    let second = tempfile::tempdir().unwrap();
    let other = second.path().join("a folder with a longer name, and a comma");
    run(first.path(), "git", &["clone", "--quiet", one.to_str().unwrap(), other.to_str().unwrap()]);

    let build = |folder: &Path, umask: &str, zone: &str, language: &str, user: Option<u32>| {
        if let Some(user) = user {
            run(folder, "chown", &["-R", &user.to_string(), folder.parent().unwrap().to_str().unwrap()]);
        }
        let script = format!("umask {umask}; exec \"$0\" --quiet build");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_plenary")]).current_dir(folder);
        command
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .env("HOME", folder)
            .env("USER", "someone");
        if let Some(user) = user {
            command.uid(user);
        }
        let done = command.output().unwrap();
        assert_eq!(code(&done), 0, "{}", err(&done));
        let bytes = fs::read(folder.join("public").join(CHECKSUMS)).unwrap();
        assert!(Checksums::parse(&bytes).unwrap().files.len() > 10);
        Digest::of(&bytes)
    };
    // Another user, where this one may become one: its number is that of nobody.
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    assert_eq!(
        build(&one, "022", "Pacific/Kiritimati", "C", None),
        build(&other, "077", "America/Anchorage", "ar_EG.UTF-8", is_root.then_some(65534)),
    );
}
