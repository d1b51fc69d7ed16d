//! Collection -> pages: which pages exist, where, and what each is made from.

mod comparisons;
pub mod data;
mod documents;
mod history;
mod home;
mod hosts;
mod indexes;
mod lists;
mod moved;
mod passages;
mod positions;
mod translated;

pub use hosts::REDIRECTS;

use std::sync::Arc;

use rayon::prelude::*;

use super::formats::FeedFormat;
use super::page::{self, Kind, Page};
use super::parts::{
    FeedParts, NotFoundParts, Parts, PlainParts, RedirectParts, SearchIndexParts, SearchParts, StatementParts,
};
use crate::collect::card::Card;
use crate::collect::lists::{List, ListKind};
use crate::collect::names::{Counted, Ref};
use crate::collect::pairs;
use crate::collect::passages::SaidElsewhere;
use crate::collect::places::invalid_url;
use crate::collect::searched;
use crate::collect::title::Title;
use crate::collect::{Alias, Collection, Neighbours};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::key::{Key, LANGUAGES};
use crate::path::SitePath;
use crate::read::record::RecordKind;
use crate::sources::Source;
use crate::stamp::{Stamp, Stamped};

/// The root of the search index, the only one of its files whose name is always the same.
pub const SEARCH_ROOT: &str = "search/root.json";

/// Lays out the pages of a site.
pub struct Layout<'a> {
    /// The settings of site.toml.
    pub config: &'a Config,
    /// The stamp of the theme and of everything that templates get from site.toml.
    pub theme: Stamp,
    /// The pages laid out so far.
    pub pages: Vec<Arc<Page>>,
}

