//! Statements and their topics -> who said what on each: the paragraphs on a topic, and the positions of delegations
//! over time.
//!
//! The paragraphs of a statement on a topic are those that an editor tagged with it; if there are none, those with a
//! phrase of the topic's record; if there are none of these either, all paragraphs, provided that an editor gave the
//! topic to the whole statement. A quotation is someone else's word and counts only if an editor tagged that very
//! paragraph.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil;

use super::Numbered;
use super::card::Card;
use super::citations::extract;
use super::lists::{Below, PositionPages};
use super::names::{Names, Ref};
use super::on_topic::{self, Quote};
use super::rules::PhraseHit;
use super::title::Title;
use crate::key::{ByKey, Key, KeyMap};
use crate::memo::Memo;
use crate::path::SitePath;
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::numbers::Numbers;
use crate::read::record::{Detail, RecordKind};
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

/// What a statement says on a topic.
#[derive(Debug, Hash)]
pub struct Said {
    /// The card of the statement.
    pub card: Stamped<Card>,
    /// The main language version.
    pub statement: Stamped<Statement>,
    /// The numbers of its paragraphs.
    pub numbers: Stamped<Numbers>,
    /// The paragraphs on the topic, counted from 0; empty where only the statement as a whole is known to be on it.
    pub paragraphs: Box<[u32]>,
    /// For each of these the byte of the body's text at which a phrase of the topic begins; empty where they were not
    /// found by phrases.
    pub phrases: Box<[u32]>,
    /// Whether only a rule found the topic, without an editor having assigned it.
    pub by_rule: bool,
}

impl Said {
    /// Returns the words of the paragraph at an index of `paragraphs`, without struck-out text.
    pub fn words(&self, at: usize) -> Cow<'_, str> {
        let body = &self.statement.body;
        match body.said(&body.paragraphs[self.paragraphs[at] as usize].text) {
            Cow::Borrowed(words) => words.trim().into(),
            Cow::Owned(words) => words.trim().to_owned().into(),
        }
    }

    /// Returns the words of the paragraph at an index of `paragraphs`; for a long one those around the phrase, or its
    /// beginning.
    pub fn excerpt(&self, at: usize) -> String {
        let body = &self.statement.body;
        let phrase = self.phrases.get(at).map(|phrase| {
            let start = body.paragraphs[self.paragraphs[at] as usize].text.start;
            body.said(&(start..*phrase)).trim_start().len()
        });
        let words = self.words(at);
        // Text struck out around the phrase shifts the position, which may then be inside a character.
        let mut phrase = phrase.unwrap_or(0).min(words.len());
        while !words.is_char_boundary(phrase) {
            phrase -= 1;
        }
        extract(&words, phrase)
    }
}

/// The sort key in an index of extracts: by the delegation's name, statements without one last; each delegation's
/// latest first.
type Order = (bool, Box<str>, Vec<Box<str>>, Reverse<Option<civil::Date>>, Box<str>);

/// What one statement says on each of its topics.
pub struct SaidByTopic {
    /// Its sort key in an index of extracts.
    pub order: Order,
    /// The statement's page.
    pub page: Key,
    /// The forum and the session, if both are known.
    pub session: Option<(Ref, Ref)>,
    /// Each topic, with what is said on it.
    pub said: Vec<(Ref, Stamped<Said>)>,
    /// Topics that a rule found but whose records do not let rules count, each with the anchor of the first paragraph
    /// that has a phrase; empty if none has.
    pub found: Vec<(Ref, Box<str>)>,
    /// How the list of each of its topics quotes it, also of those that only a rule found.
    pub quotes: Vec<(Key, Stamped<Quote>)>,
}

/// What one delegation said on one topic over time: two statements or more, each with a date.
#[derive(Debug)]
pub struct Position {
    /// The topic.
    pub topic: Ref,
    /// What was said, in chronological order.
    pub said: Vec<Stamped<Said>>,
}

/// Returns the delegation that said all of this; `None` if it is empty or has no delegation.
pub fn delegation(said: &[Stamped<Said>]) -> Option<&Ref> {
    said.first().and_then(|said| said.card.delegation.as_ref())
}

