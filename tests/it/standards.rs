//! Files in formats of others: JSON Feed, citations of lists, sitemaps, Akoma Ntoso, and packages for archives.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;

use biblatex::{Bibliography, ChunksExt as _};
use plenary::archive::Package;
use plenary::config::Outputs;
use plenary::output::Digest;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::sources::Sources;
use serde_json::Value;

use crate::data::SITE;
use crate::support::{Built, Files, TestSite, files_of};

fn built() -> Built {
    TestSite::new(SITE.trim_start()).build()
}

fn json(built: &Built, url: &str) -> Value {
    serde_json::from_str(built.file(url)).unwrap()
}

#[test]
fn a_feed_is_there_in_both_formats_unless_site_toml_chooses() {
    let built = built();
    let feed = json(&built, "/topics/debris/feed.json");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/a/topics/debris/feed.json");
    let items = feed["items"].as_array().unwrap();
    let titles: Vec<&str> = items.iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Two", "[Corrected] One *thing*"]);
    assert_eq!(items[0]["date_published"], "2018-10-17T00:00:00Z");
    assert_eq!((&items[0]["tags"][0], &items[1]["tags"][0]), (&"Found by rule".into(), &"Corrected".into()));
    assert!(items[0]["content_text"].as_str().unwrap().starts_with("[Found by rule] We say again"));
    let atom = built.file("/topics/debris/feed.xml");
    assert!(titles.iter().all(|title| atom.contains(&format!("<title>{title}</title>"))), "{atom}");
    let link =
        "<link rel=\"alternate\" type=\"application/feed+json\" title=\"Debris\" href=\"/a/topics/debris/feed.json\">";
    assert!(built.file("/topics/debris/").contains(link));

    for (chosen, has, lacks) in [("atom", "feed.xml", "feed.json"), ("json", "feed.json", "feed.xml")] {
        let built = TestSite::new(&SITE.trim_start().replacen(
            "passages",
            &format!("outputs.feeds = [\"{chosen}\"]\npassages"),
            1,
        ))
        .build();
        assert!(built.pages.keys().all(|path| !path.url().ends_with(lacks)), "{chosen}");
        let page = built.file("/topics/debris/");
        assert!(page.contains(has) && !page.contains(lacks), "{chosen}");
        assert_eq!(built.dead_links(), Vec::<String>::new());
    }
}

#[test]
fn all_statements_of_a_list_are_cited_in_one_file() {
    let built = built();
    let entries = Bibliography::parse(built.file("/topics/debris/citations.bib")).unwrap();
    let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["one", "two"], "those by rule come last");
    let one = entries.get("one").unwrap();
    assert_eq!(one.title().unwrap().format_verbatim(), "One *thing*");
    assert_eq!(one.url().unwrap(), "https://example.org/a/statements/one/");
    assert!(one.get("note").is_none(), "no paragraph is cited");
    let items = json(&built, "/topics/debris/citations.json");
    let ids: Vec<&str> = items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, keys);
    let ris = built.file("/topics/debris/citations.ris");
    assert_eq!((ris.matches("TY  - ").count(), ris.matches("\nER  - \n").count()), (2, 2), "{ris}");
    // What the page of a statement shows is what the list has.
    let view = built.view("/statements/one/");
    let formats = view["citation"]["formats"].as_array().unwrap();
    let of_page: String = formats.iter().find(|of| of["style"] == "ris").unwrap()["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| match piece["kind"].as_str().unwrap() {
            "link" => "https://example.org/a/statements/one/".to_owned(),
            "locator" => String::new(),
            _ => piece["text"].as_str().unwrap().to_owned(),
        })
        .collect();
    assert!(ris.starts_with(&of_page), "{of_page}\n{ris}");

    // One statement is cited on its own page.
    assert!(!built.pages.keys().any(|path| path.url().starts_with("/delegations/kaz/citations")));
    let links = &built.view("/topics/debris/")["citations"];
    assert_eq!(
        links[0],
        serde_json::json!({ "title": "BibTeX", "url": "/a/topics/debris/citations.bib", "count": null })
    );
    let none = SITE.trim_start().replacen("passages", "outputs.citations = []\npassages", 1);
    let none = TestSite::new(&none).build();
    assert!(none.pages.keys().all(|path| !path.url().contains("debris/citations.")));
    assert_eq!(none.view("/topics/debris/")["citations"], serde_json::json!([]));
}

