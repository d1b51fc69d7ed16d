//! Passages -> their views.

use std::borrow::Cow;
use std::ops::Range;

use super::changes::in_words;
use super::titles::{Patterns, patterns};
use super::{Views, change_views, paragraph_view};
use crate::collect::card::Card;
use crate::collect::names::Ref;
use crate::collect::passages::{self, Before, Follower, Saying};
use crate::collect::title::Title;
use crate::compare::extent::Extent;
use crate::key::Key;
use crate::read::statement::Statement;
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::{PassageParts, PassageRow, PassagesParts};
use crate::render::view::{
    ChangeView, FollowerView, NoteItemView, PageView, PassageRowView, PassageView, PassagesView,
};

/// Characters of a paragraph in the list of passages, and of a passage's title.
const EXTRACT: usize = 300;
const TITLE: usize = 70;

impl Views<'_> {
    /// Returns who speaks, and for whom.
    pub(super) fn who(&self, card: &Card) -> Option<String> {
        let others = Title::joined(card.on_behalf_of.iter().map(|other| other.title.clone()));
        let others = self.title(&others);
        match &card.delegation {
            Some(delegation) if others.is_empty() => Some(self.title(&delegation.title)),
            Some(delegation) => {
                let args = [("delegation", self.title(&delegation.title).into()), ("others", others.into())];
                Some(self.words.say("said.by-on-behalf-of", &args))
            }
            None => Some(others).filter(|others| !others.is_empty()),
        }
    }

    /// Returns in words how much is the same; for a part of a paragraph, the rest is not mentioned.
    fn compared_words(&self, extent: Extent, is_part: bool, runs: &[ChangeView]) -> String {
        let changes = || in_words(runs, self.words);
        match extent {
            Extent::Whole => self.words.say("passage.same-words", &[]),
            Extent::Verbatim => self.words.say("passage.same-words-among-others", &[]),
            Extent::Changed if is_part => self.words.say("passage.changed-in-part", &[("changes", changes().into())]),
            Extent::Changed => changes(),
        }
    }

    fn repeated(&self, statements: usize, delegations: usize) -> String {
        let statements = self.words.say("passage.in-statements", &[("n", statements.into())]);
        let delegations = self.words.say("passage.by-delegations", &[("n", delegations.into())]);
        self.words.say("passage.counted", &[("statements", statements.into()), ("delegations", delegations.into())])
    }

    /// Returns where a paragraph is, and who said it when.
    fn saying(&self, saying: &Saying, patterns: &Patterns) -> NoteItemView {
        let card = &saying.card;
        let says_who_and_when = card.date.is_some() && self.who(card).is_some();
        NoteItemView {
            title: card.title.to_string(),
            named_by: if says_who_and_when && patterns.is_followed_by(card) { "said" } else { "title" },
            url: self.href_of(&card.key, Some(&saying.paragraph)),
            language: card.language.to_string(),
            direction: direction(&card.language),
            delegation: self.who(card).unwrap_or_default(),
            date: card.date.as_ref().map(|date| self.words.date(date)).unwrap_or_default(),
            paragraph: Some(paragraph_view(&saying.paragraph)),
            quoted: saying.is_quoted(),
            simulated: card.simulated,
            words: String::new(),
            changes: Vec::new(),
        }
    }

    pub(super) fn passage(&self, page: &Page, parts: &PassageParts) -> PassageView {
        let leader = &parts.leader;
        let (before, after) = dots(&leader.statement, &leader.words);
        // The page shows the words that all have in common, not everything that the leader said around them.
        let shared = passages::shared(leader, &parts.followers);
        let begins = format!("{}{}", dots(&leader.statement, &shared).0, extract(shown(leader, &shared).trim(), TITLE));
        let title = self.words.say("passage.title", &[("begins", begins.into())]);
        let is_simulated = leader.card.simulated && parts.followers.iter().all(|one| one.saying.card.simulated);
        let (statements, delegations) =
            (passages::statements(leader, &parts.followers), passages::delegations(leader, &parts.followers));
        let cards = parts.followers.iter().map(|follower| &*follower.saying.card);
        let patterns = patterns(std::iter::once(&*leader.card).chain(cards));
        let all = Ref { title: super::room_title(passages::ROOM), key: Key::index(passages::ROOM).ok() };
        PassageView {
            trail: vec![self.reference(&all)],
            page: PageView {
                language: leader.card.language.to_string(),
                direction: direction(&leader.card.language),
                simulated: is_simulated,
                noindex: leader.card.simulated,
                ..self.page(page, &title)
            },
            title,
            summary: {
                let counted = self.repeated(statements, delegations);
                let is_first = matches!(parts.before, Before::Nobody);
                let key = if is_first { "passage.summary-first" } else { "passage.summary" };
                self.words.say(key, &[("counted", counted.into())])
            },
            follows: match &parts.before {
                Before::Follows(passage) => Some(self.href(passage)),
                Before::Nobody | Before::Unclear => None,
            },
            leader: self.saying(leader, &patterns),
            text: format!("{before}{}{after}", words(leader)),
            followers: parts.followers.iter().map(|follower| self.follower(leader, follower, &patterns)).collect(),
        }
    }

    fn follower(&self, leader: &Saying, follower: &Follower, patterns: &Patterns) -> FollowerView {
        let said = shown(leader, &follower.leader_words);
        let runs = change_views(&said, &words(&follower.saying));
        let is_part = is_part(&leader.statement, &follower.leader_words)
            || is_part(&follower.saying.statement, &follower.saying.words);
        let item = NoteItemView {
            words: self.compared_words(follower.extent, is_part, &runs),
            ..self.saying(&follower.saying, patterns)
        };
        let runs = if follower.extent == Extent::Whole { Vec::new() } else { within_paragraph(&follower.saying, runs) };
        FollowerView { item, runs }
    }

    /// Returns a passage in a list: its first words, which are the link, and some more.
    pub(super) fn passage_row(&self, row: &PassageRow) -> PassageRowView {
        let (before, _) = dots(&row.leader.statement, &row.shared);
        let shown = shown(&row.leader, &row.shared);
        let words = shown.trim();
        let first = words_within(words, TITLE);
        let rest = &words[first.len()..];
        PassageRowView {
            url: self.href(&row.key),
            text: format!("{before}{first}"),
            rest: extract(rest, EXTRACT - TITLE),
            leader: self.saying(&row.leader, &Patterns::default()),
            summary: self.repeated(row.statements, row.delegations),
            statements: row.statements,
            delegations: row.delegations,
        }
    }

    pub(super) fn passages(&self, page: &Page, parts: &PassagesParts) -> PassagesView {
        let title = self.title(&super::room_title(passages::ROOM));
        PassagesView {
            page: self.page(page, &title),
            title,
            passages: parts.rows.iter().map(|passage| self.passage_row(passage)).collect(),
        }
    }
}

