//! Real folders -> what a scan of them finds.

use super::*;

#[test]
fn editors_files_are_not_the_sites() {
    for (name, ignored) in [
        ("a.md", false),
        ("a.md~", true),
        (".a.md.swp", true),
        ("4913", true),
        ("#a.md#", true),
        (".#a.md", true),
        (".git", true),
        ("_headers", false),
        ("CNAME", false),
        ("a.md.kate-swp", true),
    ] {
        assert_eq!(is_ignored(name, false), ignored, "{name}");
    }
    assert!(!is_ignored(".well-known", true));
}

#[test]
fn a_name_is_the_same_in_either_unicode_form() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, path).unwrap();
    };
    put("content/De\u{301}bat/a.pdf");
    put("content/De\u{301}bat/na\u{308}chste.pdf");
    let mut sources = Sources::scan(folder.path());
    let paths = |sources: &Sources| sources.content.iter().map(|s| s.path.to_string()).collect::<Vec<_>>();
    assert_eq!(paths(&sources), ["content/D\u{e9}bat/a.pdf", "content/D\u{e9}bat/n\u{e4}chste.pdf"]);
    assert_eq!(&*sources.content[1].load().unwrap(), "content/De\u{301}bat/na\u{308}chste.pdf".as_bytes());
    for path in ["content/D\u{e9}bat/n\u{e4}chste.pdf", "content/De\u{301}bat/n\u{e4}chste.pdf"] {
        assert!(real_path(folder.path(), path).is_file(), "{path}");
    }
    assert_eq!(real_path(folder.path(), "content/x\u{e9}/y"), folder.path().join("content/x\u{e9}/y"));
    std::fs::remove_file(folder.path().join("content/De\u{301}bat/a.pdf")).unwrap();
    sources.look_again(folder.path(), &["content/De\u{301}bat/a.pdf".into()]);
    assert_eq!(paths(&sources), ["content/D\u{e9}bat/n\u{e4}chste.pdf"]);
    if std::fs::read_dir(folder.path().join("content/D\u{e9}bat")).is_err() {
        put("content/D\u{e9}bat/n\u{e4}chste.pdf");
        let sources = Sources::scan(folder.path());
        assert_eq!((sources.content.len(), sources.diagnostics[0].code), (1, Code::SameUrl));
    }
}

#[test]
fn a_site_without_content_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let codes = || Sources::scan(folder.path()).diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>();
    assert_eq!(codes(), [Code::UnreadableFile]);
    std::fs::create_dir(folder.path().join("content")).unwrap();
    assert_eq!(codes(), []);
}

#[test]
fn a_change_of_whatever_a_build_reads_is_a_difference() {
    let paths = ["site.toml", "content/a.md", "static/a.css", "themes/t/a.html", "words/fr.toml", "locks/a.en.lock"];
    let map = |changed: &str| -> BTreeMap<String, Vec<u8>> {
        let bytes = |path: &str| if path == changed { b"new".to_vec() } else { b"old".to_vec() };
        paths.iter().map(|path| ((*path).to_owned(), bytes(path))).collect()
    };
    let before = Sources::from_map(&map(""));
    assert!(before.is_same(&Sources::from_map(&map(""))));
    assert_eq!(paths[1..].iter().map(|path| path.split('/').next().unwrap()).collect::<Vec<_>>(), FOLDERS);
    for changed in paths {
        assert!(!before.is_same(&Sources::from_map(&map(changed))), "{changed}");
        let mut without = map("");
        without.remove(changed);
        assert!(!before.is_same(&Sources::from_map(&without)), "without {changed}");
    }
}

#[test]
fn a_file_replaced_by_one_of_its_size_and_time_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("content/a.md"), folder.path().join("other"));
    std::fs::create_dir(folder.path().join("content")).unwrap();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let write = |file: &Path, text: &str| {
        std::fs::write(file, text).unwrap();
        std::fs::File::options().write(true).open(file).unwrap().set_modified(long_ago).unwrap();
    };
    write(&file, "ten");
    let before = Sources::scan(folder.path());
    write(&other, "two");
    std::fs::rename(&other, &file).unwrap();
    assert!(!before.is_same(&Sources::scan(folder.path())), "renamed over it");
    let mut rescanned = before.clone();
    rescanned.look_again(folder.path(), &["content/a.md".into()]);
    assert_eq!(rescanned.content[0].stamp, Stamp::of_bytes(b"two"), "its bytes count, whatever its times say");
    write(&file, "six");
    assert!(!rescanned.is_same(&Sources::scan(folder.path())), "written in place");
}

#[test]
fn what_changes_between_two_looks_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    for path in ["content/a.md", "content/b.md", "static/c.txt"] {
        put(path, "first");
    }
    let settled = Sources::scan_settled(folder.path());
    assert_eq!((settled.diagnostics.len(), settled.changed_since(folder.path()).len()), (0, 0));
    put("static/c.txt", "other");
    put("locks/a.en.lock", "new");
    std::fs::remove_file(folder.path().join("content/b.md")).unwrap();
    let changed = settled.changed_since(folder.path());
    let places: Vec<&str> = changed.iter().map(|problem| &*problem.place.as_ref().unwrap().path).collect();
    assert_eq!(places, ["locks/a.en.lock", "static/c.txt", "content/b.md"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_to_nowhere_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::os::unix::fs::symlink("gone", folder.path().join("static")).unwrap();
    let problems = Sources::scan(folder.path()).diagnostics;
    assert!(problems.len() == 1 && problems[0].message.contains("`static` is a broken symbolic link"), "{problems:?}");
}

#[test]
fn looking_again_at_one_path_equals_a_new_walk() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    put("content/b.md", "b");
    put("content/b/a.md", "ba");
    let mut sources = Sources::scan(folder.path());
    put("content/b/c.md", "c");
    put("content/a.md", "a");
    std::fs::remove_file(folder.path().join("content/b.md")).unwrap();
    sources.look_again(folder.path(), &["content/b/c.md".into(), "content/a.md".into(), "content/b.md".into()]);
    let paths = |sources: &Sources| sources.content.iter().map(|s| s.path.to_string()).collect::<Vec<_>>();
    assert_eq!(paths(&sources), ["content/a.md", "content/b/a.md", "content/b/c.md"]);
    assert_eq!(paths(&sources), paths(&Sources::scan(folder.path())));
}
