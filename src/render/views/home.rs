//! The parts of the home page -> its view.

use super::titles::patterns;
use super::{Views, extra, safe};
use crate::collect::card::Card;
use crate::collect::names::Ref;
use crate::key::Key;
use crate::render::charts::{self, Year};
use crate::render::page::Page;
use crate::render::parts::{Cited, Heat, HomeParts};
use crate::render::view::{
    BarsView, CardView, CitedView, HeatCellView, HeatRowView, HeatView, HomeView, PageView, PassageRowView, RefView,
};
use crate::stamp::Stamped;

/// The share of a topic in fewer statements than this says little; such decades are tinted lightly and set no scale.
const FEW: usize = 5;

impl Views<'_> {
    pub(super) fn home(&self, page: &Page, parts: &HomeParts) -> HomeView {
        let title = parts.page.as_ref().map_or(&*self.theme.config.title, |home| &home.title);
        let description = parts.page.as_ref().and_then(|home| home.description.as_deref());
        let body = parts.page.as_ref().map(|home| self.text(&home.body, &parts.links, false));
        HomeView {
            page: PageView {
                description: description.unwrap_or_default().to_owned(),
                edit_url: parts.page.as_ref().and_then(|home| self.edit_url(&home.path)),
                ..self.page(page, title)
            },
            title: title.to_owned(),
            extra: extra(parts.page.as_ref().map(|home| &home.extra)),
            introduction: safe(&body.map(|body| body.0 + &body.1).unwrap_or_default()),
            summary: self.summary(&parts.tally),
            per_year: self.years(parts),
            heat: self.heat(&parts.heat),
            cited: parts.cited.iter().map(|cited| self.cited(cited)).collect(),
            passages: self.repeated_most(parts),
            latest: self.latest(&parts.latest),
            ways: self.refs(&parts.ways),
            topics: self.in_order(&parts.topics),
        }
    }

    /// Returns the latest statements, each by the name of its delegation where the titles say no more.
    fn latest(&self, cards: &[Stamped<Card>]) -> Vec<CardView> {
        let patterns = patterns(cards.iter().map(|card| &**card));
        let is_named = |card: &Card| card.delegation.is_some() && patterns.is_followed_by(card);
        let named = |card: &Stamped<Card>| CardView {
            named_by: if is_named(card) { "delegation" } else { "title" },
            ..self.card(card)
        };
        cards.iter().map(named).collect()
    }

    /// Returns the passages repeated most; of those that begin with the same words, which read like one, the first.
    fn repeated_most(&self, parts: &HomeParts) -> Vec<PassageRowView> {
        let mut rows: Vec<PassageRowView> = Vec::new();
        for row in parts.passages.iter().map(|row| self.passage_row(row)) {
            if rows.iter().all(|known| known.text != row.text) {
                rows.push(row);
            }
        }
        rows
    }

    fn years(&self, parts: &HomeParts) -> Option<BarsView> {
        let year = |(year, count): &(i16, usize)| Year {
            year: *year,
            counts: vec![("all", *count)],
            url: Key::year(*year).ok().map(|key| self.href(&key)),
        };
        charts::bars(parts.tally.years.iter().map(year).collect())
    }

    /// Returns the topics by decade; `None` if there are fewer than two of each, which would compare nothing.
    fn heat(&self, heat: &Heat) -> Option<HeatView> {
        if heat.decades.len() < 2 || heat.rows.len() < 2 {
            return None;
        }
        let shares = heat.rows.iter().flat_map(|(_, counts, _)| counts.iter().copied().zip(heat.decades.iter()));
        let shares = shares.map(|(count, (_, all))| (count, *all)).filter(|(_, all)| *all >= FEW);
        // The larger of two fractions, compared without dividing.
        let largest = shares.max_by(|(a, of_a), (b, of_b)| (a * of_b).cmp(&(b * of_a))).unwrap_or((1, 1));
        let row = |(topic, counts, all): &(Ref, Vec<usize>, usize)| HeatRowView {
            topic: RefView { count: Some(*all), ..self.reference(topic) },
            cells: counts
                .iter()
                .zip(&heat.decades)
                .map(|(count, (_, all))| {
                    let level = if *all < FEW { usize::from(*count > 0) } else { charts::level(*count, *all, largest) };
                    HeatCellView { count: *count, level }
                })
                .collect(),
        };
        Some(HeatView {
            decades: heat.decades.iter().map(|(decade, _)| format!("{decade:04}")).collect(),
            rows: heat.rows.iter().map(row).collect(),
            topics: heat.topics,
            by_rule: heat.by_rule,
        })
    }

    fn cited(&self, cited: &Cited) -> CitedView {
        let year = |year: Option<i16>| year.map(|year| format!("{year:04}")).unwrap_or_default();
        CitedView {
            document: RefView { count: Some(cited.statements), ..self.reference(&cited.document) },
            paragraphs: cited.paragraphs,
            from: year(cited.years.map(|(first, _)| first)),
            until: year(cited.years.map(|(_, last)| last)),
        }
    }
}
