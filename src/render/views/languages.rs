//! A page of a site in several languages -> the same page in the others, and links that stay in its language.

use super::Views;
use crate::key::Key;
use crate::path::SitePath;
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::view::AlternateView;

impl Views<'_> {
    /// Returns the link to a thing's page, in the language of this page if it is there in several.
    pub(super) fn href_here(&self, key: &Key) -> String {
        if key.is_translated() { self.href(&self.here(key.path())) } else { self.href(key) }
    }

    /// Returns the address in the language of this page of one that is there in each language of the site.
    pub(super) fn here(&self, path: &SitePath) -> SitePath {
        let is_main = self.language == self.theme.config.language;
        let other = if is_main { None } else { path.below(&self.language) };
        other.unwrap_or_else(|| path.clone())
    }

    /// Returns the home page in each language of a site in several: it is not known in which language a missing page
    /// was sought.
    pub(super) fn homes(&self) -> Vec<AlternateView> {
        let config = &self.theme.config;
        let home = |language: &String| {
            let home = SitePath::home();
            let path = if *language == config.language { home } else { home.below(language)? };
            Some(AlternateView {
                language: language.clone(),
                name: self.theme.languages.name(language),
                direction: direction(language),
                url: self.href(&path),
                canonical: String::new(),
                current: false,
            })
        };
        if config.languages.len() < 2 { Vec::new() } else { config.languages.iter().filter_map(home).collect() }
    }

    /// Returns the same page in each language of the site; none if it is there in one only.
    pub(super) fn alternates(&self, page: &Page) -> Vec<AlternateView> {
        let config = &self.theme.config;
        if config.languages.len() < 2 || !page.kind.is_translated() {
            return Vec::new();
        }
        let is_main = |language: &str| *language == *config.language;
        let main = if is_main(&page.language) { Some(page.path.clone()) } else { page.path.out_of(&page.language) };
        let in_language = |language: &String| {
            let path = if is_main(language) { main.clone()? } else { main.as_ref()?.below(language)? };
            Some(AlternateView {
                language: language.clone(),
                name: self.theme.languages.name(language),
                direction: direction(language),
                url: self.href(&path),
                canonical: self.whole(&path),
                current: *language == page.language,
            })
        };
        let others = config.languages.iter().filter(|language| !is_main(language));
        [&config.language].into_iter().chain(others).filter_map(in_language).collect()
    }
}
