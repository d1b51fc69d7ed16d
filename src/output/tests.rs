//! What `output` promises, tried on real folders.

use std::collections::BTreeMap;
use std::path::Path;

use super::manifest::{MANIFEST, PARTIAL};
use super::staging::STAGING;
use super::*;

type Files<'a> = &'a [(&'a str, &'a str)];

fn site() -> (tempfile::TempDir, Target) {
    let site = tempfile::tempdir().unwrap();
    fs::create_dir(site.path().join("content")).unwrap();
    let folder = site.path().join("public");
    let target = Target { site: site.path().to_owned(), folder, force: false, dry_run: false };
    (site, target)
}

/// Publishes these; a file whose text is `fail` fails.
fn publish(target: &Target, files: Files) -> anyhow::Result<Result<Report, Vec<String>>> {
    publish_as(target, &Owner { title: "A site".into(), base_url: String::new() }, files)
}

fn publish_as(target: &Target, owner: &Owner, files: Files) -> anyhow::Result<Result<Report, Vec<String>>> {
    let files: Vec<(SitePath, &str)> =
        files.iter().map(|(path, text)| (SitePath::parse(path).unwrap(), *text)).collect();
    super::publish(
        target,
        owner,
        &files,
        |file| &file.0,
        |_| Round::First,
        |(path, text), _| if *text == "fail" { Err(path.url()) } else { Ok(text.as_bytes().to_vec()) },
        None,
        || files.iter().filter(|(_, text)| *text == "object").map(|(path, _)| path.url()).collect(),
    )
}

fn built(target: &Target, files: Files) -> Report {
    publish(target, files).unwrap().unwrap()
}

fn refused(target: &Target, files: Files) -> String {
    format!("{:#}", publish(target, files).unwrap_err())
}

/// Every file and directory below a folder with its bytes and the time of its last change.
fn all(folder: &Path) -> BTreeMap<PathBuf, (Option<Vec<u8>>, Option<std::time::SystemTime>)> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    let entry = |entry: walkdir::DirEntry| {
        let is_file = entry.file_type().is_file();
        let bytes = is_file.then(|| fs::read(entry.path()).unwrap());
        let modified = is_file.then(|| entry.metadata().unwrap().modified().unwrap());
        (entry.into_path(), (bytes, modified))
    };
    entries.map(entry).collect()
}

fn names(target: &Target) -> Vec<String> {
    let name = |path: &PathBuf| path.strip_prefix(&target.folder).unwrap().to_str().unwrap().to_owned();
    all(&target.folder).keys().map(name).collect()
}

#[test]
fn what_is_unchanged_is_not_touched() {
    let (_site, target) = site();
    let report = built(&target, &[("", "home"), ("a/", "a"), ("a/b/c.xml", "c")]);
    assert_eq!((report.written.len(), report.bytes, report.unchanged), (3, 6, 0));
    let before = all(&target.folder);
    assert_eq!(built(&target, &[("", "home"), ("a/", "a"), ("a/b/c.xml", "c")]).unchanged, 3);
    assert_eq!(all(&target.folder), before);
    let report = built(&target, &[("", "home"), ("a/", "x"), ("a/b/c.xml", "c")]);
    assert_eq!(report.written, [SitePath::parse("a/").unwrap()]);
    let after = all(&target.folder);
    for same in ["index.html", "a/b/c.xml"] {
        assert_eq!(after[&target.folder.join(same)], before[&target.folder.join(same)]);
    }
    assert_eq!(names(&target), [MANIFEST, "a", "a/b", "a/b/c.xml", "a/index.html", "index.html"]);
}

#[test]
fn the_manifest_is_sorted_and_the_same_whatever_the_order() {
    let (_one, first) = site();
    let (_two, second) = site();
    built(&first, &[("b", "2"), ("a", "1")]);
    built(&second, &[("a", "1"), ("b", "2")]);
    let read = |target: &Target| fs::read_to_string(target.folder.join(MANIFEST)).unwrap();
    assert_eq!(read(&first), read(&second));
    let (a, b) = (blake3::hash(b"1").to_hex(), blake3::hash(b"2").to_hex());
    assert_eq!(
        read(&first),
        format!(
            "{{\n  \"plenary\": 1,\n  \"owner\": {{\n    \"title\": \"A site\"\n  }},\n  \"files\": {{\n    \"a\": \"{a}\",\n    \"b\": \"{b}\"\n  }}\n}}\n"
        )
    );
}