#[test]
fn a_corrected_word_changes_no_citation_and_a_corrected_title_does() {
    let mut site = TestSite::new(SITE.trim_start());
    site.build();
    site.replace("content/statements/two.md", "We say again", "We say it again");
    let rendered = site.build().rendered();
    assert!(!rendered.iter().any(|url| url.contains("debris/citations.")), "{rendered:?}");
    site.replace("content/statements/one.md", "rights:", "identifiers: { doi: 10.1000/182 }\nrights:");
    let built = site.build();
    assert!(built.rendered().contains(&"/topics/debris/citations.bib".to_owned()), "{:?}", built.rendered());
    assert!(built.file("/topics/debris/citations.ris").contains("DO  - 10.1000/182\n"));
}

#[test]
fn the_sitemap_names_the_languages_of_each_page() {
    let site = SITE.trim_start().replacen("passages", "languages = [\"en\", \"fr\"]\npassages", 1);
    let built = TestSite::new(&site).build();
    let sitemap = built.file("/sitemap.xml");
    let links = |path: &str| {
        let (_, rest) = sitemap.split_once(&format!("<loc>https://example.org/a/{path}</loc>")).unwrap();
        let rest = rest.split_once("</url>").unwrap().0;
        let link = |link: &str| {
            let value =
                |name: &str| link.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().to_owned();
            format!("{} {}", value("hreflang"), value("href").trim_start_matches("https://example.org/a/"))
        };
        rest.split("<xhtml:link").skip(1).map(link).collect::<Vec<_>>()
    };
    for path in ["topics/debris/", "fr/topics/debris/"] {
        assert_eq!(links(path), ["en topics/debris/", "fr fr/topics/debris/"]);
    }
    for path in ["statements/one/", "ar/statements/one/"] {
        assert_eq!(links(path), ["en statements/one/", "ar ar/statements/one/"]);
    }
    assert_eq!(links("statements/two/"), Vec::<String>::new());
    // Nothing of this is in the sitemap of a site in one language whose texts are, too.
    let site = TestSite::new("-- site.toml --\ntitle = \"A\"\nbase_url = \"https://example.org/\"\n").build();
    assert!(!site.file("/sitemap.xml").contains("xhtml"));
}

#[test]
fn a_statement_is_the_record_of_a_speech() {
    let built = built();
    let record = built.file("/statements/one/akoma-ntoso.xml");
    for part in [
        "<FRBRthis value=\"https://example.org/a/statements/one/\"/>",
        "<FRBRdate date=\"2017-10-17\" name=\"delivery\"/>",
        "<FRBRcountry value=\"kaz\"/>",
        "<FRBRlanguage language=\"en\"/>",
        "<keyword value=\"debris\" showAs=\"Debris\" dictionary=\"https://example.org/a/topics/\"/>",
        "<TLCOrganization eId=\"delegation\" href=\"https://example.org/a/delegations/kaz/\" showAs=\"Kazakhstan\"/>",
        "<speech by=\"#delegation\">",
        "<block name=\"heading\">Of &lt;debris&gt;</block>",
        "<p eId=\"p1\">=1+1 is what",
        "<p eId=\"p3\" class=\"quotation\">Someone else",
    ] {
        assert!(record.contains(part), "{part} is not in\n{record}");
    }
    let arabic = built.file("/ar/statements/one/akoma-ntoso.xml");
    assert!(arabic.contains("<FRBRlanguage language=\"ar\"/>") && arabic.contains("نحن"), "{arabic}");
    assert!(
        arabic.contains("<FRBRthis value=\"https://example.org/a/statements/one/\"/>"),
        "one work has both: {arabic}"
    );
}

/// Runs the pipeline as an archive does.
fn site(files: &Files) -> Site {
    let outputs = Outputs { markdown: true, ..Outputs::default() };
    let settings = Settings { outputs: Some(outputs), ..Settings::default() };
    Pipeline::new(settings).run(&Sources::from_map(files))
}

