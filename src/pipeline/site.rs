//! A site as the pipeline makes it -> the bytes of its pages and files, on demand.

use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::left_out::{self, LeftOut};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::output::{Checksums, Digest, Digests, Round};
use crate::path::SitePath;
use crate::render::data::{DataFile, corpus, package};
use crate::render::feeds;
use crate::render::layout;
use crate::render::page::{self, Kind, Page};
use crate::render::parts::{AkomaParts, PackageParts, Parts, SearchFileParts, SearchIndexParts};
use crate::render::sitemap;
use crate::render::theme::{Theme, template_problems};
use crate::render::views::{View, Views};
use crate::search::index::{Index, Kept};
use crate::search::{self, collected};
use crate::stamp::{Stamp, Stamped};

/// A site: all its pages and files, and its problems.
#[derive(Clone)]
pub struct Site {
    /// The pages and files, sorted by path.
    pub pages: Vec<Arc<Page>>,
    /// The problems, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The statements that were left out, sorted by path.
    pub left_out: Vec<LeftOut>,
    /// The configuration that it was made with.
    pub config: Arc<Config>,
    /// The theme that it was made with.
    pub(super) theme: Arc<Theme>,
}

/// Makes the search index from its parts.
fn index(parts: &SearchIndexParts, before: &Kept) -> (Index, Kept) {
    collected::index(&parts.versions, &parts.weights.into(), before)
}

impl Site {
    /// Makes the search index; `None` if the site has none.
    pub fn index(&self) -> Option<Index> {
        self.index_after(&Kept::default()).map(|(index, _)| index)
    }

    /// Makes the search index, reusing shards that are the same as in `before`, and returns all shards for the next
    /// time.
    pub fn index_after(&self, before: &Kept) -> Option<(Index, Kept)> {
        self.pages.iter().find_map(|page| match &page.parts {
            Parts::SearchIndexParts(parts) => Some(index(parts, before)),
            _ => None,
        })
    }

