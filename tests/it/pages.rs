//! What pages show to readers and to programs: lists that are never cut off, tables, head tags, linked data, marked languages.

use serde_json::Value;

use crate::support::{Built, TestSite};

const SITE: &str = r#"
-- site.toml --
title = "Test"
base_url = "https://example.org/a/"
page_size = 2
-- content/topics/debris.md --
---
title: Debris
titles: { ar: الحطام }
uri: https://example.org/terms/debris
match: { en: [debris] }
---
-- content/statements/one.md --
---
title: "On </script> \"debris\", once more"
date: 2021-06-09
delegation: KAZ
speaker: { family: Al Doe, given: Jane Ann, role: Ambassador }
forum: unga-c1
session: 72
meeting: 3
topics: [debris]
references: [A/RES/72/27, CD/1839]
source: { url: "https://example.org/one.PDF" }
text_status: as-delivered
spoken_language: ar
---

The first words.
-- content/statements/one.ar.md --
---
title: عن الحطام
date: 2021-06-09
spoken_language: ar
delegation: KAZ
---

كلمات.
-- content/statements/model.md --
---
title: Model
date: 2021
delegation: KAZ
simulated: true
---

As was said in [[one#p1]], words are cheap.
-- content/statements/gone.md --
---
title: Gone
date: 2020
delegation: KAZ
status: withdrawn
---

Nothing.
"#;

fn site() -> TestSite {
    TestSite::new(SITE.trim_start())
}

/// Returns the statement's JSON-LD.
fn linked_data(built: &Built, url: &str) -> Option<Value> {
    let (_, rest) = built.file(url).split_once("<script type=\"application/ld+json\">")?;
    Some(serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap())
}

#[test]
fn the_two_tables_agree_on_every_listed_statement() {
    let built = site().build();
    let rows: Vec<Value> = serde_json::from_str(built.file("/data/statements.json")).unwrap();
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["model", "one"], "in the order of lists, without the withdrawn one");
    let row = &rows[1];
    assert_eq!(row["url"], "https://example.org/a/statements/one/");
    assert_eq!((&row["delegation"], &row["session"]), (&"KAZ".into(), &"72".into()));
    assert_eq!(row["languages"], serde_json::json!(["en", "ar"]));
    assert_eq!(row["references"], serde_json::json!(["A/RES/72/27", "CD/1839"]));
    assert_eq!((&row["place"], &row["simulated"], &rows[0]["simulated"]), (&Value::Null, &false.into(), &true.into()));
    assert_eq!((&rows[0]["earliest"], &rows[0]["latest"]), (&"2021-01-01".into(), &"2021-12-31".into()));

    let mut table = csv::Reader::from_reader(built.file("/data/statements.csv").as_bytes());
    let columns = table.headers().unwrap().clone();
    assert!(columns.iter().all(|column| built.file("/data/").contains(&format!("<code>{column}</code>"))));
    for (row, cells) in rows.iter().zip(table.records().map(Result::unwrap)) {
        assert_eq!(row.as_object().unwrap().len(), columns.len());
        for (column, cell) in columns.iter().zip(&cells) {
            let value = match &row[column] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Array(items) => items.iter().map(|item| item.as_str().unwrap()).collect::<Vec<_>>().join("; "),
                other => other.to_string(),
            };
            assert_eq!(cell, value, "{column}");
        }
    }
}

#[test]
fn only_real_statements_have_metadata_for_citation_managers_and_search_engines() {
    let built = site().build();
    let page = built.file("/statements/one/");
    for tag in [
        r#"<meta name="z.itemType" content="presentation">"#,
        r#"<meta name="citation_author" content="Al Doe, Jane Ann;">"#,
        r#"<meta name="citation_pdf_url" content="https://example.org/one.PDF">"#,
        r#"<link rel="canonical" href="https://example.org/a/statements/one/">"#,
        r#"<link rel="alternate" hreflang="ar" href="https://example.org/a/ar/statements/one/">"#,
        r#"<link rel="alternate" hreflang="x-default" href="https://example.org/a/statements/one/">"#,
    ] {
        assert!(page.contains(tag), "{tag} is not in\n{page}");
    }
    let data = linked_data(&built, "/statements/one/").unwrap();
    assert_eq!(data["name"], "On </script> \"debris\", once more");
    assert_eq!(data["@id"], "https://example.org/a/statements/one/");
    assert_eq!(data["author"]["familyName"], "Al Doe");
    assert_eq!(
        data["translationOfWork"],
        serde_json::json!([{ "@id": "https://example.org/a/ar/statements/one/", "inLanguage": "ar" }])
    );
    assert_eq!(data.get("correction"), None, "what is not known is left out");

    let simulated = built.file("/statements/model/");
    assert!(simulated.contains("Simulated."));
    assert!(!simulated.contains("citation_") && !simulated.contains("z.itemType"), "{simulated}");
    assert_eq!(linked_data(&built, "/statements/model/"), None);
}

#[test]
fn all_that_a_rule_finds_can_be_reached() {
    let mut site = site();
    let found = |built: &Built, url: &str| built.file(url).matches("class=\"card\"").count();
    for (count, id) in ["a", "b", "c", "d", "e"].iter().enumerate() {
        let text = format!("---\ntitle: Number {id}\ndate: 2022\ndelegation: KAZ\n---\n\nMore debris.\n");
        let built = site.edit(&format!("content/statements/{id}.md"), text).build();
        let link = built.file("/topics/debris/").contains("href=\"/a/topics/debris/by-rule/\"");
        assert_eq!(link, count >= 2, "a page shows two; there are {}", count + 1);
    }
    let built = site.build();
    assert_eq!(found(&built, "/topics/debris/"), 3, "one that an editor put there, and the latest two by rule");
    let pages = ["/topics/debris/by-rule/", "/topics/debris/by-rule/p/1/"];
    assert_eq!(pages.map(|url| found(&built, url)), [3, 2]);
    assert!(built.file(pages[0]).contains("A phrase of this topic’s record"));
}

