//! The parts of an index -> its view: names in the order of the page's language, by letter if there are many.

use super::{Views, room_title};
use crate::collect::names::Counted;
use crate::render::page::Page;
use crate::render::parts::{Filed, Index, IndexParts};
use crate::render::view::{BranchView, IndexView, RefView};

/// An index of at most this many names needs no letters: it is seen as a whole.
const WITHOUT_LETTERS: usize = 40;

/// Under fewer names each, letters take more room than they save.
const UNDER_A_LETTER: usize = 3;

/// The room whose groups are in an order of their own: years from the latest.
const YEARS: &str = "years";

impl Views<'_> {
    pub(super) fn index(&self, page: &Page, parts: &IndexParts) -> IndexView {
        let Index { room, groups, names } = &*parts.index;
        let title = self.title(&room_title(room));
        let groups = groups.iter().map(|(label, links)| match &**room {
            YEARS => self.branch(label, links),
            _ => BranchView { label: self.title(label), items: self.in_order(links) },
        });
        let groups = groups.chain(self.by_letter(names)).collect();
        IndexView { page: self.page(page, &title), title, groups, of_years: **room == *YEARS }
    }

    /// Returns links in the order of their titles.
    pub(super) fn in_order(&self, links: &Counted) -> Vec<RefView> {
        let mut links: Vec<RefView> = self.refs(links);
        links.sort_by_cached_key(|link| (self.words.order.key(&link.title), link.url.clone()));
        links
    }

    fn by_letter(&self, names: &[Filed]) -> Vec<BranchView> {
        let order = &self.words.order;
        let filed = |Filed { link, count, name }: &Filed| {
            let link = RefView { count: *count, ..self.reference(link) };
            (name.as_deref().unwrap_or(&link.title).to_owned(), link)
        };
        let mut links: Vec<(String, RefView)> = names.iter().map(filed).collect();
        links.sort_by_cached_key(|(filed, link)| (order.key(filed), link.url.clone()));
        let mut groups: Vec<BranchView> = Vec::new();
        let all = links.len();
        for (filed, link) in links {
            let initial = initial(&filed);
            match groups.last_mut() {
                Some(last) if order.is_one_letter(&last.label, &initial) => last.items.push(link),
                _ => groups.push(BranchView { label: initial, items: vec![link] }),
            }
        }
        if all <= WITHOUT_LETTERS || all < UNDER_A_LETTER * groups.len() {
            let items: Vec<RefView> = groups.into_iter().flat_map(|group| group.items).collect();
            return if items.is_empty() { Vec::new() } else { vec![BranchView { label: String::new(), items }] };
        }
        groups
    }
}

/// Returns the letter under which an index lists a name.
fn initial(name: &str) -> String {
    let first = name.chars().find(|c| c.is_alphanumeric());
    first.map_or_else(|| "–".into(), |c| c.to_uppercase().to_string())
}
