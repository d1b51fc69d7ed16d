//! Locked paragraphs and the paragraphs of now -> where the words of each locked one stand now.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::shared::shared;
use crate::read::lock::{Line, Print, State};

/// The paragraph in which the words of a locked one stand, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// It is that paragraph.
    Own(usize),
    /// It went into one that has another number.
    Within(usize),
}

impl Home {
    /// Returns the paragraph.
    pub(super) fn at(self) -> usize {
        match self {
            Home::Own(at) | Home::Within(at) => at,
        }
    }

    /// Returns the paragraph if it is its own.
    pub(super) fn own(self) -> Option<usize> {
        match self {
            Home::Own(at) => Some(at),
            Home::Within(_) => None,
        }
    }
}

/// Finds each locked paragraph's home among the paragraphs of these words; none has one whose words are mostly gone.
pub(super) fn find(lines: &[Line], words: &[&str]) -> Vec<Option<Home>> {
    let hashes: Vec<u64> = words.iter().map(|words| Print::hash(words)).collect();
    let mut homes = vec![None; lines.len()];
    unchanged(lines, &hashes, &mut homes);
    moved(lines, &hashes, &mut homes);
    let can_ask = is_worth_comparing(lines, words, &homes);
    still_within(lines, words, can_ask, &mut homes);
    if homes.iter().any(Option::is_none) && is_worth_comparing(lines, words, &homes) {
        edited(lines, words, &mut homes);
    }
    homes
}

/// The most work that comparing may be: pairs of words, and places at which a paragraph's words are looked for. Texts of
/// 30,000 words of which no paragraph is as it was come to a fourth of it. What is more is not compared: there, only
/// paragraphs that are as they were keep their numbers.
const MOST_PAIRS: usize = 1 << 32;
const MOST_PLACES: usize = 1 << 21;

/// Returns whether those that have no home yet can be compared with all paragraphs in a time that people wait for.
fn is_worth_comparing(lines: &[Line], words: &[&str], homes: &[Option<Home>]) -> bool {
    let lost = lines.iter().zip(homes).filter(|(_, home)| home.is_none()).map(|(line, _)| line.print.sketch.len());
    let now: usize = words.iter().map(|words| words.split(' ').count()).sum();
    let (pairs, places) = lost.fold((0_usize, 0_usize), |(pairs, places), then| {
        (pairs.saturating_add(then * now), places + now / then.div_ceil(2).max(1))
    });
    pairs <= MOST_PAIRS && places <= MOST_PLACES
}

/// Paragraphs that are as they were, in the order in which they were.
fn unchanged(lines: &[Line], hashes: &[u64], homes: &mut [Option<Home>]) {
    let live: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].state == State::Live).collect();
    let locked: Vec<u64> = live.iter().map(|at| lines[*at].print.hash).collect();
    for op in capture_diff_slices(Algorithm::Patience, &locked, hashes) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                homes[live[old_index + step]] = Some(Home::Own(new_index + step));
            }
        }
    }
}

/// Paragraphs that are as they were, elsewhere; also such as were gone and came back.
fn moved(lines: &[Line], hashes: &[u64], homes: &mut [Option<Home>]) {
    let owned = owned(homes, hashes.len());
    let mut free: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for at in (0..hashes.len()).rev().filter(|at| !owned[*at]) {
        free.entry(hashes[at]).or_default().push(at);
    }
    for at in live_first(lines, homes) {
        homes[at] = free.get_mut(&lines[at].print.hash).and_then(Vec::pop).map(Home::Own);
    }
}

