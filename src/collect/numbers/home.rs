//! Locked paragraphs and the current paragraphs -> where the words of each locked one are now.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::compare::runs::shared;
use crate::read::lock::{Line, Print, State};

/// The current paragraph that has the words of a locked one, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// It is the same paragraph.
    Own(usize),
    /// It was merged into one that has another number.
    Within(usize),
}

impl Home {
    /// Returns the paragraph.
    pub(super) fn at(self) -> usize {
        match self {
            Home::Own(at) | Home::Within(at) => at,
        }
    }

    /// Returns the paragraph if it is the same one.
    pub(super) fn own(self) -> Option<usize> {
        match self {
            Home::Own(at) => Some(at),
            Home::Within(_) => None,
        }
    }
}

/// Finds each locked paragraph's home among the current paragraphs; `None` if most of its words are gone.
pub(super) fn find(lines: &[Line], words: &[&str]) -> Vec<Option<Home>> {
    let hashes: Vec<u64> = words.iter().map(|words| Print::hash(words)).collect();
    let mut homes = vec![None; lines.len()];
    // Certain matches come before likely ones: unchanged paragraphs narrow down where the others can be.
    unchanged(lines, &hashes, &mut homes);
    moved(lines, &hashes, &mut homes);
    let can_ask = is_worth_comparing(lines, words, &homes);
    still_within(lines, words, can_ask, &mut homes);
    if homes.iter().any(Option::is_none) && is_worth_comparing(lines, words, &homes) {
        edited(lines, words, &mut homes);
    }
    homes
}

/// The most work that a comparison may take, in pairs of words and in positions at which a paragraph's words are
/// searched for. A text of 30,000 words without one unchanged paragraph takes a quarter of it. Beyond that nothing is
/// compared, and only unchanged paragraphs keep their numbers.
const MOST_PAIRS: usize = 1 << 32;
const MOST_PLACES: usize = 1 << 21;

/// Returns whether the lines without a home can be compared with all paragraphs in a time that people will put up with.
fn is_worth_comparing(lines: &[Line], words: &[&str], homes: &[Option<Home>]) -> bool {
    let lost = lines.iter().zip(homes).filter(|(_, home)| home.is_none()).map(|(line, _)| line.print.sketch.len());
    let now: usize = words.iter().map(|words| words.split(' ').count()).sum();
    let (pairs, places) = lost.fold((0_usize, 0_usize), |(pairs, places), then| {
        (pairs.saturating_add(then * now), places + now / then.div_ceil(2).max(1))
    });
    pairs <= MOST_PAIRS && places <= MOST_PLACES
}

/// Assigns unchanged paragraphs in their old order.
fn unchanged(lines: &[Line], hashes: &[u64], homes: &mut [Option<Home>]) {
    let live: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].state == State::Live).collect();
    let locked: Vec<u64> = live.iter().map(|at| lines[*at].print.hash).collect();
    // Patience, because "I thank you." may occur several times: the occurrence between the right neighbours is meant.
    for op in capture_diff_slices(Algorithm::Patience, &locked, hashes) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for step in 0..len {
                homes[live[old_index + step]] = Some(Home::Own(new_index + step));
            }
        }
    }
}

/// Assigns unchanged paragraphs at another position, including those that were deleted and have come back.
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

/// Assigns paragraphs that a lock records as merged into another one, which has a home. Earlier versions of Plenary
/// merged paragraphs on too little evidence, so the words are looked for again if that takes a reasonable time
/// (`can_ask`).
fn still_within(lines: &[Line], words: &[&str], can_ask: bool, homes: &mut [Option<Home>]) {
    let mut sketches: BTreeMap<usize, Box<[u16]>> = BTreeMap::new();
    let hosts: BTreeMap<&str, (&Line, Home)> =
        lines.iter().zip(&*homes).filter_map(|(line, home)| Some((&*line.number, (line, (*home)?)))).collect();
    for (line, home) in lines.iter().zip(homes) {
        if let (State::In(number), None) = (&line.state, &home)
            && let Some((host, of_host)) = hosts.get(&**number)
        {
            // A part that never had a line of its own was recorded with the whole paragraph: the prints are equal.
            let at = of_host.at();
            let mut is_there = || {
                let now = sketches.entry(at).or_insert_with(|| Print::sketch(words[at]));
                is_within(&line.print.sketch, now)
            };
            let is_known = !can_ask || line.print == host.print || is_there();
            *home = is_known.then(|| Home::Within(of_host.at()));
        }
    }
}

