//! The parts of a topic's extracts and of its matrix -> their views.

use super::titles::{Patterns, patterns};
use super::{Views, paragraph_view};
use crate::collect::extracts;
use crate::collect::matrix::{Cell, CellLink};
use crate::collect::positions::{Said, pages};
use crate::key::Key;
use crate::render::charts;
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::{ExtractsParts, MatrixParts, Pager};
use crate::render::view::{
    CellView, CitingView, ExtractView, ExtractsView, MatrixView, PageView, RefView, RowView, SpokenView,
};
use crate::stamp::Stamped;

impl Views<'_> {
    pub(super) fn extracts(&self, page: &Page, parts: &ExtractsParts) -> ExtractsView {
        let (topic, forum, session) = &parts.subject;
        let pages = pages(parts.said.iter());
        let shown = pages.get(parts.number - 1).cloned().unwrap_or_default();
        let simulated = parts.said.iter().all(|said| said.card.simulated);
        let current = (parts.number > 1).then_some(parts.number);
        let args = [("topic", topic), ("forum", forum), ("session", session)];
        let args = args.map(|(name, link)| (name, self.title(&link.title).into()));
        let title = self.numbered(self.words.say("extracts.title", &args), current);
        let patterns = patterns(parts.said.iter().map(|said| &*said.card));
        let who = |said: &Said| (said.card.delegation.clone(), said.card.on_behalf_of.clone());
        let spoken = parts.said[shown].chunk_by(|a, b| who(a) == who(b));
        let list = extracts::page(topic, session).unwrap_or_else(|| Key::placed(page.path.clone()));
        let pager = Pager { list, numbered: pages.len(), current, feed: false, cited: false };
        ExtractsView {
            page: PageView { noindex: simulated, simulated, ..self.page(page, &title) },
            title,
            trail: [topic, forum, session].map(|link| self.reference(link)).into(),
            spoken: spoken.map(|of| self.spoken(of, &patterns)).collect(),
            pager: self.pages_in_order(&pager),
        }
    }

    fn spoken(&self, said: &[Stamped<Said>], patterns: &Patterns) -> SpokenView {
        let card = &said[0].card;
        SpokenView {
            delegation: card.delegation.as_ref().map(|delegation| self.reference(delegation)),
            on_behalf_of: card.on_behalf_of.iter().map(|link| self.reference(link)).collect(),
            statements: said.iter().map(|said| self.extracts_of(said, patterns)).collect(),
        }
    }

    pub(super) fn extracts_of(&self, said: &Said, patterns: &Patterns) -> CitingView {
        let card = &said.card;
        let extract = |(at, paragraph): (usize, &u32)| {
            let paragraph = said.numbers.paragraph(&said.statement.body, *paragraph);
            ExtractView {
                url: self.href_of(&card.key, Some(&paragraph)),
                paragraph: Some(paragraph_view(&paragraph)),
                text: said.excerpt(at),
            }
        };
        CitingView {
            title: card.title.to_string(),
            named_by: if card.date.is_some() && patterns.is_followed_by(card) { "date" } else { "title" },
            occasion: String::new(),
            paragraphs: said.paragraphs.iter().enumerate().map(extract).collect(),
            language: card.language.to_string(),
            direction: direction(&card.language),
            date: card.date.as_ref().map(|date| self.date(date)),
            simulated: card.simulated,
            by_rule: said.by_rule,
            url: self.href(&card.key),
        }
    }

    pub(super) fn matrix(&self, page: &Page, parts: &MatrixParts) -> MatrixView {
        let table = &parts.table;
        let (first, last) = (table.years.first(), table.years.last());
        let years = match (first, last) {
            (Some(first), Some(last)) if first != last => {
                let args = [first, last].map(|year| format!("{year:04}"));
                let [first, last] = args;
                self.words.say("date.from-until", &[("from", first.into()), ("until", last.into())])
            }
            (first, _) => first.map(|year| format!("{year:04}")).unwrap_or_default(),
        };
        let topic = self.title(&parts.topic.title);
        let title = self.words.say("matrix.title", &[("topic", topic.into()), ("years", years.into())]);
        let place = |CellLink { count, page, is_position, anchor }: &CellLink| {
            let fragment = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            RefView {
                title: self.words.number(*count as u64),
                url: Some(match is_position {
                    true => format!("{}{fragment}", self.href(&self.here(page))),
                    false => format!("{}{fragment}", self.href(page)),
                }),
                count: None,
            }
        };
        let places = |places: &[CellLink]| -> Vec<RefView> { places.iter().map(place).collect() };
        let empty = |kind| CellView { kind, held: 0, count: 0, level: 0, links: Vec::new(), by_rule: Vec::new() };
        let sum = |links: &[CellLink]| links.iter().map(|link| link.count).sum::<usize>();
        let count = |cell: &Cell| match cell {
            Cell::Spoke { given, by_rule } => sum(given) + sum(by_rule),
            _ => 0,
        };
        let cell = |cell: &Cell| match cell {
            Cell::Nothing => empty("nothing"),
            Cell::Unsure => empty("unsure"),
            Cell::Untagged(held) => CellView { held: *held, ..empty("untagged") },
            Cell::Without(held) => CellView { held: *held, ..empty("without") },
            Cell::Spoke { given, by_rule } => {
                let level = charts::step(count(cell));
                let (links, by_rule) = (places(given), places(by_rule));
                CellView { count: count(cell), level, links, by_rule, ..empty("spoke") }
            }
        };
        let rows = table.rows.iter().map(|(delegation, cells)| RowView {
            delegation: self.reference(delegation),
            cells: cells.iter().map(cell).collect(),
            count: cells.iter().map(count).sum(),
        });
        let mut rows: Vec<RowView> = rows.collect();
        rows.sort_by_cached_key(|row| self.words.order.key(&row.delegation.title));
        let totals = (0..table.years.len()).map(|at| table.rows.iter().map(|(_, cells)| count(&cells[at])).sum());
        MatrixView {
            page: PageView { noindex: table.simulated, simulated: table.simulated, ..self.page(page, &title) },
            title,
            trail: vec![self.reference(&parts.topic)],
            years: table.years.iter().map(|year| format!("{year:04}")).collect(),
            rows,
            totals: totals.collect(),
            texts: table.texts,
            untagged_texts: table.untagged_texts,
            without: table.without.iter().map(|link| self.reference(link)).collect(),
            untagged: table.untagged.iter().map(|link| self.reference(link)).collect(),
            decades: table.decades.iter().map(|link| self.reference(link)).collect(),
        }
    }
}
