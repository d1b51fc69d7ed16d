//! A date -> its form in a style that is written in English.
//!
//! An interval in front matter says between which days an unknown day lies, not that the statement took that long; so
//! no style gets a range of days.

use crate::language::months;
use crate::read::date::{Date, Point};

/// The months as MLA abbreviates them.
const SHORT: [&str; 12] =
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

fn name(names: [&'static str; 12], month: i8) -> &'static str {
    names.get(usize::try_from(month - 1).unwrap_or_default()).copied().unwrap_or_default()
}

fn is_doubtful(point: Point) -> bool {
    point.uncertain || point.approximate
}

/// Month, day and year: `October 17, 2017`.
fn american(Point { year, month, day, .. }: Point) -> String {
    match (month, day) {
        (Some(month), Some(day)) => format!("{} {day}, {year}", name(months::ENGLISH, month)),
        (Some(month), None) => format!("{} {year}", name(months::ENGLISH, month)),
        (None, _) => year.to_string(),
    }
}

/// Day, month and year: `17 Oct. 2017`.
fn day_first(Point { year, month, day, .. }: Point, names: [&'static str; 12]) -> String {
    match (month, day) {
        (Some(month), Some(day)) => format!("{day} {} {year}", name(names, month)),
        (Some(month), None) => format!("{} {year}", name(names, month)),
        (None, _) => year.to_string(),
    }
}

/// Chicago: `October 17, 2017`; an uncertain date is in brackets.
pub(super) fn chicago(date: &Date) -> String {
    match (date.from(), date.until()) {
        (from, Some(until)) => format!("[between {} and {}]", american(from), american(until)),
        (from, None) if is_doubtful(from) => format!("[{}?]", american(from)),
        (from, None) => american(from),
    }
}

/// APA, within its parentheses: `2017, October 17`, `ca. 2018`.
pub(super) fn apa(date: &Date) -> String {
    let year_first = |Point { year, month, day, .. }: Point| match (month, day) {
        (Some(month), Some(day)) => format!("{year}, {} {day}", name(months::ENGLISH, month)),
        (Some(month), None) => format!("{year}, {}", name(months::ENGLISH, month)),
        (None, _) => year.to_string(),
    };
    match (date.from(), date.until()) {
        (from, Some(until)) => format!("between {} and {}", american(from), american(until)),
        (from, None) if is_doubtful(from) => format!("ca. {}", year_first(from)),
        (from, None) => year_first(from),
    }
}

/// APA, in the text: the year, or both years of an interval.
pub(super) fn apa_year(date: &Date) -> String {
    match (date.from(), date.until()) {
        (from, Some(until)) if from.year != until.year => format!("{}–{}", from.year, until.year),
        (from, _) if is_doubtful(from) => format!("ca. {}", from.year),
        (from, _) => from.year.to_string(),
    }
}

/// MLA: `17 Oct. 2017`.
pub(super) fn mla(date: &Date) -> String {
    match (date.from(), date.until()) {
        (from, Some(until)) => format!("between {} and {}", day_first(from, SHORT), day_first(until, SHORT)),
        (from, None) if is_doubtful(from) => format!("circa {}", day_first(from, SHORT)),
        (from, None) => day_first(from, SHORT),
    }
}
