//! What is known about words that several statements share: the passage, and the other occurrences of a paragraph.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::collect::card::Card;
use crate::compare::extent::Extent;
use crate::key::Key;
use crate::read::paragraph::ParagraphRef;
use crate::read::statement::Statement;
use crate::stamp::{Stamp, Stamped};

/// A paragraph of a statement, as another page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Saying {
    /// The card of the statement.
    pub card: Stamped<Card>,
    /// The language version.
    pub statement: Stamped<Statement>,
    /// The paragraph, with its anchor and label.
    pub paragraph: ParagraphRef,
    /// The words that are shown, as bytes of the body's text.
    pub words: Range<u32>,
}

impl Saying {
    /// Returns whether the words are in a quotation, so that the delegation only reports that another said them.
    pub fn is_quoted(&self) -> bool {
        let body = &self.statement.body;
        body.paragraph_at(self.words.start).is_some_and(|paragraph| body.is_quoted(paragraph))
    }
}

/// The other occurrences of statements' words, by the paths of their files.
pub type SaidInTexts = HashMap<Arc<str>, Stamped<SaidElsewhere>>;

/// Where else the words of a statement were said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SaidElsewhere {
    /// In the order of the text; paragraphs whose words nobody else said are left out.
    pub paragraphs: Vec<Elsewhere>,
    /// Paragraphs that cannot be called new even if nobody is known to have said them before, counted from 0:
    /// courtesies, and what another language version carries over.
    pub doubtful: BTreeSet<u32>,
    /// Whether nothing in it can be called new: it is withdrawn and was not compared, or another language version
    /// carries something over.
    pub is_in_doubt: bool,
}

/// Where else the words of a paragraph were said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Elsewhere {
    /// The paragraph, counted from 0.
    pub paragraph: u32,
    /// How many other statements have the words.
    pub statements: usize,
    /// How many of these are certainly later.
    pub since: usize,
    /// How many delegations said them, not counting this statement's; a statement without one counts as a delegation.
    pub delegations: usize,
    /// Who said them first.
    pub first: First,
    /// Whether a statement that is certainly earlier has some of its words.
    pub is_carried: bool,
    /// The occurrences that are shown, in chronological order.
    pub others: Vec<Other>,
    /// The first passage that the paragraph is in.
    pub passage: Option<Key>,
}

/// Another occurrence of a paragraph's words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Other {
    /// The other paragraph.
    pub saying: Saying,
    /// How much the two have in common.
    pub extent: Extent,
    /// The words here, as bytes of the body's text.
    pub words: Range<u32>,
    /// Whether the other statement precedes this one in the order of statements.
    pub is_before: bool,
}

/// Who said the words first, as far as the collection shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum First {
    /// The dates do not show it.
    Unclear,
    /// This statement.
    Here,
    /// Another statement.
    Elsewhere(Saying),
}

/// All paragraphs that share the words of one.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its page.
    pub key: Key,
    /// The paragraph that leads it, or part of a long one.
    pub leader: Stamped<Saying>,
    /// Whether the words occur earlier.
    pub before: Before,
    /// The later paragraphs, in chronological order.
    pub followers: Vec<Stamped<Follower>>,
}

impl Passage {
    /// Returns how many statements have it.
    pub fn statements(&self) -> usize {
        statements(&self.leader, &self.followers)
    }

    /// Returns how many delegations said it.
    pub fn delegations(&self) -> usize {
        delegations(&self.leader, &self.followers)
    }
}

/// Returns how many statements have the words of a passage.
pub fn statements(leader: &Saying, followers: &[Stamped<Follower>]) -> usize {
    sayings(leader, followers).map(|saying| &saying.statement.id).collect::<BTreeSet<_>>().len()
}

/// Returns how many delegations said them; a statement without one counts as a delegation of its own.
pub fn delegations(leader: &Saying, followers: &[Stamped<Follower>]) -> usize {
    let who =
        |saying: &'_ Saying| saying.card.attributed_to().map_or_else(|| Stamp::of(&saying.statement.id), Stamp::of);
    sayings(leader, followers).map(who).collect::<BTreeSet<_>>().len()
}

fn sayings<'a>(leader: &'a Saying, followers: &'a [Stamped<Follower>]) -> impl Iterator<Item = &'a Saying> {
    [leader].into_iter().chain(followers.iter().map(|follower| &follower.saying))
}

/// What the collection shows about the time before a passage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Before {
    /// The leader itself follows in this earlier passage.
    Follows(Key),
    /// No text in the collection has the words earlier.
    Nobody,
    /// The dates do not show it, or a text has them that cannot be in a passage with the leader's.
    Unclear,
}

/// Returns the words of the leader that all followers share or, if these are too few, those that the first one shares.
pub fn shared(leader: &Saying, followers: &[Stamped<Follower>]) -> Range<u32> {
    /// The shortest range, in bytes, that is worth showing on its own.
    const ENOUGH: u32 = 24;
    let words = || followers.iter().map(|follower| &follower.leader_words);
    let (Some(start), Some(end)) = (words().map(|words| words.start).max(), words().map(|words| words.end).min())
    else {
        return leader.words.clone();
    };
    if end >= start + ENOUGH { start..end } else { words().next().unwrap_or(&leader.words).clone() }
}

/// A paragraph of a passage that follows the leader.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Follower {
    /// The paragraph.
    pub saying: Saying,
    /// The words that it shares, as bytes of the text of the leader's body.
    pub leader_words: Range<u32>,
    /// How much the two have in common.
    pub extent: Extent,
}
