//! Two language versions -> rows: paragraphs that say the same, as far as lengths, figures and headings tell.
//!
//! After Gale and Church, "A program for aligning sentences in bilingual corpora" (1993): of all ways through both
//! texts the likeliest, where one paragraph may stand for one, two or none. In whole numbers throughout, so that it
//! comes out the same on every machine.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{MOST, Row};
use crate::collect::numbers::Numbers;
use crate::language::scripts::{digit, is_han};
use crate::read::body::{Body, Paragraph};
use crate::read::lock::is_counted;
use crate::stamp::Stamp;

/// A language version: its text and the numbers of its paragraphs.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    pub body: &'a Body,
    pub numbers: &'a Numbers,
}

/// What costs how much, in hundredths of the natural logarithm of how unlikely it is. Paragraphs are divided and joined
/// less often than the sentences of Gale and Church.
const ONE_TO_ONE: i64 = 12;
const TWO_TO_ONE: i64 = 400;
const ONE_TO_NONE: i64 = 461;
/// Figures that both have, and those that only one has; no more than so many count.
const SHARED_FIGURE: i64 = -200;
const OTHER_FIGURE: i64 = 100;
const FIGURES: usize = 4;
/// One stands under another heading.
const OTHER_SECTION: i64 = 1200;
/// The text itself numbers both the same, or not.
const PRINTED: i64 = 600;
/// The numbers that were given to them say that they are the same, or not: nothing speaks louder.
const NUMBERED: i64 = 100_000;
/// How far lengths vary, in tenths of a letter a letter (Gale and Church's 6.8).
const VARIANCE: i64 = 68;

/// How many paragraphs of either text are taken together.
const STEPS: [(usize, usize, i64); 5] =
    [(1, 1, ONE_TO_ONE), (2, 1, TWO_TO_ONE), (1, 2, TWO_TO_ONE), (1, 0, ONE_TO_NONE), (0, 1, ONE_TO_NONE)];

/// Letters that one language needs for sixteen of the other; it is not known beforehand which ratio is theirs.
const RATIOS: [i64; 5] = [16, 14, 18, 13, 20];

/// Of each paragraph of a version the ones of the main version that its numbers name.
pub type Named = Vec<Vec<usize>>;

/// Aligns two language versions, in order. The numbers of their paragraphs decide where `of` has them from `main`.
pub fn versions(main: Version<'_>, of: Version<'_>) -> Vec<Row> {
    likeliest(main.body, of.body, named(main, of)).1
}

/// Aligns two language versions, in order, and says how unlikely the outcome is, apart from what numbers say of it. Where
/// texts are too long for more, the first stands beside the first and so on.
pub fn likeliest(main: &Body, of: &Body, named: Option<Named>) -> (i64, Vec<Row>) {
    let (one, other) = (traits(main), traits(of));
    if one.len().saturating_mul(other.len()) > MOST {
        return (0, by_position(one.len(), other.len()));
    }
    let likeness = Likeness { by_section: headings(main) == headings(of), named, one: &one, other: &other };
    let ways = Ways::new(&likeness);
    let tried = RATIOS.iter().map(|ratio| ways.likeliest(*ratio));
    let (cost, rows) = tried.min_by_key(|(cost, _)| *cost).unwrap_or_default();
    (cost - rows.iter().map(|row| likeness.by_number(row)).sum::<i64>(), rows)
}

/// Says whether figures tell that paragraphs of two language versions are not the same: both have several, and not one in
/// common.
pub fn differ_in_figures(main: &Body, of: &Body, row: &Row) -> bool {
    let all = |body: &Body, range: &Range<usize>| -> BTreeSet<u32> {
        body.paragraphs[range.clone()].iter().flat_map(|paragraph| figures(body.words(&paragraph.text))).collect()
    };
    let (one, other) = (all(main, &row.before), all(of, &row.after));
    one.len() > 1 && other.len() > 1 && one.is_disjoint(&other)
}

/// Says of each paragraph of a version which ones of the main version its numbers name; nothing where its numbers are
/// not from there.
fn named(main: Version<'_>, of: Version<'_>) -> Option<Named> {
    let (count, in_main) = (of.body.paragraphs.len() as u32, main.body.paragraphs.len());
    if *of.numbers == *Numbers::COUNTED {
        return None;
    }
    let is_known = |number: &str| !is_counted(number) || main.numbers.find(number, in_main).is_some();
    if !(0..count).all(|at| is_known(&of.numbers.of(at))) {
        return None;
    }
    let named = |at: u32| {
        let own = main.numbers.find(&of.numbers.of(at), in_main);
        let also = of.numbers.also(at).map(|number| main.numbers.find(number, in_main));
        std::iter::once(own).chain(also).filter_map(|found| Some(found?.paragraph()? as usize)).collect()
    };
    Some((0..count).map(named).collect())
}