/// The positions by their pages.
pub type Positions = BTreeMap<Key, Position>;

/// A statement with more paragraphs than this is not all about one topic, even if an editor gave it to the whole.
const WHOLE: usize = 30;

/// The length of the shortest paragraph that is more than a salutation or thanks, in bytes.
const SHORTEST: u32 = 60;

/// Returns what the listed statements say on their topics, in the order of statements. Only what changed is recomputed,
/// or everything if a record changed.
pub fn said(
    entries: &[Numbered],
    names: &Names<'_>,
    memo: &mut Memo<Arc<str>, Arc<SaidByTopic>>,
) -> Vec<Arc<SaidByTopic>> {
    // Most of a site's statements may have no topic: they are left out before anything is stamped.
    let has_topics =
        |entry: &&Numbered| !entry.known.facts.topics.is_empty() || !entry.known.facts.rule_topics.is_empty();
    let entries: Vec<&Numbered> = entries.iter().filter(|entry| entry.known.is_listed()).filter(has_topics).collect();
    memo.update(
        &entries,
        |entry| {
            let parts = (&entry.known.statement, &entry.known.card, &entry.known.facts, &entry.numbers);
            (Arc::clone(&entry.known.statement.path), Stamp::of(&(names.stamp, parts, &entry.known.by_rule)))
        },
        |entry| Arc::new(of_statement(entry, names)),
    )
}

fn of_statement(entry: &Numbered, names: &Names<'_>) -> SaidByTopic {
    let counts = |topic: &&Ref| match names.record(RecordKind::Topic, key(topic)).map(|record| &record.detail) {
        Some(Detail::Topic { rule_counts, .. }) => *rule_counts,
        _ => false,
    };
    let given = entry.known.facts.topics.iter().map(|topic| (topic, true));
    let found = entry.known.facts.rule_topics.iter().filter(counts).map(|topic| (topic, false));
    let topics = given.chain(found).filter(|(topic, _)| topic.key.is_some());
    let body = &entry.known.statement.body;
    // Grouped by topic once instead of searched for each topic: a text may have a thousand tags.
    let mut tags: HashMap<Box<str>, Vec<u32>> = HashMap::new();
    for tag in &*body.tags {
        tags.entry(names.key(RecordKind::Topic, &tag.topic)).or_default().push(tag.paragraph);
    }
    let by_rule: HashMap<&str, &[PhraseHit]> =
        entry.known.by_rule.iter().map(|(key, found)| (&**key, &**found)).collect();
    // Most texts have tags or phrases for all their topics; the whole text is needed rarely, but then for several
    // topics.
    let whole = LazyCell::new(|| whole(body));
    let said = topics.map(|(topic, is_given)| {
        let found = by_rule.get(key(topic)).copied().unwrap_or_default();
        let (paragraphs, phrases) = match tags.get(key(topic)) {
            Some(tagged) => (without_repeats(tagged), Box::default()),
            None => paragraphs(body, found, is_given, || LazyCell::force(&whole).clone()),
        };
        let (card, statement) = (entry.known.card.clone(), entry.known.statement.clone());
        let numbers = entry.numbers.clone();
        let said = Said { card, statement, numbers, paragraphs, phrases, by_rule: !is_given };
        (topic.clone(), Stamped::new(said))
    });
    let said: Vec<(Ref, Stamped<Said>)> = said.collect();
    // Topics that do not count here still show, in the table of the topic, that somebody spoke on it.
    let uncounted = entry.known.facts.rule_topics.iter().filter(|topic| !counts(topic) && topic.key.is_some());
    let found = uncounted.map(|topic| {
        let found = by_rule.get(key(topic)).copied().unwrap_or_default();
        let first = found.iter().map(|found| found.paragraph).find(|paragraph| !body.is_quoted(*paragraph));
        let anchor = first.map(|at| format!("p{}", entry.numbers.of(at)));
        (topic.clone(), anchor.unwrap_or_default().into())
    });
    let found: Vec<(Ref, Box<str>)> = found.collect();
    let of_said = said.iter().map(|(topic, said)| (topic, said.by_rule, &*said.paragraphs));
    let of_found = found.iter().map(|(topic, _)| (topic, true, &[][..]));
    let quotes = of_said.chain(of_found).filter_map(|(topic, is_by_rule, paragraphs)| {
        let found = by_rule.get(key(topic)).copied().unwrap_or_default();
        let quote = on_topic::quote(entry, &topic.title, paragraphs, found, is_by_rule);
        Some((topic.key.clone()?, Stamped::new(quote)))
    });
    let quotes = quotes.collect();
    let session = match &entry.known.facts.occasion[..] {
        [forum, session, ..] if entry.known.facts.has_session => Some((forum.clone(), session.clone())),
        _ => None,
    };
    SaidByTopic { order: order(entry), page: entry.known.key.clone(), session, said, found, quotes }
}

