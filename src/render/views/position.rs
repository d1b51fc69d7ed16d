//! A position's parts -> its view: what a delegation said on a topic, year by year, with changes marked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::changes::in_words;
use super::titles::{Patterns, patterns};
use super::{Views, change_views, paragraph_view};
use crate::collect::positions::{self, Said, pages};
use crate::compare::align::{At, Wording, series};
use crate::compare::phrases::{Phrase, phrases};
use crate::config::base_language;
use crate::key::Key;
use crate::read::date::Date;
use crate::read::opening::is_courtesy;
use crate::read::paragraph::ParagraphRef;
use crate::render::charts::{self, Year};
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::{Pager, PositionParts};
use crate::render::view::{
    ChangeView, DateView, MissingView, PageView, PhraseView, PositionView, RefView, RepeatedView, SaidView,
    SaidYearView, WordingView,
};
use crate::stamp::Stamped;

/// The paragraphs of a position, compared with each other.
struct Compared<'a> {
    said: &'a [Stamped<Said>],
    wordings: Vec<Vec<Wording<'a>>>,
    /// The label of each statement: its year, or its date if the year has several.
    labels: Vec<String>,
    /// Patterns that many titles follow.
    patterns: Patterns,
}

impl Views<'_> {
    pub(super) fn position(&self, page: &Page, parts: &PositionParts) -> PositionView {
        let said = &parts.said;
        let words: Vec<Vec<Cow<'_, str>>> = said.iter().map(|said| texts(said)).collect();
        let of_texts = said.iter().zip(&words);
        let texts: Vec<(&str, Vec<&str>)> = of_texts
            .map(|(said, words)| (&*said.statement.language, words.iter().map(|text| &**text).collect()))
            .collect();
        let compared = Compared {
            said,
            wordings: series(&texts),
            labels: self.labels(said),
            patterns: patterns(said.iter().map(|said| &*said.card)),
        };
        let (pages, is_first) = (pages(said.iter().rev()), parts.number == 1);
        // The pages are counted from the latest.
        let shown = pages.get(parts.number - 1).cloned().unwrap_or_default();
        let simulated = said.iter().all(|said| said.card.simulated);
        let delegation = positions::delegation(said);
        let who = delegation.map(|delegation| self.title(&delegation.title)).unwrap_or_default();
        let topic = self.title(&parts.topic.title);
        let title = self.words.say("position.title", &[("delegation", who.into()), ("topic", topic.into())]);
        let title = self.numbered(title, (!is_first).then_some(parts.number));
        let date =
            |said: Option<&Stamped<Said>>| said.and_then(|said| said.card.date.as_ref()).map(|date| self.date(date));
        let mut phrases = if is_first { phrases(&texts, &compared.wordings) } else { Vec::new() };
        phrases.retain(|phrase| compared.is_certain(phrase) && is_telling(&phrase.words));
        if phrases.len() < FEWEST {
            phrases.clear();
        }
        let phrase = |phrase: &Phrase| {
            let [first, .., last] = [phrase.uses[0], phrase.uses[phrase.uses.len() - 1]];
            let language = &said[first.0].statement.language;
            PhraseView {
                text: phrase.words.clone(),
                language: language.to_string(),
                direction: direction(language),
                first: self.place(&compared, first),
                last: self.place(&compared, last),
            }
        };
        let current = (!is_first).then_some(parts.number);
        let list = self::page(parts).unwrap_or_else(|| Key::placed(page.path.clone()));
        let by_year = self.by_year(&compared, &list, &pages);
        let counted = |at: usize| by_year.iter().map(|year| year.counts[at].1).sum::<usize>();
        let is_mostly_new = counted(NEW) > counted(SAME) + counted(CHANGED);
        let shown = shown.map(|at| said.len() - 1 - at);
        let shown = shown.map(|text| (year(&said[text]), self.said(&compared, text, is_mostly_new)));
        let statements: Vec<(String, SaidView)> = shown.collect();
        let years = statements.chunk_by(|a, b| a.0 == b.0).map(|of| SaidYearView {
            year: of[0].0.clone(),
            statements: of.iter().map(|(_, statement)| statement.clone()).collect(),
        });
        let pager = Pager { list, numbered: pages.len(), current, feed: false, cited: false };
        PositionView {
            page: PageView { noindex: simulated, simulated, ..self.page(page, &title) },
            title,
            trail: delegation.into_iter().chain([&parts.topic]).map(|link| self.reference(link)).collect(),
            statements: said.len(),
            paragraphs: said.iter().map(|said| said.paragraphs.len()).sum(),
            is_mostly_new,
            contents: by_year.iter().rev().map(in_contents).collect(),
            bars: if is_first { charts::bars(by_year) } else { None },
            from: date(said.first()),
            until: date(said.last()),
            phrases: phrases.iter().map(phrase).collect(),
            years: years.collect(),
            pager: self.pages_in_order(&pager),
        }
    }

    /// Returns the paragraphs of each year, by how they compare with earlier ones, and where the year begins.
    fn by_year(&self, compared: &Compared<'_>, first: &Key, pages: &[Range<usize>]) -> Vec<Year> {
        let mut years: BTreeMap<i16, ([usize; KINDS.len()], usize)> = BTreeMap::new();
        for (text, said) in compared.said.iter().enumerate() {
            let Some(date) = &said.card.date else { continue };
            // The latest statement of a year is the first that is shown.
            let (counts, latest) = years.entry(date.earliest().year()).or_default();
            *latest = compared.said.len() - 1 - text;
            compared.wordings[text].iter().for_each(|wording| counts[compared.kind(wording)] += 1);
        }
        let year = |(year, (counts, latest)): (i16, ([usize; KINDS.len()], usize))| {
            let page = pages.iter().position(|page| page.contains(&latest)).unwrap_or_default();
            let page = positions::numbered(first.path(), page + 1);
            let url = page.map(|page| format!("{}#page-year-{year:04}", self.href(&self.here(&page))));
            Year { year, counts: KINDS.into_iter().zip(counts).collect(), url }
        };
        years.into_iter().map(year).collect()
    }

    fn said(&self, compared: &Compared<'_>, text: usize, is_mostly_new: bool) -> SaidView {
        let card = &compared.said[text].card;
        let wordings = &compared.wordings[text];
        // Where most is like nothing before, that something earlier has no counterpart goes without saying.
        let before = compared.before(text).next().filter(|_| compared.is_compared(text) && !is_mostly_new);
        let missing = before.into_iter().flat_map(|before| &compared.wordings[before]).filter(|wording| {
            !wording.words.is_empty() && !wordings.iter().any(|later| later.alike.contains(&wording.at))
        });
        let missing = missing.map(|wording| self.missing(compared, wording.at)).collect();
        let later = |wording: &&Wording<'_>| compared.later(wording).is_some();
        let (repeated, shown): (Vec<&Wording<'_>>, Vec<&Wording<'_>>) = wordings.iter().partition(later);
        let repeated = repeated.into_iter().filter_map(|wording| {
            Some(RepeatedView {
                paragraph: paragraph_view(&compared.paragraph(wording.at)),
                url: self.place(compared, wording.at).url.unwrap_or_default(),
                later: self.place(compared, compared.later(wording)?),
            })
        });
        let date = card.date.as_ref().and_then(|date| self.date_within_year(date));
        let occasion = self.titles(&card.occasion);
        SaidView {
            title: card.title.to_string(),
            url: self.href(&card.key),
            language: card.language.to_string(),
            direction: direction(&card.language),
            named_by: match compared.patterns.is_followed_by(card) {
                true => below_year(date.as_ref(), &occasion),
                false => "title",
            },
            date,
            occasion,
            simulated: card.simulated,
            by_rule: compared.said[text].by_rule,
            paragraphs: shown.into_iter().map(|wording| self.wording(compared, wording)).collect(),
            repeated: repeated.collect(),
            missing,
        }
    }

    fn wording(&self, compared: &Compared<'_>, wording: &Wording<'_>) -> WordingView {
        let mut view = WordingView {
            paragraph: paragraph_view(&compared.paragraph(wording.at)),
            url: self.place(compared, wording.at).url.unwrap_or_default(),
            runs: Vec::new(),
            changes: String::new(),
            against: None,
            is_new: false,
            is_cut: false,
            same: Vec::new(),
        };
        let said = &compared.said[wording.at.0];
        if is_long(&said.words(wording.at.1)) {
            let runs = vec![ChangeView { kind: "same", text: said.excerpt(wording.at.1) }];
            return WordingView { runs, is_cut: true, ..view };
        }
        let base = compared.base(wording);
        let runs = |base: &Wording<'_>| change_views(base.words, wording.words);
        view.runs = base.map_or_else(|| vec![ChangeView { kind: "same", text: wording.words.to_owned() }], runs);
        view.changes = base.map(|_| in_words(&view.runs, self.words)).unwrap_or_default();
        view.against = base.map(|base| self.place(compared, base.at));
        view.is_new = compared.is_new(wording);
        let mut same: Vec<At> = wording.all.iter().copied().filter(|other| other.0 < wording.at.0).collect();
        same.dedup_by_key(|other| other.0);
        view.same = same.into_iter().map(|other| self.place(compared, other)).collect();
        view
    }

    /// Returns the label of each statement: its year, or its date if the year has several.
    fn labels(&self, said: &[Stamped<Said>]) -> Vec<String> {
        let mut years: BTreeMap<String, usize> = BTreeMap::new();
        for said in said {
            *years.entry(year(said)).or_default() += 1;
        }
        let label = |said: &Stamped<Said>| {
            let year = year(said);
            let is_only = years[&year] == 1;
            if is_only { year } else { said.card.date.as_ref().map(|date| self.words.date(date)).unwrap_or_default() }
        };
        said.iter().map(label).collect()
    }

    /// Returns the year or date of a paragraph's statement, with a link to the paragraph.
    fn place(&self, compared: &Compared<'_>, at: At) -> RefView {
        let url = self.href_of(&compared.said[at.0].card.key, Some(&compared.paragraph(at)));
        RefView { title: compared.labels[at.0].clone(), url: Some(url), count: None }
    }

    /// Returns the place of a missing paragraph, with the paragraph.
    fn missing(&self, compared: &Compared<'_>, at: At) -> MissingView {
        let paragraph = paragraph_view(&compared.paragraph(at));
        MissingView { paragraph, place: self.place(compared, at) }
    }
}

