//! A site with withheld texts -> which files are withheld with them, and which files a person is asked about.

use plenary::render::page::Kind;

use crate::support::{Built, TestSite, snapshot};

/// One public statement and three withheld ones, without other files.
const SITE: &str = r#"
-- site.toml --
title = "Ours"
base_url = "https://example.org/x/"
html = "sanitize"
-- content/statements/xar-public.md --
---
title: Public
date: 2024-06-05
delegation: KAZ
---

Words.
-- content/statements/2030/xar-later.md --
---
title: Later
date: 2024-06-05
delegation: KAZ
embargo: 2030-01-01
---

Not yet.
-- content/statements/xar-draft.md --
---
title: Draft
date: 2024-06-05
delegation: KAZ
status: draft
---

Not yet.
-- content/statements/xar-whole/index.md --
---
title: Whole
date: 2024-06-05
delegation: KAZ
status: draft
---

Not yet.
"#;

fn site() -> TestSite {
    TestSite::new(SITE.trim_start())
}

/// Returns the URLs of the published files, without the theme's.
fn files(built: &Built) -> Vec<String> {
    let copied = built.pages.iter().filter(|(_, (kind, _))| *kind == Kind::Copy);
    let urls = copied.map(|(path, _)| path.url());
    urls.filter(|url| url.ends_with(".pdf") || url.ends_with(".docx") || url.ends_with(".png")).collect()
}

/// Returns the diagnostics with this code.
fn reported(built: &Built, code: &str) -> Vec<String> {
    built.diagnostics().into_iter().filter(|problem| problem.contains(&format!("[{code}]"))).collect()
}

#[test]
fn a_file_with_the_name_of_a_withheld_text_is_withheld() {
    for file in [
        "statements/Xar-Draft.pdf",
        "statements/XAR_DRAFT.docx",
        "statements/xar.draft.pdf",
        "statements/xar draft.pdf",
        "statements/xar-draft_scan (2).pdf",
        "statements/xar-draft2.pdf",
        "statements/XarDraftFinal.pdf",
        "statements/Annex to xar-draft.pdf",
        "statements/xa\u{308}r-draft.pdf",
        "statements/ｘａｒ-draft.pdf",
        "statements/2030/xar-draft.pdf",
        "files/2024/XAR-later-ru.pdf",
        "scans/xar-later/1.png",
        "statements/xar-draft_files/image1.png",
        "files/xar-whole.pdf",
    ] {
        let built = site().edit(&format!("content/{file}"), "x").build();
        assert_eq!(files(&built), Vec::<String>::new(), "{file}");
        assert!(
            !built.site.has_errors() && reported(&built, "withheld-file").is_empty(),
            "{file}: {:?}",
            built.diagnostics()
        );
    }
    for file in [
        "statements/xar-drafting.pdf",
        "statements/xar.pdf",
        "statements/xar-public.pdf",
        "files/later.pdf",
        "statements/2030/minutes.pdf",
    ] {
        assert_eq!(files(&site().edit(&format!("content/{file}"), "x").build()), [format!("/{file}")]);
    }
}

#[test]
fn the_longest_name_counts() {
    let mut site = site();
    let public = site.files["content/statements/xar-public.md"].clone();
    site.edit("content/statements/xar-draft-2.md", public);
    site.edit("content/statements/xar-draft-2.pdf", "x").edit("content/statements/xar-draft-3.pdf", "x");
    assert_eq!(files(&site.build()), ["/statements/xar-draft-2.pdf"]);
}