    /// Makes the search index, and adds its files to the pages. Their names are made from their content, so they are
    /// not known earlier. A preview makes the index only when someone searches.
    pub fn add_index(&mut self) {
        let Some(Index { root, files }) = self.index() else { return };
        let file = |page: &Page, path: SitePath, bytes: Vec<u8>| {
            let parts =
                Parts::SearchFileParts(SearchFileParts { bytes: Stamped::from_source(Stamp::of_bytes(&bytes), bytes) });
            let stamp = page::stamp(page.kind, &path, &page.language, &parts.stamps(self.theme.stamp));
            Arc::new(Page { path, parts, stamp, ..page.clone() })
        };
        let is_root = |page: &Arc<Page>| matches!(page.parts, Parts::SearchIndexParts(_));
        let Some(at) = self.pages.iter().position(is_root) else { return };
        let page = self.pages.remove(at);
        // The names are hexadecimal digits, which are valid in every path.
        let more = files.into_iter().filter_map(|of| Some((SitePath::parse(&search::path(&of.name)).ok()?, of.bytes)));
        let more: Vec<Arc<Page>> =
            more.chain([(page.path.clone(), root)]).map(|(path, bytes)| file(&page, path, bytes)).collect();
        self.pages.extend(more);
        self.pages.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Makes the bytes of a page.
    ///
    /// # Errors
    /// Fails if a template has an error, or if a file to copy cannot be read.
    pub fn render(&self, page: &Page) -> Result<Vec<u8>, Diagnostic> {
        let failed = |message: String| Diagnostic::nowhere(Code::FailedTemplate, message);
        match &page.parts {
            Parts::FeedParts(feed) => {
                return feeds::feed(&self.config, self.theme.words(&page.language), &page.path, feed)
                    .map_err(|error| failed(error.to_string()));
            }
            Parts::SitemapParts(parts) => {
                return sitemap::sitemap(&self.config, parts).map_err(|error| failed(error.to_string()));
            }
            Parts::CitationsParts(parts) => {
                return Ok(Views::new(&self.theme, &page.language).citations(parts).into_bytes());
            }
            Parts::TableParts(table) => return self.table(&table.file),
            Parts::PackageParts(parts) => return self.package(parts, &|file| Ok(Digest::of(&self.table(file)?))),
            Parts::ManifestParts(_) => return Ok(self.manifest(self.digests()?)),
            Parts::CorpusParts(corpus) => {
                let views = Views::new(&self.theme, &page.language);
                return corpus::zip(&corpus.texts, &|text| views.twin(text)).map_err(|error| failed(error.to_string()));
            }
            Parts::TwinParts(parts) => {
                return Ok(Views::new(&self.theme, &page.language).twin(&parts.text).into_bytes());
            }
            Parts::AkomaParts(AkomaParts { text }) => {
                let views = Views::new(&self.theme, &page.language);
                return views.akoma_ntoso(text).map_err(|error| failed(error.to_string()));
            }
            Parts::SearchIndexParts(parts) => return Ok(index(parts, &Kept::default()).0.root),
            Parts::SearchFileParts(file) => return Ok((*file.bytes).clone()),
            Parts::PictureParts(parts) => return parts.picture.png().map_err(|error| failed(error.to_string())),
            Parts::TextParts(file) => return Ok(file.text.as_bytes().to_vec()),
            Parts::Copy(source) => return source.load().map(Into::into).map_err(|error| source.unreadable(&error)),
            _ => {}
        }
        let view = Views::new(&self.theme, &page.language).view(page);
        let context = tera::Context::from_serialize(&view).map_err(|error| failed(error.to_string()))?;
        let template = format!("{}.html", page.kind.word());
        self.theme.render(&page.language, &template, &context).map_err(|error| {
            let mut problems = template_problems(Code::FailedTemplate, &error, &self.config.theme);
            let problem = problems.swap_remove(0);
            // The message must not depend on anything outside the page's stamp.
            Diagnostic { message: format!("{} (making {})", problem.message, page.path), ..problem }
        })
    }

    /// Makes the bytes of a table's file.
    fn table(&self, file: &DataFile) -> Result<Vec<u8>, Diagnostic> {
        let base = self.config.base_path();
        let url = |path: &SitePath| format!("{}{}", self.config.origin(), path.href(&base));
        file.write(&url).map_err(|error| Diagnostic::nowhere(Code::FailedTemplate, error.to_string()))
    }

    /// Makes the description of the tables for programs; `digest` returns the checksum of a table's file.
    fn package(
        &self,
        parts: &PackageParts,
        digest: &dyn Fn(&DataFile) -> Result<Digest, Diagnostic>,
    ) -> Result<Vec<u8>, Diagnostic> {
        package::package(&self.config, &parts.files, digest)
    }

    /// Makes every other file and returns their checksums. A build knows them already; a preview makes them when
    /// someone asks for the list.
    fn digests(&self) -> Result<Digests, Diagnostic> {
        let mut whole = self.clone();
        whole.add_index();
        let others = whole.pages.par_iter().filter(|page| page.kind != Kind::Manifest);
        others.map(|page| Ok((page.path.file(), Digest::of(&whole.render(page)?)))).collect()
    }

    /// Makes the list of checksums.
    fn manifest(&self, files: Digests) -> Vec<u8> {
        let Config { title, base_url, .. } = &*self.config;
        Checksums { title: title.clone(), base_url: base_url.clone(), files }.bytes()
    }

    /// Returns when a build makes a page: after those whose checksums it contains.
    pub fn round(page: &Page) -> Round {
        match page.kind {
            Kind::Package => Round::Second,
            Kind::Manifest => Round::Third,
            _ => Round::First,
        }
    }

    /// Makes the bytes of a page in a build, which knows the checksums of files that it has made, so that they need
    /// not be made twice.
    ///
    /// # Errors
    /// Fails if [`Site::render`] does.
    pub fn render_last(&self, page: &Page, digests: &Digests) -> Result<Vec<u8>, Diagnostic> {
        match &page.parts {
            Parts::PackageParts(parts) => self.package(parts, &|file| match digests.get(&layout::data::file(file)) {
                Some(digest) => Ok(digest.clone()),
                None => Ok(Digest::of(&self.table(file)?)),
            }),
            Parts::ManifestParts(_) => Ok(self.manifest(digests.clone())),
            _ => self.render(page),
        }
    }

    /// Returns the view of a page, for theme authors; `None` for a file that is not made by a template.
    pub fn view(&self, page: &Page) -> Option<View> {
        Views::new(&self.theme, &page.language).view(page)
    }

    /// Returns the parts of a page by name, each with its stamp. The page's stamp is made of these.
    pub fn parts(&self, page: &Page) -> Vec<(&'static str, Stamp)> {
        page.parts.stamps(self.theme.stamp)
    }

    /// Returns whether a problem can prevent the publication of this site.
    pub fn counts(&self, diagnostic: &Diagnostic) -> bool {
        left_out::counts(&self.left_out, diagnostic)
    }

    /// Returns whether any problem prevents the publication of the site.
    pub fn has_errors(&self) -> bool {
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity() == Severity::Error;
        self.diagnostics.iter().filter(is_error).any(|diagnostic| self.counts(diagnostic))
    }
}
