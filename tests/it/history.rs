//! What git knows of the texts: earlier wordings on pages of their own, and nothing that was never public.

use std::fs;
use std::path::Path;
use std::process::Command;

use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::sources::Sources;

const CONFIG: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n[history]\ntexts = true\nadded = true\n";

/// A repository with a site in a folder below its top; `None` where git is not installed.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Option<Repository> {
        let made = Repository { folder: tempfile::tempdir().unwrap() };
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("git is not installed: the history of texts is not tested");
            return None;
        }
        made.git("2020-01-01", &["init", "-q", "-b", "main", "."]);
        made.write("site.toml", CONFIG);
        Some(made)
    }

    fn site(&self) -> std::path::PathBuf {
        self.folder.path().join("site")
    }

    fn git(&self, day: &str, arguments: &[&str]) {
        let at = format!("{day}T12:00:00Z");
        let output = Command::new("git")
            .args(["-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.folder.path())
            .env("GIT_AUTHOR_DATE", &at)
            .env("GIT_COMMITTER_DATE", &at)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.site().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn text(&self, id: &str, front: &str, words: &str) {
        self.write(&format!("content/statements/{id}.md"), &format!("---\ntitle: {id}\n{front}---\n\n{words}\n"));
    }

    fn commit(&self, day: &str, note: &str) {
        self.git(day, &["add", "-A"]);
        self.git(day, &["commit", "-q", "-m", note]);
    }

    fn build(&self) -> Site {
        build(&self.site())
    }
}

fn build(folder: &Path) -> Site {
    Pipeline::new(Settings { as_of: "2026-06-01".parse().ok(), ..Settings::default() }).run(&Sources::scan(folder))
}

/// Returns the text of a page or file.
fn file(site: &Site, url: &str) -> String {
    let path = SitePath::parse(url).unwrap();
    let page = site.pages.iter().find(|page| page.path == path).unwrap_or_else(|| panic!("there is no {url}"));
    String::from_utf8(site.render(page).unwrap()).unwrap()
}

/// Returns the addresses of wordings.
fn held(site: &Site) -> Vec<String> {
    site.pages.iter().map(|page| page.path.url()).filter(|url| url.contains("/at/")).collect()
}

/// Checks that a word is in no page or file.
fn is_nowhere(site: &Site, secrets: &[&str]) {
    for page in &site.pages {
        let bytes = site.render(page).unwrap();
        for secret in secrets {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "{} has {secret}", page.path);
        }
    }
}

fn codes(site: &Site) -> Vec<&'static str> {
    site.diagnostics.iter().map(|problem| problem.code.word()).collect()
}

#[test]
fn the_history_of_a_text_lists_the_changes_of_its_words_and_nothing_else() {
    let Some(repository) = Repository::new() else { return };
    repository.text("a", "delegation: KAZ\n", "The first wording of this text.\n\nA second paragraph.");
    repository.text("other", "", "Words that never change.");
    repository.commit("2026-01-05", "Add two texts");
    repository.text("a", "delegation: FRA\n", "The first wording of *this* text. ~~Not said.~~\n\nA second paragraph.");
    repository.commit("2026-01-06", "Correct the delegation");
    repository.write("themes/own/templates/page.html", "{% extends \"default/page.html\" %}");
    repository.commit("2026-01-07", "Change a template");
    repository.git("2026-01-08", &["mv", "site/content/statements/a.md", "site/content/statements/b.md"]);
    repository.commit("2026-01-08", "Rename it");
    repository.git("2026-01-09", &["checkout", "-q", "-b", "branch"]);
    repository.text("b", "delegation: FRA\n", "The branch's wording of this text.\n\nA second paragraph.");
    repository.commit("2026-01-09", "Try on a branch");
    repository.text("b", "delegation: FRA\n", "The second wording of this text.\n\nA second paragraph.");
    repository.commit("2026-01-10", "Correct paragraph 1");
    repository.git("2026-01-11", &["checkout", "-q", "main"]);
    repository.text("other2", "", "Another text on the main line.");
    repository.commit("2026-01-11", "Add another");
    repository.git("2026-01-12", &["merge", "-q", "--no-ff", "-m", "Merge the correction", "branch"]);

    let site = repository.build();
    assert_eq!(held(&site), ["/statements/b/at/2026-01-05/", "/statements/b/at/2026-01-12/"], "{:?}", codes(&site));
    let first = file(&site, "/statements/b/at/2026-01-05/");
    assert!(first.contains("The first wording of this text.") && !first.contains("second wording"), "{first}");
    assert!(first.contains("held this wording from 5 January 2026 until 12 January 2026"), "{first}");
    let bytes = format!(
        "---\ntitle: a\ndelegation: KAZ\n---\n\n{}\n",
        "The first wording of this text.\n\nA second paragraph."
    );
    assert!(first.contains(&plenary::output::Digest::of(bytes.as_bytes()).sha256), "the file can be verified: {first}");
    let second = file(&site, "/statements/b/at/2026-01-12/");
    assert!(second.contains("Merge the correction") && second.contains("</span>second<span"), "{second}");
    assert!(first.contains("noindex") && !file(&site, "/sitemap.xml").contains("/at/"));
    let page = file(&site, "/statements/b/");
    let dates: Vec<usize> = ["/at/2026-01-12/", "/at/2026-01-05/"].iter().map(|url| page.find(url).unwrap()).collect();
    assert!(dates.is_sorted(), "the latest first");
    assert!(!file(&site, "/statements/other/").contains("/at/"));
    is_nowhere(&site, &["branch's wording"]);
    assert!(
        file(&site, "/data/statements.json").contains("\"added\":\"2026-01-05\""),
        "added on the day of the commit"
    );
}