#[test]
fn a_file_linked_only_from_withheld_texts_is_withheld() {
    for (file, front, text) in [
        ("content/files/Speech v3.pdf", "source: { file: ../files/Speech v3.pdf }", ""),
        ("content/files/Speech v3.pdf", "source: { file: content/files/Speech v3.pdf }", ""),
        ("content/files/Speech v3.pdf", "source: { file: files/speech_v3.pdf }", ""),
        ("content/statements/Speech v3.png", "source: { file: Speech v3.pdf }", ""),
        ("content/files/Ре\u{438}\u{306}с.pdf", "source: { file: \"../files/Рейс.pdf\" }", ""),
        ("content/files/Speech v3.pdf", "source: { url: \"https://example.org/x/files/Speech%20v3.pdf\" }", ""),
        ("content/files/annex.pdf", "", "[Annex](../files/annex.pdf)"),
        ("content/files/annex.pdf", "", "[Annex](../files/annex.pdf#page=2)"),
        ("content/files/annex.pdf", "", "[Annex](/files/annex.pdf?x#page=2)"),
        ("content/files/annex.pdf", "", "https://example.org/x/files/annex.pdf"),
        ("content/files/annex b.pdf", "", "[Annex][1]\n\n[1]: /files/annex%20b.pdf"),
        ("content/files/map.png", "", "![Map](../files/map.png)"),
        ("content/files/map.png", "", "a <img src=\"/files/map.png\">"),
        ("content/files/annex.pdf", "", "<a href='../files/annex.pdf'>\nAnnex\n</a>"),
    ] {
        let mut site = site();
        site.replace("content/statements/xar-draft.md", "status: draft", &format!("status: draft\n{front}"));
        site.replace("content/statements/xar-draft.md", "Not yet.", &format!("Not yet.\n\n{text}"));
        let built = site.edit(file, "x").build();
        assert_eq!(files(&built), Vec::<String>::new(), "{front}{text}");
        assert!(!built.site.has_errors(), "{front}{text}: {:?}", built.diagnostics());

        // A public text that links to it makes it public.
        let link = format!("Words.\n\n[F](</{}>)", &file["content/".len()..]);
        site.replace("content/statements/xar-public.md", "Words.", &link);
        assert_eq!(files(&site.build()).len(), 1, "{front}{text}");
    }
}

#[test]
fn a_file_named_in_a_withheld_text_is_withheld_even_if_the_link_does_not_work() {
    for (file, html, front, text) in [
        ("content/scans/b.pdf", "sanitize", "", "[B](../scans/b.pdf?dl=1)"),
        ("content/scans/b.pdf", "sanitize", "", "[B](../scans/b.pdf?dl=1#page=2)"),
        ("content/scans/b.pdf", "sanitize", "", "[B](../scans/)"),
        ("content/scans/old/b.pdf", "sanitize", "", "[B](../scans)"),
        ("content/scans/b c/1.png", "sanitize", "", "[B](/scans/b%20c/)"),
        ("content/scans/b.pdf", "sanitize", "", "[b]: ../scans/b.pdf"),
        ("content/scans/b.pdf", "sanitize", "", "[b]: /scans/b.pdf \"B\""),
        ("content/scans/b.png", "escape", "", "a <img src=\"../scans/b.png\">"),
        ("content/scans/b.pdf", "escape", "", "<A HREF='/scans/b.pdf'>\nB\n</A>"),
        ("content/scans/b.pdf", "escape", "summary: \"See [B](../scans/b.pdf).\"", ""),
        ("content/scans/b.pdf", "sanitize", "summary: \"See https://example.org/x/scans/b.pdf\"", ""),
    ] {
        let mut site = site();
        site.replace("site.toml", "sanitize", html);
        site.replace("content/statements/xar-draft.md", "status: draft", &format!("status: draft\n{front}"));
        site.replace("content/statements/xar-draft.md", "Not yet.", &format!("Not yet.\n\n{text}"));
        assert_eq!(files(&site.edit(file, "x").build()), Vec::<String>::new(), "{front}{text}");

        let link = format!("Words.\n\n[F](</{}>)", &file["content/".len()..]);
        site.replace("content/statements/xar-public.md", "Words.", &link);
        assert_eq!(files(&site.build()).len(), 1, "{front}{text}");
    }
    // Such a link means a page, or the whole site.
    for link in ["/", "..", "../..", "/about/", "../about/", "/statements/", "."] {
        let mut site = site();
        site.replace("content/statements/xar-draft.md", "Not yet.", &format!("[B]({link})"));
        site.edit("content/about.md", "---\ntitle: About\n---\n\nWords.\n");
        let built = site.edit("content/about/b.pdf", "x").build();
        assert_eq!(files(&built), ["/about/b.pdf"], "{link}");
    }
}

#[test]
fn a_file_next_to_a_public_statement_is_public_whoever_links_to_it() {
    let mut site = site();
    site.replace("content/statements/xar-draft.md", "Not yet.", "See [earlier](xar-public.pdf).");
    let built = site.edit("content/statements/xar-public.pdf", "x").build();
    assert_eq!(files(&built), ["/statements/xar-public.pdf"]);
    assert!(built.site.diagnostics.is_empty(), "{:?}", built.diagnostics());
}

