//! Names of files, headings, topics and states in other forms -> the same thing, or a diagnostic about it.

use crate::support::{Built, TestSite, snapshot};

/// How every site here begins, and a statement without problems.
const SITE: &str = "-- site.toml --\ntitle = \"S\"\nbase_url = \"https://example.org/\"\n";

fn build(literal: &str) -> Built {
    TestSite::new(&format!("{SITE}{literal}")).build()
}

fn statement(id: &str, front: &str, text: &str) -> String {
    format!("-- content/statements/{id}.md --\n---\ntitle: {id}\ndate: 2024\n{front}\n---\n{text}\n")
}

#[test]
fn files_are_found_in_either_unicode_form_of_their_names() {
    let (composed, apart) = ("Entwu\u{308}rfe", "Entw\u{fc}rfe");
    for (on_disk, link) in
        [(composed, apart), (apart, composed), (composed, "Entwu%CC%88rfe"), (apart, "Entw%C3%BCrfe")]
    {
        let text = format!("[a]({link}/a.pdf), ![b]({link}.png), [c](/{link}.txt) and [d](../{link}/index.md).");
        let literal = statement("sta/index", "delegation: KAZ", &text)
            + &format!(
                "-- content/statements/sta/{on_disk}/a.pdf --\nA\n-- content/statements/sta/{on_disk}.png --\nB\n"
            )
            + &format!("-- static/{on_disk}.txt --\nC\n-- content/statements/{on_disk}/x.txt --\nD\n")
            + &statement("stb/index", "delegation: KAZ", &format!("[a](../sta/{link}/a.pdf)"));
        let built = build(&literal.replace(&format!(" and [d](../{link}/index.md)"), ""));
        assert_eq!(built.diagnostics(), [""; 0], "{on_disk:?} {link:?}");
        assert_eq!(built.dead_links(), [""; 0]);
    }
    let twice = format!("-- static/{composed}.txt --\nA\n-- static/{apart}.txt --\nB\n");
    let built = build(&twice);
    assert!(built.diagnostics()[0].contains("error[same-url]: two files have this name"), "{:?}", built.diagnostics());
}

#[test]
fn fragments_are_what_browsers_copy() {
    let text = "## Délégués & 安全\n\nOne.\n\n## Next\n\nTwo.\n\n\
                [a](#délégués-安全) [b](#d%C3%A9l%C3%A9gu%C3%A9s-%E5%AE%89%E5%85%A8) [c](a.md#de%CC%81le%CC%81gue%CC%81s-安全) \
                [d](/statements/a/#d%C3%A9l%C3%A9gu%C3%A9s-安全) [[a#%70%31|e]] [f](#p%32)\n";
    let built = build(&statement("a", "delegation: KAZ", text));
    assert_eq!(built.diagnostics(), [""; 0]);
    let page = built.file("/statements/a/");
    let hrefs: Vec<&str> = page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    for (href, count) in [("#délégués-安全", 2), ("/statements/a/#délégués-安全", 1), ("/statements/a/#p1", 1)]
    {
        assert_eq!(hrefs.iter().filter(|other| **other == href).count(), count, "{href}: {hrefs:?}");
    }
    assert!(!page.contains("%25"), "nothing is encoded twice");

    // Browsers put the words to highlight after an anchor, or in its place.
    let links = "A. [x](#p1:~:text=the%20words) [y](#:~:text=words) [z](/statements/a/#p1:~:text=words)\n";
    assert_eq!(build(&statement("a", "delegation: KAZ", links)).diagnostics(), Vec::<String>::new());

    let built = build(&statement("a", "delegation: KAZ", "## One\n\nA.\n\n## Two\n\nB. [x](#thr%C3%A9e)\n"));
    let [problem] = &built.diagnostics()[..] else { panic!("{:?}", built.diagnostics()) };
    snapshot("same-names-fragment", problem);
}

#[test]
fn an_alias_takes_no_files_place() {
    let files =
        "-- static/files/plan.pdf --\nP\n-- content/statements/kaz-b/annex.pdf --\nA\n-- static/CamelCase.txt --\nC\n"
            .to_owned()
            + &statement("kaz-b/index", "delegation: KAZ", "Nothing.");
    for (alias, is_taken) in [
        ("/files/plan.pdf", true),
        ("/files/pl%61n.pdf", true),
        ("/statements/kaz-b/annex.pdf", true),
        ("/statements/kaz-b/index.html", true),
        ("/camelcase.TXT", true),
        ("/style.css", true),
        ("/feed.xml", true),
        ("/delegations/kaz/feed.xml", true),
        ("/sitemap.xml", true),
        ("/robots.txt", true),
        ("/_redirects", true),
        ("/_headers", true),
        ("/404.html", true),
        ("/data/statements.csv", true),
        ("/files/old.pdf", false),
        ("/v1.0", false),
        ("/files", false),
    ] {
        let built =
            build(&(files.clone() + &statement("kaz-a", &format!("delegation: KAZ\naliases: [\"{alias}\"]"), "A.")));
        let problems = built.diagnostics();
        let reported =
            problems.iter().any(|problem| problem.contains("error[same-url]") && problem.contains("kaz-a.md"));
        assert_eq!(reported, is_taken, "{alias}: {problems:?}");
        if !is_taken {
            assert!(built.file("/_redirects").contains(" /statements/kaz-a/ 301"), "{alias}");
        }
    }
    let feed = files + &statement("kaz-a", "delegation: KAZ\naliases: [/feed.xml]", "A.");
    let mut reported = build(&feed).diagnostics();
    // The old address of a file needs no folder where others have one.
    let below = statement("kaz-a", "delegation: KAZ\naliases: [/v1.0, /v1.0/about/]", "A.");
    assert_eq!(build(&below).diagnostics(), [""; 0]);
    let twice = statement("a", "delegation: KAZ\naliases: [/old.pdf]", "A.")
        + &statement("b", "delegation: KAZ\naliases: [/old.pdf]", "B.");
    reported.extend(build(&twice).diagnostics());
    snapshot("same-names-aliases", &reported.join("\n"));
}

