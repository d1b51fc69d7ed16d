//! A literal or a folder -> a site in memory that can be edited and built repeatedly.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary::diagnostic::Diagnostic;
use plenary::import::item::{Drafted, Outcome, of_original};
use plenary::import::knowing::Context;
use plenary::import::original::Original;
use plenary::import::reading::Ocr;
use plenary::memo::Memo;
use plenary::output::CHECKSUMS;
use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::{Kind, Page};
use plenary::sources::Sources;
use plenary::stamp::Stamp;

/// A page's bytes, or why there are none.
pub(crate) type Bytes = Result<Arc<[u8]>, Diagnostic>;

/// The files of a site: path to bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A site in memory with everything that a program watching it would keep between two builds.
pub(crate) struct TestSite {
    pub files: Files,
    pipeline: Pipeline,
    pages: Memo<SitePath, Bytes>,
    stamps: BTreeMap<SitePath, Stamp>,
}

/// The result of a build.
pub(crate) struct Built {
    pub site: Site,
    pub pages: BTreeMap<SitePath, (Kind, Bytes)>,
    /// Pages that were rendered rather than kept, in order.
    pub rendered: Vec<SitePath>,
}

impl TestSite {
    /// Takes the files of a text in which each begins with a line `-- path --`.
    pub(crate) fn new(literal: &str) -> TestSite {
        let mut files = Files::new();
        let mut current: Option<(&str, String)> = None;
        for line in literal.lines() {
            if let Some(path) = line.strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
                files.extend(current.replace((path, String::new())).map(|(path, text)| (path.to_owned(), text.into())));
            } else {
                let (_, text) = current.as_mut().expect("the literal begins with a `-- path --` line");
                let _ = writeln!(text, "{line}");
            }
        }
        files.extend(current.map(|(path, text)| (path.to_owned(), text.into())));
        TestSite::of(files, Settings::default())
    }

    /// Takes the files of a folder.
    pub(crate) fn folder(folder: &Path) -> TestSite {
        TestSite::of(files_of(folder), Settings::default())
    }

    /// Takes these files.
    pub(crate) fn of(files: Files, settings: Settings) -> TestSite {
        TestSite { files, pipeline: Pipeline::new(settings), pages: Memo::default(), stamps: BTreeMap::new() }
    }

    /// Writes a file, new or not.
    pub(crate) fn edit(&mut self, path: &str, text: impl Into<Vec<u8>>) -> &mut TestSite {
        self.files.insert(path.to_owned(), text.into());
        self
    }

    /// Rewrites a file with the first `from` in it replaced by `to`.
    pub(crate) fn replace(&mut self, path: &str, from: &str, to: &str) -> &mut TestSite {
        let text = std::str::from_utf8(&self.files[path]).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        let text = text.replacen(from, to, 1);
        self.edit(path, text)
    }

    /// Deletes a file.
    pub(crate) fn remove(&mut self, path: &str) -> &mut TestSite {
        assert!(self.files.remove(path).is_some(), "{path} is there");
        self
    }

    /// Builds: renders the pages whose stamps are new and keeps the others.
    pub(crate) fn build(&mut self) -> Built {
        let mut site = self.pipeline.run(&Sources::from_map(&self.files));
        // The list of checksums changes with every page, and making it makes every page: `cli/verifying.rs` tests it.
        site.pages.retain(|page| page.kind != Kind::Manifest);
        let stamps: BTreeMap<SitePath, Stamp> = site.pages.iter().map(|page| (page.path.clone(), page.stamp)).collect();
        assert_eq!(stamps.len(), site.pages.len(), "no path has two pages");
        let is_new = |page: &&Arc<Page>| self.stamps.get(&page.path) != Some(&page.stamp);
        let rendered: Vec<SitePath> = site.pages.iter().filter(is_new).map(|page| page.path.clone()).collect();
        let bytes = self.pages.update(
            &site.pages,
            |page| (page.path.clone(), page.stamp),
            |page| site.render(page).map(Into::into),
        );
        assert_eq!(self.pages.made(), rendered.len());
        self.stamps = stamps;
        let pages = site.pages.iter().zip(bytes).map(|(page, bytes)| (page.path.clone(), (page.kind, bytes))).collect();
        Built { site, pages, rendered }
    }
}

impl Built {
    /// Returns the text of a page or file by its URL, such as `/statements/a/`.
    pub(crate) fn file(&self, url: &str) -> &str {
        let Some((_, bytes)) = self.pages.get(&SitePath::parse(url).unwrap()) else {
            let urls: Vec<String> = self.pages.keys().map(SitePath::url).collect();
            panic!("there is no {url}, only\n{}", urls.join("\n"));
        };
        let bytes = bytes.as_ref().unwrap_or_else(|problem| panic!("{url}: {}", problem.human(None)));
        // A picture has no words.
        let words: &[u8] = if bytes.starts_with(b"\x89PNG") { b"" } else { bytes };
        std::str::from_utf8(words).unwrap()
    }

    /// Returns the view of a page by its URL, as `plenary view` prints it.
    pub(crate) fn view(&self, url: &str) -> serde_json::Value {
        let path = SitePath::parse(url).unwrap();
        let page = self.site.pages.iter().find(|page| page.path == path).unwrap_or_else(|| panic!("there is no {url}"));
        serde_json::to_value(self.site.view(page).unwrap()).unwrap()
    }

