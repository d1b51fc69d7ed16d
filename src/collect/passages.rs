//! Matches, in the order of their statements -> what stands beside each paragraph, and the passages.
//!
//! A passage is a paragraph, or of a long one the words that are said elsewhere, and all later ones that share words with
//! it. It is led by the first to say the words, so that everything in it is compared with one text. A paragraph that
//! follows another leads a passage of its own only with those that share words with it and not with the other: so a text
//! that changes year by year makes a chain of passages, and none of words that nobody said.
//!
//! Texts of simulations are compared with each other and so are real ones, but no passage has both: nobody said what was
//! said in a simulation. Withdrawn texts are in no passage. What any of these had before is not called new or first.

mod said;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

pub use said::{
    Before, Elsewhere, First, Follower, Other, Passage, SaidElsewhere, Saying, delegations, shared, statements,
};

use super::Numbered;
use super::carried::{self, Alignments};
use super::matches::{Match, Matches, Text};
use crate::key::Key;
use crate::read::paragraph::ParagraphRef;
use crate::stamp::{Stamp, Stamped};

/// Where the passages are.
pub const ROOM: &str = crate::key::PASSAGES;

/// Others that are shown beside a paragraph, at most.
const SHOWN: usize = 5;

/// All passages by their page, and what stands beside the paragraphs of each statement, by its file.
#[derive(Default)]
pub struct Passages {
    pub passages: BTreeMap<Key, Passage>,
    pub elsewhere: HashMap<Arc<str>, Stamped<SaidElsewhere>>,
}

/// Texts that share passages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum World {
    Real,
    Simulated,
    /// In no passage.
    Withdrawn,
}

impl World {
    fn of(entry: &Numbered) -> World {
        match (entry.known.withdrawn, entry.known.card.simulated) {
            (true, _) => World::Withdrawn,
            (_, true) => World::Simulated,
            _ => World::Real,
        }
    }
}

/// By paragraph of a statement: the entries with the same words that are in no passage with it.
type Apart = BTreeMap<u32, Vec<usize>>;

