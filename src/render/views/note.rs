//! Where else the words of a paragraph were said, and what links to it -> the notes next to it, one line a place.
//!
//! A note may be no taller than its paragraph and the text up to the next note, or it tears a hole in the text. So the
//! lines beyond that are folded (`room`).

use super::changes::{Amount, amount, around_changes};
use super::passage::{is_part, words};
use super::{Views, change_views, paragraph_view};
use crate::collect::facts::Facts;
use crate::collect::links::Backlink;
use crate::collect::names::Ref;
use crate::collect::passages::{Elsewhere, First, Other};
use crate::compare::extent::Extent;
use crate::read::date::Date;
use crate::read::paragraph::ParagraphRef;
use crate::read::statement::Statement;
use crate::render::language::direction;
use crate::render::view::{NoteGroupView, NoteLineView, NotePlaceView, NoteView};

/// The groups of a note on shared words, in the order in which they are shown.
const GROUPS: [&str; 4] = ["before", "after", "also", "others"];

impl Views<'_> {
    /// Returns the note on the other occurrences of a paragraph's words.
    pub(super) fn said_elsewhere(
        &self,
        here: &Statement,
        facts: &Facts,
        paragraph: &ParagraphRef,
        elsewhere: &Elsewhere,
    ) -> NoteView {
        let own = facts.delegation.as_ref().or(facts.on_behalf_of.first());
        let group = |kind: &'static str| {
            let mut others: Vec<&Other> =
                elsewhere.others.iter().filter(|other| kind_of(here, own, other) == kind).collect();
            // What was said last comes first, as its changes are those of this statement.
            if kind == "before" {
                others.reverse();
            }
            let is_others = kind == "others";
            let mut lines: Vec<NoteLineView> = Vec::new();
            for other in others {
                let line = self.line(here, elsewhere, other, !is_others);
                match lines.last_mut().filter(|last| is_alike(last, &line)) {
                    Some(last) => last.places.extend(line.places),
                    None => lines.push(line),
                }
            }
            (!lines.is_empty()).then(|| NoteGroupView {
                kind,
                delegation: own.filter(|_| !is_others).map(|own| self.title(&own.title)).unwrap_or_default(),
                delegations: if is_others { elsewhere.delegations } else { 0 },
                shown: lines.len(),
                lines,
            })
        };
        let mut listed: Vec<&str> = elsewhere.others.iter().map(|other| &*other.saying.statement.id).collect();
        listed.sort_unstable();
        listed.dedup();
        NoteView {
            kind: "said",
            paragraph: paragraph_view(paragraph),
            count: elsewhere.statements,
            groups: GROUPS.into_iter().filter_map(group).collect(),
            is_first: matches!(elsewhere.first, First::Here),
            since: elsewhere.since,
            unlisted: elsewhere.statements.saturating_sub(listed.len()),
            url: elsewhere.passage.as_ref().map(|passage| self.href(passage)),
        }
    }

    /// Returns one place that has the words.
    fn line(&self, here: &Statement, elsewhere: &Elsewhere, other: &Other, is_own: bool) -> NoteLineView {
        let (saying, card) = (&other.saying, &other.saying.card);
        let (ours, theirs) = (here.body.said(&other.words), words(saying));
        let (before, after) = if other.is_before { (theirs, ours) } else { (ours, theirs) };
        let is_part = is_part(here, &other.words) || is_part(&saying.statement, &saying.words);
        let runs = if other.extent == Extent::Changed { change_views(&before, &after) } else { Vec::new() };
        let Amount { added, removed, is_unspaced } = amount(&runs);
        let delegation = if is_own { String::new() } else { self.who(card).unwrap_or_default() };
        let is_nameless = delegation.is_empty() && card.date.is_none();
        NoteLineView {
            title: if is_nameless { card.title.to_string() } else { String::new() },
            delegation,
            places: vec![NotePlaceView {
                url: self.href_of(&card.key, Some(&saying.paragraph)),
                language: card.language.to_string(),
                when: card.date.as_ref().map(year).unwrap_or_default(),
                date: card.date.as_ref().map(|date| self.date(date)),
                paragraph: Some(paragraph_view(&saying.paragraph)),
            }],
            extent: match other.extent {
                Extent::Whole => "same",
                Extent::Verbatim => "within",
                Extent::Changed if is_part => "part",
                Extent::Changed => "changed",
            },
            added,
            removed,
            unit: if is_unspaced { "characters" } else { "words" },
            is_first: matches!(&elsewhere.first, First::Elsewhere(first) if first == saying),
            quoted: saying.is_quoted(),
            simulated: card.simulated,
            language: card.language.to_string(),
            direction: direction(&card.language),
            changes: around_changes(&runs),
        }
    }

    /// Returns the note on links to a paragraph: some of them, of `count` in total.
    pub(super) fn linked_from(&self, paragraph: &ParagraphRef, links: &[&Backlink], count: usize) -> NoteView {
        let line = |link: &&Backlink| NoteLineView {
            delegation: link.delegation.to_string(),
            title: if link.delegation.is_empty() { link.title.to_string() } else { String::new() },
            places: vec![NotePlaceView {
                url: self.href_of(&link.key, link.from.as_ref()),
                language: link.language.to_string(),
                when: link.date.as_ref().map(|date| self.title(date)).unwrap_or_default(),
                date: None,
                paragraph: link.from.as_ref().map(paragraph_view),
            }],
            extent: "",
            added: 0,
            removed: 0,
            unit: "words",
            is_first: false,
            quoted: false,
            simulated: link.simulated,
            language: link.language.to_string(),
            direction: direction(&link.language),
            changes: Vec::new(),
        };
        let lines: Vec<NoteLineView> = links.iter().map(line).collect();
        NoteView {
            kind: "linked",
            paragraph: paragraph_view(paragraph),
            count,
            unlisted: count.saturating_sub(lines.len()),
            groups: vec![NoteGroupView {
                kind: "links",
                delegation: String::new(),
                delegations: 0,
                shown: lines.len(),
                lines,
            }],
            is_first: false,
            since: 0,
            url: None,
        }
    }
}

