//! Counts -> drawings: the positions of a chart's bars, and the shades of a heat map's cells. Pure arithmetic in whole
//! numbers, so that the same counts give the same bytes on every machine.

use super::view::{BarPartView, BarView, BarsView};

/// The height of a chart, in the units of its drawing.
const HEIGHT: usize = 100;

/// The width of a year and the gap to the next, in the same units.
const YEAR: usize = 10;
const GAP: usize = 1;

/// A span of more years is not drawn: its bars would be thinner than a line. A single mistyped date can make one.
const MOST_YEARS: usize = 150;

/// The maximum number of labels below the axis.
const TICKS: usize = 5;

/// The counts of one year, from the bottom of its bar.
pub struct Year {
    /// The year.
    pub year: i16,
    /// What is counted, and how often.
    pub counts: Vec<(&'static str, usize)>,
    /// Where the bar leads.
    pub url: Option<String>,
}

/// Returns the bars of years in ascending order; `None` if there is nothing to compare, or the span is too long.
pub fn bars(years: Vec<Year>) -> Option<BarsView> {
    let (first, last) = (years.first()?.year, years.last()?.year);
    let span = usize::try_from(i32::from(last) - i32::from(first)).ok()? + 1;
    let count = |year: &Year| year.counts.iter().map(|(_, count)| count).sum::<usize>();
    let most = years.iter().map(count).max()?;
    if years.len() < 2 || span > MOST_YEARS || most == 0 {
        return None;
    }
    let bar = |year: Year| {
        let x = usize::try_from(i32::from(year.year) - i32::from(first)).unwrap_or_default() * YEAR;
        let (mut below, mut parts) = (0, Vec::new());
        for (kind, count) in &year.counts {
            // Heights are rounded where a part ends, not part by part, so that no rounding adds up.
            let (from, to) = (height(below, most), height(below + count, most));
            below += count;
            if to > from {
                parts.push(BarPartView {
                    kind,
                    count: *count,
                    x,
                    y: HEIGHT - to,
                    width: YEAR - GAP,
                    height: to - from,
                });
            }
        }
        BarView { count: count(&year), year: format!("{:04}", year.year), url: year.url, parts }
    };
    let mut kinds: Vec<&'static str> = Vec::new();
    for (kind, _) in years.iter().flat_map(|year| &year.counts).filter(|(_, count)| *count > 0) {
        if !kinds.contains(kind) {
            kinds.push(kind);
        }
    }
    // Sorted, because a kind that first occurs in a late year would otherwise come last.
    let order = |kind: &&str| years.first().and_then(|year| year.counts.iter().position(|(known, _)| known == kind));
    kinds.sort_by_key(order);
    Some(BarsView {
        kinds,
        width: span * YEAR - GAP,
        height: HEIGHT,
        bars: years.into_iter().map(bar).collect(),
        ticks: ticks(first, span).iter().map(|year| format!("{year:04}")).collect(),
        most,
    })
}

/// Returns the height of a count, at least 1 where there is any.
fn height(count: usize, most: usize) -> usize {
    (count * HEIGHT / most).max(usize::from(count > 0))
}

/// Returns years at even distances from the first to the last.
fn ticks(first: i16, span: usize) -> Vec<i16> {
    let steps = (2..=TICKS).rev().find(|ticks| (span - 1).is_multiple_of(ticks - 1)).unwrap_or(2) - 1;
    // A prime span divides evenly only at its ends; labels that are a year off are better than none.
    let steps = if steps < 3 && span > 2 * TICKS { TICKS - 1 } else { steps };
    let year =
        |step: usize| i16::try_from(step * (span - 1) / steps).map_or(first, |after| first.saturating_add(after));
    (0..=steps).map(year).collect()
}

/// Returns the length of a bar for a count, from 1 to 100.
pub fn length(count: usize, most: usize) -> usize {
    (count * 100).checked_div(most).unwrap_or_default().max(1)
}

/// Steps of a heat map's scale.
const LEVELS: usize = 5;

/// Returns the step for a count among `all`, where the largest share is `largest.0` of `largest.1`.
pub fn level(count: usize, all: usize, largest: (usize, usize)) -> usize {
    let whole = largest.0 * all;
    if count == 0 || whole == 0 {
        return 0;
    }
    // count / all against largest.0 / largest.1, without fractions.
    (count * largest.1 * LEVELS).div_ceil(whole).clamp(1, LEVELS)
}

/// Returns the step for a count by itself: one is light but visible, and most tables have few counts above three.
pub fn step(count: usize) -> usize {
    if count == 0 { 0 } else { (count + 1).min(LEVELS) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(counts: &[(i16, &[usize])]) -> Option<String> {
        let kinds = ["same", "changed", "new"];
        let year = |(year, counts): &(i16, &[usize])| Year {
            year: *year,
            counts: counts.iter().enumerate().map(|(at, count)| (kinds[at], *count)).collect(),
            url: None,
        };
        let bars = bars(counts.iter().map(year).collect())?;
        let parts = bars.bars.iter().flat_map(|bar| &bar.parts);
        let parts = parts.map(|part| format!("{}:{}+{}", part.x, part.y, part.height)).collect::<Vec<_>>().join(" ");
        Some(format!("{} {parts} {}", bars.width, bars.ticks.join(" ")))
    }

    #[test]
    fn bars_are_as_high_as_what_they_count_and_are_at_their_years() {
        for (counts, expect) in [
            (&[(1999, &[4][..])][..], None),
            (&[(1999, &[4]), (2001, &[1])], Some("29 0:0+100 20:75+25 1999 2000 2001")),
            (&[(1999, &[1, 0, 2]), (2000, &[1])], Some("19 0:67+33 0:0+67 10:67+33 1999 2000")),
            (&[(1999, &[1000]), (2000, &[1])], Some("19 0:0+100 10:99+1 1999 2000")),
            (&[(1, &[1]), (2000, &[1])], None),
        ] {
            assert_eq!(drawn(counts).as_deref(), expect, "{counts:?}");
        }
    }

    #[test]
    fn labels_are_at_even_distances() {
        for (first, span, expect) in [
            (1947, 78, "1947 1966 1985 2004 2024"),
            (2021, 4, "2021 2022 2023 2024"),
            (2020, 5, "2020 2021 2022 2023 2024"),
        ] {
            let found: Vec<String> = ticks(first, span).iter().map(i16::to_string).collect();
            assert_eq!(found.join(" "), expect);
        }
    }

    #[test]
    fn the_largest_share_is_the_darkest() {
        assert_eq!([0, 1, 5, 10].map(|count| level(count, 20, (10, 20))), [0, 1, 3, 5]);
        assert_eq!(level(1, 2, (1, 2)), 5);
        assert_eq!(level(0, 0, (0, 0)), 0);
    }
}
