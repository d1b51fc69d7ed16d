//! Files as people leave them -> what of them is published, and what is not.

use plenary::diagnostic::{Code, Diagnostic};
use plenary::path::is_no_character;

use crate::support::{TestSite, snapshot};

const HEAD: &str = "-- site.toml --
title = \"A site\"
base_url = \"https://example.org/\"
document_url = \"https://docs.example.org/{symbol}\"
-- content/statements/a.md --
---
title: A
date: 2021
delegation: KAZ
references: [A/RES/3363 (XXX)]
---

Outer space is the province of all, and debris in orbit is a danger to all.
";

#[test]
fn copies_and_texts_by_another_name_are_not_published() {
    let mut site = TestSite::new(HEAD);
    for name in ["statements/b.MD", "statements/b.markdown", "statements/a.md.orig", "statements/a.md.1", "notes.bak"] {
        site.edit(&format!("content/{name}"), "---\ntitle: B\nstatus: draft\n---\n");
    }
    site.edit("content/statements/observations.pdf", "PDF");
    let built = site.build();
    let copies: Vec<String> =
        built.pages.keys().map(|path| path.url()).filter(|url| url.contains("/statements/")).collect();
    assert_eq!(copies, ["/statements/", "/statements/a/", "/statements/observations.pdf"]);
    assert_eq!(built.site.diagnostics.len(), 5, "{:#?}", built.site.diagnostics);
    snapshot("input-copies", &built.diagnostics().join("\n"));
}

#[test]
fn characters_that_no_page_can_contain_are_in_no_page_and_no_feed() {
    let mut site = TestSite::new(HEAD);
    let text = "---\ntitle: \"B\\x01\\ufffe\"\ndate: 2021\ndelegation: KAZ\n---\n\nThe \u{c}first\u{ffff}, [the &#3; second](a.md \"&#4;\") and `co\u{1}de`.\n";
    site.edit("content/statements/b.md", text);
    let built = site.build();
    for path in built.pages.keys().filter(|path| !path.url().contains("assets")) {
        let Ok(text) = std::str::from_utf8(built.pages[path].1.as_ref().unwrap()) else { continue };
        let found = text.chars().find(|c| is_no_character(*c) && !c.is_ascii_whitespace());
        assert_eq!(found, None, "{path}");
    }
    assert!(built.file("/feed.xml").contains("B\u{fffd}\u{fffd}"));
}

#[test]
fn a_withdrawn_translation_is_linked_from_no_other_version() {
    let mut site = TestSite::new(HEAD);
    let translation = "---\ntitle: A en français\ndate: 2021\ndelegation: KAZ\nstatus: withdrawn\n---\n\nVoir [[b]], sur les débris en orbite et les dangers de tous.\n";
    site.edit("content/statements/a.fr.md", translation.replace("withdrawn", "published"));
    site.edit("content/statements/b.md", "---\ntitle: B\ndate: 2022\ndelegation: KAZ\n---\n\nA text.\n");
    assert!(site.build().file("/statements/b/").contains("A en français"), "the test would see it");
    site.edit("content/statements/a.fr.md", translation);
    let built = site.build();
    assert!(!built.file("/statements/b/").contains("A en français"));
    assert!(built.file("/fr/statements/a/").contains("Voir"), "it keeps its page");
}

#[test]
fn a_document_links_to_its_text_where_site_toml_says() {
    let mut site = TestSite::new(HEAD);
    let page = "/documents/A/RES/3363_XXX/";
    let link = "href=\"https://docs.example.org/A/RES/3363(XXX)\"";
    assert!(site.build().file(page).contains(link));
    site.edit("content/documents/x.md", "---\ntitle: X\nsymbol: A/RES/3363 (XXX)\nurl: https://example.net/x\n---\n");
    let built = site.build();
    assert!(!built.file(page).contains(link));
    assert!(built.file(page).contains("href=\"https://example.net/x\""));
}

#[test]
fn what_is_only_referred_to_has_its_page() {
    let mut site = TestSite::new(HEAD);
    site.replace("content/statements/a.md", "references:", "forum: unga-c1\nreferences:");
    site.edit("content/topics/debris.md", "---\ntitle: Debris\nbroader: outer-space\n---\n");
    site.edit("content/groups/five.md", "---\ntitle: Five\nmembers: [UZB, Kazakhstan]\n---\n");
    let built = site.build();
    for page in ["/forums/unga/", "/topics/outer-space/", "/delegations/uzb/"] {
        assert!(built.file(page).contains("<h1"), "{page}");
    }
    snapshot("input-referred-to", &built.diagnostics().join("\n"));
}

