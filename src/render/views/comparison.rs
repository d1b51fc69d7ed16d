//! The parts of two texts -> their view: paragraphs side by side, with changed words marked.

use super::{Views, all_statements, paragraph_view};
use crate::collect::card::Card;
use crate::collect::pairs::{Comparison, How};
use crate::compare::align::{self, Row, Version};
use crate::compare::changes::{aligned, codes};
use crate::language::word::{Word, words};
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::numbers::Numbers;
use crate::read::statement::{Statement, TextStatus};
use crate::render::page::Page;
use crate::render::parts::ComparisonParts;
use crate::render::view::{
    ChangeView, ComparedParagraphView, ComparedRowView, ComparedTextView, ComparedWithView, ComparisonView, PageView,
};
use crate::render::words::Words;

/// A text with its words, by paragraph.
struct Text<'a> {
    body: &'a Body,
    numbers: &'a Numbers,
    url: String,
    words: Vec<Vec<Word>>,
    /// The kind of words that the other text does not have: `dropped` or `added`.
    other: &'static str,
}

impl<'a> Text<'a> {
    fn new(statement: &'a Statement, numbers: &'a Numbers, url: String, other: &'static str) -> Text<'a> {
        let body = &statement.body;
        let words = body.paragraphs.iter().map(|paragraph| words(body.words(&paragraph.text))).collect();
        Text { body, numbers, url, words, other }
    }

    fn version(&self) -> Version<'a> {
        Version { body: self.body, numbers: self.numbers }
    }

    fn codes(&self) -> Vec<Vec<u32>> {
        self.words.iter().map(|words| codes(words)).collect()
    }

    /// Returns paragraphs; `is_same` holds, for each of their words, whether the other text has it.
    fn paragraphs(&self, of: std::ops::Range<usize>, is_same: &[bool]) -> Vec<ComparedParagraphView> {
        let mut is_same = is_same;
        let paragraphs = of.map(|at| {
            let (own, rest) = is_same.split_at(self.words[at].len());
            is_same = rest;
            let text = self.body.words(&self.body.paragraphs[at].text);
            ComparedParagraphView { runs: runs(text, &self.words[at], own, self.other), ..self.paragraph(at) }
        });
        paragraphs.collect()
    }

    /// Returns a paragraph without its words.
    fn paragraph(&self, at: usize) -> ComparedParagraphView {
        let paragraph = self.numbers.paragraph(self.body, at as u32);
        let url = format!("{}#{}", self.url, paragraph.anchor());
        ComparedParagraphView { url, paragraph: paragraph_view(&paragraph), runs: Vec::new() }
    }
}

