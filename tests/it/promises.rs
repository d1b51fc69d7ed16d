//! One small site -> what its pages, feeds and files promise to readers, checked on views rather than the theme's markup.

use jiff::civil::date;
use plenary::diagnostic::Code;
use plenary::path::SitePath;
use plenary::pipeline::Settings;
use serde_json::Value;

use crate::support::{Built, TestSite, cards, demo};

/// Statements by a real and by an invented delegation; one withdrawn, one under embargo, one undated, one only in
/// Arabic and one in two languages.
const SITE: &str = r#"
-- site.toml --
title = "Ours"
base_url = "https://example.org/x/"
edit_url = "https://example.com/edit/{path}"
page_size = 1
-- content/delegations/xaa.md --
---
title: Invented
simulated: true
---
-- content/forums/mcos.md --
---
title: Conference
---
-- content/statements/one.md --
---
title: "One & <only>"
date: 2021-03-01
delegation: KAZ
forum: mcos
meeting: "1"
aliases: [/was/one/]
topics: [debris]
---

Words of "one" & <b>more</b>.

See [[one#p1]], which is here.
-- content/statements/one.fr.md --
---
title: Un
date: 2021-03-01
delegation: KAZ
---

Des mots.
-- content/statements/two.md --
---
title: Two
date: 2022-03-01
delegation: XAA
forum: mcos
meeting: "1"
speaking_order: 2
topics: [debris]
---

Mr. Chair,

As [[one#p1]] says.
-- content/statements/three.md --
---
title: Three
date: 2023-03-01
delegation: KAZ
forum: mcos
meeting: "1"
speaking_order: 1
topics: [debris]
---

1. First words.

2. Second words.

3. Third words.
-- content/statements/gone.md --
---
title: Gone
date: 2020-03-01
delegation: KAZ
status: withdrawn
topics: [debris]
---

Once [[one]] was named.
-- content/statements/later.md --
---
title: Later
date: 2024-03-01
delegation: KAZ
embargo: 2025-01-02
---

Not yet.
-- content/statements/undated.md --
---
title: Undated
status_note: Nobody knows when.
delegation: KAZ
topics: [debris]
---

Some day.
-- content/statements/arabic.ar.md --
---
title: بيان
date: 2019-03-01
delegation: KAZ
---

كلمات.
-- content/statements/note.fr.md --
---
title: Note
date: 2018-03-01
delegation: FRA
---

Voir [[one]].
"#;

fn built() -> Built {
    TestSite::new(SITE.trim_start()).build()
}

/// Returns one field of each of a view's items.
fn each<'a>(items: &'a Value, field: &str) -> Vec<&'a str> {
    items.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}

#[test]
fn what_is_simulated_says_so_wherever_it_is_shown() {
    let built = built();
    for url in ["/statements/two/", "/delegations/xaa/"] {
        let page = &built.view(url)["page"];
        assert_eq!((&page["simulated"], &page["noindex"]), (&true.into(), &true.into()), "{url}");
        assert!(built.file(url).contains("<meta name=\"robots\" content=\"noindex\">"), "{url}");
        assert!(!built.file("/sitemap.xml").contains(&format!("{url}<")), "{url}");
    }
    assert_eq!(built.view("/statements/two/")["meta"], Value::Array(Vec::new()), "nothing for citation managers");
    assert_eq!(cards(&built.view("/delegations/xaa/"))[0]["simulated"], true);
    assert_eq!(
        built.view("/statements/one/")["body"]["sections"][0]["notes"][0]["groups"][0]["lines"][0]["simulated"],
        true
    );
    let feed = built.file("/delegations/xaa/feed.xml");
    assert!(feed.contains("<title>[Simulated] Two</title>") && feed.contains("<category term=\"simulated\""), "{feed}");

    let page = &built.view("/statements/one/")["page"];
    assert_eq!((&page["simulated"], &page["noindex"]), (&false.into(), &false.into()));
    assert!(!built.file("/delegations/kaz/feed.xml").contains("imulated"));
    assert!(built.file("/sitemap.xml").contains("/statements/one/<"));
}

#[test]
fn a_withdrawn_text_has_a_page_and_is_named_nowhere() {
    let built = built();
    assert_eq!(built.view("/statements/gone/")["page"]["noindex"], true);
    let naming: Vec<String> = built.pages.keys().map(|path| path.url()).collect();
    let naming: Vec<&String> = naming
        .iter()
        .filter(|url| **url != "/statements/gone/" && built.file(url).contains("/statements/gone/"))
        .collect();
    assert!(naming.is_empty(), "{naming:?}");
}

#[test]
fn a_text_under_embargo_is_published_from_its_day_on() {
    for (day, published) in [(None, false), (Some(date(2025, 1, 1)), false), (Some(date(2025, 1, 2)), true)] {
        let files = TestSite::new(SITE.trim_start()).files;
        let built = TestSite::of(files, Settings { as_of: day, ..Settings::default() }).build();
        assert_eq!(built.pages.keys().any(|path| path.url() == "/statements/later/"), published, "{day:?}");
    }
}

#[test]
fn originals_are_withheld_until_no_version_is() {
    let text = |more: &str| format!("---\ntitle: A\ndate: 2024\ndelegation: KAZ\n{more}---\n\nWords.\n");
    let folder = "content/statements/2024";
    let mut site = TestSite::new(SITE.trim_start());
    site.edit(&format!("{folder}/a/index.md"), text("embargo: 2025-01-02\n"));
    site.edit(&format!("{folder}/a/index.fr.md"), text("embargo: 2025-01-01\n"));
    site.edit(&format!("{folder}/a/scans/1.pdf"), "%PDF");
    site.edit(&format!("{folder}/b.md"), text("status: draft\n"));
    site.edit(&format!("{folder}/b.en.pdf"), "%PDF");
    site.edit(&format!("{folder}/bb.pdf"), "%PDF");
    let pdfs = |site: &mut TestSite| -> Vec<String> {
        site.build().pages.keys().map(SitePath::url).filter(|url| url.ends_with(".pdf")).collect()
    };
    assert_eq!(pdfs(&mut site), ["/statements/2024/bb.pdf"]);
    let reported = site.build().diagnostics();
    let uneven: Vec<&String> = reported.iter().filter(|problem| problem.contains("uneven-versions")).collect();
    assert!(matches!(&uneven[..], [only] if only.starts_with(&format!("{folder}/a/index.fr.md: "))), "{uneven:?}");

    for path in ["a/index.md", "a/index.fr.md", "b.md"] {
        site.edit(&format!("{folder}/{path}"), text(""));
    }
    let all = ["/statements/2024/b.en.pdf", "/statements/2024/bb.pdf", "/statements/a/scans/1.pdf"];
    assert_eq!(pdfs(&mut site), all);
    assert!(!site.build().diagnostics().iter().any(|problem| problem.contains("uneven-versions")));
}

#[test]
fn what_git_has_not_fetched_is_not_published() {
    let mut site = TestSite::new(SITE.trim_start());
    for path in ["content/statements/far.pdf", "static/far.png"] {
        site.edit(path, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
    }
    site.edit("static/near.png", "here");
    let built = site.build();
    let urls: Vec<String> = built.pages.keys().map(SitePath::url).collect();
    assert!(urls.contains(&"/near.png".to_owned()) && !urls.iter().any(|url| url.contains("far.")), "{urls:?}");
    assert_eq!(built.diagnostics().iter().filter(|problem| problem.contains("error[lfs-pointer]")).count(), 2);
    assert!(site.edit("static/far.png", "fetched").build().file("/far.png") == "fetched");
}

#[test]
fn an_old_address_leads_to_the_page() {
    let built = built();
    for (from, to) in [("/was/one/", "/statements/one/"), ("/statements/arabic/", "/ar/statements/arabic/")] {
        let view = built.view(from);
        assert_eq!(view["target"], format!("/x{to}"));
        assert_eq!(view["page"]["canonical"], format!("https://example.org/x{to}"));
        let line = format!("/x{from} /x{to} 301\n");
        assert!(built.file("/_redirects").contains(&line), "{line}");
    }
}

#[test]
fn a_sites_own_files_for_hosts_replace_plenarys() {
    let mut site = TestSite::new(SITE.trim_start());
    for (name, text) in [("_headers", "/*\n  X: y\n"), ("robots.txt", "User-agent: *\nDisallow: /\n")] {
        let built = site.edit(&format!("static/{name}"), text).build();
        assert_eq!(built.file(&format!("/{name}")), text);
        assert!(!built.site.has_errors(), "{:?}", built.site.diagnostics);
    }
    let built = site.edit("static/.nojekyll", "").edit("static/_redirects", "/ours /x/ 302").build();
    let redirects = built.file("/_redirects");
    assert!(redirects.starts_with("/ours /x/ 302\n/x/") && redirects.contains("/x/was/one/ "), "{redirects}");
    assert!(!built.site.has_errors(), "{:?}", built.site.diagnostics);
    assert!(site.edit("static/_redirects", b"\xff".to_vec()).build().site.has_errors());
}

#[test]
fn a_reserved_name_is_reported_before_anything_is_published() {
    for name in [".plenary-manifest.json", ".Plenary-staging/a.txt"] {
        let built = TestSite::new(SITE.trim_start()).edit(&format!("static/{name}"), "{}").build();
        let reported = &built.site.diagnostics;
        assert!(reported.iter().any(|problem| problem.code == Code::ReservedUrl), "{name}: {reported:?}");
    }
}

#[test]
fn every_page_names_itself_and_links_only_within_the_sites_own_path() {
    let built = built();
    for path in built.pages.keys().filter(|path| path.file().ends_with(".html")) {
        let (url, text) = (path.url(), built.file(&path.url()));
        for attribute in [" href=\"/", " src=\"/"] {
            let wrong =
                text.match_indices(attribute).find(|(at, _)| !text[at + attribute.len() - 1..].starts_with("/x/"));
            assert_eq!(wrong, None, "{url}");
        }
        let page = &built.view(&url)["page"];
        assert_eq!(page["url"], format!("/x{url}"));
        if page["noindex"] == false {
            assert_eq!(page["canonical"], format!("https://example.org/x{url}"));
        }
    }
    let edit = &built.view("/statements/one/")["page"]["edit_url"];
    assert_eq!(edit, "https://example.com/edit/content/statements/one.md");
}

#[test]
fn every_link_within_a_site_has_a_target() {
    let bare = TestSite::new(
        "-- site.toml --\ntitle = \"Test\"\n-- content/statements/a.md --\n---\ntitle: A\ndate: 2024\ndelegation: KAZ\n---\n\nWords.\n",
    );
    let empty = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    for mut site in [empty, bare, TestSite::new(SITE.trim_start()), TestSite::of(demo(), Settings::default())] {
        assert_eq!(site.build().dead_links(), [""; 0]);
    }
}

#[test]
fn words_are_words_and_not_markup() {
    let built = built();
    let text = built.file("/statements/one/");
    assert!(text.contains("&lt;b&gt;more&lt;/b&gt;") && text.contains("One &amp; &lt;only&gt;"), "{text}");
    // What is made for programs, which is no markup, has the words unescaped.
    let is_markup = |url: &&str| !url.ends_with(".json") && !url.ends_with(".bib") && !url.ends_with(".ris");
    let all = built.pages.keys().map(|path| path.url()).filter(|url| !url.starts_with("/data/") || url == "/data/");
    let all = all.filter(|url| is_markup(&&**url));
    let open: Vec<String> = all.filter(|url| built.file(url).contains("<only>")).collect();
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_page_is_in_its_own_language_and_direction() {
    let built = built();
    for (url, language, direction) in [
        ("/statements/one/", "en", "ltr"),
        ("/fr/statements/one/", "fr", "ltr"),
        ("/ar/statements/arabic/", "ar", "rtl"),
    ] {
        let page = &built.view(url)["page"];
        assert_eq!((&page["language"], &page["direction"]), (&language.into(), &direction.into()));
        assert!(built.file(url).contains(&format!("<h1 lang=\"{language}\">")), "{url}");
    }
    assert_eq!(
        each(&built.view("/statements/one/")["versions"], "url"),
        ["/x/statements/one/", "/x/fr/statements/one/"]
    );
    assert!(built.file("/fr/statements/note/").contains("href=\"/x/fr/statements/one/\""), "French leads to French");
}

#[test]
fn the_pages_of_a_list_lead_from_the_latest_to_the_oldest_and_back() {
    let built = built();
    let (mut url, mut titles) = ("/x/topics/debris/".to_owned(), Vec::new());
    loop {
        let view = built.view(url.strip_prefix("/x").unwrap());
        titles.extend(each(&cards(&view).into(), "title").into_iter().map(str::to_owned));
        let Some(older) = view["pager"]["older"].as_str() else { break };
        assert_eq!(built.view(older.strip_prefix("/x").unwrap())["pager"]["newer"], url);
        url = older.to_owned();
    }
    // A text without a date comes last in order, hence first on the page of the latest.
    assert_eq!(titles, ["Undated", "Three", "Two", "One & <only>"]);
    let sitemap = built.file("/sitemap.xml");
    assert!(sitemap.contains("/topics/debris/<") && !sitemap.contains("/topics/debris/p/"), "{sitemap}");
    let feed = built.file("/topics/debris/feed.xml");
    let at = |title: &str| feed.find(title).unwrap_or_else(|| panic!("no {title} in {feed}"));
    assert!(at("Three<") < at("Two<") && !feed.contains("Undated"), "{feed}");
}

#[test]
fn before_and_after_are_by_day_and_in_a_meeting_as_they_spoke() {
    let built = built();
    let view = built.view("/statements/one/");
    let neighbours = &view["neighbours"];
    assert_eq!(neighbours["previous_by_delegation"]["url"], "/x/ar/statements/arabic/");
    assert_eq!(neighbours["next_by_delegation"]["title"], "Three");
    assert_eq!(neighbours["previous_in_meeting"]["title"], "Two");
    assert_eq!(neighbours["next_in_meeting"], Value::Null);
    let cards = Value::from(cards(&built.view("/forums/mcos/meetings/1/")));
    assert_eq!(each(&cards, "title"), ["Three", "Two", "One & <only>"], "an unknown place comes last");
}

#[test]
fn a_link_is_listed_at_its_target_with_its_paragraph() {
    let built = built();
    let view = built.view("/statements/one/");
    let sections = view["body"]["sections"].as_array().unwrap();
    let notes: Vec<&Value> = sections.iter().flat_map(|section| section["notes"].as_array().unwrap()).collect();
    assert_eq!(notes.iter().map(|note| note["paragraph"]["anchor"].as_str().unwrap()).collect::<Vec<_>>(), ["p1"]);
    assert_eq!(
        each(&notes[0]["groups"][0]["lines"][0]["places"], "url"),
        ["/x/statements/two/#p2"],
        "a link to itself does not count"
    );
    assert!(built.file("/statements/two/").contains("href=\"/x/statements/one/#p1\""));
}

#[test]
fn printed_numbers_are_shown_next_to_counted_anchors() {
    let built = built();
    let text = built.file("/statements/three/");
    for number in 1..=3 {
        let link = format!("href=\"#p{number}\"");
        let (_, rest) = text.split_once(&link).unwrap_or_else(|| panic!("no {link}"));
        assert!(
            rest.split_once('>').unwrap().1.starts_with(&format!("<span>{number}</span></a>")),
            "{link}: {}",
            &rest[..80]
        );
    }
}
