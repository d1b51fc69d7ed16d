//! The language versions of a statement and their locks -> the numbers of the paragraphs of each.
//!
//! A citation of paragraph 7 means that paragraph in every language. So versions share numbers where they align: of a
//! paragraph that was divided the first part has the number, and to one that was joined both numbers lead. A paragraph
//! that no other version has gets a letter that no version has used before. What a lock keeps is never changed.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::home;
use super::home::Home;
use crate::compare::align::{NamedByNumber, Row, Version, differ_in_figures, likeliest};
use crate::read::body::Body;
use crate::read::lock::{Line, Lock, is_counted};
use crate::read::numbers::Numbers;
use crate::read::paragraph::ParagraphRef;

/// The numbers of a version as far as they are known; the fields are those of [`Numbers`].
struct PartlyNumbered<'a> {
    body: &'a Body,
    /// Whether it has a lock; otherwise all its paragraphs are new.
    is_locked: bool,
    own: Vec<Option<Box<str>>>,
    also: Vec<(u32, Box<str>)>,
    gone: Vec<(u32, Box<str>)>,
}

/// Numbers the paragraphs of a statement's versions, each with its lock, the main one first. `kept` are the lines of
/// all its locks: a number in them is never given to another paragraph. Without any lock the main version is counted
/// from 1.
pub fn of_versions<'a>(texts: &[(&Body, &Lock)], kept: impl IntoIterator<Item = &'a Line>) -> Vec<Numbers> {
    let mut all: Vec<PartlyNumbered<'_>> = texts.iter().map(|(body, lock)| PartlyNumbered::new(body, lock)).collect();
    if let Some(main) = all.first_mut().filter(|_| texts.iter().all(|(_, lock)| lock.lines.is_empty())) {
        main.own = (1..=main.own.len()).map(|number| Some(number.to_string().into())).collect();
    }
    let mut taken: BTreeSet<Box<str>> = kept.into_iter().map(|line| line.number.clone()).collect();
    // Locked versions first: a number from a lock is better evidence than one that was shared only now.
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| !all[*at].is_locked);
    for &at in &order {
        for &other in order.iter().filter(|other| **other != at) {
            if all[at].own.contains(&None) && all[other].places().next().is_some() {
                let shared = shared(&all[other], &all[at]);
                all[at].take(shared);
            }
        }
        all[at].count(&mut taken);
    }
    all.into_iter().map(PartlyNumbered::numbers).collect()
}

/// Returns the numbers that a version's new paragraphs share with another version: the paragraph, and its own number
/// before the others that lead to it.
fn shared(from: &PartlyNumbered<'_>, to: &PartlyNumbered<'_>) -> Vec<(usize, Vec<Box<str>>)> {
    let has: BTreeSet<&str> = to.all().collect();
    let named = if has.is_empty() { None } else { Some(named(from, to)) };
    let (_, rows) = likeliest(from.body, to.body, named);
    let is_new = |number: &&str| !has.contains(number);
    let shared = rows.into_iter().filter_map(|row| {
        let at = row.after.clone().find(|at| to.own[*at].is_none())?;
        // An alignment always finds a counterpart, but "40 launches in 2019" does not translate "12 launches in 2021".
        let is_like = |of: &usize| !differ_in_figures(from.body, to.body, &Row::new(*of..of + 1, at..at + 1));
        let of_row: Vec<usize> = row.before.filter(is_like).collect();
        let own = of_row.iter().filter_map(|of| from.own[*of].as_deref()).filter(is_new);
        let also = from.also.iter().filter(|(at, _)| of_row.contains(&(*at as usize))).map(|(_, number)| &**number);
        let mut numbers = own.peekable();
        numbers.peek()?;
        Some((at, numbers.chain(also.filter(is_new)).map(Box::from).collect()))
    });
    shared.collect()
}

/// Returns for each paragraph of the version `by` the paragraphs of `of` that have its numbers.
fn named(of: &PartlyNumbered<'_>, by: &PartlyNumbered<'_>) -> NamedByNumber {
    let places: BTreeMap<&str, usize> = of.places().map(|(at, number)| (number, at)).collect();
    let mut named = vec![Vec::new(); by.own.len()];
    for (at, number) in by.places() {
        named[at].extend(places.get(number));
    }
    named
}