#[test]
fn a_package_has_what_is_published_and_its_checksums() {
    let mut files = TestSite::new(SITE.trim_start()).files;
    for name in ["one", "draft", "gone", "later"] {
        files.insert(format!("content/statements/{name}.pdf"), format!("%PDF of {name}").into_bytes());
    }
    let site = site(&files);
    let folder = tempfile::tempdir().unwrap();
    let bag = folder.path().join("bag");
    let report = Package::new(&site, true, None).unwrap().write(&bag).unwrap();
    let packed = files_of(&bag);
    assert_eq!((report.texts, report.originals, report.files), (3, 1, packed.len() - 4));
    let names: Vec<&str> = packed.keys().map(String::as_str).collect();
    for name in [
        "bag-info.txt",
        "data/originals/statements/one.pdf",
        "data/ro-crate-metadata.json",
        "data/tables/datapackage.json",
        "data/tables/statements.csv",
        "data/texts/one.ar.md",
        "data/texts/one.md",
        "data/texts/two.md",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    // The manifest has each file of the payload with its checksum, and no other.
    let manifest = String::from_utf8(packed["manifest-sha256.txt"].clone()).unwrap();
    let listed: BTreeMap<&str, &str> =
        manifest.lines().map(|line| line.split_once("  ").unwrap()).map(|(sum, name)| (name, sum)).collect();
    let payload: BTreeMap<&str, String> = packed
        .iter()
        .filter(|(name, _)| name.starts_with("data/"))
        .map(|(name, bytes)| (&**name, Digest::of(bytes).sha256))
        .collect();
    assert_eq!(listed, payload.iter().map(|(name, sum)| (*name, &**sum)).collect());
    let info = String::from_utf8(packed["bag-info.txt"].clone()).unwrap();
    assert!(info.contains("Bagging-Date: 2018-10-17\n"), "the last day of a published text: {info}");

    let description: Value = serde_json::from_slice(&packed["data/ro-crate-metadata.json"]).unwrap();
    let graph = description["@graph"].as_array().unwrap();
    let entity =
        |id: &str| graph.iter().find(|of| of["@id"] == id).unwrap_or_else(|| panic!("no {id} in {description:#}"));
    let one = entity("texts/one.md");
    assert_eq!(entity("originals/statements/one.pdf")["@type"], "File");
    assert_eq!((&one["license"], &one["dateCreated"]), (&"CC-BY-4.0".into(), &"2017-10-17".into()));
    assert_eq!(entity(one["author"][0]["@id"].as_str().unwrap())["name"], "Kazakhstan");
    let ids: std::collections::BTreeSet<&str> = graph.iter().map(|of| of["@id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), graph.len(), "every id is there once");

    // Withheld texts and their files are nowhere, in whatever form.
    for (name, bytes) in &packed {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["Drafted", "Withdrawnwords", "Embargoed", "secretlystruck", "draft.pdf", "gone.pdf", "later.pdf"]
        {
            assert!(!text.contains(secret), "{name} has {secret}");
        }
    }

    // The archive has the same files, in one folder of its name; and the same site makes the same bytes.
    let (first, second) = (folder.path().join("a.zip"), folder.path().join("b/a.zip"));
    fs::create_dir(folder.path().join("b")).unwrap();
    Package::new(&site, true, None).unwrap().write(&first).unwrap();
    Package::new(&self::site(&files), true, None).unwrap().write(&second).unwrap();
    assert_eq!(fs::read(&first).unwrap(), fs::read(&second).unwrap());
    let mut archive = zip::ZipArchive::new(fs::File::open(&first).unwrap()).unwrap();
    let mut unpacked = BTreeMap::new();
    for at in 0..archive.len() {
        let (mut file, mut bytes) = (archive.by_index(at).unwrap(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().into_owned();
        unpacked.insert(name.strip_prefix("a/").unwrap().to_owned(), bytes);
    }
    assert_eq!(unpacked, packed);

    // Without originals; an existing package stays.
    let report = Package::new(&site, false, None).unwrap().write(&folder.path().join("c")).unwrap();
    assert_eq!(report.originals, 0);
    for taken in [&bag, &first] {
        let error = Package::new(&site, true, None).unwrap().write(taken).unwrap_err();
        assert!(error.to_string().contains("already exists"), "{error}");
    }
    let left: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.contains("unfinished")), "{left:?}");
}