/// What of a paragraph survives translation.
struct Traits {
    /// Letters and digits, as an alphabet has them.
    length: i64,
    /// Numbers in figures, such as years.
    figures: BTreeSet<u32>,
    /// How many headings stand before it.
    section: usize,
    printed: Option<u32>,
}

fn traits(body: &Body) -> Vec<Traits> {
    let of = |(at, paragraph): (usize, &Paragraph)| {
        let words = body.words(&paragraph.text);
        Traits {
            length: words.chars().map(letters).sum(),
            figures: figures(words),
            section: body.headings.partition_point(|heading| heading.next_paragraph as usize <= at),
            printed: paragraph.printed_label().map(|printed| printed.value),
        }
    };
    body.paragraphs.iter().enumerate().map(of).collect()
}

/// Returns the numbers in a text, in the digits of any script.
fn figures(words: &str) -> BTreeSet<u32> {
    let ascii = |c| digit(c).and_then(|value| char::from_digit(value, 10));
    let words: String = words.chars().map(|c| ascii(c).unwrap_or(' ')).collect();
    words.split_whitespace().map(|figures| Stamp::of(figures).low()).collect()
}

fn headings(body: &Body) -> Vec<u8> {
    body.headings.iter().map(|heading| heading.level).collect()
}

/// Pairs the first with the first and so on, where texts are too long for more.
fn by_position(one: usize, other: usize) -> Vec<Row> {
    let both = one.min(other);
    let pairs = (0..both).map(|at| Row::new(at..at + 1, at..at + 1));
    let rest = (both..one).map(|at| Row::new(at..at + 1, both..both));
    pairs.chain(rest).chain((both..other).map(|at| Row::new(both..both, at..at + 1))).collect()
}

/// Two texts, and what beside lengths tells that paragraphs of them are the same.
struct Likeness<'a> {
    one: &'a [Traits],
    other: &'a [Traits],
    /// Both have headings of the same levels.
    by_section: bool,
    /// Of each paragraph of the other the ones that its numbers name.
    named: Option<Named>,
}

impl Likeness<'_> {
    fn cost(&self, row: &Row) -> i64 {
        let (one, other) = (&self.one[row.before.clone()], &self.other[row.after.clone()]);
        let mut cost = self.by_number(row);
        if !row.is_pair() {
            return cost;
        }
        let figures = |of: &[Traits]| of.iter().flat_map(|of| of.figures.iter().copied()).collect::<BTreeSet<u32>>();
        let (figures, others) = (figures(one), figures(other));
        cost += SHARED_FIGURE * figures.intersection(&others).take(FIGURES).count() as i64;
        cost += OTHER_FIGURE * figures.symmetric_difference(&others).take(FIGURES).count() as i64;
        let mut sections = one.iter().chain(other).map(|of| of.section);
        let first = sections.next();
        if self.by_section && sections.any(|section| Some(section) != first) {
            cost += OTHER_SECTION;
        }
        let printed = |of: &[Traits]| of.iter().filter_map(|of| of.printed).collect::<BTreeSet<u32>>();
        let (printed, others) = (printed(one), printed(other));
        if !printed.is_empty() && !others.is_empty() {
            cost -= PRINTED * printed.intersection(&others).count() as i64;
            cost += PRINTED * printed.symmetric_difference(&others).count() as i64;
        }
        cost
    }

    fn by_number(&self, row: &Row) -> i64 {
        let Some(named) = &self.named else { return 0 };
        let named: Vec<usize> = named[row.after.clone()].iter().flatten().copied().collect();
        let inside = named.iter().filter(|at| row.before.contains(at)).count() as i64;
        (named.len() as i64 - 2 * inside) * NUMBERED
    }
}

/// All ways through two texts: what each step costs that begins at a place in both.
struct Ways {
    /// Letters before each paragraph, and in all.
    one: Vec<i64>,
    other: Vec<i64>,
    /// By the place in both texts; nothing for a step that leads out of them.
    steps: Vec<[Option<i64>; STEPS.len()]>,
}

