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
#[cfg(test)]
mod tests;
mod version;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::works::{KeptBack, Work};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::memo::Memo;
use crate::read::body::Body;
use crate::read::lock::{self, Line, Lock, Print, State};
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

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

    /// Numbers a text's paragraphs as its lock says.
    pub fn align(lock: &Lock, body: &Body) -> Numbers {
        if lock.lines.is_empty() {
            return Numbers::default();
        }
        let words: Vec<&str> = body.paragraphs.iter().map(|paragraph| body.words(&paragraph.text)).collect();
        let homes = home::find(&lock.lines, &words);
        let taken: BTreeSet<Box<str>> = lock.lines.iter().map(|line| line.number.clone()).collect();
        let mut given = BTreeSet::new();
        let mut own: Vec<Option<Box<str>>> = vec![None; words.len()];
        for (line, at) in lock.lines.iter().zip(&homes).filter_map(|(line, home)| Some((line, home.as_ref()?.own()?))) {
            // After a merge, both sides may have given one number to two paragraphs.
            if given.insert(&*line.number) {
                own[at] = Some(line.number.clone());
            }
        }
        let (mut also, mut gone, mut before) = (Vec::new(), Vec::new(), 0);
        for (line, home) in lock.lines.iter().zip(&homes) {
            if let Some(home) = home {
                before = home.at() as u32 + 1;
            }
            if given.insert(&*line.number) {
                let list = if home.is_some() { &mut also } else { &mut gone };
                list.push((if home.is_some() { before - 1 } else { before }, line.number.clone()));
            }
        }
        gone.sort_by_key(|(before, _)| *before);
        let new = new_numbers(&own, &gone, taken);
        Numbers::new(own.into_iter().zip(new).map(|(own, new)| own.unwrap_or(new)).collect(), also, gone)
    }

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
            let words = body.words(&paragraph.text);
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

    /// Says what of these numbers the lock does not have yet.
    fn changes(&self, lock: &Lock) -> Option<String> {
        let states: BTreeMap<&str, &State> = lock.lines.iter().rev().map(|line| (&*line.number, &line.state)).collect();
        let new: Vec<&str> = self.own.iter().map(|own| &**own).filter(|own| !states.contains_key(own)).collect();
        let was_live = |number: &&str| states.get(number) == Some(&&State::Live);
        let gone: Vec<&str> = self.gone.iter().map(|(_, number)| &**number).filter(was_live).collect();
        let moved: Vec<&str> = self.also.iter().map(|(_, number)| &**number).filter(was_live).collect();
        let told = [("new", new), ("no longer in the text", gone), ("part of another paragraph now", moved)];
        let told = told.iter().filter(|(_, numbers)| !numbers.is_empty()).map(|(what, numbers)| match &numbers[..] {
            [one] => format!("paragraph {one} is {what}"),
            [few @ .., last] if few.len() < 5 => format!("paragraphs {} and {last} are {what}", few.join(", ")),
            many => format!("{} paragraphs are {what}", many.len()),
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

/// Returns a number for each paragraph, of use where it has none: that of the one before it with the next free letter.
fn new_numbers(own: &[Option<Box<str>>], gone: &[(u32, Box<str>)], mut taken: BTreeSet<Box<str>>) -> Vec<Box<str>> {
    let mut base = "0".to_owned();
    let next = own.iter().enumerate().map(|(at, own)| {
        let stub = gone.iter().rfind(|(place, _)| *place as usize == at).map(|(_, number)| number);
        if let Some(before) = own.as_ref().or(stub) {
            base = before.trim_end_matches(|c: char| c.is_ascii_lowercase()).to_owned();
        }
        if own.is_some() {
            return Box::default();
        }
        let mut number = format!("{base}a").into_boxed_str();
        let mut n = 0;
        while taken.contains(&number) {
            n += 1;
            number = format!("{base}{}", letters(n)).into();
        }
        taken.insert(number.clone());
        number
    });
    next.collect()
}

/// Counts in letters: a to z, then aa, ab and so on.
fn letters(n: usize) -> String {
    let last = char::from(b'a' + (n % 26) as u8);
    if n < 26 { last.to_string() } else { letters(n / 26 - 1) + &last.to_string() }
}

/// The numbers of each statement's paragraphs, by its file.
pub type OfStatements = BTreeMap<Arc<str>, Stamped<Numbers>>;

/// The locks of a site by their path.
pub type Locks = BTreeMap<Arc<str>, Stamped<Lock>>;

/// What a memo of numbers keeps: the numbers, and what the lock does not have yet.
pub type Aligned = (Stamped<Numbers>, Option<String>);

/// Numbers the paragraphs of all statements that have locks, and tells what the locks do not have. A site without any
/// lock keeps no numbers, and hears nothing of it.
pub fn numbers(
    works: &[Work],
    kept_back: &KeptBack<'_>,
    locks: &Locks,
    memo: &mut Memo<Arc<str>, Arc<Aligned>>,
    out: &mut Vec<Diagnostic>,
) -> OfStatements {
    let path = |statement: &Statement| lock::path(&statement.id, &statement.language);
    let statements = works.iter().flat_map(|work| &work.versions).map(|version| &version.statement);
    let (locked, unlocked): (Vec<_>, Vec<_>) =
        statements.map(|statement| (statement, locks.get(&*path(statement)))).partition(|(_, lock)| lock.is_some());
    let locked: Vec<_> = locked.into_iter().filter_map(|(statement, lock)| Some((statement, lock?))).collect();
    let aligned = memo.update(
        &locked,
        |(statement, lock)| (Arc::clone(&statement.path), Stamp::of(&(statement.stamp(), lock.stamp()))),
        |(statement, lock)| {
            let numbers = Numbers::align(lock, &statement.body);
            let changes = numbers.changes(lock);
            Arc::new((Stamped::new(numbers), changes))
        },
    );
    let help = "`plenary lock` keeps the numbers as they are now: run it when you publish the text";
    let mut tell = |statement: &Statement, message: &str| {
        out.push(Diagnostic::new(Code::OutdatedLock, Place::file(&statement.path), message).help(help));
    };
    for ((statement, _), aligned) in locked.iter().zip(&aligned) {
        aligned.1.iter().for_each(|changes| tell(statement, changes));
    }
    if !locks.is_empty() {
        for (statement, _) in unlocked.iter().filter(|(statement, _)| !statement.body.paragraphs.is_empty()) {
            tell(statement, "the numbers of its paragraphs are not kept yet");
        }
    }
    let kept_back = kept_back.statements.iter().map(|statement| path(statement));
    let known: BTreeSet<String> = locked.iter().map(|(statement, _)| path(statement)).chain(kept_back).collect();
    out.extend(locks.keys().filter(|lock| !known.contains(&***lock)).map(stray));
    locked.iter().zip(aligned).map(|((statement, _), of)| (Arc::clone(&statement.path), of.0.clone())).collect()
}

fn stray(path: &Arc<str>) -> Diagnostic {
    let message = "these numbers belong to no statement of the site";
    let help =
        "where a statement was renamed, rename this file as well, to `locks/<id>.<language>.lock`; else delete it";
    Diagnostic::new(Code::StrayLock, Place::file(path), message).help(help)
}
