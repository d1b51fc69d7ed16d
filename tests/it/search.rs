//! Collections -> what the search index finds in them, read from its bytes alone.

use std::collections::BTreeMap;

use plenary::language::term::{exceptions, fold_into, terms, tokens};
use plenary::pipeline::Settings;
use plenary::render::page::Kind;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::support::{TestSite, repository};

/// Texts whose tokens both the program and the browser are asked for.
const TEXTS: &[&str] = &[
    "We thank you, Mr. President – 77 times.",
    "l’État DÉCLARE, cœur, Straße, Łódź, naïve, smørgåsbord",
    "women's rights; A/RES/72/27 and S/PV.8000",
    "dis\u{ad}arma\u{200b}ment non‑proliferation",
    "Вооружённые силы; Йемен и Україна, її",
    "الفَضَاء نيويـــورك مسؤولية أمن وإلى آسيا القضية ۱۲۳ ١٥٤٠",
    "５ﬁrst Ⅳ ½ №7 ™ ªº",
    "외기권의 평화로운 이용",
    "अन्तरिक्ष में हथियार",
    "Hawaiʻi Qurʼan d‘Ivoire",
    "ไม่ใช่ประเทศไทย ๑๒",
    "外层空间 (PPWT条约)，会。核武器、ＡＢＣ",
    "ガーナは宇宙のために ｶﾞｰﾅ",
    "İSTANBUL ışık ΛΌΓΟΣ λόγος",
    "שָׁלוֹם עֲלֵיכֶם ירי־טילים",
    "e\u{301}t\u{e9} i\u{307}",
    "",
    " … ",
    "Việt Nam, Türkiye, Tiếng",
    "co‐operation naïveté’s",
    "ກ່ຽວກັບ မြန်မာ ភាសាខ្មែរ",
];

#[test]
fn the_vectors_that_the_browser_is_tested_with_are_what_the_program_does() {
    let texts = TEXTS.iter().map(|text| {
        let text: String = text.nfc().collect();
        let (mut found, mut indexed) = (Vec::new(), Vec::new());
        tokens(&text, |token| found.push(token.letters.to_owned()));
        terms(&text, |term| indexed.push(term.to_owned()));
        json!({"text": text, "tokens": found, "terms": indexed})
    });
    let mut letters = Vec::new();
    for c in '\0'..=char::MAX {
        let mut folded = String::new();
        fold_into(c, &mut folded);
        let is_separator = !folded.is_empty()
            && !folded.chars().any(|c| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c));
        if folded != c.to_string() && !is_separator {
            letters.push(json!([c, folded]));
        }
    }
    let found = json!({"folding": exceptions(), "letters": letters, "texts": texts.collect::<Vec<_>>()});
    let path = repository().join("tests/search/folding.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found.to_string() + "\n").unwrap();
    }
    let kept: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(kept, found, "UPDATE=1 cargo test --test it search rewrites the vectors");
}

const SITE: &str = "\
-- site.toml --
title = \"S\"
base_url = \"https://example.org/\"
-- content/topics/debris.md --
---
title: Space debris
---
-- content/statements/a.md --
---
title: Statement on space debris
date: 2024-06-04
delegation: KAZ
topics: [debris]
---
Mr. Chair, thank you.

## The common heritage

Outer space is the common heritage of all mankind, and ~~never~~ it must remain so for those who come after us.

| party | year |
|---|---|
| Utopia | 1967 |
-- content/statements/a.fr.md --
---
title: Déclaration sur les débris
---
L’espace extra-atmosphérique est le patrimoine commun de toute l’humanité et doit le rester pour nos enfants.
-- content/statements/b.md --
---
title: A draft
status: draft
---
Nobody may find these secret words.
-- content/statements/c.md --
---
title: Withdrawn
status: withdrawn
---
Nobody may find these withdrawn words.
";

