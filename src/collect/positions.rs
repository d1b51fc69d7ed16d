//! Statements and their topics -> who said what on each: the paragraphs that are on a topic, and the positions of
//! delegations over time.
//!
//! Which paragraphs of a statement are on a topic: those that an editor gave it to; else those in which a phrase of its
//! record stands; else, of what an editor gave it to as a whole, all. What stands in a quotation is another's word and
//! counts only if an editor gave the topic to that very paragraph.

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
use super::lists::Below;
use super::names::{Names, Ref};
use super::numbers::Numbers;
use super::rules::Found;
use crate::key::Key;
use crate::memo::Memo;
use crate::path::SitePath;
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::record::{Detail, RecordKind};
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

/// What a statement says on a topic.
#[derive(Debug, Hash)]
pub struct Said {
    pub card: Stamped<Card>,
    pub statement: Stamped<Statement>,
    pub numbers: Stamped<Numbers>,
    /// The paragraphs on the topic, counted from 0; none where no single ones are known.
    pub paragraphs: Box<[u32]>,
    /// Where in each of these a phrase of the topic stands, as a byte of the text; empty where it is not by phrases that
    /// they are known.
    pub phrases: Box<[u32]>,
    /// A rule found the topic in it; no editor gave it.
    pub by_rule: bool,
}

impl Said {
    /// Returns the words of one of the paragraphs, without what is struck out.
    pub fn words(&self, at: usize) -> Cow<'_, str> {
        let body = &self.statement.body;
        match body.said(&body.paragraphs[self.paragraphs[at] as usize].text) {
            Cow::Borrowed(words) => words.trim().into(),
            Cow::Owned(words) => words.trim().to_owned().into(),
        }
    }

    /// Returns the words of one of the paragraphs, or, of many, those around the phrase or the beginning.
    pub fn excerpt(&self, at: usize) -> String {
        let body = &self.statement.body;
        let phrase = self.phrases.get(at).map(|phrase| {
            let start = body.paragraphs[self.paragraphs[at] as usize].text.start;
            body.said(&(start..*phrase)).trim_start().len()
        });
        let words = self.words(at);
        // Where words are struck out around the phrase, what is left of them need not end between two characters.
        let mut phrase = phrase.unwrap_or(0).min(words.len());
        while !words.is_char_boundary(phrase) {
            phrase -= 1;
        }
        extract(&words, phrase)
    }
}

/// What an index of extracts is sorted by: the delegation's name, those without one last; of each the latest first.
type Order = (bool, Box<str>, Vec<Box<str>>, Reverse<Option<civil::Date>>, Box<str>);

/// What one statement says on each of its topics.
pub struct OfStatement {
    pub order: Order,
    /// The statement's page.
    pub page: Key,
    /// The forum and the session, where both are known.
    pub session: Option<(Ref, Ref)>,
    pub said: Vec<(Ref, Stamped<Said>)>,
    /// Topics that a rule found in it and that do not count as said, with the anchor of the first paragraph in which it
    /// did, if it is in one.
    pub found: Vec<(Ref, Box<str>)>,
}

/// What one delegation said on one topic, in order of time: two statements or more, each with a date.
#[derive(Debug)]
pub struct Position {
    pub topic: Ref,
    pub said: Vec<Stamped<Said>>,
}

/// Returns the delegation that said all of this.
pub fn delegation(said: &[Stamped<Said>]) -> Option<&Ref> {
    said.first().and_then(|said| said.card.delegation.as_ref())
}

/// The positions by their pages.
pub type Positions = BTreeMap<Key, Position>;

/// A statement of more paragraphs than these is not all about a topic, even if all of it has it.
const WHOLE: usize = 30;

/// Bytes of the shortest paragraph that is more than a salutation or thanks.
const SHORTEST: u32 = 60;