impl<'a> PartlyNumbered<'a> {
    fn new(body: &'a Body, lock: &Lock) -> PartlyNumbered<'a> {
        let words: Vec<&str> = body.paragraphs.iter().map(|paragraph| body.words(&paragraph.whole())).collect();
        let homes = home::find(&lock.lines, &words);
        let mut given = BTreeSet::new();
        let mut own: Vec<Option<Box<str>>> = vec![None; words.len()];
        for (line, at) in lock.lines.iter().zip(&homes).filter_map(|(line, home)| Some((line, home.as_ref()?.own()?))) {
            // After a merge, both sides may have given one number to two paragraphs.
            if given.insert(&*line.number) {
                own[at] = Some(line.number.clone());
            }
        }
        let (mut also, mut gone, mut before) = (Vec::new(), Vec::new(), 0);
        let in_order = in_order(&homes);
        for (line, home) in lock.lines.iter().zip(&homes) {
            // A deleted paragraph was after its predecessor, if that is still in its place; one that was moved or
            // merged does not say where.
            if let Some(at) = home.as_ref().and_then(|home| home.own()).filter(|at| in_order.contains(at)) {
                before = at as u32 + 1;
            }
            if given.insert(&*line.number) {
                match home {
                    Some(home) => also.push((home.at() as u32, line.number.clone())),
                    None => gone.push((before, line.number.clone())),
                }
            }
        }
        gone.sort_by_key(|(before, _)| *before);
        PartlyNumbered { body, is_locked: !lock.lines.is_empty(), own, also, gone }
    }

    /// Returns the numbers that lead to paragraphs, each after its paragraph.
    fn places(&self) -> impl Iterator<Item = (usize, &str)> {
        let own = self.own.iter().enumerate().filter_map(|(at, own)| Some((at, &**own.as_ref()?)));
        own.chain(self.also.iter().map(|(at, number)| (*at as usize, &**number)))
    }

    /// Returns all numbers of this version, including those whose words are gone.
    fn all(&self) -> impl Iterator<Item = &str> {
        self.places().map(|(_, number)| number).chain(self.gone.iter().map(|(_, number)| &**number))
    }

    /// Takes over numbers that are shared with another version.
    fn take(&mut self, shared: Vec<(usize, Vec<Box<str>>)>) {
        for (at, numbers) in shared {
            let mut numbers = numbers.into_iter();
            self.own[at] = numbers.next();
            self.also.extend(numbers.map(|number| (at as u32, number)));
        }
    }

    /// Numbers the remaining paragraphs: each gets the number of the one before it and the next letter that is not
    /// taken.
    fn count(&mut self, taken: &mut BTreeSet<Box<str>>) {
        taken.extend(self.own.iter().flatten().cloned());
        let mut base = "0".to_owned();
        // After the stub of 7 comes `7a`. If several paragraphs are gone at one place, the last one counts.
        let stubs: HashMap<usize, &str> =
            self.gone.iter().map(|(place, number)| (*place as usize, &**number)).collect();
        // Letters are never freed, so the search for each number continues where it ended.
        let mut next: HashMap<String, usize> = HashMap::new();
        for at in 0..self.own.len() {
            if let Some(before) = self.own[at].as_deref().or(stubs.get(&at).copied()) {
                base = before.trim_end_matches(|c: char| c.is_ascii_lowercase()).to_owned();
            }
            if self.own[at].is_none() {
                let next = next.entry(base.clone()).or_default();
                let free = loop {
                    let number: Box<str> = format!("{base}{}", letters(*next)).into();
                    *next += 1;
                    if taken.insert(number.clone()) {
                        break number;
                    }
                };
                self.own[at] = Some(free);
            }
        }
    }

    fn numbers(self) -> Numbers {
        Numbers::new(self.own.into_iter().flatten().collect(), self.also, self.gone)
    }
}

/// Returns the paragraphs that are in the order of the lock: the longest rising subsequence of those with a line of
/// their own.
fn in_order(homes: &[Option<Home>]) -> BTreeSet<usize> {
    let own: Vec<usize> = homes.iter().flatten().filter_map(|home| home.own()).collect();
    // Patience sorting: for each length, the place at which the row with the lowest end finishes; for each place, its
    // predecessor.
    let (mut ends, mut after): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::with_capacity(own.len()));
    for (place, at) in own.iter().enumerate() {
        let length = ends.partition_point(|end| own[*end] < *at);
        after.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    std::iter::successors(ends.last().copied(), |place| after[*place]).map(|place| own[place]).collect()
}

/// Counts in letters: a to z, then aa, ab and so on.
fn letters(n: usize) -> String {
    let last = char::from(b'a' + (n % 26) as u8);
    if n < 26 { last.to_string() } else { letters(n / 26 - 1) + &last.to_string() }
}

/// By how much an alignment that follows the numbers must be less likely than the best one, in hundredths of a natural
/// logarithm, before paragraphs are reported.
const UNLIKELY: i64 = 2000;

/// Returns the paragraphs that have the same number in both versions although figures or lengths show that they differ.
pub(super) fn unlike(main: Version<'_>, of: Version<'_>) -> Vec<ParagraphRef> {
    let numbers = |of: Version<'_>| -> Vec<String> {
        (0..of.body.paragraphs.len()).map(|at| of.numbers.of(at as u32).into_owned()).collect()
    };
    let (in_main, own) = (numbers(main), numbers(of));
    let places: BTreeMap<&str, usize> = in_main.iter().enumerate().map(|(at, number)| (&**number, at)).collect();
    let both: Vec<Row> = own
        .iter()
        .enumerate()
        .filter_map(|(at, number)| {
            let place = *places.get(&**number)?;
            Some(Row::new(place..place + 1, at..at + 1))
        })
        .collect();
    // Where both simply count 1, 2, 3, numbers mean positions, and only figures are evidence enough.
    let apart =
        if in_main == own && own.iter().all(|number| is_counted(number)) { Vec::new() } else { apart(main, of, &both) };
    let is_unlike = |row: &&Row| differ_in_figures(main.body, of.body, row) || apart.contains(row);
    both.iter().filter(is_unlike).map(|row| of.numbers.paragraph(of.body, row.after.start as u32)).collect()
}

/// Returns the pairs that no reader would match by lengths, figures and headings.
fn apart(main: Version<'_>, of: Version<'_>, pairs: &[Row]) -> Vec<Row> {
    let mut named = vec![Vec::new(); of.body.paragraphs.len()];
    for row in pairs {
        named[row.after.start].push(row.before.start);
    }
    let (by_numbers, rows_by_numbers) = likeliest(main.body, of.body, Some(named));
    let (freely, rows_freely) = likeliest(main.body, of.body, None);
    if by_numbers - freely < UNLIKELY {
        return Vec::new();
    }
    let are_together = |rows: &[Row], pair: &Row| {
        rows.iter().any(|row| row.before.contains(&pair.before.start) && row.after.contains(&pair.after.start))
    };
    pairs
        .iter()
        .filter(|pair| are_together(&rows_by_numbers, pair) && !are_together(&rows_freely, pair))
        .cloned()
        .collect()
}