#[test]
fn a_folder_of_someone_else_is_refused_unless_forced() {
    let (_site, mut target) = site();
    fs::create_dir(&target.folder).unwrap();
    fs::write(target.folder.join("index.html"), "theirs").unwrap();
    fs::write(target.folder.join("thesis.doc"), "theirs").unwrap();
    let before = all(&target.folder);
    assert!(refused(&target, &[("", "ours")]).contains("--force"));
    assert_eq!(all(&target.folder), before);
    target.force = true;
    built(&target, &[("", "ours")]);
    target.force = false;
    assert!(refused(&target, &[("", "ours"), ("thesis.doc", "ours")]).contains("not from an earlier build"));
    assert_eq!(built(&target, &[("a", "ours")]).removed, ["index.html"]);
    assert_eq!(names(&target), [MANIFEST, "a", "thesis.doc"]);
}

#[test]
fn the_site_and_its_sources_are_never_the_output() {
    let (site, mut target) = site();
    target.force = true;
    let above = site.path().parent().unwrap();
    for bad in [
        site.path(),
        above,
        &site.path().join("content/x"),
        &site.path().join("x/../content"),
        &site.path().join("themes"),
    ] {
        target.folder = bad.to_owned();
        refused(&target, &[("", "ours")]);
        assert!(!bad.join("index.html").exists());
    }
}

#[test]
fn only_ours_is_removed_and_folders_that_this_leaves_empty() {
    let (_site, target) = site();
    built(&target, &[("a/b/x", "x"), ("a/c/y", "y"), ("d/", "d")]);
    fs::write(target.folder.join("a/c/theirs"), "theirs").unwrap();
    assert_eq!(built(&target, &[("d/", "d")]).removed, ["a/b/x", "a/c/y"]);
    assert_eq!(names(&target), [MANIFEST, "a", "a/c", "a/c/theirs", "d", "d/index.html"]);
}

#[test]
fn a_failed_build_leaves_everything_as_it_was() {
    let (_site, target) = site();
    let bad: Files = &[("z", "fail"), ("a", "new"), ("b", "fail")];
    assert_eq!(publish(&target, bad).unwrap().unwrap_err(), ["/z", "/b"]);
    assert!(!target.folder.exists());
    built(&target, &[("a", "old"), ("gone", "old")]);
    let before = all(&target.folder);
    assert_eq!(publish(&target, bad).unwrap().unwrap_err(), ["/z", "/b"]);
    assert_eq!(all(&target.folder), before);
    assert_eq!(publish(&target, &[("a", "object"), ("b", "new")]).unwrap().unwrap_err(), ["/a"]);
    assert_eq!(all(&target.folder), before);
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let (_site, target) = site();
    built(&target, &[("a", "file"), ("b/c/d", "file")]);
    built(&target, &[("a/c/d", "file"), ("b", "file")]);
    assert_eq!(names(&target), [MANIFEST, "a", "a/c", "a/c/d", "b"]);
    fs::write(target.folder.join("a/theirs"), "theirs").unwrap();
    fs::write(target.folder.join("x"), "theirs").unwrap();
    let before = all(&target.folder);
    assert!(refused(&target, &[("a", "file")]).contains("theirs is not from an earlier build"));
    assert!(refused(&target, &[("x/", "page")]).contains("a folder is needed there"));
    assert!(refused(&target, &[("y/", "page"), ("y", "file")]).contains("both a file and a folder"));
    assert!(refused(&target, &[("y", "1"), ("y", "2")]).contains("twice"));
    assert!(refused(&target, &[(MANIFEST, "{}")]).contains("cannot be published"));
    assert_eq!(all(&target.folder), before);
}

#[test]
fn a_manifest_that_names_what_is_outside_removes_nothing_there() {
    let (site, target) = site();
    fs::create_dir(&target.folder).unwrap();
    let outside = site.path().join("x");
    fs::write(&outside, "theirs").unwrap();
    let manifest =
        serde_json::json!({"plenary": 1, "files": {"../x": "", outside.to_str().unwrap(): "", "a/../../x": ""}});
    fs::write(target.folder.join(MANIFEST), manifest.to_string()).unwrap();
    assert!(built(&target, &[("a", "a")]).removed.is_empty());
    assert!(outside.exists());
    assert_eq!(names(&target), [MANIFEST, "a"]);
}

