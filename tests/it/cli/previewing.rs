//! `plenary build --preview` -> drafts at an address of their own, of which the site itself knows nothing.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{code, command, err, new_site, plenary, put};
use crate::support::files_of;

const DRAFT: &str =
    "---\ntitle: Not yet\nstatus: draft\ndate: 2024-01-01\ndelegation: KAZ\n---\n\nThe quokka sleeps.\n";

/// Gives a site this address.
fn set_address(site: &TempDir, url: &str) {
    let config = fs::read_to_string(site.path().join("site.toml")).unwrap();
    put(site, "site.toml", &config.replace("base_url = \"https://example.org/\"", &format!("base_url = \"{url}\"")));
}

/// Returns a new site with an address and a draft.
fn with_draft() -> TempDir {
    let site = new_site();
    set_address(&site, "https://example.org/a/");
    put(&site, "content/statements/2024/draft.md", DRAFT);
    site
}

/// Returns the folders of previews.
fn previews(site: &TempDir) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(site.path().join("preview")) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

#[test]
fn a_preview_has_an_address_of_its_own_that_stays_the_same() {
    let site = with_draft();
    let built = plenary(site.path(), &["build", "--drafts", "--preview"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    let folders = previews(&site);
    let [folder] = folders.as_slice() else { panic!("{folders:?}") };
    let token = folder.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    let address = format!("https://example.org/a/preview/{token}/");
    assert!(err(&built).contains(&address), "{}", err(&built));

    let pages: Vec<(String, Vec<u8>)> =
        files_of(folder).into_iter().filter(|(name, _)| name.ends_with(".html")).collect();
    assert!(pages.iter().any(|(_, page)| String::from_utf8_lossy(page).contains("quokka")));
    for (name, page) in &pages {
        let page = String::from_utf8_lossy(page);
        // A page at an old address only leads on.
        let leads_on = page.contains("http-equiv=\"refresh\"");
        assert!(page.contains("content=\"noindex\"") && (leads_on || page.contains("Preview of drafts")), "{name}");
    }

    plenary(site.path(), &["build", "--drafts", "--preview"]);
    assert_eq!(previews(&site), folders, "the same key gives the same address");
    let with_key = |key: &str| {
        let arguments = ["build", "--drafts", "--preview"];
        command(site.path(), &arguments).env("PLENARY_PREVIEW_KEY", key).output().unwrap()
    };
    assert_eq!(code(&with_key("short")), 2);
    assert_eq!(code(&with_key("another key, from a workflow")), 0);
    assert_eq!(previews(&site).len(), 2, "another key gives another address");
}

#[test]
fn the_site_itself_knows_nothing_of_its_previews() {
    let site = with_draft();
    plenary(site.path(), &["build", "--drafts", "--preview"]);
    let built = plenary(site.path(), &["build"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
    let token = previews(&site)[0].file_name().unwrap().to_str().unwrap().to_owned();
    for (name, bytes) in files_of(&site.path().join("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("quokka") && !text.contains(&token) && !text.contains("/preview/"), "{name}");
    }
    let ignored = fs::read_to_string(site.path().join(".gitignore")).unwrap();
    assert!(ignored.lines().any(|line| line == "/preview/"), "{ignored}");
}

#[test]
fn a_preview_asks_for_what_it_needs() {
    let site = new_site();
    let nothing_to_show = plenary(site.path(), &["build", "--preview"]);
    assert_eq!(code(&nothing_to_show), 2, "{}", err(&nothing_to_show));
    set_address(&site, "");
    let no_address = plenary(site.path(), &["build", "--preview", "--drafts"]);
    assert!(code(&no_address) == 2 && err(&no_address).contains("base_url"), "{}", err(&no_address));
    let given = plenary(site.path(), &["build", "--preview", "--drafts", "--base-url", "https://example.org/"]);
    assert_eq!(code(&given), 0, "{}", err(&given));
}
