//! Entries -> the pairs of texts that readers compare: a statement with the previous one by the same delegation, a
//! prepared text with the record of what was said, a language version with the main version.

mod likeness;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::card::Card;
use super::{Entry, Known, Numbered};
use crate::key::{Key, KeyMap};
use crate::read::statement::{Kind, TextStatus};
use crate::stamp::Stamped;
use likeness::ShareMemo;

/// Why two texts are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// A statement with the previous one by the same delegation.
    Previous,
    /// A prepared text with what was said.
    Delivered,
    /// A text in two languages.
    Languages,
}

/// Two texts to compare, by their indices among the entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Why they are compared.
    pub how: How,
    /// The page of the comparison.
    pub key: Key,
    /// The earlier, the prepared or the main one.
    pub before: usize,
    /// The later, the delivered or the translated one.
    pub after: usize,
}

/// A comparison as seen from one of its two statements.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// Why they are compared.
    pub how: How,
    /// The page of the comparison.
    pub key: Key,
    /// The other statement.
    pub with: Stamped<Card>,
    /// Whether the other statement is the earlier, the prepared or the main one.
    pub is_with_first: bool,
}

/// How many words pairs of texts share, kept between builds. Two memos, because each forgets what a build did not
/// request.
#[derive(Default)]
pub struct Shares {
    of_occasions: ShareMemo,
    with_previous: ShareMemo,
}

/// How many of a thousand words two texts must share for a comparison to be worth reading.
const ENOUGH: usize = 100;

/// Finds all pairs, in the order of their pages.
pub fn pairs(entries: &[Numbered], shares: &mut Shares) -> Vec<Pair> {
    let voices = by_voice(entries);
    // First, because a prepared text is not a predecessor: the record of what was said takes its place.
    let delivered = delivered(entries, voices.values(), &mut shares.of_occasions);
    let prepared: HashSet<usize> = delivered.iter().map(|(before, _)| *before).collect();
    let before: Vec<_> = voices.values().flat_map(|texts| previous(entries, texts, &prepared)).collect();
    let share = shares.with_previous.shares(entries, &before);
    let before = before.into_iter().zip(share).filter(|(_, share)| *share >= ENOUGH).map(|(pair, _)| pair);
    let pair = |how: How| move |(before, after): (usize, usize)| pair(entries, how, before, after);
    let spoken = before.filter_map(pair(How::Previous));
    let delivered = delivered.into_iter().filter_map(pair(How::Delivered));
    let languages = languages(entries).filter_map(pair(How::Languages));
    let mut pairs: Vec<Pair> = spoken.chain(delivered).chain(languages).collect();
    pairs.sort_by(|one, other| one.key.cmp(&other.key));
    pairs
}

/// Returns the comparisons of each statement, by its page.
pub fn by_statement(entries: &[Entry], pairs: &[Pair]) -> KeyMap<Vec<Comparison>> {
    let mut all: KeyMap<Vec<Comparison>> = KeyMap::default();
    for Pair { how, key, before, after } in pairs {
        for (of, with, is_with_first) in [(*after, *before, true), (*before, *after, false)] {
            let with = entries[with].known.card.clone();
            let comparison = Comparison { how: *how, key: key.clone(), with, is_with_first };
            all.entry(entries[of].known.key.clone()).or_default().push(comparison);
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted for itself")]
    for comparisons in all.values_mut() {
        comparisons.sort_by_key(|of| (of.how, !of.is_with_first));
    }
    all
}

/// Makes the pair, with a page below that of the statement that it says more about: what is new in a later statement,
/// what became of a prepared one, how the main version was translated.
fn pair(entries: &[Numbered], how: How, before: usize, after: usize) -> Option<Pair> {
    let (of, name) = match how {
        How::Previous => (after, "previous"),
        How::Delivered => (before, "delivered"),
        How::Languages => (before, &*entries[after].known.statement.language),
    };
    let key = Key::comparison(&entries[of].known.key, &["compare", name]).ok()?;
    Some(Pair { how, key, before, after })
}

/// Who speaks and in which language: for a joint statement those on whose behalf it is made, no matter who reads it
/// out, otherwise the delegation. The language is part of it because words are compared.
type Voice<'a> = (Vec<&'a Key>, &'a str);

/// Groups dated texts by who speaks, each group in chronological order.
fn by_voice(entries: &[Numbered]) -> BTreeMap<Voice<'_>, Vec<usize>> {
    let mut groups: BTreeMap<Voice<'_>, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let Known { statement, facts, withdrawn, .. } = &*entry.known;
        let mut joint: Vec<&Key> = facts.on_behalf_of.iter().filter_map(|party| party.key.as_ref()).collect();
        joint.sort_unstable();
        let delegation = facts.delegation.iter().filter_map(|delegation| delegation.key.as_ref());
        let who = if joint.is_empty() { delegation.collect() } else { joint };
        if !withdrawn && !who.is_empty() && statement.front.date.is_some() {
            groups.entry((who, &statement.language)).or_default().push(at);
        }
    }
    groups
}

/// Who spoke (the index of the voice), in which forum, on which date.
type Occasion<'a> = (usize, &'a Key, &'a str);

