//! One version of the site as the preview shows it: an immutable map from path to page, rendered on request.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use percent_encoding::percent_decode_str;

use super::failures::Failures;
use super::searching::{BUILDING, MakeIndex, Searching};
use crate::collect::left_out::LeftOut;
use crate::diagnostic::Diagnostic;
use crate::path::SitePath;
use crate::pipeline::Site;
use crate::render::page::{Kind, Page};
use crate::search;
use crate::stamp::Stamp;

/// How many bytes of rendered pages are cached; the least recently requested are evicted first.
const CACHE_BYTES: usize = 64 << 20;

/// Renders the page with this number.
type Render = Box<dyn Fn(usize) -> Result<Vec<u8>, Diagnostic> + Send + Sync>;

/// A site as one run made it, reduced to what the preview needs.
pub struct Made {
    /// Path and stamp of each page, by its number; sorted by path.
    pub pages: Vec<(SitePath, Stamp)>,
    /// The number of the page for missing pages (404), if there is one.
    pub not_found: Option<usize>,
    /// The path below which the site lies, with a slash at both ends.
    pub base: String,
    /// The site's problems.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether errors keep the site from being published.
    pub has_errors: bool,
    /// Texts that are not in the site.
    pub left_out: Vec<LeftOut>,
    /// Renders a page by its number.
    pub render: Render,
    /// The number of the root of the search index, if the site has one.
    pub search: Option<usize>,
    /// Makes the search index, which takes longer than a page.
    pub index: MakeIndex,
    /// The number of the list of checksums, for which every page is made.
    pub manifest: Option<usize>,
}

impl Made {
    /// Reduces a site.
    pub fn of(site: Site) -> Made {
        let site = Arc::new(site);
        let for_index = Arc::clone(&site);
        let not_found = |page: &Page| page.kind == Kind::NotFound;
        Made {
            pages: site.pages.iter().map(|page| (page.path.clone(), page.stamp)).collect(),
            not_found: site
                .pages
                .iter()
                .position(|page| not_found(page) && page.path.url() == "/404.html")
                .or_else(|| site.pages.iter().position(|page| not_found(page))),
            base: site.config.base_path(),
            diagnostics: site.diagnostics.clone(),
            has_errors: site.has_errors(),
            left_out: site.left_out.clone(),
            search: site.pages.iter().position(|page| page.kind == Kind::SearchIndex),
            manifest: site.pages.iter().position(|page| page.kind == Kind::Manifest),
            render: Box::new(move |number| site.render(&site.pages[number])),
            index: Arc::new(move |before| for_index.index_after(before)),
        }
    }

    /// Returns the number of the page at a path.
    fn number(&self, path: &SitePath) -> Option<usize> {
        self.pages.binary_search_by(|(other, _)| other.cmp(path)).ok()
    }

    /// Returns how many pages were added, changed or removed since an earlier version.
    fn changed_since(&self, before: &Made) -> usize {
        let mut before = before.pages.iter().peekable();
        let mut changed = 0;
        for (path, stamp) in &self.pages {
            while before.next_if(|(other, _)| other < path).is_some() {
                changed += 1;
            }
            let was = before.next_if(|(other, _)| other == path);
            changed += usize::from(was.is_none_or(|(_, was)| was != stamp));
        }
        changed + before.count()
    }
}

/// A rendered page.
#[derive(Clone)]
pub struct Rendered {
    /// Its bytes.
    pub bytes: Bytes,
    /// Their fingerprint, in hexadecimal digits.
    pub hash: String,
}

/// What a request's path leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A page or file, by its number.
    Page(usize),
    /// A file of the search index other than its root, by its name.
    IndexFile(String),
    /// A redirect within the site: a URL path.
    Elsewhere(String),
    /// Nothing; the number of the site's 404 page, if it has one.
    Nothing(Option<usize>),
}

/// One version of the site.
pub struct Snapshot {
    made: Made,
    /// Rises with every version, even across restarts of the server.
    pub version: u64,
    /// The version in which each file other than HTML pages got its current bytes.
    since: HashMap<SitePath, u64>,
    cache: Arc<Cache>,
    failures: Arc<Failures>,
}

impl Snapshot {
    /// Returns the first version, with the number `version`.
    pub fn first(made: Made, version: u64, failures: Failures) -> Snapshot {
        Snapshot::new(made, version, |_, _| version, Arc::default(), Arc::new(failures))
    }

