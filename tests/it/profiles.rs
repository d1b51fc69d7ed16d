//! Imports with a profile, and later ones of the same files without it -> what the drafts keep of it.

use std::fs;
use std::path::Path;

use crate::import::{KENYAN, plenary, put};

#[test]
fn the_rest_of_a_delivery_is_imported_with_the_same_profile() {
    let folder = tempfile::tempdir().unwrap();
    let (site, inbox) = (folder.path().join("site"), folder.path().join("in"));
    fs::create_dir_all(&inbox).unwrap();
    plenary(folder.path(), &["init", "site"]);
    fs::write(site.join("batch.toml"), "[set]\ndelegation = \"PER\"\ndate = \"2024-10-17\"\n").unwrap();
    let text =
        |words: &str| format!("{words}\n\nWe thank the Chair, and we support the programme of work as it stands.\n");
    fs::write(inbox.join("a.txt"), text("We speak about outer space today.")).unwrap();
    let delegations = |site: &Path| {
        let listed = plenary(site, &["list", "--where", "delegation=PER", "--format", "csv"]);
        String::from_utf8(listed.stdout).unwrap().lines().count().saturating_sub(1)
    };
    // A dry run leaves nothing behind.
    plenary(&site, &["import", "../in", "--profile", "batch.toml", "--dry-run"]);
    assert!(!site.join("imports.toml").exists());
    plenary(&site, &["import", "../in", "--profile", "batch.toml"]);
    let written = fs::read_to_string(site.join("imports.toml")).unwrap();
    assert!(written.ends_with("[[import]]\npath = \"../in\"\nprofile = \"batch.toml\"\n"), "{written}");

    fs::write(inbox.join("b.txt"), text("Small satellites need rules of their own.")).unwrap();
    let again = plenary(&site, &["import", "../in"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("Using the profile batch.toml"), "{said}");
    assert_eq!(delegations(&site), 2);

    fs::rename(site.join("batch.toml"), site.join("moved.toml")).unwrap();
    let gone = plenary(&site, &["import", "../in"]);
    assert_eq!(gone.status.code(), Some(2), "{}", String::from_utf8_lossy(&gone.stderr));
    plenary(&site, &["import", "../in", "--no-profile"]);
    assert!(!fs::read_to_string(site.join("imports.toml")).unwrap().contains("[[import]]"));
    assert_eq!(delegations(&site), 2, "what the profile said stays");
}

#[test]
fn what_a_profile_said_stays_when_an_index_comes_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = at.join("site");
    put(at, "site/site.toml", b"title = \"A\"\n");
    put(at, "in/a.txt", KENYAN.as_bytes());
    put(at, "in/i.csv", b"file,place\na.txt,Nairobi\n");
    put(
        at,
        "site/batch.toml",
        b"override = [\"delegation\"]\n[set]\nforum = \"unga-c1\"\ndate = \"2019\"\ndelegation = \"UGA\"\n",
    );
    let read = || fs::read_to_string(site.join("content/statements/2019/a/index.md")).unwrap();
    plenary(&site, &["import", "../in/a.txt", "--profile", "batch.toml"]);
    let first = read();
    assert!(first.contains("\n  profile: [date, delegation, forum]\n"), "{first}");
    let reported = plenary(&site, &["import", "../in/a.txt", "--no-profile"]);
    assert!(String::from_utf8_lossy(&reported.stderr).contains("0 new, 0 updated, 1 unchanged"), "{reported:?}");
    let reported = plenary(&site, &["import", "../in/i.csv"]);
    assert!(String::from_utf8_lossy(&reported.stderr).contains("0 new, 1 updated"), "{reported:?}");
    for said in ["forum: unga-c1\n", "date: \"2019\"\n", "delegation: UGA\n", "place: Nairobi\n"] {
        assert!(read().contains(said), "{said}: {}", read());
    }
}
