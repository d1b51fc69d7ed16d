//! Statements with topics -> positions over time, extracts by session, and who has spoken when.

use serde_json::Value;

use crate::support::{TestSite, cards};

const SITE: &str = r#"-- site.toml --
title = "Test"
base_url = "https://example.org/"
-- content/topics/debris.md --
---
title: Debris
match: { en: [fragments] }
---
-- content/topics/ban.md --
---
title: Ban
match: { en: [test ban] }
---
-- content/statements/a.md --
---
title: A
date: 2019-10-01
delegation: KAZ
forum: unga-c1
session: 74
topics: [debris]
---

Mr. Chair,

We are concerned by the growth of fragments in orbit. A test ban is due.

A second paragraph that is about other things altogether.

Of all fragments those that were made on purpose are the worst.
-- content/statements/b.md --
---
title: B
date: 2020-10-01
delegation: KAZ
forum: unga-c1
session: 75
topics: [debris]
---

Of all fragments those that were made on purpose are the worst.
-- content/statements/c.md --
---
title: C
date: 2021-10-01
delegation: KAZ
forum: unga-c1
session: 76
topics: [debris]
---

Of fragments we say nothing today that is new.

We are deeply concerned by the growth of objects in orbit. A test ban is due. {topics="debris"}

Of all fragments those that were made on purpose are the worst. {topics="debris"}
-- content/statements/joint.md --
---
title: Joint
date: 2021-10-02
delegation: KAZ
on_behalf_of: [UZB]
topics: [debris]
---

All of us are of one mind about what is to be done in this matter.
-- content/statements/undated.md --
---
title: Undated
delegation: KAZ
status_note: The source bears none.
topics: [debris]
---

Fragments.
-- content/statements/other.md --
---
title: Other
date: 2020-10-02
delegation: FRA
forum: unga-c1
session: 75
---

Nothing on the matter.
"#;

/// Returns the texts of a list under a key.
fn texts(list: &Value, key: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[key].as_str().unwrap().to_owned()).collect()
}

/// Returns the numbers of paragraphs in a list.
fn numbers(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item["paragraph"]["number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_position_shows_what_was_said_and_what_changed() {
    let built = TestSite::new(SITE).build();
    let view = built.view("/delegations/kaz/topics/debris/");
    assert_eq!(view["title"], "Kazakhstan: Debris");
    assert_eq!(texts(&view["years"], "year"), ["2021", "2020", "2019"]);
    let statement = |at: usize| &view["years"][at]["statements"][0];

    // Only tagged paragraphs, or else those with a phrase. Neither joint statements nor those without a date.
    assert_eq!(numbers(&statement(0)["paragraphs"]), ["2", "3"]);
    // What a later statement repeats is folded to one line.
    assert_eq!(numbers(&statement(2)["paragraphs"]), ["2"]);
    assert_eq!(numbers(&statement(2)["repeated"]), ["4"]);
    assert!(view["years"].as_array().unwrap().iter().all(|year| year["statements"].as_array().unwrap().len() == 1));

    let moved = &statement(0)["paragraphs"][0];
    assert_eq!(moved["changes"], "2 words added, 1 removed");
    assert_eq!((&moved["against"]["title"], &moved["against"]["url"]), (&"2019".into(), &"/statements/a/#p2".into()));
    let runs = moved["runs"].as_array().unwrap();
    let of_kind = |kind: &'static str| {
        runs.iter().filter(move |run| run["kind"] == kind).map(|run| run["text"].as_str().unwrap())
    };
    assert_eq!(of_kind("added").collect::<Vec<_>>(), ["deeply", "objects"]);
    assert_eq!(of_kind("dropped").collect::<Vec<_>>(), ["fragments"]);

    let kept = &statement(0)["paragraphs"][1];
    assert_eq!((&kept["changes"], &kept["is_new"]), (&"".into(), &false.into()));
    assert_eq!(texts(&kept["same"], "title"), ["2019", "2020"]);
    assert_eq!(statement(1)["repeated"][0]["later"]["title"], "2021");
    let missing = &statement(1)["missing"][0];
    assert_eq!((&missing["paragraph"]["number"], &missing["place"]["title"]), (&"2".into(), &"2019".into()));

    let phrases = view["phrases"].as_array().unwrap().iter();
    let phrases = phrases.map(|phrase| (phrase["text"].as_str().unwrap(), phrase["first"]["title"].as_str().unwrap()));
    let phrases: Vec<_> = phrases.collect();
    assert!(phrases.contains(&("deeply concerned", "2021")), "{phrases:?}");
    assert!(built.file("/delegations/kaz/").contains("/delegations/kaz/topics/debris/"));
    for (id, is_own) in [("a", true), ("c", true), ("joint", false), ("undated", false), ("other", false)] {
        let page = built.file(&format!("/statements/{id}/"));
        assert_eq!(page.contains("/delegations/kaz/topics/debris/"), is_own, "{id}");
    }
}

