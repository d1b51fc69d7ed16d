//! The collection -> the files below `/data/`, the page about them, and the twins of statements in Markdown.

use std::sync::Arc;

use super::Layout;
use crate::collect::Collection;
use crate::path::SitePath;
use crate::render::data::passages::PassageItem;
use crate::render::data::text::DataText;
use crate::render::data::{DataFile, DataTable, Rows, named, shards};
use crate::render::page::{self, Kind, Page};
use crate::render::parts::{
    AkomaParts, CorpusParts, DataFiles, DataParts, ManifestParts, PackageParts, Parts, TableParts, TwinParts,
};
use crate::stamp::{Stamp, Stamped};

/// A part of the collection with the name of its period; `None` for all of it.
type OfPeriod<T> = (Option<Box<str>>, T);

/// The folder of the tables.
const FOLDER: &str = "data";

impl Layout<'_> {
    /// Adds the tables, their description for programs and the page that says what is in them.
    pub(super) fn data(&mut self, collection: &Collection) {
        let entries = collection.entries.iter().filter(|entry| !entry.known.withdrawn);
        let elsewhere = &collection.passages.elsewhere;
        let texts: Vec<DataText> =
            entries.map(|entry| DataText::new(entry, elsewhere.get(&entry.known.statement.path))).collect();
        let mut shown = DataFiles {
            statements: texts.iter().filter(|text| text.known.is_main).count(),
            paragraphs: texts.iter().map(|text| text.body().paragraphs.len()).sum(),
            passages: collection.passages.passages.len(),
            ..DataFiles::default()
        };
        let sizes: Vec<_> = texts.iter().map(|text| (text.year(), text.size())).collect();
        let of_texts: Vec<OfPeriod<Stamped<Vec<DataText>>>> = shards::cut(&sizes, shards::LARGEST)
            .into_iter()
            .map(|(name, of)| (name, Stamped::new(of.into_iter().map(|at| texts[at].clone()).collect())))
            .collect();

        let mut files: Vec<DataFile> = Vec::new();
        for table in DataTable::ALL.into_iter().filter(|table| self.has(*table)) {
            let shards: Vec<OfPeriod<Rows>> = match table {
                DataTable::Passages => passages(collection),
                _ => of_texts.iter().map(|(name, texts)| (name.clone(), Rows::Texts(texts.clone()))).collect(),
            };
            let mut names = Vec::new();
            for &format in table.formats() {
                let formats = &self.config.outputs.formats;
                if table.formats().len() > 1 && !is_chosen(formats, format.ending()) {
                    continue;
                }
                for (shard, rows) in &shards {
                    let file = DataFile { table, format, shard: shard.clone(), rows: rows.clone() };
                    names.push((file.name().into(), format.label()));
                    files.push(file);
                }
            }
            shown.tables.push((table, names));
        }
        for file in &files {
            self.add_data(Kind::Table, &file.name(), Parts::TableParts(TableParts { file: file.clone() }));
        }
        if self.config.outputs.corpus {
            for (shard, texts) in &of_texts {
                let name = named("corpus", shard.as_deref(), "zip");
                self.add_data(Kind::Corpus, &name, Parts::CorpusParts(CorpusParts { texts: texts.clone() }));
                shown.corpus.push(name.into());
            }
        }
        let files = Stamped::new(files);
        self.add_data(Kind::Package, PACKAGE, Parts::PackageParts(PackageParts { files }));
        // The other pages are only known when all are laid out; `sum_up` then fills this in.
        let unknown = ManifestParts { pages: Stamp::of(&()) };
        self.add_data(Kind::Manifest, MANIFEST, Parts::ManifestParts(unknown));
        if let Ok(path) = SitePath::page(&[FOLDER]) {
            let parts = DataParts { files: Stamped::new(shown) };
            self.add(Kind::Data, path, "the page about the data", Parts::DataParts(parts));
        }
        if self.config.outputs.akoma_ntoso {
            for text in &texts {
                // The standard has no records without a date.
                if let (Ok(path), Some(_)) = (text.key().path().join(AKOMA), &text.known.citable.date) {
                    let origin = Arc::clone(&text.known.statement.path);
                    let parts = AkomaParts { text: text.clone() };
                    self.add(Kind::Akoma, path, &origin, Parts::AkomaParts(parts));
                }
            }
        }
        if self.config.outputs.markdown {
            for text in texts {
                if let Ok(path) = text.key().path().join(TWIN) {
                    let origin = Arc::clone(&text.known.statement.path);
                    self.add(Kind::Twin, path, &origin, Parts::TwinParts(TwinParts { text }));
                }
            }
        }
    }

    fn add_data(&mut self, kind: Kind, name: &str, parts: Parts) {
        if let Ok(path) = SitePath::parse(&format!("{FOLDER}/{name}")) {
            self.add(kind, path, "the data of the collection", parts);
        }
    }

    /// Returns whether the site has a table: it is enabled, and can have rows.
    fn has(&self, table: DataTable) -> bool {
        let can_be = match table {
            DataTable::Passages => self.config.passages > 0,
            DataTable::Mentions => self.config.mentions,
            _ => true,
        };
        can_be && is_chosen(&self.config.outputs.tables, table.name())
    }
}

/// Makes the page of checksums depend on all others: it changes whenever one of them does.
pub fn sum_up(pages: &mut [Arc<Page>], theme: Stamp) {
    let Some(at) = pages.iter().position(|page| page.kind == Kind::Manifest) else { return };
    // Only stamps: a save must not pay for files that nobody requests in a preview.
    let others = pages.iter().filter(|page| page.kind != Kind::Manifest).map(|page| page.stamp);
    let parts = Parts::ManifestParts(ManifestParts { pages: Stamp::of(&others.collect::<Vec<_>>()) });
    let page = &*pages[at];
    let stamp = page::stamp(page.kind, &page.path, &page.language, &parts.stamps(theme));
    pages[at] = Arc::new(Page { parts, stamp, ..page.clone() });
}

/// Returns where a table's file is in the output folder.
pub fn file(file: &DataFile) -> String {
    format!("{FOLDER}/{}", file.name())
}

/// The description of the tables for programs.
pub const PACKAGE: &str = "datapackage.json";

/// The checksums of all files of the site.
pub const MANIFEST: &str = "manifest.json";

/// The name of a statement's twin, next to its page.
pub const TWIN: &str = "index.md";

/// The name of a statement in Akoma Ntoso, next to its page.
pub const AKOMA: &str = "akoma-ntoso.xml";

/// Returns whether a list of site.toml chooses a name; an empty one chooses all.
fn is_chosen(names: &[String], name: &str) -> bool {
    names.is_empty() || names.iter().any(|chosen| chosen == name)
}

/// Returns the files of the table of passages.
fn passages(collection: &Collection) -> Vec<OfPeriod<Rows>> {
    let items: Vec<PassageItem> =
        collection.passages.passages.values().map(|passage| PassageItem::new(passage)).collect();
    let sizes: Vec<_> = items.iter().map(|item| (item.year(), item.size())).collect();
    shards::cut(&sizes, shards::LARGEST)
        .into_iter()
        .map(|(name, of)| (name, Rows::Passages(Stamped::new(of.into_iter().map(|at| items[at].clone()).collect()))))
        .collect()
}
