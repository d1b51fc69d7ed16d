//! A lock and a text as it is now -> the number of every paragraph, and what became of those that are not there any more.
//!
//! Whoever cited paragraph 7 meant its words. So a paragraph keeps its number when it is edited or moved, one that comes
//! between gets `7a`, one whose words went into another is an anchor there, and one that went altogether leaves a stub.
//!
//! This is another rule than that of `align::wordings`: there are no words of then, only codes of twelve bits; a number
//! has a home wherever half of its words stand, in any order and several to a paragraph; and the first part is the one that
//! was cited.

mod home;
mod shared;
mod site;
#[cfg(test)]
mod tests;
mod versions;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::read::body::Body;
use crate::read::lock::{self, Line, Lock, Print, State};
use crate::read::paragraph::{ParagraphRef, anchors_in_words, in_words};

pub use site::{NumberedVersion, OfStatements, numbers};
pub use versions::of_versions;

/// The numbers of a text's paragraphs. There are none where they are as if simply counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Numbers {
    /// Each paragraph's own.
    own: Vec<Box<str>>,
    /// Numbers whose words stand in a paragraph with another number: the paragraph, counted from 0, and the number.
    also: Vec<(u32, Box<str>)>,
    /// Numbers whose words are gone: how many paragraphs stand before the place where they were, and the number.
    gone: Vec<(u32, Box<str>)>,
}

/// Where a number leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// To a paragraph, counted from 0.
    Paragraph(u32),
    /// To a stub.
    Stub,
}

impl Found {
    /// Returns the paragraph.
    pub fn paragraph(self) -> Option<u32> {
        match self {
            Found::Paragraph(at) => Some(at),
            Found::Stub => None,
        }
    }
}

impl Numbers {
    /// Those of a text whose paragraphs are counted from 1.
    pub const COUNTED: &Numbers = &Numbers { own: Vec::new(), also: Vec::new(), gone: Vec::new() };

    fn new(own: Vec<Box<str>>, mut also: Vec<(u32, Box<str>)>, gone: Vec<(u32, Box<str>)>) -> Numbers {
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

    /// Returns a paragraph, counted from 0, as every place names it.
    pub fn paragraph(&self, body: &Body, paragraph: u32) -> ParagraphRef {
        let number = self.of(paragraph);
        ParagraphRef { label: body.label(paragraph, &number), number: number.into() }
    }

    /// Returns the other numbers that lead to a paragraph.
    pub fn also(&self, paragraph: u32) -> impl Iterator<Item = &str> {
        self.also.iter().filter(move |(at, _)| *at == paragraph).map(|(_, number)| &**number)
    }

    /// Returns the numbers whose words are gone, with how many paragraphs stand before the place where they were.
    pub fn gone(&self) -> &[(u32, Box<str>)] {
        &self.gone
    }

    /// Returns where a number leads in a text of `count` paragraphs.
    pub fn find(&self, number: &str, count: usize) -> Option<Found> {
        let in_pairs =
            |pairs: &[(u32, Box<str>)]| pairs.iter().find(|(_, other)| **other == *number).map(|(at, _)| *at);
        if self.own.is_empty() && self.gone.is_empty() {
            let at = number.parse::<usize>().ok()?.checked_sub(1)?;
            return (at < count && lock::is_number(number)).then_some(Found::Paragraph(at as u32));
        }
        let own = self.own.iter().position(|own| **own == *number).map(|at| at as u32);
        let paragraph = own.or_else(|| in_pairs(&self.also)).map(Found::Paragraph);
        paragraph.or_else(|| in_pairs(&self.gone).map(|_| Found::Stub))
    }

    /// Returns the lock that keeps these numbers; what is not in the text any more it has from the lock before. A number
    /// that no lock has had yet, and that stands for a part of a paragraph, is known again by all of it.
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

    /// Says what of these numbers the lock of a text does not have yet.
    fn changes(&self, lock: &Lock, body: &Body) -> Option<String> {
        let states: BTreeMap<&str, &State> = lock.lines.iter().rev().map(|line| (&*line.number, &line.state)).collect();
        let new = (0..self.own.len()).filter(|at| !states.contains_key(&*self.own[*at]));
        let new: Vec<ParagraphRef> = new.map(|at| self.paragraph(body, at as u32)).collect();
        let was_live = |number: &&str| states.get(number) == Some(&&State::Live);
        let gone: Vec<&str> = self.gone.iter().map(|(_, number)| &**number).filter(was_live).collect();
        let moved: Vec<&str> = self.also.iter().map(|(_, number)| &**number).filter(was_live).collect();
        let is_or_are = |count: usize| if count == 1 { "is" } else { "are" };
        let mut told = Vec::new();
        if !new.is_empty() {
            told.push(format!("{} {} new", in_words(&new), is_or_are(new.len())));
        }
        for (numbers, what) in [(gone, "no longer in the text"), (moved, "part of another paragraph now")] {
            if !numbers.is_empty() {
                told.push(format!("{} {} {what}", anchors_in_words(&numbers), is_or_are(numbers.len())));
            }
        }
        (!told.is_empty()).then(|| told.join("; "))
    }
}