/// Brings the matches up to date with the entries and gathers them; there are at least so many statements in a passage,
/// and none at all for 0.
pub fn passages(entries: &[Numbered], least: usize, state: &mut Matches, alignments: &mut Alignments) -> Passages {
    let shown: Vec<&Numbered> = entries.iter().collect();
    let worlds: Vec<World> = shown.iter().map(|entry| World::of(entry)).collect();
    let speakers: Vec<u32> = shown.iter().map(|entry| speaker(entry)).collect();
    let texts = shown
        .iter()
        .zip(&speakers)
        .map(|(entry, speaker)| Text { statement: &entry.known.statement, speaker: *speaker });
    state.update(&texts.collect::<Vec<_>>());
    let state = &*state;
    let mut order = vec![usize::MAX; state.slots()];
    for (at, entry) in shown.iter().enumerate() {
        if let Some(slot) = state.slot(&entry.known.statement.path) {
            order[slot as usize] = at;
        }
    }
    let there = |one: &Match<'_>| order[one.other_slot as usize];
    let sorted = |(at, entry): (usize, &&Numbered)| {
        let (mut matches, mut apart) = (state.of(&entry.known.statement.path), Apart::new());
        matches.retain(|one| {
            let is_together = worlds[at] == worlds[there(one)] && worlds[at] != World::Withdrawn;
            if !is_together {
                apart.entry(one.paragraph).or_default().push(there(one));
            }
            is_together
        });
        matches.sort_by_key(|one| (one.paragraph, there(one), one.other_paragraph, one.words.start));
        (matches, apart)
    };
    let (matches, apart): (Vec<Vec<Match<'_>>>, Vec<Apart>) = shown.par_iter().enumerate().map(sorted).unzip();
    let blocks = matches.par_iter().map(|matches| blocks(matches)).collect();
    let gathered = Gathered { entries: &shown, speakers: &speakers, order: &order, blocks, apart, least };
    let (led, passages) = gathered.passages(&matches);
    let beside = matches.par_iter().enumerate().filter_map(|(at, matches)| {
        let path = &shown[at].known.statement.path;
        // What stands beside a withdrawn text is nothing, and is kept elsewhere.
        if worlds[at] == World::Withdrawn {
            return None;
        }
        let mut doubtful: BTreeSet<u32> = state.courtesies(path).into_iter().collect();
        doubtful.extend(gathered.apart[at].keys().filter(|paragraph| !gathered.is_before_apart(at, **paragraph)));
        if matches.is_empty() && doubtful.is_empty() {
            return None;
        }
        let elsewhere = matches.chunk_by(|a, b| a.paragraph == b.paragraph).map(|of_paragraph| {
            let passage = led.get(&gathered.here(at, &of_paragraph[0])).and_then(|led| led.first());
            gathered.elsewhere(at, of_paragraph, passage.map(|passage| passages[*passage].key.clone()))
        });
        let paragraphs = elsewhere.collect();
        Some((Arc::clone(path), SaidElsewhere { paragraphs, doubtful, is_in_doubt: false }))
    });
    let mut elsewhere: HashMap<Arc<str>, SaidElsewhere> = beside.collect();
    carried::in_versions(&shown, &mut elsewhere, alignments);
    let elsewhere = elsewhere.into_iter().map(|(path, elsewhere)| (path, Stamped::new(elsewhere))).collect();
    Passages { passages: passages.into_iter().map(|passage| (passage.key.clone(), passage)).collect(), elsewhere }
}

/// Returns by what delegations are told apart; a statement that names none counts alone.
fn speaker(entry: &Numbered) -> u32 {
    entry.known.card.speaker().map_or_else(|| Stamp::of(&entry.known.id), Stamp::of).low()
}

/// Bytes of a paragraph that is taken as a whole, at most; of a longer one what is said elsewhere stands for itself.
const WHOLE: u32 = 2400;

/// What can lead a passage: the words of a paragraph, or those of a long one that overlap in its matches.
#[derive(Clone, Debug)]
struct Block {
    paragraph: u32,
    words: Range<u32>,
}

/// Finds the blocks of a statement, in the order of its text.
fn blocks(matches: &[Match<'_>]) -> Vec<Block> {
    let mut sorted: Vec<&Match<'_>> = matches.iter().collect();
    sorted.sort_by_key(|one| one.words.start);
    let mut blocks: Vec<Block> = Vec::new();
    for one in sorted {
        let whole = &one.statement.body.paragraphs[one.paragraph as usize].text;
        let words = if whole.len() as u32 <= WHOLE { whole } else { &one.words };
        match blocks.last_mut() {
            Some(last) if last.paragraph == one.paragraph && words.start < last.words.end => {
                last.words.end = last.words.end.max(words.end);
            }
            _ => blocks.push(Block { paragraph: one.paragraph, words: words.clone() }),
        }
    }
    blocks
}

/// A block: which entry, and which of its blocks.
type Place = (usize, usize);

/// The passages in which each block is, by their index.
type Led = HashMap<Place, Vec<usize>>;

struct Gathered<'a> {
    entries: &'a [&'a Numbered],
    /// By what delegations are told apart, of each entry.
    speakers: &'a [u32],
    /// The entry for each number that a match has for a statement.
    order: &'a [usize],
    blocks: Vec<Vec<Block>>,
    /// Of each entry.
    apart: Vec<Apart>,
    /// Statements in a passage, at least.
    least: usize,
}

