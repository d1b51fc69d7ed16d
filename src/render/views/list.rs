//! The parts of a list -> its view: what it holds, and its statements by year, without what all have in common.

use super::titles::{Patterns, patterns};
use super::{Views, extra};
use crate::collect::card::Card;
use crate::collect::lists::Tally;
use crate::collect::names::Ref;
use crate::collect::on_topic::Quote;
use crate::collect::title::Title;

use crate::language::scripts::is_unspaced;
use crate::read::date::Date;
use crate::render::charts::{self, Year};
use crate::render::formats::CitedFormat;
use crate::render::page::{BY_RULE, Kind, Page};
use crate::render::parts::{ListParts, Pager};
use crate::render::view::{BarsView, CardView, CardYearView, ListView, RefView, ShareView, SummaryView};
use crate::stamp::Stamped;

/// Delegations that the head of a list names as those with most statements.
const MOST: usize = 3;

impl Views<'_> {
    pub(super) fn list(&self, page: &Page, parts: &ListParts) -> ListView {
        let head = &parts.head;
        let size = self.theme.config.page_size;
        let title = self.numbered(self.title(&head.title), parts.pager.current);
        let common = Common::of(page.kind, &parts.cards, &parts.rule_cards);
        let rows = |cards: &[Stamped<Card>], quotes: &[Option<Stamped<Quote>>]| {
            let cards = cards.iter().enumerate().map(|(at, card)| {
                let quote = quotes.get(at).and_then(Option::as_ref);
                (card, self.row(card, quote.map(|quote| &**quote), &common))
            });
            by_year(page.kind, cards)
        };
        let tally = &*parts.tally;
        let is_meeting = page.kind == Kind::Meeting;
        // Where each delegation has one statement, as in a meeting, the rows name them already.
        // What others said on a delegation's behalf is in its list, but it is about the one delegation.
        let is_of_one = matches!(page.kind, Kind::Delegation | Kind::Speaker);
        let is_several = !is_of_one && tally.delegations.len() > 1 && tally.delegations[0].1 > 1;
        let summary = self.summary(tally).map(|summary| match is_of_one {
            true => SummaryView { delegations: 1, most: Vec::new(), ..summary },
            false => summary,
        });
        // The title of a year's list is the year.
        let summary = summary.map(|summary| match page.kind {
            Kind::Year => SummaryView { from: String::new(), until: String::new(), ..summary },
            _ => summary,
        });
        // Links that the topics have already, such as those to positions, are not repeated below them.
        let has = |link: &Ref| tally.topics.iter().any(|(topic, _)| topic.key == link.key);
        let branches = head.branches.iter().filter(|(_, links)| !links.iter().all(|(link, _)| has(link)));
        ListView {
            page: self.head(page, &title, head, parts.record.as_ref(), &parts.pager),
            title,
            facts: self.head_facts(head),
            trail: head.trail.iter().map(|link| self.reference(link)).collect(),
            introduction: self.introduction(parts.record.as_ref(), &parts.links),
            extra: extra(parts.record.as_ref().map(|record| &record.extra)),
            summary,
            // A meeting is of one day, and its rows are in the order of speaking.
            per_year: if is_meeting { None } else { self.per_year(tally, &parts.pager) },
            decades: if is_meeting { Vec::new() } else { self.decades(tally, &parts.pager) },
            delegations: if is_several { self.shares(&tally.delegations) } else { Vec::new() },
            topics: self.shares(&tally.topics),
            branches: branches.map(|(label, links)| self.branch(label, links)).collect(),
            order: if is_meeting { self.words.say("list.speaking-order", &[]) } else { String::new() },
            years: rows(&parts.cards, &parts.quotes),
            rule_years: rows(&parts.rule_cards[..size.min(parts.rule_cards.len())], &parts.rule_quotes),
            common: self.in_common(&common),
            rule_url: (parts.rule_cards.len() > size)
                .then(|| format!("{}{BY_RULE}", self.href_here(&parts.pager.list))),
            citations: self.cited_in(&parts.pager),
            pager: self.pager(parts),
            backlinks: parts.backlinks.iter().map(|link| self.backlink(link)).collect(),
        }
    }

    /// Returns in words what the rows leave out because all have it, and no heading says it.
    fn in_common(&self, common: &Common) -> Vec<String> {
        let titles = common.titles.iter().map(|title| self.title(title));
        titles.chain(common.date.as_ref().map(|date| self.words.date(date))).collect()
    }

    /// Returns the files with citations of a list.
    fn cited_in(&self, pager: &Pager) -> Vec<RefView> {
        let list = self.href(&pager.list);
        let file = |format: CitedFormat| RefView {
            title: self.words.say(&format!("cite.styles.{}", format.name()), &[]),
            url: Some(format!("{list}{}", format.file())),
            count: None,
        };
        let has_them = pager.cited && pager.current.is_none();
        CitedFormat::ALL.into_iter().filter(|_| has_them).map(file).collect()
    }

    /// Returns what a list or the collection holds; `None` if that is nothing.
    pub(super) fn summary(&self, tally: &Tally) -> Option<SummaryView> {
        let year = |year: Option<i16>| year.map(|year| format!("{year:04}")).unwrap_or_default();
        let span = tally.span();
        let years = span.map(|(first, last)| i32::from(last) - i32::from(first) + 1).unwrap_or_default();
        // Three of twenty who said as much as all others are not those with most statements.
        let most = tally.delegations.get(MOST - 1).zip(tally.delegations.get(MOST));
        let most = most.filter(|((_, some), (_, others))| some > others).map_or(0, |_| MOST);
        let most = tally.delegations[..most].iter().map(|(delegation, count)| self.counted(delegation, *count));
        (tally.statements > 0).then(|| SummaryView {
            statements: tally.statements,
            undated: tally.statements - tally.dated(),
            delegations: tally.delegations.len(),
            from: year(span.map(|(first, _)| first)),
            until: year(span.map(|(_, last)| last)),
            gaps: usize::try_from(years).unwrap_or_default().saturating_sub(tally.years.len()),
            most: most.collect(),
            by_rule: tally.by_rule,
        })
    }

    /// Returns a list's statements per year, each bar with a link to the year on the page of the list that has it.
    fn per_year(&self, tally: &Tally, pager: &Pager) -> Option<BarsView> {
        let places = self.places(tally, pager);
        let year = |((year, count), url): (&(i16, usize), String)| Year {
            year: *year,
            counts: vec![("all", *count)],
            url: Some(url),
        };
        charts::bars(tally.years.iter().zip(places).map(year).collect())
    }

    /// Returns the decades of a list, the latest first, each with a link to its latest year; none if it is only one.
    fn decades(&self, tally: &Tally, pager: &Pager) -> Vec<RefView> {
        let mut decades: Vec<(i16, RefView)> = Vec::new();
        for ((year, count), url) in tally.years.iter().zip(self.places(tally, pager)).rev() {
            let decade = year.div_euclid(10) * 10;
            match decades.last_mut() {
                Some((known, link)) if *known == decade => link.count = link.count.map(|known| known + count),
                _ => {
                    let link = RefView { title: format!("{decade:04}"), url: Some(url), count: Some(*count) };
                    decades.push((decade, link));
                }
            }
        }
        if decades.len() < 2 { Vec::new() } else { decades.into_iter().map(|(_, link)| link).collect() }
    }

    /// Returns where the statements of each year begin in a list.
    fn places(&self, tally: &Tally, pager: &Pager) -> Vec<String> {
        let (list, size) = (self.href_here(&pager.list), self.theme.config.page_size);
        let mut until = 0;
        let place = |(year, count): &(i16, usize)| {
            until += count;
            // Pages are numbered from the oldest statement, and begin with the latest: a year begins with its last.
            let number = (until - 1) / size + 1;
            let page = if number <= pager.numbered { format!("p/{number}/") } else { String::new() };
            format!("{list}{page}#page-year-{year:04}")
        };
        tally.years.iter().map(place).collect()
    }

    /// Returns shares with their bars.
    fn shares(&self, counted: &[(Ref, usize)]) -> Vec<ShareView> {
        let most = counted.first().map_or(0, |(_, count)| *count);
        let share = |(of, count): &(Ref, usize)| ShareView {
            of: self.counted(of, *count),
            length: charts::length(*count, most),
        };
        counted.iter().map(share).collect()
    }

    fn counted(&self, of: &Ref, count: usize) -> RefView {
        RefView { count: Some(count), ..self.reference(of) }
    }

    fn row(&self, card: &Card, quote: Option<&Quote>, common: &Common) -> CardView {
        let occasion = &card.occasion[common.occasion.min(card.occasion.len())..];
        let delegation = card.delegation.as_ref().filter(|_| !common.delegation);
        let mut row = CardView {
            named_by: match common.patterns.is_followed_by(card) {
                true if delegation.is_some() => "delegation",
                true if !occasion.is_empty() => "occasion",
                _ => "title",
            },
            delegation: delegation.map(|delegation| self.reference(delegation)),
            date: card.date.as_ref().filter(|_| common.date.is_none()).and_then(|date| match common.by_year {
                true => self.date_within_year(date),
                false => Some(self.date(date)),
            }),
            speaker: if common.speaker { "" } else { card.speaker.as_deref().unwrap_or_default() }.to_owned(),
            occasion: self.titles(occasion),
            ..self.card(card)
        };
        if common.kind {
            row.kind.clear();
        }
        row.excerpt = fitted(&row.excerpt, ROOM);
        let Some(quote) = quote else { return row };
        row.paragraphs = quote.paragraphs;
        if let Some(paragraph) = &quote.paragraph {
            let left = ROOM.saturating_sub(room(&quote.before) + room(&quote.phrase));
            row.excerpt = quote.before.to_string();
            row.phrase = quote.phrase.to_string();
            row.after = fitted(&quote.after, left);
            row.excerpt_url = Some(self.href_of(&card.key, Some(paragraph)));
            row.paragraph = Some(super::paragraph_view(paragraph));
        }
        row
    }
}