/// Gathers what the statements in lists say on their topics, in the statements' order. Made anew is only what changed, or all
/// when a record did.
pub fn said(
    entries: &[Numbered],
    names: &Names<'_>,
    memo: &mut Memo<Arc<str>, Arc<OfStatement>>,
) -> Vec<Arc<OfStatement>> {
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

fn of_statement(entry: &Numbered, names: &Names<'_>) -> OfStatement {
    let counts = |topic: &&Ref| match names.record(RecordKind::Topic, key(topic)).map(|record| &record.detail) {
        Some(Detail::Topic { rule_counts, .. }) => *rule_counts,
        _ => false,
    };
    let given = entry.known.facts.topics.iter().map(|topic| (topic, true));
    let found = entry.known.facts.rule_topics.iter().filter(counts).map(|topic| (topic, false));
    let topics = given.chain(found).filter(|(topic, _)| topic.key.is_some());
    let body = &entry.known.statement.body;
    // By topic once, and not once for each topic: a text may have a thousand of them.
    let mut tags: HashMap<Box<str>, Vec<u32>> = HashMap::new();
    for tag in &*body.tags {
        tags.entry(names.key(RecordKind::Topic, &tag.topic)).or_default().push(tag.paragraph);
    }
    let by_rule: HashMap<&str, &[Found]> = entry.known.by_rule.iter().map(|(key, found)| (&**key, &**found)).collect();
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
    let uncounted = entry.known.facts.rule_topics.iter().filter(|topic| !counts(topic) && topic.key.is_some());
    let found = uncounted.map(|topic| {
        let found = by_rule.get(key(topic)).copied().unwrap_or_default();
        let first = found.iter().map(|found| found.paragraph).find(|paragraph| !body.is_quoted(*paragraph));
        let anchor = first.map(|at| format!("p{}", entry.numbers.of(at)));
        (topic.clone(), anchor.unwrap_or_default().into())
    });
    let found = found.collect();
    let session = match &entry.known.facts.occasion[..] {
        [forum, session, ..] if entry.known.facts.has_session => Some((forum.clone(), session.clone())),
        _ => None,
    };
    OfStatement { order: order(entry), page: entry.known.key.clone(), session, said: said.collect(), found }
}

fn order(entry: &Numbered) -> Order {
    let card = &entry.known.card;
    let name = card.delegation.as_ref().map(|delegation| delegation.title.to_lowercase());
    let others = card.on_behalf_of.iter().map(|other| other.title.clone()).collect();
    let date = card.date.as_ref().map(Date::earliest);
    (name.is_none(), name.unwrap_or_default().into(), others, Reverse(date), entry.known.id.clone())
}

/// Returns the name under which a topic is known.
fn key(topic: &Ref) -> &str {
    topic.key.as_ref().map(Key::name).unwrap_or_default()
}

fn without_repeats(tagged: &[u32]) -> Box<[u32]> {
    let mut tagged = tagged.to_vec();
    tagged.dedup();
    tagged.into()
}

/// Returns the paragraphs of a text that are on a topic by its phrases, and where these stand in them; without any, those of
/// the `whole` text if the topic was given to it.
fn paragraphs(
    body: &Body,
    found: &[Found],
    is_given: bool,
    whole: impl FnOnce() -> Box<[u32]>,
) -> (Box<[u32]>, Box<[u32]>) {
    let own: Vec<&Found> = found.iter().filter(|found| !body.is_quoted(found.paragraph)).collect();
    match &own[..] {
        [] if is_given => (whole(), Box::default()),
        own => (own.iter().map(|found| found.paragraph).collect(), own.iter().map(|found| found.at).collect()),
    }
}

/// Returns all paragraphs but quotations, without salutations before and thanks after them; none of a text so long that
/// nobody would look for a topic in all of it.
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

/// A topic, and what is said on it.
type OnTopic<'a> = (&'a Ref, Vec<&'a Stamped<Said>>);

/// Leaves out what was said in simulations, unless that is all: nobody said it, so it does not count beside what was said.
pub fn keep_real(said: &mut Vec<&Stamped<Said>>) {
    if said.iter().any(|said| !said.card.simulated) {
        said.retain(|said| !said.card.simulated);
    }
}

/// Gathers the positions: what a delegation said for itself, where it did so twice or more and the dates are known.
pub fn positions(said: &[Arc<OfStatement>]) -> Positions {
    let mut gathered: HashMap<(&Key, &Key), OnTopic<'_>> = HashMap::new();
    for (topic, said) in said.iter().flat_map(|of| &of.said) {
        if let (Some(delegation), Some(path)) = (speaker(said), &topic.key) {
            gathered.entry((delegation, path)).or_insert((topic, Vec::new())).1.push(said);
        }
    }
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

/// Returns the delegation whose position a statement is: that which spoke for itself alone, on a day that is known.
pub fn speaker(said: &Said) -> Option<&Key> {
    let is_own = said.card.date.is_some() && said.card.on_behalf_of.is_empty();
    said.card.delegation.as_ref().filter(|_| is_own)?.key.as_ref()
}

/// Returns the links to positions from the delegations' pages.
pub fn below(positions: &Positions) -> Vec<Below> {
    let link = |(path, position): (&Key, &Position)| Below {
        list: delegation(&position.said).and_then(|delegation| delegation.key.clone()),
        label: "Positions over time".into(),
        link: Ref { title: position.topic.title.clone(), key: Some(path.clone()) },
        count: Some(position.said.len()),
    };
    positions.iter().map(link).collect()
}

/// The positions in which each statement stands, by its page: the topic, and the position's page.
pub type OfStatements = HashMap<Key, Stamped<Vec<Ref>>>;

/// Gathers the positions of each statement.
pub fn of_statements(positions: &Positions) -> OfStatements {
    let mut found: HashMap<&Key, Vec<Ref>> = HashMap::new();
    for (path, position) in positions {
        for said in &position.said {
            let link = Ref { title: position.topic.title.clone(), key: Some(path.clone()) };
            found.entry(&said.card.key).or_default().push(link);
        }
    }
    found.into_iter().map(|(path, links)| (path.clone(), Stamped::new(links))).collect()
}

/// Returns the page of a delegation's position on a topic.
pub fn page(delegation: &Key, topic: &Key) -> Option<Key> {
    Key::position(delegation, topic).ok()
}

/// Paragraphs on a page; a statement is not cut.
const PARAGRAPHS: usize = 200;

/// Cuts what was said into pages of some paragraphs, from the first on.
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

/// Returns one of the pages that begin at a path, counted from 1.
pub fn numbered(first: &SitePath, number: usize) -> Option<SitePath> {
    if number == 1 { Some(first.clone()) } else { first.join(&format!("p/{number}/")).ok() }
}

impl Position {
    /// Returns the page on which a statement stands, of those that begin at a path.
    pub fn page_of(&self, first: &Key, statement: &Key) -> Option<SitePath> {
        let at = self.said.iter().rev().position(|said| said.card.key == *statement)?;
        let page = pages(self.said.iter().rev()).iter().position(|page| page.contains(&at))?;
        numbered(first.path(), page + 1)
    }
}
