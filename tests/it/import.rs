//! Submitted files -> drafts in a site's folder, as the command makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use plenary::import::item::{Outcome, of_original};
use plenary::import::judging::Verdict;
use plenary::import::knowing::Context;
use plenary::import::original::Original;
use plenary::import::reading::Ocr;

use crate::support::{drafted, imported, repository, snapshot};

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

/// Returns the top-level keys of front matter with their values, and the body.
fn parts(text: &str) -> (BTreeMap<String, String>, String) {
    let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    let mut key = String::new();
    for line in front.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            key = line.split(':').next().unwrap().to_owned();
        }
        keys.entry(key.clone()).or_default().push_str(line);
    }
    (keys, body.to_owned())
}

#[test]
fn the_founding_text_imports_to_the_body_it_has_in_the_collection() {
    const SEED: &str = "seeds/kazakhstan-outer-space.txt";
    let original = Original::new(SEED, Some(SEED.into()), read(SEED).into_bytes());
    let Outcome::Drafted(drafted) = of_original(original, Ocr::Never, &Context::default()) else { panic!("no draft") };
    let (expected, words) = parts(&read("content/statements/kazakhstan-outer-space.md"));
    let (found, body) = parts(&drafted.draft.text(SEED, &drafted.original, &[]));
    assert_eq!(body, words);
    // Its title is neutral, its status is draft, and its text is sealed; a person has chosen other words since.
    const OWN: [&str; 4] = ["title", "status", "source", "import"];
    let by_import: Vec<&String> = found.keys().filter(|key| !OWN.contains(&key.as_str())).collect();
    assert_eq!(by_import, ["delegation", "language"]);
    for key in by_import {
        assert_eq!(found[key], expected[key]);
    }
    assert!(found["source"].contains(expected["source"].rsplit(' ').next().unwrap()), "the same SHA-256");
    let by_hand: Vec<&String> = expected.keys().filter(|key| !found.contains_key(*key)).collect();
    assert_eq!(by_hand, ["date", "references", "rights", "status_note", "topics", "type"]);
}

#[test]
fn nothing_is_guessed_from_letters_without_meaning() {
    let signs = "uvwxvwyz uvwyzxwy vwxzy yzwvu xyzw ".repeat(50);
    let drafted = drafted("a.txt", signs.as_bytes());
    assert_eq!(drafted.judgement.verdict, Verdict::Unreadable);
    let guessed: Vec<_> = drafted.known.fields.iter().filter(|found| !found.sure).collect();
    assert!(guessed.is_empty(), "{guessed:?}");
}

