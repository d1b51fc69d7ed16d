//! The runs of words that pieces share -> the matches of paragraphs.

use std::ops::Range;

use super::index::Slot;
use super::{IndexedStatement, Matches, Tie};
use crate::compare::extent::Extent;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// The maximum number of bytes between two runs that are joined into one match.
const BETWEEN: u32 = 300;

/// Words that a paragraph shares with a paragraph of another statement.
#[derive(Clone, Debug)]
pub struct Match<'a> {
    /// The statement whose match this is.
    pub statement: &'a Stamped<Statement>,
    /// Its paragraph, counted from 0.
    pub paragraph: u32,
    /// From the first word to the last, as bytes of the body's text.
    pub words: Range<u32>,
    /// The other statement.
    pub other: &'a Stamped<Statement>,
    /// The other statement's number in the index.
    pub other_slot: Slot,
    /// The other statement's paragraph, counted from 0.
    pub other_paragraph: u32,
    /// The words there, as bytes of the other body's text.
    pub other_words: Range<u32>,
    /// How much the two paragraphs have in common.
    pub extent: Extent,
}

impl Match<'_> {
    fn order(&self) -> (u32, &str, u32, u32, u32) {
        (self.paragraph, &self.other.path, self.other_paragraph, self.words.start, self.other_words.start)
    }

    /// Returns a sort key that orders the matches of two texts the same way from either side: as in the text whose path
    /// comes first.
    fn even_order(&self) -> (&str, [u32; 4]) {
        let here = [self.paragraph, self.words.start];
        let there = [self.other_paragraph, self.other_words.start];
        let (one, other) = if self.statement.path < self.other.path { (here, there) } else { (there, here) };
        (&self.other.path, [one[0], other[0], one[1], other[1]])
    }

    /// Extends this match by the next one if it follows closely in both paragraphs, as it does where a long paragraph
    /// was compared piece by piece. Returns whether it did.
    fn takes(&mut self, next: &Match<'_>) -> bool {
        let is_here = (self.paragraph, self.other_paragraph) == (next.paragraph, next.other_paragraph);
        if !is_here || self.other.path != next.other.path {
            return false;
        }
        let between = |end: u32, start: u32| (end <= start && start - end <= BETWEEN).then_some(end..start);
        let Some((one, other)) =
            between(self.words.end, next.words.start).zip(between(self.other_words.end, next.other_words.start))
        else {
            return false;
        };
        // Mere punctuation between the two does not make the words changed; a word in between does.
        let is_bare = has_no_words(self.statement, &one) && has_no_words(self.other, &other);
        self.words.end = next.words.end;
        self.other_words.end = next.other_words.end;
        self.extent = if is_bare { self.extent.max(next.extent) } else { Extent::Changed };
        true
    }

    /// Returns whether both paragraphs consist of nothing but these words, unchanged.
    fn is_whole(&self) -> bool {
        let is_all = |statement: &Statement, paragraph: u32, words: &Range<u32>| {
            let all = &statement.body.paragraphs[paragraph as usize].text;
            has_no_words(statement, &(all.start..words.start)) && has_no_words(statement, &(words.end..all.end))
        };
        self.extent == Extent::Verbatim
            && is_all(self.statement, self.paragraph, &self.words)
            && is_all(self.other, self.other_paragraph, &self.other_words)
    }
}

fn has_no_words(statement: &Statement, range: &Range<u32>) -> bool {
    !statement.body.words(range).contains(char::is_alphanumeric)
}

impl Matches {
    /// Returns the number of a statement in the index, which is below [`Matches::slots`]; `None` if it is not there.
    pub fn slot(&self, path: &str) -> Option<Slot> {
        self.by_path.get(path).copied()
    }

    /// Returns how many numbers were assigned, including those of statements that no longer exist.
    pub fn slots(&self) -> usize {
        self.slots.len()
    }

    /// Returns the update that last changed a statement's matches or courtesies.
    pub fn version(&self, path: &str) -> Option<u64> {
        self.slot(path).map(|slot| self.kept(slot).version)
    }

    /// Returns the statements that share words with this one, some several times.
    pub fn sharing_with(&self, slot: Slot) -> impl Iterator<Item = Slot> {
        self.kept(slot).ties.iter().map(|tie| self.index.owner(tie.other))
    }

    /// Returns a statement's matches, by paragraph and then by the other statement's path.
    pub fn of(&self, path: &str) -> Vec<Match<'_>> {
        let Some(kept) = self.by_path.get(path).map(|slot| self.kept(*slot)) else { return Vec::new() };
        let mut matches: Vec<Match<'_>> = kept.ties.iter().map(|tie| self.matched(kept, tie)).collect();
        // Runs are joined in an order that is the same seen from either statement, so that both show the same match.
        matches.sort_by(|a, b| a.even_order().cmp(&b.even_order()));
        let mut joined: Vec<Match<'_>> = Vec::with_capacity(matches.len());
        for next in matches {
            if !joined.last_mut().is_some_and(|last| last.takes(&next)) {
                joined.push(next);
            }
        }
        joined.iter_mut().filter(|one| one.is_whole()).for_each(|one| one.extent = Extent::Whole);
        joined.sort_by(|a, b| a.order().cmp(&b.order()));
        joined
    }

    /// Returns the paragraphs of which half or more of the fingerprints are courtesies, counted from 0.
    pub fn courtesies(&self, path: &str) -> Vec<u32> {
        let Some(kept) = self.by_path.get(path).map(|slot| self.kept(*slot)) else { return Vec::new() };
        let counted = kept.places().zip(&kept.pieces).map(|(place, piece)| {
            (kept.statement.body.paragraph_at(piece.start), self.index.common(place), self.index.prints(place))
        });
        let counted: Vec<_> = counted.collect();
        let of_paragraphs = counted.chunk_by(|a, b| a.0 == b.0).filter_map(|pieces| {
            let (common, all) = pieces.iter().fold((0, 0), |(common, all), piece| (common + piece.1, all + piece.2));
            pieces[0].0.filter(|_| common > 0 && common * 2 >= all)
        });
        of_paragraphs.collect()
    }

    fn matched<'a>(&'a self, kept: &'a IndexedStatement, tie: &Tie) -> Match<'a> {
        let other_slot = self.index.owner(tie.other);
        let other = self.kept(other_slot);
        let paragraph = |kept: &IndexedStatement, at: u32| kept.statement.body.paragraph_at(at).unwrap_or_default();
        Match {
            statement: &kept.statement,
            paragraph: paragraph(kept, tie.words.start),
            words: tie.words.clone(),
            other: &other.statement,
            other_slot,
            other_paragraph: paragraph(other, tie.other_words.start),
            other_words: tie.other_words.clone(),
            extent: tie.extent,
        }
    }
}