#[test]
fn the_words_around_the_phrase_are_shown_of_a_long_paragraph() {
    let mut site = TestSite::new(SITE);
    let (before, after) = ("of other things, ".repeat(200), ", and of more things".repeat(200));
    let text = format!("We speak {before}then of the fragments up there{after}.");
    site.replace("content/statements/b.md", "Of all fragments those that were made on purpose are the worst.", &text);
    let shown = |site: &mut TestSite| {
        let built = site.build();
        let position = &built.view("/delegations/kaz/topics/debris/")["years"][1]["statements"][0]["paragraphs"][0];
        let extract = &built.view("/topics/debris/unga-c1/75/")["spoken"][0]["statements"][0]["paragraphs"][0];
        [&position["runs"][0]["text"], &extract["text"]].map(|text| text.as_str().unwrap().to_owned())
    };
    for text in shown(&mut site) {
        assert!(text.starts_with('…') && text.contains("of the fragments up there") && text.ends_with('…'), "{text}");
    }
    site.replace("content/statements/b.md", ".\n", ". {topics=\"debris\"}\n");
    for text in shown(&mut site) {
        assert!(text.starts_with("We speak of other things") && text.ends_with('…'), "{text}");
    }
}

#[test]
fn nothing_is_called_new_or_dropped_without_a_comparison() {
    let mut site = TestSite::new(SITE);
    let is_new = |site: &mut TestSite| {
        let view = site.build().view("/delegations/kaz/topics/debris/");
        let at = |year: usize| view["years"][year]["statements"][0].clone();
        (
            at(0)["paragraphs"][2]["is_new"].clone(),
            at(1)["missing"].as_array().unwrap().len(),
            at(1)["paragraphs"][0]["is_cut"].clone(),
        )
    };
    let new = "Kazakhstan offers its observatory to all who count what is left up there. {topics=\"debris\"}";
    let path = "content/statements/c.md";
    let text = String::from_utf8(site.files[path].clone()).unwrap();
    site.edit(path, format!("{text}\n{new}\n"));
    // What is repeated in 2021 is folded and has no extract of its own.
    assert_eq!(is_new(&mut site), (true.into(), 1, Value::Null));
    let long = "fragments and more of them, ".repeat(200);
    site.replace("content/statements/b.md", "Of all fragments", &long);
    assert_eq!(is_new(&mut site), (false.into(), 0, true.into()));
}

#[test]
fn no_overlapping_date_is_the_first() {
    let mut site = TestSite::new(SITE);
    let words = "We are deeply concerned by the growth of fragments in orbit. A test ban is due.";
    site.replace("content/statements/b.md", "Of all fragments", &format!("{words}\n\nOf all fragments"));
    for (date, first) in [("2020-10-01", Some("2020")), ("2021", None)] {
        site.replace("content/statements/b.md", "date: 2020-10-01", &format!("date: {date}"));
        let view = site.build().view("/delegations/kaz/topics/debris/");
        let phrases = view["phrases"].as_array().unwrap();
        let found = phrases.iter().find(|phrase| phrase["text"] == "deeply concerned");
        assert_eq!(found.map(|phrase| phrase["first"]["title"].as_str().unwrap()), first, "{date}");
    }
}

#[test]
fn topics_by_rule_have_positions_only_by_choice() {
    let mut site = TestSite::new(SITE);
    let has_page = |site: &mut TestSite| {
        let built = site.build();
        built.pages.keys().any(|path| path.url() == "/delegations/kaz/topics/ban/")
    };
    assert!(!has_page(&mut site));
    site.replace("content/topics/ban.md", "title: Ban", "title: Ban\nrule_counts: true");
    assert!(has_page(&mut site));
    let view = site.build().view("/delegations/kaz/topics/ban/");
    assert_eq!(texts(&view["years"], "year"), ["2021", "2019"]);
}