    /// Returns the version after this one, and how many pages were added, changed or removed.
    pub fn next(&self, made: Made) -> (Snapshot, usize) {
        let version = self.version + 1;
        let changed = made.changed_since(&self.made);
        let was = |path: &SitePath| self.made.number(path).map(|number| self.made.pages[number].1);
        // A file that was only touched has a new stamp and the same bytes: pages that use it need no reload.
        let is_touched = |(number, (path, stamp)): &(usize, &(SitePath, Stamp))| {
            was(path).is_some_and(|was| was != *stamp)
                && self.cache.last(path).is_some_and(|shown| {
                    (made.render)(*number).is_ok_and(|bytes| format!("{:?}", Stamp::of_bytes(&bytes)) == shown.hash)
                })
        };
        let files = made.pages.iter().enumerate().filter(|(_, (path, _))| !is_html(path));
        // Making the index or all pages only to compare would delay every save.
        let files = files.filter(|(number, _)| ![made.search, made.manifest].contains(&Some(*number)));
        let touched: HashSet<SitePath> = files.filter(is_touched).map(|(_, (path, _))| path.clone()).collect();
        let since = |path: &SitePath, stamp| match self.since.get(path) {
            Some(since) if was(path) == Some(stamp) || touched.contains(path) => *since,
            _ => version,
        };
        (Snapshot::new(made, version, since, Arc::clone(&self.cache), Arc::clone(&self.failures)), changed)
    }

    fn new(
        made: Made,
        version: u64,
        since: impl Fn(&SitePath, Stamp) -> u64,
        cache: Arc<Cache>,
        failures: Arc<Failures>,
    ) -> Snapshot {
        let files = made.pages.iter().filter(|(path, _)| !is_html(path));
        let since = files.map(|(path, stamp)| (path.clone(), since(path, *stamp))).collect();
        Snapshot { made, version, since, cache, failures }
    }

    /// Returns how many pages and files there are.
    pub fn count(&self) -> usize {
        self.made.pages.len()
    }

    /// Returns the path below which the site lies, with a slash at both ends.
    pub fn base(&self) -> &str {
        &self.made.base
    }

    /// Returns a page's path.
    pub fn path(&self, number: usize) -> &SitePath {
        &self.made.pages[number].0
    }

    /// Returns the URL paths of the files (not HTML pages) that changed after `version`, sorted.
    pub fn files_since(&self, version: u64) -> Vec<String> {
        let changed = self.since.iter().filter(|(_, since)| **since > version);
        let mut paths: Vec<String> = changed.map(|(path, _)| path.href(self.base())).collect();
        paths.sort_unstable();
        paths
    }

    /// Resolves the path of a request, still percent-encoded. Looks only in the map, never on disk.
    pub fn find(&self, raw: &str) -> Found {
        let nothing = Found::Nothing(self.made.not_found);
        let Ok(path) = percent_decode_str(raw).decode_utf8() else { return nothing };
        let Ok(base) = percent_decode_str(self.base()).decode_utf8() else { return nothing };
        let Some(below) = path.strip_prefix(&*base) else {
            let above = path == "/" || path.strip_prefix('/').is_some_and(|path| path == base.trim_matches('/'));
            return if above { Found::Elsewhere(SitePath::home().href(self.base())) } else { nothing };
        };
        // `parse` drops one leading slash, which here would make `//x` another name for `/x`.
        if below.starts_with('/') {
            return nothing;
        }
        let Ok(wanted) = SitePath::parse(below) else { return nothing };
        if let Some(number) = self.made.number(&wanted) {
            return Found::Page(number);
        }
        if below.ends_with('/') || below.is_empty() {
            return nothing;
        }
        if self.made.search.is_some()
            && let Some(name) = search::name(below)
        {
            return Found::IndexFile(name.to_owned());
        }
        match SitePath::parse(&format!("{below}/")) {
            Ok(page) if self.made.number(&page).is_some() => Found::Elsewhere(page.href(self.base())),
            _ => {
                let page = below.strip_suffix("index.html").filter(|page| page.is_empty() || page.ends_with('/'));
                let number = page.and_then(|page| SitePath::parse(page).ok()).and_then(|page| self.made.number(&page));
                number.map_or(nothing, Found::Page)
            }
        }
    }