#[test]
fn unreadable_files_are_reported_and_never_become_statements() {
    for (name, bytes) in [
        ("zeros.txt", &[0_u8; 100][..]),
        ("empty.txt", b""),
        ("picture.jpg", b"\xff\xd8\xff"),
        ("pointer.txt", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
    ] {
        assert!(matches!(imported(name, bytes), Outcome::Unreadable(_)), "{name}");
    }
    let dump = "/0 /1 /2 /i255 /3 /4 /0 /5 ".repeat(40);
    let stub = drafted("dump.txt", dump.as_bytes());
    assert!(!stub.draft.body.contains("i255"), "{}", stub.draft.body);
    assert!(Path::new(&stub.draft.id).file_name().is_some_and(|name| name == "dump"));
}

/// Runs the program in a folder.
pub(crate) fn plenary(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary")).current_dir(folder).args(arguments).output().unwrap()
}

pub(crate) fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// Returns the codes of the problems that an import reported, and its exit code.
fn reported(output: &Output) -> (BTreeSet<String>, i32) {
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    let objects = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let codes = objects.filter_map(|object| object["code"].as_str().map(str::to_owned));
    (codes.collect(), output.status.code().unwrap())
}

/// A text in which Kenya speaks; its words are invented.
pub(crate) const KENYAN: &str = "Mr. President,\n\nOn behalf of the Government of Kenya I thank you. Kenya welcomes the report that is\nbefore us, and Kenya will read it with the care that it deserves and that all of us\nowe to those who wrote it in the long nights of this autumn.\n";

#[test]
fn a_month_of_work_becomes_drafts_and_one_bad_file_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = at.join("site");
    put(at, "site/site.toml", b"title = \"A\"\n");
    put(at, "in/kenya.txt", KENYAN.as_bytes());
    put(at, "in/copy.txt", KENYAN.as_bytes());
    put(at, "in/zeros.txt", &[0; 5000]);
    put(at, "in/dump.txt", "/0 /1 /2 /i255 /3 /4 /0 /5 ".repeat(40).as_bytes());
    put(at, "in/short.txt", b"Thank you, Kenya.\n");
    put(at, "in/heading.txt", format!("{KENYAN}\nThe way ahead\n\n{}", KENYAN.split_once("On").unwrap().1).as_bytes());
    let first = plenary(&site, &["import", "../in", "--format", "json", "--report", "report.json"]);
    let (codes, exit) = reported(&first);
    let expected = [
        "duplicate-original",
        "similar-statement",
        "suspect-text",
        "unreadable-original",
        "unreadable-text",
        "unsure-field",
        "unsure-text",
    ];
    assert_eq!(codes, expected.map(str::to_owned).into());
    assert_eq!(exit, 1);
    let report: serde_json::Value = serde_json::from_slice(&fs::read(site.join("report.json")).unwrap()).unwrap();
    assert_eq!(report.as_array().unwrap().len(), 6);

    let page = |name: &str| fs::read_to_string(site.join(name)).unwrap();
    plenary(&site, &["import", "../in", "--dry-run", "--report", "report.html"]);
    let html = page("report.html");
    assert!(
        html.contains("<bdi class=\"number\">3</bdi> On behalf of the Government of Kenya")
            && !html.contains("<script")
    );
    assert!(html.contains("<a href=\"content/statements/copy/copy.txt\">Original</a>"), "{html}");
    assert!(html.contains("<a href=\"../in/zeros.txt\">Original</a>"), "{html}");
    let first = html.find("../in/zeros.txt</a>").zip(html.find("../in/copy.txt</a>"));
    assert!(first.is_some_and(|(worst, good)| worst < good), "the worst comes first");
    plenary(&site, &["import", "../in", "--dry-run", "--report", "report.txt"]);
    assert!(page("report.txt").starts_with("../in/zeros.txt: not read\n"), "{}", page("report.txt"));
    let review = plenary(&site, &["review", "--format", "json"]);
    let (codes, exit) = reported(&review);
    let expected =
        ["missing-date", "missing-delegation", "similar-statement", "suspect-text", "unreadable-text", "unsure-field"];
    assert_eq!((codes, exit), (expected.map(str::to_owned).into(), 1));

    // The first of two copies counts.
    let statement = site.join("content/statements/copy/index.md");
    let text = fs::read_to_string(&statement).unwrap();
    assert!(text.contains("title: \"Statement by Kenya\"\n") && text.contains("delegation: KEN\n"), "{text}");
    assert_eq!(fs::read(site.join("content/statements/copy/copy.txt")).unwrap(), KENYAN.as_bytes());
    assert_eq!(plenary(&site, &["check"]).status.code(), Some(0));

    // What a killed import had not written yet is written now.
    fs::remove_file(site.join("content/statements/copy/copy.txt")).unwrap();
    let again = plenary(&site, &["import", "../in"]);
    assert!(statement.with_file_name("copy.txt").exists());
    assert!(String::from_utf8_lossy(&again.stderr).contains("0 new, 0 updated, 4 unchanged"), "{again:?}");
    let edited = text.replace("I thank you", "I thank you all");
    fs::write(&statement, &edited).unwrap();
    put(at, "in/copy.txt", KENYAN.replace("autumn", "winter").as_bytes());
    fs::remove_file(at.join("in/kenya.txt")).unwrap();
    let (codes, _) = reported(&plenary(&site, &["import", "../in/copy.txt", "--format", "json"]));
    assert_eq!(codes, ["changed-original".to_owned()].into());
    assert_eq!(fs::read_to_string(&statement).unwrap(), edited, "what a person wrote is never written over");
}