#[test]
fn names_with_the_same_letters_are_not_merged_silently() {
    let topics = |of: &[&str]| -> Vec<String> {
        let texts = of
            .iter()
            .enumerate()
            .map(|(at, topic)| statement(&format!("s-{at}"), &format!("delegation: KAZ\ntopics: [\"{topic}\"]"), "A."));
        build(&texts.collect::<String>()).diagnostics()
    };
    let reported = topics(&["C", "C++", "C#"]);
    assert_eq!(reported.len(), 2, "{reported:?}");
    let mut said = reported;
    for fine in [&["C++"][..], &["Outer space", "outer-space", "Outer Space"], &["Women’s rights", "women's rights"]]
    {
        assert_eq!(topics(fine), [""; 0], "{fine:?}");
    }
    let records = "-- content/topics/c.md --\n---\ntitle: C\n---\n-- content/topics/c-plus-plus.md --\n---\ntitle: C++\naliases: [\"cpp++\"]\n---\n";
    for (topic, is_known) in [("c", true), ("cpp++", true), ("C++", false)] {
        let text = statement("a", &format!("delegation: KAZ\ntopics: [\"{topic}\"]"), "A.");
        let problems = build(&(records.to_owned() + &text)).diagnostics();
        assert_eq!(problems.is_empty(), is_known, "{topic}: {problems:?}");
        said.extend(problems);
    }
    let speakers = statement("a", "delegation: KAZ\nspeaker: { as_printed: \"A. One\" }", "A.")
        + &statement("b", "delegation: KAZ\nspeaker: { as_printed: \"A. One*\" }", "B.");
    said.extend(build(&speakers).diagnostics());
    let sessions = statement("a", "delegation: KAZ\nforum: cd\nsession: \"3\"", "A.")
        + &statement("b", "delegation: KAZ\nforum: cd\nsession: \"3+\"", "B.");
    said.extend(build(&sessions).diagnostics());
    let forum = statement("a", "delegation: \"KAZ+\"\nforum: cd+", "A.");
    said.extend(build(&forum).diagnostics());
    snapshot("same-names-letters", &said.join("\n"));
}

#[test]
fn states_are_recognised_by_their_alpha_2_codes() {
    let literal = statement("a", "delegation: KZ\non_behalf_of: [KG, ng]", "With [[delegation:NO]].")
        + &statement("b", "delegation: NO\nspeaker: { as_printed: Ms. Doe }", "B.")
        + &statement("c", "delegation: NOR\nspeaker: { as_printed: Ms. Doe }", "C.")
        + "-- content/groups/two.md --\n---\ntitle: Two\nmembers: [NA, FI]\n---\n"
        + "-- content/speakers/roe.md --\n---\ntitle: Roe\ndelegation: PE\n---\n"
        + &statement("d", "on_behalf_of: [two]", "D.");
    let built = build(&literal);
    assert_eq!(built.diagnostics(), [""; 0]);
    assert_eq!(built.dead_links(), [""; 0]);
    for (page, texts) in [("kaz", "a"), ("kgz", "a"), ("nga", "a"), ("nor", "bc"), ("nam", "d"), ("fin", "d")] {
        let html = built.file(&format!("/delegations/{page}/"));
        assert!(texts.chars().all(|id| html.contains(&format!("/statements/{id}/"))), "{page}");
    }
    assert!(built.file("/delegations/nam/").contains("/groups/two/"));
    let table = built.file("/data/statements.csv");
    assert!(table.contains("KAZ") && !table.contains("KZ"), "{table}");

    let mut said = Vec::new();
    for (code, is_known) in [("US", true), ("UK", true), ("GU", false), ("HKG", false), ("AU", false)] {
        let problems = build(&statement("a", &format!("delegation: {code}"), "A.")).diagnostics();
        assert_eq!(problems.is_empty(), is_known, "{code}: {problems:?}");
        said.extend(problems);
    }
    snapshot("same-names-codes", &said.join("\n"));
    let record = "-- content/delegations/au.md --\n---\ntitle: African Union\n---\n".to_owned();
    assert_eq!(build(&(record + &statement("a", "delegation: AU", "A."))).diagnostics(), [""; 0]);
}

#[test]
fn topics_that_differ_only_between_words_are_reported() {
    let reported = |topics: &str| {
        let mut site = TestSite::new(SITE);
        let front = format!("title: T\ndate: 2020\ndelegation: KAZ\ntopics: [{topics}]");
        site.edit("content/statements/a.md", format!("---\n{front}\n---\n\nWords.\n"));
        site.build().diagnostics()
    };
    for topics in ["a/b, a-b", "\"trade, aid\", trade aid", "\"ports: north\", ports-north"] {
        let reported = reported(topics);
        assert!(matches!(&reported[..], [only] if only.contains("warning[similar-topic]")), "{topics}: {reported:#?}");
    }
    for topics in ["a/b, a/b", "a b, a-b", "a/b, c-d"] {
        assert_eq!(reported(topics), [""; 0], "{topics}");
    }
}
