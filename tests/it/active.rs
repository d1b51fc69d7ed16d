//! Files that could act when a reader opens them -> which of them are published, and what is reported about the others.

use plenary::path::SitePath;

use crate::support::{Built, TestSite, snapshot};

const SITE: &str = r#"
-- site.toml --
title = "Ours"
base_url = "https://example.org/x/"
-- content/statements/xar-a/index.md --
---
title: A
date: 2024-06-05
delegation: KAZ
source: { file: speech.html, publisher: Mission of Arvenia }
---

Words, and [a drawing](drawing.svg).
-- content/statements/xar-a/speech.html --
<!doctype html><title>A</title><body onload="x()"><p>Words.
-- content/statements/xar-a/drawing.svg --
<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:x()"><text>A</text></a></svg>
-- content/statements/xar-b/index.md --
---
title: B
date: 2024-06-06
delegation: KAZ
source: { file: speech.html }
---

Words.
-- content/statements/xar-b/speech.html --
<!doctype html><title>B</title><p>Words.
-- static/own.html --
<script>own()</script>
"#;

fn built(active_files: &str) -> Built {
    let mut site = TestSite::new(SITE.trim_start());
    site.replace("site.toml", "title", &format!("active_files = \"{active_files}\"\ntitle"));
    site.build()
}

fn has(built: &Built, url: &str) -> bool {
    built.pages.contains_key(&SitePath::parse(url).unwrap())
}

#[test]
fn a_file_that_could_act_is_published_only_if_the_site_allows_it() {
    for (active_files, published, reported) in [("ask", false, 2), ("withhold", false, 0), ("allow", true, 0)] {
        let built = built(active_files);
        for url in ["/statements/xar-a/speech.html", "/statements/xar-a/drawing.svg"] {
            assert_eq!(has(&built, url), published, "{active_files}: {url}");
        }
        assert!(has(&built, "/statements/xar-b/speech.html") && has(&built, "/own.html"), "{active_files}");
        let warnings: Vec<String> =
            built.diagnostics().into_iter().filter(|one| one.contains("[active-file]")).collect();
        assert_eq!(warnings.len(), reported, "{active_files}: {warnings:#?}");
        if reported > 0 {
            snapshot("active-files", &warnings.join("\n"));
        }
        // The text keeps the words of a link without a target, and nothing else is reported.
        assert!(built.file("/statements/xar-a/").contains("a drawing"));
        assert_eq!(built.dead_links(), Vec::<String>::new());
        assert_eq!(built.diagnostics().len(), reported, "{:#?}", built.diagnostics());
    }
}

#[test]
fn files_that_a_server_or_a_spreadsheet_would_run_are_not_published() {
    for (name, text, reported) in [
        ("form.php", "<?php", true),
        ("form.php.png", "x", true),
        ("Annex.url", "[InternetShortcut]", true),
        ("table.csv", "a,b\n=HYPERLINK(\"https://example.org/\"),x\n", true),
        ("table.csv", "title,change\nStatement by Arvenia,-3 %\n", false),
    ] {
        let mut site = TestSite::new(SITE.trim_start());
        let built = site.edit(format!("content/statements/xar-b/{name}").as_str(), text).build();
        assert_eq!(has(&built, &format!("/statements/xar-b/{name}")), !reported, "{name}: {text}");
        let warnings =
            built.diagnostics().into_iter().filter(|one| one.contains(&format!("{name}: warning[active-file]")));
        assert_eq!(warnings.count(), usize::from(reported), "{name}: {:?}", built.diagnostics());
    }
}

#[test]
fn the_original_of_a_statement_is_linked_from_its_page_where_it_is_published() {
    let link = "<a href=\"/x/statements/xar-b/speech.html\">";
    assert!(built("ask").file("/statements/xar-b/").contains(link));
    let page = built("ask");
    let page = page.file("/statements/xar-a/");
    assert!(page.contains("speech.html") && !page.contains("href=\"/x/statements/xar-a/speech.html"), "{page}");
}

#[test]
fn every_page_carries_the_policy_for_hosts_without_headers() {
    let built = built("ask");
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;self&#39;;";
    let own = "/own.html";
    for path in built.pages.keys().map(SitePath::url) {
        let is_page = path.ends_with('/') || path == "/404.html";
        assert!(!is_page || path == own || built.file(&path).contains(policy), "{path}: {}", &built.file(&path)[..400]);
    }
    let headers = built.file("/_headers");
    for part in ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'"] {
        assert!(headers.contains(part), "{headers}");
    }
}

#[test]
fn an_import_says_that_an_original_will_not_be_published() {
    let text = "<!doctype html><title>A</title><script>x()</script><article><p>We thank the Chair for the report, and \
                we support the draft resolution before the Committee.</p></article>";
    let drafted = crate::support::drafted("a.html", text.as_bytes());
    let warnings: Vec<&str> = drafted.doubts.iter().map(|doubt| &*doubt.message).collect();
    snapshot("active-original", &warnings.join("\n"));
}

#[test]
fn a_file_withheld_with_its_draft_is_not_reported() {
    let mut site = TestSite::new(SITE.trim_start());
    site.replace("content/statements/xar-a/index.md", "title: A", "title: A\nstatus: draft");
    let warnings = site.build().diagnostics();
    assert!(!warnings.iter().any(|one| one.contains("[active-file]")), "{warnings:#?}");
}