/// Returns whether the words of a paragraph are in another one. A few words occur scattered in many texts, so those of
/// a short paragraph must be close together.
fn is_within(of: &[u16], within: &[u16]) -> bool {
    if of.len() >= LONG {
        return count(&shared(of, within)) * 10 >= of.len();
    }
    // A window somewhat longer than the paragraph, moved by a quarter of it: two thirds of the words in order, with
    // room for a few that were inserted.
    let (length, step) = (of.len() + of.len() / 4, (of.len() / 4).max(1));
    let enough = (of.len() * 2).div_ceil(3).max(1);
    let is_at = |from: usize| common(of, &within[from..within.len().min(from + length)]) >= enough;
    (0..within.len()).step_by(step).any(is_at)
}

/// A paragraph of this many words or more is recognised by any tenth of it.
const LONG: usize = 20;

/// Returns the length of the longest common subsequence.
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

/// Returns whether a paragraph was merged into another one, `now`: its words are there and most of them were not
/// before, unlike words that any two paragraphs share. If the two were nearly equal, most words were there before; then
/// they must be there twice now.
fn is_joined(line: &Line, host: Option<&Line>, now: &[u16]) -> bool {
    let of = &line.print.sketch;
    let (now_there, then) = (shared(of, now), host.map(|host| shared(of, &host.print.sketch)));
    let came = now_there.iter().enumerate().filter(|(at, now)| **now && !then.as_ref().is_some_and(|then| then[*at]));
    if !is_within(of, now) {
        return false;
    }
    came.count() * 2 >= count(&now_there) || host.is_some_and(|host| is_there_besides(of, &host.print.sketch, now))
}

/// Returns whether half of a paragraph's words are in what another paragraph has gained.
fn is_there_besides(of: &[u16], host: &[u16], now: &[u16]) -> bool {
    let own = shared(now, host);
    let besides: Vec<u16> = now.iter().zip(own).filter(|(_, own)| !own).map(|(word, _)| *word).collect();
    !besides.is_empty() && count(&shared(of, &besides)) * 2 >= of.len()
}

/// Assigns paragraphs of which enough words remain: edited, split or merged.
fn edited(lines: &[Line], words: &[&str], homes: &mut [Option<Home>]) {
    // An unchanged paragraph has gained no words, whatever it shares with one that is gone, so it is not a candidate.
    let owned = owned(homes, words.len());
    let sketches: Vec<Box<[u16]>> = words.iter().map(|words| Print::sketch(words)).collect();
    let lost = live_first(lines, homes);
    let small = small(&sketches);
    let look = |lost: &[usize]| -> Vec<Candidate> {
        let of_line = |&line: &usize| {
            let sketch = &lines[line].print.sketch;
            let overlaps = (0..words.len()).filter(|at| !owned[*at]).map(|at| (at, shared(sketch, &sketches[at])));
            let is_part = |(at, shared): &(usize, Vec<bool>)| is_part(shared, sketch, sketches[*at].len(), &small);
            let overlaps: Vec<(usize, Vec<bool>)> = overlaps.filter(is_part).collect();
            // Judged over all parts together: of a paragraph divided into three, no part has half of the words.
            let remains: Vec<bool> =
                (0..sketch.len()).map(|word| overlaps.iter().any(|(_, shared)| shared[word])).collect();
            let pair = |(at, shared): (usize, Vec<bool>)| {
                // Of two halves the first is what was cited: words of the first quarter count twice.
                let begins = shared.iter().take(shared.len().div_ceil(4)).filter(|shared| **shared).count();
                let weight = count(&shared) + begins;
                // Of equal candidates the one at about the same relative position in the text.
                let apart = (line * words.len()).abs_diff(at * lines.len());
                let is_live = lines[line].state == State::Live;
                Candidate { order: (!is_live, Reverse(weight), apart), line, at }
            };
            if is_enough(&remains, sketch, &small) { overlaps.into_iter().map(pair).collect() } else { Vec::new() }
        };
        let mut pairs: Vec<Candidate> = lost.iter().flat_map(of_line).collect();
        pairs.sort_by_key(|pair| (pair.order, pair.line, pair.at));
        pairs
    };
    let mut taken = owned.clone();
    give(&look(&lost), lines, &sketches, &mut taken, homes);
    in_its_place(lines, &sketches, &owned, &mut taken, homes);
}