#[test]
fn only_what_was_public_enters() {
    let Some(repository) = Repository::new() else { return };
    repository.text("draft", "status: draft\n", "Draftwords of the text.");
    repository.text("later", "embargo: 2026-03-01\n", "Embargowords of the text.");
    repository.text("gone", "", "Gonewords of the text.");
    repository.text("kept", "", "Keptwords of the text.");
    repository.text("base", "status: draft\n", "Basedraft of the text.");
    repository.write("content/statements/base.fr.md", "---\ntitle: base\n---\n\nBrouillonwords du texte.\n");
    repository.write("content/statements/broken.md", "---\ntitle: [\n---\n\nBrokenwords of the text.\n");
    repository
        .write("content/statements/unclear.md", "---\ntitle: unclear\nstatus: nearly\n---\n\nUnclearwords of it.\n");
    repository.commit("2026-01-05", "Draftnote");
    repository.text("draft", "", "First public words of the draft.");
    repository.text("later", "embargo: 2026-03-01\n", "Other Embargowords of the text.");
    repository.text("gone", "", "More Gonewords of the text.");
    repository.text("kept", "", "More Keptwords of the text.");
    repository.text("base", "", "First public words of the base.");
    repository.write("content/statements/base.fr.md", "---\ntitle: base\n---\n\nPremiers mots publics.\n");
    repository.text("broken", "", "First public words of the broken.");
    repository.text("unclear", "", "First public words of the unclear.");
    repository.commit("2026-02-05", "Publish");
    repository.text("draft", "", "Second public words of the draft.");
    repository.text("later", "embargo: 2026-03-01\n", "Words when the embargo was over.");
    repository.text("gone", "status: withdrawn\n", "Nothing is left.");
    repository.text("kept", "status: withdrawn\nkeep_history: true\n", "More Keptwords of the text.");
    repository.text("base", "", "Second public words of the base.");
    repository.write("content/statements/base.fr.md", "---\ntitle: base\n---\n\nSeconds mots publics.\n");
    repository.text("broken", "", "Second public words of the broken.");
    repository.text("unclear", "", "Second public words of the unclear.");
    repository.commit("2026-04-05", "Correct");

    let site = repository.build();
    let expected = [
        "/fr/statements/base/at/2026-02-05/",
        "/fr/statements/base/at/2026-04-05/",
        "/statements/base/at/2026-02-05/",
        "/statements/base/at/2026-04-05/",
        "/statements/broken/at/2026-02-05/",
        "/statements/broken/at/2026-04-05/",
        "/statements/draft/at/2026-02-05/",
        "/statements/draft/at/2026-04-05/",
        "/statements/kept/at/2026-01-05/",
        "/statements/kept/at/2026-02-05/",
        "/statements/unclear/at/2026-02-05/",
        "/statements/unclear/at/2026-04-05/",
    ];
    assert_eq!(held(&site), expected, "{:?}", codes(&site));
    is_nowhere(
        &site,
        &[
            "Draftwords",
            "Draftnote of",
            "Embargowords",
            "Gonewords",
            "Basedraft",
            "Brouillonwords",
            "Brokenwords",
            "Unclearwords",
        ],
    );
    assert!(file(&site, "/statements/kept/at/2026-01-05/").contains("Keptwords"));
    assert!(file(&site, "/statements/kept/at/2026-02-05/").contains("until 5 April 2026"), "it was withdrawn then");
}

