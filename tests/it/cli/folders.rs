//! What a build reads and writes while others do too.

use super::*;
use crate::support::files_of;

#[test]
fn a_site_that_cannot_be_written_is_built_into_a_folder_elsewhere() {
    let (site, elsewhere) = (new_site(), tempfile::tempdir().unwrap());
    let out = elsewhere.path().join("out");
    let before = files_of(site.path());
    let built = plenary(site.path(), &["build", "--output", out.to_str().unwrap()]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    // But for its caches, which it can do without, a build only reads the site's folder: it needs no lock there.
    let mut after = files_of(site.path());
    after.retain(|path, _| !path.starts_with(".plenary/"));
    assert_eq!(after, before);
    assert!(out.join("index.html").is_file() && !out.join(".plenary-lock").exists());
}

#[test]
fn another_sites_folder_is_not_taken_over() {
    let (one, other, elsewhere) = (new_site(), new_site(), tempfile::tempdir().unwrap());
    put(&one, "site.toml", "title = \"Mission of Peru\"\n");
    put(&other, "site.toml", "title = \"Mission of Chile\"\n");
    let folder = elsewhere.path().join("out");
    let build = |site: &TempDir, more: &[&str]| {
        plenary(site.path(), &[&["build", "--output", folder.to_str().unwrap()], more].concat())
    };
    assert_eq!(code(&build(&one, &[])), 0);
    let before = files_of(&folder);
    let refused = build(&other, &[]);
    assert_eq!(code(&refused), 2, "{}", err(&refused));
    assert!(err(&refused).contains("contains another site, “Mission of Peru”"), "{}", err(&refused));
    assert_eq!(files_of(&folder), before);
    assert_eq!(code(&build(&other, &["--force"])), 0);
}

#[test]
fn a_file_that_is_being_written_is_neither_published_nor_locked() {
    let site = new_site();
    put(&site, "content/statements/a.md", WARNED);
    let file = site.path().join("content/statements/a.md");
    let (end, ended) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        while matches!(ended.try_recv(), Err(std::sync::mpsc::TryRecvError::Empty)) {
            fs::write(&file, &WARNED[..WARNED.len() / 2]).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        fs::write(file, WARNED).unwrap();
    });
    let (built, locked) = (plenary(site.path(), &["build"]), plenary(site.path(), &["lock"]));
    drop(end);
    writer.join().unwrap();
    for reported in [&built, &locked] {
        assert_eq!(code(reported), 1, "{}", err(reported));
        assert!(err(reported).contains("content/statements/a.md: error[unreadable-file]: the file keeps changing"));
    }
    assert!(!site.path().join("public").exists() && !site.path().join("locks").exists());
    assert_eq!(code(&plenary(site.path(), &["build"])), 0);
}