/// Paragraphs whose words went into another, which is as it was. Earlier versions joined paragraphs to others that had but
/// some words in common with them, so it is asked again whether the words stand there, if it can be asked
/// in a reasonable time (`can_ask`).
fn still_within(lines: &[Line], words: &[&str], can_ask: bool, homes: &mut [Option<Home>]) {
    let mut sketches: BTreeMap<usize, Box<[u16]>> = BTreeMap::new();
    let hosts: BTreeMap<&str, (&Line, Home)> =
        lines.iter().zip(&*homes).filter_map(|(line, home)| Some((&*line.number, (line, (*home)?)))).collect();
    for (line, home) in lines.iter().zip(homes) {
        if let (State::In(number), None) = (&line.state, &home)
            && let Some((host, of_host)) = hosts.get(&**number)
        {
            // The number of a part that had no lock of its own is known by all of the paragraph.
            let at = of_host.at();
            let mut stands = || {
                let now = sketches.entry(at).or_insert_with(|| Print::sketch(words[at]));
                stands_in(&line.print.sketch, now)
            };
            let is_known = !can_ask || line.print == host.print || stands();
            *home = is_known.then(|| Home::Within(of_host.at()));
        }
    }
}

/// Returns whether the words of a paragraph stand in another one. A few words stand in many a text, here one and there one,
/// so those of a short paragraph must stand together.
fn stands_in(of: &[u16], within: &[u16]) -> bool {
    if of.len() >= LONG {
        return count(&shared(of, within)) * 10 >= of.len();
    }
    let (length, step) = (of.len() + of.len() / 4, (of.len() / 4).max(1));
    let enough = (of.len() * 2).div_ceil(3).max(1);
    let stands = |from: usize| common(of, &within[from..within.len().min(from + length)]) >= enough;
    (0..within.len()).step_by(step).any(stands)
}

/// Words of the shortest paragraph that is known by any tenth of it.
const LONG: usize = 20;

/// Counts how many words stand in both in one order.
fn common(one: &[u16], other: &[u16]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for a in one {
        let mut diagonal = 0;
        for (at, b) in other.iter().enumerate() {
            let best = if a == b { diagonal + 1 } else { row[at + 1].max(row[at]) };
            diagonal = std::mem::replace(&mut row[at + 1], best);
        }
    }
    row[other.len()]
}

/// Returns whether a paragraph's words went into another one that was changed: they stand there, and most of those that do
/// did not before, unlike words that any two paragraphs have in common. Of two paragraphs that are nearly equal, most words
/// were in the other one as well; then the other one must have them twice now.
fn is_joined(line: &Line, host: Option<&Line>, now: &[u16]) -> bool {
    let of = &line.print.sketch;
    let (now_there, then) = (shared(of, now), host.map(|host| shared(of, &host.print.sketch)));
    let came = now_there.iter().enumerate().filter(|(at, now)| **now && !then.as_ref().is_some_and(|then| then[*at]));
    if !stands_in(of, now) {
        return false;
    }
    came.count() * 2 >= count(&now_there) || host.is_some_and(|host| is_there_besides(of, &host.print.sketch, now))
}

/// Returns whether half of a paragraph's words stand in what another one of now has besides the words that it had.
fn is_there_besides(of: &[u16], host: &[u16], now: &[u16]) -> bool {
    let own = shared(now, host);
    let besides: Vec<u16> = now.iter().zip(own).filter(|(_, own)| !own).map(|(word, _)| *word).collect();
    !besides.is_empty() && count(&shared(of, &besides)) * 2 >= of.len()
}