/// Returns the texts of an index that is one shard, as lines.
fn texts(index: &plenary::search::index::Index) -> Vec<Vec<String>> {
    use plenary::search::chunk::{UNIT, inflate};
    let root: Value = serde_json::from_slice(&index.root).unwrap();
    let files: BTreeMap<&str, &[u8]> = index.files.iter().map(|file| (&*file.name, &*file.bytes)).collect();
    let base: Value = serde_json::from_slice(&inflate(files[root["base"].as_str().unwrap()]).unwrap()).unwrap();
    let head = &base["shards"][0];
    let mut chunks = files[head["chunks"][0][0].as_str().unwrap()];
    let mut texts = Vec::new();
    for units in head["slots"].as_array().unwrap() {
        let (mut slot, rest) = chunks.split_at(units.as_u64().unwrap() as usize * UNIT);
        let size = plenary::search::varint::take(&mut slot).unwrap() as usize;
        let lines = String::from_utf8(inflate(&slot[..size]).unwrap()).unwrap();
        texts.push(lines.lines().map(str::to_owned).collect());
        chunks = rest;
    }
    texts
}

#[test]
fn the_index_holds_what_is_said_and_nothing_else() {
    let mut site = TestSite::new(SITE);
    let built = site.build();
    let index = built.site.index().unwrap();
    let texts = texts(&index);
    let rows: Vec<&[String]> = texts.iter().map(|lines| &lines[1..]).collect();
    assert_eq!(
        rows,
        [
            &[
                "Statement on space debris",
                "Kazakhstan · Space debris",
                "Mr. Chair, thank you.",
                "The common heritage",
                "Outer space is the common heritage of all mankind, and it must remain so for those who come after us.",
                "party year ",
                "Utopia 1967 ",
            ][..],
            &[
                "Déclaration sur les débris",
                "Kazakhstan · Space debris",
                "L’espace extra-atmosphérique est le patrimoine commun de toute l’humanité et doit le rester pour nos enfants.",
            ][..],
        ]
    );
    let head: Value = serde_json::from_str(&texts[0][0]).unwrap();
    assert_eq!(head["kinds"], json!([[2, "g"], [3, "h"], [5, "n"], [6, "n"]]));
    assert_eq!(head["url"], "statements/a/");
    assert_eq!(serde_json::from_str::<Value>(&texts[1][0]).unwrap()["url"], "fr/statements/a/");
}

#[test]
fn a_site_without_search_has_no_index() {
    let mut site = TestSite::new(SITE);
    site.replace("site.toml", "base_url", "search.enabled = false\nbase_url");
    let built = site.build();
    assert!(built.site.index().is_none());
    assert!(built.site.pages.iter().all(|page| page.kind != Kind::SearchIndex));
    assert!(!built.file("/_headers").contains("search/"));
    // Nothing leads to it: no field, no link, no script.
    for path in ["/", "/statements/", "/statements/a/", "/404.html"] {
        assert!(!built.file(path).contains("search"), "{path}");
    }
}

#[test]
fn every_file_of_the_index_is_a_file_of_the_site() {
    let site = TestSite::of(TestSite::new(SITE).files, Settings::default()).build().site;
    let mut whole = site.clone();
    whole.add_index();
    let index = site.index().unwrap();
    let files: Vec<_> = whole.pages.iter().filter(|page| page.kind == Kind::SearchIndex).collect();
    assert_eq!(files.len(), index.files.len() + 1);
    assert_eq!(whole.pages.len(), site.pages.len() + index.files.len());
    assert!(whole.pages.is_sorted_by(|a, b| a.path < b.path));
    for file in &index.files {
        let path = plenary::path::SitePath::parse(&plenary::search::path(&file.name)).unwrap();
        let page = files.iter().find(|page| page.path == path).unwrap();
        assert_eq!(whole.render(page).unwrap(), file.bytes);
        assert_eq!(plenary::search::name(&plenary::search::path(&file.name)), Some(&*file.name));
    }
}