impl Views<'_> {
    pub(super) fn comparison(&self, page: &Page, parts: &ComparisonParts) -> ComparisonView {
        let how = parts.how;
        let text = |statement, numbers, card: &Card, other| Text::new(statement, numbers, self.href(&card.key), other);
        let before = text(&parts.before, &parts.before_numbers, &parts.before_card, "dropped");
        let after = text(&parts.after, &parts.after_numbers, &parts.after_card, "added");
        let rows = match how {
            How::Languages => align::versions(before.version(), after.version()),
            How::Previous | How::Delivered => align::wordings(&before.codes(), &after.codes()),
        };
        let rows = rows.iter().map(|row| {
            if how == How::Languages { beside(row, &before, &after) } else { compared(row, &before, &after) }
        });
        let rows: Vec<ComparedRowView> = rows.collect();
        let title = match how {
            How::Previous => self.words.say("comparison.since", &[("date", self.day(&parts.before_card).into())]),
            How::Delivered => self.words.say("comparison.prepared-and-delivered", &[]),
            How::Languages => self.words.say("comparison.in-two-languages", &[]),
        };
        let args = [("comparison", title.as_str().into()), ("statement", (&*parts.after_card.title).into())];
        let whole = self.words.say("comparison.title", &args);
        ComparisonView {
            page: PageView {
                // Its words are on two other pages already.
                noindex: true,
                simulated: parts.before_card.simulated && parts.after_card.simulated,
                ..self.page(page, &whole)
            },
            title,
            trail: vec![self.reference(&all_statements())],
            how: match how {
                How::Previous => "previous",
                How::Delivered => "delivered",
                How::Languages => "languages",
            },
            summary: if how == How::Languages { self.of_languages(&rows) } else { self.of_wordings(&rows) },
            before: self.compared_text(how, &parts.before, &parts.before_card),
            after: self.compared_text(how, &parts.after, &parts.after_card),
            rows,
        }
    }

    /// Returns the paragraphs of two wordings of a text side by side, each with its address, and in words how many differ.
    pub(super) fn between(
        &self,
        (before, before_url): (&Statement, String),
        (after, after_url): (&Statement, String),
    ) -> (Vec<ComparedRowView>, String) {
        let before = Text::new(before, Numbers::COUNTED, before_url, "dropped");
        let after = Text::new(after, Numbers::COUNTED, after_url, "added");
        let rows = align::wordings(&before.codes(), &after.codes());
        let rows: Vec<ComparedRowView> = rows.iter().map(|row| compared(row, &before, &after)).collect();
        let summary = self.of_wordings(&rows);
        (rows, summary)
    }

    fn compared_text(&self, how: How, statement: &Statement, card: &Card) -> ComparedTextView {
        let label = match (how, statement.front.text_status) {
            (How::Previous, _) => self.day(card),
            (How::Languages, _) => self.theme.languages.name(&card.language),
            (_, Some(TextStatus::VerbatimRecord)) => self.words.say("comparison.verbatim-record", &[]),
            (_, Some(TextStatus::SummaryRecord)) => self.words.say("comparison.summary-record", &[]),
            (_, Some(TextStatus::AsDelivered)) => self.words.say("comparison.as-delivered", &[]),
            _ => self.words.say("comparison.as-prepared", &[]),
        };
        ComparedTextView { label, statement: self.card(card) }
    }

    /// Returns the link from one of two texts to the page that compares them.
    pub(super) fn compared_with(&self, here: &Statement, of: &Comparison) -> ComparedWithView {
        let year = |date: &Date| (!date.is_interval()).then(|| date.known().chars().take(4).collect::<String>());
        let own = here.front.date.as_ref().and_then(year);
        ComparedWithView {
            kind: match (of.how, of.is_with_first) {
                (How::Previous, true) => "previous",
                (How::Previous, false) => "next",
                (How::Delivered, true) => "prepared",
                (How::Delivered, false) => "delivered",
                (How::Languages, _) => "language",
            },
            url: self.href(&of.key),
            date: of.with.date.as_ref().map(|date| self.date(date)),
            year: of.with.date.as_ref().and_then(year).filter(|year| Some(year) != own.as_ref()).unwrap_or_default(),
            language: self.language(&of.with.language),
        }
    }

    fn day(&self, card: &Card) -> String {
        card.date.as_ref().map(|date| self.words.date(date)).unwrap_or_default()
    }

    /// Returns in words how many paragraphs are the same and how many are not.
    fn of_wordings(&self, rows: &[ComparedRowView]) -> String {
        let count = |kind: &str| {
            let of_kind = rows.iter().filter(|row| row.kind == kind);
            of_kind.map(|row| if kind == "dropped" { row.before.len() } else { row.after.len() }).sum::<usize>()
        };
        let moved = rows.iter().filter(|row| row.moved).count();
        self.words.counted(&[
            ("comparison.same", count("same")),
            ("comparison.changed", count("changed")),
            ("comparison.new", count("new")),
            ("comparison.dropped", count("dropped")),
            ("comparison.moved", moved),
        ])
    }

    /// Returns in words how many paragraphs both languages have.
    fn of_languages(&self, rows: &[ComparedRowView]) -> String {
        let count = |is: fn(&ComparedRowView) -> usize| rows.iter().map(is).sum::<usize>();
        self.words.counted(&[
            ("comparison.in-both", count(|row| if row.kind == "beside" { row.before.len() } else { 0 })),
            ("comparison.in-first", count(|row| if row.kind == "alone" { row.before.len() } else { 0 })),
            ("comparison.in-second", count(|row| if row.kind == "alone" { row.after.len() } else { 0 })),
        ])
    }
}

impl Words {
    /// Returns in words how many paragraphs there are of each kind, without those of which there are none.
    fn counted(&self, kinds: &[(&str, usize)]) -> String {
        let there = kinds.iter().filter(|(_, count)| *count > 0);
        let said: Vec<String> = there.map(|(key, count)| self.say(key, &[("n", (*count).into())])).collect();
        if said.is_empty() {
            return self.say("comparison.nothing", &[]);
        }
        self.say("comparison.summary", &[("counts", said.join(&self.say("base.comma", &[])).into())])
    }
}

