//! Documents and their citations -> their pages, and the series under which their index lists them.

use std::collections::BTreeMap;

use super::{Layout, backlinks};
use crate::collect::Collection;
use crate::collect::citations::Citation;
use crate::collect::lists::{List, natural};
use crate::collect::names::Counted;
use crate::collect::title::Title;
use crate::key::Key;
use crate::read::documents::is_symbol;
use crate::render::page::Kind;
use crate::render::parts::{DocumentParts, Pager, Parts};
use crate::stamp::Stamped;

impl Layout<'_> {
    /// Adds a document's pages, and its feed if the collection has a record of it.
    pub(super) fn document(&mut self, key: &Key, list: &List, collection: &Collection) {
        let citations = collection.citations.get(key).map(Vec::as_slice).unwrap_or_default();
        let none = Stamped::new(Vec::new());
        let links = collection.record_links.get(key).unwrap_or(&none);
        let feed = list.record.is_some() && !self.config.base_url.is_empty();
        let chunks: Vec<&[Stamped<Citation>]> = citations.chunks(self.config.page_size).collect();
        let cited = cited(citations);
        for number in 1..=chunks.len().max(1) {
            let is_first = number == 1;
            let parts = DocumentParts {
                head: list.head.clone(),
                record: list.record.clone().filter(|_| is_first),
                links: if is_first { links.clone() } else { Stamped::new(Vec::new()) },
                citations: chunks.get(number - 1).map(|chunk| chunk.to_vec()).unwrap_or_default(),
                cited,
                backlinks: if is_first { backlinks(collection, key) } else { Stamped::new(Vec::new()) },
                pager: Pager {
                    list: key.clone(),
                    numbered: chunks.len(),
                    current: (!is_first).then_some(number),
                    feed,
                    cited: false,
                },
            };
            let page = if is_first { Ok(key.path().clone()) } else { key.path().join(&format!("p/{number}/")) };
            if let Ok(page) = page {
                self.add(Kind::Document, page, &list.origin, Parts::DocumentParts(parts));
            }
        }
        if feed {
            self.feed(key, &list.head.title, list.cards.iter(), None, list.has_added, &list.origin);
        }
    }
}

/// Returns how many paragraphs and statements cite a document, and the first and the last of their years.
fn cited(citations: &[Stamped<Citation>]) -> (usize, usize, Option<(i16, i16)>) {
    let paragraphs = citations.iter().map(|citation| citation.paragraphs.len()).sum();
    let years = || citations.iter().filter_map(|citation| citation.date.as_ref()).map(|date| date.earliest().year());
    (paragraphs, citations.len(), years().min().zip(years().max()))
}

/// Groups documents for their index: those with a title first, then symbols by series. Each has its number of
/// citations.
pub(super) fn groups(documents: Counted, collection: &Collection) -> Vec<(Title, Counted)> {
    let mut groups: BTreeMap<Option<Box<str>>, Counted> = BTreeMap::new();
    for (link, _) in documents {
        let citations = link.key.as_ref().and_then(|key| collection.citations.get(key));
        let count = citations.map_or(0, Vec::len);
        groups.entry(series(&link.title)).or_default().push((link, Some(count)));
    }
    let sorted = |(series, mut links): (Option<Box<str>>, Counted)| {
        links.sort_by_cached_key(|(link, _)| natural(&link.title));
        (series.map_or_else(|| Title::entry("index.by-title"), Title::from), links)
    };
    groups.into_iter().map(sorted).collect()
}

/// Returns the series under which the index lists a symbol: `A/RES` for `A/RES/72/27`, `A` for `A/72/1`.
fn series(symbol: &str) -> Option<Box<str>> {
    if !is_symbol(symbol) {
        return None;
    }
    let end = symbol.match_indices('/').nth(1).map_or(symbol.len(), |(at, _)| at);
    let (root, second) = symbol[..end].split_once('/')?;
    let is_series = second.chars().all(|c| c.is_ascii_alphabetic());
    Some(if is_series { symbol[..end].into() } else { root.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_what_symbols_of_one_kind_begin_with() {
        for (symbol, expect) in [
            ("A/RES/72/27", Some("A/RES")),
            ("A/72/PV.3", Some("A")),
            ("S/RES/1540 (2004)", Some("S/RES")),
            ("CD/1839", Some("CD")),
            ("NPT/CONF.2020/WP.1", Some("NPT")),
            ("PPWT", None),
        ] {
            assert_eq!(series(symbol).as_deref(), expect, "{symbol}");
        }
    }
}
