//! Any bytes under any name are read without a panic, and problems are reported.

use std::sync::Arc;

use plenary::config::{self, Config};
use plenary::pipeline::Settings;
use plenary::read::{self, Options};
use proptest::prelude::*;

use crate::support::{Files, TestSite, clean};

/// Pieces of which files are made that are nearly statements.
const PIECES: &[&str] = &[
    "---\n",
    "---",
    "title: A\n",
    "title: \"A: b\"\n",
    "date: 2017-10-17\n",
    "date: 2019/2017\n",
    "date: 9999-99-99\n",
    "topics: [a, b]\n",
    "topics: {a: b}\n",
    "speaker: { family: A }\n",
    "speaker: a\n",
    "match: { en: [a] }\n",
    "&a",
    "*a",
    "\t",
    "\n",
    "\n\n",
    "    ",
    "# A",
    "## A {#p1}",
    "- a\n",
    "1. a\n",
    "> a\n",
    "[[a]]",
    "[[topic:a|b]]",
    "[[a#p1]]",
    "[a](b.md#p2)",
    "[a](javascript:a)",
    "![a](b.png)",
    "<b>",
    "<script>",
    "&amp;",
    "[^1]",
    "\n[^1]: a\n",
    "| a | b |\n|---|---|\n",
    "```\n",
    "`a`",
    "**a**",
    "*a",
    "~~a~~",
    "\\",
    "1.",
    "https://example.org/a.",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "é",
    "\0",
    "\r",
    "\r\n",
    "Слово ",
    "كلمة ",
    "字",
    "--",
    "...",
    "\"a\"",
    "'a'",
    "{{ a }}",
    "{% a %}",
    "$x$",
    "\u{a0}",
];

const PATHS: &[&str] = &[
    "content/a.md",
    "content/index.md",
    "content/statements/a.md",
    "content/statements/a.fr.md",
    "content/statements/a/index.md",
    "content/statements/2021/a.x.md",
    "content/topics/a.md",
    "content/delegations/kaz.md",
    "content/forums/a.md",
    "content/groups/a.md",
    "content/documents/a.md",
    "content/speakers/a.md",
    "content/topics/index.md",
    "content/ä/ö.md",
];

fn file() -> impl Strategy<Value = (String, Vec<u8>)> {
    let nearly =
        prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat().into_bytes());
    let fenced = nearly.clone().prop_map(|text| [b"---\ntitle: A\n---\n".to_vec(), text].concat());
    let bytes = prop_oneof![4 => nearly, 4 => fenced, 1 => prop::collection::vec(any::<u8>(), 0..200)];
    (prop::sample::select(PATHS).prop_map(str::to_owned), bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_bytes_can_be_a_content_file((path, bytes) in file()) {
        let path: Arc<str> = path.into();
        let read = read::read(&path, &bytes, &Options::new(&Config::default()));
        prop_assert!(read.content.is_some() || !read.diagnostics.is_empty(), "what is not read is reported");
        for problem in &read.diagnostics {
            prop_assert!(problem.help.is_some(), "{problem:?} says what to do");
        }
    }

    #[test]
    fn any_text_can_be_site_toml(text in "(title|base_url|menu|=|\\[|\\]|\"|\n| |a|1|https://|é)*") {
        let (_, diagnostics) = config::read(&text);
        for problem in diagnostics {
            prop_assert!(problem.place.is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn any_files_can_be_a_site_whether_they_come_together_or_one_by_one(files in prop::collection::vec(file(), 0..8)) {
        let mut site = TestSite::of(Files::new(), Settings::default());
        let mut built = site.build();
        for (path, bytes) in files {
            built = site.edit(&path, bytes).build();
        }
        prop_assert_eq!(built.difference(&clean(&site.files)), None);
        for (path, (_, bytes)) in &built.pages {
            prop_assert!(bytes.is_ok(), "{path}: {bytes:?}");
        }
    }
}
