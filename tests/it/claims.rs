//! Statements with and without topics -> what a topic's page claims of those of whom no text on it is held.

use crate::support::TestSite;

const SITE: &str = r#"-- site.toml --
title = "Test"
base_url = "https://example.org/"
-- content/topics/mines.md --
---
title: Mines
match: { en: [anti-personnel mines], fr: [mines antipersonnel] }
---
-- content/topics/naval-mines.md --
---
title: Naval mines
broader: mines
---
-- content/topics/ports.md --
---
title: Ports
---
-- content/groups/river-group.md --
---
title: River Group
members: [{ delegation: XBB, from: 2015, until: 2019-06 }, XCC]
---
-- content/statements/a.md --
---
title: A
date: 2019-03-01
delegation: XAA
topics: [mines]
---

We destroyed ours.
-- content/statements/b.md --
---
title: B
date: 2019-04-01
delegation: XAA
topics: [mines]
---

We destroyed the last of ours.
-- content/statements/c.md --
---
title: C
date: 2019-05-01
delegation: XBB
topics: [ports]
---

Our ports are open.
"#;

/// Returns what the table says of XBB in 2019: in the lists below it, or in the cell of its row.
fn said_of_xbb(site: &mut TestSite) -> String {
    let built = site.build();
    let view = built.view("/topics/mines/matrix/");
    let is_xbb = |item: &serde_json::Value| item["title"] == "XBB";
    for list in ["without", "untagged"] {
        if view[list].as_array().unwrap().iter().any(is_xbb) {
            return list.to_owned();
        }
    }
    let at = view["years"].as_array().unwrap().iter().position(|year| year == "2019").unwrap();
    let row = view["rows"].as_array().unwrap().iter().find(|row| is_xbb(&row["delegation"])).unwrap();
    let cell = &row["cells"][at];
    let places =
        |key: &str| cell[key].as_array().unwrap().iter().map(|link| link["url"].to_string()).collect::<String>();
    format!("{} {}{}", cell["kind"].as_str().unwrap(), places("links"), places("by_rule")).trim_end().to_owned()
}

#[test]
fn that_none_is_on_a_topic_is_said_only_of_texts_that_were_all_judged() {
    let statement = |front: &str, text: &str| format!("---\ntitle: D\n{front}\n---\n\n{text}\n");
    let text = "Our ports are open.";
    for (change, front, words, expect) in [
        ("nothing else", "date: 2019-07-01\ndelegation: XAA", text, "without"),
        ("one judged to be on nothing", "date: 2019-07-01\ndelegation: XBB\ntopics: []", text, "without"),
        ("one that nobody judged", "date: 2019-07-01\ndelegation: XBB", text, "untagged"),
        ("one with an empty line for topics", "date: 2019-07-01\ndelegation: XBB\ntopics:", text, "untagged"),
        ("one with an empty text for topics", "date: 2019-07-01\ndelegation: XBB\ntopics: \"\"", text, "untagged"),
        ("one with topics that are an error", "date: 2019-07-01\ndelegation: XBB\ntopics: { a: b }", text, "untagged"),
        ("one that nobody judged, of another year", "date: 2020-07-01\ndelegation: XBB", text, "without"),
        ("one that may be of the year", "date: 2018/2020\ndelegation: XBB\ntopics: [mines]", text, "untagged"),
        ("one without a date", "status_note: None\ndelegation: XBB\ntopics: [mines]", text, "untagged"),
        ("a withdrawn one", "date: 2019-07-01\ndelegation: XBB\nstatus: withdrawn\ntopics: [mines]", text, "untagged"),
        ("one on a narrower topic", "date: 2019-07-01\ndelegation: XBB\ntopics: [naval-mines]", text, "untagged"),
        (
            "one in which a rule finds it",
            "date: 2019-07-01\ndelegation: XBB\ntopics: []",
            "We have no anti-personnel mines.",
            "spoke \"/statements/d/#p1\"",
        ),
        (
            "one of its group",
            "date: 2019-02-01\non_behalf_of: [river-group]\ntopics: [mines]",
            text,
            "spoke \"/statements/d/\"",
        ),
        ("one of its group when it left", "date: 2019\non_behalf_of: [river-group]\ntopics: [mines]", text, "untagged"),
        (
            "one of its group after it left",
            "date: 2019-09\non_behalf_of: [river-group]\ntopics: [mines]",
            text,
            "without",
        ),
        ("one that may be of its group, not judged", "date: 2019\non_behalf_of: [river-group]", text, "untagged"),
        (
            "one of a group of whom nobody knows the members",
            "date: 2019\non_behalf_of: [nam]\ntopics: [mines]",
            text,
            "untagged",
        ),
        ("the same on another topic", "date: 2019\non_behalf_of: [nam]\ntopics: [ports]", text, "without"),
        ("one of a union of states", "date: 2019\ndelegation: EU\ntopics: [mines]", text, "untagged"),
        ("one of a union, another year", "date: 2018\ndelegation: EU\ntopics: [mines]", text, "without"),
        (
            "one given jointly",
            "date: 2019-07\ndelegation: XAA\non_behalf_of: [XBB]\ntopics: [mines]",
            text,
            "spoke \"/statements/d/\"",
        ),
    ] {
        let mut site = TestSite::new(SITE);
        site.build();
        site.edit("content/statements/d.md", statement(front, words));
        assert_eq!(said_of_xbb(&mut site), expect, "{change}");
    }
}

#[test]
fn a_topic_is_not_missed_in_texts_from_before_it_was_looked_for() {
    for (since, expect) in
        [("2019", "without"), ("2019-04-30", "without"), ("2019-05-02", "untagged"), ("2020", "untagged")]
    {
        let mut site = TestSite::new(SITE);
        site.build();
        site.replace("content/topics/mines.md", "title: Mines", &format!("title: Mines\nsince: {since}"));
        assert_eq!(said_of_xbb(&mut site), expect, "{since}");
    }
}

#[test]
fn what_a_rule_finds_in_another_language_is_evidence_too() {
    let mut site = TestSite::new(SITE);
    let front = "title: C\ndate: 2019-05-01\ndelegation: XBB\ntopics: [ports]";
    site.edit("content/statements/c.fr.md", format!("---\n{front}\n---\n\nNous avons des mines antipersonnel.\n"));
    assert_eq!(said_of_xbb(&mut site), "untagged");
}

#[test]
fn how_many_statements_none_is_among_is_said() {
    let mut site = TestSite::new(SITE);
    let front = "title: E\ndelegation: XBB\ntopics: [mines]";
    site.edit("content/statements/e.md", format!("---\n{front}\ndate: 2018\n---\n\nMines.\n"));
    let built = site.build();
    assert!(built.file("/topics/mines/matrix/").contains("none of 1</td>"));
    let pages = ["/topics/mines/matrix/", "/topics/mines/"];
    assert!(pages.iter().all(|page| !built.file(page).to_lowercase().contains("silent")));
}
