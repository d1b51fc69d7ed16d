//! Language versions -> what they inherit, and what is reported if they contradict each other.

use plenary::pipeline::Settings;

use crate::support::{TestSite, cards, clean, snapshot};

const SITE: &str = r#"-- site.toml --
title = "Test"
base_url = "https://example.org/"
-- content/topics/mines.md --
---
title: Mines
---
-- content/topics/ports.md --
---
title: Ports
---
-- content/statements/a.md --
---
title: On mines
type: thematic-debate
date: 2019-10-01
delegation: XAA
on_behalf_of: [XBB]
speaker: { given: Ada, family: Example, role: Minister }
forum: unga-c1
session: 74
meeting: 3
place: New York
topics: [mines]
references: [A/RES/1/2]
summary: In English.
text_status: as-delivered
source: { publisher: Archive, url: "https://example.com/a" }
aliases: [/old/]
---

We destroyed ours.
-- content/statements/a.fr.md --
---
title: Sur les mines
---

Nous avons détruit les nôtres.
"#;

/// Returns the problems of a site that are not about unknown names.
fn reported(site: &mut TestSite) -> Vec<String> {
    let reported = site.build().diagnostics();
    reported.into_iter().filter(|problem| !problem.contains("warning[unknown-")).collect()
}

#[test]
fn a_version_inherits_what_it_does_not_state() {
    let mut site = TestSite::new(SITE);
    let view = site.build().view("/fr/statements/a/");
    assert_eq!(view["title"], "Sur les mines");
    let facts = &view["facts"];
    assert_eq!(facts["date"]["words"], "1 October 2019");
    assert_eq!(facts["delegation"]["title"], "XAA");
    assert_eq!(facts["speaker"]["name"], "Ada Example");
    let occasion = facts["occasion"].as_array().unwrap();
    assert_eq!(
        occasion.iter().map(|part| part["title"].as_str().unwrap()).collect::<Vec<_>>()[1..],
        ["74th session", "3rd meeting"]
    );
    assert_eq!(facts["topics"][0]["title"], "Mines");
    assert_eq!(facts["place"], "New York");
    // What concerns one file or one wording is not inherited.
    let page = site.build().file("/fr/statements/a/").to_owned();
    for own in ["In English.", "As delivered", "Archive"] {
        assert!(!page.contains(own), "{own}");
    }
    assert_eq!(reported(&mut site), [""; 0]);
}

#[test]
fn a_key_without_a_value_states_nothing_and_an_empty_value_states_that_there_is_none() {
    let topics = |line: &str| {
        let mut site = TestSite::new(SITE);
        site.edit("content/statements/a.fr.md", format!("---\ntitle: A\n{line}\n---\n\nTexte.\n"));
        let view = site.build().view("/fr/statements/a/");
        (view["facts"]["topics"].as_array().unwrap().len(), view["facts"]["place"].clone())
    };
    assert_eq!(topics("topics:\nplace: ~"), (1, "New York".into()));
    assert_eq!(topics("topics: null\nplace:"), (1, "New York".into()));
    assert_eq!(topics("topics: []"), (0, "New York".into()));
    let (topics, place) = topics("topics: [ports, mines]\nplace: \"\"");
    assert!(topics == 2 && place.as_str().is_none_or(str::is_empty), "{place}");
}

#[test]
fn contradictions_of_a_version_are_reported() {
    for (line, expect) in [
        ("date: 2018-10-01", "`date` is 2018-10-01 here, but 2019-10-01 in content/statements/a.md"),
        ("date: 2019-10", ""),
        ("date: 2019-10-01?", ""),
        ("delegation: XBB", "`delegation` is XBB here, but XAA in"),
        ("delegation: xaa", ""),
        ("delegation: \"\"", "`delegation` is empty here, but XAA in"),
        ("on_behalf_of: [XCC]", "`on_behalf_of` is XCC here, but XBB in"),
        ("type: letter", "`type` is letter here, but thematic-debate in"),
        ("forum: cd", "`forum` is cd here, but unga-c1 in"),
        ("session: 73", "`session` is 73 here, but 74 in"),
        ("session: 74e session", ""),
        ("meeting: 4", "`meeting` is 4 here, but 3 in"),
        ("topics: [ports]", "`topics` is ports here, but mines in"),
        ("references: []", "`references` is empty here, but A/RES/1/2 in"),
        ("simulated: true", "`simulated` is true here, but false in"),
        ("speaker: { given: Bo, family: Other }", "`speaker` is Bo Other here, but Ada Example in"),
        ("speaker: { given: Adá, family: Exemple, role: Ministre }", ""),
        ("place: Nueva York", ""),
        ("place: \"Salle 5, Genève\"", ""),
        ("status: published", ""),
    ] {
        let mut site = TestSite::new(SITE);
        site.replace("content/statements/a.md", "summary:", "simulated: false\nsummary:");
        site.edit("content/statements/a.fr.md", format!("---\ntitle: A\n{line}\n---\n\nTexte.\n"));
        let mut reported = reported(&mut site);
        // Another session or date than the first file's may also not go with the other of the two.
        reported.retain(|problem| !problem.contains("unlikely-session"));
        match expect {
            "" => assert_eq!(reported, [""; 0], "{line}"),
            expect => {
                assert_eq!(reported.len(), 1, "{line}: {reported:#?}");
                let at = "content/statements/a.fr.md:3:";
                assert!(reported[0].starts_with(at) && reported[0].contains("contradicting-versions"), "{reported:?}");
                assert!(reported[0].contains(expect), "{line}: {reported:?}");
            }
        }
    }
}