impl<'a> Compared<'a> {
    fn paragraph(&self, (text, at): At) -> ParagraphRef {
        let said = &self.said[text];
        said.numbers.paragraph(&said.statement.body, said.paragraphs[at])
    }

    /// Returns the texts before this one that are in its language, the latest first.
    fn before(&self, text: usize) -> impl Iterator<Item = usize> {
        let language = |text: usize| base_language(&self.said[text].statement.language);
        (0..text).rev().filter(move |before| language(*before) == language(text))
    }

    /// Returns whether everything that a text says on the topic could be compared.
    fn is_compared(&self, text: usize) -> bool {
        let wordings = &self.wordings[text];
        !wordings.is_empty() && wordings.iter().all(|wording| !wording.words.is_empty())
    }

    /// Returns the last later paragraph with the same words. One that is too long to be compared has none.
    fn later(&self, wording: &Wording<'_>) -> Option<At> {
        let is_compared = !is_long(&self.said[wording.at.0].words(wording.at.1));
        wording.all.last().copied().filter(|last| is_compared && last.0 > wording.at.0)
    }

    /// Returns whether there are earlier statements, all of them comparable, without a similar paragraph.
    fn is_new(&self, wording: &Wording<'_>) -> bool {
        let mut earlier = self.before(wording.at.0).peekable();
        let has_earlier = earlier.peek().is_some();
        wording.before.is_none() && has_earlier && earlier.all(|text| self.is_compared(text))
    }