fn order(entry: &Numbered) -> Order {
    let card = &entry.known.card;
    let name = card.delegation.as_ref().map(|delegation| delegation.title.to_lowercase());
    let others = card.on_behalf_of.iter().map(|other| Box::from(&*other.title)).collect();
    let date = card.date.as_ref().map(Date::earliest);
    (name.is_none(), name.unwrap_or_default().into(), others, Reverse(date), entry.known.id.clone())
}

/// Returns the key of a topic's record; empty for a topic without a page.
fn key(topic: &Ref) -> &str {
    topic.key.as_ref().map(Key::name).unwrap_or_default()
}

fn without_repeats(tagged: &[u32]) -> Box<[u32]> {
    let mut tagged = tagged.to_vec();
    tagged.dedup();
    tagged.into()
}

/// Returns the paragraphs of a text that have phrases of a topic, and the bytes of these; without any, the paragraphs
/// of the `whole` text if an editor gave it the topic.
fn paragraphs(
    body: &Body,
    found: &[PhraseHit],
    is_given: bool,
    whole: impl FnOnce() -> Box<[u32]>,
) -> (Box<[u32]>, Box<[u32]>) {
    let own: Vec<&PhraseHit> = found.iter().filter(|found| !body.is_quoted(found.paragraph)).collect();
    match &own[..] {
        [] if is_given => (whole(), Box::default()),
        own => (own.iter().map(|found| found.paragraph).collect(), own.iter().map(|found| found.at).collect()),
    }
}

/// Returns all paragraphs except quotations, and except the salutation and thanks around them; none of a text so long
/// that it cannot all be about one topic.
fn whole(body: &Body) -> Box<[u32]> {
    let is_long = |at: &u32| {
        let text = &body.paragraphs[*at as usize].text;
        text.end - text.start >= SHORTEST
    };
    let own: Vec<u32> = (0..body.paragraphs.len() as u32).filter(|at| !body.is_quoted(*at)).collect();
    let (Some(first), Some(last)) = (own.iter().position(is_long), own.iter().rposition(is_long)) else {
        return Box::default();
    };
    let paragraphs = &own[first..=last];
    if paragraphs.len() > WHOLE { Box::default() } else { paragraphs.into() }
}

/// A topic and what is said on it, in the order of statements.
pub(super) type OnTopic<'a> = (&'a Ref, Vec<&'a Stamped<Said>>);

/// Leaves out what was said in simulations, unless there is nothing else: it does not count next to what was really
/// said.
pub fn keep_real(said: &mut Vec<&Stamped<Said>>) {
    if said.iter().any(|said| !said.card.simulated) {
        said.retain(|said| !said.card.simulated);
    }
}