/// Returns the group of another occurrence. A delegation's own words are before or after only if the dates show it.
fn kind_of(here: &Statement, own: Option<&Ref>, other: &Other) -> &'static str {
    let card = &other.saying.card;
    if own.is_none() || card.attributed_to() != own {
        return "others";
    }
    let dates = here.front.date.as_ref().zip(card.date.as_ref());
    match dates {
        Some((here, there)) if there.latest() < here.earliest() => "before",
        Some((here, there)) if here.latest() < there.earliest() => "after",
        _ => "also",
    }
}

/// Returns whether two neighbouring places share a line: those of one delegation that have the same in common.
fn is_alike(one: &NoteLineView, other: &NoteLineView) -> bool {
    let is_plain = |line: &NoteLineView| {
        !matches!(line.extent, "changed" | "part") && line.title.is_empty() && !line.is_first && !line.quoted
    };
    let what = |line: &NoteLineView| (line.extent, line.simulated, line.delegation.clone());
    what(one) == what(other) && is_plain(one) && is_plain(other)
}

/// Returns the year of a date; empty for an interval, which may touch several.
fn year(date: &Date) -> String {
    if date.is_interval() { String::new() } else { date.known().chars().take(4).collect() }
}

/// Height of a line of the text and of a line of the notes, in pixels of the default theme.
const TEXT_LINE: usize = 30;
const NOTE_LINE: usize = 22;
/// Characters on a line of each. A character without spaces between words is as wide as two.
const TEXT_WIDTH: usize = 64;
const NOTE_WIDTH: usize = 32;
/// Lines of the text by which the notes may be taller than it.
const SPARE: usize = 2;

/// Folds those lines of a section's notes for which there is no room beside its text, given as HTML.
pub(super) fn fold(notes: &mut [NoteView], html: [&str; 2]) {
    let height: usize = html.iter().map(|html| height(html)).sum();
    let mut room = (height + SPARE * TEXT_LINE) / NOTE_LINE;
    // The names of the groups and the link to all are always shown.
    for note in notes.iter() {
        let labels = note.groups.iter().map(|group| if group.delegation.chars().count() > 16 { 2 } else { 1 });
        let fixed = labels.sum::<usize>() + usize::from(note.url.is_some() || note.unlisted > 0);
        room = room.saturating_sub(fixed + usize::from(note.is_first));
    }
    for group in notes.iter_mut().flat_map(|note| &mut note.groups) {
        let mut shown = 0;
        for (at, line) in group.lines.iter().enumerate() {
            // What is folded below lines that are shown takes a line itself. A group that is folded as a whole does not:
            // its name opens it.
            let needed = lines(line) + usize::from(at + 1 < group.lines.len());
            if needed > room {
                break;
            }
            room -= lines(line);
            shown = at + 1;
        }
        if shown > 0 && shown < group.lines.len() {
            room = room.saturating_sub(1);
        }
        group.shown = shown;
    }
}

/// Returns how many lines of the notes' column a line of a note takes.
fn lines(line: &NoteLineView) -> usize {
    let names = line.delegation.chars().count() + line.title.chars().count();
    let details = if matches!(line.extent, "changed" | "part") { 26 } else { 12 } + if line.is_first { 12 } else { 0 };
    (names + 10 * line.places.len() + details).div_ceil(NOTE_WIDTH)
}

/// Estimates the height of blocks in HTML, in pixels.
fn height(html: &str) -> usize {
    let (mut height, mut width, mut is_tag) = (0, 0, false);
    let mut tag = String::new();
    for c in html.chars() {
        match c {
            '<' => {
                is_tag = true;
                tag.clear();
            }
            '>' => {
                is_tag = false;
                if matches!(&*tag, "/p" | "/li" | "/h2" | "/h3" | "/tr") {
                    // A block ends with its last line, and a line's space after it.
                    height += (usize::div_ceil(width, TEXT_WIDTH).max(1) + 1) * TEXT_LINE;
                    width = 0;
                }
            }
            _ if is_tag => tag.push(c),
            c if crate::language::scripts::is_unspaced(c) => width += 2,
            _ => width += 1,
        }
    }
    height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_as_high_as_its_lines_and_the_space_after_it() {
        for (html, lines) in [
            ("", 0),
            ("<p>Madam Chair,</p>", 2),
            (&*format!("<p id=\"p1\"><a class=\"number\" href=\"#p1\">1</a> {}</p>", "word ".repeat(26)), 4),
            (&*format!("<p>{}</p>\n<p>b</p>", "外".repeat(33)), 5),
        ] {
            assert_eq!(height(html), lines * TEXT_LINE, "{html}");
        }
    }
}