#[test]
fn a_dry_run_writes_nothing_and_a_profile_holds_for_all_files() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = at.join("site");
    put(at, "site/site.toml", b"title = \"A\"\n");
    put(at, "in/ken_24_1969.txt", KENYAN.as_bytes());
    put(
        at,
        "site/batch.toml",
        b"names = \"{delegation}_{session}_{date}\"\n[set]\nforum = \"unga\"\nlanguage = \"en\"\n",
    );
    let dry = plenary(&site, &["import", "../in", "--profile", "batch.toml", "--dry-run"]);
    assert_eq!((dry.status.code(), site.join("content").exists()), (Some(0), false), "{dry:?}");
    let path = "content/statements/1969/ken-24-1969/index.md";
    assert_eq!(String::from_utf8_lossy(&dry.stdout), format!("new {path}\n"));
    plenary(&site, &["import", "../in", "--profile", "batch.toml"]);
    let text = fs::read_to_string(site.join(path)).unwrap();
    for line in [
        "title: \"Statement by Kenya, General Assembly, 1969\"",
        "date: \"1969\"",
        "delegation: KEN",
        "forum: unga",
        "session: \"24\"",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line}: {text}");
    }
    put(at, "site/batch.toml", b"[set]\nforrum = \"unga\"\n");
    assert_eq!(plenary(&site, &["import", "../in", "--profile", "batch.toml"]).status.code(), Some(2));
}

#[test]
fn an_index_holds_for_each_file_and_front_matter_is_not_text() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = at.join("site");
    put(at, "site/site.toml", b"title = \"A\"\n");
    put(at, "in/a.txt", KENYAN.as_bytes());
    put(at, "in/con.txt", KENYAN.replace("autumn", "winter").as_bytes());
    put(at, "secret.txt", KENYAN.as_bytes());
    let own = "---\ntitle: Words of Kenya\ndate: 2020-05-04\nlayout: post\n---\n\nKenya *thanks* all of you for the words that were said here today.\n";
    put(at, "in/own.md", own.as_bytes());
    let index = "file,Country,date,speaker,colour\na.txt,KEN,2019-10-12,\"Ms. Doe\",red\n../secret.txt,KEN,,,\ngone.txt,KEN,,,\ncon.txt,KEN,soon,,\n";
    put(at, "in/index.csv", index.as_bytes());
    put(at, "site/batch.toml", b"[columns]\nCountry = \"delegation\"\n");
    let output = plenary(&site, &["import", "../in/index.csv", "../in/own.md", "--profile", "batch.toml"]);
    let reported = String::from_utf8_lossy(&output.stderr);
    for line in [
        "../in/index.csv:3:1: error[wrong-index]: `../secret.txt` is outside the folder",
        "../in/index.csv:4:1: error[wrong-index]: the file `gone.txt` cannot be found",
        "../in/index.csv:5:13: error[wrong-index]: ",
        "../in/index.csv:1:27: warning[unknown-column]: the column `colour`",
        "../in/own.md:4:1: warning[unsure-field]: `layout: post`",
    ] {
        assert!(reported.contains(line), "{line}: {reported}");
    }
    let text = |path: &str| fs::read_to_string(site.join("content/statements").join(path)).unwrap();
    let first = text("2019/a/index.md");
    assert!(first.contains("date: \"2019-10-12\"\ndelegation: KEN\nspeaker:\n  as_printed: \"Ms. Doe\"\n"), "{first}");
    let own = text("2020/own/index.md");
    assert!(own.starts_with("---\ntitle: Words of Kenya\ndate: 2020-05-04\n"), "{own}");
    assert!(
        own.contains("    - key: layout\n      value: post\n")
            && own.ends_with("---\n\nKenya *thanks* all of you for the words that were said here today.\n")
    );
    assert!(text("con-1/index.md").contains("delegation: KEN\n"));
    assert_eq!(plenary(&site, &["build"]).status.code(), Some(0), "what was imported can be built");
    let again = plenary(&site, &["import", "../in/index.csv", "../in/own.md", "--profile", "batch.toml"]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("0 new, 0 updated, 3 unchanged"), "{again:?}");
}

