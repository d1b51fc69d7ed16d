//! Two language versions -> rows: paragraphs that translate each other, judged by lengths, figures and headings.
//!
//! After Gale and Church, "A program for aligning sentences in bilingual corpora" (1993): the likeliest of all paths
//! through both texts, where a paragraph corresponds to one, two or none. In integers throughout, so that the result is
//! the same on every machine.

use std::collections::BTreeSet;
use std::ops::Range;

use super::row::{MOST, Row};
use crate::language::scripts::{digit, is_han, is_kana};
use crate::read::body::{Body, Paragraph};
use crate::read::lock::is_counted;
use crate::read::numbers::Numbers;
use crate::stamp::Stamp;

/// A language version to align.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    /// Its text.
    pub body: &'a Body,
    /// The numbers of its paragraphs.
    pub numbers: &'a Numbers,
}

/// The costs of each step, in hundredths of the negative natural logarithm of its probability. Paragraphs are divided
/// and joined less often than the sentences of Gale and Church.
const ONE_TO_ONE: i64 = 12;
const TWO_TO_ONE: i64 = 400;
const ONE_TO_NONE: i64 = 461;
/// The costs of a figure that both have and of one that only one has; at most `FIGURES` of either count, so that a
/// table in the text does not outweigh everything else.
const SHARED_FIGURE: i64 = -200;
const OTHER_FIGURE: i64 = 100;
const FIGURES: usize = 4;
/// The cost of pairing paragraphs under different headings.
const OTHER_SECTION: i64 = 1200;
/// What a printed number counts for a pair if both texts have it, and against it if only one has.
const PRINTED: i64 = 600;
/// The same for paragraph numbers from the locks, which overrule everything else: readers have cited them.
const NUMBERED: i64 = 100_000;
/// The variance of lengths per letter, in tenths (6.8 in Gale and Church).
const VARIANCE: i64 = 68;

/// The steps of a path: how many paragraphs of either text correspond, and the cost of that.
const STEPS: [(usize, usize, i64); 5] =
    [(1, 1, ONE_TO_ONE), (2, 1, TWO_TO_ONE), (1, 2, TWO_TO_ONE), (1, 0, ONE_TO_NONE), (0, 1, ONE_TO_NONE)];

/// How many letters one language needs for sixteen of the other. The right ratio is not known beforehand, so all are
/// tried.
const RATIOS: [i64; 5] = [16, 14, 18, 13, 20];

/// For each paragraph of a version, the paragraphs of the main version that have its numbers.
pub type NamedByNumber = Vec<Vec<usize>>;

/// Aligns two language versions, in order. Paragraph numbers decide wherever those of `of` come from `main`.
pub fn versions(main: Version<'_>, of: Version<'_>) -> Vec<Row> {
    likeliest(main.body, of.body, named(main, of)).1
}

/// Aligns two language versions, in order, and returns the cost of the result without the part that numbers contribute.
/// Texts that are too long for the table are paired by position, at cost 0.
pub fn likeliest(main: &Body, of: &Body, named: Option<NamedByNumber>) -> (i64, Vec<Row>) {
    let (one, other) = (traits(main), traits(of));
    if one.len().saturating_mul(other.len()) > MOST {
        return (0, by_position(one.len(), other.len()));
    }
    let costs = RowCosts { by_section: headings(main) == headings(of), named, one: &one, other: &other };
    let paths = Paths::new(&costs);
    let tried = RATIOS.iter().map(|ratio| paths.likeliest(*ratio));
    let (cost, rows) = tried.min_by_key(|(cost, _)| *cost).unwrap_or_default();
    // Callers compare the cost with and without numbers, so what numbers themselves contribute must not be in it.
    (cost - rows.iter().map(|row| costs.by_number(row)).sum::<i64>(), rows)
}

/// Returns whether figures show that paragraphs of two language versions are not the same: both have several and none
/// in common. With one figure each it may be spelt out in the other language ("four thousand").
pub fn differ_in_figures(main: &Body, of: &Body, row: &Row) -> bool {
    let all = |body: &Body, range: &Range<usize>| -> BTreeSet<u32> {
        body.paragraphs[range.clone()].iter().flat_map(|paragraph| figures(body.words(&paragraph.text))).collect()
    };
    let (one, other) = (all(main, &row.before), all(of, &row.after));
    one.len() > 1 && other.len() > 1 && one.is_disjoint(&other)
}