#[test]
fn words_in_another_language_say_so() {
    let built = site().build();
    let topic = built.file("/topics/debris/");
    assert!(topic.contains(r#"<bdi lang="ar" dir="rtl">الحطام</bdi>"#), "{topic}");
    assert!(topic.contains(r#"<a href="https://example.org/terms/debris""#), "{topic}");
    let one = built.file("/statements/one/");
    assert!(one.contains(r#"<dt>Spoken in</dt><dd><bdi lang="ar" dir="rtl">"#), "{one}");
    let arabic = built.file("/ar/statements/one/");
    assert!(arabic.contains(r#"<main id="page-main" dir="rtl">"#) && arabic.contains(r#"<h1 lang="ar">"#), "{arabic}");
    assert!(
        arabic.contains(r#"“<bdi lang="ar" dir="rtl">عن الحطام</bdi>”, <bdi>Statement</bdi>, <bdi>First Committee"#),
        "{arabic}"
    );
    assert!(arabic.contains("<bdi>9 June 2021</bdi><span data-before"), "{arabic}");
}

#[test]
fn each_table_of_a_text_has_a_name_of_its_own() {
    let mut site = site();
    let table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n";
    let text = format!("---\ntitle: Tables\ndate: 2021\ndelegation: KAZ\n---\n\n{table}Words.\n\n{table}");
    let built = site.edit("content/statements/tables.md", text).build();
    for name in ["Table 1", "Table 2"] {
        assert_eq!(built.file("/statements/tables/").matches(&format!("aria-label=\"{name}\"")).count(), 1, "{name}");
    }
}

#[test]
fn what_an_editor_named_is_not_listed_as_related_again() {
    let text = |see_also: &str| {
        let words = "Debris in low orbits threatens satellites, and verification of debris needs sensors.";
        format!("---\ntitle: A\ndate: 2024\ndelegation: KAZ\ntopics: [debris]\n{see_also}---\n\n{words}\n")
    };
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"");
    for id in ["a", "b", "c", "d"] {
        site.edit(&format!("content/statements/{id}.md"), text(""));
        site.edit(&format!("content/statements/{id}.fr.md"), text(""));
    }
    // What everyone says does not relate texts: most speak about something else.
    for n in 0..40 {
        let text = "---\ntitle: Apples\ndate: 2024\ndelegation: FRA\n---\n\nOf apples.\n";
        site.edit(&format!("content/statements/apples-{n}.fr.md"), text);
    }
    let urls = |site: &mut TestSite, url: &str, list: &str| -> Vec<String> {
        let view = site.build().view(url);
        let cards = view[list].as_array().unwrap();
        let mut urls: Vec<String> = cards.iter().map(|card| card["url"].as_str().unwrap().to_owned()).collect();
        urls.sort();
        urls
    };
    let page = "/fr/statements/a/";
    assert_eq!(urls(&mut site, page, "related"), ["/fr/statements/b/", "/fr/statements/c/", "/fr/statements/d/"]);
    site.edit("content/statements/a.fr.md", text("see_also: [b]\n"));
    assert_eq!(urls(&mut site, page, "see_also"), ["/statements/b/"]);
    assert_eq!(urls(&mut site, page, "related"), ["/fr/statements/c/", "/fr/statements/d/"]);
}

#[test]
fn a_joint_statement_is_listed_for_everyone_who_was_a_member_on_the_day() {
    let mut site = TestSite::new(
        "-- site.toml --
title = \"Test\"
base_url = \"https://example.org/\"
-- content/groups/oog.md --
---
title: Open Orbit Group
members: [XAR, { delegation: XBE, from: 2022 }, { delegation: XTE, until: 2021 }]
simulated: true
---
-- content/statements/joint.md --
---
title: Joint statement
delegation: XDE
on_behalf_of: [oog]
date: 2022-03-01
simulated: true
---

We speak for our group.
",
    );
    let built = site.build();
    let listed = |built: &Built, code: &str| {
        let page = built.file(&format!("/delegations/{code}/")).contains("Joint statement");
        let feed = format!("/delegations/{code}/feed.xml");
        let feed = built.pages.keys().any(|path| path.url() == feed) && built.file(&feed).contains("Joint statement");
        assert_eq!(page, feed, "page and feed of {code} agree");
        page
    };
    let of = |built: &Built| ["xde", "xar", "xbe", "xte"].map(|code| listed(built, code));
    assert_eq!(of(&built), [true, true, true, false]);
    assert!(built.file("/delegations/xar/").contains("Open Orbit Group"), "it says for whom it was made");
    site.replace("content/statements/joint.md", "date: 2022-03-01", "date: 2021-03-01");
    assert_eq!(of(&site.build()), [true, true, false, true]);
}

#[test]
fn a_session_has_one_name_in_trails_titles_and_facts() {
    let text =
        "---\ntitle: A\ndate: 2017-10-02\ndelegation: KAZ\nforum: unga-c1\nsession: 72\nmeeting: 16\n---\nWords.\n";
    let built = site().edit("content/statements/meeting.md", text).build();
    let meeting = built.file("/forums/unga-c1/72/16/");
    assert!(meeting.contains("72nd session</bdi>"), "{meeting}");
    assert!(!meeting.contains("session 72<"), "{meeting}");
}
