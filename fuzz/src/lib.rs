//! Sites and packages in memory, for the fuzz targets.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::Arc;

use plenary::diagnostic::Diagnostic;
use plenary::import::item::{Outcome, of_original};
use plenary::import::knowing::Context;
use plenary::import::original::Original;
use plenary::import::reading::Ocr;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::{Kind, Page};
use plenary::sources::Sources;
use plenary::stamp::Stamp;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The files of a site: bytes by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A built site: the bytes of each page by its path, and the diagnostics as people read them.
#[derive(Debug, PartialEq, Eq)]
pub struct Built {
    pub pages: BTreeMap<String, Vec<u8>>,
    pub diagnostics: Vec<String>,
}

/// A small valid site, to which a target adds the files that it varies.
pub fn site(varied: &[(&str, &[u8])]) -> Files {
    let fixed: &[(&str, &str)] = &[
        ("site.toml", "title = \"A\"\nbase_url = \"https://example.org/a/\"\n"),
        ("content/topics/debris.md", "---\ntitle: Debris\nmatch: { en: [space debris, \"Europe's debris\"] }\n---\n"),
        ("content/delegations/xaa.md", "---\ntitle: Arvenia\naliases: [/delegations/old/]\n---\n"),
        (
            "content/statements/other.md",
            "---\ntitle: Other\ndate: 2020-01-02\ndelegation: XAA\ntopics: [debris]\n---\nWe recall A/RES/72/27.\n\nSpace debris [[debris]].\n",
        ),
    ];
    let fixed = fixed.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    fixed.chain(varied.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))).collect()
}

/// Runs the pipeline on these files and renders every page.
///
/// # Panics
///
/// If a page cannot be rendered: the embedded theme must render any content.
pub fn build(pipeline: &mut Pipeline, files: &Files) -> Built {
    let site = pipeline.run(&Sources::from_map(files));
    Built { pages: pages(&site), diagnostics: site.diagnostics.iter().map(|problem| problem.human(None)).collect() }
}

/// Builds these files from scratch.
///
/// # Panics
///
/// As [`build`] does.
pub fn build_clean(files: &Files) -> Built {
    build(&mut Pipeline::new(Settings::default()), files)
}

/// A pipeline that is used for every input, and the pages that it has made.
struct Kept {
    pipeline: Pipeline,
    pages: BTreeMap<String, (Stamp, Vec<u8>)>,
}

thread_local! {
    static KEPT: RefCell<Kept> = RefCell::new(Kept { pipeline: Pipeline::new(Settings::default()), pages: BTreeMap::new() });
}

/// Builds these files with one pipeline for all inputs, and renders only the pages that the previous input did not
/// have: parsing the tables in the binary for every input would take most of the time. The target `links` checks that
/// this gives the same bytes.
///
/// # Panics
///
/// As [`build`] does.
pub fn build_kept(files: &Files) -> BTreeMap<String, Vec<u8>> {
    KEPT.with_borrow_mut(|kept| {
        let site = kept.pipeline.run(&Sources::from_map(files));
        let mut pages = BTreeMap::new();
        for page in made(&site) {
            let url = page.path.url();
            let made = match kept.pages.remove(&url) {
                Some(made) if made.0 == page.stamp => made,
                _ => (page.stamp, render(&site, page)),
            };
            pages.insert(url, made);
        }
        kept.pages = pages;
        kept.pages.iter().map(|(url, (_, bytes))| (url.clone(), bytes.clone())).collect()
    })
}

fn render(site: &Site, page: &Page) -> Vec<u8> {
    site.render(page).unwrap_or_else(|problem: Diagnostic| panic!("{}", problem.human(None)))
}

fn pages(site: &Site) -> BTreeMap<String, Vec<u8>> {
    made(site).map(|page| (page.path.url(), render(site, page))).collect()
}

/// Returns the pages but for the list of their checksums, which would make each of them again.
fn made(site: &Site) -> impl Iterator<Item = &Arc<Page>> {
    site.pages.iter().filter(|page| page.kind != Kind::Manifest)
}

/// Returns how many scripts the page of a statement starts: those of the theme and those injected by the text.
pub fn scripts(html: &[u8]) -> usize {
    String::from_utf8_lossy(html).to_lowercase().matches("<script").count()
}

/// Imports bytes under a name, without OCR, and checks what an import promises: a draft with its text, or the reason.
///
/// # Panics
///
/// If the draft is not a readable statement, or a file is refused without a reason.
pub fn import(name: &str, bytes: &[u8]) {
    match of_original(Original::new(name, None, bytes), Ocr::Never, &Context::default()) {
        Outcome::Drafted(drafted) => {
            let text = drafted.draft.text("content/statements/fuzz.md", &drafted.original, &[]);
            let read = plenary::read::read(
                &"content/statements/fuzz.md".into(),
                text.as_bytes(),
                &plenary::read::Options::new(&plenary::config::Config::default()),
            );
            assert!(read.content.is_some(), "the draft cannot be read:\n{text}\n{:?}", read.diagnostics);
        }
        Outcome::Unreadable(why) => assert!(!why.message.is_empty() && !why.help.is_empty()),
        // The word check refused the draft, as it should.
        Outcome::Refused(_) => {}
    }
}

/// Splits the input at NUL bytes into the parts of a package, in the order of `names`, and packs them.
///
/// # Panics
///
/// Never: writing into memory cannot fail.
pub fn package(names: &[&str], data: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in names.iter().zip(data.split(|byte| *byte == 0)) {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        zip.write_all(part).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}
