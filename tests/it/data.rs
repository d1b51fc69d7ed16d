//! The files below `/data/`, and the twins of statements in Markdown.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use plenary::output::Digest;
use plenary::path::SitePath;
use plenary::pipeline::Site;
use serde_json::Value;

use crate::support::{Built, TestSite};

/// A site with published texts in two languages, and a draft, a withdrawn and an embargoed text with words of their own.
pub(crate) const SITE: &str = r#"
-- site.toml --
title = "Test"
base_url = "https://example.org/a/"
passages = 2
outputs.markdown = true
outputs.corpus = true
outputs.akoma_ntoso = true
-- content/topics/debris.md --
---
title: Debris
match: { en: [fragment] }
---
-- content/topics/ports.md --
---
title: Ports
---
-- content/statements/one.md --
---
title: "One *thing*"
date: 2017-10-17
delegation: KAZ
topics: [debris]
references: [CD/1839]
rights: { license: CC-BY-4.0 }
status: corrected
changes: [ { date: 2017-11-02, note: Paragraph 2 corrected } ]
---

# Of <debris>

=1+1 is what we say first to you all, and to the chair. {topics="ports"}

We support A/RES/72/27, ~~secretlystruck~~ as every fragment of the great old machines that were left in orbit is a danger to the peoples of France and of all continents.

> Someone else said so, in words of their own.
-- content/statements/one.ar.md --
---
title: واحد
---

نحن نؤيد القرار A/RES/72/27 دائمًا.
-- content/statements/two.md --
---
title: Two
date: 2018-10-17
delegation: FRA
---

We say again that every fragment of the great old machines that were left in orbit is a danger to the peoples of France and of all continents.
-- content/statements/draft.md --
---
title: Draftedtitle
date: 2018-10-18
status: draft
---

Draftedwords.
-- content/statements/gone.md --
---
title: Gone
date: 2018-10-19
status: withdrawn
---

Withdrawnwords.
-- content/statements/later.md --
---
title: Embargoedtitle
date: 2018-10-20
embargo: 2999-01-01
---

Embargoedwords.
"#;

fn built() -> Built {
    TestSite::new(SITE.trim_start()).build()
}

/// Returns the rows of a table, each as pairs of column and cell.
fn rows(built: &Built, url: &str) -> Vec<Vec<(String, String)>> {
    let mut table = csv::Reader::from_reader(built.file(url).as_bytes());
    let columns: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = table.records().map(Result::unwrap);
    rows.map(|row| columns.iter().cloned().zip(row.iter().map(str::to_owned)).collect()).collect()
}

/// Returns chosen cells of each row, joined with a bar.
fn cells(built: &Built, url: &str, columns: &[&str]) -> Vec<String> {
    let of = |row: &[(String, String)], column: &&str| {
        row.iter().find(|(name, _)| name == column).unwrap_or_else(|| panic!("{url} has no {column}")).1.clone()
    };
    let row = |row: Vec<(String, String)>| columns.iter().map(|column| of(&row, column)).collect::<Vec<_>>().join("|");
    rows(built, url).into_iter().map(row).collect()
}