#[test]
fn a_text_with_a_topic_as_a_whole_is_shown_without_courtesies_or_in_full() {
    let mut site = TestSite::new(SITE);
    let long = "A paragraph that is certainly longer than what people say in greeting each other.\n\n";
    for (body, count) in [(format!("Mr. Chair,\n\n{}Thank you.", long.repeat(3)), 3), (long.repeat(40), 0)] {
        for path in ["content/statements/a.md", "content/statements/b.md"] {
            let date = if path.contains("/a") { "2019" } else { "2020" };
            let front = format!("title: T\ndate: {date}\ndelegation: KAZ\ntopics: [ban]");
            site.edit(path, format!("---\n{front}\n---\n\n{body}\n"));
        }
        let view = site.build().view("/delegations/kaz/topics/ban/");
        let latest = &view["years"][0]["statements"][0];
        assert_eq!(latest["paragraphs"].as_array().unwrap().len(), count);
    }
}

#[test]
fn a_quotation_is_not_a_position_unless_an_editor_says_so() {
    let mut site = TestSite::new(SITE);
    let refuted = "They told us that fragments in orbit are of no concern to anybody at all, now or at any later time.";
    let own = "We have counted them, night after night, and there are more of them than there were a year ago.";
    let front = "---\ntitle: D\ndate: 2022-10-01\ndelegation: KAZ\ntopics: [debris]\n---\n";
    let shown = |site: &mut TestSite| {
        let view = site.build().view("/delegations/kaz/topics/debris/");
        let paragraphs = view["years"][0]["statements"][0]["paragraphs"].as_array().unwrap().clone();
        numbers(&paragraphs.into()).join(" ")
    };
    for (paragraphs, expect) in [
        (format!("{own}\n\n> {refuted}\n\n{own}"), "1 3"),
        (format!("{own}\n\n> {refuted}\n\n{own} Fragments."), "3"),
        (format!("{own}\n\n> {refuted} {{topics=\"debris\"}}\n\n{own}"), "2"),
    ] {
        site.edit("content/statements/d.md", format!("{front}\n{paragraphs}\n"));
        assert_eq!(shown(&mut site), expect, "{paragraphs}");
    }
}

#[test]
fn extracts_are_grouped_by_delegation_and_link_to_their_paragraphs() {
    let mut site = TestSite::new(SITE);
    site.replace("content/statements/joint.md", "topics:", "forum: unga-c1\nsession: 76\ntopics:");
    let view = site.build().view("/topics/debris/unga-c1/76/");
    let spoken = view["spoken"].as_array().unwrap();
    assert_eq!(spoken.len(), 2, "{spoken:#?}");
    assert_eq!(texts(&spoken[0]["statements"][0]["paragraphs"], "url"), ["/statements/c/#p2", "/statements/c/#p3"]);
    assert_eq!(texts(&spoken[1]["on_behalf_of"], "title"), ["Uzbekistan"]);
    let built = site.build();
    for page in ["/topics/debris/", "/forums/unga-c1/76/"] {
        assert!(built.file(page).contains("/topics/debris/unga-c1/76/"), "{page}");
    }
}

#[test]
fn the_matrix_shows_who_spoke_and_who_has_no_text() {
    let mut site = TestSite::new(SITE);
    site.replace("content/statements/a.md", "2019-10-01", "2009-10-01");
    let built = site.build();
    let cells = |page: &str| -> Vec<(String, Vec<String>)> {
        let view = built.view(page);
        let cell = |cell: &Value| match cell["kind"].as_str().unwrap() {
            "spoke" => {
                let links = texts(&cell["links"], "title").into_iter().zip(texts(&cell["links"], "url"));
                links.map(|(count, url)| format!("{count} {url}")).collect::<Vec<_>>().join(" + ")
            }
            other => other.to_owned(),
        };
        let row = |row: &Value| {
            let name = row["delegation"]["title"].as_str().unwrap().to_owned();
            (name, row["cells"].as_array().unwrap().iter().map(cell).collect())
        };
        view["rows"].as_array().unwrap().iter().map(row).collect()
    };
    let spoke = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let own_and_joint = "1 /statements/c/#p2 + 1 /statements/joint/#p1";
    assert_eq!(
        cells("/topics/debris/matrix/"),
        [
            ("Kazakhstan".to_owned(), spoke(&["1 /statements/a/#p2", "1 /statements/b/#p1", own_and_joint])),
            ("Uzbekistan".to_owned(), spoke(&["nothing", "nothing", "1 /statements/joint/#p1"])),
        ]
    );
    // Nobody has judged the only text of France for topics.
    assert_eq!(texts(&built.view("/topics/debris/matrix/")["untagged"], "title"), ["France"]);
    assert_eq!(texts(&built.view("/topics/debris/matrix/")["without"], "title"), [""; 0]);
    let view = built.view("/topics/debris/matrix/");
    assert_eq!((&view["totals"], &view["decades"]), (&serde_json::json!([1, 1, 3]), &serde_json::json!([])));
    assert!(built.file("/topics/debris/matrix/").contains("is neither tagged with this topic nor judged for topics"));
}