    /// Returns the links of all pages that lead within the site, but to no page or file, or to no place on it.
    pub(crate) fn dead_links(&self) -> Vec<String> {
        let (base, mut dead) = (self.site.config.base_path(), Vec::new());
        for from in self.pages.keys().filter(|path| path.file().ends_with(".html")) {
            for link in self.file(&from.url()).split(" href=\"").skip(1) {
                let link = link.split('"').next().unwrap();
                let (url, fragment) = link.split_once('#').unwrap_or((link, ""));
                let to = match url.strip_prefix(&base) {
                    Some(url) => SitePath::parse(&percent_encoding::percent_decode_str(url).decode_utf8_lossy()).ok(),
                    None => url.is_empty().then(|| from.clone()),
                };
                let is_outside = to.is_none() && !url.starts_with('/');
                let to = to.filter(|to| self.pages.contains_key(to) || to.file() == CHECKSUMS);
                let place = format!(" id=\"{fragment}\"");
                if !is_outside && !to.is_some_and(|to| fragment.is_empty() || self.file(&to.url()).contains(&place)) {
                    dead.push(format!("{from}: {link}"));
                }
            }
        }
        dead
    }

    /// Returns the URLs of the pages that were rendered.
    pub(crate) fn rendered(&self) -> Vec<String> {
        self.rendered.iter().map(SitePath::url).collect()
    }

    /// Returns all diagnostics, those of failed pages last, as people read them but without the source line.
    pub(crate) fn diagnostics(&self) -> Vec<String> {
        let failed = self.pages.values().filter_map(|(_, bytes)| bytes.as_ref().err());
        self.site.diagnostics.iter().chain(failed).map(|problem| problem.human(None)).collect()
    }

    /// Returns how this build differs from another: added pages, missing pages, bytes, diagnostics; `None` if it does
    /// not.
    pub(crate) fn difference(&self, other: &Built) -> Option<String> {
        let mut out = String::new();
        for (path, (_, bytes)) in &self.pages {
            match other.pages.get(path) {
                None => _ = writeln!(out, "{path} is only in the first"),
                Some((_, others)) if bytes != others => {
                    _ = writeln!(out, "{path} differs: {}", first_difference(bytes, others))
                }
                Some(_) => {}
            }
        }
        for path in other.pages.keys().filter(|path| !self.pages.contains_key(path)) {
            let _ = writeln!(out, "{path} is only in the second");
        }
        let (first, second) = (self.diagnostics(), other.diagnostics());
        if first != second {
            let only =
                |a: &[String], b: &[String]| a.iter().filter(|text| !b.contains(text)).cloned().collect::<Vec<_>>();
            let _ = writeln!(out, "diagnostics differ: only in the first {:#?}", only(&first, &second));
            let _ = writeln!(out, "only in the second {:#?}", only(&second, &first));
        }
        (!out.is_empty()).then_some(out)
    }
}

/// Builds the site of these files from scratch.
pub(crate) fn clean(files: &Files) -> Built {
    TestSite::of(files.clone(), Settings::default()).build()
}

/// Returns the first place where two pages' bytes differ, with some words around it.
fn first_difference(a: &Bytes, b: &Bytes) -> String {
    let (Ok(a), Ok(b)) = (a, b) else { return format!("{a:?} and {b:?}") };
    let at = a.iter().zip(b.iter()).take_while(|(a, b)| a == b).count();
    let around =
        |bytes: &[u8]| String::from_utf8_lossy(&bytes[at.saturating_sub(60)..(at + 60).min(bytes.len())]).into_owned();
    format!("at byte {at}:\n  {:?}\n  {:?}", around(a), around(b))
}

/// Imports bytes under a name, without OCR.
pub(crate) fn imported(name: &str, bytes: &[u8]) -> Outcome {
    of_original(Original::new(name, None, bytes), Ocr::Never, &Context::default())
}

/// Imports bytes that must become a draft.
pub(crate) fn drafted(name: &str, bytes: &[u8]) -> Drafted {
    match imported(name, bytes) {
        Outcome::Drafted(drafted) => *drafted,
        other => panic!("{name}: {other:?}"),
    }
}

/// Compares words of the program with their snapshot, `tests/it/snapshots/<name>.snap`, so that they can be changed and
/// read in one place. `INSTA_UPDATE=always cargo test` rewrites every snapshot.
pub(crate) fn snapshot(name: &str, words: &str) {
    let mut settings = insta::Settings::new();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, words));
}

/// Returns the repository's folder.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the demonstration collection: site.toml and `content/` of the repository.
pub(crate) fn demo() -> Files {
    let mut files = files_of(&repository().join("content"))
        .into_iter()
        .map(|(path, bytes)| (format!("content/{path}"), bytes))
        .collect::<Files>();
    files.insert("site.toml".into(), std::fs::read(repository().join("site.toml")).unwrap());
    files
}

/// Returns every file below a folder, by its relative path with `/` as separator.
pub(crate) fn files_of(folder: &Path) -> Files {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .iter()
                .map(|part| part.to_str().unwrap())
                .collect::<Vec<_>>();
            (path.join("/"), std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Returns the statements of a list's view, whatever their years.
pub(crate) fn cards(view: &serde_json::Value) -> Vec<serde_json::Value> {
    view["years"].as_array().unwrap().iter().flat_map(|year| year["cards"].as_array().unwrap().clone()).collect()
}