impl Layout<'_> {
    /// Adds every page that is made from the content.
    pub fn collection(&mut self, collection: &Collection) {
        let rooms: [fn(&mut Self, &Collection); 11] = [
            Self::statements,
            Self::comparisons,
            Self::history,
            Self::lists,
            Self::said,
            Self::passages,
            Self::indexes,
            Self::plain_pages,
            Self::data,
            Self::search_index,
            Self::aliases,
        ];
        // These are independent, so they run in parallel; their pages keep this order.
        let of_rooms = rooms.into_par_iter().map(|room| {
            let mut layout = Layout { config: self.config, theme: self.theme, pages: Vec::new() };
            room(&mut layout, collection);
            layout.pages
        });
        let of_rooms: Vec<Vec<Arc<Page>>> = of_rooms.collect();
        self.pages.extend(of_rooms.into_iter().flatten());
        self.translated(collection);
        let has_added = collection.lists.get(&Key::statements()).is_some_and(|all| all.has_added);
        self.feed(
            &Key::home(),
            &self.config.title.as_str().into(),
            main_cards(collection),
            None,
            has_added,
            "site.toml",
        );
        self.moved(collection);
    }

    /// Adds a file that is copied.
    pub fn copy(&mut self, path: SitePath, source: &Source) {
        self.add(Kind::Copy, path, &Arc::clone(&source.path), Parts::Copy(source.clone()));
    }

    fn add(&mut self, kind: Kind, path: SitePath, origin: &str, parts: Parts) {
        self.add_at(kind, path, Place::file(&origin.into()), parts);
    }

    fn add_at(&mut self, kind: Kind, path: SitePath, origin: Place, parts: Parts) {
        let page = self.page(kind, path, origin, parts);
        self.pages.push(page);
    }

    fn page(&self, kind: Kind, path: SitePath, origin: Place, parts: Parts) -> Arc<Page> {
        // The interface is in the language of the page's text, if the site has it in that language.
        let of_text = match &parts {
            Parts::StatementParts(parts) => &*parts.statement.language,
            Parts::ComparisonParts(parts) => &*parts.after.language,
            Parts::HeldParts(parts) => &*parts.card.language,
            Parts::PassageParts(parts) => &*parts.leader.card.language,
            Parts::PlainParts(parts) => &*parts.page.language,
            _ => &*self.config.language,
        };
        let language = self.config.interface(of_text).to_owned();
        let stamp = page::stamp(kind, &path, &language, &parts.stamps(self.theme));
        Arc::new(Page { path, kind, origin, language, parts, stamp })
    }

    fn statements(&mut self, collection: &Collection) {
        let none = Stamped::new(Neighbours::default());
        let comparisons = pairs::by_statement(&collection.entries, &collection.pairs);
        let no_position = Stamped::new(Vec::new());
        let (not_compared, alone) = (Stamped::new(Vec::new()), Stamped::new(SaidElsewhere::default()));
        let withdrawn = Stamped::new(SaidElsewhere { is_in_doubt: true, ..SaidElsewhere::default() });
        let (not_linked, no_history) = (Stamped::new(Vec::new()), Stamped::new(Vec::new()));
        let entries = collection.entries.par_iter().zip(&collection.related).with_min_len(64);
        let pages = entries.map(|(entry, related)| {
            let neighbours = collection.neighbours.get(&entry.known.versions[0].key);
            let neighbours = neighbours.unwrap_or(&none).clone();
            let comparisons = comparisons.get(&entry.known.key);
            let comparisons = comparisons.map_or_else(|| not_compared.clone(), |found| Stamped::new(found.clone()));
            let positions = collection.positions_of.get(&entry.known.versions[0].key);
            let parts = StatementParts {
                statement: entry.known.statement.clone(),
                facts: entry.known.facts.clone(),
                links: entry.links.clone(),
                numbers: entry.numbers.clone(),
                mentions: entry.known.mentions.clone(),
                namings: entry.namings.clone(),
                versions: entry.known.versions.clone(),
                elsewhere: collection
                    .passages
                    .elsewhere
                    .get(&entry.known.statement.path)
                    .cloned()
                    .unwrap_or_else(|| if entry.known.withdrawn { withdrawn.clone() } else { alone.clone() }),
                backlinks: collection.backlinks.get(&entry.known.key).unwrap_or(&not_linked).clone(),
                see_also: entry.see_also.clone().into(),
                related: related.as_slice().into(),
                neighbours,
                comparisons,
                positions: positions.unwrap_or(&no_position).clone(),
                history: history::shown(collection, entry)
                    .map_or_else(|| no_history.clone(), |held| Stamped::new(history::listed(&entry.known.key, held))),
                original: collection.originals.get(&entry.known.key).cloned(),
            };
            let origin = Place::file(&entry.known.statement.path);
            self.page(Kind::Statement, entry.known.key.path().clone(), origin, Parts::StatementParts(parts))
        });
        let pages: Vec<Arc<Page>> = pages.collect();
        self.pages.extend(pages);
    }

    /// Adds the root of the search index; the files that it names are known only when the index is made.
    fn search_index(&mut self, collection: &Collection) {
        if !self.config.search.enabled {
            return;
        }
        if let Ok(path) = SitePath::parse(SEARCH_ROOT) {
            let parts =
                SearchIndexParts { versions: searched::versions(collection), weights: self.config.search.weights };
            self.add(Kind::SearchIndex, path, "the search index", Parts::SearchIndexParts(parts));
        }
    }

    fn plain_pages(&mut self, collection: &Collection) {
        let ways = Stamped::new(ways(collection));
        let mut home = None;
        for page in &collection.pages {
            if page.key == Key::home() {
                home = Some(page);
                continue;
            }
            let parts = PlainParts {
                page: page.text.clone(),
                links: page.links.clone(),
                cards: collection.listings.get(&page.key).cloned().unwrap_or_default(),
                backlinks: backlinks(collection, &page.key),
            };
            self.add(Kind::Plain, page.key.path().clone(), &page.text.path, Parts::PlainParts(parts));
        }
        self.home(home, ways.clone(), collection);
        if self.config.search.enabled
            && let Ok(path) = SitePath::page(&["search"])
        {
            let parts = SearchParts { ways: ways.clone() };
            self.add(Kind::Search, path, "the search", Parts::SearchParts(parts));
        }
        if let Ok(path) = SitePath::parse("404.html") {
            self.add(
                Kind::NotFound,
                path,
                "the page for what is not found",
                Parts::NotFoundParts(NotFoundParts { ways }),
            );
        }
    }

    fn aliases(&mut self, collection: &Collection) {
        for Alias { path, place, target } in &collection.aliases {
            let parts = Parts::RedirectParts(RedirectParts { target: target.path().clone() });
            self.add_at(Kind::Redirect, path.clone(), place.clone(), parts);
        }
    }

    /// Adds the feeds of a list: the latest of its cards and of those that have the topic by rule, which are marked.
    /// `has_added` says whether any of them states when it was added.
    fn feed<'a>(
        &mut self,
        of: &Key,
        title: &Title,
        cards: impl DoubleEndedIterator<Item = &'a Stamped<Card>>,
        by_rule: Option<std::slice::Iter<'a, Stamped<Card>>>,
        has_added: bool,
        origin: &str,
    ) {
        if self.config.base_url.is_empty() {
            return;
        }
        let size = self.config.feed_size;
        let latest = |found: bool| move |card: &Stamped<Card>| (card.clone(), found);
        let is_news = |card: &&Stamped<Card>| card.news().is_some();
        // An old text may have been added today. Few collections state that; for all others the latest statements are
        // enough.
        let enough = if has_added { usize::MAX } else { size };
        let mut entries: Vec<(Stamped<Card>, bool)> =
            cards.rev().filter(is_news).take(enough).map(latest(false)).collect();
        let by_rule = by_rule.into_iter().flatten().rev().filter(is_news).take(enough);
        entries.extend(by_rule.map(latest(true)));
        // Both are in the order of all statements, and the stable sort keeps it within a day.
        let day = |card: &Card| card.news().map(|date| (date.earliest(), date.latest()));
        entries.sort_by_key(|(card, _)| std::cmp::Reverse(day(card)));
        entries.truncate(size);
        for format in FeedFormat::ALL.into_iter().filter(|format| self.config.outputs.has_feed(format.name())) {
            if let Ok(path) = of.path().join(format.file()) {
                let of = Ref { title: title.clone(), key: Some(of.clone()) };
                let parts = FeedParts { format, of, entries: entries.clone() };
                self.add(Kind::Feed, path, origin, Parts::FeedParts(parts));
            }
        }
    }
}