#[test]
fn a_version_that_was_simulated_or_in_another_room_contradicts_a_first_file_that_does_not_say_so() {
    for (first, line, expect) in [
        ("", "simulated: true", "`simulated` is true here, but false in content/statements/a.md"),
        ("", "simulated: false", ""),
        ("simulated: true\n", "simulated: true", ""),
        ("", "place: Salle 5", ""),
        ("place: Room 4, New York\n", "place: Salle ٤", ""),
        ("place: Room 4, New York\n", "place: Salle 5", "`place` is Salle 5 here, but Room 4, New York in"),
    ] {
        let mut site = TestSite::new(SITE);
        let place = if first.starts_with("place") { "place: New York\n" } else { "summary:" };
        let kept = if first.starts_with("place") { "" } else { "summary:" };
        site.replace("content/statements/a.md", place, &format!("{first}{kept}"));
        site.edit("content/statements/a.fr.md", format!("---\ntitle: A\n{line}\n---\n\nTexte.\n"));
        let reported = reported(&mut site);
        let is_told = matches!(&reported[..], [only] if only.contains(expect));
        assert!(if expect.is_empty() { reported.is_empty() } else { is_told }, "{first}{line}: {reported:#?}");
    }
}

#[test]
fn a_withheld_text_is_withheld_in_every_language() {
    for line in ["status: draft", "embargo: 2030-01-01", "staus: draft"] {
        let mut site = TestSite::new(SITE);
        site.build();
        site.replace("content/statements/a.md", "summary:", &format!("{line}\nsummary:"));
        let built = site.build();
        assert!(!built.pages.keys().any(|path| path.url().contains("statements/a")), "{line}");
        assert!(!built.diagnostics().iter().any(|problem| problem.contains("uneven")), "{line}");
    }
    let mut site = TestSite::new(SITE);
    site.replace("content/statements/a.md", "summary:", "status: withdrawn\nsummary:");
    assert_eq!(site.build().view("/fr/statements/a/")["page"]["noindex"], true);
    assert_eq!(reported(&mut site), [""; 0]);
    site.replace("content/statements/a.fr.md", "title:", "status: published\ntitle:");
    snapshot("versions-status", &reported(&mut site).join("\n"));
}

#[test]
fn what_changes_in_the_first_file_reaches_its_versions() {
    let mut site = TestSite::new(SITE);
    site.build();
    for (from, to) in [
        ("delegation: XAA", "delegation: XCC"),
        ("topics: [mines]", "topics: [ports]"),
        ("session: 74", "session: 75"),
        ("place: New York\n", ""),
        ("We destroyed ours.", "We keep ours."),
        ("family: Example", "family: Sample"),
    ] {
        site.replace("content/statements/a.md", from, to);
        let (kept, fresh) = (site.build(), clean(&site.files));
        assert_eq!(kept.difference(&fresh), None, "{to}");
    }
    let view = site.build().view("/fr/statements/a/");
    assert_eq!(
        (&view["facts"]["delegation"]["title"], &view["facts"]["topics"][0]["title"]),
        (&"XCC".into(), &"Ports".into())
    );
    // An edit of the text alone leaves the versions unchanged.
    site.replace("content/statements/a.md", "We keep ours.", "We keep all of ours.");
    assert!(!site.build().rendered().contains(&"/fr/topics/ports/".to_owned()));
    // Without the first file, the other one is on its own.
    site.remove("content/statements/a.md");
    assert_eq!(site.build().difference(&clean(&site.files)), None);
    assert!(reported(&mut site).iter().any(|problem| problem.contains("missing-delegation")));
}

#[test]
fn if_every_file_names_its_language_the_sites_own_comes_first() {
    let mut site = TestSite::new(SITE);
    let first = site.files.remove("content/statements/a.md").unwrap();
    site.edit("content/statements/a.en.md", first);
    assert_eq!(site.build().view("/fr/statements/a/")["facts"]["delegation"]["title"], "XAA");
    assert_eq!(reported(&mut site), [""; 0]);
    // A first file in another language comes before the one in the site's language.
    let mut site = TestSite::new(SITE);
    site.replace("content/statements/a.md", "title:", "language: ar\ntitle:");
    site.edit("content/statements/a.en.md", "---\ntitle: On mines\n---\n\nWe destroyed ours.\n");
    assert_eq!(site.build().view("/statements/a/")["facts"]["delegation"]["title"], "XAA");
    assert_eq!(reported(&mut site), [""; 0]);
}

