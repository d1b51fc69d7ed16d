//! Statements with and without topics -> what a topic's page claims about delegations without a text on it.

use crate::support::{TestSite, cards, snapshot};

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
-- content/delegations/xbb.md --
---
title: XBB
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

/// Returns what the table says about XBB in 2019: in the lists below it, or in the cell of its row.
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
fn none_on_a_topic_is_claimed_only_if_all_texts_were_judged() {
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
        (
            "one whose delegation is its group",
            "date: 2019-02-01\ndelegation: river-group\ntopics: [mines]",
            text,
            "untagged",
        ),
        (
            "one of a group of whom nobody knows the members, by its name",
            "date: 2019\ndelegation: g77\ntopics: [mines]",
            text,
            "untagged",
        ),
        (
            "one of Namibia, whose code is a group's name",
            "date: 2019\ndelegation: NAM\ntopics: [mines]",
            text,
            "without",
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
fn a_topic_is_not_missing_in_texts_older_than_its_record() {
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
fn a_year_that_an_undated_text_may_belong_to_is_not_called_empty() {
    let row = |front: &str| {
        let mut site = TestSite::new(SITE);
        let mines = "title: M\ntopics: [mines]\ndelegation: XBB\ndate: 2017-01-01";
        site.edit("content/statements/m.md", format!("---\n{mines}\n---\n\nMines.\n"));
        if !front.is_empty() {
            site.edit("content/statements/d.md", format!("---\ntitle: D\ndelegation: XAA\n{front}\n---\n\nPorts.\n"));
        }
        let view = site.build().view("/topics/mines/matrix/");
        let rows = view["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["delegation"]["title"] == "XAA").unwrap();
        row["cells"]
            .as_array()
            .unwrap()
            .iter()
            .map(|cell| cell["kind"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(row(""), ["nothing", "spoke"]);
    assert_eq!(row("status_note: None\ntopics: [ports]"), ["unsure", "spoke"]);
    assert_eq!(row("date: 2016/2017\ntopics: [ports]"), ["unsure", "spoke"]);
    assert_eq!(row("date: 2015\ntopics: [ports]"), ["nothing", "spoke"]);
}

#[test]
fn a_simulated_text_is_in_no_table_and_no_position_with_real_ones() {
    let mut site = TestSite::new(SITE);
    let front = "title: S\ntopics: [mines]\ndelegation: XAA\nsimulated: true\ndate: 2019-08-01";
    site.edit(
        "content/statements/s.md",
        format!(
            "---\n{front}\n---\n\nWe never had a single one of them, neither on our coast nor in any depot of ours.\n"
        ),
    );
    let front = "title: T\ntopics: [mines]\ndelegation: XBB\nsimulated: true\ndate: 2019-08-01";
    site.edit(
        "content/statements/t.md",
        format!(
            "---\n{front}\n---\n\nWe never had a single one of them, neither on our coast nor in any depot of ours.\n"
        ),
    );
    let built = site.build();
    let rows = built.view("/topics/mines/matrix/")["rows"].clone();
    let rows = rows.as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["cells"][0]["links"][0]["title"], "2");
    assert!(!built.file("/delegations/xaa/topics/mines/").contains("never had"));
    for id in ["a", "b"] {
        site.replace(&format!("content/statements/{id}.md"), "date:", "simulated: true\ndate:");
    }
    let built = site.build();
    assert_eq!(built.view("/topics/mines/matrix/")["rows"].as_array().unwrap().len(), 2);
    assert!(built.file("/delegations/xaa/topics/mines/").contains("never had"));
}

#[test]
fn two_texts_found_by_rule_are_counted_in_plain_words() {
    let mut site = TestSite::new(SITE);
    for (id, day) in [("r", "01"), ("s", "02")] {
        let front = format!("title: R\ndelegation: XBB\ndate: 2019-09-{day}");
        site.edit(&format!("content/statements/{id}.md"), format!("---\n{front}\n---\n\nNo anti-personnel mines.\n"));
    }
    let built = site.build();
    let page = built.file("/topics/mines/matrix/");
    assert!(page.contains("</a>+<a") && page.matches("<span class=\"hidden\"> by rule</span>").count() == 2, "{page}");
}

#[test]
fn the_number_of_statements_behind_none_is_shown() {
    let mut site = TestSite::new(SITE);
    let front = "title: E\ndelegation: XBB\ntopics: [mines]";
    site.edit("content/statements/e.md", format!("---\n{front}\ndate: 2018\n---\n\nMines.\n"));
    let built = site.build();
    assert!(built.file("/topics/mines/matrix/").contains("none of 1 text</span>"));
    let pages = ["/topics/mines/matrix/", "/topics/mines/"];
    assert!(pages.iter().all(|page| !built.file(page).to_lowercase().contains("silent")));
}

pub(crate) const LIFE: &str = r#"-- site.toml --
title = "Test"
base_url = "https://example.org/"
-- content/topics/ice.md --
---
title: Ice
match: { en: [sea ice] }
---
-- content/statements/right.md --
---
title: On “thin” ice
date: 2020-01-01
delegation: XAA
topics: [ice]
---

The ice of our northern fjords grows thinner every winter than living memory recalls, our wooden fishing boats find neither harbour nor shelter, and young sailors leave coastal villages behind.
-- content/statements/corrected.md --
---
title: A corrected text
date: 2020-02-01
delegation: XAA
status: corrected
changes: [{ date: 2020-03-04, note: A number }, { date: 2020-02-20, note: A name }]
---

We speak today of sea ice, glaciers, melting permafrost, rising tides, flooded meadows, vanished islands, displaced families, ruined harvests and broken promises, since whoever mentions everything convinces nobody.
-- content/statements/gone.md --
---
title: A withdrawn text
date: 2020-03-01
delegation: XAA
status: withdrawn
text_status: as-delivered
---

Read out by mistake.
"#;

#[test]
fn a_citation_a_feed_and_the_linked_data_say_what_became_of_a_text() {
    let built = TestSite::new(LIFE).build();
    let chicago = |url: &str| -> String {
        let view = built.view(url);
        let pieces = view["citation"]["styles"][0]["pieces"].as_array().unwrap().clone();
        pieces.iter().filter(|piece| piece["kind"] != "locator").map(|piece| piece["text"].as_str().unwrap()).collect()
    };
    assert_eq!(chicago("/statements/right/"), "XAA, “On ‘thin’ ice,” Statement, January 1, 2020, .");
    assert!(chicago("/statements/corrected/").contains("Statement, corrected 4 March 2020, "));
    assert!(chicago("/statements/gone/").contains("Statement, withdrawn, "));
    let feed = built.file("/feed.xml");
    assert!(feed.contains("<title>[Corrected] A corrected text</title>"), "{feed}");
    assert!(feed.contains("term=\"corrected\"") && !feed.contains("withdrawn"), "{feed}");
    let data = |url: &str| built.view(url)["linked_data"].as_str().unwrap().to_owned();
    assert!(data("/statements/corrected/").contains("\"creativeWorkStatus\":\"corrected\""));
    assert!(data("/statements/gone/").contains("[\"as-delivered\",\"withdrawn\"]"));
    assert!(!data("/statements/right/").contains("creativeWorkStatus"));
    assert!(built.file("/statements/right/").contains("“<bdi lang=\"en\" dir=\"ltr\">On ‘thin’ ice</bdi>”"));
}

#[test]
fn the_feed_of_a_topic_has_what_a_rule_found_and_says_so() {
    let mut site = TestSite::new(LIFE);
    let built = site.build();
    let feed = built.file("/topics/ice/feed.xml");
    let (found, given) = (feed.find("/statements/corrected/").unwrap(), feed.find("/statements/right/").unwrap());
    assert!(found < given, "the latest comes first");
    assert_eq!(feed.matches("[Found by rule]").count(), 1, "{feed}");
    assert!(feed[found..given].contains("[Found by rule] We speak") && feed[..given].contains("found-by-rule"));
    assert!(!built.file("/feed.xml").contains("Found by rule"));
    // Not more entries than requested: the latest of both kinds.
    site.replace("site.toml", "title", "feed_size = 1\ntitle");
    let built = site.build();
    let feed = built.file("/topics/ice/feed.xml");
    assert!(feed.contains("/statements/corrected/") && !feed.contains("/statements/right/"), "{feed}");
}

#[test]
fn a_text_is_new_as_a_whole_only_if_nothing_in_it_is_known() {
    let mut site = TestSite::new(LIFE);
    let built = site.build();
    let all_new = |built: &crate::support::Built, url: &str| built.view(url)["carried"]["is_all_new"] == true;
    assert!(all_new(&built, "/statements/right/") && all_new(&built, "/statements/corrected/"));
    assert!(built.file("/statements/right/").contains("All of it is new in this collection."));
    assert!(!all_new(&built, "/statements/gone/"), "a withdrawn text is compared with nothing");
    let old = "The ice of our northern fjords grows thinner every winter than living memory recalls, our wooden fishing boats find neither harbour nor shelter, and young sailors leave coastal villages behind.";
    let new = "Nobody asked coastal fishermen what they think of building another deep harbour beside protected wetlands, where migrating geese rest every autumn before crossing stormy open waters southward.";
    let text = |date: &str, front: &str, body: &str| {
        format!("---\ntitle: L\ndate: {date}\ndelegation: XBB\n{front}---\n\n{body}\n")
    };
    site.edit("content/statements/later.md", text("2021-01-01", "", &format!("{old}\n\n{new}")));
    site.edit("content/statements/later.fr.md", "---\ntitle: L\n---\n\nLa glace de nos fjords septentrionaux devient chaque hiver plus mince que de mémoire d’homme, nos bateaux de pêche en bois ne trouvent ni port ni abri, et les jeunes marins quittent les villages côtiers.\n");
    let built = site.build();
    assert!(!all_new(&built, "/statements/later/") && !all_new(&built, "/fr/statements/later/"));
    // Repeated later, it is new nevertheless; without a date, nothing is known.
    assert!(all_new(&built, "/statements/right/"));
    site.edit("content/statements/later.md", text("2021-01-01", "", new));
    assert!(all_new(&site.build(), "/statements/later/"));
    site.edit(
        "content/statements/later.md",
        "---\ntitle: L\nstatus_note: None\ndelegation: XBB\n---\n\n".to_owned() + new,
    );
    assert!(!all_new(&site.build(), "/statements/later/"));
}

#[test]
fn a_topic_named_nearly_like_another_is_reported_before_there_are_records() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
    let text =
        |topics: &str| format!("---\ntitle: T\ndate: 2020\ndelegation: KAZ\ntopics: [{topics}]\n---\n\nWords.\n");
    site.edit("content/statements/a.md", text("disarmament, phase-1"));
    site.edit("content/statements/b.md", text("disarmament, phase-1"));
    site.edit("content/statements/c.md", text("dissarmament, phase-2, trade"));
    let reported = site.build().diagnostics();
    snapshot("claims-similar-topic", &reported.join("\n"));
    // Two statements that write it so may mean it; so may one if there is a record of it.
    site.edit("content/statements/d.md", text("dissarmament"));
    assert_eq!(site.build().diagnostics(), [""; 0]);
}

#[test]
fn one_session_has_one_page_however_it_is_written() {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
    for (id, session) in [("a", "79"), ("b", "79th"), ("c", "\"079\""), ("d", "79th session")] {
        let front = format!(
            "title: T\ndate: 2024-10-0{}\ndelegation: KAZ\nforum: unga-c1\nsession: {session}\nmeeting: 3rd",
            1 + id.len()
        );
        site.edit(&format!("content/statements/{id}.md"), format!("---\n{front}\n---\n\nWords.\n"));
    }
    let built = site.build();
    let sessions: Vec<String> =
        built.pages.keys().map(|path| path.url()).filter(|url| url.starts_with("/forums/unga-c1/")).collect();
    assert_eq!(
        sessions.iter().filter(|url| url.contains("/79/") && url.ends_with('/')).collect::<Vec<_>>(),
        ["/forums/unga-c1/79/", "/forums/unga-c1/79/3/"]
    );
    assert_eq!(cards(&built.view("/forums/unga-c1/79/")).len(), 4);
}