/// Puts paragraphs of two languages side by side.
fn beside(row: &Row, before: &Text<'_>, after: &Text<'_>) -> ComparedRowView {
    let all = |text: &Text<'_>, of: &std::ops::Range<usize>| {
        let count = text.words[of.clone()].iter().map(Vec::len).sum();
        text.paragraphs(of.clone(), &vec![true; count])
    };
    ComparedRowView {
        kind: if row.is_pair() { "beside" } else { "alone" },
        moved: false,
        before: all(before, &row.before),
        after: all(after, &row.after),
    }
}

/// Puts two wordings side by side, with differences marked.
fn compared(row: &Row, before: &Text<'_>, after: &Text<'_>) -> ComparedRowView {
    let codes = |text: &Text<'_>, of: &std::ops::Range<usize>| codes(&text.words[of.clone()].concat());
    let (one, other) = (codes(before, &row.before), codes(after, &row.after));
    let kind = match (row.before.is_empty(), row.after.is_empty()) {
        (true, _) => "new",
        (_, true) => "dropped",
        _ if one == other => "same",
        _ => "changed",
    };
    let (mut in_before, mut in_after) = (vec![false; one.len()], vec![false; other.len()]);
    if row.is_pair() {
        for (_, one, other) in aligned(&one, &other).into_iter().filter(|run| run.0) {
            in_before[one].fill(true);
            in_after[other].fill(true);
        }
    } else {
        // A new or dropped paragraph is marked as a whole, not word by word.
        in_before.fill(true);
        in_after.fill(true);
    }
    ComparedRowView {
        kind,
        moved: row.is_moved,
        before: match kind {
            "same" => row.before.clone().map(|at| before.paragraph(at)).collect(),
            _ => before.paragraphs(row.before.clone(), &in_before),
        },
        after: after.paragraphs(row.after.clone(), &in_after),
    }
}

/// Cuts a text into runs of same and changed words. The text between two changed words counts as changed.
fn runs(text: &str, words: &[Word], is_same: &[bool], other: &'static str) -> Vec<ChangeView> {
    let mut runs: Vec<ChangeView> = Vec::new();
    let mut add = |kind: &'static str, from: u32, to: u32| {
        if from < to {
            runs.push(ChangeView { kind, text: text[from as usize..to as usize].to_owned() });
        }
    };
    let mut at = 0;
    let pairs: Vec<(&Word, bool)> = words.iter().zip(is_same.iter().copied()).collect();
    for run in pairs.chunk_by(|one, other| one.1 == other.1).filter(|run| !run[0].1) {
        let (from, to) = (run[0].0.text.start, run[run.len() - 1].0.text.end);
        add("same", at, from);
        add(other, from, to);
        at = to;
    }
    add("same", at, text.len() as u32);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> [String; 2] {
        let (one, other) = (words(before), words(after));
        let (mut in_before, mut in_after) = (vec![false; one.len()], vec![false; other.len()]);
        for (_, one, other) in aligned(&codes(&one), &codes(&other)).into_iter().filter(|run| run.0) {
            in_before[one].fill(true);
            in_after[other].fill(true);
        }
        let write = |runs: Vec<ChangeView>| {
            runs.iter()
                .map(|run| if run.kind == "same" { run.text.clone() } else { format!("[{}]", run.text) })
                .collect()
        };
        [write(runs(before, &one, &in_before, "dropped")), write(runs(after, &other, &in_after, "added"))]
    }

    #[test]
    fn each_text_keeps_its_own_words_and_marks_what_the_other_has_not() {
        for (before, after, expect) in [
            ("We are concerned.", "We are deeply concerned.", ["We are concerned.", "We are [deeply] concerned."]),
            (
                "“We call, again, on all.”",
                "We call, once more, on all!",
                ["“We call, [again], on all.”", "We call, [once more], on all!"],
            ),
            ("All, of it.", "Else. Where.", ["[All, of it].", "[Else. Where]."]),
            ("", "New.", ["", "[New]."]),
            ("…", "…", ["…", "…"]),
        ] {
            assert_eq!(marked(before, after), expect);
        }
    }

    #[test]
    fn what_there_is_none_of_is_not_counted() {
        let words = Words::english();
        let all = [("comparison.same", 0), ("comparison.new", 1), ("comparison.dropped", 2)];
        assert_eq!(words.counted(&all), "Paragraphs: 1 new, 2 dropped.");
        assert_eq!(words.counted(&all[..1]), "No paragraphs to compare.");
    }
}