#[test]
fn uncertain_cases_are_reported_to_a_person() {
    // A public text links to a file with the name of a withheld one.
    let mut linked = site();
    linked.replace("content/statements/xar-public.md", "Words.", "[Annex](xar-draft_annex.pdf)");
    let built = linked.edit("content/statements/xar-draft_annex.pdf", "x").build();
    let [problem] = &built.diagnostics()[..] else { panic!("{:?}", built.diagnostics()) };
    snapshot("withheld-linked", problem);

    // Everything in `static/` is published in any case.
    for (file, text) in [("static/XAR-Draft.pdf", ""), ("static/a/annex.pdf", "[A](/a/annex.pdf)")] {
        let mut site = site();
        site.replace("content/statements/xar-draft.md", "Not yet.", &format!("Not yet. {text}"));
        let built = site.edit(file, "x").build();
        let [problem] = &built.diagnostics()[..] else { panic!("{:?}", built.diagnostics()) };
        assert!(problem.starts_with(&format!("{file}: warning[withheld-file]: ")), "{problem}");
    }
    let mut site = site();
    site.replace("content/statements/xar-draft.md", "Not yet.", "[A](/a/annex.pdf)");
    site.replace("content/statements/xar-public.md", "Words.", "[A](/a/annex.pdf)");
    assert!(site.edit("static/a/annex.pdf", "x").build().site.diagnostics.is_empty());
}

#[test]
fn a_page_or_record_that_was_meant_to_be_withheld_is() {
    for (path, front) in [
        ("content/about.md", "draft: true"),
        ("content/about.md", "status: draft"),
        ("content/topics/debris.md", "confidential: true"),
    ] {
        let built = site().edit(path, format!("---\ntitle: A\n{front}\n---\n\nSecretly.\n")).build();
        assert_eq!(reported(&built, "unclear-publication").len(), 1, "{path} {front}");
        let shown = built.pages.keys().filter(|url| url.file().ends_with(".html"));
        assert!(!shown.into_iter().any(|url| built.file(&url.url()).contains("Secretly")), "{path} {front}");
    }
}

#[test]
fn files_with_a_short_name_are_reported_together() {
    let short = || {
        let mut site = site();
        let draft = site.files["content/statements/xar-draft.md"].clone();
        site.edit("content/statements/2030/xb.md", draft);
        site
    };
    for file in [
        "files/xb scan.pdf",
        "files/Annex XB.pdf",
        "statements/2030/scan-xb.pdf",
        "statements/xb_fr.docx",
        "files/xb 2024/1.png",
        "files/XbFinal.pdf",
    ] {
        let built = short().edit(&format!("content/{file}"), "x").build();
        let [problem] = &reported(&built, "withheld-file")[..] else { panic!("{file}: {:?}", built.diagnostics()) };
        assert!(
            problem.starts_with(&format!("content/{file}: ")) && problem.contains("may belong to `xb`"),
            "{problem}"
        );
    }
    for file in ["files/xbox.pdf", "files/annex.pdf", "statements/xar-public-xb.pdf"] {
        let built = short().edit(&format!("content/{file}"), "x").build();
        assert!(built.diagnostics().is_empty(), "{file}: {:?}", built.diagnostics());
    }
    // However many there are, one warning is enough, and a link from a public text resolves it.
    let mut many = short();
    for at in 0..40 {
        many.edit(&format!("content/files/xb {at}a.pdf"), "x");
    }
    let built = many.build();
    let [problem] = &reported(&built, "withheld-file")[..] else { panic!("{:?}", built.diagnostics()) };
    assert!(problem.contains("and 39 more"), "{problem}");
    let mut linked = short();
    linked.replace("content/statements/xar-public.md", "Words.", "[Map](<../files/xb map.pdf>)");
    let built = linked.edit("content/files/xb map.pdf", "x").build();
    assert!(built.diagnostics().is_empty(), "{:?}", built.diagnostics());
    let mut named = short();
    named.replace(
        "content/statements/2030/xb.md",
        "status: draft",
        "status: draft\nsource: { file: ../../files/xb map.pdf }",
    );
    let built = named.edit("content/files/xb map.pdf", "x").build();
    assert!(built.diagnostics().is_empty() && files(&built).is_empty(), "{:?}", built.diagnostics());
}