fn main_cards(collection: &Collection) -> impl DoubleEndedIterator<Item = &Stamped<Card>> {
    collection.entries.iter().filter(|entry| entry.known.is_listed()).map(|entry| &entry.known.card)
}

fn backlinks(collection: &Collection, key: &Key) -> Stamped<Vec<crate::collect::links::Backlink>> {
    collection.backlinks.get(key).cloned().unwrap_or_else(|| Stamped::new(Vec::new()))
}

fn counted(key: &Key, list: &List) -> (Ref, Option<usize>) {
    (Ref { title: list.head.title.clone(), key: Some(key.clone()) }, Some(list.cards.len()))
}

fn is_of(list: ListKind, kind: RecordKind) -> bool {
    matches!(
        (list, kind),
        (ListKind::Topic, RecordKind::Topic)
            | (ListKind::Delegation, RecordKind::Delegation)
            | (ListKind::Forum, RecordKind::Forum)
            | (ListKind::Group, RecordKind::Group)
            | (ListKind::Document, RecordKind::Document)
            | (ListKind::Speaker, RecordKind::Speaker)
    )
}

/// Returns the existing indexes, with the number of entries in each.
fn ways(collection: &Collection) -> Counted {
    let count = |wanted: &dyn Fn(ListKind) -> bool| collection.lists.values().filter(|list| wanted(list.kind)).count();
    let mut ways: Counted = Vec::new();
    let mut way = |room: &'static str, count: usize| {
        if count > 0 {
            let key = Key::index(room).ok();
            ways.push((Ref { title: super::views::room_title(room), key }, Some(count)));
        }
    };
    way("statements", main_cards(collection).count());
    for kind in RecordKind::ALL {
        way(kind.folder(), count(&|list| is_of(list, kind)));
    }
    way("passages", collection.passages.passages.len());
    way("years", count(&|list| list == ListKind::Year));
    way(LANGUAGES, count(&|list| list == ListKind::Language));
    ways
}

/// Returns the path on the site of a file from `static/` or from a theme's `assets/`; reports a name without a valid
/// one.
pub fn static_path(source: &Source, below: &str, out: &mut Vec<Diagnostic>) -> Option<SitePath> {
    let path = source.path.strip_prefix(below).unwrap_or(&source.path);
    SitePath::parse(path).map_err(|wrong| out.push(invalid_url(&source.path, &wrong))).ok()
}