/// Returns the ellipses before and after the words, if they are only a part of their paragraph.
fn dots(statement: &Statement, words: &Range<u32>) -> (&'static str, &'static str) {
    let body = &statement.body;
    let paragraph = body.paragraph_at(words.start).map(|at| &body.paragraphs[at as usize].text);
    let is_more = |from: u32, to: u32| body.words(&(from..to)).contains(char::is_alphanumeric);
    let is_begun = paragraph.is_some_and(|paragraph| is_more(paragraph.start, words.start));
    let goes_on = paragraph.is_some_and(|paragraph| is_more(words.end, paragraph.end));
    (if is_begun { "… " } else { "" }, if goes_on { " …" } else { "" })
}

/// Adds ellipses before and after the words, if they are only a part of their paragraph.
fn within_paragraph(saying: &Saying, runs: Vec<ChangeView>) -> Vec<ChangeView> {
    let (before, after) = dots(&saying.statement, &saying.words);
    let dots = |text: &str| (!text.is_empty()).then(|| ChangeView { kind: "same", text: text.into() });
    dots(before).into_iter().chain(runs).chain(dots(after)).collect()
}

/// Returns the shared words of a saying, without struck-out text.
pub(super) fn words(saying: &Saying) -> Cow<'_, str> {
    trimmed(shown(saying, &saying.words))
}

/// Returns words of the text that a saying is from, without struck-out text.
fn shown<'a>(saying: &'a Saying, words: &Range<u32>) -> Cow<'a, str> {
    saying.statement.body.said(words)
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => text.trim().into(),
        Cow::Owned(text) => text.trim().to_owned().into(),
    }
}

/// Returns whether the words are only a part of their paragraph.
pub(super) fn is_part(statement: &Statement, words: &Range<u32>) -> bool {
    let (before, after) = dots(statement, words);
    !before.is_empty() || !after.is_empty()
}

/// Returns the first words, as many as there is room for, with an ellipsis if there are more.
fn extract(text: &str, room: usize) -> String {
    let first = words_within(text, room);
    if first.len() == text.len() {
        return text.to_owned();
    }
    format!("{}…", first.trim_end_matches([',', ';', ':', ' ']))
}

/// Returns the first words, as many as there is room for.
fn words_within(text: &str, room: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(room) else { return text };
    &text[..text[..end].rfind(' ').unwrap_or(end)]
}