#[test]
fn an_ambiguous_name_is_reported_once() {
    let mut site = TestSite::new(HEAD);
    for (id, delegation) in [("b", "KAZ"), ("c", "KGZ"), ("d", "KGZ")] {
        let front = format!("title: B\ndate: 2021\ndelegation: {delegation}\nspeaker: {{ as_printed: Ms. Roe }}");
        site.edit(&format!("content/statements/{id}.md"), format!("---\n{front}\n---\n\nA text.\n"));
    }
    let built = site.build();
    let reported: Vec<&Diagnostic> =
        built.site.diagnostics.iter().filter(|problem| problem.code == Code::AmbiguousSpeaker).collect();
    let [reported] = reported[..] else { panic!("{reported:#?}") };
    snapshot("input-two-people", &reported.human(None));
}

#[test]
fn an_honorific_printed_with_the_name_is_shown_once_and_is_not_part_of_its_address() {
    let mut site = TestSite::new(HEAD);
    for (id, speaker) in [("b", "honorific: H.E., as_printed: H.E. JANE ROE"), ("c", "honorific: Dr, as_printed: Dr")] {
        let front = format!("title: B\ndate: 2021\ndelegation: KAZ\nspeaker: {{ {speaker} }}");
        site.edit(&format!("content/statements/{id}.md"), format!("---\n{front}\n---\n\nA text.\n"));
    }
    let built = site.build();
    let page = built.file("/statements/b/");
    assert!(page.contains("<bdi>H.E. <b><a href") && !page.contains("H.E. JANE"), "{page}");
    assert!(built.file("/speakers/jane-roe/").contains("JANE ROE"));
    assert!(built.file("/speakers/dr/").contains("<h1"), "a name with nothing else printed stays");
}

#[test]
fn a_relative_link_leads_to_what_its_path_means() {
    const SITE: &str = r#"
-- site.toml --
title = "Ours"
-- content/about.md --
---
title: About
---

Words.
-- content/help/index.md --
---
title: Help
---

Words.
-- content/files/b.pdf --
x
-- content/files/is it.pdf --
x
-- content/files/what?.pdf --
x
-- content/topics/debris.md --
---
title: Debris
---
-- content/statements/xar-a.md --
---
title: A
date: 2024-06-05
delegation: KAZ
topics: [debris]
---

HERE
"#;
    for (link, href) in [
        ("../files/b.pdf?dl=1", Some("/files/b.pdf")),
        ("../files/b.pdf?a=1&b#page=2", Some("/files/b.pdf#page=2")),
        ("<../files/is it.pdf?x>", Some("/files/is%20it.pdf")),
        ("xar-a.md?plain=1#p1", Some("/statements/xar-a/#p1")),
        ("../help", Some("/help/")),
        ("../help/", Some("/help/")),
        ("../help/?x=1#top", None),
        ("../about/", Some("/about/")),
        ("../about", Some("/about/")),
        ("../topics/", Some("/topics/")),
        ("../topics/debris/", Some("/topics/debris/")),
        ("../topics/#topics", Some("/topics/#topics")),
        (".", Some("/statements/")),
        ("..", Some("/")),
        ("../forums/", None),
        ("../files/", None),
        ("../files/c.pdf?dl=1", None),
        ("../../../..", None),
    ] {
        let mut site = TestSite::new(SITE.trim_start());
        site.replace("content/statements/xar-a.md", "HERE", &format!("[x]({link})"));
        let built = site.build();
        let page = built.file("/statements/xar-a/");
        match href {
            Some(href) => {
                assert!(page.contains(&format!("<a href=\"{href}\">x</a>")), "{link}: {:?}", built.diagnostics());
                let links = built.diagnostics().into_iter().filter(|one| one.contains("-target]")).count();
                assert_eq!(links, 0, "{link}: {:?}", built.diagnostics());
            }
            None => assert!(built.site.has_errors(), "{link}: {:?}", built.diagnostics()),
        }
    }
    let mut site = TestSite::new(SITE.trim_start());
    site.replace("content/statements/xar-a.md", "HERE", "[x](../files/)");
    let reported = site.build().diagnostics();
    assert!(reported.iter().any(|one| one.contains("the folder `../files/` has no page of its own")), "{reported:?}");
    assert!(reported.iter().any(|one| one.contains("such as `../files/b.pdf`")), "{reported:?}");
}