    /// Returns a page's bytes, rendered now unless they are cached.
    ///
    /// # Errors
    /// If the page cannot be rendered; the problem has been reported.
    pub fn render(&self, number: usize) -> Result<Rendered, Diagnostic> {
        let (path, stamp) = &self.made.pages[number];
        if self.made.search == Some(number) {
            let index = self.cache.searching.index(*stamp, &self.made.index);
            return Ok(rendered(index.map_or_else(|| BUILDING.to_vec(), |index| index.root.clone())));
        }
        let rendered = if let Some(rendered) = self.cache.get(*stamp) {
            rendered
        } else {
            let bytes = (self.made.render)(number).inspect_err(|problem| self.failures.failed(path, problem))?;
            let rendered = rendered(bytes);
            self.cache.put(*stamp, rendered.clone());
            rendered
        };
        self.failures.made(path);
        self.cache.keep_last(path, *stamp);
        Ok(rendered)
    }

    /// Returns a file of the search index by its name; `None` if the last index that was made has no such file.
    pub fn index_file(&self, name: &str) -> Option<Rendered> {
        let index = self.cache.searching.last()?;
        let at = index.files.binary_search_by(|file| (*file.name).cmp(name)).ok()?;
        Some(rendered(index.files[at].bytes.clone()))
    }

    /// Returns the bytes with which a page was last shown in any version, if they are still cached.
    pub fn last_good(&self, number: usize) -> Option<Rendered> {
        self.cache.last(self.path(number))
    }
}

fn rendered(bytes: Vec<u8>) -> Rendered {
    Rendered { hash: format!("{:?}", Stamp::of_bytes(&bytes)), bytes: bytes.into() }
}

fn is_html(path: &SitePath) -> bool {
    path.file().ends_with(".html")
}

/// Rendered bytes by page stamp, and therefore valid in every version of the site.
#[derive(Default)]
struct Cache {
    held: Mutex<Held>,
    searching: Searching,
}

#[derive(Default)]
struct Held {
    /// Each page with the number of its last request.
    pages: HashMap<Stamp, (Rendered, u64)>,
    /// The stamp with which each page was last rendered.
    last: HashMap<SitePath, Stamp>,
    bytes: usize,
    requests: u64,
}

impl Cache {
    fn get(&self, stamp: Stamp) -> Option<Rendered> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.requests += 1;
        let now = held.requests;
        let (rendered, asked) = held.pages.get_mut(&stamp)?;
        *asked = now;
        Some(rendered.clone())
    }

    fn keep_last(&self, path: &SitePath, stamp: Stamp) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).last.insert(path.clone(), stamp);
    }

    fn last(&self, path: &SitePath) -> Option<Rendered> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let (rendered, _) = held.pages.get(held.last.get(path)?)?;
        Some(rendered.clone())
    }

    fn put(&self, stamp: Stamp, rendered: Rendered) {
        // A large recording would evict every page.
        if rendered.bytes.len() > CACHE_BYTES / 4 {
            return;
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let now = held.requests;
        held.bytes += rendered.bytes.len();
        if let Some((old, _)) = held.pages.insert(stamp, (rendered, now)) {
            held.bytes -= old.bytes.len();
        }
        // Evict down to three quarters at once, so that not every request sorts the cache.
        if held.bytes > CACHE_BYTES {
            let mut by_age: Vec<(u64, Stamp)> = held.pages.iter().map(|(stamp, (_, asked))| (*asked, *stamp)).collect();
            by_age.sort_unstable();
            for (_, stamp) in by_age {
                if held.bytes <= CACHE_BYTES / 4 * 3 {
                    break;
                }
                if let Some((old, _)) = held.pages.remove(&stamp) {
                    held.bytes -= old.bytes.len();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_touched_is_not_a_changed_one() {
        let made = |stamp: u8, bytes: &'static str| Made {
            pages: vec![(SitePath::parse("style.css").unwrap(), Stamp::of(&stamp))],
            not_found: None,
            base: "/".into(),
            diagnostics: Vec::new(),
            has_errors: false,
            left_out: Vec::new(),
            render: Box::new(move |_| Ok(bytes.into())),
            search: None,
            index: Arc::new(|_| None),
            manifest: None,
        };
        let first = Snapshot::first(made(1, "a"), 7, Failures::new(|_| ()));
        first.render(0).unwrap();
        let (touched, _) = first.next(made(2, "a"));
        assert_eq!(touched.files_since(7), Vec::<String>::new());
        let (changed, _) = touched.next(made(3, "b"));
        assert_eq!(changed.files_since(7), ["/style.css"]);
    }
}