    /// Returns the index in `KINDS` of how a paragraph compares with earlier ones.
    fn kind(&self, wording: &Wording<'_>) -> usize {
        match wording.before {
            Some(_) if wording.is_same => SAME,
            Some(_) => CHANGED,
            None if self.is_new(wording) => NEW,
            // The first texts, and what cannot be compared.
            None => ALL,
        }
    }

    /// Returns whether it is certain which uses of a phrase are the first and the last: dates that overlap leave it
    /// open.
    fn is_certain(&self, phrase: &Phrase) -> bool {
        let date = |at: &At| self.said[at.0].card.date.as_ref();
        let (first, last) = (phrase.uses.first().and_then(date), phrase.uses.last().and_then(date));
        let is_before = |a: Option<&Date>, b: Option<&Date>| match (a, b) {
            (Some(a), Some(b)) => a == b || a.latest() < b.earliest(),
            _ => false,
        };
        phrase.uses.iter().all(|other| is_before(first, date(other)) && is_before(date(other), last))
    }

    /// Returns the wording that was changed into this one, skipping those that only repeat it.
    fn base(&self, wording: &Wording<'a>) -> Option<&Wording<'a>> {
        let mut wording = wording;
        while let Some((text, at)) = wording.before {
            let before = &self.wordings[text][at];
            if !wording.is_same {
                return Some(before);
            }
            wording = before;
        }
        None
    }
}

/// Returns what names a statement below a heading that says its year, if its title says no more than others.
pub(super) fn below_year(date: Option<&DateView>, occasion: &str) -> &'static str {
    match date {
        Some(_) => "date",
        None if !occasion.is_empty() => "occasion",
        None => "title",
    }
}

