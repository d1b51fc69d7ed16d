//! Letterheads are kept apart from the text, on import and on the page.

use crate::support::TestSite;

const SITE: &str = r#"
-- site.toml --
title = "Test"
base_url = "https://example.org/"
-- content/statements/one.md --
---
title: On debris
date: 2021-06-09
delegation: KAZ
head_matter:
  - PERMANENT MISSION OF THE ZEPHYR ISLES
  - "Tel. (000) 555-0100 # quoxfax"
  - |
    Zephyrgram lines
    and <b>more</b>
---

The harbour was closed in the spring, and no ship has come to it since that day, whatever was promised.
-- content/statements/two.md --
---
title: On debris again
date: 2022-06-09
delegation: KGZ
head_matter: PERMANENT MISSION OF THE ZEPHYR ISLES
---

The harbour was closed in the spring, and no ship has come to it since that day, whatever was promised.
"#;

#[test]
fn head_matter_is_shown_apart_and_nowhere_else() {
    let built = TestSite::new(SITE.trim_start()).build();
    assert_eq!(built.diagnostics(), [] as [String; 0]);
    let page = built.file("/statements/one/");
    let (_, head) = page.split_once("class=\"head-matter\"").unwrap();
    let (head, text) = head.split_once("class=\"text\"").unwrap();
    for line in [
        "<li><bdi>PERMANENT MISSION OF THE ZEPHYR ISLES</bdi></li>",
        "<li><bdi>Tel. (000) 555-0100 # quoxfax</bdi></li>",
        "<li><bdi>Zephyrgram lines</bdi></li>",
        "<li><bdi>and &lt;b&gt;more&lt;/b&gt;</bdi></li>",
    ] {
        assert!(head.contains(line), "{line}: {head}");
    }
    assert!(!head.contains("id=\"p"), "no line of it has an anchor");
    assert!(text.contains("id=\"p1\"") && !text.contains("ZEPHYR"), "the text begins with the speech");
    let (before, _) = page.split_once("class=\"head-matter\"").unwrap();
    assert!(!before.contains("ZEPHYR"), "no description, no linked data: {before}");
    for url in built
        .rendered()
        .iter()
        .filter(|url| !url.starts_with("/statements/one/") && !url.starts_with("/statements/two/"))
    {
        let file = built.file(url);
        assert!(!file.contains("ZEPHYR") && !file.contains("Zephyrgram") && !file.contains("quoxfax"), "{url}");
    }
}
