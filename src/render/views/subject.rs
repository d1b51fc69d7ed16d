//! A record and the head of its list -> what every page about its subject shows: description, facts, introduction, fields.

use super::{Views, label_view, safe};
use crate::collect::links::Resolved;
use crate::collect::lists::{Fact, Head};
use crate::read::extra::Extra;
use crate::read::record::{Detail, Record};
use crate::render::formats::FeedFormat;
use crate::render::page::Page;
use crate::render::parts::Pager;
use crate::render::view::{LabelView, PageView};
use crate::stamp::Stamped;

/// The longest description of a page that is taken from a text, in characters: search engines cut longer ones.
pub(super) const DESCRIBED: usize = 200;

impl Views<'_> {
    pub(super) fn head(
        &self,
        page: &Page,
        title: &str,
        head: &Head,
        record: Option<&Stamped<Record>>,
        pager: &Pager,
    ) -> PageView {
        PageView {
            noindex: head.simulated,
            simulated: head.simulated,
            feed: self.feed(pager, FeedFormat::Atom),
            json_feed: self.feed(pager, FeedFormat::Json),
            edit_url: record.and_then(|record| self.edit_url(&record.path)),
            description: record.map(|record| description(record)).unwrap_or_default(),
            ..self.page(page, title)
        }
    }

    /// Returns the link to the feed of a list.
    fn feed(&self, pager: &Pager, format: FeedFormat) -> Option<String> {
        let has_it = pager.feed && self.theme.config.outputs.has_feed(format.name());
        has_it.then(|| format!("{}{}", self.href(&pager.list), format.file()))
    }

    pub(super) fn head_facts(&self, head: &Head) -> Vec<LabelView> {
        let fact = |fact: &Fact| LabelView {
            language: fact.language.as_deref().map(|tag| self.language(tag)),
            ..label_view(&self.title(&fact.label), &self.title(&fact.text))
        };
        head.facts.iter().map(fact).collect()
    }

    pub(super) fn introduction(&self, record: Option<&Stamped<Record>>, links: &[Resolved]) -> tera::Value {
        let text = record.map(|record| self.text(&record.body, links, false));
        safe(&text.map(|(html, footnotes)| html + &footnotes).unwrap_or_default())
    }
}

/// Returns what a record says of its subject: a topic's definition, or the beginning of its introduction.
fn description(record: &Record) -> String {
    if let Detail::Topic { definition: Some(definition), .. } = &record.detail {
        return definition.to_string();
    }
    let first = record.body.paragraphs.first();
    first.map(|first| record.body.said(&first.text).trim().chars().take(DESCRIBED).collect()).unwrap_or_default()
}

/// Returns fields of the site's own as templates get them.
pub(super) fn extra(extra: Option<&Extra>) -> tera::Value {
    tera::Value::from_serializable(&extra.cloned().unwrap_or_default().value())
}