#[test]
fn what_an_index_said_stays_until_another_changes_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = at.join("site");
    put(at, "site/site.toml", b"title = \"A\"\n");
    put(at, "in/a.txt", KENYAN.as_bytes());
    let index =
        "file,title,date,delegation,speaker,source.url\na.txt,Words,2019-10-12,UGA,\"Ms. Doe\",https://example.org/a\n";
    put(at, "full.csv", index.replace("a.txt", "in/a.txt").as_bytes());
    put(at, "narrow.csv", b"file,date,place\nin/a.txt,2019-10-13,Nairobi\n");
    let import = |path: &str, expected: &str| {
        let reported = plenary(&site, &["import", path]).stderr;
        assert!(
            String::from_utf8_lossy(&reported).contains(expected),
            "{path}: {}",
            String::from_utf8_lossy(&reported)
        );
        fs::read_to_string(site.join("content/statements/2019/a/index.md")).unwrap()
    };
    let first = import("../full.csv", "1 new, 0 updated");
    assert_eq!(import("../in", "0 new, 0 updated, 1 unchanged"), first);
    let both = import("../narrow.csv", "0 new, 1 updated");
    for said in ["title: Words", "date: \"2019-10-13\"", "delegation: UGA", "Ms. Doe", "example.org/a", "Nairobi"] {
        assert!(both.contains(said), "{said}: {both}");
    }
    assert_eq!(import("../in", "0 new, 0 updated, 1 unchanged"), both);
    // A corrected text without an index removes nothing.
    put(at, "in/a.txt", KENYAN.replace("autumn", "winter").as_bytes());
    assert_eq!(import("../in", "1 new, 0 updated"), both);
}

#[test]
fn the_sites_own_table_updates_statements_and_removes_or_duplicates_nothing() {
    let site = tempfile::tempdir().unwrap();
    let at = site.path();
    let short = "---\ntitle: \"On ports\"\ndate: 2020-05-04\ndelegation: KEN\nforum: unga-c1\nsession: 75\nspeaker: { family: Doe, given: Jane, honorific: Ms., role: Ambassador }\ntopics: []\n---\n\nThe harbour was closed.\n";
    let long = format!(
        "---\ntitle: On roads\ndate: \"2021\"\ndelegation: KAZ\nsource: {{ url: \"https://example.org/a\" }}\n---\n\n{KENYAN}"
    );
    put(at, "site.toml", b"title = \"Test\"\nbase_url = \"https://example.org/\"\n");
    put(at, "content/statements/ports.md", short.as_bytes());
    put(at, "content/statements/2021/roads/index.md", long.as_bytes());
    put(at, "content/statements/2021/roads/index.fr.md", long.replace("On roads", "Des routes").as_bytes());
    assert_eq!(plenary(at, &["build"]).status.code(), Some(0));
    let table = fs::read_to_string(at.join("public/data/statements.csv")).unwrap();
    let objects = fs::read(at.join("public/data/statements.json")).unwrap();
    put(at, "objects.json", &objects);
    let files = |at: &Path| crate::support::files_of(&at.join("content"));
    let before = files(at);
    for path in ["public/data/statements.csv", "objects.json", "content/statements/ports.md"] {
        plenary(at, &["import", path]);
        assert_eq!(files(at), before, "{path}");
    }
    let reported = plenary(at, &["import", "public/data/statements.csv"]);
    assert!(String::from_utf8_lossy(&reported.stderr).contains("0 new, 0 updated, 2 unchanged"), "{reported:?}");
    assert_eq!(reported.status.code(), Some(0), "{reported:?}");

    // An edited cell changes its key; emptied cells change nothing.
    let edited = table.replace("unga-c1", "unga-c2").replace("2020-05-04", "").replace(",published,", ",withdrawn,");
    put(at, "edited.csv", edited.as_bytes());
    let reported = plenary(at, &["import", "edited.csv"]);
    assert!(String::from_utf8_lossy(&reported.stderr).contains("0 new, 2 updated, 0 unchanged"), "{reported:?}");
    let now = files(at);
    let text = |path: &str| String::from_utf8(now[path].clone()).unwrap();
    let expected = short.replace("unga-c1", "unga-c2").replace("topics: []\n", "topics: []\nstatus: withdrawn\n");
    assert_eq!(text("statements/ports.md"), expected);
    assert_eq!(text("statements/2021/roads/index.md"), long.replace("source:", "status: withdrawn\nsource:"));
    assert_eq!(now.len(), before.len());
    // An older table does not republish a withdrawn text, and that is reported.
    let reported = plenary(at, &["import", "public/data/statements.csv", "--format", "json"]);
    assert_eq!(self::reported(&reported).0, ["wrong-index".to_owned()].into());
    assert!(
        files(at)["statements/ports.md"].ends_with(b"closed.\n") && text("statements/ports.md").contains("withdrawn")
    );
}

