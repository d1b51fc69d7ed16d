//! The whole build on one screen, for build and serve alike.

use std::sync::Arc;

use jiff::civil;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::render::page::{Kind, Page};
use crate::sources::Sources;

/// What a run is asked for, beside site.toml.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Drafts are in the site.
    pub drafts: bool,
    /// The day on which the site is published: texts embargoed until then are in it.
    pub as_of: Option<civil::Date>,
    /// Stands in for site.toml's `base_url`.
    pub base_url: Option<String>,
    /// Leaves a part out of a kind of page's stamp. Only for the test that shows that the oracle can fail.
    #[doc(hidden)]
    pub dropped: Option<(Kind, &'static str)>,
}

/// Sources -> site, keeping what can be used again for the next run.
pub struct Pipeline {
    settings: Settings,
}

/// A site: every page and file it consists of, and what is wrong with it.
#[derive(Clone)]
pub struct Site {
    /// Sorted by path.
    pub pages: Vec<Arc<Page>>,
    /// Sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    pub config: Arc<Config>,
}

impl Pipeline {
    pub fn new(settings: Settings) -> Pipeline {
        Pipeline { settings }
    }

    /// Makes the site of these sources.
    pub fn run(&mut self, _sources: &Sources) -> Site {
        let _ = &self.settings;
        Site { pages: Vec::new(), diagnostics: Vec::new(), config: Arc::default() }
    }
}

impl Site {
    /// Makes a page's bytes.
    pub fn render(&self, _page: &Page) -> Result<Vec<u8>, Diagnostic> {
        Ok(Vec::new())
    }

    /// Returns a page's view, for theme authors.
    pub fn view(&self, _page: &Page) -> serde_json::Value {
        serde_json::Value::Null
    }

    /// Returns a page's parts by name, each with its stamp.
    pub fn parts(&self, _page: &Page) -> Vec<(&'static str, crate::stamp::Stamp)> {
        Vec::new()
    }

    /// Says whether anything keeps the site from being published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == crate::diagnostic::Severity::Error)
    }
}
