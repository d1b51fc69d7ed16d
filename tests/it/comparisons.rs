//! Which texts are compared with which, and what the pages say about them.

use std::fmt::Write as _;

use crate::support::{Built, TestSite};

const COMMON: &str = "Outer space belongs to no one and is used by everyone, and what is lost in it is not restored.";
const TREATY: &str = "We support the early start of negotiations on a legally binding instrument on this subject.";
const REGISTER: &str =
    "A register of launches, open to all, would build confidence at a cost that nobody would notice.";

/// Adds a statement with some paragraphs; `keys` are lines of its front matter, by default `KAZ` on a date.
fn add(site: &mut TestSite, name: &str, date: &str, keys: &str, paragraphs: &[&str]) {
    let mut front = format!("title: The text {name}\ndate: {date}\n");
    if !keys.contains("delegation:") {
        let _ = writeln!(front, "delegation: KAZ");
    }
    let text = format!("---\n{front}{keys}\n---\n\n{}\n", paragraphs.join("\n\n"));
    site.edit(&format!("content/statements/{name}.md"), text);
}

fn site() -> TestSite {
    TestSite::new("-- site.toml --\nbase_url = \"https://example.org/a/\"\n")
}

/// Returns each comparison below its statement, with the statements compared: `b/previous: a b`.
fn pairs(built: &Built) -> Vec<String> {
    let urls: Vec<String> = built.pages.keys().map(|path| path.url()).filter(|url| url.contains("/compare/")).collect();
    let id = |value: &serde_json::Value| {
        let url = value["statement"]["url"].as_str().unwrap().trim_end_matches('/');
        url.rsplit('/').next().unwrap().to_owned()
    };
    let reported = |url: &String| {
        let view = built.view(url);
        let page = url.trim_end_matches('/').replace("/statements/", "").replace("/compare/", "/");
        format!("{page}: {} {}", id(&view["before"]), id(&view["after"]))
    };
    urls.iter().map(reported).collect()
}

