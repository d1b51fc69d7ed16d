//! Archives, tables and killed imports -> what is reported about them, and that nothing is skipped silently.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORDS: &str =
    "We came to this hall with the hope that the work which began in spring will be done before the snow comes.";

fn plenary(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plenary")).current_dir(folder).args(arguments).output().unwrap()
}

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(&folder, "site.toml", b"title = \"T\"\n");
    folder
}

fn put(folder: &TempDir, path: &str, bytes: &[u8]) {
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

fn reported(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_path_with_nothing_to_import_is_reported() {
    let site = site();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("month/.chile.txt", SimpleFileOptions::default()).unwrap();
    zip.write_all(WORDS.as_bytes()).unwrap();
    put(&site, "in/hidden.zip", &zip.finish().unwrap().into_inner());
    put(&site, "in/empty.zip", &ZipWriter::new(Cursor::new(Vec::new())).finish().unwrap().into_inner());
    put(&site, "other/.git/config", b"no statement");
    put(&site, "other/.peru.docx", b"");
    put(&site, "index.csv", b"file,delegation\n");
    fs::create_dir(site.path().join("nothing")).unwrap();
    for (path, said) in [
        ("in/hidden.zip", "in/hidden.zip/month/.chile.txt: error[unreadable-original]: it was skipped"),
        ("in/empty.zip", "in/empty.zip: error[unreadable-original]: it contains nothing"),
        ("other", "other/.peru.docx: error[unreadable-original]: it was skipped"),
        ("index.csv", "index.csv: error[wrong-index]: the index names no files"),
        ("nothing", "nothing: error[unreadable-original]: it contains nothing"),
    ] {
        let output = plenary(site.path(), &["import", path]);
        assert_eq!(output.status.code(), Some(1), "{path}: {}", reported(&output));
        assert!(reported(&output).contains(said), "{path}: {}", reported(&output));
    }
}

/// Returns an archive of texts whose names are these bytes, as written by programs without Unicode.
fn archive_of(names: &[&[u8]]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (i, name) in names.iter().enumerate() {
        // A name of the same length is used until the bytes replace it.
        let stand_in = format!("{i}{}", "x".repeat(name.len() - 1));
        zip.start_file(&stand_in, SimpleFileOptions::default()).unwrap();
        zip.write_all(format!("{WORDS} {i}").as_bytes()).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    for (i, name) in names.iter().enumerate() {
        let stand_in = format!("{i}{}", "x".repeat(name.len() - 1)).into_bytes();
        for at in 0..bytes.len() - stand_in.len() {
            if bytes[at..].starts_with(&stand_in) {
                bytes[at..at + stand_in.len()].copy_from_slice(name);
            }
        }
    }
    bytes
}

#[test]
fn names_in_archives_are_decoded_in_the_encoding_of_their_program() {
    let cyrillic = encoding_rs::IBM866.encode("Выступление Беларуси.txt").0;
    let japanese = encoding_rs::SHIFT_JIS.encode("表明と予定/演説.txt").0;
    for (names, expect, of) in
        [(&[&*cyrillic][..], "Выступление Беларуси.txt", "IBM866"), (&[&*japanese], "表明と予定/演説.txt", "Shift_JIS")]
    {
        let site = site();
        put(&site, "month.zip", &archive_of(names));
        let output = plenary(site.path(), &["import", "month.zip", "--report", "report.txt"]);
        let report = fs::read_to_string(site.path().join("report.txt")).unwrap();
        assert!(report.contains(&format!("month.zip/{expect}: new")), "{report}");
        assert!(report.contains("month.zip: read by guessing\n  unsure-text: names in it are not UTF-8"), "{report}");
        assert!(
            reported(&output).contains(&format!("were read as {of}, which is a guess: `{expect}`")),
            "{}",
            reported(&output)
        );
    }
}

#[test]
fn a_missing_quotation_mark_costs_only_its_own_row() {
    let site = site();
    let rows = ["a.txt", "b.txt", "c.txt", "d.txt"];
    for (i, name) in rows.iter().enumerate() {
        put(&site, &format!("in/{name}"), format!("{WORDS} And number {i}.").as_bytes());
    }
    for (table, line, said, files) in [
        (
            "file,delegation,title\na.txt,PER,\"Open\nb.txt,CHL,Two\nc.txt,MLT,Three\n",
            "2:11",
            "never closed",
            &["b", "c"][..],
        ),
        (
            "file;delegation;title\na.txt;PER;One\nb.txt;CHL;\"Two\nc.txt;MLT;Three\nd.txt;OMN;\"Four\"\n",
            "3:11",
            "contains other rows",
            &["a", "c", "d"],
        ),
        (
            "sep=|\nfile|delegation|title\n||\n\"a.txt\"|PER|\"A \"\"new\"\" one\"\nb.txt|CHL|\"Two\" and more\n\n",
            "5:11",
            "text follows",
            &["a"],
        ),
        ("\u{feff}file\tdelegation\r\n\"a.txt\"\tPER\t\t\r\n\t\r\nb.txt\tCHL\r\n", "", "", &["a", "b"]),
    ] {
        put(&site, "in/index.csv", table.as_bytes());
        let output = plenary(site.path(), &["import", "in/index.csv", "--dry-run"]);
        let reported = reported(&output);
        let drafts: Vec<&str> = reported.lines().filter(|line| line.starts_with("new ")).collect();
        assert_eq!(drafts.len(), files.len(), "{table}: {reported}");
        for (draft, file) in drafts.iter().zip(files) {
            assert!(draft.ends_with(&format!("/{file}.md")), "{table}: {reported}");
        }
        let place = format!("in/index.csv:{line}: error[wrong-index]:");
        assert_eq!(reported.contains("wrong-index"), !line.is_empty(), "{reported}");
        assert!(line.is_empty() || reported.contains(&place) && reported.contains(said), "{table}: {reported}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn programs_and_copies_end_with_the_import_that_made_them() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::{Duration, Instant};
    let site = site();
    put(&site, "in/a.pdf", b"%PDF-1.4\n%%EOF\n");
    // A script in place of poppler: it starts another program, writes down both process ids, and keeps running.
    let program = "#!/bin/sh\nsleep 600 &\necho \"$$ $!\" > \"$PLENARY_TOLD.part\"; mv \"$PLENARY_TOLD.part\" \"$PLENARY_TOLD\"\nwait\n";
    for name in ["pdftotext", "pdftohtml", "pdftoppm"] {
        put(&site, &format!("bin/{name}"), program.as_bytes());
        fs::set_permissions(site.path().join("bin").join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    fs::create_dir(site.path().join("tmp")).unwrap();
    let path = format!("{}:{}", site.path().join("bin").display(), std::env::var("PATH").unwrap());
    let numbers = site.path().join("numbers");
    let mut import = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .current_dir(site.path())
        .args(["import", "in"])
        .env("PATH", path)
        .env("TMPDIR", site.path().join("tmp"))
        .env("PLENARY_TOLD", &numbers)
        .spawn()
        .unwrap();
    let until = |what: &dyn Fn() -> bool| {
        let begun = Instant::now();
        while !what() && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(20));
        }
        what()
    };
    assert!(until(&|| numbers.exists()), "the program was never started");
    let numbers: Vec<i32> =
        fs::read_to_string(&numbers).unwrap().split_whitespace().map(|number| number.parse().unwrap()).collect();
    import.kill().unwrap();
    import.wait().unwrap();
    let is_gone = |number: &i32| {
        // A process that has ended but was not waited for counts as gone.
        fs::read_to_string(format!("/proc/{number}/stat")).map_or(true, |stat| stat.contains(") Z "))
    };
    assert!(until(&|| numbers.iter().all(is_gone)), "the programs keep running");
    assert!(until(&|| fs::read_dir(site.path().join("tmp")).unwrap().next().is_none()), "the copies remain");
}
