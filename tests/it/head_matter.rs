//! Letterheads are kept separate from the text, on import and on the page.

use crate::office::docx_of;
use crate::support::{TestSite, drafted};

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
    let (_, text) = page.split_once("class=\"text\"").unwrap();
    let (text, head) = text.split_once("class=\"head-matter\"").unwrap();
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

/// What the original prints above the speech and at the foot of its first page, and then the speech.
const HEAD: [&str; 6] = [
    "PERMANENT MISSION OF THE ZEPHYR ISLES",
    "12 Harbour Street, New York, NY 10016",
    "STATEMENT BY H.E. MR. JOHN DOE, PERMANENT REPRESENTATIVE",
    "AT THE FIRST COMMITTEE",
    "New York, 17 October 2024",
    "Please check against delivery",
];
const FOOT: &str = "Tel. (212) 555-0100 • Fax (212) 555-0101 • mission@zephyr.example";
const SPEECH: [&str; 3] = [
    "Mr. Chair,",
    "The harbour was closed in the spring, and no ship has come to it since that day, whatever was promised to us.",
    "It will not be easy to open it again. We shall nevertheless try, with all who wish to come with us on that way.",
];

/// Returns the lines that a draft keeps apart, and its paragraphs.
fn apart(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let draft = drafted(name, bytes).draft;
    let kept = draft.head_matter().iter().map(|line| line.to_string()).collect();
    (kept, draft.body.split("\n\n").map(|block| block.trim().to_owned()).collect())
}

#[test]
fn a_letterhead_is_kept_apart_whatever_the_format() {
    let [first, second, third] = SPEECH;
    let text = format!("{}\n\n{first}\n\n{second}\n{FOOT}\n\u{c}{third}\n", HEAD.join("\n\n"));
    let paragraphs = |lines: &[&str]| lines.iter().map(|line| format!("<p>{line}</p>")).collect::<String>();
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><body><article>{}{}{}{}</article></body></html>",
        paragraphs(&HEAD),
        paragraphs(&SPEECH[..2]),
        paragraphs(&[FOOT]),
        paragraphs(&SPEECH[2..])
    );
    let runs = |lines: &[&str]| {
        lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect::<String>()
    };
    let body = runs(&HEAD[2..]) + &runs(&SPEECH);
    let header = format!("<w:hdr xmlns:w=\"w\">{}</w:hdr>", runs(&HEAD[..2]));
    let footer = format!("<w:ftr xmlns:w=\"w\">{}</w:ftr>", runs(&[FOOT, "Page 1"]));
    let docx = docx_of(&body, &[("word/header1.xml", &header), ("word/footer1.xml", &footer)]);
    for (name, bytes) in [("a.txt", text.as_bytes()), ("a.html", html.as_bytes()), ("a.docx", &docx)] {
        let (mut kept, body) = apart(name, bytes);
        assert_eq!(body, SPEECH, "{name}");
        kept.sort();
        let mut expected = [&HEAD[..], &[FOOT]].concat();
        expected.sort_unstable();
        assert_eq!(kept, expected, "{name}");
    }
}

#[test]
fn a_title_in_capitals_is_kept_apart_and_replaced_by_a_neutral_one() {
    let kenyan = HEAD.join("\n\n").replace("THE ZEPHYR ISLES", "THE REPUBLIC OF KENYA");
    let text = format!("{kenyan}\n\n{}\n", SPEECH.join("\n\n"));
    for (name, text, expect) in [
        ("statement_final_v2.txt", text.as_str(), "Statement by Kenya, First Committee, 17 October 2024"),
        ("statement_final_v2.txt", &SPEECH.join("\n\n"), "Statement"),
        (
            "statement_final_v2.txt",
            &text
                .replace(
                    "STATEMENT BY H.E. MR. JOHN DOE, PERMANENT REPRESENTATIVE",
                    "Statement by Mr. John Doe on the NPT and the DPRK",
                )
                .replace("AT THE FIRST COMMITTEE", "at the First Committee"),
            "Statement by Mr. John Doe on the NPT and the DPRK at the First Committee",
        ),
    ] {
        let drafted = drafted(name, text.as_bytes());
        let title = drafted.known.get("title").map(|found| found.value.as_str());
        assert_eq!(title, Some(expect));
        assert!(title != Some(expect) || !drafted.draft.body.contains("STATEMENT BY"));
    }
    let drafted = drafted("statement_final_v2.txt", text.as_bytes());
    assert!(drafted.draft.head_matter().iter().any(|line| line.starts_with("STATEMENT BY H.E.")));
}
