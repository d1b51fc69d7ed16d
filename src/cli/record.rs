//! A finished build -> its record in the site's caches, by which the next build sees that nothing changed, or which
//! pages are still the same.
//!
//! The record can be deleted at any time, and one that is damaged, or from another program, other options or another
//! output folder, is ignored. It is never trusted about the content of a file: the files in the output folder are
//! always read and compared by their hashes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use plenary::collect::left_out::{self, LeftOut};
use plenary::diagnostic::Diagnostic;
use plenary::exclusive;
use plenary::output::{Report, Target};
use plenary::pipeline::Settings;
use plenary::render::page::Page;
use plenary::stamp::Stamp;
use serde::{Deserialize, Serialize};

/// The program, options and output folder of a build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Circumstances {
    /// The hash of the program, which includes its tables, words and default theme.
    program: String,
    /// The options of the command line.
    options: String,
    /// The output folder.
    folder: PathBuf,
}

/// What a build reports besides the files that it wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    /// Pages that readers can open.
    pub(crate) pages: usize,
    /// Statements, each with all its language versions.
    pub(crate) statements: usize,
    /// All files.
    pub(crate) files: usize,
    /// Files by kind, in words.
    pub(crate) kinds: String,
    /// The problems.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The texts that are not in the site, sorted by path.
    pub(crate) left_out: Vec<LeftOut>,
}

impl Summary {
    /// Returns whether a problem can prevent the publication of the site.
    pub(crate) fn counts(&self, diagnostic: &Diagnostic) -> bool {
        left_out::counts(&self.left_out, diagnostic)
    }
}

/// The record of a build that was published.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Record {
    circumstances: Circumstances,
    /// The stamp of everything that was read.
    sources: String,
    /// The hash of the output folder's manifest.
    pub(crate) manifest: String,
    /// What was reported.
    pub(crate) summary: Summary,
    /// The stamp of each page, by its file.
    pages: BTreeMap<String, String>,
}

impl Circumstances {
    /// Returns the circumstances of a build; `None` if they cannot be determined, or if the build must not rely on
    /// earlier ones.
    pub(crate) fn of(target: &Target, settings: &Settings, strict: bool) -> Option<Circumstances> {
        if target.force || target.dry_run {
            return None;
        }
        let mut program = blake3::Hasher::new();
        program.update_reader(fs::File::open(std::env::current_exe().ok()?).ok()?).ok()?;
        let folder = std::path::absolute(&target.folder).ok()?;
        let options = format!("{settings:?}, strict: {strict}");
        Some(Circumstances { program: program.finalize().to_hex().to_string(), options, folder })
    }
}

impl Record {
    /// Records a build of these sources.
    pub(crate) fn new<'a>(
        circumstances: Circumstances,
        sources: Stamp,
        published: &Report,
        summary: Summary,
        pages: impl Iterator<Item = &'a Page>,
    ) -> Record {
        let pages = pages.map(|page| (page.path.file(), text(page.stamp))).collect();
        Record { circumstances, sources: text(sources), manifest: published.manifest.clone(), summary, pages }
    }

    /// Returns whether the build was of these sources.
    pub(crate) fn is_of(&self, sources: Stamp) -> bool {
        self.sources == text(sources)
    }

    /// Returns whether a page was made from the same parts, so that it has the same bytes.
    pub(crate) fn has(&self, page: &Page) -> bool {
        self.pages.get(&page.path.file()).is_some_and(|stamp| *stamp == text(page.stamp))
    }

    /// Reads the record of the last build in these circumstances; `None` if there is none.
    pub(crate) fn read(site: &Path, circumstances: &Circumstances) -> Option<Record> {
        let record = parse(&fs::read(file(site)).ok()?)?;
        Some(record).filter(|record| record.circumstances == *circumstances)
    }

    /// Replaces the record of the site. A site that cannot be written to gets none.
    pub(crate) fn write(&self, site: &Path) {
        let _ = self.try_write(site);
    }

    fn try_write(&self, site: &Path) -> std::io::Result<()> {
        let caches = exclusive::caches(site);
        if !caches.exists() {
            fs::create_dir_all(&caches)?;
            // The caches belong only to this checkout.
            fs::write(caches.join(".gitignore"), "*\n")?;
        }
        // Two builds of one site at the same time may write over each other here: then the sum is wrong.
        let partial = file(site).with_extension("partial");
        fs::write(&partial, self.bytes()?)?;
        fs::rename(&partial, file(site))
    }

    fn bytes(&self) -> std::io::Result<Vec<u8>> {
        let json = serde_json::to_vec(self)?;
        Ok([sum(&json).as_bytes(), b"\n", &json].concat())
    }
}

fn file(site: &Path) -> PathBuf {
    exclusive::caches(site).join("built")
}

fn parse(bytes: &[u8]) -> Option<Record> {
    let (line, json) = bytes.split_at_checked(bytes.iter().position(|byte| *byte == b'\n')?)?;
    let json = &json[1..];
    if line != sum(json).as_bytes() {
        return None;
    }
    serde_json::from_slice(json).ok()
}

/// Returns the hash by which damage is noticed.
fn sum(json: &[u8]) -> String {
    blake3::hash(json).to_hex().to_string()
}

/// Returns a stamp as text.
fn text(stamp: Stamp) -> String {
    format!("{stamp:?}")
}

#[cfg(test)]
mod tests {
    use plenary::diagnostic::{Code, Place};

    use super::*;

    fn circumstances(site: &Path, program: &str) -> Circumstances {
        Circumstances { program: program.into(), options: String::new(), folder: site.join("public") }
    }

    fn record(site: &Path) -> Record {
        let problem = Diagnostic::new(Code::UnknownKey, Place::file(&"content/a.md".into()), "unknown key")
            .help("correct it")
            .remedy("titel", Some("title"));
        let summary = Summary {
            pages: 3,
            statements: 1,
            files: 5,
            kinds: "1 statement".into(),
            diagnostics: vec![problem],
            left_out: Vec::new(),
        };
        let published = Report { manifest: "m".into(), ..Report::default() };
        Record::new(circumstances(site, "a"), Stamp::of("sources"), &published, summary, std::iter::empty())
    }

    #[test]
    fn a_record_is_read_back_only_if_it_is_whole_and_of_the_same_program() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        let read = |program: &str| Record::read(site, &circumstances(site, program));
        assert_eq!(read("a"), None);
        record(site).write(site);
        assert_eq!(read("a"), Some(record(site)));
        assert_eq!(read("b"), None);
        let whole = fs::read(file(site)).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            assert_eq!(parse(&damaged), None, "byte {at}");
            assert_eq!(parse(&whole[..at]), None, "cut at {at}");
        }
    }
}