impl Gathered<'_> {
    /// Returns the block of an entry in which a byte of its text lies.
    fn block(&self, at: usize, byte: u32) -> Place {
        (at, self.blocks[at].partition_point(|block| block.words.end <= byte))
    }

    fn here(&self, at: usize, one: &Match<'_>) -> Place {
        self.block(at, one.words.start)
    }

    fn there(&self, one: &Match<'_>) -> Place {
        self.block(self.other(one), one.other_words.start)
    }

    /// Returns the entry with which one has words in common.
    fn other(&self, one: &Match<'_>) -> usize {
        self.order[one.other_slot as usize]
    }

    /// Returns whether an entry is certainly earlier than all that have the words of its paragraph and are in no passage
    /// with it.
    fn is_before_apart(&self, at: usize, paragraph: u32) -> bool {
        let mut others = self.apart[at].get(&paragraph).into_iter().flatten();
        others.all(|other| is_earlier(self.entries[at], self.entries[*other]))
    }

    fn passages(&self, matches: &[Vec<Match<'_>>]) -> (Led, Vec<Passage>) {
        let (mut led, mut passages): (Led, Vec<Passage>) = (HashMap::new(), Vec::new());
        for (at, matches) in matches.iter().enumerate() {
            let mut of_blocks: BTreeMap<Place, Vec<&Match<'_>>> = BTreeMap::new();
            for one in matches {
                of_blocks.entry(self.here(at, one)).or_default().push(one);
            }
            // The same words said twice in one text are one passage.
            let mut of_words: HashMap<&str, usize> = HashMap::new();
            for (block, of_block) in of_blocks {
                let words = self.entries[at].known.statement.body.words(&self.blocks[at][block.1].words).trim();
                if let Some(passage) = of_words.get(words) {
                    led.entry(block).or_default().push(*passage);
                    continue;
                }
                let own = led.get(&block).cloned().unwrap_or_default();
                let is_new = |one: &&&Match<'_>| {
                    let other = self.there(one);
                    let is_in =
                        led.get(&other).is_some_and(|others| others.iter().any(|passage| own.contains(passage)));
                    other.0 > at && !is_in
                };
                let followers: Vec<&Match<'_>> = of_block.iter().filter(is_new).copied().collect();
                let follows = own.first().map(|passage: &usize| passages[*passage].key.clone());
                let Some(passage) = self.passage(block, &followers, follows) else { continue };
                for place in followers.iter().map(|one| self.there(one)).chain([block]) {
                    let of_place = led.entry(place).or_default();
                    if of_place.last() != Some(&passages.len()) {
                        of_place.push(passages.len());
                    }
                }
                of_words.insert(words, passages.len());
                passages.push(passage);
            }
        }
        (led, passages)
    }

    /// Makes the passage that a block leads, if enough follow it.
    fn passage(&self, (at, block): Place, followers: &[&Match<'_>], follows: Option<Key>) -> Option<Passage> {
        let others: BTreeSet<&str> = followers.iter().map(|one| &*one.other.id).collect();
        if self.least == 0 || others.is_empty() || others.len() + 1 < self.least {
            return None;
        }
        let entry = self.entries[at];
        let Block { paragraph, words } = &self.blocks[at][block];
        let leader = self.saying(at, *paragraph, words.clone());
        let before = self.blocks[at][..block].iter().filter(|other| other.paragraph == *paragraph).count();
        let key = path(&entry.known.key, &leader.paragraph, before)?;
        let follower = |one: &&Match<'_>| {
            let saying = self.saying(self.other(one), one.other_paragraph, one.other_words.clone());
            Stamped::new(Follower { saying, leader_words: one.words.clone(), extent: one.extent })
        };
        let followers: Vec<Stamped<Follower>> = followers.iter().map(follower).collect();
        let is_first = || {
            followers.iter().all(|follower| leader.card.is_before(&follower.saying.card))
                && self.is_before_apart(at, *paragraph)
        };
        let before = match follows {
            Some(passage) => Before::Follows(passage),
            None if is_first() => Before::Nobody,
            None => Before::Unclear,
        };
        Some(Passage { key, leader: Stamped::new(leader), before, followers })
    }

    fn saying(&self, at: usize, paragraph: u32, words: Range<u32>) -> Saying {
        let entry = self.entries[at];
        Saying {
            card: entry.known.card.clone(),
            statement: entry.known.statement.clone(),
            paragraph: entry.numbers.paragraph(&entry.known.statement.body, paragraph),
            words,
        }
    }

    /// Says what stands beside a paragraph, of which these are all matches.
    fn elsewhere(&self, at: usize, matches: &[Match<'_>], passage: Option<Key>) -> Elsewhere {
        let here = self.entries[at];
        let there = |one: &Match<'_>| self.other(one);
        let statements = |wanted: &dyn Fn(&Numbered) -> bool| {
            let ids = matches.iter().map(|one| self.entries[there(one)]).filter(|other| wanted(other));
            ids.map(|other| &other.known.id).collect::<BTreeSet<_>>().len()
        };
        let saying = |one: &Match<'_>| self.saying(there(one), one.other_paragraph, one.other_words.clone());
        let all_after = |first: &Numbered| {
            let apart = self.apart[at].get(&matches[0].paragraph).into_iter().flatten();
            let apart = apart.map(|other| self.entries[*other]);
            let others = matches.iter().map(|one| self.entries[there(one)]).chain([here]).chain(apart);
            others.into_iter().all(|other| other.known.id == first.known.id || is_earlier(first, other))
        };
        let first = match matches.first() {
            _ if all_after(here) => First::Here,
            Some(one) if all_after(self.entries[there(one)]) => First::Elsewhere(saying(one)),
            _ => First::Unclear,
        };
        let other = |one: &Match<'_>| Other {
            saying: saying(one),
            extent: one.extent,
            words: one.words.clone(),
            is_before: there(one) < at,
        };
        Elsewhere {
            paragraph: matches[0].paragraph,
            statements: statements(&|_| true),
            since: statements(&|other| is_earlier(here, other)),
            first,
            is_carried: matches.iter().any(|one| is_earlier(self.entries[there(one)], here)),
            others: self.choose(at, matches).into_iter().map(other).collect(),
            passage,
        }
    }

    /// Chooses whom a reader wants to see: the delegation itself, the last time before and the next; the first of all;
    /// then who is nearest in time.
    fn choose<'a, 'b>(&self, at: usize, matches: &'b [Match<'a>]) -> Vec<&'b Match<'a>> {
        let there = |one: &Match<'_>| self.other(one);
        let is_own = |one: &&Match<'_>| self.speakers[there(one)] == self.speakers[at];
        let own = matches.iter().filter(is_own);
        let before = own.clone().rfind(|one| there(one) < at);
        let after = own.clone().find(|one| there(one) > at);
        let mut nearest: Vec<&Match<'_>> = matches.iter().collect();
        nearest.sort_by_key(|one| there(one).abs_diff(at));
        let mut chosen: Vec<&Match<'_>> = Vec::new();
        for one in before.into_iter().chain(after).chain(matches.first()).chain(nearest) {
            let is_new = chosen.iter().all(|other| !std::ptr::eq(*other, one));
            if is_new && chosen.len() < SHOWN {
                chosen.push(one);
            }
        }
        chosen.sort_by_key(|one| (there(one), one.other_paragraph, one.words.start));
        chosen
    }
}

/// Returns the page of the passage that a paragraph leads, or, where it leads several, the one after so many others.
fn path(of: &Key, paragraph: &ParagraphRef, before: usize) -> Option<Key> {
    let count = if before == 0 { String::new() } else { format!("-{}", before + 1) };
    Key::passage(of, &format!("{}{count}", paragraph.anchor())).ok()
}

/// Says whether every day that one date can mean is before every day that the other can mean.
fn is_earlier(one: &Numbered, other: &Numbered) -> bool {
    one.known.card.is_before(&other.known.card)
}