/// Letters that two lines of a row have room for. Browsers cut a line that is too long within a word.
const ROOM: usize = 116;

/// Returns the room that a text takes, in letters of an alphabet; a character of Chinese takes that of two.
fn room(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(is_unspaced(c))).sum()
}

/// Returns the first words of a text, as many as there is room for, with an ellipsis if there are more.
fn fitted(text: &str, most: usize) -> String {
    let mut taken = 0;
    let too_long = |c: char| {
        taken += 1 + usize::from(is_unspaced(c));
        taken > most
    };
    let Some(end) = text.find(too_long) else { return text.to_owned() };
    let end = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches(|c: char| ",;:.…–— ".contains(c)))
}

/// What all statements on a page have in common, so that their rows can leave it out.
struct Common {
    delegation: bool,
    speaker: bool,
    kind: bool,
    /// Whether a heading above the rows says their year.
    by_year: bool,
    /// The day, if it is one.
    date: Option<Date>,
    /// How many parts of the occasion, from the forum.
    occasion: usize,
    /// Patterns that many titles follow: what is left of them without the names and dates that a row has anyway.
    patterns: Patterns,
    /// What is left out and not in the head of the list.
    titles: Vec<Title>,
}

impl Common {
    fn of(kind: Kind, cards: &[Stamped<Card>], rule_cards: &[Stamped<Card>]) -> Common {
        let all = || cards.iter().chain(rule_cards);
        let (count, first) = (all().count(), all().next());
        let is_same = |of: &dyn Fn(&Card) -> bool| count > 1 && all().all(|card| of(card));
        let shared = first.map_or(0, |first| {
            let parts = |card: &Stamped<Card>| {
                first.occasion.iter().zip(&*card.occasion).take_while(|(one, other)| one == other).count()
            };
            all().map(parts).min().unwrap_or_default()
        });
        // The titles of these lists name the forum, the session and the meeting.
        let of_title = match kind {
            Kind::Forum => 1,
            Kind::Session => 2,
            Kind::Meeting => 3,
            _ => 0,
        };
        let occasion = if count > 1 { shared } else { shared.min(of_title) };
        let titles = first.into_iter().flat_map(|first| &first.occasion[..occasion]).skip(of_title);
        Common {
            delegation: matches!(kind, Kind::Delegation | Kind::Speaker)
                && first.is_some_and(|first| is_same(&|card| card.delegation == first.delegation)),
            speaker: kind == Kind::Speaker || first.is_some_and(|first| is_same(&|card| card.speaker == first.speaker)),
            kind: first.is_some_and(|first| is_same(&|card| card.kind == first.kind)),
            by_year: kind != Kind::Meeting,
            date: first
                .filter(|first| is_same(&|card| card.date == first.date))
                .and_then(|first| first.date.clone())
                .filter(|date| !date.is_interval() && date.from().day.is_some()),
            occasion,
            patterns: patterns(all().map(|card| &**card)),
            titles: titles.cloned().collect(),
        }
    }
}

/// Groups rows by year; a meeting is in speaking order, and a year's list has one year.
fn by_year<'a>(kind: Kind, cards: impl Iterator<Item = (&'a Stamped<Card>, CardView)>) -> Vec<CardYearView> {
    let mut years: Vec<CardYearView> = Vec::new();
    for (card, row) in cards {
        let year = card.date.as_ref().filter(|_| !matches!(kind, Kind::Meeting | Kind::Year));
        let year = year.map(|date| format!("{:04}", date.earliest().year())).unwrap_or_default();
        match years.last_mut() {
            Some(last) if last.year == year => last.cards.push(row),
            _ => years.push(CardYearView { year, cards: vec![row] }),
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_ends_with_a_whole_word() {
        for (text, most, expect) in [
            ("We meet at a grave hour.", 30, "We meet at a grave hour."),
            ("We meet at a grave hour.", 14, "We meet at a…"),
            ("We meet, all of us", 9, "We meet…"),
            ("我们在一个严峻的时刻开会", 8, "我们在一…"),
        ] {
            assert_eq!(fitted(text, most), expect);
        }
    }
}
