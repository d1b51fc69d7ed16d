//! A position's parts -> its view: what a delegation said on a topic, year by year, with changes marked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::changes::in_words;
use super::{Views, change_views, date_view, paragraph_view};
use crate::collect::positions::{self, Said, pages};
use crate::compare::align::{At, Wording, series};
use crate::compare::phrases::{Phrase, phrases};
use crate::config::base_language;
use crate::key::Key;
use crate::read::date::Date;
use crate::read::paragraph::ParagraphRef;
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::{Pager, PositionParts};
use crate::render::view::{
    ChangeView, MissingView, PageView, PhraseView, PositionView, RefView, SaidView, SaidYearView, WordingView,
};
use crate::stamp::Stamped;

/// The paragraphs of a position, compared with each other.
struct Compared<'a> {
    said: &'a [Stamped<Said>],
    wordings: Vec<Vec<Wording<'a>>>,
    /// The label of each statement: its year, or its date if the year has several.
    labels: Vec<String>,
}

impl Views<'_> {
    pub(super) fn position(&self, page: &Page, parts: &PositionParts) -> PositionView {
        let said = &parts.said;
        let words: Vec<Vec<Cow<'_, str>>> = said.iter().map(|said| texts(said)).collect();
        let of_texts = said.iter().zip(&words);
        let texts: Vec<(&str, Vec<&str>)> = of_texts
            .map(|(said, words)| (&*said.statement.language, words.iter().map(|text| &**text).collect()))
            .collect();
        let compared = Compared { said, wordings: series(&texts), labels: labels(said) };
        let (pages, is_first) = (pages(said.iter().rev()), parts.number == 1);
        // The pages are counted from the latest.
        let shown = pages.get(parts.number - 1).cloned().unwrap_or_default();
        let simulated = said.iter().all(|said| said.card.simulated);
        let number = if is_first { String::new() } else { format!(", page {}", parts.number) };
        let delegation = positions::delegation(said);
        let who = delegation.map(|delegation| &*delegation.title).unwrap_or_default();
        let title = format!("{who}: {}{number}", parts.topic.title);
        let date = |said: Option<&Stamped<Said>>| said.and_then(|said| said.card.date.as_ref()).map(date_view);
        let mut phrases = if is_first { phrases(&texts, &compared.wordings) } else { Vec::new() };
        phrases.retain(|phrase| compared.is_certain(phrase));
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
        let statements: Vec<(String, SaidView)> =
            shown.map(|at| said.len() - 1 - at).map(|text| (year(&said[text]), self.said(&compared, text))).collect();
        let years = statements.chunk_by(|a, b| a.0 == b.0).map(|of| SaidYearView {
            year: of[0].0.clone(),
            statements: of.iter().map(|(_, statement)| statement.clone()).collect(),
        });
        let current = (!is_first).then_some(parts.number);
        let list = self::page(parts).unwrap_or_else(|| Key::placed(page.path.clone()));
        let pager = Pager { list, numbered: pages.len(), current, feed: false };
        PositionView {
            page: PageView { noindex: simulated, simulated, ..self.page(page, &title) },
            title,
            trail: delegation.into_iter().chain([&parts.topic]).map(|link| self.reference(link)).collect(),
            from: date(said.first()),
            until: date(said.last()),
            phrases: phrases.iter().map(phrase).collect(),
            years: years.collect(),
            pager: self.pages_in_order(&pager),
        }
    }

    fn said(&self, compared: &Compared<'_>, text: usize) -> SaidView {
        let card = &compared.said[text].card;
        let wordings = &compared.wordings[text];
        let before = compared.before(text).next().filter(|_| compared.is_compared(text));
        let missing = before.into_iter().flat_map(|before| &compared.wordings[before]).filter(|wording| {
            !wording.words.is_empty() && !wordings.iter().any(|later| later.alike.contains(&wording.at))
        });
        let missing = missing.map(|wording| self.missing(compared, wording.at)).collect();
        SaidView {
            title: card.title.to_string(),
            url: self.href(&card.key),
            language: card.language.to_string(),
            direction: direction(&card.language),
            date: card.date.as_ref().map(date_view),
            occasion: card.occasion.to_string(),
            simulated: card.simulated,
            by_rule: compared.said[text].by_rule,
            paragraphs: wordings.iter().map(|wording| self.wording(compared, wording)).collect(),
            missing,
        }
    }

    fn wording(&self, compared: &Compared<'_>, wording: &Wording<'_>) -> WordingView {
        let last = wording.all.last().copied().filter(|last| last.0 > wording.at.0);
        let mut view = WordingView {
            paragraph: paragraph_view(&compared.paragraph(wording.at)),
            url: self.place(compared, wording.at).url.unwrap_or_default(),
            later: last.map(|last| self.place(compared, last)),
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
        if view.later.is_some() {
            return view;
        }
        let base = compared.base(wording);
        let runs = |base: &Wording<'_>| change_views(base.words, wording.words);
        view.runs = base.map_or_else(|| vec![ChangeView { kind: "same", text: wording.words.to_owned() }], runs);
        view.changes = base.map(|_| in_words(&view.runs)).unwrap_or_default();
        view.against = base.map(|base| self.place(compared, base.at));
        let mut earlier = compared.before(wording.at.0).peekable();
        let has_earlier = earlier.peek().is_some();
        view.is_new = wording.before.is_none() && has_earlier && earlier.all(|text| compared.is_compared(text));
        let mut same: Vec<At> = wording.all.iter().copied().filter(|other| other.0 < wording.at.0).collect();
        same.dedup_by_key(|other| other.0);
        view.same = same.into_iter().map(|other| self.place(compared, other)).collect();
        view
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

fn labels(said: &[Stamped<Said>]) -> Vec<String> {
    let mut years: BTreeMap<String, usize> = BTreeMap::new();
    for said in said {
        *years.entry(year(said)).or_default() += 1;
    }
    let label = |said: &Stamped<Said>| {
        let year = year(said);
        let is_only = years[&year] == 1;
        if is_only { year } else { said.card.date.as_ref().map(Date::words).unwrap_or_default() }
    };
    said.iter().map(label).collect()
}
