//! Collection -> the files that search engines and hosts read.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::json;

use super::Layout;
use super::moved::has_pages_below;
use crate::collect::{Alias, Collection};
use crate::config::{Config, parsed_colour};
use crate::key::Key;
use crate::path::SitePath;
use crate::render::language::direction;
use crate::render::listed::{Listed, Versions};
use crate::render::page::{Kind, Page};
use crate::render::parts::{Parts, PictureParts, TextParts};
use crate::render::picture::{self, COLOUR, Picture, Shows};
use crate::render::policy;
use crate::render::sitemap::{self, Bounds};
use crate::render::views::is_hidden;

/// The site's own redirects, to which Plenary's are added.
pub const REDIRECTS: &str = "static/_redirects";

impl Layout<'_> {
    /// Adds these files. To be called after all pages and the files of `static/`, which replace Plenary's of the same
    /// name. `redirects` are the site's own; they come first, since hosts follow the first line that matches.
    pub fn host_files(&mut self, collection: &Collection, redirects: Option<String>) {
        let base = self.config.base_path();
        let mut redirects = redirects.unwrap_or_default();
        if !redirects.is_empty() && !redirects.ends_with('\n') {
            redirects.push('\n');
        }
        for Alias { path, target, .. } in &collection.aliases {
            let _ = writeln!(redirects, "{} {} 301", path.href(&base), target.path().href(&base));
        }
        // The pages below have moved, too. Hosts follow the first line that matches, so these lines come last.
        for alias in collection.aliases.iter().filter(|alias| has_pages_below(alias, collection)) {
            let _ = writeln!(redirects, "{}* {}:splat 301", alias.path.href(&base), alias.target.path().href(&base));
        }
        let mut robots = String::from("User-agent: *\nAllow: /\n");
        if !self.config.base_url.is_empty() {
            let _ = write!(robots, "\nSitemap: {}{base}sitemap.xml\n", self.config.origin());
            // The names of its files are Plenary's own, and XML is written to memory: neither can fail.
            for (path, parts) in sitemap::files(self.config, self.listed(), Bounds::PROTOCOL).into_iter().flatten() {
                self.add(Kind::Sitemap, path, "the sitemap", parts);
            }
        }
        let mut headers = format!(
            "{base}*\n  Content-Security-Policy: {}; frame-ancestors 'self'\n  \
             X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n",
            policy::POLICY
        );
        if self.config.search.enabled {
            // A file of the index is named after its content, so it never changes; the root changes with every build.
            let _ = write!(
                headers,
                "{base}search/*.bin\n  Cache-Control: public, max-age=31536000, immutable\n\
                 {base}search/root.json\n  Cache-Control: no-cache\n"
            );
        }
        let text = |text: String| Parts::TextParts(TextParts { text: text.into() });
        let mut files = vec![
            ("robots.txt".to_owned(), text(robots)),
            ("_redirects".to_owned(), text(redirects)),
            ("_headers".to_owned(), text(headers)),
            (".nojekyll".to_owned(), text(String::new())),
            ("manifest.webmanifest".to_owned(), text(manifest(self.config))),
        ];
        let drawn = |shows: Shows| {
            let own = parsed_colour(&self.config.accent).or_else(|| parsed_colour(COLOUR)).unwrap_or_default();
            Parts::PictureParts(PictureParts { picture: Picture { shows, colour: own } })
        };
        files.extend(ICONS.map(|side| (icon(side), drawn(Shows::Icon(side)))));
        if picture::is_drawn(self.config) {
            let all = collection.lists.get(&Key::statements());
            let years = all.map(|all| all.tally.years.clone()).unwrap_or_default();
            files.push((picture::FILE.to_owned(), drawn(Shows::Years(years))));
        }
        for (name, parts) in files {
            let is_own = |path: &SitePath| {
                let mut own = self.pages.iter().filter(|page| page.origin.path.starts_with("static/"));
                own.any(|page| page.path == *path)
            };
            if let Some(path) = SitePath::parse(&name).ok().filter(|path| !is_own(path)) {
                self.add(Kind::HostFile, path, "a file for the host", parts);
            }
        }
    }

    /// Returns the pages for search engines: no redirects, nothing simulated, nothing withdrawn, no numbered pages.
    fn listed(&self) -> Vec<Listed> {
        let statements = self.pages.iter().filter_map(|page| match &page.parts {
            Parts::StatementParts(parts) => Some((page, parts)),
            _ => None,
        });
        let hidden = statements.filter(|(_, parts)| is_hidden(&parts.statement, &parts.facts));
        let hidden: HashSet<&SitePath> = hidden.map(|(page, _)| &page.path).collect();
        let listed = self.pages.iter().filter(|page| match &page.parts {
            Parts::StatementParts(_) => !hidden.contains(&page.path),
            Parts::ListParts(parts) => parts.pager.current.is_none() && !parts.head.simulated,
            Parts::DocumentParts(parts) => parts.pager.current.is_none() && !parts.head.simulated,
            Parts::PositionParts(parts) => parts.number == 1 && parts.said.iter().any(|said| !said.card.simulated),
            Parts::PassageParts(parts) => !parts.leader.card.simulated,
            Parts::ExtractsParts(parts) => parts.number == 1 && parts.said.iter().any(|said| !said.card.simulated),
            Parts::MatrixParts(parts) => !parts.table.simulated,
            Parts::TwoPositionsParts(parts) => parts.first.said.iter().any(|said| !said.card.simulated),
            Parts::PassagesParts(_)
            | Parts::IndexParts(_)
            | Parts::HomeParts(_)
            | Parts::PlainParts(_)
            | Parts::SearchParts(_)
            | Parts::DataParts(_) => true,
            _ => false,
        });
        let entry = |page: &Arc<Page>| Listed { path: page.path.clone(), versions: self.versions(page, &hidden) };
        let mut entries: Vec<Listed> = listed.map(entry).collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    /// Returns the languages in which a page exists.
    fn versions(&self, page: &Page, hidden: &HashSet<&SitePath>) -> Versions {
        match &page.parts {
            Parts::StatementParts(parts) if parts.versions.len() > 1 => {
                let is_shown = parts.versions.iter().all(|version| !hidden.contains(version.key.path()));
                if is_shown { Versions::OfText(parts.versions.clone()) } else { Versions::One }
            }
            _ if page.kind.is_translated() && self.config.languages.len() > 1 => {
                let is_own = page.language == self.config.language;
                let number = || self.config.languages.iter().position(|language| *language == page.language);
                Versions::OfSite(if is_own { None } else { number() })
            }
            _ => Versions::One,
        }
    }
}