/// Paragraphs of which words remain: edited, split or merged.
fn edited(lines: &[Line], words: &[&str], homes: &mut [Option<Home>]) {
    let owned = owned(homes, words.len());
    let sketches: Vec<Box<[u16]>> = words.iter().map(|words| Print::sketch(words)).collect();
    let lost = live_first(lines, homes);
    let small = small(&sketches);
    let look = |lost: &[usize]| -> Vec<Pair> {
        let of_line = |&line: &usize| {
            let sketch = &lines[line].print.sketch;
            let overlaps = (0..words.len()).filter(|at| !owned[*at]).map(|at| (at, shared(sketch, &sketches[at])));
            let is_part = |(at, shared): &(usize, Vec<bool>)| is_part(shared, sketch, sketches[*at].len(), &small);
            let overlaps: Vec<(usize, Vec<bool>)> = overlaps.filter(is_part).collect();
            let remains: Vec<bool> =
                (0..sketch.len()).map(|word| overlaps.iter().any(|(_, shared)| shared[word])).collect();
            let pair = |(at, shared): (usize, Vec<bool>)| {
                // Of two halves, the first is what was cited.
                let begins = shared.iter().take(shared.len().div_ceil(4)).filter(|shared| **shared).count();
                let weight = count(&shared) + begins;
                let apart = (line * words.len()).abs_diff(at * lines.len());
                let is_live = lines[line].state == State::Live;
                Pair { order: (!is_live, Reverse(weight), apart), line, at }
            };
            if is_enough(&remains, sketch, &small) { overlaps.into_iter().map(pair).collect() } else { Vec::new() }
        };
        let mut pairs: Vec<Pair> = lost.iter().flat_map(of_line).collect();
        pairs.sort_by_key(|pair| (pair.order, pair.line, pair.at));
        pairs
    };
    let mut taken = owned.clone();
    // A paragraph that did not change has taken in no words, whatever it has in common with one that is gone.
    give(&look(&lost), lines, &sketches, &mut taken, homes);
    in_its_place(lines, &sketches, &owned, &mut taken, homes);
}

/// Paragraphs of which only scattered words remain: where the ones before and after it are found, those words are its own.
/// What is `unchanged` there has taken in none.
fn in_its_place(
    lines: &[Line],
    sketches: &[Box<[u16]>],
    unchanged: &[bool],
    taken: &mut [bool],
    homes: &mut [Option<Home>],
) {
    for line in live_first(lines, homes) {
        let own = |home: &Option<Home>| home.and_then(Home::own);
        let after = homes[line..].iter().find_map(own).unwrap_or(sketches.len());
        let before = homes[..line].iter().rev().find_map(own).map_or(0, |at| at + 1);
        let place = (before..after.max(before)).filter(|at| !unchanged[*at]);
        let words: Vec<(u16, usize)> = place.flat_map(|at| sketches[at].iter().map(move |word| (*word, at))).collect();
        let then = &lines[line].print.sketch;
        // Where fewer than half of them are anywhere at all, none need be looked for in order.
        let there: HashSet<u16> = words.iter().map(|(word, _)| *word).collect();
        if then.iter().filter(|word| there.contains(word)).count() * 2 < then.len() {
            continue;
        }
        let remain = scattered(then, &words);
        let most = remain.iter().max_by_key(|(at, words)| (**words, Reverse(**at))).map(|(at, _)| *at);
        // Here one of two words is enough: what else should they be?
        if let Some(at) = most.filter(|_| remain.values().sum::<usize>() * 2 >= then.len()) {
            let is_new = !std::mem::replace(&mut taken[at], true);
            let host = || homes.iter().position(|home| *home == Some(Home::Own(at))).map(|host| &lines[host]);
            homes[line] = if is_new {
                Some(Home::Own(at))
            } else {
                is_joined(&lines[line], host(), &sketches[at]).then_some(Home::Within(at))
            };
        }
    }
}

/// Counts how many words stayed, in order, in each paragraph of `now`. They are looked for in no more than twice as many
/// words: in a long text, half of a sentence stands somewhere, if one takes every *the* and *of*.
fn scattered(then: &[u16], now: &[(u16, usize)]) -> BTreeMap<usize, usize> {
    let (step, length) = (then.len().div_ceil(2).max(1), then.len() * 2);
    let remain = |from: usize| {
        let now = &now[from..now.len().min(from + length)];
        let codes: Vec<u16> = now.iter().map(|(word, _)| *word).collect();
        let mut remain: BTreeMap<usize, usize> = BTreeMap::new();
        for op in capture_diff_slices(Algorithm::Myers, then, &codes) {
            if let DiffOp::Equal { new_index, len, .. } = op {
                now[new_index..new_index + len].iter().for_each(|(_, at)| *remain.entry(*at).or_default() += 1);
            }
        }
        remain
    };
    let places = (0..now.len()).step_by(step).map(remain);
    places.rev().max_by_key(|remain| remain.values().sum::<usize>()).unwrap_or_default()
}

