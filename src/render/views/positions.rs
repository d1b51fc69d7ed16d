//! Two positions on a topic -> the view that sets them side by side, year by year.

use std::collections::BTreeMap;

use super::Views;
use super::position::below_year;
use super::titles::Patterns;
use crate::collect::positions::Said;
use crate::collect::two_positions::Side;
use crate::read::date::Date;
use crate::render::page::Page;
use crate::render::parts::TwoPositionsParts;
use crate::render::view::{CitingView, PageView, PositionsView, PositionsYearView, RefView};

impl Views<'_> {
    pub(super) fn positions(&self, page: &Page, parts: &TwoPositionsParts) -> PositionsView {
        let (first, second) = (&*parts.first, &*parts.second);
        let simulated = [first, second].iter().all(|side| side.said.iter().all(|said| said.card.simulated));
        let [topic, one, other] =
            [&parts.topic, &first.delegation, &second.delegation].map(|link| self.title(&link.title));
        let args = [("topic", topic.into()), ("first", one.into()), ("second", other.into())];
        let title = self.words.say("positions.title", &args);
        // Each statement is named by its date or, where the year above it says that, by its occasion, whatever its title
        // says.
        let by_date = Patterns::default();
        let mut years: BTreeMap<i16, [Vec<CitingView>; 2]> = BTreeMap::new();
        for (at, side) in [first, second].into_iter().enumerate() {
            for said in side.said.iter().rev() {
                let Some(date) = &said.card.date else { continue };
                years.entry(date.earliest().year()).or_default()[at].push(self.below_its_year(said, date, &by_date));
            }
        }
        let year = |(year, [first, second]): (i16, [Vec<CitingView>; 2])| PositionsYearView {
            year: format!("{year:04}"),
            first,
            second,
        };
        let side = |side: &Side| RefView { count: Some(side.said.len()), ..self.reference(&side.delegation) };
        PositionsView {
            page: PageView { noindex: simulated, simulated, ..self.page(page, &title) },
            title,
            trail: vec![self.reference(&parts.topic)],
            first: side(first),
            second: side(second),
            years: years.into_iter().rev().map(year).collect(),
        }
    }

    /// Returns what a statement says on the topic, below a heading with its year.
    fn below_its_year(&self, said: &Said, date: &Date, patterns: &Patterns) -> CitingView {
        let short = self.date_within_year(date);
        let view = self.extracts_of(said, patterns);
        match below_year(short.as_ref(), &self.titles(&said.card.occasion)) {
            "occasion" => {
                CitingView { named_by: "occasion", occasion: self.titles(&said.card.occasion), date: None, ..view }
            }
            _ => CitingView { date: short.or_else(|| Some(self.date(date))), named_by: "date", ..view },
        }
    }
}
