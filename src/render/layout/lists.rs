//! Lists -> their pages: the latest statements on the list's own page, older ones on numbered pages.

use std::ops::Range;
use std::sync::Arc;

use super::{Layout, backlinks};
use crate::collect::Collection;
use crate::collect::card::Card;
use crate::collect::lists::{Fact, Head, List, ListKind, Tally};
use crate::collect::names::Ref;
use crate::collect::on_topic::Quote;
use crate::collect::title::Title;
use crate::key::{ByKey, Key, Thing};
use crate::render::formats::CitedFormat;
use crate::render::page::{BY_RULE, Kind};
use crate::render::parts::{CitationsParts, ListParts, Pager, Parts};
use crate::stamp::Stamped;

impl Layout<'_> {
    /// Adds the pages of every list.
    pub(super) fn lists(&mut self, collection: &Collection) {
        let quotes = quotes(collection);
        for (path, list) in &*collection.lists {
            match list.kind {
                ListKind::Document => self.document(path, list, collection),
                _ => self.list(path, list, quotes.get(topic_of(path)), collection),
            }
        }
    }

    fn list<'a>(&mut self, key: &Key, list: &List, quotes: Option<&Quotes<'a>>, collection: &Collection) {
        let kind = match list.kind {
            ListKind::Topic | ListKind::TopicInLanguage => Kind::Topic,
            ListKind::Delegation => Kind::Delegation,
            ListKind::Forum => Kind::Forum,
            ListKind::Session => Kind::Session,
            ListKind::Meeting => Kind::Meeting,
            ListKind::Group => Kind::Group,
            ListKind::Speaker => Kind::Speaker,
            ListKind::Document => Kind::Document,
            ListKind::Year => Kind::Year,
            ListKind::Language => Kind::Language,
            ListKind::All => Kind::Statements,
        };
        // A meeting is one page, in the order in which they spoke.
        let size = if kind == Kind::Meeting { usize::MAX } else { self.config.page_size };
        let numbered = (list.cards.len() / size).saturating_sub(1);
        let has_feed = list.kind != ListKind::TopicInLanguage
            && matches!(kind, Kind::Topic | Kind::Delegation | Kind::Forum | Kind::Group | Kind::Speaker)
            && !self.config.base_url.is_empty();
        let is_cited = list.citable.len() > 1 && self.config.outputs.is_cited(kind.word());
        let none = Stamped::new(Vec::new());
        let links = collection.record_links.get(key).unwrap_or(&none);
        // Numbered pages do not show what is below the list, and need not be made again when that changes.
        let bare = (numbered > 0).then(|| Stamped::new(Head { branches: Vec::new(), ..Head::clone(&list.head) }));
        let no_tally = Stamped::new(Tally::default());
        let of = |quotes: &Quotes<'a>, cards: &[Stamped<Card>], by_rule: bool| match list.kind {
            ListKind::TopicInLanguage => quotes.of_some(cards, by_rule),
            _ => quotes.of(cards, by_rule),
        };
        let given = quotes.map(|quotes| of(quotes, &list.cards, list.tally.by_rule)).unwrap_or_default();
        let by_rule = quotes.map(|quotes| of(quotes, &list.rule_cards, true)).unwrap_or_default();
        let quoted = |range: Range<usize>| match given.get(range) {
            Some(quotes) if kind != Kind::Meeting => quotes.iter().rev().map(|quote| quote.cloned()).collect(),
            _ => Vec::new(),
        };
        let part = |range: Range<usize>, current: Option<usize>| ListParts {
            head: bare.as_ref().filter(|_| current.is_some()).unwrap_or(&list.head).clone(),
            record: list.record.clone().filter(|_| current.is_none()),
            links: if current.is_none() { links.clone() } else { none.clone() },
            cards: match &list.cards[range.clone()] {
                cards if kind == Kind::Meeting => cards.to_vec(),
                cards => cards.iter().rev().cloned().collect(),
            },
            quotes: quoted(range),
            rule_quotes: match current {
                None => by_rule.iter().rev().take(size.saturating_add(1)).map(|quote| quote.cloned()).collect(),
                Some(_) => Vec::new(),
            },
            tally: if current.is_none() { &list.tally } else { &no_tally }.clone(),
            rule_cards: if current.is_none() {
                list.rule_cards.iter().rev().take(size.saturating_add(1)).cloned().collect()
            } else {
                Vec::new()
            },
            backlinks: if current.is_none() { backlinks(collection, key) } else { Stamped::new(Vec::new()) },
            pager: Pager { list: key.clone(), numbered, current, feed: has_feed, cited: is_cited },
        };
        for number in 1..=numbered {
            if let Ok(page) = key.path().join(&format!("p/{number}/")) {
                let range = (number - 1) * size..number * size;
                self.add(kind, page, &list.origin, Parts::ListParts(part(range, Some(number))));
            }
        }
        let latest = if numbered == 0 { 0 } else { numbered * size }..list.cards.len();
        self.add(kind, key.path().clone(), &list.origin, Parts::ListParts(part(latest, None)));
        if has_feed {
            let by_rule = list.rule_cards.iter();
            self.feed(key, &list.head.title, list.cards.iter(), Some(by_rule), list.has_added, &list.origin);
        }
        if is_cited {
            for format in CitedFormat::ALL {
                if let Ok(path) = key.path().join(format.file()) {
                    let parts = CitationsParts { format, texts: list.citable.clone() };
                    self.add(Kind::Citations, path, &list.origin, Parts::CitationsParts(parts));
                }
            }
        }
        if list.rule_cards.len() > size
            && let Ok(below) = key.part(BY_RULE)
        {
            self.list(&below, &by_rule_only(key, list), quotes, collection);
        }
    }
}

