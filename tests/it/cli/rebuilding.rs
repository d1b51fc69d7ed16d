//! A second build of a site -> only what differs from the first.

use std::time::SystemTime;

use super::*;
use crate::support::files_of;

/// Returns a new site that was built, and the files of its output folder.
fn built_site() -> (TempDir, crate::support::Files) {
    let site = new_site();
    put(&site, "content/statements/a.md", WARNED);
    let built = plenary(site.path(), &["build"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    let files = files_of(&site.path().join("public"));
    (site, files)
}

/// Builds a copy of a site that never was built, and returns the files.
fn clean(site: &TempDir) -> crate::support::Files {
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in files_of(site.path()).iter().filter(|(path, _)| !path.starts_with("public/")) {
        let file = copy.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let _ = fs::remove_dir_all(copy.path().join(".plenary"));
    assert_eq!(code(&plenary(copy.path(), &["build"])), 0);
    files_of(&copy.path().join("public"))
}

/// Builds again, and returns whether the build found that nothing had changed. The folder must then be as after a clean
/// build.
fn is_unchanged(site: &TempDir, arguments: &[&str]) -> bool {
    let built = plenary(site.path(), &[&["build"], arguments].concat());
    assert_eq!(code(&built), 0, "{}", err(&built));
    assert_eq!(files_of(&site.path().join("public")), clean(site));
    err(&built).contains("Nothing has changed in")
}

#[test]
fn a_build_without_changes_reports_what_the_last_one_did() {
    let (site, files) = built_site();
    let again = plenary(site.path(), &["build"]);
    assert!(err(&again).contains("Nothing has changed in"), "{}", err(&again));
    assert!(err(&again).contains("content/statements/a.md:4:13: warning[unknown-delegation]"), "{}", err(&again));
    assert!(err(&again).contains(": 0 files written, 0 removed, "), "{}", err(&again));
    assert_eq!(files_of(&site.path().join("public")), files);
    let json = plenary(site.path(), &["build", "--format", "json"]);
    let last: serde_json::Value = serde_json::from_str(out(&json).lines().last().unwrap()).unwrap();
    assert_eq!((&last["built"], &last["written"], &last["warnings"]), (&true.into(), &0.into(), &1.into()));
    assert_eq!(last["unchanged"], last["files"]);
}

#[test]
fn other_options_another_folder_and_a_stricter_build_are_other_builds() {
    let (site, _) = built_site();
    let strict = plenary(site.path(), &["build", "--strict"]);
    assert_eq!(code(&strict), 1, "{}", err(&strict));
    for arguments in
        [&["--drafts"][..], &["--as-of", "2026-01-01"], &["--base-url", "https://other.example/"], &["--force"]]
    {
        let built = plenary(site.path(), &[&["build"], arguments].concat());
        assert!(!err(&built).contains("Nothing has changed"), "{arguments:?}: {}", err(&built));
    }
    assert!(!is_unchanged(&site, &[]));
    assert!(is_unchanged(&site, &[]));
    let elsewhere = plenary(site.path(), &["build", "--output", "other"]);
    assert!(!err(&elsewhere).contains("Nothing has changed"), "{}", err(&elsewhere));
}

#[test]
fn content_that_changed_is_built_whatever_its_times_say() {
    let (site, _) = built_site();
    let file = site.path().join("content/statements/a.md");
    let written = |text: &str| {
        fs::write(&file, text).unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
    };
    written(WARNED);
    assert!(is_unchanged(&site, &[]), "only its time changed");
    written(&WARNED.replace("Words", "Other"));
    assert!(!is_unchanged(&site, &[]), "its size and time are the same");
    fs::rename(&file, site.path().join("content/statements/b.md")).unwrap();
    assert!(!is_unchanged(&site, &[]), "it has another name");
}

#[test]
fn an_output_folder_that_was_touched_is_mended() {
    let (site, files) = built_site();
    let public = site.path().join("public");
    let pages: Vec<&String> = files.keys().filter(|path| path.ends_with("index.html")).collect();
    for (at, path) in pages.iter().enumerate().take(4) {
        let file = public.join(path);
        match at {
            0 => fs::write(&file, "damaged").unwrap(),
            1 => fs::write(&file, [&*files[*path], b" "].concat()).unwrap(),
            2 => fs::remove_file(&file).unwrap(),
            _ => fs::write(&file, files[*path].iter().map(|byte| byte ^ 1).collect::<Vec<u8>>()).unwrap(),
        }
        assert!(!is_unchanged(&site, &[]), "{path}");
    }
    fs::remove_file(public.join(".plenary-manifest.json")).unwrap();
    assert!(plenary(site.path(), &["build"]).status.code() == Some(2), "a folder without a manifest is not ours");
    fs::remove_dir_all(&public).unwrap();
    assert!(!is_unchanged(&site, &[]));
    assert!(is_unchanged(&site, &[]));
}

#[test]
fn the_record_of_a_build_can_be_damaged_or_deleted() {
    let (site, _) = built_site();
    let file = site.path().join(".plenary/built");
    let record = fs::read(&file).unwrap();
    let middle = record.len() / 2;
    let other = [&record[..middle], &[record[middle] ^ 1], &record[middle + 1..]].concat();
    for damaged in [&record[..middle], b"", &other] {
        fs::write(&file, damaged).unwrap();
        assert!(!is_unchanged(&site, &[]));
        assert!(is_unchanged(&site, &[]), "the build made a new record");
    }
    fs::remove_dir_all(site.path().join(".plenary")).unwrap();
    assert!(!is_unchanged(&site, &[]));
    // A record of another site, with the same options.
    let (another, _) = built_site();
    put(&another, "content/statements/a.md", &WARNED.replace("Words", "Other"));
    assert_eq!(code(&plenary(another.path(), &["build"])), 0);
    fs::copy(another.path().join(".plenary/built"), &file).unwrap();
    assert!(!is_unchanged(&site, &[]));
}

#[test]
fn pages_that_are_the_same_are_not_made_again() {
    let (site, _) = built_site();
    put(&site, "content/statements/b.md", &WARNED.replace("title: A", "title: B"));
    assert!(!is_unchanged(&site, &[]));
    put(&site, "content/statements/b.md", &WARNED.replace("Words", "Further words"));
    fs::write(site.path().join("public/statements/a/index.html"), "damaged").unwrap();
    assert!(!is_unchanged(&site, &[]));
    fs::remove_file(site.path().join("content/statements/b.md")).unwrap();
    assert!(!is_unchanged(&site, &[]));
}
