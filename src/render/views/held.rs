//! A wording that the collection held -> the view of its page.

use super::{Views, all_statements, safe};
use crate::collect::links::Resolved;
use crate::history::Held;
use crate::key::Key;
use crate::read::date::Date;
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::{HeldParts, HeldRef};
use crate::render::view::{CardView, ComparedTextView, HeldListView, HeldView, PageView};

impl Views<'_> {
    pub(super) fn held(&self, page: &Page, parts: &HeldParts) -> HeldView {
        let (held, card) = (&parts.held, &parts.card);
        let statement = &held.statement;
        let day = |day: jiff::civil::Date| {
            Date::parse(&day.to_string()).map_or_else(String::new, |day| self.words.date(&day))
        };
        let from = day(held.day);
        let summary = match held.until {
            Some(until) => {
                self.words.say("wording.until", &[("from", from.as_str().into()), ("until", day(until).into())])
            }
            None => self.words.say("wording.since", &[("from", from.as_str().into())]),
        };
        let title =
            self.words.say("wording.title", &[("statement", (&*card.title).into()), ("date", from.as_str().into())]);
        // What its links led to then is not known; they would lead to what is there now.
        let links = vec![Resolved::Nothing; statement.body.links.len()];
        let (body, footnotes) = self.text(&statement.body, &links, true);
        let text = |key: &Key, held: &Held| ComparedTextView {
            label: day(held.day),
            statement: CardView {
                url: self.href(key),
                title: held.statement.front.title.to_string(),
                ..self.card(card)
            },
        };
        let (rows, changes) = parts.before.as_ref().map_or_else(Default::default, |(key, before)| {
            self.between((&before.statement, self.href(key)), (statement, self.href(&parts.key)))
        });
        HeldView {
            page: PageView {
                // Readers who search are to find what is held now.
                noindex: true,
                simulated: card.simulated,
                language: statement.language.to_string(),
                direction: direction(&statement.language),
                ..self.page(page, &title)
            },
            title,
            trail: vec![self.reference(&all_statements())],
            statement: self.card(card),
            summary,
            text_title: statement.front.title.to_string(),
            body: safe(&body),
            footnotes: safe(&footnotes),
            sha256: held.sha256.to_string(),
            commit: held.commit.to_string(),
            note: held.note.to_string(),
            changes,
            before: parts.before.as_ref().map(|(key, before)| text(key, before)),
            after: text(&parts.key, held),
            rows,
            next: parts.after.as_ref().map(|key| self.href(key)),
        }
    }

    /// Returns the wordings that the page of a statement lists.
    pub(super) fn held_list(&self, held: &[HeldRef]) -> Vec<HeldListView> {
        let of = |held: &HeldRef| {
            let date = Date::parse(&held.day.to_string())?;
            Some(HeldListView { url: self.href(&held.key), date: self.date(&date), note: held.note.to_string() })
        };
        held.iter().filter_map(of).collect()
    }
}