/// Returns for each paragraph of a version the paragraphs of the main version that have its numbers; `None` if its
/// numbers do not come from there.
fn named(main: Version<'_>, of: Version<'_>) -> Option<NamedByNumber> {
    let (count, in_main) = (of.body.paragraphs.len() as u32, main.body.paragraphs.len());
    // Merely counted numbers show nothing: paragraph 3 is then simply the third.
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

/// The features of a paragraph that survive translation.
struct Traits {
    /// Its length in letters of an alphabet.
    length: i64,
    /// Hashes of the numbers written in digits, such as years.
    figures: BTreeSet<u32>,
    /// How many headings precede it.
    section: usize,
    /// The number that the text itself prints before it.
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

/// Returns hashes of the numbers in a text, written in the digits of any script.
fn figures(words: &str) -> BTreeSet<u32> {
    let ascii = |c| digit(c).and_then(|value| char::from_digit(value, 10));
    // A separator divides a number, since languages use different ones: "4,000" and "4 000" are both 4 and 000.
    let words: String = words.chars().map(|c| ascii(c).unwrap_or(' ')).collect();
    words.split_whitespace().map(|figures| Stamp::of(figures).low()).collect()
}

fn headings(body: &Body) -> Vec<u8> {
    body.headings.iter().map(|heading| heading.level).collect()
}

/// Pairs paragraphs by position.
fn by_position(one: usize, other: usize) -> Vec<Row> {
    let both = one.min(other);
    let pairs = (0..both).map(|at| Row::new(at..at + 1, at..at + 1));
    let rest = (both..one).map(|at| Row::new(at..at + 1, both..both));
    pairs.chain(rest).chain((both..other).map(|at| Row::new(both..both, at..at + 1))).collect()
}

/// Two texts, and everything besides lengths that shows which of their paragraphs correspond.
struct RowCosts<'a> {
    one: &'a [Traits],
    other: &'a [Traits],
    /// Whether both have headings of the same levels, so that sections can be compared.
    by_section: bool,
    /// For each paragraph of the other text, the paragraphs that have its numbers; `None` if numbers say nothing.
    named: Option<NamedByNumber>,
}

impl RowCosts<'_> {
    /// Returns the cost of a row, without that of its step and of its lengths.
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
        // Only where both print numbers: translations often drop them.
        if !printed.is_empty() && !others.is_empty() {
            cost -= PRINTED * printed.intersection(&others).count() as i64;
            cost += PRINTED * printed.symmetric_difference(&others).count() as i64;
        }
        cost
    }

    /// Returns the part of a row's cost that comes from paragraph numbers.
    fn by_number(&self, row: &Row) -> i64 {
        let Some(named) = &self.named else { return 0 };
        let named: Vec<usize> = named[row.after.clone()].iter().flatten().copied().collect();
        let inside = named.iter().filter(|at| row.before.contains(at)).count() as i64;
        (named.len() as i64 - 2 * inside) * NUMBERED
    }
}

/// All paths through two texts: the cost of every step from every position.
struct Paths {
    /// Letters before each paragraph and in total, for either text.
    one: Vec<i64>,
    other: Vec<i64>,
    /// By the position in both texts; `None` for a step that leads out of them.
    steps: Vec<[Option<i64>; STEPS.len()]>,
}

impl Paths {
    fn new(costs: &RowCosts<'_>) -> Paths {
        // Sums from the beginning, so that the letters of any range are a single subtraction.
        let letters = |of: &[Traits]| -> Vec<i64> {
            let sums = of.iter().scan(0, |sum, of| {
                *sum += of.length;
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        };
        let (height, width) = (costs.one.len(), costs.other.len());
        let cost = |at: usize, to: usize| {
            STEPS.map(|(one, other, prior)| {
                let (end, until) = (at + one, to + other);
                (end <= height && until <= width).then(|| prior + costs.cost(&Row::new(at..end, to..until)))
            })
        };
        let steps = (0..=height).flat_map(|at| (0..=width).map(move |to| (at, to))).map(|(at, to)| cost(at, to));
        Paths { one: letters(costs.one), other: letters(costs.other), steps: steps.collect() }
    }

    /// Returns the cheapest path and its cost, for one ratio of lengths.
    fn likeliest(&self, ratio: i64) -> (i64, Vec<Row>) {
        let (height, width) = (self.one.len(), self.other.len());
        // Dynamic programming from the end: the least cost from here on, and the step that it begins with.
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

/// Returns the cost of treating two lengths as one text: the squared difference over the variance, as in Gale and
/// Church, with the exponent of the normal distribution in place of its tail.
fn by_length((one, other): (i64, i64), ratio: i64) -> i64 {
    let one = one * ratio / 16;
    let (apart, mean) = (one - other, i64::midpoint(one, other).max(1));
    apart * apart * 500 / (VARIANCE * mean)
}

/// Returns how many letters of an alphabet carry as much as this character.
fn letters(c: char) -> i64 {
    match c {
        c if is_han(c) => 3,
        c if is_kana(c) => 2,
        c => i64::from(c.is_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::super::in_three_languages::{AR, EN, FR, body};
    use super::*;

    fn aligned(main: &[&str], of: &[&str]) -> String {
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
    fn paragraphs_are_next_to_their_translations() {
        for of in [FR, AR] {
            let cut = |text: &'static str, after: usize| {
                let at = text.match_indices(". ").nth(after).unwrap().0 + 2;
                (text[..at].trim(), text[at..].trim())
            };
            let (first, second) = cut(of[1], 0);
            let joined = format!("{} {}", of[2], of[3]);
            assert_eq!(aligned(&EN, &of), "1=1 2=2 3=3 4=4 5=5");
            assert_eq!(aligned(&EN, &[of[0], first, second, of[2], of[3], of[4]]), "1=1 2=2-3 3=4 4=5 5=6");
            assert_eq!(aligned(&EN, &[of[0], of[1], &joined, of[4]]), "1=1 2=2 3-4=3 5=4");
            assert_eq!(aligned(&EN, &[of[0], of[2], of[3], of[4]]), "1=1 2= 3=2 4=3 5=4");
            assert_eq!(aligned(&EN, &[of[0], of[1], of[2], of[4]]), "1=1 2=2 3=3 4= 5=4");
            assert_eq!(aligned(&EN[..1], &[]), "1=");
        }
    }

    #[test]
    fn headings_and_printed_numbers_show_what_lengths_do_not() {
        let (word, wort) = ("A few words.", "Peu de mots.");
        let english = ["## One", word, "## Two", word, word];
        assert_eq!(aligned(&english, &["## Un", wort, wort, "## Deux", wort]), "1=1-2 2-3=3");
        assert_eq!(aligned(&english, &[wort, wort, wort]), "1=1 2=2 3=3");
        let english = ["7\\. A few words.", "8\\. A few words.", "9\\. A few words."];
        assert_eq!(aligned(&english, &["7\\. Peu de mots.", "9\\. Peu de mots."]), "1=1 2= 3=2");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_paragraph_is_in_one_row_in_order(
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