#[test]
fn a_statement_is_compared_with_the_last_of_its_kind_that_shares_words() {
    let mut site = site();
    let general = "type: general-debate\nforum: unga-c1";
    for (name, date, keys, said) in [
        ("a", "2020-10-08", general, COMMON),
        ("b", "2020-10-20", "type: right-of-reply\nforum: unga-c1", COMMON),
        ("c", "2021-03-01", "type: general-debate\nforum: cd", COMMON),
        ("d", "2021-10-08", general, COMMON),
        // On the same day it spoke about something else, which is not an earlier position.
        ("e", "2021-10-08", "type: explanation-of-vote\nforum: unga-c1", COMMON),
        ("f", "2022-10-08", "type: thematic-debate\nforum: unga-c1", COMMON),
        ("g", "2023-10-08", "forum: panel", COMMON),
        ("h", "2024-10-08", "forum: panel", TREATY),
        ("i", "2024-11-08", "forum: panel\nstatus: withdrawn", TREATY),
        ("j", "2024-12-08", "delegation: FRA\nforum: panel", TREATY),
        ("k", "2024-12-09", "on_behalf_of: [nam]\nforum: panel", TREATY),
        ("l", "2024-12-10", "on_behalf_of: [nam]\ndelegation: EGY\nforum: panel", TREATY),
        ("m", "2024-12-11", "forum: panel\nlanguage: fr", TREATY),
    ] {
        add(&mut site, name, date, keys, &[said]);
    }
    let built = site.build();
    let expect = [
        "b/previous: a b",
        "c/previous: b c",
        "d/previous: a d",
        "e/previous: b e",
        "f/previous: e f",
        "g/previous: f g",
        "l/previous: k l",
    ];
    assert_eq!(pairs(&built), expect);
    let links = |url: &str| {
        built.view(url)["comparisons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| {
                let of = |link: &serde_json::Value, field: &str| link[field].as_str().unwrap().to_owned();
                format!("{} {} {}", of(link, "kind"), of(&link["date"], "edtf"), of(link, "url"))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(
        links("/statements/b/"),
        [
            "previous 2020-10-08 /a/statements/b/compare/previous/",
            "next 2021-03-01 /a/statements/c/compare/previous/",
            "next 2021-10-08 /a/statements/e/compare/previous/",
        ]
    );
    assert!(links("/statements/h/").is_empty());
}

#[test]
fn a_prepared_text_is_compared_with_what_was_said_on_the_occasion() {
    let prepared = "forum: unga-c1\nsession: 72\ntext_status: check-against-delivery";
    let verbatim = "forum: unga-c1\nsession: 72\nmeeting: 3\ntext_status: verbatim-record";
    let delivered = "forum: unga-c1\nsession: 72\ntext_status: as-delivered";
    for (one, other, date, expect) in [
        (prepared, verbatim, "2017-10-09", &["p/delivered: p v"][..]),
        (prepared, delivered, "2017-10-09", &["p/delivered: p v"]),
        (prepared, verbatim, "2017-10-10", &[]),
        (prepared, "forum: cd\ntext_status: verbatim-record", "2017-10-09", &[]),
        (prepared, "forum: unga-c1\nsession: 71\ntext_status: verbatim-record", "2017-10-09", &[]),
        (prepared, "forum: unga-c1\ndelegation: FRA\ntext_status: verbatim-record", "2017-10-09", &[]),
        (prepared, "forum: unga-c1\nlanguage: fr\ntext_status: verbatim-record", "2017-10-09", &[]),
        (prepared, "forum: unga-c1\ntext_status: excerpt", "2017-10-09", &[]),
    ] {
        let mut site = site();
        add(&mut site, "p", "2017-10-09", one, &[COMMON]);
        // The words as delivered need not resemble the prepared ones.
        add(&mut site, "v", date, other, &[REGISTER]);
        assert_eq!(pairs(&site.build()), expect, "{other} {date}");
    }
}

#[test]
fn if_a_delegation_spoke_twice_the_words_show_which_texts_belong_together() {
    let mut site = site();
    let status = |status: &str| format!("forum: unga-c1\ntext_status: {status}");
    add(&mut site, "a", "2017-10-09", &status("as-prepared"), &[TREATY]);
    add(&mut site, "b", "2017-10-09", &status("as-prepared"), &[COMMON]);
    add(&mut site, "c", "2017-10-09", &status("verbatim-record"), &[COMMON, REGISTER]);
    add(&mut site, "d", "2017-10-09", &status("as-delivered"), &[COMMON]);
    add(&mut site, "e", "2017-10-09", &status("as-delivered"), &[TREATY]);
    // The next year is compared with the text as delivered, not with the prepared one.
    add(&mut site, "f", "2018-10-09", &status("as-delivered"), &[TREATY]);
    assert_eq!(pairs(&site.build()), ["a/delivered: a e", "b/delivered: b c", "f/previous: e f"]);
}

#[test]
fn what_was_changed_is_marked_in_either_text_and_counted() {
    let mut site = site();
    let changed = REGISTER.replace("open to all", "open to every state");
    let before = ["Mr. Chair,", COMMON, TREATY, REGISTER, "We thank all who listened."];
    add(&mut site, "a", "2020-10-08", "", &before);
    add(
        &mut site,
        "b",
        "2021-10-08",
        "simulated: true",
        &["Mr. Chair,", TREATY, &changed, "Nothing else is to be said.", COMMON],
    );
    let built = site.build();
    let view = built.view("/statements/b/compare/previous/");
    assert_eq!(view["summary"], "Paragraphs: 3 the same, 1 changed, 1 new, 1 dropped, 1 moved.");
    let rows = view["rows"].as_array().unwrap();
    let row = |row: &serde_json::Value| {
        let side = |side: &str| {
            let numbers = row[side].as_array().unwrap().iter().map(|of| of["paragraph"]["number"].as_str().unwrap());
            numbers.collect::<Vec<_>>().join("+")
        };
        let moved = if row["moved"] == true { " moved" } else { "" };
        format!("{} {}={}{moved}", row["kind"].as_str().unwrap(), side("before"), side("after"))
    };
    let reported: Vec<String> = rows.iter().map(row).collect();
    assert_eq!(reported, ["same 1=1", "same 3=2", "changed 4=3", "dropped 5=", "new =4", "same 2=5 moved"]);
    let words =
        |run: &serde_json::Value| format!("{}: {}", run["kind"].as_str().unwrap(), run["text"].as_str().unwrap());
    let runs = |side: &str| rows[2][side][0]["runs"].as_array().unwrap().iter().map(words).collect::<Vec<_>>();
    assert_eq!(runs("before")[1], "dropped: all");
    assert_eq!(runs("after")[1], "added: every state");

    let page = built.file("/statements/b/compare/previous/");
    assert!(page.contains("<a class=\"number\" href=\"/a/statements/a/#p4\">"), "{page}");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    // Only one of the two is invented, and is marked so.
    assert!(!page.contains("Nobody really said") && page.matches("Simulated").count() == 1);
    assert!(!built.file("/sitemap.xml").contains("/compare/"));
}

#[test]
fn languages_are_side_by_side_each_in_its_own_direction() {
    let mut site = site();
    add(
        &mut site,
        "a",
        "2020-10-08",
        "",
        &["Mr. Chair,", "Since 2019 some 4,000 objects have been added, which nobody wanted.", "Thank you."],
    );
    add(
        &mut site,
        "a.ar",
        "2020-10-08",
        "",
        &[
            "السيد الرئيس،",
            "فمنذ عام ٢٠١٩ أضيف نحو ٤٠٠٠ جسم، وهو ما لم يرغب فيه أحد.",
            "وشكرا.",
            "وهذا كلام طويل لا مقابل له في النص الآخر ولا يعرف أحد من أين جاء ولماذا قيل.",
        ],
    );
    add(&mut site, "b", "2020-10-09", "status: withdrawn", &["Mr. Chair,"]);
    add(&mut site, "b.fr", "2020-10-09", "", &["Monsieur le Président,"]);
    let built = site.build();
    assert_eq!(pairs(&built), ["a/ar: a a"]);
    let view = built.view("/statements/a/compare/ar/");
    assert_eq!(view["summary"], "Paragraphs: 3 in both languages, 1 in the second alone.");
    let page = built.file("/statements/a/compare/ar/");
    assert!(page.contains("<div class=\"compared-before\" lang=\"en\" dir=\"ltr\">"), "{page}");
    assert!(page.contains("<div class=\"compared-after\" lang=\"ar\" dir=\"rtl\">"));
    assert!(!page.contains("<ins>") && !page.contains("<del>"));
    for of in ["/statements/a/", "/ar/statements/a/"] {
        assert!(built.file(of).contains("href=\"/a/statements/a/compare/ar/\""), "{of}");
    }
}
