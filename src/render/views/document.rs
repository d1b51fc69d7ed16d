//! A document's parts -> its view: what is known about it, where its text is, and who cites it, by delegation and year.

use super::titles::{Patterns, title_pattern};
use super::{Views, extra, paragraph_view};
use crate::collect::citations::{Citation, Citing};
use crate::collect::names::Ref;
use crate::config::{UNDOCS, base_language};
use crate::read::date::Date;
use crate::read::documents::is_symbol;
use crate::read::is_id;
use crate::read::record::Detail;
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::{DocumentParts, Pager};
use crate::render::view::{
    CitedByView, CitingView, CitingYearView, DocumentRefView, DocumentSummaryView, DocumentView, ExtractView,
    LabelView, PagerItemView, PagerView,
};
use crate::stamp::Stamped;

/// The languages in which the United Nations publish.
const LANGUAGES: &[&str] = &["ar", "en", "es", "fr", "ru", "zh"];

impl Views<'_> {
    pub(super) fn document(&self, page: &Page, parts: &DocumentParts) -> DocumentView {
        let head = &parts.head;
        let title = self.numbered(self.title(&head.title), parts.pager.current);
        DocumentView {
            page: self.head(page, &title, head, parts.record.as_ref(), &parts.pager),
            title,
            summary: summary(parts),
            facts: self.head_facts(head).into_iter().chain(self.text_of_document(parts)).collect(),
            introduction: self.introduction(parts.record.as_ref(), &parts.links),
            extra: extra(parts.record.as_ref().map(|record| &record.extra)),
            cited_by: self.cited_by(&parts.citations),
            pager: self.pages_in_order(&parts.pager),
            backlinks: parts.backlinks.iter().map(|link| self.backlink(link)).collect(),
        }
    }

    /// Returns a document that a statement in `language` refers to, with where its text is.
    pub(super) fn document_ref(&self, link: &Ref, language: &str) -> DocumentRefView {
        let text = self.document_text(&link.title, language);
        let site = text.as_deref().and_then(|url| url.split('/').nth(2)).unwrap_or_default().to_owned();
        DocumentRefView {
            title: link.title.to_string(),
            url: link.key.as_ref().map(|path| self.href(path)),
            text,
            site,
        }
    }

    /// Returns the address of a document by `document_url` in site.toml; the default is for UN symbols only.
    fn document_text(&self, symbol: &str, language: &str) -> Option<String> {
        let template = &self.theme.config.document_url;
        if template.is_empty() || template == UNDOCS && !is_symbol(symbol) {
            return None;
        }
        let base = base_language(language);
        let language = LANGUAGES.iter().find(|known| **known == base).unwrap_or(&"en");
        let symbol = symbol.replace(" (", "(").replace(' ', "%20");
        Some(template.replace("{language}", language).replace("{symbol}", &symbol))
    }

    /// Returns the address of the text, unless the record gives one itself.
    fn text_of_document(&self, parts: &DocumentParts) -> Option<LabelView> {
        let symbol = match parts.record.as_ref().map(|record| &record.detail) {
            None => &*parts.head.title,
            Some(Detail::Document { symbol, url: None, .. }) if !is_id(symbol) => symbol,
            Some(_) => return None,
        };
        let url = self.document_text(symbol, &self.theme.config.language).filter(|_| parts.pager.current.is_none())?;
        Some(super::label_view(&self.words.say("facts.text", &[]), &url))
    }

    /// Groups citations, which are sorted, by delegation and year.
    fn cited_by(&self, citations: &[Stamped<Citation>]) -> Vec<CitedByView> {
        let patterns = Patterns::of(citations.iter().map(|citation| pattern(citation)));
        let delegations = citations.chunk_by(|a, b| a.delegation == b.delegation);
        let of_delegation = |of: &[Stamped<Citation>]| CitedByView {
            delegation: of[0].delegation.as_ref().map(|delegation| self.reference(delegation)),
            years: of.chunk_by(|a, b| year(a) == year(b)).map(|of| self.citing_year(of, &patterns)).collect(),
        };
        delegations.map(of_delegation).collect()
    }

    fn citing_year(&self, citations: &[Stamped<Citation>], patterns: &Patterns) -> CitingYearView {
        let statements = citations.iter().map(|of| self.citing(of, patterns)).collect();
        CitingYearView { year: year(&citations[0]), statements }
    }

    fn citing(&self, citation: &Citation, patterns: &Patterns) -> CitingView {
        let extract = |citing: &Citing| ExtractView {
            paragraph: citing.paragraph.as_ref().map(paragraph_view),
            url: self.href_of(&citation.key, citing.paragraph.as_ref()),
            text: citing.extract.to_string(),
        };
        let is_named_by_date = citation.date.is_some() && patterns.has(&pattern(citation));
        CitingView {
            title: citation.title.to_string(),
            named_by: if is_named_by_date { "date" } else { "title" },
            occasion: String::new(),
            paragraphs: citation.paragraphs.iter().map(extract).collect(),
            language: citation.language.to_string(),
            direction: direction(&citation.language),
            date: citation.date.as_ref().map(|date| self.date(date)),
            simulated: citation.simulated,
            by_rule: false,
            url: self.href(&citation.key),
        }
    }

    /// Returns the links between the pages of a long list, starting with the list's own.
    pub(super) fn pages_in_order(&self, pager: &Pager) -> PagerView {
        let list = self.href_here(&pager.list);
        let page = |number: usize| if number == 1 { list.clone() } else { format!("{list}p/{number}/") };
        let (last, current) = (pager.numbered, pager.current.unwrap_or(1));
        let item = |number: usize| PagerItemView {
            title: self.words.number(number as u64),
            url: page(number),
            current: number == current,
        };
        PagerView {
            newer: (current > 1).then(|| page(current - 1)),
            older: (current < last).then(|| page(current + 1)),
            pages: if last > 1 { (1..=last).map(item).collect() } else { Vec::new() },
        }
    }
}

/// Returns how often a document is cited, on all of its pages.
fn summary(parts: &DocumentParts) -> Option<DocumentSummaryView> {
    let (paragraphs, statements, span) = parts.cited;
    let year = |year: Option<i16>| year.map(|year| format!("{year:04}")).unwrap_or_default();
    (statements > 0).then(|| DocumentSummaryView {
        paragraphs,
        statements,
        from: year(span.map(|(first, _)| first)),
        until: year(span.map(|(_, last)| last)),
    })
}

fn pattern(citation: &Citation) -> String {
    title_pattern(&citation.title, citation.date.as_ref(), citation.delegation.as_ref(), std::iter::empty())
}

/// Returns the year under which a statement is listed: the earliest that its date can mean.
fn year(citation: &Citation) -> String {
    citation.date.as_ref().map(|date: &Date| format!("{:04}", date.earliest().year())).unwrap_or_default()
}
