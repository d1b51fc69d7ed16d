//! Saves -> what open browsers see of them.

use super::*;

#[test]
fn a_saved_page_is_reloaded_and_no_other() {
    let desk = desk(|_, _| ());
    let (mut changed, mut other) = (desk.listen("/a/"), desk.listen("/"));
    desk.put("content/a.md", "second");
    changed.next("page");
    desk.until("/a/", "second");
    // The other page learns of a version in which none of its files changed; it must not reload.
    assert!(other.next("files").contains("\"paths\":[]"));
}

#[test]
fn a_style_sheet_is_swapped_in_place() {
    let desk = desk(|_, _| ());
    let mut page = desk.listen("/a/");
    desk.put("static/main.css", "p { color: green }");
    assert!(page.next("files").contains("\"paths\":[\"/main.css\"]"));
}

#[test]
fn while_saves_go_on_no_page_is_gone_for_a_moment() {
    let desk = desk(|_, _| ());
    for round in 0..40 {
        // Editors save in three ways: in place, by renaming a new file, and over a backup.
        let file = desk.folder.path().join("content/a.md");
        match round % 3 {
            0 => desk.put("content/a.md", &format!("round {round}")),
            1 => {
                desk.put("content/.a.md.tmp", &format!("round {round}"));
                std::fs::rename(desk.folder.path().join("content/.a.md.tmp"), file).unwrap();
            }
            _ => {
                let new = desk.folder.path().join("content/a.md.part");
                std::fs::copy(&file, desk.folder.path().join("content/a.md~")).unwrap();
                std::fs::write(&new, format!("round {round}")).unwrap();
                std::fs::rename(new, file).unwrap();
            }
        }
        for path in ["/a/", "/", "/sub/b/", "/main.css"] {
            assert_eq!(desk.get(path).status, 200);
        }
    }
    desk.until("/a/", "round 39");
}

#[test]
fn new_renamed_and_removed_files_and_folders_are_seen() {
    let desk = desk(|_, _| ());
    let at = |path: &str| desk.folder.path().join(path);
    std::fs::create_dir_all(at("content/new/deep")).unwrap();
    desk.put("content/new/deep/c.md", "deep");
    desk.wait(|| desk.get("/new/deep/c/").body.contains("deep"));
    desk.put("content/new/deep/c.md", "deeper");
    desk.until("/new/deep/c/", "deeper");
    std::fs::rename(at("content/new"), at("content/old")).unwrap();
    desk.wait(|| desk.get("/old/deep/c/").status == 200 && desk.get("/new/deep/c/").status == 404);
    desk.put("content/old/deep/c.md", "after the rename");
    desk.until("/old/deep/c/", "after the rename");
    std::fs::remove_dir_all(at("content/old")).unwrap();
    desk.wait(|| desk.get("/old/deep/c/").status == 404);
}

#[test]
fn a_save_of_many_files_is_one_batch() {
    let desk = desk(|_, _| ());
    for number in 0..200 {
        desk.put(&format!("content/many-{number}.md"), "one of many");
    }
    desk.wait(|| desk.get("/many-199/").status == 200);
    let built = desk.events.lock().unwrap().iter().filter(|event| matches!(event, Event::Built { .. })).count();
    // How many versions depends on how fast the machine writes; one per file would not be a batch.
    assert!(built < 100, "{built} builds for 200 files");
}

#[test]
fn the_site_is_kept_while_the_content_folder_is_missing() {
    let desk = desk(|_, _| ());
    let (content, elsewhere) = (desk.folder.path().join("content"), tempfile::tempdir().unwrap());
    for round in 0..3 {
        let mut page = desk.listen("/a/");
        page.next("problems");
        std::fs::rename(&content, elsewhere.path().join("content")).unwrap();
        assert!(page.next("problems").contains("`content` has disappeared"));
        assert_eq!(desk.get("/a/").status, 200);
        std::fs::rename(elsewhere.path().join("content"), &content).unwrap();
        assert!(page.next("problems").contains("\"texts\":[]"));
        desk.put("content/a.md", &format!("back {round}"));
        desk.until("/a/", &format!("back {round}"));
    }
    // Another folder of the same name, as a checkout creates it.
    std::fs::remove_dir_all(&content).unwrap();
    std::fs::create_dir(&content).unwrap();
    desk.put("content/a.md", "anew");
    // For a moment the folder existed without the page.
    desk.wait(|| desk.get("/a/").body.contains("anew"));
    desk.put("content/a.md", "and again");
    desk.until("/a/", "and again");
}

#[test]
fn a_site_goes_on_without_its_folders_of_themes_and_static_files() {
    let desk = desk(|root, _| {
        std::fs::create_dir_all(root.join("themes/ours/templates")).unwrap();
        std::fs::write(root.join("themes/ours/templates/base.html"), "").unwrap();
    });
    for folder in ["themes", "static"] {
        std::fs::remove_dir_all(desk.folder.path().join(folder)).unwrap();
        desk.put("content/a.md", &format!("without {folder}"));
        desk.until("/a/", &format!("without {folder}"));
    }
    desk.wait(|| desk.get("/main.css").status == 404);
}

#[test]
fn without_a_watcher_the_folder_is_looked_at() {
    let desk = desk(|_, options| options.poll = true);
    assert!(matches!(desk.events.lock().unwrap()[0], Event::Polling { .. }));
    desk.put("content/a.md", "polled");
    desk.until("/a/", "polled");
}

#[test]
fn a_changed_site_toml_is_seen() {
    let desk = desk(|_, _| ());
    desk.put("site.toml", "base_url = \"https://example.org/b/\"");
    desk.wait(|| desk.get("/b/a/").status == 200);
}

/// The files that a build can read: where each is, and the path under which the stand-in shows it.
const READ: [(&str, &str); 4] = [
    ("content/a.md", "/a/"),
    ("static/main.css", "/main.css"),
    ("themes/ours/a.html", "/themes/ours/a.html"),
    ("locks/a.en.lock", "/locks/a.en.lock"),
];

#[test]
fn whatever_a_build_reads_is_followed_with_and_without_a_watcher() {
    for poll in [false, true] {
        let desk = desk(|root, options| {
            options.poll = poll;
            std::fs::create_dir_all(root.join("themes/ours")).unwrap();
            std::fs::create_dir_all(root.join("locks")).unwrap();
        });
        for (path, url) in READ {
            desk.put(path, "made");
            desk.wait(|| desk.get(url).body.contains("made"));
            desk.put(path, "changed");
            desk.wait(|| desk.get(url).body.contains("changed"));
            std::fs::remove_file(desk.folder.path().join(path)).unwrap();
            desk.wait(|| desk.get(url).status == 404);
        }
    }
}

#[test]
fn a_file_replaced_by_one_of_its_size_and_time_is_followed() {
    for poll in [false, true] {
        let desk = desk(|root, options| {
            options.poll = poll;
            for (path, _) in READ {
                put_long_ago(root, path, "ask for 10");
            }
        });
        for (path, url) in READ {
            desk.wait(|| desk.get(url).body.contains("ask for 10"));
            put_long_ago(desk.folder.path(), path, "ask for 99");
            desk.wait(|| desk.get(url).body.contains("ask for 99"));
        }
    }
}

/// Puts a file in place with an old modification time, as unpacking an archive does.
fn put_long_ago(root: &Path, path: &str, text: &str) {
    let (file, part) = (root.join(path), root.join("new.part"));
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&part, text).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    std::fs::File::options().write(true).open(&part).unwrap().set_modified(time).unwrap();
    std::fs::rename(part, file).unwrap();
}
