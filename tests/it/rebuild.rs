//! What one edit renders again, and what changes nothing.

use std::collections::BTreeMap;

use plenary::pipeline::{Pipeline, Settings};
use plenary::sources::Sources;

use crate::support::{TestSite, clean, demo, snapshot};

const SITE: &str = r#"
-- site.toml --
title = "Test"
-- content/index.md --
---
title: Home
---

Welcome.
-- content/statements/a.md --
---
title: First
date: 2021-06-09
delegation: KAZ
topics: [debris]
---

Mr. Chair,

Outer space belongs to no one, and what is lost in its orbits is not restored within a lifetime.

Thank you.
-- content/statements/b.md --
---
title: Second
date: 2022-06-09
delegation: FRA
topics: [debris, tests]
---

As was said in [[a]], words are cheap; fragments of satellites are not, and they stay where they are for years.
-- content/statements/c.md --
---
title: Third
date: 2023-06-09
delegation: USA
topics: [voting]
---

My delegation voted against the draft because its ninth paragraph prejudges what the committee is to find out.
"#;

fn site() -> TestSite {
    let mut site = TestSite::new(SITE.trim_start());
    let built = site.build();
    assert_eq!(built.rendered().len(), built.pages.len(), "a first build makes everything");
    site
}

#[test]
fn nothing_is_rendered_again_if_nothing_changed() {
    assert_eq!(site().build().rendered(), [""; 0]);
}

#[test]
fn words_shown_on_no_other_page_render_one_page_the_search_and_the_data() {
    let mut site = site();
    assert_eq!(
        site.replace("content/statements/a.md", "Thank you.", "I thank you.").build().rendered(),
        [
            // The tables of the texts and of what is in them, and their package.
            "/data/citations.csv",
            "/data/datapackage.json",
            "/data/mentions.csv",
            "/data/paragraphs.csv",
            "/data/statements.csv",
            "/data/statements.json",
            "/data/statements.jsonl",
            "/search/root.json",
            "/statements/a/"
        ]
    );
}

#[test]
fn a_title_renders_the_pages_that_show_it() {
    let mut site = site();
    let rendered = site.replace("content/statements/a.md", "title: First", "title: Primer").build().rendered();
    for url in [
        "/",
        "/statements/",
        "/statements/a/",
        "/statements/b/",
        "/topics/debris/",
        "/delegations/kaz/",
        "/years/2021/",
    ] {
        assert!(rendered.iter().any(|made| made == url), "{url} shows the title; made were {rendered:?}");
    }
    for url in ["/topics/voting/", "/delegations/fra/", "/years/2022/"] {
        assert!(!rendered.iter().any(|made| made == url), "{url} does not show the title, but was made");
    }
}

#[test]
fn a_later_page_of_a_list_is_not_rendered_again_for_links_in_an_introduction_it_does_not_show() {
    let mut site = site();
    site.edit("site.toml", "title = \"Test\"\npage_size = 1\n")
        .edit("content/topics/debris.md", "---\ntitle: Debris\n---\n\nSee [[c]].\n")
        .build();
    let rendered = site.replace("content/statements/c.md", "title: Third", "title: Last").build().rendered();
    let of_topic: Vec<&String> = rendered.iter().filter(|url| url.starts_with("/topics/debris/")).collect();
    assert_eq!(of_topic, ["/topics/debris/"]);
}

#[test]
fn a_deleted_statement_is_gone_from_every_page() {
    let mut site = site();
    let built = site.remove("content/statements/c.md").build();
    let showing: Vec<String> = built
        .pages
        .keys()
        .map(|path| path.url())
        .filter(|url| url.ends_with('/') && built.file(url).contains("Third"))
        .collect();
    assert_eq!(showing, [""; 0]);
    assert_eq!(built.difference(&clean(&site.files)), None);
}

#[test]
fn a_file_rewritten_without_a_change_of_meaning_renders_nothing() {
    let mut site = site();
    let text = String::from_utf8(site.files["content/statements/a.md"].clone()).unwrap();
    assert_eq!(site.edit("content/statements/a.md", text.replace('\n', "\r\n")).build().rendered(), [""; 0]);
}

#[test]
fn a_broken_file_is_reported_in_every_build_until_it_is_corrected() {
    let mut site = site();
    let whole = site.files["content/statements/c.md"].clone();
    let before = site.build().diagnostics();
    site.edit("content/statements/c.md", "---\ntitle: [\n---\n");
    let broken = site.build().diagnostics();
    assert_ne!(broken, before);
    assert_eq!(site.build().diagnostics(), broken);
    assert_eq!(site.edit("content/statements/c.md", whole).build().diagnostics(), before);
}

#[test]
fn similar_names_for_a_missing_theme_are_suggested_in_every_build() {
    let mut site = site();
    let reported = |site: &mut TestSite| site.edit("site.toml", "theme = \"blue\"").build().diagnostics().join("\n");
    assert!(!reported(&mut site).contains("did you mean"));
    site.edit("themes/blu/assets/a.css", "");
    snapshot("rebuild-theme", &reported(&mut site));
}

#[test]
fn a_failing_page_is_reported_as_in_a_clean_build_when_another_file_is_first_to_name_it() {
    let mut site = site();
    let withdrawn =
        "---\ntitle: Gone\ndate: 2021\ndelegation: KAZ\nstatus: withdrawn\ntopics: [voting]\n---\n\nWords.\n";
    site.edit("themes/default/templates/topic.html", "{{ page.no_such.field }}")
        .edit("content/statements/c.md", withdrawn)
        .edit("content/statements/d.md", withdrawn)
        .build();
    let built = site.remove("content/statements/c.md").build();
    assert!(built.pages.values().any(|(_, bytes)| bytes.is_err()));
    assert_eq!(built.difference(&clean(&site.files)), None);
}

#[test]
fn a_second_build_renders_the_same_bytes() {
    let files = demo();
    assert_eq!(clean(&files).difference(&clean(&files)), None);
}

#[test]
fn the_order_in_which_files_come_changes_nothing() {
    let files = demo();
    let in_order = Sources::from_map(&files);
    let mut backwards = in_order.clone();
    backwards.content.reverse();
    backwards.statics.reverse();
    backwards.themes.reverse();
    let pages = |sources: &Sources| {
        let site = Pipeline::new(Settings::default()).run(sources);
        let pages: BTreeMap<_, _> = site.pages.iter().map(|page| (page.path.clone(), site.render(page))).collect();
        (pages, site.diagnostics)
    };
    assert!(pages(&in_order) == pages(&backwards));
}