#[test]
fn import_and_review_report_the_same_missing_keys() {
    let site = tempfile::tempdir().unwrap();
    put(site.path(), "site.toml", b"title = \"Test\"\n");
    put(site.path(), "in/a.txt", KENYAN.as_bytes());
    let reported = plenary(site.path(), &["import", "in"]);
    snapshot("import-missing", &String::from_utf8_lossy(&reported.stderr));
    assert_eq!(reported.status.code(), plenary(site.path(), &["review"]).status.code());
}

#[test]
fn topics_of_the_collection_are_suggested_and_need_no_review() {
    let site = tempfile::tempdir().unwrap();
    put(site.path(), "site.toml", b"title = \"Test\"\n");
    put(site.path(), "content/topics/debris.md", b"---\ntitle: Debris\nmatch: { en: [orbital debris] }\n---\n");
    put(site.path(), "content/topics/ports.md", b"---\ntitle: Ports\nmatch: { en: [harbour] }\n---\n");
    let words = "My delegation thanks the chair. We are concerned that orbital debris grows year after year, \
                 and that those who make it do not say so to those whom it endangers.\n";
    put(site.path(), "in/a.txt", words.as_bytes());
    let output = plenary(site.path(), &["import", "in"]);
    let draft = fs::read_to_string(site.path().join("content/statements/a.md")).unwrap();
    assert!(draft.contains("\n  suggested:\n    - key: topics\n      value: \"[debris]\"\n"), "{draft}");
    let reported = String::from_utf8_lossy(&output.stderr);
    assert!(!reported.contains("topics"), "{reported}");
}

#[test]
fn a_web_page_is_recognised_whatever_its_name_says() {
    let page =
        b"<!DOCTYPE html>\n<html><body><p>My delegation thanks the chair for the work that was done.</p></body></html>";
    let body = drafted("a.txt", page).draft.body;
    assert_eq!(body.trim(), "My delegation thanks the chair for the work that was done.");
}

#[test]
fn only_one_import_at_a_time_writes_to_a_site() {
    let site = tempfile::tempdir().unwrap();
    put(site.path(), "site.toml", b"title = \"Test\"\n");
    put(site.path(), "in/a.txt", b"My delegation thanks the chair for the work that was done.\n");
    let held = plenary::exclusive::lock(site.path(), "import").unwrap();
    let output = plenary(site.path(), &["import", "in"]);
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    snapshot("import-another", &String::from_utf8_lossy(&output.stderr));
    drop(held);
    // A program that another test starts at this moment has the lock too, until it runs.
    let mut codes = (0..50).map(|_| {
        let code = plenary(site.path(), &["import", "in"]).status.code();
        std::thread::sleep(Duration::from_millis(if code == Some(3) { 100 } else { 0 }));
        code
    });
    assert!(codes.any(|code| code != Some(3)));
}