#[test]
fn problems_of_inherited_values_are_reported_where_they_are_written() {
    let mut site = TestSite::new(SITE);
    site.replace("content/statements/a.md", "forum: unga-c1", "forum: unga-c9x");
    site.replace("content/statements/a.md", "date: 2019-10-01\n", "");
    let reported = site.build().diagnostics();
    for code in ["unknown-forum", "missing-date"] {
        let of: Vec<&String> = reported.iter().filter(|problem| problem.contains(code)).collect();
        assert!(matches!(&of[..], [only] if only.starts_with("content/statements/a.md:")), "{reported:#?}");
    }
    let drafts = Settings { drafts: true, ..Settings::default() };
    site.replace("content/statements/a.fr.md", "title:", "session: 74\ndate: 2019\ntitle:");
    let reported = TestSite::of(site.files.clone(), drafts).build().diagnostics();
    assert!(!reported.iter().any(|problem| problem.contains("missing-forum")), "{reported:#?}");
}

#[test]
fn each_language_has_a_list_of_the_texts_in_it() {
    let mut site = TestSite::new(SITE);
    let ports = "---\ntitle: On ports\ndate: 2020-01-01\ndelegation: XAA\n---\n\nPorts are open.\n";
    let built = site.edit("content/statements/b.md", ports).build();
    let listed = |url: &str| -> Vec<String> {
        let title = |card: serde_json::Value| card["title"].as_str().unwrap().to_owned();
        cards(&built.view(url)).into_iter().map(title).collect()
    };
    assert_eq!(listed("/languages/en/"), ["On ports", "On mines"]);
    assert_eq!(listed("/languages/fr/"), ["Sur les mines"]);
    assert_eq!(built.view("/languages/fr/")["title"], "Statements in français");
    let branches = built.view("/statements/")["branches"].clone();
    let languages = branches.as_array().unwrap().iter().find(|branch| branch["label"] == "Languages").unwrap();
    let items = languages["items"].as_array().unwrap();
    let counts: Vec<_> = items.iter().map(|item| (item["title"].as_str().unwrap(), item["count"].as_u64())).collect();
    assert_eq!(counts, [("English", Some(2)), ("français", Some(1))]);
    assert_eq!(built.dead_links(), [""; 0]);
    // In another interface a list of English texts has them in English.
    let three = "title = \"Test\"\nlanguages = [\"en\", \"fr\"]\n";
    let built = site.edit("site.toml", three).build();
    assert!(built.file("/fr/languages/en/").contains(">On mines</a>"), "{}", built.file("/fr/languages/en/"));
    // Where all texts are in one language, there is nothing to choose.
    let built = site.remove("content/statements/a.fr.md").build();
    assert!(built.pages.keys().all(|path| !path.url().contains("/languages/")));
}

#[test]
fn each_topic_has_a_list_of_its_texts_in_each_language() {
    let mut site = TestSite::new(SITE);
    let topic = "---\ntitle: Harbours\nmatch: { en: [ports], fr: [ports] }\n---\n";
    let both = |title: &str, words: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2020-01-01\ndelegation: XAA\ntopics: [harbours]\n---\n\nWe meet.\n\n{words}\n"
        )
    };
    let french =
        "---\ntitle: Sur la mer\nlanguage: fr\ndate: 2021\ndelegation: XAA\ntopics: []\n---\n\nLes ports sont loin.\n";
    site.edit("site.toml", "title = \"Test\"\nlanguages = [\"en\", \"fr\"]\n");
    site.edit("content/topics/harbours.md", topic);
    site.edit("content/statements/b.md", both("On ports", "All ports are open."));
    site.edit("content/statements/b.fr.md", both("Sur les ports", "Tous les ports sont ouverts."));
    let built = site.edit("content/statements/c.md", french).build();
    let branches = built.view("/topics/harbours/")["branches"].clone();
    let languages = branches.as_array().unwrap().iter().find(|branch| branch["label"] == "Languages").unwrap().clone();
    let items = languages["items"].as_array().unwrap();
    let counts: Vec<_> = items.iter().map(|item| (item["title"].as_str().unwrap(), item["count"].as_u64())).collect();
    assert_eq!(counts, [("English", Some(1)), ("français", Some(1))]);
    let list = built.file("/topics/harbours/languages/fr/");
    assert!(list.contains("Sur les ports") && list.contains("Sur la mer") && !list.contains("On ports"), "{list}");
    assert!(list.contains("<mark>ports</mark></a> sont loin"), "what it says on the topic: {list}");
    assert_eq!(built.view("/topics/harbours/languages/fr/")["trail"][0]["title"], "Harbours");
    // In another interface a list of English texts has them in English.
    let list = built.file("/fr/topics/harbours/languages/en/");
    assert!(list.contains("On ports") && !list.contains("Sur les ports"), "{list}");
    assert_eq!(built.dead_links(), [""; 0]);
    // Where all its texts are in one language, there is nothing to choose.
    site.remove("content/statements/b.fr.md");
    let built = site.remove("content/statements/c.md").build();
    assert!(built.pages.keys().all(|path| !path.url().contains("/harbours/languages/")));
}
