//! The parts of two texts -> their view: paragraphs side by side, with changed words marked.

use super::{Views, paragraph_view};
use crate::collect::card::Card;
use crate::collect::pairs::{Comparison, How};
use crate::compare::align::{self, Row, Version};
use crate::compare::changes::{aligned, codes};
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::numbers::Numbers;
use crate::read::statement::{Statement, TextStatus};
use crate::read::words::{Word, words};
use crate::render::page::Page;
use crate::render::parts::ComparisonParts;
use crate::render::view::{
    ChangeView, ComparedParagraphView, ComparedRowView, ComparedTextView, ComparisonView, PageView, RefView,
};

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
            How::Previous => format!("What changed since {}", date(&parts.before_card)),
            How::Delivered => "As prepared and as delivered".to_owned(),
            How::Languages => "Side by side in two languages".to_owned(),
        };
        ComparisonView {
            page: PageView {
                // Its words are on two other pages already.
                noindex: true,
                simulated: parts.before_card.simulated && parts.after_card.simulated,
                ..self.page(page, &format!("{title}: {}", parts.after_card.title))
            },
            title,
            how: match how {
                How::Previous => "previous",
                How::Delivered => "delivered",
                How::Languages => "languages",
            },
            summary: if how == How::Languages { of_languages(&rows) } else { of_wordings(&rows) },
            before: self.compared_text(how, &parts.before, &parts.before_card),
            after: self.compared_text(how, &parts.after, &parts.after_card),
            rows,
        }
    }

    fn compared_text(&self, how: How, statement: &Statement, card: &Card) -> ComparedTextView {
        let label = match (how, statement.front.text_status) {
            (How::Previous, _) => date(card),
            (How::Languages, _) => self.theme.languages.name(&card.language),
            (_, Some(TextStatus::VerbatimRecord)) => "Verbatim record".to_owned(),
            (_, Some(TextStatus::SummaryRecord)) => "Summary record".to_owned(),
            (_, Some(TextStatus::AsDelivered)) => "As delivered".to_owned(),
            _ => "As prepared".to_owned(),
        };
        ComparedTextView { label, statement: self.card(card) }
    }

    /// Returns the link to a comparison from the page of one of its texts.
    pub(super) fn comparison_link(&self, of: &Comparison) -> RefView {
        let title = match (of.how, of.is_with_first) {
            (How::Previous, true) => format!("What changed since the last time ({})", date(&of.with)),
            (How::Previous, false) => format!("What changed the next time ({})", date(&of.with)),
            (How::Delivered, true) => "Beside the text as prepared".to_owned(),
            (How::Delivered, false) => "Beside the text as delivered".to_owned(),
            (How::Languages, _) => format!("Beside the text in {}", self.theme.languages.name(&of.with.language)),
        };
        RefView { title, url: Some(self.href(&of.key)), count: None }
    }
}

fn date(card: &Card) -> String {
    card.date.as_ref().map(Date::words).unwrap_or_default()
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

/// Returns in words how many paragraphs are the same and how many are not.
fn of_wordings(rows: &[ComparedRowView]) -> String {
    let count = |kind: &str| {
        let of_kind = rows.iter().filter(|row| row.kind == kind);
        of_kind.map(|row| if kind == "dropped" { row.before.len() } else { row.after.len() }).sum::<usize>()
    };
    let kinds = [("same", "the same"), ("changed", "changed"), ("new", "new"), ("dropped", "dropped")];
    let moved = rows.iter().filter(|row| row.moved).count();
    let moved = match moved {
        0 => String::new(),
        1 => "; 1 has moved".to_owned(),
        moved => format!("; {moved} have moved"),
    };
    format!("{}{moved}.", counted(kinds.map(|(kind, word)| (count(kind), word))))
}

/// Returns in words how many paragraphs both languages have.
fn of_languages(rows: &[ComparedRowView]) -> String {
    let count = |is: fn(&ComparedRowView) -> usize| rows.iter().map(is).sum::<usize>();
    let both = count(|row| if row.kind == "beside" { row.before.len() } else { 0 });
    let first = count(|row| if row.kind == "alone" { row.before.len() } else { 0 });
    let second = count(|row| if row.kind == "alone" { row.after.len() } else { 0 });
    let kinds = [(both, "in both languages"), (first, "in the first alone"), (second, "in the second alone")];
    format!("{}.", counted(kinds))
}

/// Writes `3 paragraphs the same, 1 changed`, without zero counts.
fn counted<const N: usize>(kinds: [(usize, &str); N]) -> String {
    let mut told = kinds.into_iter().filter(|(count, _)| *count > 0);
    let Some((count, word)) = told.next() else { return "No paragraphs to compare".to_owned() };
    let first = format!("{count} paragraph{} {word}", if count == 1 { "" } else { "s" });
    told.fold(first, |all, (count, word)| format!("{all}, {count} {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> [String; 2] {
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
            assert_eq!(told(before, after), expect);
        }
    }

    #[test]
    fn what_there_is_none_of_is_not_counted() {
        assert_eq!(counted([(0, "the same"), (1, "new"), (2, "dropped")]), "1 paragraph new, 2 dropped");
        assert_eq!(counted([(0, "the same")]), "No paragraphs to compare");
    }
}