/// Returns the files of an archive with their texts.
fn unpacked(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let (mut file, mut text) = (archive.by_index(at).unwrap(), String::new());
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn bytes(built: &Built, url: &str) -> Vec<u8> {
    built.pages[&SitePath::parse(url).unwrap()].1.as_ref().unwrap().to_vec()
}

#[test]
fn every_paragraph_is_a_row_with_what_is_known_of_it() {
    let built = built();
    let found = cells(
        &built,
        "/data/paragraphs.csv",
        &["id", "language", "paragraph", "quoted", "topics", "topics_by_rule", "documents"],
    );
    assert_eq!(
        found,
        [
            "one|en|p1|false|ports||",
            "one|en|p2|false||debris|A/RES/72/27",
            "one|en|p3|true|||",
            "one|ar|p1|false|||A/RES/72/27",
            "two|en|p1|false||debris|",
        ]
    );
    let texts = cells(&built, "/data/paragraphs.csv", &["text"]);
    assert!(texts[0].starts_with("'=1+1"), "a formula is marked: {texts:?}");
    assert!(texts[1].starts_with("We support A/RES/72/27, as every"), "struck-out words are not said: {texts:?}");
    let passages = cells(&built, "/data/passages.csv", &["passage", "id", "paragraph", "leads", "extent"]);
    let address = "https://example.org/a/passages/one/p2/";
    assert_eq!(passages, [format!("{address}|one|p2|true|"), format!("{address}|two|p1|false|verbatim")]);
    let in_passage = cells(&built, "/data/paragraphs.csv", &["passage"]);
    assert_eq!((&*in_passage[1], &*in_passage[4]), (address, address));
}

#[test]
fn who_cites_and_names_whom_is_a_row_each() {
    let built = built();
    assert_eq!(
        cells(&built, "/data/citations.csv", &["id", "language", "paragraph", "document", "cited_by", "words"]),
        [
            "one|en|p2|A/RES/72/27|symbol|A/RES/72/27",
            "one|en||CD/1839|front-matter|",
            "one|ar|p1|A/RES/72/27|symbol|A/RES/72/27",
            "one|ar||CD/1839|front-matter|",
        ]
    );
    assert_eq!(
        cells(&built, "/data/mentions.csv", &["id", "paragraph", "kind", "name", "name_url", "words"]),
        ["one|p2|delegation|FRA|https://example.org/a/delegations/fra/|France"],
        "a delegation does not mention itself"
    );
}

#[test]
fn pages_tables_and_feeds_agree_on_how_many_there_are() {
    let built = built();
    let statements = rows(&built, "/data/statements.csv").len();
    let json: Vec<Value> = serde_json::from_str(built.file("/data/statements.json")).unwrap();
    let lines: Vec<Value> =
        built.file("/data/statements.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json, lines);
    assert_eq!((statements, json.len()), (2, 2));
    assert_eq!(built.file("/feed.xml").matches("<entry").count(), statements);
    let list = built.view("/statements/");
    let years = list["years"].as_array().unwrap().iter();
    assert_eq!(years.map(|year| year["cards"].as_array().unwrap().len()).sum::<usize>(), statements);
    let paragraphs = rows(&built, "/data/paragraphs.csv").len();
    let view = built.view("/data/");
    assert_eq!(
        view["counts"],
        serde_json::json!([format!("{statements} statements"), format!("{paragraphs} paragraphs")])
    );
    let text = json[0]["text"].as_str().unwrap();
    assert_eq!(text.matches("\n\n").count(), 3, "heading and paragraphs: {text}");
    let archived = unpacked(&bytes(&built, "/data/corpus.zip"));
    let names: Vec<&str> = archived.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["statements/one.md", "statements/one.ar.md", "statements/two.md"]);
}

#[test]
fn nothing_withheld_is_in_any_file() {
    let built = built();
    let secrets =
        ["Draftedtitle", "Draftedwords", "Withdrawnwords", "Embargoedtitle", "Embargoedwords"].map(str::as_bytes);
    let holds = |bytes: &[u8], secret: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    // The page of a withdrawn statement keeps what its file has.
    for (path, (_, bytes)) in built.pages.iter().filter(|(path, _)| path.url() != "/statements/gone/") {
        let bytes = bytes.as_ref().unwrap();
        for secret in secrets {
            assert!(!holds(bytes, secret), "{path} has {}", String::from_utf8_lossy(secret));
        }
        if path.url().starts_with("/data/") || [".md", "/akoma-ntoso.xml"].iter().any(|end| path.url().ends_with(end)) {
            assert!(!holds(bytes, b"secretlystruck"), "{path} has words that are struck out");
        }
    }
    for (name, text) in unpacked(&bytes(&built, "/data/corpus.zip")) {
        for secret in secrets.into_iter().chain([&b"secretlystruck"[..]]) {
            assert!(!holds(text.as_bytes(), secret), "{name}");
        }
    }
}

#[test]
fn the_package_has_the_columns_and_checksum_of_every_file() {
    let built = built();
    let package: Value = serde_json::from_str(built.file("/data/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let mut names = BTreeSet::new();
    for resource in resources {
        let name = resource["path"].as_str().unwrap();
        names.insert(name);
        let digest = Digest::of(built.file(&format!("/data/{name}")).as_bytes());
        assert_eq!(resource["hash"], format!("sha256:{}", digest.sha256), "{name}");
        if name.ends_with(".csv") {
            assert_eq!(resource["bytes"], digest.bytes);
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let fields: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(built.file(&format!("/data/{name}")).lines().next().unwrap(), fields.join(","));
        }
    }
    let all = ["citations.csv", "mentions.csv", "paragraphs.csv", "passages.csv"];
    assert_eq!(names, all.into_iter().chain(["statements.csv", "statements.json", "statements.jsonl"]).collect());
    // A build takes the checksums of the files that it has made, and a preview makes them: both say the same.
    let page = |name: &str| {
        let path = SitePath::parse(&format!("data/{name}")).unwrap();
        built.site.pages.iter().find(|page| page.path == path).unwrap()
    };
    let digest = |name: &&str| (format!("data/{name}"), Digest::of(built.file(&format!("/data/{name}")).as_bytes()));
    let digests = names.iter().map(digest).collect();
    let package = page("datapackage.json");
    assert_eq!(built.site.render_last(package, &digests).unwrap(), built.site.render(package).unwrap());
    assert_ne!(Site::round(package), Site::round(page("statements.csv")));
}

#[test]
fn the_page_explains_every_column_and_is_a_dataset() {
    let built = built();
    let page = built.file("/data/");
    for table in ["statements", "paragraphs", "passages", "citations", "mentions"] {
        for (column, _) in rows(&built, &format!("/data/{table}.csv"))[0].clone() {
            assert!(page.contains(&format!("<code>{column}</code>")), "{table}: {column}");
        }
    }
    let (_, data) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let data: Value = serde_json::from_str(data.split_once("</script>").unwrap().0).unwrap();
    assert_eq!((&data["@type"], &data["url"]), (&"Dataset".into(), &"https://example.org/a/data/".into()));
    let urls: Vec<&str> =
        data["distribution"].as_array().unwrap().iter().map(|of| of["contentUrl"].as_str().unwrap()).collect();
    assert!(urls.contains(&"https://example.org/a/data/statements.csv"), "{urls:?}");
    assert!(
        urls.iter()
            .all(|url| built.pages.contains_key(&SitePath::parse(&url["https://example.org/a".len()..]).unwrap()))
    );
    assert!(page.contains("pd.read_csv(&quot;https://example.org/a/data/statements.csv&quot;"), "{page}");
}

#[test]
fn a_twin_has_status_citation_and_the_ids_of_paragraphs() {
    let built = built();
    let twin = built.file("/statements/one/index.md");
    for words in [
        "---\nid: \"one\"\nurl: \"https://example.org/a/statements/one/\"\ntitle: \"One *thing*\"\n",
        "\nstatus: \"corrected\"\n",
        "\ncorrections: \"2017-11-02 Paragraph 2 corrected\"\n",
        "\nlicense: \"CC-BY-4.0\"\n",
        "\ncite_as: \"",
        "\n# One \\*thing\\*\n",
        "\n## Of \\<debris>\n",
        "\n<a id=\"p2\"></a>We support A/RES/72/27, as every fragment",
        "\n> <a id=\"p3\"></a>Someone else said so",
    ] {
        assert!(twin.contains(words), "{words} is not in\n{twin}");
    }
    assert!(built.file("/ar/statements/one/index.md").contains("<a id=\"p1\"></a>نحن"));
    assert!(built.file("/statements/one/").contains("<link rel=\"alternate\" type=\"text/markdown\""));
    let none = TestSite::new(&SITE.trim_start().replace("outputs.markdown = true", "")).build();
    assert!(none.pages.keys().all(|path| !path.url().ends_with(".md")));
    assert!(!none.file("/statements/one/").contains("text/markdown"));
}

#[test]
fn a_site_chooses_its_tables_and_formats() {
    let mut site = TestSite::new(SITE.trim_start());
    site.replace(
        "site.toml",
        "outputs.corpus = true",
        "outputs.tables = [\"statements\"]\noutputs.formats = [\"jsonl\"]",
    );
    let chosen = site.build();
    let files: Vec<String> = chosen.pages.keys().map(SitePath::url).filter(|url| url.starts_with("/data/")).collect();
    assert_eq!(files, ["/data/", "/data/datapackage.json", "/data/statements.jsonl"]);
    site.replace("site.toml", "\"jsonl\"", "\"xlsx\"");
    assert!(site.build().diagnostics().iter().any(|problem| problem.contains("invalid-config")));
}

#[test]
fn a_change_of_words_makes_the_tables_of_its_texts_again() {
    let mut site = TestSite::new(SITE.trim_start());
    site.build();
    site.replace("content/statements/two.md", "We say again", "We say once more");
    let built = site.build();
    assert!(built.rendered().contains(&"/data/paragraphs.csv".to_owned()));
    site.edit("content/about.md", "---\ntitle: About\n---\n\nWords.\n");
    let rendered = site.build().rendered();
    assert!(rendered.iter().all(|url| !url.starts_with("/data/")), "{rendered:?}");
}