/// Assigns paragraphs of which only scattered words remain: between the homes of their neighbours even those are
/// evidence. Paragraphs that are `unchanged` have gained no words.
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
        // If fewer than half of the words occur here at all, the search for words in order cannot succeed.
        let present: HashSet<u16> = words.iter().map(|(word, _)| *word).collect();
        if then.iter().filter(|word| present.contains(word)).count() * 2 < then.len() {
            continue;
        }
        let remain = scattered(then, &words);
        let most = remain.iter().max_by_key(|(at, words)| (**words, Reverse(**at))).map(|(at, _)| *at);
        // Half of the words is enough here, whichever they are: nothing else can have come between the neighbours.
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

/// Counts how many words remain, in order, in each paragraph of `now`. They are searched for in windows of twice their
/// number: in all of a long text, half of any sentence can be found if every *the* and *of* counts.
fn scattered(then: &[u16], now: &[(u16, usize)]) -> BTreeMap<usize, usize> {
    // Windows overlap by three quarters, so that one of them holds the whole sentence.
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
    // The last of equal maxima is taken, so reversing means that the first window wins.
    places.rev().max_by_key(|remain| remain.values().sum::<usize>()).unwrap_or_default()
}

/// A locked paragraph and a current one that could be its home.
struct Candidate {
    /// Sorts better candidates first: live lines, then more words, then the smaller distance.
    order: (bool, Reverse<usize>, usize),
    /// The index of the line in the lock.
    line: usize,
    /// The current paragraph, counted from 0.
    at: usize,
}

/// Gives each current paragraph to the best candidate; the other lines whose words were merged into it are within it.
fn give(pairs: &[Candidate], lines: &[Line], sketches: &[Box<[u16]>], taken: &mut [bool], homes: &mut [Option<Home>]) {
    for pair in pairs {
        if homes[pair.line].is_none() && !taken[pair.at] {
            taken[pair.at] = true;
            homes[pair.line] = Some(Home::Own(pair.at));
        }
    }
    // Only now is it known which line owns each paragraph, and so which words it had before.
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

/// Up to this many words may be in another paragraph by chance.
const FEW: usize = 8;

/// Returns whether the words that a paragraph shares with another one, of `host` words, are a part of it rather than
/// chance. A quarter of it suffices, and so do words that make up half of the other one. A smaller part needs significant words:
/// *part of the international community* occurs in any text, and several such phrases soon add up to half of a
/// sentence.
fn is_part(shared: &[bool], sketch: &[u16], host: usize, small: &BTreeSet<u16>) -> bool {
    let (words, significant) = (count(shared), count(&significant(shared, sketch, small)));
    words > 0 && words * 10 >= sketch.len() && (words * 4 >= sketch.len() || words * 2 >= host || significant >= FEW)
}

/// Returns whether enough of a paragraph's words remain to recognise it: half of all words, but not one of two, and a
/// quarter of the significant ones, because half of a sentence is in any long text if every *of* and *the* counts.
fn is_enough(remains: &[bool], sketch: &[u16], small: &BTreeSet<u16>) -> bool {
    let (remain, of) = (count(remains), remains.len());
    let significant = significant(remains, sketch, small);
    remain * 2 >= of && remain >= of.min(3) && of > 0 && count(&significant) * 4 >= significant.len()
}

/// Returns the flags of the significant words, which are those that are not small.
fn significant(flags: &[bool], sketch: &[u16], small: &BTreeSet<u16>) -> Vec<bool> {
    sketch.iter().zip(flags).filter(|(word, _)| !small.contains(word)).map(|(_, flag)| *flag).collect()
}

/// Returns the small words: those in a fifth of the paragraphs or more. No list of stop words is needed, in any
/// language.
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

/// Returns for each current paragraph whether it is the home of a line.
fn owned(homes: &[Option<Home>], paragraphs: usize) -> Vec<bool> {
    let mut owned = vec![false; paragraphs];
    homes.iter().flatten().filter_map(|home| home.own()).for_each(|at| owned[at] = true);
    owned
}

/// Returns the lines without a home, those first whose paragraph was still in the text when the lock was written.
fn live_first(lines: &[Line], homes: &[Option<Home>]) -> Vec<usize> {
    let mut lost: Vec<usize> = (0..lines.len()).filter(|at| homes[*at].is_none()).collect();
    lost.sort_by_key(|at| lines[*at].state != State::Live);
    lost
}
