//! Numbered texts and everything that links can lead to -> the texts with their links resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::links::{self, AnchoredText, Destinations, Resolved};
use super::lists::List;
use super::works::KeptBack;
use super::{Linked, LinkedText, Numbered, ties};
use crate::diagnostic::Diagnostic;
use crate::key::{Key, KeyMap};
use crate::read::PlainPage;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// Every text of the site with its links.
pub(super) struct LinkedTexts {
    /// The language versions of statements.
    pub statements: Vec<Linked>,
    /// The plain pages.
    pub pages: Vec<LinkedText<PlainPage>>,
    /// The links of records' introductions, by the list's page.
    pub records: BTreeMap<Key, Stamped<Vec<Resolved>>>,
    /// The statements that are kept back, with their links, which are checked all the same.
    pub kept_back: Vec<(Stamped<Statement>, Vec<Resolved>)>,
    /// The page or file of each statement's original, by the statement's page.
    pub originals: KeyMap<Key>,
}

/// Resolves every link. A link that leads nowhere is reported in the text that has it.
pub(super) fn link(
    numbered: Vec<Numbered>,
    pages: &[(Stamped<PlainPage>, Key)],
    lists: &BTreeMap<Key, List>,
    kept_back: &KeptBack<'_>,
    destinations: &Destinations<'_>,
    site_language: &str,
    out: &mut Vec<Diagnostic>,
) -> LinkedTexts {
    let mut resolve = |source: &Arc<str>, language: &str, text: AnchoredText<'_>| {
        links::resolve(source, language, text, destinations, out)
    };
    // Most texts have no links, and share one empty list.
    let none = Stamped::new(Vec::new());
    let statements = numbered.into_iter().map(|Numbered { known, numbers }| {
        let Statement { path, language, body, .. } = &*known.statement;
        let links = match body.links.is_empty() {
            true => none.clone(),
            false => Stamped::new(resolve(path, language, AnchoredText { body, numbers: &numbers })),
        };
        Linked { known, numbers, links }
    });
    let statements: Vec<Linked> = statements.collect();
    let pages = pages.iter().map(|(page, key)| {
        let links = Stamped::new(resolve(&page.path, &page.language, ties::counted(&page.body)));
        LinkedText { text: page.clone(), key: key.clone(), links }
    });
    let pages = pages.collect();
    let records = lists.iter().filter_map(|(key, list)| {
        let record = list.record.as_ref()?;
        let links = Stamped::new(resolve(&record.path, site_language, ties::counted(&record.body)));
        Some((key.clone(), links))
    });
    let records = records.collect();
    let kept_back = kept_back.statements.iter().map(|&statement| {
        let Statement { path, language, body, .. } = &**statement;
        (statement.clone(), resolve(path, language, ties::counted(body)))
    });
    let kept_back = kept_back.collect();
    let originals = ties::originals(&statements, destinations);
    LinkedTexts { statements, pages, records, kept_back, originals }
}
