//! A site -> a package for an archive or a library: a bag (BagIt 1.0, RFC 8493) whose payload describes itself (RO-Crate 1.1).
//!
//! It contains only what the site publishes: its texts as Markdown, its tables and, on request, the files next to the
//! texts. So withheld texts cannot get into it. The same site gives the same bytes.
//!
//! No crate on crates.io writes bags. One writes RO-Crates (`ro-crate-rs`), but brings a graph model and an archive
//! format for what is a single JSON document here. Both standards are short, and independent programs check the result.
#![expect(clippy::disallowed_methods, reason = "writes the package")]

mod bag;
mod description;
mod sink;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use jiff::civil;

use crate::key::Key;
use crate::output::{Digest, Digests};
use crate::path::SitePath;
use crate::pipeline::Site;
use crate::read::date::Date;
use crate::read::statement::Status;
use crate::render::data::text::DataText;
use crate::render::page::{Kind, Page};
use crate::render::parts::Parts;
use sink::Sink;

/// The folder of a bag with its payload.
const PAYLOAD: &str = "data/";
/// The description of the payload.
const DESCRIPTION: &str = "ro-crate-metadata.json";

/// A file of the payload.
struct Packed<'a> {
    /// Its path below the payload.
    path: String,
    /// The page of the site that it is a copy of.
    page: &'a Arc<Page>,
}

/// The contents of a package.
pub struct Package<'a> {
    site: &'a Site,
    files: Vec<Packed<'a>>,
    /// The files next to texts, by their pages.
    originals: BTreeMap<&'a SitePath, String>,
    /// The date of the package.
    day: civil::Date,
}

/// The size of a package that was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The number of texts, in all languages.
    pub texts: usize,
    /// The number of files next to texts.
    pub originals: usize,
    /// The number of files in the payload.
    pub files: usize,
    /// Their total size in bytes.
    pub bytes: u64,
}

impl<'a> Package<'a> {
    /// Chooses what to pack from a site, which must publish its texts as Markdown. `day` is the date of the package; by
    /// default it is the last day on which a text was delivered, added or corrected. Returns `None` if no text has a
    /// date.
    pub fn new(site: &'a Site, with_originals: bool, day: Option<civil::Date>) -> Option<Package<'a>> {
        let mut files = Vec::new();
        let mut originals = BTreeMap::new();
        let mut last: Option<civil::Date> = None;
        let withdrawn: Vec<&str> = site.pages.iter().filter_map(withdrawn).collect();
        for page in &site.pages {
            let path = match &page.parts {
                Parts::TwinParts(parts) => {
                    last = last.max(last_day(&parts.text));
                    format!("texts/{}", name(&parts.text))
                }
                Parts::TableParts(parts) => format!("tables/{}", parts.file.name()),
                Parts::PackageParts(_) => "tables/datapackage.json".to_owned(),
                Parts::Copy(source) if with_originals => match source.path.strip_prefix("content/") {
                    // A withdrawn text keeps its page on the site but is in no package, and neither is a file with its
                    // id in the path.
                    Some(below) if withdrawn.iter().any(|id| below.to_lowercase().contains(id)) => continue,
                    Some(below) => {
                        let path = format!("originals/{below}");
                        originals.insert(&page.path, path.clone());
                        path
                    }
                    None => continue,
                },
                _ => continue,
            };
            files.push(Packed { path, page });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Some(Package { site, files, originals, day: day.or(last)? })
    }

    /// Writes the package into a new folder, or into a file whose name ends with `.zip`. It appears only when it is
    /// complete.
    ///
    /// # Errors
    ///
    /// Fails if `to` already exists or cannot be written, or if a file next to a text cannot be read.
    pub fn write(&self, to: &Path) -> anyhow::Result<Report> {
        let mut sink = Sink::create(to)?;
        let mut digests = Digests::new();
        let mut report = Report::default();
        for Packed { path, page } in &self.files {
            // Bytes are dropped at once: a collection with its originals need not fit into memory.
            let bytes = self.site.render(page).map_err(|problem| anyhow!("{}", problem.human(None)))?;
            report.texts += usize::from(page.kind == Kind::Twin);
            report.originals += usize::from(page.kind == Kind::Copy);
            digests.insert(path.clone(), Digest::of(&bytes));
            sink.put(&format!("{PAYLOAD}{path}"), &bytes)?;
        }
        let description = description::describe(self, &digests);
        digests.insert(DESCRIPTION.to_owned(), Digest::of(&description));
        sink.put(&format!("{PAYLOAD}{DESCRIPTION}"), &description)?;
        for (name, bytes) in bag::tags(&self.site.config, &digests, self.day) {
            sink.put(name, &bytes)?;
        }
        sink.finish()?;
        Ok(Report { files: digests.len(), bytes: digests.values().map(|digest| digest.bytes).sum(), ..report })
    }

    /// Returns the path of a statement's original in the package.
    fn original(&self, of: Option<&Key>) -> Option<&str> {
        self.originals.get(of?.path()).map(String::as_str)
    }
}

/// Returns the id of a withdrawn statement whose page this is.
fn withdrawn(page: &Arc<Page>) -> Option<&str> {
    match &page.parts {
        Parts::StatementParts(parts) => {
            Some(&*parts.statement.id).filter(|_| parts.statement.front.status == Status::Withdrawn)
        }
        _ => None,
    }
}

/// Returns the name of a text: `<id>.md`, `<id>.<language>.md`.
fn name(text: &DataText) -> String {
    let known = &text.known;
    match known.is_main {
        true => format!("{}.md", known.id),
        false => format!("{}.{}.md", known.id, known.statement.language),
    }
}

/// Returns the last day on which something happened to a text: when it was delivered, added or corrected.
fn last_day(text: &DataText) -> Option<civil::Date> {
    let front = &text.known.statement.front;
    let days = [front.date.as_ref(), front.added.as_ref(), front.last_change()];
    days.into_iter().flatten().map(Date::earliest).max()
}