#[test]
fn a_cell_leads_to_all_that_it_counts() {
    let mut site = TestSite::new(SITE);
    let words = "Of all fragments those that were made on purpose are the worst.\n\n".repeat(30);
    for (name, date) in (2015..2022).map(|year| (format!("long-{year}"), year)).chain([("early".to_owned(), 2015)]) {
        let front = format!("title: T\ndate: {date}\ndelegation: KAZ\ntopics: [debris]");
        site.edit(&format!("content/statements/{name}.md"), format!("---\n{front}\n---\n\n{words}"));
    }
    let built = site.build();
    let view = built.view("/topics/debris/matrix/");
    assert_eq!(
        texts(&view["rows"][0]["cells"][0]["links"], "url"),
        ["/delegations/kaz/topics/debris/p/2/#page-year-2015"],
    );
    let cells = view["rows"][0]["cells"].as_array().unwrap();
    let links = &cells[cells.len() - 1]["links"];
    assert_eq!(texts(links, "title"), ["2", "1"]);
    assert_eq!(texts(links, "url"), ["/delegations/kaz/topics/debris/#page-year-2021", "/statements/joint/#p1"]);
    assert_eq!(built.dead_links(), [""; 0]);
}

#[test]
fn a_pair_that_a_topic_names_is_set_side_by_side_by_year() {
    let mut site = TestSite::new(SITE);
    site.replace("content/topics/debris.md", "title: Debris\n", "title: Debris\ncompare: [[KAZ, FRA], [KAZ, USA]]\n");
    let front = "title: France\ndelegation: FRA\ntopics: [debris]\ndate: 2020-10-05";
    site.edit("content/statements/fra.md", format!("---\n{front}\n---\n\nFragments fall on all alike.\n"));
    let built = site.build();
    let view = built.view("/topics/debris/compare/kaz-fra/");
    assert_eq!(texts(&view["years"], "year"), ["2021", "2020", "2019"]);
    let count = |year: usize, side: &str| view["years"][year][side].as_array().unwrap().len();
    assert_eq!([0, 1, 2].map(|year| (count(year, "first"), count(year, "second"))), [(1, 0), (1, 1), (1, 0)]);
    assert_eq!(view["first"]["url"], "/delegations/kaz/topics/debris/");
    assert_eq!(texts(&view["years"][1]["second"][0]["paragraphs"], "url"), ["/statements/fra/#p1"]);
    assert!(built.file("/topics/debris/").contains("/topics/debris/compare/kaz-fra/"));
    assert!(!built.pages.keys().any(|path| path.url().contains("kaz-usa")), "nothing is held of one of the two");
    assert!(
        built.diagnostics().iter().any(|one| one.contains("nothing-to-compare") && one.contains("`USA`")),
        "and it is said"
    );
    assert_eq!(built.dead_links(), [""; 0]);
}

#[test]
fn the_list_of_a_topic_quotes_what_is_said_on_it() {
    let built = TestSite::new(SITE).build();
    let cards = cards(&built.view("/topics/debris/"));
    let card =
        |url: &str| cards.iter().find(|card| card["url"] == url).unwrap_or_else(|| panic!("no {url}: {cards:#?}"));
    let first = card("/statements/a/");
    assert_eq!((&first["excerpt_url"], &first["paragraphs"]), (&"/statements/a/#p2".into(), &2.into()), "{first:#?}");
    assert!(built.file("/topics/debris/").contains("<mark>"));
}