/// How paragraphs compare with earlier ones: the parts of a year's bar, from the bottom.
const KINDS: [&str; 4] = ["same", "changed", "new", "all"];
const SAME: usize = 0;
const CHANGED: usize = 1;
const NEW: usize = 2;
const ALL: usize = 3;

/// Fewer phrases than this say little about how a position moved.
const FEWEST: usize = 3;

/// Returns whether a phrase says something about a position: no number, such as "558th meeting", and no courtesy.
fn is_telling(words: &str) -> bool {
    !words.contains(char::is_numeric) && !is_courtesy(words)
}

/// Returns a year as the contents have it.
fn in_contents(year: &Year) -> RefView {
    let paragraphs = year.counts.iter().map(|(_, count)| count).sum();
    RefView { title: format!("{:04}", year.year), url: year.url.clone(), count: Some(paragraphs) }
}

/// Returns the first page of the position.
fn page(parts: &PositionParts) -> Option<Key> {
    positions::page(positions::delegation(&parts.said)?.key.as_ref()?, parts.topic.key.as_ref()?)
}

/// Returns the words of the paragraphs on the topic for comparison; empty for one that is too long.
fn texts(said: &Said) -> Vec<Cow<'_, str>> {
    let words = (0..said.paragraphs.len()).map(|at| said.words(at));
    words.map(|text| if is_long(&text) { "".into() } else { text }).collect()
}

/// The longest paragraph that is compared, in bytes: about 600 words. A longer one is a speech without paragraphs.
const LONGEST: usize = 4000;

fn is_long(text: &str) -> bool {
    text.len() > LONGEST
}

fn year(said: &Said) -> String {
    said.card.date.as_ref().map(|date| format!("{:04}", date.earliest().year())).unwrap_or_default()
}
