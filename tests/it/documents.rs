//! Texts that cite documents -> links in the texts, and pages of the documents that list who cites them.

use serde_json::Value;

use crate::support::TestSite;

const SITE: &str = r#"
-- site.toml --
title = "Test"
base_url = "https://example.org/a/"
page_size = 2
-- content/documents/treaty.md --
---
title: A treaty on outer space
symbol: CD/1839
aliases: [PPWT]
---

A record that cites nothing itself.
-- content/about.md --
---
title: About
---

See [[document:PPWT]].
-- content/statements/one.md --
---
title: One
date: 2021-06-09
delegation: KAZ
references: [A/RES/1/1]
---

We recall resolutions 72/26 to 72/28 of the General Assembly, and [resolution 72/29](https://example.org/).

The PPWT is CD/1839, and the PPWT it stays.[^1]

[^1]: See A/72/PV.3.
-- content/statements/one.fr.md --
---
title: Un
date: 2021-06-09
delegation: KAZ
---

La résolution 72/27 de l’Assemblée générale, le 24/7.

Le PPWT et A/RES/72/99.
-- content/statements/two.md --
---
title: Two
date: 2023-02-03
delegation: KAZ
---

As [[document:PPWT|they]] say, and as *A/RES/72/27*
says.
-- content/statements/three.md --
---
title: Three
date: 2022
delegation: ALB
simulated: true
---

Nothing but A/RES/72/27.
-- content/statements/gone.md --
---
title: Gone
date: 2022
delegation: ALB
status: withdrawn
---

A/RES/72/27 and S/RES/1540 (2004).
"#;

/// Returns what is between the first `begin` and the next `end` after it.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(begin).unwrap_or_else(|| panic!("no {begin} in {text}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {begin}")).0
}

#[test]
fn a_text_links_to_what_it_cites_and_says_where_to_read_it() {
    let built = TestSite::new(SITE.trim_start()).build();
    let page = built.file("/statements/one/");
    let symbol =
        |path: &str, words: &str| format!("<a href=\"/a/documents/{path}/\" class=\"symbol\" dir=\"ltr\">{words}</a>");
    assert!(page.contains(&format!(
        "resolutions {} to {} of the",
        symbol("A/RES/72/26", "72/26"),
        symbol("A/RES/72/28", "72/28")
    )));
    assert!(
        page.contains("<a href=\"https://example.org/\" rel=\"external\">resolution 72/29</a>"),
        "no link within a link"
    );
    let named = "<a href=\"/a/documents/CD/1839/\">PPWT</a>";
    let known = symbol("CD/1839", "CD/1839");
    assert!(page.contains(&format!("The {named} is {known}, and the PPWT it stays.")), "{page}");
    assert!(page.contains(&format!("See {}.", symbol("A/72/PV.3", "A/72/PV.3"))));

    let cited = between(page, "Documents cited</dt>", "</dd>");
    let texts: Vec<&str> = cited.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let both = |path: &'static str| [format!("/a/documents/{path}/"), format!("https://undocs.org/en/{path}")];
    let expect = ["A/RES/1/1", "A/RES/72/26", "A/RES/72/27", "A/RES/72/28", "CD/1839", "A/72/PV.3"].map(both).concat();
    // Symbols of other organisations are not looked up at the United Nations.
    assert_eq!(texts, expect.iter().filter(|url| !url.ends_with("en/A/RES/1/1")).collect::<Vec<_>>());
    assert!(built.file("/fr/statements/one/").contains("https://undocs.org/fr/A/RES/72/99"), "in the page's language");

    let data = between(page, "<script type=\"application/ld+json\">", "</script>");
    let data: Value = serde_json::from_str(data).unwrap();
    let citations = ["A/RES/1/1", "A/RES/72/26", "A/RES/72/27", "A/RES/72/28", "CD/1839", "A/72/PV.3"];
    assert_eq!(data["citation"], serde_json::json!(citations));
    let table: Value = serde_json::from_str(built.file("/data/statements.json")).unwrap();
    let row = table.as_array().unwrap().iter().find(|row| row["id"] == "one").unwrap();
    assert_eq!(
        (&row["references"], &row["documents"]),
        (&serde_json::json!(["A/RES/1/1"]), &serde_json::json!(citations[1..]))
    );
}

#[test]
fn a_document_says_who_cites_it_by_delegation_and_year() {
    let built = TestSite::new(SITE.trim_start()).build();
    let page = built.file("/documents/A/RES/72/27/");
    // Two statements per page: Albania's from 2022, and the later one of Kazakhstan's two.
    let heads: Vec<&str> = page
        .split("<h")
        .filter_map(|rest| rest.split_once('>').filter(|(level, _)| ["3", "4"].contains(level)))
        .map(|(_, rest)| rest.split("</h").next().unwrap())
        .collect();
    let delegation = |code: &str, name: &str| format!("<a href=\"/a/delegations/{code}/\"><bdi>{name}</bdi></a>");
    assert_eq!(heads, [delegation("alb", "Albania"), delegation("kaz", "Kazakhstan")]);
    assert!(page.contains("<a href=\"/a/statements/two/#p1\"><span class=\"hidden\">Paragraph 1</span>"));
    assert!(page.contains(">As they say, and as A/RES/72/27 says.</blockquote>"));
    assert!(!page.contains("Gone") && page.contains("Simulated"));
    let next = built.file("/documents/A/RES/72/27/p/2/");
    assert!(next.contains("/statements/one/#p1\"") && next.contains("72/26 to 72/28") && !next.contains("Un</a>"));
    // Only the French version cites this one, and a withdrawn text only gives a document its page.
    assert!(built.file("/documents/A/RES/72/99/").contains("href=\"/a/fr/statements/one/#p2\""));
    assert!(built.file("/documents/S/RES/1540_2004/").contains("No statement cites this document."));

    let page = built.file("/documents/CD/1839/");
    assert!(page.contains("/statements/two/#p1\"") && page.contains("/statements/one/#p2\""), "{page}");
    let backlinks = between(page, "Linked from</h2>", "</section>");
    assert!(backlinks.contains("/about/") && !backlinks.contains("/statements/"), "those who cite are listed once");
    assert!(page.contains("href=\"https://undocs.org/en/CD/1839\""));
    assert!(built.file("/documents/CD/1839/feed.xml").contains("<title>One</title>"));

    let index = built.file("/documents/");
    assert!(index.contains(">A/RES</h2>") && index.contains(">By title</h2>"), "{index}");
    assert!(between(index, "/A/RES/72/99/", "</li>").contains(">1</span>"), "a French text cites it");
    assert!(built.file("/sitemap.xml").contains("/a/documents/A/RES/72/26/</loc>"));
    assert!(!built.file("/sitemap.xml").contains("/p/2/"));
}