#[test]
fn earlier_wordings_and_withdrawn_texts_have_no_english_outside_their_content() {
    for language in ["fr", "ar"] {
        let Some(repository) = Repository::new() else { return };
        repository.write("site.toml", &CONFIG.replacen("title", &format!("language = \"{language}\"\ntitle"), 1));
        repository.text("zzz", "delegation: KAZ\n", "Qqqq qqqq.\n\nWwww wwww.");
        repository.commit("2026-01-05", "Xxxx");
        repository.text("zzz", "delegation: KAZ\n", "Qqqq qqqq.\n\nVvvv vvvv.\n\nUuuu.");
        let withdrawn = "status: withdrawn\nkeep_history: true\nchanges: [ { date: 2026-01-06, note: Yyyy } ]\n";
        repository.text("yyy", withdrawn, "Rrrr rrrr.");
        repository.commit("2026-01-06", "Xxxx");
        let site = repository.build();
        assert_eq!(held(&site).len(), 2);
        let pages = site.pages.iter().filter(|page| page.path.url().contains("/statements/"));
        let pages: Vec<(String, String)> = pages
            .map(|page| (page.path.url(), String::from_utf8(site.render(page).unwrap()).unwrap()))
            .filter(|(_, page)| page.starts_with("<!DOCTYPE"))
            .collect();
        let content = ["test", "kazakhstan", "xxxx"].map(str::to_owned).into();
        let found = crate::words::english_in(&pages, language, &content);
        assert!(found.is_empty(), "{language}: {found:#?}");
    }
}

#[test]
fn a_past_that_is_not_there_is_reported() {
    let Some(repository) = Repository::new() else { return };
    repository.text("a", "", "Shallowwords of the text.");
    repository.commit("2026-01-05", "Add");
    repository.text("a", "", "Other words of the text.");
    repository.commit("2026-01-06", "Change");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.folder.path().display());
    let to = clone.path().join("clone");
    repository.git("2026-01-07", &["clone", "-q", "--depth", "1", &url, to.to_str().unwrap()]);
    let site = build(&to.join("site"));
    assert!(codes(&site).contains(&"no-history") && held(&site).is_empty(), "{:?}", codes(&site));
    is_nowhere(&site, &["Shallowwords", "\"added\":\"2026"]);

    // Without a repository the site is built all the same.
    fs::remove_dir_all(to.join(".git")).unwrap();
    let site = build(&to.join("site"));
    assert!(codes(&site).contains(&"no-history") && !file(&site, "/statements/a/").is_empty(), "{:?}", codes(&site));

    // A site that does not ask for it has none, and no complaint.
    fs::write(to.join("site/site.toml"), "title = \"Test\"\nbase_url = \"https://example.org/\"\n").unwrap();
    assert!(!codes(&build(&to.join("site"))).contains(&"no-history"));
    repository.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n");
    assert!(held(&repository.build()).is_empty());
}

#[test]
fn after_commits_and_edits_the_site_is_that_of_a_clean_build() {
    let Some(repository) = Repository::new() else { return };
    let site = repository.site();
    repository.text("a", "", "One wording of the text.");
    repository.write("content/statements/a.fr.md", "---\ntitle: a\n---\n\nUn texte.\n");
    repository.commit("2026-01-05", "Add");
    let settings = Settings { as_of: "2026-06-01".parse().ok(), ..Settings::default() };
    let mut pipeline = Pipeline::new(settings.clone());
    let mut sources = Sources::scan(&site);
    let mut check = |what: &str| {
        sources = Sources::scan_after(&site, Some(&sources));
        let (kept, clean) = (pipeline.run(&sources), build(&site));
        let pages = |site: &Site| -> Vec<_> {
            site.pages.iter().map(|page| (page.path.clone(), page.stamp, site.render(page).unwrap())).collect()
        };
        let (kept_pages, clean_pages) = (pages(&kept), pages(&clean));
        for (kept, clean) in kept_pages.iter().zip(&clean_pages) {
            assert!(kept.0 == clean.0 && kept.2 == clean.2, "{what}: {} differs from {}", kept.0, clean.0);
        }
        assert_eq!(kept_pages.len(), clean_pages.len(), "{what}");
        assert_eq!(kept.diagnostics, clean.diagnostics, "{what}");
    };
    check("first");
    repository.text("a", "", "Another wording of the text.");
    check("an edit that is not committed");
    repository.commit("2026-02-05", "Change");
    check("a change");
    repository.write("content/statements/a.fr.md", "---\ntitle: a\n---\n\nUn autre texte.\n");
    repository.commit("2026-02-06", "Change the translation");
    check("a change of a translation");
    repository.text("a", "status: draft\n", "Another wording of the text.");
    check("a draft");
    repository.text("a", "status: withdrawn\n", "Another wording of the text.");
    repository.commit("2026-03-05", "Withdraw");
    check("withdrawn");
    repository.text("a", "status: withdrawn\nkeep_history: true\n", "Another wording of the text.");
    check("withdrawn, but kept");
    repository.git("2026-03-06", &["reset", "-q", "--hard", "HEAD~1"]);
    check("a commit that was taken back");
}
