//! A group of statements that share words -> its passages, and the other occurrences of its paragraphs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Before, Elsewhere, First, Follower, Other, Passage, SaidElsewhere, Saying, delegation_number};
use crate::collect::Numbered;
use crate::collect::matches::{Match, Matches};
use crate::key::Key;
use crate::read::paragraph::ParagraphRef;
use crate::stamp::Stamped;

/// The maximum number of other occurrences shown next to a paragraph.
const SHOWN: usize = 5;

/// The kind of text that a statement is: passages never mix two kinds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum World {
    Real,
    Simulated,
    /// Part of no passage.
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

/// For each paragraph of a statement, the entries with the same words that are in another world.
type Apart = BTreeMap<u32, Vec<usize>>;

/// What the statements of a group have in common.
#[derive(Debug)]
pub struct Group {
    pub(super) passages: Vec<Arc<Passage>>,
    /// The other occurrences, by the path of the statement's file.
    pub(super) elsewhere: Vec<(Arc<str>, Stamped<SaidElsewhere>)>,
}

impl Group {
    /// Gathers the passages of a group, whose members are in chronological order; `places` has the index of each slot by
    /// which a match names a statement.
    pub(super) fn gather(shown: &[&Numbered], places: &[usize], least: usize, state: &Matches) -> Group {
        let worlds: Vec<World> = shown.iter().map(|entry| World::of(entry)).collect();
        let delegations: Vec<u32> = shown.iter().map(|entry| delegation_number(entry)).collect();
        let entry_of = |one: &Match<'_>| places[one.other_slot as usize];
        let sorted = |(at, entry): (usize, &&Numbered)| {
            let (mut matches, mut apart) = (state.of(&entry.known.statement.path), Apart::new());
            matches.retain(|one| {
                let is_together = worlds[at] == worlds[entry_of(one)] && worlds[at] != World::Withdrawn;
                if !is_together {
                    apart.entry(one.paragraph).or_default().push(entry_of(one));
                }
                is_together
            });
            matches.sort_by_key(|one| (one.paragraph, entry_of(one), one.other_paragraph, one.words.start));
            (matches, apart)
        };
        let (matches, apart): (Vec<Vec<Match<'_>>>, Vec<Apart>) = shown.par_iter().enumerate().map(sorted).unzip();
        let blocks = matches.par_iter().map(|matches| blocks(matches)).collect();
        let gathered = Gathered { entries: shown, delegations: &delegations, places, blocks, apart, least };
        let (led, passages) = gathered.passages(&matches);
        let compared = matches.par_iter().enumerate().filter_map(|(at, matches)| {
            let path = &shown[at].known.statement.path;
            // A withdrawn text is compared with nothing; `carried` marks it as in doubt.
            if worlds[at] == World::Withdrawn {
                return None;
            }
            // "New" is claimed only of a paragraph that is not a courtesy and whose words no text of another world had
            // earlier.
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
            Some((Arc::clone(path), Stamped::new(SaidElsewhere { paragraphs, doubtful, is_in_doubt: false })))
        });
        let elsewhere = compared.collect();
        Group { passages: passages.into_iter().map(Arc::new).collect(), elsewhere }
    }
}

/// Paragraphs of up to this many bytes lead a passage as a whole; longer ones with each of their repeated parts.
const WHOLE: u32 = 2400;

/// What can lead a passage: a whole paragraph, or a part of a long one that overlapping matches cover.
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
        // A short paragraph is one block, however little of it a statement shares.
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

/// A block: the index of its entry, and its index in that entry.
type BlockId = (usize, usize);

/// The indices of the passages that each block is in.
type Led = HashMap<BlockId, Vec<usize>>;

/// Everything that passages are made of.
struct Gathered<'a> {
    entries: &'a [&'a Numbered],
    /// The number of each entry's delegation.
    delegations: &'a [u32],
    /// The entry for each slot by which a match names a statement.
    places: &'a [usize],
    /// For each entry, in the order of its text.
    blocks: Vec<Vec<Block>>,
    /// For each entry.
    apart: Vec<Apart>,
    /// The minimum number of statements in a passage.
    least: usize,
}