/// Pairs each prepared text with the record of what was said on the same occasion. Where a delegation spoke more than
/// once that day, shared words decide which texts belong together. A verbatim record is preferred to other records.
fn delivered<'a>(
    entries: &[Numbered],
    voices: impl Iterator<Item = &'a Vec<usize>>,
    shares: &mut ShareMemo,
) -> Vec<(usize, usize)> {
    let mut occasions: BTreeMap<Occasion<'_>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (voice, texts) in voices.enumerate() {
        for &at in texts {
            let Known { statement, facts, .. } = &*entries[at].known;
            let forum = facts.occasion.first().and_then(|forum| forum.key.as_ref());
            let (Some(forum), Some(date)) = (forum, &statement.front.date) else { continue };
            // Without a status it is not known whether a text was written before or after it was spoken.
            let Some(status) = statement.front.text_status else { continue };
            let (prepared, records) = occasions.entry((voice, forum, date.edtf())).or_default();
            if matches!(status, TextStatus::AsPrepared | TextStatus::CheckAgainstDelivery) {
                prepared.push(at);
            } else if rank(status).is_some() {
                records.push(at);
            }
        }
    }
    let (mut pairs, mut unsure) = (Vec::new(), Vec::new());
    for (prepared, records) in occasions.into_values() {
        // One text and one record of a day belong together without comparing words: a summary record may share few.
        let all = prepared.iter().flat_map(|before| records.iter().map(move |after| (*before, *after)));
        let fit = all.filter(|(before, after)| is_one_meeting(&entries[*before], &entries[*after]));
        if let ([_], [_]) = (&prepared[..], &records[..]) { pairs.extend(fit) } else { unsure.extend(fit) }
    }
    let share = shares.shares(entries, &unsure);
    let mut unsure: Vec<_> = share.into_iter().zip(unsure).filter(|(share, _)| *share >= ENOUGH).collect();
    let rank = |at: usize| entries[at].known.statement.front.text_status.and_then(rank);
    // The kind of record outweighs the share of words: a summary may quote the text, the verbatim record is the speech.
    unsure.sort_by_key(|(share, pair)| (rank(pair.1), Reverse(*share), *pair));
    // Greedily from the best pair on; each text is used once.
    let mut taken = HashSet::new();
    for (_, (before, after)) in unsure {
        if !taken.contains(&before) && !taken.contains(&after) {
            taken.extend([before, after]);
            pairs.push((before, after));
        }
    }
    pairs
}

/// Returns the preference among records of what was said, the best lowest; `None` for a text that is not a record.
fn rank(status: TextStatus) -> Option<u8> {
    match status {
        TextStatus::VerbatimRecord => Some(0),
        TextStatus::AsDelivered => Some(1),
        TextStatus::SummaryRecord => Some(2),
        _ => None,
    }
}

/// Returns whether two texts can be of one meeting: session, meeting and kind agree wherever both state them.
fn is_one_meeting(one: &Numbered, other: &Numbered) -> bool {
    fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
        one.is_none() || other.is_none() || one == other
    }
    let (one, other) = (&one.known.statement.front, &other.known.statement.front);
    agree(one.session.as_deref(), other.session.as_deref())
        && agree(one.meeting.as_deref(), other.meeting.as_deref())
        && agree(one.kind, other.kind)
}

/// Pairs each text with the earlier one that readers want to compare it with: the last on an earlier day of the same
/// kind and cluster in the same forum, so that a general debate is compared with a general debate; otherwise the last
/// in that forum; otherwise the last of all. A prepared text that has a record is never the earlier one.
fn previous(entries: &[Numbered], texts: &[usize], prepared: &HashSet<usize>) -> Vec<(usize, usize)> {
    type Room<'a> = (Option<&'a Key>, Option<(Option<Kind>, Option<&'a str>)>);
    let mut last: HashMap<Option<Room<'_>>, usize> = HashMap::new();
    let mut pairs = Vec::new();
    let day = |at: &usize| entries[*at].known.statement.front.date.as_ref().map(|date| date.earliest());
    for of_day in texts.chunk_by(|one, other| day(one) == day(other)) {
        let rooms = |at: usize| {
            let Known { statement, facts, .. } = &*entries[at].known;
            let forum = facts.occasion.first().and_then(|forum| forum.key.as_ref());
            let about = (statement.front.kind, statement.front.text(crate::front::statement::CLUSTER));
            [Some((forum, Some(about))), Some((forum, None)), None]
        };
        // Look up the whole day before adding it: texts of one day are not each other's predecessors.
        for &at in of_day {
            pairs.extend(rooms(at).iter().find_map(|room| last.get(room)).map(|before| (*before, at)));
        }
        for &at in of_day.iter().filter(|at| !prepared.contains(at)) {
            last.extend(rooms(at).map(|room| (room, at)));
        }
    }
    pairs
}

/// Pairs the main version of each statement with each of its other versions, which follow it among the entries.
fn languages(entries: &[Numbered]) -> impl Iterator<Item = (usize, usize)> {
    let mut main = 0;
    entries.iter().enumerate().filter_map(move |(at, entry)| {
        if entry.known.is_main {
            main = at;
        }
        (!entry.known.is_main && !entry.known.withdrawn && !entries[main].known.withdrawn).then_some((main, at))
    })
}
