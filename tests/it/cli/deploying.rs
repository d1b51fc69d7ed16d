//! `plenary deploy` -> the files on a host, after every kind of accident.

mod bucket;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{WARNED, code, err, new_site, out, plenary, put};
use crate::support::files_of;

/// Returns a built site of two pages more than a new one.
fn built() -> TempDir {
    let site = new_site();
    put(&site, "content/index.md", "---\ntitle: Home\n---\n\nSee [one](one.md).\n");
    put(&site, "content/one.md", "---\ntitle: One\n---\n\nFirst words.\n");
    put(&site, "content/statements/2024/gone.md", WARNED);
    build(&site);
    site
}

fn build(site: &TempDir) {
    let built = plenary(site.path(), &["build", "--quiet"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
}

/// Deploys a site and returns what the command says.
fn deploy(site: &TempDir, to: &str) -> String {
    let done = plenary(site.path(), &["deploy", "--to", to]);
    assert_eq!(code(&done), 0, "{}", err(&done));
    err(&done)
}

/// Changes a page, adds one that it leads to, and takes a statement away.
fn change(site: &TempDir) {
    put(site, "content/two.md", "---\ntitle: Two\n---\n\nMore words.\n");
    put(site, "content/one.md", "---\ntitle: One\n---\n\nOther words, and [more](two.md).\n");
    fs::remove_file(site.path().join("content/statements/2024/gone.md")).unwrap();
    build(site);
}

/// Returns the names of the files that a build made.
fn made(site: &TempDir) -> BTreeSet<String> {
    let files = files_of(&site.path().join("public"));
    files.into_keys().filter(|name| !name.starts_with(".plenary-")).collect()
}

/// Compares a host with the built site: the same files with the same bytes, and the record.
fn assert_whole(site: &TempDir, host: &Path, others: &[&str]) {
    let (public, host) = (files_of(&site.path().join("public")), files_of(host));
    let there: BTreeSet<String> = host
        .keys()
        .filter(|name| {
            *name != ".plenary-deployed.json" && !others.contains(&name.as_str()) && !name.starts_with(".git/")
        })
        .cloned()
        .collect();
    assert_eq!(there, made(site));
    for name in there {
        assert!(public[&name] == host[&name], "{name} differs");
    }
}

/// Follows the links of a host from its home page, and returns those that lead to a file that is not there. A new site is
/// at the root of its address.
fn broken_links(host: &Path) -> Vec<String> {
    let files = files_of(host);
    let (mut broken, mut seen, mut left) = (Vec::new(), BTreeSet::new(), vec!["index.html".to_owned()]);
    while let Some(name) = left.pop() {
        if !name.ends_with(".html") || !seen.insert(name.clone()) {
            continue;
        }
        let page = String::from_utf8_lossy(&files[&name]).into_owned();
        for attribute in ["href=\"/", "src=\"/"] {
            for rest in page.split(attribute).skip(1) {
                let to = rest.split(['"', '#', '?']).next().unwrap();
                let file = if to.is_empty() || to.ends_with('/') { format!("{to}index.html") } else { to.to_owned() };
                if files.contains_key(&file) {
                    left.push(file);
                } else {
                    broken.push(format!("{name}: /{to}"));
                }
            }
        }
    }
    assert!(seen.len() > 5, "only {seen:?} can be reached");
    broken
}

#[test]
fn a_folder_gets_what_changed_and_loses_only_what_it_was_sent() {
    let (site, host) = (built(), tempfile::tempdir().unwrap());
    put(&host, "CNAME", "example.org\n");
    let to = host.path().to_str().unwrap();
    let planned = plenary(site.path(), &["deploy", "--to", to, "--dry-run"]);
    assert!(out(&planned).contains("send one/index.html\n"), "{}", out(&planned));
    assert_eq!(files_of(host.path()).len(), 1, "a dry run sent something");

    deploy(&site, to);
    assert_whole(&site, host.path(), &["CNAME"]);
    assert_eq!(broken_links(host.path()), Vec::<String>::new());
    assert!(deploy(&site, to).starts_with("Nothing to do"));

    let before = fs::metadata(host.path().join("about/index.html")).map(|about| about.modified().unwrap()).ok();
    change(&site);
    let said = deploy(&site, to);
    assert!(said.contains(" removed") && !said.contains(" 0 removed"), "{said}");
    assert_whole(&site, host.path(), &["CNAME"]);
    assert_eq!(broken_links(host.path()), Vec::<String>::new());
    let after = fs::metadata(host.path().join("about/index.html")).map(|about| about.modified().unwrap()).ok();
    assert_eq!(before, after);
    assert!(host.path().join("CNAME").exists() && !host.path().join("statements/gone").exists());
}

#[test]
fn what_is_not_ours_is_neither_replaced_nor_removed() {
    let (site, host) = (built(), tempfile::tempdir().unwrap());
    let to = host.path().to_str().unwrap();
    put(&host, "index.html", "Another site.");
    let refused = plenary(site.path(), &["deploy", "--to", to]);
    assert!(code(&refused) == 2 && err(&refused).contains("already has index.html"), "{}", err(&refused));
    assert_eq!(files_of(host.path()).len(), 1);

    let forced = plenary(site.path(), &["deploy", "--to", to, "--force"]);
    assert_eq!(code(&forced), 0, "{}", err(&forced));
    let other = new_site();
    put(&other, "site.toml", "title = \"Other\"\nbase_url = \"https://other.example/\"\n");
    build(&other);
    let refused = plenary(other.path(), &["deploy", "--to", to]);
    assert!(code(&refused) == 2 && err(&refused).contains("holds another site"), "{}", err(&refused));
}

#[test]
fn only_a_whole_site_for_this_address_is_sent() {
    let (site, host) = (built(), tempfile::tempdir().unwrap());
    let to = host.path().to_str().unwrap();
    let refused = |expect: &str| {
        let done = plenary(site.path(), &["deploy", "--to", to]);
        assert!(code(&done) == 2 && err(&done).contains(expect), "{expect}: {}", err(&done));
        assert_eq!(files_of(host.path()).len(), 0, "{expect}");
    };
    let public = |name: &str| site.path().join("public").join(name);

    fs::copy(public(".plenary-manifest.json"), public(".plenary-manifest.partial.json")).unwrap();
    refused("was interrupted");
    fs::remove_file(public(".plenary-manifest.partial.json")).unwrap();

    let config = fs::read_to_string(site.path().join("site.toml")).unwrap();
    put(&site, "site.toml", &config.replace("base_url = \"https://", "base_url = \"https://moved."));
    refused("run `plenary build` again");
    put(&site, "site.toml", &config);

    let none = plenary(site.path(), &["deploy"]);
    assert!(code(&none) == 2 && err(&none).contains("[deploy]"), "{}", err(&none));
    fs::remove_dir_all(site.path().join("public")).unwrap();
    refused("run `plenary build` first");
}

#[test]
fn a_changed_output_is_noticed_and_the_next_run_finishes() {
    let (site, host) = (built(), tempfile::tempdir().unwrap());
    let to = host.path().to_str().unwrap();
    put(&site, "public/one/index.html", "Edited by hand.");
    let done = plenary(site.path(), &["deploy", "--to", to]);
    assert!(code(&done) == 2 && err(&done).contains("is not what the last build wrote"), "{}", err(&done));
    assert!(!host.path().join("one/index.html").exists());

    build(&site);
    deploy(&site, to);
    assert_whole(&site, host.path(), &[]);
}

#[test]
fn a_hostile_host_gets_nothing_written_or_removed_elsewhere() {
    let (site, host) = (built(), tempfile::tempdir().unwrap());
    let to = host.path().join("www");
    fs::create_dir(&to).unwrap();
    put(&host, "precious.txt", "kept");
    deploy(&site, to.to_str().unwrap());
    // A record that names files outside, and one with a name that no site can have.
    let path = to.join(".plenary-deployed.json");
    let record = fs::read_to_string(&path).unwrap();
    let hostile = "\"files\":{\"../precious.txt\":\"\",\"/etc/passwd\":\"\",\".plenary-deployed.json\":\"\",";
    fs::write(&path, record.replace("\"files\":{", hostile)).unwrap();
    change(&site);
    deploy(&site, to.to_str().unwrap());
    assert!(host.path().join("precious.txt").exists());

    #[cfg(unix)]
    {
        // A link that leads out of the folder is not followed.
        fs::remove_dir_all(to.join("one")).unwrap();
        fs::create_dir(host.path().join("elsewhere")).unwrap();
        std::os::unix::fs::symlink(host.path().join("elsewhere"), to.join("one")).unwrap();
        put(&site, "content/one.md", "---\ntitle: One\n---\n\nThird words.\n");
        build(&site);
        let refused = plenary(site.path(), &["deploy", "--to", to.to_str().unwrap()]);
        assert!(code(&refused) == 2 && err(&refused).contains("symbolic link"), "{}", err(&refused));
        assert_eq!(files_of(&host.path().join("elsewhere")).len(), 0);
    }
}

#[test]
fn a_site_is_not_deployed_into_itself() {
    let site = built();
    for to in ["public", "public/www", "."] {
        let refused = plenary(site.path(), &["deploy", "--to", to]);
        assert!(code(&refused) == 2 && err(&refused).contains("contains it or is in it"), "{to}: {}", err(&refused));
    }
}

/// Runs git in a folder and returns what it says.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").arg("-C").arg(folder).args(arguments).output().unwrap();
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_branch_gets_one_commit_with_what_changed() {
    let (site, remote) = (built(), tempfile::tempdir().unwrap());
    git(remote.path(), &["init", "--quiet", "--bare"]);
    git(site.path(), &["init", "--quiet"]);
    git(site.path(), &["remote", "add", "origin", remote.path().to_str().unwrap()]);
    deploy(&site, "git:pages");
    change(&site);
    let said = deploy(&site, "git:pages");
    assert!(said.contains(" removed") && !said.contains(" 0 removed"), "{said}");
    assert!(deploy(&site, "git:pages").starts_with("Nothing to do"));

    assert_eq!(git(remote.path(), &["rev-list", "--count", "pages"]), "2\n");
    let copy = tempfile::tempdir().unwrap();
    git(copy.path(), &["clone", "--quiet", "--branch", "pages", remote.path().to_str().unwrap(), "."]);
    assert_whole(&site, copy.path(), &[]);
    assert_eq!(broken_links(copy.path()), Vec::<String>::new());
    // Neither the user's branch nor the index is touched.
    assert_eq!(git(site.path(), &["diff", "--cached", "--name-only"]), "");

    // Someone else's file on the branch stays.
    put(&copy, "CNAME", "example.org\n");
    git(copy.path(), &["add", "CNAME"]);
    git(
        copy.path(),
        &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Name the host"],
    );
    git(copy.path(), &["push", "--quiet"]);
    put(&site, "content/one.md", "---\ntitle: One\n---\n\nThird words.\n");
    build(&site);
    deploy(&site, "git:pages");
    git(copy.path(), &["pull", "--quiet"]);
    assert_whole(&site, copy.path(), &["CNAME"]);
    assert!(copy.path().join("CNAME").exists());
}

#[test]
fn a_branch_that_is_not_ours_is_left_alone() {
    let (site, remote) = (built(), tempfile::tempdir().unwrap());
    git(remote.path(), &["init", "--quiet", "--bare"]);
    git(site.path(), &["init", "--quiet"]);
    git(site.path(), &["add", "site.toml"]);
    fs::write(site.path().join("index.html"), "Another site.").unwrap();
    git(site.path(), &["add", "--force", "index.html"]);
    git(site.path(), &["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Begin"]);
    git(site.path(), &["push", "--quiet", remote.path().to_str().unwrap(), "HEAD:refs/heads/main"]);
    let to = format!("git:{}:main", remote.path().display());
    let refused = plenary(site.path(), &["deploy", "--to", &to]);
    assert!(code(&refused) == 2 && err(&refused).contains("already has index.html"), "{}", err(&refused));

    let to = "git:https://user:s3cr3t@localhost:1/a.git:main";
    let failed = plenary(site.path(), &["deploy", "--to", to]);
    assert!(code(&failed) == 3 && !err(&failed).contains("s3cr3t"), "{}", err(&failed));
}