impl Gathered<'_> {
    /// Returns the block of an entry that contains a byte of its text.
    fn block(&self, at: usize, byte: u32) -> BlockId {
        (at, self.blocks[at].partition_point(|block| block.words.end <= byte))
    }

    /// Returns the block of a match in the entry whose match it is.
    fn here(&self, at: usize, one: &Match<'_>) -> BlockId {
        self.block(at, one.words.start)
    }

    /// Returns the block of a match in the other entry.
    fn other_block(&self, one: &Match<'_>) -> BlockId {
        self.block(self.other(one), one.other_words.start)
    }

    /// Returns the other entry of a match.
    fn other(&self, one: &Match<'_>) -> usize {
        self.places[one.other_slot as usize]
    }

    /// Returns whether an entry is certainly earlier than all entries of other worlds that have the words of its
    /// paragraph.
    fn is_before_apart(&self, at: usize, paragraph: u32) -> bool {
        let mut others = self.apart[at].get(&paragraph).into_iter().flatten();
        others.all(|other| is_earlier(self.entries[at], self.entries[*other]))
    }

    /// Makes the passages, and returns which of them each block is in.
    fn passages(&self, matches: &[Vec<Match<'_>>]) -> (Led, Vec<Passage>) {
        let (mut led, mut passages): (Led, Vec<Passage>) = (HashMap::new(), Vec::new());
        // In chronological order: when a block's turn comes, all passages that it can follow in exist.
        for (at, matches) in matches.iter().enumerate() {
            let mut of_blocks: BTreeMap<BlockId, Vec<&Match<'_>>> = BTreeMap::new();
            for one in matches {
                of_blocks.entry(self.here(at, one)).or_default().push(one);
            }
            // Words that a text says twice, such as a refrain, make one passage.
            let mut of_words: HashMap<&str, usize> = HashMap::new();
            for (block, of_block) in of_blocks {
                let words = self.entries[at].known.statement.body.words(&self.blocks[at][block.1].words).trim();
                if let Some(passage) = of_words.get(words) {
                    led.entry(block).or_default().push(*passage);
                    continue;
                }
                // The passages of earlier leaders that this block follows in.
                let own = led.get(&block).cloned().unwrap_or_default();
                // Those already together with this block under an earlier leader need no second passage.
                let is_new = |one: &&&Match<'_>| {
                    let other = self.other_block(one);
                    let is_in =
                        led.get(&other).is_some_and(|others| others.iter().any(|passage| own.contains(passage)));
                    other.0 > at && !is_in
                };
                let followers: Vec<&Match<'_>> = of_block.iter().filter(is_new).copied().collect();
                let follows = own.first().map(|passage: &usize| passages[*passage].key.clone());
                let Some(passage) = self.passage(block, &followers, follows) else { continue };
                for place in followers.iter().map(|one| self.other_block(one)).chain([block]) {
                    let of_place = led.entry(place).or_default();
                    if of_place.last() != Some(&passages.len()) {
                        of_place.push(passages.len());
                    }
                }
                // Later blocks of this text with the same words join the passage instead of leading a second one.
                of_words.insert(words, passages.len());
                passages.push(passage);
            }
        }
        (led, passages)
    }

    /// Makes the passage that a block leads; `None` if too few statements follow it.
    fn passage(&self, (at, block): BlockId, followers: &[&Match<'_>], follows: Option<Key>) -> Option<Passage> {
        let others: BTreeSet<&str> = followers.iter().map(|one| &*one.other.id).collect();
        if self.least == 0 || others.is_empty() || others.len() + 1 < self.least {
            return None;
        }
        let entry = self.entries[at];
        let Block { paragraph, words } = &self.blocks[at][block];
        let leader = self.saying(at, *paragraph, words.clone());
        // A second passage in the paragraph needs an address of its own.
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

    /// Describes the other occurrences of a paragraph; `matches` are all its matches.
    fn elsewhere(&self, at: usize, matches: &[Match<'_>], passage: Option<Key>) -> Elsewhere {
        let here = self.entries[at];
        let entry_of = |one: &Match<'_>| self.other(one);
        let statements = |wanted: &dyn Fn(&Numbered) -> bool| {
            let ids = matches.iter().map(|one| self.entries[entry_of(one)]).filter(|other| wanted(other));
            ids.map(|other| &other.known.id).collect::<BTreeSet<_>>().len()
        };
        let saying = |one: &Match<'_>| self.saying(entry_of(one), one.other_paragraph, one.other_words.clone());
        let all_after = |first: &Numbered| {
            let apart = self.apart[at].get(&matches[0].paragraph).into_iter().flatten();
            let apart = apart.map(|other| self.entries[*other]);
            let others = matches.iter().map(|one| self.entries[entry_of(one)]).chain([here]).chain(apart);
            others.into_iter().all(|other| other.known.id == first.known.id || is_earlier(first, other))
        };
        // The text that is claimed to be first must certainly be earlier than every other one, in every world; the
        // candidates are this statement and the earliest match.
        let first = match matches.first() {
            _ if all_after(here) => First::Here,
            Some(one) if all_after(self.entries[entry_of(one)]) => First::Elsewhere(saying(one)),
            _ => First::Unclear,
        };
        let delegations: BTreeSet<u32> = matches.iter().map(|one| self.delegations[entry_of(one)]).collect();
        let other = |one: &Match<'_>| Other {
            saying: saying(one),
            extent: one.extent,
            words: one.words.clone(),
            is_before: entry_of(one) < at,
        };
        Elsewhere {
            paragraph: matches[0].paragraph,
            statements: statements(&|_| true),
            since: statements(&|other| is_earlier(here, other)),
            delegations: delegations.iter().filter(|delegation| **delegation != self.delegations[at]).count(),
            first,
            is_carried: matches.iter().any(|one| is_earlier(self.entries[entry_of(one)], here)),
            others: self.choose(at, matches).into_iter().map(other).collect(),
            passage,
        }
    }

    /// Chooses the occurrences that are shown: the delegation's own previous and next one, the first of all, then those
    /// nearest in time.
    fn choose<'a, 'b>(&self, at: usize, matches: &'b [Match<'a>]) -> Vec<&'b Match<'a>> {
        let entry_of = |one: &Match<'_>| self.other(one);
        let is_own = |one: &&Match<'_>| self.delegations[entry_of(one)] == self.delegations[at];
        let own = matches.iter().filter(is_own);
        let before = own.clone().rfind(|one| entry_of(one) < at);
        let after = own.clone().find(|one| entry_of(one) > at);
        // Entries are in chronological order, so their distance stands for that in time.
        let mut nearest: Vec<&Match<'_>> = matches.iter().collect();
        nearest.sort_by_key(|one| entry_of(one).abs_diff(at));
        let mut chosen: Vec<&Match<'_>> = Vec::new();
        for one in before.into_iter().chain(after).chain(matches.first()).chain(nearest) {
            // One occurrence may be both the delegation's previous one and the first of all.
            let is_new = chosen.iter().all(|other| !std::ptr::eq(*other, one));
            if is_new && chosen.len() < SHOWN {
                chosen.push(one);
            }
        }
        chosen.sort_by_key(|one| (entry_of(one), one.other_paragraph, one.words.start));
        chosen
    }
}

/// Returns the page of a passage that a paragraph leads, after `before` others that it leads.
fn path(of: &Key, paragraph: &ParagraphRef, before: usize) -> Option<Key> {
    let count = if before == 0 { String::new() } else { format!("-{}", before + 1) };
    Key::passage(of, &format!("{}{count}", paragraph.anchor())).ok()
}

/// Returns whether every day that one date can mean is before every day that the other can mean.
fn is_earlier(one: &Numbered, other: &Numbered) -> bool {
    one.known.card.is_before(&other.known.card)
}
