//! The numbers of a text's paragraphs, as a value: which paragraph each number leads to.
//!
//! How the numbers are found is not decided here, but where a lock is compared with the current text
//! (`collect::numbers`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::body::Body;
use super::lock::{self, Line, Lock, Print, State};
use super::paragraph::{ParagraphRef, anchors_in_words, in_words};

/// The numbers of a text's paragraphs. All three lists are empty where paragraphs are simply counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Numbers {
    /// Each paragraph's own number.
    own: Vec<Box<str>>,
    /// Numbers whose words are in a paragraph with another number: the paragraph, counted from 0, and the number.
    also: Vec<(u32, Box<str>)>,
    /// Numbers whose words are gone: how many paragraphs precede the place where they were, and the number.
    gone: Vec<(u32, Box<str>)>,
}

/// Where a number leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberTarget {
    /// To a paragraph, counted from 0.
    Paragraph(u32),
    /// To a stub.
    Stub,
}

impl NumberTarget {
    /// Returns the paragraph, counted from 0; `None` for a stub.
    pub fn paragraph(self) -> Option<u32> {
        match self {
            NumberTarget::Paragraph(at) => Some(at),
            NumberTarget::Stub => None,
        }
    }
}

impl Numbers {
    /// The numbers of a text whose paragraphs are counted from 1.
    pub const COUNTED: &Numbers = &Numbers { own: Vec::new(), also: Vec::new(), gone: Vec::new() };

    /// Creates the numbers of a text from the number of each paragraph, the other numbers that lead to paragraphs, and
    /// those whose words are gone.
    pub fn new(own: Vec<Box<str>>, mut also: Vec<(u32, Box<str>)>, gone: Vec<(u32, Box<str>)>) -> Numbers {
        also.sort();
        if also.is_empty() && gone.is_empty() && own.iter().enumerate().all(|(at, own)| **own == *(at + 1).to_string())
        {
            return Numbers::default();
        }
        Numbers { own, also, gone }
    }

    /// Returns a paragraph's own number.
    pub fn of(&self, paragraph: u32) -> Cow<'_, str> {
        match self.own.get(paragraph as usize) {
            Some(number) => Cow::Borrowed(number),
            None => Cow::Owned((paragraph + 1).to_string()),
        }
    }

    /// Returns the reference by which every page names a paragraph, counted from 0.
    pub fn paragraph(&self, body: &Body, paragraph: u32) -> ParagraphRef {
        let number = self.of(paragraph);
        ParagraphRef { label: body.label(paragraph, &number), number: number.into() }
    }

    /// Returns the other numbers that lead to a paragraph.
    pub fn also(&self, paragraph: u32) -> impl Iterator<Item = &str> {
        self.also.iter().filter(move |(at, _)| *at == paragraph).map(|(_, number)| &**number)
    }

    /// Returns the numbers whose words are gone, each after how many paragraphs precede the place where they were.
    pub fn gone(&self) -> &[(u32, Box<str>)] {
        &self.gone
    }

    /// Returns where a number leads in a text of `count` paragraphs; `None` if the text never had it.
    pub fn find(&self, number: &str, count: usize) -> Option<NumberTarget> {
        let in_pairs =
            |pairs: &[(u32, Box<str>)]| pairs.iter().find(|(_, other)| **other == *number).map(|(at, _)| *at);
        if self.own.is_empty() && self.gone.is_empty() {
            let at = number.parse::<usize>().ok()?.checked_sub(1)?;
            return (at < count && lock::is_number(number)).then_some(NumberTarget::Paragraph(at as u32));
        }
        let own = self.own.iter().position(|own| **own == *number).map(|at| at as u32);
        let paragraph = own.or_else(|| in_pairs(&self.also)).map(NumberTarget::Paragraph);
        paragraph.or_else(|| in_pairs(&self.gone).map(|_| NumberTarget::Stub))
    }

    /// Returns the lock that keeps these numbers. Lines of numbers that are no longer in the text are copied from the
    /// lock `before`. A number that was never locked and denotes part of a paragraph is recorded with the whole
    /// paragraph.
    pub fn lock(&self, before: &Lock, body: &Body) -> Lock {
        let old: BTreeMap<&str, &Line> = before.lines.iter().rev().map(|line| (&*line.number, line)).collect();
        let kept = |number: &str, state: State| old.get(number).map(|&line| Line { state, ..line.clone() });
        let mut lines = Vec::new();
        for at in 0..=body.paragraphs.len() as u32 {
            let gone = self.gone.iter().filter(|(before, _)| *before == at);
            lines.extend(gone.filter_map(|(_, number)| kept(number, State::Gone)));
            let Some(paragraph) = body.paragraphs.get(at as usize) else { break };
            let words = body.words(&paragraph.whole());
            let (begins, print, number) = (lock::begins(words), Print::of(words), Box::from(self.of(at)));
            let own = Line { number, state: State::Live, begins, print };
            lines.extend(self.also(at).map(|other| {
                let state = State::In(own.number.clone());
                kept(other, state.clone()).unwrap_or_else(|| Line { number: other.into(), state, ..own.clone() })
            }));
            lines.push(own);
        }
        Lock { lines }
    }

    /// Describes how these numbers differ from the lock of a text; `None` if they do not.
    pub fn changes(&self, lock: &Lock, body: &Body) -> Option<String> {
        let states: BTreeMap<&str, &State> = lock.lines.iter().rev().map(|line| (&*line.number, &line.state)).collect();
        let new = (0..self.own.len()).filter(|at| !states.contains_key(&*self.own[*at]));
        let new: Vec<ParagraphRef> = new.map(|at| self.paragraph(body, at as u32)).collect();
        let was_live = |number: &&str| states.get(number) == Some(&&State::Live);
        let gone: Vec<&str> = self.gone.iter().map(|(_, number)| &**number).filter(was_live).collect();
        let moved: Vec<&str> = self.also.iter().map(|(_, number)| &**number).filter(was_live).collect();
        let is_or_are = |count: usize| if count == 1 { "is" } else { "are" };
        let mut parts = Vec::new();
        if !new.is_empty() {
            parts.push(format!("{} {} new", in_words(&new), is_or_are(new.len())));
        }
        for (numbers, what) in [(gone, "no longer in the text"), (moved, "part of another paragraph now")] {
            if !numbers.is_empty() {
                parts.push(format!("{} {} {what}", anchors_in_words(&numbers), is_or_are(numbers.len())));
            }
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}