/// The sides of the icons in pixels: Apple's phones and tablets, then those that a browser asks for to install a site.
const ICONS: [u32; 3] = [APPLE, 192, 512];
const APPLE: u32 = 180;

fn icon(side: u32) -> String {
    format!("icon-{side}.png")
}

/// Returns the web app manifest, by which a phone keeps the site under its own name and icon. The colours are those of
/// the default theme's paper.
fn manifest(config: &Config) -> String {
    let base = config.base_path();
    let drawn = ICONS.into_iter().filter(|side| *side != APPLE).map(|side| {
        json!({ "src": format!("{base}{}", icon(side)), "type": "image/png", "sizes": format!("{side}x{side}") })
    });
    let icons = [json!({ "src": format!("{base}favicon.svg"), "type": "image/svg+xml", "sizes": "any" })];
    let icons = icons.into_iter().chain(drawn);
    let manifest = json!({
        "name": config.title,
        "description": Some(&config.description).filter(|description| !description.is_empty()),
        "lang": config.language,
        "dir": direction(&config.language),
        "start_url": base,
        "scope": base,
        "display": "browser",
        "background_color": "#fcfbf8",
        "theme_color": "#fcfbf8",
        "icons": icons.collect::<Vec<_>>(),
    });
    format!("{manifest}\n")
}
