//! Topics under names and in years of all kinds -> where their texts are found.

use crate::claims::LIFE;
use crate::support::TestSite;

/// A site with these topics, and statements with the given days, topics and texts.
fn site(records: &[(&str, &str)], texts: &[(&str, &str, &str)]) -> TestSite {
    let mut site = TestSite::new("-- site.toml --\ntitle = \"Test\"\nbase_url = \"https://example.org/\"");
    for (slug, front) in records {
        site.edit(&format!("content/topics/{slug}.md"), format!("---\n{front}\n---\n"));
    }
    for (at, (date, topics, text)) in texts.iter().enumerate() {
        let front = format!("title: T{at}\ndate: {date}\ndelegation: X{}\ntopics: [{topics}]", ["AA", "BB"][at % 2]);
        site.edit(&format!("content/statements/t{at}.md"), format!("---\n{front}\n---\n\n{text}\n"));
    }
    site
}

#[test]
fn the_old_name_of_a_topic_is_understood_however_it_is_written() {
    let texts = ["outer-space", "Outer Space", "OUTER SPACE"].map(|topic| ("2021-05-04", topic, "Of space."));
    let built = site(&[("space", "title: Space\naliases: [outer-space]")], &texts).build();
    for at in 0..texts.len() {
        assert!(built.file("/topics/space/").contains(&format!("/statements/t{at}/")), "{at}");
    }
}

#[test]
fn a_year_in_which_only_a_rule_found_the_topic_is_in_the_table() {
    let records = [("mines", "title: Mines\nmatch: { en: [anti-personnel mines] }")];
    let mines = "We have no anti-personnel mines.";
    let texts = [("2019-03-01", "mines", mines), ("2022-07-01", "", mines), ("2019-04-01", "mines", mines)];
    let view = site(&records, &texts).build().view("/topics/mines/matrix/");
    assert_eq!(view["years"].as_array().unwrap().last().unwrap(), "2022");
    let rows = view["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["delegation"]["title"] == "XBB").unwrap();
    assert_eq!(row["cells"].as_array().unwrap().last().unwrap()["by_rule"][0]["url"], "/statements/t1/#p1");
}

#[test]
fn what_was_renamed_is_found_at_all_its_old_addresses() {
    let mut site = TestSite::new(LIFE);
    site.edit("content/statements/two.md", "---\ntitle: Two\ndate: 2021-05-01\ndelegation: XAA\nforum: unga-c1\nsession: 75\ntopics: [ice]\n---\n\nOf ice.\n");
    site.replace("content/topics/ice.md", "title: Ice", "title: Ice\naliases: [/topics/frost/]");
    site.edit("content/forums/unga-c1.md", "---\ntitle: First Committee\naliases: [/forums/first/]\n---\n");
    let built = site.build();
    for (old, new) in [
        ("/topics/frost/", "/topics/ice/"),
        ("/topics/frost/matrix/", "/topics/ice/matrix/"),
        ("/topics/frost/unga-c1/75/", "/topics/ice/unga-c1/75/"),
        ("/topics/ice/first/75/", "/topics/ice/unga-c1/75/"),
        ("/delegations/xaa/topics/frost/", "/delegations/xaa/topics/ice/"),
        ("/forums/first/75/", "/forums/unga-c1/75/"),
    ] {
        assert!(built.file(old).contains(&format!("url={new}\"")), "{old}");
    }
    assert_eq!(built.file("/topics/frost/feed.xml"), built.file("/topics/ice/feed.xml"));
    assert!(built.file("/topics/frost/feed.xml").contains("https://example.org/topics/ice/feed.xml"));
    assert!(built.file("/_redirects").contains("/topics/frost/* /topics/ice/:splat 301\n"));
    assert!(!built.file("/sitemap.xml").contains("frost"));
    // The record that has the old name now keeps its pages.
    site.edit("content/topics/frost.md", "---\ntitle: Frost\n---\n");
    assert!(!site.build().file("/topics/frost/feed.xml").contains("/topics/ice/feed.xml"));
}

#[test]
fn a_list_of_more_names_than_any_group_has_is_refused() {
    let built = |count: usize| {
        let names: Vec<String> = (0..count).map(|at| format!("topic-{at}")).collect();
        site(&[], &[("2024", &names.join(", "), "Words.")]).build().diagnostics()
    };
    let refused =
        "content/statements/t0.md:5:9: error[wrong-type]: `topics` has 501 names, and at most 500 are allowed";
    assert!(built(501).iter().any(|problem| problem.starts_with(refused)), "{:?}", built(501));
    assert!(!built(500).iter().any(|problem| problem.contains("are allowed")));
}
