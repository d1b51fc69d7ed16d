//! Front matter as people write it, and made at random -> edited with every other byte kept.

use proptest::prelude::*;

use super::*;

const FILE: &str = "---\n# A remark.\ntitle: \"On ports: a\n  # no remark\"   # behind\n\nspeaker:\n  family: Doe\n  # who is that?\n\n# perhaps a version of x\ntopics:\n- ports\n# in the list\n- roads\nsummary: |\n  One.\n\n  # Two.\nplace: New\n  York\nsource: { url: \"https://example.org/#a\",\n  file: a.pdf }\n# The end.\n---\n\ntitle: not a key\n---\n";

#[test]
fn a_key_is_found_with_all_its_lines_and_no_others() {
    let document = Document::of_file(FILE).unwrap();
    for (key, yaml) in [
        ("title", "title: \"On ports: a\n  # no remark\"   # behind\n"),
        ("speaker", "speaker:\n  family: Doe\n  # who is that?\n"),
        ("topics", "topics:\n- ports\n# in the list\n- roads\n"),
        ("summary", "summary: |\n  One.\n\n  # Two.\n"),
        ("place", "place: New\n  York\n"),
        ("source", "source: { url: \"https://example.org/#a\",\n  file: a.pdf }\n"),
    ] {
        assert_eq!(document.get(key), Some(yaml));
    }
    let lines: Vec<u32> = document.entries().iter().map(|entry| entry.line).collect();
    assert_eq!(lines, [3, 6, 11, 15, 19, 21]);
    assert_eq!(document.get("date"), None);
}

#[test]
fn a_quoted_value_may_end_with_a_line_that_looks_like_a_comment() {
    let mut document = Document::of_file("---\ntitle: \"A\n # b\"\n# c\ndate: 2020\n---\n").unwrap();
    assert_eq!(document.get("title"), Some("title: \"A\n # b\"\n"));
    assert!(document.remove("title"));
    assert_eq!(document.text(), "---\n# c\ndate: 2020\n---\n");
}

#[test]
fn line_ends_a_byte_order_mark_and_indents_are_kept() {
    let mut document =
        Document::of_file("\u{feff}---\r\n  title: A\r\n  source: { file: a }\r\n---\r\nWords\nof it.").unwrap();
    assert!(document.set("topics", "topics:\n  - ports\n", Some("source")));
    let expect =
        "\u{feff}---\r\n  title: A\r\n  topics:\r\n    - ports\r\n  source: { file: a }\r\n---\r\nWords\nof it.";
    assert_eq!(document.text(), expect);
    assert!(document.set("title", "title: B", None) && document.remove("topics"));
    assert_eq!(document.text(), "\u{feff}---\r\n  title: B\r\n  source: { file: a }\r\n---\r\nWords\nof it.");
}

#[test]
fn what_does_not_parse_or_has_no_line_a_key_is_refused() {
    for text in [
        "title: A\n",
        "---\ntitle: A\n",
        "---\ntitle: [\n---\n",
        "---\ntitle: A: b\n---\n",
        "---\n{ title: A, date: 2020 }\n---\n",
        "---\n? title\n: A\n---\n",
        "---\ntitle: A\ntitle: B\n---\n",
        "---\n- a\n---\n",
        "---\nwords\n---\n",
        "---\ntitle: A\rdate: 2020\n---\n",
        "---\n[a]: b\n---\n",
    ] {
        assert_eq!(Document::of_file(text), None, "{text:?}");
    }
    for (text, expect) in
        [("---\n---\n", "---\ntitle: A\n---\n"), ("---\n# nothing\n---\n", "---\n# nothing\ntitle: A\n---\n")]
    {
        let mut document = Document::of_file(text).unwrap();
        assert!(document.set("title", "title: A", None), "{text:?}");
        assert_eq!(document.text(), expect);
    }
}

#[test]
fn an_edit_that_would_change_another_key_is_refused() {
    let text = "---\nplace: &a Geneva\ncluster: *a\ntitle: A\n---\n";
    let mut document = Document::of_file(text).unwrap();
    assert!(!document.remove("place"));
    for yaml in ["title: [", "title: A\ndate: 2020", "date: 2020", "", "title: B\n# c", "title: B\n---"] {
        assert!(!document.set("title", yaml, None), "{yaml}");
    }
    assert_eq!(document.text(), text);
}

/// Returns front matter and its keys: entries as people write them, with comments and blank lines between them.
fn written() -> impl Strategy<Value = (Vec<(String, String)>, String, bool)> {
    let value = prop::sample::select(vec![
        " A",
        " \"A: b\" # remark",
        " 'it''s'",
        "",
        " [a, \"b # c\"]",
        "\n  - a\n  # inside\n  - b",
        "\n- a\n# inside\n- b",
        " { a: b,\n  c: d }",
        " |\n  One.\n\n  # Two.",
        " >-\n  One\n  two.",
        " \"one\n # two\"",
        " one\n  two",
        "\n  family: Доу\n  given: \"\"",
        " 2024-06-05",
    ]);
    let between = prop::sample::select(vec!["", "", "# a remark\n", "\n", "\n# a: b\n\n"]);
    let entries = prop::collection::vec((value, between), 0..6);
    (entries, prop::sample::select(vec!["", "\nWords.\n", "title: A\n---\nmore"]), any::<bool>()).prop_map(
        |(entries, body, is_crlf)| {
            let end = |text: String| if is_crlf { text.replace('\n', "\r\n") } else { text };
            let mut keys = Vec::new();
            let mut front = String::new();
            for (at, (value, between)) in entries.into_iter().enumerate() {
                let lines = format!("key_{at}:{value}\n");
                front.push_str(&lines);
                front.push_str(between);
                keys.push((format!("key_{at}"), end(lines)));
            }
            (keys, end(format!("---\n# first\n{front}---\n{body}")), is_crlf)
        },
    )
}

proptest! {
    #[test]
    fn every_key_is_got_as_it_was_written((keys, text, _) in written()) {
        let document = Document::of_file(&text).unwrap();
        let found: Vec<_> = document.entries().iter().map(|entry| (entry.key.clone(), document.yaml(entry).to_owned())).collect();
        prop_assert_eq!(found, keys);
        prop_assert_eq!(document.text(), &text);
    }

    #[test]
    fn what_is_set_is_got_and_every_other_byte_stays((keys, text, is_crlf) in written(), at in 0..7_usize) {
        let key = format!("key_{at}");
        let mut document = Document::of_file(&text).unwrap();
        let new = format!("{key}:\n  - new\n");
        prop_assert!(document.set(&key, &new, None));
        let new = if is_crlf { new.replace('\n', "\r\n") } else { new };
        prop_assert_eq!(document.get(&key), Some(new.as_str()));
        let end = range(&text).unwrap().end;
        let old = keys.iter().find(|(of, _)| *of == key).map(|(_, old)| old);
        let at = old.map_or(end, |old| text.find(old.as_str()).unwrap());
        let expect = format!("{}{new}{}", &text[..at], &text[at + old.map_or(0, String::len)..]);
        prop_assert_eq!(document.text(), expect);
    }

    #[test]
    fn what_is_removed_is_gone_and_every_other_byte_stays((keys, text, _) in written(), at in 0..7_usize) {
        let key = format!("key_{at}");
        let mut document = Document::of_file(&text).unwrap();
        prop_assert!(document.remove(&key));
        prop_assert_eq!(document.get(&key), None);
        let old = keys.iter().find(|(of, _)| *of == key).map_or("", |(_, old)| old);
        prop_assert_eq!(document.text(), text.replacen(old, "", 1));
    }
}