/// How the list of a topic quotes statements, in the order of statements.
pub(super) struct Quotes<'a>(Vec<&'a Stamped<Quote>>);

impl<'a> Quotes<'a> {
    /// Returns the quotes of cards in the same order: of those whose topic an editor gave, or of those that have it by
    /// rule. Both run through the statements once.
    fn of(&self, cards: &[Stamped<Card>], by_rule: bool) -> Vec<Option<&'a Stamped<Quote>>> {
        let mut quotes = self.0.iter().copied().filter(|quote| quote.by_rule == by_rule).peekable();
        let quote = |card: &Stamped<Card>| quotes.next_if(|quote| quote.statement == card.key);
        cards.iter().map(quote).collect()
    }

    /// Returns the same for only some of the statements, or for other versions of them, which have no quotes.
    fn of_some(&self, cards: &[Stamped<Card>], by_rule: bool) -> Vec<Option<&'a Stamped<Quote>>> {
        let quotes = self.0.iter().copied().filter(|quote| quote.by_rule == by_rule);
        let quotes: ByKey<&Key, &'a Stamped<Quote>> = quotes.map(|quote| (&quote.statement, quote)).collect();
        cards.iter().map(|card| quotes.get(&card.key).copied()).collect()
    }
}

/// Returns the topic that a list is of, for one of its texts in a language; otherwise the list's own page.
fn topic_of(list: &Key) -> &Key {
    match list.thing() {
        Thing::Language { topic: Some(topic) } => topic,
        _ => list,
    }
}

/// Gathers how each topic's list quotes its statements.
fn quotes(collection: &Collection) -> ByKey<&Key, Quotes<'_>> {
    let mut quotes: ByKey<&Key, Quotes<'_>> = ByKey::default();
    for (topic, quote) in collection.said.iter().flat_map(|of| &of.quotes) {
        quotes.entry(topic).or_insert_with(|| Quotes(Vec::new())).0.push(quote);
    }
    quotes
}

/// Returns the list of all statements that have a topic by rule, for the page below the topic's own.
fn by_rule_only(key: &Key, list: &List) -> List {
    let mut trail = list.head.trail.clone();
    trail.push(Ref { title: list.head.title.clone(), key: Some(key.clone()) });
    let why =
        Fact { label: Title::entry("list.by-rule-label"), text: Title::entry("list.by-rule-why"), language: None };
    let head = Head {
        title: Title::filled(list.head.title.to_string(), "list.by-rule-title", [("title", list.head.title.clone())]),
        facts: vec![why],
        trail,
        branches: Vec::new(),
        simulated: list.head.simulated,
    };
    List {
        kind: list.kind,
        head: Stamped::new(head),
        record: None,
        cards: list.rule_cards.clone(),
        rule_cards: Vec::new(),
        citable: Stamped::new(Vec::new()),
        has_added: list.has_added,
        tally: list.rule_tally.clone(),
        rule_tally: list.rule_tally.clone(),
        origin: Arc::clone(&list.origin),
    }
}