/// A locked paragraph, a paragraph of now that has words of it, and how good a home that is, the best least.
struct Pair {
    order: (bool, Reverse<usize>, usize),
    line: usize,
    at: usize,
}

/// Gives each paragraph to the one whose home it is best; the others whose words went into it are within it.
fn give(pairs: &[Pair], lines: &[Line], sketches: &[Box<[u16]>], taken: &mut [bool], homes: &mut [Option<Home>]) {
    for pair in pairs {
        if homes[pair.line].is_none() && !taken[pair.at] {
            taken[pair.at] = true;
            homes[pair.line] = Some(Home::Own(pair.at));
        }
    }
    let mut hosts = vec![None; taken.len()];
    for (line, home) in lines.iter().zip(&*homes) {
        if let Some(Home::Own(at)) = home {
            hosts[*at] = Some(line);
        }
    }
    for pair in pairs {
        let host = hosts[pair.at];
        if homes[pair.line].is_none() && is_joined(&lines[pair.line], host, &sketches[pair.at]) {
            homes[pair.line] = Some(Home::Within(pair.at));
        }
    }
}

/// Words that may stand in another paragraph by chance.
const FEW: usize = 8;

/// Says whether those of a paragraph's words that stand in another one, of so many words, are a part of it. A fourth of it
/// is, and what is half of the other; a smaller part must tell, for here and there a *part of the international community*
/// stands in any text, and all of them together are soon half of a sentence.
fn is_part(shared: &[bool], sketch: &[u16], host: usize, small: &BTreeSet<u16>) -> bool {
    let (words, telling) = (count(shared), count(&telling(shared, sketch, small)));
    words > 0 && words * 10 >= sketch.len() && (words * 4 >= sketch.len() || words * 2 >= host || telling >= FEW)
}

/// Says whether those of a paragraph's words that remain are enough to find it again: half of them, and not one of two; and
/// of those that are not small every fourth, for half of a sentence stands in any long text if one takes each *of* and
/// *the*.
fn is_enough(remains: &[bool], sketch: &[u16], small: &BTreeSet<u16>) -> bool {
    let (remain, of) = (count(remains), remains.len());
    let telling = telling(remains, sketch, small);
    remain * 2 >= of && remain >= of.min(3) && of > 0 && count(&telling) * 4 >= telling.len()
}

/// Returns what is said of those words that are not small.
fn telling(said: &[bool], sketch: &[u16], small: &BTreeSet<u16>) -> Vec<bool> {
    sketch.iter().zip(said).filter(|(word, _)| !small.contains(word)).map(|(_, said)| *said).collect()
}

/// Returns the words that stand in every fifth paragraph of a text.
fn small(sketches: &[Box<[u16]>]) -> BTreeSet<u16> {
    let mut paragraphs: BTreeMap<u16, usize> = BTreeMap::new();
    for sketch in sketches {
        for word in sketch.iter().collect::<BTreeSet<_>>() {
            *paragraphs.entry(*word).or_default() += 1;
        }
    }
    let is_small = |(_, count): &(u16, usize)| *count > 2 && *count * 5 >= sketches.len();
    paragraphs.into_iter().filter(is_small).map(|(word, _)| word).collect()
}

fn count(shared: &[bool]) -> usize {
    shared.iter().filter(|shared| **shared).count()
}

fn owned(homes: &[Option<Home>], paragraphs: usize) -> Vec<bool> {
    let mut owned = vec![false; paragraphs];
    homes.iter().flatten().filter_map(|home| home.own()).for_each(|at| owned[at] = true);
    owned
}

/// Returns the lines that have no home yet, those first whose paragraph was in the text when they were written.
fn live_first(lines: &[Line], homes: &[Option<Home>]) -> Vec<usize> {
    let mut lost: Vec<usize> = (0..lines.len()).filter(|at| homes[*at].is_none()).collect();
    lost.sort_by_key(|at| lines[*at].state != State::Live);
    lost
}