/// Gathers the positions: what a delegation said for itself on a topic, if it did so at least twice on known dates.
pub fn positions(said: &[Arc<SaidByTopic>]) -> Positions {
    let mut gathered: ByKey<(&Key, &Key), OnTopic<'_>> = ByKey::default();
    for (topic, said) in said.iter().flat_map(|of| &of.said) {
        if let (Some(delegation), Some(path)) = (own_delegation(said), &topic.key) {
            gathered.entry((delegation, path)).or_insert((topic, Vec::new())).1.push(said);
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each position is changed for itself")]
    for (_, said) in gathered.values_mut() {
        keep_real(said);
    }
    let several = gathered.into_iter().filter(|(_, (_, said))| said.len() > 1);
    let position = |((delegation, path), (topic, said)): (_, OnTopic<'_>)| {
        let said = said.into_iter().cloned().collect();
        Some((page(delegation, path)?, Position { topic: topic.clone(), said }))
    };
    several.filter_map(position).collect()
}

/// Returns the delegation whose position a statement is: one that spoke only for itself, on a known date.
pub fn own_delegation(said: &Said) -> Option<&Key> {
    let is_own = said.card.date.is_some() && said.card.on_behalf_of.is_empty();
    said.card.delegation.as_ref().filter(|_| is_own)?.key.as_ref()
}

/// Returns the links to positions that the delegations' pages have.
pub fn below(positions: &Positions) -> Vec<Below> {
    let link = |(path, position): (&Key, &Position)| Below {
        list: delegation(&position.said).and_then(|delegation| delegation.key.clone()),
        label: Title::entry("branch.positions"),
        link: Ref { title: position.topic.title.clone(), key: Some(path.clone()) },
        count: Some(position.said.len()),
    };
    positions.iter().map(link).collect()
}

/// Returns the pages of positions by their delegation and topic.
pub fn by_subject(positions: &Positions) -> PositionPages<'_> {
    positions.iter().filter_map(|(page, position)| Some((position.subject()?, page))).collect()
}

/// The positions that each statement is part of, by its page: the title of the topic with the key of the position.
pub type PositionsByStatement = KeyMap<Stamped<Vec<Ref>>>;

/// Returns the positions that each statement is part of.
pub fn of_statements(positions: &Positions) -> PositionsByStatement {
    let mut found: ByKey<&Key, Vec<Ref>> = ByKey::default();
    for (path, position) in positions {
        for said in &position.said {
            let link = Ref { title: position.topic.title.clone(), key: Some(path.clone()) };
            found.entry(&said.card.key).or_default().push(link);
        }
    }
    found.into_iter().map(|(path, links)| (path.clone(), Stamped::new(links))).collect()
}

/// Returns the page of a delegation's position on a topic; `None` if it cannot have one.
pub fn page(delegation: &Key, topic: &Key) -> Option<Key> {
    Key::position(delegation, topic).ok()
}

/// The maximum number of paragraphs on a page, unless a single statement has more: statements are not divided.
const PARAGRAPHS: usize = 200;

/// Divides what was said into pages, and returns the range of indices on each.
pub fn pages<'a>(said: impl Iterator<Item = &'a Stamped<Said>>) -> Vec<Range<usize>> {
    let (mut pages, mut count): (Vec<Range<usize>>, usize) = (Vec::new(), 0);
    for (at, said) in said.enumerate() {
        let of_statement = said.paragraphs.len().max(1);
        if let Some(page) = pages.last_mut().filter(|_| count + of_statement <= PARAGRAPHS) {
            page.end = at + 1;
            count += of_statement;
        } else {
            pages.push(at..at + 1);
            count = of_statement;
        }
    }
    pages
}

/// Returns the path of page `number`, counted from 1, of those that begin at `first`; `None` if it cannot have one.
pub fn numbered(first: &SitePath, number: usize) -> Option<SitePath> {
    if number == 1 { Some(first.clone()) } else { first.join(&format!("p/{number}/")).ok() }
}

impl Position {
    /// Returns the pages of its delegation and its topic.
    fn subject(&self) -> Option<(&Key, &Key)> {
        Some((delegation(&self.said)?.key.as_ref()?, self.topic.key.as_ref()?))
    }

    /// Returns the page that has a statement, of those that begin at `first`. Pages show the latest statement first.
    pub fn page_of(&self, first: &Key, statement: &Key) -> Option<SitePath> {
        let at = self.said.iter().rev().position(|said| said.card.key == *statement)?;
        let page = pages(self.said.iter().rev()).iter().position(|page| page.contains(&at))?;
        numbered(first.path(), page + 1)
    }
}