#[cfg(unix)]
#[test]
fn links_are_neither_written_nor_removed_through() {
    let (site, target) = site();
    built(&target, &[("a/x", "x"), ("b", "b")]);
    let outside = site.path().join("outside");
    fs::rename(target.folder.join("a"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, target.folder.join("a")).unwrap();
    assert!(refused(&target, &[("a/x", "y"), ("b", "b")]).contains("symbolic link"));
    assert!(built(&target, &[("b", "b")]).removed.is_empty());
    assert_eq!(fs::read(outside.join("x")).unwrap(), b"x");
}

#[test]
fn a_second_build_into_one_folder_is_refused_whichever_sites_it_is() {
    let (_one, mut target) = site();
    let (_other, second) = site();
    target.folder.clone_from(&second.folder);
    let held = FolderLock::take(&second.folder).unwrap();
    assert!(refused(&target, &[("", "home")]).contains("another build is already writing to"));
    assert!(refused(&second, &[("", "home")]).contains("another build is already writing to"));
    drop(held);
    assert!(!second.folder.exists(), "a folder that was made for nothing goes away");
    built(&second, &[("", "home")]);
    assert_eq!(names(&second), [MANIFEST, "index.html"]);
}

#[test]
fn a_lock_whose_file_was_removed_meanwhile_is_not_taken_for_one() {
    let (_site, target) = site();
    for _ in 0..50 {
        let hold = || FolderLock::take(&target.folder).ok().map(|held| (held, target.folder.exists()));
        let (one, other) = rayon::join(hold, hold);
        assert!(one.is_some() || other.is_some());
        assert!(one.iter().chain(&other).all(|(_, is_there)| *is_there));
    }
    assert!(!target.folder.exists());
}

#[test]
fn another_sites_folder_is_refused_unless_forced() {
    let owner = |title: &str, base_url: &str| Owner { title: title.into(), base_url: base_url.into() };
    let (here, there) = ("https://a.example/", "https://b.example/");
    let one: Files = &[("statements/", "all"), ("statements/a/", "a"), ("statements/b/", "b")];
    let other: Files = &[("statements/", "all"), ("statements/c/", "c"), ("statements/d/", "d")];
    for (old, new, pages, expect) in [
        (owner("A", here), owner("A", here), other, None),
        (owner("A", here), owner("Renamed", here), &[("statements/", "all"), ("statements/b/", "b")], None),
        (owner("A", here), owner("B", here), other, Some("would remove all 2 statements")),
        (owner("A", here), owner("A", there), one, Some("contains another site, “A” (https://a.example/)")),
        (owner("A", here), owner("A", ""), one, None),
        (owner("A", ""), owner("B", ""), one, Some("contains another site, “A”, and this one is “B”")),
        (owner("A", ""), owner("B", here), one, Some("contains another site")),
        // Two new sites have the same title, and the address that every new site has.
        (
            owner("A", "https://example.org/"),
            owner("A", "https://example.org/"),
            other,
            Some("would remove all 2 statements"),
        ),
        (owner("A", ""), owner("A", ""), other, Some("would remove all 2 statements")),
        (owner("A", ""), owner("A", ""), &[("statements/", "all"), ("statements/b/", "b")], None),
    ] {
        let (_first, mut target) = site();
        let elsewhere = tempfile::tempdir().unwrap();
        target.folder = elsewhere.path().join("out");
        publish_as(&target, &old, one).unwrap().unwrap();
        let before = all(&target.folder);
        let (_second, mut second) = site();
        second.folder.clone_from(&target.folder);
        match (publish_as(&second, &new, pages), expect) {
            (Ok(done), None) => drop(done.unwrap()),
            (Err(error), Some(expect)) => {
                assert!(error.downcast_ref::<Refused>().is_some(), "the user can choose");
                assert!(error.to_string().contains(expect) && error.to_string().contains("--force"), "{error}");
                assert_eq!(all(&second.folder), before);
                second.force = true;
                publish_as(&second, &new, pages).unwrap().unwrap();
            }
            (done, expect) => panic!("{old:?}, {new:?}: {done:?}, not {expect:?}"),
        }
    }
}

#[test]
fn what_lies_in_the_sites_own_folder_is_its_own_whatever_its_title() {
    let (_site, target) = site();
    let owner = |title: &str| Owner { title: title.into(), base_url: String::new() };
    publish_as(&target, &owner("A"), &[("statements/a/", "a"), ("statements/b/", "b")]).unwrap().unwrap();
    publish_as(&target, &owner("B"), &[("statements/c/", "c")]).unwrap().unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_whose_link_leads_nowhere_is_refused_with_its_name() {
    let (site, mut target) = site();
    std::os::unix::fs::symlink(site.path().join("gone"), &target.folder).unwrap();
    for folder in [target.folder.clone(), target.folder.join("below")] {
        target.folder = folder;
        let message = refused(&target, &[("", "home")]);
        assert!(message.contains("is a symbolic link to") && message.contains("which does not exist"), "{message}");
    }
    assert!(!site.path().join("gone").exists());
}

#[test]
fn folders_that_a_killed_build_left_empty_are_in_no_ones_way() {
    let (_site, target) = site();
    built(&target, &[("a/b/x", "x"), ("c", "c")]);
    fs::remove_file(target.folder.join("a/b/x")).unwrap();
    fs::rename(target.folder.join(MANIFEST), target.folder.join(PARTIAL)).unwrap();
    built(&target, &[("a", "a file now"), ("c", "c")]);
    assert_eq!(names(&target), [MANIFEST, "a", "c"]);
}

#[test]
fn what_a_build_left_that_was_killed_before_it_published_is_nothing() {
    let (_site, target) = site();
    fs::create_dir_all(target.folder.join(STAGING)).unwrap();
    fs::write(target.folder.join(lock::LOCK), "").unwrap();
    built(&target, &[("", "home")]);
    assert_eq!(names(&target), [MANIFEST, "index.html"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_on_another_file_system_is_refused_before_anything_changes() {
    // Only if the machine has a second file system that can be written to; nearly everywhere `/dev/shm` is one.
    let (site, shm) = (tempfile::tempdir().unwrap(), Path::new("/dev/shm"));
    if let Ok(there) = tempfile::tempdir_in(shm) {
        let message = folders::check(site.path(), there.path()).map_err(|error| error.to_string());
        use std::os::unix::fs::MetadataExt as _;
        let device = |path: &Path| path.metadata().unwrap().dev();
        assert_eq!(message.is_err(), device(site.path()) != device(there.path()), "{message:?}");
    }
    // Nobody, not even root, can write to this file of the kernel.
    let message = folders::check(site.path(), Path::new("/proc/self")).unwrap_err().to_string();
    assert!(message.contains("nothing was changed"), "{message}");
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_would_be() {
    let (site, mut target) = site();
    target.dry_run = true;
    assert_eq!(built(&target, &[("", "home")]).written, [SitePath::home()]);
    assert_eq!(all(site.path()).len(), 1);
    target.dry_run = false;
    built(&target, &[("", "home"), ("a/b", "b"), ("c", "c")]);
    let before = all(site.path());
    target.dry_run = true;
    let next: Files = &[("", "new"), ("a", "a"), ("c", "c")];
    let would = built(&target, next);
    assert_eq!(all(site.path()), before);
    target.dry_run = false;
    // A dry run leaves no manifest.
    let Report { manifest, .. } = &would;
    assert_eq!(manifest, "");
    assert_eq!(Report { manifest: String::new(), ..built(&target, next) }, would);
}

#[test]
fn what_a_killed_build_left_is_known_as_ours() {
    let (_site, target) = site();
    built(&target, &[("a", "a"), ("b", "b")]);
    fs::rename(target.folder.join(MANIFEST), target.folder.join(PARTIAL)).unwrap();
    fs::create_dir(target.folder.join(STAGING)).unwrap();
    fs::write(target.folder.join(STAGING).join("0"), "half").unwrap();
    assert_eq!(built(&target, &[("a", "a")]).removed, ["b"]);
    assert_eq!(names(&target), [MANIFEST, "a"]);
}

#[test]
fn a_file_that_is_as_before_is_made_again_only_if_it_was_touched() {
    let (_site, target) = site();
    let first = built(&target, &[("a", "one"), ("b/c", "two"), ("gone", "three")]);
    let files: Vec<SitePath> = ["a", "b/c"].map(|path| SitePath::parse(path).unwrap()).into();
    // No file can be made, so every one that would have to be is an error.
    let again = |manifest: &str| {
        let before = Before { manifest, is_same: &|_| true };
        let owner = Owner { title: "A site".into(), base_url: String::new() };
        super::publish(
            &target,
            &owner,
            &files,
            |file| file,
            |_| Round::First,
            |file, _| Err::<Vec<u8>, _>(file.url()),
            Some(&before),
            Vec::new,
        )
        .unwrap()
    };
    assert!(is_intact(&target, &first.manifest).unwrap());
    assert_eq!(again("another"), Err(vec!["/a".to_owned(), "/b/c".to_owned()]));
    let second = again(&first.manifest).unwrap();
    assert_eq!((second.removed, second.unchanged), (vec!["gone".to_owned()], 2));
    assert!(!is_intact(&target, &first.manifest).unwrap() && is_intact(&target, &second.manifest).unwrap());
    fs::write(target.folder.join("b/c"), "TWO").unwrap();
    assert!(!is_intact(&target, &second.manifest).unwrap());
    assert_eq!(again(&second.manifest), Err(vec!["/b/c".to_owned()]));
    fs::remove_file(target.folder.join("b/c")).unwrap();
    assert!(!is_intact(&target, &second.manifest).unwrap());
    assert_eq!(again(&second.manifest), Err(vec!["/b/c".to_owned()]));
}
