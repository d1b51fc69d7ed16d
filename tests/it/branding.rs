//! site.toml and front matter of a site's own -> its colours, pictures and sentences on every page, its lists and its fields.

use plenary::diagnostic::Code;

use crate::support::TestSite;

const SITE: &str = r##"-- site.toml --
title = "Own"
base_url = "https://example.org/a/"
logo = "/logo.svg"
image = "/share.png"
accent = "#8a0f0f"
text_size = "large"
footer = "Kept by <nobody>."
-- static/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg"/>
-- static/share.png --
-- content/topics/debris.md --
---
title: Debris
definition: What is left of satellites.
extra: { shelf: 12 }
---
-- content/delegations/xaa.md --
---
title: Arvenia
---
-- content/statements/one.md --
---
title: One
date: 2019-01-01
delegation: XAA
topics: [debris]
extra: { reel: 12b, checked: [true, 1.5] }
---

We spoke of debris.
-- content/statements/two.md --
---
title: Two
date: 2020-01-01
delegation: XAA
topics: [debris]
aliases: [/old/]
---

We spoke of debris again.
-- content/picked.md --
---
title: Picked
list: { topic: debris, year: 2019 }
extra: { column: left }
---

These.
-- content/latest.md --
---
title: Latest
list: { most: 1 }
---

This one.
"##;

fn titles(view: &serde_json::Value) -> Vec<&str> {
    view["cards"].as_array().unwrap().iter().map(|card| card["title"].as_str().unwrap()).collect()
}

#[test]
fn every_page_has_the_brand_a_description_and_what_other_sites_show() {
    let built = TestSite::new(SITE).build();
    let css = built.file("/brand.css");
    assert!(css.contains("--link: #8a0f0f") && css.contains("font-size: 112.5%"), "{css}");
    let pages: Vec<String> =
        built.pages.keys().filter(|path| path.file().ends_with(".html")).map(|path| path.url()).collect();
    assert!(pages.iter().any(|url| url == "/old/"), "{pages:?}");
    for url in pages {
        let page = built.file(&url);
        for part in [
            "<link rel=\"stylesheet\" href=\"/a/brand.css\">",
            "<img class=\"site-logo\" src=\"/a/logo.svg\" alt=\"\">",
            "<p>Kept by &lt;nobody&gt;.</p>",
            "<meta property=\"og:image\" content=\"https://example.org/a/share.png\">",
        ] {
            assert!(page.contains(part), "{url} has no {part}");
        }
        let described = page.split("<meta name=\"description\" content=\"").nth(1).unwrap_or_default();
        assert!(described.split('"').next().is_some_and(|words| words.len() > 5), "{url} has no description");
    }
    assert!(built.file("/topics/debris/").contains("content=\"What is left of satellites.\""));
}

#[test]
fn a_site_without_a_brand_has_no_second_style_sheet() {
    let mut site = TestSite::new(SITE);
    let built = site.edit("site.toml", "title = \"Own\"\nbase_url = \"https://example.org/\"\n").build();
    assert!(!built.file("/").contains("brand.css"));
    assert!(built.pages.keys().all(|path| path.url() != "/brand.css"));
}

#[test]
fn pictures_that_are_not_there_and_colours_that_cannot_be_read_are_reported() {
    let mut site = TestSite::new(SITE);
    let built = site.replace("site.toml", "/logo.svg", "/lost.svg").replace("site.toml", "#8a0f0f", "#ffcc00").build();
    let found: Vec<(Code, &str)> =
        built.site.diagnostics.iter().map(|problem| (problem.code, problem.message.as_str())).collect();
    assert!(found.iter().any(|(code, _)| *code == Code::InvalidConfig), "{found:?}");
    assert!(found.iter().any(|(_, message)| message.starts_with("in `logo`, ")), "{found:?}");
}

#[test]
fn a_plain_page_lists_the_statements_that_it_asks_for() {
    let mut site = TestSite::new(SITE);
    let built = site.build();
    assert_eq!(titles(&built.view("/picked/")), ["One"]);
    assert_eq!(titles(&built.view("/latest/")), ["Two"]);
    assert!(built.file("/picked/").contains("href=\"/a/statements/one/\""));
    // A statement that comes into the list changes the page.
    let built = site.replace("content/statements/two.md", "2020-01-01", "2019-05-01").build();
    assert_eq!(titles(&built.view("/picked/")), ["Two", "One"]);
    assert!(built.rendered().contains(&"/picked/".to_owned()));
    let built = site.replace("content/picked.md", "topic: debris", "topic: debree").build();
    assert!(built.site.diagnostics.iter().any(|problem| problem.code == Code::UnknownTopic));
}

#[test]
fn fields_of_ones_own_reach_templates_and_tables() {
    let built = TestSite::new(SITE).build();
    assert_eq!(built.view("/statements/one/")["extra"]["checked"][1], 1.5);
    assert_eq!(built.view("/topics/debris/")["extra"]["shelf"], 12);
    assert_eq!(built.view("/picked/")["extra"]["column"], "left");
    assert_eq!(built.view("/statements/two/")["extra"], serde_json::json!({}));
    let rows: serde_json::Value = serde_json::from_str(built.file("/data/statements.json")).unwrap();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "one").unwrap();
    assert_eq!(row["extra"]["reel"], "12b");
    let wrong = TestSite::new(SITE).edit("content/picked.md", "---\ntitle: A\nextra: [1]\n---\n\nB.\n").build();
    assert!(wrong.site.diagnostics.iter().any(|problem| problem.code == Code::WrongType));
}

#[test]
fn the_icons_and_the_picture_are_in_the_sites_colour_and_give_way_to_its_own() {
    let has = |built: &crate::support::Built, url: &str| built.pages.keys().any(|path| path.url() == url);
    let built = TestSite::new(SITE).build();
    assert!(built.file("/favicon.svg").contains("#8a0f0f") && has(&built, "/icon-180.png"));
    assert!(!has(&built, "/picture.png"), "the site has an image of its own");
    let mut site = TestSite::new(SITE);
    let built = site.edit("site.toml", "title = \"Own\"\nbase_url = \"https://example.org/\"\n").build();
    let home = built.file("/");
    assert!(home.contains("<meta property=\"og:image\" content=\"https://example.org/picture.png\">"), "{home}");
    assert!(home.contains("<link rel=\"apple-touch-icon\" href=\"/icon-180.png\">") && has(&built, "/picture.png"));
    let built = site.edit("site.toml", "title = \"Own\"\n").build();
    assert!(!built.file("/").contains("og:image") && !has(&built, "/picture.png"), "nobody can be told of it");
    let built = site.edit("static/icon-180.png", "mine").build();
    assert_eq!(built.file("/icon-180.png"), "mine");
}