impl Ways {
    fn new(likeness: &Likeness<'_>) -> Ways {
        let letters = |of: &[Traits]| -> Vec<i64> {
            let sums = of.iter().scan(0, |sum, of| {
                *sum += of.length;
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        };
        let (height, width) = (likeness.one.len(), likeness.other.len());
        let cost = |at: usize, to: usize| {
            STEPS.map(|(one, other, prior)| {
                let (end, until) = (at + one, to + other);
                (end <= height && until <= width).then(|| prior + likeness.cost(&Row::new(at..end, to..until)))
            })
        };
        let steps = (0..=height).flat_map(|at| (0..=width).map(move |to| (at, to))).map(|(at, to)| cost(at, to));
        Ways { one: letters(likeness.one), other: letters(likeness.other), steps: steps.collect() }
    }

    /// Returns the way that costs least, and its cost.
    fn likeliest(&self, ratio: i64) -> (i64, Vec<Row>) {
        let (height, width) = (self.one.len(), self.other.len());
        let mut least = vec![(0, 0); height * width];
        for at in (0..height).rev() {
            for to in (0..width).rev() {
                let costs =
                    STEPS.iter().zip(&self.steps[at * width + to]).enumerate().filter_map(|(step, (of, cost))| {
                        let (cost, end, until) = ((*cost)?, at + of.0, to + of.1);
                        let lengths = (self.one[end] - self.one[at], self.other[until] - self.other[to]);
                        let by_length = if of.0 > 0 && of.1 > 0 { by_length(lengths, ratio) } else { 0 };
                        Some((cost + by_length + least[end * width + until].0, step))
                    });
                least[at * width + to] = costs.min().unwrap_or_default();
            }
        }
        let (mut at, mut to, mut rows) = (0, 0, Vec::new());
        while at + 1 < height || to + 1 < width {
            let (one, other, _) = STEPS[least[at * width + to].1];
            rows.push(Row::new(at..at + one, to..to + other));
            (at, to) = (at + one, to + other);
        }
        (least[0].0, rows)
    }
}

/// Returns what it costs that these lengths are those of the same words: the square of how far they are from each other.
fn by_length((one, other): (i64, i64), ratio: i64) -> i64 {
    let one = one * ratio / 16;
    let (apart, mean) = (one - other, i64::midpoint(one, other).max(1));
    apart * apart * 500 / (VARIANCE * mean)
}

/// Returns how many letters of an alphabet say as much as this one.
fn letters(c: char) -> i64 {
    match c {
        c if is_han(c) => 3,
        '\u{3040}'..='\u{30ff}' => 2,
        c => i64::from(c.is_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::super::in_three_languages::{AR, EN, FR, body};
    use super::*;

    fn told(main: &[&str], of: &[&str]) -> String {
        let (main, of) = (body(main), body(of));
        let counted = |body| Version { body, numbers: Numbers::COUNTED };
        let side = |range: &Range<usize>| match range.len() {
            0 => String::new(),
            1 => range.end.to_string(),
            _ => format!("{}-{}", range.start + 1, range.end),
        };
        let rows = versions(counted(&main), counted(&of));
        rows.iter().map(|row| format!("{}={}", side(&row.before), side(&row.after))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn paragraphs_stand_beside_their_translations() {
        for of in [FR, AR] {
            let cut = |text: &'static str, after: usize| {
                let at = text.match_indices(". ").nth(after).unwrap().0 + 2;
                (text[..at].trim(), text[at..].trim())
            };
            let (first, second) = cut(of[1], 0);
            let joined = format!("{} {}", of[2], of[3]);
            assert_eq!(told(&EN, &of), "1=1 2=2 3=3 4=4 5=5");
            assert_eq!(told(&EN, &[of[0], first, second, of[2], of[3], of[4]]), "1=1 2=2-3 3=4 4=5 5=6");
            assert_eq!(told(&EN, &[of[0], of[1], &joined, of[4]]), "1=1 2=2 3-4=3 5=4");
            assert_eq!(told(&EN, &[of[0], of[2], of[3], of[4]]), "1=1 2= 3=2 4=3 5=4");
            assert_eq!(told(&EN, &[of[0], of[1], of[2], of[4]]), "1=1 2=2 3=3 4= 5=4");
            assert_eq!(told(&EN[..1], &[]), "1=");
        }
    }

    #[test]
    fn headings_and_printed_numbers_tell_what_lengths_do_not() {
        let (word, wort) = ("A few words.", "Peu de mots.");
        let english = ["## One", word, "## Two", word, word];
        assert_eq!(told(&english, &["## Un", wort, wort, "## Deux", wort]), "1=1-2 2-3=3");
        assert_eq!(told(&english, &[wort, wort, wort]), "1=1 2=2 3=3");
        let english = ["7\\. A few words.", "8\\. A few words.", "9\\. A few words."];
        assert_eq!(told(&english, &["7\\. Peu de mots.", "9\\. Peu de mots."]), "1=1 2= 3=2");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_paragraph_stands_in_one_row_in_order(
            main in prop::collection::vec("[a-z 0-9]{1,60}", 0..12),
            of in prop::collection::vec("[a-z 0-9]{1,60}", 0..12),
        ) {
            let text = |paragraphs: &[String]| body(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>());
            let (main, of) = (text(&main), text(&of));
            let counted = |body| Version { body, numbers: Numbers::COUNTED };
            let (mut at, mut to) = (0, 0);
            for row in versions(counted(&main), counted(&of)) {
                prop_assert_eq!((row.before.start, row.after.start), (at, to));
                (at, to) = (row.before.end, row.after.end);
            }
            prop_assert_eq!((at, to), (main.paragraphs.len(), of.paragraphs.len()));
            let rows = versions(counted(&main), counted(&main));
            prop_assert!(rows.iter().all(|row| row.before == row.after && row.before.len() == 1));
        }
    }
}
