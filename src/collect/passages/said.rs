//! What is known of words in several statements: the passage that they make, and what stands beside a paragraph.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::collect::card::Card;
use crate::collect::matches::Extent;
use crate::key::Key;
use crate::read::paragraph::ParagraphRef;
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

/// A paragraph of a statement, where another page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Saying {
    pub card: Stamped<Card>,
    pub statement: Stamped<Statement>,
    pub paragraph: ParagraphRef,
    /// The words that are shown, as bytes of the body's text.
    pub words: Range<u32>,
}

impl Saying {
    /// Says whether the words stand in a quotation: then who speaks only says that another said them.
    pub fn is_quoted(&self) -> bool {
        let body = &self.statement.body;
        body.paragraph_at(self.words.start).is_some_and(|paragraph| body.is_quoted(paragraph))
    }
}

/// What else was said in the words of a statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SaidElsewhere {
    /// In the order of the text; none of a paragraph whose words nobody else said.
    pub paragraphs: Vec<Elsewhere>,
    /// Paragraphs that are not new even if nobody is known to have said them before, counted from 0: courtesies, and what
    /// another language version carries over.
    pub doubtful: BTreeSet<u32>,
    /// That all of it is new cannot be said: it is withdrawn and was not compared, or another language version carries
    /// something over.
    pub is_in_doubt: bool,
}

/// What else was said in the words of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Elsewhere {
    /// Counted from 0.
    pub paragraph: u32,
    /// In how many statements, and in how many that are certainly later.
    pub statements: usize,
    pub since: usize,
    pub first: First,
    /// A statement that is certainly earlier has some of its words.
    pub is_carried: bool,
    /// Some of them, in order.
    pub others: Vec<Other>,
    pub passage: Option<Key>,
}

/// Words that another paragraph shares with one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Other {
    pub saying: Saying,
    pub extent: Extent,
    /// The words here, as bytes of the body's text.
    pub words: Range<u32>,
    pub is_before: bool,
}

/// Who said the words first, as far as the collection shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum First {
    /// The dates do not say it.
    Unclear,
    Here,
    Elsewhere(Saying),
}

/// All paragraphs that share the words of one.
#[derive(Clone, Debug)]
pub struct Passage {
    pub key: Key,
    /// The paragraph that leads it, or the words of a long one.
    pub leader: Stamped<Saying>,
    pub before: Before,
    pub followers: Vec<Stamped<Follower>>,
}

impl Passage {
    /// Returns in how many statements it was said.
    pub fn statements(&self) -> usize {
        statements(&self.leader, &self.followers)
    }

    /// Returns by how many delegations it was said.
    pub fn delegations(&self) -> usize {
        delegations(&self.leader, &self.followers)
    }
}

/// Returns in how many statements the words of a passage were said.
pub fn statements(leader: &Saying, followers: &[Stamped<Follower>]) -> usize {
    sayings(leader, followers).map(|saying| &saying.statement.id).collect::<BTreeSet<_>>().len()
}

/// Returns by how many delegations they were said; what has none counts alone.
pub fn delegations(leader: &Saying, followers: &[Stamped<Follower>]) -> usize {
    let who = |saying: &'_ Saying| saying.card.speaker().map_or_else(|| Stamp::of(&saying.statement.id), Stamp::of);
    sayings(leader, followers).map(who).collect::<BTreeSet<_>>().len()
}

fn sayings<'a>(leader: &'a Saying, followers: &'a [Stamped<Follower>]) -> impl Iterator<Item = &'a Saying> {
    [leader].into_iter().chain(followers.iter().map(|follower| &follower.saying))
}

/// What the collection shows of the time before a passage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Before {
    /// The leader itself follows another in this passage.
    Follows(Key),
    /// No text in the collection had the words before.
    Nobody,
    /// The dates do not say it, or a text has them that is in no passage with the leader's.
    Unclear,
}

/// Returns the words of the leader that all others share, or, if there are none, those that the first of them shares.
pub fn shared(leader: &Saying, followers: &[Stamped<Follower>]) -> Range<u32> {
    /// Bytes of words that say enough alone.
    const ENOUGH: u32 = 24;
    let words = || followers.iter().map(|follower| &follower.leader_words);
    let (Some(start), Some(end)) = (words().map(|words| words.start).max(), words().map(|words| words.end).min())
    else {
        return leader.words.clone();
    };
    if end >= start + ENOUGH { start..end } else { words().next().unwrap_or(&leader.words).clone() }
}

/// A paragraph of a passage, and the words of the leader that it shares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Follower {
    pub saying: Saying,
    pub leader_words: Range<u32>,
    pub extent: Extent,
}
